//! Emails that come for a thread: they join its open task.
//!
//! The records that a task is made of are kept ([`thread`]), so that the task is the same
//! whatever order they came in, each id still finds it, and one that is completed or
//! given to somebody else leaves it again. Those that join wait until they are needed:
//! a thread of a thousand emails is united once, not a thousand times.

use std::collections::{BTreeMap, HashSet};

use super::held::{Source, parse};
use super::{Importer, Taken};
use crate::domain::change::{Change, Presence};
use crate::domain::record::Record;
use crate::domain::task::{StoredTask, Task};
use crate::domain::thread::{earlier, united};
use crate::repository::presence::Run;
use crate::repository::row::Packed;
use crate::repository::unsent::Unsent;
use crate::repository::{fields, thread};

/// Records that join tasks, by the task's number, and their ids.
#[derive(Debug)]
pub(super) struct Waiting {
    joins: BTreeMap<i64, Vec<String>>,
    ids: HashSet<String>,
    bytes: usize,
    /// Whether any task of the file is made of several records.
    has_parts: bool,
}

impl Waiting {
    /// More do not wait: memory does not grow with the file.
    const MOST: usize = 8 << 20;

    pub(super) fn new(has_parts: bool) -> Waiting {
        Waiting { joins: BTreeMap::new(), ids: HashSet::new(), bytes: 0, has_parts }
    }

    fn put(&mut self, head: i64, packed: &Packed) {
        self.bytes += packed.record.len() + packed.id.len();
        self.ids.insert(packed.id.clone());
        self.joins.entry(head).or_default().push(packed.record.clone());
    }
}

/// Whose unread emails are one task.
type Key<'p> = (&'p str, Option<&'p str>);

impl Importer<'_> {
    /// The thread and the rep of an email that is not done.
    pub(super) fn thread_of<'p>(&self, packed: &'p Packed) -> Option<Key<'p>> {
        let thread = packed.thread.as_deref().filter(|_| !packed.complete)?;
        Some((thread, packed.rep()))
    }

    /// The task that an id belongs to beside others.
    pub(super) fn head_of(&mut self, id: &str) -> rusqlite::Result<Option<i64>> {
        if self.waiting.ids.contains(id) {
            self.unite_waiting()?;
        }
        if !self.waiting.has_parts {
            return Ok(None);
        }
        thread::head(&self.repository.conn, id)
    }

    /// The record held under an id.
    pub(super) fn held_inner(&mut self, id: &str) -> rusqlite::Result<Option<Record<'static>>> {
        if let Some(head) = self.head_of(id)? {
            let parts = thread::parts(&self.repository.conn, head)?;
            return Ok(parts.into_iter().find(|part| has_id(part, id)));
        }
        Ok(self.find(id)?.map(|stored| stored.record))
    }

    /// Takes an email that is not done: alone, or into the open task of its thread.
    pub(super) fn take_email(&mut self, packed: &Packed) -> rusqlite::Result<Taken> {
        let conn = &self.repository.conn;
        let is_here = conn.prepare_cached("SELECT 1 FROM task WHERE id = ?1 AND gone = 0")?.exists([&packed.id])?;
        let met = if is_here { Some(self.meet(packed)?) } else { self.meet_gone(packed)? };
        if let Some(taken) = met {
            self.join_other(packed)?;
            return Ok(taken);
        }
        let conn = &self.repository.conn;
        let Some((thread, rep)) = self.thread_of(packed) else { return self.take_alone(packed) };
        match thread::open_task(conn, thread, rep, None)? {
            Some(head) => {
                self.waiting.put(head, packed);
                if self.waiting.bytes > Waiting::MOST {
                    self.unite_waiting()?;
                }
                Ok(Taken::Updated)
            }
            None => self.take_alone(packed),
        }
    }

    /// A held task that has come to a thread with another open task: one takes the other in.
    fn join_other(&mut self, packed: &Packed) -> rusqlite::Result<()> {
        let Some(held) = self.find(&packed.id)?.filter(|held| !held.task.is_complete) else { return Ok(()) };
        let Some((thread, rep)) = self.thread_of(packed) else { return Ok(()) };
        let conn = &self.repository.conn;
        let Some(other) = thread::open_task(conn, thread, rep, Some(held.number.0))? else { return Ok(()) };
        self.unite_waiting()?;
        let Some(other) = self.fetch(other)? else { return Ok(()) };
        let (stays, goes) = if other.number < held.number { (other, held) } else { (held, other) };
        let parts = thread::parts_of(&self.repository.conn, &goes, None)?.iter().map(Record::to_json).collect();
        self.set_parts(&goes, &[])?;
        let number = goes.number.0;
        let run = Run { first: number, last: number, before: Presence::Here, after: Presence::Joined };
        run.apply(&self.repository.conn, &mut self.counts, self.now)?;
        self.has_gone = true;
        let change = Change::Presence { last: goes.number, before: run.before, after: run.after };
        self.step().record(&self.repository.conn, number, &change)?;
        self.join(stays.number.0, parts)
    }

    /// Unites what waits with its tasks.
    pub(super) fn unite_waiting(&mut self) -> rusqlite::Result<()> {
        self.waiting.ids.clear();
        self.waiting.bytes = 0;
        for (head, records) in std::mem::take(&mut self.waiting.joins) {
            self.join(head, records)?;
        }
        Ok(())
    }

    fn join(&mut self, head: i64, records: Vec<String>) -> rusqlite::Result<()> {
        let Some(held) = self.fetch(head)? else { return Ok(()) };
        let mut parts = thread::parts_of(&self.repository.conn, &held, None)?;
        let mut newest: Option<String> = None;
        for json in records {
            let record = parse(head, &json)?;
            if let Some(date) = record.get("date").filter(|json| *json != "null") {
                newest = Some(newest.as_deref().map_or(date, |other| earlier(other, date)).to_owned());
            }
            parts.push(record);
        }
        self.unite(&held, parts, newest.as_deref())
    }

    /// Makes a task of these records. `newcomer` is the earliest date of those that came
    /// new: a snoozed thread comes back with it.
    fn unite(
        &mut self,
        held: &StoredTask,
        parts: Vec<Record<'static>>,
        newcomer: Option<&str>,
    ) -> rusqlite::Result<()> {
        let number = held.number.0;
        let mut record = united(&parts).map_err(|e| fields::broken(number, e))?;
        // An email that was given to the task's rep here, came for another.
        if record.get("assigned_to") != held.record.get("assigned_to") {
            for name in ["assigned_to", "assigned_to_name"] {
                record.put(name, held.record.get(name).map(str::to_owned));
            }
        }
        self.waiting.has_parts |= parts.len() > 1;
        // What was changed here is told against the records of before.
        self.replace(held, record, Source { told: None, newcomer })?;
        self.set_parts(held, &parts)
    }

    fn set_parts(&self, held: &StoredTask, parts: &[Record<'static>]) -> rusqlite::Result<()> {
        let (conn, number) = (&self.repository.conn, held.number.0);
        match self.is_new_here(number) {
            true => thread::exchange(conn, number, parts).map(drop),
            false => thread::replace(conn, &self.step(), number, parts),
        }
    }

    /// Takes a record for one of those of which a task is made. A task whose time in the
    /// archive was over is back with it, however little the record says.
    pub(super) fn update_part(&mut self, head: i64, packed: &Packed) -> rusqlite::Result<Taken> {
        let is_back = self.bring_back_purged(head)?;
        let taken = self.put_part(head, packed)?;
        Ok(if is_back { Taken::New } else { taken })
    }

    fn put_part(&mut self, head: i64, packed: &Packed) -> rusqlite::Result<Taken> {
        // That it was deleted here is a change that stands.
        let Some(held) = self.fetch(head)? else { return Ok(Taken::Unchanged) };
        let mut parts = thread::parts(&self.repository.conn, head)?;
        let Some(place) = parts.iter().position(|part| has_id(part, &packed.id)) else { return Ok(Taken::Unchanged) };
        let record = parse(head, &packed.record)?;
        let before = Task::read(&parts[place]).map_err(|e| fields::broken(head, e))?;
        let is_older = before.updated.zip(packed.updated).is_some_and(|(held, new)| new < held);
        if is_older || super::is_same(&parts[place], &record) {
            return Ok(Taken::Unchanged);
        }
        parts[place] = record;
        if self.belongs(&held, &before, &parts, packed)? {
            self.unite(&held, parts, None)?;
            return Ok(Taken::Updated);
        }
        parts.remove(place);
        self.unite(&held, parts, None)?;
        self.take_inner(packed)?;
        Ok(Taken::Updated)
    }

    /// Brings a task back if its time in the archive was over; whether it was.
    fn bring_back_purged(&mut self, number: i64) -> rusqlite::Result<bool> {
        let purged = "SELECT 1 FROM task WHERE n = ?1 AND state IN (6, 7)";
        let is_purged = self.repository.conn.prepare_cached(purged)?.exists([number])?;
        if is_purged {
            self.bring_back(number, Presence::Purged)?;
        }
        Ok(is_purged)
    }

    /// Whether a changed record still belongs to the task that it was part of.
    fn belongs(
        &self,
        held: &StoredTask,
        before: &Task,
        parts: &[Record<'static>],
        packed: &Packed,
    ) -> rusqlite::Result<bool> {
        let same_rep = before.rep.id.as_ref().map(AsRef::as_ref) == packed.rep();
        let same_thread = held
            .record
            .get("object_id")
            .is_some_and(|json| serde_json::from_str::<String>(json).ok().as_deref() == packed.thread.as_deref());
        let complete = |part: &Record<'static>| part.get("is_complete") == Some("true");
        // Re-opened here, it came complete: that it is so is no news.
        let same_state = packed.complete == before.is_complete
            || packed.complete == held.task.is_complete
            || parts.iter().all(complete)
            || Unsent::of(&self.repository.conn, held)?.has_completion();
        Ok(same_rep && same_thread && same_state)
    }
}

fn has_id(record: &Record<'_>, id: &str) -> bool {
    record.get("id").and_then(|json| serde_json::from_str::<String>(json).ok()).as_deref() == Some(id)
}
