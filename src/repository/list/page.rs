//! Pages of any view, filter and order: what the command line lists.
//!
//! The orders that the screen shows are walks along an index. The rest are sorted in
//! memory, a few numbers a task.

use rusqlite::{Connection, OptionalExtension, Row};

use super::candidates::Candidates;
use super::search::Sieve;
use super::stream::{Narrow, Span, Walk};
use crate::domain::filter::Query;
use crate::domain::order::{Order, OrderBy};
use crate::domain::task::{StoredTask, TaskNumber};
use crate::domain::view::{Today, View};
use crate::repository::row::{self, SELECT, days};
use crate::repository::{Repository, Result};

impl Repository {
    /// Visits the tasks of a query from `skip` on, at most `limit` (`None`: all), one at
    /// a time, until `visit` returns false. All of them are of one state of the file.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn each(
        &self,
        query: &Query,
        today: &Today,
        skip: u64,
        limit: Option<u64>,
        visit: &mut dyn FnMut(StoredTask) -> bool,
    ) -> Result<()> {
        self.each_inner(query, today, Slice { skip, limit }, visit).map_err(|e| self.error(e))
    }

    /// As [`Repository::each`], collected.
    ///
    /// # Errors
    /// As [`Repository::each`].
    pub fn list(&self, query: &Query, today: &Today, skip: u64, limit: Option<u64>) -> Result<Vec<StoredTask>> {
        let mut tasks = Vec::new();
        self.each(query, today, skip, limit, &mut |task| {
            tasks.push(task);
            true
        })?;
        Ok(tasks)
    }

    /// How many tasks a query has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(&self, query: &Query, today: &Today) -> Result<u64> {
        self.count_inner(query, today).map_err(|e| self.error(e))
    }

    /// The numbers of all tasks of a query, in its order.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn matching(&self, query: &Query, today: &Today) -> Result<Vec<TaskNumber>> {
        let read = || {
            let _snapshot = self.snapshot()?;
            self.sifted(&self.conn, query, &self.sieve(&query.filter.search, today)?)
        };
        read().map_err(|e| self.error(e))
    }

    /// Tasks by number, in the order asked; numbers of no task are left out.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn tasks(&self, numbers: &[TaskNumber]) -> Result<Vec<StoredTask>> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let read = || {
            // One beginning for all: each takes locks.
            let _snapshot = self.snapshot()?;
            numbers
                .iter()
                .map(|n| self.fetch(n.0))
                .filter_map(rusqlite::Result::transpose)
                .collect::<rusqlite::Result<_>>()
        };
        read().map_err(|e| self.error(e))
    }

    /// Tasks that were deleted, as they were then, in the order asked; numbers that no
    /// task ever had are left out.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn deleted(&self, numbers: &[TaskNumber]) -> Result<Vec<StoredTask>> {
        let one = |n: &TaskNumber| fetch_gone(&self.conn, &self.shapes, n.0).transpose();
        numbers.iter().filter_map(one).collect::<rusqlite::Result<_>>().map_err(|e| self.error(e))
    }

    pub(in crate::repository) fn fetch(&self, number: i64) -> rusqlite::Result<Option<StoredTask>> {
        fetch(&self.conn, &self.shapes, number)
    }

    fn each_inner(
        &self,
        query: &Query,
        today: &Today,
        slice: Slice,
        visit: &mut dyn FnMut(StoredTask) -> bool,
    ) -> rusqlite::Result<()> {
        let _snapshot = self.snapshot()?;
        let sieve = self.coarse_sieve(&query.filter.search, today)?.confirmed();
        let wanted = slice.limit.map_or(u64::MAX, |limit| slice.skip.saturating_add(limit));
        let is_page = wanted < MOST_READ && matches!(plan(query, &sieve), Plan::Completions);
        let (mut sieve, is_asked) = sieve.asked_for(&self.conn, if is_page { MOST_HITS } else { usize::MAX })?;
        if !is_asked {
            if let Some(tasks) = self.among_the_newest(&self.conn, query, &sieve, wanted)? {
                let _ = tasks.into_iter().skip(usize::try_from(slice.skip).unwrap_or(usize::MAX)).all(visit);
                return Ok(());
            }
            sieve = sieve.asked(&self.conn)?;
        }
        let mut window = Window { skip: slice.skip, left: slice.limit };
        self.each_match(&self.conn, query, &sieve, &mut |number, read| match window.take() {
            Place::Before => Ok(true),
            Place::Behind => Ok(false),
            Place::Inside => {
                let task = read.map_or_else(|| self.fetch(number), |task| Ok(Some(task)))?;
                Ok(task.is_none_or(&mut *visit) && window.left != Some(0))
            }
        })
    }

    /// The first tasks of the archive that match, if so many are among its first rows: that
    /// is sooner known of a common word than all rows that have it.
    fn among_the_newest(
        &self,
        conn: &Connection,
        query: &Query,
        sieve: &Sieve<'_>,
        wanted: u64,
    ) -> rusqlite::Result<Option<Vec<StoredTask>>> {
        let narrow = Narrow::of(conn, &query.filter, sieve)?;
        let (mut found, mut read) = (Vec::new(), 0);
        completions(conn, query, &narrow, &mut |number| {
            read += 1;
            if let Admitted::Read(task) = self.admitted(number, sieve)? {
                found.push(*task);
            }
            Ok((found.len() as u64) < wanted && read < MOST_READ)
        })?;
        Ok((found.len() as u64 == wanted || read < MOST_READ).then_some(found))
    }

    /// Visits the numbers of a query's tasks in its order, with the task where it had to
    /// be read, until `visit` returns false.
    fn each_match(
        &self,
        conn: &Connection,
        query: &Query,
        sieve: &Sieve<'_>,
        visit: &mut dyn FnMut(i64, Option<StoredTask>) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<()> {
        let today = sieve.today();
        let narrow = Narrow::of(conn, &query.filter, sieve)?;
        let mut show = |number: i64| match self.admitted(number, sieve)? {
            Admitted::Unread => visit(number, None),
            Admitted::Read(task) => visit(number, Some(*task)),
            Admitted::Not => Ok(true),
        };
        match plan(query, sieve) {
            Plan::Dates(span) => {
                let walk = Walk { span, narrow: &narrow, today, descending: query.order.descending };
                walk.run(conn, &mut |met| show(met.number))
            }
            Plan::OpenAsTheyCame(span) => {
                let walk = Walk { span, narrow: &narrow, today, descending: false };
                let mut numbers = Vec::new();
                walk.run(conn, &mut |met| {
                    numbers.extend(sieve.may_match(met.number).then_some(met.number));
                    Ok(true)
                })?;
                numbers.sort_unstable();
                show_each(numbers, &mut show)
            }
            Plan::Completions => completions(conn, query, &narrow, &mut show),
            Plan::AsTheyCame => candidates(conn, query, &narrow, sieve, &mut |key| show(key.number)),
            Plan::Sorted => {
                let mut keys = Vec::new();
                candidates(conn, query, &narrow, sieve, &mut |key| {
                    keys.push(key);
                    Ok(true)
                })?;
                keys.sort_unstable();
                if query.order.descending {
                    keys.reverse();
                }
                show_each(keys.into_iter().map(|key| key.number), &mut show)
            }
        }
    }

    /// Whether a task that fulfils a search's condition matches.
    pub(in crate::repository) fn admitted(&self, number: i64, sieve: &Sieve<'_>) -> rusqlite::Result<Admitted> {
        if !sieve.may_match(number) {
            return Ok(Admitted::Not);
        }
        if sieve.is_exact() {
            return Ok(Admitted::Unread);
        }
        let task = self.fetch(number)?.filter(|task| sieve.lets_through(task));
        Ok(task.map_or(Admitted::Not, |task| Admitted::Read(Box::new(task))))
    }

    /// As [`Repository::matching`], in a transaction that is open already, each task asked.
    pub(in crate::repository) fn matching_in(
        &self,
        conn: &Connection,
        query: &Query,
        today: &Today,
    ) -> rusqlite::Result<Vec<TaskNumber>> {
        self.sifted(conn, query, &self.sieve(&query.filter.search, today)?.confirmed())
    }

    fn sifted(&self, conn: &Connection, query: &Query, sieve: &Sieve<'_>) -> rusqlite::Result<Vec<TaskNumber>> {
        let mut numbers = Vec::new();
        self.each_match(conn, query, sieve, &mut |number, _| {
            numbers.push(TaskNumber(number));
            Ok(true)
        })?;
        Ok(numbers)
    }

    fn count_inner(&self, query: &Query, today: &Today) -> rusqlite::Result<u64> {
        let filter = &query.filter;
        if filter.search.is_empty() && filter.only.is_none() {
            let tally = self.tally_inner(filter, query.view, today)?;
            let rows = tally.types.iter().filter(|row| filter.types.contains_name(&row.name));
            return Ok(rows.map(|row| row.of(query.view)).sum());
        }
        let order = match query.view {
            _ if filter.only.is_some() => Order::AS_THEY_CAME,
            View::Inbox | View::Future | View::Open => Order::BY_DATE,
            View::Archive => Order::NEWEST_COMPLETION,
            View::All => Order::AS_THEY_CAME,
        };
        let cheapest = Query { order, ..query.clone() };
        let mut count = 0;
        let _snapshot = self.snapshot()?;
        let sieve = self.sieve(&filter.search, today)?;
        self.each_match(&self.conn, &cheapest, &sieve, &mut |_, _| {
            count += 1;
            Ok(true)
        })?;
        Ok(count)
    }
}

/// Of a word that has more rows, the first of them are looked for in the tasks themselves.
/// The files of tests have few.
const MOST_HITS: usize = if cfg!(test) { 4 } else { 15_000 };
/// So many tasks are read for that.
const MOST_READ: u64 = if cfg!(test) { 12 } else { 2000 };

/// What is known of a task that fulfils a search's condition.
pub(in crate::repository) enum Admitted {
    /// It matches, and was not read for that.
    Unread,
    /// It matches.
    Read(Box<StoredTask>),
    /// It does not match.
    Not,
}

fn show_each(
    numbers: impl IntoIterator<Item = i64>,
    show: &mut dyn FnMut(i64) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    for number in numbers {
        if !show(number)? {
            break;
        }
    }
    Ok(())
}

/// Completed tasks along their index.
fn completions(
    conn: &Connection,
    query: &Query,
    narrow: &Narrow,
    show: &mut dyn FnMut(i64) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let way = if query.order.descending { " DESC" } else { "" };
    let sql = format!(
        "SELECT n FROM task INDEXED BY done_order WHERE state = 1{} ORDER BY done_at{way}, n{way}",
        narrow.sql()
    );
    let mut select = conn.prepare(&sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if !show(row.get(0)?)? {
            break;
        }
    }
    Ok(())
}

/// Reads one task, unless the number names none.
pub(in crate::repository) fn fetch(
    conn: &Connection,
    shapes: &crate::repository::shape::Shapes,
    number: i64,
) -> rusqlite::Result<Option<StoredTask>> {
    let mut select = conn.prepare_cached(&[SELECT, "WHERE t.n = ?1 AND t.state < 2"].concat())?;
    select.query_row([number], |row| row::decode(conn, shapes, row)).optional()
}

/// As [`fetch`], also where the task has left the file: as it was then.
pub(in crate::repository) fn fetch_gone(
    conn: &Connection,
    shapes: &crate::repository::shape::Shapes,
    number: i64,
) -> rusqlite::Result<Option<StoredTask>> {
    let mut select = conn.prepare_cached(&[SELECT, "WHERE t.n = ?1"].concat())?;
    select.query_row([number], |row| row::decode(conn, shapes, row)).optional()
}

#[derive(Clone, Copy)]
struct Slice {
    skip: u64,
    limit: Option<u64>,
}

struct Window {
    skip: u64,
    left: Option<u64>,
}

enum Place {
    Before,
    Inside,
    Behind,
}

impl Window {
    fn take(&mut self) -> Place {
        if self.skip > 0 {
            self.skip -= 1;
            return Place::Before;
        }
        match &mut self.left {
            Some(0) => Place::Behind,
            Some(left) => {
                *left -= 1;
                Place::Inside
            }
            None => Place::Inside,
        }
    }
}

enum Plan {
    Dates(Span),
    OpenAsTheyCame(Span),
    Completions,
    AsTheyCame,
    Sorted,
}

fn plan(query: &Query, sieve: &Sieve<'_>) -> Plan {
    let as_they_came = query.order == Order::AS_THEY_CAME;
    if query.filter.only.is_some() || query.filter.lead.is_some() || sieve.is_few() {
        return if as_they_came { Plan::AsTheyCame } else { Plan::Sorted };
    }
    let span = match query.view {
        View::Inbox => Some(Span::Inbox),
        View::Future => Some(Span::Future),
        View::Open => Some(Span::Open),
        View::Archive | View::All => None,
    };
    match (span, query.order.by) {
        // Few of a large file's tasks are open.
        (Some(span), _) if as_they_came => Plan::OpenAsTheyCame(span),
        (None, _) if as_they_came => Plan::AsTheyCame,
        (Some(span), OrderBy::Date) => Plan::Dates(span),
        (None, OrderBy::Completed) if query.view == View::Archive => Plan::Completions,
        _ => Plan::Sorted,
    }
}

/// The place of a task in any order; which fields are set depends on the order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    last: bool,
    first: i64,
    second: i64,
    created: i64,
    id: String,
    number: i64,
}

/// Visits the keys of all tasks of a query as they came, until `visit` returns false.
fn candidates(
    conn: &Connection,
    query: &Query,
    narrow: &Narrow,
    sieve: &Sieve<'_>,
    visit: &mut dyn FnMut(Key) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let today = sieve.today();
    let all = Candidates { view: query.view, filter: &query.filter, narrow, sieve };
    let in_order = query.order == Order::AS_THEY_CAME;
    all.each(conn, "n, day, at, created, id, done_at", in_order, &mut |row| {
        let (day, at): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
        let is_future =
            day.is_some_and(|d| d > days(today.day)) || at.is_some_and(|at| at >= today.ends.timestamp_micros());
        let belongs = match query.view {
            View::Inbox => !is_future,
            View::Future => is_future,
            View::Open | View::Archive | View::All => true,
        };
        Ok(!belongs || visit(key(row, query.order.by, (day, at), today)?)?)
    })
}

fn key(row: &Row<'_>, by: OrderBy, (day, at): (Option<i64>, Option<i64>), today: &Today) -> rusqlite::Result<Key> {
    let mut key = Key { last: false, first: 0, second: 0, created: 0, id: String::new(), number: row.get(0)? };
    match by {
        OrderBy::Number => {}
        OrderBy::Created => (key.created, key.id) = (row.get(3)?, row.get(4)?),
        OrderBy::Completed => {
            let done_at: Option<i64> = row.get(5)?;
            (key.last, key.first) = (done_at.is_none(), done_at.unwrap_or(0));
        }
        OrderBy::Date => {
            let local = match at {
                Some(at) => Some(days(today.zone.day_of(row::moment(key.number, at)?))),
                None => day,
            };
            key.last = local.is_none();
            // Date-only tasks stand before every moment of their day.
            (key.first, key.second) = (local.unwrap_or(0), at.unwrap_or(i64::MIN));
            (key.created, key.id) = (row.get(3)?, row.get(4)?);
        }
    }
    Ok(key)
}
