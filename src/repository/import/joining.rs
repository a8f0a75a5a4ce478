//! Emails that come for a thread: they join its open task.
//!
//! The records that a task is made of are kept ([`thread`]), so that the task is the same
//! whatever order they came in, each id still finds it, and one that is completed or
//! given to somebody else leaves it again. A task says what joined it when that is needed:
//! a thread of a thousand emails is united once, not a thousand times.

use std::collections::{BTreeMap, HashSet};

use super::held::{Source, parse};
use super::{Importer, Taken, is_same};
use crate::domain::change::{Change, Presence};
use crate::domain::record::Record;
use crate::domain::task::{StoredTask, Task};
use crate::domain::thread::{earlier, has_arrival, united, united_date};
use crate::repository::presence::{Run, presence_of};
use crate::repository::row::Packed;
use crate::repository::unsent::Unsent;
use crate::repository::{fields, thread, unsent};

/// Tasks that records have joined, by number, each with the ids of those records. The
/// records lie among the parts of the task already; what it says of them waits.
#[derive(Debug)]
pub(super) struct Waiting {
    tasks: BTreeMap<i64, HashSet<String>>,
    bytes: usize,
    /// Whether records are kept of any task of the file.
    has_parts: bool,
}

impl Waiting {
    /// More do not wait: memory does not grow with the file.
    const MOST: usize = 8 << 20;
    /// About what a task takes in the map.
    const TASK: usize = 96;

    pub(super) fn new(has_parts: bool) -> Waiting {
        Waiting { tasks: BTreeMap::new(), bytes: 0, has_parts }
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
        if !self.waiting.has_parts {
            return Ok(None);
        }
        let head = thread::head(&self.repository.conn, id)?;
        if let Some(head) = head {
            self.unite_if_waiting(head)?;
        }
        Ok(head)
    }

    /// The record held under an id.
    pub(super) fn held_inner(&mut self, id: &str) -> rusqlite::Result<Option<Record<'static>>> {
        self.ids.index(&self.repository.conn)?;
        let head = match self.head_of(id)? {
            Some(head) => head,
            None => match self.find(id)? {
                // Others have joined it: then it is one of those of which it is made.
                Some(held) if self.unite_if_waiting(held.number.0)? => held.number.0,
                Some(held) => return Ok(Some(held.record)),
                // An event may bring a task back that has left the file.
                None => return self.gone_record(id),
            },
        };
        Ok(thread::parts(&self.repository.conn, head)?.into_iter().find(|part| has_id(part, id)))
    }

    /// Takes an email that is not done: alone, or into the open task of its thread.
    pub(super) fn take_email(&mut self, packed: &Packed) -> rusqlite::Result<Taken> {
        let conn = &self.repository.conn;
        let is_here = conn.prepare_cached("SELECT 1 FROM task WHERE id = ?1 AND gone = 0")?.exists([&packed.id])?;
        let met = if is_here { Some(self.meet(packed)?) } else { self.meet_gone(packed)? };
        if let Some(taken) = met {
            self.join_other(&packed.id)?;
            return Ok(taken);
        }
        self.take_new(packed)
    }

    /// A held task that has come to a thread with another open task: one takes the other in.
    /// What it has come to is said by the task, for the record may be older than that.
    pub(super) fn join_other(&mut self, id: &str) -> rusqlite::Result<()> {
        let Some(held) = self.find(id)?.filter(|held| !held.task.is_complete) else { return Ok(()) };
        let conn = &self.repository.conn;
        let mut select = conn.prepare_cached("SELECT thread FROM task WHERE n = ?1")?;
        let thread: Option<String> = select.query_row([held.number.0], |row| row.get(0))?;
        drop(select);
        let Some(thread) = thread else { return Ok(()) };
        let rep = held.task.rep.id.as_ref().map(AsRef::as_ref);
        let Some(other) = thread::open_task(conn, &thread, rep, Some(held.number.0))? else { return Ok(()) };
        self.unite_waiting()?;
        let Some(other) = self.fetch(other)? else { return Ok(()) };
        let (stays, goes) = if other.number < held.number { (other, held) } else { (held, other) };
        let parts = thread::parts_of(&self.repository.conn, &goes, None)?;
        self.keep_parts(goes.number.0, &[])?;
        let number = goes.number.0;
        let run = Run { first: number, last: number, before: Presence::Here, after: Presence::Joined };
        run.apply(&self.repository.conn, &mut self.counts, self.now)?;
        self.has_gone = true;
        let change = Change::Presence { last: goes.number, before: run.before, after: run.after };
        self.step().record(&self.repository.conn, number, &change)?;
        for part in parts {
            let id = Task::read(&part).map_err(|e| fields::broken(number, e))?.id;
            self.add_part(stays.number.0, id.as_str(), &part.to_json())?;
        }
        let (date, is_snoozed) = united_date(&stays, &goes);
        if let Some(ids) = self.waiting.tasks.remove(&stays.number.0) {
            self.join(stays.number.0, &ids, Some(&date))?;
        }
        self.set_local(stays.number.0, |local| {
            local.is_snoozed = is_snoozed;
            local.take_in(&goes.local);
        })
    }

    /// Keeps a record among those of a task, which says so when it is united.
    pub(super) fn add_part(&mut self, head: i64, id: &str, record: &str) -> rusqlite::Result<()> {
        thread::insert(&self.repository.conn, head, id, record)?;
        // What came with this import needs no way back, and nobody has put it off.
        let is_told_apart = !self.is_new_here(head);
        let Waiting { tasks, bytes, has_parts } = &mut self.waiting;
        let ids = tasks.entry(head).or_insert_with(|| {
            *bytes += Waiting::TASK;
            HashSet::new()
        });
        if is_told_apart {
            *bytes += id.len() + size_of::<String>();
            ids.insert(id.to_owned());
        }
        *has_parts = true;
        Ok(())
    }

    /// Unites all tasks that wait for it, where they take as much memory as they may.
    pub(super) fn unite_if_many_wait(&mut self) -> rusqlite::Result<()> {
        if self.waiting.bytes > Waiting::MOST { self.unite_waiting() } else { Ok(()) }
    }

    /// Unites all tasks that wait for it.
    pub(super) fn unite_waiting(&mut self) -> rusqlite::Result<()> {
        self.waiting.bytes = 0;
        for (head, ids) in std::mem::take(&mut self.waiting.tasks) {
            self.join(head, &ids, None)?;
        }
        Ok(())
    }

    /// Unites a task; false where it does not wait for it.
    pub(super) fn unite_if_waiting(&mut self, head: i64) -> rusqlite::Result<bool> {
        let Some(ids) = self.waiting.tasks.remove(&head) else { return Ok(false) };
        self.join(head, &ids, None).map(|()| true)
    }

    /// Unites a task with the records of these ids: emails that came new, or those of another
    /// task, and then the date of both is known.
    fn join(&mut self, head: i64, ids: &HashSet<String>, date: Option<&str>) -> rusqlite::Result<()> {
        let Some(held) = self.fetch(head)? else { return Ok(()) };
        if self.is_new_here(head) {
            return self.join_new(&held);
        }
        let conn = &self.repository.conn;
        let is_new = |part: &Record<'_>| id_of(part).is_some_and(|id| ids.contains(&id));
        let (new, mut parts): (Vec<_>, Vec<_>) = thread::parts(conn, head)?.into_iter().partition(is_new);
        // What was changed here is told against the records of before.
        ids.iter().try_for_each(|id| thread::remove(conn, head, id))?;
        // It stood for itself until now.
        if !parts.iter().any(|part| has_id(part, held.task.id.as_str())) {
            parts.push(Unsent::of(conn, &held)?.as_it_came(&held));
        }
        let dates = new.iter().filter_map(|part| part.get("date")).filter(|json| *json != "null");
        let newest = dates.reduce(earlier).map(str::to_owned);
        parts.extend(new);
        let source = match date.filter(|json| *json != "null") {
            Some(date) => Source { date: Some(date), ..Source::default() },
            None => Source { newcomer: newest.as_deref(), ..Source::default() },
        };
        self.unite(&held, parts, source)
    }

    /// As [`Self::join`], of a task that came with this import: nobody has changed it, all
    /// that joined it is kept already, and none of it needs a way back.
    fn join_new(&mut self, held: &StoredTask) -> rusqlite::Result<()> {
        let (conn, number, id) = (&self.repository.conn, held.number.0, held.task.id.as_str());
        let mut parts = thread::parts(conn, number)?;
        if !parts.iter().any(|part| has_id(part, id)) {
            thread::insert(conn, number, id, &held.record.to_json())?;
            parts.push(held.record.clone());
        }
        let record = united(&parts).map_err(|e| fields::broken(number, e))?;
        self.replace(held, record, Source::default()).map(drop)
    }

    /// Makes a task of these records.
    fn unite(&mut self, held: &StoredTask, parts: Vec<Record<'static>>, source: Source<'_>) -> rusqlite::Result<()> {
        let number = held.number.0;
        let mut record = united(&parts).map_err(|e| fields::broken(number, e))?;
        // An email that was given to the task's rep here, came for another.
        if unsent::rep(&record) != unsent::rep(&held.record) {
            for name in ["assigned_to", "assigned_to_name"] {
                record.put(name, held.record.get(name).map(str::to_owned));
            }
        }
        // What was changed here is told against the records of before.
        let taken = self.replace(held, record, source)?;
        self.keep_parts_as_well(number, &parts, taken)
    }

    /// Keeps the records of a task that took this from them.
    fn keep_parts_as_well(&mut self, number: i64, parts: &[Record<'static>], taken: Taken) -> rusqlite::Result<()> {
        if self.keep_parts(number, parts)? && taken == Taken::Unchanged {
            // They tell more than the task says: that is a change too.
            self.touched += 1;
        }
        Ok(())
    }

    /// Keeps the records of which a task is made; whether others were kept. One alone is
    /// kept where the task says other than it: so what was changed here stays known.
    fn keep_parts(&mut self, number: i64, parts: &[Record<'static>]) -> rusqlite::Result<bool> {
        let parts = match parts {
            [only] if self.fetch(number)?.is_some_and(|task| is_same(&task.record, only)) => &[],
            parts => parts,
        };
        self.waiting.has_parts |= !parts.is_empty();
        let conn = &self.repository.conn;
        if self.is_new_here(number) {
            // What came with this import needs no way back.
            return thread::exchange(conn, number, parts).map(|_| false);
        }
        thread::replace(conn, &self.step(), number, parts)
    }

    /// Takes a record for one of those of which a task is made. A task whose time in the
    /// archive was over is back with it, however little the record says; one that was
    /// deleted, with a new email.
    pub(super) fn update_part(&mut self, head: i64, packed: &Packed) -> rusqlite::Result<Taken> {
        let is_back = self.bring_back_for(head, packed)?;
        let taken = self.put_part(head, packed)?;
        if !is_back {
            return Ok(taken);
        }
        if let Some(back) = self.fetch(head)? {
            self.join_other(back.task.id.as_str())?;
        }
        Ok(Taken::New)
    }

    fn put_part(&mut self, head: i64, packed: &Packed) -> rusqlite::Result<Taken> {
        // That it was deleted here is a change that stands.
        let Some(held) = self.fetch(head)? else { return Ok(Taken::StaysDeleted) };
        let mut parts = thread::parts(&self.repository.conn, head)?;
        let Some(place) = parts.iter().position(|part| has_id(part, &packed.id)) else { return Ok(Taken::Unchanged) };
        let record = parse(head, &packed.record)?;
        let before = Task::read(&parts[place]).map_err(|e| fields::broken(head, e))?;
        let is_older = before.updated.zip(packed.updated).is_some_and(|(held, new)| new < held);
        if is_older || is_same(&parts[place], &record) {
            return Ok(Taken::Unchanged);
        }
        parts[place] = record;
        if parts.len() == 1 {
            let taken = self.update_held(&held, packed)?;
            self.keep_parts_as_well(head, &parts, taken)?;
            self.join_other(&packed.id)?;
            return Ok(Taken::Updated);
        }
        let arrival = has_arrival(&held.task, &parts[place]);
        // After completion a new email opens a new task.
        if !(arrival && held.task.is_complete) && self.belongs(&held, &before, packed)? {
            let date = parts[place].get("date").filter(|_| arrival).map(str::to_owned);
            self.unite(&held, parts, Source { newcomer: date.as_deref(), ..Source::default() })?;
            return Ok(Taken::Updated);
        }
        parts.remove(place);
        self.unite(&held, parts, Source::default())?;
        self.take_inner(packed)?;
        Ok(Taken::Updated)
    }

    /// Brings a task back that has left the file, if this record is to; whether it did.
    fn bring_back_for(&mut self, number: i64, packed: &Packed) -> rusqlite::Result<bool> {
        let conn = &self.repository.conn;
        let state =
            conn.prepare_cached("SELECT state FROM task WHERE n = ?1")?.query_row([number], |row| row.get(0))?;
        let from = presence_of(number, state)?;
        let comes = match from {
            Presence::Purged => true,
            Presence::Deleted => self.opens_deleted(number, packed)?,
            Presence::Here | Presence::NotYet | Presence::Joined => false,
        };
        if comes {
            self.bring_back(number, from)?;
        }
        Ok(comes)
    }

    /// Whether a changed record still belongs to the task that it was part of. That it was
    /// given to a rep here, completed or re-opened, is a change that stands.
    fn belongs(&self, held: &StoredTask, before: &Task, packed: &Packed) -> rusqlite::Result<bool> {
        let unsent = Unsent::of(&self.repository.conn, held)?;
        if held.task.is_complete && unsent.has_completion() {
            return Ok(true);
        }
        let came_to = before.rep.id.as_ref();
        let same_rep =
            came_to.map(AsRef::as_ref) == packed.rep() || came_to != held.task.rep.id.as_ref() || unsent.is_given();
        let same_thread = held
            .record
            .get("object_id")
            .is_some_and(|json| serde_json::from_str::<String>(json).ok().as_deref() == packed.thread.as_deref());
        let same_state = packed.complete == before.is_complete || before.is_complete != held.task.is_complete;
        Ok(same_rep && same_thread && same_state)
    }
}

pub(super) fn has_id(record: &Record<'_>, id: &str) -> bool {
    id_of(record).as_deref() == Some(id)
}

fn id_of(record: &Record<'_>) -> Option<String> {
    record.get("id").and_then(|json| serde_json::from_str(json).ok())
}
