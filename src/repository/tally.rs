//! Exact counts per view and type. Figures of what was done are in `stats`.

mod stats;

use rusqlite::Connection;

use super::counter::{HOUR, Place};
use super::list::TypeNumber;
use super::list::candidates::Candidates;
use super::list::page::Admitted;
use super::list::stream::Narrow;
use super::row::days;
use super::{Repository, Result};
use crate::domain::filter::{Filter, People, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::view::{Today, View};

/// How many tasks of a type stand where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeTally {
    /// The type's wire name.
    pub name: String,
    /// The type, unless this version does not know it.
    pub task_type: Option<TaskType>,
    /// Open, up to the end of today or dateless.
    pub inbox: u64,
    /// Those of the inbox whose day is before today.
    pub overdue: u64,
    /// Open, from tomorrow on.
    pub future: u64,
    /// Completed.
    pub archive: u64,
}

impl TypeTally {
    fn add_inbox(&mut self, count: u64, overdue: bool) {
        self.inbox += count;
        self.overdue += if overdue { count } else { 0 };
    }

    /// How many stand in a view.
    pub fn of(&self, view: View) -> u64 {
        match view {
            View::Inbox => self.inbox,
            View::Future => self.future,
            View::Open => self.inbox + self.future,
            View::Archive => self.archive,
            View::All => self.inbox + self.future + self.archive,
        }
    }
}

/// Counts of every type: the nine in the sidebar's order, then the unknown ones that
/// the file holds, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// A row a type.
    pub types: Vec<TypeTally>,
}

impl Repository {
    /// Counts the tasks of the filter's people, lead and search; its types are not looked at.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it that the search asks about.
    pub fn tally(&self, filter: &Filter, today: &Today) -> Result<Tally> {
        self.tally_inner(filter, View::All, today).map_err(|e| self.error(e))
    }

    /// As [`Repository::tally`], of one view; of the others it may count nothing.
    ///
    /// # Errors
    /// As [`Repository::tally`].
    pub fn tally_of(&self, filter: &Filter, view: View, today: &Today) -> Result<Tally> {
        self.tally_inner(filter, view, today).map_err(|e| self.error(e))
    }

    /// How many completed tasks of the filter's people there are of each type, from the
    /// counters alone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn archived(&self, filter: &Filter) -> Result<Vec<(TypeNumber, u64)>> {
        let counted = Narrow::new(&self.conn, &TypeSet::ALL, &filter.people)
            .and_then(|narrow| by_counter(&self.conn, 1, &narrow));
        let counted = counted.map_err(|e| self.error(e))?;
        Ok(counted.into_iter().map(|(task_type, count)| (TypeNumber::new(task_type), count)).collect())
    }

    /// The names of the types that the file has known, the nine of this version first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn type_names(&self) -> Result<Vec<String>> {
        let names = type_names(&self.conn).map_err(|e| self.error(e))?;
        Ok(names.into_iter().map(|(_, row)| row.name).collect())
    }

    pub(super) fn tally_inner(&self, filter: &Filter, view: View, today: &Today) -> rusqlite::Result<Tally> {
        let _snapshot = self.snapshot()?;
        let mut rows = type_names(&self.conn)?;
        if filter.lead.is_some() || filter.only.is_some() || !filter.search.is_empty() {
            self.one_by_one(filter, view, today, &mut rows)?;
        } else {
            whole(&self.conn, &filter.people, today, &mut rows)?;
        }
        rows.retain(|(_, row)| row.task_type.is_some() || row.inbox + row.future + row.archive > 0);
        Ok(Tally { types: rows.into_iter().map(|(_, row)| row).collect() })
    }

    /// Counts the tasks themselves: of a lead, of a search.
    fn one_by_one(&self, filter: &Filter, view: View, today: &Today, rows: &mut Rows) -> rusqlite::Result<()> {
        let sieve = self.sieve(&filter.search, today)?;
        let any_type = Filter { types: TypeSet::ALL, ..filter.clone() };
        let narrow = Narrow::of(&self.conn, &any_type, &sieve)?;
        let start = today.zone.start_of_day(today.day).timestamp_micros();
        let all = Candidates { view, filter, narrow: &narrow, sieve: &sieve };
        all.each(&self.conn, "n, type, state, day, at", false, &mut |row| {
            if let Admitted::Not = self.admitted(row.get(0)?, &sieve)? {
                return Ok(true);
            }
            let (day, at): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
            let tally = of_type(rows, row.get(1)?)?;
            let is_future =
                day.is_some_and(|d| d > days(today.day)) || at.is_some_and(|t| t >= today.ends.timestamp_micros());
            let is_overdue = day.is_some_and(|d| d < days(today.day)) || at.is_some_and(|t| t < start);
            match row.get::<_, i64>(2)? {
                0 if is_future => tally.future += 1,
                0 => tally.add_inbox(1, is_overdue),
                _ => tally.archive += 1,
            }
            Ok(true)
        })
    }
}

type Rows = Vec<(i64, TypeTally)>;

/// Every type of the file with zeros: the nine first, then the others by name.
fn type_names(conn: &Connection) -> rusqlite::Result<Rows> {
    let mut select = conn.prepare_cached("SELECT n, name FROM type ORDER BY n >= ?1, iif(n < ?1, n, 0), name")?;
    let zeros = |row: &rusqlite::Row<'_>| {
        let name: String = row.get(1)?;
        let task_type = TaskType::from_wire(&name);
        Ok((row.get(0)?, TypeTally { name, task_type, inbox: 0, overdue: 0, future: 0, archive: 0 }))
    };
    select.query_map([TaskType::COUNT], zeros)?.collect()
}

fn of_type(rows: &mut Rows, n: i64) -> rusqlite::Result<&mut TypeTally> {
    let row = rows.iter_mut().find(|(number, _)| *number == n);
    // Every task and every count refers to a type; only a damaged file has lost it.
    row.map(|(_, row)| row).ok_or(rusqlite::Error::QueryReturnedNoRows)
}

fn whole(conn: &Connection, people: &People, today: &Today, rows: &mut Rows) -> rusqlite::Result<()> {
    let narrow = Narrow::new(conn, &TypeSet::ALL, people)?;
    for (task_type, count) in by_counter(conn, 1, &narrow)? {
        of_type(rows, task_type)?.archive += count;
    }
    match people {
        People::Everyone => by_calendar(conn, today, rows),
        People::Rep(_) => {
            by_index(conn, "day", "", &narrow, today, rows)?;
            by_index(conn, "at", "", &narrow, today, rows)?;
            let undated = "SELECT type FROM task INDEXED BY open_none WHERE state = 0 AND day IS NULL AND at IS NULL";
            let mut select = conn.prepare(&[undated, narrow.sql()].concat())?;
            let mut found = select.query([])?;
            while let Some(row) = found.next()? {
                of_type(rows, row.get(0)?)?.add_inbox(1, false);
            }
            Ok(())
        }
    }
}

/// Everyone's open tasks, by their days and hours; of the hours within which today
/// begins and ends the moments decide.
fn by_calendar(conn: &Connection, today: &Today, rows: &mut Rows) -> rusqlite::Result<()> {
    let (start, ends) = (today.zone.start_of_day(today.day).timestamp_micros(), today.ends.timestamp_micros());
    let hour = |at: i64| at.div_euclid(HOUR);
    let mut torn: Vec<i64> = [start, ends].into_iter().filter(|at| at % HOUR != 0).map(hour).collect();
    torn.dedup();
    let day = days(today.day);
    let mut select = conn.prepare_cached("SELECT type, place, c FROM calendar")?;
    let mut found = select.query([])?;
    while let Some(met) = found.next()? {
        let (row, count): (_, u64) = (of_type(rows, met.get(0)?)?, met.get(2)?);
        match Place::read(met.get(1)?) {
            Place::Day(on) if on > day => row.future += count,
            Place::At(on) if torn.contains(&on) => {}
            Place::At(on) if on >= hour(ends) => row.future += count,
            Place::Day(on) => row.add_inbox(count, on < day),
            Place::At(on) => row.add_inbox(count, on < hour(start)),
            Place::Dateless => row.add_inbox(count, false),
        }
    }
    let everyone = Narrow::new(conn, &TypeSet::ALL, &People::Everyone)?;
    for on in torn {
        let range = format!(" AND at >= {} AND at < {}", on * HOUR, (on + 1) * HOUR);
        by_index(conn, "at", &range, &everyone, today, rows)?;
    }
    Ok(())
}

/// The open tasks of one of the two walks, each by its day or moment.
fn by_index(
    conn: &Connection,
    column: &str,
    range: &str,
    narrow: &Narrow,
    today: &Today,
    rows: &mut Rows,
) -> rusqlite::Result<()> {
    let (begins, ends) = match column {
        "day" => (days(today.day), days(today.day) + 1),
        _ => (today.zone.start_of_day(today.day).timestamp_micros(), today.ends.timestamp_micros()),
    };
    let mut select = conn.prepare(&format!(
        "SELECT type, {column} FROM task INDEXED BY open_{column} WHERE state = 0 AND {column} IS NOT NULL{range}{}",
        narrow.sql()
    ))?;
    let mut found = select.query([])?;
    while let Some(met) = found.next()? {
        let (row, at): (_, i64) = (of_type(rows, met.get(0)?)?, met.get(1)?);
        if at >= ends {
            row.future += 1;
        } else {
            row.add_inbox(1, at < begins);
        }
    }
    Ok(())
}

fn by_counter(conn: &Connection, state: i64, narrow: &Narrow) -> rusqlite::Result<Vec<(i64, u64)>> {
    let sql = format!("SELECT type, sum(c) FROM counter WHERE state = ?1{} GROUP BY type", narrow.sql());
    let mut select = conn.prepare_cached(&sql)?;
    select.query_map([state], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
