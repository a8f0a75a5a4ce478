//! The order rule: one key that sorts. SQL, memory and tests are compared with it.
//!
//! Source: the Tasks page. By local day in the zone; on one day date-only tasks first,
//! then by moment; ties by `date_created`, then id; tasks without a date last.

use chrono::{DateTime, NaiveDate, Utc};

use super::date::TaskDate;
use super::task::{Task, TaskId};
use super::zone::Zone;

/// What a list is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// The field.
    pub by: OrderBy,
    /// Exactly reversed.
    pub descending: bool,
}

/// A field to order by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderBy {
    /// When tasks become actionable: [`DateKey`].
    Date,
    /// `date_created`, then id.
    Created,
    /// When tasks were completed, then the number in the file; open ones last.
    Completed,
    /// The number in the file: the order in which tasks came.
    Number,
}

impl Order {
    /// By date, earliest first: the inbox.
    pub const BY_DATE: Order = Order { by: OrderBy::Date, descending: false };
    /// Newest completion first: the archive.
    pub const NEWEST_COMPLETION: Order = Order { by: OrderBy::Completed, descending: true };

    /// As they came into the file: an export.
    pub const AS_THEY_CAME: Order = Order { by: OrderBy::Number, descending: false };

    /// The command line's words for the orders.
    pub const WORDS: [(&'static str, Order); 6] = [
        ("date", Order::BY_DATE),
        ("-date", Order { by: OrderBy::Date, descending: true }),
        ("date_created", Order { by: OrderBy::Created, descending: false }),
        ("-date_created", Order { by: OrderBy::Created, descending: true }),
        ("date_completed", Order { by: OrderBy::Completed, descending: false }),
        ("-date_completed", Order::NEWEST_COMPLETION),
    ];
}

/// The place of a task in the order by date. Comparing two keys is the rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateKey {
    // The order of these fields is the rule; `derive(PartialOrd)` reads them from the top.
    dateless: bool,
    day: Option<NaiveDate>,
    at: Option<DateTime<Utc>>,
    created: Option<DateTime<Utc>>,
    id: TaskId,
}

impl DateKey {
    /// The key of a task where days begin in `zone`.
    pub fn of(task: &Task, zone: &Zone) -> DateKey {
        let (day, at) = match task.actionable() {
            Some(TaskDate::Day(day)) => (Some(day), None),
            // `None` sorts before every moment: date-only tasks stand first on their day.
            Some(TaskDate::At(at)) => (Some(zone.day_of(at)), Some(at)),
            None => (None, None),
        };
        DateKey { dateless: day.is_none(), day, at, created: task.created, id: task.id.clone() }
    }
}

/// Whether a date-only task of `day` stands before a task of the moment `at`: the
/// order rule for two sorted streams, the comparison that makes them one.
pub fn day_stands_before(day: NaiveDate, at: DateTime<Utc>, zone: &Zone) -> bool {
    zone.start_of_day(day) <= at
}
