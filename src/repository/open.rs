//! Opening the file: looked at before it is touched, refused untouched if it is not ours.
//!
//! The one place that decides about paths, modes and pragmas.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use super::{Error, Result, schema};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// One connection to the file. Reads are short and stand alone; each change is one
/// transaction that is on disk when the call returns.
#[derive(Debug)]
pub struct Repository {
    pub(super) path: PathBuf,
    pub(super) conn: Connection,
    pub(super) shapes: super::shape::Shapes,
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

    fn open_as(path: &Path, purpose: Purpose) -> Result<Repository> {
        let path = real_path(path)?;
        inspect(&path)?;
        match Repository::connect(&path, purpose) {
            Err(Error::Full(_)) if purpose == Purpose::Read => {
                Repository::connect(&path, Purpose::ReadWithoutSharedIndex)
            }
            opened => opened,
        }
    }

    fn connect(path: &Path, purpose: Purpose) -> Result<Repository> {
        let sort = |source| Error::from_sqlite(path, source);
        // No CREATE: the file was made with its mode before SQLite saw it. The path is
        // absolute, so that SQLite does not take it for a URI.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut conn = Connection::open_with_flags(path, flags).map_err(sort)?;
        if purpose == Purpose::ReadWithoutSharedIndex {
            conn.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(sort)?;
        }
        harden(&conn).map_err(sort)?;
        bring_up_to_date(&mut conn, path)?;
        tune(&conn).map_err(sort)?;
        if purpose != Purpose::ReadWithoutSharedIndex && !has_log(&conn).map_err(sort)? {
            return Err(Error::NoLog(path.to_owned()));
        }
        if purpose != Purpose::Write {
            conn.pragma_update(None, "query_only", true).map_err(sort)?;
        }
        Ok(Repository { path: path.to_owned(), conn, shapes: super::shape::Shapes::default() })
    }

    /// Where the file is: an absolute path, links resolved.
    pub fn path(&self) -> &Path {
        &self.path
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
        let done = self.conn.prepare_cached(sql).and_then(|mut s| s.execute([key, value]));
        done.map(drop).map_err(|e| self.error(e))
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

/// The absolute path with links resolved, so that a file has one log under one name;
/// makes the folder and the file if they do not exist.
fn real_path(path: &Path) -> Result<PathBuf> {
    let fail = |source| Error::Io { path: path.to_owned(), source };
    let absolute = std::path::absolute(path).map_err(fail)?;
    if let Some(folder) = absolute.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(fail)?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&absolute) {
        Ok(_) => {}
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
        // An existing file in a folder without write permission can still be read.
        Err(_) if absolute.exists() => {}
        Err(e) => return Err(fail(e)),
    }
    absolute.canonicalize().map_err(fail)
}

/// Looks at the first 100 bytes before SQLite does.
fn inspect(path: &Path) -> Result<()> {
    let fail = |source| Error::Io { path: path.to_owned(), source };
    let meta = std::fs::metadata(path).map_err(fail)?;
    if !meta.is_file() {
        return Err(Error::NotSqlite(path.to_owned()));
    }
    if meta.len() == 0 {
        return Ok(());
    }
    let mut header = Vec::with_capacity(100);
    File::open(path).map_err(fail)?.take(100).read_to_end(&mut header).map_err(fail)?;
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        return Err(Error::NotSqlite(path.to_owned()));
    }
    let word = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if word(68).cast_signed() != schema::APPLICATION_ID {
        return Err(Error::NotOurs(path.to_owned()));
    }
    refuse_newer(path, i64::from(word(60)))?;
    let page_size = if header[16..18] == [0, 1] { 65_536 } else { u64::from(word(16) >> 16) };
    // The header's page count is valid only while these two counters agree.
    if word(24) == word(92) && u64::from(word(28)) * page_size > meta.len() {
        return Err(Error::Damaged { path: path.to_owned(), what: "its end is missing".to_owned() });
    }
    Ok(())
}

fn refuse_newer(path: &Path, found: i64) -> Result<()> {
    if found > schema::VERSION {
        return Err(Error::Newer { path: path.to_owned(), found, known: schema::VERSION });
    }
    Ok(())
}

/// Nothing in the file may run: no trigger, no view, no function in its schema.
fn harden(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.execute_batch("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
}

/// Makes the schema in a new file, migrates an older one, refuses a strange one.
fn bring_up_to_date(conn: &mut Connection, path: &Path) -> Result<()> {
    let sort = |source| Error::from_sqlite(path, source);
    let found = user_version(conn).map_err(sort)?;
    refuse_newer(path, found)?;
    if found < schema::VERSION {
        migrate(conn, path)?;
    }
    if is_schema_ours(conn).map_err(sort)? { Ok(()) } else { Err(Error::NotOurs(path.to_owned())) }
}

fn migrate(conn: &mut Connection, path: &Path) -> Result<()> {
    let sort = |source| Error::from_sqlite(path, source);
    let error = match schema::migrations().to_latest(conn) {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    // Another program that started on the same new file may have been first.
    conn.execute_batch("BEGIN IMMEDIATE; COMMIT").map_err(sort)?;
    if user_version(conn).map_err(sort)? == schema::VERSION {
        return Ok(());
    }
    Err(match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => sort(err),
        other => Error::Damaged { path: path.to_owned(), what: other.to_string() },
    })
}

fn user_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn is_schema_ours(conn: &Connection) -> rusqlite::Result<bool> {
    let mut found =
        conn.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")?;
    let mut found: Vec<String> = found.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut ours: Vec<&str> =
        schema::STATEMENTS.iter().copied().chain(schema::TASK_INDEXES.iter().map(|(_, sql)| *sql)).collect();
    found.sort_unstable();
    ours.sort_unstable();
    Ok(found == ours)
}

fn tune(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(64);
    // FULL: a change that was acknowledged survives a power cut, not only a crash.
    conn.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
         PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 4194304",
    )
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
