//! The figures that repbox promises, each beside a floor measured in the same run.
//!
//! `cargo bench` makes a million tasks (950,000 archived, 50,000 open) and runs all of
//! them; `cargo bench -- toggle pages` runs those; `REPBOX_BENCH_TASKS=100000` makes fewer.

mod support {
    pub(crate) mod changes;
    pub(crate) mod emails;
    pub(crate) mod floor;
    pub(crate) mod measure;
    pub(crate) mod process;
    pub(crate) mod screen;
    pub(crate) mod tasks;
}

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use repbox::domain::edit::Edit;
use repbox::domain::filter::{Filter, People, Query, TypeSet};
use repbox::domain::order::Order;
use repbox::domain::query;
use repbox::domain::stats::Span;
use repbox::domain::task::TaskNumber;
use repbox::domain::view::{Today, View};
use repbox::domain::zone::Zone;
use repbox::repository::{ArchiveFrom, Batch, Repository};
use support::measure::{in_turns, limit, percentile, ratio, time};
use support::{changes, floor, process, screen, tasks};

const ROWS: usize = 60;

/// A figure's name, and what measures and prints it.
type Figure = (&'static str, fn(&Data));

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let count = std::env::var("REPBOX_BENCH_TASKS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let data = Data::prepare(count);
    println!("{count} tasks, SQLite {}", Repository::sqlite_version());
    let figures: [Figure; 15] = [
        ("import", import),
        ("file", file),
        ("list", list),
        ("count", count_process),
        ("pages", pages),
        ("search", search),
        ("counts", counts),
        ("stats", stats),
        ("toggle", toggle),
        ("bulk", bulk),
        ("snooze", snooze),
        ("purge", purge),
        ("consolidate", consolidate),
        ("screen", screen_figures),
        ("beside", beside),
    ];
    for (name, figure) in figures {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            figure(&data);
        }
    }
}

/// The made-up tasks and files of them, kept between runs.
struct Data {
    count: u64,
    folder: PathBuf,
    lines: PathBuf,
    file: PathBuf,
    small: PathBuf,
}

impl Data {
    fn prepare(count: u64) -> Data {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{count}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        let at = |name: &str| folder.join(name);
        let data = Data { count, lines: at("tasks.ndjson"), file: at("tasks.db"), small: at("small.db"), folder };
        data.make(&data.lines, count, &data.file);
        data.make(&data.folder.join("small.ndjson"), 10_000, &data.small);
        data
    }

    fn make(&self, lines: &std::path::Path, count: u64, file: &std::path::Path) {
        if !lines.exists() {
            tasks::write(lines, count).expect("made-up tasks");
        }
        if !file.exists() {
            process::run(file, &["import", &lines.to_string_lossy()]);
        }
    }

    /// A copy that a figure may change.
    fn copy(&self, name: &str) -> PathBuf {
        let copy = self.folder.join(name);
        process::remove(&copy);
        std::fs::copy(&self.file, &copy).expect("a copy");
        // Nobody who is measured waits for the disk to take it.
        std::fs::File::open(&copy).and_then(|file| file.sync_all()).expect("a copy on the disk");
        copy
    }

    fn open(&self) -> Repository {
        Repository::open(&self.file).expect("opens")
    }
}

fn now() -> DateTime<Utc> {
    tasks::NOW.parse().expect("a moment")
}

fn today(zone: &str) -> Today {
    Today::new(now(), zone.parse::<Zone>().expect("a zone"))
}

fn everything(view: View, order: Order) -> Query {
    Query { view, filter: Filter { types: TypeSet::ALL, ..Filter::default() }, order }
}

/// Import over bare inserts of the raw lines with a unique id. Three rounds in turns,
/// for the disk's speed changes from one to the next.
fn import(data: &Data) {
    let (bare, ours) = (data.folder.join("floor.db"), data.folder.join("import.db"));
    let mut peak = 0.0_f64;
    let (floor, took) = in_turns(
        3,
        || {
            process::remove(&bare);
            floor::insert_lines(&data.lines, &bare)
        },
        || {
            process::remove(&ours);
            let (took, used) = process::measured(&ours, &["import", &data.lines.to_string_lossy()]);
            peak = peak.max(used);
            took
        },
    );
    ratio("import: time over bare inserts", floor, took, 1.0 / 0.55);
    limit("import: peak memory", peak, "MiB", 64.0);
    process::remove(&bare);
    process::remove(&ours);
}

fn file(data: &Data) {
    let size = std::fs::metadata(&data.file).expect("the file").len();
    limit("file: bytes a task", size as f64 / data.count as f64, "B", 590.0);
}

fn list(data: &Data) {
    let at = ["--now", tasks::NOW, "--tz", "-8"];
    let ours = [&at[..], &["list", "--type", "all"]].concat();
    let shell = "SELECT t.n, t.fields, r.name, l.name, c.name FROM
       (SELECT n FROM task INDEXED BY open_day WHERE state = 0 AND day IS NOT NULL ORDER BY day, created, id LIMIT 100) o
       JOIN task t USING (n) LEFT JOIN rep r ON r.n = t.rep LEFT JOIN lead l ON l.n = t.lead LEFT JOIN contact c ON c.n = t.contact";
    match process::shell(&data.file, shell) {
        Some(_) => {
            let floor = || process::shell(&data.file, shell).expect("the shell answers");
            let (floor, took) = in_turns(41, floor, || process::run(&data.file, &ours));
            ratio("list: process over sqlite3 shell", floor, took, 2.0);
        }
        None => println!("list: no sqlite3 shell on this machine to compare with"),
    }
    let plain = [&at[..], &["list"]].concat();
    for (name, args) in [("list: every type, over 10,000", &ours), ("list: over 10,000", &plain)] {
        let (small, large) = in_turns(41, || process::run(&data.small, args), || process::run(&data.file, args));
        ratio(name, small, large, 1.5);
    }
}

fn count_process(data: &Data) {
    let ours = ["--now", tasks::NOW, "--tz", "-8", "count", "--type", "all"];
    let (small, large) = in_turns(41, || process::run(&data.small, &ours), || process::run(&data.file, &ours));
    ratio("count: all tasks over 10,000", small, large, 1.5);
    limit("count: process", large.as_secs_f64() * 1000.0, "ms", 20.0);
}

/// Pages of the inbox's order and of the archive over the same rows by their numbers.
/// The screen cuts deeper pages of open tasks from the order that it holds.
fn pages(data: &Data) {
    let repository = data.open();
    let (here, there) = (today("America/New_York"), today("Asia/Kolkata"));
    let open = repository.open_tasks(&People::Everyone, &here.zone).expect("the open tasks");
    let query = everything(View::Open, Order::BY_DATE);
    let numbers: Vec<TaskNumber> = open[..ROWS].iter().map(|task| task.number).collect();
    let first = |today: &Today| time(|| repository.list(&query, today, 0, Some(ROWS as u64)).expect("a page")).0;
    let (floor, took) = in_turns(201, || time(|| repository.tasks(&numbers).expect("rows")).0, || first(&here));
    ratio("first page of the open tasks", floor, took, 1.3);
    let (floor, took) = in_turns(201, || first(&here), || first(&there));
    ratio("page after a change of zone", floor, took, 1.3);
    let (rebuilt, _) = in_turns(
        5,
        || time(|| repository.open_tasks(&People::Everyone, &there.zone).expect("in order")).0,
        Duration::default,
    );
    limit("order of all open tasks", rebuilt.as_secs_f64() * 1000.0, "ms", 50.0);
    archive_pages(&repository);
}

fn archive_pages(repository: &Repository) {
    let filter = Filter { types: TypeSet::ALL, ..Filter::default() };
    let total = repository.archive(&filter, ArchiveFrom::Position(0), 1).expect("the archive").total;
    for share in [0, 50, 99] {
        let rank = (total - ROWS as u64 - 1) * share / 100;
        let page = repository.archive(&filter, ArchiveFrom::Position(rank), ROWS + 1).expect("a page");
        let numbers: Vec<TaskNumber> = page.rows[1..].iter().map(|task| task.number).collect();
        let before = ArchiveFrom::After { task: page.rows[0].number, rank };
        let (floor, took) = in_turns(
            201,
            || time(|| repository.tasks(&numbers).expect("rows")).0,
            || time(|| repository.archive(&filter, before, ROWS).expect("a page")).0,
        );
        ratio(&format!("page of the archive at {share}%"), floor, took, 1.3);
    }
}

/// The first page of the archive for a word of every tenth task, of one in ten thousand,
/// and of none, as after a key; and how long it takes to find them all.
fn search(data: &Data) {
    let repository = Repository::open_reader(&data.file).expect("opens");
    let today = today("America/New_York");
    for (name, text) in [("common", "okafor"), ("rare", "\"novak 4711\""), ("absent", "zeppelin")] {
        let search = query::parse(text, &today, None).expect("a query");
        let filter = Filter { types: TypeSet::ALL, search, ..Filter::default() };
        let query = Query { view: View::Archive, filter, order: Order::NEWEST_COMPLETION };
        let page = || time(|| repository.list(&query, &today, 0, Some(ROWS as u64)).expect("a page")).0;
        let mut pages: Vec<Duration> = (0..201).map(|_| page()).collect();
        let page = percentile(&mut pages, 0.99).as_secs_f64() * 1000.0;
        limit(&format!("search: {name} word, page, p99"), page, "ms", 30.0);
        let all = || time(|| repository.matching(&query, &today).expect("found")).0;
        let mut all: Vec<Duration> = (0..11).map(|_| all()).collect();
        let found = repository.matching(&query, &today).expect("found").len();
        let all = percentile(&mut all, 0.5).as_secs_f64() * 1000.0;
        limit(&format!("search: {name} word, all {found}"), all, "ms", 300.0);
    }
}

fn counts(data: &Data) {
    let repository = data.open();
    let mut times: Vec<Duration> =
        (0..201).map(|_| time(|| repository.archived(&Filter::default()).expect("counts")).0).collect();
    limit("counts of the archive", percentile(&mut times, 0.5).as_secs_f64() * 1e6, "us", 50.0);
}

/// Figures of what was done in a year.
fn stats(data: &Data) {
    let (repository, today) = (data.open(), today("America/New_York"));
    let span = Span::year(&today);
    let mut done = 0;
    let mut times: Vec<Duration> = (0..11)
        .map(|_| {
            let (took, stats) = time(|| repository.stats(&span, &today).expect("figures"));
            done = stats.done();
            took
        })
        .collect();
    println!("stats: {done} done in the year");
    limit("stats: a year", percentile(&mut times, 0.5).as_secs_f64() * 1000.0, "ms", 200.0);
}

/// One toggle, durable, over one unindexed column really changed, durable.
fn toggle(data: &Data) {
    let (ours, bare) = (data.copy("toggle.db"), data.copy("toggle-floor.db"));
    let mut repository = Repository::open(&ours).expect("opens");
    let floor = floor::open(&bare);
    let numbers: Vec<TaskNumber> = repository
        .open_tasks(&People::Everyone, &Zone::UTC)
        .expect("open tasks")
        .iter()
        .step_by(97)
        .map(|t| t.number)
        .collect();
    let (mut n, mut m) = (0, 0);
    let (floor, took) = in_turns(
        201,
        || {
            n = (n + 1) % numbers.len();
            time(|| {
                floor.execute("UPDATE task SET updated = updated + 1 WHERE n = ?1", [numbers[n].0]).expect("updates")
            })
            .0
        },
        || {
            m = (m + 1) % numbers.len();
            time(|| repository.edit(&Batch::new(&[numbers[m]], &Edit::Complete(true), now())).expect("toggles")).0
        },
    );
    ratio("toggle over one changed column", floor, took, 1.5);
    process::remove(&ours);
    process::remove(&bare);
}

/// 10,000 tasks in one transaction over the same updates, bare, with the same indexes.
fn bulk(data: &Data) {
    let (ours, bare) = (data.copy("bulk.db"), data.copy("bulk-floor.db"));
    let mut repository = Repository::open(&ours).expect("opens");
    let floor = floor::open(&bare);
    let numbers: Vec<TaskNumber> = repository
        .open_tasks(&People::Everyone, &Zone::UTC)
        .expect("open tasks")
        .iter()
        .step_by(5)
        .take(10_000)
        .map(|t| t.number)
        .collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    let at = now().timestamp_micros();
    let (mut done, mut done_bare) = (false, false);
    let (floor, took) = in_turns(
        9,
        || {
            done_bare = !done_bare;
            time(|| {
                floor.execute_batch("BEGIN IMMEDIATE").expect("begins");
                let mut update = floor
                    .prepare_cached("UPDATE task SET state = ?2, done_at = ?3, done_about = 0 WHERE n = ?1")
                    .expect("prepares");
                for n in &sorted {
                    update.execute((n.0, done_bare, done_bare.then_some(at))).expect("updates");
                }
                floor.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").expect("commits");
            })
            .0
        },
        || {
            done = !done;
            time(|| {
                repository.edit(&Batch::new(&numbers, &Edit::Complete(done), now())).expect("toggles");
                repository.checkpoint().expect("checkpoints");
            })
            .0
        },
    );
    ratio("toggle of 10,000 over bare updates", floor, took, 1.4);
    process::remove(&ours);
    process::remove(&bare);
}

fn snooze(data: &Data) {
    let (ours, bare) = (data.copy("snooze.db"), data.copy("snooze-floor.db"));
    changes::snooze(&ours, &bare, now());
    process::remove(&ours);
    process::remove(&bare);
}

fn purge(data: &Data) {
    let ours = data.copy("purge.db");
    changes::purge(&ours, || data.copy("purge-floor.db"), now());
    process::remove(&ours);
}

fn consolidate(data: &Data) {
    changes::consolidate(&data.folder, now());
}

/// 10,000 tasks are put off, then 100,000 are purged, again and again, while somebody works.
fn beside(data: &Data) {
    let file = data.copy("beside.db");
    screen::beside(&file, "a bulk", |is_over| changes::snoozes(&file, now(), is_over));
    screen::beside(&file, "a purge", |is_over| changes::purges(&file, now(), is_over));
    process::remove(&file);
}

fn screen_figures(data: &Data) {
    let file = data.copy("screen.db");
    let (repository, today) = (Repository::open_reader(&file).expect("opens"), today("-8"));
    screen::figures(&file, |word| {
        let search = query::parse(word, &today, None).expect("a query");
        let filter = Filter { types: TypeSet::ALL, search, ..Filter::default() };
        let query = Query { view: View::Open, filter: filter.clone(), order: Order::AS_THEY_CAME };
        let open = repository.count(&query, &today).expect("a count");
        let query = Query { view: View::Archive, filter, order: Order::NEWEST_COMPLETION };
        (open, repository.list(&query, &today, 0, Some(ROWS as u64)).expect("a page").len() as u64)
    });
    process::remove(&file);
}
