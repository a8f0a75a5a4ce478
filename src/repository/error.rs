//! What can go wrong with the file.

use std::fmt;
use std::path::{Path, PathBuf};

use super::open::place;
use crate::domain::edit::Refusal;
use crate::domain::task::{ContactId, LeadId, Party, TaskNumber};
use crate::domain::wording::reason;

/// The result of everything that touches the file.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure of the file, told apart by what a person can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No SQLite file.
    #[error("{path} is no SQLite file; name another one with --db{copy}, or move it away and repbox makes a new one")]
    NotSqlite {
        /// The file.
        path: PathBuf,
        /// What may stand in for it.
        copy: NewestCopy,
    },
    /// A SQLite file of another program.
    #[error("{0} belongs to another program; name another file with --db")]
    NotOurs(PathBuf),
    /// A file of repbox with other tables than this program makes.
    #[error(
        "{0} is of another version of repbox: its tables differ from this one's; export its tasks with that version, or name another file with --db"
    )]
    OtherVersion(PathBuf),
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
    #[error("{path} is damaged ({what}); {}", .copy.way_out())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        what: String,
        /// What may stand in for it.
        copy: NewestCopy,
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
    #[error("{path} {why}")]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// The reason as found.
        why: Obstacle,
    },
    /// The file or its folder cannot be opened.
    #[error(
        "{path} cannot be opened ({}); look at its rights and its folder's, or name another file with --db",
        reason(source)
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Another thread ended the question before its answer.
    #[error("{0}: the question was given up; ask again")]
    GivenUp(PathBuf),
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
    /// The path names another file than the one that is open, or none.
    #[error("{0} was moved, replaced or deleted: nothing was changed; put it back, or start again")]
    Gone(PathBuf),
    /// A copy that could not be made.
    #[error("no copy was made: {path} {why}; name another file")]
    NoCopy {
        /// The copy's name.
        path: PathBuf,
        /// Why not.
        why: String,
    },
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
    /// A contact that the file knows as another lead's than the task's.
    #[error(transparent)]
    ContactOfOther(Box<ContactOfOther>),
    /// A task was changed by somebody else since it was seen.
    #[error("task {0} was changed elsewhere meanwhile; look at it again")]
    ChangedSince(TaskNumber),
    /// A stored task that cannot be read.
    #[error("task {number} in {path} cannot be read: {what}; {}", .copy.way_out())]
    BadRow {
        /// The file.
        path: PathBuf,
        /// The task's number.
        number: i64,
        /// What is wrong.
        what: String,
        /// What may stand in for it.
        copy: NewestCopy,
    },
}

/// The newest copy that lies beside a file, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewestCopy(Option<PathBuf>);

impl NewestCopy {
    pub(super) fn of(path: &Path) -> NewestCopy {
        NewestCopy(place::newest_beside(path))
    }

    /// What works where a file is damaged. Nothing is put in its place: a log that still
    /// lies beside it would be taken for that of the copy.
    pub(super) fn way_out(&self) -> String {
        format!(
            "copy it away with its -wal, then name a backup with --db{self} or save what is left with: sqlite3 FILE .recover"
        )
    }
}

impl fmt::Display for NewestCopy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|copy| write!(f, " (the newest beside it is {})", copy.display()))
    }
}

/// Why a file cannot be written, with what works.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// Its disk takes no changes.
    #[error("lies on a disk that is mounted read-only; copy it to another one and name the copy with --db")]
    Mount,
    /// Its folder takes no file.
    #[error(
        "cannot be used: SQLite keeps a log beside it, and {0} cannot be written; make the folder writable, or copy the file to one of yours and name the copy with --db"
    )]
    Folder(PathBuf),
    /// Its rights allow reading alone.
    #[error(
        "cannot be written (mode {mode:04o}, owner {owner}); list, show, count, history and export read it all the same, and chmod u+w on it, and on its -wal and -shm where they are, makes it writable for its owner"
    )]
    File {
        /// Its permission bits.
        mode: u32,
        /// Whose it is.
        owner: u32,
    },
    /// Its rights do not even allow reading.
    #[error(
        "cannot be read (mode {mode:04o}, owner {owner}); chmod u+rw lets its owner in, or name another file with --db"
    )]
    Unreadable {
        /// Its permission bits.
        mode: u32,
        /// Whose it is.
        owner: u32,
    },
    /// The system refuses and its rights do not tell why.
    #[error("cannot be written, though its rights allow it; copy it elsewhere and name the copy with --db")]
    Unknown,
}

/// The path names another file than the one that is open, on its way as [`BadRow`].
#[derive(Debug, thiserror::Error)]
#[error("the file is no longer there")]
pub(super) struct Gone;

impl From<Gone> for rusqlite::Error {
    fn from(gone: Gone) -> rusqlite::Error {
        rusqlite::Error::ToSqlConversionFailure(Box::new(gone))
    }
}

/// A contact belongs to one lead, and it is not the task's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a contact of another lead was named; name one of the task's lead, or change the lead too")]
pub struct ContactOfOther {
    /// The contact.
    pub contact: Party<ContactId>,
    /// The lead that the file knows it of.
    pub of: Party<LeadId>,
    /// The task's lead.
    pub lead: Party<LeadId>,
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

/// Whether a value in the file is of another kind than this program wrote.
fn is_strange_value(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, QueryReturnedNoRows, Utf8Error,
    };
    matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | QueryReturnedNoRows
            | Utf8Error(..)
    )
}

/// Says of which task a value of a wrong kind is.
pub(super) fn of_task(number: i64) -> impl Fn(rusqlite::Error) -> rusqlite::Error {
    move |error| match &error {
        // What it refers to has a number of its own, which says nothing to people.
        rusqlite::Error::ToSqlConversionFailure(cause) if let Some(bad) = cause.downcast_ref::<BadRow>() => {
            BadRow { number, what: bad.what.clone() }.into()
        }
        strange if is_strange_value(strange) => BadRow { number, what: error.to_string() }.into(),
        _ => error,
    }
}

impl Error {
    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Error {
        Error::Damaged { path: path.to_owned(), what: what.into(), copy: NewestCopy::of(path) }
    }

    pub(super) fn not_sqlite(path: &Path) -> Error {
        Error::NotSqlite { path: path.to_owned(), copy: NewestCopy::of(path) }
    }

    /// Sorts what SQLite reported by what a person can do about it.
    pub(super) fn from_sqlite(file: &Path, source: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode;
        let path = file.to_owned();
        let what = source.to_string();
        if let rusqlite::Error::ToSqlConversionFailure(cause) = &source {
            if let Some(bad) = cause.downcast_ref::<BadRow>() {
                return Error::BadRow { path, number: bad.number, what: bad.what.clone(), copy: NewestCopy::of(file) };
            }
            if cause.is::<Gone>() {
                return Error::Gone(path);
            }
        }
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(path),
            Some(ErrorCode::OperationInterrupted) => Error::GivenUp(path),
            Some(ErrorCode::DiskFull) => Error::Full(path),
            Some(ErrorCode::ReadOnly) => {
                let why = place::obstacle(&path).unwrap_or(Obstacle::Unknown);
                Error::ReadOnly { path, why }
            }
            Some(ErrorCode::CannotOpen) => match place::obstacle(&path) {
                Some(why) => Error::ReadOnly { path, why },
                None => Error::Sqlite { path, source },
            },
            Some(ErrorCode::DatabaseCorrupt) => Error::damaged(file, what),
            Some(ErrorCode::NotADatabase) => Error::not_sqlite(file),
            Some(ErrorCode::SystemIoFailure) if is_no_room(&source) => Error::Full(path),
            Some(ErrorCode::SystemIoFailure) => Error::Disk { path, what },
            // Values of a kind that our tables never hold: the tables are not what they were.
            None if is_strange_value(&source) => Error::damaged(file, what),
            _ => Error::Sqlite { path, source },
        }
    }
}
