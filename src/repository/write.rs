//! Completing and re-opening, with the journal, in one transaction.
use super::{Repository, Result};
use crate::domain::{change::StepNumber, task::TaskNumber};
use chrono::{DateTime, Utc};

/// What a write did, on disk when this is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The step in the journal; `None` where nothing had to change.
    pub step: Option<StepNumber>,
    /// The tasks that changed.
    pub changed: Vec<TaskNumber>,
    /// Those that already were so.
    pub already: Vec<TaskNumber>,
    /// The step in words: `Completed "Send quote"`, `Completed 12`.
    pub summary: String,
}

impl Repository {
    /// Completes (or re-opens) tasks: one transaction, one step. Numbers that name no task are an error and change nothing.
    pub fn set_complete(&mut self, _tasks: &[TaskNumber], _complete: bool, _now: DateTime<Utc>) -> Result<Written> {
        todo!()
    }
}
