//! A task: what every type has. Source: the Tasks page; the API reference, section 3.1.

use chrono::{DateTime, Utc};

use super::date::{self, TaskDate};
use super::kind::Body;
use super::record::{self, Record, RecordError};

/// Longer ids are refused; Close's have at most 48 bytes.
pub const LONGEST_ID: usize = 255;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+) => {$(
        $(#[$doc])*
        /// Opaque: exact bytes, never parsed, folded or trimmed.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Takes an id as it came.
            pub fn new(id: impl Into<String>) -> $name {
                $name(id.into())
            }

            /// The id as it came.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> $name {
                $name(id)
            }
        }
    )+};
}

ids! {
    /// Close's id of a task: `task_…`, `noti_…`.
    TaskId,
    /// Close's id of a lead.
    LeadId,
    /// Close's id of a contact.
    ContactId,
    /// Close's id of a user: a rep.
    RepId
}

/// The number of a task in this file, stable for the life of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskNumber(pub i64);

impl std::fmt::Display for TaskNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Somebody with an id and a name, either of which the wire may leave out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Party<I> {
    /// Who it is.
    pub id: Option<I>,
    /// The name at the time of the record; real data has empty ones.
    pub name: Option<String>,
}

impl<I> Party<I> {
    /// The name, if there is one to show.
    pub fn shown_name(&self) -> Option<&str> {
        self.name.as_deref().filter(|name| !name.is_empty())
    }
}

impl<I: AsRef<str>> Party<I> {
    /// The name, or where there is none, the id.
    pub fn name_or_id(&self) -> Option<&str> {
        self.shown_name().or(self.id.as_ref().map(AsRef::as_ref))
    }
}

/// What repbox understands of a task. Nothing here is derived from `view` or
/// `due_date`: those are never read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Close's id.
    pub id: TaskId,
    /// The type's own fields.
    pub body: Body,
    /// Whether it stands in the archive. Absent or null on the wire: no.
    pub is_complete: bool,
    /// `date` as it came, whatever `is_dateless` says; see [`Task::actionable`].
    pub date: Option<TaskDate>,
    /// The rep who has it: `assigned_to`.
    pub rep: Party<RepId>,
    /// Its lead.
    pub lead: Party<LeadId>,
    /// Its contact.
    pub contact: Party<ContactId>,
    /// `date_created`.
    pub created: Option<DateTime<Utc>>,
    /// `date_updated`.
    pub updated: Option<DateTime<Utc>>,
}

/// When a task was completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The moment, in UTC.
    pub at: DateTime<Utc>,
    /// Whether it is only the last update's time: the wire has no completion time.
    pub about: bool,
}

/// A task in the file: what it is, its record, and what only this file knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTask {
    /// Its number in this file.
    pub number: TaskNumber,
    /// What repbox understands of it.
    pub task: Task,
    /// Everything, as on the wire.
    pub record: Record<'static>,
    /// When it was completed; `Some` exactly if `task.is_complete`.
    pub completed: Option<Completion>,
    /// What Close knows nothing of.
    pub local: Local,
}

/// What a rep keeps beside a task, on this computer only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Local {
    /// Stands at the top of its section; in the archive it is never removed.
    pub is_pinned: bool,
    /// Its date was moved by a snooze.
    pub is_snoozed: bool,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// When it came into this file, or came back into it, in UTC to the second; `None` while
    /// it is not in the file.
    pub arrived: Option<DateTime<Utc>>,
}

impl Local {
    /// Takes in what is kept beside a task that becomes part of this one.
    pub fn take_in(&mut self, other: &Local) {
        self.is_pinned |= other.is_pinned;
        let new = other.notes.iter().filter(|note| !self.notes.contains(note)).cloned().collect::<Vec<_>>();
        self.notes.extend(new);
        self.notes.sort_by_key(|note| note.at);
    }
}

/// A note beside a task.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Note {
    /// When it was written, in UTC.
    pub at: DateTime<Utc>,
    /// What it says, raw.
    pub text: String,
}

impl Task {
    /// When it becomes actionable. A null date and `is_dateless` both mean: no date.
    pub fn actionable(&self) -> Option<TaskDate> {
        match self.body {
            Body::Lead { is_dateless: true, .. } => None,
            _ => self.date,
        }
    }

    /// Reads a task from its record.
    ///
    /// # Errors
    /// When `id` or `_type` is absent, a known field holds a value of another kind
    /// than the API defines, or a date cannot be read.
    pub fn read(record: &Record<'_>) -> Result<Task, RecordError> {
        let mut common = Common::default();
        for field in record.fields() {
            common.take(&field.name, &field.json);
        }
        common.into_task(record)
    }
}

/// The JSON of the fields that every type has, found in one pass.
#[derive(Default)]
struct Common<'r> {
    id: Option<&'r str>,
    type_name: Option<&'r str>,
    is_complete: Option<&'r str>,
    date: Option<&'r str>,
    date_created: Option<&'r str>,
    date_updated: Option<&'r str>,
    rep: (Option<&'r str>, Option<&'r str>),
    lead: (Option<&'r str>, Option<&'r str>),
    contact: (Option<&'r str>, Option<&'r str>),
}

impl<'r> Common<'r> {
    fn take(&mut self, name: &str, json: &'r str) {
        let slot = match name {
            "id" => &mut self.id,
            "_type" => &mut self.type_name,
            "is_complete" => &mut self.is_complete,
            "date" => &mut self.date,
            "date_created" => &mut self.date_created,
            "date_updated" => &mut self.date_updated,
            "assigned_to" => &mut self.rep.0,
            "assigned_to_name" => &mut self.rep.1,
            "lead_id" => &mut self.lead.0,
            "lead_name" => &mut self.lead.1,
            "contact_id" => &mut self.contact.0,
            "contact_name" => &mut self.contact.1,
            _ => return,
        };
        *slot = Some(json);
    }

    fn into_task(self, record: &Record<'_>) -> Result<Task, RecordError> {
        let id = id("id", self.id)?.filter(|id| !id.is_empty()).ok_or(RecordError::Missing("id"))?;
        let type_name = record::text("_type", self.type_name)?.ok_or(RecordError::Missing("_type"))?;
        Ok(Task {
            id: TaskId(id),
            body: Body::read(&type_name, record)?,
            is_complete: record::flag("is_complete", self.is_complete)?.unwrap_or(false),
            date: read_date("date", self.date, TaskDate::parse)?,
            rep: Party { id: id_of("assigned_to", self.rep.0)?, name: record::text("assigned_to_name", self.rep.1)? },
            lead: Party { id: id_of("lead_id", self.lead.0)?, name: record::text("lead_name", self.lead.1)? },
            contact: Party {
                id: id_of("contact_id", self.contact.0)?,
                name: record::text("contact_name", self.contact.1)?,
            },
            created: read_date("date_created", self.date_created, date::parse_moment)?,
            updated: read_date("date_updated", self.date_updated, date::parse_moment)?,
        })
    }
}

fn id(field: &'static str, json: Option<&str>) -> Result<Option<String>, RecordError> {
    let id = record::text(field, json)?;
    match id.as_ref().map(String::len) {
        Some(length) if length > LONGEST_ID => Err(RecordError::TooLong { field, length, most: LONGEST_ID }),
        _ => Ok(id),
    }
}

fn id_of<I: From<String>>(field: &'static str, json: Option<&str>) -> Result<Option<I>, RecordError> {
    Ok(id(field, json)?.map(I::from))
}

fn read_date<D>(
    field: &'static str,
    json: Option<&str>,
    parse: fn(&str) -> Result<D, date::DateError>,
) -> Result<Option<D>, RecordError> {
    match record::text(field, json)? {
        Some(text) => parse(&text).map(Some).map_err(|error| RecordError::Date { field, error }),
        None => Ok(None),
    }
}
