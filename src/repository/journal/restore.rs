//! Undo and redo: a step is taken back or done again, task by task. A task that is not as
//! the step left it is left alone.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::super::counter::Differences;
use super::super::dictionary::Dictionary;
use super::super::error::BadRow;
use super::super::fields::Setting;
use super::super::head::{Head, set_completion};
use super::super::presence::{Run, lend_ids, take_ids};
use super::super::row::Packed;
use super::super::shape::Shapes;
use super::super::{Repository, Result, import, list::page, thread};
use super::{Label, NewStep, STEP, changes, step};
use crate::domain::change::{Action, Change, Presence, Step};
use crate::domain::record::Record;
use crate::domain::task::{Completion, StoredTask, Task, TaskNumber};

/// What an undo or redo brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The step that was taken back or done again.
    pub step: Step,
    /// The tasks that changed.
    pub changed: Vec<TaskNumber>,
    /// Those that somebody else had changed since: left alone.
    pub left_alone: Vec<TaskNumber>,
}

impl Repository {
    /// Takes the last user action back; `None` where there is nothing to undo.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing changed.
    pub fn undo(&mut self, now: DateTime<Utc>) -> Result<Option<Restored>> {
        Ok(self.restore(Action::Undo, 1, now)?.pop())
    }

    /// Does the step again that was undone last; `None` where there is nothing to redo.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing changed.
    pub fn redo(&mut self, now: DateTime<Utc>) -> Result<Option<Restored>> {
        Ok(self.restore(Action::Redo, 1, now)?.pop())
    }

    /// Takes the last user actions back, the newest first: `steps` of them, or as many as
    /// there are.
    ///
    /// # Errors
    /// When the file cannot be written; then none of them was taken back.
    pub fn undo_last(&mut self, steps: u64, now: DateTime<Utc>) -> Result<Vec<Restored>> {
        self.restore(Action::Undo, steps, now)
    }

    /// Does the steps again that were undone last, the last first: `steps` of them, or as
    /// many as there are.
    ///
    /// # Errors
    /// When the file cannot be written; then none of them was done again.
    pub fn redo_last(&mut self, steps: u64, now: DateTime<Utc>) -> Result<Vec<Restored>> {
        self.restore(Action::Redo, steps, now)
    }

    fn restore(&mut self, action: Action, steps: u64, now: DateTime<Utc>) -> Result<Vec<Restored>> {
        self.write(|tx, shapes| {
            let mut restored = Vec::new();
            for _ in 0..steps {
                let Some(step) = candidate(tx, action)? else { break };
                restored.push(Restoring::new(tx, shapes, action, now)?.run(step)?);
            }
            Ok(restored)
        })
    }
}

/// The step that undo or redo is about.
fn candidate(conn: &Connection, action: Action) -> rusqlite::Result<Option<Step>> {
    let undo = "WHERE action NOT IN ('undo', 'redo') AND undone IS NULL ORDER BY n DESC LIMIT 1";
    // Only what was undone after the last step that was neither undo nor redo.
    let redo = "WHERE undone IS NOT NULL AND undone > (SELECT coalesce(max(n), 0) FROM step WHERE action NOT IN ('undo', 'redo')) ORDER BY undone DESC LIMIT 1";
    let sql = format!("{STEP} {}", if action == Action::Undo { undo } else { redo });
    conn.prepare_cached(&sql)?.query_row([], step).optional()
}

/// Whether an id may go from one task to another with a change: a thread's task has that
/// of its first email.
fn passes_ids(change: &Change) -> bool {
    match change {
        Change::Parts { .. } => true,
        Change::Presence { before, after, .. } => [before, after].contains(&&Presence::Joined),
        Change::Completion { .. } | Change::Record { .. } | Change::Fields { .. } => false,
    }
}

/// An undo or redo under way.
struct Restoring<'t> {
    conn: &'t Transaction<'t>,
    shapes: &'t Shapes,
    action: Action,
    now: DateTime<Utc>,
    new: NewStep,
    dictionary: Dictionary,
    counts: Differences,
    changed: Vec<TaskNumber>,
    left_alone: BTreeSet<TaskNumber>,
    /// Runs of tasks whose ids others may still have until the step is done.
    lent: Vec<(i64, i64)>,
    /// Whether ids go from task to task in this step, as where emails leave a thread's task.
    lends: bool,
    /// The tasks whose records were put back: the times of their completion go with them.
    put_back: HashSet<i64>,
}

impl<'t> Restoring<'t> {
    fn new(
        conn: &'t Transaction<'t>,
        shapes: &'t Shapes,
        action: Action,
        now: DateTime<Utc>,
    ) -> rusqlite::Result<Restoring<'t>> {
        Ok(Restoring {
            conn,
            shapes,
            action,
            now,
            new: NewStep::begin(conn)?,
            dictionary: Dictionary::default(),
            counts: Differences::default(),
            changed: Vec::new(),
            left_alone: BTreeSet::new(),
            lent: Vec::new(),
            lends: false,
            put_back: HashSet::new(),
        })
    }

    fn run(mut self, step: Step) -> rusqlite::Result<Restored> {
        let changes = changes(self.conn, step.number, self.action)?;
        self.lends = changes.iter().any(|entry| passes_ids(&entry.change));
        let mut done = Vec::with_capacity(changes.len());
        for entry in changes {
            if self.apply(entry.task, &entry.change)? {
                done.push(entry);
            } else {
                self.left_alone.insert(entry.task);
            }
        }
        if !self.left_alone.is_empty() {
            done.iter().try_for_each(|entry| self.new.record(self.conn, entry.task.0, &entry.change))?;
        }
        for run in &self.lent {
            take_ids(self.conn, *run)?;
        }
        self.changed.sort_unstable();
        self.changed.dedup();
        self.counts.write(self.conn, self.shapes)?;
        let mark = (self.action == Action::Undo).then_some(self.new.number.0);
        let word = if self.action == Action::Undo { "Undid" } else { "Redid" };
        let summary = format!("{word}: {}", step.summary);
        let tasks = self.changed.len() as u64;
        let label = Label { at: self.now, action: self.action, tasks, summary: &summary, of: Some(step.number) };
        self.new.finish(self.conn, label)?;
        self.conn.prepare_cached("UPDATE step SET undone = ?2 WHERE n = ?1")?.execute((step.number.0, mark))?;
        Ok(Restored { step, changed: self.changed, left_alone: self.left_alone.into_iter().collect() })
    }

    fn apply(&mut self, task: TaskNumber, change: &Change) -> rusqlite::Result<bool> {
        Ok(match change {
            Change::Completion { before, after } => self.completion(task.0, *before, *after)?,
            Change::Record { before, after } => self.record(task.0, before, after)?,
            Change::Fields { before, after } => self.fields(task.0, before, after)?,
            // The records of which a task is made go with its own.
            Change::Parts { .. } if self.left_alone.contains(&task) => false,
            Change::Parts { after, .. } => thread::store(self.conn, task.0, after).map(|_| true)?,
            Change::Presence { last, before, after } => {
                let run = Run { first: task.0, last: last.0, before: *before, after: *after };
                let moved = self.run_of_tasks(run)?;
                self.changed.extend(moved);
                true
            }
        })
    }

    fn completion(
        &mut self,
        number: i64,
        before: Option<Completion>,
        after: Option<Completion>,
    ) -> rusqlite::Result<bool> {
        let is_ours = |head: &Head| head.completed == before || self.put_back.contains(&number);
        let Some(head) = Head::read(self.conn, number)?.filter(is_ours) else { return Ok(false) };
        if head.completed == after {
            return Ok(true);
        }
        set_completion(self.conn, self.shapes, &head, after, &mut self.counts)?;
        self.changed.push(TaskNumber(number));
        Ok(true)
    }

    fn record(&mut self, number: i64, before: &str, after: &str) -> rusqlite::Result<bool> {
        let Some(StoredTask { record, task, completed, .. }) = page::fetch(self.conn, self.shapes, number)? else {
            return Ok(false);
        };
        if record.to_json() != before {
            return Ok(false);
        }
        let bad = |what: String| BadRow { number, what };
        let record = import::parse_record(after).map_err(bad)?;
        let new = Task::read(&record).map_err(|e| bad(e.to_string()))?;
        // The completion's own entry follows and sets the time.
        let now = completed.or(new.updated.or(new.created).map(|at| Completion { at, about: true }));
        let completed = new.is_complete.then(|| now.unwrap_or(Completion { at: DateTime::UNIX_EPOCH, about: true }));
        let packed = Packed::new(&record, &new, None);
        let columns = packed.columns(self.conn, &mut self.dictionary, completed)?;
        import::count(self.conn, number, -1, &mut self.counts)?;
        if new.id != task.id {
            lend_ids(self.conn, (number, number))?;
            self.lent.push((number, number));
        }
        import::update(self.conn, number, &columns)?;
        import::count(self.conn, number, 1, &mut self.counts)?;
        self.counts.replaced(number, &task, &new);
        self.put_back.insert(number);
        self.changed.push(TaskNumber(number));
        Ok(true)
    }

    fn run_of_tasks(&mut self, run: Run) -> rusqlite::Result<Vec<TaskNumber>> {
        if !self.lends || run.after != Presence::Here {
            return run.apply(self.conn, &mut self.counts, self.now);
        }
        let ends = (run.first, run.last);
        self.lent.push(ends);
        run.arrive_without_ids(self.conn, &mut self.counts, self.now)
    }

    fn fields(&mut self, number: i64, before: &Record<'static>, after: &Record<'static>) -> rusqlite::Result<bool> {
        let Some(head) = Head::read(self.conn, number)? else { return Ok(false) };
        // A field with one value before and after is only noted: its record may have changed
        // once more in the step, and was put back already.
        let is_changed = |name: &str| before.get(name) != after.get(name);
        let changed_of = |side: &Record<'static>| {
            let fields = side.fields().iter().filter(|field| is_changed(&field.name));
            // Only a name that comes twice could fail, and the whole record has none.
            Record::from_fields(fields.cloned().collect()).unwrap_or_default()
        };
        let (before, after) = (&changed_of(before), &changed_of(after));
        if before == after {
            return Ok(true);
        }
        let mut setting = Setting {
            conn: self.conn,
            shapes: self.shapes,
            dictionary: &mut self.dictionary,
            counts: &mut self.counts,
        };
        let done = setting.replace(&head, before, after)?;
        if done {
            self.changed.push(TaskNumber(number));
        }
        Ok(done)
    }
}
