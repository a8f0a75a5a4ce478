//! The repository on real files: what holds for lists, changes and the journal.

mod bulk;
mod calls;
mod damage;
mod emails_again;
mod gone_again;
mod names;
mod plans;
mod properties;
mod purge;
mod reading;
mod search;
mod since;
mod threads;
mod undo;
mod upgrade;
mod words;

use chrono::{DateTime, Utc};

use super::import::parse_record;
use super::*;
use crate::domain::edit::Edit;
use crate::domain::filter::{Filter, People, Query, TypeSet};
use crate::domain::order::Order;
use crate::domain::task::{Party, RepId, Task, TaskNumber};
use crate::domain::view::{Today, View};
use crate::domain::zone::Zone;

fn now() -> DateTime<Utc> {
    "2026-03-04T15:00:00Z".parse().expect("a moment")
}

fn file(lines: &[&str]) -> (tempfile::TempDir, Repository) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut repository = Repository::open(&folder.path().join("tasks.db")).expect("a new file");
    take(&mut repository, lines);
    (folder, repository)
}

fn take(repository: &mut Repository, lines: &[&str]) -> Vec<Taken> {
    let mut importer = repository.importer(now()).expect("begins");
    let taken = lines
        .iter()
        .map(|line| {
            let record = parse_record(line).expect("JSON");
            let task = Task::read(&record).expect("a task");
            importer.take(&Packed::new(&record, &task, None)).expect("taken")
        })
        .collect();
    importer.finish("Imported").expect("committed");
    taken
}

fn lines(repository: &Repository, view: View) -> Vec<String> {
    let query = Query { view, filter: Filter { types: TypeSet::ALL, ..Filter::default() }, order: Order::AS_THEY_CAME };
    let today = Today::new(now(), Zone::UTC);
    repository.list(&query, &today, 0, None).expect("a list").iter().map(|t| t.record.to_json()).collect()
}

const OPEN: &str = r#"{"id":"task_aaaaaa","_type":"lead","is_complete":false,"date":"2026-03-04","text":"A","assigned_to":"user_1","assigned_to_name":"Ana","date_created":"2026-03-01T00:00:00+00:00","date_updated":"2026-03-01T00:00:00+00:00","odd \"key\"":[1,{"x":9007199254740993}],"priority":null}"#;
const NULL_COMPLETE: &str = r#"{"id":"noti_bbbbbb","_type":"fax","is_complete":null,"date":"2026-03-04T10:00:00Z"}"#;
const DONE: &str = r#"{"id":"task_cccccc","_type":"voicemail","is_complete":true,"date":"2026-03-04T10:00:00+00:00","date_updated":"2026-03-02T00:00:00.500000+00:00","lead_id":"lead_1","lead_name":null}"#;

#[test]
fn a_record_comes_back_as_it_came_and_undo_restores_every_byte() {
    let (_folder, mut repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    assert_eq!(lines(&repository, View::All), [OPEN, NULL_COMPLETE, DONE]);
    let numbers = [TaskNumber(1), TaskNumber(2), TaskNumber(3)];
    let written = repository.edit(&Batch::new(&numbers, &Edit::Complete(true), now())).expect("written");
    assert_eq!((written.changed.len(), written.already.len()), (2, 1));
    assert_eq!(lines(&repository, View::Archive).len(), 3);
    repository.undo(now()).expect("undone").expect("a step");
    assert_eq!(lines(&repository, View::All), [OPEN, NULL_COMPLETE, DONE]);
    repository.redo(now()).expect("redone").expect("a step");
    assert_eq!(lines(&repository, View::Archive).len(), 3);
}

#[test]
fn an_import_is_one_step_that_undo_takes_back_and_redo_brings_again() {
    let (_folder, mut repository) = file(&[OPEN, DONE]);
    let newer = OPEN
        .replace("\"A\"", "\"B\"")
        .replace("2026-03-01T00:00:00+00:00\",\"odd", "2026-03-03T00:00:00+00:00\",\"odd");
    assert_eq!(
        take(&mut repository, &[&newer, NULL_COMPLETE, DONE, OPEN]),
        [Taken::Updated, Taken::New, Taken::Unchanged, Taken::Unchanged]
    );
    let after = lines(&repository, View::All);
    repository.undo(now()).expect("undone").expect("the second import");
    assert_eq!(lines(&repository, View::All), [OPEN, DONE]);
    repository.undo(now()).expect("undone").expect("the first import");
    assert!(lines(&repository, View::All).is_empty());
    assert!(repository.undo(now()).expect("asked").is_none());
    repository.redo(now()).expect("redone").expect("the first import");
    repository.redo(now()).expect("redone").expect("the second import");
    assert_eq!(lines(&repository, View::All), after);
}

#[test]
fn an_import_that_re_opens_and_completes_several_tasks_is_taken_back_whole() {
    let lines = ["aaaaaa", "bbbbbb", "cccccc"].map(|id| DONE.replace("cccccc", id));
    let newer = |line: &String| line.replace("2026-03-02", "2026-03-03");
    let (_folder, mut repository) = file(&lines.each_ref().map(String::as_str));
    let before = properties::everything(&repository);
    let again = lines.each_ref().map(|line| newer(line).replace("\"is_complete\":true", "\"is_complete\":false"));
    take(&mut repository, &again.each_ref().map(String::as_str));
    let undone = repository.undo(now()).expect("undone").expect("a step");
    assert_eq!((undone.changed.len(), undone.left_alone.len()), (3, 0));
    assert_eq!(properties::everything(&repository), before);
}

#[test]
fn a_completion_made_here_and_not_sent_outlives_a_newer_import() {
    let (_folder, mut repository) = file(&[OPEN]);
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Complete(true), now())).expect("written");
    let newer = OPEN
        .replace("\"A\"", "\"B\"")
        .replace("2026-03-01T00:00:00+00:00\",\"odd", "2026-03-03T00:00:00+00:00\",\"odd");
    assert_eq!(take(&mut repository, &[&newer]), [Taken::Updated]);
    let done = lines(&repository, View::Archive);
    assert!(done[0].contains("\"B\"") && done[0].contains("\"is_complete\":true"), "{done:?}");
}

#[test]
fn what_close_says_too_waits_no_longer_and_holds_no_later_import_back() {
    let call = |complete: bool, day: u8, rep: u8, name: &str| {
        format!(
            r#"{{"id":"task_call01","_type":"missed_call","is_complete":{complete},"date":"2026-03-01","date_updated":"2026-03-0{day}T09:00:00+00:00","assigned_to":"user_{rep}","assigned_to_name":"{name}"}}"#
        )
    };
    let (_folder, mut repository) = file(&[&call(false, 1, 1, "Ana")]);
    let ben = Party { id: Some(RepId::new("user_2")), name: Some("Ben".to_owned()) };
    for change in [Edit::Complete(true), Edit::Assign(ben)] {
        threads::edit(&mut repository, &[1], change);
    }
    let own = lines(&repository, View::All);
    assert_eq!((take(&mut repository, &[&own[0]]), threads::unsent(&repository)), (vec![Taken::Unchanged], vec![1]));
    take(&mut repository, &[&call(false, 2, 2, "Ben")]);
    assert_eq!(threads::unsent(&repository), [1], "the completion waits still");
    threads::back_and_forth(&mut repository, |repository| {
        take(repository, &[&call(true, 5, 2, "Ben Ode")]);
        assert!(threads::unsent(repository).is_empty());
    });
    let later = call(false, 8, 3, "Cy");
    take(&mut repository, &[&later]);
    assert_eq!(lines(&repository, View::All), [later]);
    for _ in 0..2 {
        repository.undo(now()).expect("undone").expect("an import");
    }
    assert_eq!(threads::unsent(&repository), [1]);
}

/// The counts against the tasks themselves, in every kind of zone.
fn assert_counts(repository: &Repository) {
    for zone in ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Midway"] {
        let today = Today::new(now(), zone.parse().expect("a zone"));
        for people in [People::Everyone, People::Rep(RepId::new("user_1"))] {
            let filter = Filter { types: TypeSet::ALL, people, ..Filter::default() };
            let query = Query { view: View::All, filter: filter.clone(), order: Order::AS_THEY_CAME };
            let tasks = repository.list(&query, &today, 0, None).expect("all");
            for row in repository.tally(&filter, &today).expect("counts").types {
                let of_type = tasks.iter().filter(|task| task.task.body.wire_name() == row.name);
                let (done, open): (Vec<_>, Vec<_>) = of_type.partition(|task| task.task.is_complete);
                let future = open.iter().filter(|task| today.is_future(task.task.actionable())).count();
                let overdue = open.iter().filter(|task| today.is_overdue(task.task.actionable())).count();
                let expected = [done.len(), open.len() - future, future, overdue].map(|count| count as u64);
                assert_eq!([row.archive, row.inbox, row.future, row.overdue], expected, "{} {zone}", row.name);
            }
        }
    }
}

#[test]
fn counts_agree_with_the_tasks_in_every_zone_after_changes_undo_and_redo() {
    let dates = (0..60).map(|i| match i % 4 {
        0 => format!("\"2026-03-{:02}\"", 1 + i % 7),
        1 => "null".to_owned(),
        _ => format!("\"2026-03-{:02}T{:02}:{:02}:00Z\"", 2 + i % 4, (i * 5) % 24, (i * 7) % 60),
    });
    let lines: Vec<String> = dates
        .enumerate()
        .map(|(i, date)| {
            let kind = ["lead", "voicemail", "fax"][i % 3];
            format!(r#"{{"id":"task_{i:06}","_type":"{kind}","is_complete":{},"date":{date},"date_updated":"2026-03-01T00:00:00Z","assigned_to":"user_{}"}}"#, i % 5 == 0, i % 2)
        })
        .collect();
    let (_folder, mut repository) = file(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    assert_counts(&repository);
    let numbers: Vec<_> = (1..40).map(TaskNumber).collect();
    repository.edit(&Batch::new(&numbers, &Edit::Complete(true), now())).expect("completed");
    assert_counts(&repository);
    for _ in 0..2 {
        repository.undo(now()).expect("undone");
        assert_counts(&repository);
    }
    for _ in 0..2 {
        repository.redo(now()).expect("done again");
        assert_counts(&repository);
    }
    repository.edit(&Batch::new(&numbers[20..], &Edit::Complete(false), now())).expect("re-opened");
    assert_counts(&repository);
}

#[test]
fn p01_a_writer_waits_until_each_change_is_on_the_disk() {
    let (_folder, repository) = file(&[OPEN]);
    let pragma = |name: &str| -> String {
        let mut ask = repository.conn.prepare(&format!("PRAGMA {name}")).expect("a setting");
        ask.query_row([], |row| row.get::<_, rusqlite::types::Value>(0).map(|value| format!("{value:?}"))).expect("one")
    };
    assert_eq!(pragma("synchronous"), "Integer(2)", "FULL: a commit outlives a power cut");
    assert_eq!(pragma("journal_mode"), "Text(\"wal\")");
    assert_eq!(pragma("fullfsync"), "Integer(1)");
    assert_eq!(pragma("mmap_size"), "Integer(0)");
    assert_eq!(pragma("trusted_schema"), "Integer(0)");
}
