//! The records of which a thread's task is made, and the threads that have an open task.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};

use super::error::BadRow;
use super::import::parse_record;
use super::journal::NewStep;
use super::presence::states;
use super::unsent::Unsent;
use crate::domain::change::{Change, Presence, StepNumber};
use crate::domain::record::{Record, RecordError};
use crate::domain::task::{StoredTask, Task};

/// The task that stands for the task of an id beside others; `None` where it stands for
/// itself. What an undone import united is forgotten.
pub(super) fn head(conn: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    let mut select = conn.prepare_cached(&format!(
        "SELECT p.task FROM part p JOIN task t ON t.n = p.task WHERE p.id = ?1 AND t.state NOT IN ({})",
        states(Presence::NotYet)
    ))?;
    select.query_row([id], |row| row.get(0)).optional()
}

/// The records of which a task is made; none where it stands for itself. One alone, where
/// the task says other than it.
pub(super) fn parts(conn: &Connection, number: i64) -> rusqlite::Result<Vec<Record<'static>>> {
    let mut select = conn.prepare_cached("SELECT record FROM part WHERE task = ?1 ORDER BY id")?;
    let records = select.query_map([number], |row| row.get::<_, String>(0))?;
    let parse = |json: rusqlite::Result<String>| Ok(parse_record(&json?).map_err(|what| BadRow { number, what })?);
    records.map(parse).collect()
}

/// Keeps the records of which a task is made, in the order of their ids; those that were
/// kept come back. Only what differs is written: a long thread grows by a record at a time.
pub(super) fn store(conn: &Connection, number: i64, parts: &[String]) -> rusqlite::Result<Vec<String>> {
    let mut select = conn.prepare_cached("SELECT id, record FROM part WHERE task = ?1 ORDER BY id")?;
    let kept = select.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let kept: Vec<(String, String)> = kept.collect::<rusqlite::Result<_>>()?;
    let (was, is): (HashSet<&str>, HashSet<&str>) =
        (kept.iter().map(|(_, record)| record.as_str()).collect(), parts.iter().map(String::as_str).collect());
    for (id, _) in kept.iter().filter(|(_, record)| !is.contains(record.as_str())) {
        remove(conn, number, id)?;
    }
    for part in parts.iter().filter(|part| !was.contains(part.as_str())) {
        let bad = |what: String| BadRow { number, what };
        let record = parse_record(part).map_err(bad)?;
        let task = Task::read(&record).map_err(|e: RecordError| bad(e.to_string()))?;
        insert(conn, number, task.id.as_str(), part)?;
    }
    Ok(kept.into_iter().map(|(_, record)| record).collect())
}

/// Keeps one more record of those of which a task is made.
pub(super) fn insert(conn: &Connection, number: i64, id: &str, record: &str) -> rusqlite::Result<()> {
    let mut insert = conn.prepare_cached("INSERT INTO part (id, task, record) VALUES (?1, ?2, ?3)")?;
    insert.execute((id, number, record)).map(drop)
}

/// Keeps a record no longer among those of which a task is made.
pub(super) fn remove(conn: &Connection, number: i64, id: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM part WHERE id = ?1 AND task = ?2")?.execute((id, number)).map(drop)
}

/// The records of which a task is made: its own, as it came, where it stands for itself.
/// `step` is a person's, under way.
pub(super) fn parts_of(
    conn: &Connection,
    held: &StoredTask,
    step: Option<StepNumber>,
) -> rusqlite::Result<Vec<Record<'static>>> {
    let parts = parts(conn, held.number.0)?;
    Ok(if parts.is_empty() { vec![Unsent::with(conn, held, step)?.as_it_came(held)] } else { parts })
}

/// Makes a task of these records, as a change of a step; of none: of itself. Whether it
/// was made of others.
pub(super) fn replace(
    conn: &Connection,
    step: &NewStep,
    number: i64,
    records: &[Record<'static>],
) -> rusqlite::Result<bool> {
    let (before, after) = exchange(conn, number, records)?;
    let is_new = before != after;
    if is_new {
        step.record(conn, number, &Change::Parts { before, after })?;
    }
    Ok(is_new)
}

/// As [`replace`], without a way back; what was kept and what is comes back.
pub(super) fn exchange(
    conn: &Connection,
    number: i64,
    records: &[Record<'static>],
) -> rusqlite::Result<(Vec<String>, Vec<String>)> {
    let after = records.iter().map(Record::to_json).collect::<Vec<_>>();
    let before = store(conn, number, &after)?;
    Ok((before, after))
}

/// Whether any task is made of records of others, or of one that it says other than.
pub(super) fn any(conn: &Connection) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM part LIMIT 1")?.exists([])
}

/// The open task of a thread that a rep, or nobody, has; not the task with number `but`.
pub(super) fn open_task(
    conn: &Connection,
    thread: &str,
    rep: Option<&str>,
    but: Option<i64>,
) -> rusqlite::Result<Option<i64>> {
    let mut select = conn.prepare_cached(
        "SELECT t.n FROM task t INDEXED BY open_thread LEFT JOIN rep r ON r.n = t.rep
         WHERE t.thread = ?1 AND t.state = 0 AND t.thread IS NOT NULL AND r.id IS ?2 AND t.n IS NOT ?3 ORDER BY t.n LIMIT 1",
    )?;
    select.query_row((thread, rep, but), |row| row.get(0)).optional()
}
