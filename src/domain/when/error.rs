//! What is said of a phrase that is no date: what is wrong, then what works.

use chrono::{Datelike, NaiveDate};

use super::calendar;
use super::way::Way;
use super::words::MONTHS;

/// A phrase that is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Nothing was typed.
    #[error("A date is missing. Try fri, {others} or {example}.")]
    Empty {
        /// Phrases that work.
        others: &'static str,
        /// A date that works.
        example: NaiveDate,
    },
    /// Words that mean no date.
    #[error("\"{text}\" is not a date. Try {meant}, {others} or {example}.")]
    NotADate {
        /// As typed; a long text is cut.
        text: String,
        /// What was probably meant, else `fri`.
        meant: String,
        /// Phrases that work.
        others: &'static str,
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
    /// Digits that can be read in one way only, but not by everybody.
    #[error("\"{text}\" is not a date. Write {words} or {date}.")]
    Numbers {
        /// As typed; a long text is cut.
        text: String,
        /// The reading in words: `28 nov`.
        words: String,
        /// The same as an ISO date.
        date: NaiveDate,
    },
    /// A weekday that the day behind it is not.
    #[error("{} is a {}. Leave the weekday out, or write {}.", .day.format("%d %b %Y"), .day.format("%A"), .day.format("%Y-%m-%d"))]
    OtherWeekday {
        /// The day.
        day: NaiveDate,
    },
    /// A day that its month does not have.
    #[error("There is no {day} {month}. Write {last} {month}.")]
    NoSuchDay {
        /// As typed.
        day: u32,
        /// The month's short name.
        month: &'static str,
        /// Its last day; without a year that of a leap year.
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
    /// Whether the text reads as a date as it stands, so that more letters are not what it
    /// lacks.
    pub fn is_of_a_date(&self) -> bool {
        match self {
            WhenError::Ambiguous { .. }
            | WhenError::Numbers { .. }
            | WhenError::OtherWeekday { .. }
            | WhenError::NoSuchDay { .. }
            | WhenError::TooFar => true,
            WhenError::NoSuchTime(text) => is_whole_time(text),
            WhenError::Empty { .. } | WhenError::NotADate { .. } => false,
        }
    }

    /// Of a text that is no date; `meant` is what it probably stands for.
    pub(super) fn not_a_date(text: &str, meant: Option<String>, today: NaiveDate, way: Way) -> WhenError {
        let (text, others, example) = (quoted(text), way.examples(), way.example(today));
        let meant = meant.unwrap_or_else(|| "fri".to_owned());
        match text.is_empty() {
            true => WhenError::Empty { others, example },
            false => WhenError::NotADate { text, meant, others, example },
        }
    }

    /// Of two numbers that may be a day and a month in either order, and perhaps a year.
    pub(super) fn numbers(
        text: &str,
        (one, other): (u32, u32),
        year: Option<u32>,
        (today, way): (NaiveDate, Way),
    ) -> Option<WhenError> {
        let find = |day, month| match year {
            Some(year) => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
            None => way.day_of_year(today, month, day),
        };
        let (date, is_only) = match (find(one, other), find(other, one)) {
            (Some(date), Some(same)) => (date, date == same),
            (Some(date), None) | (None, Some(date)) => (date, true),
            (None, None) => return None,
        };
        let name = month_name(date);
        let year = year.map(|year| format!(" {year}")).unwrap_or_default();
        let words = format!("{} {name}{year}", date.day());
        let text = quoted(text);
        Some(if is_only { WhenError::Numbers { text, words, date } } else { WhenError::Ambiguous { words, date } })
    }

    /// Of a day that is written with other signs than `2026-11-28`.
    pub(super) fn spelled(text: &str, date: NaiveDate) -> WhenError {
        let words = format!("{} {} {}", date.day(), month_name(date), date.year());
        WhenError::Numbers { text: quoted(text), words, date }
    }

    /// Of a day that the month beginning with `first` does not have.
    pub(super) fn no_such_day(day: u32, first: NaiveDate) -> WhenError {
        let last = calendar::last_of_month(first).map_or(31, |day| day.day());
        WhenError::NoSuchDay { day, month: month_name(first), last }
    }
}

/// Whether no more letters make a time of it: `25:`, `9:75`, `13pm`. Of `9:7` a 0 does.
fn is_whole_time(text: &str) -> bool {
    let hour = text.split_once(':').and_then(|(hour, _)| hour.parse::<u32>().ok());
    let minute = text.rsplit_once(':').map(|(_, minute)| minute.len());
    hour.is_some_and(|hour| hour > 24) || minute.is_some_and(|digits| digits >= 2) || text.ends_with('m')
}

fn month_name(day: NaiveDate) -> &'static str {
    usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).map_or("", |(short, _)| short)
}

fn quoted(text: &str) -> String {
    let mut text = text.trim().to_owned();
    if let Some((cut, _)) = text.char_indices().nth(LONGEST_QUOTE) {
        text.truncate(cut);
        text.push_str("...");
    }
    text
}
