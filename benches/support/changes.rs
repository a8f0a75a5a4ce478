//! Changes of many tasks, each over the same rows changed bare, and their undo over them.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use repbox::domain::date::TaskDate;
use repbox::domain::edit::Edit;
use repbox::domain::filter::People;
use repbox::domain::task::TaskNumber;
use repbox::domain::zone::Zone;
use repbox::repository::{Batch, Repository};

use super::measure::{in_turns, one_after_another, ratio, time};
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
    ratio("snooze of 10,000 over bare updates", bare, took, 1.4);
    let (took, back) = one_after_another(ROUNDS, |way| match way {
        0 => {
            hours += 1;
            snoozed(&mut repository, &numbers, later(hours), now)
        }
        _ => undone(&mut repository, now),
    });
    ratio("undo of a snooze of 10,000", took, back, 1.0);
}

fn snoozed(repository: &mut Repository, numbers: &[TaskNumber], to: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    let edit = Edit::Snooze(TaskDate::At(to).into());
    time(|| {
        repository.edit(&Batch::new(numbers, &edit, now)).expect("snoozes");
        repository.checkpoint().expect("checkpoints");
    })
    .0
}

fn undone(repository: &mut Repository, now: DateTime<Utc>) -> Duration {
    time(|| {
        repository.undo(now).expect("undoes").expect("a step");
        repository.checkpoint().expect("checkpoints");
    })
    .0
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
        _ => undone(&mut Repository::open(&united).expect("opens"), now),
    });
    ratio("undo of an import of threads", took, back, 1.0);
    process::remove(&plain);
    process::remove(&united);
}
