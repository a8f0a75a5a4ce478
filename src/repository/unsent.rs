//! What was changed here since a task came, and waits to be sent to Close: what files say
//! of it meanwhile does not stand, and `is:unsent` finds it.

use std::collections::HashSet;

use rusqlite::Connection;

use super::import::parse_record;
use super::list::page;
use super::shape::Shapes;
use crate::domain::change::StepNumber;
use crate::domain::record::Record;
use crate::domain::task::{StoredTask, TaskNumber};

/// The changes of a task that are not sent, as the values that came.
#[derive(Debug, Default)]
pub(super) struct Unsent {
    /// The fields of the record that are other now; [`ABSENT`] for one that did not come.
    came: Record<'static>,
    /// Whether it came complete, if that is other now.
    came_complete: Option<bool>,
}

/// Stands for a field that the record has not: no JSON is empty.
const ABSENT: &str = "";

impl Unsent {
    /// Reads them from the journal.
    pub(super) fn of(conn: &Connection, held: &StoredTask) -> rusqlite::Result<Unsent> {
        Unsent::with(conn, held, None)
    }

    /// As [`Unsent::of`], with what a person's step that is under way has changed.
    pub(super) fn with(conn: &Connection, held: &StoredTask, step: Option<StepNumber>) -> rusqlite::Result<Unsent> {
        let mut select = conn.prepare_cached(
            "SELECT field, before, after FROM change LEFT JOIN step ON step.n = change.step
             WHERE change.task = ?1 AND field IN ('fields', 'completion')
               AND (change.step = ?2 OR undone IS NULL AND action NOT IN ('import', 'undo', 'redo')) ORDER BY step",
        )?;
        let mut rows = select.query((held.number.0, step.map(|step| step.0)))?;
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
        let is_ours = |name: &str, came: &str| !name.contains(':') && held.record.get(name).unwrap_or(ABSENT) != came;
        let changed = came.fields().iter().filter(|field| is_ours(&field.name, &field.json));
        Ok(Unsent {
            came: Record::from_fields(changed.cloned().collect()).unwrap_or_default(),
            came_complete: came_complete.filter(|came| *came != held.task.is_complete),
        })
    }

    /// Whether nothing waits.
    fn is_empty(&self) -> bool {
        self.came.fields().is_empty() && self.came_complete.is_none()
    }

    /// Whether it was completed or re-opened here.
    pub(super) fn has_completion(&self) -> bool {
        self.came_complete.is_some()
    }

    /// Lays the changes over a record that comes.
    pub(super) fn lay_over(&self, record: &mut Record<'static>, held: &StoredTask) {
        for field in self.came.fields() {
            record.put(field.name.clone(), held.record.get(&field.name).map(str::to_owned));
        }
        if self.has_completion() {
            record.set("is_complete", held.task.is_complete.to_string());
        }
    }

    /// The record as it came.
    pub(super) fn as_it_came(&self, held: &StoredTask) -> Record<'static> {
        let mut record = held.record.clone();
        for field in self.came.fields() {
            record.put(field.name.clone(), Some(field.json.clone()).filter(|json| json != ABSENT));
        }
        if let Some(complete) = self.came_complete {
            record.set("is_complete", complete.to_string());
        }
        record
    }
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
        if !Unsent::of(conn, &held)?.is_empty() {
            tasks.insert(number);
        }
    }
    Ok(tasks)
}
