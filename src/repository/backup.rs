//! A copy of the file while it is in use: whole under its name, or not there.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

use super::open::{self, place};
use super::{Error, Repository, Result};
use crate::domain::wording::reason;

/// A copy that was made and found sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Where it is: an absolute path.
    pub path: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
    /// How many tasks it has.
    pub tasks: u64,
}

impl Repository {
    /// Copies the file as it is at one moment to a new one of mode 0600, which is on the
    /// disk when this returns; others go on writing meanwhile. What was deleted long ago
    /// leaves no traces in it.
    ///
    /// # Errors
    /// When the target exists or cannot be written, or the file is damaged; then there is
    /// nothing under the target's name.
    pub fn backup(&self, target: &Path) -> Result<Copied> {
        let reads_only: bool =
            self.conn.pragma_query_value(None, "query_only", |row| row.get(0)).map_err(|e| self.error(e))?;
        let set = |value: bool| self.conn.pragma_update(None, "query_only", value).map_err(|e| self.error(e));
        // The copy is a new file, but to SQLite a write all the same.
        set(false)?;
        let copied = copy(&self.conn, &self.path, target);
        set(reads_only)?;
        copied
    }
}

/// As [`Repository::backup`], of the file at `source` that `conn` has open.
pub(super) fn copy(conn: &Connection, source: &Path, target: &Path) -> Result<Copied> {
    let target =
        std::path::absolute(target).map_err(|e| refused(target, &format!("cannot be named ({})", reason(&e))))?;
    let failed = |e: std::io::Error| refused(&target, &format!("cannot be written ({})", reason(&e)));
    if target.symlink_metadata().is_ok() {
        return Err(exists(&target));
    }
    let folder = target.parent().unwrap_or(Path::new("/"));
    let unnamed = tempfile::Builder::new().prefix(".repbox-").tempfile_in(folder).map_err(failed)?;
    let name = unnamed.path().to_str().ok_or_else(|| refused(&target, "lies in a folder whose name is no UTF-8"))?;
    conn.execute("VACUUM INTO ?1", [name]).map_err(|e| match e.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => refused(&target, "cannot be written (the disk is full)"),
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            refused(&target, &format!("cannot be written ({e})"))
        }
        _ => Error::from_sqlite(source, e),
    })?;
    let tasks = prove(unnamed.path()).map_err(|e| refused(&target, &format!("came out unsound ({e})")))?;
    unnamed.as_file().sync_all().map_err(failed)?;
    let file = unnamed.persist_noclobber(&target).map_err(|e| match e.error.kind() {
        std::io::ErrorKind::AlreadyExists => exists(&target),
        _ => failed(e.error),
    })?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    Ok(Copied { path: target, bytes, tasks })
}

fn refused(path: &Path, why: &str) -> Error {
    Error::NoCopy { path: path.to_owned(), why: why.to_owned() }
}

fn exists(path: &Path) -> Error {
    refused(path, "exists already, and a copy never replaces a file")
}

/// Whether a copy is a sound file of ours; how many tasks it has.
fn prove(copy: &Path) -> Result<u64> {
    place::inspect(copy)?;
    let sort = |e| Error::from_sqlite(copy, e);
    let conn = open::for_checking(copy).map_err(sort)?;
    let found: String = conn.pragma_query_value(None, "integrity_check", |row| row.get(0)).map_err(sort)?;
    if found != "ok" {
        return Err(Error::damaged(copy, found));
    }
    conn.query_row("SELECT count(*) FROM task WHERE state < 2", [], |row| row.get(0)).map_err(sort)
}
