//! What a query consists of: terms that must all hold, each of tests of which one must.

use chrono::NaiveDate;

use super::fold::{Digits, Folded};
use crate::domain::task::{RepId, TaskNumber};

/// A query that was understood. It stands for the day on which it was read: `date<fri`
/// means that Friday from then on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Search {
    pub(super) terms: Vec<Term>,
}

/// One term: it holds if one of its tests does, or if none does and it excludes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// As it was written, with its quotes.
    pub(super) text: String,
    /// `-word`: what matches is left out.
    pub excludes: bool,
    /// `a,b`: one of them is enough.
    pub any: Vec<Test>,
}

/// One thing that a task may be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Has the text somewhere; digits also without the dots of a number.
    Text(Folded, Option<Digits>),
    /// Is of the type of this wire name.
    Type(String),
    /// Is of any type: no default narrows the search.
    AnyType,
    /// Is of a type that this version does not know.
    OtherType,
    /// Is in a state.
    Is(State),
    /// Has a thing.
    Has(Thing),
    /// Its lead's name has the text, or its lead's id is it.
    Lead(Folded, String),
    /// Its contact's name has the text, or its contact's id is it.
    Contact(Folded, String),
    /// Its rep's name has the text, or its rep's id is it.
    Rep(Folded, String),
    /// It is this rep's.
    RepId(RepId),
    /// Has these digits in a number.
    Phone(Digits),
    /// A date of it lies in a range of days.
    When(Moment, Days),
    /// Has no date.
    Dateless,
    /// Has this number in this file.
    Number(TaskNumber),
    /// Has this id, or this prefix of an id.
    Id(String),
}

impl Test {
    fn type_name(&self) -> Option<&str> {
        if let Test::Type(name) = self { Some(name) } else { None }
    }

    fn id(&self) -> Option<&str> {
        if let Test::Id(id) = self { Some(id) } else { None }
    }
}

/// The states that `is:` knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Open, of a day before today.
    Overdue,
    /// Open, of today.
    Today,
    /// Open, from tomorrow on.
    Future,
    /// Completed.
    Done,
    /// Not completed.
    Open,
    /// Pinned.
    Pinned,
    /// Put off.
    Snoozed,
    /// Has a number to call.
    Callable,
    /// Changed here, and not yet sent to Close.
    Unsent,
}

/// The things that `has:` knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A note.
    Note,
    /// A number.
    Phone,
    /// A file.
    Attachment,
    /// A recording.
    Recording,
}

/// The dates of a task that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// When it becomes actionable.
    Date,
    /// When it was made.
    Created,
    /// When it was completed.
    Done,
}

/// Local days, both ends included; an absent end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first.
    pub from: Option<NaiveDate>,
    /// The last.
    pub to: Option<NaiveDate>,
}

impl Days {
    /// Whether a day is one of them.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Search {
    /// What has these digits in a number.
    pub fn of_number(digits: &str) -> Search {
        let any = vec![Test::Phone(Digits::in_text(digits))];
        Search { terms: vec![Term { text: format!("phone:{digits}"), excludes: false, any }] }
    }

    /// The terms.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether it holds for every task, for it says nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The query as it was written, each term once, with one blank between them.
    pub fn words(&self) -> String {
        self.terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether it says which types are meant, so that no default narrows them.
    pub fn names_types(&self) -> bool {
        let names =
            |term: &Term| term.any.iter().any(|test| matches!(test, Test::Type(_) | Test::AnyType | Test::OtherType));
        self.terms.iter().any(|term| !term.excludes && names(term))
    }

    /// The types that it asks for, by their wire names.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().flat_map(|term| &term.any).filter_map(Test::type_name)
    }

    /// The ids, and prefixes of ids, that it asks for.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().flat_map(|term| &term.any).filter_map(Test::id)
    }

    /// Whether it asks for what was changed here and not yet sent.
    pub fn asks_for_unsent(&self) -> bool {
        self.terms.iter().flat_map(|term| &term.any).any(|test| *test == Test::Is(State::Unsent))
    }
}
