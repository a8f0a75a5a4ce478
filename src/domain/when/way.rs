//! Which way a phrase looks from today: dates of tasks are to come, completions are past.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{calendar, words};

/// Which way a phrase looks that does not say it itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To what is to come.
    Ahead,
    /// To what is past.
    Back,
}

impl Way {
    /// The next such weekday after a day, or the last one before it.
    pub(super) fn weekday(self, day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
        match self {
            Way::Ahead => calendar::next_weekday(day, weekday),
            Way::Back => {
                let ago = day.weekday().days_since(weekday);
                day.checked_sub_days(Days::new(if ago == 0 { 7 } else { ago.into() }))
            }
        }
    }

    /// The next such day of the year, or the last one; both may be today.
    pub(super) fn day_of_year(self, today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
        match self {
            Way::Ahead => calendar::next_day_of_year(today, month, day),
            Way::Back => calendar::last_day_of_year(today, month, day),
        }
    }

    /// Phrases that work, beside a weekday and a date.
    pub(super) fn examples(self) -> &'static str {
        match self {
            Way::Ahead => "tom 9, +3d",
            Way::Back => "yesterday, 3d ago",
        }
    }

    /// A date that works.
    pub(super) fn example(self, today: NaiveDate) -> NaiveDate {
        let example = match self {
            Way::Ahead => today.checked_add_days(Days::new(4)),
            Way::Back => today.checked_sub_days(Days::new(4)),
        };
        example.filter(|day| (1..=9999).contains(&day.year())).unwrap_or(today)
    }
}

/// The first day of a weekday's name, not before a day; `None`: it is no such name.
pub(crate) fn first_such_weekday(name: &str, from: NaiveDate) -> Option<NaiveDate> {
    let weekday = words::weekday(name.trim().to_lowercase().as_str())?;
    from.checked_add_days(Days::new(weekday.days_since(from.weekday()).into()))
}
