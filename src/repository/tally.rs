//! Exact counts per view and type.

use rusqlite::Connection;

use super::open_tasks::type_index;
use super::row::days;
use super::stream::Narrow;
use super::{Repository, Result};
use crate::domain::filter::{Filter, TypeSet};
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

/// The number of type indexes: the nine, and one for all others.
const INDEXES: usize = TaskType::ALL.len() + 1;

impl Repository {
    /// Counts the tasks of the filter's people and lead; its types are not looked at.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tally(&self, filter: &Filter, today: &Today) -> Result<Tally> {
        self.tally_inner(filter, today).map_err(|e| self.error(e))
    }

    /// How many completed tasks of the filter's people there are by type index (9:
    /// unknown types), from the counters alone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn archived(&self, filter: &Filter) -> Result<[u64; INDEXES]> {
        let counted = Narrow::new(&self.conn, &TypeSet::ALL, &filter.people)
            .and_then(|narrow| by_counter(&self.conn, 1, &narrow));
        let mut archived = [0; INDEXES];
        for (task_type, count) in counted.map_err(|e| self.error(e))? {
            archived[usize::from(type_index(task_type))] += count;
        }
        Ok(archived)
    }

    /// The names of the types that the file has known, the nine of this version first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn type_names(&self) -> Result<Vec<String>> {
        let names = type_names(&self.conn).map_err(|e| self.error(e))?;
        Ok(names.into_iter().map(|(_, row)| row.name).collect())
    }

    pub(super) fn tally_inner(&self, filter: &Filter, today: &Today) -> rusqlite::Result<Tally> {
        let snapshot = self.conn.unchecked_transaction()?;
        let mut rows = type_names(&snapshot)?;
        let narrow = Narrow::new(&snapshot, &TypeSet::ALL, &filter.people)?;
        if let Some(lead) = &filter.lead {
            self.of_lead(lead.as_str(), &narrow, today, &mut rows)?;
        } else {
            whole(&snapshot, &narrow, today, &mut rows)?;
        }
        rows.retain(|(_, row)| row.task_type.is_some() || row.inbox + row.future + row.archive > 0);
        Ok(Tally { types: rows.into_iter().map(|(_, row)| row).collect() })
    }

    fn of_lead(&self, lead: &str, narrow: &Narrow, today: &Today, rows: &mut Rows) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT type, state, day, at FROM task WHERE state < 2 AND lead IN (SELECT n FROM lead WHERE id = ?1){}",
            narrow.sql()
        );
        let start = today.zone.start_of_day(today.day).timestamp_micros();
        let mut select = self.conn.prepare(&sql)?;
        let mut found = select.query([lead])?;
        while let Some(row) = found.next()? {
            let (day, at): (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
            let tally = of_type(rows, row.get(0)?);
            let is_future =
                day.is_some_and(|d| d > days(today.day)) || at.is_some_and(|t| t >= today.ends.timestamp_micros());
            let is_overdue = day.is_some_and(|d| d < days(today.day)) || at.is_some_and(|t| t < start);
            match row.get::<_, i64>(1)? {
                0 if is_future => tally.future += 1,
                0 => (tally.inbox, tally.overdue) = (tally.inbox + 1, tally.overdue + u64::from(is_overdue)),
                _ => tally.archive += 1,
            }
        }
        Ok(())
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
    select.query_map([TaskType::ALL.len()], zeros)?.collect()
}

fn of_type(rows: &mut Rows, n: i64) -> &mut TypeTally {
    let at = rows.iter().position(|(number, _)| *number == n).unwrap_or(0);
    &mut rows[at].1
}

fn whole(conn: &Connection, narrow: &Narrow, today: &Today, rows: &mut Rows) -> rusqlite::Result<()> {
    for (task_type, count) in by_counter(conn, 1, narrow)? {
        of_type(rows, task_type).archive = count;
    }
    for (task_type, count) in by_counter(conn, 0, narrow)? {
        of_type(rows, task_type).inbox = count;
    }
    // What is neither future, nor today's, nor dateless is overdue: of a long neglected
    // inbox that would be the longest walk of the four.
    let sql = format!(
        "SELECT n, {} + {}, {} + {}, {} FROM type t",
        open_count(narrow, "day > ?1"),
        open_count(narrow, "day IS NULL AND at >= ?3"),
        open_count(narrow, "day = ?1"),
        open_count(narrow, "day IS NULL AND at >= ?2 AND at < ?3"),
        open_count(narrow, "day IS NULL AND at IS NULL"),
    );
    let mut select = conn.prepare_cached(&sql)?;
    let start = today.zone.start_of_day(today.day).timestamp_micros();
    let mut found = select.query((days(today.day), start, today.ends.timestamp_micros()))?;
    while let Some(row) = found.next()? {
        let (future, now, dateless): (u64, u64, u64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let tally = of_type(rows, row.get(0)?);
        (tally.future, tally.inbox) = (future, tally.inbox.saturating_sub(future));
        tally.overdue = tally.inbox.saturating_sub(now + dateless);
    }
    Ok(())
}

/// The open tasks of the type `t` in one range of their index.
fn open_count(narrow: &Narrow, range: &str) -> String {
    let narrow = narrow.sql();
    format!("(SELECT count(*) FROM task INDEXED BY open_count WHERE state = 0 AND type = t.n AND {range}{narrow})")
}

fn by_counter(conn: &Connection, state: i64, narrow: &Narrow) -> rusqlite::Result<Vec<(i64, u64)>> {
    let sql = format!("SELECT type, sum(c) FROM counter WHERE state = ?1{} GROUP BY type", narrow.sql());
    let mut select = conn.prepare_cached(&sql)?;
    select.query_map([state], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
