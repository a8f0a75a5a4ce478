//! What happened since a moment: which tasks came, which were done or moved, and by whom.
//!
//! Steps that are taken back by now did not happen, and a task counts as it is now: one
//! that was done and opened again was not done.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

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
    pub came: [u64; TaskType::ALL.len() + 1],
    /// The tasks that were completed, as numbered.
    pub done: Vec<Deed>,
    /// The open tasks to which a person here gave another date, as numbered.
    pub moved: Vec<Deed>,
    /// How calls ended, and who made them, in the order of the journal.
    pub calls: Vec<(Ending, Option<String>)>,
}

/// Who changed which tasks last; `None` stands for an import.
type Changed = BTreeMap<i64, Option<Option<String>>>;

/// What the journal says, before the tasks are looked at.
#[derive(Default)]
struct Told {
    came: Vec<(i64, i64)>,
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
        let snapshot = self.conn.unchecked_transaction()?;
        let before = last_before(&snapshot, moment)?;
        let told = told(&snapshot, before)?;
        let (came, calls) = (came(&snapshot, &told.came)?, calls::since(&snapshot, before)?);
        let mut happened = Happened { came, calls, ..Happened::default() };
        for (from, complete, deeds) in [(told.done, true, &mut happened.done), (told.moved, false, &mut happened.moved)]
        {
            for (number, by) in from {
                let Some(task) = self.fetch(number)? else { continue };
                if task.task.is_complete == complete {
                    let by = by.unwrap_or_else(|| updated_by(&task));
                    deeds.push(Deed { task, by });
                }
            }
        }
        Ok(happened)
    }
}

fn updated_by(task: &StoredTask) -> Option<String> {
    let name: Option<String> = serde_json::from_str(task.record.get("updated_by_name")?).ok()?;
    name.filter(|name| !name.is_empty())
}

/// The last step before a moment; 0 where there is none.
fn last_before(conn: &Connection, moment: DateTime<Utc>) -> rusqlite::Result<i64> {
    let mut before = conn.prepare_cached("SELECT n FROM step WHERE at < ?1 ORDER BY n DESC LIMIT 1")?;
    Ok(before.query_row([moment.timestamp_micros()], |row| row.get(0)).optional()?.unwrap_or(0))
}

fn told(conn: &Connection, before: i64) -> rusqlite::Result<Told> {
    let mut select = conn.prepare_cached(
        "SELECT c.task, c.field, c.before, c.after, s.action, s.who FROM step s JOIN change c ON c.step = s.n
         WHERE s.n > ?1 AND s.undone IS NULL AND s.action NOT IN ('undo', 'redo')
           AND c.field IN ('completion', 'fields', 'presence') ORDER BY s.n, c.task",
    )?;
    let mut rows = select.query([before])?;
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
        let by = if is_import { None } else { Some(row.get(5)?) };
        match row.get_ref(1)?.as_str()? {
            "completion" if after.is_some() && before.is_none() => drop(self.done.insert(number, by)),
            "fields" if !is_import && has_date(before.as_deref()) && has_date(after.as_deref()) => {
                self.moved.insert(number, by);
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
fn came(conn: &Connection, runs: &[(i64, i64)]) -> rusqlite::Result<[u64; TaskType::ALL.len() + 1]> {
    let mut came = [0; TaskType::ALL.len() + 1];
    let mut select = conn.prepare_cached("SELECT type FROM task WHERE n BETWEEN ?1 AND ?2 AND state = 0")?;
    for run in runs {
        let mut rows = select.query(*run)?;
        while let Some(row) = rows.next()? {
            came[usize::from(type_index(row.get(0)?))] += 1;
        }
    }
    Ok(came)
}
