//! The first minute: until a person has done each of the most used actions once, the hint
//! line begins with those that are still to be tried.

use crate::tui::action::Action;
use crate::tui::keymap::{Context, Hint, Keymap};

/// What is tried first, and what it does to the task under the cursor.
const LESSONS: [(Action, &str); 8] = [
    (Action::Undo, "takes it back"),
    (Action::Complete, "completes it"),
    (Action::Snooze, "puts it off"),
    (Action::AllTypes, "shows every type"),
    (Action::OpenDetails, "shows all of it"),
    (Action::New, "makes a task"),
    (Action::Find, "searches"),
    (Action::Palette, "finds any command"),
];

/// Whether an action is about the task under the cursor.
pub fn is_about_task(action: Action) -> bool {
    use Action::{Assign, Complete, Edit, Mark, MoveDown, OpenDetails, Reopen, Snooze};
    matches!(action, Assign | Complete | Edit | Mark | MoveDown | OpenDetails | Reopen | Snooze)
}

/// The actions that were not tried yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    untried: Vec<Action>,
}

impl Default for Guide {
    fn default() -> Guide {
        Guide { untried: LESSONS.map(|(action, _)| action).into() }
    }
}

impl Guide {
    /// As it was kept.
    pub fn read(names: &[String]) -> Guide {
        let is_kept = |action: &Action| names.contains(&action.name());
        Guide { untried: Guide::default().untried.into_iter().filter(is_kept).collect() }
    }

    /// The names of what was not tried yet, to be kept.
    pub fn names(&self) -> Vec<String> {
        self.untried.iter().map(|action| action.name()).collect()
    }

    /// An action was done.
    pub fn take(&mut self, action: Action) {
        self.untried.retain(|untried| *untried != action);
    }

    /// The hints of a place with those that teach before them; something was `changed`, or
    /// there is nothing to take back. Without a task under the cursor no lesson speaks of one.
    pub fn teach(&self, keys: &Keymap, context: Context, changed: bool, has_task: bool) -> Vec<Hint> {
        let usual = keys.hints(context);
        if context != Context::Open {
            return usual;
        }
        let is_possible = |action: Action| match action {
            Action::Undo => changed,
            action => has_task || !is_about_task(action),
        };
        let is_lesson = |action: Action| self.untried.contains(&action) && is_possible(action);
        let lessons = LESSONS.into_iter().filter(|(action, _)| is_lesson(*action));
        let lessons = lessons.map(|(action, word)| {
            let key = keys.key_in(context, action);
            Hint { action, key, word: word.to_owned() }
        });
        lessons.chain(usual.into_iter().filter(|hint| !is_lesson(hint.action))).collect()
    }
}
