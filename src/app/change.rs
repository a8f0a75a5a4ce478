//! Changing tasks: one meaning for a key and a command.

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use super::find;
use crate::domain::edit::{self, NewTask};
use crate::domain::task::TaskId;
use crate::repository::{self, Batch, Repository, Written};

/// More than so many tasks are asked about before they change. Source: the command
/// line's contract.
pub const ASK_ABOVE: usize = 25;

/// Edits tasks as one step. Those that a command names must all allow it; of those that
/// matched a query, or stand on the screen, the ones that do not are told, and the ones that
/// match no longer when it is written are left out. Already so: counted, not an error.
///
/// # Errors
/// When a task does not allow it, is not there, or was changed since it was seen; when its
/// contact would be another lead's; or the file cannot be written. Then nothing changed.
pub fn edit(repository: &mut Repository, batch: &Batch<'_>) -> Result<Written> {
    repository.edit(batch).map_err(|error| told(repository, error))
}

/// What [`edit()`] would do now. Nothing is changed.
///
/// # Errors
/// As [`edit()`].
pub fn try_edit(repository: &mut Repository, batch: &Batch<'_>) -> Result<Written> {
    repository.try_edit(batch).map_err(|error| told(repository, error))
}

/// Makes a task.
///
/// # Errors
/// When it does not say what is to be done, its contact is another lead's, or the file
/// cannot be written.
pub fn add(repository: &mut Repository, new: &NewTask, now: DateTime<Utc>) -> Result<Written> {
    new.check()?;
    repository.add(new, now).map_err(|error| told(repository, error))
}

/// With the contacts that would do, where one is another lead's.
fn told(repository: &Repository, error: repository::Error) -> Error {
    match error {
        repository::Error::ContactOfOther(contact) => match find::contact_of_other(repository, &contact) {
            Ok(told) => told.into(),
            Err(error) => error,
        },
        other => other.into(),
    }
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
