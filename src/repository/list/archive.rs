//! Windows of the archive, newest completion first.

use rusqlite::OptionalExtension;

use super::stream::Narrow;
use crate::domain::filter::Filter;
use crate::domain::task::{StoredTask, TaskNumber};
use crate::repository::{Repository, Result};

/// How far a task's rank is looked for from one end before the other one is tried.
const FIRST_COUNT: u64 = 1024;

/// Where a window of the archive stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveFrom {
    /// It begins at this rank, 0 being the newest; beyond the end: the last full window.
    Position(u64),
    /// The task is in its middle, or as near as the ends allow; a task that is not in
    /// the filtered archive: as `Position(0)`.
    Around(TaskNumber),
    /// It follows upon this task, whose rank is known: a search in the index, however deep.
    After {
        /// The last row before the window.
        task: TaskNumber,
        /// The rank of that row.
        rank: u64,
    },
}

/// A window of the archive.
#[derive(Clone, Debug)]
pub struct ArchivePage {
    /// The rank of its first row.
    pub first: u64,
    /// How many tasks the filtered archive has.
    pub total: u64,
    /// The rows.
    pub rows: Vec<StoredTask>,
}

impl Repository {
    /// A window of at most `rows` completed tasks: types and people of the filter.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn archive(&self, filter: &Filter, from: ArchiveFrom, rows: usize) -> Result<ArchivePage> {
        self.archive_inner(filter, from, rows as u64).map_err(|e| self.error(e))
    }

    /// The numbers of all completed tasks that the filter's types and people let through,
    /// newest completion first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn archive_numbers(&self, filter: &Filter) -> Result<Vec<TaskNumber>> {
        let numbers = Narrow::new(&self.conn, &filter.types, &filter.people)
            .and_then(|narrow| self.at_rank(&narrow, 0, u64::MAX >> 1, u64::MAX >> 1));
        let (_, numbers) = numbers.map_err(|e| self.error(e))?;
        Ok(numbers.into_iter().map(TaskNumber).collect())
    }

    /// The rank that a completed task would have which the filter hides. `None`: it does
    /// not hide it, or the task is not completed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rank_of_hidden(&self, filter: &Filter, task: TaskNumber) -> Result<Option<u64>> {
        self.rank_of_hidden_inner(filter, task).map_err(|e| self.error(e))
    }

    fn rank_of_hidden_inner(&self, filter: &Filter, task: TaskNumber) -> rusqlite::Result<Option<u64>> {
        let Some(done_at) = self.done_at(task)? else { return Ok(None) };
        let _snapshot = self.snapshot()?;
        let narrow = Narrow::new(&self.conn, &filter.types, &filter.people)?;
        if self.is_member(&narrow, task)? {
            return Ok(None);
        }
        let total = self.archive_total(&narrow)?;
        let place = (done_at, task.0);
        self.rank_of_place(&narrow, place, |older| total.saturating_sub(older)).map(Some)
    }

    fn archive_inner(&self, filter: &Filter, from: ArchiveFrom, rows: u64) -> rusqlite::Result<ArchivePage> {
        let _snapshot = self.snapshot()?;
        let narrow = Narrow::new(&self.conn, &filter.types, &filter.people)?;
        let total = self.archive_total(&narrow)?;
        let (first, numbers) = match from {
            ArchiveFrom::After { task, rank } => match self.done_at(task)? {
                Some(done_at) => (rank + 1, self.after(&narrow, done_at, task.0, rows)?),
                None => self.at_rank(&narrow, (rank + 1).min(total.saturating_sub(rows)), rows, total)?,
            },
            ArchiveFrom::Position(position) => {
                self.at_rank(&narrow, position.min(total.saturating_sub(rows)), rows, total)?
            }
            ArchiveFrom::Around(task) => {
                let rank = self.rank(&narrow, task, total)?.unwrap_or(0);
                self.at_rank(&narrow, rank.saturating_sub(rows / 2).min(total.saturating_sub(rows)), rows, total)?
            }
        };
        let fetched = numbers.into_iter().map(|n| self.fetch(n)).filter_map(rusqlite::Result::transpose);
        Ok(ArchivePage { first, total, rows: fetched.collect::<rusqlite::Result<_>>()? })
    }

    fn archive_total(&self, narrow: &Narrow) -> rusqlite::Result<u64> {
        let sql = format!("SELECT coalesce(sum(c), 0) FROM counter WHERE state = 1{}", narrow.sql());
        self.conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))
    }

    fn done_at(&self, task: TaskNumber) -> rusqlite::Result<Option<i64>> {
        let mut select = self.conn.prepare_cached("SELECT done_at FROM task WHERE n = ?1 AND state = 1")?;
        select.query_row([task.0], |row| row.get(0)).optional()
    }

    /// Numbers from a rank on, walked from the nearer end.
    fn at_rank(&self, narrow: &Narrow, first: u64, rows: u64, total: u64) -> rusqlite::Result<(u64, Vec<i64>)> {
        let rows = rows.min(total.saturating_sub(first));
        let behind = total - first - rows;
        let from_end = behind < first;
        let way = if from_end { "" } else { " DESC" };
        let sql = format!(
            "SELECT n FROM task INDEXED BY done_order WHERE state = 1{} ORDER BY done_at{way}, n{way} LIMIT ?1 OFFSET ?2",
            narrow.sql()
        );
        let offset = if from_end { behind } else { first };
        let mut numbers = self.numbers_of(&sql, (rows, offset))?;
        if from_end {
            numbers.reverse();
        }
        Ok((first, numbers))
    }

    /// Numbers behind a task. Two searches, for a bulk shares one moment: with the
    /// number as second term SQLite would read past every tie.
    fn after(&self, narrow: &Narrow, done_at: i64, number: i64, rows: u64) -> rusqlite::Result<Vec<i64>> {
        let narrow = narrow.sql();
        let ties = format!(
            "SELECT n FROM task INDEXED BY done_order WHERE state = 1 AND done_at = ?1 AND n < ?2{narrow} ORDER BY n DESC LIMIT ?3"
        );
        let older = format!(
            "SELECT n FROM task INDEXED BY done_order WHERE state = 1 AND done_at < ?1{narrow} ORDER BY done_at DESC, n DESC LIMIT ?2"
        );
        let mut numbers = self.numbers_of(&ties, (done_at, number, rows))?;
        let left = rows - numbers.len() as u64;
        numbers.extend(self.numbers_of(&older, (done_at, left))?);
        Ok(numbers)
    }

    /// The rank of a task, counted from the nearer end: in turns from both, further each time.
    fn rank(&self, narrow: &Narrow, task: TaskNumber, total: u64) -> rusqlite::Result<Option<u64>> {
        let Some(done_at) = self.done_at(task)? else { return Ok(None) };
        if !self.is_member(narrow, task)? {
            return Ok(None);
        }
        let from_end = |older: u64| total.saturating_sub(older + 1);
        self.rank_of_place(narrow, (done_at, task.0), from_end).map(Some)
    }

    fn is_member(&self, narrow: &Narrow, task: TaskNumber) -> rusqlite::Result<bool> {
        let member = format!("SELECT 1 FROM task WHERE n = ?1 AND state = 1{}", narrow.sql());
        self.conn.prepare_cached(&member)?.exists([task.0])
    }

    /// How many stand before a place; `from_end` makes it of how many stand behind it.
    fn rank_of_place(
        &self,
        narrow: &Narrow,
        place: (i64, i64),
        from_end: impl Fn(u64) -> u64,
    ) -> rusqlite::Result<u64> {
        let mut most = FIRST_COUNT;
        loop {
            let newer = self.beyond(narrow, '>', place, most)?;
            if newer < most {
                return Ok(newer);
            }
            let older = self.beyond(narrow, '<', place, most)?;
            if older < most {
                return Ok(from_end(older));
            }
            most *= 4;
        }
    }

    /// How many stand on one side of a place, counted up to `most`.
    fn beyond(&self, narrow: &Narrow, side: char, place: (i64, i64), most: u64) -> rusqlite::Result<u64> {
        let narrow = narrow.sql();
        let sql = format!(
            "SELECT count(*) FROM (
               SELECT 1 FROM task INDEXED BY done_order WHERE state = 1 AND done_at = ?1 AND n {side} ?2{narrow}
               UNION ALL
               SELECT 1 FROM task INDEXED BY done_order WHERE state = 1 AND done_at {side} ?1{narrow}
               LIMIT ?3)"
        );
        self.conn.prepare_cached(&sql)?.query_row((place.0, place.1, most), |row| row.get(0))
    }

    fn numbers_of(&self, sql: &str, params: impl rusqlite::Params) -> rusqlite::Result<Vec<i64>> {
        self.conn.prepare_cached(sql)?.query_map(params, |row| row.get(0))?.collect()
    }
}
