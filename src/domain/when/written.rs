//! Days as they are written: `2026-11-28`, `28 nov`, `fri 28 nov 2026`; also with a time
//! joined by `t`.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::WhenError;
use super::way::Way;
use super::words;

/// A day, with the time that is joined to it, if one is.
pub(super) type Written = Result<Option<(NaiveDate, Option<NaiveTime>)>, WhenError>;

/// Years of work. `28 nov 1630` means a time, and is none that is understood.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=9999;

/// Where a day is read, and which such day is meant without a year.
pub(super) type Seen = (NaiveDate, Way);

/// Reads a day as it is written; without a year the next such day, or the last one.
pub(super) fn day(words: &[&str], seen: Seen) -> Written {
    match words {
        [one] => numbers(one, seen),
        [a, b] => day_and_month(a, b, None, seen),
        [a, b, year] if year.len() == 4 => match words::number(year, 4) {
            Some(year) if YEARS.contains(&year) => day_and_month(a, b, Some(year), seen),
            Some(_) | None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Reads a day behind the name of its weekday, which must be right.
pub(super) fn day_of_weekday(name: &str, words: &[&str], seen: Seen) -> Written {
    let Some(weekday) = words::weekday(name) else { return Ok(None) };
    match day(words, seen)? {
        Some((day, _)) if day.weekday() != weekday => Err(WhenError::OtherWeekday { day }),
        found => Ok(found),
    }
}

fn numbers(word: &str, seen: Seen) -> Written {
    let (date, time) = word.split_once('t').map_or((word, None), |(date, time)| (date, Some(time)));
    // `28.11.` ends so where people write it so; no other part is empty.
    let ended = date.strip_suffix('.').filter(|date| !date.contains(['-', '/']));
    let parts: Vec<&str> = ended.unwrap_or(date).split(['-', '/', '.']).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| words::number(part, 4)).collect();
    match numbers.as_deref() {
        Some([year, month, day]) if date.contains('-') && parts[0].len() == 4 => {
            let Some(day) = day_of_year(*year, *month, *day)? else { return Ok(None) };
            match time.map(iso_time) {
                None => Ok(Some((day, None))),
                Some(Some(time)) => Ok(Some((day, Some(time)))),
                Some(None) => Err(WhenError::NoSuchTime(time.unwrap_or_default().to_owned())),
            }
        }
        // The year first has one reading, and another spelling.
        Some([year, month, day]) if parts[0].len() == 4 && time.is_none() => {
            let found = day_of_year(*year, *month, *day)?;
            found.map_or(Ok(None), |day| Err(WhenError::spelled(word, day)))
        }
        Some([one, other, year @ ..]) if parts[0].len() <= 2 && parts[1].len() <= 2 => {
            let year = match year {
                [] => None,
                [year @ 0..100] => Some(2000 + year),
                [year, ..] => Some(*year),
            };
            WhenError::numbers(word, (*one, *other), year, seen).map_or(Ok(None), Err)
        }
        _ => Ok(None),
    }
}

fn day_of_year(year: u32, month: u32, day: u32) -> Result<Option<NaiveDate>, WhenError> {
    let Ok(of) = i32::try_from(year) else { return Ok(None) };
    match (NaiveDate::from_ymd_opt(of, month, day), NaiveDate::from_ymd_opt(of, month, 1)) {
        (Some(found), _) => Ok(Some(found)),
        (None, Some(first)) => Err(WhenError::no_such_day(day, first)),
        (None, None) => Ok(None),
    }
}

fn day_and_month(a: &str, b: &str, year: Option<u32>, (today, way): Seen) -> Written {
    let read = |day: &str, month: &str| Some((words::day_of_month(day)?, words::month(month)?));
    let Some((day, month)) = read(a, b).or_else(|| read(b, a)) else { return Ok(None) };
    match year {
        Some(year) => Ok(day_of_year(year, month, day)?.map(|day| (day, None))),
        None => match way.day_of_year(today, month, day) {
            Some(day) => Ok(Some((day, None))),
            // The last day that the month has in any year.
            None => Err(WhenError::no_such_day(day, NaiveDate::from_ymd_opt(2024, month, 1).unwrap_or(today))),
        },
    }
}

/// `14:30`, `14:30:00`, `14:30:00.123`
fn iso_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S%.f")).ok()
}
