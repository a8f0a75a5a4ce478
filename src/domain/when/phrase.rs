//! Phrases: a day and perhaps a time, a time alone, an amount from now, an exact date.

use chrono::{DateTime, Datelike, Days, DurationRound, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::way::Way;
use super::words::{self, Time, Unit};
use super::{Shift, WhenError, calendar, clock, written};
use crate::domain::date::TaskDate;
use crate::domain::view::Today;
use crate::domain::zone::Zone;

/// What a typed date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The date. Without a time in the phrase: date-only.
    pub date: TaskDate,
    /// Why the moment is another than the one typed, or one of two.
    pub shift: Option<Shift>,
    /// The zone that the phrase names, if it names one.
    pub there: Option<Zone>,
}

impl From<TaskDate> for When {
    fn from(date: TaskDate) -> When {
        When { date, shift: None, there: None }
    }
}

/// Reads a date as people type it, where it is `today`. Words match whole, in any letter
/// case. A weekday is the next one after today; `next mon` is Monday of next week. Weeks
/// and months count from today, minutes and hours from now. `eod` is 18:00, `eow` and
/// `eom` are the last day of the week and of the month. A time alone is the next such
/// time. The last word may be a zone: `fri 9 Europe/Riga`, `tom 9 utc`.
///
/// # Errors
/// When the phrase is no date, an ambiguous one, or one beyond the years 1 to 9999.
pub fn parse(text: &str, today: &Today) -> Result<When, WhenError> {
    read(text, today, Way::Ahead)
}

/// As [`parse`], of what is past: a weekday is the last one before today, a day without a
/// year the last such day, a time alone the last such time, and `3d` is 3 days ago.
///
/// # Errors
/// As [`parse`].
pub fn parse_past(text: &str, today: &Today) -> Result<When, WhenError> {
    read(text, today, Way::Back)
}

fn read(text: &str, today: &Today, way: Way) -> Result<When, WhenError> {
    let lower = text.trim().to_lowercase().replace(',', " ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    if words.is_empty() || words.len() > MOST_WORDS {
        return Err(WhenError::not_a_date(text, None, today.day, way));
    }
    if let Some(exact) = exact_moment(text.trim())? {
        return Ok(TaskDate::At(exact).into());
    }
    let phrase = Phrase { words: &words, today, way };
    let found = match (phrase.read()?, phrase.without_zone()) {
        (Some(when), _) => Some(when),
        (None, Some((words, zone))) => in_zone(words, zone, (today, way))?,
        (None, None) => None,
    };
    found.ok_or_else(|| WhenError::not_a_date(text, phrase.spelled_right(), today.day, way))
}

/// No phrase has more.
const MOST_WORDS: usize = 8;

/// A date and time with an offset, as computers write it.
fn exact_moment(text: &str) -> Read<DateTime<Utc>> {
    let has_offset = text.ends_with(['Z', 'z']) || text.rfind(['+', '-']).is_some_and(|at| at > 10);
    match TaskDate::parse(&text.to_uppercase()) {
        Ok(TaskDate::At(at)) if has_offset => Ok(Some(at)),
        Err(error) if has_offset && error.is_beyond_years() => Err(WhenError::TooFar),
        Ok(_) | Err(_) => Ok(None),
    }
}

fn in_zone(words: &[&str], zone: Zone, (today, way): (&Today, Way)) -> Result<Option<When>, WhenError> {
    let there = today.seen_in(zone);
    let when = Phrase { words, today: &there, way }.read()?;
    // A day has no zone: only a time can be meant.
    let timed = when.filter(|when| matches!(when.date, TaskDate::At(_)));
    Ok(timed.map(|when| When { there: Some(zone), ..when }))
}

fn in_range(date: TaskDate) -> Result<TaskDate, WhenError> {
    date.within_years().ok_or(WhenError::TooFar)
}

/// Words, read where it is `today`. `None`: no date; perhaps the last word is a zone.
struct Phrase<'a> {
    words: &'a [&'a str],
    today: &'a Today,
    way: Way,
}

type Read<T> = Result<Option<T>, WhenError>;

impl<'a> Phrase<'a> {
    fn read(&self) -> Read<When> {
        if let Some(moment) = self.amount_of_time()? {
            return self.moment(moment).map(Some);
        }
        for used in (1..=self.words.len()).rev() {
            let (front, back) = self.words.split_at(used);
            if let Some(day) = self.day(front)?
                && let Some(time) = self.time_behind(back)?
            {
                return self.dated(day.0, time.or(day.1)).map(Some);
            }
        }
        for used in 1..=self.words.len().min(3) {
            let (front, back) = self.words.split_at(used);
            let Some(time) = self.time_alone(front)? else { continue };
            if back.is_empty() {
                return self.nearest(time).map(Some);
            }
            if let Some((day, None)) = self.day(back)? {
                return self.dated(day, Some(time)).map(Some);
            }
        }
        Ok(None)
    }

    /// The words before a zone's name at the end.
    fn without_zone(&self) -> Option<(&'a [&'a str], Zone)> {
        let (last, words) = self.words.split_last()?;
        let is_name = last.contains('/') || matches!(*last, "utc" | "gmt");
        let zone = Zone::parse(last).ok().filter(|_| is_name && !words.is_empty())?;
        Some((words, zone))
    }

    /// The phrase with its misspelt words set right, if it is a date then.
    fn spelled_right(&self) -> Option<String> {
        let words: Vec<&str> = self.words.iter().map(|word| words::nearest(word).unwrap_or(word)).collect();
        let read = Phrase { words: &words, today: self.today, way: self.way }.read();
        (words != self.words && matches!(read, Ok(Some(_)))).then(|| words.join(" "))
    }

    fn dated(&self, day: NaiveDate, time: Option<NaiveTime>) -> Result<When, WhenError> {
        let Some(time) = time else {
            return Ok(in_range(TaskDate::Day(day))?.into());
        };
        // A day that no task can have has no times either.
        in_range(TaskDate::Day(day))?;
        let (at, shift) = clock::moment(day, time, &self.today.zone);
        Ok(When { date: in_range(TaskDate::At(at))?, shift, there: None })
    }

    fn moment(&self, at: DateTime<Utc>) -> Result<When, WhenError> {
        Ok(in_range(TaskDate::At(at))?.into())
    }

    /// A time alone is the next such time, today or tomorrow, or the last one.
    fn nearest(&self, time: NaiveTime) -> Result<When, WhenError> {
        let when = self.dated(self.today.day, Some(time))?;
        match (when.date, self.way) {
            (TaskDate::At(at), Way::Ahead) if at <= self.today.now => self.dated(self.today.plus_days(1), Some(time)),
            (TaskDate::At(at), Way::Back) if at > self.today.now => {
                self.dated(self.today.day.pred_opt().ok_or(WhenError::TooFar)?, Some(time))
            }
            (TaskDate::At(_) | TaskDate::Day(_), _) => Ok(when),
        }
    }

    /// `now`, `+90m`, `in 2 hours`: counted from now, in whole minutes.
    fn amount_of_time(&self) -> Read<DateTime<Utc>> {
        let now = self.today.now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(self.today.now);
        if self.words == ["now"] {
            return Ok(Some(now));
        }
        let Some((amount, unit)) = self.amount(self.words) else { return Ok(None) };
        let by = match unit {
            Unit::Minutes => TimeDelta::try_minutes(amount),
            Unit::Hours => TimeDelta::try_hours(amount),
            Unit::Days | Unit::BusinessDays | Unit::Weeks | Unit::Months | Unit::Years => return Ok(None),
        };
        by.and_then(|by| now.checked_add_signed(by)).map(Some).ok_or(WhenError::TooFar)
    }

    /// An amount; one that does not say which way it counts goes the phrase's way.
    fn amount(&self, words: &[&str]) -> Option<(i64, Unit)> {
        let (amount, unit) = amount(words)?;
        let says_way = words.first().is_some_and(|word| *word == "in" || word.starts_with(['+', '-']));
        let is_ago = words.last() == Some(&"ago");
        Some((if self.way == Way::Back && !says_way && !is_ago { -amount } else { amount }, unit))
    }

    /// A time behind a day, perhaps none: `9`, `at 4pm`.
    fn time_behind(&self, words: &[&str]) -> Read<Option<NaiveTime>> {
        let words = words.strip_prefix(&["at"]).unwrap_or(words);
        match self.time(words)? {
            Time::At(time) | Time::Hour(time) => Ok(Some(Some(time))),
            Time::Impossible | Time::None => Ok(words.is_empty().then_some(None)),
        }
    }

    /// A time before a day, or without one: `4pm`, `noon`, `at 16:30`.
    fn time_alone(&self, words: &[&str]) -> Read<NaiveTime> {
        match (words.strip_prefix(&["at"]), self.time(words.strip_prefix(&["at"]).unwrap_or(words))?) {
            (_, Time::At(time)) | (Some(_), Time::Hour(time)) => Ok(Some(time)),
            (None, Time::Hour(_)) | (_, Time::Impossible | Time::None) => Ok(None),
        }
    }

    fn time(&self, words: &[&str]) -> Result<Time, WhenError> {
        let joined = match words {
            [one] => (*one).to_owned(),
            [hour, half @ ("am" | "pm")] => format!("{hour}{half}"),
            _ => return Ok(Time::None),
        };
        match words::time(&joined) {
            Time::Impossible => Err(WhenError::NoSuchTime(joined)),
            time => Ok(time),
        }
    }

    /// A day, with the time that its word has, if it has one.
    fn day(&self, words: &[&str]) -> Read<(NaiveDate, Option<NaiveTime>)> {
        let words = words.strip_prefix(&["on"]).unwrap_or(words);
        let today = self.today.day;
        let starts = self.today.customs.week_starts;
        let far = |day: Option<NaiveDate>| day.map(|day| Some((day, None))).ok_or(WhenError::TooFar);
        match words {
            ["today" | "tod"] => Ok(Some((today, None))),
            ["eod"] | ["tonight"] => Ok(Some((today, Some(words::evening())))),
            ["tomorrow" | "tom" | "tmr"] => far(today.succ_opt()),
            ["yesterday"] => far(today.pred_opt()),
            ["eow"] => {
                let left = self.today.customs.days_left(today.weekday());
                far(today.checked_add_days(Days::new(left.into())))
            }
            ["eom"] => far(calendar::last_of_month(today)),
            ["next", "week"] => far(calendar::weekday_of_next_week(today, chrono::Weekday::Mon, starts)),
            ["next", "month"] => far(calendar::first_of_next_month(today)),
            ["next", name] => match words::weekday(name) {
                Some(weekday) => far(calendar::weekday_of_next_week(today, weekday, starts)),
                None => Ok(None),
            },
            [name] | ["this", name] if words::weekday(name).is_some() => match words::weekday(name) {
                Some(weekday) => far(self.way.weekday(today, weekday)),
                None => Ok(None),
            },
            ["last", name] => match words::weekday(name) {
                Some(weekday) => far(Way::Back.weekday(today, weekday)),
                None => Ok(None),
            },
            [name, rest @ ..] if words::weekday(name).is_some() => {
                written::day_of_weekday(name, rest, (today, self.way))
            }
            _ => match self.amount_of_days(words)? {
                Some(day) => Ok(Some((day, None))),
                None => written::day(words, (today, self.way)),
            },
        }
    }

    /// `+3d`, `2bd`, `in 2 weeks`, `3d ago`: counted from today.
    fn amount_of_days(&self, words: &[&str]) -> Read<NaiveDate> {
        let Some((amount, unit)) = self.amount(words) else { return Ok(None) };
        let today = self.today.day;
        let months = |count: i64| {
            let count = Months::new(u32::try_from(count.abs()).ok()?);
            if amount < 0 { today.checked_sub_months(count) } else { today.checked_add_months(count) }
        };
        let days = |count: i64| today.checked_add_signed(TimeDelta::try_days(count)?);
        let day = match unit {
            Unit::Minutes | Unit::Hours => return Ok(None),
            Unit::Days => days(amount),
            Unit::Weeks => amount.checked_mul(7).and_then(days),
            Unit::Months => months(amount),
            Unit::Years => amount.checked_mul(12).and_then(months),
            // Nobody counts business days backward.
            Unit::BusinessDays => match u32::try_from(amount) {
                Ok(count) => calendar::business_days_after(today, count),
                Err(_) => return Ok(None),
            },
        };
        day.map(Some).ok_or(WhenError::TooFar)
    }
}

/// `+3d`, `3 days`, `in 2w`, `-3d`, `3d ago`, `an hour`, `2 business days`
pub(super) fn amount(words: &[&str]) -> Option<(i64, Unit)> {
    let (words, is_ago) = match words.split_last() {
        Some((&"ago", rest)) => (rest, true),
        _ => (words, false),
    };
    let words = words.strip_prefix(&["in"]).unwrap_or(words);
    let (number, unit) = match words {
        [one] => {
            let (sign, rest) = one.split_at(usize::from(one.starts_with(['+', '-'])));
            let (digits, unit) = words::split(rest);
            let number = digits.parse::<i64>().ok().or((digits.len() > 18).then_some(i64::MAX))?;
            (if sign == "-" { -number } else { number }, words::unit(unit)?)
        }
        ["a" | "an", unit] => (1, words::unit(unit)?),
        [digits, "business", "day" | "days"] => (count(digits)?, Unit::BusinessDays),
        [digits, unit] if unit.len() > 1 => (count(digits)?, words::unit(unit)?),
        _ => return None,
    };
    Some((if is_ago { -number } else { number }, unit))
}

fn count(digits: &str) -> Option<i64> {
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().unwrap_or(i64::MAX))
}
