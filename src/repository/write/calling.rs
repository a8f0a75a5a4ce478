//! What follows from a call, in one transaction and one step: the task is done, so are the
//! debts that it pays, and the next call is made.

use rusqlite::Connection;

use super::{adding, complete};
use crate::domain::change::{Action, StepNumber};
use crate::domain::edit::NewTask;
use crate::domain::outcome::{Attempt, Outcome, Rules, Try};
use crate::domain::task::{Completion, RepId, StoredTask, TaskId, TaskNumber};
use crate::domain::view::Today;
use crate::domain::wording;
use crate::repository::counter::Differences;
use crate::repository::head::Head;
use crate::repository::journal::{Label, NewStep};
use crate::repository::shape::Shapes;
use crate::repository::{Error, Repository, Result, calls};

/// How a call ended, and what is to follow.
#[derive(Clone, Copy, Debug)]
pub struct CallEnd<'a> {
    /// The task for which it was made.
    pub task: TaskNumber,
    /// Whether the task was open when the call was made: what came of the call is kept though
    /// others have completed the task since.
    pub was_open: bool,
    /// How it ended.
    pub outcome: &'a Outcome,
    /// The debts that the person agreed to pay with it: those of them that it still pays are
    /// completed, no others.
    pub agreed: &'a [TaskNumber],
    /// The rules that hold.
    pub rules: &'a Rules,
    /// The id of the next call, if one is made.
    pub id: &'a TaskId,
    /// Who says so.
    pub by: Option<&'a RepId>,
    /// The present, in the person's zone.
    pub today: &'a Today,
}

/// What was done after a call, on disk when this is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallEnded {
    /// The step in the journal.
    pub step: StepNumber,
    /// The task for which it was made, complete now.
    pub task: TaskNumber,
    /// The debts that were paid, complete now.
    pub also: Vec<TaskNumber>,
    /// The next call.
    pub next: Option<TaskNumber>,
    /// Which try it was; `None`: somebody was reached.
    pub attempt: Option<Try>,
    /// The step in words: `Called +1 312-555-0188 for "Agree the date", no answer (try 2 of 6)`.
    pub summary: String,
}

impl Repository {
    /// Says how a call ended: all that follows from it is done or, after an error, nothing.
    ///
    /// # Errors
    /// When the number names no task, the task was complete before the call, or the file cannot
    /// be written.
    pub fn end_call(&mut self, end: &CallEnd<'_>) -> Result<CallEnded> {
        self.write_or_leave(|tx, shapes| {
            let Some(attempt) = self.attempt_in(tx, end.task, end.today)? else {
                return Ok(Err(Error::NoTask { path: self.path.clone(), number: end.task.0 }));
            };
            match attempt.refusal().filter(|_| !end.was_open) {
                Some(refusal) => Ok(Err(Error::Refused { number: end.task, refusal })),
                None => write(tx, shapes, &attempt, end).map(Ok),
            }
        })?
    }
}

fn write(conn: &Connection, shapes: &Shapes, attempt: &Attempt, end: &CallEnd<'_>) -> rusqlite::Result<CallEnded> {
    let now = end.today.now;
    let plan = attempt.plan(end.outcome, end.rules, end.today);
    let is_agreed = |debt: &&StoredTask| end.agreed.contains(&debt.number);
    let paid: Vec<StoredTask> = plan.also.iter().filter(is_agreed).cloned().collect();
    let also: Vec<TaskNumber> = paid.iter().map(|debt| debt.number).collect();
    let (step, mut counts) = (NewStep::begin(conn)?, Differences::default());
    let own = Some(&end.task).filter(|_| attempt.refusal().is_none());
    for number in also.iter().chain(own) {
        if let Some(head) = Head::read(conn, number.0)? {
            complete(conn, shapes, (&head, Some(Completion { at: now, about: false })), &step, &mut counts)?;
        }
    }
    let next = match &plan.next {
        Some(fields) => {
            let (id, by) = (end.id.clone(), end.by.cloned());
            let new = NewTask { is_call: true, fields: (**fields).clone(), id, by };
            Some(adding::insert(conn, &step, &new, now, &mut counts)?.0)
        }
        None => None,
    };
    counts.write(conn, shapes)?;
    let summary = wording::called(attempt, end.outcome, &plan, &paid, end.today);
    let tasks = u64::from(own.is_some()) + also.len() as u64 + u64::from(next.is_some());
    let number = step.number;
    step.finish(conn, Label { at: now, action: Action::Call, tasks, summary: &summary, of: None })?;
    calls::record(conn, (number, end.task), end.outcome.ending(), &attempt.callee())?;
    Ok(CallEnded { step: number, task: end.task, also, next, attempt: plan.attempt, summary })
}
