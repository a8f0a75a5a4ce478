//! Dates as Close writes them: read in every form, written back in the canonical one.
//!
//! Knows no zone: a naive date-time is UTC (the Tasks page's own example only works
//! so). The original spelling is kept by the [record](super::record), not here.
//!
//! A task can have the dates that the wire can spell: days of the years 1 to 9999, and
//! moments of those years in UTC. Near both ends a moment's day in a zone may lie a day
//! outside; such a day is shown, and nobody can choose it.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

/// When a task becomes actionable: a day without a time, or a moment.
///
/// A day belongs to whoever looks at it: it begins when that day begins in the zone
/// shown. It is never turned into a midnight. Moments have microseconds, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskDate {
    /// Date-only: `2015-01-05`.
    Day(NaiveDate),
    /// A date-time: `2015-01-10T05:00:00+00:00`.
    At(DateTime<Utc>),
}

/// The years that four digits can spell.
const YEARS: RangeInclusive<i32> = 1..=9999;

/// Whether a moment can be now: a day from both ends of the calendar, so that today is one
/// of its days in every zone. No machine's clock gets there.
pub fn can_be_now(at: DateTime<Utc>) -> bool {
    let is_inside = |days| at.checked_add_signed(TimeDelta::days(days)).is_some_and(|at| YEARS.contains(&at.year()));
    is_inside(-1) && is_inside(1)
}

/// A text that is no date, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a date{reason}; dates look like 2026-01-05 or 2026-01-05T14:30:00+00:00")]
pub struct DateError {
    /// The text as it came.
    pub text: String,
    reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Form,
    NoSuchDay,
    NoSuchTime,
    NoSuchOffset,
    Year,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Reason::Form => "",
            Reason::NoSuchDay => " (no such day)",
            Reason::NoSuchTime => " (no such time of day)",
            Reason::NoSuchOffset => " (no such offset)",
            Reason::Year => " (years run from 0001 to 9999)",
        })
    }
}

impl DateError {
    /// Whether it is a date, and of another year than 1 to 9999.
    pub fn is_beyond_years(&self) -> bool {
        self.reason == Reason::Year
    }
}

impl TaskDate {
    /// Reads any form that Close's API is known to write or accept: date-only; or date
    /// and time, split by `T` or a blank, with 0 to 9 fraction digits (those beyond
    /// microseconds are cut) and `Z`, an offset, or nothing (UTC). Second 60 is read as
    /// 59.999999.
    ///
    /// # Errors
    /// When the text has another form, or names a day, time or offset that does not exist.
    pub fn parse(text: &str) -> Result<TaskDate, DateError> {
        let fail = |reason| DateError { text: text.to_owned(), reason };
        let (day, rest) = day_prefix(text.as_bytes()).map_err(fail)?;
        if rest.is_empty() {
            return Ok(TaskDate::Day(day));
        }
        time_and_offset(day, rest).map(TaskDate::At).map_err(fail)
    }

    /// The date where a task can have it; `None` beyond the years 1 to 9999.
    pub fn within_years(self) -> Option<TaskDate> {
        let year = match self {
            TaskDate::Day(day) => day.year(),
            TaskDate::At(at) => at.year(),
        };
        YEARS.contains(&year).then_some(self)
    }

    /// The canonical form on the wire: date-only stays so; a moment carries `+00:00`,
    /// and six fraction digits unless they are all zero.
    pub fn to_wire(self) -> String {
        match self {
            TaskDate::Day(day) => {
                let mut text = String::with_capacity(10);
                push_day(&mut text, day);
                text
            }
            TaskDate::At(moment) => moment_to_wire(moment),
        }
    }
}

/// Reads a date-time that must have a time, such as `date_created`.
///
/// # Errors
/// As [`TaskDate::parse`], and when the text is date-only.
pub fn parse_moment(text: &str) -> Result<DateTime<Utc>, DateError> {
    match TaskDate::parse(text)? {
        TaskDate::At(moment) => Ok(moment),
        TaskDate::Day(_) => Err(DateError { text: text.to_owned(), reason: Reason::Form }),
    }
}

/// The canonical form of a moment on the wire, always with `+00:00`.
pub fn moment_to_wire(moment: DateTime<Utc>) -> String {
    let mut text = String::with_capacity(32);
    push_day(&mut text, moment.date_naive());
    for (mark, value) in [('T', moment.hour()), (':', moment.minute()), (':', moment.second())] {
        text.push(mark);
        push_digits(&mut text, value, 10);
    }
    // A leap second has more than a million microseconds; reading made none.
    let micros = moment.timestamp_subsec_micros().min(999_999);
    if micros > 0 {
        text.push('.');
        push_digits(&mut text, micros, 100_000);
    }
    text.push_str("+00:00");
    text
}

fn push_day(text: &mut String, day: NaiveDate) {
    push_digits(text, day.year().unsigned_abs(), 1000);
    text.push('-');
    push_digits(text, day.month(), 10);
    text.push('-');
    push_digits(text, day.day(), 10);
}

/// Digits from the one worth `highest` on. An import writes three dates a task to see
/// whether they are spelled so; format strings are ten times as slow.
fn push_digits(text: &mut String, value: u32, highest: u32) {
    let mut worth = highest;
    while worth > 0 {
        text.push(char::from_digit(value / worth % 10, 10).unwrap_or('0'));
        worth /= 10;
    }
}

fn day_prefix(b: &[u8]) -> Result<(NaiveDate, &[u8]), Reason> {
    if b.len() < 10 || b[4] != b'-' || b[7] != b'-' {
        return Err(Reason::Form);
    }
    let year = digits(&b[0..4]).ok_or(Reason::Form)?;
    let month = digits(&b[5..7]).ok_or(Reason::Form)?;
    let day = digits(&b[8..10]).ok_or(Reason::Form)?;
    if year == 0 {
        return Err(Reason::Year);
    }
    let date = NaiveDate::from_ymd_opt(year.cast_signed(), month, day).ok_or(Reason::NoSuchDay)?;
    Ok((date, &b[10..]))
}

fn time_and_offset(day: NaiveDate, b: &[u8]) -> Result<DateTime<Utc>, Reason> {
    let (b'T' | b't' | b' ', b) = b.split_first().ok_or(Reason::Form)? else {
        return Err(Reason::Form);
    };
    let (time, rest) = clock_time(b)?;
    let offset = offset_seconds(rest)?;
    let naive = NaiveDateTime::new(day, time)
        .checked_sub_signed(TimeDelta::seconds(offset))
        .filter(|t| YEARS.contains(&t.year()))
        .ok_or(Reason::Year)?;
    Ok(naive.and_utc())
}

fn clock_time(b: &[u8]) -> Result<(NaiveTime, &[u8]), Reason> {
    if b.len() < 5 || b[2] != b':' {
        return Err(Reason::Form);
    }
    let hour = digits(&b[0..2]).ok_or(Reason::Form)?;
    let minute = digits(&b[3..5]).ok_or(Reason::Form)?;
    let (mut second, mut micros, mut rest) = (0, 0, &b[5..]);
    if let [b':', s1, s2, tail @ ..] = rest {
        second = digits(&[*s1, *s2]).ok_or(Reason::Form)?;
        (micros, rest) = fraction(tail)?;
    }
    if second == 60 {
        (second, micros) = (59, 999_999);
    }
    let time = NaiveTime::from_hms_micro_opt(hour, minute, second, micros);
    Ok((time.ok_or(Reason::NoSuchTime)?, rest))
}

fn fraction(b: &[u8]) -> Result<(u32, &[u8]), Reason> {
    let [b'.', b @ ..] = b else { return Ok((0, b)) };
    let count = b.iter().take_while(|c| c.is_ascii_digit()).count();
    if !(1..=9).contains(&count) {
        return Err(Reason::Form);
    }
    let micros = (0..6).fold(0, |sum, i| sum * 10 + b[..count].get(i).map_or(0, |c| u32::from(c - b'0')));
    Ok((micros, &b[count..]))
}

/// Seconds east of UTC; nothing means UTC.
fn offset_seconds(b: &[u8]) -> Result<i64, Reason> {
    let (sign, b) = match b {
        [] | [b'Z' | b'z'] => return Ok(0),
        [b'+', b @ ..] => (1, b),
        [b'-', b @ ..] => (-1, b),
        _ => return Err(Reason::Form),
    };
    let (hours, minutes) = match b {
        [_, _] => (digits(b), Some(0)),
        [h @ .., b':', m1, m2] if h.len() == 2 => (digits(h), digits(&[*m1, *m2])),
        [h @ .., m1, m2] if h.len() == 2 => (digits(h), digits(&[*m1, *m2])),
        _ => return Err(Reason::Form),
    };
    let (hours, minutes) = hours.zip(minutes).ok_or(Reason::Form)?;
    if hours > 23 || minutes > 59 {
        return Err(Reason::NoSuchOffset);
    }
    Ok(sign * i64::from(hours * 3600 + minutes * 60))
}

fn digits(b: &[u8]) -> Option<u32> {
    b.iter().try_fold(0, |sum, c| c.is_ascii_digit().then(|| sum * 10 + u32::from(c - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> String {
        TaskDate::parse(text).expect(text).to_wire()
    }

    #[test]
    fn every_form_on_the_wire_is_read_and_a_naive_time_is_utc() {
        assert_eq!(at("2015-01-05"), "2015-01-05");
        assert_eq!(at("2015-01-10T05:00:00+00:00"), "2015-01-10T05:00:00+00:00");
        assert_eq!(at("2026-03-04T14:30:00.123000+00:00"), "2026-03-04T14:30:00.123000+00:00");
        assert_eq!(at("2026-03-04T14:30:00.123"), "2026-03-04T14:30:00.123000+00:00");
        assert_eq!(at("2026-03-04T14:30:00"), "2026-03-04T14:30:00+00:00");
        assert_eq!(at("2026-03-04 14:30Z"), "2026-03-04T14:30:00+00:00");
        assert_eq!(at("2026-03-04T14:30:00-0800"), "2026-03-04T22:30:00+00:00");
        assert_eq!(at("2026-03-04T14:30:00+05:45"), "2026-03-04T08:45:00+00:00");
        assert_eq!(at("2016-12-31T23:59:60Z"), "2016-12-31T23:59:59.999999+00:00");
        assert_eq!(at("2026-03-04T14:30:00.123456789Z"), "2026-03-04T14:30:00.123456+00:00");
    }

    #[test]
    fn an_impossible_date_is_an_error_that_names_the_text() {
        for text in [
            "2026-02-30",
            "2026-13-01",
            "0000-01-01",
            "2026-1-5",
            "2026-01-05T",
            "2026-01-05T25:00:00Z",
            "2026-01-05T10:00:00+24:00",
            "2026-01-05T10:00:00.Z",
            "2026-01-05x",
            "",
            "tomorrow",
            "2026-01-05T10:00:00 UTC",
            "２０２６-01-05",
            "0001-01-01T00:00:00+01:00",
        ] {
            let error = TaskDate::parse(text).expect_err(text).to_string();
            assert!(error.contains(&format!("{text:?}")), "{error}");
        }
        assert!(parse_moment("2026-01-05").is_err());
    }
}
