//! What can go wrong with the file.

use std::path::PathBuf;

use crate::domain::edit::Refusal;
use crate::domain::task::TaskNumber;

/// The result of everything that touches the file.
pub type Result<T> = std::result::Result<T, Error>;

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
    /// The system could not read or write.
    #[error("the disk failed at {path} ({what}): nothing was changed; try again, and look at the disk if it stays so")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        what: String,
    },
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
    /// The file system has no shared memory, which the write-ahead log needs.
    #[error("{0} lies where SQLite cannot keep its log, as on a network drive; name a file on a local disk with --db")]
    NoLog(PathBuf),
    /// A number that names no task.
    #[error("{path} has no task {number}; repbox list shows the numbers")]
    NoTask {
        /// The file.
        path: PathBuf,
        /// The number.
        number: i64,
    },
    /// A task does not allow what was to be done to it.
    #[error("task {number} cannot be changed so: {refusal}")]
    Refused {
        /// The task.
        number: TaskNumber,
        /// Why not.
        refusal: Refusal,
    },
    /// A task was changed by somebody else since it was seen.
    #[error("task {0} was changed elsewhere meanwhile; look at it again")]
    ChangedSince(TaskNumber),
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

/// A stored row that cannot be read, on its way through `rusqlite`'s error type.
#[derive(Debug, thiserror::Error)]
#[error("task {number}: {what}")]
pub(super) struct BadRow {
    pub(super) number: i64,
    pub(super) what: String,
}

impl From<BadRow> for rusqlite::Error {
    fn from(bad: BadRow) -> rusqlite::Error {
        rusqlite::Error::ToSqlConversionFailure(Box::new(bad))
    }
}

/// SQLite's names for "the shared index of the log cannot be made" (`IOERR_SHMOPEN`,
/// `IOERR_SHMSIZE`): a disk with no byte left.
const NO_ROOM_FOR_INDEX: [i32; 2] = [4618, 4874];

fn is_no_room(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(e, _) if NO_ROOM_FOR_INDEX.contains(&e.extended_code))
}

impl Error {
    /// Sorts what SQLite reported by what a person can do about it.
    pub(super) fn from_sqlite(path: &std::path::Path, source: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        let what = source.to_string();
        if let rusqlite::Error::ToSqlConversionFailure(cause) = &source
            && let Some(bad) = cause.downcast_ref::<BadRow>()
        {
            return Error::BadRow { path, number: bad.number, what: bad.what.clone() };
        }
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(path),
            Some(ErrorCode::DiskFull) => Error::Full(path),
            Some(ErrorCode::ReadOnly) => Error::ReadOnly { path, why: what },
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path, what },
            Some(ErrorCode::NotADatabase) => Error::NotSqlite(path),
            Some(ErrorCode::SystemIoFailure) if is_no_room(&source) => Error::Full(path),
            Some(ErrorCode::SystemIoFailure) => Error::Disk { path, what },
            _ => Error::Sqlite { path, source },
        }
    }
}
