//! Emails of a thread's one task that come again: unchanged, newer, given away, answered;
//! beside what was changed here, and after an undo, a deletion or a purge.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::properties::everything;
use super::threads::{back_and_forth, edit, email, emails_of, file_of, unsent};
use super::*;
use crate::domain::date::TaskDate;
use crate::domain::retention::KeepTimes;
use crate::domain::task::{Note, Party, StoredTask};

/// What Close says of an email so many days later.
pub(super) fn version(line: &str, days: u32) -> String {
    let (front, behind) = line.split_once("date_updated\":\"2026-03-").expect("a moment");
    let subject = |line: String| line.replace("from ", &format!("Re{days}: "));
    subject(format!("{front}date_updated\":\"2026-03-{:02}{}", 10 + days, &behind[2..]))
}

pub(super) fn done(line: &str) -> String {
    line.replace("\"is_complete\":false", "\"is_complete\":true")
}

pub(super) fn to(rep: &str) -> Edit {
    Edit::Assign(Party { id: Some(RepId::new(format!("user_{rep}"))), name: Some(rep.into()) })
}

pub(super) fn snoozed(until: &str) -> Edit {
    Edit::Snooze(TaskDate::parse(until).expect("a date").into())
}

fn complete(repository: &mut Repository, number: i64) {
    edit(repository, &[number], Edit::Complete(true));
}

fn open(repository: &Repository) -> Vec<StoredTask> {
    everything(repository).into_iter().filter(|task| !task.task.is_complete).collect()
}

/// The one open task: its rep, its date and its emails.
pub(super) fn the_open(repository: &Repository) -> (String, String, Vec<String>) {
    let tasks = open(repository);
    let [task] = tasks.as_slice() else { panic!("{} open tasks", tasks.len()) };
    let rep = task.task.rep.id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
    (rep, task.task.date.map(|date| date.to_wire()).unwrap_or_default(), emails_of(task))
}

pub(super) fn emails(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| format!("m_{id}")).collect()
}

#[test]
fn a_joined_task_of_which_one_email_is_left_still_knows_what_was_changed_here() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "2", 3)];
    let (_folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
    edit(&mut repository, &[1], to("2"));
    assert_eq!((open(&repository).len(), unsent(&repository)), (1, vec![2]));
    back_and_forth(&mut repository, |repository| {
        take(repository, &[&done(&version(&bb, 1))]);
        assert_eq!((the_open(repository).0.as_str(), unsent(repository)), ("user_2", vec![2]));
    });
    // Close still has it with the first rep.
    back_and_forth(&mut repository, |repository| {
        assert_eq!(take(repository, &[&version(&aa, 2)]), [Taken::Updated]);
        assert_eq!((the_open(repository).0.as_str(), unsent(repository)), ("user_2", vec![2]));
        assert_eq!(open(repository)[0].record.get("subject"), Some("\"Re2: aa\""));
    });
    // Then Close has it so too.
    take(&mut repository, &[&version(&aa, 3).replace("user_1", "user_2")]);
    assert_eq!((the_open(&repository).0.as_str(), unsent(&repository)), ("user_2", vec![]));
    take(&mut repository, &[&done(&version(&aa, 4))]);
    assert!(open(&repository).is_empty());
    while repository.undo(now()).expect("undone").is_some() {}
    assert!(everything(&repository).is_empty());
}

#[test]
fn what_was_re_opened_here_stays_open_when_the_other_emails_are_answered_elsewhere() {
    let [aa, bb] = [done(&email("aa", "t", "1", 2)), email("bb", "t", "1", 3)];
    let (_folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
    edit(&mut repository, &[1], Edit::Complete(false));
    back_and_forth(&mut repository, |repository| {
        take(repository, &[&done(&version(&bb, 1))]);
        assert_eq!((the_open(repository).2, unsent(repository)), (emails(&["aa"]), vec![2]));
    });
    take(&mut repository, &[&version(&aa, 2)]);
    assert_eq!((the_open(&repository).2, unsent(&repository)), (emails(&["aa"]), vec![2]));
}

#[test]
fn a_task_that_was_re_opened_here_after_close_knew_an_email_as_answered_keeps_that_email() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "1", 3)];
    let (_folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
    complete(&mut repository, 1);
    take(&mut repository, &[&done(&version(&aa, 1))]);
    edit(&mut repository, &[1], Edit::Complete(false));
    take(&mut repository, &[&done(&version(&bb, 2))]);
    assert_eq!((the_open(&repository).2, unsent(&repository)), (emails(&["aa"]), vec![1]));
    take(&mut repository, &[&done(&version(&aa, 3))]);
    assert_eq!(the_open(&repository).2, emails(&["aa"]));
}

#[test]
fn an_email_that_close_gives_to_another_rep_leaves_unless_the_task_was_given_away_here() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "1", 3)];
    let (_folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
    edit(&mut repository, &[1], to("2"));
    take(&mut repository, &[&version(&aa, 1).replace("user_1", "user_3")]);
    assert_eq!(the_open(&repository).2, emails(&["aa", "bb"]), "as a task of one email stays");
    take(&mut repository, &[&version(&bb, 1).replace("user_1", "user_2")]);
    take(&mut repository, &[&version(&bb, 2).replace("user_1", "user_4")]);
    assert_eq!(the_open(&repository).0, "user_2");

    let (_folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
    take(&mut repository, &[&version(&aa, 1).replace("user_1", "user_3")]);
    assert_eq!(open(&repository).len(), 2);
}

#[test]
fn an_email_that_close_gives_to_whom_it_was_given_here_does_not_come_new() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "2", 3)];
    let (_folder, mut repository) = file_of(&[aa.clone(), bb]);
    edit(&mut repository, &[1], to("2"));
    edit(&mut repository, &[2], snoozed("2026-03-20"));
    take(&mut repository, &[&version(&aa, 1).replace("user_1", "user_2")]);
    let (rep, date, ids) = the_open(&repository);
    assert_eq!((rep.as_str(), date.as_str(), ids), ("user_2", "2026-03-20", emails(&["aa", "bb"])));
    assert!(open(&repository)[0].local.is_snoozed);
}

#[test]
fn a_snooze_stands_where_close_gives_the_task_to_a_rep_who_has_the_thread() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "2", 3)];
    for (ours, theirs, date, is_snoozed) in [
        (Some("2026-03-28"), Some("2026-03-28"), "2026-03-28", true),
        (Some("2026-03-28"), Some("2026-03-20"), "2026-03-20", true),
        (Some("2026-03-28"), None, "2026-03-03T08:00:00+00:00", false),
        (None, Some("2026-03-28"), "2026-03-02T08:00:00+00:00", false),
    ] {
        let (_folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
        for (number, until) in [(1, ours), (2, theirs)] {
            if let Some(until) = until {
                edit(&mut repository, &[number], snoozed(until));
            }
        }
        let given = version(&bb, 1).replace("user_2", "user_1");
        back_and_forth(&mut repository, |repository| {
            take(repository, &[&given]);
            assert_eq!((the_open(repository).1.as_str(), open(repository)[0].local.is_snoozed), (date, is_snoozed));
        });
        take(&mut repository, &[&version(&aa, 2)]);
        assert_eq!(the_open(&repository).1, date, "no new email");
    }
}

#[test]
fn tasks_that_close_gives_to_one_rep_keep_the_notes_and_the_pin_of_both() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "2", 3)];
    let (_folder, mut repository) = file_of(&[aa.clone(), bb]);
    let note = |text: &str, minutes| Note { at: now() + TimeDelta::minutes(minutes), text: text.into() };
    let notes = [note("net 60", 1), note("call first", 2), note("ask Bo", 3)];
    edit(&mut repository, &[2], Edit::Note(notes[0].clone()));
    edit(&mut repository, &[1], Edit::Note(notes[1].clone()));
    edit(&mut repository, &[2], Edit::Note(notes[2].clone()));
    edit(&mut repository, &[2], Edit::Pin(true));
    back_and_forth(&mut repository, |repository| {
        take(repository, &[&version(&aa, 1).replace("user_1", "user_2")]);
        let tasks = everything(repository);
        assert_eq!((tasks.len(), tasks[0].number), (1, TaskNumber(1)));
        assert_eq!((tasks[0].local.notes.as_slice(), tasks[0].local.is_pinned), (notes.as_slice(), true));
    });
}

#[test]
fn an_import_that_joined_is_the_same_after_undo_redo_and_once_more() {
    let [aa, bb, cc] = [email("aa", "t", "1", 3), email("bb", "t", "1", 2), email("cc", "t", "1", 4)];
    let (_folder, mut repository) = file_of(&[aa]);
    let more = [bb.as_str(), cc.as_str()];
    back_and_forth(&mut repository, |repository| {
        take(repository, &more);
        assert_eq!(the_open(repository).2, emails(&["bb", "aa", "cc"]));
    });
    let joined = everything(&repository);
    assert_eq!(take(&mut repository, &more), [Taken::Unchanged; 2]);
    repository.undo(now()).expect("undone").expect("a step");
    assert_eq!(the_open(&repository).2, emails(&["aa"]));
    assert_eq!(take(&mut repository, &more), [Taken::Updated; 2]);
    assert_eq!(everything(&repository), joined);
    for text in ["task_aa", "task_bb", "task_cc"] {
        assert_eq!(repository.resolve(text).expect("read"), Reference::One(TaskNumber(1)), "{text}");
    }
}

#[test]
fn a_joined_task_that_was_deleted_or_purged_takes_no_new_email_in() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "1", 3)];
    let cc = email("cc", "t", "1", 4);
    let keep = KeepTimes::default();
    let much_later = now() + TimeDelta::days(400);
    for is_purged in [false, true] {
        let (_folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
        if is_purged {
            complete(&mut repository, 1);
            let (expired, _) = repository.expired(&keep, much_later).expect("read");
            assert_eq!(repository.purge(&expired, &keep, much_later).expect("removed").tasks, [TaskNumber(1)]);
        } else {
            edit(&mut repository, &[1], Edit::Delete);
            // That it was deleted here stands, whatever comes of it again.
            assert_eq!(take(&mut repository, &[&version(&bb, 1), &version(&aa, 1)]), [Taken::StaysDeleted; 2]);
        }
        assert!(everything(&repository).is_empty());
        assert_eq!(take(&mut repository, &[&cc]), [Taken::New]);
        assert_eq!(the_open(&repository).2, emails(&["cc"]));
        for _ in 0..2 {
            repository.undo(now()).expect("undone").expect("a step");
        }
        assert_eq!(emails_of(&everything(&repository)[0]), emails(&["aa", "bb"]));
        assert_eq!(everything(&repository).len(), 1);
    }
}

/// What Close says when its own task has grown by an email that came on a day.
pub(super) fn grown(line: &str, email: &str, day: u32) -> String {
    let line = version(line, 1).replace("\"],\"subject", &format!("\",\"m_{email}\"],\"subject"));
    let (front, behind) = line.split_once("\"date\":\"2026-03-").expect("a date");
    format!("{front}\"date\":\"2026-03-{day:02}{}", &behind[2..])
}

#[test]
fn a_snoozed_task_that_close_lets_grow_comes_back_with_the_new_email() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "1", 3)];
    for lines in [vec![aa.clone()], vec![aa.clone(), bb]] {
        let (_folder, mut repository) = file_of(&lines);
        edit(&mut repository, &[1], snoozed("2026-03-28"));
        take(&mut repository, &[&version(&aa, 1)]);
        assert_eq!(the_open(&repository).1, "2026-03-28", "no new email");
        back_and_forth(&mut repository, |repository| {
            take(repository, &[&version(&grown(&aa, "xx", 9), 2)]);
            let (_, date, ids) = the_open(repository);
            assert_eq!((date.as_str(), ids.contains(&"m_xx".to_owned())), ("2026-03-09T08:00:00+00:00", true));
            assert!(!open(repository)[0].local.is_snoozed);
        });
        edit(&mut repository, &[1], snoozed("2026-03-29"));
        take(&mut repository, &[&version(&grown(&aa, "xx", 9), 3)]);
        assert_eq!(the_open(&repository).1, "2026-03-29", "known already");
    }
}

#[test]
fn a_completed_task_that_close_lets_grow_is_open_for_the_new_email() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "1", 3)];
    for (lines, archived) in [(vec![aa.clone()], 0), (vec![aa.clone(), bb], 1)] {
        let (_folder, mut repository) = file_of(&lines);
        complete(&mut repository, 1);
        take(&mut repository, &[&version(&aa, 1)]);
        assert!(open(&repository).is_empty(), "no new email");
        back_and_forth(&mut repository, |repository| {
            take(repository, &[&version(&grown(&aa, "xx", 9), 2)]);
            assert_eq!(the_open(repository).2, emails(&["aa", "xx"]));
            assert_eq!(everything(repository).len(), 1 + archived);
        });
        let number = open(&repository)[0].number.0;
        complete(&mut repository, number);
        take(&mut repository, &[&version(&grown(&aa, "xx", 9), 3)]);
        assert!(open(&repository).is_empty(), "answered here");
    }
}

#[test]
fn a_completion_here_stands_for_each_email_and_a_re_opening_for_the_one_that_came_complete() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "1", 3)];
    let (_folder, mut repository) = file_of(&[aa.clone(), bb.clone()]);
    complete(&mut repository, 1);
    take(&mut repository, &[&version(&bb, 1).replace("user_1", "user_2")]);
    assert!(open(&repository).is_empty());

    let (_folder, mut repository) = file_of(&[done(&aa)]);
    edit(&mut repository, &[1], Edit::Complete(false));
    take(&mut repository, &[&bb]);
    take(&mut repository, &[&done(&version(&bb, 1))]);
    assert_eq!(the_open(&repository).2, emails(&["aa"]));
}

#[test]
fn a_task_re_opened_here_joins_the_open_one_of_the_rep_whom_close_gives_it_to() {
    let [aa, bb] = [done(&email("aa", "t", "1", 2)), email("bb", "t", "2", 3)];
    let (_folder, mut repository) = file_of(&[aa.clone(), bb]);
    edit(&mut repository, &[1], Edit::Complete(false));
    back_and_forth(&mut repository, |repository| {
        take(repository, &[&version(&aa, 1).replace("user_1", "user_2")]);
        assert_eq!(the_open(repository).2, emails(&["aa", "bb"]));
    });
}

#[test]
fn an_event_is_laid_over_the_email_as_it_came_while_others_wait_in_its_task() {
    let [aa, bb] = [email("aa", "t", "1", 2), email("bb", "t", "1", 3)];
    let (_folder, mut repository) = file_of(&[aa]);
    edit(&mut repository, &[1], snoozed("2026-03-28"));
    let record = parse_record(&bb).expect("JSON");
    let mut importer = repository.importer(now()).expect("begins");
    importer.take(&Packed::new(&record, &Task::read(&record).expect("a task"), None)).expect("taken");
    let held = importer.held("task_aa").expect("read").expect("held");
    assert_eq!(held.get("date"), Some("\"2026-03-02T08:00:00+00:00\""));
}

#[test]
fn an_email_of_which_the_task_says_nothing_is_a_step_of_its_own_all_the_same() {
    let [aa, bb] = [version(&email("aa", "t", "1", 2), 9), email("bb", "t", "1", 3)];
    let (_folder, mut repository) = file_of(&[aa, bb.clone()]);
    let before = everything(&repository);
    let named = version(&bb, 1).replace("Re1: ", "from ").replace('}', ",\"contact_name\":\"Bo\"}");
    assert_eq!(take(&mut repository, &[&named]), [Taken::Updated]);
    assert_eq!(everything(&repository), before);
    complete(&mut repository, 1);
    repository.undo(now()).expect("undone").expect("a step");
    // The completion was taken back, not what came before it.
    assert_eq!(take(&mut repository, &[&named]), [Taken::Unchanged]);
    repository.undo(now()).expect("undone").expect("a step");
    assert_eq!(take(&mut repository, &[&named]), [Taken::Updated]);
}

#[test]
fn emails_without_a_thread_are_tasks_of_their_own() {
    let (_folder, repository) = file_of(&["aa", "bb"].map(|id| email(id, "t", "1", 2).replace("acti_t", "")));
    assert_eq!(everything(&repository).len(), 2);
}

#[test]
fn a_snooze_that_an_import_ended_is_back_with_its_undo_though_close_said_the_same_date_in_between() {
    let lines = [("a", 3), ("b", 4), ("c", 2), ("d", 5), ("e", 6)].map(|(id, day)| email(id, "t", "1", day));
    let (_folder, mut repository) = file_of(&lines[..3]);
    edit(&mut repository, &[1], snoozed("2026-03-28"));
    let before = everything(&repository);
    let given = [0, 2, 4, 1].into_iter().zip(1..).map(|(n, days)| Again::Given.of(&lines[n], days));
    let coming: Vec<String> = lines[3..].iter().cloned().chain(given).chain([version(&lines[3], 5)]).collect();
    take(&mut repository, &coming.iter().map(String::as_str).collect::<Vec<_>>());
    let after = everything(&repository);
    assert_ne!(before, after);
    let undone = repository.undo(now()).expect("undone").expect("a step");
    assert_eq!((everything(&repository), undone.left_alone), (before, Vec::new()));
    repository.redo(now()).expect("done again").expect("a step");
    assert_eq!(everything(&repository), after);
}

/// What is said of an email after it came.
#[derive(Clone, Copy, Debug)]
enum Again {
    Same,
    Newer,
    Given,
    Done,
    Moved,
}

impl Again {
    fn of(self, line: &str, days: u32) -> String {
        match self {
            Again::Same => line.to_owned(),
            Again::Newer => version(line, days),
            Again::Given => version(line, days).replace("user_1", "user_2"),
            Again::Done => done(&version(line, days)),
            Again::Moved => version(line, days).replace("acti_t", "acti_u"),
        }
    }
}

/// The tasks without what goes by arrival: their numbers, and about when one was completed.
fn told(repository: &Repository) -> Vec<(String, bool)> {
    assert_counts(repository);
    let tasks = everything(repository).into_iter();
    let mut told: Vec<_> = tasks.map(|task| (task.record.to_json(), task.local.is_snoozed)).collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_email_that_comes_again_while_others_wait_in_its_task_changes_it_as_it_would_alone(
        held in 1..4_usize,
        is_snoozed in any::<bool>(),
        // The first task's own email among them, each with what is said of it later.
        again in prop::collection::vec((0..5_usize, prop::sample::select(vec![
            Again::Same, Again::Newer, Again::Newer, Again::Given, Again::Done, Again::Moved,
        ])), 0..7),
        seed in any::<u64>(),
    ) {
        // In order of numbers the third is the oldest, so that the task's id changes.
        let lines: Vec<String> = [3, 4, 2, 5, 6].iter().zip(["a", "b", "c", "d", "e"]).map(|(day, id)| email(id, "t", "1", *day)).collect();
        let mut coming: Vec<String> = lines[held..].to_vec();
        coming.extend(again.iter().enumerate().map(|(i, (n, again))| again.of(&lines[*n], 1 + u32::try_from(i).unwrap_or(0))));
        let begin = || {
            let (folder, mut repository) = file_of(&lines[..held]);
            if is_snoozed {
                edit(&mut repository, &[1], snoozed("2026-03-28"));
            }
            (folder, repository)
        };
        let (_one, mut one_by_one) = begin();
        for line in &coming {
            take(&mut one_by_one, &[line]);
        }
        let (_other, mut at_once) = begin();
        let before = everything(&at_once);
        take(&mut at_once, &coming.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert_eq!(told(&at_once), told(&one_by_one));

        coming.sort_by_key(|line| {
            use std::hash::{DefaultHasher, Hash, Hasher};
            let mut hasher = DefaultHasher::new();
            (seed, line).hash(&mut hasher);
            hasher.finish()
        });
        let (_third, mut shuffled) = begin();
        take(&mut shuffled, &coming.iter().map(String::as_str).collect::<Vec<_>>());
        if is_snoozed {
            // Whether one that was put off came back may go by what left it meanwhile.
            let ids = |repository: &Repository| -> Vec<_> {
                let mut all: Vec<_> = everything(repository).iter().map(|task| (emails_of(task), task.task.is_complete)).collect();
                all.sort();
                all
            };
            prop_assert_eq!(ids(&shuffled), ids(&one_by_one));
        } else {
            prop_assert_eq!(told(&shuffled), told(&one_by_one));
        }
        let after = everything(&at_once);
        at_once.undo(now()).expect("undone");
        prop_assert_eq!(&everything(&at_once), &before);
        at_once.redo(now()).expect("done again");
        prop_assert_eq!(&everything(&at_once), &after);
    }
}
