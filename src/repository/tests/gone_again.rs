//! Records that come again for tasks which have left the file: deleted here, removed past
//! their time, or joined by others.

use chrono::TimeDelta;

use super::emails_again::{done, emails, grown, snoozed, the_open, to, version};
use super::properties::everything;
use super::threads::{back_and_forth, edit, email, file_of};
use super::*;
use crate::domain::retention::KeepTimes;

/// Task 1 has the email that came as task 2: it was given to its rep, then the email that
/// came as task 1 was answered elsewhere.
fn file_of_a_passed_id() -> (tempfile::TempDir, Repository, String) {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "2", 3)];
    let (folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
    let bb = version(&bb, 1).replace("user_2", "user_1");
    take(&mut repository, &[&bb]);
    take(&mut repository, &[&done(&version(&aa, 2))]);
    assert_eq!(the_open(&repository).2, emails(&["bb"]));
    (folder, repository, bb)
}

fn purge_all(repository: &mut Repository) -> usize {
    let (keep, later) = (KeepTimes::default(), now() + TimeDelta::days(400));
    let (expired, _) = repository.expired(&keep, later).expect("read");
    repository.purge(&expired, &keep, later).expect("removed").tasks.len()
}

#[test]
fn an_email_whose_task_was_deleted_stays_so_though_it_once_came_under_another_number() {
    let (_folder, mut repository, bb) = file_of_a_passed_id();
    edit(&mut repository, &[1], Edit::Delete);
    back_and_forth(&mut repository, |repository| {
        assert_eq!(take(repository, &[&bb, &version(&bb, 3)]), [Taken::StaysDeleted; 2]);
        assert!(everything(repository).iter().all(|task| task.task.is_complete));
        edit(repository, &[3], Edit::Pin(true));
    });
}

#[test]
fn an_email_whose_task_was_completed_and_removed_comes_back_as_that_one() {
    let (_folder, mut repository, bb) = file_of_a_passed_id();
    edit(&mut repository, &[1], Edit::Complete(true));
    assert_eq!(purge_all(&mut repository), 2);
    assert_eq!(take(&mut repository, &[&bb]), [Taken::New]);
    let tasks = everything(&repository);
    assert_eq!((tasks.len(), tasks[0].number, tasks[0].task.is_complete), (1, TaskNumber(1), true));
}

#[test]
fn the_number_of_an_email_that_joined_finds_its_task_also_when_that_is_the_only_one_left() {
    let (_folder, repository, _) = file_of_a_passed_id();
    assert_eq!(repository.resolve("2").expect("read"), Reference::One(TaskNumber(1)));
    assert_eq!(repository.resolve("task_bb").expect("read"), Reference::One(TaskNumber(1)));
}

#[test]
fn an_event_about_a_removed_task_is_laid_over_what_it_was() {
    let mail = email("aa", "t", "1", 2).replace("\"subject\"", "\"odd\":[1.50],\"subject\"");
    for line in [DONE.to_owned(), mail] {
        let (_folder, mut repository) = file(&[&line]);
        edit(&mut repository, &[1], to("2"));
        edit(&mut repository, &[1], Edit::Complete(true));
        let before = everything(&repository).remove(0);
        let id = before.task.id.as_str();
        let kept = |repository: &mut Repository| {
            let mut importer = repository.importer(now()).expect("begins");
            importer.held(id).expect("read").map(|record| record.to_json())
        };
        let expected = Some(before.record.to_json());
        assert_eq!(kept(&mut repository), expected);
        assert_eq!(purge_all(&mut repository), 1);
        assert_eq!(kept(&mut repository), expected);
    }
}

#[test]
fn a_new_email_brings_a_deleted_task_back_that_close_lets_grow() {
    let [aa, bb, cc] = [email("aa", "t", "1", 2), email("bb", "t", "1", 3), email("cc", "t", "1", 4)];
    let more = grown(&aa, "xx", 9);
    for (lines, is_another_open) in [(vec![aa.clone()], false), (vec![aa.clone(), bb], false), (vec![aa.clone()], true)]
    {
        let (_folder, mut repository) = file_of(&lines);
        edit(&mut repository, &[1], snoozed("2026-03-28"));
        edit(&mut repository, &[1], Edit::Delete);
        if is_another_open {
            take(&mut repository, &[&cc]);
        }
        let answered = done(&version(&more, 1));
        assert_eq!(take(&mut repository, &[&version(&aa, 1), &answered]), [Taken::StaysDeleted; 2]);
        back_and_forth(&mut repository, |repository| {
            assert_eq!(take(repository, &[&version(&more, 2)]), [Taken::New]);
            let (_, date, ids) = the_open(repository);
            let first = if is_another_open { "2026-03-04T08:00:00+00:00" } else { "2026-03-09T08:00:00+00:00" };
            assert_eq!((date.as_str(), ids.contains(&"m_xx".to_owned())), (first, true));
            assert!(!everything(repository)[0].local.is_snoozed);
        });
        edit(&mut repository, &[1], Edit::Delete);
        assert_eq!(take(&mut repository, &[&version(&more, 3)]), [Taken::StaysDeleted], "known already");
        assert!(everything(&repository).is_empty());
    }
}
