//! Close from the screen: the page of a lead that is pasted, and what works instead of sync.

use super::{Effect, finding, moving};
use crate::domain::task::LeadId;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::find::Find;
use crate::tui::model::panes::Pane;
use crate::tui::request::ListName;

/// A paste where no field is: the link of a lead shows its tasks, of all types; anything
/// else does nothing.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.look.lead_page.lead_of(text).filter(|_| !model.is_first_run()) {
        Some(lead) => show(model, &lead),
        None => {
            let new = model.look.keys.key(Action::New);
            note(model, format!("Paste ignored. Press {new} first to make a task of it."))
        }
    }
}

fn show(model: &mut Model, lead: &LeadId) -> Vec<Effect> {
    let text = format!("lead:{}", lead.as_str());
    // An id has letters, digits and `_`: no query is easier to read.
    let Ok(find) = Find::saved(&text, &model.today, model.look.me.as_ref()) else { return Vec::new() };
    model.power = None;
    let back = model.look.keys.key(Action::StepBack);
    model.notice.note(format!("The tasks of this lead. {back} shows all."), model.today.now);
    let cursors = ListName::ALL.map(|name| model.panes.list(name).number());
    let effects = moving::focus(model, Pane::List(model.panes.list_name()));
    effects.into_iter().chain(finding::show(model, find, cursors)).collect()
}

/// There is nothing to sync with: says how tasks come and go.
pub(super) fn sync(model: &mut Model) -> Vec<Effect> {
    let import = Action::ImportFile.name();
    note(model, format!("Not connected to Close. :{import} takes in a file, repbox export writes one."))
}

/// Says how tasks come in.
pub(super) fn connect(model: &mut Model) -> Vec<Effect> {
    let import = model.look.keys.key_in(Context::Empty, Action::ImportFile);
    note(model, format!("Close cannot be connected to yet. {import} imports a file of its tasks."))
}

fn note(model: &mut Model, words: String) -> Vec<Effect> {
    model.notice.note(words, model.today.now);
    Vec::new()
}
