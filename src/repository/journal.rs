//! Steps and entries: how they are written and read. Undo and redo are in `restore`; what
//! happened since a moment, in `since`.
//!
//! The journal only grows. Undo is a step of its own that points at the one it takes
//! back (`of`), and marks it (`undone`); redo takes the mark off. It has entries of its
//! own only where it left tasks alone: else it did all that the other step's say. A step
//! of any other kind closes the way to redo: what was undone before it stays so.

mod restore;
mod since;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

use serde_json::value::RawValue;

use super::error::BadRow;
use super::row::moment;
use super::{Repository, Result, import};
use crate::domain::change::{Action, Change, Entry, Presence, Step, StepNumber};
use crate::domain::record::Record;
use crate::domain::task::{Completion, TaskNumber};

pub use restore::Restored;
pub use since::{Deed, Happened};

impl Repository {
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
    SELECT step FROM change INDEXED BY change_task WHERE task = ?2 AND field NOT IN ('presence', 'left')
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

    /// Writes what the step does to a field. Done twice in one step, the first `before` stands,
    /// of each of several fields.
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
             ON CONFLICT DO NOTHING",
        )?;
        if insert.execute((self.number.0, task, field, &before, &after))? == 1 {
            return Ok(());
        }
        let (before, after) = match change {
            Change::Fields { before, after } => self.gone_on(conn, task, before, after)?,
            _ => (None, after),
        };
        let more =
            "UPDATE change SET before = coalesce(?4, before), after = ?5 WHERE step = ?1 AND task = ?2 AND field = ?3";
        conn.prepare_cached(more)?.execute((self.number.0, task, field, before, after)).map(drop)
    }

    /// Both sides of the fields that the step has set already, with those that it sets now.
    fn gone_on(
        &self,
        conn: &Connection,
        task: i64,
        before: &Record<'static>,
        after: &Record<'static>,
    ) -> rusqlite::Result<(Option<String>, Option<String>)> {
        let mut select = conn.prepare_cached(
            "SELECT task, field, before, after FROM change WHERE step = ?1 AND task = ?2 AND field = 'fields'",
        )?;
        let held = select.query_row((self.number.0, task), entry)?;
        let Change::Fields { before: mut first, after: mut last } = held.change else { return Ok((None, None)) };
        for field in before.fields().iter().chain(after.fields()) {
            let name = &*field.name;
            if first.get(name).is_none() && last.get(name).is_none() {
                first.put(name.to_owned(), before.get(name).map(str::to_owned));
            }
        }
        for field in before.fields().iter().chain(after.fields()) {
            last.put(field.name.clone(), after.get(&field.name).map(str::to_owned));
        }
        Ok((Some(first.to_json()), Some(last.to_json())))
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
impl Repository {
    /// The tasks that a step from this one on changed, whatever in them, and the newest step
    /// now. Tasks that came with an import are told by their first one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn changed_since(&self, step: StepNumber) -> Result<(Vec<TaskNumber>, StepNumber)> {
        let read = || {
            // The step first: what is written in between is told the next time.
            let now = last(&self.conn)?;
            let mut select = self.conn.prepare_cached("SELECT DISTINCT task FROM change WHERE step >= ?1")?;
            let tasks = select.query_map([step.0], |row| row.get(0).map(TaskNumber))?;
            Ok((tasks.collect::<rusqlite::Result<_>>()?, now))
        };
        read().map_err(|e| self.error(e))
    }
}

pub(super) fn last(conn: &Connection) -> rusqlite::Result<StepNumber> {
    conn.prepare_cached("SELECT coalesce(max(n), 0) FROM step")?.query_row([], |row| row.get(0).map(StepNumber))
}

/// Writes under the steps behind one who did them.
pub(super) fn sign(conn: &Connection, behind: StepNumber, by: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE step SET who = ?2 WHERE n > ?1")?.execute((behind.0, by)).map(drop)
}
