//! The file itself: how it is copied and looked over, by the real binary.

mod support {
    pub(crate) mod limits;
    pub(crate) mod world;
}

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use support::limits::{kill, limited};
use support::world::{World, todo};

/// Copies made while others write.
const COPIES: usize = 50;

fn many(count: usize) -> String {
    (0..count).map(|i| todo(&format!("n{i:06}"), "2015-01-12")).collect()
}

/// Everything in a folder, to the byte.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.path().is_file());
    files
        .map(|file| (file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).expect("read")))
        .collect()
}

fn doctor(world: &World, file: &str) -> (Option<i32>, String) {
    let output = world.run(&["--db", file, "doctor"]);
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

/// Ends the writers with the copying, also where that fails.
struct EndsWriters<'a>(&'a AtomicBool);

impl Drop for EndsWriters<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn p08_copies_made_while_four_write_are_private_whole_and_of_one_moment() {
    let world = World::with(&many(80));
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (world, stop) = (&world, &stop);
            scope.spawn(move || {
                for pair in (0..10).cycle().take_while(|_| !stop.load(Ordering::Relaxed)) {
                    // Two tasks that lie on pages of their own.
                    let first = writer * 10 + pair + 1;
                    let verb = if pair % 2 == 0 { "done" } else { "reopen" };
                    world.out(&[verb, &first.to_string(), &(first + 40).to_string()]);
                }
            });
        }
        let _end = EndsWriters(&stop);
        for copy in 0..COPIES {
            let name = format!("copy{copy}.db");
            let said = world.out(&["backup", &name]);
            assert!(said.starts_with("Copied 80 tasks, ") && said.trim_end().ends_with(&name), "{said}");
            let mode = std::fs::metadata(world.folder().join(&name)).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    });
    for copy in 0..COPIES {
        let name = format!("copy{copy}.db");
        let (exit, said) = doctor(&world, &name);
        assert_eq!(exit, Some(0), "{said}");
        let archive = world.out(&["--db", &name, "list", "--view", "archive", "--limit", "0", "--output", "ndjson"]);
        let complete = |n: usize| archive.contains(&format!("\"task_n{n:06}\""));
        for first in 0..40 {
            assert_eq!(complete(first), complete(first + 40), "half a change is in {name}");
        }
    }
}

#[test]
fn p08_a_copy_never_replaces_anything() {
    let world = World::with(&many(1));
    std::fs::write(world.folder().join("mine.txt"), "mine").expect("written");
    std::os::unix::fs::symlink("nowhere", world.folder().join("link.db")).expect("linked");
    for (target, why) in [("mine.txt", "exists"), ("link.db", "exists"), ("none/copy.db", "cannot be written")] {
        let output = world.run(&["backup", target]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{target}");
        assert!(said.contains(why) && said.contains("no copy was made"), "{said}");
    }
    let own = world.run(&["backup", &world.db().to_string_lossy()]);
    assert_eq!(own.status.code(), Some(1));
    assert_eq!(std::fs::read(world.folder().join("mine.txt")).expect("read"), b"mine");
    assert!(!world.folder().join("nowhere").exists());
    assert_eq!(world.out(&["export"]).lines().count(), 1);
}

#[test]
fn p08_killed_midway_or_on_a_full_disk_there_is_no_copy_under_its_name() {
    let world = World::with(&many(3000));
    let began = Instant::now();
    world.out(&["backup", "whole.db"]);
    let whole = began.elapsed();
    for round in 1..10 {
        let name = format!("killed{round}.db");
        kill(world.command(&["backup", &name]), whole * round / 10);
        if world.folder().join(&name).exists() {
            assert_eq!(doctor(&world, &name).0, Some(0), "{name} is not whole");
        }
    }
    let left = |world: &World| contents(world.folder()).into_keys().filter(|name| name.starts_with(".repbox-")).count();
    let killed = left(&world);
    for blocks in [0, 8, 64, 400] {
        let output = limited(&world, blocks, &["backup", "full.db"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{blocks}");
        assert!(said.contains("no copy was made") && said.contains("full"), "{said}");
        assert!(!world.folder().join("full.db").exists());
        assert_eq!(left(&world), killed, "only the killed ones leave something");
    }
    assert_eq!(doctor(&world, &world.db().to_string_lossy()).0, Some(0));
}

#[test]
fn doctor_says_a_line_for_each_thing_and_0_where_nothing_is_wrong() {
    let world = World::with(&many(30));
    world.out(&["done", "1", "2"]);
    world.out(&["undo"]);
    let (exit, said) = doctor(&world, &world.db().to_string_lossy());
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.lines().all(|line| line.starts_with("ok   ")), "{said}");
    for subject in [
        "settings",
        "sqlite",
        "file",
        "folder",
        "schema",
        "length",
        "integrity",
        "counters",
        "calendar",
        "words",
        "journal",
        "zone",
        "terminal",
        "sync",
    ] {
        assert_eq!(said.lines().filter(|line| line[5..].starts_with(subject)).count(), 1, "{subject} in\n{said}");
    }
    assert!(said.contains("agree with 30 tasks") && said.contains("3 steps"), "{said}");
    assert!(said.contains(&format!("rules of {}", chrono_tz::IANA_TZDB_VERSION)), "{said}");
    let new = world.folder().join("new.db");
    assert_eq!(doctor(&world, &new.to_string_lossy()).0, Some(0));
    assert!(!new.exists(), "it makes nothing");
}

#[test]
fn p03_p29_p30_doctor_finds_what_is_wrong_says_what_to_do_and_changes_not_a_byte() {
    let sql = |text: &'static str| {
        move |path: &Path| {
            let file = Connection::open(path).expect("opens");
            file.execute_batch(text).expect("changed");
        }
    };
    let bytes = |change: fn(&mut Vec<u8>)| {
        move |path: &Path| {
            let mut bytes = std::fs::read(path).expect("read");
            change(&mut bytes);
            std::fs::write(path, bytes).expect("written");
        }
    };
    type Harm = Box<dyn Fn(&Path)>;
    let cases: [(&str, &str, Harm); 15] = [
        ("counters", "export", Box::new(sql("UPDATE counter SET c = c + 1"))),
        ("counters", "export", Box::new(sql("DELETE FROM counter"))),
        ("calendar", "export", Box::new(sql("UPDATE calendar SET place = place + 2"))),
        ("words", "export", Box::new(sql("DELETE FROM word WHERE rowid = 3"))),
        ("words", "export", Box::new(sql("INSERT INTO word (rowid, text) VALUES (9999, 'acme')"))),
        ("journal", "export", Box::new(sql("INSERT INTO change VALUES (99, 1, 'completion', NULL, NULL)"))),
        ("journal", "export", Box::new(sql("INSERT INTO change VALUES (1, 9999, 'completion', NULL, NULL)"))),
        ("journal", "export", Box::new(sql("UPDATE change SET field = 'odd'"))),
        ("integrity", "recover", Box::new(sql("PRAGMA foreign_keys = OFF; UPDATE task SET type = 99 WHERE n = 3"))),
        ("schema", "--db", Box::new(sql("CREATE TABLE odd (x)"))),
        ("schema", "update repbox", Box::new(sql("PRAGMA user_version = 99"))),
        ("schema", "recover", Box::new(bytes(|b| b.truncate(b.len() - 200)))),
        ("length", "recover", Box::new(bytes(|b| b.extend([0; 200])))),
        ("schema", "--db", Box::new(bytes(|b| *b = b"no database\n".repeat(50)))),
        (
            "file",
            "chmod 600",
            Box::new(|path: &Path| {
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).expect("changed");
            }),
        ),
    ];
    for (at, (subject, remedy, harm)) in cases.into_iter().enumerate() {
        let world = World::with(&many(300));
        world.out(&["done", "1", "2"]);
        let folder = world.folder().join("data");
        harm(&world.db());
        let before = contents(&folder);
        let (exit, said) = doctor(&world, &world.db().to_string_lossy());
        let bad: Vec<&str> = said.lines().filter(|line| line.starts_with("bad ")).collect();
        assert_eq!(exit, Some(1), "case {at}:\n{said}");
        assert!(bad.iter().any(|line| line[5..].starts_with(subject) && line.contains(remedy)), "case {at}:\n{said}");
        assert!(contents(&folder) == before, "case {at} is not as it was");
    }
}

#[test]
fn doctor_leaves_the_log_of_a_killed_writer_to_the_next_one() {
    let world = World::with(&many(20));
    let db = world.db();
    // A connection that never closes leaves its log, as a killed program does.
    let file = Connection::open(&db).expect("opens");
    file.execute_batch("UPDATE task SET updated = 1").expect("changed");
    let copy = world.folder().join("crashed");
    std::fs::create_dir(&copy).expect("a folder");
    for name in ["tasks.db", "tasks.db-wal"] {
        std::fs::copy(db.with_file_name(name), copy.join(name)).expect("copied");
    }
    std::fs::set_permissions(copy.join("tasks.db"), std::fs::Permissions::from_mode(0o600)).expect("private");
    let held = |name| std::fs::read(copy.join(name)).expect("read");
    let before = (held("tasks.db"), held("tasks.db-wal"));
    let (exit, said) = doctor(&world, &copy.join("tasks.db").to_string_lossy());
    assert_eq!(exit, Some(0), "{said}");
    assert!(before == (held("tasks.db"), held("tasks.db-wal")));
}

#[test]
fn doctor_reads_settings_that_stop_every_other_command() {
    let world = World::with(&many(1));
    let settings = world.folder().join("config.toml");
    std::fs::write(&settings, "time_zoen = 'UTC'\n").expect("written");
    let output = world.run(&["--config", &settings.to_string_lossy(), "doctor"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("bad  settings") && said.contains("did you mean time_zone?"), "{said}");
    assert!(said.contains("ok   counters"), "{said}");
}

#[test]
fn p09_the_first_start_in_a_synced_folder_warns_once_and_doctor_says_it() {
    let world = World::new();
    let file = world.folder().join("Dropbox").join("tasks.db");
    let file = file.to_string_lossy();
    let said = |args: &[&str]| {
        let output = world.run(&[&["--db", &file][..], args].concat());
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(said(&["add", "Call Ana"]).contains("Dropbox syncs it"), "the first start warns");
    assert!(!said(&["add", "Call Bo"]).contains("Dropbox syncs it"), "the second does not");
    std::fs::write(world.folder().join("Dropbox").join("tasks (conflicted copy).db"), "").expect("written");
    let (exit, found) = doctor(&world, &file);
    assert_eq!(exit, Some(1));
    assert!(found.contains("bad  folder") && found.contains("conflicted copy"), "{found}");
    std::fs::remove_file(world.folder().join("Dropbox").join("tasks (conflicted copy).db")).expect("removed");
    assert!(doctor(&world, &file).1.contains("Dropbox syncs it"));
}

#[test]
fn p08_a_copy_has_what_so_far_only_the_log_has() {
    let world = World::with(&many(2));
    // Keeps the log from being moved into the file.
    let open = Connection::open(world.db()).expect("opens");
    open.execute_batch("BEGIN; SELECT count(*) FROM task").expect("read");
    world.out(&["done", "2"]);
    world.out(&["backup", "copy.db"]);
    assert!(world.out(&["--db", "copy.db", "list", "--view", "archive"]).contains("n000001"));
}

#[test]
fn p08_of_what_is_unsound_there_is_no_copy() {
    let world = World::with(&many(2));
    let file = Connection::open(world.db()).expect("opens");
    file.execute_batch("PRAGMA ignore_check_constraints = ON; UPDATE task SET state = 10 WHERE n = 2").expect("harmed");
    drop(file);
    let output = world.run(&["backup", "copy.db"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("copy.db came out unsound") && said.contains("no copy was made"), "{said}");
    assert!(!contents(world.folder()).into_keys().any(|name| name.contains("copy") || name.starts_with(".repbox-")));
}

#[test]
fn p08_a_copy_is_a_file_that_repbox_works_on() {
    let world = World::with(&many(5));
    world.out(&["done", "2"]);
    let before = world.out(&["export"]);
    world.out(&["backup", "copy.db"]);
    world.out(&["--db", "copy.db", "undo"]);
    assert!(!world.out(&["--db", "copy.db", "list", "--view", "archive"]).contains("n000001"));
    assert_eq!(world.out(&["export"]), before, "the original is another file");
    let waited = Instant::now();
    while world.folder().join("copy.db-wal").exists() {
        assert!(waited.elapsed() < Duration::from_secs(5), "its log is its own, and goes with it");
    }
}
