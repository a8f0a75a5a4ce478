//! Archived tasks whose time is over: which they are, and out of the file as one step.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

use super::counter::{Differences, Group};
use super::journal::{Label, NewStep};
use super::presence::{Run, state};
use super::row::{PINNED, moment};
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
            let expired = find(&self.conn, keep, now)?;
            let going = expired.tasks.len() as u64;
            let archived = archived(&self.conn, keep)?;
            let (first_step, last_step) = (time_of(&self.conn, FIRST_STEP)?, time_of(&self.conn, LAST_STEP)?);
            Ok((expired, Prospect { going, archived, first_step, last_step, last_run }))
        };
        read().map_err(|e| self.error(e))
    }

    /// Removes those of `wanted` whose time is over still, as one step: they are back with
    /// an undo for as long as the journal is kept. What was removed.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing changed.
    pub fn purge(&mut self, wanted: &Expired, keep: &KeepTimes, now: DateTime<Utc>) -> Result<Expired> {
        self.write(|tx, shapes| {
            let (step, mut counts) = (NewStep::begin(tx)?, Differences::default());
            let mut gone = Vec::with_capacity(wanted.tasks.len());
            // A part at a time, while its pages are at hand.
            for part in wanted.tasks.chunks(AT_ONCE) {
                // Another program may have pinned or re-opened some meanwhile.
                let over = still_over(tx, keep, now, part, &mut counts)?;
                let numbers: Vec<i64> = over.iter().map(|(number, _)| *number).collect();
                for run in Run::of(&numbers, Presence::Here, Presence::Purged) {
                    run.move_rows(tx, now)?;
                    step.record(tx, run.first, &run.change())?;
                }
                gone.extend(over);
            }
            let expired = Expired::of(&gone, keep);
            if gone.is_empty() {
                return Ok(expired);
            }
            counts.write(tx, shapes)?;
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

/// As many tasks are looked at again, then taken out, before the next.
const AT_ONCE: usize = 1000;

impl Expired {
    /// Tasks with the index of their type, by number.
    fn of(found: &[(i64, usize)], keep: &KeepTimes) -> Expired {
        let of_type =
            |task_type: TaskType| found.iter().filter(|(_, index)| *index == task_type.index()).count() as u64;
        let types = keep.going().map(|(task_type, days)| (task_type, of_type(task_type), days));
        let types = types.filter(|(_, count, _)| *count > 0).collect();
        Expired { tasks: found.iter().map(|(number, _)| TaskNumber(*number)).collect(), types }
    }
}

/// Those of some tasks whose time is over, with the index of their type; they are counted
/// as purged.
fn still_over(
    conn: &Connection,
    keep: &KeepTimes,
    now: DateTime<Utc>,
    tasks: &[TaskNumber],
    counts: &mut Differences,
) -> rusqlite::Result<Vec<(i64, usize)>> {
    let mut select = conn.prepare_cached(
        "SELECT n, type, done_at, arrived, coalesce(rep, 0) FROM task
         WHERE n = ?1 AND state = 1 AND NOT flags & ?2",
    )?;
    let (from, to) = (state(Presence::Here, true), state(Presence::Purged, true));
    let mut found = Vec::with_capacity(tasks.len());
    for task in tasks {
        let read = |row: &Row<'_>| Ok(over(row, keep, now)?.map(|over| (over, row.get(4))));
        let Some((over, rep)) = select.query_row((task.0, PINNED), read).optional()?.flatten() else { continue };
        let group = Group::new((from, i64::try_from(over.1).unwrap_or_default(), rep?), None, None);
        counts.moved(group, to);
        found.push(over);
    }
    Ok(found)
}

/// The number and the index of the type of a row of these and two moments, if its time is over.
fn over(row: &Row<'_>, keep: &KeepTimes, now: DateTime<Utc>) -> rusqlite::Result<Option<(i64, usize)>> {
    let (number, index): (i64, usize) = (row.get(0)?, row.get(1)?);
    let Some(task_type) = TaskType::ALL.get(index) else { return Ok(None) };
    let (done, arrived) = (moment(number, row.get(2)?)?, DateTime::from_timestamp_secs(row.get(3)?));
    let is_over = keep.ends(*task_type, done, arrived).is_some_and(|end| end <= now);
    Ok(is_over.then_some((number, index)))
}

/// All whose time is over.
fn find(conn: &Connection, keep: &KeepTimes, now: DateTime<Utc>) -> rusqlite::Result<Expired> {
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
         WHERE state = 1 AND done_at <= ?1 AND n < ?4 AND (?2 >> type) & 1 AND NOT flags & ?3",
    )?;
    let mut rows = select.query((latest.timestamp_micros(), mask(keep), PINNED, first_late))?;
    let mut found: Vec<(i64, usize)> = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(over(row, keep, now)?);
    }
    found.sort_unstable();
    Ok(Expired::of(&found, keep))
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

/// The types that go, a bit each; unknown ones have none.
fn mask(keep: &KeepTimes) -> i64 {
    keep.going().fold(0, |mask, (task_type, _)| mask | 1 << task_type.index())
}

fn archived(conn: &Connection, keep: &KeepTimes) -> rusqlite::Result<u64> {
    let sql = "SELECT coalesce(sum(c), 0) FROM counter WHERE state = 1 AND (?1 >> type) & 1";
    conn.prepare_cached(sql)?.query_row([mask(keep)], |row| row.get(0))
}

/// By number: the journal's order is no clock's.
const FIRST_STEP: &str = "SELECT n, at FROM step WHERE n > 0 ORDER BY n LIMIT 1";
const LAST_STEP: &str = "SELECT n, at FROM step ORDER BY n DESC LIMIT 1";

fn time_of(conn: &Connection, step: &str) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let mut select = conn.prepare_cached(step)?;
    select.query_row([], |row| moment(row.get(0)?, row.get(1)?)).optional()
}
