//! The books that every change keeps up: how many tasks there are by state, type and rep,
//! in the calendar how many open ones by type and day, or hour; and the index of words.

use std::collections::HashMap;
use std::hash::Hash;

use rusqlite::{Connection, Row};

use super::list::words;
use super::shape::Shapes;
use crate::domain::query::indexed::indexed;
use crate::domain::task::Task;

/// An hour in microseconds.
pub(super) const HOUR: i64 = 3_600_000_000;
/// The place of open tasks without a date.
const DATELESS: i64 = i64::MAX;

/// What a count is kept for. A task that nobody has counts under rep 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) state: i64,
    pub(super) task_type: i64,
    pub(super) rep: i64,
    /// Where it stands in the calendar while it is open.
    place: i64,
}

/// Where an open task stands, as far as counts tell it: no zone is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On a day, in days since 1970.
    Day(i64),
    /// At a moment of this hour, in hours since 1970, UTC: in most zones days begin with one.
    At(i64),
    /// Nowhere.
    Dateless,
}

impl Place {
    pub(super) fn read(place: i64) -> Place {
        match place {
            DATELESS => Place::Dateless,
            even if even & 1 == 0 => Place::Day(even >> 1),
            odd => Place::At(odd >> 1),
        }
    }

    fn number(day: Option<i64>, at: Option<i64>) -> i64 {
        match (day, at) {
            (Some(day), _) => day << 1,
            (None, Some(at)) => at.div_euclid(HOUR) << 1 | 1,
            (None, None) => DATELESS,
        }
    }
}

impl Group {
    /// The columns of `task` that [`Group::read`] reads.
    pub(super) const COLUMNS: &str = "state, type, coalesce(rep, 0), day, at";

    pub(super) fn new((state, task_type, rep): (i64, i64, i64), day: Option<i64>, at: Option<i64>) -> Group {
        Group { state, task_type, rep, place: Place::number(day, at) }
    }

    /// Reads the first columns of a row.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Group> {
        Ok(Group::new((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?, row.get(4)?))
    }
}

/// Differences to the books, gathered in one transaction and written at its end.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// By state, type and rep.
    counter: HashMap<(i64, i64, i64), i64>,
    /// By type and place.
    calendar: HashMap<(i64, i64), i64>,
    /// The rows whose texts in the index are to be written anew.
    reworded: Vec<i64>,
}

impl Differences {
    /// Tasks that an undo took out of the file are not counted.
    pub(super) fn add(&mut self, group: Group, by: i64) {
        if group.state < 2 {
            *self.counter.entry((group.state, group.task_type, group.rep)).or_insert(0) += by;
        }
        if group.state == 0 {
            *self.calendar.entry((group.task_type, group.place)).or_insert(0) += by;
        }
    }

    /// One task goes from one state to another.
    pub(super) fn moved(&mut self, from: Group, to_state: i64) {
        self.add(from, -1);
        self.add(Group { state: to_state, ..from }, 1);
    }

    /// Words find another text in a task from now on.
    pub(super) fn reword(&mut self, number: i64) {
        self.reworded.push(number);
    }

    /// A record took the place of another, with the same notes.
    pub(super) fn replaced(&mut self, number: i64, before: &Task, after: &Task) {
        if indexed(before, &[]) != indexed(after, &[]) {
            self.reword(number);
        }
    }

    pub(super) fn write(&mut self, conn: &Connection, shapes: &Shapes) -> rusqlite::Result<()> {
        self.write_counts(conn)?;
        self.reworded.sort_unstable();
        self.reworded.dedup();
        words::refresh(conn, shapes, &self.reworded)
    }

    fn write_counts(&self, conn: &Connection) -> rusqlite::Result<()> {
        let mut count = conn.prepare_cached(
            "INSERT INTO counter (state, type, rep, c) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET c = c + excluded.c",
        )?;
        for ((state, task_type, rep), by) in self.counter.iter().filter(|(_, by)| **by != 0) {
            count.execute((state, task_type, rep, by))?;
        }
        let mut place = conn.prepare_cached(
            "INSERT INTO calendar (type, place, c) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET c = c + excluded.c",
        )?;
        // Days that are over would add up.
        let mut tidy = conn.prepare_cached("DELETE FROM calendar WHERE type = ?1 AND place = ?2 AND c = 0")?;
        for ((task_type, at), by) in self.calendar.iter().filter(|(_, by)| **by != 0) {
            place.execute((task_type, at, by))?;
            if *by < 0 {
                tidy.execute((task_type, at))?;
            }
        }
        Ok(())
    }

    /// How many counts by state, type and rep are not as gathered here.
    pub(super) fn apart_from_counter(&self, conn: &Connection) -> rusqlite::Result<u64> {
        let kept = "SELECT state, type, rep, c FROM counter WHERE c <> 0";
        apart(conn, kept, &self.counter, |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?)))
    }

    /// How many counts by type and place are not as gathered here.
    pub(super) fn apart_from_calendar(&self, conn: &Connection) -> rusqlite::Result<u64> {
        let kept = "SELECT type, place, c FROM calendar WHERE c <> 0";
        apart(conn, kept, &self.calendar, |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))
    }
}

/// How many counts are kept and not gathered, gathered and not kept, or different.
fn apart<K: Eq + Hash>(
    conn: &Connection,
    kept: &str,
    gathered: &HashMap<K, i64>,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<(K, i64)>,
) -> rusqlite::Result<u64> {
    let kept: HashMap<K, i64> = conn.prepare(kept)?.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    let lost = gathered.keys().filter(|key| !kept.contains_key(key)).count();
    let wrong = kept.iter().filter(|(key, count)| gathered.get(key) != Some(*count)).count();
    Ok((lost + wrong) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_was_also_before_1970() {
        for day in [-800_000, -1, 0, 1, 20_416] {
            assert_eq!(Place::read(Place::number(Some(day), None)), Place::Day(day));
            for at in [day * HOUR, day * HOUR + HOUR - 1] {
                assert_eq!(Place::read(Place::number(None, Some(at))), Place::At(day));
            }
        }
        assert_eq!(Place::read(Place::number(None, None)), Place::Dateless);
    }
}
