//! What happened since a moment: which tasks came, which were done or moved, and by whom.
//!
//! What was done is told by the archive, wherever it was done: an import tells of it late.
//! The journal tells the rest, by the times of its steps: their order may be another, where
//! a clock was set or two machines have one file. Steps that are taken back by now did not
//! happen, and a task counts as it is now: one that was done and opened again was not done.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

use super::super::list::open_tasks::type_index;
use super::super::{Repository, Result, calls, import};
use super::presence;
use crate::domain::change::Presence;
use crate::domain::kind::TaskType;
use crate::domain::outcome::Ending;
use crate::domain::task::{StoredTask, TaskNumber};

/// What happened to a task, and who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The task as it is now.
    pub task: StoredTask,
    /// Who did it, as the journal has it; of what came with an import, as the task's record
    /// has it.
    pub by: Option<String>,
}

/// What happened since a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// How many open tasks came, by [`TaskType::index`]; unknown types last.
    pub came: [u64; TaskType::COUNT + 1],
    /// The tasks that were completed, as numbered.
    pub done: Vec<Deed>,
    /// The open tasks to which a person here gave another date, as numbered.
    pub moved: Vec<Deed>,
    /// How calls ended, and who made them, in the order of the journal.
    pub calls: Vec<(Ending, Option<String>)>,
}

/// Who changed which tasks here, at last.
type Changed = BTreeMap<i64, Option<String>>;

/// What the journal says, before the tasks are looked at.
#[derive(Default)]
struct Told {
    came: Vec<(i64, i64)>,
    /// Without those that an import completed after them.
    done: Changed,
    moved: Changed,
}

impl Repository {
    /// What happened from a moment on, in UTC.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn since(&self, moment: DateTime<Utc>) -> Result<Happened> {
        self.since_inner(moment).map_err(|e| self.error(e))
    }

    fn since_inner(&self, moment: DateTime<Utc>) -> rusqlite::Result<Happened> {
        let _snapshot = self.snapshot()?;
        let micros = moment.timestamp_micros();
        let mut told = told(&self.conn, micros)?;
        let (came, calls) = (came(&self.conn, &told.came)?, calls::since(&self.conn, micros)?);
        let mut happened = Happened { came, calls, ..Happened::default() };
        for number in done(&self.conn, micros)? {
            if let Some(task) = self.fetch(number)? {
                let by = told.done.remove(&number).unwrap_or_else(|| updated_by(&task));
                happened.done.push(Deed { task, by });
            }
        }
        for (number, by) in told.moved {
            if let Some(task) = self.fetch(number)?.filter(|task| !task.task.is_complete) {
                happened.moved.push(Deed { task, by });
            }
        }
        Ok(happened)
    }
}

/// The tasks of the archive that were completed from a moment on, as numbered.
fn done(conn: &Connection, since: i64) -> rusqlite::Result<Vec<i64>> {
    let mut select =
        conn.prepare_cached("SELECT n FROM task INDEXED BY done_order WHERE state = 1 AND done_at >= ?1")?;
    let mut numbers = select.query_map([since], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    numbers.sort_unstable();
    Ok(numbers)
}

fn updated_by(task: &StoredTask) -> Option<String> {
    let name: Option<String> = serde_json::from_str(task.record.get("updated_by_name")?).ok()?;
    name.filter(|name| !name.is_empty())
}

fn told(conn: &Connection, since: i64) -> rusqlite::Result<Told> {
    let mut select = conn.prepare_cached(
        "SELECT c.task, c.field, c.before, c.after, s.action, s.who
         FROM step s INDEXED BY step_at JOIN change c ON c.step = s.n
         WHERE s.at >= ?1 AND s.undone IS NULL AND s.action NOT IN ('undo', 'redo')
           AND c.field IN ('completion', 'fields', 'presence') ORDER BY s.n, c.task",
    )?;
    let mut rows = select.query([since])?;
    let mut told = Told::default();
    while let Some(row) = rows.next()? {
        told.take(row)?;
    }
    Ok(told)
}

impl Told {
    fn take(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let number: i64 = row.get(0)?;
        let (before, after): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        let is_import = row.get_ref(4)?.as_str()? == "import";
        match row.get_ref(1)?.as_str()? {
            "completion" if after.is_some() && before.is_none() => match is_import {
                true => drop(self.done.remove(&number)),
                false => drop(self.done.insert(number, row.get(5)?)),
            },
            "fields" if !is_import && has_date(before.as_deref()) && has_date(after.as_deref()) => {
                self.moved.insert(number, row.get(5)?);
            }
            "presence" => {
                let side = |text: &Option<String>| presence(text.as_deref());
                if let (Some((_, Presence::NotYet)), Some((TaskNumber(last), Presence::Here))) =
                    (side(&before), side(&after))
                {
                    self.came.push((number, last));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a side of a change of fields has a date.
fn has_date(fields: Option<&str>) -> bool {
    fields.and_then(|json| import::parse_record(json).ok()).is_some_and(|fields| fields.get("date").is_some())
}

/// How many open tasks there are in runs of numbers, by type.
fn came(conn: &Connection, runs: &[(i64, i64)]) -> rusqlite::Result<[u64; TaskType::COUNT + 1]> {
    let mut came = [0; TaskType::COUNT + 1];
    let mut select = conn.prepare_cached("SELECT type FROM task WHERE n BETWEEN ?1 AND ?2 AND state = 0")?;
    for run in runs {
        let mut rows = select.query(*run)?;
        while let Some(row) = rows.next()? {
            came[usize::from(type_index(row.get(0)?))] += 1;
        }
    }
    Ok(came)
}
