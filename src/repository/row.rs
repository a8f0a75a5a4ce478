//! Tasks to rows and back.
//!
//! The columns serve order, filters and counts, and give back the values that repeat;
//! the rest of the record is the row's [shape](super::shape) and its own values. What
//! cannot be given back to the letter by a column stays an own value.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::value::RawValue;

use super::dictionary::{Dictionary, Key, Table};
use super::error::{BadRow, of_task};
use super::shape::{Shape, Shapes, Slot, Template};
use crate::domain::date::{TaskDate, moment_to_wire};
use crate::domain::kind::TaskType;
use crate::domain::query::indexed::indexed;
use crate::domain::record::{Field, Record, quote};
use crate::domain::task::{Completion, ContactId, LeadId, Local, Note, RepId, StoredTask, Task, TaskNumber};

/// The columns of a task's row, beside its number.
#[derive(Clone, Debug)]
pub(super) struct Columns<'p> {
    pub(super) id: &'p str,
    pub(super) task_type: i64,
    pub(super) complete: bool,
    pub(super) day: Option<i64>,
    pub(super) at: Option<i64>,
    pub(super) completed: Option<(i64, bool)>,
    pub(super) created: i64,
    pub(super) updated: Option<i64>,
    pub(super) thread: Option<&'p str>,
    pub(super) rep: Option<i64>,
    pub(super) lead: Option<i64>,
    pub(super) contact: Option<i64>,
    pub(super) organization: Option<i64>,
    pub(super) created_by: Option<i64>,
    pub(super) updated_by: Option<i64>,
    pub(super) shape: i64,
    pub(super) fields: Option<&'p str>,
}

/// An absent `date_created` sorts before every other.
const NO_CREATION: i64 = i64::MIN;

/// Short texts of these fields repeat from task to task, so shapes hold them.
const REPEATED: [&str; 9] = [
    "_type",
    "object_type",
    "view",
    "priority",
    "resolution",
    "opportunity_value_currency",
    "opportunity_value_period",
    "sequence_id",
    "agent_config_id",
];

/// A record made ready for its row, without the file: what a reading thread can do while
/// another one writes.
#[derive(Clone, Debug)]
pub struct Packed {
    pub(super) id: String,
    pub(super) key: Key,
    pub(super) updated: Option<DateTime<Utc>>,
    pub(super) created: Option<DateTime<Utc>>,
    pub(super) complete: bool,
    /// The exact time of completion, where the source tells it.
    pub(super) told: Option<DateTime<Utc>>,
    pub(super) record: String,
    type_name: String,
    day: Option<i64>,
    at: Option<i64>,
    /// As [`PARTIES`] names their tables.
    parties: [Option<(Key, String, Option<String>)>; 5],
    organization: Option<(Key, String)>,
    pub(super) thread: Option<String>,
    template: (Key, String),
    fields: Option<String>,
    /// What the index of words holds of it.
    pub(super) words: String,
}

/// Where the parties of a record are: its rep, lead and contact, who made it, who changed it.
const PARTIES: [Table; 5] = [Table::Rep, Table::Lead, Table::Contact, Table::Rep, Table::Rep];

impl Packed {
    /// Packs a record and the task [read](Task::read) from it. `told` is the exact time
    /// of completion where the source tells one.
    pub fn new(record: &Record<'_>, task: &Task, told: Option<DateTime<Utc>>) -> Packed {
        let (day, at) = match task.actionable() {
            Some(TaskDate::Day(day)) => (Some(days(day)), None),
            Some(TaskDate::At(at)) => (None, Some(at.timestamp_micros())),
            None => (None, None),
        };
        let by = By::of(record, task);
        let (template, fields) = fold(record, task, &by);
        let party = |table: Table, id: Option<&str>, name: Option<&str>| {
            id.map(|id| (Key::of_party(table, id, name), id.to_owned(), name.map(str::to_owned)))
        };
        let [rep, lead, contact, created, updated] = PARTIES;
        Packed {
            id: task.id.as_str().to_owned(),
            key: Key::of_task(task.id.as_str()),
            updated: task.updated,
            created: task.created,
            complete: task.is_complete,
            told,
            record: record.to_json(),
            type_name: task.body.wire_name().to_owned(),
            day,
            at,
            parties: [
                party(rep, task.rep.id.as_ref().map(RepId::as_str), task.rep.name.as_deref()),
                party(lead, task.lead.id.as_ref().map(LeadId::as_str), task.lead.name.as_deref()),
                party(contact, task.contact.id.as_ref().map(ContactId::as_str), task.contact.name.as_deref()),
                party(created, by.created.0, by.created.1),
                party(updated, by.updated.0, by.updated.1),
            ],
            organization: by.organization.map(|id| (Key::of_organization(id), id.to_owned())),
            thread: by.thread.map(str::to_owned),
            template: (Key::of_shape(&template), template),
            fields,
            words: indexed(task, &[]),
        }
    }

    /// The rep who has it.
    pub(super) fn rep(&self) -> Option<&str> {
        self.parties[0].as_ref().map(|(_, id, _)| id.as_str())
    }

    /// The columns of its row. `completed` must be there exactly if the task is complete.
    pub(super) fn columns<'p>(
        &'p self,
        conn: &Connection,
        dictionary: &mut Dictionary,
        completed: Option<Completion>,
    ) -> rusqlite::Result<Columns<'p>> {
        let mut numbers = [None; 5];
        for ((party, table), number) in self.parties.iter().zip(PARTIES).zip(&mut numbers) {
            if let Some((key, id, name)) = party {
                *number = Some(dictionary.party(conn, table, *key, id, name.as_deref())?);
            }
        }
        let [rep, lead, contact, created_by, updated_by] = numbers;
        let of = |(key, id): &(Key, String)| dictionary.organization(conn, *key, id);
        let organization = self.organization.as_ref().map(of).transpose()?;
        let (key, template) = &self.template;
        Ok(Columns {
            id: &self.id,
            task_type: dictionary.task_type(conn, &self.type_name)?,
            complete: self.complete,
            day: self.day,
            at: self.at,
            completed: completed.map(|c| (c.at.timestamp_micros(), c.about)),
            created: self.created.map_or(NO_CREATION, |at| at.timestamp_micros()),
            updated: self.updated.map(|at| at.timestamp_micros()),
            thread: self.thread.as_deref(),
            rep,
            lead,
            contact,
            organization,
            created_by,
            updated_by,
            shape: dictionary.shape(conn, *key, template)?,
            fields: self.fields.as_deref(),
        })
    }
}

/// Parts a record into its template and its own values.
fn fold(record: &Record<'_>, task: &Task, by: &By<'_>) -> (String, Option<String>) {
    let (mut template, mut own) = (Template::default(), String::new());
    for Field { name, json } in record.fields() {
        if gives_back(name, json, task, by) {
            template.push(name, "0");
        } else if is_repeated(name, json) {
            template.push(name, json);
        } else {
            template.push(name, "1");
            own.push(if own.is_empty() { '[' } else { ',' });
            own.push_str(json);
        }
    }
    if !own.is_empty() {
        own.push(']');
    }
    (template.finish(), Some(own).filter(|own| !own.is_empty()))
}

/// Who made and changed a task, and where: known to the wire only.
struct By<'r> {
    created: Maker<'r>,
    updated: Maker<'r>,
    organization: Option<&'r str>,
    /// The thread of an incoming email.
    thread: Option<&'r str>,
}

impl<'r> By<'r> {
    fn of(record: &'r Record<'_>, task: &Task) -> By<'r> {
        let text = |name| record.get(name).and_then(plain);
        By {
            created: (text("created_by"), text("created_by_name")),
            updated: (text("updated_by"), text("updated_by_name")),
            organization: text("organization_id"),
            thread: text("object_id")
                .filter(|id| !id.is_empty() && task.body.task_type() == Some(TaskType::IncomingEmail)),
        }
    }
}

type Maker<'r> = (Option<&'r str>, Option<&'r str>);

/// The text of a JSON string without escapes.
fn plain(json: &str) -> Option<&str> {
    let text = json.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains('\\')).then_some(text)
}

/// Whether the columns give this very JSON back.
fn gives_back(name: &str, json: &str, task: &Task, by: &By<'_>) -> bool {
    let same = |value: Option<&str>| value.is_some_and(|value| is_quoted(json, value));
    let moment = |at: Option<DateTime<Utc>>| at.is_some_and(|at| is_quoted(json, &moment_to_wire(at)));
    match name {
        "id" => same(Some(task.id.as_str())),
        "is_complete" => matches!(json, "true" | "false"),
        "date" => task.actionable().is_some_and(|date| is_quoted(json, &date.to_wire())),
        "date_created" => moment(task.created),
        "date_updated" => moment(task.updated),
        "assigned_to" => same(task.rep.id.as_ref().map(|id| id.as_str())),
        "assigned_to_name" => task.rep.id.is_some() && same(task.rep.name.as_deref()),
        "lead_id" => same(task.lead.id.as_ref().map(|id| id.as_str())),
        "lead_name" => task.lead.id.is_some() && same(task.lead.name.as_deref()),
        "contact_id" => same(task.contact.id.as_ref().map(|id| id.as_str())),
        "contact_name" => task.contact.id.is_some() && same(task.contact.name.as_deref()),
        "organization_id" => by.organization.is_some(),
        "object_id" => by.thread.is_some(),
        "created_by" => by.created.0.is_some(),
        "created_by_name" => by.created.0.is_some() && by.created.1.is_some(),
        "updated_by" => by.updated.0.is_some(),
        "updated_by_name" => by.updated.0.is_some() && by.updated.1.is_some(),
        _ => false,
    }
}

fn is_quoted(json: &str, value: &str) -> bool {
    match plain(json) {
        Some(text) => text == value,
        None => json == quote(value),
    }
}

/// Whether a value is the same in so many tasks that the shape holds it.
fn is_repeated(name: &str, json: &str) -> bool {
    const LONGEST: usize = 40;
    match json {
        "null" | "true" | "false" | "[]" => true,
        _ => json.starts_with('"') && json.len() <= LONGEST && REPEATED.contains(&name),
    }
}

/// Selects whole rows; add the condition.
pub(super) const SELECT: &str =
    "SELECT t.n, t.id, t.state, t.day, t.at, t.done_at, t.done_about, t.created, t.updated, t.shape, t.fields,
  r.id, r.name, l.id, l.name, c.id, c.name, o.id, cb.id, cb.name, ub.id, ub.name, t.thread, t.flags, t.arrived
  FROM task t
  LEFT JOIN rep r ON r.n = t.rep
  LEFT JOIN lead l ON l.n = t.lead
  LEFT JOIN contact c ON c.n = t.contact
  LEFT JOIN organization o ON o.n = t.organization
  LEFT JOIN rep cb ON cb.n = t.created_by
  LEFT JOIN rep ub ON ub.n = t.updated_by ";

/// Reads a row of [`SELECT`].
pub(super) fn decode(conn: &Connection, shapes: &Shapes, row: &Row<'_>) -> rusqlite::Result<StoredTask> {
    let number: i64 = row.get(0)?;
    stored(conn, shapes, row, number).map_err(of_task(number))
}

fn stored(conn: &Connection, shapes: &Shapes, row: &Row<'_>, number: i64) -> rusqlite::Result<StoredTask> {
    let shape = shapes.get(conn, row.get(9)?)?;
    let record = record(row, number, &shape)?;
    let task = Task::read(&record).map_err(|e| BadRow { number, what: e.to_string() })?;
    let done_at: Option<i64> = row.get(5)?;
    let completed = match done_at {
        Some(micros) => Some(Completion { at: moment(number, micros)?, about: row.get(6)? }),
        None => None,
    };
    let flags: i64 = row.get(23)?;
    let notes = if flags & HAS_NOTES == 0 { Vec::new() } else { notes(conn, number)? };
    let arrived: i64 = row.get(24)?;
    let arrived = (arrived != 0).then(|| DateTime::from_timestamp_secs(arrived)).flatten();
    let local = Local { is_pinned: flags & PINNED != 0, is_snoozed: flags & SNOOZED != 0, notes, arrived };
    Ok(StoredTask { number: TaskNumber(number), task, record, completed, local })
}

/// The bits of `flags`.
pub(super) const PINNED: i64 = 1;
pub(super) const SNOOZED: i64 = 2;
pub(super) const HAS_NOTES: i64 = 4;

/// The notes of a task that has some.
pub(super) fn notes(conn: &Connection, number: i64) -> rusqlite::Result<Vec<Note>> {
    let mut select = conn.prepare_cached("SELECT notes FROM note WHERE task = ?1")?;
    let json: Option<String> = select.query_row([number], |row| row.get(0)).optional()?;
    let bad = |what: String| BadRow { number, what: format!("notes: {what}") };
    let json = json.ok_or_else(|| bad("missing".to_owned()))?;
    Ok(serde_json::from_str(&json).map_err(|e| bad(e.to_string()))?)
}

fn record(row: &Row<'_>, number: i64, shape: &Arc<Shape>) -> rusqlite::Result<Record<'static>> {
    let bad = |what: String| BadRow { number, what };
    let own = row.get_ref(10)?.as_str_or_null()?.unwrap_or("[]");
    let own: Vec<&RawValue> = serde_json::from_str(own).map_err(|e| bad(e.to_string()))?;
    let mut own = own.into_iter();
    let mut fields = Vec::with_capacity(shape.slots.len());
    for (name, slot) in &shape.slots {
        let json = match slot {
            Slot::Column => column(row, number, name)?,
            Slot::Own => own.next().ok_or_else(|| bad(format!("{name} is missing")))?.get().to_owned(),
            Slot::Literal(json) => json.clone(),
        };
        fields.push(Field { name: Cow::Owned(name.clone()), json: Cow::Owned(json) });
    }
    Record::from_fields(fields).map_err(|e| bad(e.to_string()).into())
}

/// The JSON that the columns give back for a field: the inverse of `gives_back`.
fn column(row: &Row<'_>, number: i64, name: &str) -> rusqlite::Result<String> {
    let index = match name {
        "is_complete" => return Ok((row.get::<_, i64>(2)? & 1 == 1).to_string()),
        "date" => return date(row, number),
        "date_created" => return Ok(quote(&moment_to_wire(moment(number, row.get(7)?)?))),
        "date_updated" => return Ok(quote(&moment_to_wire(moment(number, row.get(8)?)?))),
        "id" => 1,
        "assigned_to" => 11,
        "assigned_to_name" => 12,
        "lead_id" => 13,
        "lead_name" => 14,
        "contact_id" => 15,
        "contact_name" => 16,
        "organization_id" => 17,
        "object_id" => 22,
        "created_by" => 18,
        "created_by_name" => 19,
        "updated_by" => 20,
        "updated_by_name" => 21,
        other => return Err(BadRow { number, what: format!("{other} has no column") }.into()),
    };
    Ok(quote(row.get_ref(index)?.as_str()?))
}

fn date(row: &Row<'_>, number: i64) -> rusqlite::Result<String> {
    let date = match (row.get::<_, Option<i64>>(3)?, row.get::<_, Option<i64>>(4)?) {
        (Some(day), _) => TaskDate::Day(day_from(number, day)?),
        (None, Some(at)) => TaskDate::At(moment(number, at)?),
        (None, None) => return Err(BadRow { number, what: "date is missing".to_owned() }.into()),
    };
    Ok(quote(&date.to_wire()))
}

/// Days since 1970.
pub(super) fn days(day: NaiveDate) -> i64 {
    i64::from(day.to_epoch_days())
}

/// The day so many days after 1970 began, within the years that a date may have: in some
/// zone the last that chrono knows is none.
pub(super) fn day_from(number: i64, days: i64) -> rusqlite::Result<NaiveDate> {
    let day = i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days);
    day.filter(|day| TaskDate::Day(*day).within_years().is_some())
        .ok_or_else(|| BadRow { number, what: format!("{days} is no day") }.into())
}

/// The moment so many microseconds after 1970 began, as [`day_from`].
pub(super) fn moment(number: i64, micros: i64) -> rusqlite::Result<DateTime<Utc>> {
    let moment = DateTime::from_timestamp_micros(micros);
    moment
        .filter(|at| TaskDate::At(*at).within_years().is_some())
        .ok_or_else(|| BadRow { number, what: format!("{micros} is no moment") }.into())
}
