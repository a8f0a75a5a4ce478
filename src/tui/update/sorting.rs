//! The order of the open lists, and the tasks of a lead as one row.

use super::{Effect, act, moving, reads};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::panes::Pane;
use crate::tui::model::sorting::Sort;
use crate::tui::request::ListName;

/// The next order.
pub(super) fn sort(model: &mut Model) -> Vec<Effect> {
    let next = model.sorting.sort.next();
    sort_by(model, next)
}

/// Sorts the open lists.
pub(super) fn sort_by(model: &mut Model, sort: Sort) -> Vec<Effect> {
    if model.panes.list_name() == ListName::Archive {
        return note(model, "The archive stands in the order of completion, the newest first.");
    }
    model.sorting.sort = sort;
    model.notice.note(
        match model.sorting.sort {
            Sort::Earliest => "Sorted by date, the earliest first.",
            Sort::Latest => "Sorted by date, the latest first.",
            Sort::Newest => "Sorted by when they were made, the newest first.",
            Sort::Oldest => "Sorted by when they were made, the oldest first.",
        },
        model.today.now,
    );
    arranged(model)
}

/// Makes the tasks of each lead one row, or rows of their own again.
pub(super) fn group(model: &mut Model) -> Vec<Effect> {
    let by_lead = !model.sorting.by_lead;
    group_by(model, by_lead)
}

/// Makes the tasks of each lead one row, or each task its own.
pub(super) fn group_by(model: &mut Model, by_lead: bool) -> Vec<Effect> {
    model.sorting.by_lead = by_lead;
    model.sorting.unfolded.clear();
    let key = model.look.keys.key(Action::OpenDetails);
    let words = match model.sorting.by_lead {
        true => format!("A lead's tasks are one row: what is done to it is done to all. {key} unfolds."),
        false => "Each task is a row.".to_owned(),
    };
    model.notice.note(words, model.today.now);
    arranged(model)
}

fn arranged(model: &mut Model) -> Vec<Effect> {
    std::iter::once(reads::deciding(model)).chain(act::remember(model)).collect()
}

/// Unfolds the row under the cursor; where nothing is folded, opens the task.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let list = model.panes.current();
    let is_folded = list.number().is_some_and(|task| !list.folded(task).is_empty());
    let lead = model.current_task().and_then(|row| row.task.lead.id.clone());
    match lead.filter(|_| is_folded && model.panes.focus() != Pane::Details) {
        Some(lead) => {
            model.sorting.unfolded.insert(lead);
            vec![reads::deciding(model)]
        }
        None => moving::focus(model, Pane::Details),
    }
}

/// Folds the tasks of the cursor's lead again.
pub(super) fn fold(model: &mut Model) -> Vec<Effect> {
    if !model.sorting.by_lead {
        let words = format!("{} makes the tasks of a lead one row.", model.look.keys.key(Action::Group));
        return note(model, &words);
    }
    let lead = model.current_task().and_then(|row| row.task.lead.id.clone());
    match lead.filter(|lead| model.sorting.unfolded.remove(lead)) {
        Some(_) => vec![reads::deciding(model)],
        None => note(model, "Nothing is unfolded here."),
    }
}

fn note(model: &mut Model, words: &str) -> Vec<Effect> {
    model.notice.note(words, model.today.now);
    Vec::new()
}
