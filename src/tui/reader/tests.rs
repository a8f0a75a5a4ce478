//! Windows of the lists, and names, from a real file.

use super::*;
use crate::domain::edit::{Changes, Edit, NewTask, local_id};
use crate::domain::query::Search;
use crate::domain::record::Record;
use crate::domain::task::{ContactId, RepId, Task};
use crate::domain::view::Today;
use crate::repository::{Batch, Packed};
use crate::tui::request::{Looked, NAMED};

#[test]
fn a_task_just_made_is_shown_though_it_is_somebody_elses_and_is_not_counted_as_theirs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.db");
    let now = DateTime::UNIX_EPOCH;
    let mut writer = Repository::open(&path).expect("a new file");
    let mut add = |text: &str, rep: &str| {
        let rep = Party { id: Some(RepId::new(rep.to_owned())), name: None };
        let fields = Changes { text: Some(text.to_owned()), rep: Some(rep), ..Changes::default() };
        let new = NewTask { is_call: false, fields, id: local_id(text.len() as u128), by: None };
        writer.add(&new, now).expect("made").changed[0]
    };
    let (theirs, mine) = (add("theirs", "user_2"), add("mine", "user_1"));
    let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
    let mut shown = |keep| {
        let people = People::Rep(RepId::new("user_1".to_owned()));
        let search = Search::default();
        let (today, sorting) = (Today::new(now, Zone::UTC), Sorting::default());
        let scope = Scope { types: TypeSet::default(), people, search, today, keep, sorting };
        let want = Want { around: None, rank: 0, rows: 10, after: None };
        let read = Read::Everything { scope, wants: Box::new([want; 3]), marks: Vec::new() };
        let Ok(Answer::Everything(everything)) = reader.answer(read) else { panic!("no answer") };
        let rows: Vec<_> = everything.parts[0].rows.iter().map(|row| row.number).collect();
        (rows, everything.counts.inbox[0])
    };
    assert_eq!(shown(None), (vec![mine], 1));
    assert_eq!(shown(Some(theirs)), (vec![mine, theirs], 1));
    assert_eq!(shown(None), (vec![mine], 1));
}

#[test]
fn a_search_is_answered_in_steps_the_open_tasks_first_and_follows_each_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.db");
    let mut writer = Repository::open(&path).expect("a new file");
    let now = DateTime::UNIX_EPOCH;
    let mut add = |n: u8, text: &str| {
        let fields = Changes { text: Some(text.to_owned()), ..Changes::default() };
        let new = NewTask { is_call: false, fields, id: local_id(n.into()), by: None };
        writer.add(&new, now).expect("made").changed[0]
    };
    let (open, done, other) = (add(1, "quote"), add(2, "the Quote"), add(3, "NDA"));
    writer.edit(&Batch::new(&[done], &Edit::Complete(true), now)).expect("done");
    let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
    let today = Today::new(now, Zone::UTC);
    let want = Want { around: None, rank: 0, rows: 10, after: None };
    let mut answer = |text: &str| {
        let search = crate::domain::query::parse(text, &today, None).expect("a query");
        let (types, people, sorting) = (TypeSet::ALL, People::Everyone, Sorting::default());
        let scope = Scope { types, people, search, today, keep: None, sorting };
        let read = Read::Everything { scope, wants: Box::new([want; 3]), marks: Vec::new() };
        let Ok(Answer::Everything(everything)) = reader.answer(read) else { panic!("no answer") };
        let rows = |part: &Part| part.rows.iter().map(|row| row.number).collect::<Vec<_>>();
        (everything.looked, rows(&everything.parts[0]), rows(&everything.parts[2]), everything.counts.archive[0])
    };
    assert_eq!(answer("quo"), (Looked::NotYet, vec![open], vec![], 0));
    assert_eq!(answer("quo"), (Looked::Begun, vec![open], vec![done], 0));
    assert_eq!(answer("quo"), (Looked::Whole, vec![open], vec![done], 1));
    assert_eq!(answer("quo").0, Looked::Whole);
    let changes = Changes { text: Some("quote too".to_owned()), ..Changes::default() };
    writer.edit(&Batch::new(&[other], &Edit::Fields(Box::new(changes)), now)).expect("changed");
    assert_eq!(answer("quo"), (Looked::NotYet, vec![open, other], vec![], 0));
    assert_eq!(answer("nda").1, []);
}

#[test]
fn letters_typed_one_after_the_other_find_what_the_whole_word_finds_also_where_texts_change_between() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.db");
    let mut writer = Repository::open(&path).expect("a new file");
    let now = DateTime::UNIX_EPOCH;
    // The words of a few of many are looked for in those few.
    let texts = ["quote", "ask about 4155", "call", "Quo vadis", "quorum"].into_iter().chain([""; 120]);
    let tasks: Vec<TaskNumber> = texts
        .enumerate()
        .map(|(n, text)| {
            let (text, phone) = (Some(text.to_owned()), (n == 2).then(|| "+1 (4) 15-5".to_owned()));
            let new = NewTask {
                is_call: n == 2,
                fields: Changes { text, phone, ..Changes::default() },
                id: local_id(n as u128),
                by: None,
            };
            writer.add(&new, now).expect("made").changed[0]
        })
        .collect();
    let today = Today::new(now, Zone::UTC);
    let answer = |reader: &mut Reader, text: &str, keep: Option<TaskNumber>| {
        let search = crate::domain::query::parse(text, &today, None).expect("a query");
        let (types, people, sorting) = (TypeSet::ALL, People::Everyone, Sorting::default());
        let scope = Scope { types, people, search, today, keep, sorting };
        let want = Want { around: None, rank: 0, rows: 10, after: None };
        let read = Read::Everything { scope, wants: Box::new([want; 3]), marks: Vec::new() };
        let Ok(Answer::Everything(everything)) = reader.answer(read) else { panic!("no answer") };
        everything.parts[0].rows.iter().map(|row| row.number).collect::<Vec<_>>()
    };
    let new_reader = || Reader::new(Repository::open_reader(&path).expect("opens"));
    let mut reader = new_reader();
    for (typed, changed) in [
        ("q", None),
        ("qu", Some((2, "quoted"))),
        ("quo", None),
        ("quot", Some((0, "nothing"))),
        ("quote is:open", None),
        ("4", None),
        ("41", None),
        ("415", Some((3, "415"))),
        ("4155", None),
    ] {
        for keep in [None, Some(tasks[4])] {
            assert_eq!(answer(&mut reader, typed, keep), answer(&mut new_reader(), typed, keep), "{typed}");
        }
        if let Some((task, text)) = changed {
            let fields = Changes { text: Some(text.to_owned()), ..Changes::default() };
            writer.edit(&Batch::new(&[tasks[task]], &Edit::Fields(Box::new(fields)), now)).expect("changed");
        }
    }
    assert_eq!(answer(&mut reader, "4155", None), [tasks[1], tasks[2]]);
}

#[test]
fn where_a_lead_stands_in_the_form_no_other_leads_contact_is_offered() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.db");
    let mut writer = Repository::open(&path).expect("a new file");
    for (n, lead, contact) in [(1, "acme", "Ann"), (2, "blue", "Bob")] {
        let lead = Party { id: Some(LeadId::new(format!("lead_{lead}"))), name: None };
        let contact = Party { id: Some(ContactId::new(format!("cont_{contact}"))), name: Some(contact.to_owned()) };
        let fields = Changes { lead: Some(lead), contact: Some(contact), ..Changes::default() };
        let new = NewTask { is_call: true, fields, id: local_id(n), by: None };
        writer.add(&new, DateTime::UNIX_EPOCH).expect("made");
    }
    let reader = Reader::new(Repository::open_reader(&path).expect("opens"));
    let acme = LeadId::new("lead_acme".to_owned());
    let offered = |text: &str, lead: Option<&LeadId>| -> Vec<String> {
        let names = reader.names(Field::Contact, text, lead).expect("names");
        names.into_iter().map(|name| name.name).collect()
    };
    assert_eq!(offered("", Some(&acme)), ["Ann"]);
    assert_eq!(offered("bo", Some(&acme)), [""; 0]);
    assert_eq!(offered("bo", None), ["Bob"]);
    assert_eq!(offered("", None), [""; 0], "not every contact of the file");
}

#[test]
fn a_completed_task_that_the_types_hide_stands_at_its_place_in_the_archive_in_any_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.db");
    let mut writer = Repository::open(&path).expect("a new file");
    let at = |second: i64| DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(second);
    let mut archived = Vec::new();
    for second in 0_i64..9 {
        let fields = Changes { text: Some(format!("{second}")), ..Changes::default() };
        let new = NewTask { is_call: second == 4, fields, id: local_id(second.unsigned_abs().into()), by: None };
        let task = writer.add(&new, at(0)).expect("made").changed[0];
        writer.edit(&Batch::new(&[task], &Edit::Complete(true), at(second))).expect("done");
        archived.insert(0, task);
    }
    let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
    let call = archived[4];
    let mut scope = Scope {
        types: TypeSet::default(),
        people: People::Everyone,
        search: Search::default(),
        today: Today::new(at(9), Zone::UTC),
        keep: Some(call),
        sorting: Sorting::default(),
    };
    let want = |around, rank, after| Want { around, rank, rows: 4, after };
    for want in [
        want(None, 0, None),
        want(None, 8, None),
        want(Some(call), 4, None),
        want(Some(archived[7]), 7, None),
        want(Some(archived[7]), 7, Some((archived[5], 5))),
        want(Some(archived[5]), 5, Some((call, 4))),
        want(Some(archived[3]), 3, Some((archived[1], 1))),
    ] {
        let part = reader.part(ListName::Archive, &scope, &want).expect("a window");
        let rows: Vec<_> = part.rows.iter().map(|row| row.number).collect();
        assert_eq!(rows, archived[part.first..part.first + rows.len()], "{want:?}");
        assert_eq!(part.total, 9);
        assert!(rows.len() >= 3 && want.around.is_none_or(|task| rows.contains(&task)), "{want:?}");
    }
    assert_eq!(reader.whole(ListName::Archive, &scope).expect("numbers"), archived);
    scope.keep = None;
    let part = reader.part(ListName::Archive, &scope, &want(None, 0, None)).expect("a window");
    assert_eq!((part.total, part.rows.iter().any(|row| row.number == call)), (8, false));
}

#[test]
fn open_tasks_are_counted_anew_on_the_next_day_and_after_a_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.db");
    let mut writer = Repository::open(&path).expect("a new file");
    let day = |days: i64| DateTime::UNIX_EPOCH + chrono::TimeDelta::days(days);
    let mut add = |n: u128| {
        let date = crate::domain::date::TaskDate::Day(day(1).date_naive());
        let fields = Changes { date: Some(date), ..Changes::default() };
        writer.add(&NewTask { is_call: false, fields, id: local_id(n), by: None }, day(0)).expect("made");
    };
    add(1);
    let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
    let mut counted = |days: i64| {
        let (types, people, search) = (TypeSet::ALL, People::Everyone, Search::default());
        let (today, sorting) = (Today::new(day(days), Zone::UTC), Sorting::default());
        let scope = Scope { types, people, search, today, keep: None, sorting };
        let want = Want { around: None, rank: 0, rows: 10, after: None };
        let read = Read::Everything { scope, wants: Box::new([want; 3]), marks: Vec::new() };
        let Ok(Answer::Everything(everything)) = reader.answer(read) else { panic!("no answer") };
        let counts = everything.counts;
        (counts.future[0], counts.inbox[0], counts.overdue[0])
    };
    assert_eq!([counted(0), counted(1), counted(2), counted(0)], [(1, 0, 0), (0, 1, 0), (0, 1, 1), (1, 0, 0)]);
    add(2);
    assert_eq!(counted(0), (2, 0, 0));
}

#[test]
fn what_was_done_today_is_counted_as_the_statistics_count_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.db");
    let mut writer = Repository::open(&path).expect("a new file");
    let now = DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(30);
    // A file does not tell when a task was completed: it was by its last update.
    let line = r#"{"id":"task_1","_type":"lead","is_complete":true,"date":"1970-01-02","date_updated":"1970-01-02T05:00:00+00:00"}"#;
    let record = serde_json::from_str(line).expect("JSON");
    let task = crate::domain::task::Task::read(&record).expect("a task");
    let mut importer = writer.importer(now).expect("begins");
    importer.take(&crate::repository::Packed::new(&record, &task, None)).expect("taken");
    importer.finish("Imported").expect("committed");
    let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
    let today = Today::new(now, Zone::UTC);
    let (types, people, search, sorting) = (TypeSet::ALL, People::Everyone, Search::default(), Sorting::default());
    let scope = Scope { types, people, search, today, keep: None, sorting };
    let want = Want { around: None, rank: 0, rows: 10, after: None };
    let read = Read::Everything { scope, wants: Box::new([want; 3]), marks: Vec::new() };
    let Ok(Answer::Everything(everything)) = reader.answer(read) else { panic!("no answer") };
    let Ok(Answer::Stats(stats)) = reader.answer(Read::Stats { today }) else { panic!("no figures") };
    assert_eq!((everything.done_today as u64, stats.today()), (1, 1));
}

#[test]
fn each_unknown_type_is_shown_and_marked_by_itself_and_alike_in_the_inbox_and_the_archive() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.db");
    let mut writer = Repository::open(&path).expect("a new file");
    let now = DateTime::UNIX_EPOCH;
    let mut importer = writer.importer(now).expect("begins");
    for (n, name) in ["fax", "pager", "lead", "pager"].into_iter().enumerate() {
        for (is_complete, half) in [(false, "open"), (true, "done")] {
            let json = format!(
                r#"{{"id":"task_{half}_{n}","_type":"{name}","is_complete":{is_complete},"text":"ring","date_updated":"1970-01-01T00:00:00Z"}}"#
            );
            let record: Record<'_> = serde_json::from_str(&json).expect("JSON");
            let task = Task::read(&record).expect("a task");
            importer.take(&Packed::new(&record, &task, None)).expect("taken");
        }
    }
    importer.finish("Imported").expect("committed");
    let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
    let today = Today::new(now, Zone::UTC);
    let mut shown = |types: &str, search: &str| {
        let search = crate::domain::query::parse(search, &today, None).expect("a query");
        let (types, people, sorting) = (TypeSet::from_words(types), People::Everyone, Sorting::default());
        let scope = Scope { types, people, search, today, keep: None, sorting };
        let want = Want { around: None, rank: 0, rows: 10, after: None };
        let everything = loop {
            let read = Read::Everything { scope: scope.clone(), wants: Box::new([want; 3]), marks: Vec::new() };
            let Ok(Answer::Everything(everything)) = reader.answer(read) else { panic!("no answer") };
            if everything.looked == Looked::Whole {
                break everything;
            }
        };
        let marked = [ListName::Inbox, ListName::Archive].map(|list| reader.whole(list, &scope).expect("tasks").len());
        let totals = [&everything.parts[0], &everything.parts[2]].map(|part| part.total);
        assert_eq!(totals, marked, "what is shown is what is marked");
        let asked_for = [everything.counts.inbox, everything.counts.archive].map(|by_type| by_type[NAMED]);
        (totals, asked_for, everything.other_types)
    };
    let held: Arc<[String]> = Arc::new(["fax".to_owned(), "pager".to_owned()]);
    for search in ["", "ring"] {
        assert_eq!(shown("fax", search), ([1, 1], [1, 1], held.clone()));
        assert_eq!(shown("pager", search), ([2, 2], [2, 2], held.clone()));
        assert_eq!(shown("lead,fax", search), ([2, 2], [1, 1], held.clone()));
        assert_eq!(shown("telex", search), ([0, 0], [0, 0], held.clone()), "no task has it");
        assert_eq!(shown("other", search), ([3, 3], [0, 0], held.clone()));
    }
}
