//! Steps and entries: undo, redo, history.
//!
//! The journal only grows. Undo is a step of its own that points at the one it takes
//! back (`of`), and marks it (`undone`); redo takes the mark off. It has entries of its
//! own only where it left tasks alone: else it did all that the other step's say. A step
//! of any other kind closes the way to redo: what was undone before it stays so.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use serde_json::value::RawValue;

use super::counter::Differences;
use super::dictionary::Dictionary;
use super::error::BadRow;
use super::fields::Setting;
use super::head::{Head, set_completion};
use super::presence::{Run, lend_ids, take_ids};
use super::row::{Packed, moment};
use super::shape::Shapes;
use super::{Repository, Result, import, list::page, thread};
use crate::domain::change::{Action, Change, Entry, Presence, Step, StepNumber};
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
        self.restore(Action::Undo, now)
    }

    /// Does the step again that was undone last; `None` where there is nothing to redo.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing changed.
    pub fn redo(&mut self, now: DateTime<Utc>) -> Result<Option<Restored>> {
        self.restore(Action::Redo, now)
    }

    fn restore(&mut self, action: Action, now: DateTime<Utc>) -> Result<Option<Restored>> {
        self.write(|tx, shapes| {
            let Some(step) = candidate(tx, action)? else { return Ok(None) };
            Restoring::new(tx, shapes, action, now)?.run(step).map(Some)
        })
    }

    /// Steps, newest first, of one task or of all; at most `most` of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn history(&self, task: Option<TaskNumber>, most: u64) -> Result<Vec<Step>> {
        self.history_inner(task, most).map_err(|e| self.error(e))
    }

    fn history_inner(&self, task: Option<TaskNumber>, most: u64) -> rusqlite::Result<Vec<Step>> {
        let sql = format!("{} ORDER BY n DESC LIMIT ?1", if task.is_some() { STEPS_OF_TASK } else { ALL_STEPS });
        let mut select = self.conn.prepare_cached(&sql)?;
        select.query_map((most.min(i64::MAX as u64), task.map(|t| t.0)), step)?.collect()
    }
}

/// Reads the last steps with all that undo would have to do.
pub(super) fn read_last(conn: &Connection, most: u64) -> rusqlite::Result<()> {
    let mut select = conn.prepare(&format!("{STEP} ORDER BY n DESC LIMIT ?1"))?;
    let steps = select.query_map([most], step)?.collect::<rusqlite::Result<Vec<_>>>()?;
    steps.into_iter().try_for_each(|step| changes(conn, step.number, Action::Undo).map(drop))
}

const ALL_STEPS: &str = "SELECT n, at, action, tasks, summary, who, of, undone FROM step WHERE ?2 IS NULL";

/// The steps that touched a task, and what took those back, or did them again, as a whole.
const STEPS_OF_TASK: &str = "WITH touching (n) AS (
    SELECT step FROM change WHERE task = ?2
    UNION SELECT step FROM change INDEXED BY change_presence
          WHERE field IN ('presence', 'left') AND task <= ?2 AND CAST(after AS INTEGER) >= ?2)
  SELECT n, at, action, tasks, summary, who, of, undone FROM step WHERE n IN (
    SELECT n FROM touching
    UNION SELECT s.n FROM touching t JOIN step s ON s.of = t.n
          WHERE s.tasks > 0 AND NOT EXISTS (SELECT 1 FROM change WHERE step = s.n))";

const STEP: &str = "SELECT n, at, action, tasks, summary, who, of, undone FROM step";

fn step(row: &Row<'_>) -> rusqlite::Result<Step> {
    let number = row.get(0)?;
    let word: String = row.get(2)?;
    let bad = || BadRow { number, what: format!("the journal has an unknown action {word:?}") };
    Ok(Step {
        number: StepNumber(number),
        at: moment(number, row.get(1)?)?,
        action: Action::from_word(&word).ok_or_else(bad)?,
        tasks: row.get(3)?,
        summary: row.get(4)?,
        by: row.get(5)?,
        of: row.get::<_, Option<i64>>(6)?.map(StepNumber),
        undone: row.get::<_, Option<i64>>(7)?.is_some(),
    })
}

/// The step that undo or redo is about.
fn candidate(conn: &Connection, action: Action) -> rusqlite::Result<Option<Step>> {
    let undo = "WHERE action NOT IN ('undo', 'redo') AND undone IS NULL ORDER BY n DESC LIMIT 1";
    // Only what was undone after the last step that was neither undo nor redo.
    let redo = "WHERE undone IS NOT NULL AND undone > (SELECT coalesce(max(n), 0) FROM step WHERE action NOT IN ('undo', 'redo')) ORDER BY undone DESC LIMIT 1";
    let sql = format!("{STEP} {}", if action == Action::Undo { undo } else { redo });
    conn.prepare_cached(&sql)?.query_row([], step).optional()
}

/// What undo or redo is to do, in the order in which it is to be done.
fn changes(conn: &Connection, step: StepNumber, action: Action) -> rusqlite::Result<Vec<Entry>> {
    let mut select =
        conn.prepare_cached("SELECT task, field, before, after FROM change WHERE step = ?1 ORDER BY task")?;
    let mut entries: Vec<Entry> = select.query_map([step.0], entry)?.collect::<rusqlite::Result<_>>()?;
    if action == Action::Undo {
        entries = entries.into_iter().map(|e| Entry { change: e.change.inverse(), ..e }).collect();
    }
    entries.sort_by_key(|entry| entry.change.rank());
    Ok(entries)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let task: i64 = row.get(0)?;
    let (before, after): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
    let bad = |what: &str| BadRow { number: task, what: format!("the journal has {what}") };
    let change = match row.get::<_, String>(1)?.as_str() {
        "completion" => Change::Completion {
            before: completion(before.as_deref(), task)?,
            after: completion(after.as_deref(), task)?,
        },
        "record" => {
            let (before, after) = before.zip(after).ok_or_else(|| bad("half a change"))?;
            Change::Record { before, after }
        }
        "fields" => {
            let side = |text: Option<String>| {
                import::parse_record(text.as_deref().unwrap_or("{}")).map_err(|_| bad("broken fields"))
            };
            Change::Fields { before: side(before)?, after: side(after)? }
        }
        "parts" => {
            let side = |text: Option<String>| {
                serde_json::from_str::<Vec<Box<RawValue>>>(text.as_deref().unwrap_or("[]"))
                    .map(|parts| parts.into_iter().map(|part| part.get().to_owned()).collect())
                    .map_err(|_| bad("broken parts"))
            };
            Change::Parts { before: side(before)?, after: side(after)? }
        }
        "presence" | "left" => {
            let side = |text: Option<String>| presence(text.as_deref()).ok_or_else(|| bad("a broken presence"));
            let ((last, before), (_, after)) = (side(before)?, side(after)?);
            Change::Presence { last, before, after }
        }
        other => return Err(bad(&format!("an unknown field {other:?}")).into()),
    };
    Ok(Entry { task: TaskNumber(task), change })
}

/// `12 deleted`: the last number of a run, and where its tasks are.
fn presence(text: Option<&str>) -> Option<(TaskNumber, Presence)> {
    let (last, word) = text?.split_once(' ')?;
    Some((TaskNumber(last.parse().ok()?), Presence::from_word(word)?))
}

/// `NULL` open; microseconds since 1970, with `~` before them where they are only about.
fn completion(text: Option<&str>, task: i64) -> rusqlite::Result<Option<Completion>> {
    let Some(text) = text else { return Ok(None) };
    let (about, digits) = text.strip_prefix('~').map_or((false, text), |digits| (true, digits));
    let micros = digits.parse().map_err(|_| BadRow { number: task, what: format!("{text:?} is no moment") })?;
    Ok(Some(Completion { at: moment(task, micros)?, about }))
}

fn completion_text(completion: Option<Completion>) -> Option<String> {
    completion.map(|c| format!("{}{}", if c.about { "~" } else { "" }, c.at.timestamp_micros()))
}

fn list(parts: &[String]) -> String {
    format!("[{}]", parts.join(","))
}

/// A step that is being written.
pub(super) struct NewStep {
    pub(super) number: StepNumber,
    /// The tasks of the step before this went on with it.
    pub(super) joined: usize,
}

/// What a step says of itself.
pub(super) struct Label<'a> {
    pub(super) at: DateTime<Utc>,
    pub(super) action: Action,
    pub(super) tasks: u64,
    pub(super) summary: &'a str,
    pub(super) of: Option<StepNumber>,
}

impl NewStep {
    /// Takes the next number. The transaction must hold the write lock.
    pub(super) fn begin(conn: &Connection) -> rusqlite::Result<NewStep> {
        let mut next = conn.prepare_cached("SELECT coalesce(max(n), 0) + 1 FROM step")?;
        Ok(NewStep { number: StepNumber(next.query_row([], |row| row.get(0))?), joined: 0 })
    }

    /// Goes on with a step where it is the newest, else takes the next number.
    pub(super) fn begin_or_join(conn: &Connection, joins: Option<StepNumber>) -> rusqlite::Result<NewStep> {
        let new = NewStep::begin(conn)?;
        match joins.filter(|joins| joins.0 + 1 == new.number.0) {
            None => Ok(new),
            Some(number) => {
                let mut tasks = conn.prepare_cached("SELECT tasks FROM step WHERE n = ?1")?;
                Ok(NewStep { number, joined: tasks.query_row([number.0], |row| row.get(0))? })
            }
        }
    }

    /// Writes what the step does to a field. Done twice in one step, the first `before` stands.
    pub(super) fn record(&self, conn: &Connection, task: i64, change: &Change) -> rusqlite::Result<()> {
        let (field, before, after) = match change {
            Change::Completion { before, after } => ("completion", completion_text(*before), completion_text(*after)),
            Change::Record { before, after } => ("record", Some(before.clone()), Some(after.clone())),
            Change::Fields { before, after } => ("fields", Some(before.to_json()), Some(after.to_json())),
            Change::Parts { before, after } => ("parts", Some(list(before)), Some(list(after))),
            Change::Presence { last, before, after } => {
                let side = |presence: &Presence| Some(format!("{last} {}", presence.word()));
                // Of one task a step may tell both: that it came, and that it went into another.
                let field = if *before == Presence::Here { "left" } else { "presence" };
                (field, side(before), side(after))
            }
        };
        let mut insert = conn.prepare_cached(
            "INSERT INTO change (step, task, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET after = excluded.after",
        )?;
        insert.execute((self.number.0, task, field, before, after)).map(drop)
    }

    pub(super) fn finish(self, conn: &Connection, label: Label<'_>) -> rusqlite::Result<()> {
        let mut insert = conn.prepare_cached(
            "INSERT INTO step (n, at, action, tasks, summary, of) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET tasks = excluded.tasks, summary = excluded.summary",
        )?;
        let of = label.of.map(|of| of.0);
        let at = label.at.timestamp_micros();
        insert.execute((self.number.0, at, label.action.word(), label.tasks, label.summary, of)).map(drop)
    }
}

/// The number of the last step; 0 where there is none.
pub(super) fn last(conn: &Connection) -> rusqlite::Result<StepNumber> {
    conn.prepare_cached("SELECT coalesce(max(n), 0) FROM step")?.query_row([], |row| row.get(0).map(StepNumber))
}

/// Writes under the steps behind one who did them.
pub(super) fn sign(conn: &Connection, behind: StepNumber, by: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE step SET who = ?2 WHERE n > ?1")?.execute((behind.0, by)).map(drop)
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
    left_alone: Vec<TaskNumber>,
    /// Runs of tasks whose ids others may still have until the step is done.
    lent: Vec<(i64, i64)>,
    /// Whether ids go from task to task in this step, as where emails leave a thread's task.
    lends: bool,
    /// The task whose record was put back last: the time of its completion goes with it.
    put_back: Option<i64>,
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
            left_alone: Vec::new(),
            lent: Vec::new(),
            lends: false,
            put_back: None,
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
                self.left_alone.push(entry.task);
            }
        }
        if !self.left_alone.is_empty() {
            done.iter().try_for_each(|entry| self.new.record(self.conn, entry.task.0, &entry.change))?;
        }
        for run in &self.lent {
            take_ids(self.conn, *run)?;
        }
        self.changed.sort_unstable();
        self.left_alone.sort_unstable();
        self.changed.dedup();
        self.left_alone.dedup();
        self.counts.write(self.conn)?;
        let mark = (self.action == Action::Undo).then_some(self.new.number.0);
        let word = if self.action == Action::Undo { "Undid" } else { "Redid" };
        let summary = format!("{word}: {}", step.summary);
        let tasks = self.changed.len() as u64;
        let label = Label { at: self.now, action: self.action, tasks, summary: &summary, of: Some(step.number) };
        self.new.finish(self.conn, label)?;
        self.conn.prepare_cached("UPDATE step SET undone = ?2 WHERE n = ?1")?.execute((step.number.0, mark))?;
        Ok(Restored { step, changed: self.changed, left_alone: self.left_alone })
    }

    fn apply(&mut self, task: TaskNumber, change: &Change) -> rusqlite::Result<bool> {
        Ok(match change {
            Change::Completion { before, after } => self.completion(task.0, *before, *after)?,
            Change::Record { before, after } => self.record(task.0, before, after)?,
            Change::Fields { before, after } => self.fields(task.0, before, after)?,
            Change::Parts { after, .. } => self.parts(task.0, after)?,
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
        let is_ours = |head: &Head| head.completed == before || self.put_back == Some(number);
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
        self.put_back = Some(number);
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

    /// The record's own change tells whether the task is as it was left.
    fn parts(&mut self, number: i64, after: &[String]) -> rusqlite::Result<bool> {
        thread::store(self.conn, number, after).map(|_| true)
    }
}
