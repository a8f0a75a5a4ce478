//! Changes of the file, and what each did.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::Row;
use crate::app::purge::Purge;
use crate::domain::edit::{Changes, Edit};
use crate::domain::outcome::{self, Rules};
use crate::domain::query::Saved;
use crate::domain::record::Record;
use crate::domain::retention::KeepTimes;
use crate::domain::task::{RepId, TaskNumber};
use crate::domain::view::Today;
use crate::repository::{Expired, Restored, Written};

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
