//! An email task that a person re-opens, or gives to a rep, where its thread has an open
//! task of that rep: it joins that one, for a rep's unread emails of a thread are one task.
//!
//! The records of which both are made stay as they came ([`thread`]); the open task keeps
//! its number, its rep and what was written beside it. The journal tells of it what the
//! whole step did as one record, so that undo and redo go over it in one order.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::super::counter::Differences;
use super::super::dictionary::Dictionary;
use super::super::fields::{self, Setting};
use super::super::head::Head;
use super::super::journal::NewStep;
use super::super::presence::Run;
use super::super::row::Packed;
use super::super::shape::Shapes;
use super::super::{import, list::page, thread};
use crate::domain::change::{Change, Presence};
use crate::domain::edit::{self, local_fields};
use crate::domain::record::Record;
use crate::domain::task::{StoredTask, Task};
use crate::domain::thread::{united, united_date};

/// What a reunion needs of the edit under way.
pub(super) struct Reunion<'w> {
    pub(super) conn: &'w Connection,
    pub(super) shapes: &'w Shapes,
    pub(super) dictionary: &'w mut Dictionary,
    pub(super) counts: &'w mut Differences,
    pub(super) step: &'w NewStep,
    pub(super) now: DateTime<Utc>,
}

impl Reunion<'_> {
    /// Lets an open email task join another of its thread and rep, if there is one: the
    /// number of that one.
    pub(super) fn join(&mut self, number: i64) -> rusqlite::Result<Option<i64>> {
        let key = "SELECT t.thread, r.id FROM task t LEFT JOIN rep r ON r.n = t.rep WHERE t.n = ?1 AND t.state = 0";
        let mut select = self.conn.prepare_cached(key)?;
        let found = select.query_row([number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        drop(select);
        let Some((Some(thread), rep)): Option<(Option<String>, Option<String>)> = found else { return Ok(None) };
        let Some(other) = thread::open_task(self.conn, &thread, rep.as_deref(), Some(number))? else {
            return Ok(None);
        };
        let fetch = |number| page::fetch(self.conn, self.shapes, number);
        let (Some(stays), Some(goes)) = (fetch(other)?, fetch(number)?) else { return Ok(None) };
        let step = Some(self.step.number);
        let mut parts = thread::parts_of(self.conn, &stays, step)?;
        parts.extend(thread::parts_of(self.conn, &goes, step)?);
        let whole = whole(&stays, &goes, &parts).map_err(|e| fields::broken(other, e))?;
        self.leave(&goes)?;
        self.take_in(stays, whole, &parts)?;
        Ok(Some(other))
    }

    fn leave(&mut self, goes: &StoredTask) -> rusqlite::Result<()> {
        let number = goes.number.0;
        thread::replace(self.conn, self.step, number, &[])?;
        let run = Run { first: number, last: number, before: Presence::Here, after: Presence::Joined };
        run.apply(self.conn, self.counts, self.now)?;
        let change = Change::Presence { last: goes.number, before: run.before, after: run.after };
        self.step.record(self.conn, number, &change)
    }

    fn take_in(&mut self, stays: StoredTask, whole: StoredTask, parts: &[Record<'static>]) -> rusqlite::Result<()> {
        let number = stays.number.0;
        thread::replace(self.conn, self.step, number, parts)?;
        let began = self.before_the_step(stays.clone())?;
        let packed = Packed::new(&whole.record, &whole.task, None);
        let columns = packed.columns(self.conn, self.dictionary, None)?;
        import::count(self.conn, number, -1, self.counts)?;
        import::update(self.conn, number, &columns)?;
        import::count(self.conn, number, 1, self.counts)?;
        self.counts.replaced(number, &stays.task, &whole.task);
        let change = Change::Record { before: began.record.to_json(), after: whole.record.to_json() };
        self.step.record(self.conn, number, &change)?;
        let (before, now, after) = (local_fields(&began), local_fields(&stays), local_fields(&whole));
        if now != after {
            let Some(head) = Head::read(self.conn, number)? else { return Ok(()) };
            let (conn, shapes) = (self.conn, self.shapes);
            let mut setting = Setting { conn, shapes, dictionary: self.dictionary, counts: self.counts };
            setting.replace(&head, &now, &after)?;
        }
        if before != after {
            self.step.record(self.conn, number, &Change::Fields { before, after })?;
        }
        Ok(())
    }

    /// The task as it was before this step, whose changes of fields the journal then tells
    /// with the whole record.
    fn before_the_step(&self, mut stays: StoredTask) -> rusqlite::Result<StoredTask> {
        let key = (self.step.number.0, stays.number.0);
        let changed = "SELECT before, after FROM change WHERE step = ?1 AND task = ?2 AND field = 'fields'";
        let mut select = self.conn.prepare_cached(changed)?;
        let found: Option<(String, String)> = select.query_row(key, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((before, after)) = found {
            let read = |json: &str| import::parse_record(json).map_err(|e| fields::broken(stays.number.0, e));
            let (before, after) = (read(&before)?, read(&after)?);
            for field in after.fields() {
                edit::set(&mut stays, &field.name, before.get(&field.name));
            }
            let forget = "DELETE FROM change WHERE step = ?1 AND task = ?2 AND field = 'fields'";
            self.conn.prepare_cached(forget)?.execute(key)?;
        }
        let reopened = "SELECT 1 FROM change WHERE step = ?1 AND task = ?2 AND field = 'completion'";
        if self.conn.prepare_cached(reopened)?.exists(key)? {
            stays.record.set("is_complete", "true");
        }
        Ok(stays)
    }
}

/// The task that both are: the emails of both, the earlier date, the notes of both.
fn whole(
    stays: &StoredTask,
    goes: &StoredTask,
    parts: &[Record<'static>],
) -> Result<StoredTask, crate::domain::record::RecordError> {
    let mut whole = stays.clone();
    whole.record = united(parts)?;
    for name in ["assigned_to", "assigned_to_name"] {
        whole.record.put(name, stays.record.get(name).map(str::to_owned));
    }
    whole.record.set("is_complete", "false");
    let (date, is_snoozed) = united_date(stays, goes);
    if date != "null" {
        whole.record.set("date", date);
    }
    whole.local.is_snoozed = is_snoozed;
    whole.local.take_in(&goes.local);
    whole.task = Task::read(&whole.record)?;
    Ok(whole)
}
