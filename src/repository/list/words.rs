//! The indexes of words: a text for each row of `task`, also for those of tasks that have
//! left the file, so that only what changes a text changes it; and one for each name of a
//! lead or contact.
//!
//! FTS5 puts a change off until the transaction does something that may fail on its own,
//! so texts are written one after another: a transaction's at its end, an import's in runs,
//! or each with its row while nothing but new rows comes.

use rusqlite::Connection;

use crate::domain::query::indexed::{indexed, indexed_name};
use crate::repository::row::{self, SELECT};
use crate::repository::shape::Shapes;

/// Writes the texts of tasks anew, and those of names that are new.
pub(in crate::repository) fn refresh(conn: &Connection, shapes: &Shapes, numbers: &[i64]) -> rusqlite::Result<()> {
    let mut select = conn.prepare_cached(&[SELECT, "WHERE t.n = ?1"].concat())?;
    let mut put = conn.prepare_cached("INSERT OR REPLACE INTO word (rowid, text) VALUES (?1, ?2)")?;
    for number in numbers {
        let stored = select.query_row([number], |row| row::decode(conn, shapes, row))?;
        put.execute((number, indexed(&stored.task, &stored.local.notes)))?;
    }
    add_names(conn, "lead")?;
    add_names(conn, "contact")
}

/// Writes the texts of names that the index does not have yet: those that came last, for
/// none goes.
fn add_names(conn: &Connection, table: &str) -> rusqlite::Result<()> {
    let new = format!("SELECT n, name FROM {table} WHERE n > (SELECT coalesce(max(id), 0) FROM {table}_word_docsize)");
    let mut new = conn.prepare_cached(&new)?;
    let mut put = conn.prepare_cached(&format!("INSERT INTO {table}_word (rowid, text) VALUES (?1, ?2)"))?;
    let mut rows = new.query([])?;
    while let Some(row) = rows.next()? {
        let name = row.get_ref(1)?.as_str_or_null()?.unwrap_or_default();
        put.execute((row.get::<_, i64>(0)?, indexed_name(name)))?;
    }
    Ok(())
}

/// Texts of new rows that wait to be written, so that many are in one run.
#[derive(Debug, Default)]
pub(in crate::repository) struct Waiting {
    texts: String,
    /// The rows, and where the text of each ends.
    rows: Vec<(i64, usize)>,
}

impl Waiting {
    /// About as much as FTS5 makes one run of.
    const MOST: usize = 1 << 20;

    /// Keeps the text of a new row, and writes what waits when that is enough for a run.
    pub(in crate::repository) fn put(&mut self, conn: &Connection, number: i64, text: &str) -> rusqlite::Result<()> {
        self.texts.push_str(text);
        self.rows.push((number, self.texts.len()));
        if self.texts.len() >= Waiting::MOST { self.write(conn) } else { Ok(()) }
    }

    /// Writes what waits.
    pub(in crate::repository) fn write(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let mut put = conn.prepare_cached("INSERT INTO word (rowid, text) VALUES (?1, ?2)")?;
        let mut start = 0;
        for (number, end) in self.rows.drain(..) {
            put.execute((number, &self.texts[start..end]))?;
            start = end;
        }
        self.texts.clear();
        Ok(())
    }
}
