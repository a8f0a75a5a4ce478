//! What a purge takes, and that it comes back whole.

use std::cell::Cell;

use chrono::TimeDelta;
use proptest::prelude::*;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::properties::{any_lines, everything, of};
use super::*;
use crate::domain::kind::TaskType;
use crate::domain::retention::{KeepTime, KeepTimes};

const CALL: &str = r#"{"id":"task_call01","_type":"missed_call","is_complete":true,"date":"2026-03-01","date_updated":"2026-03-02T00:00:00+00:00","odd":[1.50]}"#;
const OPEN_CALL: &str = r#"{"id":"task_call02","_type":"missed_call","is_complete":false,"date":"2026-03-01"}"#;
const DONE_TODO: &str = r#"{"id":"task_todo01","_type":"lead","is_complete":true,"date":"2026-03-01","date_updated":"2026-03-02T00:00:00Z"}"#;

fn days(days: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(days)
}

fn purge_at(repository: &mut Repository, now: DateTime<Utc>) -> Expired {
    let keep = KeepTimes::default();
    let (expired, _) = repository.expired(&keep, now).expect("read");
    repository.purge(&expired, &keep, now).expect("removed")
}

/// What became of records that come ten days after their time was over.
fn taken(repository: &mut Repository, records: &[&str]) -> Vec<Taken> {
    let mut importer = repository.importer(days(100)).expect("begins");
    let mut take = |json: &&str| {
        let record = parse_record(json).expect("JSON");
        let task = Task::read(&record).expect("a task");
        importer.take(&Packed::new(&record, &task, None)).expect("taken")
    };
    let taken = records.iter().map(&mut take).collect();
    importer.finish("Imported").expect("committed");
    taken
}

#[test]
fn a_purge_takes_archived_calls_past_their_time_and_nothing_else() {
    let (_folder, mut repository) = file(&[CALL, OPEN_CALL, DONE_TODO, NULL_COMPLETE, DONE]);
    assert_eq!(purge_at(&mut repository, days(90) - TimeDelta::seconds(1)), Expired::default());
    let removed = purge_at(&mut repository, days(90));
    assert_eq!(removed.tasks, [TaskNumber(1), TaskNumber(5)]);
    assert_eq!(removed.types, [(TaskType::MissedCall, 1, 90), (TaskType::Voicemail, 1, 90)]);
    assert_eq!(lines(&repository, View::All), [OPEN_CALL, DONE_TODO, NULL_COMPLETE]);
    assert_counts(&repository);
    let last = repository.history(None, 1).expect("the journal").remove(0);
    assert_eq!(last.summary, "Removed 2 archived tasks past their time: 1 missed call, 1 voicemail");
    assert_eq!(purge_at(&mut repository, days(90)), Expired::default());
}

#[test]
fn each_type_but_to_dos_goes_once_it_is_given_a_time() {
    let mut keep = KeepTimes::default();
    let going: Vec<TaskType> = TaskType::ALL.into_iter().filter(|t| *t != TaskType::Lead).collect();
    going.iter().for_each(|t| keep.set(*t, KeepTime::Days(1)).expect("no to-do"));
    let done = |t: &TaskType| CALL.replace("task_call01", t.wire_name()).replace("missed_call", t.wire_name());
    let records: Vec<String> = TaskType::ALL.iter().map(done).collect();
    let (_folder, mut repository) = file(&records.iter().map(String::as_str).collect::<Vec<_>>());
    let (expired, prospect) = repository.expired(&keep, days(1)).expect("read");
    assert_eq!(prospect.archived, going.len() as u64);
    let removed = repository.purge(&expired, &keep, days(1)).expect("removed");
    assert_eq!(
        removed.types.into_iter().map(|(t, count, _)| (t, count)).collect::<Vec<_>>(),
        going.iter().map(|t| (*t, 1)).collect::<Vec<_>>()
    );
    assert_eq!(lines(&repository, View::All), [done(&TaskType::Lead)]);
}

#[test]
fn an_import_of_old_tasks_never_vanishes_at_once() {
    let (_folder, mut repository) = file(&[OPEN]);
    let ancient = CALL.replace("2026-", "2019-");
    take(&mut repository, &[&ancient]);
    assert_eq!(purge_at(&mut repository, days(89)), Expired::default());
    assert_eq!(purge_at(&mut repository, days(90)).tasks, [TaskNumber(2)]);
}

#[test]
fn pinned_tasks_stay_and_are_counted_from_nothing_until_the_pin_is_out() {
    let (_folder, mut repository) = file(&[CALL]);
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Pin(true), now())).expect("pinned");
    assert_eq!(purge_at(&mut repository, days(5000)), Expired::default());
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Pin(false), now())).expect("unpinned");
    assert_eq!(purge_at(&mut repository, days(5000)).tasks, [TaskNumber(1)]);
}

#[test]
fn what_an_undo_brings_back_is_not_purged_again_until_its_time_is_over_anew() {
    let (_folder, mut repository) = file(&[CALL, DONE]);
    purge_at(&mut repository, days(90));
    repository.undo(days(91)).expect("undone").expect("the purge");
    assert_eq!(lines(&repository, View::All), [CALL, DONE]);
    assert_counts(&repository);
    assert_eq!(purge_at(&mut repository, days(91 + 89)), Expired::default());
    assert_eq!(purge_at(&mut repository, days(91 + 90)).tasks.len(), 2);
}

#[test]
fn a_task_that_is_imported_again_after_a_purge_comes_back_under_its_number() {
    let (_folder, mut repository) = file(&[CALL]);
    purge_at(&mut repository, days(90));
    assert_eq!(taken(&mut repository, &[CALL]), [Taken::New]);
    let all = everything(&repository);
    assert_eq!((all[0].number, all[0].local.arrived), (TaskNumber(1), Some(days(100))));
    assert_eq!(purge_at(&mut repository, days(189)), Expired::default());
}

#[test]
fn a_thread_that_is_imported_again_after_a_purge_is_back_once_and_counts_as_new() {
    let mail = |id: &str| {
        format!(
            r#"{{"id":"task_{id}","_type":"incoming_email","is_complete":false,"date":"2026-03-01","date_updated":"2026-03-01T00:00:00Z","object_type":"emailthread","object_id":"acti_t","emails":["{id}"],"assigned_to":"user_1"}}"#
        )
    };
    let (first, second) = (mail("mail01"), mail("mail02"));
    let (_folder, mut repository) = file(&[&first, &second]);
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Complete(true), now())).expect("completed");
    assert_eq!(purge_at(&mut repository, days(90)).tasks, [TaskNumber(1)]);
    assert_eq!(taken(&mut repository, &[&second, &first]), [Taken::New, Taken::Unchanged]);
    assert_eq!(everything(&repository).len(), 1);
    assert_counts(&repository);
}

#[test]
fn what_was_pinned_or_reopened_meanwhile_stays() {
    let (_folder, mut repository) = file(&[CALL, DONE, DONE_TODO]);
    let keep = KeepTimes::default();
    let (expired, prospect) = repository.expired(&keep, days(90)).expect("read");
    assert_eq!((prospect.going, prospect.archived), (2, 2), "to-dos are not of the types that go");
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Complete(false), now())).expect("re-opened");
    let removed = repository.purge(&expired, &keep, days(90)).expect("removed");
    assert_eq!((removed.tasks, removed.types), (vec![TaskNumber(2)], vec![(TaskType::Voicemail, 1, 90)]));
}

thread_local! {
    static ROWS: Cell<usize> = const { Cell::new(0) };
}

/// How many rows of tasks the search for those past their time reads, and what it finds.
fn rows_read(repository: &Repository, now: DateTime<Utc>) -> (usize, usize) {
    let count = |event: TraceEvent<'_>| {
        if let TraceEvent::Row(statement) = event
            && statement.sql().contains("FROM task")
        {
            ROWS.set(ROWS.get() + 1);
        }
    };
    repository.conn.trace_v2(TraceEventCodes::SQLITE_TRACE_ROW, Some(count));
    let (expired, _) = repository.expired(&KeepTimes::default(), now).expect("read");
    repository.conn.trace_v2(TraceEventCodes::empty(), None);
    (ROWS.take(), expired.tasks.len())
}

#[test]
fn the_search_reads_no_task_that_came_less_than_the_shortest_time_ago() {
    let (_folder, mut repository) = file(&[CALL, DONE_TODO]);
    let ancient: Vec<String> = (0..50).map(|i| CALL.replace("call01", &format!("old{i:03}"))).collect();
    let ancient: Vec<&str> = ancient.iter().map(String::as_str).collect();
    taken(&mut repository, &ancient);
    repository.undo(days(101)).expect("undone").expect("the import");
    repository.redo(days(102)).expect("done again").expect("the import");
    assert_eq!(rows_read(&repository, days(89)), (0, 0));
    assert_eq!(rows_read(&repository, days(150)), (1, 1), "the call that came with the first import");
    assert_eq!(rows_read(&repository, days(191)), (51, 1), "they came anew with the redo");
    assert_eq!(rows_read(&repository, days(192)), (51, 51));
    // A clock that stood in the future once hides nothing.
    repository.edit(&Batch::new(&[TaskNumber(2)], &Edit::Pin(true), days(90_000))).expect("pinned");
    assert_eq!(rows_read(&repository, days(192)), (51, 51));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_of_a_purge_restores_every_byte_and_redo_takes_the_same_again(
        lines in any_lines(),
        pinned in prop::collection::vec(0..40_i64, 0..4),
        at in 0..200_i64,
    ) {
        let (_folder, mut repository) = of(&lines);
        let pinned: Vec<_> = pinned.into_iter().map(|n| TaskNumber(n % lines.len().max(1) as i64 + 1)).collect();
        if !lines.is_empty() {
            repository.edit(&Batch::new(&pinned, &Edit::Pin(true), now())).expect("pinned");
        }
        let mut keep = KeepTimes::default();
        keep.set(TaskType::Voicemail, KeepTime::Days(30)).expect("no to-do");
        let before = everything(&repository);
        let (expired, _) = repository.expired(&keep, days(at)).expect("read");
        let removed = repository.purge(&expired, &keep, days(at)).expect("removed");
        assert_counts(&repository);
        // The rule of the domain and the statement of the file agree about every task.
        let is_over = |task: &&crate::domain::task::StoredTask| keep.removal(task).is_some_and(|end| end <= days(at));
        let by_rule: Vec<_> = before.iter().filter(is_over).map(|task| task.number).collect();
        prop_assert_eq!(&removed.tasks, &by_rule);
        let left = everything(&repository);
        prop_assert_eq!(left.len() + removed.tasks.len(), before.len());
        if !removed.tasks.is_empty() {
            repository.undo(now()).expect("undone").expect("the purge");
            prop_assert_eq!(everything(&repository), before);
            repository.redo(now()).expect("done again").expect("the purge");
            prop_assert_eq!(everything(&repository), left);
            assert_counts(&repository);
        }
    }
}

#[test]
fn an_older_record_of_a_purged_task_brings_it_back_as_it_was() {
    let (_folder, mut repository) = file(&[CALL]);
    purge_at(&mut repository, days(90));
    let older = CALL.replace("2026-03-02T", "2025-03-02T").replace("1.50", "1.0");
    assert_eq!(taken(&mut repository, &[&older]), [Taken::New]);
    assert_eq!(lines(&repository, View::All), [CALL]);
    repository.undo(days(101)).expect("undone");
    repository.undo(days(101)).expect("undone");
    assert_eq!(lines(&repository, View::All), [CALL]);
    assert_counts(&repository);
}
