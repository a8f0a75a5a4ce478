//! `(Model, Msg) -> effects`: what a key, an answer or the clock does. Only distributes.
//!
//! | what | file |
//! |---|---|
//! | keys to actions; those that wait for the disk | `keys`, `typeahead` |
//! | actions to rules | `act` |
//! | moving, panes | `moving` |
//! | changes, undo; what shows before the disk has it | `changing`, `ahead` |
//! | menus and fields that lead to a change; the form | `editing`, `forming` |
//! | calls, answers, pages; what is copied; how a call ended | `handing`; `ending` |
//! | a lead's page that is pasted; sync | `linking` |
//! | marks; order, folded leads; one task at a time | `marking`, `sorting`, `powering` |
//! | charts, the next two weeks, what happened meanwhile | `figures` |
//! | types, people, zone, menus | `choosing` |
//! | the search; saved searches | `finding`, `saving` |
//! | the command palette; what stands behind a name in it | `palette`; `arguments` |
//! | theme and layout; the mouse | `looks`, `pointing` |
//! | purges of the archive; questions that nobody asked for | `purging`, `asking` |
//! | ending; what was typed then | `leaving`, `drafts` |
//! | answers of the disk; what it could not answer | `answers`, `failing` |
//! | questions to the disk | `reads` |

mod act;
pub(super) mod ahead;
mod answers;
mod arguments;
mod asking;
mod changing;
mod choosing;
mod drafts;
mod editing;
mod ending;
mod failing;
mod figures;
mod finding;
mod forming;
mod handing;
mod keys;
mod leaving;
mod linking;
mod looks;
mod marking;
mod moving;
mod palette;
mod pointing;
mod powering;
mod purging;
mod reads;
mod saving;
mod sorting;
#[cfg(test)]
mod tests;
mod typeahead;

use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
pub use leaving::unsaved;

use super::model::{Model, Size};
use super::mouse::Mouse;
use super::opener::{NotDone, Order};
use super::request::{Answer, Number, Outcome, Read, Write};
use crate::domain::zone::Zone;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A key.
    Key(KeyEvent),
    /// A key that came less than a tenth of a second after the one before.
    HurriedKey(KeyEvent),
    /// Something done with the mouse.
    Mouse(Mouse),
    /// Pasted text.
    Paste(String),
    /// The terminal has another size.
    Resize(Size),
    /// It is now.
    Now(DateTime<Utc>),
    /// The machine is in another zone.
    Here(Zone),
    /// The disk answers a question.
    Answer(Number, Answer),
    /// The disk has done a change, or says why not.
    Written(Number, Result<Outcome, String>),
    /// No key has moved the cursor for a while.
    Rested,
    /// Another process has changed the file.
    FileChanged,
    /// The terminal must be drawn anew.
    Redraw,
    /// Another program did not do what it was started for.
    NotOpened(NotDone),
    /// The editor has closed, with its text, or could not be run.
    Edited(Result<String, String>),
    /// The program is asked to end.
    End,
    /// A thread has failed; the program ends.
    Broken,
}

/// Something to do outside of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the disk.
    Read(Number, Read),
    /// Change the file.
    Write(Number, Write),
    /// Say so once the cursor rests; a later wish replaces an earlier one.
    Rest,
    /// Give the terminal to the shell until it comes back.
    Suspend,
    /// Give the terminal to the person's editor with this text.
    Editor(String),
    /// Put this on the clipboard.
    Copy(String),
    /// Start another program.
    Start(Order),
    /// Have the terminal report the mouse, or leave it alone.
    Mouse(bool),
    /// Draw everything anew.
    Redraw,
    /// End.
    Quit,
}

/// Changes the model; what is to be done outside comes back. What was typed ahead of an
/// answer follows it.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if typeahead::keeps(model, &msg) {
        return Vec::new();
    }
    let may_differ = matches!(msg, Msg::FileChanged | Msg::Written(..));
    let mut effects = turn(model, |model| take(model, msg));
    if may_differ {
        effects.extend(powering::look_again(model));
    }
    while let Some(typed) = typeahead::next(model) {
        effects.extend(turn(model, |model| typeahead::act(model, typed)));
    }
    effects
}

fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(event) => keys::press(model, event, false),
        Msg::HurriedKey(event) => keys::press(model, event, true),
        Msg::Mouse(mouse) => pointing::act(model, mouse),
        Msg::Paste(text) => keys::paste(model, &text),
        Msg::Resize(size) => resize(model, size),
        Msg::Now(now) => tick(model, now),
        Msg::Here(zone) => choosing::arrive(model, zone),
        Msg::Answer(number, answer) => answers::take(model, number, answer),
        Msg::Written(number, outcome) => answers::written(model, number, outcome),
        Msg::Rested => rested(model),
        Msg::FileChanged => vec![reads::everything(model)],
        Msg::Redraw => redraw(model),
        Msg::Edited(text) => forming::edited(model, text),
        Msg::NotOpened(what) => handing::failed(model, &what),
        Msg::End => leaving::cut_off(model),
        Msg::Broken => vec![Effect::Quit],
    }
}

/// Does one thing, and what follows from it.
fn turn(model: &mut Model, happens: impl FnOnce(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    let mut effects = happens(model);
    effects.extend(purging::look(model));
    effects.extend(leaving::go_on(model));
    forming::bring_back(model);
    purging::keep_day(model);
    asking::remind(model);
    effects.extend(drafts::reopen(model));
    powering::hold(model);
    powering::end(model);
    reads::scroll(model);
    moving::follow_types(model);
    let follows = match &model.power {
        Some(power) => model.details.follow_turn(power.present().map(|turn| &turn.row)),
        None => model.details.follow(model.panes.current()),
    };
    if follows {
        model.touch();
    }
    effects.extend(reads::follow(model));
    effects
}

/// The first questions to the disk: what there is, and what happened since the last time.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let everything = reads::deciding(model);
    let left = model.data.left.take();
    let since = left.map(|left| Effect::Read(model.data.next_number(), Read::Since { left }));
    std::iter::once(everything).chain(since).collect()
}

/// Does an action by itself, without its key.
#[cfg(test)]
pub(super) fn perform(model: &mut Model, action: super::action::Action) -> Vec<Effect> {
    let mut effects = act::perform(model, action);
    effects.extend(reads::follow(model));
    effects
}

fn resize(model: &mut Model, size: Size) -> Vec<Effect> {
    if model.size != size {
        model.size = size;
        model.touch();
    }
    Vec::new()
}

fn rested(model: &mut Model) -> Vec<Effect> {
    model.details.catch_up();
    Vec::new()
}

fn redraw(model: &mut Model) -> Vec<Effect> {
    model.touch();
    vec![Effect::Redraw]
}

/// Minutes, midnights and clock jumps change wording and sections.
fn tick(model: &mut Model, now: DateTime<Utc>) -> Vec<Effect> {
    let before = model.today;
    model.today = before.at(now);
    let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
    let slow = model.saving.is_slow(now) != model.saving.is_slow(before.now);
    if model.notice.fade(now) || slow || minute(before.now) != minute(now) {
        model.touch();
        choosing::renew_menu(model);
        powering::consider(model);
    }
    if before.day == model.today.day {
        return Vec::new();
    }
    finding::renew(model);
    vec![reads::everything(model)]
}
