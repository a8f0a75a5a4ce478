//! What the screen asks of the disk, and what comes back: values, each with its number.
//!
//! Reads replace older reads of their kind; writes are done one after the other.

mod kind;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use self::kind::Kind;
use super::model::entry::Name;
use super::model::fortnight::{DAYS, DayOfTasks};
use super::model::power::Queued;
use super::model::sorting::Sorting;
use crate::app::purge::Purge;
use crate::domain::change::Step;
use crate::domain::edit::{Changes, Edit, Field};
use crate::domain::filter::{People, TypeSet};
use crate::domain::number::PhoneNumber;
use crate::domain::outcome::{self, Attempt, Rules};
use crate::domain::query::{Saved, Search};
use crate::domain::record::Record;
use crate::domain::retention::KeepTimes;
use crate::domain::stats::Stats;
use crate::domain::task::{ContactId, LeadId, Party, RepId, StoredTask, TaskNumber};
use crate::domain::view::{Section, Today};
use crate::repository::{Expired, Happened, Restored, Written};

/// How many types the counts tell apart: the nine, then all unknown ones together.
pub const KINDS: usize = 10;

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
    /// How many rows.
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

/// A part of a list: its rows, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The rank of the first row.
    pub first: usize,
    /// How many rows the list has.
    pub total: usize,
    /// The rows.
    pub rows: Vec<Row>,
    /// How many rows each section has, in order; the archive has none.
    pub sections: Vec<(Section, usize)>,
    /// How many tasks of each section there are, however they are arranged.
    pub tasks: Vec<(Section, usize)>,
    /// The tasks folded into these rows.
    pub folds: BTreeMap<TaskNumber, Vec<TaskNumber>>,
}

/// Exact counts by [`TaskType::index`](crate::domain::kind::TaskType::index), unknown types last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open, up to today.
    pub inbox: [usize; KINDS],
    /// Those of the inbox from before today.
    pub overdue: [usize; KINDS],
    /// Open, from tomorrow on.
    pub future: [usize; KINDS],
    /// Completed.
    pub archive: [usize; KINDS],
}

/// How far the archive has been looked through for what is searched for: the open tasks are
/// answered first, then the first rows of the archive, then how many it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looked {
    /// It is about to be.
    NotYet,
    /// Its first rows are there, and others may be.
    Begun,
    /// To its end.
    #[default]
    Whole,
}

/// The answer to [`Read::Everything`]; another one follows where the archive is not yet
/// looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Everything {
    /// A part of each list, in the order of [`ListName::ALL`].
    pub parts: [Part; 3],
    /// Counts of the people's tasks that are searched for, of every type.
    pub counts: Counts,
    /// The same of all of the people's tasks.
    pub unsearched: Counts,
    /// The first task of the future.
    pub next: Option<Row>,
    /// How many were completed today; looked for only where the inbox is empty.
    pub done_today: usize,
    /// How many marked tasks the lists leave out.
    pub hidden_marks: usize,
    /// How far the archive has been looked through: as far tell its part and its counts.
    pub looked: Looked,
}

/// What the details show beside the task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// The lead's other open tasks.
    pub others: Vec<Row>,
    /// What happened to the task, newest first.
    pub history: Vec<Step>,
    /// Where the task has no number of its own: that of another task of its contact.
    pub number: Option<PhoneNumber>,
}

/// A saved search, and how many tasks of the inbox it finds; `None`: it is not understood.
pub type SavedCount = (Saved, Option<usize>);

/// What came back from the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To [`Read::Everything`].
    Everything(Box<Everything>),
    /// To [`Read::Part`].
    Part(ListName, Part),
    /// To [`Read::Card`].
    Card(TaskNumber, Card),
    /// To [`Read::Reps`].
    Reps(Vec<(Party<RepId>, u64)>),
    /// To [`Read::Whole`], [`Read::Overdue`] and [`Read::OfLead`].
    Whole(Vec<TaskNumber>),
    /// To [`Read::Names`].
    Names {
        /// Whose.
        of: Field,
        /// For which text.
        text: String,
        /// For which lead.
        lead: Option<LeadId>,
        /// The names.
        names: Vec<Name>,
    },
    /// To [`Read::Stats`].
    Stats(Box<Stats>),
    /// To [`Read::Since`]: when that was, in UTC, and what happened.
    Since(DateTime<Utc>, Box<Happened>),
    /// To [`Read::Fortnight`].
    Fortnight(Box<[DayOfTasks; DAYS]>),
    /// To [`Read::Queue`]: the first of them, and how many there are.
    Queue(Vec<Queued>, usize),
    /// To [`Read::Rows`]: those that are still there.
    Rows(Vec<Row>),
    /// To [`Read::Attempt`].
    Attempt(Box<Attempt>),
    /// To [`Read::NumberOf`].
    NumberOf(TaskNumber, Option<PhoneNumber>),
    /// To [`Read::Saved`].
    Saved(Vec<SavedCount>),
    /// The file could not be read for a question of this kind: why.
    Failed(Kind, String),
}

/// A change of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Edits tasks.
    Edit {
        /// Which.
        tasks: Vec<TaskNumber>,
        /// What is done to them.
        edit: Edit,
        /// The fields as they were seen: where one has changed since, nothing is written.
        seen: Option<Record<'static>>,
        /// Whether it goes on with the step of the edit before: a run of one change.
        joins: bool,
        /// When, in UTC.
        now: DateTime<Utc>,
    },
    /// Says how a call ended.
    EndCall {
        /// The task for which it was made.
        task: TaskNumber,
        /// How it ended.
        outcome: outcome::Outcome,
        /// The debts that are paid with it.
        agreed: Vec<TaskNumber>,
        /// The rules that hold.
        rules: Rules,
        /// Who says so.
        by: Option<RepId>,
        /// The present, in the zone shown.
        today: Today,
    },
    /// Makes a task.
    Add {
        /// A call, not a to-do.
        is_call: bool,
        /// Its fields.
        fields: Changes,
        /// Who makes it.
        by: Option<RepId>,
        /// When, in UTC.
        now: DateTime<Utc>,
    },
    /// Saves a search.
    SaveSearch {
        /// Under this name.
        name: String,
        /// The query.
        text: String,
        /// The present.
        today: Today,
        /// What `rep:me` means.
        me: Option<RepId>,
    },
    /// Forgets a saved search.
    ForgetSearch(Saved),
    /// Takes so many of the last steps back, as far as there are any.
    Undo(u64, DateTime<Utc>),
    /// Does so many again.
    Redo(u64, DateTime<Utc>),
    /// Takes in a file.
    Import(PathBuf, DateTime<Utc>),
    /// Takes in the demo, with dates around now in the zone.
    Demo(Today),
    /// Removes archived tasks past their keep time.
    Purge {
        /// How long they are kept.
        keep: KeepTimes,
        /// Those that a person agreed to; `None`: an unusual purge asks.
        agreed: Option<Expired>,
        /// When, in UTC.
        now: DateTime<Utc>,
    },
    /// What the screen finds again on the next start.
    Remember(String),
}

impl Write {
    /// Whether the cursor goes to a task that only the disk knows.
    pub fn leads(&self) -> bool {
        matches!(self, Write::Undo(..) | Write::Redo(..) | Write::Add { .. })
    }

    /// What it does, in words, raw, as far as it knows without the file.
    pub fn words(&self) -> String {
        match self {
            Write::Edit { tasks, edit, .. } => edit.summary(tasks.len(), ""),
            Write::EndCall { outcome, .. } => format!("Called, {}", outcome.ending().label()),
            Write::Add { .. } => "Added a task".to_owned(),
            Write::Undo(..) => "Undo".to_owned(),
            Write::Redo(..) => "Redo".to_owned(),
            Write::Import(path, _) => format!("Imported {}", path.display()),
            Write::Demo(_) => "Imported the demo".to_owned(),
            Write::Purge { .. } => "Removed archived tasks".to_owned(),
            Write::SaveSearch { name, .. } => format!("Saved \"{name}\""),
            Write::ForgetSearch(saved) => format!("Deleted \"{}\"", saved.name),
            Write::Remember(_) => "Remembered the screen".to_owned(),
        }
    }
}

/// What a write did; it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Of [`Write::Edit`].
    Edited(Edit, Written),
    /// Of [`Write::Edit`] where a field was changed since it was seen: when, in UTC, and
    /// the task as it is now.
    ChangedSince(DateTime<Utc>, Row),
    /// Of [`Write::Add`]; whether Close would take the task, for it has a lead.
    Added(Written, bool),
    /// Of [`Write::EndCall`].
    CallEnded,
    /// Of [`Write::Undo`], in the order in which they were taken back.
    Undone(Vec<Restored>),
    /// Of [`Write::Redo`], in the order in which they were done again.
    Redone(Vec<Restored>),
    /// Of an import: the summary.
    Imported(String),
    /// Of [`Write::Purge`].
    Purged(Purge),
    /// Of [`Write::SaveSearch`].
    SearchSaved(Saved),
    /// Of [`Write::ForgetSearch`].
    SearchForgotten(Saved),
    /// Of [`Write::Remember`].
    Remembered,
}
