//! A change as a value: what the journal holds, what undo inverts.
//!
//! A **step** is one user action, however many tasks it touches. It holds **entries**:
//! task, field, before, after. Undo puts `before` back where the task still has
//! `after`; what somebody else changed since is left alone and named.

use chrono::{DateTime, Utc};

use super::record::Record;
use super::task::{Completion, TaskNumber};

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident $word:literal)+) => {
        /// What a step did.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $variant,)+
        }

        impl Action {
            /// All of them.
            pub const ALL: &[Action] = &[$(Action::$variant),+];

            /// The word that the journal keeps.
            pub fn word(self) -> &'static str {
                match self {
                    $(Action::$variant => $word,)+
                }
            }
        }
    };
}

actions! {
    /// Made a task.
    Add "add"
    /// Changed fields of a task.
    Edit "edit"
    /// Moved the dates of tasks.
    Snooze "snooze"
    /// Gave tasks to a rep.
    Assign "assign"
    /// Completed tasks.
    Complete "complete"
    /// Re-opened tasks.
    Reopen "reopen"
    /// Deleted tasks.
    Delete "delete"
    /// Pinned tasks, or took the pins out.
    Pin "pin"
    /// Wrote a note beside a task.
    Note "note"
    /// Said how a call ended, with all that follows from it.
    Call "call"
    /// Took in a file.
    Import "import"
    /// Removed archived tasks past their time.
    Purge "purge"
    /// Took a step back.
    Undo "undo"
    /// Did a step again.
    Redo "redo"
}

impl Action {
    /// The action of a word that the journal keeps.
    pub fn from_word(word: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|a| a.word() == word)
    }
}

/// The number of a step in this file, counting up: the journal's order, whatever the clock says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// Who did it, as the settings called the person then; `None` where they called nobody.
    pub by: Option<String>,
    /// The step that it takes back or does again.
    pub of: Option<StepNumber>,
    /// Whether it is taken back now.
    pub undone: bool,
}

impl Step {
    /// Who did what, and whether it is undone: `Ana Ruiz: Completed "Send quote" (undone)`.
    pub fn told(&self) -> String {
        let who = self.by.as_ref().map(|by| format!("{by}: ")).unwrap_or_default();
        let undone = if self.undone { " (undone)" } else { "" };
        format!("{who}{}{undone}", self.summary)
    }
}

/// What a step did to one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The task.
    pub task: TaskNumber,
    /// The field and its two values.
    pub change: Change,
}

/// Whether a task is in the file. Its row and its number stay in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// In the file.
    Here,
    /// Not come yet: an undo took its arrival back.
    NotYet,
    /// Deleted by a person.
    Deleted,
    /// Removed from the archive when its time was over.
    Purged,
    /// Taken into the task of its email thread.
    Joined,
}

impl Presence {
    /// All of them; the place of each is its number in the file.
    pub const ALL: [Presence; 5] =
        [Presence::Here, Presence::NotYet, Presence::Deleted, Presence::Purged, Presence::Joined];

    /// The word that the journal keeps.
    pub fn word(self) -> &'static str {
        match self {
            Presence::Here => "here",
            Presence::NotYet => "not yet",
            Presence::Deleted => "deleted",
            Presence::Purged => "purged",
            Presence::Joined => "joined",
        }
    }

    /// The presence of a word that the journal keeps.
    pub fn from_word(word: &str) -> Option<Presence> {
        Presence::ALL.into_iter().find(|p| p.word() == word)
    }
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
    /// A person changed fields, of the wire or local ones; a field that one side lacks
    /// was, or is, absent.
    Fields {
        /// The fields before the step.
        before: Record<'static>,
        /// After it.
        after: Record<'static>,
    },
    /// An import replaced the record.
    Record {
        /// The JSON object before the step.
        before: String,
        /// After it.
        after: String,
    },
    /// An import changed which emails' tasks a thread's task stands for.
    Parts {
        /// The records before the step; none where the task stands for itself.
        before: Vec<String>,
        /// After it.
        after: Vec<String>,
    },
    /// The tasks with the numbers from the entry's to `last` came into the file or left it.
    Presence {
        /// The last number of the run.
        last: TaskNumber,
        /// Before the step.
        before: Presence,
        /// After it.
        after: Presence,
    },
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Change {
        match self {
            Change::Completion { before, after } => Change::Completion { before: after, after: before },
            Change::Fields { before, after } => Change::Fields { before: after, after: before },
            Change::Record { before, after } => Change::Record { before: after, after: before },
            Change::Parts { before, after } => Change::Parts { before: after, after: before },
            Change::Presence { last, before, after } => Change::Presence { last, before: after, after: before },
        }
    }

    /// The place of the change among those of its step: tasks come before they change and
    /// go after it; a record's completion is only about right until its own change.
    pub fn rank(&self) -> u8 {
        match self {
            Change::Presence { after: Presence::Here, .. } => 0,
            Change::Record { .. } => 1,
            Change::Parts { .. } => 2,
            Change::Fields { .. } => 3,
            Change::Completion { .. } => 4,
            Change::Presence { .. } => 5,
        }
    }
}
