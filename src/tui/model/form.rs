//! The form of a task: fields that a person may change.

use super::entry::{Entry, Name};
use crate::domain::date::TaskDate;
use crate::domain::edit::{self, Changes, Edit, Field, Incomplete};
use crate::domain::kind::TaskType;
use crate::domain::record::Record;
use crate::domain::task::{LeadId, Party, RepId};
use crate::domain::view::Today;
use crate::tui::request::Row;

/// A form, open.
#[derive(Clone, Debug)]
pub struct Form {
    /// The task as it was seen when the form was opened; `None`: a new one.
    pub row: Option<Row>,
    /// A call to make, not a to-do; only of new tasks.
    pub is_call: bool,
    /// The fields, from the top.
    pub entries: Vec<Entry>,
    /// The one that has the keys.
    pub at: usize,
    /// It is to be saved as soon as the names asked for have come.
    pub saves: bool,
    /// The task as it is by now, where somebody else changed what is changed here.
    pub theirs: Option<Row>,
    /// The lead whose contact stands in the form.
    lead_of_contact: Option<LeadId>,
}

/// Whose values stand where two people changed the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those typed here.
    Mine,
    /// Those in the file.
    Theirs,
}

/// Where Enter leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The field keeps the keys: something is wrong with it.
    Stays,
    /// To the next field.
    Next,
    /// It was the last field: to the disk.
    Saves,
}

/// What a saved form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Nothing was changed.
    Same,
    /// A new task.
    New(Changes),
    /// New values, and the old ones as they were seen.
    Changed(Edit, Record<'static>),
}

const OF_TODO: [Field; 5] = [Field::Text, Field::Lead, Field::Contact, Field::Date, Field::Rep];
const OF_CALL: [Field; 6] = [Field::Contact, Field::Lead, Field::Phone, Field::Date, Field::Rep, Field::Text];
const OF_OTHERS: [Field; 2] = [Field::Date, Field::Rep];

impl Form {
    /// A form for a new to-do of today, given to the one who sits here.
    pub fn new(me: Option<&Party<RepId>>, today: &Today) -> Form {
        let begin = |field| match field {
            Field::Date => Entry::new(field, TaskDate::Day(today.day).to_wire()),
            Field::Rep => Entry::naming(field, me.and_then(Name::of)),
            Field::Text | Field::Lead | Field::Contact | Field::Phone => Entry::new(field, String::new()),
        };
        Form::with(None, false, OF_TODO.map(begin).into())
    }

    /// The form of a task.
    pub fn of(row: Row, today: &Today) -> Form {
        let task_type = row.task.body.task_type();
        let fields: &[Field] = match task_type {
            Some(TaskType::Lead) => &OF_TODO,
            Some(TaskType::OutgoingCall) => &OF_CALL,
            Some(_) | None => &OF_OTHERS,
        };
        let entries = fields.iter().map(|field| Entry::of(*field, &row, today)).collect();
        Form::with(Some(row), task_type == Some(TaskType::OutgoingCall), entries)
    }

    fn with(row: Option<Row>, is_call: bool, entries: Vec<Entry>) -> Form {
        let mut form = Form { row, is_call, entries, at: 0, saves: false, theirs: None, lead_of_contact: None };
        form.lead_of_contact = form.lead();
        form.current_mut().enter();
        form
    }

    /// A new task becomes a call, or a to-do again. What was typed stays.
    pub fn switch(&mut self) {
        self.is_call = !self.is_call;
        let fields: &[Field] = if self.is_call { &OF_CALL } else { &OF_TODO };
        let had = self.current().field;
        for field in fields {
            if self.entry(*field).is_none() {
                self.entries.push(Entry::new(*field, String::new()));
            }
        }
        // A number that was typed waits at the end, in case it is a call after all.
        let place = |entry: &Entry| fields.iter().position(|field| *field == entry.field).unwrap_or(fields.len());
        self.entries.sort_by_key(place);
        self.at = fields.iter().position(|field| *field == had).unwrap_or(0);
    }

    /// The fields that it shows: a to-do has no number.
    pub fn shown(&self) -> &[Entry] {
        let hidden = |entry: &Entry| entry.field == Field::Phone && !self.is_call;
        let count = self.entries.iter().filter(|entry| !hidden(entry)).count();
        &self.entries[..count]
    }

    /// The field that has the keys.
    pub fn current(&self) -> &Entry {
        &self.entries[self.at]
    }

    /// The field that has the keys.
    pub fn current_mut(&mut self) -> &mut Entry {
        &mut self.entries[self.at]
    }

    /// A field, if the form has it.
    pub fn entry(&self, field: Field) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.field == field)
    }

    /// A field, if the form has it.
    pub fn entry_mut(&mut self, field: Field) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.field == field)
    }

    /// The lead that is meant by now: its contacts are offered first.
    pub fn lead(&self) -> Option<LeadId> {
        let lead = self.entry(Field::Lead)?.party.as_ref()?;
        Some(LeadId::new(lead.id.clone()))
    }

    /// Whether Close would refuse the task, for it has no lead.
    pub fn lacks_lead(&self) -> bool {
        self.row.is_none() && self.entry(Field::Lead).is_some_and(Entry::is_blank)
    }

    /// Whether anything was typed.
    pub fn is_changed(&self) -> bool {
        self.shown().iter().any(Entry::is_changed)
    }

    /// Checks a field as it is left.
    pub fn leave(&mut self, at: usize, today: &Today) {
        let (is_call, is_new) = (self.is_call, self.row.is_none());
        let entry = &mut self.entries[at];
        entry.check(!is_call && (is_new || entry.is_changed()), today);
        if entry.field == Field::Lead && self.lead() != self.lead_of_contact {
            self.lead_of_contact = self.lead();
            // A contact belongs to one lead: another lead leaves none, unless one was typed.
            let Some(contact) = self.entry_mut(Field::Contact) else { return };
            contact.drop_offers();
            if !contact.is_changed() {
                contact.empty();
            }
        }
    }

    /// Goes to another field; stays at the first and the last.
    pub fn go(&mut self, by: isize, today: &Today) {
        self.leave(self.at, today);
        self.at = self.at.saturating_add_signed(by).min(self.shown().len() - 1);
        self.current_mut().enter();
    }

    /// What Enter does: on to the next field, unless something is wrong with this one.
    pub fn enter(&mut self, today: &Today) -> Step {
        self.leave(self.at, today);
        let entry = self.current_mut();
        if entry.said.is_some() || entry.warn(today) {
            return Step::Stays;
        }
        if self.at + 1 == self.shown().len() {
            return Step::Saves;
        }
        self.at += 1;
        self.current_mut().enter();
        Step::Next
    }

    /// Checks all fields; the first bad one gets the keys. Whether all are good.
    pub fn is_good(&mut self, today: &Today) -> bool {
        let count = self.shown().len();
        (0..count).for_each(|i| self.leave(i, today));
        self.check_callee();
        let is_bad = |entry: &mut Entry| entry.said.is_some() || entry.warn(today);
        let bad = self.entries[..count].iter_mut().position(is_bad);
        self.at = bad.unwrap_or(self.at);
        bad.is_none()
    }

    /// A new call says whom to call, or at least what about.
    fn check_callee(&mut self) {
        if !self.is_call || self.row.is_some() || !self.entries.iter().filter(is_of_call).all(Entry::is_blank) {
            return;
        }
        if let Some(contact) = self.entry_mut(Field::Contact) {
            contact.said = Some(Incomplete::NobodyToCall.to_string());
        }
    }

    /// Whether names are still being looked up.
    pub fn is_asking(&self) -> bool {
        self.entries.iter().any(|entry| entry.asked.is_some() && entry.is_unknown())
    }

    /// The names cannot be looked up.
    pub fn give_up_asking(&mut self) {
        self.saves = false;
        self.entries.iter_mut().for_each(|entry| entry.asked = None);
    }

    /// What is to be written; the fields are good.
    pub fn saved(&self, today: &Today) -> Saved {
        let mut changes = Changes::default();
        let is_new = self.row.is_none();
        for entry in self.shown().iter().filter(|entry| entry.is_changed() || is_new && !entry.is_blank()) {
            entry.put_into(&mut changes, today);
        }
        if changes == Changes::default() {
            return Saved::Same;
        }
        let is_by_id = |field| self.entry(field).is_some_and(|entry| entry.is_by_id);
        changes.is_by_ids = is_by_id(Field::Lead) && is_by_id(Field::Contact);
        match &self.row {
            None => Saved::New(changes),
            Some(row) => {
                let edit = Edit::Fields(Box::new(changes));
                let mut seen = Record::new();
                for field in edit.values(None).fields() {
                    seen.set(field.name.to_string(), edit::get(row, &field.name).unwrap_or_else(|| "null".to_owned()));
                }
                Saved::Changed(edit, seen)
            }
        }
    }

    /// Somebody else changed the task: notes what they made of the fields.
    pub fn meet(&mut self, theirs: Row, today: &Today) {
        for entry in &mut self.entries {
            let now = Entry::of(entry.field, &theirs, today);
            entry.theirs = now.began_unlike(entry).then(|| now.beginning().to_owned());
        }
        self.theirs = Some(theirs);
    }

    /// Settles whose values stand where both changed a field; the others stay as typed.
    pub fn settle(&mut self, whose: Whose, today: &Today) {
        let Some(theirs) = self.theirs.take() else { return };
        for entry in &mut self.entries {
            let now = Entry::of(entry.field, &theirs, today);
            let takes = entry.theirs.is_some() && (whose == Whose::Theirs || !entry.is_changed());
            if takes {
                *entry = now;
            } else {
                entry.begin_anew(&now);
            }
        }
        self.row = Some(theirs);
        self.lead_of_contact = self.lead();
    }
}

fn is_of_call(entry: &&Entry) -> bool {
    matches!(entry.field, Field::Text | Field::Contact | Field::Lead | Field::Phone)
}
