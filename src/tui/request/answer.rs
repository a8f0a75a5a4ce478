//! What comes back from the disk for a question.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Kind, ListName, Row};
use crate::domain::change::Step;
use crate::domain::edit::Field;
use crate::domain::filter::{Others, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::number::PhoneNumber;
use crate::domain::outcome::Attempt;
use crate::domain::query::Saved;
use crate::domain::stats::Stats;
use crate::domain::task::{LeadId, Party, RepId, TaskNumber};
use crate::domain::view::Section;
use crate::repository::{Happened, TypeNumber, TypeNumbers};
use crate::tui::model::entry::Name;
use crate::tui::model::fortnight::{DAYS, DayOfTasks};
use crate::tui::model::power::Queued;

/// How many types the counts tell apart: the nine, then the unknown ones that the filter
/// names, then all other unknown ones.
const KINDS: usize = TaskType::COUNT + 2;
/// Where the counts have the unknown types that the filter names.
pub const NAMED: usize = TaskType::COUNT;
/// Where they have the other unknown types.
pub const UNNAMED: usize = NAMED + 1;

/// A part of a list: its rows, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The rank of the first row.
    pub first: usize,
    /// How many rows the list has.
    pub total: usize,
    /// The rows.
    pub rows: Vec<Row>,
    /// How many rows each section has, in order; the archive has none.
    pub sections: Vec<(Section, usize)>,
    /// How many tasks of each section there are, however they are arranged.
    pub tasks: Vec<(Section, usize)>,
    /// The tasks folded into these rows.
    pub folds: BTreeMap<TaskNumber, Vec<TaskNumber>>,
}

/// Exact counts by [`TaskType::index`], unknown types last: [`NAMED`] and [`UNNAMED`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open, up to today.
    pub inbox: [usize; KINDS],
    /// Those of the inbox from before today.
    pub overdue: [usize; KINDS],
    /// Open, from tomorrow on.
    pub future: [usize; KINDS],
    /// Completed.
    pub archive: [usize; KINDS],
}

impl Counts {
    /// Where a type is counted while these types are asked for.
    pub fn place(name: &str, types: &TypeSet) -> usize {
        match TaskType::from_wire(name) {
            Some(known) => known.index(),
            None if matches!(types.others(), Others::Named(names) if names.contains(name)) => NAMED,
            None => UNNAMED,
        }
    }

    /// As [`Counts::place`], by the file's numbers.
    pub fn place_of(number: TypeNumber, types: &TypeNumbers) -> usize {
        match number.known() {
            Some(known) => known.index(),
            None if types.names(number) => NAMED,
            None => UNNAMED,
        }
    }

    /// Whether what is counted at a place is of these types.
    pub fn is_shown(place: usize, types: &TypeSet) -> bool {
        match TaskType::ALL.get(place) {
            Some(known) => types.contains(*known),
            None => place == NAMED || *types.others() == Others::All,
        }
    }
}

/// How far the archive has been looked through for what is searched for: the open tasks are
/// answered first, then the first rows of the archive, then how many it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looked {
    /// It is about to be.
    NotYet,
    /// Its first rows are there, and others may be.
    Begun,
    /// To its end.
    #[default]
    Whole,
}

/// The answer to [`Read::Everything`](super::Read::Everything); another one follows where the archive is not yet
/// looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Everything {
    /// A part of each list, in the order of [`ListName::ALL`].
    pub parts: [Part; 3],
    /// Counts of the people's tasks that are searched for, of every type.
    pub counts: Counts,
    /// The same of all of the people's tasks.
    pub unsearched: Counts,
    /// The first task of the future.
    pub next: Option<Row>,
    /// How many were completed today; looked for only where the inbox is empty.
    pub done_today: usize,
    /// How many marked tasks the lists leave out.
    pub hidden_marks: usize,
    /// How far the archive has been looked through: as far tell its part and its counts.
    pub looked: Looked,
    /// The names of the types that the file has and this version does not know.
    pub other_types: Arc<[String]>,
}

/// What the details show beside the task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// The lead's other open tasks.
    pub others: Vec<Row>,
    /// What happened to the task, newest first.
    pub history: Vec<Step>,
    /// Where the task has no number of its own: that of another task of its contact.
    pub number: Option<PhoneNumber>,
}

/// A saved search, and how many tasks of the inbox it finds; `None`: it is not understood.
pub type SavedCount = (Saved, Option<usize>);

/// What came back from the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To [`Read::Everything`](super::Read::Everything).
    Everything(Box<Everything>),
    /// To [`Read::Part`](super::Read::Part).
    Part(ListName, Part),
    /// To [`Read::Card`](super::Read::Card).
    Card(TaskNumber, Card),
    /// To [`Read::Reps`](super::Read::Reps).
    Reps(Vec<(Party<RepId>, u64)>),
    /// To [`Read::Whole`](super::Read::Whole), [`Read::Overdue`](super::Read::Overdue) and [`Read::OfLead`](super::Read::OfLead).
    Whole(Vec<TaskNumber>),
    /// To [`Read::Names`](super::Read::Names).
    Names {
        /// Whose.
        of: Field,
        /// For which text.
        text: String,
        /// For which lead.
        lead: Option<LeadId>,
        /// The names.
        names: Vec<Name>,
    },
    /// To [`Read::Stats`](super::Read::Stats).
    Stats(Box<Stats>),
    /// To [`Read::Since`](super::Read::Since): when that was, in UTC, and what happened.
    Since(DateTime<Utc>, Box<Happened>),
    /// To [`Read::Fortnight`](super::Read::Fortnight).
    Fortnight(Box<[DayOfTasks; DAYS]>),
    /// To [`Read::Queue`](super::Read::Queue): the first of them, and how many there are.
    Queue(Vec<Queued>, usize),
    /// To [`Read::Rows`](super::Read::Rows): those that are still there.
    Rows(Vec<Row>),
    /// To [`Read::Attempt`](super::Read::Attempt).
    Attempt(Box<Attempt>),
    /// To [`Read::NumberOf`](super::Read::NumberOf).
    NumberOf(TaskNumber, Option<PhoneNumber>),
    /// To [`Read::Saved`](super::Read::Saved).
    Saved(Vec<SavedCount>),
    /// The file could not be read for a question of this kind: why.
    Failed(Kind, String),
}
