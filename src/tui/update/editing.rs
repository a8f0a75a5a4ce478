//! Menus and fields that lead to an edit: snooze, date, assign, note.

use chrono::{DateTime, Utc};

use super::{Effect, ahead, changing, ending, forming, marking};
use crate::domain::edit::{Changes, Edit, Refusal};
use crate::domain::outcome::Outcome;
use crate::domain::snooze::{Choice, Subject};
use crate::domain::task::{Note, Party, RepId, TaskNumber};
use crate::tui::action::Action;
use crate::tui::model::field::Field;
use crate::tui::model::menu;
use crate::tui::model::overlay::{Overlay, Written};
use crate::tui::model::snooze::{DateEntry, Purpose, Snooze};
use crate::tui::model::{Model, Repeat};
use crate::tui::request::Read;

/// Opens the snooze menu for the marked tasks, else the cursor's.
pub(super) fn open_snooze(model: &mut Model) -> Vec<Effect> {
    let Some(tasks) = targets(model) else { return Vec::new() };
    let row = tasks.first().and_then(|task| ahead::find(model, *task));
    if row.as_ref().is_some_and(|row| row.task.is_complete) && tasks.len() == 1 {
        model.notice.note(changing::sentence(&Refusal::Complete.to_string()), model.today.now);
        return Vec::new();
    }
    let subject = subject(model, &tasks);
    let last = match model.data.repeat {
        Some(Repeat::Snooze(choice)) => Some(choice),
        _ => model.data.last_snooze,
    };
    let menu = Snooze::new(tasks, subject, &model.today, last);
    model.overlays.open(Overlay::Snooze(menu));
    Vec::new()
}

/// What of tasks the choices depend on: of the first of them. Several contacts have each
/// a place of their own.
pub(super) fn subject(model: &Model, tasks: &[TaskNumber]) -> Subject {
    let row = tasks.first().and_then(|task| ahead::find(model, *task));
    let subject = row.map(|row| Subject::of(&row.task)).unwrap_or_default();
    let region = subject.region.filter(|_| tasks.len() == 1);
    Subject { region, ..subject }
}

/// Takes the line of the snooze menu that has this key, or goes on to a typed date.
pub(super) fn snooze_key(model: &mut Model, key: char) -> Vec<Effect> {
    let Some(Overlay::Snooze(menu)) = model.overlays.top() else { return Vec::new() };
    if key == 'd' {
        let tasks = menu.tasks.clone();
        model.overlays.close();
        model.overlays.open(Overlay::Date(DateEntry::new(tasks, Purpose::Snooze)));
        return Vec::new();
    }
    match menu.choice_of(key, &model.today) {
        Ok(choice) => {
            let menu = menu.clone();
            model.overlays.close();
            snooze(model, menu, choice)
        }
        Err(why) => {
            model.notice.note(why, model.today.now);
            Vec::new()
        }
    }
}

/// Takes the line of the snooze menu under the cursor.
pub(super) fn take_snooze(model: &mut Model, menu: &Snooze) -> Vec<Effect> {
    match menu.chosen() {
        Some(line) => snooze(model, menu.clone(), line.choice),
        None => Vec::new(),
    }
}

fn snooze(model: &mut Model, menu: Snooze, choice: Choice) -> Vec<Effect> {
    let Some(until) = choice.until(&menu.subject, &model.today) else { return Vec::new() };
    (model.data.repeat, model.data.last_snooze) = (Some(Repeat::Snooze(choice)), Some(choice));
    changing::wanted(model, menu.tasks, Edit::Snooze(until))
}

/// Asks for a date.
pub(super) fn open_date(model: &mut Model) -> Vec<Effect> {
    if let Some(tasks) = targets(model) {
        model.overlays.open(Overlay::Date(DateEntry::new(tasks, Purpose::Date)));
    }
    Vec::new()
}

/// Takes the typed date; one that is not understood stays, with what is wrong.
pub(super) fn take_date(model: &mut Model) -> Vec<Effect> {
    let today = model.today;
    let Some(Overlay::Date(entry)) = model.overlays.top_mut() else { return Vec::new() };
    let Some(date) = entry.take(&today) else { return Vec::new() };
    let entry = entry.clone();
    let (tasks, purpose) = (entry.tasks.clone(), entry.purpose);
    // Below a question the date stays: a no goes back to what was typed.
    if !changing::is_asked_about(&tasks) {
        model.overlays.close();
    }
    if purpose == Purpose::CallBack {
        return ending::say(model, Outcome::CallBack(date));
    }
    model.data.repeat = None;
    let edit = match purpose {
        Purpose::Snooze => Edit::Snooze(date.into()),
        Purpose::Date | Purpose::CallBack => Edit::Fields(Box::new(Changes { date: Some(date), ..Changes::default() })),
    };
    let effects = changing::wanted(model, tasks, edit);
    keep_date(model, Some(entry), &effects);
    effects
}

/// Closes the date that a question was about.
pub(super) fn close_date(model: &mut Model) -> Option<DateEntry> {
    let Some(Overlay::Date(entry)) = model.overlays.top() else { return None };
    let entry = entry.clone();
    model.overlays.close();
    Some(entry)
}

/// Keeps a typed date until the disk has it.
pub(super) fn keep_date(model: &mut Model, entry: Option<DateEntry>, effects: &[Effect]) {
    if let (Some(entry), [Effect::Write(number, _), ..]) = (entry, effects) {
        model.saving.keep(*number, Overlay::Date(entry));
    }
}

/// Opens the reps, and asks who there is.
pub(super) fn open_assign(model: &mut Model) -> Vec<Effect> {
    let Some(tasks) = targets(model) else { return Vec::new() };
    let reps = match model.data.reps.as_slice() {
        [] => menu::reps_to_come(),
        reps => menu::reps(model.look.me.as_ref(), reps),
    };
    model.overlays.open(Overlay::Assign(reps, tasks));
    vec![Effect::Read(model.data.next_number(), Read::Reps)]
}

/// Gives the tasks to the rep chosen.
pub(super) fn take_rep(model: &mut Model, tasks: Vec<TaskNumber>, rep: Party<RepId>) -> Vec<Effect> {
    changing::wanted(model, tasks, Edit::Assign(rep))
}

/// Asks for a note on the cursor's task.
pub(super) fn open_note(model: &mut Model) -> Vec<Effect> {
    match model.current_task().map(|row| row.number) {
        Some(_) if model.marks.count() > 1 => {
            let back = model.look.keys.key(Action::StepBack);
            model.notice.note(format!("A note is on one task. {back} takes the marks away."), model.today.now);
        }
        Some(_) if marking::is_on_several(model) => {
            let open = model.look.keys.key(Action::OpenDetails);
            model.notice.note(format!("A note is on one task. {open} unfolds the lead's."), model.today.now);
        }
        Some(task) => model.overlays.open(Overlay::Note(Written { task, field: Field::default() })),
        None => model.notice.note("No task here.", model.today.now),
    }
    Vec::new()
}

/// Writes the note, unless it is empty.
pub(super) fn take_note(model: &mut Model, note: Written) -> Vec<Effect> {
    let text = note.field.text().trim().to_owned();
    if text.is_empty() {
        model.notice.note("Nothing was written.", model.today.now);
        return Vec::new();
    }
    let at: DateTime<Utc> = model.today.now;
    let effects = changing::do_edit(model, vec![note.task], Edit::Note(Note { at, text }));
    forming::keep_typed(model, Overlay::Note(note), effects)
}

/// The tasks that a change is about, if there are any.
pub(super) fn targets(model: &mut Model) -> Option<Vec<TaskNumber>> {
    let tasks = marking::targets(model);
    if tasks.is_empty() {
        model.notice.note("No task here.", model.today.now);
        return None;
    }
    Some(tasks)
}
