//! Making tasks.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::Written;
use crate::domain::change::{Action, Change, Presence};
use crate::domain::edit::NewTask;
use crate::domain::task::{Task, TaskNumber};
use crate::domain::wording;
use crate::repository::counter::Differences;
use crate::repository::dictionary::Dictionary;
use crate::repository::journal::{Label, NewStep};
use crate::repository::row::Packed;
use crate::repository::{Error, Repository, Result, fields, import, names};

impl Repository {
    /// Makes a task; its number comes back.
    ///
    /// # Errors
    /// When its contact is another lead's, or the file cannot be written.
    pub fn add(&mut self, new: &NewTask, now: DateTime<Utc>) -> Result<Written> {
        let added = self.write_or_leave(|tx, shapes| {
            if let Some(other) = names::contact_of_other(tx, &new.fields, None)? {
                return Ok(Err(Box::new(other)));
            }
            let (step, mut counts) = (NewStep::begin(tx)?, Differences::default());
            let (number, task) = insert(tx, &step, new, now, &mut counts)?;
            counts.write(tx, shapes)?;
            let summary = format!("Added \"{}\"", wording::title(&task));
            let (at, action) = (now, Action::Add);
            let done = step.number;
            step.finish(tx, Label { at, action, tasks: 1, summary: &summary, of: None })?;
            Ok(Ok(Written { step: Some(done), changed: vec![number], summary, ..Written::default() }))
        })?;
        added.map_err(Error::ContactOfOther)
    }
}

/// Inserts a task that is made now, and writes it down.
pub(super) fn insert(
    conn: &Connection,
    step: &NewStep,
    new: &NewTask,
    now: DateTime<Utc>,
    counts: &mut Differences,
) -> rusqlite::Result<(TaskNumber, Task)> {
    let record = new.record(now);
    let task = Task::read(&record).map_err(|e| fields::broken(0, e))?;
    let next = "SELECT coalesce(max(n), 0) + 1 FROM task";
    let number: i64 = conn.prepare_cached(next)?.query_row([], |row| row.get(0))?;
    let packed = Packed::new(&record, &task, None);
    let columns = packed.columns(conn, &mut Dictionary::default(), None)?;
    if !import::insert(conn, number, &columns, now)? {
        return Err(fields::broken(number, "its id is taken"));
    }
    import::count(conn, number, 1, counts)?;
    counts.reword(number);
    let (before, after) = (Presence::NotYet, Presence::Here);
    step.record(conn, number, &Change::Presence { last: TaskNumber(number), before, after })?;
    Ok((TaskNumber(number), task))
}
