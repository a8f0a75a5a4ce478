//! Every open task in order, as little of each as lists, counts and sections need.

use chrono::{DateTime, NaiveDate, Utc};

use super::stream::{Narrow, Span, Walk};
use super::types::TypeNumber;
use crate::domain::date::TaskDate;
use crate::domain::filter::{People, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::task::{StoredTask, TaskNumber};
use crate::domain::view::Today;
use crate::domain::zone::Zone;
use crate::repository::{Repository, Result};

/// An open task's place, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenTask {
    /// Its number.
    pub number: TaskNumber,
    /// Its type.
    pub task_type: TypeNumber,
    /// Its local day in the zone asked for; `None`: no date.
    pub day: Option<NaiveDate>,
    /// Its moment, for timed ones, in microseconds since 1970, UTC.
    pub at_micros: Option<i64>,
}

impl OpenTask {
    /// The place of a task where days begin as `today` says.
    pub fn of(stored: &StoredTask, task_type: TypeNumber, today: &Today) -> OpenTask {
        let date = stored.task.actionable();
        let at_micros = match date {
            Some(TaskDate::At(at)) => Some(at.timestamp_micros()),
            Some(TaskDate::Day(_)) | None => None,
        };
        OpenTask { number: stored.number, task_type, day: date.map(|date| today.day_of(date)), at_micros }
    }
}

impl Repository {
    /// All open tasks of `people`, of every type, in the order by date in `zone`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_tasks(&self, people: &People, zone: &Zone) -> Result<Vec<OpenTask>> {
        self.open_in_order(people, zone).map_err(|e| self.error(e))
    }

    fn open_in_order(&self, people: &People, zone: &Zone) -> rusqlite::Result<Vec<OpenTask>> {
        let narrow = Narrow::new(&self.conn, &TypeSet::ALL, people)?;
        // The whole span is walked: only the zone of this matters.
        let today = Today::new(DateTime::<Utc>::UNIX_EPOCH, *zone);
        let walk = Walk { span: Span::Open, narrow: &narrow, today: &today, descending: false };
        let mut tasks = Vec::new();
        let _snapshot = self.snapshot()?;
        walk.run(&self.conn, &mut |met| {
            tasks.push(OpenTask {
                number: TaskNumber(met.number),
                task_type: TypeNumber::new(met.task_type),
                day: met.day,
                at_micros: met.at,
            });
            Ok(true)
        })?;
        Ok(tasks)
    }
}

/// Types that this version does not know share one index, after the nine.
const OTHER: u8 = TaskType::COUNT as u8;

/// The index of a type by its number in the file.
pub(in crate::repository) fn type_index(n: i64) -> u8 {
    u8::try_from(n).map_or(OTHER, |n| n.min(OTHER))
}
