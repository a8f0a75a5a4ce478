//! What happened since a moment, whatever told of it and in whatever order.

use super::*;
use crate::domain::date::TaskDate;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn call(id: &str, complete: bool, updated: &str, by: &str) -> String {
    format!(
        r#"{{"id":"noti_{id}","_type":"missed_call","is_complete":{complete},"date":"2026-03-01","date_updated":"{updated}","updated_by_name":"{by}"}}"#
    )
}

fn import(repository: &mut Repository, now: &str, lines: &[String]) {
    let mut importer = repository.importer(at(now)).expect("begins");
    for line in lines {
        let record = parse_record(line).expect("JSON");
        let task = Task::read(&record).expect("a task");
        importer.take(&Packed::new(&record, &task, None)).expect("taken");
    }
    importer.finish("Imported").expect("committed");
}

fn complete(repository: &mut Repository, now: &str, number: i64) {
    repository.edit(&Batch::new(&[TaskNumber(number)], &Edit::Complete(true), at(now))).expect("written");
}

/// Which tasks were done, and by whom.
fn done(repository: &Repository, since: &str) -> Vec<(i64, Option<String>)> {
    let happened = repository.since(at(since)).expect("read");
    happened.done.into_iter().map(|deed| (deed.task.number.0, deed.by)).collect()
}

fn by(name: &str) -> Option<String> {
    Some(name.to_owned())
}

#[test]
fn what_was_done_in_close_was_done_when_close_says_and_by_whom_not_when_it_was_imported() {
    let (_folder, mut repository) = file(&[]);
    let lines = [
        call("old", true, "2026-02-01T10:00:00Z", "Ana Ruiz"),
        call("late", true, "2026-03-03T10:00:00Z", "Ana Ruiz"),
        call("open", false, "2026-03-03T10:00:00Z", "Bo Ek"),
        call("nobody", true, "2026-03-03T11:00:00Z", ""),
    ];
    import(&mut repository, "2026-03-04T09:00:00Z", &lines);
    let mut happened = repository.since(at("2026-03-03T00:00:00Z")).expect("read");
    assert_eq!(happened.came.iter().sum::<u64>(), 1, "one that is open came");
    assert!(happened.moved.is_empty());
    assert_eq!(done(&repository, "2026-03-03T00:00:00Z"), [(2, by("Ana Ruiz")), (4, None)]);
    import(&mut repository, "2026-03-04T10:00:00Z", &[call("open", true, "2026-03-04T08:00:00Z", "Bo Ek")]);
    assert_eq!(done(&repository, "2026-03-04T00:00:00Z"), [(3, by("Bo Ek"))]);
    assert_eq!(done(&repository, "2026-03-04T09:30:00Z"), []);
    // What an import brought and a purge or an undo took away again is not told.
    repository.undo(at("2026-03-04T11:00:00Z")).expect("undone");
    assert_eq!(done(&repository, "2026-03-04T00:00:00Z"), []);
    repository.undo(at("2026-03-04T11:00:00Z")).expect("undone");
    happened = repository.since(at("2026-03-03T00:00:00Z")).expect("read");
    assert_eq!((happened.came.iter().sum::<u64>(), happened.done.len()), (0, 0));
}

#[test]
fn who_did_it_here_is_told_by_the_journal_also_where_close_says_so_later() {
    let (_folder, repository) = file(&[]);
    let mut repository = repository.signed(by("Bo Ek"));
    let open = |id| call(id, false, "2026-03-01T10:00:00Z", "Ana Ruiz");
    import(&mut repository, "2026-03-02T09:00:00Z", &[open("a"), open("b"), open("c")]);
    for number in 1..=3 {
        complete(&mut repository, "2026-03-04T10:00:00Z", number);
    }
    let newer = |complete| call("a", complete, "2026-03-04T11:00:00Z", "Close");
    import(&mut repository, "2026-03-04T12:00:00Z", &[newer(true)]);
    assert_eq!(done(&repository, "2026-03-04T00:00:00Z"), [1, 2, 3].map(|number| (number, by("Bo Ek"))));
    repository.edit(&Batch::new(&[TaskNumber(3)], &Edit::Complete(false), now())).expect("opened again");
    let number = |(number, _): (i64, Option<String>)| number;
    assert_eq!(done(&repository, "2026-03-04T00:00:00Z").into_iter().map(number).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn one_step_with_an_earlier_clock_hides_no_other() {
    let (_folder, mut repository) = file(&[]);
    let open = |id| call(id, false, "2026-03-01T10:00:00Z", "Ana Ruiz");
    import(&mut repository, "2026-03-03T09:00:00Z", &[open("a"), open("b"), open("c")]);
    repository.edit(&Batch::new(&[TaskNumber(3)], &Edit::Pin(true), at("2026-03-03T10:00:00Z"))).expect("pinned");
    complete(&mut repository, "2026-03-03T11:00:00Z", 1);
    let friday = TaskDate::parse("2026-03-06").expect("a date");
    let snooze = Edit::Snooze(friday.into());
    repository.edit(&Batch::new(&[TaskNumber(3)], &snooze, at("2026-03-03T11:30:00Z"))).expect("snoozed");
    // The clock is set back, or another machine's is late.
    complete(&mut repository, "2026-02-20T00:00:00Z", 2);
    let happened = repository.since(at("2026-03-03T00:00:00Z")).expect("read");
    let numbers = |deeds: &[Deed]| deeds.iter().map(|deed| deed.task.number.0).collect::<Vec<_>>();
    assert_eq!((numbers(&happened.done), numbers(&happened.moved)), (vec![1], vec![3]));
    assert_eq!(happened.came.iter().sum::<u64>(), 1);
}
