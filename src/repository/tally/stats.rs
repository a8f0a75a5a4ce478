//! Figures of what was done, counted along the index of the archive.
//!
//! Days, types and reps come from the index alone, whatever the size of the file. Dates,
//! and whether a time of completion is known, stand in the rows: the newest are looked at.
//! A task that a purge has taken out of the archive since was done all the same, and
//! counts; its row is still there. One that a person deleted does not.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

use super::super::presence::state;
use super::super::row::{day_from, moment};
use super::super::{Repository, Result};
use crate::domain::change::Presence;
use crate::domain::date::TaskDate;
use crate::domain::kind::TaskType;
use crate::domain::stats::{Counting, Seen, Span, Stats};
use crate::domain::task::{Completion, Party, RepId};
use crate::domain::view::Today;
use crate::domain::zone::Zone;

/// So many of the archive's rows are looked at, the newest: a search in the file for each.
const MOST_SEEN: usize = 10_000;

/// How many were done, by type and rep.
type Groups = HashMap<(i64, Option<i64>), u64>;

impl Repository {
    /// Figures of the tasks completed in a span that ends today.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stats(&self, span: &Span, today: &Today) -> Result<Stats> {
        self.stats_inner(span, today).map_err(|e| self.error(e))
    }

    fn stats_inner(&self, span: &Span, today: &Today) -> rusqlite::Result<Stats> {
        let _snapshot = self.snapshot()?;
        let (mut counting, mut groups) = (Counting::new(span, today.zone), Groups::new());
        let archived = archived(&self.conn, span, &mut counting, &mut groups)?;
        purged(&self.conn, span, &mut counting, &mut groups)?;
        let newest = &archived[archived.len().saturating_sub(MOST_SEEN)..];
        look_at(&self.conn, newest, &mut counting)?;
        let known_since = match newest.first() {
            Some((at, _)) if newest.len() < archived.len() => moment(0, *at)?,
            Some(_) | None => span.begins(),
        };
        let streak = streak(&self.conn, span, &counting, &today.zone)?;
        let open = open(&self.conn)?;
        Ok(counting.finish(streak, known_since, &open, types(&self.conn, &groups)?, reps(&self.conn, &groups)?))
    }
}

/// Counts the archive; when each task was done, and its number, the oldest first.
fn archived(
    conn: &Connection,
    span: &Span,
    counting: &mut Counting<'_>,
    groups: &mut Groups,
) -> rusqlite::Result<Vec<(i64, i64)>> {
    let mut select = conn.prepare_cached(
        "SELECT done_at, n, type, rep FROM task INDEXED BY done_order
         WHERE state = 1 AND done_at >= ?1 AND done_at < ?2 ORDER BY done_at, n",
    )?;
    let mut rows = select.query((span.begins().timestamp_micros(), span.ends().timestamp_micros()))?;
    let mut met = Vec::new();
    while let Some(row) = rows.next()? {
        let (at, number) = (row.get(0)?, row.get(1)?);
        counting.add(moment(number, at)?);
        *groups.entry((row.get(2)?, row.get(3)?)).or_insert(0) += 1;
        met.push((at, number));
    }
    Ok(met)
}

/// Counts what purges took out of the archive.
fn purged(conn: &Connection, span: &Span, counting: &mut Counting<'_>, groups: &mut Groups) -> rusqlite::Result<()> {
    let (from, to) = (span.begins().timestamp_micros(), span.ends().timestamp_micros());
    each_purged(conn, (from, to), |seen, group| {
        counting.add(seen.done.at);
        counting.see(seen);
        *groups.entry(group).or_insert(0) += 1;
    })
}

/// Meets what purges took out of the archive, done from one moment on and before another.
fn each_purged(
    conn: &Connection,
    (from, to): (i64, i64),
    mut meet: impl FnMut(Seen, (i64, Option<i64>)),
) -> rusqlite::Result<()> {
    let mut runs = conn.prepare_cached(&format!(
        "SELECT task, CAST(after AS INTEGER) FROM change INDEXED BY change_presence
         WHERE field IN ('presence', 'left') AND field = 'left' AND after LIKE '% {}' ORDER BY task",
        Presence::Purged.word()
    ))?;
    let mut select = conn.prepare_cached(&format!(
        "SELECT {SEEN}, rep FROM task WHERE n BETWEEN ?1 AND ?2 AND state = ?3 AND done_at >= ?4 AND done_at < ?5"
    ))?;
    let mut runs = runs.query([])?;
    // A task that was purged, brought back and purged again stands in two runs.
    let mut next = 0_i64;
    while let Some(run) = runs.next()? {
        let (first, last): (i64, i64) = (run.get(0)?, run.get(1)?);
        let mut rows = select.query((first.max(next), last, state(Presence::Purged, true), from, to))?;
        while let Some(row) = rows.next()? {
            meet(seen(row)?, (row.get(1)?, row.get(7)?));
        }
        next = next.max(last.saturating_add(1));
    }
    Ok(())
}

/// The days in a row up to today: before the span a search in the index for each.
fn streak(conn: &Connection, span: &Span, counting: &Counting<'_>, zone: &Zone) -> rusqlite::Result<u64> {
    let mut streak = counting.streak();
    if streak.is_over() {
        return Ok(streak.days());
    }
    let mut purged = HashSet::new();
    each_purged(conn, (i64::MIN, span.begins().timestamp_micros()), |seen, _| {
        purged.insert(zone.day_of(seen.done.at));
    })?;
    let mut archived = conn.prepare_cached(
        "SELECT 1 FROM task INDEXED BY done_order WHERE state = 1 AND done_at >= ?1 AND done_at < ?2 LIMIT 1",
    )?;
    let (mut day, mut ends) = (span.first().pred_opt(), span.begins());
    while let Some(date) = day.filter(|_| !streak.is_over()) {
        let begins = zone.start_of_day(date);
        let micros = (begins.timestamp_micros(), ends.timestamp_micros());
        streak.take(date, purged.contains(&date) || archived.exists(micros)?);
        (day, ends) = (date.pred_opt(), begins);
    }
    Ok(streak.days())
}

/// The columns that [`seen`] reads.
const SEEN: &str = "n, type, done_at, done_about, day, at, created";

fn seen(row: &Row<'_>) -> rusqlite::Result<Seen> {
    let number = row.get(0)?;
    let date = match row.get::<_, Option<i64>>(4)? {
        Some(day) => Some(TaskDate::Day(day_from(number, day)?)),
        None => row.get::<_, Option<i64>>(5)?.map(|at| moment(number, at)).transpose()?.map(TaskDate::At),
    };
    Ok(Seen {
        done: Completion { at: moment(number, row.get(2)?)?, about: row.get(3)? },
        date,
        created: created(row.get(6)?),
        task_type: usize::try_from(row.get::<_, i64>(1)?).ok().and_then(|index| TaskType::ALL.get(index).copied()),
    })
}

/// An absent `date_created` is kept as a moment that no calendar has.
fn created(micros: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros)
}

/// Looks at rows in the order in which they stand in the file.
fn look_at(conn: &Connection, newest: &[(i64, i64)], counting: &mut Counting<'_>) -> rusqlite::Result<()> {
    let mut numbers: Vec<i64> = newest.iter().map(|(_, number)| *number).collect();
    numbers.sort_unstable();
    let mut select = conn.prepare_cached(&format!("SELECT {SEEN} FROM task WHERE n = ?1"))?;
    for number in numbers {
        counting.see(select.query_row([number], seen)?);
    }
    Ok(())
}

/// When each open task was created.
fn open(conn: &Connection) -> rusqlite::Result<Vec<Option<DateTime<Utc>>>> {
    let mut open = Vec::new();
    for (index, dated) in
        [("open_day", "day IS NOT NULL"), ("open_at", "at IS NOT NULL"), ("open_none", "day IS NULL AND at IS NULL")]
    {
        let sql = format!("SELECT created FROM task INDEXED BY {index} WHERE state = 0 AND {dated}");
        let mut select = conn.prepare_cached(&sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            open.push(created(row.get(0)?));
        }
    }
    Ok(open)
}

fn types(conn: &Connection, groups: &Groups) -> rusqlite::Result<Vec<(String, u64)>> {
    let mut select = conn.prepare_cached("SELECT n, name FROM type ORDER BY n >= ?1, iif(n < ?1, n, 0), name")?;
    let mut rows = select.query([TaskType::COUNT])?;
    let mut types = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let done = groups.iter().filter(|((task_type, _), _)| *task_type == number).map(|(_, done)| done).sum();
        types.extend((done > 0).then_some((row.get(1)?, done)));
    }
    Ok(types)
}

/// A rep stands in the file under each name that they had: the newest is theirs.
fn reps(conn: &Connection, groups: &Groups) -> rusqlite::Result<Vec<(Party<RepId>, u64)>> {
    let mut by_number: BTreeMap<i64, u64> = BTreeMap::new();
    let mut nobodys = 0;
    for ((_, rep), done) in groups {
        match rep {
            Some(number) => *by_number.entry(*number).or_default() += done,
            None => nobodys += done,
        }
    }
    let mut select = conn.prepare_cached("SELECT n, id, name FROM rep ORDER BY n")?;
    let mut rows = select.query([])?;
    let mut by_id: BTreeMap<String, (Option<String>, u64)> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let rep = by_id.entry(row.get(1)?).or_default();
        rep.0 = row.get::<_, Option<String>>(2)?.or(rep.0.take());
        rep.1 += by_number.get(&row.get(0)?).unwrap_or(&0);
    }
    let party = |id: String, name| Party { id: Some(RepId::new(id)), name };
    let mut reps: Vec<_> = by_id.into_iter().map(|(id, (name, done))| (party(id, name), done)).collect();
    reps.push((Party { id: None, name: None }, nobodys));
    reps.retain(|(_, done)| *done > 0);
    reps.sort_by(|(a, done_a), (b, done_b)| (done_b, &a.name).cmp(&(done_a, &b.name)));
    Ok(reps)
}
