//! Changing tasks: one meaning for a key and a command.

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use crate::domain::edit::{self, Edit, NewTask};
use crate::domain::task::{TaskId, TaskNumber};
use crate::repository::{self, Batch, Repository, Written};

/// More than so many tasks are asked about before they change. Source: the command
/// line's contract.
pub const ASK_ABOVE: usize = 25;

/// Edits tasks as one step; each must allow it. Already so: counted, not an error.
///
/// # Errors
/// When a number names no task, a task refuses the edit, or the file cannot be written;
/// then nothing changed.
pub fn edit(repository: &mut Repository, tasks: &[TaskNumber], edit: &Edit, now: DateTime<Utc>) -> Result<Written> {
    Ok(repository.edit(&Batch::new(tasks, edit, now))?)
}

/// Edits those of many tasks that allow it, as one step; the others are told.
///
/// # Errors
/// When a number names no task, or the file cannot be written; then nothing changed.
pub fn edit_many(
    repository: &mut Repository,
    tasks: &[TaskNumber],
    edit: &Edit,
    now: DateTime<Utc>,
) -> repository::Result<Written> {
    repository.edit(&Batch { lenient: true, ..Batch::new(tasks, edit, now) })
}

/// Makes a task.
///
/// # Errors
/// When it does not say what is to be done, or the file cannot be written.
pub fn add(repository: &mut Repository, new: &NewTask, now: DateTime<Utc>) -> Result<Written> {
    new.check()?;
    Ok(repository.add(new, now)?)
}

/// An id for a task that is made here.
///
/// # Errors
/// When the system gives no random numbers.
pub fn new_id() -> Result<TaskId> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|e| Error::NoRandom(e.to_string()))?;
    Ok(edit::local_id(u128::from_le_bytes(random)))
}
