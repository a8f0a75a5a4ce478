//! Taking in tasks by id, in one transaction.
use super::{Repository, Result};
use crate::domain::{record::Record, task::Task};
use chrono::{DateTime, Utc};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// No task had its id.
    New,
    /// The task with its id changed.
    Updated,
    /// Nothing had to change: the same, or older than what is held.
    Unchanged,
}

/// An import under way: one transaction, rolled back when dropped before [`Importer::finish`].
#[derive(Debug)]
pub struct Importer<'r> {
    _repository: &'r mut Repository,
}

impl Importer<'_> {
    /// Takes a whole record in. `task` is [`Task::read`] of it. `completed` is the exact time of
    /// completion where the source tells one (an event), else `date_updated` stands in, as "about".
    pub fn take(&mut self, _record: &Record<'_>, _task: &Task, _completed: Option<DateTime<Utc>>) -> Result<Taken> {
        todo!()
    }
    /// The record held for an id, so that an event that carries only some of the fields can be merged with it.
    pub fn held(&mut self, _id: &str) -> Result<Option<Record<'static>>> {
        todo!()
    }
    /// Commits, as one step of the journal with this summary. On disk when it returns.
    pub fn finish(self, _summary: &str) -> Result<()> {
        todo!()
    }
}

impl Repository {
    /// Begins an import.
    pub fn importer(&mut self, _now: DateTime<Utc>) -> Result<Importer<'_>> {
        todo!()
    }
}
