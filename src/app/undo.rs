//! Undo and redo of several user actions, with what came back.

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use crate::repository::{Repository, Restored};

/// The way through the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Back: takes actions back.
    Undo,
    /// Forth: does them again.
    Redo,
}

/// Takes back, or does again, the last `steps` user actions, as far as there are any: all
/// of them or, after an error, none.
///
/// # Errors
/// When there is nothing to take back or to do again, or the file cannot be written.
pub fn go(repository: &mut Repository, way: Direction, steps: u64, now: DateTime<Utc>) -> Result<Vec<Restored>> {
    let restored = match way {
        Direction::Undo => repository.undo_last(steps, now)?,
        Direction::Redo => repository.redo_last(steps, now)?,
    };
    match (restored.is_empty(), way) {
        (false, _) => Ok(restored),
        (true, Direction::Undo) => Err(Error::NothingToUndo),
        (true, Direction::Redo) => Err(Error::NothingToRedo),
    }
}
