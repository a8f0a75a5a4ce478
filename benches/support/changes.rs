//! Changes of many tasks, each over the same rows changed bare, and their undo over them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use repbox::domain::change::Action;
use repbox::domain::date::TaskDate;
use repbox::domain::edit::Edit;
use repbox::domain::filter::People;
use repbox::domain::kind::TaskType;
use repbox::domain::retention::{KeepTime, KeepTimes};
use repbox::domain::task::TaskNumber;
use repbox::domain::zone::Zone;
use repbox::repository::{Batch, Expired, Repository};

use super::measure::{in_turns, one_after_another, percentile, ratio, time};
use super::{emails, floor, process};

const ROUNDS: usize = 7;
/// As many tasks change at once.
const BULK: usize = 10_000;

/// Open tasks from all over the file.
fn open_tasks(repository: &Repository) -> Vec<TaskNumber> {
    let open = repository.open_tasks(&People::Everyone, &Zone::UTC).expect("open tasks");
    let mut numbers: Vec<TaskNumber> =
        open.iter().step_by((open.len() / BULK).max(1)).take(BULK).map(|task| task.number).collect();
    numbers.sort_unstable();
    numbers
}

/// Snoozing 10,000 tasks over the same updates, bare, with the same indexes; checkpoints
/// in both.
pub(crate) fn snooze(ours: &Path, bare: &Path, now: DateTime<Utc>) {
    let mut repository = Repository::open(ours).expect("opens");
    let floor = floor::open(bare);
    let numbers = open_tasks(&repository);
    let (mut hours, mut hours_bare) = (0, 0);
    let later = |hours: i64| now + TimeDelta::hours(hours);
    let (bare, took) = in_turns(
        ROUNDS,
        || {
            hours_bare += 1;
            time(|| {
                floor.execute_batch("BEGIN IMMEDIATE").expect("begins");
                let sql = "UPDATE task SET day = NULL, at = ?2, flags = flags | 2 WHERE n = ?1";
                let mut update = floor.prepare_cached(sql).expect("prepares");
                for n in &numbers {
                    update.execute((n.0, later(hours_bare).timestamp_micros())).expect("updates");
                }
                floor.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").expect("commits");
            })
            .0
        },
        || {
            hours += 1;
            snoozed(&mut repository, &numbers, later(hours), now)
        },
    );
    let count = grouped(numbers.len());
    ratio(&format!("snooze of {count} over bare updates"), bare, took, 1.4);
    let (took, back) = one_after_another(ROUNDS, |way| match way {
        0 => {
            hours += 1;
            snoozed(&mut repository, &numbers, later(hours), now)
        }
        _ => undone(&mut repository, Action::Snooze, now),
    });
    ratio(&format!("undo of a snooze of {count}"), took, back, 1.0);
}

/// A number as people read it.
fn grouped(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

fn snoozed(repository: &mut Repository, numbers: &[TaskNumber], to: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    let edit = Edit::Snooze(TaskDate::At(to).into());
    let (took, done) = time(|| {
        let done = repository.edit(&Batch::new(numbers, &edit, now)).expect("snoozes");
        repository.checkpoint().expect("checkpoints");
        done
    });
    assert_eq!(done.changed.len(), numbers.len(), "all of them are put off");
    took
}

/// Takes the last step back, which must be of this kind: the time of another one is no figure.
fn undone(repository: &mut Repository, of: Action, now: DateTime<Utc>) -> Duration {
    let (took, restored) = time(|| {
        let restored = repository.undo(now).expect("undoes").expect("a step");
        repository.checkpoint().expect("checkpoints");
        restored
    });
    assert_eq!(restored.step.action, of, "the step that was done is undone");
    took
}

/// Puts 10,000 tasks off and takes it back until it is enough.
pub(crate) fn snoozes(file: &Path, now: DateTime<Utc>, is_over: impl Fn() -> bool) {
    let mut repository = Repository::open(file).expect("opens");
    let numbers = open_tasks(&repository);
    while !is_over() {
        snoozed(&mut repository, &numbers, now + TimeDelta::days(3), now);
        undone(&mut repository, Action::Snooze, now);
    }
}

/// As many tasks leave the archive at once.
const PURGED: usize = 100_000;

/// A file whose missed calls and voicemails are purged and brought back, each time two
/// days later: what comes back is kept for a day anew.
struct Archive {
    repository: Repository,
    keep: KeepTimes,
    now: DateTime<Utc>,
    expired: Expired,
}

impl Archive {
    fn open(file: &Path, now: DateTime<Utc>) -> Archive {
        let mut keep = KeepTimes::default();
        for task_type in TaskType::ALL.into_iter().filter(|task_type| *task_type != TaskType::Lead) {
            let goes = matches!(task_type, TaskType::MissedCall | TaskType::Voicemail);
            keep.set(task_type, if goes { KeepTime::Days(1) } else { KeepTime::Ever }).expect("no to-do");
        }
        let repository = Repository::open(file).expect("opens");
        // The bench's tasks came when the bench ran first.
        let mut archive = Archive { repository, keep, now: now + TimeDelta::days(36_500), expired: Expired::default() };
        archive.pass_time();
        archive
    }

    fn pass_time(&mut self) {
        self.now += TimeDelta::days(2);
        (self.expired, _) = self.repository.expired(&self.keep, self.now).expect("the archive");
        self.expired.tasks.truncate(PURGED);
    }

    fn purge(&mut self) -> Duration {
        self.pass_time();
        let (took, gone) = time(|| {
            let gone = self.repository.purge(&self.expired, &self.keep, self.now).expect("purges");
            self.repository.checkpoint().expect("checkpoints");
            gone
        });
        assert_eq!(gone.tasks, self.expired.tasks, "all of them are purged");
        took
    }

    fn undo(&mut self) -> Duration {
        undone(&mut self.repository, Action::Purge, self.now)
    }
}

/// Purging 100,000 tasks over deleting the same rows, bare, with the same indexes;
/// checkpoints in both. `fresh` makes a file for each round of the floor.
pub(crate) fn purge(ours: &Path, fresh: impl Fn() -> PathBuf, now: DateTime<Utc>) {
    let mut archive = Archive::open(ours, now);
    let tasks = archive.expired.tasks.clone();
    let mut undoes = Vec::new();
    let (bare, took) = in_turns(
        3,
        || deleted_bare(&fresh(), &tasks),
        || {
            let took = archive.purge();
            undoes.push(archive.undo());
            took
        },
    );
    let count = grouped(tasks.len());
    ratio(&format!("purge of {count} over bare deletes"), bare, took, 1.5);
    ratio(&format!("undo of a purge of {count}"), took, percentile(&mut undoes, 0.5), 1.0);
}

fn deleted_bare(file: &Path, tasks: &[TaskNumber]) -> Duration {
    let floor = floor::open(file);
    let (took, ()) = time(|| {
        floor.execute_batch("BEGIN IMMEDIATE").expect("begins");
        let mut delete = floor.prepare_cached("DELETE FROM task WHERE n = ?1").expect("prepares");
        for task in tasks {
            delete.execute([task.0]).expect("deletes");
        }
        floor.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").expect("commits");
    });
    process::remove(file);
    took
}

/// Purges and takes it back until it is enough.
pub(crate) fn purges(file: &Path, now: DateTime<Utc>, is_over: impl Fn() -> bool) {
    let mut archive = Archive::open(file, now);
    while !is_over() {
        archive.purge();
        archive.undo();
    }
}

/// An import of emails that unite in threads over one of as many that do not.
pub(crate) fn consolidate(folder: &Path, now: DateTime<Utc>) {
    let at = |name: &str| folder.join(name);
    let (apart, threads) = (at("apart.ndjson"), at("threads.ndjson"));
    if !threads.exists() {
        emails::write(&apart, 100_000, 100_000).expect("made-up emails");
        emails::write(&threads, 100_000, 20_000).expect("made-up emails");
    }
    let import = |file: &Path, lines: &Path| {
        process::remove(file);
        process::run(file, &["import", &lines.to_string_lossy()])
    };
    let (plain, united) = (at("apart.db"), at("threads.db"));
    let (floor, took) = in_turns(3, || import(&plain, &apart), || import(&united, &threads));
    ratio("import of threads over plain", floor, took, 2.0);
    let (took, back) = one_after_another(3, |way| match way {
        0 => import(&united, &threads),
        _ => undone(&mut Repository::open(&united).expect("opens"), Action::Import, now),
    });
    ratio("undo of an import of threads", took, back, 1.0);
    process::remove(&plain);
    process::remove(&united);
}
