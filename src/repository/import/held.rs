//! A record that meets a task of its id: newer, older, changed here, or no longer there.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::joining::has_id;
use super::{Importer, Taken, count, is_same, parse_record, update};
use crate::domain::change::{Change, Presence};
use crate::domain::edit::local_fields;
use crate::domain::record::Record;
use crate::domain::task::{Completion, Local, StoredTask, Task, TaskNumber};
use crate::domain::thread::{earlier, has_arrival};
use crate::repository::counter::Group;
use crate::repository::error::BadRow;
use crate::repository::fields::Setting;
use crate::repository::head::Head;
use crate::repository::list::page;
use crate::repository::presence::{presence_of, state, states};
use crate::repository::row::Packed;
use crate::repository::thread;
use crate::repository::unsent::Unsent;

/// What is known of a record beside its fields.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Source<'s> {
    /// The exact time of completion.
    pub(super) told: Option<DateTime<Utc>>,
    /// The earliest date of emails that came new to a thread, as JSON; `null` where they
    /// have none. The task comes back with it, also where a snooze had put it off, and is
    /// open again where it was completed here.
    pub(super) newcomer: Option<&'s str>,
    /// The date that stands, as JSON, where two tasks become one.
    pub(super) date: Option<&'s str>,
    /// Whether it is newer than what is held, so that it knows what was sent to Close.
    pub(super) is_newer: bool,
}

impl Importer<'_> {
    /// Takes a record whose id is that of a task of the file.
    pub(super) fn meet(&mut self, packed: &Packed) -> rusqlite::Result<Taken> {
        match self.find(&packed.id)? {
            // Then it is one of those of which that task is made.
            Some(held) if self.unite_if_waiting(held.number.0)? => self.update_part(held.number.0, packed),
            Some(held) => self.update_held(&held, packed),
            None => Ok(Taken::Unchanged),
        }
    }

    /// Takes a record whose id is that of a task which has left the file; `None` where
    /// there is none, or another has its id, or its arrival was taken back: what comes now
    /// is a new task.
    pub(super) fn meet_gone(&mut self, packed: &Packed) -> rusqlite::Result<Option<Taken>> {
        let Some((number, from)) = self.gone(&packed.id)? else { return Ok(None) };
        if from == Presence::Deleted && !self.opens_deleted(number, packed)? {
            // That it was deleted here is a change that stands.
            return Ok(Some(Taken::StaysDeleted));
        }
        self.bring_back(number, from)?;
        if let Some(held) = self.fetch(number)? {
            self.update_held(&held, packed)?;
        }
        Ok(Some(Taken::New))
    }

    /// The task that had an id when it left the file, and where it went; `None` where one in
    /// the file has it.
    fn gone(&self, id: &str) -> rusqlite::Result<Option<(i64, Presence)>> {
        if !self.has_gone {
            return Ok(None);
        }
        // One that joined another lives on in that one: what became of that one counts.
        let mut select = self.repository.conn.prepare_cached(&format!(
            "SELECT n, state FROM task WHERE id = ?1 AND gone > 0 AND state NOT IN ({})
               AND NOT EXISTS (SELECT 1 FROM task here WHERE here.id = ?1 AND here.gone = 0)
             ORDER BY state IN ({}), gone DESC LIMIT 1",
            states(Presence::NotYet),
            states(Presence::Joined)
        ))?;
        let found = select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((number, at)): Option<(i64, i64)> = found else { return Ok(None) };
        Ok(Some((number, presence_of(number, at)?)))
    }

    /// The record of a task that has left the file, as it was then.
    pub(super) fn gone_record(&self, id: &str) -> rusqlite::Result<Option<Record<'static>>> {
        let Some((number, _)) = self.gone(id)? else { return Ok(None) };
        let left = page::fetch_gone(&self.repository.conn, &self.repository.shapes, number)?;
        Ok(left.map(|task| task.record))
    }

    /// Whether a record tells of a new email of a task that was deleted here: that one is
    /// still to be read.
    pub(super) fn opens_deleted(&self, number: i64, packed: &Packed) -> rusqlite::Result<bool> {
        let (conn, shapes) = (&self.repository.conn, &self.repository.shapes);
        let Some(left) = page::fetch_gone(conn, shapes, number)? else { return Ok(false) };
        let record = parse(number, &packed.record)?;
        if !has_arrival(&left.task, &record) {
            return Ok(false);
        }
        let part = thread::parts(conn, number)?.into_iter().find(|part| has_id(part, &packed.id));
        let known = part.as_ref().and_then(|part| Task::read(part).ok()).unwrap_or(left.task);
        Ok(known.updated.zip(packed.updated).is_none_or(|(known, new)| known <= new))
    }

    /// Takes a record for a task that stands in the file for itself.
    pub(super) fn update_held(&mut self, held: &StoredTask, packed: &Packed) -> rusqlite::Result<Taken> {
        if held.task.updated.zip(packed.updated).is_some_and(|(held, new)| new < held) {
            return Ok(Taken::Unchanged);
        }
        let record = parse(held.number.0, &packed.record)?;
        let newcomer = has_arrival(&held.task, &record).then(|| record.get("date").unwrap_or("null").to_owned());
        let is_newer = held.task.updated.zip(packed.updated).is_some_and(|(held, new)| held < new);
        self.replace(held, record, Source { told: packed.told, newcomer: newcomer.as_deref(), date: None, is_newer })
    }

    /// Puts a record in the place of a held one, but for what was changed here.
    pub(super) fn replace(
        &mut self,
        held: &StoredTask,
        mut record: Record<'static>,
        source: Source<'_>,
    ) -> rusqlite::Result<Taken> {
        let number = held.number.0;
        let mut settled = (Record::new(), false);
        // Nobody has changed yet what came with this import.
        if !self.is_new_here(number) && !is_same(&held.record, &record) {
            let complete = record.get("is_complete").map(str::to_owned);
            let mut unsent = Unsent::of(&self.repository.conn, held)?;
            if source.is_newer {
                settled = unsent.settle(&record, held);
            }
            unsent.lay_over(&mut record, held);
            if source.newcomer.is_some() && held.task.is_complete {
                record.put("is_complete", complete);
            }
        }
        if let Some(date) = source.date {
            record.set("date", date.to_owned());
        }
        let comes_back = source.newcomer.filter(|date| {
            let now = record.get("date").unwrap_or("null");
            earlier(now, date) != now
        });
        if let Some(date) = comes_back {
            record.set("date", date.to_owned());
        }
        let bad = |e: crate::domain::record::RecordError| BadRow { number, what: e.to_string() };
        let task = Task::read(&record).map_err(bad)?;
        let packed = Packed::new(&record, &task, source.told);
        let done = self.completion(&packed, held.completed);
        if is_same(&held.record, &record) && done == held.completed {
            return Ok(Taken::Unchanged);
        }
        let conn = &self.repository.conn;
        let columns = packed.columns(conn, &mut self.dictionary, done)?;
        count(conn, number, -1, &mut self.counts)?;
        update(conn, number, &columns)?;
        count(conn, number, 1, &mut self.counts)?;
        self.counts.replaced(number, &held.task, &task);
        if !self.is_new_here(number) {
            self.journal(held, &record, done, settled)?;
        }
        if comes_back.is_some() && held.local.is_snoozed {
            // An email brought its date forward: it is no longer put off.
            self.set_local(number, |local| local.is_snoozed = false)?;
        }
        self.touched += 1;
        Ok(Taken::Updated)
    }

    /// Changes what is kept beside a task.
    pub(super) fn set_local(&mut self, number: i64, change: impl FnOnce(&mut Local)) -> rusqlite::Result<()> {
        let (Some(mut held), Some(head)) = (self.fetch(number)?, Head::read(&self.repository.conn, number)?) else {
            return Ok(());
        };
        let before = local_fields(&held);
        change(&mut held.local);
        let after = local_fields(&held);
        if before == after {
            return Ok(());
        }
        let (conn, shapes) = (&self.repository.conn, &self.repository.shapes);
        let (dictionary, counts) = (&mut self.dictionary, &mut self.counts);
        let done = Setting { conn, shapes, dictionary, counts }.replace(&head, &before, &after)?;
        if done && !self.is_new_here(number) {
            self.step().record(&self.repository.conn, number, &Change::Fields { before, after })?;
        }
        Ok(())
    }

    /// Tells of a change, and of the fields and the completion that Close now says too.
    fn journal(
        &self,
        held: &StoredTask,
        record: &Record<'_>,
        done: Option<Completion>,
        (settled, is_completion): (Record<'static>, bool),
    ) -> rusqlite::Result<()> {
        let (conn, number) = (&self.repository.conn, held.number.0);
        if held.record != *record {
            let change = Change::Record { before: held.record.to_json(), after: record.to_json() };
            self.step().record(conn, number, &change)?;
        }
        if !settled.fields().is_empty() {
            self.step().record(conn, number, &Change::Fields { before: settled.clone(), after: settled })?;
        }
        if done != held.completed || is_completion {
            self.step().record(conn, number, &Change::Completion { before: held.completed, after: done })?;
        }
        Ok(())
    }

    /// Brings a task back that had left the file.
    pub(super) fn bring_back(&mut self, number: i64, from: Presence) -> rusqlite::Result<()> {
        let conn = &self.repository.conn;
        let mut select = conn.prepare_cached(&format!("SELECT {} FROM task WHERE n = ?1", Group::COLUMNS))?;
        let away = select.query_row([number], Group::read)?;
        let here = away.state - state(from, false);
        self.counts.moved(away, here);
        let mut update = conn.prepare_cached("UPDATE task SET state = ?2, gone = 0, arrived = ?3 WHERE n = ?1")?;
        update.execute((number, here, self.now.timestamp()))?;
        // Where it left in this very import, it is as if it had not.
        let forget = "DELETE FROM change WHERE step = ?1 AND task = ?2 AND field = 'left'";
        if conn.prepare_cached(forget)?.execute((self.step.0, number))? == 0 {
            let change = Change::Presence { last: TaskNumber(number), before: from, after: Presence::Here };
            self.step().record(conn, number, &change)?;
        }
        self.touched += 1;
        Ok(())
    }

    /// The exact time if it is known here or told by the source, else what is held, else
    /// about the last update.
    pub(super) fn completion(&self, packed: &Packed, held: Option<Completion>) -> Option<Completion> {
        if !packed.complete {
            return None;
        }
        let told = packed.told.map(|at| Completion { at, about: false });
        let about = || Completion { at: packed.updated.or(packed.created).unwrap_or(self.now), about: true };
        Some(held.filter(|held| !held.about).or(told).or(held).unwrap_or_else(about))
    }
}

/// Reads a record of a task.
pub(super) fn parse(number: i64, json: &str) -> rusqlite::Result<Record<'static>> {
    parse_record(json).map_err(|what| BadRow { number, what }.into())
}
