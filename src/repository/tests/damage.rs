//! Files that were damaged: every question ends in an answer or a sentence.

use std::path::Path;

use rusqlite::Connection;

use super::{DONE, NULL_COMPLETE, OPEN, file, now};
use crate::domain::edit::Edit;
use crate::domain::filter::{Filter, People, Query, TypeSet};
use crate::domain::order::Order;
use crate::domain::task::{RepId, TaskNumber};
use crate::domain::view::{Today, View};
use crate::domain::zone::Zone;
use crate::repository::{Batch, Error, Repository, Result, examine};

/// Asks all that `list`, `count`, `history`, `show` and the screen ask.
fn ask_everything(path: &Path) -> Result<()> {
    let repository = Repository::open_reader(path)?;
    let today = Today::new(now(), "America/New_York".parse().expect("a zone"));
    let mut answers = Vec::new();
    for people in [People::Everyone, People::Rep(RepId::new("user_1"))] {
        let filter = Filter { types: TypeSet::ALL, people: people.clone(), ..Filter::default() };
        for (view, order) in
            [(View::All, Order::AS_THEY_CAME), (View::Open, Order::BY_DATE), (View::Archive, Order::NEWEST_COMPLETION)]
        {
            let query = Query { view, filter: filter.clone(), order };
            answers.push(repository.list(&query, &today, 0, None).map(drop));
        }
        answers.push(repository.tally(&filter, &today).map(drop));
        answers.push(repository.open_tasks(&people, &Zone::UTC).map(drop));
    }
    answers.push(repository.history(None, 100).map(drop));
    answers.push(repository.tasks(&[TaskNumber(1), TaskNumber(2), TaskNumber(3)]).map(drop));
    answers.push(repository.reps().map(drop));
    answers.push(repository.memory("screen").map(drop));
    answers.into_iter().collect()
}

/// Changes what can be changed, in a file that is thrown away afterwards.
fn change_everything(path: &Path) -> Result<()> {
    let mut repository = Repository::open(path)?;
    repository.undo(now())?;
    repository.redo(now())?;
    repository.edit(&Batch::new(&[TaskNumber(1), TaskNumber(3)], &Edit::Complete(true), now()))?;
    repository.edit(&Batch::new(&[TaskNumber(2)], &Edit::Delete, now()))?;
    repository.undo(now()).map(drop)
}

/// The bytes of a file with tasks of several kinds and a journal, its log moved into it.
fn small() -> Vec<u8> {
    let (folder, mut repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    repository.edit(&Batch::new(&[TaskNumber(1)], &Edit::Complete(true), now())).expect("written");
    repository.edit(&Batch::new(&[TaskNumber(3)], &Edit::Delete, now())).expect("written");
    repository.undo(now()).expect("undone");
    repository.remember("screen", "x").expect("remembered");
    drop(repository);
    std::fs::read(folder.path().join("tasks.db")).expect("read")
}

#[test]
fn p30_whatever_byte_of_a_file_is_flipped_no_question_and_no_change_panics() {
    let sound = small();
    let folder = tempfile::tempdir().expect("a folder");
    let page = 4096;
    // The first bytes of a page say what it is; its last ones are the rows.
    let places = |start: usize| {
        let head = (0..8).map(move |i| start + i);
        head.chain((0..3).map(move |i| start + page - 1 - i * 37))
    };
    // A copy made by a test is open to others, which is no damage.
    let complains = |path: &Path| examine(path).iter().any(|f| f.remedy.is_some() && f.subject != "file");
    let whole = folder.path().join("whole.db");
    std::fs::write(&whole, &sound).expect("written");
    assert!(!complains(&whole), "{:?}", examine(&whole));
    let (mut noticed, mut at) = (0, 0_usize);
    for place in (0..sound.len()).step_by(page).flat_map(places) {
        at += 1;
        let mut bytes = sound.clone();
        bytes[place] ^= if at % 2 == 0 { 0xff } else { 0x01 };
        let path = folder.path().join(format!("{at}.db"));
        std::fs::write(&path, bytes).expect("written");
        let asked = ask_everything(&path);
        let is_found = complains(&path);
        let changed = if at % 3 == 0 { change_everything(&path) } else { Ok(()) };
        noticed += usize::from(is_found || asked.is_err() || changed.is_err());
        for error in [asked, changed].into_iter().filter_map(Result::err) {
            let said = error.to_string();
            assert!(said.contains(&*path.to_string_lossy()) || matches!(error, Error::NoTask { .. }), "{said}");
        }
        for name in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(folder.path().join(format!("{at}.db{name}"))));
        }
    }
    assert!(noticed > at / 4, "only {noticed} of {at} were noticed");
}

/// Values that no table of ours takes, written past its rules.
fn write_strange(path: &Path, sql: &str) {
    let conn = Connection::open(path).expect("opens");
    let strict = "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'task'";
    conn.execute_batch(&format!("PRAGMA writable_schema = ON; {strict}")).expect("loosened");
    drop(conn);
    let conn = Connection::open(path).expect("opens");
    conn.execute_batch(&format!("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; {sql}"))
        .expect("strange");
    drop(conn);
    let conn = Connection::open(path).expect("opens");
    let strict = "UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'task'";
    conn.execute_batch(&format!("PRAGMA writable_schema = ON; {strict}")).expect("tightened");
}

#[test]
fn p30_a_value_of_a_wrong_kind_is_an_error_with_the_tasks_number() {
    for (column, value) in [
        ("fields", "'not JSON'"),
        ("fields", "'[]'"),
        ("fields", "x'ff00'"),
        ("fields", "7"),
        ("shape", "99"),
        ("day", "9223372036854775807"),
        ("day", "2932897"),
        ("day", "-719529"),
        ("day", "'Monday'"),
        ("done_at", "'yesterday'"),
        ("done_at", "8210266876799000000"),
        ("created", "253402300800000000"),
        ("done_about", "'perhaps'"),
        ("created", "'once'"),
        ("created", "9223372036854775806"),
        ("flags", "4"),
        ("flags", "'red'"),
    ] {
        let (_folder, repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
        let path = repository.path().to_owned();
        drop(repository);
        let task = if column == "done_at" || column == "done_about" { 3 } else { 1 };
        write_strange(&path, &format!("UPDATE task SET {column} = {value} WHERE n = {task}"));
        let repository = Repository::open_reader(&path).expect("its schema is ours");
        let error = repository.tasks(&[TaskNumber(task)]).expect_err("not a task");
        let said = error.to_string();
        assert!(
            said.contains(&format!("task {task} in ")) && said.contains("name a backup with --db"),
            "{column}: {said}"
        );
        assert!(ask_everything(&path).is_err(), "{column} = {value}");
    }
}

#[test]
fn p30_a_file_that_has_lost_its_types_is_called_damaged() {
    let (_folder, repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let path = repository.path().to_owned();
    drop(repository);
    write_strange(&path, "DELETE FROM type");
    let repository = Repository::open_reader(&path).expect("its schema is ours");
    let filter = Filter { types: TypeSet::ALL, ..Filter::default() };
    let error = repository.tally(&filter, &Today::new(now(), Zone::UTC)).expect_err("counts of nothing");
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
}

#[test]
fn p30_a_file_of_repbox_with_other_tables_is_called_another_versions_and_stays_as_it_is() {
    for change in ["DROP TABLE call", "CREATE INDEX later ON call (task)", "ALTER TABLE note ADD COLUMN by TEXT"] {
        let (_folder, repository) = file(&[OPEN]);
        let path = repository.path().to_owned();
        drop(repository);
        Connection::open(&path).and_then(|conn| conn.execute_batch(change)).expect("another version");
        let before = std::fs::read(&path).expect("read");
        for refused in [Repository::open(&path), Repository::open_reader(&path)] {
            let said = refused.expect_err("other tables").to_string();
            assert!(said.contains("is of another version of repbox") && !said.contains("program"), "{change}: {said}");
            assert!(said.contains("export its tasks with that version") && said.contains("--db"), "{change}: {said}");
        }
        assert_eq!(std::fs::read(&path).expect("read"), before, "{change}");
    }
}
