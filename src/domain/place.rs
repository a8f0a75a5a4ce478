//! Where the owner of a phone number probably is, and what time it is there.
//!
//! Source: libphonenumber's map of number prefixes to time zones, unchanged, with its
//! licence (Apache-2.0) at its head. A region only suggests a zone: people move and keep
//! their numbers.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveTime, Utc};

use super::view::Today;
use super::when::clock;
use super::zone::Zone;

/// Lines of `PREFIX|ZONE&ZONE`, the prefix in digits from the country's on.
const MAP: &str = include_str!("../../assets/phone-zones.txt");

/// The prefixes in the order of their text.
static PREFIXES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut prefixes: Vec<(&str, &str)> =
        MAP.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('|')).collect();
    prefixes.sort_unstable();
    prefixes
});

/// The zones of the region that a number belongs to; one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region(Vec<Zone>);

/// What is said of the time where no region is known.
pub const UNKNOWN: &str = "time there unknown";

/// Numbers have 7 to 15 digits, the country's included.
const LENGTHS: std::ops::RangeInclusive<usize> = 7..=15;

impl Region {
    /// The region of a number as Close writes it: `+13125550188`; also with the signs
    /// that people put between digits. `None`: unknown, as of every number without its
    /// country.
    pub fn of_number(number: &str) -> Option<Region> {
        let number = number.trim().strip_prefix('+')?;
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}');
        let digits: String =
            number.chars().take_while(|c| is_part(*c)).filter(|c| c.is_ascii_digit()).take(16).collect();
        if !LENGTHS.contains(&digits.len()) {
            return None;
        }
        let longest_first = (1..=digits.len()).rev().map(|length| &digits[..length]);
        let names = longest_first.into_iter().find_map(|prefix| {
            let at = PREFIXES.binary_search_by_key(&prefix, |(known, _)| known).ok()?;
            Some(PREFIXES[at].1)
        })?;
        let zones: Vec<Zone> = names.split('&').filter_map(|name| Zone::parse(name).ok()).collect();
        (!zones.is_empty()).then_some(Region(zones))
    }

    /// The region's zone at a moment; `None` where its clocks show several times then.
    pub fn zone(&self, at: DateTime<Utc>) -> Option<Zone> {
        let first = self.0.first()?;
        let time = first.local(at).naive_local();
        self.0.iter().all(|zone| zone.local(at).naive_local() == time).then_some(*first)
    }

    /// What the clocks of its zones show at a moment.
    pub fn times(&self, at: DateTime<Utc>) -> impl Iterator<Item = NaiveTime> {
        self.0.iter().map(move |zone| zone.local(at).time())
    }

    /// The next moment at which it is this time of day there; `None` where that is at
    /// several moments.
    pub fn next(&self, time: NaiveTime, today: &Today) -> Option<DateTime<Utc>> {
        let mut moments = self.0.iter().map(|zone| {
            let there = today.seen_in(*zone);
            let at = clock::moment(there.day, time, zone).0;
            if at > today.now { at } else { clock::moment(there.plus_days(1), time, zone).0 }
        });
        let first = moments.next()?;
        moments.all(|at| at == first).then_some(first)
    }

    /// What the region suggests at a moment: the place of its one zone, `New York?`, else
    /// what the time is called there, `GMT?`; `None` where there are several times.
    pub fn guess(&self, at: DateTime<Utc>) -> Option<String> {
        let zone = self.zone(at)?;
        let name = zone.name();
        let city = name.rsplit('/').next().filter(|_| self.0.len() == 1);
        Some(format!("{}?", city.map_or_else(|| zone.abbreviation(at), |city| city.replace('_', " "))))
    }

    /// What time it is there in any case: `13:07 there, Chicago?`, or `09:07 to 14:07 there,
    /// several zones`; a time of another day than today says its day.
    pub fn times_there(&self, today: &Today) -> String {
        let mut there: Vec<Today> = self.0.iter().map(|zone| today.seen_in(*zone)).collect();
        there.sort_by_key(|there| there.zone.local(today.now).naive_local());
        let time = |there: &Today| {
            let day = if there.day == today.day { "" } else { "%a " };
            format!("{}{}", there.zone.local(today.now).format(day), there.time_of(today.now))
        };
        match (self.time_there(today), there.as_slice()) {
            (Some(time), _) => time,
            (None, [first, .., last]) => format!("{} to {} there, several zones", time(first), time(last)),
            (None, _) => UNKNOWN.to_owned(),
        }
    }

    /// The time there: `13:07 there, Chicago?`; `None` where there are several.
    pub fn time_there(&self, today: &Today) -> Option<String> {
        let there = today.seen_in(self.zone(today.now)?);
        Some(format!("{} there, {}", there.time_of(today.now), self.guess(today.now)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Today {
        Today::new("2026-11-24T19:07:00Z".parse().expect("a moment"), Zone::parse("America/New_York").expect("a zone"))
    }

    fn there(number: &str) -> Option<String> {
        Region::of_number(number)?.time_there(&today())
    }

    #[test]
    fn a_numbers_region_suggests_the_time_there() {
        for (number, said) in [
            ("+13125550188", "13:07 there, Chicago?"),
            ("+1 212-555-0119", "14:07 there, New York?"),
            ("+1 (415) 555-0100", "11:07 there, Los Angeles?"),
            ("+1 415.555.0100 x12", "11:07 there, Los Angeles?"),
            ("+442079460000", "19:07 there, London?"),
            ("+447700900123", "19:07 there, GMT?"),
            ("+919876543210", "00:37 there, Calcutta?"),
            ("+4930123456", "20:07 there, Berlin?"),
        ] {
            assert_eq!(there(number).as_deref(), Some(said), "{number}");
        }
    }

    #[test]
    fn what_no_region_tells_stays_unknown() {
        // Without a country, no number, toll-free, of several zones, too short, too long.
        for number in [
            "3125550188",
            "0049 30 123456",
            "",
            "+",
            "+abc",
            "+18005550100",
            "+1312",
            "+1312555018812345",
            "+999123456",
        ] {
            assert_eq!(there(number), None, "{number}");
        }
    }

    #[test]
    fn several_times_are_said_as_several() {
        let zones = ["Pacific/Kiritimati", "America/Denver", "America/Los_Angeles"]
            .map(|name| Zone::parse(name).expect("a zone"));
        assert_eq!(Region(zones.to_vec()).times_there(&today()), "11:07 to Wed 09:07 there, several zones");
        assert_eq!(Region(zones[1..2].to_vec()).times_there(&today()), "12:07 there, Denver?");
    }

    #[test]
    fn a_region_of_several_zones_counts_only_while_their_clocks_agree() {
        // Phoenix keeps one time all year, as Denver does in winter and Los Angeles in summer.
        let zones = ["America/Phoenix", "America/Denver"].map(|name| Zone::parse(name).expect("a zone"));
        let region = Region(zones.to_vec());
        let at = |text: &str| region.zone(text.parse().expect("a moment")).is_some();
        assert_eq!((at("2026-01-05T12:00:00Z"), at("2026-07-05T12:00:00Z")), (true, false));
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let next = |now: &str| region.next(nine, &today().at(now.parse().expect("a moment")));
        assert_eq!(next("2026-01-05T12:00:00Z"), Some("2026-01-05T16:00:00Z".parse().expect("a moment")));
        // On the evening before summer begins they agree, and no longer at nine.
        assert_eq!(next("2026-03-08T05:00:00Z"), None);
    }

    #[test]
    fn nine_there_is_the_next_nine_that_comes() {
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let next = |number: &str| Region::of_number(number).expect("known").next(nine, &today()).expect("one zone");
        assert_eq!(next("+13125550188").to_rfc3339(), "2026-11-25T15:00:00+00:00");
        assert_eq!(next("+919876543210").to_rfc3339(), "2026-11-25T03:30:00+00:00");
    }

    #[test]
    fn every_zone_of_the_map_is_a_zone() {
        assert!(PREFIXES.len() > 3000);
        for (prefix, names) in PREFIXES.iter() {
            assert!(prefix.bytes().all(|b| b.is_ascii_digit()), "{prefix}");
            names.split('&').for_each(|name| assert!(Zone::parse(name).is_ok(), "{prefix}: {name}"));
        }
        let mut prefixes: Vec<&str> = PREFIXES.iter().map(|(prefix, _)| *prefix).collect();
        prefixes.dedup();
        assert_eq!(prefixes.len(), PREFIXES.len());
    }
}
