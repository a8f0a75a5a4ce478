//! How SQLite goes about what the screen asks: by search, or along an index of what is
//! open, never through the table.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::*;
use crate::domain::edit::{Changes, local_id};
use crate::domain::outcome::{Outcome, Rules};
use crate::domain::retention::KeepTimes;
use crate::domain::stats::Span;
use crate::domain::task::{ContactId, LeadId};
use crate::repository::names::contact_of_other;

thread_local! {
    static ASKED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Every statement that the connection runs while `work` does.
fn asked(repository: &mut Repository, work: impl FnOnce(&mut Repository)) -> BTreeSet<String> {
    let note = |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(statement, _) = event {
            ASKED.with_borrow_mut(|asked| asked.insert(statement.sql().into_owned()));
        }
    };
    repository.conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note));
    work(repository);
    repository.conn.trace_v2(TraceEventCodes::empty(), None);
    ASKED.take()
}

fn plan(repository: &Repository, sql: &str) -> Vec<String> {
    let mut explain = repository.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a statement");
    let mut rows = explain.raw_query();
    let mut plan = Vec::new();
    while let Some(row) = rows.next().expect("a plan") {
        plan.push(row.get::<_, String>("detail").expect("its words"));
    }
    plan
}

/// Why a statement would cost more the larger the file is; `None` where it would not.
fn flaw(sql: &str, plan: &[String]) -> Option<&'static str> {
    let scans = |of: &str| plan.iter().any(|step| step.starts_with("SCAN") && step.contains(of));
    let walks_archive = scans("done_order") && !sql.contains("LIMIT");
    let tables = ["SCAN task", "SCAN change", "SCAN step", "SCAN lead", "SCAN contact"];
    // The last step that can be undone is among the last steps.
    let last = sql.ends_with("ORDER BY n DESC LIMIT 1");
    if !last && plan.iter().any(|step| tables.contains(&step.as_str())) {
        Some("reads the whole table")
    } else if scans("task_id") || scans("task_lead") || walks_archive {
        Some("walks an index of every task")
    } else if plan.iter().any(|step| step.contains("TEMP B-TREE")) && plan.iter().any(|step| step.contains(" task ")) {
        Some("sorts")
    } else {
        None
    }
}

fn use_as_the_screen_does(repository: &mut Repository) {
    let ana = People::Rep(RepId::new("user_1"));
    let types = [TypeSet::ALL, TypeSet::default(), TypeSet::only_others(), TypeSet::from_words("lead,fax")];
    let today = Today::new(now(), "America/New_York".parse().expect("a zone"));
    for people in [People::Everyone, ana] {
        let open = repository.open_tasks(&people, &today.zone).expect("the open tasks");
        let numbers: Vec<TaskNumber> = open.iter().map(|task| task.number).collect();
        repository.tasks(&numbers).expect("rows");
        for types in &types {
            let filter = Filter { types: types.clone(), people: people.clone(), ..Filter::default() };
            let task = TaskNumber(3);
            for from in [ArchiveFrom::Position(0), ArchiveFrom::Around(task), ArchiveFrom::After { task, rank: 0 }] {
                repository.archive(&filter, from, 60).expect("the archive");
            }
            repository.archived(&filter).expect("counts");
            repository.tally(&filter, &today).expect("counts");
            for view in [View::Inbox, View::Future, View::Open] {
                let query = Query { view, filter: filter.clone(), order: Order::BY_DATE };
                repository.list(&query, &today, 0, Some(60)).expect("a page");
            }
        }
    }
    repository.stats(&Span::year(&today), &today).expect("figures");
    repository.since(now()).expect("what happened");
    repository.open_of_lead(&LeadId::new("lead_1"), 50).expect("the lead's");
    repository.number_of_contact(&LeadId::new("lead_1"), &ContactId::new("cont_1")).expect("the contact's");
    repository.history(Some(TaskNumber(1)), 50).expect("its history");
    let end = CallEnd {
        task: TaskNumber(4),
        was_open: false,
        outcome: &Outcome::NoAnswer,
        agreed: &[TaskNumber(5)],
        rules: &Rules::default(),
        id: &local_id(1),
        by: None,
        today: &today,
    };
    assert_eq!(repository.attempt(TaskNumber(4), &today).expect("read").expect("a task").debts.len(), 1);
    repository.end_call(&end).expect("written");
    repository.reps().expect("reps");
    for text in ["task_aaaaaa", "task_aa"] {
        assert_eq!(repository.resolve(text).expect("looked up"), Reference::One(TaskNumber(1)), "{text}");
    }
    repository.edit(&Batch::new(&[TaskNumber(1), TaskNumber(3)], &Edit::Complete(true), now())).expect("completed");
    repository.undo(now()).expect("undone");
    repository.redo(now()).expect("done again");
    let (keep, later) = (KeepTimes::default(), now() + chrono::TimeDelta::days(100));
    let (expired, _) = repository.expired(&keep, later).expect("read");
    assert_eq!(repository.purge(&expired, &keep, later).expect("removed").tasks, [TaskNumber(3), TaskNumber(5)]);
}

#[test]
fn no_question_of_the_screen_reads_the_whole_table() {
    let call = r#"{"id":"task_call01","_type":"outgoing_call","phone":"+13125550188","lead_id":"lead_1","contact_id":"cont_1"}"#;
    let missed = r#"{"id":"noti_miss01","_type":"missed_call","phone":"+13125550188"}"#;
    let (_folder, mut repository) = file(&[OPEN, NULL_COMPLETE, DONE, call, missed]);
    let asked = asked(&mut repository, use_as_the_screen_does);
    assert!(asked.len() > 30, "the screen asks more than {} questions", asked.len());
    // How FTS5 goes about its own tables is its own.
    for sql in asked.iter().filter(|sql| !sql.starts_with("PRAGMA") && !sql.contains("word_")) {
        let plan = plan(&repository, sql);
        assert_eq!(flaw(sql, &plan), None, "{sql}\n{plan:#?}");
    }
}

#[test]
fn the_tasks_of_a_contact_are_found_without_the_others_of_its_lead() {
    let (_folder, mut repository) = file(&[OPEN, DONE]);
    let (lead, contact) = (LeadId::new("lead_1"), ContactId::new("cont_1"));
    let asked = asked(&mut repository, |repository| {
        repository.number_of_contact(&lead, &contact).expect("read");
        let changes = Changes {
            lead: Some(Party { id: Some(lead.clone()), name: None }),
            contact: Some(Party { id: Some(contact.clone()), name: None }),
            ..Changes::default()
        };
        assert_eq!(contact_of_other(&repository.conn, &changes, None).expect("read"), None);
    });
    assert_eq!(asked.len(), 3, "{asked:#?}");
    for sql in &asked {
        let plan = plan(&repository, sql);
        assert!(plan.iter().any(|step| step.contains("task_contact (contact=?)")), "{sql}\n{plan:#?}");
        assert_eq!(flaw(sql, &plan), None, "{sql}\n{plan:#?}");
    }
}

#[test]
fn a_statement_is_planned_once_whatever_the_values() {
    let (_folder, repository) = file(&[OPEN, DONE]);
    let mut select = repository.conn.prepare("SELECT n FROM task WHERE n > ?1 LIMIT ?2").expect("prepared");
    for (number, limit) in [(0, 1), (1, 20), (2, 300)] {
        let found = select.query_map([number, limit], |row| row.get(0)).expect("asked");
        let _: Vec<i64> = found.collect::<rusqlite::Result<_>>().expect("numbers");
    }
    assert_eq!(select.get_status(rusqlite::StatementStatus::RePrepare), 0);
}

#[test]
fn a_search_keeps_the_index_of_its_list_and_few_tasks_are_searched_for() {
    let (_folder, mut repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let today = Today::new(now(), "America/New_York".parse().expect("a zone"));
    let mut all = |texts: &[&str], views: &[View]| -> Vec<(String, Vec<String>)> {
        let statements = asked(&mut repository, |repository| {
            for (text, view) in texts.iter().flat_map(|text| views.iter().map(move |view| (text, view))) {
                let search = crate::domain::query::parse(text, &today, None).expect("a query");
                let filter = Filter { types: TypeSet::ALL, search, ..Filter::default() };
                repository
                    .list(&Query { view: *view, filter, order: Order::BY_DATE }, &today, 0, Some(60))
                    .expect("a page");
            }
        });
        let of_tasks = statements.into_iter().filter(|sql| sql.starts_with("SELECT n") && sql.contains("FROM task"));
        of_tasks.map(|sql| (sql.clone(), plan(&repository, &sql))).collect()
    };
    let broad = ["type:voicemail", "-is:today", "date<fri,sat", "rep:ana", "-lead:acme", "quote", "is:pinned,snoozed"];
    for (sql, plan) in all(&broad, &[View::Inbox, View::Future, View::Open]) {
        assert!(plan.iter().any(|step| step.contains("open_")) && flaw(&sql, &plan).is_none(), "{sql} {plan:?}");
    }
    let few = ["lead:acme", "id:3", "id:task_aaa quote", "lead:nobody rep:ana", "is:unsent"];
    for (sql, plan) in all(&few, &[View::Inbox, View::Archive, View::All]) {
        assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{sql} {plan:?}");
    }
}

#[test]
fn a_question_that_reads_the_whole_table_is_noticed() {
    let (_folder, repository) = file(&[OPEN]);
    for (sql, expected) in [
        ("SELECT n FROM task WHERE updated > 0", "reads the whole table"),
        ("SELECT n FROM task WHERE gone = 0 ORDER BY id", "walks an index of every task"),
        ("SELECT n FROM task INDEXED BY done_order WHERE state = 1", "walks an index of every task"),
        (
            "SELECT type, count(*) FROM task INDEXED BY open_at WHERE state = 0 AND at IS NOT NULL GROUP BY type",
            "sorts",
        ),
    ] {
        assert_eq!(flaw(sql, &plan(&repository, sql)), Some(expected), "{sql}");
    }
}
