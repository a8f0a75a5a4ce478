//! What holds for any tasks and any changes, on real files.

use proptest::prelude::*;

use super::*;
use crate::domain::order::DateKey;

/// A record on a line: its id is its place.
pub(super) fn any_lines() -> impl Strategy<Value = Vec<String>> {
    let date = prop_oneof![
        3 => (0..6_u32).prop_map(|day| format!("\"2026-03-{:02}\"", 2 + day)),
        3 => (0..6_u32, 0..24_u32, 0..4_u32)
            .prop_map(|(day, hour, quarter)| format!("\"2026-03-{:02}T{hour:02}:{:02}:00Z\"", 2 + day, quarter * 15)),
        1 => Just("null".to_owned()),
    ];
    let kind = prop::sample::select(vec!["lead", "voicemail", "missed_call", "fax"]);
    let own = prop::sample::select(vec![
        "",
        ",\"text\":null",
        ",\"phone\":\"+13125550188\",\"lead_id\":\"lead_1\"",
        ",\"phone\":\"(312) 555-0188\",\"contact_id\":\"cont_1\"",
        ",\"text\":\"\"",
        ",\"x y\":[1.50,{\"é\":\"\\u001b\"}]",
        ",\"n\":123456789012345678901234567890",
    ]);
    let task = (date, kind, any::<bool>(), 0..3_u32, own);
    prop::collection::vec(task, 0..40).prop_map(|tasks| {
        let line = |(i, (date, kind, done, created, own)): (usize, (String, &str, bool, u32, &str))| {
            format!(
                r#"{{"id":"task_{i:06}","_type":"{kind}","is_complete":{done},"date":{date},"date_created":"2026-02-0{}T00:00:00Z","date_updated":"2026-03-01T0{created}:00:00Z"{own}}}"#,
                1 + created
            )
        };
        tasks.into_iter().enumerate().map(line).collect()
    })
}

pub(super) fn of(lines: &[String]) -> (tempfile::TempDir, Repository) {
    file(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

pub(super) fn everything(repository: &Repository) -> Vec<crate::domain::task::StoredTask> {
    let query = Query {
        view: View::All,
        filter: Filter { types: TypeSet::ALL, ..Filter::default() },
        order: Order::AS_THEY_CAME,
    };
    repository.list(&query, &Today::new(now(), Zone::UTC), 0, None).expect("all")
}

/// Records of few ids, which come again, or of many; some as emails of two threads.
fn any_again() -> impl Strategy<Value = Vec<String>> {
    let records = prop::sample::select(vec![8_u32, 500])
        .prop_flat_map(|ids| prop::collection::vec((0..ids, 1..9_u32, any::<bool>(), 0..3_u32, 0..10_u32), 0..40));
    records.prop_map(|records| {
        let line = |(id, hour, done, thread, lead): (u32, u32, bool, u32, u32)| {
            let name = if lead < 3 { String::new() } else { format!(r#","lead_name":"Lead {lead}""#) };
            let kind = match thread {
                0 => r#""lead""#.to_owned(),
                thread => format!(r#""incoming_email","object_id":"thread_{thread}""#),
            };
            format!(
                r#"{{"id":"task_{id}","_type":{kind},"is_complete":{done},"date":"2026-03-0{hour}","text":"Nr {hour}","lead_id":"lead_{lead}"{name},"date_updated":"2026-03-01T0{hour}:00:00Z"}}"#
            )
        };
        records.into_iter().map(line).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_record_comes_back_as_it_came(lines in any_lines()) {
        let (_folder, repository) = of(&lines);
        let back: Vec<String> = everything(&repository).iter().map(|task| task.record.to_json()).collect();
        prop_assert_eq!(back, lines);
    }

    #[test]
    fn an_empty_file_takes_in_what_another_one_does(lines in any_again(), asks in 0..80_usize) {
        let (_folder, mut empty) = file(&[]);
        let (_other_folder, mut other) = file(&[OPEN]);
        let take = |repository: &mut Repository| {
            let (mut importer, mut held) = (repository.importer(now()).expect("begins"), None);
            let mut taken = Vec::new();
            for (place, line) in lines.iter().enumerate() {
                let record = parse_record(line).expect("JSON");
                let task = Task::read(&record).expect("a task");
                if place == asks {
                    held = importer.held(task.id.as_str()).expect("readable");
                }
                taken.push(importer.take(&Packed::new(&record, &task, None)).expect("taken"));
            }
            importer.finish("Imported").expect("committed");
            (taken, held)
        };
        prop_assert_eq!(take(&mut empty), take(&mut other));
        let tasks = |repository: &Repository| -> Vec<_> {
            let all = everything(repository).into_iter().filter(|task| task.task.id.as_str() != "task_aaaaaa");
            all.map(|task| (task.record.to_json(), task.completed, task.local)).collect()
        };
        prop_assert_eq!(tasks(&empty), tasks(&other));
        assert_counts(&empty);
        let twice = "SELECT count(*) FROM (SELECT 1 FROM lead GROUP BY id, name HAVING count(*) > 1)";
        prop_assert_eq!(empty.conn.query_row(twice, [], |row| row.get::<_, i64>(0)), Ok(0));
        // Only a file with all its indexes is opened.
        let path = empty.path.clone();
        drop(empty);
        prop_assert!(Repository::open(&path).is_ok());
    }

    #[test]
    fn lists_are_ordered_by_the_rule_and_pages_neither_skip_nor_double(lines in any_lines(), page in 1..9_u64) {
        let (_folder, repository) = of(&lines);
        for zone in ["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"] {
            let today = Today::new(now(), zone.parse().expect("a zone"));
            for view in [View::Inbox, View::Future, View::Open, View::Archive, View::All] {
                for (_, order) in Order::WORDS {
                    let filter = Filter { types: TypeSet::from_words("lead,fax"), ..Filter::default() };
                    let query = Query { view, filter, order };
                    let ids = |skip, limit| -> Vec<i64> {
                        let tasks = repository.list(&query, &today, skip, limit).expect("a page");
                        tasks.iter().map(|task| task.number.0).collect()
                    };
                    let whole = ids(0, None);
                    let pages: Vec<i64> =
                        (0..).map(|i| ids(i * page, Some(page))).take_while(|rows| !rows.is_empty()).flatten().collect();
                    prop_assert_eq!(&pages, &whole);
                    prop_assert_eq!(repository.count(&query, &today).expect("a count"), whole.len() as u64);
                    let reverse = Query { order: Order { descending: !order.descending, ..order }, ..query.clone() };
                    let mut back = repository.list(&reverse, &today, 0, None).expect("a list");
                    back.reverse();
                    prop_assert_eq!(back.iter().map(|task| task.number.0).collect::<Vec<_>>(), whole);
                }
            }
            let query = Query { view: View::Open, filter: Filter { types: TypeSet::ALL, ..Filter::default() }, order: Order::BY_DATE };
            let tasks = repository.list(&query, &today, 0, None).expect("a list");
            prop_assert!(tasks.is_sorted_by_key(|task| DateKey::of(&task.task, &today.zone)));
        }
    }

    #[test]
    fn windows_of_the_archive_meet_without_a_gap(lines in any_lines(), rows in 1..9_usize) {
        let (_folder, repository) = of(&lines);
        let filter = Filter { types: TypeSet::ALL, ..Filter::default() };
        let whole = repository.archive_numbers(&filter).expect("the archive");
        let (mut walked, mut from) = (Vec::new(), ArchiveFrom::Position(0));
        while walked.len() < whole.len() {
            let page = repository.archive(&filter, from, rows).expect("a window");
            // The last window is a full one: it may begin before the end of the one before.
            walked.truncate(usize::try_from(page.first).expect("small"));
            walked.extend(page.rows.iter().map(|task| task.number));
            let last = *walked.last().expect("a window has rows");
            from = ArchiveFrom::After { task: last, rank: walked.len() as u64 - 1 };
        }
        prop_assert_eq!(&walked, &whole);
        for (rank, task) in whole.iter().enumerate() {
            let page = repository.archive(&filter, ArchiveFrom::Around(*task), rows).expect("a window");
            let at = rank - usize::try_from(page.first).expect("small");
            prop_assert_eq!(page.rows[at].number, *task);
        }
    }
}
