//! Ending: not before every change is on the disk, and never without saying what is not.

use crossterm::event::KeyEvent;

use super::{Effect, act, drafts};
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::keymap::Meaning;
use crate::tui::model::Model;
use crate::tui::model::saving::Pending;
use crate::tui::request::{Number, Outcome};

/// Ends once nothing is on its way: a change that fails is shown, and nobody has left.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    if model.saving.pending().is_empty() {
        return end(model);
    }
    model.data.leaving = true;
    let stays = model.look.keys.key_in(model.context(), Action::StepBack);
    model.notice.note(format!("Quits as soon as it is saved. {stays} stays."), model.today.now);
    model.touch();
    Vec::new()
}

/// Ends at once, keeping the screen.
fn end(model: &mut Model) -> Vec<Effect> {
    act::remember(model).into_iter().chain([Effect::Quit]).collect()
}

/// Ends at once, for a signal, or a terminal that is gone: what is typed waits for the next
/// start.
pub(super) fn cut_off(model: &mut Model) -> Vec<Effect> {
    drafts::keep(model);
    end(model)
}

/// Ends if that was wanted and the last change is on the disk by now.
pub(super) fn go_on(model: &mut Model) -> Vec<Effect> {
    if model.data.leaving && model.saving.pending().is_empty() {
        model.data.leaving = false;
        return end(model);
    }
    Vec::new()
}

/// A key while the last changes are written. What is typed ahead is meant for the shell,
/// and changes no task.
pub(super) fn press(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let key = Key::of(event).in_latin();
    match model.look.keys.meaning(model.context(), &[key]) {
        Meaning::Action(Action::StepBack) => {
            model.data.leaving = false;
            model.notice.dismiss();
            model.touch();
            Vec::new()
        }
        Meaning::Action(action @ (Action::Suspend | Action::Redraw)) => act::perform(model, action),
        Meaning::Action(_) | Meaning::Begun | Meaning::Nothing => Vec::new(),
    }
}

/// What is not on the disk after the last write, a sentence each, by what came back after
/// the end.
pub fn unsaved(model: &mut Model, written: Vec<(Number, Result<Outcome, String>)>) -> Vec<String> {
    let mut said = Vec::new();
    for (number, outcome) in written {
        let Some(pending) = model.saving.end(number) else { continue };
        match outcome {
            Err(why) => said.push(sentence(&pending, &why)),
            Ok(Outcome::ChangedSince(..)) => said.push(sentence(&pending, "it was changed elsewhere meanwhile")),
            Ok(_) => {}
        }
    }
    let returned = model.saving.returned().filter_map(|returned| returned.typed.typed());
    said.extend(returned.map(|typed| format!("not saved: {typed}")));
    said
}

fn sentence(pending: &Pending, why: &str) -> String {
    let typed = pending.typed.as_ref().and_then(|typed| typed.typed());
    let typed = typed.map(|typed| format!(" ({typed})")).unwrap_or_default();
    format!("not saved: {}{typed}: {why}", pending.words)
}
