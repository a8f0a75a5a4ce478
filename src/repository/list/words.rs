//! The index of words: a text for each row of `task`, also for those of tasks that have
//! left the file, so that only what changes a text changes it.
//!
//! FTS5 puts a change off until the transaction does something that may fail on its own,
//! so texts are written one after another: a transaction's at its end, an import's from a
//! table beside the file.

use rusqlite::{CachedStatement, Connection};

use crate::domain::query::indexed::indexed;
use crate::repository::row::{self, SELECT};
use crate::repository::shape::Shapes;

/// Writes the texts of tasks anew.
pub(in crate::repository) fn refresh(conn: &Connection, shapes: &Shapes, numbers: &[i64]) -> rusqlite::Result<()> {
    let mut select = conn.prepare_cached(&[SELECT, "WHERE t.n = ?1"].concat())?;
    let mut put = conn.prepare_cached("INSERT OR REPLACE INTO word (rowid, text) VALUES (?1, ?2)")?;
    for number in numbers {
        let stored = select.query_row([number], |row| row::decode(conn, shapes, row))?;
        put.execute((number, indexed(&stored.task, &stored.local.notes)))?;
    }
    Ok(())
}

/// Writes the text of a new row.
pub(in crate::repository) fn insert(conn: &Connection, number: i64, text: &str) -> rusqlite::Result<()> {
    inserting(conn)?.execute((number, text)).map(drop)
}

fn inserting(conn: &Connection) -> rusqlite::Result<CachedStatement<'_>> {
    conn.prepare_cached("INSERT INTO word (rowid, text) VALUES (?1, ?2)")
}

/// Makes the table in which an import keeps the texts of its new rows until its end.
pub(in crate::repository) fn begin_waiting(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("CREATE TEMP TABLE waiting (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
}

/// Keeps the text of a new row until [`insert_waiting`].
pub(in crate::repository) fn wait(conn: &Connection, number: i64, text: &str) -> rusqlite::Result<()> {
    let mut keep = conn.prepare_cached("INSERT INTO temp.waiting (n, text) VALUES (?1, ?2)")?;
    keep.execute((number, text)).map(drop)
}

/// Writes the texts that were kept, but those of these sorted numbers.
pub(in crate::repository) fn insert_waiting(conn: &Connection, but: &[i64]) -> rusqlite::Result<()> {
    let mut select = conn.prepare("SELECT n, text FROM temp.waiting ORDER BY n")?;
    let mut put = inserting(conn)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        if but.binary_search(&number).is_err() {
            put.execute((number, row.get_ref(1)?.as_str()?))?;
        }
    }
    Ok(())
}
