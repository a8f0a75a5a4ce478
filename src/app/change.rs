//! Changing tasks: one meaning for a key and a command.

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use super::find;
use crate::domain::edit::{self, Changes, Edit, NewTask};
use crate::domain::task::{TaskId, TaskNumber};
use crate::repository::{Batch, Repository, Written};

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
    if let (Edit::Fields(changes), [task]) = (batch.edit, batch.tasks) {
        check_contact(repository, Some(*task), changes)?;
    }
    Ok(repository.edit(batch)?)
}

/// What [`edit`] would do now. Nothing is changed.
///
/// # Errors
/// As [`edit`].
pub fn try_edit(repository: &mut Repository, batch: &Batch<'_>) -> Result<Written> {
    Ok(repository.try_edit(batch)?)
}

/// Makes a task.
///
/// # Errors
/// When it does not say what is to be done, its contact is another lead's, or the file
/// cannot be written.
pub fn add(repository: &mut Repository, new: &NewTask, now: DateTime<Utc>) -> Result<Written> {
    new.check()?;
    check_contact(repository, None, &new.fields)?;
    Ok(repository.add(new, now)?)
}

/// Refuses a contact that the file knows as another lead's than the task's. A contact
/// belongs to one lead.
///
/// # Errors
/// When it is so: which contacts would do; or when the file cannot be read.
fn check_contact(repository: &Repository, task: Option<TaskNumber>, changes: &Changes) -> Result<()> {
    let Some(contact) = changes.contact.as_ref().filter(|contact| contact.id.is_some()) else { return Ok(()) };
    let held = match (&changes.lead, task) {
        (Some(lead), _) => Some(lead.clone()),
        (None, Some(task)) => repository.tasks(&[task])?.pop().map(|held| held.task.lead),
        (None, None) => None,
    };
    match held {
        Some(lead) if lead.id.is_some() => find::contact_of(repository, contact, &lead),
        Some(_) | None => Ok(()),
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
