//! The indexes of words: after any changes they hold of each row and name what words find in it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::domain::edit::{Changes, NewTask, local_id};
use crate::domain::query::indexed::{PIECE, indexed, indexed_name};
use crate::domain::retention::KeepTimes;
use crate::domain::task::{LeadId, Note, Party};
use crate::repository::row::{self, SELECT};

/// By row, each piece where it stands.
type Held = BTreeMap<i64, Vec<(i64, String)>>;

fn held(repository: &Repository, index: &str) -> Held {
    let vocabulary =
        format!("CREATE VIRTUAL TABLE IF NOT EXISTS temp.of_{index} USING fts5vocab(main, {index}, instance)");
    repository.conn.execute_batch(&vocabulary).expect("made");
    let pieces = format!("SELECT doc, offset, term FROM temp.of_{index}");
    let mut select = repository.conn.prepare(&pieces).expect("a statement");
    let mut rows = select.query([]).expect("read");
    let mut held: Held = rows_of_the_index(repository, index).into_iter().map(|n| (n, Vec::new())).collect();
    while let Some(row) = rows.next().expect("read") {
        let of: &mut Vec<_> = held.entry(row.get(0).expect("a number")).or_default();
        of.push((row.get(1).expect("a place"), row.get(2).expect("a piece")));
    }
    held.values_mut().for_each(|pieces| pieces.sort_unstable());
    held
}

fn rows_of_the_index(repository: &Repository, index: &str) -> Vec<i64> {
    let mut select = repository.conn.prepare(&format!("SELECT rowid FROM {index}")).expect("a statement");
    select.query_map([], |row| row.get(0)).expect("read").collect::<rusqlite::Result<_>>().expect("numbers")
}

/// What each row of `task` says, in the file or not.
fn said(repository: &Repository) -> Held {
    let mut select = repository.conn.prepare(SELECT).expect("a statement");
    let decode = |row: &rusqlite::Row<'_>| row::decode(&repository.conn, &repository.shapes, row);
    let tasks = select.query_map([], decode).expect("read").collect::<rusqlite::Result<Vec<_>>>().expect("tasks");
    let of = |task: &crate::domain::task::StoredTask| pieces(&indexed(&task.task, &task.local.notes));
    tasks.iter().map(|task| (task.number.0, of(task))).collect()
}

/// What the names of a table say.
fn names(repository: &Repository, table: &str) -> Held {
    let mut select =
        repository.conn.prepare(&format!("SELECT n, coalesce(name, '') FROM {table}")).expect("a statement");
    let name = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, pieces(&indexed_name(&row.get::<_, String>(1)?))));
    select.query_map([], name).expect("read").collect::<rusqlite::Result<_>>().expect("names")
}

fn pieces(text: &str) -> Vec<(i64, String)> {
    let letters: Vec<char> = text.chars().collect();
    (0..).zip(letters.windows(PIECE).map(|piece| piece.iter().collect())).collect()
}

/// What a person, another file or time does.
#[derive(Clone, Debug)]
enum Happening {
    Edit(Edit, Vec<i64>),
    Add(String),
    Import(Vec<String>),
    /// Begun and given up.
    StopImport(Vec<String>),
    Purge,
    Undo,
    Redo,
}

const TEXTS: [&str; 8] = [
    "Call Łódź",
    "Straße 5\nblå Ørsted",
    "见面 确认合同",
    "👍🏽👍🏽👍🏽 ok",
    "ab",
    "",
    "a \"quote\" OR (b*)",
    "nul\0nul\u{10}x",
];

fn any_text() -> impl Strategy<Value = String> {
    prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned)
}

/// Records of few ids, so that they meet: to-dos, calls, and emails of two threads.
fn any_record() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec![
        r#""_type":"lead","lead_id":"lead_1","lead_name":"Acme""#,
        r#""_type":"lead","lead_id":"lead_1","lead_name":"Ærø Robotics""#,
        r#""_type":"missed_call","phone":"+13125550188","phone_formatted":"+1 312-555-0188""#,
        r#""_type":"incoming_email","object_id":"acti_1""#,
        r#""_type":"incoming_email","object_id":"acti_2","body_preview":"Hi Zoë""#,
        r#""_type":"fax","contact_id":"cont_1","contact_name":"Zoë ½""#,
    ]);
    (0..9_u32, kind, any::<bool>(), 1..9_u32, any_text()).prop_map(|(id, kind, done, day, text)| {
        let text = serde_json::to_string(&text).expect("JSON");
        format!(
            r#"{{"id":"task_{id:06}",{kind},"is_complete":{done},"date":"2026-03-0{day}","date_updated":"2026-03-0{day}T00:00:00Z","assigned_to":"user_1","text":{text},"subject":{text}}}"#
        )
    })
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let lead = Party { id: Some(LeadId::new("lead_2")), name: Some("Neu & Söhne".to_owned()) };
    let to_lead = Changes { lead: Some(lead), ..Changes::default() };
    let day = crate::domain::date::TaskDate::Day("2026-03-06".parse().expect("a day"));
    prop_oneof![
        any_text().prop_map(|text| Edit::Fields(Box::new(Changes { text: Some(text), ..Changes::default() }))),
        any_text().prop_map(|text| Edit::Note(Note { at: now(), text })),
        any::<bool>().prop_map(Edit::Complete),
        Just(Edit::Fields(Box::new(to_lead))),
        Just(Edit::Snooze(day.into())),
        Just(Edit::Delete),
    ]
}

fn any_happening() -> impl Strategy<Value = Happening> {
    let records = || prop::collection::vec(any_record(), 1..9);
    prop_oneof![
        5 => (any_edit(), prop::collection::vec(1..12_i64, 1..6)).prop_map(|(edit, tasks)| Happening::Edit(edit, tasks)),
        1 => any_text().prop_map(Happening::Add),
        3 => records().prop_map(Happening::Import),
        1 => records().prop_map(Happening::StopImport),
        1 => Just(Happening::Purge),
        3 => Just(Happening::Undo),
        2 => Just(Happening::Redo),
    ]
}

fn happen(repository: &mut Repository, happening: &Happening, turn: usize) {
    match happening {
        Happening::Edit(edit, tasks) => {
            let tasks: Vec<TaskNumber> = tasks.iter().copied().map(TaskNumber).collect();
            let batch = Batch { lenient: true, ..Batch::new(&tasks, edit, now()) };
            // Of numbers that all are gone nothing is changed.
            drop(repository.edit(&batch));
        }
        Happening::Add(text) => {
            let fields = Changes { text: Some(text.clone()), ..Changes::default() };
            let new = NewTask { is_call: false, fields, id: local_id(turn as u128), by: None };
            repository.add(&new, now()).expect("added");
        }
        Happening::Import(records) => {
            take(repository, &records.iter().map(String::as_str).collect::<Vec<_>>());
        }
        Happening::StopImport(records) => {
            let mut importer = repository.importer(now()).expect("begins");
            for json in records {
                let record = parse_record(json).expect("JSON");
                let task = Task::read(&record).expect("a task");
                importer.take(&Packed::new(&record, &task, None)).expect("taken");
            }
        }
        Happening::Purge => {
            let (keep, later) = (KeepTimes::default(), now() + TimeDelta::days(1000));
            let (expired, _) = repository.expired(&keep, later).expect("read");
            repository.purge(&expired, &keep, later).expect("purged");
        }
        Happening::Undo => drop(repository.undo(now()).expect("undone")),
        Happening::Redo => drop(repository.redo(now()).expect("done again")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_index_holds_what_words_find_in_each_row(
        happenings in prop::collection::vec(any_happening(), 1..14),
    ) {
        let (_folder, mut repository) = file(&[]);
        for (turn, happening) in happenings.iter().enumerate() {
            happen(&mut repository, happening, turn);
            prop_assert_eq!(held(&repository, "word"), said(&repository), "after {:?}", happening);
            for table in ["lead", "contact"] {
                let held = held(&repository, &format!("{table}_word"));
                prop_assert_eq!(held, names(&repository, table), "after {:?}", happening);
            }
        }
        let sound: String = repository.conn.pragma_query_value(None, "integrity_check", |row| row.get(0)).expect("checked");
        prop_assert_eq!(sound, "ok");
    }
}

#[test]
fn a_change_that_no_word_finds_leaves_the_index_alone() {
    let (_folder, mut repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let size = |repository: &Repository| -> i64 {
        let blocks = "SELECT count(*) + sum(id) + sum(length(block)) FROM word_data";
        repository.conn.query_row(blocks, [], |row| row.get(0)).expect("a size")
    };
    let before = size(&repository);
    let day = crate::domain::date::TaskDate::Day("2026-03-06".parse().expect("a day"));
    let rep = Party { id: Some(RepId::new("user_2")), name: Some("Bo".to_owned()) };
    for edit in [Edit::Snooze(day.into()), Edit::Assign(rep), Edit::Pin(true), Edit::Complete(true), Edit::Delete] {
        let numbers = [TaskNumber(1), TaskNumber(2), TaskNumber(3)];
        let batch = Batch { lenient: true, ..Batch::new(&numbers, &edit, now()) };
        repository.edit(&batch).expect("changed");
    }
    while repository
        .undo(now())
        .expect("undone")
        .is_some_and(|step| step.step.action != crate::domain::change::Action::Import)
    {}
    repository.redo(now()).expect("done again");
    assert_eq!(size(&repository), before);
}

#[test]
fn a_question_that_another_thread_gives_up_says_so_and_the_next_one_is_answered() {
    let lines: Vec<String> = (0..400)
        .map(|i| format!(r#"{{"id":"task_{i:06}","_type":"lead","is_complete":true,"text":"quote {i}"}}"#))
        .collect();
    let (_folder, repository) = file(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let stop = repository.stopper();
    let query = Query {
        view: View::All,
        filter: Filter { types: TypeSet::ALL, ..Filter::default() },
        order: Order::AS_THEY_CAME,
    };
    let today = Today::new(now(), Zone::UTC);
    // The hand that stops is another one's, while the answer is half there.
    let mut met = 0;
    let stopped = repository.each(&query, &today, 0, None, &mut |_| {
        met += 1;
        if met == 10 {
            std::thread::scope(|scope| scope.spawn(&stop).join()).expect("stopped");
        }
        true
    });
    assert!(matches!(stopped, Err(Error::GivenUp(_))), "{stopped:?} after {met}");
    assert_eq!(repository.count(&query, &today).expect("counted"), 400);
}

#[test]
fn a_question_whose_end_was_stopped_too_does_not_hold_the_next_one_back() {
    let task = |n: u32| format!(r#"{{"id":"task_{n:06}","_type":"lead","text":"quote"}}"#);
    let (folder, repository) = file(&[&task(1)]);
    let open = || repository.open_tasks(&People::Everyone, &Zone::UTC).expect("read").len();
    repository.conn.execute_batch("BEGIN; SELECT n FROM task").expect("a reading that nothing ended");
    take(&mut Repository::open(&folder.path().join("tasks.db")).expect("once more"), &[&task(2)]);
    assert_eq!(open(), 1, "it is of the state that was read");
    repository.end_stopped().expect("ended");
    assert_eq!(open(), 2);
}
