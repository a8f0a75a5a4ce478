//! Removing archived tasks past their keep time: by command, and by the screen each hour.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::retention::{KeepTimes, Unusual};
use crate::repository::{Expired, Repository, Result};

/// That a purge has looked is remembered once a day: what is asked about is a month.
const REMEMBERED_EACH: TimeDelta = TimeDelta::days(1);

/// What a purge came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purge {
    /// No task is past its time.
    Nothing,
    /// These are out of the file; an undo brings them back.
    Removed(Expired),
    /// Nothing was removed: it would be unusual, and a person is to be asked first.
    Asks(Expired, Unusual),
}

impl Purge {
    /// What was removed, if anything was.
    pub fn of(removed: Expired) -> Purge {
        if removed.tasks.is_empty() { Purge::Nothing } else { Purge::Removed(removed) }
    }
}

/// Removes the archived tasks whose time is over, as one step. An unusual purge removes
/// nothing: a person is asked, then [`purge_agreed`] does it.
///
/// # Errors
/// When the file cannot be read or written; then nothing was removed.
pub fn purge(repository: &mut Repository, keep: &KeepTimes, now: DateTime<Utc>) -> Result<Purge> {
    let (expired, prospect) = repository.expired(keep, now)?;
    let is_removal = !expired.tasks.is_empty();
    if let Some(why) = prospect.unusual(now).filter(|_| is_removal) {
        return Ok(Purge::Asks(expired, why));
    }
    let removed = if is_removal { repository.purge(&expired, keep, now)? } else { expired };
    let is_fresh = prospect.last_run.is_some_and(|last| (now - last).abs() < REMEMBERED_EACH);
    // An archive without such tasks has nothing to guard, and a clock that is behind none to tell.
    let is_told = prospect.archived > 0 && !is_fresh && !prospect.is_behind(now);
    if is_told {
        // Only a later question hangs on it; a disk without room must not spoil the start.
        drop(repository.remember_purge(now));
    }
    Ok(Purge::of(removed))
}

/// Removes those of the tasks that a person agreed to whose time is over still, as one step;
/// those that are out of the file come back.
///
/// # Errors
/// When the file cannot be read or written; then nothing was removed.
pub fn purge_agreed(
    repository: &mut Repository,
    agreed: &Expired,
    keep: &KeepTimes,
    now: DateTime<Utc>,
) -> Result<Expired> {
    let removed = repository.purge(agreed, keep, now)?;
    // Who agreed has looked at the clock too.
    drop(repository.remember_purge(now));
    Ok(removed)
}
