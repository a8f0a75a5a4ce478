//! Dates in words.
//!
//! Source: ux.md section 4. Clocks are read as the person is used to; distances are rounded down; only a
//! day before today is overdue.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use crate::domain::{
    date::TaskDate,
    kind::TaskType,
    task::{Completion, StoredTask, Task},
    view::Today,
    zone::Zone,
};

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
pub fn date_cell(stored: &StoredTask, today: &Today, style: DateStyle) -> String {
    let date = stored.task.actionable();
    let words = date.map_or_else(|| "no date".to_owned(), |date| row_date(&stored.task, date, today, style));
    let signs = [(today.is_overdue(date), "! "), (is_snoozed(stored, today), "z "), (stored.local.is_pinned, "^ ")];
    let shown = signs.into_iter().filter(|(holds, _)| *holds).map(|(_, sign)| sign);
    shown.chain([words.as_str()]).collect()
}

fn row_date(task: &Task, date: TaskDate, today: &Today, style: DateStyle) -> String {
    match waiting_since(task, today) {
        Some(event) => {
            let waited = span(today.now - event);
            prefixed("waiting ", &waited, style)
        }
        None if today.is_overdue(Some(date)) => prefixed("overdue ", &days(today.day - today.day_of(date)), style),
        None => list_date(date, today, style),
    }
}

/// Since when somebody waits for an answer: an open inbound task's event. None while
/// the task is put off to a later time, which its row then shows instead.
pub(super) fn waiting_since(task: &Task, today: &Today) -> Option<DateTime<Utc>> {
    if !task.body.task_type().is_some_and(TaskType::is_inbound) {
        return None;
    }
    match task.actionable()? {
        TaskDate::Day(day) if day <= today.day => task.created,
        // Snoozing moves the date and leaves the creation: the earlier is the event.
        TaskDate::At(at) if at <= today.now => Some(task.created.map_or(at, |created| created.min(at))),
        TaskDate::Day(_) | TaskDate::At(_) => None,
    }
}

/// Whether a task was put off: here, or, of an inbound one, anywhere, for only snoozing
/// moves an event to a later day than its creation.
pub fn is_snoozed(stored: &StoredTask, today: &Today) -> bool {
    let task = &stored.task;
    let is_moved = |date| task.created.is_some_and(|created| today.day_of(date) > today.zone.day_of(created));
    let is_inbound = task.body.task_type().is_some_and(TaskType::is_inbound);
    let date = task.actionable();
    date.is_some() && stored.local.is_snoozed || is_inbound && date.is_some_and(is_moved)
}

/// A date of today or later: `Today 16:30`, `in 53m`, `Wed 10:00`; one that passed
/// today: `3h ago`.
fn list_date(date: TaskDate, today: &Today, style: DateStyle) -> String {
    let TaskDate::At(at) = date else { return day_in_list(today.day_of(date), today, style) };
    let ahead = at - today.now;
    if ahead <= TimeDelta::zero() {
        return format!("{} ago", span(-ahead));
    }
    if ahead < TimeDelta::hours(1) {
        return format!("in {}", span(ahead));
    }
    let day = today.day_of(date);
    let time = today.time_of(at);
    let has_time = style == DateStyle::Wide || (day - today.day).num_days() <= 6;
    match (style, day == today.day) {
        (DateStyle::Short, true) => time,
        _ if day.year() != today.day.year() && (day - today.day).num_days() > 6 => day_in_list(day, today, style),
        _ if has_time => format!("{} {time}", day_in_list(day, today, style)),
        _ => day_in_list(day, today, style),
    }
}

fn day_in_list(day: NaiveDate, today: &Today, style: DateStyle) -> String {
    match ((day - today.day).num_days(), style) {
        (0, _) => "Today".to_owned(),
        (1, DateStyle::Wide) => "Tomorrow".to_owned(),
        (1, DateStyle::Short) => "Tom".to_owned(),
        (2..=6, _) => day.format("%a").to_string(),
        _ => calendar_day(day, today),
    }
}

/// `28 Nov`, or `2027-01-05` in another year than this.
fn calendar_day(day: NaiveDate, today: &Today) -> String {
    match day.year() == today.day.year() {
        true => day.format("%d %b").to_string(),
        false => format!("{}-{}", year(day), day.format("%m-%d")),
    }
}

/// `Fri 28 Nov 2026`
fn long_day(day: NaiveDate) -> String {
    format!("{} {}", day.format("%a %d %b"), year(day))
}

/// A year in four digits, or in five: the last moments of 9999 are of 10000 in the east.
fn year(day: NaiveDate) -> String {
    format!("{:04}", day.year())
}

/// The date of an archived task's row: `done 14:05`, `done about Fri 18:02`.
pub fn done_cell(completed: Completion, today: &Today, style: DateStyle) -> String {
    let about = if completed.about { "about " } else { "" };
    prefixed("done ", &format!("{about}{}", past_moment(completed.at, today)), style)
}

/// A moment that is past, as short as it is clear: `14:05`, `Fri 18:02`, `20 Nov`.
pub fn past_moment(at: DateTime<Utc>, today: &Today) -> String {
    let (day, time) = (today.zone.day_of(at), today.time_of(at));
    match (today.day - day).num_days() {
        0 => time,
        1..=6 => format!("{} {time}", day.format("%a")),
        _ => calendar_day(day, today),
    }
}

/// A task's date in full, with zone and offset: `Fri 21 Nov 2025 16:30 EST (UTC-5), overdue 3d`; a day has no zone.
pub fn full_date(date: TaskDate, today: &Today) -> String {
    format!("{}, {}", plain_date(date, today), distance(date, today))
}

/// A task's date in full, without its distance from today.
pub(super) fn plain_date(date: TaskDate, today: &Today) -> String {
    match date {
        TaskDate::Day(day) => long_day(day),
        TaskDate::At(at) => moment(at, today),
    }
}

fn distance(date: TaskDate, today: &Today) -> String {
    let ahead = today.day_of(date) - today.day;
    match (ahead.num_days(), date) {
        (..0, _) => format!("overdue {}", days(-ahead)),
        (0, TaskDate::Day(_)) => "today".to_owned(),
        (0, TaskDate::At(at)) if at <= today.now => format!("{} ago", span(today.now - at)),
        (0, TaskDate::At(at)) => format!("in {}", span(at - today.now)),
        (1, _) => "tomorrow".to_owned(),
        _ => format!("in {}", days(ahead)),
    }
}

/// A moment in full in the zone, with its offset: `Mon 24 Nov 2025 14:05 EST (UTC-5)`.
pub fn moment(at: DateTime<Utc>, today: &Today) -> String {
    let local = today.zone.local(at);
    let when = format!("{} {}", long_day(local.date_naive()), today.time_of(at));
    let (word, offset) = (today.zone.abbreviation(at), Zone::Offset(*local.offset()).name());
    // Where the zone's word is the offset itself, once is enough.
    if word == offset || word == "UTC" { format!("{when} {word}") } else { format!("{when} {word} ({offset})") }
}

fn prefixed(word: &str, rest: &str, style: DateStyle) -> String {
    match style {
        DateStyle::Wide => format!("{word}{rest}"),
        DateStyle::Short => rest.to_owned(),
    }
}

/// A length of time in its largest unit, rounded down: `53m`, `4h`, `3d`, `2w`.
pub fn span(length: TimeDelta) -> String {
    match length.num_minutes() {
        minutes @ ..60 => format!("{}m", minutes.max(0)),
        minutes @ 60..1440 => format!("{}h", minutes / 60),
        _ => days(length),
    }
}

fn days(length: TimeDelta) -> String {
    match length.num_days() {
        days @ ..7 => format!("{days}d"),
        days => format!("{}w", days / 7),
    }
}

/// A date that was typed: `Fri 28 Nov 09:00`, with the year where it is another.
pub fn typed_date(date: TaskDate, today: &Today) -> String {
    let day = today.day_of(date);
    let words = match day.year() == today.day.year() {
        true => day.format("%a %d %b").to_string(),
        false => long_day(day),
    };
    match date {
        TaskDate::Day(_) => words,
        TaskDate::At(at) => format!("{words} {}", today.time_of(at)),
    }
}

/// How far a date is from now: `in 3d 19h`, `today`, `tomorrow`, `2d ago`.
pub fn time_until(date: TaskDate, today: &Today) -> String {
    let (length, is_past) = match date {
        TaskDate::Day(day) => match (day - today.day).num_days() {
            0 => return "today".to_owned(),
            1 => return "tomorrow".to_owned(),
            days => (TimeDelta::days(days.abs()), days < 0),
        },
        TaskDate::At(at) => ((at - today.now).abs(), at < today.now),
    };
    let (days, hours, minutes) = (length.num_days(), length.num_hours() % 24, length.num_minutes() % 60);
    let words = match (days, hours, minutes) {
        (0, 0, minutes) => format!("{minutes}m"),
        (0, hours, 0) => format!("{hours}h"),
        (0, hours, minutes) => format!("{hours}h {minutes}m"),
        (days, 0, _) => format!("{days}d"),
        (days, hours, _) => format!("{days}d {hours}h"),
    };
    if is_past { format!("{words} ago") } else { format!("in {words}") }
}

/// A date as a list shows it: `Today`, `Tomorrow 09:00`, `Wed`.
pub fn short_date(date: TaskDate, today: &Today) -> String {
    list_date(date, today, DateStyle::Wide)
}
