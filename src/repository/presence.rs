//! Tasks that come into the file and leave it: runs of numbers, for an import's new
//! tasks, and a purge's old ones, mostly stand side by side.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::counter::{Differences, Group};
use super::error::BadRow;
use crate::domain::change::{Change, Presence};
use crate::domain::task::TaskNumber;

/// The state of a task's row.
pub(super) fn state(presence: Presence, complete: bool) -> i64 {
    presence as i64 * 2 + i64::from(complete)
}

/// Both states of a row by where its task is, as a list in a statement.
pub(super) fn states(presence: Presence) -> String {
    format!("{}, {}", state(presence, false), state(presence, true))
}

/// Where a task is, by the state of its row.
pub(super) fn presence_of(number: i64, state: i64) -> rusqlite::Result<Presence> {
    let presence = usize::try_from(state / 2).ok().and_then(|place| Presence::ALL.get(place)).copied();
    Ok(presence.ok_or_else(|| BadRow { number, what: format!("{state} is no state") })?)
}

/// A run of tasks and where they go. Those of the run that are elsewhere stay there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) before: Presence,
    pub(super) after: Presence,
}

/// Frees the ids of tasks for others, until [`take_ids`].
pub(super) fn lend_ids(conn: &Connection, (first, last): (i64, i64)) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE task SET gone = n WHERE n BETWEEN ?1 AND ?2")?.execute((first, last)).map(drop)
}

/// Gives the tasks that are in the file their ids back.
pub(super) fn take_ids(conn: &Connection, (first, last): (i64, i64)) -> rusqlite::Result<()> {
    let sql = "UPDATE task SET gone = 0 WHERE n BETWEEN ?1 AND ?2 AND state < 2";
    conn.prepare_cached(sql)?.execute((first, last)).map(drop)
}

impl Run {
    /// The runs of sorted numbers.
    pub(super) fn of(numbers: &[i64], before: Presence, after: Presence) -> Vec<Run> {
        let runs = numbers.chunk_by(|a, b| a + 1 == *b);
        runs.map(|run| Run { first: run[0], last: run[run.len() - 1], before, after }).collect()
    }

    /// Moves the tasks now; those that moved come back.
    pub(super) fn apply(
        &self,
        conn: &Connection,
        counts: &mut Differences,
        now: DateTime<Utc>,
    ) -> rusqlite::Result<Vec<TaskNumber>> {
        self.go(conn, counts, now, self.after != Presence::Here)
    }

    /// As [`Run::apply`], where others still have the ids: until [`take_ids`].
    pub(super) fn arrive_without_ids(
        &self,
        conn: &Connection,
        counts: &mut Differences,
        now: DateTime<Utc>,
    ) -> rusqlite::Result<Vec<TaskNumber>> {
        self.go(conn, counts, now, true)
    }

    fn go(
        &self,
        conn: &Connection,
        counts: &mut Differences,
        now: DateTime<Utc>,
        lends: bool,
    ) -> rusqlite::Result<Vec<TaskNumber>> {
        let from = state(self.before, false);
        let mut select = conn.prepare_cached(&format!(
            "SELECT {}, n FROM task WHERE n BETWEEN ?1 AND ?2 AND state BETWEEN ?3 AND ?3 + 1",
            Group::COLUMNS
        ))?;
        let mut rows = select.query((self.first, self.last, from))?;
        let mut moved = Vec::new();
        while let Some(row) = rows.next()? {
            let group = Group::read(row)?;
            counts.moved(group, group.state - from + state(self.after, false));
            moved.push(TaskNumber(row.get(5)?));
        }
        drop(rows);
        self.update(conn, now, lends)?;
        Ok(moved)
    }

    /// As [`Run::apply`], of tasks that are counted already.
    pub(super) fn move_rows(&self, conn: &Connection, now: DateTime<Utc>) -> rusqlite::Result<()> {
        self.update(conn, now, self.after != Presence::Here)
    }

    /// What the journal says of it.
    pub(super) fn change(&self) -> Change {
        Change::Presence { last: TaskNumber(self.last), before: self.before, after: self.after }
    }

    fn update(&self, conn: &Connection, now: DateTime<Utc>, lends: bool) -> rusqlite::Result<()> {
        let (from, to) = (state(self.before, false), state(self.after, false));
        // The transaction goes back as a whole, so SQLite keeps no way back for the statement
        // alone: that would copy each page of a purge once more.
        let mut update = conn.prepare_cached(
            "UPDATE OR FAIL task SET state = state - ?3 + ?4, gone = iif(?5, n, 0), arrived = ?6
             WHERE n BETWEEN ?1 AND ?2 AND state BETWEEN ?3 AND ?3 + 1",
        )?;
        let arrives = if self.after == Presence::Here { now.timestamp() } else { 0 };
        update.execute((self.first, self.last, from, to, lends, arrives)).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_side_by_side_are_one_run() {
        let runs = Run::of(&[1, 2, 3, 7, 9, 10], Presence::Here, Presence::Deleted);
        let ends: Vec<_> = runs.iter().map(|run| (run.first, run.last)).collect();
        assert_eq!(ends, [(1, 3), (7, 7), (9, 10)]);
        assert!(Run::of(&[], Presence::Here, Presence::Deleted).is_empty());
    }

    #[test]
    fn rows_have_the_states_and_the_journal_the_words_that_files_have_always_had() {
        let told = Presence::ALL.map(|p| (state(p, false), state(p, true), p.word()));
        let held = [(0, 1, "here"), (2, 3, "not yet"), (4, 5, "deleted"), (6, 7, "purged"), (8, 9, "joined")];
        assert_eq!(told, held);
        for presence in Presence::ALL {
            let read = [false, true].map(|done| presence_of(1, state(presence, done)).expect("a state"));
            assert_eq!((read, Presence::from_word(presence.word())), ([presence; 2], Some(presence)));
        }
        assert!(presence_of(1, 10).is_err());
    }
}
