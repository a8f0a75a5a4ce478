//! Steps and entries: undo, redo, history.
use super::{Repository, Result};
use crate::domain::{
    change::{Entry, Step},
    task::TaskNumber,
};
use chrono::{DateTime, Utc};

/// What an undo or redo brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The step that was taken back or done again.
    pub step: Step,
    /// The tasks that changed.
    pub changed: Vec<TaskNumber>,
    /// Those that somebody else had changed since: left alone.
    pub left_alone: Vec<TaskNumber>,
}

/// A step with what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The step.
    pub step: Step,
    /// Its entries; of one task only if the history of a task was asked.
    pub entries: Vec<Entry>,
}

impl Repository {
    /// Takes the last user action back; `None` where there is nothing to undo.
    pub fn undo(&mut self, _now: DateTime<Utc>) -> Result<Option<Restored>> {
        todo!()
    }
    /// Does the step again that was undone last; `None` where there is nothing to redo.
    pub fn redo(&mut self, _now: DateTime<Utc>) -> Result<Option<Restored>> {
        todo!()
    }
    /// Steps, newest first, of one task or of all; at most `most` steps.
    pub fn history(&self, _task: Option<TaskNumber>, _most: u64) -> Result<Vec<Recorded>> {
        todo!()
    }
}
