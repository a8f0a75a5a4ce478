//! Changing tasks: one meaning for a key and a command.

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use super::find;
use crate::domain::edit::{self, Changes, Edit, NewTask};
use crate::domain::filter::Query;
use crate::domain::task::{TaskId, TaskNumber};
use crate::domain::view::Today;
use crate::repository::{Batch, Repository, Written};

/// More than so many tasks are asked about before they change. Source: the command
/// line's contract.
pub const ASK_ABOVE: usize = 25;

/// An edit of tasks as one step. Those that are named must all allow it; of those that
/// matched a query, the ones that do not are told, and the ones that match no longer when
/// it is written are left out. Already so: counted, not an error.
pub fn batch<'a>(
    tasks: &'a [TaskNumber],
    matched: Option<(&'a Query, &'a Today)>,
    edit: &'a Edit,
    now: DateTime<Utc>,
) -> Batch<'a> {
    Batch { lenient: matched.is_some(), matched, ..Batch::new(tasks, edit, now) }
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
pub fn check_contact(repository: &Repository, task: Option<TaskNumber>, changes: &Changes) -> Result<()> {
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
