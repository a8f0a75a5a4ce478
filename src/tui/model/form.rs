//! The form of a task: fields that a person may change, and those that Close sets.

use super::field::Field as Input;
use crate::domain::date::TaskDate;
use crate::domain::edit::{self, Changes, Edit, Field};
use crate::domain::kind::TaskType;
use crate::domain::record::Record;
use crate::domain::task::{ContactId, LeadId, Party, RepId, Task};
use crate::domain::view::Today;
use crate::domain::when;
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
}

/// A field of the form.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which.
    pub field: Field,
    /// What is typed.
    pub input: Input,
    /// The text that it began with.
    was: String,
    /// Who is meant, for the fields that name somebody.
    pub party: Option<Name>,
    /// What is wrong, as found when it was left.
    pub said: Option<String>,
    /// Names of the file that fit what is typed.
    pub offers: Vec<Name>,
    /// The offer under the cursor.
    pub offer: usize,
    /// The text for which names were asked and have not come yet.
    pub asked: Option<String>,
}

/// Somebody of the file: a lead, a contact or a rep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The id.
    pub id: String,
    /// The name, as the file has it; empty where it has none.
    pub name: String,
}

impl Name {
    /// The name of somebody who has an id.
    pub fn of<I: AsRef<str>>(party: &Party<I>) -> Option<Name> {
        let id = party.id.as_ref()?.as_ref().to_owned();
        Some(Name { id, name: party.shown_name().unwrap_or_default().to_owned() })
    }

    /// The name, or where there is none, the id.
    pub fn words(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }

    fn party<I: From<String>>(&self) -> Party<I> {
        let name = Some(self.name.clone()).filter(|name| !name.is_empty());
        Party { id: Some(I::from(self.id.clone())), name }
    }
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
        let mut form = Form { row: None, is_call: false, entries: Vec::new(), at: 0, saves: false };
        form.entries = OF_TODO.map(|field| Entry::new(field, String::new(), None)).into();
        if let Some(entry) = form.entry_mut(Field::Date) {
            entry.fill(TaskDate::Day(today.day).to_wire());
        }
        if let (Some(entry), Some(me)) = (form.entry_mut(Field::Rep), me.and_then(Name::of)) {
            entry.choose(me);
        }
        form
    }

    /// The form of a task.
    pub fn of(row: Row, today: &Today) -> Form {
        let task = &row.task;
        let fields: &[Field] = match task.body.task_type() {
            Some(TaskType::Lead) => &OF_TODO,
            Some(TaskType::OutgoingCall) => &OF_CALL,
            Some(_) | None => &OF_OTHERS,
        };
        let entries = fields.iter().map(|field| Entry::of(*field, task, &row, today)).collect();
        let is_call = task.body.task_type() == Some(TaskType::OutgoingCall);
        Form { row: Some(row), is_call, entries, at: 0, saves: false }
    }

    /// A new task becomes a call, or a to-do again. What was typed stays.
    pub fn switch(&mut self) {
        self.is_call = !self.is_call;
        let fields: &[Field] = if self.is_call { &OF_CALL } else { &OF_TODO };
        let had = self.current().field;
        let mut held = std::mem::take(&mut self.entries);
        for field in fields {
            let place = held.iter().position(|entry| entry.field == *field);
            let entry = place.map(|i| held.remove(i)).unwrap_or_else(|| Entry::new(*field, String::new(), None));
            self.entries.push(entry);
        }
        self.at = fields.iter().position(|field| *field == had).unwrap_or(0);
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

    /// Whether anything was typed.
    pub fn is_changed(&self) -> bool {
        self.entries.iter().any(Entry::is_changed)
    }

    /// Checks the field that has the keys as it is left.
    pub fn leave(&mut self, today: &Today) {
        let is_call = self.is_call;
        let lead_before = self.lead();
        let entry = &mut self.entries[self.at];
        entry.check(is_call, today);
        let left_lead = entry.field == Field::Lead;
        if left_lead && self.lead() != lead_before {
            self.forget_contact();
        }
    }

    /// A contact belongs to one lead: another lead leaves none, unless one is being typed.
    fn forget_contact(&mut self) {
        if let Some(contact) = self.entry_mut(Field::Contact).filter(|contact| !contact.is_changed()) {
            contact.fill_anew(String::new());
        }
    }

    /// Goes to another field. Whether there is one in that direction.
    pub fn go(&mut self, by: isize, today: &Today) -> bool {
        self.leave(today);
        let to = self.at.checked_add_signed(by).filter(|to| *to < self.entries.len());
        self.at = to.unwrap_or(self.at);
        to.is_some()
    }

    /// Checks all fields; the first bad one gets the keys. Whether all are good, and known.
    pub fn is_good(&mut self, today: &Today) -> bool {
        let at = self.at;
        for i in 0..self.entries.len() {
            self.at = i;
            self.leave(today);
        }
        let bad = self.entries.iter().position(|entry| entry.said.is_some());
        self.at = bad.unwrap_or(at);
        bad.is_none()
    }

    /// Whether names are still being looked up.
    pub fn is_asking(&self) -> bool {
        self.entries.iter().any(|entry| entry.asked.is_some() && entry.is_unknown())
    }

    /// What is to be written; the fields are good.
    pub fn saved(&self, today: &Today) -> Saved {
        let mut changes = Changes::default();
        let is_new = self.row.is_none();
        for entry in self.entries.iter().filter(|entry| entry.is_changed() || is_new && !entry.text().is_empty()) {
            entry.put_into(&mut changes, today);
        }
        if changes == Changes::default() {
            return Saved::Same;
        }
        match &self.row {
            None => Saved::New(changes),
            Some(row) => {
                let edit = Edit::Fields(Box::new(changes));
                let mut seen = Record::new();
                for field in edit.values().fields() {
                    seen.set(field.name.to_string(), edit::get(row, &field.name).unwrap_or_else(|| "null".to_owned()));
                }
                Saved::Changed(edit, seen)
            }
        }
    }
}

impl Entry {
    fn new(field: Field, text: String, party: Option<Name>) -> Entry {
        let input = Input::with(&text);
        Entry { field, input, was: text, party, said: None, offers: Vec::new(), offer: 0, asked: None }
    }

    fn of(field: Field, task: &Task, row: &Row, today: &Today) -> Entry {
        let text = |name: &str| {
            let json = row.record.get(name);
            json.and_then(|json| serde_json::from_str::<String>(json).ok()).unwrap_or_default()
        };
        let (text, party) = match field {
            Field::Text => (text("text"), None),
            Field::Phone => (text("phone"), None),
            Field::Date => (task.actionable().map(|date| when::typed(date, today)).unwrap_or_default(), None),
            Field::Lead => named(Name::of(&task.lead)),
            Field::Contact => named(Name::of(&task.contact)),
            Field::Rep => named(Name::of(&task.rep)),
        };
        Entry::new(field, text, party)
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.input.text()
    }

    /// Whether the text is another than the one that it began with.
    pub fn is_changed(&self) -> bool {
        self.text() != self.was
    }

    /// Whether the field names somebody.
    pub fn names_somebody(&self) -> bool {
        matches!(self.field, Field::Lead | Field::Contact | Field::Rep)
    }

    /// Whether somebody is typed whom nothing tells yet.
    fn is_unknown(&self) -> bool {
        self.names_somebody() && !self.text().trim().is_empty() && !self.is_chosen()
    }

    fn is_chosen(&self) -> bool {
        self.party.as_ref().is_some_and(|party| party.words() == self.text())
    }

    fn fill(&mut self, text: String) {
        self.input = Input::with(&text);
    }

    fn fill_anew(&mut self, text: String) {
        (self.party, self.said) = (None, None);
        self.fill(text);
    }

    /// Takes somebody.
    pub fn choose(&mut self, name: Name) {
        self.fill(name.words().to_owned());
        (self.party, self.said, self.asked) = (Some(name), None, None);
        self.offers.clear();
    }

    /// Takes names that fit the text, unless it is another by now.
    pub fn offered(&mut self, text: &str, offers: Vec<Name>) {
        if self.text() == text {
            (self.offers, self.offer, self.asked) = (offers, 0, None);
        }
    }

    /// The text has changed.
    pub fn changed(&mut self) {
        self.said = None;
        self.offers.clear();
        if !self.is_chosen() {
            self.party = None;
        }
    }

    fn check(&mut self, is_call: bool, today: &Today) {
        self.said = match self.field {
            Field::Text if !is_call && self.text().trim().is_empty() => {
                Some("Text is empty. Say what to do.".to_owned())
            }
            Field::Date if !self.is_changed() => None,
            Field::Date => when::parse(self.text(), today).err().map(|error| error.to_string()),
            Field::Lead | Field::Contact | Field::Rep => self.check_name(),
            Field::Text | Field::Phone => None,
        };
    }

    /// The best offer is taken; who is not in the file must be named by id.
    fn check_name(&mut self) -> Option<String> {
        if !self.is_unknown() || self.asked.is_some() {
            return None;
        }
        if let Some(offer) = self.offers.get(self.offer).cloned() {
            self.choose(offer);
            return None;
        }
        let text = self.text().trim();
        let (what, prefix) = match self.field {
            Field::Lead => ("lead", "lead_"),
            Field::Contact => ("contact", "cont_"),
            Field::Rep | Field::Text | Field::Date | Field::Phone => ("rep", "user_"),
        };
        if text.starts_with(prefix) {
            self.party = Some(Name { id: text.to_owned(), name: String::new() });
            return None;
        }
        Some(format!("No {what} \"{text}\" in this file. Type a part of the name, or the id: {prefix}..."))
    }

    fn put_into(&self, changes: &mut Changes, today: &Today) {
        let text = self.text().to_owned();
        match self.field {
            Field::Text => changes.text = Some(text),
            Field::Phone => changes.phone = Some(text.trim().to_owned()),
            Field::Date => changes.date = when::parse(&text, today).ok().map(|when| when.date),
            Field::Lead => changes.lead = Some(self.chosen::<LeadId>()),
            Field::Contact => changes.contact = Some(self.chosen::<ContactId>()),
            Field::Rep => changes.rep = Some(self.chosen::<RepId>()),
        }
    }

    fn chosen<I: From<String>>(&self) -> Party<I> {
        let party = self.party.as_ref().filter(|_| !self.text().trim().is_empty());
        party.map_or(Party { id: None, name: None }, Name::party)
    }
}

fn named(name: Option<Name>) -> (String, Option<Name>) {
    (name.as_ref().map(|name| name.words().to_owned()).unwrap_or_default(), name)
}
