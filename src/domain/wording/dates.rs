//! Dates in words.
use crate::domain::{
    date::TaskDate,
    task::{Completion, StoredTask},
    view::Today,
};
use chrono::{DateTime, Utc};

/// How much room a date has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// `! overdue 3d`
    Wide,
    /// `! 3d`, under 60 columns.
    Short,
}

/// The date of an open task's row, with its sign: `! overdue 3d`, `Today`, `in 53m`, `waiting 4h`.
/// ASCII only.
pub fn date_cell(_task: &StoredTask, _today: &Today, _style: DateStyle) -> String {
    todo!()
}
/// The date of an archived task's row: `done 14:05`, `done about Fri 18:02`.
pub fn done_cell(_completed: Completion, _today: &Today, _style: DateStyle) -> String {
    todo!()
}
/// A task's date in full, with zone and offset: `Fri 21 Nov 2025 16:30 EST (UTC-5), overdue 3d`; a day has no zone.
pub fn full_date(_date: TaskDate, _today: &Today) -> String {
    todo!()
}
/// A moment in full in the zone, with its offset: `Mon 24 Nov 2025 14:05 EST (UTC-5)`.
pub fn moment(_at: DateTime<Utc>, _today: &Today) -> String {
    todo!()
}
