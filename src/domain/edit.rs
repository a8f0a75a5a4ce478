//! What a person changes of tasks, and which types allow it.
//!
//! Source: the API reference, 5.3 and 5.4: date, person and completion change on every
//! type, text, lead and contact only on the two that a person can make.

mod new;
mod words;

use std::fmt;

use super::change::Action;
use super::date::TaskDate;
use super::kind::{Body, TaskType};
use super::record::{self, Record, quote};
use super::snooze::Until;
use super::task::{ContactId, LeadId, Note, Party, RepId, StoredTask, Task};
use super::wording;

pub use new::{Incomplete, NewTask, local_id};
pub use words::{are_gone, match_no_longer};

/// The field that holds whether a task is pinned. No name of Close's has a colon.
pub const PINNED: &str = "repbox:pinned";
/// The field that holds whether a snooze moved the task's date.
pub const SNOOZED: &str = "repbox:snoozed";
/// The field that holds a task's notes, as a list.
pub const NOTES: &str = "repbox:notes";

/// Something done to one task or many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Completes, or re-opens.
    Complete(bool),
    /// Moves the date of open tasks.
    Snooze(Until),
    /// Gives tasks to a rep.
    Assign(Party<RepId>),
    /// Changes fields.
    Fields(Box<Changes>),
    /// Deletes.
    Delete,
    /// Pins, or takes the pin out.
    Pin(bool),
    /// Writes a note.
    Note(Note),
}

/// New values of a task's fields; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What is to be done.
    pub text: Option<String>,
    /// When.
    pub date: Option<TaskDate>,
    /// For which lead; without an id: for none.
    pub lead: Option<Party<LeadId>>,
    /// For which contact; without an id: for none.
    pub contact: Option<Party<ContactId>>,
    /// By whom; without an id: by nobody.
    pub rep: Option<Party<RepId>>,
    /// Which number to call.
    pub phone: Option<String>,
    /// Whether lead and contact were both named by their ids: who does that knows that they
    /// belong together, also where older tasks say otherwise.
    pub is_by_ids: bool,
}

/// A field that a person may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `text`
    Text,
    /// `date`
    Date,
    /// `lead_id`
    Lead,
    /// `contact_id`
    Contact,
    /// `assigned_to`
    Rep,
    /// `phone`
    Phone,
}

impl Field {
    /// Its word on the screen and in sentences.
    pub fn word(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Date => "date",
            Field::Lead => "lead",
            Field::Contact => "contact",
            Field::Rep => "assigned to",
            Field::Phone => "phone",
        }
    }

    /// Whether a task of a type has the field and lets a person change it. `None`: a type
    /// that this version does not know.
    pub fn is_allowed(self, task_type: Option<TaskType>) -> bool {
        match self {
            Field::Date | Field::Rep => true,
            Field::Text | Field::Lead | Field::Contact => task_type.is_some_and(TaskType::is_made_by_people),
            Field::Phone => task_type == Some(TaskType::OutgoingCall),
        }
    }

    /// Why a task of a type does not let a person change the field.
    pub fn refusal(self, task_type: Option<TaskType>) -> Option<Refusal> {
        if self.is_allowed(task_type) {
            return None;
        }
        Some(match task_type {
            // A type that people make is refused only what it does not have.
            Some(known) if known.is_made_by_people() => Refusal::NoField(self, task_type),
            Some(_) | None => Refusal::Field(self, task_type),
        })
    }
}

/// Why a task does not take an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// It is complete: moving its date would bring nothing back.
    #[error("it is complete; re-open it first")]
    Complete,
    /// A to-do without words.
    #[error("Text is empty. Say what to do.")]
    NoText,
    /// Its type has no such field.
    #[error("{} have no {}", wording::plural_label(*.1), .0.word())]
    NoField(Field, Option<TaskType>),
    /// Its type does not let a person change the field.
    #[error("{} is set by Close on {}; only date, person and completion change", .0.word(), wording::plural_label(*.1))]
    Field(Field, Option<TaskType>),
}

impl Changes {
    /// The fields that have a new value.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        [
            self.text.as_ref().map(|_| Field::Text),
            self.date.map(|_| Field::Date),
            self.lead.as_ref().map(|_| Field::Lead),
            self.contact.as_ref().map(|_| Field::Contact),
            self.rep.as_ref().map(|_| Field::Rep),
            self.phone.as_ref().map(|_| Field::Phone),
        ]
        .into_iter()
        .flatten()
    }

    fn values(&self) -> Record<'static> {
        let mut values = Record::new();
        if let Some(text) = &self.text {
            values.set("text", quote(text));
        }
        if let Some(date) = self.date {
            values.set("date", quote(&date.to_wire()));
            // Planned anew, by a person who saw it: no longer put off.
            values.set(SNOOZED, "false");
        }
        if let Some(rep) = &self.rep {
            party(&mut values, ["assigned_to", "assigned_to_name"], rep);
        }
        if let Some(lead) = &self.lead {
            party(&mut values, ["lead_id", "lead_name"], lead);
            // A contact belongs to one lead.
            party(&mut values, ["contact_id", "contact_name"], &Party::<ContactId> { id: None, name: None });
        }
        if let Some(contact) = &self.contact {
            party(&mut values, ["contact_id", "contact_name"], contact);
        }
        if let Some(phone) = &self.phone {
            values.set("phone", quote(phone));
        }
        values
    }
}

fn party<I: AsRef<str>>(values: &mut Record<'static>, names: [&'static str; 2], party: &Party<I>) {
    let json = |text: Option<&str>| text.map_or_else(|| "null".to_owned(), quote);
    values.set(names[0], json(party.id.as_ref().map(AsRef::as_ref)));
    values.set(names[1], json(party.name.as_deref()));
}

impl Edit {
    /// What the journal calls it.
    pub fn action(&self) -> Action {
        match self {
            Edit::Complete(true) => Action::Complete,
            Edit::Complete(false) => Action::Reopen,
            Edit::Snooze(_) => Action::Snooze,
            Edit::Assign(_) => Action::Assign,
            Edit::Fields(_) => Action::Edit,
            Edit::Delete => Action::Delete,
            Edit::Pin(_) => Action::Pin,
            Edit::Note(_) => Action::Note,
        }
    }

    /// Why a task of a type, open or complete, does not take it.
    pub fn refusal(&self, task_type: Option<TaskType>, is_complete: bool) -> Option<Refusal> {
        match self {
            Edit::Snooze(_) if is_complete => Some(Refusal::Complete),
            Edit::Fields(changes) => {
                let is_blank = changes.text.as_ref().is_some_and(|text| text.trim().is_empty());
                let refused = changes.fields().find_map(|field| field.refusal(task_type));
                let blank = (is_blank && task_type == Some(TaskType::Lead)).then_some(Refusal::NoText);
                refused.or(blank)
            }
            Edit::Complete(_) | Edit::Snooze(_) | Edit::Assign(_) | Edit::Delete | Edit::Pin(_) | Edit::Note(_) => None,
        }
    }

    /// The fields that it sets on a task with this date; see [`Edit::values_for`] for what
    /// depends on more of the task.
    pub fn values(&self, current: Option<TaskDate>) -> Record<'static> {
        let mut values = Record::new();
        match self {
            Edit::Snooze(until) => {
                values.set("date", quote(&until.date(current).to_wire()));
                values.set(SNOOZED, "true");
            }
            Edit::Assign(rep) => party(&mut values, ["assigned_to", "assigned_to_name"], rep),
            Edit::Fields(changes) => values = changes.values(),
            Edit::Pin(pinned) => values.set(PINNED, pinned.to_string()),
            Edit::Complete(_) | Edit::Delete | Edit::Note(_) => {}
        }
        values
    }

    /// The fields that it sets on this task: a note is added to the others, and a dated
    /// task is no longer dateless.
    pub fn values_for(&self, stored: &StoredTask) -> Record<'static> {
        let mut values = self.values(stored.task.actionable());
        if values.get("date").is_some() && stored.record.get("is_dateless") == Some("true") {
            values.set("is_dateless", "false");
        }
        if let Edit::Note(note) = self {
            let notes = stored.local.notes.iter().chain([note]).cloned().collect::<Vec<_>>();
            values.set(NOTES, notes_json(&notes));
        }
        // What is absent is as good as null, and stays absent.
        let is_new = |field: &&record::Field<'_>| {
            (field.json != "null" || get(stored, &field.name).is_some()) && !self.keeps(stored, &field.name)
        };
        let fields = values.fields().iter().filter(is_new).cloned().collect();
        Record::from_fields(fields).unwrap_or_default()
    }

    /// Whether it leaves a field as it is: the contact, where the lead stays the same.
    fn keeps(&self, stored: &StoredTask, name: &str) -> bool {
        let Edit::Fields(changes) = self else { return false };
        let is_same_lead = changes.lead.as_ref().is_some_and(|lead| lead.id == stored.task.lead.id);
        is_same_lead && changes.contact.is_none() && matches!(name, "contact_id" | "contact_name")
    }

    /// The task with the edit's fields, as the file will have it; not for completion and
    /// deletion. `None` where the record would be none of a task.
    pub fn apply(&self, stored: &StoredTask) -> Option<StoredTask> {
        let mut changed = stored.clone();
        for field in self.values_for(stored).fields() {
            set(&mut changed, &field.name, Some(&field.json));
        }
        changed.task = Task::read(&changed.record).ok()?;
        Some(changed)
    }
}

/// Sets a field of the record, or a local one; `None` takes it out.
pub fn set(stored: &mut StoredTask, name: &str, json: Option<&str>) {
    match name {
        PINNED => stored.local.is_pinned = json == Some("true"),
        SNOOZED => stored.local.is_snoozed = json == Some("true"),
        NOTES => stored.local.notes = json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default(),
        name => stored.record.put(name.to_owned(), json.map(str::to_owned)),
    }
}

/// The JSON of a field of the record, or of a local one.
pub fn get(stored: &StoredTask, name: &str) -> Option<String> {
    match name {
        PINNED => Some(stored.local.is_pinned.to_string()),
        SNOOZED => Some(stored.local.is_snoozed.to_string()),
        NOTES => Some(notes_json(&stored.local.notes)),
        name => stored.record.get(name).map(str::to_owned),
    }
}

/// The local fields of a task, which the journal tells together.
pub fn local_fields(stored: &StoredTask) -> Record<'static> {
    let mut fields = Record::new();
    for name in [PINNED, SNOOZED, NOTES] {
        fields.put(name, get(stored, name));
    }
    fields
}

/// Notes as the journal and the file keep them.
pub fn notes_json(notes: &[Note]) -> String {
    serde_json::to_string(notes).expect("moments and texts are always JSON")
}

impl Body {
    /// Whether a person may change a field of a task of this type.
    pub fn allows(&self, field: Field) -> bool {
        field.is_allowed(self.task_type())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_and_person_change_on_every_type_and_text_and_lead_only_where_people_make_tasks() {
        for task_type in TaskType::ALL.map(Some).into_iter().chain([None]) {
            let made = matches!(task_type, Some(TaskType::Lead | TaskType::OutgoingCall));
            for field in [Field::Text, Field::Lead, Field::Contact] {
                assert_eq!(field.is_allowed(task_type), made, "{field} of {task_type:?}");
            }
            assert!(Field::Date.is_allowed(task_type) && Field::Rep.is_allowed(task_type));
        }
        let edit = Edit::Fields(Box::new(Changes { text: Some("x".into()), ..Changes::default() }));
        assert_eq!(
            edit.refusal(Some(TaskType::MissedCall), false).expect("refused").to_string(),
            "text is set by Close on missed calls; only date, person and completion change"
        );
    }

    #[test]
    fn a_local_id_never_looks_like_one_of_closes() {
        let id = local_id(7);
        for prefix in ["task_", "noti_", "acti_", "lead_", "user_"] {
            assert!(!id.as_str().starts_with(prefix));
        }
        assert_ne!(local_id(8), id);
    }
}
