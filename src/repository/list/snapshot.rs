//! Several questions that are answered from one state of the file.

use rusqlite::Transaction;

use crate::repository::{Error, Repository};

impl Repository {
    /// Reads several things of one state of the file: what another process writes meanwhile
    /// is in none of them.
    ///
    /// # Errors
    /// When the file cannot be read; and those of `read`.
    pub fn at_once<T, E: From<Error>>(&self, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let _snapshot = self.snapshot().map_err(|e| self.error(e))?;
        read()
    }

    /// What is read until it is dropped is of one state of the file; `None`: that holds already.
    pub(in crate::repository) fn snapshot(&self) -> rusqlite::Result<Option<Transaction<'_>>> {
        self.conn.is_autocommit().then(|| self.conn.unchecked_transaction()).transpose()
    }
}
