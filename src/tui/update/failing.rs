//! Questions that the disk could not answer.

use super::choosing;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Loading, Model};
use crate::tui::request::{Kind, ListName, Looked, Number};

/// Closes the question, and no other one. What was typed ahead of its answer is about
/// something that never came: it is dropped.
pub(super) fn failed(model: &mut Model, number: Number, kind: Kind, why: String) {
    let is_late = match kind {
        Kind::Everything => number < model.data.everything,
        Kind::Queue => model.data.gathering.is_some_and(|asked| number < asked),
        _ => false,
    };
    if is_late {
        // A newer one is on its way, and will say so again.
        return;
    }
    match kind {
        Kind::Everything => {
            (model.data.loading, model.data.looked) = (Loading::Idle, Looked::Whole);
            model.panes.goal = None;
            ListName::ALL.into_iter().for_each(|name| model.panes.list_mut(name).give_up(number));
        }
        Kind::Part(name) => model.panes.list_mut(name).give_up(number),
        Kind::Marks => model.data.marking = model.data.marking.filter(|asked| *asked != number),
        Kind::NumberOf => model.data.sought = None,
        Kind::Queue => model.data.gathering = None,
        Kind::Card => model.details.give_up(),
        Kind::Reps => choosing::give_up_reps(model),
        Kind::Names(_) => give_up_names(model),
        Kind::Fortnight | Kind::Stats | Kind::Since | Kind::Rows | Kind::Saved => {}
        Kind::Attempt => {
            if model.overlays.called_mut().and_then(|called| called.wanted.take()).is_some() {
                // It was meant for what follows from the outcome.
                model.typed_ahead.clear();
            }
        }
    }
    let is_beside = matches!(kind, Kind::Card | Kind::Reps | Kind::Names(_) | Kind::Stats | Kind::Since);
    if !is_beside && !matches!(kind, Kind::Rows | Kind::Saved | Kind::Attempt) {
        model.typed_ahead.clear();
    }
    model.notice.error(why);
    model.touch();
}

fn give_up_names(model: &mut Model) {
    if let Some(Overlay::Find(finder)) = model.overlays.asking_mut() {
        finder.asked = None;
    } else if let Some(form) = model.overlays.form_mut() {
        form.give_up_asking();
    }
}
