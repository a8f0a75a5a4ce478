//! The snooze menu, and a date that is typed.

use super::field::Field;
use crate::domain::date::TaskDate;
use crate::domain::snooze::{self, Choice, Line, Subject};
use crate::domain::task::TaskNumber;
use crate::domain::view::Today;
use crate::domain::when;

/// Why a choice of the contact's place leads nowhere.
pub const NO_PLACE: &str = "No number here tells what time it is there.";

/// The snooze menu, open.
#[derive(Clone, Debug)]
pub struct Snooze {
    /// The tasks that are put off.
    pub tasks: Vec<TaskNumber>,
    /// What of the first of them the choices depend on.
    pub subject: Subject,
    /// The choices, each with its result.
    pub lines: Vec<Line>,
    /// The line under the cursor.
    pub cursor: usize,
    /// The choice that stands first.
    last: Option<Choice>,
}

impl Snooze {
    /// The menu for tasks, by the first of them; the last choice comes first.
    pub fn new(tasks: Vec<TaskNumber>, subject: Subject, today: &Today, last: Option<Choice>) -> Snooze {
        let lines = snooze::lines(&subject, today, last);
        Snooze { tasks, subject, lines, cursor: 0, last }
    }

    /// Another minute, or another zone: the results are others. The cursor stays on its choice.
    pub fn renew(&mut self, today: &Today) {
        let chosen = self.chosen().map(|line| line.choice);
        self.lines = snooze::lines(&self.subject, today, self.last);
        let found = self.lines.iter().position(|line| Some(line.choice) == chosen);
        self.cursor = found.unwrap_or(self.cursor.min(self.lines.len().saturating_sub(1)));
    }

    /// Moves the cursor.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
    }

    /// The line under the cursor.
    pub fn chosen(&self) -> Option<&Line> {
        self.lines.get(self.cursor)
    }

    /// What a key chooses: also what is no line of its own, for it is the same as another.
    ///
    /// # Errors
    /// Why it leads nowhere, as a sentence.
    pub fn choice_of(&self, key: char, today: &Today) -> Result<Choice, &'static str> {
        let choice = Choice::from_key(key).ok_or("There is no such line.")?;
        let until = choice.until(&self.subject, today).ok_or(NO_PLACE)?;
        let date = until.date(self.subject.date);
        match self.lines.iter().any(|line| line.date == date) {
            true => Ok(choice),
            false => Err("That is past by now: no line of the menu."),
        }
    }
}

/// What a typed date is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To put open tasks off.
    Snooze,
    /// To plan them anew.
    Date,
    /// To call somebody back.
    CallBack,
}

/// A date being typed.
#[derive(Clone, Debug)]
pub struct DateEntry {
    /// The tasks that it is for.
    pub tasks: Vec<TaskNumber>,
    /// What for.
    pub purpose: Purpose,
    /// The text.
    pub field: Field,
    /// What is wrong with the text that was to be taken, until it changes.
    pub said: Option<String>,
    /// The past date that was warned of.
    warned: Option<TaskDate>,
}

impl DateEntry {
    /// An empty entry.
    pub fn new(tasks: Vec<TaskNumber>, purpose: Purpose) -> DateEntry {
        DateEntry { tasks, purpose, field: Field::default(), said: None, warned: None }
    }

    /// Takes the text; a past date only when it is taken twice.
    pub fn take(&mut self, today: &Today) -> Option<TaskDate> {
        match when::parse(self.field.text(), today) {
            Err(error) => {
                self.said = Some(error.to_string());
                None
            }
            Ok(when) => match when::past(when.date, today) {
                Some(past) if self.warned != Some(when.date) => {
                    (self.said, self.warned) = (Some(past), Some(when.date));
                    None
                }
                Some(_) | None => Some(when.date),
            },
        }
    }

    /// The text has changed: what was said of the old one no longer holds.
    pub fn changed(&mut self) {
        (self.said, self.warned) = (None, None);
    }

    /// What the text means by now, or what is wrong with it; `None`: no date yet. A past
    /// date is kept if `key` takes it again.
    pub fn preview(&self, today: &Today, key: &str) -> Option<Result<String, String>> {
        match (&self.said, self.warned) {
            (Some(past), Some(_)) => Some(Err(format!("{past}. {key} again to keep it"))),
            (Some(said), None) => Some(Err(said.clone())),
            (None, _) => when::meanwhile(self.field.text(), today),
        }
    }
}
