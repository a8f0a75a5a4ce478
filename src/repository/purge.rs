//! Archived tasks whose time is over: which they are, and out of the file as one step.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::counter::Differences;
use super::journal::{Label, NewStep};
use super::row::{PINNED, moment};
use super::write::take_out;
use super::{Repository, Result};
use crate::domain::change::{Action, Presence};
use crate::domain::kind::TaskType;
use crate::domain::retention::{KeepTimes, Prospect};
use crate::domain::task::TaskNumber;
use crate::domain::wording;

/// The key under which the file keeps when a purge last looked.
const LAST_RUN: &str = "purge";

/// Archived tasks whose time is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expired {
    /// The tasks, by number.
    pub tasks: Vec<TaskNumber>,
    /// How many of each type, and how many days the type is kept.
    pub types: Vec<(TaskType, u64, u16)>,
}

impl Repository {
    /// The archived tasks whose time is over now, and what is to be known before they go.
    /// Takes no lock that a writer would wait for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn expired(&self, keep: &KeepTimes, now: DateTime<Utc>) -> Result<(Expired, Prospect)> {
        let last_run = self.memory(LAST_RUN)?;
        let last_run = last_run.and_then(|text| DateTime::parse_from_rfc3339(&text).ok()).map(|at| at.to_utc());
        let read = || -> rusqlite::Result<(Expired, Prospect)> {
            let expired = find(&self.conn, keep, now, |_| true)?;
            let going = expired.tasks.len() as u64;
            let (archived, last_step) = (archived(&self.conn, keep)?, last_step(&self.conn)?);
            Ok((expired, Prospect { going, archived, last_step, last_run }))
        };
        read().map_err(|e| self.error(e))
    }

    /// Removes those of `wanted` whose time is over still, as one step: they are back with
    /// an undo for as long as the journal is kept. What was removed.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing changed.
    pub fn purge(&mut self, wanted: &Expired, keep: &KeepTimes, now: DateTime<Utc>) -> Result<Expired> {
        self.write(|tx, _| {
            // Another program may have pinned or re-opened some meanwhile.
            let expired = find(tx, keep, now, |task| wanted.tasks.binary_search(&task).is_ok())?;
            if expired.tasks.is_empty() {
                return Ok(expired);
            }
            let (step, mut counts) = (NewStep::begin(tx)?, Differences::default());
            let numbers: Vec<i64> = expired.tasks.iter().map(|task| task.0).collect();
            take_out(tx, &step, &numbers, (Presence::Purged, now), &mut counts)?;
            counts.write(tx)?;
            let summary = wording::removed(&expired.types);
            let tasks = expired.tasks.len() as u64;
            step.finish(tx, Label { at: now, action: Action::Purge, tasks, summary: &summary, of: None })?;
            Ok(expired)
        })
    }

    /// Remembers that a purge has looked now.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember_purge(&mut self, now: DateTime<Utc>) -> Result<()> {
        self.remember(LAST_RUN, &now.to_rfc3339())
    }
}

/// Those that are wanted.
fn find(
    conn: &Connection,
    keep: &KeepTimes,
    now: DateTime<Utc>,
    wanted: impl Fn(TaskNumber) -> bool,
) -> rusqlite::Result<Expired> {
    let Some(shortest) = keep.going().map(|(_, days)| days).min() else { return Ok(Expired::default()) };
    let latest = now.checked_sub_signed(TimeDelta::days(shortest.into())).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let first_late = first_after(conn, latest)?;
    if first_late <= 1 {
        // All came too late, as in a file that is new: its archive is not even walked.
        return Ok(Expired::default());
    }
    // The index tells apart the types that stay and what came too late; only the others' rows are read.
    let mut select = conn.prepare_cached(
        "SELECT n, type, done_at, arrived FROM task INDEXED BY done_order
         WHERE state = 1 AND done_at <= ?1 AND n < ?4 AND type < 9 AND (?2 >> type) & 1 AND NOT flags & ?3",
    )?;
    let mut rows = select.query((latest.timestamp_micros(), mask(keep), PINNED, first_late))?;
    let mut found: Vec<(i64, usize)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (number, index): (i64, usize) = (row.get(0)?, row.get(1)?);
        let Some(task_type) = TaskType::ALL.get(index) else { continue };
        let (done, arrived) = (moment(number, row.get(2)?)?, DateTime::from_timestamp_secs(row.get(3)?));
        let is_over = keep.ends(*task_type, done, arrived).is_some_and(|end| end <= now);
        if is_over && wanted(TaskNumber(number)) {
            found.push((number, index));
        }
    }
    found.sort_unstable();
    let of_type = |task_type: TaskType| found.iter().filter(|(_, index)| *index == task_type.index()).count() as u64;
    let types = keep.going().map(|(task_type, days)| (task_type, of_type(task_type), days));
    let types = types.filter(|(_, count, _)| *count > 0).collect();
    Ok(Expired { tasks: found.into_iter().map(|(number, _)| TaskNumber(number)).collect(), types })
}

/// The first number of the tasks that certainly came later: after a large import of old
/// tasks they are most of the archive, and none of them goes for a long time.
fn first_after(conn: &Connection, moment: DateTime<Utc>) -> rusqlite::Result<i64> {
    let mut select = conn.prepare_cached("SELECT n FROM step WHERE at <= ?1 ORDER BY n DESC LIMIT 1")?;
    let before: Option<i64> = select.query_row([moment.timestamp_micros()], |row| row.get(0)).optional()?;
    // Tasks come in the order of their numbers, each run under that of its first.
    let mut select = conn.prepare_cached(
        "SELECT task, step, before FROM change INDEXED BY change_presence
         WHERE field IN ('presence', 'left') AND field = 'presence' ORDER BY task DESC",
    )?;
    let mut rows = select.query([])?;
    let (mut first, mut above) = (i64::MAX, i64::MAX);
    while let Some(row) = rows.next()? {
        let (task, step): (i64, i64) = (row.get(0)?, row.get(1)?);
        if before.is_some_and(|before| step <= before) {
            // What came anew with a redo had come before.
            return Ok(if task == first { above } else { first });
        }
        if task < first && row.get::<_, String>(2)?.ends_with(Presence::NotYet.word()) {
            (first, above) = (task, first);
        }
    }
    Ok(first)
}

/// The types that go, a bit each.
fn mask(keep: &KeepTimes) -> i64 {
    keep.going().fold(0, |mask, (task_type, _)| mask | 1 << task_type.index())
}

fn archived(conn: &Connection, keep: &KeepTimes) -> rusqlite::Result<u64> {
    let sql = "SELECT coalesce(sum(c), 0) FROM counter WHERE state = 1 AND type < 9 AND (?1 >> type) & 1";
    conn.prepare_cached(sql)?.query_row([mask(keep)], |row| row.get(0))
}

/// The last by number: the journal's order is no clock's.
fn last_step(conn: &Connection) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let mut select = conn.prepare_cached("SELECT n, at FROM step ORDER BY n DESC LIMIT 1")?;
    select.query_row([], |row| moment(row.get(0)?, row.get(1)?)).optional()
}
