//! What is said of a typed date: its meaning before it is taken, and that it is past.

use super::{Shift, When};
use crate::domain::date::TaskDate;
use crate::domain::view::Today;
use crate::domain::wording;

/// `= Fri 28 Nov 09:00 (in 3d 19h), goes to Future`; says where a clock skips or repeats
/// the time.
pub fn preview(when: &When, today: &Today) -> String {
    let date = wording::typed_date(when.date, today);
    let future = if today.is_future(Some(when.date)) { ", goes to Future" } else { "" };
    let shift = match when.shift {
        Some(Shift::Skipped(time)) => format!("; clocks skip {}", today.customs.time(time)),
        Some(Shift::Repeated) => "; the first of two".to_owned(),
        None => String::new(),
    };
    format!("= {date} ({}){future}{shift}", wording::time_until(when.date, today))
}

/// `That was 2d ago. Enter again to keep it`, of a date that is past. A day is past only
/// when it is before today.
pub fn past_warning(date: TaskDate, today: &Today) -> Option<String> {
    let is_past = match date {
        TaskDate::Day(day) => day < today.day,
        // The minute that is passing is not past.
        TaskDate::At(at) => today.now - at >= chrono::TimeDelta::minutes(1),
    };
    is_past.then(|| format!("That was {}. Enter again to keep it", wording::time_until(date, today)))
}
