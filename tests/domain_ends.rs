//! Dates at both ends of the calendar: nothing is out of reach, nothing is made beyond them.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;
use repbox::domain::customs::{Customs, Hours};
use repbox::domain::date::{TaskDate, can_be_now};
use repbox::domain::handoff::LeadPage;
use repbox::domain::order::DateKey;
use repbox::domain::place::Region;
use repbox::domain::record::Record;
use repbox::domain::snooze::{self, Choice, Subject};
use repbox::domain::task::{Completion, Local, StoredTask, Task, TaskNumber};
use repbox::domain::view::{Section, Today, View};
use repbox::domain::when;
use repbox::domain::wording::{self, DateStyle};
use repbox::domain::zone::Zone;

/// Every place and every offset that Close's header can name.
fn zones() -> Vec<Zone> {
    let offsets = (-12 * 4..=14 * 4).map(|quarters: i32| {
        let (sign, minutes) = (if quarters < 0 { '-' } else { '+' }, quarters.abs() * 15);
        Zone::parse(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)).expect("an offset")
    });
    TZ_VARIANTS.into_iter().map(Zone::Place).chain(offsets).collect()
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn first() -> DateTime<Utc> {
    moment("0001-01-01T00:00:00Z")
}

fn last() -> DateTime<Utc> {
    moment("9999-12-31T23:59:59.999999Z")
}

/// Moments within two days of an end, and in between.
fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
    let near = 0..2 * 86_400_000_000_i64;
    prop_oneof![
        near.clone().prop_map(|micros| first() + TimeDelta::microseconds(micros)),
        near.prop_map(|micros| last() - TimeDelta::microseconds(micros)),
        (-1_000_000_000_i64..5_000_000_000).prop_map(|s| DateTime::from_timestamp(s, 0).expect("a moment")),
    ]
}

fn any_date() -> impl Strategy<Value = TaskDate> {
    (any_moment(), any::<bool>()).prop_map(|(at, timed)| match timed {
        true => TaskDate::At(at),
        false => TaskDate::Day(at.date_naive()),
    })
}

fn any_today() -> impl Strategy<Value = Today> {
    (any_moment().prop_filter("can be now", |at| can_be_now(*at)), proptest::sample::select(zones()), any::<bool>())
        .prop_map(|(now, zone, twelve)| {
            let hours = if twelve { Hours::Of12 } else { Hours::Of24 };
            Today::new(now, zone).with(Customs { hours, ..Customs::default() })
        })
}

fn task(date: TaskDate, task_type: &str) -> StoredTask {
    let json = format!(
        r#"{{"_type":"{task_type}","id":"task_1","date":"{0}","date_created":"9999-12-31T23:59:59+00:00"}}"#,
        date.to_wire()
    );
    let record: Record<'static> = serde_json::from_str(&json).expect("a record");
    let task = Task::read(&record).expect("a task");
    StoredTask { number: TaskNumber(1), task, record, completed: None, local: Local::default() }
}

fn can_be_written(date: TaskDate) -> bool {
    TaskDate::parse(&date.to_wire()) == Ok(date)
}

#[test]
fn now_can_be_what_has_a_day_of_the_calendar_in_every_zone() {
    let (earliest, latest) = (moment("0001-01-02T00:00:00Z"), moment("9999-12-30T23:59:59.999999Z"));
    let micro = TimeDelta::microseconds(1);
    assert!(can_be_now(earliest) && can_be_now(latest));
    assert!(!can_be_now(earliest - micro) && !can_be_now(latest + micro));
    assert!(!can_be_now(DateTime::<Utc>::MIN_UTC) && !can_be_now(DateTime::<Utc>::MAX_UTC));
    for zone in zones() {
        for now in [earliest, latest] {
            let today = TaskDate::Day(Today::new(now, zone).day);
            assert!(can_be_written(today), "{} {now}", zone.name());
        }
    }
}

#[test]
fn a_task_can_have_the_dates_that_the_wire_can_spell() {
    let day = |text: &str| TaskDate::Day(text.parse().expect("a day"));
    for date in [day("0001-01-01"), day("9999-12-31"), TaskDate::At(first()), TaskDate::At(last())] {
        assert_eq!(date.within_years(), Some(date));
        assert!(can_be_written(date), "{date:?}");
    }
    let beyond = [NaiveDate::from_ymd_opt(0, 12, 31), NaiveDate::from_ymd_opt(10_000, 1, 1)];
    for date in beyond
        .into_iter()
        .flatten()
        .map(TaskDate::Day)
        .chain([TaskDate::At(first() - TimeDelta::microseconds(1)), TaskDate::At(last() + TimeDelta::microseconds(1))])
    {
        assert_eq!(date.within_years(), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_date_has_a_place_and_words_and_can_be_typed_again(date in any_date(), today in any_today()) {
        let day = today.day_of(date);
        prop_assert!(today.zone.start_of_day(day) <= today.zone.start_of_day(day + Days::new(1)));
        if let TaskDate::At(at) = date {
            prop_assert!(today.zone.start_of_day(day) <= at && at < today.zone.start_of_day(day + Days::new(1)));
        }
        let section = today.section(Some(day));
        let is_inbox = matches!(section, Section::Overdue | Section::Today);
        for task_type in ["lead", "voicemail", "incoming_email"] {
            let task = task(date, task_type);
            prop_assert_eq!(View::Inbox.contains(&task.task, &today), is_inbox);
            prop_assert_eq!(View::Future.contains(&task.task, &today), !is_inbox);
            prop_assert!(DateKey::of(&task.task, &today.zone) == DateKey::of(&task.task, &today.zone));
            for style in [DateStyle::Wide, DateStyle::Short] {
                let words = wording::date_cell(&task, &today, style);
                prop_assert!(!words.is_empty() && words.is_ascii() && !words.contains('+'), "{}", words);
            }
            prop_assert!(!wording::details(&task, &today, &LeadPage::default()).is_empty());
        }
        for words in [wording::full_date(date, &today), wording::typed_date(date, &today), wording::time_until(date, &today)] {
            prop_assert!(!words.is_empty() && !words.contains("+10000"), "{}", words);
        }
        if let TaskDate::At(at) = date {
            let done = wording::done_cell(Completion { at, about: true }, &today, DateStyle::Wide);
            prop_assert!(done.starts_with("done about "));
        }
        let typed = when::typed(date, &today);
        let again = when::parse(&typed, &today).map(|when| when.date);
        match (date, again) {
            (TaskDate::At(at), Ok(TaskDate::At(read))) => prop_assert_eq!((at - read).num_minutes(), 0, "{}", typed),
            (date, again) => prop_assert_eq!(again, Ok(date), "{}", typed),
        }
    }

    #[test]
    fn no_choice_of_the_menu_makes_a_date_that_no_task_can_have(
        date in any_date(), today in any_today(), last in 0..Choice::ALL.len(),
    ) {
        let subject = Subject { date: Some(date), region: Region::of_number("+13125550188") };
        for line in snooze::lines(&subject, &today, Some(Choice::ALL[last])) {
            prop_assert!(can_be_written(line.date), "{:?}", line);
            let until = line.choice.until(&subject, &today).expect("what is offered can be taken");
            prop_assert_eq!(until.date(Some(date)), line.date);
            for other in [TaskDate::Day(today.day), TaskDate::At(today.now)] {
                prop_assert!(can_be_written(until.date(Some(other))));
            }
        }
    }

    #[test]
    fn no_phrase_makes_a_date_that_no_task_can_have(phrase in proptest::sample::select(PHRASES.to_vec()), today in any_today()) {
        match when::parse(phrase, &today) {
            Ok(when) => {
                prop_assert!(can_be_written(when.date), "{}: {:?}", phrase, when);
                prop_assert!(when::preview(&when, &today).starts_with("= "));
            }
            Err(error) => prop_assert!(error.to_string().contains("9999"), "{}: {}", phrase, error),
        }
    }
}

/// Phrases that are dates unless the calendar ends before.
const PHRASES: [&str; 34] = [
    "today",
    "tom",
    "yesterday",
    "now",
    "fri",
    "next mon",
    "+3d",
    "-3d",
    "3d ago",
    "2w",
    "1mo",
    "1y",
    "-1y",
    "2bd",
    "10bd",
    "+90m",
    "+26h",
    "2h ago",
    "eod",
    "eow",
    "eom",
    "noon",
    "at 16",
    "tonight",
    "0:00",
    "tom 9",
    "yesterday 9",
    "next week",
    "next month",
    "tom 9 America/New_York",
    "today 23:59 Pacific/Kiritimati",
    "0001-01-01 0:00",
    "9999-12-31 23:59",
    "9999-12-31T23:59Z",
];
