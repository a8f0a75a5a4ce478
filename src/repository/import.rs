//! Taking in tasks by id, in one transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::counter::{Differences, Group};
use super::dictionary::Dictionary;
use super::error::BadRow;
use super::journal::{Label, NewStep};
use super::row::{Columns, Packed};
use super::{Repository, Result, page, schema};
use crate::domain::change::{Action, Change, StepNumber};
use crate::domain::record::Record;
use crate::domain::task::{Completion, StoredTask, Task, TaskNumber};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// No task had its id.
    New,
    /// The task with its id changed.
    Updated,
    /// Nothing had to change: the same, or older than what is held.
    Unchanged,
}

/// An import under way: one transaction, rolled back when dropped before
/// [`Importer::finish`]. It takes memory for what repeats, not for what it takes in.
#[derive(Debug)]
pub struct Importer<'r> {
    repository: &'r mut Repository,
    now: DateTime<Utc>,
    step: StepNumber,
    dictionary: Dictionary,
    counts: Differences,
    /// The numbers of the new tasks: one run, for nobody else writes meanwhile.
    added: Option<(i64, i64)>,
    next: i64,
    touched: u64,
    /// An empty file gets its indexes last: building them is cheaper than keeping them.
    indexes_last: bool,
    finished: bool,
}

impl Repository {
    /// Begins an import. `now` is the time of the step.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn importer(&mut self, now: DateTime<Utc>) -> Result<Importer<'_>> {
        match begin(&self.conn) {
            Ok(Begun { step, next, indexes_last }) => Ok(Importer {
                repository: self,
                now,
                step,
                dictionary: Dictionary::default(),
                counts: Differences::default(),
                added: None,
                next,
                touched: 0,
                indexes_last,
                finished: false,
            }),
            Err(e) => {
                end(&self.conn);
                Err(self.error(e))
            }
        }
    }
}

/// In memory the sorters of the index builds would hold every row; foreign keys hold
/// by construction, for every number comes from the dictionaries.
const BEGIN: &str = "PRAGMA temp_store = FILE; PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE";
const END: &str = "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON";

struct Begun {
    step: StepNumber,
    next: i64,
    indexes_last: bool,
}

fn begin(conn: &Connection) -> rusqlite::Result<Begun> {
    conn.execute_batch(BEGIN)?;
    let step = NewStep::begin(conn)?.number;
    let next: i64 = conn.query_row("SELECT coalesce(max(n), 0) + 1 FROM task", [], |row| row.get(0))?;
    let indexes_last = next == 1;
    if indexes_last {
        for (name, _) in schema::TASK_INDEXES {
            conn.execute_batch(&format!("DROP INDEX {name}"))?;
        }
    }
    Ok(Begun { step, next, indexes_last })
}

/// Best effort: after some errors SQLite has rolled back by itself.
fn end(conn: &Connection) {
    if !conn.is_autocommit() {
        drop(conn.execute_batch("ROLLBACK"));
    }
    drop(conn.execute_batch(END));
}

impl Drop for Importer<'_> {
    fn drop(&mut self) {
        if !self.finished {
            end(&self.repository.conn);
        }
    }
}

impl Importer<'_> {
    /// Takes a whole record in. Where its source told no exact time of completion,
    /// `date_updated` stands in for it, as "about". A completion changed here and not yet
    /// sent to Close is kept.
    ///
    /// # Errors
    /// When the file cannot be written; the import is then over.
    pub fn take(&mut self, packed: &Packed) -> Result<Taken> {
        self.take_inner(packed).map_err(|e| self.repository.error(e))
    }

    /// The record held for an id, so that a source that carries only some of the fields
    /// can be merged with it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn held(&mut self, id: &str) -> Result<Option<Record<'static>>> {
        let held = self.find(id).map_err(|e| self.repository.error(e))?;
        Ok(held.map(|stored| stored.record))
    }

    /// Commits, as one step of the journal with this summary. On disk when it returns.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing was taken in.
    pub fn finish(mut self, summary: &str) -> Result<()> {
        let done = self.commit(summary);
        self.finished = done.is_ok();
        if self.finished {
            end(&self.repository.conn);
            // The log of a large import is as large as the import.
            self.repository.checkpoint()?;
        }
        done.map_err(|e| self.repository.error(e))
    }

    fn commit(&mut self, summary: &str) -> rusqlite::Result<()> {
        let conn = &self.repository.conn;
        let step = NewStep { number: self.step };
        self.counts.write(conn)?;
        if let Some((first, last)) = self.added {
            step.record(conn, first, &Change::Added { last: TaskNumber(last) })?;
        }
        if self.touched > 0 {
            step.finish(conn, Label { at: self.now, action: Action::Import, tasks: self.touched, summary, of: None })?;
        }
        if self.indexes_last {
            for (_, sql) in schema::TASK_INDEXES {
                conn.execute_batch(sql)?;
            }
        }
        conn.execute_batch("COMMIT")
    }

    fn take_inner(&mut self, packed: &Packed) -> rusqlite::Result<Taken> {
        let done = self.completion(packed, None);
        let conn = &self.repository.conn;
        let columns = packed.columns(conn, &mut self.dictionary, done)?;
        if insert(conn, self.next, &columns)? {
            self.counts.add(group(&columns), 1);
            self.added = Some(self.added.map_or((self.next, self.next), |(first, _)| (first, self.next)));
            self.next += 1;
            self.touched += 1;
            return Ok(Taken::New);
        }
        match self.find(&packed.id)? {
            Some(held) => self.update_held(&held, packed),
            None => {
                // Undo took it out of the file; what comes now is a new task.
                conn.prepare_cached("DELETE FROM task WHERE id = ?1")?.execute([&packed.id])?;
                self.take_inner(packed)
            }
        }
    }

    fn update_held(&mut self, held: &StoredTask, packed: &Packed) -> rusqlite::Result<Taken> {
        if held.task.updated.zip(packed.updated).is_some_and(|(held, new)| new < held) {
            return Ok(Taken::Unchanged);
        }
        let bad = |what: String| BadRow { number: held.number.0, what };
        let mut record = parse_record(&packed.record).map_err(bad)?;
        let kept = packed.complete != held.task.is_complete && self.is_changed_here(held)?;
        let repacked = if kept {
            record.set("is_complete", held.task.is_complete.to_string());
            let task = Task::read(&record).map_err(|e| bad(e.to_string()))?;
            Some(Packed::new(&record, &task, packed.told))
        } else {
            None
        };
        let packed = repacked.as_ref().unwrap_or(packed);
        let done = self.completion(packed, held.completed);
        if is_same(&held.record, &record) && done == held.completed {
            return Ok(Taken::Unchanged);
        }
        let (conn, number) = (&self.repository.conn, held.number.0);
        let columns = packed.columns(conn, &mut self.dictionary, done)?;
        count(conn, number, -1, &mut self.counts)?;
        update(conn, number, &columns)?;
        count(conn, number, 1, &mut self.counts)?;
        // What came new in this very import needs no way back of its own.
        if self.added.is_none_or(|(first, _)| number < first) {
            self.journal(held, &record, done)?;
        }
        self.touched += 1;
        Ok(Taken::Updated)
    }

    fn journal(&self, held: &StoredTask, record: &Record<'_>, done: Option<Completion>) -> rusqlite::Result<()> {
        let (conn, number) = (&self.repository.conn, held.number.0);
        let step = NewStep { number: self.step };
        if !is_same(&held.record, record) {
            let change = Change::Record { before: held.record.to_json(), after: record.to_json() };
            step.record(conn, number, &change)?;
        }
        if done != held.completed {
            step.record(conn, number, &Change::Completion { before: held.completed, after: done })?;
        }
        Ok(())
    }

    /// The exact time if it is known here or told by the source, else what is held, else
    /// about the last update.
    fn completion(&self, packed: &Packed, held: Option<Completion>) -> Option<Completion> {
        if !packed.complete {
            return None;
        }
        let told = packed.told.map(|at| Completion { at, about: false });
        let about = || Completion { at: packed.updated.or(packed.created).unwrap_or(self.now), about: true };
        Some(held.filter(|held| !held.about).or(told).or(held).unwrap_or_else(about))
    }

    /// Whether its completion was changed here since it came, so that the change waits
    /// to be sent.
    fn is_changed_here(&self, held: &StoredTask) -> rusqlite::Result<bool> {
        let mut oldest = self.repository.conn.prepare_cached(
            "SELECT before IS NOT NULL FROM change JOIN step ON step.n = change.step
             WHERE change.task = ?1 AND field = 'completion' AND action IN ('complete', 'reopen') ORDER BY step LIMIT 1",
        )?;
        let came_complete: Option<bool> = oldest.query_row([held.number.0], |row| row.get(0)).optional()?;
        Ok(came_complete.is_some_and(|came| came != held.task.is_complete))
    }

    fn find(&self, id: &str) -> rusqlite::Result<Option<StoredTask>> {
        let conn = &self.repository.conn;
        let mut select = conn.prepare_cached("SELECT n FROM task WHERE id = ?1 AND state < 2")?;
        let number: Option<i64> = select.query_row([id], |row| row.get(0)).optional()?;
        number.map_or(Ok(None), |number| page::fetch(conn, &self.repository.shapes, number))
    }
}

/// The same fields with the same values, in whatever order.
fn is_same(held: &Record<'_>, new: &Record<'_>) -> bool {
    held.fields().len() == new.fields().len()
        && (held.fields() == new.fields() || new.fields().iter().all(|f| held.get(&f.name) == Some(&*f.json)))
}

fn group(columns: &Columns<'_>) -> Group {
    let kept_for = (i64::from(columns.complete), columns.task_type, columns.rep.unwrap_or(0));
    Group::new(kept_for, columns.day, columns.at)
}

/// Counts a stored task, or takes it out of the counts.
pub(super) fn count(conn: &Connection, number: i64, by: i64, counts: &mut Differences) -> rusqlite::Result<()> {
    let mut select = conn.prepare_cached(&format!("SELECT {} FROM task WHERE n = ?1", Group::COLUMNS))?;
    let group = select.query_row([number], Group::read)?;
    counts.add(group, by);
    Ok(())
}

/// Inserts a row; false where its id is taken.
fn insert(conn: &Connection, number: i64, c: &Columns<'_>) -> rusqlite::Result<bool> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO task (n, id, type, state, day, at, done_at, done_about, created, updated, rep, lead, contact,
           organization, created_by, updated_by, shape, fields)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) ON CONFLICT (id) DO NOTHING",
    )?;
    let new = insert.execute(rusqlite::params![
        number,
        c.id,
        c.task_type,
        i64::from(c.complete),
        c.day,
        c.at,
        c.completed.map(|(at, _)| at),
        c.completed.is_some_and(|(_, about)| about),
        c.created,
        c.updated,
        c.rep,
        c.lead,
        c.contact,
        c.organization,
        c.created_by,
        c.updated_by,
        c.shape,
        c.fields
    ])?;
    Ok(new == 1)
}

/// Replaces the columns of a row; its number and id stay.
pub(super) fn update(conn: &Connection, number: i64, c: &Columns<'_>) -> rusqlite::Result<()> {
    let mut update = conn.prepare_cached(
        "UPDATE task SET type = ?2, state = ?3, day = ?4, at = ?5, done_at = ?6, done_about = ?7, created = ?8,
           updated = ?9, rep = ?10, lead = ?11, contact = ?12, organization = ?13, created_by = ?14, updated_by = ?15,
           shape = ?16, fields = ?17
         WHERE n = ?1",
    )?;
    let changed = update.execute(rusqlite::params![
        number,
        c.task_type,
        i64::from(c.complete),
        c.day,
        c.at,
        c.completed.map(|(at, _)| at),
        c.completed.is_some_and(|(_, about)| about),
        c.created,
        c.updated,
        c.rep,
        c.lead,
        c.contact,
        c.organization,
        c.created_by,
        c.updated_by,
        c.shape,
        c.fields
    ]);
    changed.map(drop)
}

/// Reads a record that the journal kept.
pub(super) fn parse_record(json: &str) -> std::result::Result<Record<'static>, String> {
    serde_json::from_str(json).map_err(|e| e.to_string())
}
