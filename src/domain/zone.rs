//! The zone in which days begin: an IANA zone or a fixed offset.
//!
//! The rule's source: the Tasks page ("taking the time zone (x-tz-offset) into
//! account"). Which zone the machine is in, is asked elsewhere.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Where days begin and dates are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// A place with its history of clock changes.
    Place(Tz),
    /// Hours east of UTC that never change, Close's `x-tz-offset`.
    Offset(FixedOffset),
}

/// A text that names no zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// An offset that no clock has.
    #[error("{0:?} is not an offset that clocks have; offsets look like -8, +5.75 or -08:00")]
    Offset(String),
    /// A name that the zone data does not hold.
    #[error("Unknown time zone {name:?}. {}", hint(.nearest.as_deref()))]
    Name {
        /// The name as given.
        name: String,
        /// The known name that is most like it.
        nearest: Option<String>,
    },
}

fn hint(nearest: Option<&str>) -> String {
    match nearest {
        Some(name) => format!("Did you mean {name}?"),
        None => "Zones look like America/New_York, utc, local or -8.".to_owned(),
    }
}

/// Offsets have been as far as 15:56 from UTC; a window of 17 hours around a midnight
/// in UTC holds that midnight in every zone.
const WIDEST: TimeDelta = TimeDelta::hours(17);

impl Zone {
    /// UTC itself.
    pub const UTC: Zone = Zone::Place(Tz::UTC);

    /// The release of the zones' rules that is built in: `2025b`.
    pub const RULES: &str = chrono_tz::IANA_TZDB_VERSION;

    /// Reads an IANA name in any letter case, `utc`, or an offset east of UTC in hours
    /// (`-8`, `-2.5`, `+5.75`) or hours and minutes (`-08:00`, `+0545`).
    ///
    /// # Errors
    /// When it is neither; a name comes with the nearest one that is known.
    pub fn parse(text: &str) -> Result<Zone, ZoneError> {
        let text = text.trim();
        if text.starts_with(['+', '-']) || text.starts_with(|c: char| c.is_ascii_digit()) {
            return offset(text).map(Zone::Offset).ok_or_else(|| ZoneError::Offset(text.to_owned()));
        }
        Tz::from_str_insensitive(text)
            .map(Zone::Place)
            .map_err(|_| ZoneError::Name { name: text.to_owned(), nearest: nearest(text) })
    }

    /// The name to show: `America/New_York`, or `UTC-8` for an offset.
    pub fn name(&self) -> String {
        match self {
            Zone::Place(tz) => tz.name().to_owned(),
            Zone::Offset(offset) => format!("UTC{}", short_offset(offset.local_minus_utc())),
        }
    }

    /// What people there call the time at this moment: `EST`, or `UTC-8`.
    pub fn abbreviation(&self, at: DateTime<Utc>) -> String {
        let Zone::Place(tz) = self else { return self.name() };
        let word = at.with_timezone(tz).format("%Z").to_string();
        // Zones without a word of their own print bare digits.
        if word.starts_with(['+', '-']) { format!("UTC{}", short_offset(self.offset_seconds(at))) } else { word }
    }

    /// The moment with the offset that its place has then.
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        let offset = match self {
            Zone::Place(tz) => tz.offset_from_utc_datetime(&at.naive_utc()).fix(),
            Zone::Offset(offset) => *offset,
        };
        at.with_timezone(&offset)
    }

    /// The day that a moment belongs to: the latest day that has begun by then.
    ///
    /// It is the local date, but for the few hours, the last of them in 2010, when a
    /// clock was set back over midnight: the repeated hours stay in the later day, so
    /// that days never run backward while time runs forward.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        let day = self.local(at).date_naive();
        if matches!(self, Zone::Offset(_))
            || self.offset_seconds(at) == self.offset_seconds(minus(at, TimeDelta::hours(25)))
        {
            return day;
        }
        match day.succ_opt() {
            Some(next) if self.start_of_day(next) <= at => next,
            _ => day,
        }
    }

    /// The first moment whose local date is `day` or a later one. Where midnight is
    /// skipped it is the first moment after the gap; where it comes twice, the first.
    pub fn start_of_day(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN).and_utc();
        match self {
            Zone::Offset(offset) => minus(midnight, TimeDelta::seconds(offset.local_minus_utc().into())),
            Zone::Place(_) => self.start_at_place(day, midnight),
        }
    }

    fn start_at_place(&self, day: NaiveDate, midnight: DateTime<Utc>) -> DateTime<Utc> {
        let offset = |quarter: i32| self.offset_seconds(plus(minus(midnight, WIDEST), WIDEST / 2 * quarter));
        let first = offset(0);
        if (1..=4).all(|quarter| offset(quarter) == first) {
            return minus(midnight, TimeDelta::seconds(first.into()));
        }
        self.search_start(day, midnight)
    }

    /// Near a clock change the day begins at its midnight by one of the offsets around,
    /// or at the change itself; the earliest moment that is in the day decides.
    fn search_start(&self, day: NaiveDate, midnight: DateTime<Utc>) -> DateTime<Utc> {
        let begun = |at: DateTime<Utc>| self.local(at).date_naive() >= day;
        let mut candidates = Vec::new();
        for hour in -17..=17 {
            let at = plus(midnight, TimeDelta::hours(hour));
            candidates.push(minus(midnight, TimeDelta::seconds(self.offset_seconds(at).into())));
            if let Some(change) = self.change_within_hour(at) {
                candidates.push(change);
            }
        }
        candidates.sort_unstable();
        candidates.into_iter().find(|at| begun(*at)).unwrap_or(midnight)
    }

    /// The first second with the new offset, if the clocks change within the hour.
    fn change_within_hour(&self, from: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let old = self.offset_seconds(from);
        let (mut same, mut changed) = (0, 3600);
        if self.offset_seconds(plus(from, TimeDelta::seconds(changed))) == old {
            return None;
        }
        while changed - same > 1 {
            let middle = i64::midpoint(same, changed);
            if self.offset_seconds(plus(from, TimeDelta::seconds(middle))) == old {
                same = middle
            } else {
                changed = middle
            }
        }
        Some(plus(from, TimeDelta::seconds(changed)))
    }

    fn offset_seconds(&self, at: DateTime<Utc>) -> i32 {
        self.local(at).offset().local_minus_utc()
    }

    /// Every IANA name that can be chosen, in alphabetical order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name())
    }
}

impl std::str::FromStr for Zone {
    type Err = ZoneError;
    fn from_str(text: &str) -> Result<Zone, ZoneError> {
        Zone::parse(text)
    }
}

fn plus(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn minus(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

fn offset(text: &str) -> Option<FixedOffset> {
    let (sign, rest) = match text.as_bytes()[0] {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let digits = |s: &str, longest: usize| {
        (1..=longest)
            .contains(&s.len())
            .then(|| s.parse::<u32>().ok().filter(|_| s.bytes().all(|b| b.is_ascii_digit())))?
    };
    let seconds = if let Some((hours, minutes)) = rest.split_once(':') {
        digits(hours, 2)? * 3600 + digits(minutes, 2).filter(|m| *m < 60 && minutes.len() == 2)? * 60
    } else if let Some((hours, decimals)) = rest.split_once('.') {
        let part = digits(decimals, 4)? * 3600;
        let unit = 10_u32.pow(u32::try_from(decimals.len()).ok()?);
        (part % unit == 0).then_some(digits(hours, 2)? * 3600 + part / unit)?
    } else if rest.len() == 4 {
        let (hours, minutes) = rest.split_at_checked(2)?;
        digits(hours, 2)? * 3600 + digits(minutes, 2).filter(|m| *m < 60)? * 60
    } else {
        digits(rest, 2)? * 3600
    };
    // Clocks run from 12 hours behind UTC to 14 ahead, by whole minutes.
    let seconds = sign * i32::try_from(seconds).ok()?;
    ((-12 * 3600..=14 * 3600).contains(&seconds) && seconds % 60 == 0).then(|| FixedOffset::east_opt(seconds))?
}

/// `-8`, `+5:45`, or `+0`.
fn short_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    match minutes % 60 {
        0 => format!("{sign}{}", minutes / 60),
        rest => format!("{sign}{}:{rest:02}", minutes / 60),
    }
}

fn nearest(text: &str) -> Option<String> {
    let wanted = text.to_lowercase();
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        // People type the city alone as often as they misspell a letter.
        let city = name.rsplit('/').next().unwrap_or(&name);
        strsim::jaro_winkler(&wanted, &name).max(strsim::jaro_winkler(&wanted, city))
    };
    Zone::names()
        .map(|name| (likeness(name), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score > 0.8)
        .map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(zone: &str, day: &str) -> String {
        let zone = Zone::parse(zone).unwrap();
        zone.start_of_day(day.parse().unwrap()).format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    #[test]
    fn offsets_are_read_as_close_writes_them() {
        for (text, seconds) in [
            ("-8", -28800),
            ("-2.5", -9000),
            ("+5.75", 20700),
            ("-08:00", -28800),
            ("+0545", 20700),
            ("0", 0),
            ("14", 50400),
        ] {
            assert_eq!(Zone::parse(text), Ok(Zone::Offset(FixedOffset::east_opt(seconds).unwrap())), "{text}");
        }
        for text in ["-", "+", "25", "-8.", "-08:60", "+545x", "١", "--8", "-8:0", "+15", "5ⱥ", "-1€", "0.01"] {
            assert!(Zone::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_read_in_any_letter_case_and_the_nearest_is_offered() {
        assert_eq!(Zone::parse("america/NEW_york").unwrap().name(), "America/New_York");
        assert_eq!(Zone::parse("utc").unwrap().name(), "UTC");
        assert_eq!(
            Zone::parse("New_Yrok").unwrap_err().to_string(),
            "Unknown time zone \"New_Yrok\". Did you mean America/New_York?"
        );
    }

    #[test]
    fn p40_a_day_starts_where_midnight_is_skipped_doubled_or_missing() {
        assert_eq!(start("-8", "2015-01-12"), "2015-01-12T08:00:00Z");
        // São Paulo skipped midnight: the day began at one.
        assert_eq!(start("America/Sao_Paulo", "2018-11-04"), "2018-11-04T03:00:00Z");
        // Havana has midnight twice: the first counts.
        assert_eq!(start("America/Havana", "2015-11-01"), "2015-11-01T04:00:00Z");
        // Apia had no 30 December 2011: it "begins" with the 31st.
        assert_eq!(start("Pacific/Apia", "2011-12-30"), "2011-12-30T10:00:00Z");
        assert_eq!(start("Pacific/Apia", "2011-12-31"), "2011-12-30T10:00:00Z");
        // Cairo's summer time begins at midnight.
        assert_eq!(start("Africa/Cairo", "2024-04-26"), "2024-04-25T22:00:00Z");
    }

    #[test]
    fn p40_days_never_run_backward_where_a_clock_was_set_back_over_midnight() {
        let zone = Zone::parse("America/St_Johns").unwrap();
        let mut last = NaiveDate::MIN;
        for minute in 0..300 {
            let at = "2010-11-07T00:30:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minute);
            assert!(zone.day_of(at) >= last);
            last = zone.day_of(at);
        }
    }
}
