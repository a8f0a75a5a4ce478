//! Power mode: begins, goes on, ends. Source: ux.md, section 7.

use super::{Effect, reads};
use crate::domain::wording;
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::keymap::{Context, Meaning};
use crate::tui::model::Model;
use crate::tui::model::panes::Pane;
use crate::tui::model::power::Power;
use crate::tui::request::{ListName, Read, Row};

/// Asks for the tasks of the list that has the keys, or for the marked ones, to go through
/// them one by one; leaves the mode where it is on.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if model.power.is_some() {
        return leave(model);
    }
    let list = model.panes.list_name();
    if list == ListName::Archive && model.marks.count() == 0 {
        return note(model, "What is in the archive is done already.");
    }
    model.panes.focus_on(Pane::List(list));
    model.data.gathering = true;
    let read = Read::Queue { list, scope: reads::scope(model), marks: model.marks.tasks() };
    vec![Effect::Read(model.data.next_number(), read)]
}

/// The tasks have come: begins with the first of them.
pub(super) fn begin(model: &mut Model, rows: Vec<Row>, total: usize) -> Vec<Effect> {
    if !std::mem::take(&mut model.data.gathering) || model.overlays.top().is_some() {
        return Vec::new();
    }
    model.touch();
    if rows.is_empty() {
        // What was pressed meanwhile was meant for them.
        model.typed_ahead.clear();
        return note(model, "Nothing here to go through.");
    }
    if rows.len() < total {
        let words = format!("These are the first {} of {total}.", rows.len());
        model.notice.note(words, model.today.now);
    }
    model.marks.clear();
    model.power = Some(Power::new(rows, &model.look.call_hours, &model.today));
    Vec::new()
}

/// The present task comes back at the end.
pub(super) fn later(model: &mut Model) -> Vec<Effect> {
    if let Some(power) = &mut model.power {
        power.later();
    }
    Vec::new()
}

/// Back to what was put off last.
pub(super) fn earlier(model: &mut Model) -> Vec<Effect> {
    if model.power.as_mut().is_some_and(Power::back) {
        return Vec::new();
    }
    let (later, undo) = (model.look.keys.key(Action::Later), model.look.keys.key(Action::Undo));
    note(model, &format!("Nothing was left for later with {later}. {undo} takes back what was done."))
}

/// Back to the lists, with the cursor on the task that was shown.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let Some(power) = model.power.take() else { return Vec::new() };
    model.touch();
    model.panes.goal = power.present().map(|turn| turn.row.number);
    vec![reads::everything(model)]
}

/// Why an action is not done in power mode: it is about lists that are not shown.
pub(super) fn refusal(model: &Model, action: Action) -> Option<String> {
    model.power.as_ref()?;
    let keys = &model.look.keys;
    let is_of_lists = [Context::Open, Context::Archive, Context::Types].iter().any(|pane| keys.holds(*pane, action));
    let is_by_name = matches!(action, Action::Types | Action::SaveSearch);
    let is_here = keys.holds(Context::Power, action) || action == Action::Quit;
    let back = keys.key_in(Context::Power, Action::StepBack);
    ((is_of_lists || is_by_name) && !is_here).then(|| format!("That is for the lists. {back} goes back to them."))
}

/// What keys would do, where they mean something in the lists only.
pub(super) fn why_not(model: &Model, pressed: &[Key]) -> Option<String> {
    match model.look.keys.meaning(Context::Open, pressed) {
        Meaning::Action(action) => refusal(model, action),
        Meaning::Begun => refusal(model, Action::MarkAll),
        Meaning::Nothing => None,
    }
}

/// Asks how the tasks that wait are by now.
pub(super) fn look_again(model: &mut Model) -> Option<Effect> {
    let tasks = model.power.as_ref()?.waiting();
    Some(Effect::Read(model.data.next_number(), Read::Rows { tasks }))
}

/// The tasks that wait, as the file has them.
pub(super) fn renew(model: &mut Model, rows: &[Row]) {
    if let Some(power) = &mut model.power {
        power.renew(rows);
        consider(model);
        model.touch();
    }
}

/// Whom to call by now.
pub(super) fn consider(model: &mut Model) {
    if let Some(power) = &mut model.power {
        power.consider(&model.look.call_hours, &model.today);
    }
}

/// Where none is left, says so and goes back to the lists.
pub(super) fn end(model: &mut Model) {
    let Some(power) = model.power.take_if(|power| power.present().is_none()) else { return };
    let (_, all) = power.place();
    let took = wording::span(model.today.now - power.began());
    let words = format!("Gone through all {all}: {} done in {took}.", power.done());
    model.notice.done(words, model.today.now);
    model.touch();
}

fn note(model: &mut Model, words: &str) -> Vec<Effect> {
    model.notice.note(words, model.today.now);
    Vec::new()
}
