//! Undo and redo of every action, in any mix: each byte of each task comes back.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::properties::{any_lines, everything, of};
use super::*;
use crate::domain::change::Action;
use crate::domain::date::TaskDate;
use crate::domain::edit::{Changes, NewTask, local_id};
use crate::domain::kind::TaskType;
use crate::domain::outcome::{Ending, Outcome, Rules};
use crate::domain::retention::KeepTimes;
use crate::domain::task::{ContactId, LeadId, Note, Party, StoredTask};

/// An action, as numbers that any file can make something of.
#[derive(Clone, Debug)]
enum Doing {
    Edit(Vec<usize>, Edit),
    Import(usize, String),
    Emails(Vec<Email>),
    Add(String),
    Purge(i64),
    Call(usize, Outcome, bool),
    Undo,
    Redo,
    Restart,
}

/// What comes of an email.
#[derive(Clone, Debug)]
struct Email {
    id: usize,
    thread: usize,
    rep: usize,
    day: u32,
    done: bool,
}

fn any_email() -> impl Strategy<Value = Email> {
    (0..6_usize, 0..2_usize, 0..2_usize, 1..9_u32, prop::bool::weighted(0.3))
        .prop_map(|(id, thread, rep, day, done)| Email { id, thread, rep, day, done })
}

fn any_date() -> impl Strategy<Value = TaskDate> {
    let text = prop_oneof![
        (1..9_u32).prop_map(|day| format!("2026-03-{day:02}")),
        (1..9_u32, 0..24_u32).prop_map(|(day, hour)| format!("2026-03-{day:02}T{hour:02}:30:00+00:00")),
    ];
    text.prop_map(|text| TaskDate::parse(&text).expect("a date"))
}

fn any_rep() -> impl Strategy<Value = Party<RepId>> {
    let named = |(id, name): (u8, Option<String>)| Party { id: Some(RepId::new(format!("user_{id}"))), name };
    prop_oneof![
        4 => (0..3_u8, prop::option::of("[A-C]{1,2}")).prop_map(named),
        1 => Just(Party { id: None, name: None }),
    ]
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let changes = (
        prop::option::of("[a-zé\" ]{0,6}"),
        prop::option::of(any_date()),
        prop::option::of(0..3_u8),
        prop::option::of(0..3_u8),
        prop::option::of(any_rep()),
        prop::option::of("[+0-9]{0,4}"),
    );
    let changes = changes.prop_map(|(text, date, lead, contact, rep, phone)| {
        let lead = lead.map(|n| Party { id: (n > 0).then(|| LeadId::new(format!("lead_{n}"))), name: None });
        let named = |n| Party { id: Some(ContactId::new(format!("cont_{n}"))), name: Some("Bo".to_owned()) };
        let contact = contact.map(|n| if n > 0 { named(n) } else { Party { id: None, name: None } });
        Edit::Fields(Box::new(Changes { text, date, lead, contact, rep, phone, is_by_ids: false }))
    });
    prop_oneof![
        3 => any::<bool>().prop_map(Edit::Complete),
        1 => any_date().prop_map(|date| Edit::Snooze(date.into())),
        2 => any_rep().prop_map(Edit::Assign),
        2 => changes,
        1 => Just(Edit::Delete),
        1 => any::<bool>().prop_map(Edit::Pin),
        1 => "[a-z]{1,4}".prop_map(|text| Edit::Note(Note { at: now(), text })),
    ]
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let plain = Ending::WORDS.into_iter().filter_map(|(_, ending)| Outcome::of(ending)).collect::<Vec<_>>();
    prop_oneof![3 => prop::sample::select(plain), 1 => any_date().prop_map(Outcome::CallBack)]
}

fn any_doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        6 => (prop::collection::vec(0..40_usize, 1..6), any_edit()).prop_map(|(tasks, edit)| Doing::Edit(tasks, edit)),
        2 => (0..60_usize, "[a-zé ]{0,8}").prop_map(|(task, text)| Doing::Import(task, text)),
        4 => prop::collection::vec(any_email(), 1..5).prop_map(Doing::Emails),
        1 => "[a-z]{0,5}".prop_map(Doing::Add),
        2 => (-400..400_i64).prop_map(Doing::Purge),
        4 => (0..40_usize, any_outcome(), prop::bool::weighted(0.8)).prop_map(|(task, outcome, pays)| Doing::Call(task, outcome, pays)),
        3 => Just(Doing::Undo),
        2 => Just(Doing::Redo),
        1 => Just(Doing::Restart),
    ]
}

/// Whether it made a step.
fn perform(repository: &mut Repository, doing: &Doing, round: usize) {
    match doing {
        Doing::Edit(tasks, edit) => {
            let all = everything(repository);
            let numbers: Vec<_> = tasks.iter().filter_map(|i| all.get(*i)).map(|task| task.number).collect();
            let batch = Batch { lenient: true, ..Batch::new(&numbers, edit, now()) };
            let would = match repository.try_edit(&batch) {
                Err(Error::ContactOfOther(_)) => return,
                tried => tried.expect("tried"),
            };
            assert_eq!(repository.edit(&batch).expect("changed"), would, "a dry run tells what is done then");
        }
        Doing::Import(task, text) => {
            let line = format!(
                r#"{{"id":"task_{task:06}","_type":"lead","is_complete":false,"date":"2026-03-05","text":"{text}","date_updated":"2026-03-02T00:{round:02}:00Z"}}"#
            );
            take(repository, &[&line]);
        }
        Doing::Emails(emails) => {
            let line = |(i, Email { id, thread, rep, day, done }): (usize, &Email)| {
                format!(
                    r#"{{"id":"task_mail{id}","_type":"incoming_email","is_complete":{done},"date":"2026-03-{day:02}","date_created":"2026-03-0{}T00:00:00+00:00","date_updated":"2026-03-02T00:{round:02}:0{i}Z","object_type":"emailthread","object_id":"acti_{thread}","emails":["m{id}","m{day}"],"subject":"s{round}","assigned_to":"user_{rep}"}}"#,
                    id + 1
                )
            };
            let lines: Vec<String> = emails.iter().enumerate().map(line).collect();
            take(repository, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        }
        Doing::Add(text) => {
            let fields = Changes { text: Some(text.clone()), ..Changes::default() };
            let new = NewTask { is_call: round.is_multiple_of(2), fields, id: local_id(round as u128), by: None };
            repository.add(&new, now()).expect("added");
        }
        Doing::Purge(days) => {
            let (keep, later) = (KeepTimes::default(), now() + TimeDelta::days(*days));
            let (expired, _) = repository.expired(&keep, later).expect("read");
            repository.purge(&expired, &keep, later).expect("removed");
        }
        Doing::Call(task, outcome, pays) => {
            let all = everything(repository);
            if let Some(task) = all.get(*task) {
                call(repository, task, (outcome, *pays), round);
            }
        }
        Doing::Undo | Doing::Redo | Doing::Restart => {}
    }
}

fn call(repository: &mut Repository, task: &StoredTask, (outcome, pays): (&Outcome, bool), round: usize) {
    let (today, rules) = (Today::new(now(), Zone::UTC), Rules { tries: 2, ..Rules::default() });
    let attempt = repository.attempt(task.number, &today).expect("read").expect("a task");
    let agreed: Vec<_> = attempt.debts.iter().filter(|_| pays).map(|debt| debt.number).collect();
    let id = local_id(1000 + round as u128);
    let end = CallEnd {
        task: task.number,
        was_open: false,
        outcome,
        agreed: &agreed,
        rules: &rules,
        id: &id,
        by: None,
        today: &today,
    };
    let ended = repository.end_call(&end);
    if task.task.is_complete {
        assert!(matches!(ended, Err(Error::Refused { .. })), "{ended:?}");
        return;
    }
    let (ended, plan) = (ended.expect("written"), attempt.plan(outcome, &rules, &today));
    assert_eq!((ended.attempt, ended.next.is_some()), (plan.attempt, plan.next.is_some()), "as it was told before");
    assert_eq!(ended.also.len(), if pays { plan.also.len() } else { 0 });
}

/// The tasks, the records behind those of threads, and the steps of the calls that count.
type State = (Vec<StoredTask>, Vec<(String, i64, String)>, Vec<i64>);

/// Everything that the file says of its tasks. Its counts are right, and the open emails
/// of a thread that a rep has are one task.
fn state(repository: &Repository) -> State {
    assert_counts(repository);
    let mut threads = std::collections::HashSet::new();
    for open in everything(repository).iter().filter(|task| !task.task.is_complete) {
        let is_email = open.task.body.task_type() == Some(TaskType::IncomingEmail);
        let key = || (open.record.get("object_id").map(str::to_owned), open.task.rep.id.clone());
        assert!(!is_email || threads.insert(key()), "two open tasks: {}", open.record.to_json());
    }
    let mut parts = repository.conn.prepare("SELECT id, task, record FROM part ORDER BY id").expect("a table");
    let rows = parts.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("rows");
    let here = |part: &(String, i64, String)| repository.fetch(part.1).expect("read").is_some();
    let calls = "SELECT call.step FROM call JOIN step ON step.n = call.step WHERE undone IS NULL";
    let mut calls = repository.conn.prepare(calls).expect("a table");
    let calls = calls.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a row")).collect();
    (everything(repository), rows.map(|row| row.expect("a row")).filter(here).collect(), calls)
}

fn steps(repository: &Repository) -> usize {
    let changes = |step: &&crate::domain::change::Step| step.of.is_none();
    repository.history(None, u64::MAX).expect("the journal").iter().filter(changes).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_goes_back_through_every_state_and_redo_forth_again(
        lines in any_lines(),
        doings in prop::collection::vec(any_doing(), 1..14),
    ) {
        let (folder, mut repository) = of(&lines);
        // The states that undo and redo lead to, and which of them is the present one.
        let (mut states, mut at) = (vec![state(&repository)], 0);
        for (round, doing) in doings.iter().enumerate() {
            match doing {
                Doing::Undo if at > 0 => at = go(&mut repository, Action::Undo, &states, at),
                Doing::Redo if at + 1 < states.len() => at = go(&mut repository, Action::Redo, &states, at),
                Doing::Undo | Doing::Redo => {}
                Doing::Restart => {
                    drop(repository);
                    repository = Repository::open(&folder.path().join("tasks.db")).expect("opened again");
                    prop_assert_eq!(&state(&repository), &states[at]);
                }
                doing => {
                    let before = steps(&repository);
                    perform(&mut repository, doing, round);
                    // What changed nothing is no step.
                    if steps(&repository) > before {
                        states.truncate(at + 1);
                        states.push(state(&repository));
                        at += 1;
                    }
                }
            }
        }
        while at > 0 {
            at = go(&mut repository, Action::Undo, &states, at);
        }
        while at + 1 < states.len() {
            at = go(&mut repository, Action::Redo, &states, at);
        }
        prop_assert!(repository.redo(now()).expect("asked").is_none());
    }
}

/// Takes a step back or does it again: the place of the state that is then there.
fn go(repository: &mut Repository, way: Action, states: &[State], at: usize) -> usize {
    let (restored, at) = match way {
        Action::Undo => (repository.undo(now()), at - 1),
        _ => (repository.redo(now()), at + 1),
    };
    let restored = restored.expect("written").expect("a step");
    assert!(restored.left_alone.is_empty(), "{restored:?}");
    assert_eq!(state(repository), states[at], "{restored:?}");
    at
}

#[test]
fn the_history_of_a_task_tells_what_was_taken_back_of_it_and_not_what_was_left_alone() {
    let (_folder, mut repository) = file(&[OPEN, NULL_COMPLETE]);
    let both = [TaskNumber(1), TaskNumber(2)];
    let actions = |repository: &Repository, task: TaskNumber| -> Vec<Action> {
        repository.history(Some(task), 3).expect("its history").iter().map(|step| step.action).collect()
    };
    repository.edit(&Batch::new(&both, &Edit::Pin(true), now())).expect("pinned");
    repository.undo(now()).expect("undone");
    repository.redo(now()).expect("done again");
    for task in both {
        assert_eq!(actions(&repository, task), [Action::Redo, Action::Undo, Action::Pin]);
    }
    repository.conn.execute("UPDATE task SET flags = 0 WHERE n = 2", []).expect("changed behind the journal");
    let undone = repository.undo(now()).expect("undone").expect("a step");
    assert_eq!((undone.changed, undone.left_alone), (vec![both[0]], vec![both[1]]));
    assert_eq!(actions(&repository, both[0])[0], Action::Undo);
    assert_eq!(actions(&repository, both[1])[0], Action::Redo);
}

#[test]
fn undo_of_several_steps_takes_all_of_them_back_or_none() {
    let (_folder, mut repository) = file(&[OPEN, NULL_COMPLETE]);
    for (task, edit) in [(1, Edit::Pin(true)), (2, Edit::Pin(true)), (1, Edit::Complete(true))] {
        repository.edit(&Batch::new(&[TaskNumber(task)], &edit, now())).expect("changed");
    }
    let (after, steps) = (state(&repository), repository.history(None, 9).expect("the journal").len());
    let spoil = |repository: &Repository, field: &str| {
        let of_second = "UPDATE change SET field = ?1 WHERE step = 3";
        repository.conn.execute(of_second, [field]).expect("spoilt");
    };
    spoil(&repository, "no field");
    repository.undo_last(3, now()).expect_err("the second step cannot be read");
    assert_eq!(state(&repository), after);
    assert_eq!(repository.history(None, 9).expect("the journal").len(), steps, "no step is told of");
    spoil(&repository, "fields");
    assert_eq!(repository.undo_last(3, now()).expect("undone").len(), 3);
    let before = state(&repository);
    spoil(&repository, "no field");
    repository.redo_last(3, now()).expect_err("the second step cannot be read");
    assert_eq!(state(&repository), before);
    spoil(&repository, "fields");
    assert_eq!(repository.redo_last(9, now()).expect("done again").len(), 3, "as many as there are");
    assert_eq!(state(&repository), after);
}

#[test]
fn an_undo_that_leaves_the_record_of_a_thread_alone_leaves_the_records_behind_it_alone_too() {
    let email = |id: u8| {
        format!(
            r#"{{"id":"task_mail{id}","_type":"incoming_email","is_complete":false,"date":"2026-03-0{id}","object_type":"emailthread","object_id":"acti_1","emails":["m{id}"],"subject":"mail {id}"}}"#
        )
    };
    let (_folder, mut repository) = file(&[&email(1)]);
    take(&mut repository, &[&email(2)]);
    let behind = "UPDATE task SET fields = replace(fields, 'mail', 'male') WHERE n = 1";
    repository.conn.execute(behind, []).expect("changed behind the journal");
    let before = state(&repository);
    assert_eq!(before.1.len(), 2, "the task is made of two records");
    let undone = repository.undo(now()).expect("undone").expect("the import");
    assert_eq!(undone.left_alone, [TaskNumber(1)]);
    assert_eq!(state(&repository), before);
}

#[test]
fn a_contact_is_held_against_the_lead_that_the_task_has_when_it_is_written() {
    let task = |id: &str, lead: u8, contact: &str| {
        let more = format!("\"lead_id\":\"lead_{lead}\",\"contact_id\":{contact},\"text\"");
        OPEN.replace("aaaaaa", id).replace("\"text\"", &more)
    };
    let of_ann = [task("aaaaaa", 1, "\"cont_ann\""), task("bbbbbb", 2, "\"cont_bob\""), task("cccccc", 1, "null")];
    let (_folder, mut repository) = file(&of_ann.each_ref().map(String::as_str));
    let lead = |id: &str| Party { id: Some(LeadId::new(id)), name: None };
    let contact = |id: &str| Some(Party { id: Some(ContactId::new(id)), name: None });
    let fields = |changes: Changes| Edit::Fields(Box::new(changes));
    let ann = fields(Changes { contact: contact("cont_ann"), ..Changes::default() });
    let bob = fields(Changes { contact: contact("cont_bob"), ..Changes::default() });
    // What was right when somebody looked: another program gives the task to another lead.
    edit_third(&mut repository, &fields(Changes { lead: Some(lead("lead_2")), ..Changes::default() })).expect("given");
    let (before, steps_before) = (state(&repository), steps(&repository));
    let refused = edit_third(&mut repository, &ann).expect_err("of the other lead");
    let Error::ContactOfOther(other) = refused else { panic!("{refused}") };
    assert_eq!((other.of, other.lead), (lead("lead_1"), lead("lead_2")));
    let fields = Changes { lead: Some(lead("lead_2")), contact: contact("cont_ann"), ..Changes::default() };
    let new = NewTask { is_call: false, fields, id: local_id(1), by: None };
    assert!(matches!(repository.add(&new, now()), Err(Error::ContactOfOther(_))));
    assert_eq!((state(&repository), steps(&repository)), (before, steps_before));
    edit_third(&mut repository, &bob).expect("the lead's own");
}

fn edit_third(repository: &mut Repository, edit: &Edit) -> Result<Written> {
    repository.edit(&Batch::new(&[TaskNumber(3)], edit, now()))
}

#[test]
fn a_change_that_goes_on_with_one_of_other_fields_is_taken_back_with_it() {
    let dateless = OPEN.replace("\"2026-03-04\"", "null").replace("\"text\"", "\"is_dateless\":true,\"text\"");
    let (_folder, mut repository) = file(&[&dateless]);
    let before = state(&repository);
    let mut joins = None;
    let snooze = |date: &str| Edit::Snooze(TaskDate::parse(date).expect("a date").into());
    let text = Edit::Fields(Box::new(Changes { text: Some("B".to_owned()), ..Changes::default() }));
    for edit in [snooze("2026-03-05T10:00:00Z"), snooze("2026-03-05T11:00:00Z"), text] {
        let batch = Batch { joins, ..Batch::new(&[TaskNumber(1)], &edit, now()) };
        joins = repository.edit(&batch).expect("changed").step;
    }
    let after = state(&repository);
    for _ in 0..2 {
        let undone = repository.undo(now()).expect("undone").expect("a step");
        assert_eq!((undone.left_alone.as_slice(), state(&repository)), (&[][..], before.clone()));
        let redone = repository.redo(now()).expect("done again").expect("a step");
        assert_eq!((redone.left_alone.as_slice(), state(&repository)), (&[][..], after.clone()));
    }
}
