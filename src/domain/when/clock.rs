//! The moment of a time of a day, also where a clock skips it or has it twice.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::domain::zone::Zone;

/// What a clock does with a time of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// It is set forward over it: the first time that exists is taken instead.
    Skipped(NaiveTime),
    /// It is set back and shows it twice: the first one is taken.
    Repeated,
}

/// The moment at which a clock of the zone shows this time of this day.
pub fn moment(day: NaiveDate, time: NaiveTime, zone: &Zone) -> (DateTime<Utc>, Option<Shift>) {
    let wanted = day.and_time(time);
    let found = match zone {
        Zone::Offset(offset) => offset.from_local_datetime(&wanted).map(|at| at.to_utc()),
        Zone::Place(place) => place.from_local_datetime(&wanted).map(|at| at.to_utc()),
    };
    match found {
        LocalResult::Single(at) => (at, None),
        LocalResult::Ambiguous(one, other) => (one.min(other), Some(Shift::Repeated)),
        LocalResult::None => (first_from(wanted, zone), Some(Shift::Skipped(time))),
    }
}

/// The first moment whose local time is not before `wanted`, which the clock skips.
fn first_from(wanted: NaiveDateTime, zone: &Zone) -> DateTime<Utc> {
    let around = wanted.and_utc();
    // Clocks run from 12 hours behind UTC to 14 ahead; Apia once skipped a whole day.
    let (mut before, mut reached) = (around - TimeDelta::hours(40), around + TimeDelta::hours(40));
    while reached - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((reached - before).num_seconds() / 2);
        if zone.local(middle).naive_local() >= wanted { reached = middle } else { before = middle }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: &str, day: &str, time: &str) -> (String, Option<Shift>) {
        let zone = Zone::parse(zone).expect("a zone");
        let time = NaiveTime::parse_from_str(time, "%H:%M").expect("a time");
        let (at, shift) = moment(day.parse().expect("a day"), time, &zone);
        (zone.local(at).format("%m-%d %H:%M %:z").to_string(), shift)
    }

    #[test]
    fn a_skipped_time_moves_to_the_first_that_exists_and_a_repeated_one_takes_the_first() {
        let skipped = |text| Some(Shift::Skipped(NaiveTime::parse_from_str(text, "%H:%M").expect("a time")));
        assert_eq!(at("America/New_York", "2026-03-08", "02:30"), ("03-08 03:00 -04:00".into(), skipped("02:30")));
        assert_eq!(at("America/New_York", "2026-11-01", "01:30"), ("11-01 01:30 -04:00".into(), Some(Shift::Repeated)));
        // Lord Howe's clock jumps by half an hour.
        assert_eq!(at("Australia/Lord_Howe", "2026-10-04", "02:10"), ("10-04 02:30 +11:00".into(), skipped("02:10")));
        // Apia had no 30 December 2011.
        assert_eq!(at("Pacific/Apia", "2011-12-30", "09:00"), ("12-31 00:00 +14:00".into(), skipped("09:00")));
        assert_eq!(at("-8", "2026-03-08", "02:30"), ("03-08 02:30 -08:00".into(), None));
    }
}
