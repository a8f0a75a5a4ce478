//! Open tasks in the order by date: two sorted walks, merged, and the dateless last.
//!
//! No zone is stored and nothing is sorted: a date-only task stands before a timed one
//! if its day has begun by then ([`day_stands_before`](crate::domain::order)).

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, Rows, Statement};

use super::search::Sieve;
use super::types::TypeNumbers;
use crate::domain::filter::{Filter, People, TypeSet};
use crate::domain::view::Today;
use crate::domain::zone::Zone;
use crate::repository::row::{day_from, days, moment};

/// An open task as the walk meets it.
#[derive(Clone, Copy, Debug)]
pub(in crate::repository) struct Met {
    pub(in crate::repository) number: i64,
    pub(in crate::repository) task_type: i64,
    pub(in crate::repository) day: Option<NaiveDate>,
    pub(in crate::repository) at: Option<i64>,
}

/// Which open tasks by date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::repository) enum Span {
    /// All.
    Open,
    /// Up to the end of today, or dateless.
    Inbox,
    /// From tomorrow on.
    Future,
}

/// A number that no row has.
const NOBODY: i64 = -1;

/// A filter as a condition; of types and people on columns that every index of a list has.
#[derive(Clone, Debug)]
pub(in crate::repository) struct Narrow(String);

impl Narrow {
    pub(in crate::repository) fn new(conn: &Connection, types: &TypeSet, people: &People) -> rusqlite::Result<Narrow> {
        let mut narrow = Narrow(String::new());
        if !types.is_all() {
            narrow.0.push_str(&format!(" AND {}", TypeNumbers::find(conn, types)?.condition()));
        }
        if let Some(reps) = rep_numbers(conn, people)? {
            narrow.within("rep", reps);
        }
        Ok(narrow)
    }

    /// A filter's types, people and lead, and what columns tell of its search.
    pub(in crate::repository) fn of(conn: &Connection, filter: &Filter, sieve: &Sieve<'_>) -> rusqlite::Result<Narrow> {
        let mut narrow = Narrow::new(conn, &filter.types, &filter.people)?;
        if let Some(lead) = &filter.lead {
            let mut find = conn.prepare_cached("SELECT n FROM lead WHERE id = ?1")?;
            let leads: Vec<i64> =
                find.query_map([lead.as_str()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            narrow.within("lead", leads);
        }
        if let Some(only) = &filter.only {
            narrow.within("n", only.iter().map(|n| n.0));
        }
        narrow.0.push_str(sieve.sql());
        Ok(narrow)
    }

    fn within(&mut self, column: &str, numbers: impl IntoIterator<Item = i64>) {
        // An empty list would have SQLite refuse the index that the query names.
        let list = numbers.into_iter().chain([NOBODY]).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        self.0.push_str(&format!(" AND {column} IN ({list})"));
    }

    /// ` AND …`, or nothing. Holds numbers only, never a text of anybody's.
    pub(in crate::repository) fn sql(&self) -> &str {
        &self.0
    }
}

/// The numbers under which the people stand; `None`: everyone.
pub(in crate::repository) fn rep_numbers(conn: &Connection, people: &People) -> rusqlite::Result<Option<Vec<i64>>> {
    match people {
        People::Everyone => Ok(None),
        People::Rep(id) => {
            let mut find = conn.prepare_cached("SELECT n FROM rep WHERE id = ?1")?;
            let numbers = find.query_map([id.as_str()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            Ok(Some(numbers))
        }
    }
}

/// What to walk, and which way.
#[derive(Clone, Copy, Debug)]
pub(in crate::repository) struct Walk<'a> {
    pub(in crate::repository) span: Span,
    pub(in crate::repository) narrow: &'a Narrow,
    pub(in crate::repository) today: &'a Today,
    pub(in crate::repository) descending: bool,
}

impl Walk<'_> {
    /// Visits the tasks in order until `visit` returns false.
    pub(in crate::repository) fn run(
        &self,
        conn: &Connection,
        visit: &mut dyn FnMut(Met) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<()> {
        if self.descending && !self.dateless(conn, visit)? {
            return Ok(());
        }
        if !self.dated(conn, visit)? || self.descending {
            return Ok(());
        }
        self.dateless(conn, visit).map(drop)
    }

    fn dated(&self, conn: &Connection, visit: &mut dyn FnMut(Met) -> rusqlite::Result<bool>) -> rusqlite::Result<bool> {
        let (day_bound, at_bound) = match self.span {
            Span::Open => (String::new(), String::new()),
            Span::Inbox => (
                format!(" AND day <= {}", days(self.today.day)),
                format!(" AND at < {}", self.today.ends.timestamp_micros()),
            ),
            Span::Future => (
                format!(" AND day > {}", days(self.today.day)),
                format!(" AND at >= {}", self.today.ends.timestamp_micros()),
            ),
        };
        let mut by_day = self.statement(conn, "day", &day_bound)?;
        let mut by_at = self.statement(conn, "at", &at_bound)?;
        let (mut by_day, mut by_at) = (by_day.query([])?, by_at.query([])?);
        let mut calendar = Calendar::new(self.today.zone);
        let (mut day, mut at) = (next_day(&mut by_day)?, next_at(&mut by_at)?);
        loop {
            let day_first = match (&day, &at) {
                (None, None) => return Ok(true),
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (Some(d), Some(t)) => {
                    let begun = calendar.start(d.day.unwrap_or(NaiveDate::MAX)) <= t.at.unwrap_or(i64::MAX);
                    begun != self.descending
                }
            };
            let met = if day_first {
                std::mem::replace(&mut day, next_day(&mut by_day)?)
            } else {
                let timed = std::mem::replace(&mut at, next_at(&mut by_at)?);
                calendar.dated(timed)?
            };
            if let Some(met) = met
                && !visit(met)?
            {
                return Ok(false);
            }
        }
    }

    fn dateless(
        &self,
        conn: &Connection,
        visit: &mut dyn FnMut(Met) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<bool> {
        if self.span == Span::Future {
            return Ok(true);
        }
        let way = if self.descending { " DESC" } else { "" };
        let mut select = conn.prepare_cached(&format!(
            "SELECT n, type FROM task INDEXED BY open_none WHERE state = 0 AND day IS NULL AND at IS NULL{} ORDER BY created{way}, id{way}",
            self.narrow.sql()
        ))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let met = Met { number: row.get(0)?, task_type: row.get(1)?, day: None, at: None };
            if !visit(met)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn statement<'c>(&self, conn: &'c Connection, column: &str, bound: &str) -> rusqlite::Result<Statement<'c>> {
        let way = if self.descending { " DESC" } else { "" };
        conn.prepare(&format!(
            "SELECT n, type, {column} FROM task INDEXED BY open_{column} WHERE state = 0 AND {column} IS NOT NULL{bound}{} ORDER BY {column}{way}, created{way}, id{way}",
            self.narrow.sql()
        ))
    }
}

fn next_day(rows: &mut Rows<'_>) -> rusqlite::Result<Option<Met>> {
    let Some(row) = rows.next()? else { return Ok(None) };
    let number = row.get(0)?;
    Ok(Some(Met { number, task_type: row.get(1)?, day: Some(day_from(number, row.get(2)?)?), at: None }))
}

fn next_at(rows: &mut Rows<'_>) -> rusqlite::Result<Option<Met>> {
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Met { number: row.get(0)?, task_type: row.get(1)?, day: None, at: Some(row.get(2)?) }))
}

/// Remembers the day that the walk is in: neighbours share it, and asking the zone for
/// each of 50,000 tasks would cost more than reading them.
#[derive(Debug)]
struct Calendar {
    zone: Zone,
    started: Option<(NaiveDate, i64)>,
    current: Option<(NaiveDate, i64, i64)>,
}

impl Calendar {
    fn new(zone: Zone) -> Calendar {
        Calendar { zone, started: None, current: None }
    }

    fn start(&mut self, day: NaiveDate) -> i64 {
        match self.started {
            Some((known, start)) if known == day => start,
            Some(_) | None => {
                let start = self.zone.start_of_day(day).timestamp_micros();
                self.started = Some((day, start));
                start
            }
        }
    }

    /// Gives a timed task its local day.
    fn dated(&mut self, met: Option<Met>) -> rusqlite::Result<Option<Met>> {
        let Some(Met { at: Some(at), .. }) = met else { return Ok(met) };
        let day = match self.current {
            Some((day, from, to)) if (from..to).contains(&at) => day,
            Some(_) | None => {
                let day = self.zone.day_of(moment(0, at)?);
                let start = |day: NaiveDate| -> DateTime<Utc> { self.zone.start_of_day(day) };
                let next = day.succ_opt().unwrap_or(NaiveDate::MAX);
                self.current = Some((day, start(day).timestamp_micros(), start(next).timestamp_micros()));
                day
            }
        };
        Ok(met.map(|met| Met { day: Some(day), ..met }))
    }
}
