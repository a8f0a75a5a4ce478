//! The order by date against a second statement of the rule, in every zone.

use std::cmp::Ordering;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use repbox::domain::date::TaskDate;
use repbox::domain::kind::Body;
use repbox::domain::order::{DateKey, Order, OrderBy, day_stands_before};
use repbox::domain::record::Record;
use repbox::domain::task::{Party, Task, TaskId};
use repbox::domain::zone::Zone;

fn task(id: &str, date: Option<TaskDate>, created: Option<DateTime<Utc>>) -> Task {
    Task {
        id: TaskId::new(id),
        body: Body::Lead { text: None, is_dateless: false, agent_config_id: None },
        is_complete: false,
        date,
        rep: Party { id: None, name: None },
        lead: Party { id: None, name: None },
        contact: Party { id: None, name: None },
        created,
        updated: None,
    }
}

fn all_zones() -> Vec<Zone> {
    let places = chrono_tz::TZ_VARIANTS.iter().map(|tz| Zone::Place(*tz));
    let offsets = [-43_200, -28_800, -9_000, 0, 20_700, 50_400];
    places.chain(offsets.map(|s| Zone::Offset(FixedOffset::east_opt(s).unwrap()))).collect()
}

fn local_date(zone: &Zone, at: DateTime<Utc>) -> NaiveDate {
    match zone {
        Zone::Place(tz) => at.with_timezone(tz).date_naive(),
        Zone::Offset(offset) => at.with_timezone(offset).date_naive(),
    }
}

/// The latest date that the calendars there have shown by then. Where no clock was
/// changed lately that is the date; else the calendar is watched minute by minute.
fn naive_day(zone: &Zone, at: DateTime<Utc>) -> NaiveDate {
    let offset = |at: DateTime<Utc>| match zone {
        Zone::Place(tz) => at.with_timezone(tz).naive_local() - at.naive_utc(),
        Zone::Offset(_) => TimeDelta::zero(),
    };
    let changed = (0..=26).any(|hours| offset(at - TimeDelta::hours(hours)) != offset(at));
    let minutes = if changed { 26 * 60 } else { 0 };
    (0..=minutes).map(|m| local_date(zone, at - TimeDelta::minutes(m))).max().unwrap()
}

/// The rule, as the Tasks page says it, on the days of the two tasks.
fn naive_order(a: (&Task, Option<NaiveDate>), b: (&Task, Option<NaiveDate>)) -> Ordering {
    let ((a, day_a), (b, day_b)) = (a, b);
    let ties = || a.created.cmp(&b.created).then_with(|| a.id.as_str().as_bytes().cmp(b.id.as_str().as_bytes()));
    let (Some(day_a), Some(day_b)) = (day_a, day_b) else {
        // One or both have no date: that one is last.
        return day_a.is_none().cmp(&day_b.is_none()).then_with(ties);
    };
    if day_a != day_b {
        return if day_a < day_b { Ordering::Less } else { Ordering::Greater };
    }
    match (a.date, b.date) {
        (Some(TaskDate::Day(_)), Some(TaskDate::At(_))) => Ordering::Less,
        (Some(TaskDate::At(_)), Some(TaskDate::Day(_))) => Ordering::Greater,
        (Some(TaskDate::At(a)), Some(TaskDate::At(b))) if a != b => a.cmp(&b),
        _ => ties(),
    }
}

/// Dates that meet: within two days of one day, on the hour and the quarter, or anywhere.
fn dates() -> impl Strategy<Value = Vec<(Option<TaskDate>, Option<DateTime<Utc>>)>> {
    let base = prop_oneof![-20_000_i64..25_000, 0_i64..25_000];
    base.prop_flat_map(|day| {
        let near = (-120_i64..120, prop::sample::select(vec![0, 15, 30, 45]), 0_i64..2)
            .prop_map(move |(h, m, s)| Some(TaskDate::At(moment(day * 86_400 + h * 3600 + m * 60 + s))));
        let days = (-2_i64..3).prop_map(move |d| Some(TaskDate::Day(moment((day + d) * 86_400).date_naive())));
        let any = (-40_000_000_000_i64..60_000_000_000).prop_map(|s| Some(TaskDate::At(moment(s))));
        let date = prop_oneof![4 => near, 3 => days, 1 => any, 1 => Just(None)];
        let created = prop::option::of((0_i64..3).prop_map(moment));
        prop::collection::vec((date, created), 2..14)
    })
}

fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn generated() -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn tasks(runner: &mut TestRunner) -> Vec<Task> {
    let dates = dates().new_tree(runner).unwrap().current();
    // Ids that count down, so that they decide against the order of making.
    dates.into_iter().enumerate().map(|(i, (date, created))| task(&format!("task_{}", 90 - i), date, created)).collect()
}

#[test]
fn p40_the_order_by_date_is_total_and_agrees_with_the_rule_in_every_zone() {
    let mut runner = generated();
    for zone in all_zones() {
        for _ in 0..4 {
            let tasks = tasks(&mut runner);
            let keys: Vec<DateKey> = tasks.iter().map(|t| DateKey::of(t, &zone)).collect();
            let days: Vec<Option<NaiveDate>> = tasks
                .iter()
                .map(|t| {
                    t.date.map(|date| match date {
                        TaskDate::Day(day) => day,
                        TaskDate::At(at) => naive_day(&zone, at),
                    })
                })
                .collect();
            for i in 0..tasks.len() {
                for j in 0..tasks.len() {
                    let (a, b) = (&tasks[i], &tasks[j]);
                    let expected = naive_order((a, days[i]), (b, days[j]));
                    assert_eq!(keys[i].cmp(&keys[j]), expected, "{} {a:?} {b:?}", zone.name());
                    assert_eq!(keys[j].cmp(&keys[i]), expected.reverse());
                    assert_eq!(expected == Ordering::Equal, i == j, "ids part all tasks");
                }
            }
            let mut sorted = keys.clone();
            sorted.sort();
            assert!(sorted.windows(2).all(|pair| pair[0] < pair[1]));
            let mut descending = keys;
            descending.sort_by(|a, b| b.cmp(a));
            descending.reverse();
            assert_eq!(descending, sorted, "-date is the exact reverse");
        }
    }
}

#[test]
fn p40_two_sorted_streams_meet_by_the_same_order_in_every_zone() {
    let mut runner = generated();
    for zone in all_zones() {
        for _ in 0..6 {
            let tasks = tasks(&mut runner);
            for (a, b) in tasks.iter().flat_map(|a| tasks.iter().map(move |b| (a, b))) {
                let (Some(TaskDate::Day(day)), Some(TaskDate::At(at))) = (a.date, b.date) else { continue };
                let stands_before = DateKey::of(a, &zone) < DateKey::of(b, &zone);
                assert_eq!(day_stands_before(day, at, &zone), stands_before, "{} {day} {at}", zone.name());
            }
        }
    }
}

#[test]
fn the_example_of_the_tasks_page_holds() {
    let zone = Zone::parse("-8").unwrap();
    let key = |date| DateKey::of(&task("task_1", Some(TaskDate::parse(date).unwrap()), None), &zone);
    assert!(key("2015-01-12") < key("2015-01-12T08:00:00"));
    assert!(key("2015-01-12") > key("2015-01-12T07:00:00"));
}

#[test]
fn a_task_without_a_date_or_marked_dateless_stands_after_all_others() {
    let far = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    let dated = DateKey::of(&task("z", Some(TaskDate::Day(far)), None), &Zone::UTC);
    let mut dateless = task("a", Some(TaskDate::Day(far - Days::new(9000))), None);
    dateless.body = Body::Lead { text: None, is_dateless: true, agent_config_id: None };
    assert!(dated < DateKey::of(&dateless, &Zone::UTC));
    assert!(dated < DateKey::of(&task("a", None, None), &Zone::UTC));
}

#[test]
fn due_date_and_view_are_never_read() {
    let read = |due: &str, view: &str| {
        let json = format!(
            r#"{{"id":"task_1","_type":"lead","date":"2026-03-04","due_date":{due},"view":{view},"text":"x"}}"#
        );
        let record: Record<'static> = serde_json::from_str(&json).unwrap();
        Task::read(&record).unwrap()
    };
    let plain = read("\"2026-03-04\"", "\"inbox\"");
    for due in ["\"1999-01-01\"", "null", "\"no date at all\"", "17", "{\"deep\":[]}"] {
        for view in ["\"archive\"", "null", "[1]"] {
            assert_eq!(read(due, view), plain, "{due} {view}");
        }
    }
}

#[test]
fn the_words_of_the_orders_come_in_exact_opposites() {
    for (word, order) in Order::WORDS {
        let opposite = word.strip_prefix('-').map_or(format!("-{word}"), str::to_owned);
        let other = Order::WORDS.iter().find(|(w, _)| *w == opposite).map(|(_, order)| *order);
        assert_eq!(other, Some(Order { descending: !order.descending, ..order }));
    }
    assert_eq!(Order::BY_DATE, Order { by: OrderBy::Date, descending: false });
}
