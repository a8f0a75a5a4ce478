//! What is said of a query that is not understood, and of which part of it.

use std::ops::Range;

use chrono::NaiveDate;

use super::fields::FIELDS;
use super::{MOST_BYTES, MOST_TERMS};

/// A query that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct QueryError {
    /// The bytes of the text that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a query: first what, then what works.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No such field.
    #[error("Unknown field \"{name}\". {}", field_hint(name, *.nearest))]
    Field {
        /// As written.
        name: String,
        /// The one that is most like it.
        nearest: Option<&'static str>,
    },
    /// No such value.
    #[error("Unknown value \"{value}\" of {field}. {}", value_hint(*.nearest, .known))]
    Value {
        /// The field's word.
        field: &'static str,
        /// As written.
        value: String,
        /// The one that is most like it.
        nearest: Option<&'static str>,
        /// All that there are.
        known: Vec<&'static str>,
    },
    /// A field without a value.
    #[error("A value is missing. Write {0}")]
    NoValue(&'static str),
    /// `<` and `>` stand behind a field that is no date.
    #[error("Only date, created and done can be compared. Write {0}")]
    NotCompared(&'static str),
    /// A value that is no date.
    #[error(transparent)]
    Date(#[from] crate::domain::when::WhenError),
    /// A time of day, where days are compared.
    #[error("Days are compared, not times. Write a day such as fri or 2026-11-28.")]
    HasTime,
    /// A range of days whose ends are the wrong way round.
    #[error("The range ends before it begins. Write {first}..{last}")]
    Reversed {
        /// The earlier end.
        first: NaiveDate,
        /// The later one.
        last: NaiveDate,
    },
    /// `=` stands behind a field.
    #[error("A field has a colon behind it. Write {0}; words with such a sign stand in quotes.")]
    Equals(String),
    /// A date with a blank in it.
    #[error("A date with a blank in it stands in quotes. Write {0}")]
    Parted(String),
    /// A quotation mark that has no partner.
    #[error("The quotation mark has no partner. Write \"...\"")]
    OpenQuote,
    /// `rep:me`, and nothing says who that is.
    #[error("Nothing says who \"me\" is. Put your name into the settings file: me = \"Ana Ruiz\"")]
    WhoAmI,
    /// Digits are missing.
    #[error("\"{0}\" has no digits. Write phone:555-0188")]
    NoDigits(String),
    /// It says nothing, where it must say which tasks change.
    #[error("The query is empty, so every task would match. Write is:open where all open ones are meant.")]
    Empty,
    /// Longer than anybody types.
    #[error("The query is too long: {MOST_BYTES} bytes and {MOST_TERMS} terms are read.")]
    TooLong,
}

fn field_hint(name: &str, nearest: Option<&str>) -> String {
    match nearest {
        // `re: price` is like a field, and means none.
        Some(nearest) if name.len() < 4 => format!("Did you mean {nearest}? Words with a colon stand in quotes."),
        Some(nearest) => format!("Did you mean {nearest}?"),
        None => {
            let names = FIELDS.map(|(name, ..)| name).join(", ");
            format!("The fields are {names}; words with a colon stand in quotes.")
        }
    }
}

fn value_hint(nearest: Option<&str>, known: &[&str]) -> String {
    match nearest {
        Some(nearest) => format!("Did you mean {nearest}?"),
        None => format!("The values are {}.", known.join(", ")),
    }
}

/// The word that is most like another, if any is.
pub(super) fn nearest(text: &str, known: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let text = text.to_lowercase();
    let likeness =
        |word: &str| strsim::normalized_damerau_levenshtein(&text, word).max(strsim::jaro(&text, word) - 0.25);
    let best = known.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    best.filter(|word| likeness(word) >= 0.5)
}
