//! Changing tasks: one meaning for a key and a command.

use chrono::{DateTime, Utc};

use crate::domain::edit::Edit;
use crate::domain::task::TaskNumber;
use crate::repository::{Batch, Repository, Result, Written};

/// Completes tasks, or re-opens them, as one step. Already so: counted, not an error.
///
/// # Errors
/// When a number names no task, or the file cannot be written; then nothing changed.
pub fn set_complete(
    repository: &mut Repository,
    tasks: &[TaskNumber],
    complete: bool,
    now: DateTime<Utc>,
) -> Result<Written> {
    repository.edit(&Batch::new(tasks, &Edit::Complete(complete), now))
}
