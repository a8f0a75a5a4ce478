//! What was changed here since a task came, and waits to be sent to Close: what files say
//! of it meanwhile does not stand, and `is:unsent` finds it. Of a task that took another
//! in because a person changed that one, the records of which it is made tell how it came.
//!
//! Where Close says the same later, an import notes those fields with one value before and
//! after: from then on they are Close's again.

use std::collections::HashSet;

use rusqlite::Connection;

use super::import::parse_record;
use super::list::page;
use super::shape::Shapes;
use super::{fields, thread};
use crate::domain::change::StepNumber;
use crate::domain::kind::TaskType;
use crate::domain::record::Record;
use crate::domain::task::{StoredTask, TaskNumber};
use crate::domain::thread::united;

/// The changes of a task that are not sent, as the values that came.
#[derive(Debug, Default)]
pub(super) struct Unsent {
    /// The fields of the record that are other now; [`ABSENT`] for one that did not come.
    came: Record<'static>,
    /// Whether it came complete, if that is other now.
    came_complete: Option<bool>,
    /// Whether the task as a whole was given to a rep.
    is_given: bool,
    /// Whether a record of which it is made has another rep or state than it has.
    has_odd_part: bool,
    /// Whether a record of which it is made came complete, and the task is open.
    has_reopened_part: bool,
}

/// Stands for a field that the record has not: no JSON is empty.
const ABSENT: &str = "";

/// What a person's change may set of a task that takes another one in.
const SET_BY_A_JOIN: [&str; 3] = ["date", "assigned_to", "assigned_to_name"];

/// Takes out of what came the fields that an import noted as they were: Close said them too.
/// A name goes with its id, for Close may spell it another way.
fn forget_settled(came: &mut Record<'static>, before: &Record<'_>, after: &Record<'_>) {
    for field in after.fields().iter().filter(|field| before.get(&field.name) == Some(&*field.json)) {
        came.remove(&field.name);
        match &*field.name {
            "assigned_to" => came.remove("assigned_to_name"),
            "lead_id" => came.remove("lead_name"),
            "contact_id" => came.remove("contact_name"),
            _ => {}
        }
    }
}

/// Whether a record has another rep or state than the task that it is part of.
fn is_odd(part: &Record<'_>, held: &StoredTask) -> bool {
    is_complete(part) != held.task.is_complete || rep(part) != rep(&held.record)
}

fn is_complete(part: &Record<'_>) -> bool {
    part.get("is_complete") == Some("true")
}

/// The rep of a record, as JSON; what is null is as good as absent.
pub(super) fn rep<'r>(record: &'r Record<'_>) -> Option<&'r str> {
    record.get("assigned_to").filter(|json| *json != "null")
}

impl Unsent {
    /// Reads them from the journal.
    pub(super) fn of(conn: &Connection, held: &StoredTask) -> rusqlite::Result<Unsent> {
        Unsent::with(conn, held, None)
    }

    /// As [`Unsent::of`], with what a person's step that is under way has changed.
    pub(super) fn with(conn: &Connection, held: &StoredTask, step: Option<StepNumber>) -> rusqlite::Result<Unsent> {
        let (mut came, came_complete, has_joined) = Unsent::came(conn, held.number, step)?;
        let is_ours = |name: &str, came: &str| !name.contains(':') && held.record.get(name).unwrap_or(ABSENT) != came;
        let is_given = came.get("assigned_to").is_some_and(|json| is_ours("assigned_to", json));
        let is_email = held.task.body.task_type() == Some(TaskType::IncomingEmail);
        let parts = if is_email { thread::parts(conn, held.number.0)? } else { Vec::new() };
        if has_joined && !parts.is_empty() {
            let whole = united(&parts).map_err(|e| fields::broken(held.number.0, e))?;
            for name in SET_BY_A_JOIN {
                came.set(name, whole.get(name).unwrap_or(ABSENT).to_owned());
            }
        }
        let changed = came.fields().iter().filter(|field| is_ours(&field.name, &field.json));
        Ok(Unsent {
            came: Record::from_fields(changed.cloned().collect()).unwrap_or_default(),
            came_complete: came_complete.filter(|came| *came != held.task.is_complete),
            is_given,
            has_odd_part: parts.iter().any(|part| is_odd(part, held)),
            has_reopened_part: !held.task.is_complete && parts.iter().any(is_complete),
        })
    }

    /// What came of the fields that were set here, and of the completion; whether the task took
    /// another one in.
    fn came(
        conn: &Connection,
        number: TaskNumber,
        step: Option<StepNumber>,
    ) -> rusqlite::Result<(Record<'static>, Option<bool>, bool)> {
        let mut select = conn.prepare_cached(
            "SELECT field, before, after, action = 'import' FROM change INDEXED BY change_task LEFT JOIN step ON step.n = change.step
             WHERE change.task = ?1 AND field NOT IN ('presence', 'left') AND field IN ('fields', 'completion', 'record')
               AND (change.step = ?2 OR undone IS NULL AND action NOT IN ('undo', 'redo')
                                            AND NOT (action = 'import' AND field = 'record')) ORDER BY step",
        )?;
        let mut rows = select.query((number.0, step.map(|step| step.0)))?;
        let (mut came, mut came_complete, mut has_joined) = (Record::new(), None, false);
        while let Some(row) = rows.next()? {
            if row.get_ref(0)?.as_str()? == "record" {
                has_joined = true;
                continue;
            }
            let [before, after] = [row.get::<_, Option<String>>(1)?, row.get(2)?];
            let is_import = row.get::<_, Option<bool>>(3)?.unwrap_or_default();
            if row.get_ref(0)?.as_str()? == "completion" {
                if !is_import {
                    came_complete.get_or_insert(before.is_some());
                } else if before.is_some() == after.is_some() {
                    came_complete = None;
                }
                continue;
            }
            let [before, after] = [before, after].map(|json| parse_record(json.as_deref().unwrap_or("{}")));
            if is_import {
                forget_settled(&mut came, &before.unwrap_or_default(), &after.unwrap_or_default());
                continue;
            }
            for field in after.unwrap_or_default().fields() {
                // The oldest value is what came.
                if came.get(&field.name).is_none() {
                    let json = before.as_ref().ok().and_then(|before| before.get(&field.name));
                    came.set(field.name.to_string(), json.unwrap_or(ABSENT).to_owned());
                }
            }
        }
        Ok((came, came_complete, has_joined))
    }

    /// Takes out what a newer record of Close's says too: it waits no longer. The fields,
    /// with their values, and whether the completion was among it.
    pub(super) fn settle(&mut self, record: &Record<'_>, held: &StoredTask) -> (Record<'static>, bool) {
        let is_said = |name: &str| held.record.get(name) == record.get(name);
        let said = self.came.fields().iter().filter(|field| is_said(&field.name));
        let mut settled = Record::new();
        for field in said {
            settled.put(field.name.clone(), held.record.get(&field.name).map(str::to_owned));
        }
        forget_settled(&mut self.came, &settled, &settled);
        let is_completion = self.came_complete.is_some() && is_complete(record) == held.task.is_complete;
        if is_completion {
            self.came_complete = None;
        }
        (settled, is_completion)
    }

    /// Whether nothing waits.
    fn is_empty(&self) -> bool {
        self.came.fields().is_empty() && self.came_complete.is_none() && !self.has_odd_part
    }

    /// Whether it was completed or re-opened here.
    pub(super) fn has_completion(&self) -> bool {
        self.came_complete.is_some()
    }

    /// Whether a rep was given the whole of it here.
    pub(super) fn is_given(&self) -> bool {
        self.is_given
    }

    /// Lays the changes over a record that comes.
    pub(super) fn lay_over(&self, record: &mut Record<'static>, held: &StoredTask) {
        for field in self.came.fields() {
            record.put(field.name.clone(), held.record.get(&field.name).map(str::to_owned));
        }
        if self.has_completion() || self.has_reopened_part {
            record.set("is_complete", held.task.is_complete.to_string());
        }
    }

    /// The record as it came.
    pub(super) fn as_it_came(&self, held: &StoredTask) -> Record<'static> {
        let mut record = held.record.clone();
        for field in self.came.fields() {
            record.put(field.name.clone(), Some(field.json.clone()).filter(|json| json != ABSENT));
        }
        if let Some(complete) = self.came_complete {
            record.set("is_complete", complete.to_string());
        }
        record
    }
}

/// The tasks that were changed here, or made here.
pub(super) fn tasks(conn: &Connection, shapes: &Shapes) -> rusqlite::Result<HashSet<TaskNumber>> {
    let select = |sql: &str| -> rusqlite::Result<Vec<TaskNumber>> {
        conn.prepare_cached(sql)?.query_map([], |row| row.get(0).map(TaskNumber))?.collect()
    };
    let made = "SELECT task FROM change JOIN step ON step.n = change.step
                WHERE field = 'presence' AND action IN ('add', 'call') AND undone IS NULL";
    let touched = "SELECT DISTINCT task FROM change JOIN step ON step.n = change.step
                   WHERE field IN ('fields', 'completion', 'record') AND undone IS NULL
                     AND action NOT IN ('import', 'undo', 'redo')";
    let mut tasks: HashSet<TaskNumber> = select(made)?.into_iter().collect();
    for number in select(touched)? {
        let Some(held) = page::fetch(conn, shapes, number.0)? else { continue };
        if !Unsent::of(conn, &held)?.is_empty() {
            tasks.insert(number);
        }
    }
    Ok(tasks)
}
