//! What can go wrong with a use case, and what kind of failure it is.

use super::find::FindError;
use crate::repository;

/// A failure of a use case: nothing was changed, unless it says so.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file.
    #[error(transparent)]
    File(#[from] repository::Error),
    /// A text names nothing, or too much.
    #[error(transparent)]
    Find(#[from] FindError),
    /// Nothing to take back.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing to do again.
    #[error("there is nothing to redo; redo is possible right after undo")]
    NothingToRedo,
}

/// The result of a use case.
pub type Result<T> = std::result::Result<T, Error>;
