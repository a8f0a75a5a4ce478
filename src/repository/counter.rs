//! The exact counts that every change keeps up: how many tasks by state, type and rep.

use std::collections::HashMap;

use rusqlite::Connection;

/// What a count is kept for. A task that nobody has counts under rep 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Group {
    pub(super) state: i64,
    pub(super) task_type: i64,
    pub(super) rep: i64,
}

/// Differences to the counts, gathered in one transaction and written at its end.
#[derive(Debug, Default)]
pub(super) struct Differences(HashMap<Group, i64>);

impl Differences {
    pub(super) fn add(&mut self, group: Group, by: i64) {
        *self.0.entry(group).or_insert(0) += by;
    }

    /// One task goes from one state to another.
    pub(super) fn moved(&mut self, from: Group, to_state: i64) {
        self.add(from, -1);
        self.add(Group { state: to_state, ..from }, 1);
    }

    pub(super) fn write(&self, conn: &Connection) -> rusqlite::Result<()> {
        let mut add = conn.prepare_cached(
            "INSERT INTO counter (state, type, rep, c) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET c = c + excluded.c",
        )?;
        for (group, by) in self.0.iter().filter(|(_, by)| **by != 0) {
            add.execute((group.state, group.task_type, group.rep, by))?;
        }
        Ok(())
    }
}
