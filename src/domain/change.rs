//! A change as a value: what the journal holds, what undo inverts.
//!
//! A **step** is one user action, however many tasks it touches. It holds **entries**:
//! task, field, before, after. Undo puts `before` back where the task still has
//! `after`; what somebody else changed since is left alone and named.

use chrono::{DateTime, Utc};

use super::task::{Completion, TaskNumber};

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Completed tasks.
    Complete,
    /// Re-opened tasks.
    Reopen,
    /// Took in a file.
    Import,
    /// Took a step back.
    Undo,
    /// Did a step again.
    Redo,
}

impl Action {
    /// All of them.
    pub const ALL: [Action; 5] = [Action::Complete, Action::Reopen, Action::Import, Action::Undo, Action::Redo];

    /// The word that the journal keeps.
    pub fn word(self) -> &'static str {
        match self {
            Action::Complete => "complete",
            Action::Reopen => "reopen",
            Action::Import => "import",
            Action::Undo => "undo",
            Action::Redo => "redo",
        }
    }

    /// The action of a word that the journal keeps.
    pub fn from_word(word: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|a| a.word() == word)
    }
}

/// The number of a step in this file, counting up: the journal's order, whatever the clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepNumber(pub i64);

/// A user action in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number.
    pub number: StepNumber,
    /// When, by this machine's clock, in UTC.
    pub at: DateTime<Utc>,
    /// What it did.
    pub action: Action,
    /// Of how many tasks.
    pub tasks: u64,
    /// In words, without a full stop: `Completed "Send revised quote"`.
    pub summary: String,
    /// The step that it takes back or does again.
    pub of: Option<StepNumber>,
    /// Whether it is taken back now.
    pub undone: bool,
}

/// What a step did to one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The task.
    pub task: TaskNumber,
    /// The field and its two values.
    pub change: Change,
}

/// A field's value before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Completed or re-opened; `None` is incomplete.
    Completion {
        /// Before the step.
        before: Option<Completion>,
        /// After it.
        after: Option<Completion>,
    },
    /// An import replaced the record.
    Record {
        /// The JSON object before the step.
        before: String,
        /// After it.
        after: String,
    },
    /// An import brought the tasks with the numbers from this one to `last`.
    Added {
        /// The last number of the run.
        last: TaskNumber,
    },
    /// An undo took those tasks out of the file.
    Removed {
        /// The last number of the run.
        last: TaskNumber,
    },
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Change {
        match self {
            Change::Completion { before, after } => Change::Completion { before: after, after: before },
            Change::Record { before, after } => Change::Record { before: after, after: before },
            Change::Added { last } => Change::Removed { last },
            Change::Removed { last } => Change::Added { last },
        }
    }
}
