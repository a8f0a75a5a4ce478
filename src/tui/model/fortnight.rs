//! The strip of the next two weeks.

use chrono::NaiveDate;

use crate::domain::task::TaskNumber;

/// How many days it shows.
pub const DAYS: usize = 14;

/// The open tasks of a day, of the types and people shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayOfTasks {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Option<TaskNumber>,
}

/// The strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fortnight {
    /// Its first day: that on which it was opened.
    pub first: NaiveDate,
    /// Its days, once the disk has answered.
    pub days: Option<[DayOfTasks; DAYS]>,
    /// The place of the day under its cursor.
    pub cursor: usize,
}

impl Fortnight {
    /// A strip that begins today, its cursor there.
    pub fn new(today: NaiveDate) -> Fortnight {
        Fortnight { first: today, days: None, cursor: 0 }
    }

    /// Moves the cursor by days, as far as the ends allow.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(DAYS - 1);
    }

    /// The day at a place.
    pub fn day(&self, place: usize) -> NaiveDate {
        self.first.checked_add_days(chrono::Days::new(place as u64)).unwrap_or(NaiveDate::MAX)
    }

    /// The tasks of the day under the cursor.
    pub fn tasks(&self) -> DayOfTasks {
        self.days.map(|days| days[self.cursor]).unwrap_or_default()
    }
}
