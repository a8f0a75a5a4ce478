//! Changes of tasks, undo and redo. A change shows at once; the disk confirms it.

use super::{Effect, ahead, editing, marking};
use crate::app::change::ASK_ABOVE;
use crate::domain::edit::Edit;
use crate::domain::record::Record;
use crate::domain::task::TaskNumber;
use crate::domain::wording;
use crate::settings::AfterMove;
use crate::tui::action::Action;
use crate::tui::model::overlay::{Asked, Overlay, Question};
use crate::tui::model::saving::Ahead;
use crate::tui::model::snooze::NO_PLACE;
use crate::tui::model::{Model, Repeat, Run};
use crate::tui::request::{ListName, Write};

/// Completes the marked tasks, else the cursor's; in the archive re-opens them.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let complete = model.panes.list_name() != ListName::Archive || model.power.is_some();
    self::complete(model, complete)
}

/// Completes the marked tasks, else the cursor's, or re-opens them.
pub(super) fn complete(model: &mut Model, complete: bool) -> Vec<Effect> {
    on_targets(model, |_| Some(Edit::Complete(complete)))
}

/// Pins the marked tasks, else the cursor's; where all are pinned, takes the pins out.
pub(super) fn pin(model: &mut Model) -> Vec<Effect> {
    on_targets(model, |model| {
        let pinned = |task| ahead::find(model, task).is_some_and(|row| row.local.is_pinned);
        // What no list has at hand may be not pinned yet: to pin all is what was asked for.
        Some(Edit::Pin(!marking::targets(model).into_iter().all(pinned)))
    })
}

/// Deletes the marked tasks, else the cursor's, after a question.
pub(super) fn delete(model: &mut Model) -> Vec<Effect> {
    on_targets(model, |_| Some(Edit::Delete))
}

/// Does again to the cursor's task, or the marked ones, what was done last.
pub(super) fn repeat(model: &mut Model) -> Vec<Effect> {
    on_targets(model, |model| match model.data.repeat.clone() {
        None => {
            model.notice.note("Nothing to repeat yet.", model.today.now);
            None
        }
        Some(Repeat::Edit(edit)) => Some(edit),
        Some(Repeat::Snooze(choice)) => {
            let until = choice.until(&editing::subject(model, &marking::targets(model)), &model.today);
            if until.is_none() {
                let key = model.look.keys.key(Action::Snooze);
                model.notice.note(format!("{NO_PLACE} {key} shows other choices."), model.today.now);
            }
            until.map(Edit::Snooze)
        }
    })
}

/// Makes an edit for the targets and does it, unless there are none.
fn on_targets(model: &mut Model, edit: impl FnOnce(&mut Model) -> Option<Edit>) -> Vec<Effect> {
    let tasks = marking::targets(model);
    if tasks.is_empty() {
        model.notice.note("No task here.", model.today.now);
        return Vec::new();
    }
    match edit(model) {
        Some(edit) => wanted(model, tasks, edit),
        None => Vec::new(),
    }
}

/// Does an edit that a person asked for; what destroys is asked about first.
pub(super) fn wanted(model: &mut Model, tasks: Vec<TaskNumber>, edit: Edit) -> Vec<Effect> {
    if edit != Edit::Delete && !is_asked_about(&tasks) {
        return do_edit(model, tasks, edit);
    }
    let rows: Vec<_> = tasks.iter().filter_map(|task| ahead::find(model, *task)).collect();
    let is_of_today = |row: &&crate::tui::request::Row| {
        row.task.actionable().is_some_and(|date| model.today.day_of(date) == model.today.day)
    };
    let title = rows.first().map(|row| wording::title(&row.task)).unwrap_or_default();
    // Of tasks that no list has at hand the day is not known.
    let of_today = if rows.len() == tasks.len() { rows.iter().filter(is_of_today).count() } else { 0 };
    let words = edit.question(tasks.len(), &title, of_today);
    model.overlays.open(Overlay::Question(Question { about: Asked::Edit(tasks, edit), words }));
    Vec::new()
}

/// Whether so many tasks change only after a question.
pub(super) fn is_asked_about(tasks: &[TaskNumber]) -> bool {
    tasks.len() > ASK_ABOVE
}

/// Edits tasks: at once on the screen, then on the disk.
pub(super) fn do_edit(model: &mut Model, tasks: Vec<TaskNumber>, edit: Edit) -> Vec<Effect> {
    edit_as_seen(model, tasks, edit, None)
}

/// As [`do_edit`]; not where the task has changed since it was seen so.
pub(super) fn edit_as_seen(
    model: &mut Model,
    tasks: Vec<TaskNumber>,
    edit: Edit,
    seen: Option<Record<'static>>,
) -> Vec<Effect> {
    let now = model.today.now;
    let rows: Vec<_> = tasks.iter().filter_map(|task| ahead::find(model, *task)).collect();
    if let ([row], [_]) = (rows.as_slice(), tasks.as_slice())
        && let Some(refusal) = edit.refusal(row.task.body.task_type(), row.task.is_complete)
    {
        model.notice.note(sentence(&refusal.to_string()), now);
        return Vec::new();
    }
    let shown: Vec<Ahead> = rows.iter().filter_map(|row| ahead::of(row, &edit, now)).collect();
    let is_same = tasks.len() == 1 && rows.len() == 1 && shown.is_empty();
    let count = if is_same { 0 } else { go_on(model, &edit, tasks.len()) };
    let title = rows.first().map(|row| wording::title(&row.task)).unwrap_or_default();
    match count {
        0 => model.notice.note(format!("{}.", capital(edit.already())), now),
        1 => model.notice.done(format!("{}.", edit.summary(tasks.len(), &title)), now),
        _ => model.notice.run(format!("{}.", edit.summary(count, &title)), now),
    }
    let (list, current) = (model.panes.list_name(), model.panes.current().number());
    shown.iter().for_each(|ahead| ahead::show(model, ahead));
    follow(model, current.filter(|task| edit != Edit::Delete && tasks.contains(task)), list);
    model.marks.use_up(&tasks);
    model.data.changed = tasks.last().copied();
    remember_edit(model, &edit);
    ahead::leave_empty_details(model);
    let number = model.data.next_number();
    model.saving.begin(number, edit.summary(tasks.len(), &title), shown, now);
    vec![Effect::Write(number, Write::Edit { tasks, edit, seen, joins: count > 1, now })]
}

/// Goes on with a run of one change, or begins one. How many times the change was done by
/// now; of several tasks at once, once.
fn go_on(model: &mut Model, edit: &Edit, tasks: usize) -> usize {
    let action = edit.action();
    let before = model.data.run.filter(|run| tasks == 1 && run.action == action).map_or(0, |run| run.count);
    model.data.run = (tasks == 1).then_some(Run { action, count: before + 1 });
    before + 1
}

/// Goes with the cursor's task where it has left its list, if the person wants that.
fn follow(model: &mut Model, task: Option<TaskNumber>, list: ListName) {
    let follows = model.look.after_move == AfterMove::Follow && model.power.is_none();
    let Some(task) = task.filter(|_| follows) else { return };
    if model.panes.list(list).rank_of(task).is_none() {
        // Its new list may not hold its place yet; the reading after the write does.
        model.panes.goal = Some(task);
    }
}

/// What `.` does next time. A note, a deletion and a form's fields are of one task.
fn remember_edit(model: &mut Model, edit: &Edit) {
    match (edit, &model.data.repeat) {
        // The choice was remembered where it was made: it means the same on other days.
        (Edit::Snooze(_), Some(Repeat::Snooze(_))) => {}
        (Edit::Complete(_) | Edit::Snooze(_) | Edit::Assign(_) | Edit::Pin(_), _) => {
            model.data.repeat = Some(Repeat::Edit(edit.clone()));
        }
        (Edit::Fields(changes), _) if changes.fields().all(|field| field == crate::domain::edit::Field::Date) => {
            model.data.repeat = Some(Repeat::Edit(edit.clone()));
        }
        (Edit::Fields(_) | Edit::Delete | Edit::Note(_), _) => {}
    }
}

/// A refusal as a sentence of its own.
pub(super) fn sentence(text: &str) -> String {
    let text = capital(text);
    if text.ends_with(['.', '?']) { text } else { format!("{text}.") }
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Takes the last changes back.
pub(super) fn undo(model: &mut Model, steps: u64) -> Vec<Effect> {
    let now = model.today.now;
    write(model, Write::Undo(steps, now))
}

/// Does them again.
pub(super) fn redo(model: &mut Model, steps: u64) -> Vec<Effect> {
    let now = model.today.now;
    write(model, Write::Redo(steps, now))
}

/// Fills an empty file with the demo.
pub(super) fn demo(model: &mut Model) -> Vec<Effect> {
    let today = model.today;
    write(model, Write::Demo(today))
}

/// Sends a change whose result only the disk knows.
pub(super) fn write(model: &mut Model, write: Write) -> Vec<Effect> {
    let number = model.data.next_number();
    model.saving.begin(number, write.words(), Vec::new(), model.today.now);
    if write.leads() {
        model.saving.lead(number);
    }
    vec![Effect::Write(number, write)]
}
