//! What was typed where a signal ended the program: opened again at the next start.

use super::{Effect, ahead, forming};
use crate::tui::model::Model;
use crate::tui::model::memory::draft::Draft;

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
    let Some(draft) = model.data.draft.take() else { return Vec::new() };
    let row = draft.task().and_then(|task| ahead::find(model, task));
    model.touch();
    if draft.task().is_some() && row.is_none() {
        model.notice.error(format!("Typed before the end, for a task that is not here: {}", draft.words()));
        return Vec::new();
    }
    let me = forming::me(model);
    if let Some(overlay) = draft.overlay(row, me.as_ref(), &model.today) {
        model.notice.note("What you typed before the end is back.", model.today.now);
        model.overlays.open(overlay);
    }
    forming::all_names(model)
}
