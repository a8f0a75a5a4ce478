//! What a change shows before the disk has confirmed it: rows where the change puts them.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::edit::Edit;
use crate::domain::query::Beside;
use crate::domain::task::{Completion, TaskNumber};
use crate::tui::model::Model;
use crate::tui::model::list::Place;
use crate::tui::model::panes::Pane;
use crate::tui::model::saving::Ahead;
use crate::tui::request::{Counts, ListName, Row};

/// The row of a task, if a list or power mode has it at hand.
pub(super) fn find(model: &Model, task: TaskNumber) -> Option<Row> {
    let in_list = ListName::ALL.into_iter().find_map(|name| {
        let list = model.panes.list(name);
        list.row(list.rank_of(task)?).cloned()
    });
    in_list.or_else(|| model.power.as_ref()?.row(task).cloned())
}

/// What an edit makes of a row; `None` where the row does not allow it, or is so already.
pub(in crate::tui) fn of(row: &Row, edit: &Edit, now: DateTime<Utc>) -> Option<Ahead> {
    if edit.refusal(row.task.body.task_type(), row.task.is_complete).is_some() {
        return None;
    }
    let after = match edit {
        Edit::Complete(complete) if row.task.is_complete == *complete => return None,
        Edit::Complete(complete) => {
            let mut stored = (**row).clone();
            stored.task.is_complete = *complete;
            stored.completed = complete.then_some(Completion { at: now, about: false });
            Some(Arc::new(stored))
        }
        Edit::Delete => None,
        Edit::Snooze(_) | Edit::Assign(_) | Edit::Fields(_) | Edit::Pin(_) | Edit::Note(_) => {
            let changed = edit.apply(row)?;
            if changed == **row {
                return None;
            }
            Some(Arc::new(changed))
        }
    };
    Some(Ahead { before: row.clone(), after })
}

/// Shows what a change makes of a row.
pub(super) fn show(model: &mut Model, ahead: &Ahead) {
    place(model, &ahead.before, ahead.after.clone());
    let is_open = ahead.after.as_ref().is_some_and(|row| !row.task.is_complete);
    model.data.called = model.data.called.filter(|called| is_open || *called != ahead.before.number);
    let today = model.today;
    if let Some(power) = &mut model.power {
        power.show(ahead, &today);
    }
}

/// Takes back what was shown of a change that failed.
pub(super) fn take_back(model: &mut Model, shown: &[Ahead]) {
    for ahead in shown {
        match &ahead.after {
            Some(after) => place(model, after, Some(ahead.before.clone())),
            None => place(model, &ahead.before, Some(ahead.before.clone())),
        }
    }
    if let Some(power) = &mut model.power {
        power.bring_back(&shown.iter().map(|ahead| ahead.before.number).collect::<Vec<_>>());
    }
}

/// Shows the pending changes again in lists that the disk read before they were written.
pub(super) fn apply_pending(model: &mut Model) {
    let shown: Vec<Ahead> = model.saving.pending().iter().flat_map(|pending| pending.shown.clone()).collect();
    for ahead in &shown {
        show(model, ahead);
    }
}

/// Puts a row where its state puts it, or nowhere, and counts it there. A row that stays
/// in its list keeps the cursor.
fn place(model: &mut Model, from: &Row, to: Option<Row>) {
    let today = model.today;
    let to = to.filter(|row| is_found(model, row));
    let kind = Counts::place(from.task.body.wire_name(), &model.types());
    let target = to.as_ref().map(|row| home(model, row));
    for name in ListName::ALL {
        let held = model.panes.list(name).number() == Some(from.number);
        let Some(old) = model.panes.list_mut(name).remove(from.number, &today) else { continue };
        count(model, name, kind, &old, false);
        if let (Some(target), Some(row)) = (target, &to) {
            count(model, target, kind, row, true);
            insert(model, target, row.clone());
            if held && target == name {
                keep_cursor(model, name, row.number);
            }
        }
        return;
    }
    // No list had it: a change that failed brings it back.
    if let (Some(target), Some(row)) = (target, to) {
        count(model, target, kind, &row, true);
        insert(model, target, row);
    }
}

/// Keeps the cursor on a row that was put elsewhere in its list, perhaps out of the window.
fn keep_cursor(model: &mut Model, name: ListName, task: TaskNumber) {
    if model.panes.list(name).row_with(task).is_some() {
        model.panes.list_mut(name).go_to(task);
    } else if model.panes.list_name() == name {
        model.panes.goal = Some(task);
    }
}

/// Whether a row is searched for; what was just changed here is not yet sent.
fn is_found(model: &Model, row: &Row) -> bool {
    let search = model.find.search();
    let beside = Beside { unsent: HashSet::from([row.number]), ..Beside::default() };
    // Which tasks stand for others only the disk knows.
    search.ids().next().is_some() || search.matches(row, &beside, &model.today)
}

fn insert(model: &mut Model, target: ListName, row: Row) {
    let today = model.today;
    match target {
        ListName::Archive => {
            let at = row.completed.map(|c| c.at);
            model.panes.list_mut(target).insert(row, None, |other| other.completed.map(|c| c.at) <= at);
        }
        ListName::Inbox | ListName::Future => {
            let sort = model.sorting.sort;
            let key = Place::of(&row, &today, sort);
            model.panes.list_mut(target).insert(row, Some(&today), |other| Place::of(other, &today, sort) > key);
        }
    }
}

fn home(model: &Model, row: &Row) -> ListName {
    match (row.task.is_complete, model.today.is_future(row.task.actionable())) {
        (true, _) => ListName::Archive,
        (false, true) => ListName::Future,
        (false, false) => ListName::Inbox,
    }
}

fn count(model: &mut Model, list: ListName, kind: usize, row: &Row, more: bool) {
    let is_overdue = model.today.is_overdue(row.task.actionable());
    let step = |n: &mut usize| *n = if more { *n + 1 } else { n.saturating_sub(1) };
    // Where something is searched for, the disk counts what is not.
    let unsearched = model.find.is_empty().then_some(&mut model.data.unsearched);
    for counts in [Some(&mut model.data.counts), unsearched].into_iter().flatten() {
        match list {
            ListName::Inbox => {
                step(&mut counts.inbox[kind]);
                if is_overdue {
                    step(&mut counts.overdue[kind]);
                }
            }
            ListName::Future => step(&mut counts.future[kind]),
            ListName::Archive => step(&mut counts.archive[kind]),
        }
    }
}

/// Where the details had the keys and their list is empty by now, the list takes them.
pub(super) fn leave_empty_details(model: &mut Model) {
    if model.current_task().is_none() && model.panes.focus() == Pane::Details {
        model.panes.focus_on(Pane::List(model.panes.list_name()));
    }
}
