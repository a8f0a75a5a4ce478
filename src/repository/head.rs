//! The part of a row that changing a task looks at first, and its completion.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::counter::{Differences, Group};
use super::dictionary::Dictionary;
use super::list::page;
use super::row::{Packed, day_from, moment};
use super::shape::Shapes;
use crate::domain::date::TaskDate;
use crate::domain::kind::TaskType;
use crate::domain::task::{Completion, StoredTask};

/// What is read of a task before it is changed.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) number: i64,
    pub(super) group: Group,
    pub(super) date: Option<TaskDate>,
    pub(super) completed: Option<Completion>,
    pub(super) shape: i64,
    pub(super) flags: i64,
}

impl Head {
    /// Reads it, unless the number names no task of the file.
    pub(super) fn read(conn: &Connection, number: i64) -> rusqlite::Result<Option<Head>> {
        let mut select = conn.prepare_cached(&format!(
            "SELECT {}, done_at, done_about, shape, flags FROM task WHERE n = ?1 AND state < 2",
            Group::COLUMNS
        ))?;
        let head = |row: &rusqlite::Row<'_>| {
            let at = |micros: Option<i64>| -> rusqlite::Result<Option<DateTime<Utc>>> {
                micros.map(|micros| moment(number, micros)).transpose()
            };
            let about = row.get(6)?;
            let date = match row.get::<_, Option<i64>>(3)? {
                Some(day) => Some(TaskDate::Day(day_from(number, day)?)),
                None => at(row.get(4)?)?.map(TaskDate::At),
            };
            Ok(Head {
                number,
                group: Group::read(row)?,
                date,
                completed: at(row.get(5)?)?.map(|at| Completion { at, about }),
                shape: row.get(7)?,
                flags: row.get(8)?,
            })
        };
        select.query_row([number], head).optional()
    }

    /// The documented type, unless this version does not know it.
    pub(super) fn task_type(&self) -> Option<TaskType> {
        TaskType::ALL.get(usize::try_from(self.group.task_type).ok()?).copied()
    }
}

/// Sets when a task was completed, or that it is open, and keeps the counts.
pub(super) fn set_completion(
    conn: &Connection,
    shapes: &Shapes,
    head: &Head,
    completed: Option<Completion>,
    counts: &mut Differences,
) -> rusqlite::Result<()> {
    let state = i64::from(completed.is_some());
    if shapes.get(conn, head.shape)?.is_column("is_complete") {
        let mut update =
            conn.prepare_cached("UPDATE task SET state = ?2, done_at = ?3, done_about = ?4 WHERE n = ?1")?;
        let at = completed.map(|c| c.at.timestamp_micros());
        update.execute((head.number, state, at, completed.is_some_and(|c| c.about)))?;
    } else {
        rewrite_completion(conn, shapes, head.number, completed)?;
    }
    if state != head.group.state {
        counts.moved(head.group, state);
    }
    Ok(())
}

/// A record without a true or false in `is_complete` gets one.
fn rewrite_completion(
    conn: &Connection,
    shapes: &Shapes,
    number: i64,
    completed: Option<Completion>,
) -> rusqlite::Result<()> {
    let Some(StoredTask { mut record, mut task, .. }) = page::fetch(conn, shapes, number)? else { return Ok(()) };
    record.set("is_complete", completed.is_some().to_string());
    task.is_complete = completed.is_some();
    let packed = Packed::new(&record, &task, None);
    super::import::update(conn, number, &packed.columns(conn, &mut Dictionary::default(), completed)?)
}
