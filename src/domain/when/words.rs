//! Single words: weekdays, months, amounts, times of day.

use chrono::{NaiveTime, Weekday};

/// The months: the short name, and the long one.
pub(super) const MONTHS: [(&str, &str); 12] = [
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may", "may"),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
];

/// The month of a name, from 1.
pub(super) fn month(word: &str) -> Option<u32> {
    let place =
        MONTHS.iter().position(|(short, long)| word == *short || word == *long || word == "sept" && *short == "sep");
    u32::try_from(place? + 1).ok()
}

/// The weekday of a name.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// A length in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Minutes,
    Hours,
    Days,
    BusinessDays,
    Weeks,
    Months,
    Years,
}

/// The unit of a word.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minutes,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hours,
        "d" | "day" | "days" => Unit::Days,
        "bd" | "workday" | "workdays" => Unit::BusinessDays,
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Weeks,
        "mo" | "month" | "months" => Unit::Months,
        "y" | "year" | "years" => Unit::Years,
        _ => return None,
    })
}

/// A number with the letters behind it: `3d`, `28th`, `9am`; either may be missing.
pub(super) fn split(word: &str) -> (&str, &str) {
    word.split_at(word.bytes().take_while(u8::is_ascii_digit).count())
}

/// A number of at most `most` digits.
pub(super) fn number(digits: &str, most: usize) -> Option<u32> {
    let is_number = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// A day of a month: `28`, `28th`.
pub(super) fn day_of_month(word: &str) -> Option<u32> {
    let (digits, ending) = split(word);
    matches!(ending, "" | "st" | "nd" | "rd" | "th").then(|| number(digits, 2))?
}

/// What a word says as a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// A time.
    At(NaiveTime),
    /// Written as a time, and none.
    Impossible,
    /// Digits alone: an hour only behind a day.
    Hour(NaiveTime),
    /// No time.
    None,
}

/// The end of the working day, also the menu's tonight.
pub(super) fn evening() -> NaiveTime {
    at(18, 0).unwrap_or(NaiveTime::MIN)
}

fn at(hour: u32, minute: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// Reads a time of day: `9`, `9am`, `14:30`, `2:30pm`, `noon`, `eod`.
pub(super) fn time(word: &str) -> Time {
    match word {
        "noon" => return at(12, 0).map_or(Time::None, Time::At),
        "eod" => return Time::At(evening()),
        _ => {}
    }
    let (hours, rest) = split(word);
    let Some(hour) = number(hours, 2) else { return Time::None };
    let (minutes, half) = match rest.strip_prefix(':') {
        Some(rest) => {
            let (minutes, half) = split(rest);
            (Some(minutes), half)
        }
        None => (None, rest),
    };
    let minute = match minutes {
        Some(minutes) if minutes.len() == 2 => number(minutes, 2),
        Some(_) => None,
        None => Some(0),
    };
    let found = match (half, hour) {
        ("", hour) => minute.and_then(|minute| at(hour, minute)),
        ("am" | "a" | "pm" | "p", 0 | 13..) => None,
        ("am" | "a", hour) => minute.and_then(|minute| at(hour % 12, minute)),
        ("pm" | "p", hour) => minute.and_then(|minute| at(hour % 12 + 12, minute)),
        (_, _) => return Time::None,
    };
    match (found, minutes.is_none() && half.is_empty()) {
        (Some(time), true) => Time::Hour(time),
        (Some(time), false) => Time::At(time),
        (None, true) => Time::None,
        (None, false) => Time::Impossible,
    }
}

/// Words that people misspell, and others than weekdays and months.
const OTHERS: [&str; 14] = [
    "today",
    "tomorrow",
    "yesterday",
    "tonight",
    "noon",
    "next",
    "this",
    "week",
    "month",
    "day",
    "days",
    "hours",
    "minutes",
    "weeks",
];

const WEEKDAYS: [(&str, &str); 7] = [
    ("mon", "monday"),
    ("tue", "tuesday"),
    ("wed", "wednesday"),
    ("thu", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
];

/// The word that is probably meant by one that means nothing: of weekdays and months the short name.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let known = || {
        let named = WEEKDAYS.iter().chain(&MONTHS).flat_map(|(short, long)| [(*short, *short), (*long, *short)]);
        named.chain(OTHERS.iter().map(|word| (*word, *word)))
    };
    let is_word = word.bytes().all(|b| b.is_ascii_alphabetic()) && word.len() > 2;
    if !is_word || weekday(word).is_some() || month(word).is_some() || OTHERS.contains(&word) {
        return None;
    }
    let distance = |(spelled, meant)| (strsim::damerau_levenshtein(word, spelled), meant);
    let most = if word.len() > 4 { 2 } else { 1 };
    let (_, meant) = known().map(distance).filter(|(distance, _)| *distance <= most).min_by_key(|(d, _)| *d)?;
    Some(meant)
}
