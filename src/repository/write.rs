//! Completing and re-opening, with the journal, in one transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::counter::{Differences, Group};
use super::dictionary::Dictionary;
use super::journal::{self, NewStep};
use super::row::Packed;
use super::shape::Shapes;
use super::{Error, Repository, Result, page};
use crate::domain::change::{Action, Change, StepNumber};
use crate::domain::task::{Completion, StoredTask, Task, TaskNumber};
use crate::domain::wording;

/// What a write did, on disk when this is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The step in the journal; `None` where nothing had to change.
    pub step: Option<StepNumber>,
    /// The tasks that changed.
    pub changed: Vec<TaskNumber>,
    /// Those that already were so.
    pub already: Vec<TaskNumber>,
    /// The step in words: `Completed "Send quote"`, `Completed 12`.
    pub summary: String,
}

impl Repository {
    /// Completes tasks, or re-opens them: one transaction, one step of the journal.
    ///
    /// # Errors
    /// When a number names no task, or the file cannot be written; then nothing changed.
    pub fn set_complete(&mut self, tasks: &[TaskNumber], complete: bool, now: DateTime<Utc>) -> Result<Written> {
        let mut numbers: Vec<i64> = tasks.iter().map(|n| n.0).collect();
        // In the table's order a bulk touches each page once.
        numbers.sort_unstable();
        numbers.dedup();
        let path = self.path.clone();
        self.write(|tx, shapes| {
            let mut work = Completing::new(tx, shapes, complete, now)?;
            for number in numbers {
                if !work.one(number)? {
                    return Ok(Err(Error::NoTask { path, number }));
                }
            }
            work.finish().map(Ok)
        })?
    }

    /// One transaction that takes the write lock at once, so that what it checks still
    /// holds when it writes.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &Shapes) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let path = self.path.clone();
        let shapes = &self.shapes;
        let run = || {
            let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&tx, shapes)?;
            tx.commit().map(|()| done)
        };
        run().map_err(|e| Error::from_sqlite(&path, e))
    }
}

/// The part of a row that completing looks at.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) number: i64,
    pub(super) group: Group,
    pub(super) completed: Option<Completion>,
    shape: i64,
}

impl Head {
    /// Reads it, unless the number names no task.
    pub(super) fn read(conn: &Connection, number: i64) -> rusqlite::Result<Option<Head>> {
        let mut select = conn.prepare_cached(&format!(
            "SELECT {}, done_at, done_about, shape FROM task WHERE n = ?1 AND state < 2",
            Group::COLUMNS
        ))?;
        let head = |row: &rusqlite::Row<'_>| {
            let done_at: Option<i64> = row.get(5)?;
            let at = done_at.map(|micros| super::row::moment(number, micros)).transpose()?;
            let about = row.get(6)?;
            Ok(Head {
                number,
                group: Group::read(row)?,
                completed: at.map(|at| Completion { at, about }),
                shape: row.get(7)?,
            })
        };
        select.query_row([number], head).optional()
    }
}

/// Sets when a task was completed, or that it is open, and keeps the counts.
pub(super) fn set_completion(
    conn: &Connection,
    shapes: &Shapes,
    head: &Head,
    completed: Option<Completion>,
    counts: &mut Differences,
) -> rusqlite::Result<()> {
    let state = i64::from(completed.is_some());
    if shapes.get(conn, head.shape)?.is_column("is_complete") {
        let mut update =
            conn.prepare_cached("UPDATE task SET state = ?2, done_at = ?3, done_about = ?4 WHERE n = ?1")?;
        let at = completed.map(|c| c.at.timestamp_micros());
        update.execute((head.number, state, at, completed.is_some_and(|c| c.about)))?;
    } else {
        rewrite_completion(conn, shapes, head.number, completed)?;
    }
    if state != head.group.state {
        counts.moved(head.group, state);
    }
    Ok(())
}

/// A record without a true or false in `is_complete` gets one.
fn rewrite_completion(
    conn: &Connection,
    shapes: &Shapes,
    number: i64,
    completed: Option<Completion>,
) -> rusqlite::Result<()> {
    let Some(StoredTask { mut record, mut task, .. }) = page::fetch(conn, shapes, number)? else { return Ok(()) };
    record.set("is_complete", completed.is_some().to_string());
    task.is_complete = completed.is_some();
    let packed = Packed::new(&record, &task, None);
    super::import::update(conn, number, &packed.columns(conn, &mut Dictionary::default(), completed)?)
}

/// A bulk of completions under way.
struct Completing<'t> {
    conn: &'t Transaction<'t>,
    shapes: &'t Shapes,
    complete: bool,
    now: DateTime<Utc>,
    step: NewStep,
    counts: Differences,
    changed: Vec<TaskNumber>,
    already: Vec<TaskNumber>,
}

impl<'t> Completing<'t> {
    fn new(
        conn: &'t Transaction<'t>,
        shapes: &'t Shapes,
        complete: bool,
        now: DateTime<Utc>,
    ) -> rusqlite::Result<Completing<'t>> {
        Ok(Completing {
            conn,
            shapes,
            complete,
            now,
            step: NewStep::begin(conn)?,
            counts: Differences::default(),
            changed: Vec::new(),
            already: Vec::new(),
        })
    }

    /// False where the number names no task.
    fn one(&mut self, number: i64) -> rusqlite::Result<bool> {
        let Some(head) = Head::read(self.conn, number)? else { return Ok(false) };
        if head.completed.is_some() == self.complete {
            self.already.push(TaskNumber(number));
            return Ok(true);
        }
        let after = self.complete.then_some(Completion { at: self.now, about: false });
        set_completion(self.conn, self.shapes, &head, after, &mut self.counts)?;
        self.step.record(self.conn, number, &Change::Completion { before: head.completed, after })?;
        self.changed.push(TaskNumber(number));
        Ok(true)
    }

    fn finish(self) -> rusqlite::Result<Written> {
        let (action, word) =
            if self.complete { (Action::Complete, "Completed") } else { (Action::Reopen, "Re-opened") };
        let Some(first) = self.changed.first() else {
            return Ok(Written { step: None, changed: self.changed, already: self.already, summary: String::new() });
        };
        let summary = match self.changed.len() {
            1 => format!("{word} \"{}\"", title(self.conn, self.shapes, first.0)?),
            many => format!("{word} {many}"),
        };
        self.counts.write(self.conn)?;
        let number = self.step.number;
        self.step.finish(
            self.conn,
            journal::Label { at: self.now, action, tasks: self.changed.len() as u64, summary: &summary, of: None },
        )?;
        Ok(Written { step: Some(number), changed: self.changed, already: self.already, summary })
    }
}

fn title(conn: &Connection, shapes: &Shapes, number: i64) -> rusqlite::Result<String> {
    let task: Option<Task> = page::fetch(conn, shapes, number)?.map(|stored| stored.task);
    Ok(task.map(|task| wording::title(&task)).unwrap_or_default())
}
