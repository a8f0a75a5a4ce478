//! Emails of one thread are one task.

use proptest::prelude::*;

use super::properties::everything;
use super::*;
use crate::domain::date::TaskDate;

fn email(id: &str, thread: &str, rep: &str, created: u32) -> String {
    format!(
        r#"{{"id":"task_{id}","_type":"incoming_email","is_complete":false,"date":"2026-03-{created:02}T08:00:00+00:00","date_created":"2026-03-{created:02}T08:00:00+00:00","date_updated":"2026-03-{created:02}T08:00:00+00:00","object_type":"emailthread","object_id":"acti_{thread}","emails":["m_{id}"],"subject":"from {id}","assigned_to":"user_{rep}"}}"#
    )
}

fn emails_of(task: &crate::domain::task::StoredTask) -> Vec<String> {
    match &task.task.body {
        crate::domain::kind::Body::IncomingEmail { emails, .. } => emails.clone(),
        other => panic!("no email: {other:?}"),
    }
}

fn file_of(lines: &[String]) -> (tempfile::TempDir, Repository) {
    file(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn an_email_that_comes_for_a_thread_with_an_open_task_joins_it() {
    let (_folder, mut repository) = file_of(&[email("bb", "t", "1", 3), email("zz", "t", "2", 3)]);
    take(&mut repository, &[&email("aa", "t", "1", 2), &email("cc", "t", "1", 4), &email("dd", "u", "1", 1)]);
    let tasks = everything(&repository);
    assert_eq!(tasks.len(), 3, "one of the other rep, one of the other thread");
    assert_eq!(emails_of(&tasks[0]), ["m_aa", "m_bb", "m_cc"]);
    assert_eq!(tasks[0].record.get("subject"), Some("\"from cc\""));
    assert_eq!(tasks[0].record.get("date"), Some("\"2026-03-02T08:00:00+00:00\""));
    assert_counts(&repository);
}

#[test]
fn merged_ids_still_find_the_task_and_completing_it_completes_all_that_it_stands_for() {
    let (_folder, mut repository) = file_of(&[email("aaaaaa", "t", "1", 2), email("bbbbbb", "t", "1", 3)]);
    for text in ["1", "task_aaaaaa", "task_bbbbbb", "task_bb"] {
        assert_eq!(repository.resolve(text).expect("read"), Reference::One(TaskNumber(1)), "{text}");
    }
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Complete(true), now())).expect("completed");
    assert_eq!(lines(&repository, View::Archive).len(), 1);
    assert!(lines(&repository, View::Open).is_empty());
    // The same emails again change nothing: they were answered here.
    take(&mut repository, &[&email("aaaaaa", "t", "1", 2), &email("bbbbbb", "t", "1", 3)]);
    assert!(lines(&repository, View::Open).is_empty());
}

#[test]
fn after_completion_a_new_email_opens_a_new_task() {
    let (_folder, mut repository) = file_of(&[email("aa", "t", "1", 2), email("bb", "t", "1", 3)]);
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Complete(true), now())).expect("completed");
    take(&mut repository, &[&email("cc", "t", "1", 4)]);
    let open: Vec<_> = everything(&repository).into_iter().filter(|task| !task.task.is_complete).collect();
    assert_eq!((open.len(), emails_of(&open[0])), (1, vec!["m_cc".to_owned()]));
}

#[test]
fn a_snoozed_thread_comes_back_with_a_new_email() {
    let (_folder, mut repository) = file_of(&[email("aa", "t", "1", 2)]);
    let later = TaskDate::parse("2026-03-20").expect("a date");
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Snooze(later), now())).expect("snoozed");
    assert!(everything(&repository)[0].local.is_snoozed);
    // What is known already does not bring it back, a new email does.
    take(&mut repository, &[&email("aa", "t", "1", 2).replace("from aa", "Re: from aa")]);
    assert_eq!(everything(&repository)[0].task.date, Some(later));
    take(&mut repository, &[&email("bb", "t", "1", 4)]);
    let task = &everything(&repository)[0];
    assert_eq!(task.record.get("date"), Some("\"2026-03-04T08:00:00+00:00\""));
    assert!(!task.local.is_snoozed);
    repository.undo(now()).expect("undone");
    let task = &everything(&repository)[0];
    assert_eq!((task.task.date, task.local.is_snoozed), (Some(later), true));
}

#[test]
fn an_email_that_is_answered_or_given_away_elsewhere_leaves_the_task() {
    let (_folder, mut repository) =
        file_of(&[email("aa", "t", "1", 2), email("bb", "t", "1", 3), email("cc", "t", "1", 4)]);
    let newer =
        |id, created| email(id, "t", "1", created).replace("date_updated\":\"2026-03-0", "date_updated\":\"2026-03-1");
    take(&mut repository, &[&newer("aa", 2).replace("\"is_complete\":false", "\"is_complete\":true")]);
    take(&mut repository, &[&newer("cc", 4).replace("user_1", "user_2")]);
    let tasks = everything(&repository);
    let told: Vec<_> =
        tasks.iter().map(|task| (task.task.id.as_str(), task.task.is_complete, emails_of(task))).collect();
    let one = |id: &str| vec![id.to_owned()];
    assert_eq!(
        told,
        [("task_bb", false, one("m_bb")), ("task_aa", true, one("m_aa")), ("task_cc", false, one("m_cc"))]
    );
    for _ in 0..2 {
        repository.undo(now()).expect("undone").expect("a step");
    }
    assert_eq!(emails_of(&everything(&repository)[0]), ["m_aa", "m_bb", "m_cc"]);
    assert_counts(&repository);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_of_threads_give_the_same_tasks_in_whatever_order_and_batches_they_come(
        parts in prop::collection::vec((0..3_u32, 0..2_u32, 1..9_u32), 1..12),
        seed in any::<u64>(),
        cut in 0..12_usize,
    ) {
        let lines: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(i, (thread, rep, created))| email(&format!("{i:02}"), &thread.to_string(), &rep.to_string(), *created))
            .collect();
        let mut shuffled = lines.clone();
        shuffled.sort_by_key(|line| {
            use std::hash::{DefaultHasher, Hash, Hasher};
            let mut hasher = DefaultHasher::new();
            (seed, line).hash(&mut hasher);
            hasher.finish()
        });
        let state = |repository: &Repository| {
            let mut all = super::lines(repository, View::All);
            all.sort();
            all
        };
        let (_one, in_order) = file_of(&lines);
        let (first, second) = shuffled.split_at(cut.min(shuffled.len()));
        let (_other, mut in_parts) = file_of(first);
        take(&mut in_parts, &second.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert_eq!(state(&in_parts), state(&in_order));
    }
}
