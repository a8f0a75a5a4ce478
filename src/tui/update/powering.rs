//! Power mode: begins, goes on, ends. Source: ux.md, section 7.

use super::{Effect, reads};
use crate::domain::task::TaskNumber;
use crate::domain::wording;
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::keymap::{Context, Meaning};
use crate::tui::model::Model;
use crate::tui::model::panes::Pane;
use crate::tui::model::power::{Power, Queued};
use crate::tui::request::{ListName, Number, Read, Row};

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
    vec![gather(model)]
}

/// Asks for the tasks to go through; what was asked before is late from now on.
fn gather(model: &mut Model) -> Effect {
    let number = model.data.next_number();
    model.data.gathering = Some(number);
    let (list, scope) = (model.panes.list_name(), reads::scope(model));
    Effect::Read(number, Read::Queue { list, scope, marks: model.marks.tasks() })
}

/// The tasks have come: begins with the first of them.
pub(super) fn begin(model: &mut Model, number: Number, queue: Vec<Queued>, total: usize) -> Vec<Effect> {
    let is_late = model.data.gathering.take_if(|asked| *asked == number).is_none();
    if is_late || model.overlays.top().is_some() {
        return Vec::new();
    }
    model.touch();
    let (read, queue) = (queue.len(), as_changed(model, queue));
    let total = total.saturating_sub(read - queue.len());
    if queue.is_empty() {
        // What was pressed meanwhile was meant for them.
        model.typed_ahead.clear();
        return note(model, "Nothing here to go through.");
    }
    if queue.len() < total {
        let words = format!("These are the first {} of {total}.", queue.len());
        model.notice.note(words, model.today.now);
    }
    model.marks.clear();
    model.power = Some(Power::new(queue, &model.look.call_hours, &model.today));
    Vec::new()
}

/// The tasks as the changes that are on their way leave them; what they have taken out of
/// the list, or completed, has no turn.
fn as_changed(model: &Model, mut queue: Vec<Queued>) -> Vec<Queued> {
    let is_future = |row: &Row| model.today.is_future(row.task.actionable());
    for ahead in model.saving.pending().iter().flat_map(|pending| &pending.shown) {
        let Some(place) = queue.iter().position(|queued| queued.row.number == ahead.before.number) else { continue };
        let stays = |after: &&Row| is_future(after) == is_future(&ahead.before) || model.marks.count() > 0;
        match ahead.after.as_ref().filter(|after| !after.task.is_complete).filter(stays) {
            Some(after) => queue[place].row = after.clone(),
            None => drop(queue.remove(place)),
        }
    }
    queue
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

/// The file has changed: asks how the tasks that wait are by now, or which they are to be.
pub(super) fn look_again(model: &mut Model) -> Option<Effect> {
    if model.data.gathering.is_some() {
        return Some(gather(model));
    }
    let power = model.power.as_mut()?;
    let number = model.data.next_number();
    Some(Effect::Read(number, Read::Rows { tasks: power.ask(number) }))
}

/// The tasks that wait, as the file has them.
pub(super) fn renew(model: &mut Model, number: Number, rows: &[Row]) {
    let called = called(model);
    let present = |model: &Model| model.power.as_ref()?.present().map(|turn| turn.row.clone());
    let is_ours = |task| model.power.as_ref().is_some_and(|power| power.has_changed(task));
    let before = present(model).filter(|row| !is_ours(row.number));
    if model.power.as_mut().is_some_and(|power| power.renew(number, rows, called)) {
        // Whoever looked at it is told where it went, for a key may be on its way to it.
        let left = before.filter(|before| present(model).is_none_or(|now| now.number != before.number));
        if let Some(left) = left {
            let word = if rows.iter().any(|row| row.number == left.number) { "completed" } else { "removed" };
            let words = format!("\"{}\" was {word} elsewhere.", wording::title(&left.task));
            model.notice.note(words, model.today.now);
        }
        consider(model);
        model.touch();
    }
}

/// The task whose call is being asked about.
fn called(model: &Model) -> Option<TaskNumber> {
    model.overlays.called().map(|called| called.task)
}

/// While it is asked how a call ended, its task stands on the screen, whatever others do.
/// Then it goes, if they have completed it.
pub(super) fn hold(model: &mut Model) {
    let called = called(model);
    match (&mut model.power, called) {
        (Some(power), Some(task)) => power.hold(task),
        (Some(power), None) => power.let_go(),
        (None, _) => {}
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
