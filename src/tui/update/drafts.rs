//! What was typed where a signal ended the program: opened again at the next start.

use super::{Effect, ahead, forming};
use crate::domain::task::TaskNumber;
use crate::tui::model::Model;
use crate::tui::model::memory::draft::Draft;
use crate::tui::request::{Read, Row};

/// Notes what is typed now, for the next start.
pub(super) fn keep(model: &mut Model) {
    if let Some(draft) = Draft::of(&model.overlays) {
        model.data.draft = Some(draft);
    }
}

/// Opens what was typed, as soon as its task is there and nothing else has the keys.
pub(super) fn reopen(model: &mut Model) -> Vec<Effect> {
    if !model.data.loaded || !model.is_free() {
        return Vec::new();
    }
    match model.data.draft.as_ref().map(Draft::task) {
        None => Vec::new(),
        Some(None) => open(model, None),
        Some(Some(task)) => match ahead::find(model, task) {
            Some(row) => open(model, Some(row)),
            None => ask(model, task),
        },
    }
}

/// Asks, once, for a task that no list has at hand. The draft is kept until it is there.
fn ask(model: &mut Model, task: TaskNumber) -> Vec<Effect> {
    if model.data.draft_sought.is_some() {
        return Vec::new();
    }
    let number = model.data.next_number();
    model.data.draft_sought = Some(number);
    vec![Effect::Read(number, Read::Rows { tasks: vec![task] })]
}

/// The disk has told of the task. Where something else has the keys by now, it is asked again.
pub(super) fn found(model: &mut Model, rows: Vec<Row>) -> Vec<Effect> {
    model.data.draft_sought = None;
    if !model.is_free() {
        return Vec::new();
    }
    if let Some(row) = rows.into_iter().next() {
        return open(model, Some(row));
    }
    if let Some(draft) = model.data.draft.take() {
        model.notice.error(format!("Typed before the end, for a task that is not here: {}", draft.words()));
        model.touch();
    }
    Vec::new()
}

fn open(model: &mut Model, row: Option<Row>) -> Vec<Effect> {
    let Some(draft) = model.data.draft.take() else { return Vec::new() };
    model.touch();
    let me = forming::me(model);
    if let Some(overlay) = draft.overlay(row, me.as_ref(), &model.today) {
        model.notice.note("What you typed before the end is back.", model.today.now);
        model.overlays.open(overlay);
    }
    forming::all_names(model)
}
