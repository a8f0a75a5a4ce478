//! Ten keys practised on made-up tasks, one after the other.

pub mod guide;

use super::Model;
use crate::tui::action::Action;
use crate::tui::keymap;
use crate::tui::model::panes::Pane;
use crate::tui::request::ListName;

/// What is practised, in this order, and what it does to a task of the demo: in words for
/// which the least screen has room.
const LESSONS: [(Action, &str); 10] = [
    (Action::MoveDown, "goes to the next task"),
    (Action::Complete, "completes it"),
    (Action::Undo, "brings it back"),
    (Action::AllTypes, "shows every type"),
    (Action::Snooze, "opens when to put it off"),
    (Action::SnoozeTo('t'), "puts it off to tomorrow"),
    (Action::ToggleFuture, "shows where it went"),
    (Action::Mark, "marks a task"),
    (Action::MarkLead, "marks all of its lead"),
    (Action::Help, "shows every other key"),
];

/// How far somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drill {
    learned: usize,
}

impl Drill {
    /// An action was done: the one that is asked for leads on to the next.
    pub fn take(&mut self, action: Action) {
        if LESSONS.get(self.learned).is_some_and(|(wanted, _)| *wanted == action) {
            self.learned += 1;
        }
    }

    /// `Drill 3/10`, the key and what it does; where the key means nothing, first the way
    /// to where it does.
    pub fn line(&self, model: &Model) -> (String, String, &'static str) {
        let Some((action, words)) = LESSONS.get(self.learned) else {
            return (
                "All ten.".to_owned(),
                key(model, Action::Quit).unwrap_or_default(),
                "quits: nothing here is kept",
            );
        };
        let progress = format!("Drill {}/{}", self.learned + 1, LESSONS.len());
        let (key, words) = match key(model, *action) {
            Some(key) => (key, *words),
            None => way(model),
        };
        (progress, key, words)
    }
}

/// The key that an action has where the keys are now.
fn key(model: &Model, action: Action) -> Option<String> {
    let mut bindings = model.look.keys.bindings_in(model.context());
    Some(keymap::spell(bindings.find(|binding| binding.action == action)?.keys.first()?))
}

/// How to come back to where the lessons are.
fn way(model: &Model) -> (String, &'static str) {
    let (action, words) = match (model.overlays.top(), model.panes.focus()) {
        (Some(_), _) | (None, Pane::Details | Pane::Types) => (Action::StepBack, "goes back first"),
        (None, Pane::List(ListName::Archive)) => (Action::GoInbox, "to the inbox first"),
        (None, Pane::List(ListName::Inbox | ListName::Future)) => (Action::Snooze, "opens the menu again"),
    };
    (key(model, action).unwrap_or_default(), words)
}
