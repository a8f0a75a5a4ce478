//! How calls ended: one meaning for a key and a command.

use super::error::{Error, Result};
use super::find::FindError;
use crate::domain::outcome::Attempt;
use crate::domain::task::TaskNumber;
use crate::domain::view::Today;
use crate::repository::{CallEnd, CallEnded, Repository};

/// A call for a task: its number, how often it was tried before, and which debts it would
/// pay. [`Attempt::plan`] tells what would follow from each outcome.
///
/// # Errors
/// When the number names no task, or the file cannot be read.
pub fn attempt(repository: &Repository, task: TaskNumber, today: &Today) -> Result<Attempt> {
    let attempt = repository.attempt(task, today)?;
    attempt.ok_or_else(|| Error::Find(FindError::NoTask(task.to_string())))
}

/// Says how a call ended, as one step: the task is completed, so are the debts that the
/// person agreed to, and a rule of the settings may make the next call.
///
/// # Errors
/// When the task is not there or complete, or the file cannot be written. Then nothing
/// changed.
pub fn end(repository: &mut Repository, end: &CallEnd<'_>) -> Result<CallEnded> {
    Ok(repository.end_call(end)?)
}
