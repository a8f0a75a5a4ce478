//! Opening the file: looked at before it is touched, refused untouched if it is not ours.
//!
//! The one place that opens it and decides about pragmas. Where it lies and what its first
//! bytes say is in `place`, which folders are risky in `folder`, its schema's way up in `upgrade`.

pub(super) mod folder;
pub(super) mod place;
pub(super) mod upgrade;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use super::error::Obstacle;
use super::{Error, Result};
use folder::Risk;
use place::Identity;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// One connection to the file. Reads are short and stand alone; each change is one
/// transaction that is on disk when the call returns.
#[derive(Debug)]
pub struct Repository {
    pub(super) path: PathBuf,
    pub(super) identity: Identity,
    pub(super) conn: Connection,
    pub(super) shapes: super::shape::Shapes,
    /// Who makes the changes.
    pub(super) signature: Option<String>,
    /// Why a file that was made just now lies in a bad place.
    warning: Option<String>,
}

impl Repository {
    /// Opens the file for reading and writing; makes it, mode 0600, with the folders
    /// above it (0700), if it does not exist.
    ///
    /// # Errors
    /// When it is no SQLite file, another program's, damaged or newer than this
    /// program (none of these is changed by a byte), or cannot be opened.
    pub fn open(path: &Path) -> Result<Repository> {
        Repository::open_as(path, Purpose::Write)
    }

    /// As [`Repository::open`], for reading only. The file is made if it does not exist.
    ///
    /// # Errors
    /// As [`Repository::open`].
    pub fn open_reader(path: &Path) -> Result<Repository> {
        Repository::open_as(path, Purpose::Read)
    }

    /// A second connection, for reading, to the file that this one has open.
    ///
    /// # Errors
    /// When the file cannot be opened, or its path names another one by now.
    pub fn another_reader(&self) -> Result<Repository> {
        let reader = Repository::connect(&self.path, Purpose::Read)?;
        self.identity.confirm(&reader.path).map(|()| reader).map_err(|gone| self.error(gone.into()))
    }

    fn open_as(path: &Path, purpose: Purpose) -> Result<Repository> {
        let (path, made) = place::real_path(path)?;
        place::inspect(&path)?;
        let risk = folder::risk(&path);
        refuse_network(&path, purpose, risk.as_ref())?;
        let warning = risk
            .filter(|_| made)
            .map(|risk| format!("{} is not safe in its folder: {risk}; {}", path.display(), risk.remedy()));
        let opened = match Repository::connect(&path, purpose) {
            Err(Error::Full(_)) if purpose == Purpose::Read => {
                Repository::connect(&path, Purpose::ReadWithoutSharedIndex)
            }
            opened => opened,
        };
        opened.map(|repository| Repository { warning, ..repository })
    }

    fn connect(path: &Path, purpose: Purpose) -> Result<Repository> {
        let sort = |source| Error::from_sqlite(path, source);
        let identity = Identity::of(path)?;
        // No CREATE: the file was made with its mode before SQLite saw it. The path is
        // absolute, so that SQLite does not take it for a URI.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut conn = Connection::open_with_flags(path, flags).map_err(sort)?;
        if purpose == Purpose::ReadWithoutSharedIndex {
            conn.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(sort)?;
        }
        harden(&conn).map_err(sort)?;
        upgrade::bring_up_to_date(&mut conn, path)?;
        tune(&conn).map_err(sort)?;
        if purpose == Purpose::Write {
            begin_log(&conn, path)?;
        } else {
            conn.pragma_update(None, "query_only", true).map_err(sort)?;
        }
        let (path, shapes) = (path.to_owned(), super::shape::Shapes::default());
        Ok(Repository { path, identity, conn, shapes, signature: None, warning: None })
    }

    /// What ends the question that this connection answers, from another thread: it fails
    /// with [`Error::GivenUp`], unless it was nearly answered. Without one nothing happens.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + use<> {
        let handle = self.conn.get_interrupt_handle();
        move || handle.interrupt()
    }

    /// Ends what a stopped question still reads: a stop may also stop its end, and the next
    /// question would be answered from the state of the file that it began with.
    ///
    /// # Errors
    /// When this is stopped, too.
    pub fn end_stopped(&self) -> Result<()> {
        if self.conn.is_autocommit() {
            return Ok(());
        }
        self.conn.execute_batch("ROLLBACK").map_err(|e| self.error(e))
    }

    /// What is to be said, once, where the file was made just now in a folder in which it
    /// is not safe.
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// Has every change from now on signed by who makes it: a name, as the history shows it.
    #[must_use]
    pub fn signed(self, by: Option<String>) -> Repository {
        Repository { signature: by, ..self }
    }

    /// Where the file is: an absolute path, links resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a name is that of this file, its log or the log's index. Whoever opened and
    /// closed it would drop the locks of every connection of this program.
    pub fn owns(&self, name: &Path) -> bool {
        place::is_part(&self.path, name)
    }

    /// A number that changes whenever another connection has changed the file; cheap
    /// enough to ask once a second.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        let version =
            self.conn.prepare_cached("PRAGMA data_version").and_then(|mut s| s.query_row([], |row| row.get(0)));
        version.map_err(|e| self.error(e))
    }

    /// What was remembered under a key: the screen's last filter, pane and layout.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn memory(&self, key: &str) -> Result<Option<String>> {
        let sql = "SELECT value FROM memory WHERE key = ?1";
        let value = self.conn.prepare_cached(sql).and_then(|mut s| s.query_row([key], |row| row.get(0)).optional());
        value.map_err(|e| self.error(e))
    }

    /// Remembers a value under a key. Nothing of the journal: it is no change to tasks.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember(&mut self, key: &str, value: &str) -> Result<()> {
        let sql = "INSERT INTO memory (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
        self.write(|tx, _| tx.prepare_cached(sql)?.execute([key, value]).map(drop))
    }

    /// Leaves moving the log into the file to [`Repository::checkpoint`], so that no
    /// single change pays for it.
    ///
    /// # Errors
    /// When the setting is refused.
    pub fn defer_checkpoints(&mut self) -> Result<()> {
        self.conn.pragma_update(None, "wal_autocheckpoint", 0).map_err(|e| self.error(e))
    }

    /// Moves the log into the file and empties it, as far as readers allow.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn checkpoint(&mut self) -> Result<()> {
        let done = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        done.map_err(|e| self.error(e))
    }

    /// The version of the SQLite that is built in: `3.53.2`.
    pub fn sqlite_version() -> &'static str {
        rusqlite::version()
    }

    pub(super) fn error(&self, source: rusqlite::Error) -> Error {
        Error::from_sqlite(&self.path, source)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    /// For a disk with no byte left: the log's index stays in memory.
    ReadWithoutSharedIndex,
    Write,
}

/// No log is begun on a network drive: two computers do not see each other's.
fn refuse_network(path: &Path, purpose: Purpose, risk: Option<&Risk>) -> Result<()> {
    match (purpose, risk) {
        (Purpose::Write, Some(Risk::Network(_))) => Err(Error::NoLog(path.to_owned())),
        _ => Ok(()),
    }
}

/// Nothing in the file may run: no trigger, no view, no function in its schema.
pub(super) fn harden(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.execute_batch("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
}

fn tune(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(64);
    // A plan holds for every value: otherwise a statement with `LIMIT ?` is planned anew at
    // each use.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // FULL: a change that was acknowledged survives a power cut, not only a crash.
    conn.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
         PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 4194304",
    )
}

/// A connection that does not write, to a file that this program has just made. SQLite's
/// own check looks at the rules of a table only where it could write.
pub(super) fn for_checking(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    harden(&conn)?;
    conn.pragma_update(None, "query_only", true).map(|()| conn)
}

/// Refuses a file that cannot be written, or for which no log can be kept.
fn begin_log(conn: &Connection, path: &Path) -> Result<()> {
    let sort = |source| Error::from_sqlite(path, source);
    if conn.is_readonly(rusqlite::MAIN_DB).map_err(sort)? {
        let why = place::obstacle(path).unwrap_or(Obstacle::Unknown);
        return Err(Error::ReadOnly { path: path.to_owned(), why });
    }
    if has_log(conn).map_err(sort)? { Ok(()) } else { Err(Error::NoLog(path.to_owned())) }
}

/// Switches to the write-ahead log, with which readers and a writer go on side by side;
/// whether the file system allows it. The mode is kept in the file: this writes only once.
fn has_log(conn: &Connection) -> rusqlite::Result<bool> {
    let mode = conn.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0))?;
    if mode == "wal" {
        return Ok(true);
    }
    let asked = Instant::now();
    loop {
        // SQLite does not wait by itself here while another program makes the same file.
        match conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0)) {
            Err(e) if e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && asked.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            answered => return Ok(answered? == "wal"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p09_on_a_network_drive_nothing_is_written_and_what_is_there_is_read() {
        let path = Path::new("/mnt/share/tasks.db");
        let refused = |purpose, risk: Option<Risk>| refuse_network(path, purpose, risk.as_ref()).err();
        let network = || Some(Risk::Network("nfs4".to_owned()));
        let error = refused(Purpose::Write, network()).expect("refused");
        assert!(error.to_string().contains("/mnt/share/tasks.db") && error.to_string().contains("--db"), "{error}");
        assert!(refused(Purpose::Read, network()).is_none());
        for risk in [Some(Risk::Shared("9p".to_owned())), Some(Risk::Synced("Dropbox")), None] {
            assert!(refused(Purpose::Write, risk).is_none());
        }
    }

    #[test]
    fn p09_where_sqlite_answers_that_there_is_no_log_that_is_an_error() {
        // A file in memory answers `memory`, whatever it is asked for.
        let conn = Connection::open_in_memory().expect("opens");
        let error = begin_log(&conn, Path::new("/tasks.db")).expect_err("no log");
        assert!(matches!(error, Error::NoLog(_)), "{error}");
    }
}
