//! What was changed here and waits to be sent to Close: an import keeps it, and
//! `is:unsent` finds it.

use std::collections::HashSet;

use rusqlite::Connection;

use super::import::parse_record;
use super::list::page;
use super::shape::Shapes;
use crate::domain::record::Record;
use crate::domain::task::{StoredTask, TaskNumber};

/// Fields changed here and not yet sent: what the file says of them stands.
#[derive(Debug, Default)]
pub(super) struct Unsent {
    /// Fields of the record.
    pub(super) fields: Vec<String>,
    /// Whether it is complete.
    pub(super) completion: bool,
}

/// Stands for a field that the record has not: no JSON is empty.
const ABSENT: &str = "";

/// What was changed here of a task since it came. What is again as it came is not.
pub(super) fn of(conn: &Connection, held: &StoredTask) -> rusqlite::Result<Unsent> {
    let mut select = conn.prepare_cached(
        "SELECT field, before, after FROM change JOIN step ON step.n = change.step
         WHERE change.task = ?1 AND field IN ('fields', 'completion') AND undone IS NULL
           AND action NOT IN ('import', 'undo', 'redo') ORDER BY step",
    )?;
    let mut rows = select.query([held.number.0])?;
    let (mut came, mut came_complete) = (Record::new(), None);
    while let Some(row) = rows.next()? {
        let [before, after] = [row.get::<_, Option<String>>(1)?, row.get(2)?];
        if row.get_ref(0)?.as_str()? == "completion" {
            came_complete.get_or_insert(before.is_some());
            continue;
        }
        let [before, after] = [before, after].map(|json| parse_record(json.as_deref().unwrap_or("{}")));
        for field in after.unwrap_or_default().fields() {
            // The oldest value is what came.
            if came.get(&field.name).is_none() {
                let json = before.as_ref().ok().and_then(|before| before.get(&field.name));
                came.set(field.name.to_string(), json.unwrap_or(ABSENT).to_owned());
            }
        }
    }
    let is_ours = |name: &str, came: &str| held.record.get(name).unwrap_or(ABSENT) != came;
    let changed = came.fields().iter().filter(|f| !f.name.contains(':') && is_ours(&f.name, &f.json));
    Ok(Unsent {
        fields: changed.map(|f| f.name.to_string()).collect(),
        completion: came_complete.is_some_and(|came| came != held.task.is_complete),
    })
}

/// The tasks that were changed here, or made here.
pub(super) fn tasks(conn: &Connection, shapes: &Shapes) -> rusqlite::Result<HashSet<TaskNumber>> {
    let select = |sql: &str| -> rusqlite::Result<Vec<TaskNumber>> {
        conn.prepare_cached(sql)?.query_map([], |row| row.get(0).map(TaskNumber))?.collect()
    };
    let made = "SELECT task FROM change JOIN step ON step.n = change.step
                WHERE field = 'presence' AND action = 'add' AND undone IS NULL";
    let touched = "SELECT DISTINCT task FROM change JOIN step ON step.n = change.step
                   WHERE field IN ('fields', 'completion') AND undone IS NULL
                     AND action NOT IN ('import', 'undo', 'redo')";
    let mut tasks: HashSet<TaskNumber> = select(made)?.into_iter().collect();
    for number in select(touched)? {
        let Some(held) = page::fetch(conn, shapes, number.0)? else { continue };
        let unsent = of(conn, &held)?;
        if unsent.completion || !unsent.fields.is_empty() {
            tasks.insert(number);
        }
    }
    Ok(tasks)
}
