//! What is said of a phrase that is no date: what is wrong, then what works.

use chrono::{Datelike, Days, NaiveDate};

use super::calendar;
use super::words::MONTHS;

/// A phrase that is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Nothing was typed.
    #[error("A date is missing. Try fri, tom 9, +3d or {example}.")]
    Empty {
        /// A date that works.
        example: NaiveDate,
    },
    /// Words that mean no date.
    #[error("\"{text}\" is not a date. Try fri, tom 9, +3d or {example}.")]
    NotADate {
        /// As typed; a long text is cut.
        text: String,
        /// A date that works.
        example: NaiveDate,
    },
    /// Digits that some read day first and others month first.
    #[error("Ambiguous. Write {words} or {date}")]
    Ambiguous {
        /// One reading in words: `3 apr`.
        words: String,
        /// The same as an ISO date.
        date: NaiveDate,
    },
    /// A day that its month does not have.
    #[error("There is no {day} {month}. Write {last} {month}.")]
    NoSuchDay {
        /// As typed.
        day: u32,
        /// The month's short name.
        month: &'static str,
        /// Its last day, in a leap year.
        last: u32,
    },
    /// A time that no clock shows.
    #[error("\"{0}\" is no time of day. Try 9, 14:30 or 2:30pm.")]
    NoSuchTime(String),
    /// A date beyond the calendar.
    #[error("That is too far: years run from 1 to 9999. Try +3d or 2w.")]
    TooFar,
}

/// A longer text is cut where it is quoted.
const LONGEST_QUOTE: usize = 40;

impl WhenError {
    pub(super) fn not_a_date(text: &str, today: NaiveDate) -> WhenError {
        let mut text: String = text.trim().to_owned();
        if let Some((cut, _)) = text.char_indices().nth(LONGEST_QUOTE) {
            text.truncate(cut);
            text.push_str("...");
        }
        let example = example(today);
        if text.is_empty() { WhenError::Empty { example } } else { WhenError::NotADate { text, example } }
    }

    /// Of two numbers that may be a day and a month, in either order.
    pub(super) fn ambiguous(one: u32, other: u32, today: NaiveDate) -> Option<WhenError> {
        let read = |day, month| Some((day, month, calendar::next_day_of_year(today, month, day)?));
        let (day, month, date) = read(one, other).or_else(|| read(other, one))?;
        let name = MONTHS[usize::try_from(month).ok()? - 1].0;
        Some(WhenError::Ambiguous { words: format!("{day} {name}"), date })
    }
}

fn example(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(4)).filter(|day| day.year() <= 9999).unwrap_or(today)
}
