//! Taking in tasks by id, in one transaction. What a record does that meets a held task
//! is in `held`, what one does that belongs to an email thread in `joining`, which ids an
//! empty file has got in `ids`.

mod held;
mod ids;
mod joining;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::counter::{Differences, Group};
use super::dictionary::Dictionary;
use super::journal::{Label, NewStep};
use super::row::{Columns, Packed};
use super::{Repository, Result, journal, list::page, list::words, schema, thread};
use crate::domain::change::{Action, Change, Presence, StepNumber};
use crate::domain::record::Record;
use crate::domain::task::{StoredTask, TaskNumber};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// No task had its id.
    New,
    /// The task with its id changed.
    Updated,
    /// Nothing had to change: the same, or older than what is held.
    Unchanged,
    /// Its task was deleted here, and stays so.
    StaysDeleted,
}

/// An import under way: one transaction, rolled back when dropped before
/// [`Importer::finish`]. It takes memory for what repeats, not for what it takes in; into an
/// empty file also four bytes an id, for some two million.
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
    waiting: joining::Waiting,
    words: words::Waiting,
    /// Whether any task has left the file: a record may be of one of those.
    has_gone: bool,
    /// An empty file gets its indexes last: building them is cheaper than keeping them.
    indexes_last: bool,
    ids: ids::Ids,
    finished: bool,
}

impl Repository {
    /// Begins an import. `now` is the time of the step.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn importer(&mut self, now: DateTime<Utc>) -> Result<Importer<'_>> {
        match self.identity.confirm(&self.path).map_err(Into::into).and_then(|()| begin(&self.conn)) {
            Ok(Begun { step, next, has_parts, has_gone, indexes_last }) => Ok(Importer {
                repository: self,
                now,
                step,
                dictionary: if indexes_last { Dictionary::of_empty_file() } else { Dictionary::default() },
                counts: Differences::default(),
                added: None,
                next,
                touched: 0,
                waiting: joining::Waiting::new(has_parts),
                words: words::Waiting::default(),
                has_gone,
                indexes_last,
                ids: ids::Ids::new(indexes_last),
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
const END: &str = "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384";
/// A sorter takes as much memory again as the cache has.
const BUILD: &str = "PRAGMA cache_size = -8192";

struct Begun {
    step: StepNumber,
    next: i64,
    has_parts: bool,
    has_gone: bool,
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
        conn.execute_batch("DROP INDEX task_id")?;
    }
    let has_parts = thread::any(conn)?;
    let leaving = "SELECT 1 FROM step WHERE action IN ('delete', 'purge', 'undo') LIMIT 1";
    let has_gone = has_parts || conn.prepare_cached(leaving)?.exists([])?;
    Ok(Begun { step, next, has_parts, has_gone, indexes_last })
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
            self.repository.shapes.forget();
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
        self.held_inner(id).map_err(|e| self.repository.error(e))
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
            // The log of a large import is as large as the import. What is on disk is on
            // disk, also where the file has no room for it yet.
            drop(self.repository.checkpoint());
        }
        done.map_err(|e| self.repository.error(e))
    }

    fn commit(&mut self, summary: &str) -> rusqlite::Result<()> {
        self.unite_waiting()?;
        let conn = &self.repository.conn;
        let step = NewStep { number: self.step, joined: 0 };
        // What is known of the file is not asked for any more, and takes memory.
        self.dictionary = Dictionary::default();
        self.words.write(conn)?;
        self.counts.write(conn, &self.repository.shapes)?;
        if let Some((first, last)) = self.added {
            let (last, before, after) = (TaskNumber(last), Presence::NotYet, Presence::Here);
            step.record(conn, first, &Change::Presence { last, before, after })?;
        }
        if self.touched > 0 {
            step.finish(conn, Label { at: self.now, action: Action::Import, tasks: self.touched, summary, of: None })?;
            if let Some(by) = self.repository.signature.as_deref() {
                journal::sign(conn, StepNumber(self.step.0 - 1), by)?;
            }
        }
        if self.indexes_last {
            conn.execute_batch(BUILD)?;
            self.ids.index(conn)?;
            for (_, sql) in schema::TASK_INDEXES {
                conn.execute_batch(sql)?;
            }
        }
        self.repository.identity.confirm(&self.repository.path)?;
        conn.execute_batch("COMMIT")
    }

    fn take_inner(&mut self, packed: &Packed) -> rusqlite::Result<Taken> {
        if self.ids.is_first(&self.repository.conn, packed.key)? {
            return self.take_new(packed);
        }
        if let Some(head) = self.head_of(&packed.id)? {
            return self.update_part(head, packed);
        }
        match self.thread_of(packed).is_some() {
            true => self.take_email(packed),
            false => self.take_alone(packed),
        }
    }

    /// Takes a task that joins no other.
    fn take_alone(&mut self, packed: &Packed) -> rusqlite::Result<Taken> {
        let met = match self.meet_gone(packed)? {
            Some(taken) => taken,
            None if self.insert_new(packed)? => return Ok(Taken::New),
            None => self.meet(packed)?,
        };
        // An email's task that was re-opened here is open, though it comes complete.
        if packed.thread.is_some() {
            self.join_other(&packed.id)?;
        }
        Ok(met)
    }

    /// Takes a record whose id no task has or had: into the open task of its thread, or alone.
    fn take_new(&mut self, packed: &Packed) -> rusqlite::Result<Taken> {
        if let Some((thread, rep)) = self.thread_of(packed)
            && let Some(head) = thread::open_task(&self.repository.conn, thread, rep, None)?
        {
            self.add_part(head, &packed.id, &packed.record)?;
            self.unite_if_many_wait()?;
            return Ok(Taken::Updated);
        }
        if self.insert_new(packed)? { Ok(Taken::New) } else { self.meet(packed) }
    }

    /// Inserts a task unless its id is held.
    fn insert_new(&mut self, packed: &Packed) -> rusqlite::Result<bool> {
        let done = self.completion(packed, None);
        let conn = &self.repository.conn;
        let columns = packed.columns(conn, &mut self.dictionary, done)?;
        if !insert(conn, self.next, &columns, self.now)? {
            return Ok(false);
        }
        self.words.put(conn, self.next, &packed.words)?;
        // Nothing has been changed yet that would make a run of each: then who reads need
        // not wait while many are written.
        if self.ids.are_all_new() {
            self.words.write(conn)?;
        }
        self.counts.add(group(&columns), 1);
        self.added = Some(self.added.map_or((self.next, self.next), |(first, _)| (first, self.next)));
        self.next += 1;
        self.touched += 1;
        Ok(true)
    }

    /// Whether a task came with this very import: it needs no way back of its own.
    fn is_new_here(&self, number: i64) -> bool {
        self.added.is_some_and(|(first, _)| number >= first)
    }

    fn find(&self, id: &str) -> rusqlite::Result<Option<StoredTask>> {
        let conn = &self.repository.conn;
        let mut select = conn.prepare_cached("SELECT n FROM task WHERE id = ?1 AND gone = 0")?;
        let number: Option<i64> = select.query_row([id], |row| row.get(0)).optional()?;
        number.map_or(Ok(None), |number| self.fetch(number))
    }

    fn fetch(&self, number: i64) -> rusqlite::Result<Option<StoredTask>> {
        page::fetch(&self.repository.conn, &self.repository.shapes, number)
    }

    fn step(&self) -> NewStep {
        NewStep { number: self.step, joined: 0 }
    }
}

/// The same fields with the same values, in whatever order.
pub(super) fn is_same(held: &Record<'_>, new: &Record<'_>) -> bool {
    held.fields().len() == new.fields().len()
        && (held.fields() == new.fields() || new.fields().iter().all(|f| held.get(&f.name) == Some(&*f.json)))
}

pub(super) fn group(columns: &Columns<'_>) -> Group {
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

/// Inserts a row that comes now; false where its id is taken. Which uniqueness is meant is
/// not said, for the index of ids may not be there yet.
pub(super) fn insert(conn: &Connection, number: i64, c: &Columns<'_>, now: DateTime<Utc>) -> rusqlite::Result<bool> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO task (n, id, type, state, day, at, done_at, done_about, created, updated, rep, lead, contact,
           organization, created_by, updated_by, shape, fields, thread, arrived, flags, gone)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, 0, 0)
         ON CONFLICT DO NOTHING",
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
        c.fields,
        c.thread,
        now.timestamp()
    ])?;
    Ok(new == 1)
}

/// Replaces the columns of a row; its number and its local marks stay.
pub(super) fn update(conn: &Connection, number: i64, c: &Columns<'_>) -> rusqlite::Result<()> {
    let mut update = conn.prepare_cached(
        "UPDATE task SET type = ?2, state = ?3, day = ?4, at = ?5, done_at = ?6, done_about = ?7, created = ?8,
           updated = ?9, rep = ?10, lead = ?11, contact = ?12, organization = ?13, created_by = ?14, updated_by = ?15,
           shape = ?16, fields = ?17, thread = ?18, id = ?19
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
        c.fields,
        c.thread,
        c.id
    ]);
    changed.map(drop)
}

/// Reads a record that the journal kept.
pub(super) fn parse_record(json: &str) -> std::result::Result<Record<'static>, String> {
    serde_json::from_str(json).map_err(|e| e.to_string())
}
