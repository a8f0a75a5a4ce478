//! What can go wrong with a use case, and what kind of failure it is.

use super::find::FindError;
use crate::domain::edit::Incomplete;
use crate::domain::query::{NameError, QueryError};
use crate::domain::wording::reason;
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
    /// A query that is not understood.
    #[error("{error}")]
    Query {
        /// As typed.
        text: String,
        /// What is wrong, and with which part of it.
        error: QueryError,
    },
    /// A name that no search can have.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A task that does not say what is to be done.
    #[error("{0}")]
    Incomplete(#[from] Incomplete),
    /// No new id can be made.
    #[error("the system gives no random numbers for a new id ({0}); try again")]
    NoRandom(String),
    /// A file to import cannot be read.
    #[error("{name} cannot be read: {}; nothing was imported", reason(error))]
    Source {
        /// The file.
        name: String,
        /// The system's reason.
        error: std::io::Error,
    },
    /// The file to import is the one that tasks are taken into.
    #[error(
        "{0} is a part of the file that tasks are taken into; nothing was imported; to take in another repbox file: repbox --db OTHER export | repbox import -"
    )]
    OwnFile(String),
    /// What was asked for cannot be written out.
    #[error("the output cannot be written: {}", reason(.0))]
    Output(std::io::Error),
    /// Nothing to take back.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing to do again.
    #[error("there is nothing to redo; redo is possible right after undo")]
    NothingToRedo,
}

/// The result of a use case.
pub type Result<T> = std::result::Result<T, Error>;
