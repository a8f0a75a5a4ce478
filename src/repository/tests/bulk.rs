//! Bulk changes: what another program did meanwhile, and what a change would do.

use super::properties::everything;
use super::*;
use crate::domain::date::TaskDate;
use crate::domain::edit::{Changes, NewTask, local_id};
use crate::domain::query;
use crate::domain::task::Party;

fn todo(id: u8, text: &str) -> String {
    format!(r#"{{"id":"task_{id:06}","_type":"lead","is_complete":false,"date":"2026-03-04","text":"{text}"}}"#)
}

/// So many to-dos with the text `quote`.
fn quotes(count: u8) -> (tempfile::TempDir, Repository) {
    let lines: Vec<String> = (1..=count).map(|id| todo(id, "quote")).collect();
    file(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn elsewhere(folder: &tempfile::TempDir) -> Repository {
    Repository::open(&folder.path().join("tasks.db")).expect("opened a second time")
}

fn change(repository: &mut Repository, number: i64, edit: Edit) {
    repository.edit(&Batch::new(&[TaskNumber(number)], &edit, now())).expect("changed");
}

fn numbers(numbers: &[i64]) -> Vec<TaskNumber> {
    numbers.iter().copied().map(TaskNumber).collect()
}

fn open_quotes(today: &Today) -> Query {
    let search = query::parse("quote", today, None).expect("a query");
    let filter = Filter { types: TypeSet::ALL, search, ..Filter::default() };
    Query { view: View::Open, filter, order: Order::BY_DATE }
}

#[test]
fn a_bulk_by_query_leaves_out_what_matches_no_longer_and_takes_nothing_new_in() {
    let (folder, mut repository) = quotes(4);
    let today = Today::new(now(), Zone::UTC);
    let query = open_quotes(&today);
    let found = repository.matching(&query, &today).expect("found");
    assert_eq!(found.len(), 4);
    let mut other = elsewhere(&folder);
    let text = Changes { text: Some("offer".to_owned()), ..Changes::default() };
    change(&mut other, 1, Edit::Delete);
    change(&mut other, 2, Edit::Complete(true));
    change(&mut other, 3, Edit::Fields(Box::new(text)));
    take(&mut other, &[&todo(5, "quote")]);
    let before = everything(&repository);
    let edit = Edit::Delete;
    let batch = Batch { lenient: true, matched: Some((&query, &today)), ..Batch::new(&found, &edit, now()) };
    let written = repository.edit(&batch).expect("written");
    assert_eq!((written.changed, written.left_out), (numbers(&[4]), numbers(&[1, 2, 3])));
    assert_eq!(written.summary, "Deleted \"quote\"");
    let after = everything(&repository);
    assert_eq!(after.len(), before.len() - 1);
    assert!(before.iter().filter(|task| task.number.0 != 4).all(|task| after.contains(task)));
    // Where none is left, nothing changes, and that is no error.
    let written = repository.edit(&batch).expect("written");
    assert_eq!((written.step, written.left_out.len()), (None, 4));
    assert_counts(&repository);
}

#[test]
fn marked_tasks_that_are_gone_are_told_and_do_not_stop_the_others_from_changing() {
    let (folder, mut repository) = quotes(3);
    change(&mut elsewhere(&folder), 2, Edit::Delete);
    let (edit, all) = (Edit::Complete(true), numbers(&[1, 2, 3]));
    let strict = Batch::new(&all, &edit, now());
    assert!(matches!(repository.edit(&strict), Err(Error::NoTask { number: 2, .. })), "named tasks are all or none");
    let written = repository.edit(&Batch { lenient: true, ..strict }).expect("written");
    assert_eq!((written.changed, written.left_out), (numbers(&[1, 3]), numbers(&[2])));
    assert_eq!(written.summary, "Completed 2");
    let gone = Batch { lenient: true, ..Batch::new(&all[1..2], &edit, now()) };
    assert!(matches!(repository.edit(&gone), Err(Error::NoTask { number: 2, .. })), "none of them is there");
}

#[test]
fn what_a_change_would_do_is_what_it_does_and_nothing_is_changed_by_asking() {
    let ana = Party { id: Some(RepId::new("user_1")), name: Some("Ana".to_owned()) };
    let later = TaskDate::parse("2026-03-09").expect("a date");
    let edits =
        [Edit::Complete(true), Edit::Complete(false), Edit::Snooze(later.into()), Edit::Assign(ana), Edit::Delete];
    for edit in edits {
        let (_folder, mut repository) = file(&[OPEN, NULL_COMPLETE, DONE, &todo(4, "quote")]);
        let all = numbers(&[1, 2, 3, 4, 9]);
        let batch = Batch { lenient: true, ..Batch::new(&all, &edit, now()) };
        let (before, steps) = (everything(&repository), repository.history(None, 9).expect("the journal"));
        let would = repository.try_edit(&batch).expect("tried");
        assert_eq!(everything(&repository), before, "{edit:?}");
        assert_eq!(repository.history(None, 9).expect("the journal"), steps, "{edit:?}");
        assert_eq!(repository.edit(&batch).expect("written"), would, "{edit:?}");
        assert_counts(&repository);
    }
}

#[test]
fn what_a_write_made_and_took_back_is_not_taken_for_what_comes_next() {
    let (_folder, mut repository) = file(&[NULL_COMPLETE]);
    let (edit, one) = (Edit::Complete(true), numbers(&[1]));
    repository.try_edit(&Batch::new(&one, &edit, now())).expect("tried");
    let fields = Changes { text: Some("Ring".to_owned()), ..Changes::default() };
    let new = NewTask { is_call: true, fields, id: local_id(1), by: None };
    repository.add(&new, now()).expect("added");
    let added = repository.tasks(&numbers(&[2])).expect("read");
    assert_eq!(added[0].record, new.record(now()));
}

#[test]
fn a_deleted_task_is_told_as_it_was() {
    let (_folder, mut repository) = file(&[OPEN, DONE]);
    let mut before = everything(&repository);
    // What is not in the file has not arrived in it.
    before.iter_mut().for_each(|task| task.local.arrived = None);
    let (edit, all) = (Edit::Delete, numbers(&[1, 2]));
    let written = repository.edit(&Batch::new(&all, &edit, now())).expect("deleted");
    assert_eq!(repository.deleted(&written.changed).expect("read"), before);
}

#[test]
fn a_task_that_was_deleted_here_stays_so_and_an_import_says_it() {
    let mail = r#"{"id":"task_mail01","_type":"incoming_email","is_complete":false,"date":"2026-03-04","object_type":"emailthread","object_id":"acti_1","emails":["m1"]}"#;
    let (_folder, mut repository) =
        file(&[OPEN, mail, &mail.replace("01", "02"), &mail.replace("01", "03").replace("acti_1", "acti_2")]);
    let (edit, all) = (Edit::Delete, everything(&repository).iter().map(|task| task.number).collect::<Vec<_>>());
    repository.edit(&Batch::new(&all, &edit, now())).expect("deleted");
    let newer = OPEN.replace("2026-03-01T00", "2026-03-03T00");
    let again = [&newer, mail, &mail.replace("01", "02"), &mail.replace("01", "03").replace("acti_1", "acti_2")];
    assert_eq!(take(&mut repository, &again), [Taken::StaysDeleted; 4]);
    assert!(everything(&repository).is_empty());
}
