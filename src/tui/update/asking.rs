//! Questions that nobody asked for. They are told, and take no key before a person turns to
//! them: what is typed just then is not meant for them.

use super::{Effect, purging};
use crate::tui::model::Model;
use crate::tui::model::overlay::{Asked, Overlay};

/// Tells what waits to be answered, as long as nothing else is said.
pub(super) fn remind(model: &mut Model) {
    let waits = waiting(model).filter(|_| model.overlays.top().is_none());
    let changed = match waits {
        Some(words) => model.notice.ask(words),
        None => model.notice.is_question() && model.notice.dismiss(),
    };
    if changed {
        model.touch();
    }
}

/// What waits to be answered, raw.
fn waiting(model: &Model) -> Option<String> {
    if let Some(at) = model.saving.conflict() {
        return Some(format!("Not saved: changed elsewhere at {}.", model.today.time_of(at)));
    }
    match &model.data.purge_question.as_ref()?.about {
        Asked::Purge(expired) => Some(format!("Archived tasks past their time: {}.", expired.tasks.len())),
        Asked::Edit(..) | Asked::Forget(_) => None,
    }
}

/// Opens what waits longest, a person's own text first.
pub(super) fn turn_to(model: &mut Model) -> Vec<Effect> {
    if let Some((form, at)) = model.saving.take_conflict() {
        model.overlays.open(form);
        model.overlays.open(Overlay::Conflict(at));
    } else if let Some(question) = model.data.purge_question.take() {
        model.overlays.open(Overlay::Question(question));
        purging::keep_day(model);
    } else {
        model.notice.note("No question waits.", model.today.now);
    }
    Vec::new()
}
