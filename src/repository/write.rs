//! Changing tasks, with the journal, in one transaction. Where the change makes two open
//! tasks of a thread, they become one: `reunion`. New tasks: `adding`; what follows from a
//! call: `calling`.

mod adding;
mod calling;
mod reunion;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use calling::{CallEnd, CallEnded};
use reunion::Reunion;

use super::counter::Differences;
use super::dictionary::Dictionary;
use super::fields::Setting;
use super::head::{Head, set_completion};
use super::journal::{Label, NewStep};
use super::presence::Run;
use super::shape::Shapes;
use super::{ContactOfOther, Error, Repository, Result, journal, list::page, names};
use crate::domain::change::{Change, Presence, StepNumber};
use crate::domain::edit::{self, Edit, Refusal};
use crate::domain::filter::{Filter, Query};
use crate::domain::kind::TaskType;
use crate::domain::order::Order;
use crate::domain::record::Record;
use crate::domain::task::{Completion, Task, TaskNumber};
use crate::domain::view::Today;
use crate::domain::wording;

/// An edit of several tasks: one transaction, one step of the journal.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// The tasks.
    pub tasks: &'a [TaskNumber],
    /// What is done to them.
    pub edit: &'a Edit,
    /// Whether tasks that do not allow it, or are gone while others are there, are left
    /// out; else nothing is changed.
    pub lenient: bool,
    /// The query that all of them matched, and the present that it was read in: what
    /// matches it no longer, or is gone, is left out.
    pub matched: Option<(&'a Query, &'a Today)>,
    /// The fields as the person saw them: where one has changed since, nothing is changed.
    pub seen: Option<&'a Record<'static>>,
    /// The step that it goes on with, if that is still the newest: one step to undo.
    pub joins: Option<StepNumber>,
    /// When, in UTC.
    pub now: DateTime<Utc>,
}

impl<'a> Batch<'a> {
    /// An edit of tasks that all must allow it.
    pub fn new(tasks: &'a [TaskNumber], edit: &'a Edit, now: DateTime<Utc>) -> Batch<'a> {
        Batch { tasks, edit, lenient: false, matched: None, seen: None, joins: None, now }
    }
}

/// What a write did, on disk when this is returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The step in the journal; `None` where nothing had to change.
    pub step: Option<StepNumber>,
    /// The tasks that changed.
    pub changed: Vec<TaskNumber>,
    /// Those that already were so.
    pub already: Vec<TaskNumber>,
    /// Those that do not allow it.
    pub refused: Vec<(TaskNumber, Refusal)>,
    /// Those that were gone by then, or matched no longer.
    pub left_out: Vec<TaskNumber>,
    /// The step in words: `Completed "Send quote"`, `Completed 12`.
    pub summary: String,
}

impl Repository {
    /// Edits tasks: all of them or, after an error, none.
    ///
    /// # Errors
    /// When a number names no task, a task does not allow the edit, a field was changed
    /// since it was seen, a contact is another lead's, or the file cannot be written.
    pub fn edit(&mut self, batch: &Batch<'_>) -> Result<Written> {
        self.perform(batch, Ok)
    }

    /// What [`Repository::edit`] would do now. Nothing is changed.
    ///
    /// # Errors
    /// As [`Repository::edit`].
    pub fn try_edit(&mut self, batch: &Batch<'_>) -> Result<Written> {
        self.perform(batch, |written| Err(Stop::Tried(Box::new(written))))
    }

    fn perform(
        &mut self,
        batch: &Batch<'_>,
        end: impl FnOnce(Written) -> std::result::Result<Written, Stop>,
    ) -> Result<Written> {
        let path = self.path.clone();
        let outcome = self.write_or_leave(|tx, shapes| {
            let mut work = Editing::new(tx, shapes, batch)?;
            for number in work.choose(self.still_meant(tx, batch)?) {
                if let Err(stop) = work.one(number)? {
                    return Ok(Err(stop));
                }
            }
            match work.missed() {
                Some(stop) => Ok(Err(stop)),
                None => work.finish().map(end),
            }
        })?;
        match outcome {
            Ok(written) => Ok(written),
            Err(Stop::Tried(written)) => Ok(*written),
            Err(Stop::NoTask(TaskNumber(number))) => Err(Error::NoTask { path, number }),
            Err(Stop::Refused(number, refusal)) => Err(Error::Refused { number, refusal }),
            Err(Stop::Changed(number)) => Err(Error::ChangedSince(number)),
            Err(Stop::ContactOfOther(other)) => Err(Error::ContactOfOther(other)),
        }
    }

    /// Those of a batch's tasks that match its query now, in the table's order: so a bulk
    /// touches each page once.
    fn still_meant(&self, conn: &Connection, batch: &Batch<'_>) -> rusqlite::Result<Vec<TaskNumber>> {
        let mut tasks = batch.tasks.to_vec();
        tasks.sort_unstable();
        tasks.dedup();
        let Some((query, today)) = batch.matched else { return Ok(tasks) };
        let filter = Filter { only: Some(tasks), ..query.filter.clone() };
        self.matching_in(conn, &Query { view: query.view, filter, order: Order::AS_THEY_CAME }, today)
    }

    /// One transaction that takes the write lock at once, so that what it checks still
    /// holds when it writes.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &Shapes) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let Ok(done) = self.write_or_leave(|tx, shapes| work(tx, shapes).map(Ok::<T, std::convert::Infallible>))?;
        Ok(done)
    }

    /// As [`Repository::write`]; where the work stops by itself, nothing is written.
    fn write_or_leave<T, E>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &Shapes) -> rusqlite::Result<std::result::Result<T, E>>,
    ) -> Result<std::result::Result<T, E>> {
        let path = self.path.clone();
        let (shapes, identity, by) = (&self.shapes, self.identity, self.signature.as_deref());
        let run = || {
            identity.confirm(&path)?;
            let tx = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
            let behind = journal::last(&tx)?;
            let done = work(&tx, shapes)?;
            if let Some(by) = by {
                journal::sign(&tx, behind, by)?;
            }
            match &done {
                Ok(_) => {
                    identity.confirm(&path)?;
                    tx.commit()?;
                }
                Err(_) => tx.rollback()?,
            }
            Ok(done)
        };
        let done = run();
        if !matches!(done, Ok(Ok(_))) {
            shapes.forget();
        }
        done.map_err(|e| Error::from_sqlite(&path, e))
    }
}

/// Why a batch stops.
enum Stop {
    NoTask(TaskNumber),
    Refused(TaskNumber, Refusal),
    Changed(TaskNumber),
    ContactOfOther(Box<ContactOfOther>),
    /// It was only to be tried.
    Tried(Box<Written>),
}

/// An edit under way.
struct Editing<'t> {
    conn: &'t Transaction<'t>,
    shapes: &'t Shapes,
    batch: &'t Batch<'t>,
    step: NewStep,
    dictionary: Dictionary,
    counts: Differences,
    written: Written,
    /// Emails that may have come to a thread with another open task.
    emails: Vec<i64>,
}

impl<'t> Editing<'t> {
    fn new(conn: &'t Transaction<'t>, shapes: &'t Shapes, batch: &'t Batch<'t>) -> rusqlite::Result<Editing<'t>> {
        let written = Written::default();
        let step = NewStep::begin_or_join(conn, batch.joins)?;
        let (dictionary, counts) = (Dictionary::default(), Differences::default());
        Ok(Editing { conn, shapes, batch, step, dictionary, counts, written, emails: Vec::new() })
    }

    /// Notes which of the batch's tasks are not among the sorted ones that are meant still.
    fn choose(&mut self, meant: Vec<TaskNumber>) -> Vec<TaskNumber> {
        if self.batch.matched.is_some() {
            let is_out = |task: &&TaskNumber| meant.binary_search(task).is_err();
            self.written.left_out.extend(self.batch.tasks.iter().filter(is_out));
        }
        meant
    }

    /// That none of the tasks is there, where not all may be gone.
    fn missed(&self) -> Option<Stop> {
        let Written { changed, already, refused, left_out, .. } = &self.written;
        let is_any = !changed.is_empty() || !already.is_empty() || !refused.is_empty();
        let gone = left_out.first().filter(|_| !is_any && self.batch.matched.is_none());
        gone.copied().map(Stop::NoTask)
    }

    fn one(&mut self, task: TaskNumber) -> rusqlite::Result<std::result::Result<(), Stop>> {
        let number = task.0;
        let Some(head) = Head::read(self.conn, number)? else {
            if !self.batch.lenient {
                return Ok(Err(Stop::NoTask(task)));
            }
            self.written.left_out.push(task);
            return Ok(Ok(()));
        };
        if let Some(refusal) = self.batch.edit.refusal(head.task_type(), head.completed.is_some()) {
            if !self.batch.lenient {
                return Ok(Err(Stop::Refused(task, refusal)));
            }
            self.written.refused.push((task, refusal));
            return Ok(Ok(()));
        }
        if !self.is_as_seen(number)? {
            return Ok(Err(Stop::Changed(task)));
        }
        if let Some(other) = self.contact_of_other(number)? {
            return Ok(Err(Stop::ContactOfOther(Box::new(other))));
        }
        let changed = match self.batch.edit {
            Edit::Complete(complete) => self.complete(&head, *complete)?,
            // Written at the end, in runs.
            Edit::Delete => true,
            Edit::Snooze(_) | Edit::Assign(_) | Edit::Fields(_) | Edit::Pin(_) | Edit::Note(_) => self.set(&head)?,
        };
        if changed {
            self.written.changed.push(task);
            self.emails.extend(self.may_join(&head).then_some(number));
        } else {
            self.written.already.push(task);
        }
        Ok(Ok(()))
    }

    /// Whether the edit may bring an email to a thread that has an open task.
    fn may_join(&self, head: &Head) -> bool {
        let brings = match self.batch.edit {
            Edit::Complete(complete) => !complete,
            Edit::Assign(_) => true,
            Edit::Fields(changes) => changes.rep.is_some(),
            Edit::Snooze(_) | Edit::Delete | Edit::Pin(_) | Edit::Note(_) => false,
        };
        brings && head.task_type() == Some(TaskType::IncomingEmail)
    }

    /// Lets emails join the open tasks of their threads, when all are as the edit wants.
    fn reunite(&mut self) -> rusqlite::Result<()> {
        let (conn, shapes, step, now) = (self.conn, self.shapes, &self.step, self.batch.now);
        let mut reunion =
            Reunion { conn, shapes, dictionary: &mut self.dictionary, counts: &mut self.counts, step, now };
        // From the end, so that the oldest task stays.
        for number in self.emails.iter().rev() {
            if let Some(other) = reunion.join(*number)? {
                self.written.changed.retain(|n| n.0 != *number && n.0 != other);
                self.written.already.retain(|n| n.0 != other);
                self.written.changed.push(TaskNumber(other));
            }
        }
        self.written.changed.sort_unstable();
        Ok(())
    }

    fn contact_of_other(&self, number: i64) -> rusqlite::Result<Option<ContactOfOther>> {
        let Edit::Fields(changes) = self.batch.edit else { return Ok(None) };
        if changes.contact.is_none() {
            return Ok(None);
        }
        let held = page::fetch(self.conn, self.shapes, number)?;
        names::contact_of_other(self.conn, changes, held.as_ref().map(|held| &held.task.lead))
    }

    fn is_as_seen(&self, number: i64) -> rusqlite::Result<bool> {
        let Some(seen) = self.batch.seen else { return Ok(true) };
        let Some(stored) = page::fetch(self.conn, self.shapes, number)? else { return Ok(false) };
        Ok(seen.fields().iter().all(|field| {
            let held = edit::get(&stored, &field.name);
            held.as_deref().unwrap_or("null") == field.json
        }))
    }

    fn complete(&mut self, head: &Head, complete: bool) -> rusqlite::Result<bool> {
        if head.completed.is_some() == complete {
            return Ok(false);
        }
        let after = complete.then_some(Completion { at: self.batch.now, about: false });
        self::complete(self.conn, self.shapes, (head, after), &self.step, &mut self.counts)?;
        Ok(true)
    }

    fn set(&mut self, head: &Head) -> rusqlite::Result<bool> {
        let mut setting = Setting {
            conn: self.conn,
            shapes: self.shapes,
            dictionary: &mut self.dictionary,
            counts: &mut self.counts,
        };
        let Some((before, after)) = setting.set(head, self.batch.edit)? else { return Ok(false) };
        self.step.record(self.conn, head.number, &Change::Fields { before, after })?;
        Ok(true)
    }

    fn finish(mut self) -> rusqlite::Result<Written> {
        self.reunite()?;
        let Some(first) = self.written.changed.first() else { return Ok(self.written) };
        let (edit, earlier) = (self.batch.edit, self.step.joined);
        let count = self.written.changed.len() + earlier;
        let title = if count == 1 { title(self.conn, self.shapes, first.0)? } else { String::new() };
        self.written.summary = edit.summary(count, &title);
        if *edit == Edit::Delete {
            let numbers: Vec<i64> = self.written.changed.iter().map(|n| n.0).collect();
            take_out(self.conn, &self.step, &numbers, (Presence::Deleted, self.batch.now), &mut self.counts)?;
        }
        self.counts.write(self.conn, self.shapes)?;
        self.written.step = Some(self.step.number);
        let label = Label {
            at: self.batch.now,
            action: edit.action(),
            tasks: count as u64,
            summary: &self.written.summary,
            of: None,
        };
        self.step.finish(self.conn, label)?;
        Ok(self.written)
    }
}

/// Completes a task, or re-opens it, and writes it down.
fn complete(
    conn: &Connection,
    shapes: &Shapes,
    (head, after): (&Head, Option<Completion>),
    step: &NewStep,
    counts: &mut Differences,
) -> rusqlite::Result<()> {
    let is_spelled = shapes.get(conn, head.shape)?.is_column("is_complete");
    let record = || -> rusqlite::Result<String> {
        Ok(page::fetch(conn, shapes, head.number)?.map(|s| s.record.to_json()).unwrap_or_default())
    };
    // A null or absent completion must come back so.
    let before = if is_spelled { None } else { Some(record()?) };
    set_completion(conn, shapes, head, after, counts)?;
    if let Some(before) = before {
        step.record(conn, head.number, &Change::Record { before, after: record()? })?;
    }
    step.record(conn, head.number, &Change::Completion { before: head.completed, after })
}

/// Takes tasks out of the file, to where undo finds them.
pub(super) fn take_out(
    conn: &Connection,
    step: &NewStep,
    numbers: &[i64],
    (to, now): (Presence, DateTime<Utc>),
    counts: &mut Differences,
) -> rusqlite::Result<()> {
    for run in Run::of(numbers, Presence::Here, to) {
        run.apply(conn, counts, now)?;
        step.record(conn, run.first, &run.change())?;
    }
    Ok(())
}

fn title(conn: &Connection, shapes: &Shapes, number: i64) -> rusqlite::Result<String> {
    let task: Option<Task> = page::fetch(conn, shapes, number)?.map(|stored| stored.task);
    Ok(task.map(|task| wording::title(&task)).unwrap_or_default())
}
