//! What lies over the panes: a stack of which the top one takes the keys.

use chrono::{DateTime, Utc};

use super::called::Called;
use super::charts::Charts;
use super::field::Field;
use super::find::Finder;
use super::form::Form;
use super::fortnight::Fortnight;
use super::menu::Menu;
use super::palette::Palette;
use super::sheet::Sheet;
use super::snooze::{DateEntry, Purpose, Snooze};
use crate::domain::edit::Edit;
use crate::domain::filter::People;
use crate::domain::number::PhoneNumber;
use crate::domain::place::{self, Region};
use crate::domain::query::Saved;
use crate::domain::task::{Party, RepId, StoredTask, TaskNumber};
use crate::domain::view::Today;
use crate::domain::zone::Zone;
use crate::repository::Expired;
use crate::settings::theme::Theme;
use crate::tui::keymap::Context;

/// Something open over the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The help, or the messages.
    Sheet(Sheet),
    /// The command palette.
    Palette(Palette),
    /// The time zones.
    Zones(Menu<Zone>),
    /// The themes; the screen looks as the one under the cursor.
    Themes(Menu<Theme>),
    /// The people.
    People(Menu<People>),
    /// The path of a file to import.
    ImportPath(Field),
    /// The snooze menu.
    Snooze(Snooze),
    /// A call that the next press begins.
    Call(Calling),
    /// How a call ended.
    Called(Called),
    /// A date.
    Date(DateEntry),
    /// The reps, to give tasks to one of them.
    Assign(Menu<Party<RepId>>, Vec<TaskNumber>),
    /// A note.
    Note(Written),
    /// A search.
    Find(Box<Finder>),
    /// The name under which the search is saved.
    SaveAs(Field),
    /// The form of a task.
    Form(Box<Form>),
    /// Whether to throw away what was typed in a form or note below.
    Discard(Leaving),
    /// Whose values stand, where the task of the form below was changed elsewhere, at
    /// this time in UTC.
    Conflict(DateTime<Utc>),
    /// A question with yes and no.
    Question(Question),
    /// The charts of what was done.
    Stats(Charts),
    /// The next two weeks.
    Calendar(Fortnight),
}

/// What is left when typed text is thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// The form or the note.
    Form,
    /// The program.
    Program,
}

/// Whom a call would reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calling {
    /// The task because of which somebody is called.
    pub task: TaskNumber,
    /// The number.
    pub number: PhoneNumber,
    /// The contact, else the lead, else what Close knows of the number; raw.
    who: Option<String>,
    /// Whether the number is another task's of the same contact.
    is_borrowed: bool,
}

impl Calling {
    /// A call because of a task.
    pub fn of(stored: &StoredTask, number: PhoneNumber, is_borrowed: bool) -> Calling {
        let task = &stored.task;
        let known_as = || task.body.call().and_then(|call| call.description.as_deref());
        let who = task.contact.shown_name().or(task.lead.shown_name()).or_else(known_as).map(str::to_owned);
        Calling { task: stored.number, number, who, is_borrowed }
    }

    /// Where the number is from, if it is not the task's own: ` (from another task of the contact)`.
    pub fn origin(&self) -> &'static str {
        if self.is_borrowed { " (from another task of the contact)" } else { "" }
    }

    /// `Call +1 312-555-0188, Dana Fox: 13:07 there, Chicago?`, raw.
    pub fn words(&self, today: &Today) -> String {
        format!("Call {}", self.whom(today))
    }

    /// `+1 312-555-0188, Dana Fox: 13:07 there, Chicago?`, raw.
    pub fn whom(&self, today: &Today) -> String {
        let region = Region::of_number(self.number.dialled());
        let there = region.map_or_else(|| place::UNKNOWN.to_owned(), |region| region.times_there(today));
        // Close often knows of a number only where it is from, which the time tells too.
        let who = self.who.as_deref().filter(|who| !there.ends_with(&format!("there, {who}?")));
        let who = who.map(|who| format!(", {who}")).unwrap_or_default();
        format!("{}{}{who}: {there}", self.number.shown(), self.origin())
    }
}

/// A note being written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The task that it is on.
    pub task: TaskNumber,
    /// The text.
    pub field: Field,
}

/// A change that is asked about first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What would be done.
    pub about: Asked,
    /// The question, raw: `Delete 12 tasks? y/N`.
    pub words: String,
}

/// What a yes would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Edits these tasks.
    Edit(Vec<TaskNumber>, Edit),
    /// Removes these tasks from the archive.
    Purge(Expired),
    /// Forgets this saved search, which no undo brings back.
    Forget(Saved),
}

impl Overlay {
    /// Which keys hold while it is on top.
    pub fn context(&self) -> Context {
        match self {
            Overlay::Sheet(sheet) if sheet.is_typing => Context::Field,
            Overlay::Sheet(_) => Context::Help,
            Overlay::Palette(_) => Context::Palette,
            Overlay::Zones(_) | Overlay::Themes(_) | Overlay::People(_) | Overlay::Assign(..) => Context::Menu,
            Overlay::ImportPath(_) | Overlay::SaveAs(_) | Overlay::Date(_) | Overlay::Note(_) => Context::Field,
            Overlay::Find(_) => Context::Find,
            Overlay::Snooze(_) => Context::Snooze,
            Overlay::Call(_) => Context::Call,
            Overlay::Called(_) => Context::Called,
            Overlay::Form(_) => Context::Form,
            Overlay::Conflict(_) => Context::Conflict,
            Overlay::Question(_) | Overlay::Discard(_) => Context::Question,
            Overlay::Stats(_) => Context::Stats,
            Overlay::Calendar(_) => Context::Calendar,
        }
    }
}

impl Overlay {
    /// What was typed into it, raw, where a write comes of it: `text "Send quote", date "fri"`.
    pub fn typed(&self) -> Option<String> {
        let quoted = |word: &str, text: &str| format!("{word} {text:?}");
        match self {
            Overlay::Form(form) => {
                let changed = form.shown().iter().filter(|entry| entry.is_changed());
                Some(changed.map(|entry| quoted(entry.field.word(), entry.text())).collect::<Vec<_>>().join(", "))
            }
            Overlay::Note(note) => Some(quoted("note", note.field.text())),
            Overlay::Date(entry) => Some(quoted("date", entry.field.text())),
            // A path stands in the words of its write.
            _ => None,
        }
    }
}

/// The stack.
#[derive(Clone, Debug, Default)]
pub struct Overlays(Vec<Overlay>);

impl Overlays {
    /// The one that takes the keys.
    pub fn top(&self) -> Option<&Overlay> {
        self.0.last()
    }

    /// The one that takes the keys.
    pub fn top_mut(&mut self) -> Option<&mut Overlay> {
        self.0.last_mut()
    }

    /// The form, if one is open.
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        self.0.iter_mut().rev().find_map(|overlay| match overlay {
            Overlay::Form(form) => Some(&mut **form),
            _ => None,
        })
    }

    /// How a call ended, if that is asked.
    pub fn called(&self) -> Option<&Called> {
        self.0.iter().rev().find_map(|overlay| match overlay {
            Overlay::Called(called) => Some(called),
            _ => None,
        })
    }

    /// How a call ended, if that is asked.
    pub fn called_mut(&mut self) -> Option<&mut Called> {
        self.0.iter_mut().rev().find_map(|overlay| match overlay {
            Overlay::Called(called) => Some(called),
            _ => None,
        })
    }

    /// The top one, below the help that may lie over it: whom answers of the disk are for.
    pub fn asking_mut(&mut self) -> Option<&mut Overlay> {
        self.0.iter_mut().rev().find(|overlay| !matches!(overlay, Overlay::Sheet(_)))
    }

    /// The top one, below the help that may lie over it.
    pub fn asking(&self) -> Option<&Overlay> {
        self.0.iter().rev().find(|overlay| !matches!(overlay, Overlay::Sheet(_)))
    }

    /// Closes the question how a call ended, wherever it lies, and the one when to call back.
    pub fn close_called(&mut self) {
        self.0.retain(|overlay| match overlay {
            Overlay::Called(_) => false,
            Overlay::Date(entry) => entry.purpose != Purpose::CallBack,
            _ => true,
        });
    }

    /// Opens one over the others.
    pub fn open(&mut self, overlay: Overlay) {
        self.0.push(overlay);
    }

    /// Closes the top one.
    pub fn close(&mut self) -> Option<Overlay> {
        self.0.pop()
    }

    /// From the lowest up, as they are drawn.
    pub fn iter(&self) -> impl Iterator<Item = &Overlay> {
        self.0.iter()
    }
}
