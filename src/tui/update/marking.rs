//! Marks: which tasks the next change is about.

use super::{Effect, reads};
use crate::domain::task::TaskNumber;
use crate::tui::model::Model;
use crate::tui::request::{Number, Read, Row};

/// The tasks that a change is about: the marked ones, else those of the cursor's row.
pub(super) fn targets(model: &Model) -> Vec<TaskNumber> {
    if model.power.is_some() {
        return model.current_task().map(|row| row.number).into_iter().collect();
    }
    let marked = model.marks.tasks();
    if marked.is_empty() { model.panes.current().row_tasks() } else { marked }
}

/// Whether the row under the cursor stands for several tasks.
pub(super) fn is_on_several(model: &Model) -> bool {
    model.power.is_none() && model.panes.current().row_tasks().len() > 1
}

/// Marks the row, or takes its mark away.
pub(super) fn mark(model: &mut Model) -> Vec<Effect> {
    let tasks = model.panes.current().row_tasks();
    let is_marked = tasks.iter().all(|task| model.marks.contains(*task));
    for task in tasks {
        if model.marks.contains(task) == is_marked {
            model.marks.toggle(task);
        }
    }
    Vec::new()
}

/// Marks the row and the one that the cursor goes to.
pub(super) fn mark_and_go(model: &mut Model, by: isize) -> Vec<Effect> {
    let list = model.panes.current_mut();
    let before = list.row_tasks();
    list.go(list.rank_by(by));
    model.marks.add(before.into_iter().chain(list.row_tasks()));
    Vec::new()
}

/// Which tasks are marked with one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of the list.
    All,
    /// The overdue ones of the list.
    Overdue,
    /// Those of the list that have the type of the cursor's task.
    SameType,
    /// The open tasks of the lead of the cursor's task, of all types.
    SameLead,
}

/// Marks tasks that only the disk knows all of.
pub(super) fn mark_all(model: &mut Model, wanted: Wanted) -> Vec<Effect> {
    let scope = reads::scope(model);
    let list = model.panes.list_name();
    let row = model.current_task().cloned();
    let read = match (wanted, row) {
        (Wanted::All, _) => Read::Whole { list, scope },
        (Wanted::Overdue, _) => Read::Overdue { scope },
        (Wanted::SameType, Some(row)) => Read::Whole { list, scope: of_type(scope, &row) },
        (Wanted::SameLead, Some(row)) => match row.task.lead.id.clone() {
            Some(lead) => Read::OfLead { lead },
            None => return note(model, "This task has no lead."),
        },
        (Wanted::SameType | Wanted::SameLead, None) => return note(model, "No task here."),
    };
    let number = model.data.next_number();
    model.data.marking = Some(number);
    vec![Effect::Read(number, read)]
}

fn of_type(scope: crate::tui::request::Scope, row: &Row) -> crate::tui::request::Scope {
    let mut types = crate::domain::filter::TypeSet::NONE;
    types.insert(row.task.body.wire_name());
    crate::tui::request::Scope { types, keep: None, ..scope }
}

/// The tasks have come: marks them.
pub(super) fn marked(model: &mut Model, number: Number, tasks: Vec<TaskNumber>) -> Vec<Effect> {
    if model.data.marking.take_if(|asked| *asked == number).is_none() {
        return Vec::new();
    }
    model.touch();
    if tasks.is_empty() {
        // What was pressed meanwhile was meant for them, not for the cursor's task.
        model.typed_ahead.clear();
        return note(model, "There are none.");
    }
    model.marks.add(tasks);
    // Some may be of other lists, of hidden types: the disk knows how many.
    vec![reads::everything(model)]
}

/// Takes all marks away.
pub(super) fn mark_none(model: &mut Model) -> Vec<Effect> {
    model.marks.clear();
    Vec::new()
}

/// Brings back the marks that the last action used up.
pub(super) fn marks_back(model: &mut Model) -> Vec<Effect> {
    if model.marks.bring_back() {
        return vec![reads::everything(model)];
    }
    note(model, "No earlier marks.")
}

fn note(model: &mut Model, words: &str) -> Vec<Effect> {
    model.notice.note(words, model.today.now);
    Vec::new()
}
