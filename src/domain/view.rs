//! Inbox, future and archive, and the sections of the open ones.
//!
//! Source: the Tasks page (`is_complete` parts inbox from archive) and the API
//! reference, 5.1: the inbox reaches to the end of today, the future begins tomorrow.
//! A task's own `view` is never read.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::customs::Customs;
use super::date::TaskDate;
use super::task::Task;
use super::zone::Zone;

/// A set of tasks by completion and date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// Incomplete, up to the end of today, or without a date.
    Inbox,
    /// Incomplete, from tomorrow on.
    Future,
    /// Incomplete.
    Open,
    /// Complete.
    Archive,
    /// Every task.
    All,
}

impl View {
    /// The command line's words for the views.
    pub const WORDS: [(&'static str, View); 5] = [
        ("inbox", View::Inbox),
        ("future", View::Future),
        ("open", View::Open),
        ("archive", View::Archive),
        ("all", View::All),
    ];

    /// Whether a task belongs to the view.
    pub fn contains(self, task: &Task, today: &Today) -> bool {
        match self {
            View::All => true,
            View::Archive => task.is_complete,
            View::Open => !task.is_complete,
            View::Inbox => !task.is_complete && !today.is_future(task.actionable()),
            View::Future => !task.is_complete && today.is_future(task.actionable()),
        }
    }
}

/// A part of the inbox or the future, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Days before today.
    Overdue,
    /// Today.
    Today,
    /// No date, or `is_dateless`: in the inbox, after every dated task.
    NoDate,
    /// Tomorrow.
    Tomorrow,
    /// After tomorrow, up to the end of the week.
    ThisWeek,
    /// After that.
    Later,
}

/// The present as days see it: a moment, its zone, and its day there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    /// Now, in UTC.
    pub now: DateTime<Utc>,
    /// Where days begin.
    pub zone: Zone,
    /// The day that it is there.
    pub day: NaiveDate,
    /// The first moment of tomorrow there, in UTC.
    pub ends: DateTime<Utc>,
    /// How calendars and clocks are read.
    pub customs: Customs,
}

impl Today {
    /// The present at `now` in `zone`, with the usual customs.
    pub fn new(now: DateTime<Utc>, zone: Zone) -> Today {
        let day = zone.day_of(now);
        let ends = zone.start_of_day(day.succ_opt().unwrap_or(NaiveDate::MAX));
        Today { now, zone, day, ends, customs: Customs::default() }
    }

    /// The same with other customs.
    #[must_use]
    pub fn with(self, customs: Customs) -> Today {
        Today { customs, ..self }
    }

    /// The same place and customs at another moment.
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> Today {
        Today::new(now, self.zone).with(self.customs)
    }

    /// The same moment and customs in another zone.
    #[must_use]
    pub fn seen_in(&self, zone: Zone) -> Today {
        Today::new(self.now, zone).with(self.customs)
    }

    /// The time of day of a moment there: `16:30`.
    pub fn time_of(&self, at: DateTime<Utc>) -> String {
        self.customs.time(self.zone.local(at).time())
    }

    /// The local day of a task's date.
    pub fn day_of(&self, date: TaskDate) -> NaiveDate {
        match date {
            TaskDate::Day(day) => day,
            TaskDate::At(at) => self.zone.day_of(at),
        }
    }

    /// Whether a date is tomorrow's or later. No date is not.
    pub fn is_future(&self, date: Option<TaskDate>) -> bool {
        match date {
            Some(TaskDate::Day(day)) => day > self.day,
            Some(TaskDate::At(at)) => at >= self.ends,
            None => false,
        }
    }

    /// Whether a date's local day is before today: only that is overdue.
    pub fn is_overdue(&self, date: Option<TaskDate>) -> bool {
        date.is_some_and(|date| self.day_of(date) < self.day)
    }

    /// The section of an open task whose local day is `day`.
    pub fn section(&self, day: Option<NaiveDate>) -> Section {
        let Some(day) = day else { return Section::NoDate };
        let ahead = day.signed_duration_since(self.day).num_days();
        let week = i64::from(self.customs.days_left(self.day.weekday()));
        match ahead {
            ..0 => Section::Overdue,
            0 => Section::Today,
            1 => Section::Tomorrow,
            _ if ahead <= week => Section::ThisWeek,
            _ => Section::Later,
        }
    }

    /// The day so many days from today.
    pub fn plus_days(&self, days: u64) -> NaiveDate {
        self.day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
    }
}
