//! Opening the file.
use super::Result;
use std::path::{Path, PathBuf};

/// One connection to the file.
#[derive(Debug)]
pub struct Repository {
    pub(super) path: PathBuf,
    pub(super) conn: rusqlite::Connection,
}

impl Repository {
    /// Opens the file for reading and writing; makes it, mode 0600, if it does not exist.
    pub fn open(_path: &Path) -> Result<Repository> {
        todo!()
    }
    /// Opens an existing file for reading only. A file that does not exist is made first,
    /// as [`Repository::open`] does.
    pub fn open_reader(_path: &Path) -> Result<Repository> {
        todo!()
    }
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }
    /// A number that changes whenever another connection has changed the file
    /// (`PRAGMA data_version`); cheap enough to ask once a second.
    pub fn data_version(&self) -> Result<i64> {
        todo!()
    }
    /// What was remembered under a key: the screen's last filter, pane and layout.
    pub fn memory(&self, _key: &str) -> Result<Option<String>> {
        todo!()
    }
    /// Remembers a value under a key. No step of the journal.
    pub fn remember(&mut self, _key: &str, _value: &str) -> Result<()> {
        todo!()
    }
}
