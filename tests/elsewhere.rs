//! The screen of the real binary while other programs change, move or replace its file,
//! or its terminal takes nothing.

mod support {
    #[expect(dead_code, reason = "signals and sizes are for the tests of the screen")]
    pub(crate) mod terminal;
    pub(crate) mod world;
}

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rusqlite::Connection;
use support::terminal::{Terminal, find};
use support::world::{World, todo};

/// Three to-dos of the day on which the terminals of these tests are.
fn three() -> World {
    World::with(&["one", "pair", "three"].map(|name| todo(name, "2026-03-04")).concat())
}

fn open(world: &World) -> Terminal {
    let terminal = Terminal::open(&world.db(), (140, 40));
    terminal.shows(|s| s.contains("[ ] TODO one") && s.contains("[ ] TODO three"));
    terminal
}

/// Whether another program holds a lock on any byte of a file. The locks of a process are
/// gone when it closes any descriptor of the file, not only the one that took them.
fn is_locked(file: &Path) -> bool {
    let file = File::options().read(true).write(true).open(file).expect("opens");
    rustix::fs::fcntl_lock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_err()
}

#[test]
fn p07_whatever_is_done_on_the_screen_its_locks_on_the_file_and_its_log_stay() {
    let world = World::new();
    let log = world.db().with_file_name("tasks.db-shm");
    let stays = |after: &str| {
        assert!(is_locked(&world.db()), "{after}: who closes the file now takes its log away");
        assert!(is_locked(&log), "{after}: who opens the file now makes its log anew");
    };
    world.out(&["count"]);
    let mut terminal = Terminal::open(&world.db(), (140, 40));
    terminal.shows(|s| s.contains("import a file"));
    stays("at the start");
    std::os::unix::fs::symlink(world.db(), world.folder().join("data/link.db")).expect("linked");
    for own in ["tasks.db", "link.db", "tasks.db-shm", "tasks.db-wal"] {
        terminal.key("i");
        terminal.shows(|s| s.contains("File to import"));
        terminal.key(&format!("{own}\r"));
        let screen = terminal.shows(|s| s.contains("Error:") || s.contains("Imported"));
        stays(own);
        assert!(screen.contains(&format!("{own} is a part of the file that tasks are taken into")), "{screen}");
        terminal.key("\x1b");
        terminal.shows(|s| !s.contains("Error:"));
    }
    world.out(&["add", "Call Ana", "--date", "2026-03-04"]);
    terminal.shows(|s| s.contains("[ ] TODO Call Ana"));
    stays("a change made elsewhere");
    for (key, then) in [("e", "saved"), ("u", "[ ] TODO Call Ana"), ("i", "Ctrl-s save"), ("\x1b", "[ ] TODO Call Ana")]
    {
        terminal.key(key);
        terminal.shows(|s| s.contains(then));
        stays(key);
    }
    for args in [&["backup", "copy.db"][..], &["doctor"], &["list"], &["done", "1"]] {
        world.out(args);
        stays(args[0]);
        assert!(world.db().with_file_name("tasks.db-wal").exists(), "{args:?} took the log away");
    }
    terminal.shows(|s| s.contains("[x] TODO Call Ana"));
}

#[test]
fn p11_a_change_made_elsewhere_shows_without_a_key_and_the_cursor_stays_on_its_task() {
    let world = three();
    let mut terminal = open(&world);
    terminal.key("j");
    terminal.shows(|s| s.contains("To-do 2 of 3"));
    world.out(&["done", "1"]);
    terminal.shows(|s| s.contains("[x] TODO one") && s.contains("To-do 1 of 2"));
    terminal.key("e");
    terminal.shows(|s| s.contains("Completed \"pair\"") && s.contains("saved"));
}

#[test]
fn p11_an_open_form_never_overwrites_a_change_made_elsewhere() {
    let text_of = |world: &World| world.out(&["show", "1", "--output", "json"]);
    for (answer, left, gone) in [("t", "theirs", "one mine"), ("m", "one mine", "theirs"), ("c", "theirs", "one mine")]
    {
        let world = three();
        let mut terminal = open(&world);
        terminal.key("i");
        terminal.shows(|s| s.contains("Ctrl-s save"));
        terminal.key(" mine");
        terminal.shows(|s| s.contains("one mine"));
        world.out(&["edit", "1", "--text", "theirs"]);
        terminal.key("\x13");
        terminal.shows(|s| s.contains("Not saved: changed elsewhere at"));
        terminal.key("!");
        terminal.shows(|s| s.contains("Changed elsewhere at"));
        assert!(text_of(&world).contains("theirs"), "nothing was overwritten without being asked");
        terminal.key(answer);
        terminal.shows(|s| !s.contains("Changed elsewhere at"));
        if answer == "m" {
            terminal.shows(|s| s.contains("saved"));
        }
        let text = text_of(&world);
        assert!(text.contains(left) && !text.contains(gone), "{answer}: {text}");
    }
}

#[test]
fn p12_the_log_of_an_open_screen_is_short_again_after_a_hundred_thousand_foreign_changes() {
    let own = format!("\"own\":\"{}\",\"text\":", "words ".repeat(80));
    let lines = (0..1000).map(|i| todo(&format!("n{i:06}"), "2026-03-04").replace("\"text\":", &own));
    let world = World::with(&lines.collect::<String>());
    let mut terminal = Terminal::open(&world.db(), (140, 40));
    terminal.shows(|s| s.contains("TODO n000001"));
    let log = world.db().with_file_name("tasks.db-wal");
    let length = || std::fs::metadata(&log).map_or(0, |meta| meta.len());
    let falls_below = |most: u64, patience: Duration| {
        let quiet = Instant::now();
        while length() >= most {
            assert!(quiet.elapsed() < patience, "{} bytes", length());
            std::thread::yield_now();
        }
    };
    // What the screen itself wrote is in the file: from here on it has no reason of its own.
    terminal.key("e");
    terminal.shows(|s| s.contains("saved"));
    falls_below(1, Duration::from_secs(10));
    let other = Connection::open(world.db()).expect("opens");
    // Whoever else keeps the log short is not here: the screen has to.
    other.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF").expect("set");
    for round in 0..100 {
        let changed = other.execute("UPDATE task SET updated = ?1", [round]).expect("changed");
        assert_eq!(changed, 1000);
    }
    assert!(length() > 32 << 20, "a log of {} bytes proves nothing", length());
    // A quiet second, and as much again for a machine that is busy.
    falls_below(16 << 20, Duration::from_secs(2));
}

#[test]
fn p12_the_log_is_empty_when_the_screen_ends_though_another_program_has_the_file_open() {
    let world = three();
    // Who closes the file last takes the log away in any case.
    let other = Connection::open(world.db()).expect("opens");
    other.query_row("SELECT count(*) FROM task", [], |_| Ok(())).expect("read");
    let mut terminal = open(&world);
    terminal.key("e");
    terminal.shows(|s| s.contains("saved"));
    terminal.key("q");
    terminal.ends();
    assert_eq!(std::fs::metadata(world.db().with_file_name("tasks.db-wal")).expect("a log").len(), 0);
}

#[test]
fn p01_who_quits_while_a_change_fails_is_shown_the_error_and_stays() {
    let world = three();
    let other = Connection::open(world.db()).expect("opens");
    let mut terminal = open(&world);
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    terminal.key("eq");
    terminal.shows(|s| s.contains("Quits as soon as it is saved. Esc stays."));
    other.execute_batch("ALTER TABLE change RENAME TO away; COMMIT").expect("nothing can be noted any more");
    terminal.shows(|s| s.contains("Error:") && s.contains("[ ] TODO one"));
    // What the details ask behind the change would fail, too, at any moment.
    other.execute_batch("ALTER TABLE away RENAME TO change").expect("made good");
    terminal.key("\x1b");
    terminal.shows(|s| !s.contains("Error:"));
    terminal.key("q");
    terminal.ends();
    let done = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
    assert_eq!(other.query_row("SELECT count(*) FROM task WHERE state <> 0", [], done), Ok(0));
}

/// What was done to the file while the screen was open, and how it is made good.
fn harm(db: &Path, how: &str) {
    let aside = db.with_file_name("aside.db");
    match how {
        "moved" => std::fs::rename(db, aside).expect("moved"),
        "deleted" => {
            std::fs::hard_link(db, aside).expect("kept for looking at");
            std::fs::remove_file(db).expect("deleted");
        }
        "replaced" => {
            std::fs::rename(db, aside).expect("moved");
            std::fs::write(db, "").expect("another one");
        }
        other => panic!("{other}"),
    }
}

#[test]
fn p13_a_file_that_was_moved_replaced_or_deleted_is_noticed_before_anything_is_saved() {
    for how in ["moved", "replaced", "deleted"] {
        let world = three();
        let db = world.db();
        let mut terminal = open(&world);
        harm(&db, how);
        terminal.key("e");
        let screen = terminal.shows(|s| s.contains("was moved, replaced or deleted: nothing was changed; put it back"));
        assert!(!screen.contains("saved"), "{how}: {screen}");
        assert!(screen.contains("[ ] TODO one"), "{how}: the task is open as before\n{screen}");
        terminal.key("j");
        terminal.shows(|s| s.contains("> [ ] TODO three") && s.contains("was moved, replaced or deleted"));
        // Put back, it is the same file.
        std::fs::rename(db.with_file_name("aside.db"), &db).expect("put back");
        terminal.key("\x1b");
        terminal.shows(|s| !s.contains("Error:"));
        terminal.key("e");
        terminal.shows(|s| s.contains("Completed \"three\"") && s.contains("saved"));
        terminal.key("q");
        terminal.ends();
        let archive = world.out(&["list", "--view", "archive", "--output", "ndjson"]);
        assert!(archive.contains("task_three") && !archive.contains("task_one"), "{how}: {archive}");
    }
}

#[test]
fn p36_a_terminal_that_takes_nothing_does_not_hang_the_end() {
    let long = |i: usize| {
        let (id, filler) = (format!("n{i:06}"), "words ".repeat(150));
        todo(&id, "2026-03-04").replace(&format!("\"text\":\"{id}\""), &format!("\"text\":\"{id} {filler}\""))
    };
    let world = World::with(&(0..300).map(long).collect::<String>());
    // A frame of this size is longer than what any terminal holds for its reader.
    let size = PtySize { rows: 300, cols: 1000, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_repbox"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("HOME", world.folder());
    command.args(["--db", &world.db().to_string_lossy(), "--tz", "-8", "--now", "2026-03-04T15:00:00Z"]);
    let mut child = pair.slave.spawn_command(command).expect("starts");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let (mut seen, mut buffer) = (Vec::new(), [0; 512]);
    while find(&seen, "n000001").is_none() {
        let n = reader.read(&mut buffer).expect("reads");
        seen.extend(&buffer[..n]);
    }
    // From here on nobody reads.
    let id = child.process_id().expect("a process").to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
    let began = Instant::now();
    while child.try_wait().expect("waits").is_none() {
        assert!(began.elapsed() < Duration::from_secs(5), "it hangs");
        std::thread::yield_now();
    }
    while let Ok(n @ 1..) = reader.read(&mut buffer) {
        seen.extend(&buffer[..n]);
    }
    assert!(find(&seen, "n000280").is_none(), "the terminal took the whole frame, so this proves nothing");
}

#[test]
fn p11_behind_an_open_form_a_change_made_elsewhere_shows_without_a_key() {
    let world = three();
    let mut terminal = open(&world);
    terminal.key("i");
    terminal.shows(|s| s.contains("Ctrl-s save"));
    world.out(&["done", "3"]);
    terminal.shows(|s| s.contains("[x] TODO three") && s.contains("Ctrl-s save"));
}
