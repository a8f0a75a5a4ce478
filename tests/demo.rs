//! The demo is whole at any hour of any day.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use repbox::app::demo;
use repbox::domain::date::TaskDate;
use repbox::domain::kind::{Body, TaskType};
use repbox::domain::record::Record;
use repbox::domain::task::Task;
use repbox::domain::view::{Section, Today};
use repbox::domain::zone::Zone;

fn demo(today: &Today) -> Vec<(Record<'static>, Task)> {
    let read = |line: &str| {
        let record: Record<'static> = serde_json::from_str(line).expect(line);
        let task = Task::read(&record).expect(line);
        (record, task)
    };
    demo::ndjson(today).lines().map(read).collect()
}

fn presents() -> Vec<Today> {
    let mut presents = Vec::new();
    for zone in ["America/New_York", "Asia/Kathmandu", "-8", "utc"] {
        let zone = Zone::parse(zone).unwrap();
        // Days of clock changes in New York, a leap day, a year's end; each at both ends.
        for day in ["2026-03-08", "2026-11-01", "2028-02-29", "2026-12-31", "2026-11-25"] {
            let start = zone.start_of_day(day.parse().unwrap());
            let end = Today::new(start, zone).ends;
            let moments = [start, start + TimeDelta::hours(9), end - TimeDelta::minutes(1)];
            presents.extend(moments.map(|now| Today::new(now, zone)));
        }
    }
    presents
}

#[test]
fn every_type_and_every_section_that_the_week_has_is_in_the_demo_at_any_hour() {
    for today in presents() {
        let tasks = demo(&today);
        let open = || tasks.iter().map(|(_, task)| task).filter(|task| !task.is_complete);
        for task_type in TaskType::ALL.into_iter().map(Some).chain([None]) {
            assert!(open().any(|task| task.body.task_type() == task_type), "{task_type:?} at {}", today.now);
        }
        let found: BTreeSet<Section> =
            open().map(|task| today.section(task.actionable().map(|date| today.day_of(date)))).collect();
        let possible = (0..9).map(|days| today.section(Some(today.plus_days(days))));
        let expected: BTreeSet<Section> = possible.chain([Section::Overdue, Section::NoDate]).collect();
        assert_eq!(found, expected, "{} {}", today.zone.name(), today.now);
        assert!(tasks.iter().any(|(_, task)| task.is_complete));
    }
}

#[test]
fn the_demo_has_the_states_and_the_oddities_of_real_tasks() {
    let today = Today::new("2026-11-24T19:07:00Z".parse().unwrap(), Zone::parse("America/New_York").unwrap());
    let tasks = demo(&today);
    let any = |holds: &dyn Fn(&Task) -> bool| tasks.iter().any(|(_, task)| holds(task));
    let open_at = |holds: &dyn Fn(DateTime<Utc>) -> bool| {
        any(
            &|t| matches!(t.date, Some(TaskDate::At(at)) if !t.is_complete && today.day_of(TaskDate::At(at)) == today.day && holds(at)),
        )
    };
    assert!(open_at(&|at| at > today.now) && open_at(&|at| at < today.now));
    assert!(any(&|t| !t.is_complete && t.date == Some(TaskDate::Day(today.day))));
    assert!(any(&|t| matches!(t.body, Body::Lead { is_dateless: true, .. }) && t.date.is_some()));
    assert!(any(&|t| t.date.is_none()));
    assert!(any(&|t| matches!(&t.body, Body::IncomingEmail { emails, .. } if emails.len() == 3)));
    assert!(any(&|t| matches!(&t.body, Body::IncomingSms { attachments, .. } if attachments.len() == 2)));
    assert!(any(&|t| t.contact.name.as_deref() == Some("")));
    assert!(any(&|t| t.lead.id.is_none()));
    assert!(any(&|t| matches!(&t.body, Body::Lead { text: Some(text), .. } if text.len() > 200)));
    let snoozed = |t: &Task| match (t.actionable(), t.created, t.body.task_type()) {
        (Some(date), Some(created), Some(kind)) => kind.is_inbound() && today.day_of(date) > today.zone.day_of(created),
        _ => false,
    };
    assert!(any(&snoozed));
    let done_ago = |days: std::ops::RangeInclusive<i64>| {
        any(&|t| t.is_complete && days.contains(&(today.day - today.zone.day_of(t.updated.unwrap())).num_days()))
    };
    assert!(done_ago(0..=0) && done_ago(1..=6) && done_ago(7..=60) && done_ago(367..=500));
    for letters in ['田', 'م', '🎉', 'Ł'] {
        assert!(tasks.iter().any(|(record, _)| record.to_json().contains(letters)), "{letters}");
    }
    let reps: BTreeSet<_> = tasks.iter().filter_map(|(_, task)| task.rep.shown_name()).collect();
    assert_eq!(reps.len(), 3);
    assert!(tasks.iter().filter(|(_, task)| task.rep.shown_name() == Some("Ana Ruiz")).count() > tasks.len() / 2);
}

#[test]
fn the_demos_ids_are_like_closes_and_the_same_at_any_time() {
    let ids = |today: &Today| demo(today).iter().map(|(_, task)| task.id.as_str().to_owned()).collect::<Vec<_>>();
    let all = presents();
    let first = ids(&all[0]);
    assert_eq!(first, ids(&all[7]));
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), first.len());
    for id in first {
        let tail = id.strip_prefix("task_").or(id.strip_prefix("noti_")).expect(&id);
        assert!(tail.len() == 43 && tail.chars().all(|c| c.is_ascii_alphanumeric()), "{id}");
    }
}

#[test]
fn no_event_is_later_than_now_and_no_change_is_before_the_creation() {
    for today in presents() {
        for (record, task) in demo(&today) {
            let (created, updated) = (task.created.unwrap(), task.updated.unwrap());
            assert!(created <= updated && updated <= today.now, "{} at {}", record.to_json(), today.now);
        }
    }
}

#[test]
fn p40_a_time_of_day_is_the_zones_on_days_of_a_clock_change_too() {
    let zone = Zone::parse("America/New_York").unwrap();
    for day in ["2026-03-07", "2026-10-31", "2026-06-01"] {
        let today = Today::new(zone.start_of_day(day.parse().unwrap()) + TimeDelta::hours(12), zone);
        let at_nine = demo(&today).into_iter().filter_map(|(_, task)| match task.date {
            Some(TaskDate::At(at)) if today.section(Some(today.day_of(TaskDate::At(at)))) == Section::Tomorrow => {
                Some(zone.local(at))
            }
            _ => None,
        });
        let hours: Vec<_> = at_nine.map(|at| (at.hour(), at.minute())).collect();
        assert_eq!(hours, [(9, 0)], "{day}");
    }
}
