//! Completing and re-opening.
use crate::domain::task::TaskNumber;
use crate::repository::{Repository, Result, Written};
use chrono::{DateTime, Utc};

/// Completes tasks, or re-opens them, as one step. Already so: counted, not an error.
pub fn set_complete(
    repository: &mut Repository,
    tasks: &[TaskNumber],
    complete: bool,
    now: DateTime<Utc>,
) -> Result<Written> {
    repository.set_complete(tasks, complete, now)
}
