//! Kinds of questions: a newer one of a kind takes the place of the older ones.

use super::{ListName, Read};
use crate::domain::edit::Field;

/// A kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Read::Everything`].
    Everything,
    /// [`Read::Part`] of a list.
    Part(ListName),
    /// [`Read::Card`].
    Card,
    /// [`Read::Reps`].
    Reps,
    /// [`Read::Whole`], [`Read::Overdue`] and [`Read::OfLead`].
    Marks,
    /// [`Read::Names`]: each field of a form has names of its own.
    Names(Field),
    /// [`Read::Stats`].
    Stats,
    /// [`Read::Since`].
    Since,
    /// [`Read::Fortnight`].
    Fortnight,
    /// [`Read::NumberOf`].
    NumberOf,
    /// [`Read::Queue`].
    Queue,
    /// [`Read::Rows`].
    Rows,
    /// [`Read::Attempt`].
    Attempt,
    /// [`Read::Saved`].
    Saved,
}

impl Read {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Read::Everything { .. } => Kind::Everything,
            Read::Part { list, .. } => Kind::Part(*list),
            Read::Card { .. } => Kind::Card,
            Read::Reps => Kind::Reps,
            Read::Whole { .. } | Read::Overdue { .. } | Read::OfLead { .. } => Kind::Marks,
            Read::Names { of, .. } => Kind::Names(*of),
            Read::Stats { .. } => Kind::Stats,
            Read::Since { .. } => Kind::Since,
            Read::Fortnight { .. } => Kind::Fortnight,
            Read::NumberOf { .. } => Kind::NumberOf,
            Read::Queue { .. } => Kind::Queue,
            Read::Rows { .. } => Kind::Rows,
            Read::Attempt { .. } => Kind::Attempt,
            Read::Saved { .. } => Kind::Saved,
        }
    }
}
