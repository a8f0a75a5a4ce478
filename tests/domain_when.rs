//! Dates as people type them mean what the specification says, wherever and whenever.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use repbox::domain::customs::{Customs, Hours};
use repbox::domain::date::TaskDate;
use repbox::domain::view::Today;
use repbox::domain::when::{self, Shift, When};
use repbox::domain::wording;
use repbox::domain::zone::Zone;

const PHRASES: &str = include_str!("when/phrases.txt");

/// Zones with whole, half and no clock changes, also over midnight and over a day.
const ZONES: [&str; 8] = [
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Apia",
    "-8",
];

/// `ZONE NOW WEEK`
fn place(text: &str) -> Today {
    let mut words = text.split_whitespace();
    let mut word = || words.next().expect("a place is ZONE NOW WEEK");
    let zone = Zone::parse(word()).expect("a zone");
    let now = DateTime::parse_from_str(word(), "%Y-%m-%dT%H:%M%:z").expect("a moment").to_utc();
    let week_starts = word().parse::<Weekday>().expect("a weekday");
    Today::new(now, zone).with(Customs { week_starts, ..Customs::default() })
}

fn told(phrase: &str, today: &Today) -> String {
    match when::parse(phrase, today) {
        Err(error) => format!("! {error}"),
        Ok(When { date: TaskDate::Day(day), .. }) => day.to_string(),
        Ok(When { date: TaskDate::At(at), shift, .. }) => {
            let local = today.zone.local(at).format("%Y-%m-%d %H:%M %:z");
            match shift {
                None => local.to_string(),
                Some(Shift::Skipped(time)) => format!("{local} skips {}", time.format("%H:%M")),
                Some(Shift::Repeated) => format!("{local} first"),
            }
        }
    }
}

#[test]
fn phrases_mean_what_people_mean_by_them() {
    let (mut today, mut count, mut wrong) = (None, 0, Vec::new());
    let mut zones = BTreeSet::new();
    for line in PHRASES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some(text) = line.strip_prefix("= ") {
            let here = place(text);
            zones.insert(here.zone.name());
            today = Some(here);
            continue;
        }
        let (phrase, result) = line.split_once('|').expect("PHRASE | RESULT");
        let found = told(phrase.trim(), &today.expect("a place stands above"));
        count += 1;
        if found != result.trim() {
            wrong.push(format!("{}| {} but found {found}", phrase, result.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 200 && zones.len() >= 4, "{count} phrases in {zones:?}");
}

/// Tuesday 24 November 2026, 14:07 in New York.
fn tuesday() -> Today {
    place("America/New_York 2026-11-24T14:07-05:00 mon")
}

#[test]
fn what_is_past_is_read_toward_the_past() {
    let today = tuesday();
    for (phrase, day) in [
        ("tue", "2026-11-17"),
        ("mon", "2026-11-23"),
        ("wed", "2026-11-18"),
        ("today", "2026-11-24"),
        ("24 nov", "2026-11-24"),
        ("25 nov", "2025-11-25"),
        ("29 feb", "2024-02-29"),
        ("3d", "2026-11-21"),
        ("3d ago", "2026-11-21"),
        ("-3d", "2026-11-21"),
        ("+3d", "2026-11-27"),
        ("in 3 days", "2026-11-27"),
        ("a week", "2026-11-17"),
    ] {
        let day: NaiveDate = day.parse().expect("a day");
        assert_eq!(when::parse_past(phrase, &today).map(|when| when.date), Ok(TaskDate::Day(day)), "{phrase}");
    }
    for (phrase, local) in [("9am", "24 09:00"), ("15:00", "23 15:00"), ("2h", "24 12:07"), ("fri 9", "20 09:00")] {
        let at = when::parse_past(phrase, &today).map(|when| when.date);
        let Ok(TaskDate::At(at)) = at else { panic!("{phrase}: {at:?}") };
        assert_eq!(today.zone.local(at).format("%d %H:%M").to_string(), local, "{phrase}");
    }
    let refused = when::parse_past("frday", &today).expect_err("no date").to_string();
    assert_eq!(refused, "\"frday\" is not a date. Try fri, yesterday, 3d ago or 2026-11-20.");
}

fn previewed(phrase: &str, today: &Today) -> String {
    when::preview(&when::parse(phrase, today).expect(phrase), today)
}

#[test]
fn the_preview_says_the_date_how_far_it_is_and_what_clocks_do_to_it() {
    let twelve = tuesday().with(Customs { hours: Hours::Of12, ..Customs::default() });
    for (phrase, preview) in [
        ("sat 9", "= Sat 28 Nov 09:00 (in 3d 18h), goes to Future"),
        ("fri", "= Fri 27 Nov (in 3d), goes to Future"),
        ("tom", "= Wed 25 Nov (tomorrow), goes to Future"),
        ("+90m", "= Tue 24 Nov 15:37 (in 1h 30m)"),
        ("today", "= Tue 24 Nov (today)"),
        ("2027-01-05", "= Tue 05 Jan 2027 (in 42d), goes to Future"),
        ("-2d", "= Sun 22 Nov (2d ago)"),
        ("8 mar 2:30", "= Mon 08 Mar 2027 02:30 (in 103d 12h), goes to Future"),
        ("14 mar 2:30", "= Sun 14 Mar 2027 03:00 (in 109d 11h), goes to Future; clocks skip 02:30"),
        ("7 nov 2027 1:30", "= Sun 07 Nov 2027 01:30 (in 347d 10h), goes to Future; clocks show it twice: the first"),
        ("fri 9 Europe/Riga", "= Fri 27 Nov 02:00 (in 2d 11h), goes to Future; Fri 27 Nov 09:00 EET there"),
    ] {
        assert_eq!(previewed(phrase, &tuesday()), preview, "{phrase}");
    }
    assert_eq!(previewed("sat 16:30", &twelve), "= Sat 28 Nov 4:30pm (in 4d 2h), goes to Future");
}

#[test]
fn a_past_date_is_warned_of_and_a_day_is_past_only_when_it_is_before_today() {
    let warned = |phrase: &str| when::past(when::parse(phrase, &tuesday()).expect(phrase).date, &tuesday());
    assert_eq!(warned("2d ago").as_deref(), Some("That was 2d ago"));
    assert_eq!(warned("today 9").as_deref(), Some("That was 5h 7m ago"));
    for phrase in ["today", "now", "tom", "16:30"] {
        assert_eq!(warned(phrase), None, "{phrase}");
    }
}

#[test]
fn what_reads_as_a_date_and_is_refused_is_said_while_it_is_typed() {
    let said = |text: &str| when::meanwhile(text, &tuesday());
    let refused = |text: &str| said(text).expect(text).expect_err(text);
    assert_eq!(refused("03/04"), "Ambiguous. Write 3 apr or 2027-04-03");
    assert_eq!(refused("13/04"), "\"13/04\" is not a date. Write 13 apr or 2027-04-13.");
    assert_eq!(refused("30 feb"), "There is no 30 feb. Write 29 feb.");
    assert_eq!(refused("fri 28 nov"), "28 Nov 2026 is a Saturday. Leave the weekday out, or write 2026-11-28.");
    assert_eq!(refused("9000y"), "That is too far: years run from 1 to 9999. Try +3d or 2w.");
    for (text, time) in [("fri 25:00", "25:00"), ("fri 9:75", "9:75"), ("fri 25:", "25:")] {
        assert_eq!(refused(text), format!("\"{time}\" is no time of day. Try 9, 14:30 or 2:30pm."));
    }
    assert_eq!(said("fri"), Some(Ok("= Fri 27 Nov (in 3d), goes to Future".to_owned())));
    // More letters may make a date of these.
    for text in ["", "f", "03/", "28 n", "fri 9:5", "fri 25", "nex", "2026-"] {
        assert_eq!(said(text), None, "{text}");
    }
}

#[test]
fn the_second_of_two_equal_times_is_typed_with_its_offset() {
    let today = place("America/New_York 2026-10-30T09:00-04:00 mon");
    let typed = |at: &str| when::typed(TaskDate::parse(at).expect(at), &today);
    assert_eq!(typed("2026-11-01T05:30:00Z"), "2026-11-01 01:30");
    assert_eq!(typed("2026-11-01T06:30:00Z"), "2026-11-01T01:30-05:00");
    assert_eq!(typed("2026-11-01T07:30:45Z"), "2026-11-01 02:30");
    assert_eq!(typed("2026-11-01"), "2026-11-01");
    let twelve = today.with(Customs { hours: Hours::Of12, ..Customs::default() });
    assert_eq!(when::typed(TaskDate::parse("2026-11-01T20:30:00Z").expect("a date"), &twelve), "2026-11-01 3:30pm");
}

/// A moment at which somebody types, in one of the zones.
fn any_today() -> impl Strategy<Value = Today> {
    let minutes = 0_i64..60 * 24 * 365 * 40;
    (minutes, 0..ZONES.len(), any::<bool>()).prop_map(|(minutes, zone, sunday)| {
        let now = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(365 * 30) + TimeDelta::minutes(minutes);
        let week_starts = if sunday { Weekday::Sun } else { Weekday::Mon };
        let zone = Zone::parse(ZONES[zone]).expect("a zone");
        Today::new(now, zone).with(Customs { week_starts, ..Customs::default() })
    })
}

fn day_of(phrase: &str, today: &Today) -> Option<NaiveDate> {
    match when::parse(phrase, today).ok()?.date {
        TaskDate::Day(day) => Some(day),
        TaskDate::At(_) => None,
    }
}

/// Words that phrases are made of, and others.
const WORDS: [&str; 40] = [
    "today",
    "tom",
    "fri",
    "monday",
    "next",
    "in",
    "+3d",
    "-",
    "+",
    "2bd",
    "eow",
    "noon",
    "28",
    "nov",
    "feb",
    "29",
    "2026",
    "0000",
    "2026-11-28",
    "9999-12-31",
    "0001-01-01",
    "t14:30",
    "14:30",
    "4pm",
    "13pm",
    "ago",
    "a",
    "an",
    "on",
    "at",
    "utc",
    "Europe/Riga",
    "03/04",
    "1/2/3/4",
    "99999999999999999999y",
    "9223372036854775807m",
    "9000y",
    "week",
    "\u{661}",
    "\u{301}",
];

proptest! {
    #[test]
    fn no_text_is_too_strange(text in ".{0,40}", today in any_today()) {
        let _ = when::parse(&text, &today).map(|when| when::preview(&when, &today));
    }

    #[test]
    fn no_row_of_words_is_too_strange(
        words in proptest::collection::vec(0..WORDS.len(), 0..7), glue in "[ ,t]", today in any_today(),
    ) {
        let text = words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(&glue);
        match when::parse(&text, &today) {
            Ok(when) => prop_assert!(when::preview(&when, &today).starts_with("= ")),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn days_and_weeks_count_from_today(days in 0_u64..3000, today in any_today()) {
        let counted = today.day + Days::new(days);
        for phrase in [format!("+{days}d"), format!("in {days} days"), format!("{days}D")] {
            prop_assert_eq!(day_of(&phrase, &today), Some(counted));
        }
        prop_assert_eq!(day_of(&format!("{days}w"), &today), Some(today.day + Days::new(days * 7)));
    }

    #[test]
    fn a_weekday_is_the_first_such_day_after_today(ahead in 1_u64..=7, today in any_today()) {
        let day = today.day + Days::new(ahead);
        for name in [day.format("%a").to_string(), day.format("%A").to_string().to_uppercase()] {
            prop_assert_eq!(day_of(&name, &today), Some(day));
        }
    }

    #[test]
    fn next_weekday_is_in_the_week_after_this_one(ahead in 1_u64..=14, today in any_today()) {
        // The first day of next week is the first such day after today.
        let starts = today.customs.week_starts;
        let first = (1..=7).map(|n| today.day + Days::new(n)).find(|day| day.weekday() == starts).expect("in 7 days");
        let day = today.day + Days::new(ahead);
        let is_next_week = (0..7).contains(&(day - first).num_days());
        let found = day_of(&day.format("next %A").to_string(), &today);
        prop_assert_eq!(found == Some(day), is_next_week);
    }

    #[test]
    fn an_iso_date_is_itself(days in 0_u64..40_000, today in any_today()) {
        let day = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day") + Days::new(days);
        prop_assert_eq!(day_of(&day.to_string(), &today), Some(day));
        prop_assert_eq!(day_of(&day.format("%d %b %Y").to_string(), &today), Some(day));
        prop_assert_eq!(day_of(&day.format("%a, %B %-d, %Y").to_string(), &today), Some(day));
    }

    #[test]
    fn what_a_form_shows_can_be_typed_again(minutes in -600_000_i64..600_000, timed: bool, today in any_today()) {
        let at = today.now + TimeDelta::minutes(minutes);
        let date = if timed { TaskDate::At(at) } else { TaskDate::Day(today.zone.day_of(at)) };
        let typed = when::typed(date, &today);
        prop_assert_eq!(when::parse(&typed, &today).map(|when| when.date), Ok(date), "{}", typed);
    }

    #[test]
    fn what_is_said_of_a_date_ahead_can_be_typed(minutes in 0_i64..600_000, timed: bool, today in any_today()) {
        let at = today.now + TimeDelta::minutes(minutes);
        let date = if timed { TaskDate::At(at) } else { TaskDate::Day(today.zone.day_of(at)) };
        let said = wording::typed_date(date, &today);
        let read = when::parse(&said, &today).map_err(|error| TestCaseError::fail(error.to_string()))?;
        // The second of two equal times is told only by an offset.
        if read.shift.is_none() {
            prop_assert_eq!(read.date, date, "{}", said);
        }
    }

    #[test]
    fn a_typed_time_is_the_time_on_the_clock_or_the_shift_is_told(
        days in 0_u64..400, hour in 0_u32..24, minute in 0_u32..60, today in any_today(),
    ) {
        let day = today.day + Days::new(days);
        let when = when::parse(&format!("{day} {hour:02}:{minute:02}"), &today).expect("a date and a time");
        let TaskDate::At(at) = when.date else { return Err(TestCaseError::fail("a time makes a moment")) };
        let local = today.zone.local(at).naive_local();
        let wanted = day.and_hms_opt(hour, minute, 0).expect("a time");
        match when.shift {
            Some(Shift::Skipped(time)) => {
                prop_assert_eq!(time, wanted.time());
                prop_assert!(local > wanted);
                let before = today.zone.local(at - TimeDelta::seconds(1)).naive_local();
                prop_assert!(before < wanted, "a moment before the gap is {}", before);
            }
            Some(Shift::Repeated) => {
                prop_assert_eq!(local, wanted);
                let later = (1..=180).map(|n| today.zone.local(at + TimeDelta::minutes(n)).naive_local());
                prop_assert!(later.into_iter().any(|again| again == wanted));
            }
            None => prop_assert_eq!(local, wanted),
        }
    }
}
