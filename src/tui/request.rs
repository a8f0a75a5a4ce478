//! What the screen asks of the disk, and what comes back: values, each with its number.
//!
//! Reads replace older reads of their kind; writes are done one after the other.

mod answer;
mod kind;
mod write;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use self::answer::{Answer, Card, Counts, Everything, Looked, NAMED, Part, SavedCount, UNNAMED};
pub use self::kind::Kind;
pub use self::write::{Outcome, Write};
use super::model::sorting::Sorting;
use crate::domain::edit::Field;
use crate::domain::filter::{People, TypeSet};
use crate::domain::query::Search;
use crate::domain::task::{ContactId, LeadId, RepId, StoredTask, TaskNumber};
use crate::domain::view::Today;

/// A task, shared between the worker's answer and the panes that show it.
pub type Row = Arc<StoredTask>;

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListName {
    /// Open, up to today.
    Inbox,
    /// Open, from tomorrow on.
    Future,
    /// Completed.
    Archive,
}

impl ListName {
    /// All of them, from the top.
    pub const ALL: [ListName; 3] = [ListName::Inbox, ListName::Future, ListName::Archive];
}

/// The number of a request, counting up.
pub type Number = u64;

/// What every list read depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The types shown.
    pub types: TypeSet,
    /// Whose tasks.
    pub people: People,
    /// What is searched for.
    pub search: Search,
    /// The present, in the zone shown.
    pub today: Today,
    /// A task just restored: shown even where the types would hide it.
    pub keep: Option<TaskNumber>,
    /// How the open lists are arranged.
    pub sorting: Sorting,
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// The task in its middle.
    pub around: Option<TaskNumber>,
    /// Where that task is not in the list: this rank is.
    pub rank: usize,
    /// How many rows, fewer where an end of the list is near.
    pub rows: usize,
    /// The row before the wanted ones, with its rank, where it is known.
    pub after: Option<(TaskNumber, usize)>,
}

/// A question to the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// All lists and all counts.
    Everything {
        /// What the lists hold.
        scope: Scope,
        /// Which part of each, in the order of [`ListName::ALL`].
        wants: Box<[Want; 3]>,
        /// The marked tasks, to tell how many of them the lists leave out.
        marks: Vec<TaskNumber>,
    },
    /// Another part of one list.
    Part {
        /// Which.
        list: ListName,
        /// What it holds.
        scope: Scope,
        /// Which part.
        want: Want,
    },
    /// What the details show beside the task itself.
    Card {
        /// The task.
        task: TaskNumber,
        /// Its lead.
        lead: Option<LeadId>,
        /// Its contact, where the task has no number of its own.
        contact: Option<ContactId>,
    },
    /// The reps of the file.
    Reps,
    /// The overdue tasks of the inbox, to mark them.
    Overdue {
        /// What the lists hold.
        scope: Scope,
    },
    /// The open tasks of a lead, of all types, to mark them.
    OfLead {
        /// The lead.
        lead: LeadId,
    },
    /// Names of the file that fit what is typed in a form.
    Names {
        /// Whose: leads, contacts or reps.
        of: Field,
        /// What is typed.
        text: String,
        /// The lead whose contacts come first.
        lead: Option<LeadId>,
    },
    /// Figures of what was done in the last year.
    Stats {
        /// The present, in the zone shown.
        today: Today,
    },
    /// What happened since the screen was left.
    Since {
        /// When that was, in UTC.
        left: DateTime<Utc>,
    },
    /// The open tasks of the next two weeks by day.
    Fortnight {
        /// What the lists hold.
        scope: Scope,
    },
    /// The tasks of a list as it is arranged, to go through them one by one.
    Queue {
        /// Which.
        list: ListName,
        /// What it holds.
        scope: Scope,
        /// The marked tasks, which are then the only ones.
        marks: Vec<TaskNumber>,
    },
    /// Tasks as the file has them now.
    Rows {
        /// Which.
        tasks: Vec<TaskNumber>,
    },
    /// A call for a task: what the file knows of it.
    Attempt {
        /// The task.
        task: TaskNumber,
        /// The present, in the zone shown.
        today: Today,
    },
    /// A number of a task's contact, from another task.
    NumberOf {
        /// The task, which has none.
        task: TaskNumber,
        /// Its lead.
        lead: LeadId,
        /// Its contact.
        contact: ContactId,
    },
    /// The saved searches, and how much of the inbox each finds.
    Saved {
        /// Whose tasks.
        people: People,
        /// The present, in the zone shown.
        today: Today,
        /// What `rep:me` means.
        me: Option<RepId>,
    },
    /// Every task of a list, to mark them.
    Whole {
        /// Which.
        list: ListName,
        /// What it holds.
        scope: Scope,
    },
}
