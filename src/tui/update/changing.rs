//! Completing and re-opening, undo and redo, marks. A change shows at once; the disk confirms it.

use std::sync::Arc;

use super::{Effect, reads};
use crate::domain::order::DateKey;
use crate::domain::task::{Completion, TaskNumber};
use crate::domain::wording;
use crate::tui::model::overlay::{Overlay, Question};
use crate::tui::model::panes::Pane;
use crate::tui::model::{Marking, Model};
use crate::tui::request::{ListName, Read, Row, Write};

/// More are asked about first.
const ASK_ABOVE: usize = 25;

/// Completes the marked tasks, else the cursor's; in the archive re-opens them.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    if model.data.marking != Marking::Idle {
        // All of the list were meant, not those that are marked by now.
        model.data.marking = Marking::AskedThenToggle;
        return Vec::new();
    }
    let complete = model.panes.list_name() != ListName::Archive;
    let marked = model.marks.tasks();
    let tasks = if marked.is_empty() { model.panes.current().number().into_iter().collect() } else { marked };
    match tasks.len() {
        0 => {
            model.notice.note("No task here.", model.today.now);
            Vec::new()
        }
        count if count > ASK_ABOVE => {
            model.overlays.open(Overlay::Question(Question { tasks, complete }));
            Vec::new()
        }
        _ => set_complete(model, tasks, complete),
    }
}

/// Completes or re-opens tasks: at once on the screen, then on the disk.
pub(super) fn set_complete(model: &mut Model, tasks: Vec<TaskNumber>, complete: bool) -> Vec<Effect> {
    let now = model.today.now;
    let rows: Vec<Row> =
        tasks.iter().filter_map(|task| find(model, *task)).filter(|row| row.task.is_complete != complete).collect();
    model.notice.done(said(&tasks, &rows, complete), now);
    for row in &rows {
        move_row(model, row, changed(row, complete, now));
    }
    model.marks.clear();
    model.data.changed = tasks.last().copied();
    if model.current_task().is_none() && model.panes.focus() == Pane::Details {
        model.panes.focus_on(Pane::List(model.panes.list_name()));
    }
    let number = model.data.next_number();
    model.saving.begin(number, rows, now);
    vec![Effect::Write(number, Write::SetComplete { tasks, complete, now })]
}

fn said(tasks: &[TaskNumber], rows: &[Row], complete: bool) -> String {
    let done = if complete { "Completed" } else { "Re-opened" };
    match (tasks, rows) {
        ([_], [row]) => format!("{done} \"{}\".", wording::title(&row.task)),
        _ => format!("{done} {}.", tasks.len()),
    }
}

fn find(model: &Model, task: TaskNumber) -> Option<Row> {
    ListName::ALL.into_iter().find_map(|name| {
        let list = model.panes.list(name);
        list.row(list.rank_of(task)?).cloned()
    })
}

fn changed(row: &Row, complete: bool, now: chrono::DateTime<chrono::Utc>) -> Row {
    let mut task = (**row).clone();
    task.task.is_complete = complete;
    task.completed = complete.then_some(Completion { at: now, about: false });
    Arc::new(task)
}

/// Shows the pending changes again in lists that the disk read before they were written.
pub(super) fn apply_pending(model: &mut Model) {
    let pending: Vec<_> = model.saving.pending().to_vec();
    for change in pending {
        for row in &change.rows {
            move_row(model, row, changed(row, !row.task.is_complete, change.since));
        }
    }
}

/// Takes back what was shown of a change that failed.
pub(super) fn take_back(model: &mut Model, rows: &[Row]) {
    for row in rows {
        move_row(model, row, row.clone());
    }
}

/// Shows a task where its state puts it, and counts it there.
fn move_row(model: &mut Model, from: &Row, to: Row) {
    let today = model.today;
    let kind = from.task.body.task_type().map_or(9, |t| t.index());
    let target = place(model, &to);
    for name in ListName::ALL.into_iter().filter(|name| *name != target) {
        if model.panes.list_mut(name).remove(from.number, &today).is_some() {
            count(model, name, kind, from, false);
            count(model, target, kind, &to, true);
        }
    }
    let zone = today.zone;
    match target {
        ListName::Archive => {
            let at = to.completed.map(|c| c.at);
            model.panes.list_mut(target).insert(to, None, |row| row.completed.map(|c| c.at) <= at);
        }
        ListName::Inbox | ListName::Future => {
            let key = DateKey::of(&to.task, &zone);
            model.panes.list_mut(target).insert(to, Some(&today), |row| DateKey::of(&row.task, &zone) > key);
        }
    }
}

fn place(model: &Model, row: &Row) -> ListName {
    match (row.task.is_complete, model.today.is_future(row.task.actionable())) {
        (true, _) => ListName::Archive,
        (false, true) => ListName::Future,
        (false, false) => ListName::Inbox,
    }
}

fn count(model: &mut Model, list: ListName, kind: usize, row: &Row, more: bool) {
    let counts = &mut model.data.counts;
    let step = |n: &mut usize| *n = if more { *n + 1 } else { n.saturating_sub(1) };
    match list {
        ListName::Inbox => {
            step(&mut counts.inbox[kind]);
            if model.today.is_overdue(row.task.actionable()) {
                step(&mut counts.overdue[kind]);
            }
        }
        ListName::Future => step(&mut counts.future[kind]),
        ListName::Archive => step(&mut counts.archive[kind]),
    }
}

/// Takes the last change back.
pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    let now = model.today.now;
    write(model, Write::Undo(now))
}

/// Does it again.
pub(super) fn redo(model: &mut Model) -> Vec<Effect> {
    let now = model.today.now;
    write(model, Write::Redo(now))
}

/// Fills an empty file with the demo.
pub(super) fn demo(model: &mut Model) -> Vec<Effect> {
    let today = model.today;
    write(model, Write::Demo(today))
}

/// Sends a change whose result only the disk knows.
pub(super) fn write(model: &mut Model, write: Write) -> Vec<Effect> {
    let number = model.data.next_number();
    model.saving.begin(number, Vec::new(), model.today.now);
    vec![Effect::Write(number, write)]
}

/// Marks the row, or takes its mark away.
pub(super) fn mark(model: &mut Model) -> Vec<Effect> {
    if let Some(task) = model.panes.current().number() {
        model.marks.toggle(task);
    }
    Vec::new()
}

/// Marks the row and the one that the cursor goes to.
pub(super) fn mark_and_go(model: &mut Model, by: isize) -> Vec<Effect> {
    let list = model.panes.current_mut();
    let before = list.number();
    list.go(list.rank_by(by));
    model.marks.add(before.into_iter().chain(list.number()));
    Vec::new()
}

/// Marks every task of the list.
pub(super) fn mark_all(model: &mut Model) -> Vec<Effect> {
    let list = model.panes.list_name();
    let number = model.data.next_number();
    model.data.marking = Marking::Asked;
    vec![Effect::Read(number, Read::Whole { list, scope: reads::scope(model) })]
}

/// The list's tasks have come: marks them, and does what was pressed meanwhile.
pub(super) fn marked(model: &mut Model, tasks: Vec<TaskNumber>) -> Vec<Effect> {
    model.marks.add(tasks);
    model.touch();
    match std::mem::take(&mut model.data.marking) {
        Marking::AskedThenToggle => toggle(model),
        Marking::Idle | Marking::Asked => Vec::new(),
    }
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
    model.notice.note("No earlier marks.", model.today.now);
    Vec::new()
}
