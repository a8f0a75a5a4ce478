//! What is said of a typed date: its meaning before it is taken, and that it is past.

use chrono::TimeDelta;

use super::{Shift, When, parse};
use crate::domain::date::TaskDate;
use crate::domain::view::Today;
use crate::domain::wording;

/// What is shown where nothing is typed yet.
pub const EXAMPLES: &str = "fri, tom 9, +3d, 2bd, eow, 28 nov 16:30";

/// `= Fri 28 Nov 09:00 (in 3d 19h), goes to Future`; says where a clock skips or repeats
/// the time, and the time in the zone that the phrase names.
pub fn preview(when: &When, today: &Today) -> String {
    let date = wording::typed_date(when.date, today);
    let future = if today.is_future(Some(when.date)) { ", goes to Future" } else { "" };
    let beside = notes(when, today).into_iter().map(|note| format!("; {note}")).collect::<String>();
    format!("= {date} ({}){future}{beside}", wording::time_until(when.date, today))
}

/// What is said below a date while it is typed: its preview, or why what reads as a date is
/// refused. `None`: no date yet.
pub fn meanwhile(text: &str, today: &Today) -> Option<Result<String, String>> {
    match parse(text, today) {
        Ok(when) => Some(Ok(preview(&when, today))),
        Err(error) if error.is_of_a_date() => Some(Err(error.to_string())),
        Err(_) => None,
    }
}

/// What is said beside the date: `clocks skip 02:30`, `09:00 EET there`.
pub fn notes(when: &When, today: &Today) -> Vec<String> {
    let there = match (when.date, when.there) {
        (TaskDate::At(at), Some(zone)) => {
            let then = today.seen_in(zone);
            Some(format!("{} {} there", wording::typed_date(when.date, &then), zone.abbreviation(at)))
        }
        (TaskDate::At(_), None) | (TaskDate::Day(_), _) => None,
    };
    let shift = when.shift.map(|shift| match shift {
        Shift::Skipped(time) => format!("clocks skip {}", today.customs.time(time)),
        Shift::Repeated => "clocks show it twice: the first".to_owned(),
    });
    there.into_iter().chain(shift).collect()
}

/// `That was 2d ago`, of a date that is past. A day is past only when it is before today.
pub fn past(date: TaskDate, today: &Today) -> Option<String> {
    let is_past = match date {
        TaskDate::Day(day) => day < today.day,
        // The minute that is passing is not past.
        TaskDate::At(at) => today.now - at >= TimeDelta::minutes(1),
    };
    is_past.then(|| format!("That was {}", wording::time_until(date, today)))
}

/// A date as it can be typed: `2026-11-28`, `2026-11-28 14:30`, with `2:30pm` where the
/// person counts so. Read again, it is the same day, or the same minute.
pub fn typed(date: TaskDate, today: &Today) -> String {
    let TaskDate::At(at) = date else { return date.to_wire() };
    let local = today.zone.local(at);
    let is_same = |text: &String| match parse(text, today).map(|when| when.date) {
        Ok(TaskDate::At(read)) => (at - read).num_minutes() == 0,
        Ok(TaskDate::Day(_)) | Err(_) => false,
    };
    // The second of two equal times is told by its offset; a day that cannot be typed, and
    // an offset that has seconds, by UTC.
    let plain = format!("{} {}", local.format("%Y-%m-%d"), today.time_of(at));
    let forms = [plain, local.format("%Y-%m-%dT%H:%M%:z").to_string()];
    forms.into_iter().find(is_same).unwrap_or_else(|| at.format("%Y-%m-%dT%H:%MZ").to_string())
}
