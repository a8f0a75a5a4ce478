//! Every open task in order, as little of each as lists, counts and sections need.
use super::{Repository, Result};
use crate::domain::{filter::People, task::TaskNumber, zone::Zone};
use chrono::NaiveDate;

/// An open task's place, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenTask {
    /// Its number.
    pub number: TaskNumber,
    /// [`TaskType::index`](crate::domain::kind::TaskType::index), or 9 for unknown types.
    pub type_index: u8,
    /// Its local day in the zone asked for; `None`: no date.
    pub day: Option<NaiveDate>,
    /// Its moment, for timed ones (in microseconds since 1970, UTC); `None`: date-only or no date.
    pub at_micros: Option<i64>,
}

impl Repository {
    /// All open tasks of `people`, of every type, in the order by date in `zone`.
    /// Some 5 ms at 50,000.
    pub fn open_tasks(&self, _people: &People, _zone: &Zone) -> Result<Vec<OpenTask>> {
        todo!()
    }
}
