//! The emails of threads, as lists, event logs and webhooks bring them, from real files:
//! whatever order and batches they come in, the same tasks come of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use repbox::app::import::{self, Options, Source};
use repbox::domain::date::TaskDate;
use repbox::domain::edit::Edit;
use repbox::domain::filter::{Filter, Query, TypeSet};
use repbox::domain::kind::Body;
use repbox::domain::order::Order;
use repbox::domain::task::{StoredTask, TaskNumber};
use repbox::domain::view::{Today, View};
use repbox::domain::zone::Zone;
use repbox::repository::{Batch, Repository};

/// How Close tells of a task.
#[derive(Clone, Copy, Debug)]
enum Form {
    List,
    Event,
    Webhook,
}

/// One email's task.
#[derive(Clone, Debug)]
struct Email {
    thread: u32,
    rep: u32,
    created: u32,
    timed: bool,
    complete: bool,
    form: Form,
    /// Whether the first that is said of it is said twice.
    twice: bool,
    /// What later lists say of it, one after another: the thread, the rep, whether it is done.
    later: Vec<(u32, u32, bool)>,
}

fn any_email() -> impl Strategy<Value = Email> {
    let form = prop::sample::select(vec![Form::List, Form::Event, Form::Webhook]);
    let state = (0..3_u32, 0..2_u32, prop::bool::weighted(0.3));
    let later = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(state.clone(), 1..4)];
    (state, 1..9_u32, any::<bool>(), form, any::<bool>(), later).prop_map(
        |((thread, rep, complete), created, timed, form, twice, later)| Email {
            thread,
            rep,
            created,
            timed,
            complete,
            form,
            twice,
            later,
        },
    )
}

impl Email {
    fn date(&self) -> String {
        format!("2026-03-0{}{}", self.created, if self.timed { "T08:00:00+00:00" } else { "" })
    }

    /// What it is at first, and what it is later.
    fn states(&self) -> Vec<(u32, u32, bool)> {
        std::iter::once((self.thread, self.rep, self.complete)).chain(self.later.iter().copied()).collect()
    }

    /// What is said of it first, and what later, each as a file of Close's.
    fn said(&self, n: usize) -> Vec<String> {
        let said = |(version, state)| {
            let form = if version == 0 { self.form } else { Form::List };
            wrapped(form, &self.task(n, state, version, form))
        };
        let mut all: Vec<String> = self.states().into_iter().enumerate().map(said).collect();
        all.extend(self.twice.then(|| all[0].clone()));
        all
    }

    fn task(&self, n: usize, (thread, rep, complete): (u32, u32, bool), version: usize, form: Form) -> String {
        let created = self.created;
        let date = self.date();
        // Events carry fewer fields, and no view.
        let (name, view) = match form {
            Form::List => (",\"contact_name\":\"Bo\"", "\"inbox\""),
            Form::Event | Form::Webhook => ("", "null"),
        };
        format!(
            r#"{{"id":"task_{n:02}","_type":"incoming_email","is_complete":{complete},"date":"{date}","date_created":"2026-03-0{created}T08:00:00.000000+00:00","date_updated":"2026-03-1{version}T08:00:00.000000+00:00","object_type":"emailthread","object_id":"acti_{thread}","emails":["acti_m{n:02}"],"subject":"{version} from {n:02}","assigned_to":"user_{rep}"{name},"view":{view}}}"#
        )
    }
}

fn wrapped(form: Form, task: &str) -> String {
    let event = || {
        format!(
            r#"{{"id":"ev_1","action":"created","object_type":"task.incoming_email","changed_fields":[],"data":{task},"previous_data":{{}},"date_created":"2026-03-10T08:00:00.000000","date_updated":"2026-03-10T08:00:00.000000"}}"#
        )
    };
    match form {
        Form::List => format!(r#"{{"data":[{task}],"has_more":false,"total_results":1}}"#),
        Form::Event => format!(r#"{{"cursor_next":null,"cursor_previous":null,"data":[{}]}}"#, event()),
        Form::Webhook => format!(r#"{{"subscription_id":"whsub_1","event":{}}}"#, event()),
    }
}

fn now() -> DateTime<Utc> {
    "2026-03-15T15:00:00Z".parse().expect("a moment")
}

fn take(repository: &mut Repository, files: &[PathBuf]) {
    let source = |path: &PathBuf| Source {
        name: path.display().to_string(),
        bytes: Box::new(File::open(path).expect("a file")),
    };
    let report =
        import::import(repository, files.iter().map(source).collect(), Options::default(), now(), &mut |news| {
            assert!(!matches!(news, import::News::Bad { .. }), "{news:?}");
        });
    report.expect("imported");
}

fn everything(repository: &Repository) -> Vec<StoredTask> {
    let filter = Filter { types: TypeSet::ALL, ..Filter::default() };
    let query = Query { view: View::All, filter, order: Order::AS_THEY_CAME };
    let mut tasks = repository.list(&query, &Today::new(now(), Zone::UTC), 0, None).expect("all");
    tasks.sort_by(|a, b| a.task.id.cmp(&b.task.id));
    tasks
}

/// What the tasks are, but for what goes by arrival: their numbers, and about when one was
/// completed. An older record changes nothing, and a newer one of a completed task says when
/// that was last edited: so the first that is seen complete tells the time.
fn state(tasks: &[StoredTask]) -> Vec<String> {
    tasks
        .iter()
        .map(|task| {
            let completed = task.completed.map(|completed| (!completed.about).then_some(completed.at));
            format!("{} {completed:?} {:?}", task.record.to_json(), task.local.is_snoozed)
        })
        .collect()
}

fn ids_of(task: &StoredTask) -> Vec<String> {
    match &task.task.body {
        Body::IncomingEmail { emails, .. } => emails.clone(),
        other => panic!("no email: {other:?}"),
    }
}

fn written(folder: &Path, said: &[String]) -> Vec<PathBuf> {
    let file = |(i, text): (usize, &String)| {
        let path = folder.join(format!("{i}.json"));
        std::fs::write(&path, text).expect("written");
        path
    };
    said.iter().enumerate().map(file).collect()
}

/// Takes the batches, doing something between each and the next.
fn in_batches(folder: &Path, batches: &[&[PathBuf]], mut between: impl FnMut(usize, &mut Repository)) -> Repository {
    let mut repository = Repository::open(&folder.join("tasks.db")).expect("a new file");
    for (i, batch) in batches.iter().enumerate() {
        take(&mut repository, batch);
        between(i, &mut repository);
    }
    repository
}

/// What is said of emails, in files: in its order, and shuffled.
struct Told {
    folder: tempfile::TempDir,
    files: Vec<PathBuf>,
    shuffled: Vec<PathBuf>,
}

impl Told {
    fn of(emails: &[Email], order: &[usize]) -> Told {
        let folder = tempfile::tempdir().expect("a folder");
        let said: Vec<String> = emails.iter().enumerate().flat_map(|(n, email)| email.said(n)).collect();
        let files = written(folder.path(), &said);
        let shuffled = order.iter().map(|i| files[*i].clone()).collect();
        Told { folder, files, shuffled }
    }

    fn place(&self, name: &str) -> PathBuf {
        let place = self.folder.path().join(name);
        std::fs::create_dir(&place).expect("made");
        place
    }

    /// A file of tasks that took all of it at once.
    fn at_once(&self) -> Repository {
        in_batches(&self.place("one"), &[&self.files], |_, _| {})
    }

    /// One that took it shuffled, in batches of a size, with something done after each.
    fn in_parts(&self, size: usize, after: impl FnMut(usize, &mut Repository)) -> Repository {
        let batches: Vec<&[PathBuf]> = self.shuffled.chunks(size).collect();
        in_batches(&self.place("other"), &batches, after)
    }
}

fn undo_all(repository: &mut Repository) {
    while repository.undo(now()).expect("undone").is_some() {}
    assert!(everything(repository).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_form_order_and_batches_emails_come_the_same_tasks_come_of_them(
        (emails, order) in prop::collection::vec(any_email(), 1..9).prop_flat_map(|emails| {
            let said = emails.iter().enumerate().map(|(n, email)| email.said(n).len()).sum::<usize>();
            (Just(emails), Just((0..said).collect::<Vec<_>>()).prop_shuffle())
        }),
        size in 1..6_usize,
    ) {
        let told = Told::of(&emails, &order);
        let (mut at_once, mut in_parts) = (told.at_once(), told.in_parts(size, |_, _| {}));
        let tasks = everything(&at_once);
        prop_assert_eq!(state(&everything(&in_parts)), state(&tasks));

        // The unread emails of a thread that a rep has are one task, in order of arrival.
        let mut threads: BTreeMap<(u32, u32), Vec<(u32, String)>> = BTreeMap::new();
        for (n, email) in emails.iter().enumerate() {
            let (thread, rep, complete) = *email.states().last().expect("a state");
            if !complete {
                threads.entry((thread, rep)).or_default().push((email.created, format!("acti_m{n:02}")));
            }
        }
        let mut expected: Vec<Vec<String>> = threads
            .into_values()
            .map(|mut ids| {
                ids.sort();
                ids.into_iter().map(|(_, id)| id).collect()
            })
            .collect();
        expected.sort();
        let mut open: Vec<_> = tasks.iter().filter(|task| !task.task.is_complete).map(ids_of).collect();
        open.sort();
        prop_assert_eq!(open, expected);
        for task in everything(&in_parts).iter().filter(|task| task.task.is_complete) {
            let about = task.completed.filter(|completed| completed.about).expect("about").at;
            let id = &ids_of(task)[0];
            let n = (0..emails.len()).find(|n| *id == format!("acti_m{n:02}")).expect("an email");
            let told = emails[n].states().into_iter().enumerate().filter(|(_, (_, _, complete))| *complete);
            let mut moments = told.map(|(version, _)| format!("2026-03-1{version}T08:00:00Z").parse::<DateTime<Utc>>());
            prop_assert!(moments.any(|moment| moment == Ok(about)), "{about} is told by no record");
        }
        undo_all(&mut at_once);
        undo_all(&mut in_parts);
    }

    #[test]
    fn a_snooze_between_batches_changes_the_dates_alone_and_those_come_back_with_what_came_after(
        (emails, order) in prop::collection::vec(any_email(), 1..9).prop_flat_map(|emails| {
            let places = (0..emails.len()).collect::<Vec<_>>();
            (Just(emails), Just(places).prop_shuffle())
        }),
        size in 1..6_usize,
        snooze_after in 0..4_usize,
    ) {
        let emails: Vec<Email> = emails.into_iter().map(|email| Email { later: Vec::new(), twice: false, ..email }).collect();
        let told = Told::of(&emails, &order);
        let until = TaskDate::parse("2026-03-30").expect("a date");
        let at_once = told.at_once();
        let mut in_parts = told.in_parts(size, |i, repository| {
            let tasks = everything(repository);
            let open: Vec<TaskNumber> = tasks.iter().filter(|t| !t.task.is_complete).map(|t| t.number).collect();
            if i == snooze_after {
                repository.edit(&Batch::new(&open, &Edit::Snooze(until.into()), now())).expect("snoozed");
            }
        });
        let tasks = everything(&in_parts);
        let but_dates = |tasks: &[StoredTask]| -> Vec<_> {
            tasks.iter().map(|task| (task.task.id.clone(), task.task.is_complete, ids_of(task), task.record.get("subject").map(str::to_owned))).collect()
        };
        prop_assert_eq!(but_dates(&tasks), but_dates(&everything(&at_once)));

        let seen = if snooze_after < told.shuffled.chunks(size).len() { ((snooze_after + 1) * size).min(order.len()) } else { 0 };
        for task in tasks.iter().filter(|task| !task.task.is_complete) {
            let ids = ids_of(task);
            let places = |range: &[usize]| -> Vec<usize> {
                range.iter().copied().filter(|n| ids.contains(&format!("acti_m{n:02}"))).collect()
            };
            let (before, after) = (places(&order[..seen]), places(&order[seen..]));
            let date = |n: &usize| TaskDate::parse(&emails[*n].date()).expect("a date");
            // A day begins before every moment of it.
            let first = |of: &[usize]| of.iter().min_by_key(|n| (emails[**n].created, emails[**n].timed)).map(date);
            let expected = if before.is_empty() { first(&after) } else { first(&after).or(Some(until)) };
            prop_assert_eq!(task.task.date, expected, "{:?} came before, {:?} after", before, after);
            prop_assert_eq!(task.local.is_snoozed, !before.is_empty() && after.is_empty());
        }
        undo_all(&mut in_parts);
    }
}
