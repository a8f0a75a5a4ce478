//! How calls end: which debts are paid, which call follows, and how tries are counted.

use super::*;
use crate::domain::date::TaskDate;
use crate::domain::edit::local_id;
use crate::domain::number::PhoneNumber;
use crate::domain::outcome::{Attempt, Outcome, Rules, Try};
use crate::domain::task::{ContactId, LeadId};

const CALL: &str = r#"{"id":"task_call01","_type":"outgoing_call","is_complete":false,"date":"2026-03-04","text":"Terms","phone":"+13125550188","lead_id":"lead_1","lead_name":"Acme","contact_id":"cont_1","contact_name":"Ana","assigned_to":"user_1","assigned_to_name":"Bo"}"#;
const MISSED: &str = r#"{"id":"noti_miss01","_type":"missed_call","is_complete":false,"date":"2026-03-03T10:00:00Z","phone":"+1 (312) 555-0188"}"#;
const VOICEMAIL: &str = r#"{"id":"noti_voice1","_type":"voicemail","is_complete":null,"date":"2026-03-03T11:00:00Z","phone":"(312) 555-0188"}"#;
const ANSWERED: &str = r#"{"id":"noti_answ01","_type":"answered_detached_call","is_complete":false,"date":"2026-03-03T12:00:00Z","phone":"+13125550188"}"#;
const OTHERS: &str = r#"{"id":"noti_other1","_type":"missed_call","is_complete":false,"date":"2026-03-03T13:00:00Z","phone":"+14155550188"}"#;
const OLD: &str = r#"{"id":"noti_old001","_type":"missed_call","is_complete":true,"date":"2026-03-01T13:00:00Z","phone":"+13125550188","date_updated":"2026-03-02T00:00:00+00:00"}"#;

/// 4 March 2026, a Wednesday.
fn today() -> Today {
    Today::new(now(), Zone::UTC)
}

fn attempt(repository: &Repository, task: i64) -> Attempt {
    repository.attempt(TaskNumber(task), &today()).expect("read").expect("a task")
}

/// Says how a call ended; all its debts are paid.
fn end(repository: &mut Repository, task: i64, outcome: Outcome) -> CallEnded {
    let agreed: Vec<TaskNumber> = attempt(repository, task).debts.iter().map(|debt| debt.number).collect();
    let last = everything(repository).len() as u128;
    let (task, id, rules) = (TaskNumber(task), local_id(last), Rules::default());
    let (was_open, by, today) = (false, None, today());
    let end = CallEnd { task, was_open, outcome: &outcome, agreed: &agreed, rules: &rules, id: &id, by, today: &today };
    repository.end_call(&end).expect("written")
}

use super::properties::everything;

#[test]
fn an_outcome_does_all_that_follows_in_one_step_and_undo_brings_every_byte_back() {
    let (_folder, mut repository) = file(&[CALL, MISSED, VOICEMAIL, ANSWERED, OTHERS, OLD]);
    let before = lines(&repository, View::All);
    let ended = end(&mut repository, 1, Outcome::NoAnswer);
    assert_eq!((ended.also, ended.next), (vec![TaskNumber(2), TaskNumber(3)], Some(TaskNumber(7))));
    assert_eq!(
        ended.summary,
        "Called +13125550188 for \"Call Ana: Terms\", no answer (try 1 of 6), again Fri 06 Mar; \
         also done: 1 missed call, 1 voicemail"
    );
    let next = repository.tasks(&[TaskNumber(7)]).expect("read").remove(0);
    for (name, json) in [
        ("_type", "\"outgoing_call\""),
        ("date", "\"2026-03-06\""),
        ("phone", "\"+13125550188\""),
        ("text", "\"Terms\""),
        ("lead_id", "\"lead_1\""),
        ("contact_id", "\"cont_1\""),
        ("assigned_to", "\"user_1\""),
        ("is_complete", "false"),
    ] {
        assert_eq!(next.record.get(name), Some(json), "{name}");
    }
    for task in [1, 2, 3, 7] {
        let history = repository.history(Some(TaskNumber(task)), 1).expect("its history");
        assert_eq!(history[0].summary, ended.summary, "task {task}");
    }
    let after = lines(&repository, View::All);
    repository.undo(now()).expect("undone").expect("a step");
    assert_eq!(lines(&repository, View::All), before);
    repository.redo(now()).expect("redone").expect("a step");
    assert_eq!(lines(&repository, View::All), after);
}

#[test]
fn only_agreed_debts_are_paid_and_only_those_that_are_debts() {
    let (_folder, mut repository) = file(&[CALL, MISSED, VOICEMAIL, ANSWERED, OTHERS, OLD]);
    let agreed = [TaskNumber(3), TaskNumber(4), TaskNumber(5)];
    let (id, rules, outcome, today) = (local_id(1), Rules::default(), Outcome::Reached, today());
    let end = CallEnd {
        task: TaskNumber(1),
        was_open: false,
        outcome: &outcome,
        agreed: &agreed,
        rules: &rules,
        id: &id,
        by: None,
        today: &today,
    };
    let ended = repository.end_call(&end).expect("written");
    assert_eq!((ended.also, ended.next, ended.attempt), (vec![TaskNumber(3)], None, None));
    assert!(matches!(repository.end_call(&end), Err(Error::Refused { .. })), "it is complete now");
    let nobody = CallEnd { task: TaskNumber(99), ..end };
    assert!(matches!(repository.end_call(&nobody), Err(Error::NoTask { number: 99, .. })));
}

#[test]
fn what_came_of_a_call_is_kept_though_others_completed_its_task_while_it_lasted() {
    let (_folder, mut repository) = file(&[CALL]);
    let done = Edit::Complete(true);
    repository.edit(&Batch::new(&[TaskNumber(1)], &done, now())).expect("completed elsewhere");
    let before = lines(&repository, View::All);
    for (outcome, next) in [(Outcome::NoAnswer, Some(TaskNumber(2))), (Outcome::Reached, None)] {
        let (id, rules, today) = (local_id(1), Rules::default(), today());
        let (task, agreed, was_open, by) = (TaskNumber(1), &[], true, None);
        let end = CallEnd { task, was_open, outcome: &outcome, agreed, rules: &rules, id: &id, by, today: &today };
        assert_eq!(repository.end_call(&end).expect("written").next, next);
        repository.undo(now()).expect("undone").expect("a step");
        assert_eq!(lines(&repository, View::All), before, "the task stays as others left it");
    }
}

#[test]
fn tries_go_on_along_the_chain_over_restarts_and_end_at_the_last() {
    let (folder, mut repository) = file(&[CALL]);
    let mut task = 1;
    for number in 1..=6 {
        let ended = end(&mut repository, task, Outcome::NoAnswer);
        assert_eq!(ended.attempt, Some(Try { number, most: Some(6) }));
        drop(repository);
        repository = Repository::open(&folder.path().join("tasks.db")).expect("opened again");
        match ended.next {
            Some(next) => task = next.0,
            None => assert_eq!(number, 6),
        }
    }
    assert_eq!(attempt(&repository, task).tries, 6);
    repository.undo_last(2, now()).expect("undone");
    assert_eq!(attempt(&repository, 1).tries, 4, "what is taken back is no try");
    repository.redo_last(2, now()).expect("done again");
    assert_eq!(attempt(&repository, 1).tries, 6);
}

#[test]
fn tries_count_for_the_person_whatever_the_task_and_begin_anew_when_somebody_is_reached() {
    let (_folder, mut repository) = file(&[CALL, MISSED, VOICEMAIL, OTHERS]);
    end(&mut repository, 2, Outcome::LeftVoicemail);
    assert_eq!(attempt(&repository, 1).tries, 1, "the missed call was from her number");
    assert_eq!(attempt(&repository, 4).tries, 0, "another number");
    let at = TaskDate::parse("2026-03-09T14:00:00+00:00").expect("a date");
    let ended = end(&mut repository, 1, Outcome::CallBack(at));
    let next = ended.next.expect("a call");
    let made = repository.tasks(&[next]).expect("read").remove(0);
    assert_eq!(made.record.get("date"), Some("\"2026-03-09T14:00:00+00:00\""));
    assert_eq!(attempt(&repository, next.0).tries, 0, "she was reached");
}

#[test]
fn a_task_without_a_number_is_called_by_one_of_its_contact() {
    let todo = r#"{"id":"task_todo01","_type":"lead","is_complete":false,"date":"2026-03-04","text":"Quote","lead_id":"lead_1","contact_id":"cont_1"}"#;
    let (_folder, repository) = file(&[CALL, todo, MISSED]);
    let attempt = attempt(&repository, 2);
    assert_eq!(attempt.number.as_ref().map(PhoneNumber::dialled), Some("+13125550188"));
    assert_eq!(attempt.debts.len(), 1);
}

#[test]
fn the_newest_number_of_a_contact_is_called_however_many_older_ones_there_are() {
    let call = |n: i64| {
        let number = if n == 60 { 199 } else { 100 };
        CALL.replace("task_call01", &format!("task_call{n:03}")).replace("+13125550188", &format!("+13125550{number}"))
    };
    // The open ones would come first from the index.
    let done = |line: String| line.replace("\"is_complete\":false", "\"is_complete\":true");
    let calls: Vec<String> = (1..=60).map(|n| if n == 60 { done(call(n)) } else { call(n) }).collect();
    let (_folder, repository) = file(&calls.iter().map(String::as_str).collect::<Vec<_>>());
    let number = repository.number_of_contact(&LeadId::new("lead_1"), &ContactId::new("cont_1")).expect("read");
    assert_eq!(number.as_ref().map(PhoneNumber::dialled), Some("+13125550199"));
}

#[test]
fn what_an_outcome_made_and_changed_waits_to_be_sent() {
    let (_folder, mut repository) = file(&[CALL, MISSED, OTHERS]);
    let unsent = |repository: &Repository| -> Vec<i64> {
        let search = crate::domain::query::parse("is:unsent", &today(), None).expect("a query");
        let filter = Filter { types: TypeSet::ALL, search, ..Filter::default() };
        let query = Query { view: View::All, filter, order: Order::AS_THEY_CAME };
        repository.matching(&query, &today()).expect("read").iter().map(|task| task.0).collect()
    };
    end(&mut repository, 1, Outcome::NoAnswer);
    assert_eq!(unsent(&repository), [1, 2, 4]);
    repository.undo(now()).expect("undone");
    assert_eq!(unsent(&repository), [0_i64; 0]);
}

#[test]
fn calls_are_told_since_a_moment_as_long_as_they_are_not_taken_back() {
    let (_folder, mut repository) = file(&[CALL, OTHERS]);
    end(&mut repository, 1, Outcome::NoAnswer);
    end(&mut repository, 2, Outcome::WrongNumber);
    let told =
        |repository: &Repository| repository.since(now()).expect("read").calls.into_iter().map(|(e, _)| e.word());
    assert_eq!(told(&repository).collect::<Vec<_>>(), ["no_answer", "wrong_number"]);
    repository.undo(now()).expect("undone");
    assert_eq!(told(&repository).collect::<Vec<_>>(), ["no_answer"]);
}
