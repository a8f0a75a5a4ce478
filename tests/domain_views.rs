//! Views and sections where they meet.

use chrono::{DateTime, Days, TimeDelta, Utc, Weekday};
use repbox::domain::customs::Customs;
use repbox::domain::date::TaskDate;
use repbox::domain::kind::Body;
use repbox::domain::task::{Party, Task, TaskId};
use repbox::domain::view::{Section, Today, View};
use repbox::domain::zone::Zone;

fn task(date: Option<TaskDate>, is_complete: bool) -> Task {
    Task {
        id: TaskId::new("task_1"),
        body: Body::Unknown { name: String::new(), texts: Vec::new() },
        is_complete,
        date,
        rep: Party { id: None, name: None },
        lead: Party { id: None, name: None },
        contact: Party { id: None, name: None },
        created: None,
        updated: None,
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn section(date: TaskDate, today: &Today) -> Section {
    today.section(Some(today.day_of(date)))
}

/// Every quarter of an hour of a week around the present, and the days around.
fn dates_around(today: &Today) -> Vec<TaskDate> {
    let moments = (-400..400).map(|q| TaskDate::At(today.ends + TimeDelta::minutes(15 * q)));
    let edges = [-1, 0, 1].map(|micros| TaskDate::At(today.ends + TimeDelta::microseconds(micros)));
    let days = (0..20).map(|n| TaskDate::Day(today.day - Days::new(10) + Days::new(n)));
    moments.chain(edges).chain(days).collect()
}

#[test]
fn p40_inbox_and_future_part_the_open_tasks_where_the_sections_do() {
    for (zone, now) in [
        ("America/New_York", "2026-03-08T06:59:59Z"),
        ("America/New_York", "2026-11-01T05:30:00Z"),
        ("America/Sao_Paulo", "2018-11-04T02:59:59Z"),
        ("Pacific/Apia", "2011-12-30T09:59:59Z"),
        ("Africa/Cairo", "2024-04-25T21:59:59Z"),
        ("Asia/Kathmandu", "2026-12-31T18:14:59Z"),
        ("-8", "2015-01-12T07:59:59Z"),
        ("utc", "2026-01-01T00:00:00Z"),
    ] {
        let today = Today::new(at(now), Zone::parse(zone).unwrap());
        for date in dates_around(&today) {
            let is_inbox = matches!(section(date, &today), Section::Overdue | Section::Today);
            let open = task(Some(date), false);
            assert_eq!(View::Inbox.contains(&open, &today), is_inbox, "{zone} {now} {date:?}");
            assert_eq!(View::Future.contains(&open, &today), !is_inbox, "{zone} {now} {date:?}");
            assert_eq!(today.is_overdue(Some(date)), section(date, &today) == Section::Overdue);
            assert!(View::Open.contains(&open, &today) && !View::Archive.contains(&open, &today));
            let done = task(Some(date), true);
            assert!(View::Archive.contains(&done, &today) && View::All.contains(&done, &today));
            assert!([View::Inbox, View::Future, View::Open].iter().all(|view| !view.contains(&done, &today)));
        }
    }
}

#[test]
fn a_task_without_a_date_is_in_the_inbox_and_never_overdue() {
    let today = Today::new(at("2026-03-04T12:00:00Z"), Zone::UTC);
    assert!(View::Inbox.contains(&task(None, false), &today));
    assert!(!View::Future.contains(&task(None, false), &today));
    assert!(!today.is_overdue(None));
    assert_eq!(today.section(None), Section::NoDate);
}

#[test]
fn p40_the_last_microsecond_of_today_is_todays_and_the_next_is_tomorrows() {
    for zone in ["America/New_York", "-8", "+5.75", "utc"] {
        let today = Today::new(at("2026-03-04T12:00:00Z"), Zone::parse(zone).unwrap());
        let last = TaskDate::At(today.ends - TimeDelta::microseconds(1));
        assert_eq!(section(last, &today), Section::Today);
        assert_eq!(section(TaskDate::At(today.ends), &today), Section::Tomorrow);
        let first = today.zone.start_of_day(today.day);
        assert_eq!(section(TaskDate::At(first), &today), Section::Today);
        assert_eq!(section(TaskDate::At(first - TimeDelta::microseconds(1)), &today), Section::Overdue);
    }
}

#[test]
fn this_week_ends_on_saturday_where_weeks_begin_on_sunday() {
    let customs = Customs { week_starts: Weekday::Sun, ..Customs::default() };
    let sections = |today: &str| {
        let today = Today::new(at(&format!("{today}T12:00:00Z")), Zone::UTC).with(customs);
        (2..8).filter(|ahead| today.section(Some(today.day + Days::new(*ahead))) == Section::ThisWeek).count()
    };
    // Thursday 5 March, Saturday 7 and Sunday 8 March 2026.
    assert_eq!([sections("2026-03-05"), sections("2026-03-07"), sections("2026-03-08")], [1, 0, 5]);
}

#[test]
fn this_week_ends_on_sunday() {
    use Section::{Later, Overdue, ThisWeek, Today as Now, Tomorrow};
    for (today, sections) in [
        ("2026-03-02", [Overdue, Now, Tomorrow, ThisWeek, ThisWeek, ThisWeek, ThisWeek, ThisWeek, Later]),
        ("2026-03-05", [Overdue, Now, Tomorrow, ThisWeek, ThisWeek, Later, Later, Later, Later]),
        ("2026-03-07", [Overdue, Now, Tomorrow, Later, Later, Later, Later, Later, Later]),
        ("2026-03-08", [Overdue, Now, Tomorrow, Later, Later, Later, Later, Later, Later]),
    ] {
        let today = Today::new(at(&format!("{today}T12:00:00Z")), Zone::UTC);
        let days = (0..9).map(|n| today.section(Some(today.day - Days::new(1) + Days::new(n))));
        assert_eq!(days.collect::<Vec<_>>(), sections, "{}", today.day);
    }
}
