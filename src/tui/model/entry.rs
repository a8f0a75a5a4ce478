//! A field of a form: what is typed, who is meant, what is wrong with it.

use super::field::Field as Input;
use crate::domain::date::TaskDate;
use crate::domain::edit::{Changes, Field};
use crate::domain::task::{ContactId, LeadId, Party, RepId};
use crate::domain::view::Today;
use crate::domain::when;
use crate::tui::key::Key;
use crate::tui::request::Row;

/// A field of the form.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which.
    pub field: Field,
    /// What is typed.
    pub input: Input,
    /// What it began with.
    was: (String, Option<Name>),
    /// Who is meant, for the fields that name somebody.
    pub party: Option<Name>,
    /// Whether who is meant was typed as the whole id.
    pub is_by_id: bool,
    /// What is wrong, as found when it was left.
    pub said: Option<String>,
    /// Names of the file that fit what is typed.
    pub offers: Vec<Name>,
    /// The offer under the cursor.
    pub offer: usize,
    /// A person went among the offers: one is taken though nothing is typed.
    pub picks: bool,
    /// The text for which names were asked and have not come yet.
    pub asked: Option<String>,
    /// What the task has here by now, where somebody else changed it.
    pub theirs: Option<String>,
    /// The past date that was warned of.
    warned: Option<TaskDate>,
    /// What stands here is selected: the next letter takes its place.
    pub is_selected: bool,
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

impl Entry {
    /// A field that begins with a text.
    pub(super) fn new(field: Field, text: String) -> Entry {
        Entry::with(field, (text, None))
    }

    /// A field that begins with somebody, if with anybody.
    pub(super) fn naming(field: Field, name: Option<Name>) -> Entry {
        Entry::with(field, (name.as_ref().map(|name| name.words().to_owned()).unwrap_or_default(), name))
    }

    fn with(field: Field, was: (String, Option<Name>)) -> Entry {
        let (input, party) = (Input::with(&was.0), was.1.clone());
        let (said, asked, theirs, warned) = (None, None, None, None);
        Entry {
            field,
            input,
            was,
            party,
            is_by_id: false,
            said,
            offers: Vec::new(),
            offer: 0,
            picks: false,
            asked,
            theirs,
            warned,
            is_selected: false,
        }
    }

    /// A field of a task.
    pub(super) fn of(field: Field, row: &Row, today: &Today) -> Entry {
        let task = &row.task;
        let text = |name: &str| {
            let json = row.record.get(name);
            json.and_then(|json| serde_json::from_str::<String>(json).ok()).unwrap_or_default()
        };
        match field {
            Field::Text => Entry::new(field, text("text")),
            Field::Phone => Entry::new(field, text("phone")),
            Field::Date => {
                Entry::new(field, task.actionable().map(|date| when::typed(date, today)).unwrap_or_default())
            }
            Field::Lead => Entry::naming(field, Name::of(&task.lead)),
            Field::Contact => Entry::naming(field, Name::of(&task.contact)),
            Field::Rep => Entry::naming(field, Name::of(&task.rep)),
        }
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.input.text()
    }

    /// Whether it is another text, or somebody else of the same name, than it began with.
    pub fn is_changed(&self) -> bool {
        self.text() != self.was.0 || self.is_chosen() && self.party != self.was.1
    }

    /// Whether it began with something else than another field did.
    pub(super) fn began_unlike(&self, other: &Entry) -> bool {
        self.was != other.was
    }

    /// The task has other values by now: what is typed stays, and counts as changed where
    /// it is not the same as those.
    pub(super) fn begin_anew(&mut self, now: &Entry) {
        (self.was, self.theirs) = (now.was.clone(), None);
    }

    /// What it began with, in words.
    pub(super) fn beginning(&self) -> &str {
        &self.was.0
    }

    /// Whether the field names somebody.
    pub fn names_somebody(&self) -> bool {
        matches!(self.field, Field::Lead | Field::Contact | Field::Rep)
    }

    /// Whether nothing but blanks is typed.
    pub fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Whether somebody is typed whom nothing tells yet.
    pub fn is_unknown(&self) -> bool {
        self.names_somebody() && !self.is_blank() && !self.is_chosen()
    }

    fn is_chosen(&self) -> bool {
        self.party.as_ref().is_some_and(|party| party.words() == self.text() || party.id == self.text().trim())
    }

    /// The field has got the keys. A value that is short, and mostly changed whole, gives
    /// way to what is typed; a text is mostly added to.
    pub(super) fn enter(&mut self) {
        self.is_selected = self.field != Field::Text;
    }

    /// Takes a key. Whether it changed the text.
    pub fn press(&mut self, key: Key) -> bool {
        if std::mem::take(&mut self.is_selected) && !self.text().is_empty() && key.replaces() {
            self.input = Input::default();
            self.input.press(key);
            return true;
        }
        self.input.press(key)
    }

    /// Takes a paste: of a text, with its line breaks.
    pub fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.is_selected) {
            self.input = Input::default();
        }
        match self.field {
            Field::Text => self.input.paste_lines(text),
            Field::Date | Field::Lead | Field::Contact | Field::Rep | Field::Phone => self.input.paste(text),
        }
    }

    /// Empties the field.
    pub(super) fn empty(&mut self) {
        (self.party, self.said) = (None, None);
        self.input = Input::default();
        self.drop_offers();
    }

    /// Offers nobody any more.
    pub(super) fn drop_offers(&mut self) {
        self.offers.clear();
        self.picks = false;
    }

    /// Whether the offer under the cursor is meant, once the field is left.
    pub fn takes_offer(&self) -> bool {
        self.is_unknown() || self.is_blank() && self.picks
    }

    /// Takes somebody.
    pub fn choose(&mut self, name: Name) {
        self.is_by_id = self.text().trim() == name.id;
        self.input = Input::with(name.words());
        (self.party, self.said, self.asked) = (Some(name), None, None);
        self.drop_offers();
    }

    /// Takes names that fit the text, unless it is another by now.
    pub fn offered(&mut self, text: &str, offers: Vec<Name>) {
        if self.text() == text {
            (self.offers, self.offer, self.picks, self.asked) = (offers, 0, false, None);
        }
    }

    /// The names that came for a text do not count: they may be asked for again.
    pub fn forget_asked(&mut self, text: &str) {
        self.asked.take_if(|asked| *asked == text);
    }

    /// Moves among the offers; where nothing is typed, first to the first of them.
    pub fn step(&mut self, by: isize) {
        if self.is_blank() && !std::mem::replace(&mut self.picks, true) {
            return;
        }
        self.offer = self.offer.saturating_add_signed(by).min(self.offers.len().saturating_sub(1));
    }

    /// The text has changed.
    pub fn changed(&mut self) {
        (self.said, self.warned, self.is_by_id) = (None, None, false);
        self.drop_offers();
        if self.text() == self.was.0 {
            self.party.clone_from(&self.was.1);
        } else if !self.is_chosen() {
            self.party = None;
        }
    }

    /// Says what is wrong with the text as the field is left. A to-do needs words, unless
    /// it never had any.
    pub(super) fn check(&mut self, needs_words: bool, today: &Today) {
        self.said = match self.field {
            Field::Text if needs_words && self.is_blank() => Some("Text is empty. Say what to do.".to_owned()),
            Field::Date if self.is_changed() => when::parse(self.text(), today).err().map(|error| error.to_string()),
            Field::Lead | Field::Contact | Field::Rep => self.check_name(),
            Field::Text | Field::Phone | Field::Date => None,
        };
    }

    /// Warns once of a date that is past. Whether it did.
    pub(super) fn warn(&mut self, today: &Today) -> bool {
        let date = (self.field == Field::Date && self.is_changed()).then(|| when::parse(self.text(), today));
        let Some(Ok(when)) = date else { return false };
        let past = when::past(when.date, today).filter(|_| self.warned != Some(when.date));
        let Some(past) = past else { return false };
        (self.said, self.warned) = (Some(past), Some(when.date));
        true
    }

    /// Whether what is said of it is a warning: the date is kept if it is taken again.
    pub fn is_warned(&self) -> bool {
        self.said.is_some() && self.warned.is_some()
    }

    /// The best offer is taken; who is not in the file must be named by id.
    fn check_name(&mut self) -> Option<String> {
        if !self.takes_offer() || self.asked.is_some() {
            return None;
        }
        if let Some(offer) = self.offers.get(self.offer).cloned() {
            self.choose(offer);
            return None;
        }
        if self.is_blank() {
            return None;
        }
        let text = self.text().trim();
        let (what, prefix, is_missing) = match self.field {
            Field::Lead => ("lead", "lead_", "in this file"),
            // Another lead may have one of this name.
            Field::Contact => ("contact", "cont_", "fits"),
            Field::Rep | Field::Text | Field::Date | Field::Phone => ("rep", "user_", "in this file"),
        };
        if text.starts_with(prefix) {
            (self.party, self.is_by_id) = (Some(Name { id: text.to_owned(), name: String::new() }), true);
            return None;
        }
        let text: String = text.chars().take(LONGEST_QUOTE).collect();
        Some(format!("No {what} \"{text}\" {is_missing}. Type a part of the name, or the id: {prefix}..."))
    }

    /// Adds the field's value to what is to be written; the text is good.
    pub(super) fn put_into(&self, changes: &mut Changes, today: &Today) {
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
        let party = self.party.as_ref().filter(|_| !self.is_blank());
        party.map_or(Party { id: None, name: None }, Name::party)
    }
}

/// A longer text is cut where it is quoted.
const LONGEST_QUOTE: usize = 40;
