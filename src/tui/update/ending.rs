//! After a call: how it ended, and what follows. Source: ux.md, section 7.

use super::{Effect, ahead, changing, marking, moving};
use crate::domain::edit::Edit;
use crate::domain::outcome::{Attempt, Ending, Outcome};
use crate::domain::task::TaskNumber;
use crate::domain::wording;
use crate::tui::model::Model;
use crate::tui::model::called::Called;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::saving::Ahead;
use crate::tui::model::snooze::{DateEntry, Purpose};
use crate::tui::request::{Number, Read, Write};

const COMPLETE: &str = "This task is complete: re-open it first.";

/// Asks how the last call ended, and goes to its task; without one, how a call for the task
/// under the cursor did. What is marked is meant before what was called.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let called = model.data.called.filter(|_| model.marks.count() == 0 && model.power.is_none());
    let targets = called.map_or_else(|| marking::targets(model), |task| vec![task]);
    let [task] = targets.as_slice() else {
        let several = "A call has one outcome: take the marks away, or unfold the lead.";
        return note(model, if targets.is_empty() { "No task here." } else { several });
    };
    let current = model.current_task().map(|row| (row.number, row.task.is_complete));
    if current == Some((*task, true)) {
        model.data.called = None;
        return note(model, COMPLETE);
    }
    let way = if called.is_some() && current.is_none_or(|(current, _)| current != *task) {
        moving::go_to(model, *task)
    } else {
        Vec::new()
    };
    way.into_iter().chain(ask(model, *task)).collect()
}

/// Asks how a call for a task ended, unless that is asked already.
pub(super) fn ask(model: &mut Model, task: TaskNumber) -> Vec<Effect> {
    if model.overlays.called_mut().is_some() {
        return Vec::new();
    }
    // Over SSH the number was only copied.
    let dials = !model.look.is_remote || model.look.dialler.is_some();
    let was_begun = dials && model.data.called == Some(task);
    model.overlays.open(Overlay::Called(Called::new(task, was_begun)));
    vec![read(model, task)]
}

fn read(model: &mut Model, task: TaskNumber) -> Effect {
    let today = model.today;
    Effect::Read(model.data.next_number(), Read::Attempt { task, today })
}

/// The disk has told of the call: does what was said meanwhile.
pub(super) fn know(model: &mut Model, attempt: Box<Attempt>) -> Vec<Effect> {
    let task = attempt.task.number;
    let Some(called) = model.overlays.called_mut().filter(|called| called.task == task) else { return Vec::new() };
    if attempt.refusal().is_some() && model.power.is_none() {
        if called.wanted.is_some() {
            // It was meant for what follows from the outcome.
            model.typed_ahead.clear();
        }
        model.overlays.close_called();
        model.data.called = None;
        model.touch();
        return note(model, COMPLETE);
    }
    called.know(attempt);
    let wanted = called.wanted.take();
    model.touch();
    wanted.map_or_else(Vec::new, |outcome| say(model, outcome))
}

/// A call ended so. A call back is asked for its time first.
pub(super) fn end(model: &mut Model, ending: Ending) -> Vec<Effect> {
    let Some(called) = model.overlays.called_mut() else { return Vec::new() };
    match Outcome::of(ending) {
        Some(outcome) => say(model, outcome),
        None => {
            let entry = DateEntry::new(vec![called.task], Purpose::CallBack);
            model.overlays.open(Overlay::Date(entry));
            Vec::new()
        }
    }
}

/// Does what follows from an outcome, as soon as the disk has told of the call.
pub(super) fn say(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    let Some(Overlay::Called(called)) = model.overlays.top_mut() else { return Vec::new() };
    if called.attempt().is_none() {
        called.wanted = Some(outcome);
        let task = called.task;
        return vec![read(model, task)];
    }
    conclude(model, outcome)
}

/// Takes an outcome back for which the disk has not told of the call yet. Whether there was one.
pub(super) fn take_back(model: &mut Model) -> bool {
    let Some(Overlay::Called(called)) = model.overlays.top_mut() else { return false };
    let Some(outcome) = called.wanted.take() else { return false };
    let label = changing::capital(outcome.ending().label());
    model.notice.note(format!("{label} is taken back. How did it end?"), model.today.now);
    true
}

/// Pays the debts to the number with the call, or leaves them open.
pub(super) fn toggle_debts(model: &mut Model) -> Vec<Effect> {
    if let Some(called) = model.overlays.called_mut() {
        called.toggle_debts();
    }
    Vec::new()
}

/// Shows the outcome and what follows from it, and writes both.
fn conclude(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    let Some(Overlay::Called(called)) = model.overlays.close() else { return Vec::new() };
    model.data.called = None;
    let (Some(attempt), today) = (called.attempt(), model.today) else { return Vec::new() };
    let plan = attempt.plan(&outcome, &model.look.calls, &today);
    let paid = called.pays(&plan);
    let said = std::iter::once(wording::ended(&outcome, &plan, &today)).chain(wording::also_done(paid));
    let said: Vec<String> = said.map(|words| changing::capital(&words)).collect();
    model.notice.done(format!("{}.", said.join(". ")), today.now);
    let words = wording::called(attempt, &outcome, &plan, paid, &today);
    let agreed: Vec<TaskNumber> = paid.iter().map(|debt| debt.number).collect();
    let number = show(model, called.task, &agreed, words);
    let (rules, by) = (model.look.calls.clone(), model.look.me.clone());
    let write = Write::EndCall { task: called.task, outcome, agreed, rules, by, today };
    vec![Effect::Write(number, write)]
}

/// Shows that the tasks are done, before the disk has confirmed it. The task itself goes
/// first: an undo comes back to it.
fn show(model: &mut Model, task: TaskNumber, paid: &[TaskNumber], words: String) -> Number {
    let (now, done) = (model.today.now, Edit::Complete(true));
    let rows: Vec<_> = [task].iter().chain(paid).filter_map(|task| ahead::find(model, *task)).collect();
    let shown: Vec<Ahead> = rows.iter().filter_map(|row| ahead::of(row, &done, now)).collect();
    shown.iter().for_each(|ahead| ahead::show(model, ahead));
    model.data.changed = Some(task);
    ahead::leave_empty_details(model);
    let number = model.data.next_number();
    model.saving.begin(number, words, shown, now);
    number
}

/// Nothing could be dialled: whoever is called by hand was not called by this.
pub(super) fn was_not_begun(model: &mut Model) {
    model.data.called = None;
    if let Some(called) = model.overlays.called_mut() {
        called.was_begun = false;
    }
}

fn note(model: &mut Model, words: &str) -> Vec<Effect> {
    model.notice.note(words, model.today.now);
    Vec::new()
}
