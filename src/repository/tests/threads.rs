//! Emails of one thread are one task.

use proptest::prelude::*;

use super::properties::everything;
use super::*;
use crate::domain::date::TaskDate;
use crate::domain::task::{Note, Party};

pub(super) fn email(id: &str, thread: &str, rep: &str, created: u32) -> String {
    format!(
        r#"{{"id":"task_{id}","_type":"incoming_email","is_complete":false,"date":"2026-03-{created:02}T08:00:00+00:00","date_created":"2026-03-{created:02}T08:00:00+00:00","date_updated":"2026-03-{created:02}T08:00:00+00:00","object_type":"emailthread","object_id":"acti_{thread}","emails":["m_{id}"],"subject":"from {id}","assigned_to":"user_{rep}"}}"#
    )
}

pub(super) fn emails_of(task: &crate::domain::task::StoredTask) -> Vec<String> {
    match &task.task.body {
        crate::domain::kind::Body::IncomingEmail { emails, .. } => emails.clone(),
        other => panic!("no email: {other:?}"),
    }
}

pub(super) fn file_of(lines: &[String]) -> (tempfile::TempDir, Repository) {
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
fn a_prefix_names_one_task_only_where_no_other_begins_so_however_many_emails_do() {
    let emails: Vec<String> = (1..=6).map(|n| email(&format!("same{n}"), "t", "1", 2)).collect();
    let (_folder, mut repository) = file_of(&emails);
    let named = |repository: &Repository| repository.resolve("task_same").expect("read");
    assert_eq!(named(&repository), Reference::One(TaskNumber(1)));
    take(&mut repository, &[&email("same9", "other", "1", 2)]);
    let both = ["task_same1", "task_same9"].map(str::to_owned).to_vec();
    assert_eq!(named(&repository), Reference::Ambiguous(both));
    let more: Vec<String> = (1..=4).map(|n| email(&format!("same9{n}"), &format!("other{n}"), "1", 2)).collect();
    take(&mut repository, &more.iter().map(String::as_str).collect::<Vec<_>>());
    let first = ["1", "9", "91", "92", "93"].map(|end| format!("task_same{end}")).to_vec();
    assert_eq!(named(&repository), Reference::Ambiguous(first), "no more than five");
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
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Snooze(later.into()), now())).expect("snoozed");
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

pub(super) fn edit(repository: &mut Repository, numbers: &[i64], edit: Edit) -> Written {
    let numbers: Vec<_> = numbers.iter().copied().map(TaskNumber).collect();
    repository.edit(&Batch::new(&numbers, &edit, now())).expect("changed")
}

/// What the tasks are and stand for, before and after: undo and redo go from one to the other.
pub(super) fn back_and_forth(repository: &mut Repository, act: impl FnOnce(&mut Repository)) {
    let state = |repository: &Repository| {
        assert_counts(repository);
        everything(repository)
    };
    let before = state(repository);
    act(repository);
    let after = state(repository);
    for _ in 0..2 {
        let undone = repository.undo(now()).expect("undone").expect("a step");
        assert_eq!((undone.left_alone.as_slice(), state(repository)), (&[][..], before.clone()));
        let redone = repository.redo(now()).expect("done again").expect("a step");
        assert_eq!((redone.left_alone.as_slice(), state(repository)), (&[][..], after.clone()));
    }
}

#[test]
fn re_opening_an_old_task_of_a_thread_leaves_one_open_task_that_stands_for_both() {
    let (_folder, mut repository) = file_of(&[email("aa", "t", "1", 2), email("bb", "t", "1", 3)]);
    edit(&mut repository, &[1], Edit::Complete(true));
    take(&mut repository, &[&email("cc", "t", "1", 5)]);
    let number = everything(&repository).iter().find(|task| !task.task.is_complete).expect("open").number;
    let note = Note { at: now(), text: "net 60".into() };
    edit(&mut repository, &[1], Edit::Note(note.clone()));
    back_and_forth(&mut repository, |repository| {
        let written = edit(repository, &[1], Edit::Complete(false));
        assert_eq!(written.changed, [number]);
        let tasks = everything(repository);
        assert_eq!(tasks.iter().map(|task| task.number).collect::<Vec<_>>(), [number]);
        assert_eq!(emails_of(&tasks[0]), ["m_aa", "m_bb", "m_cc"]);
        assert_eq!(tasks[0].record.get("subject"), Some("\"from cc\""));
        assert_eq!(tasks[0].record.get("date"), Some("\"2026-03-02T08:00:00+00:00\""));
        assert_eq!(tasks[0].local.notes, std::slice::from_ref(&note));
        for text in ["1", "task_aa", "task_bb", "task_cc"] {
            assert_eq!(repository.resolve(text).expect("read"), Reference::One(number), "{text}");
        }
        // What Close says of the old ones is no news.
        let same = ["aa", "bb"].map(|id| email(id, "t", "1", if id == "aa" { 2 } else { 3 }));
        assert_eq!(take(repository, &[&same[0], &same[1]]), [Taken::Unchanged; 2]);
    });
    edit(&mut repository, &[number.0], Edit::Complete(true));
    assert!(lines(&repository, View::Open).is_empty());
}

#[test]
fn tasks_of_a_thread_that_are_given_to_one_rep_are_one_open_task() {
    let all = [email("aa", "t", "1", 4), email("bb", "t", "2", 3), email("cc", "t", "3", 5), email("dd", "u", "1", 1)];
    let (_folder, mut repository) = file_of(&all);
    let to = |id: &str, name: &str| Edit::Assign(Party { id: Some(RepId::new(id)), name: Some(name.into()) });
    back_and_forth(&mut repository, |repository| {
        // One more to a rep who has the thread already, then all to a third at once.
        edit(repository, &[1], to("user_2", "Ben"));
    });
    let open = everything(&repository);
    let of_ben = open.iter().find(|task| task.number.0 == 2).expect("Ben's");
    assert_eq!((open.len(), emails_of(of_ben)), (3, vec!["m_bb".to_owned(), "m_aa".to_owned()]));
    assert_eq!(of_ben.record.get("date"), Some("\"2026-03-03T08:00:00+00:00\""));
    assert_eq!(of_ben.task.rep.id, Some(RepId::new("user_2")));
    back_and_forth(&mut repository, |repository| {
        edit(repository, &[2, 3, 4], to("user_4", "Dee"));
        let tasks = everything(repository);
        let told: Vec<_> = tasks.iter().map(|task| (task.number.0, emails_of(task).len())).collect();
        assert_eq!(told, [(2, 3), (4, 1)]);
        assert!(tasks.iter().all(|task| task.task.rep.id == Some(RepId::new("user_4"))));
    });
    // A newer state of a part, still with the rep that Close knows, changes no owner.
    let newer = email("aa", "t", "1", 4).replace("date_updated\":\"2026-03-0", "date_updated\":\"2026-03-1");
    take(&mut repository, &[&newer.replace("from aa", "Re: aa")]);
    assert!(everything(&repository).iter().all(|task| task.task.rep.id == Some(RepId::new("user_4"))));
    assert_eq!(everything(&repository).len(), 2);
}

pub(super) fn unsent(repository: &Repository) -> Vec<i64> {
    let mut found: Vec<_> = super::super::unsent::tasks(&repository.conn, &repository.shapes)
        .expect("read")
        .into_iter()
        .map(|number| number.0)
        .collect();
    found.sort_unstable();
    found
}

fn later(line: &str) -> String {
    line.replace("date_updated\":\"2026-03-0", "date_updated\":\"2026-03-1").replace("from ", "Re: ")
}

#[test]
fn what_a_join_changed_here_is_unsent_and_outlives_an_import() {
    let all = [email("aa", "t", "1", 2), email("bb", "t", "2", 3)];
    let (_folder, mut repository) = file_of(&all);
    assert!(unsent(&repository).is_empty());
    let until = TaskDate::parse("2026-03-01").expect("a date");
    edit(&mut repository, &[1], Edit::Snooze(until.into()));
    edit(&mut repository, &[1], Edit::Assign(Party { id: Some(RepId::new("user_2")), name: Some("Ben".into()) }));
    let kept = |repository: &Repository| {
        let tasks = everything(repository);
        assert_eq!((tasks.len(), unsent(repository)), (1, vec![2]));
        (tasks[0].task.date, tasks[0].task.rep.id.clone(), tasks[0].task.is_complete)
    };
    let ours = (Some(until), Some(RepId::new("user_2")), false);
    assert_eq!(kept(&repository), ours, "the date of the one, the rep of the other");
    for line in &all {
        assert_eq!(take(&mut repository, &[&later(line)]), [Taken::Updated]);
        assert_eq!(kept(&repository), ours, "Close does not know of it yet");
    }
    for _ in 0..4 {
        repository.undo(now()).expect("undone").expect("a step");
    }
    assert!(unsent(&repository).is_empty());
}

#[test]
fn a_task_that_came_complete_and_joined_when_it_was_re_opened_here_is_unsent() {
    let done = email("aa", "t", "1", 2).replace("\"is_complete\":false", "\"is_complete\":true");
    let open = email("bb", "t", "1", 3);
    let (_folder, mut repository) = file_of(&[done.clone(), open.clone()]);
    edit(&mut repository, &[1], Edit::Complete(false));
    assert_eq!((everything(&repository).len(), unsent(&repository)), (1, vec![2]));
    take(&mut repository, &[&later(&done), &later(&open)]);
    let tasks = everything(&repository);
    assert_eq!((tasks.len(), tasks[0].task.is_complete, unsent(&repository)), (1, false, vec![2]));
    assert_eq!(tasks[0].record.get("subject"), Some("\"Re: bb\""));
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
