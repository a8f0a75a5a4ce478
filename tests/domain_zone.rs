//! Where days begin, against a calendar that is watched minute by minute.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;
use repbox::domain::zone::Zone;

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn offset(tz: Tz, at: DateTime<Utc>) -> i32 {
    tz.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

fn date(tz: Tz, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&tz).date_naive()
}

/// Every hour after which a clock shows another offset, from 1970 to 2037.
fn changes(tz: Tz) -> Vec<DateTime<Utc>> {
    let (mut at, end) = (moment("1970-01-01T00:00:00Z"), moment("2038-01-01T00:00:00Z"));
    // No zone changes its clocks twice in half a day.
    let stride = TimeDelta::hours(12);
    let mut found = Vec::new();
    let mut old = offset(tz, at);
    while at < end {
        let next = offset(tz, at + stride);
        if next != old {
            let hour = (0..12).map(|h| at + TimeDelta::hours(h)).find(|h| offset(tz, *h + TimeDelta::hours(1)) != old);
            found.extend(hour);
            old = next;
        }
        at += stride;
    }
    found
}

/// The first minute on which the calendar shows each date or a later one, around a moment.
fn first_minutes(tz: Tz, around: DateTime<Utc>) -> BTreeMap<NaiveDate, DateTime<Utc>> {
    let start = around - TimeDelta::hours(26);
    let mut latest = date(tz, start);
    let mut first = BTreeMap::new();
    for minute in 0..52 * 60 {
        let at = start + TimeDelta::minutes(minute);
        while latest < date(tz, at) {
            latest = latest + Days::new(1);
            first.insert(latest, at);
        }
    }
    first
}

fn next_full_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at + TimeDelta::seconds((60 - at.timestamp().rem_euclid(60)) % 60)
}

#[test]
fn p40_a_day_starts_with_the_first_moment_of_its_date_around_every_clock_change() {
    let mut seen = HashSet::new();
    let mut checked = 0;
    for tz in TZ_VARIANTS {
        let zone = Zone::Place(tz);
        for change in changes(tz) {
            // Zones that share a change with its offsets are one zone there.
            if !seen.insert((change, offset(tz, change), offset(tz, change + TimeDelta::hours(1)))) {
                continue;
            }
            for (day, minute) in first_minutes(tz, change) {
                let start = zone.start_of_day(day);
                assert_eq!(next_full_minute(start), minute, "{tz} {day}");
                assert!(date(tz, start) >= day && date(tz, start - TimeDelta::seconds(1)) < day, "{tz} {day} {start}");
                checked += 1;
            }
        }
    }
    assert!(checked > 5_000, "only {checked} days were found near clock changes");
}

#[test]
fn p40_the_day_of_a_moment_is_the_latest_that_has_begun_in_every_zone() {
    for (n, tz) in TZ_VARIANTS.into_iter().enumerate() {
        let zone = Zone::Place(tz);
        let all = changes(tz);
        // A few of each zone, others in the next one.
        for change in all.iter().skip(n % 13).step_by(13) {
            let mut latest = NaiveDate::MIN;
            for quarter in -110..110 {
                let at = *change + TimeDelta::minutes(15 * quarter);
                let day = zone.day_of(at);
                assert!(zone.start_of_day(day) <= at, "{tz} {at}: {day} has begun");
                assert!(zone.start_of_day(day + Days::new(1)) > at, "{tz} {at}: the next day has not");
                assert!(day >= latest, "{tz} {at}: days never run backward");
                latest = day;
            }
        }
    }
}

#[test]
fn p40_hours_that_the_day_before_repeats_stay_in_the_later_day() {
    // St. John's set its clocks back at one minute past midnight, to 23:01.
    let zone = Zone::parse("America/St_Johns").unwrap();
    let midnight = moment("2010-11-07T02:30:00Z");
    let day = NaiveDate::from_ymd_opt(2010, 11, 7).unwrap();
    assert_eq!(zone.start_of_day(day), midnight);
    assert_eq!(zone.day_of(midnight - TimeDelta::seconds(1)), day - Days::new(1));
    for minute in 0..90 {
        assert_eq!(zone.day_of(midnight + TimeDelta::minutes(minute)), day);
    }
}

#[test]
fn p40_the_ends_of_the_calendar_do_not_panic_in_any_zone() {
    for tz in TZ_VARIANTS {
        let zone = Zone::Place(tz);
        for day in [(1, 1, 1), (1, 1, 2), (1883, 11, 18), (9999, 12, 30), (9999, 12, 31)] {
            let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
            let start = zone.start_of_day(day);
            assert!(zone.day_of(start) >= day, "{tz} {day}");
        }
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            zone.start_of_day(day);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_is_too_strange_for_a_zone_and_each_offset_is_one_that_clocks_have(text in "[+-]?[0-9]?[0-9.:é€]{0,4}") {
        match Zone::parse(&text) {
            Ok(zone) => {
                let offset = zone.local(DateTime::UNIX_EPOCH).offset().local_minus_utc();
                prop_assert!((-12 * 3600..=14 * 3600).contains(&offset), "{}", text);
                prop_assert_eq!(Zone::parse(&zone.name().replace("UTC", "")), Ok(zone), "{}", text);
            }
            Err(error) => prop_assert!(error.to_string().contains(&format!("{text:?}")), "{}", error),
        }
    }
}
