//! What can go wrong with the file.

use std::path::PathBuf;

/// A failure of the file, told apart by what a person can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No SQLite file.
    #[error("{0} is no SQLite file; name another one with --db, or move it away and repbox makes a new one")]
    NotSqlite(PathBuf),
    /// A SQLite file of another program.
    #[error("{0} belongs to another program; name another file with --db")]
    NotOurs(PathBuf),
    /// Made by a newer repbox.
    #[error(
        "{path} was written by a newer repbox (schema {found}, this one knows {known}); update repbox, or name another file with --db"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// Damaged.
    #[error(
        "{path} is damaged ({what}); copy it away, then restore a backup or save what is left with: sqlite3 FILE .recover"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        what: String,
    },
    /// Another program held the write lock for longer than the time-out.
    #[error("another program is writing to {0}; try again when it is done")]
    Busy(PathBuf),
    /// The disk is full.
    #[error("the disk is full: nothing was changed in {0}; free some room and try again")]
    Full(PathBuf),
    /// The file or its folder cannot be written.
    #[error("{path} cannot be written ({why}); change its rights, or name another file with --db")]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// The reason as found.
        why: String,
    },
    /// The file or its folder cannot be opened.
    #[error("{path} cannot be opened: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Anything else that SQLite reports.
    #[error("{path}: {source}")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite reported.
        source: rusqlite::Error,
    },
    /// A stored task that cannot be read.
    #[error(
        "task {number} in {path} cannot be read: {what}; restore a backup, or save what is left with: sqlite3 FILE .recover"
    )]
    BadRow {
        /// The file.
        path: PathBuf,
        /// The task's number.
        number: i64,
        /// What is wrong.
        what: String,
    },
}
