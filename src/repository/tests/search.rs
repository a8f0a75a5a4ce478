//! Searches: what columns tell loses no match, and tasks are read only where they must be.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::properties::{everything, of};
use super::*;
use crate::domain::edit::Edit;
use crate::domain::query::texts::{Texts, Words};
use crate::domain::query::{self, Beside, Search};
use crate::domain::task::{Note, StoredTask};
use crate::repository::unsent;

const ZONES: [&str; 6] =
    ["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", "Pacific/Midway"];

fn today_in(zone: &str) -> Today {
    Today::new(now(), zone.parse().expect("a zone"))
}

fn search(text: &str, today: &Today) -> Search {
    query::parse(text, today, Some(&RepId::new("user_1"))).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// Records with every field that a search asks for, and dates around the ends of days.
fn any_records() -> impl Strategy<Value = Vec<String>> {
    let date = prop_oneof![
        (2..8_u32).prop_map(|day| format!("\"2026-03-{day:02}\"")),
        (2..8_u32, 0..24_u32, 0..4_u32)
            .prop_map(|(day, hour, quarter)| format!("\"2026-03-{day:02}T{hour:02}:{:02}:00Z\"", quarter * 15)),
        Just("null".to_owned()),
    ];
    let kind =
        prop::sample::select(vec!["lead", "voicemail", "incoming_sms", "incoming_email", "outgoing_call", "fax"]);
    let lead = prop::sample::select(vec![
        r#","lead_id":"lead_1","lead_name":"Acme""#,
        r#","lead_id":"lead_1","lead_name":"ACME Robotics""#,
        r#","lead_id":"lead_2","lead_name":"Zo\u00eb""#,
        r#","lead_name":"Acme without id""#,
        r#","lead_id":"lead_3","lead_name":null"#,
        "",
    ]);
    let rep = prop::sample::select(vec![
        r#","assigned_to":"user_1","assigned_to_name":"Ana""#,
        r#","assigned_to":"user_2","assigned_to_name":"Bo","contact_id":"cont_1","contact_name":"Dana""#,
        r#","assigned_to_name":"Ana nobody""#,
        "",
    ]);
    let own = prop::sample::select(vec![
        "",
        r#","text":"acme quote","phone":"+1 312 555 0188","is_dateless":true"#,
        r#","remote_phone":"5550188","voicemail_url":"x","attachments":[{"filename":"a"}]"#,
        r#","subject":"quote","object_id":"acti_1","emails":["acti_2"]"#,
        r#","text":"Łódź: (a*b) OR \"Straße\" NEAR quo'te 见面确认 👍🏽 -- 312 {x}","phone":"(312) 555-01.88""#,
        r#","text":"Sørensen\nacme\u0000quote \ufffe\uffff \u0013\u0011\u0012","body_preview":"quo\u200bte""#,
        r#","text":"ac","description":"n\u0303andu","phone_formatted":"312","local_phone":"312""#,
    ]);
    let task = (date, kind, any::<bool>(), 0..48_u32, lead, rep, own);
    prop::collection::vec(task, 0..30).prop_map(|tasks| {
        let mut lines = Vec::new();
        for (i, (date, kind, done, hour, lead, rep, own)) in tasks.into_iter().enumerate() {
            let created = format!("2026-03-{:02}T{:02}:30:00Z", 2 + hour / 24, hour % 24);
            lines.push(format!(
                r#"{{"id":"task_{i:06}","_type":"{kind}","is_complete":{done},"date":{date},"date_created":"{created}","date_updated":"{created}"{lead}{rep}{own}}}"#,
            ));
        }
        lines
    })
}

const TERMS: [&str; 72] = [
    "quote",
    "acme",
    "0188",
    "nowhere",
    "lodz",
    "ŁÓDŹ:",
    "strasse",
    "\"(a*b) or\"",
    "\"quo'te\"",
    "near",
    "见面确认",
    "见面",
    "👍🏽",
    "👍🏽 -",
    "ac",
    "ac,quote",
    "quote,type:voicemail",
    "acme,lodz,ñandu",
    "312",
    "\"(312) 5\"",
    "+1",
    "\"55 018 8\"",
    "phone:55",
    "phone:3125550188,0188",
    "\"a\nb\"",
    "\"sorensen\nacme\"",
    "\"acme\0quote\"",
    "\u{fffd}\u{fffd}\u{ffff}",
    "\u{13}\u{11}\u{12}",
    "{x}",
    "type:lead",
    "type:voicemail,fax",
    "type:other",
    "type:sms,gone",
    "is:overdue",
    "is:today",
    "is:future",
    "is:done",
    "is:open",
    "is:pinned",
    "is:snoozed",
    "is:callable",
    "is:unsent",
    "has:note",
    "has:phone",
    "has:attachment",
    "has:recording",
    "lead:acme",
    "lead:zoe",
    "lead:lead_3",
    "lead:nobody,acme",
    "contact:dana",
    "rep:ana",
    "rep:user_2",
    "rep:me",
    "phone:0188",
    "date:today",
    "date<today",
    "date>=2026-03-05",
    "date:2026-03-03..2026-03-05",
    "date:none",
    "date:..",
    "created:2026-03-02",
    "created>2026-03-02",
    "done:today",
    "done<today",
    "id:3",
    "id:task_00000",
    "id:task_000001",
    "id:2,task_000004",
    "is:done,today",
    "lead:acme,rep:x",
];

fn any_query() -> impl Strategy<Value = String> {
    let term = (any::<bool>(), prop::sample::select(TERMS.to_vec()));
    prop::collection::vec(term, 1..4).prop_map(|terms| {
        let term = |(excludes, term): (bool, &str)| format!("{}{term}", if excludes { "-" } else { "" });
        terms.into_iter().map(term).collect::<Vec<_>>().join(" ")
    })
}

/// Some tasks pinned, put off, completed and with notes.
fn change(repository: &mut Repository, count: usize) {
    let numbers =
        |from: usize| -> Vec<TaskNumber> { (1..=count).skip(from).step_by(3).map(|n| TaskNumber(n as i64)).collect() };
    let day = crate::domain::date::TaskDate::Day("2026-03-06".parse().expect("a day"));
    let note = Note { at: now(), text: "about the quote".to_owned() };
    for (from, edit) in
        [(0, Edit::Pin(true)), (1, Edit::Snooze(day.into())), (2, Edit::Complete(true)), (0, Edit::Note(note))]
    {
        let tasks = numbers(from);
        let batch = Batch { lenient: true, ..Batch::new(&tasks, &edit, now()) };
        repository.edit(&batch).expect("changed");
    }
}

/// What the tasks themselves say, without the file.
fn matching<'t>(tasks: &'t [StoredTask], query: &Query, beside: &Beside, today: &Today) -> Vec<&'t StoredTask> {
    let is_one = |task: &&StoredTask| {
        query.view.contains(&task.task, today)
            && query.filter.types.contains_name(task.task.body.wire_name())
            && query.filter.search.matches(task, beside, today)
    };
    tasks.iter().filter(is_one).collect()
}

/// Emails of one thread that became one task are found by the ids of all.
fn joined(repository: &Repository, search: &Search) -> HashMap<String, HashSet<TaskNumber>> {
    let mut select = repository.conn.prepare("SELECT id, task FROM part").expect("a statement");
    let parts = select.query_map([], |row| Ok((row.get(0)?, TaskNumber(row.get(1)?)))).expect("rows");
    let parts: Vec<(String, TaskNumber)> = parts.collect::<rusqlite::Result<_>>().expect("parts");
    let of = |id: &str| parts.iter().filter(|(part, _)| part.starts_with(id)).map(|(_, task)| *task).collect();
    search.ids().map(|id| (id.to_owned(), of(id))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_search_finds_in_the_file_what_the_tasks_themselves_say_in_every_zone(
        lines in any_records(),
        texts in prop::collection::vec(any_query(), 8),
        changes in any::<bool>(),
    ) {
        let (_folder, mut repository) = of(&lines);
        if changes {
            let count = everything(&repository).len();
            change(&mut repository, count);
        }
        let tasks = everything(&repository);
        let unsent = unsent::tasks(&repository.conn, &repository.shapes).expect("read");
        for (text, zone) in texts.iter().zip(ZONES.iter().cycle()) {
            let today = today_in(zone);
            let filter = Filter { types: TypeSet::ALL, search: search(text, &today), ..Filter::default() };
            let beside = Beside { unsent: unsent.clone(), joined: joined(&repository, &filter.search) };
            for view in [View::Inbox, View::Future, View::Open, View::Archive, View::All] {
                for order in [Order::BY_DATE, Order::NEWEST_COMPLETION, Order::AS_THEY_CAME] {
                    let query = Query { view, filter: filter.clone(), order };
                    let mut found: Vec<_> = repository.matching(&query, &today).expect("found").iter().map(|n| n.0).collect();
                    let listed: Vec<_> = repository.list(&query, &today, 0, None).expect("a list").iter().map(|t| t.number.0).collect();
                    prop_assert_eq!(&found, &listed);
                    let some: Vec<_> = repository.list(&query, &today, 1, Some(3)).expect("a list").iter().map(|t| t.number.0).collect();
                    prop_assert_eq!(some, listed.iter().skip(1).take(3).copied().collect::<Vec<_>>());
                    found.sort_unstable();
                    let expected: Vec<_> = matching(&tasks, &query, &beside, &today).iter().map(|t| t.number.0).collect();
                    prop_assert_eq!(&found, &expected, "{} in {}", text, zone);
                    prop_assert_eq!(repository.count(&query, &today).expect("a count"), expected.len() as u64);
                }
                let tally = repository.tally_of(&filter, view, &today).expect("counts");
                let query = Query { view, filter: filter.clone(), order: Order::BY_DATE };
                let sum: u64 = tally.types.iter().map(|row| row.of(view)).sum();
                prop_assert_eq!(sum, matching(&tasks, &query, &beside, &today).len() as u64, "{} in {}", text, zone);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_in_texts_and_the_rest_of_a_search_tell_together_what_the_task_tells(
        lines in any_records(),
        queries in prop::collection::vec(any_query(), 12),
    ) {
        let (_folder, repository) = of(&lines);
        let (today, beside) = (today_in("UTC"), Beside::default());
        for text in &queries {
            let search = search(text, &today);
            let (words, rest) = search.parted();
            let tasks = everything(&repository);
            let texts = Texts::of(tasks.iter().map(|task| (&task.task, task.local.notes.as_slice())));
            let found = words.seeker().find(&texts);
            for (place, task) in tasks.iter().enumerate() {
                let holds = words.seeker().hold(&texts, place);
                prop_assert_eq!(holds, found[place], "{} in {:?}", text, task.task);
                let told = holds && rest.matches(task, &beside, &today);
                prop_assert_eq!(told, search.matches(task, &beside, &today), "{} in {:?}", text, task.task);
            }
        }
    }
}

/// A word of the queries, letter by letter, with another one before or behind it.
fn any_typed() -> impl Strategy<Value = Vec<String>> {
    let words = prop::sample::select(vec![
        "01888",
        "quotes",
        "312 555",
        "phone:55501",
        "-acme",
        "ñandu",
        "quo,ac",
        "(312) 5",
        "\"quo\"",
        "lead:acme quo",
        "\u{301}a",
    ]);
    (words, prop::sample::select(vec!["", "a ", "-b ", "1 "])).prop_map(|(word, before)| {
        let typed = |(at, c): (usize, char)| format!("{before}{}", &word[..at + c.len_utf8()]);
        word.char_indices().map(typed).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_letter_more_is_looked_for_where_the_letters_before_were_found_and_finds_the_same(
        lines in any_records(),
        typed in prop::collection::vec(any_typed(), 6),
    ) {
        let (_folder, repository) = of(&lines);
        let today = today_in("UTC");
        let tasks = everything(&repository);
        let texts = Texts::of(tasks.iter().map(|task| (&task.task, task.local.notes.as_slice())));
        let mut narrowed = 0;
        let letters = ["q", "qu", "quo"].map(str::to_owned).to_vec();
        for letters in typed.into_iter().chain([letters]) {
            let mut earlier: Option<(Words, Vec<bool>)> = None;
            for text in letters {
                let Ok(search) = query::parse(&text, &today, None) else { continue };
                let words = search.parted().0;
                let seeker = words.seeker();
                let all = seeker.find(&texts);
                if let Some((_, had)) = earlier.take().filter(|(earlier, _)| words.only_narrow(earlier)) {
                    narrowed += 1;
                    for (place, had) in had.iter().enumerate() {
                        let holds = *had && seeker.hold(&texts, place);
                        prop_assert_eq!(holds, all[place], "{}: {:?}", text, tasks[place].task);
                    }
                }
                earlier = Some((words, all));
            }
        }
        prop_assert!(narrowed > 0);
    }
}

#[test]
fn a_search_by_id_finds_the_task_that_an_email_joined() {
    let email = |id: &str| {
        format!(
            r#"{{"id":"{id}","_type":"incoming_email","is_complete":false,"date":"2026-03-02","object_id":"thread_1"}}"#
        )
    };
    let (_folder, repository) = of(&[email("task_000000"), email("task_000001")]);
    let today = today_in("UTC");
    let filter = Filter { types: TypeSet::ALL, search: search("id:task_000001", &today), ..Filter::default() };
    assert_eq!(joined(&repository, &filter.search)["task_000001"], HashSet::from([TaskNumber(1)]));
    let query = Query { view: View::All, filter, order: Order::AS_THEY_CAME };
    assert_eq!(repository.matching(&query, &today).expect("found"), [TaskNumber(1)]);
}

#[test]
fn what_was_changed_here_is_unsent_until_it_is_as_it_came() {
    let (_folder, mut repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let today = today_in("UTC");
    let unsent = |repository: &Repository| -> Vec<i64> {
        let filter = Filter { types: TypeSet::ALL, search: search("is:unsent", &today), ..Filter::default() };
        let query = Query { view: View::All, filter, order: Order::AS_THEY_CAME };
        repository.matching(&query, &today).expect("found").iter().map(|n| n.0).collect()
    };
    let one = [TaskNumber(1)];
    assert!(unsent(&repository).is_empty(), "an import is Close's");
    repository.edit(&Batch::new(&one, &Edit::Pin(true), now())).expect("pinned");
    assert!(unsent(&repository).is_empty(), "a pin is never sent");
    repository.edit(&Batch::new(&one, &Edit::Complete(true), now())).expect("completed");
    assert_eq!(unsent(&repository), [1]);
    repository.edit(&Batch::new(&one, &Edit::Complete(false), now())).expect("re-opened");
    assert!(unsent(&repository).is_empty(), "it is again as it came");
    repository.edit(&Batch::new(&[TaskNumber(3)], &Edit::Complete(false), now())).expect("re-opened");
    assert_eq!(unsent(&repository), [3]);
    repository.undo(now()).expect("undone");
    assert!(unsent(&repository).is_empty(), "it was taken back");
}

#[test]
fn what_columns_and_the_index_tell_needs_no_task_read() {
    let (_folder, repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let today = today_in("Asia/Kathmandu");
    for text in [
        "acme",
        "type:lead -acme",
        "phone:555",
        "type:voicemail,fax -is:done",
        "lead:acme",
        "rep:ana date<fri",
        "done:today,mon",
        "created>2026-01-01 id:3",
    ] {
        let search = search(text, &today);
        assert!(repository.sieve(&search, &today).expect("told").is_exact(), "{text}");
    }
    // What is changed, or read anyway, is asked itself.
    let acme = search("acme", &today);
    assert!(!repository.sieve(&acme, &today).expect("told").confirmed().is_exact());
    for text in ["ac", "acme -bo", "phone:55", "ac,quote", "is:snoozed"] {
        let search = search(text, &today);
        assert!(!repository.sieve(&search, &today).expect("told").is_exact(), "{text}");
    }
}

#[test]
fn p24_a_text_of_a_search_never_becomes_a_part_of_a_statement() {
    let (_folder, repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let today = today_in("UTC");
    for text in ["') OR 1=1 --", "1); DROP TABLE task; --", "%", "_", "\0", "'", "\u{1}", "*", "?1", "NULL"] {
        for field in ["", "type:", "lead:", "contact:", "rep:", "id:", "-id:", "-lead:"] {
            let search = search(&format!("{field}\"{text}\""), &today);
            let sieve = repository.sieve(&search, &today).expect("told");
            assert!(!sieve.sql().contains(['\'', '"', ';', '%', '?', '\0']), "{}", sieve.sql());
            let filter = Filter { types: TypeSet::ALL, search: search.clone(), ..Filter::default() };
            let query = Query { view: View::All, filter, order: Order::AS_THEY_CAME };
            let expected = if field.starts_with('-') { 3 } else { 0 };
            // An underscore stands in an id, but begins none.
            assert_eq!(repository.count(&query, &today).expect("counted"), expected, "{field}{text}");
        }
    }
}
