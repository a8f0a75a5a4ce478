//! Rights, links, zones and the working folder: what is around the program, by the real binary.

mod support {
    pub(crate) mod world;
}

use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use rusqlite::Connection;
use support::world::{World, todo};

/// Who stands in for a person where the tests run as root, whom rights do not stop.
const NOBODY: u32 = 65_534;

/// A world in which rights bite: its program and its file belong to whoever runs it.
struct Somebody {
    world: World,
    program: PathBuf,
}

impl Somebody {
    fn new() -> Somebody {
        let world = World::with(&(todo("a", "2015-01-12") + &todo("b", "2015-01-12")));
        let program = world.folder().join("program");
        std::fs::copy(env!("CARGO_BIN_EXE_repbox"), &program).expect("copied");
        let somebody = Somebody { world, program };
        somebody.mode("", 0o755);
        somebody.mode("program", 0o755);
        for name in ["", "data", "data/tasks.db"] {
            somebody.own(&somebody.path(name));
        }
        somebody
    }

    fn path(&self, name: &str) -> PathBuf {
        self.world.folder().join(name)
    }

    fn mode(&self, name: &str, mode: u32) {
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(mode)).expect("changed");
    }

    fn own(&self, path: &Path) {
        if rustix::process::geteuid().is_root() {
            chown(path, Some(NOBODY), Some(NOBODY)).expect("given");
        }
    }

    fn run(&self, args: &[&str]) -> (Option<i32>, String) {
        let command = self.world.command(args);
        let mut mine = std::process::Command::new(&self.program);
        mine.args(args).env_clear().current_dir(self.world.folder()).stdin(std::process::Stdio::null());
        mine.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        if rustix::process::geteuid().is_root() {
            mine.uid(NOBODY).gid(NOBODY);
        }
        let output = loop {
            match mine.output() {
                // A process that another test is just starting has the copy open for a moment.
                Err(e) if e.kind() == std::io::ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
                ran => break ran.expect("runs"),
            }
        };
        let Output { status, stdout, stderr } = output;
        (status.code(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
    }
}

impl Drop for Somebody {
    fn drop(&mut self) {
        // So that the folder can be removed.
        self.mode("data", 0o755);
    }
}

#[test]
fn p06_a_read_only_file_is_read_and_a_change_is_refused_in_a_sentence() {
    let somebody = Somebody::new();
    somebody.mode("data/tasks.db", 0o400);
    for args in [&["list"][..], &["show", "1"], &["count"], &["export"], &["history"], &["backup", "copy.db"]] {
        let (exit, said) = somebody.run(args);
        assert_eq!(exit, Some(0), "{args:?}: {said}");
    }
    let (exit, said) = somebody.run(&["done", "1"]);
    assert_eq!(exit, Some(1));
    assert!(said.contains("cannot be written (mode 0400, owner ") && said.contains("chmod u+w"), "{said}");
    for name in ["data/tasks.db", "data/tasks.db-wal", "data/tasks.db-shm"] {
        if somebody.path(name).exists() {
            somebody.mode(name, 0o600);
        }
    }
    assert_eq!(somebody.run(&["done", "1"]).0, Some(0), "what the sentence says works");
}

#[test]
fn p06_a_read_only_folder_is_said_with_what_works_and_read_where_a_log_is_there() {
    let somebody = Somebody::new();
    somebody.mode("data", 0o555);
    for args in [&["list"][..], &["done", "1"]] {
        let (exit, said) = somebody.run(args);
        assert_eq!(exit, Some(1), "{args:?}: {said}");
        assert!(said.contains("/data cannot be written") && said.contains("name the copy with --db"), "{said}");
    }
    // What the sentence says works.
    std::fs::copy(somebody.path("data/tasks.db"), somebody.path("copy.db")).expect("copied");
    somebody.own(&somebody.path("copy.db"));
    assert_eq!(somebody.run(&["--db", "copy.db", "list"]).0, Some(0));
    // While another program has the file open, its log is there to be read.
    somebody.mode("data", 0o755);
    let open = Connection::open(somebody.path("data/tasks.db")).expect("opens");
    open.execute_batch("UPDATE task SET updated = 1 WHERE n = 1").expect("changed");
    for name in ["data/tasks.db-wal", "data/tasks.db-shm"] {
        somebody.own(&somebody.path(name));
    }
    somebody.mode("data", 0o555);
    let (exit, said) = somebody.run(&["list"]);
    assert_eq!(exit, Some(0), "{said}");
}

#[test]
fn p06_a_copy_in_a_read_only_folder_is_read_as_it_lies_and_an_unreadable_file_is_said() {
    let somebody = Somebody::new();
    assert_eq!(somebody.run(&["backup", "data/copy.db"]).0, Some(0));
    somebody.mode("data/copy.db", 0o400);
    somebody.mode("data", 0o555);
    let (exit, said) = somebody.run(&["--db", "data/copy.db", "list"]);
    assert_eq!((exit, said.lines().count()), (Some(0), 2), "{said}");
    somebody.mode("data", 0o755);
    somebody.mode("data/tasks.db", 0o000);
    let (exit, said) = somebody.run(&["list"]);
    assert_eq!(exit, Some(1));
    assert!(said.contains("tasks.db cannot be opened (Permission denied") && said.contains("--db"), "{said}");
    let (exit, said) = somebody.run(&["doctor"]);
    assert_eq!(exit, Some(1));
    assert!(said.contains("cannot be read (mode 0000, owner ") && said.contains("chmod u+rw"), "{said}");
}

#[test]
fn p07_a_file_under_two_names_has_one_log() {
    let world = World::with(&todo("a", "2015-01-12"));
    let (link, other) = (world.folder().join("link.db"), world.folder().join("other"));
    std::os::unix::fs::symlink(world.db(), &link).expect("linked");
    std::os::unix::fs::symlink(world.db().parent().expect("a folder"), &other).expect("linked");
    // Keeps the log from going with the last one who uses it.
    let open = Connection::open(world.db()).expect("opens");
    open.query_row("SELECT count(*) FROM task", [], |_| Ok(())).expect("read");
    for (verb, name) in [("done", link.clone()), ("reopen", other.join("tasks.db")), ("done", world.db())] {
        world.out(&["--db", &name.to_string_lossy(), verb, "1"]);
        assert!(world.db().with_file_name("tasks.db-wal").exists());
        assert!(!link.with_file_name("link.db-wal").exists(), "a second log");
    }
    let complete: i64 = open.query_row("SELECT state FROM task", [], |row| row.get(0)).expect("read");
    assert_eq!(complete, 1, "each saw what the one before it wrote");
}

/// Every value of the file, to the letter.
fn dump(file: &Path) -> BTreeMap<String, Vec<String>> {
    let conn = Connection::open(file).expect("opens");
    let mut tables = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("tables");
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).expect("asked").map(Result::unwrap).collect();
    let rows = |table: &String| {
        let mut select = conn.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns = select.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            (0..columns)
                .map(|i| row.get_ref(i).map(|value| format!("{value:?} ")))
                .collect::<rusqlite::Result<String>>()
        };
        select.query_map([], row).expect("asked").map(Result::unwrap).collect::<Vec<_>>()
    };
    tables.iter().map(|table| (table.clone(), rows(table))).collect()
}

#[test]
fn p41_a_change_of_zone_changes_nothing_that_is_stored() {
    let world = World::with(
        &(todo("a", "2015-01-12") + &todo("b", "2015-01-12T23:30:00Z") + &todo("c", "2015-03-29T02:30:00+01:00")),
    );
    let before = dump(&world.db());
    let mut shown = Vec::new();
    for zone in ["America/New_York", "Asia/Kolkata", "Pacific/Apia", "-8", "+5.75", "utc"] {
        shown.push(world.out(&["--tz", zone, "list", "--view", "all"]));
        for args in [&["show", "2"][..], &["count"], &["export"], &["history"], &["list", "--search", "date:today"]] {
            world.run(&[&["--tz", zone][..], args].concat());
        }
        assert_eq!(dump(&world.db()), before, "{zone}");
    }
    shown.dedup();
    assert!(shown.len() > 1, "the zones show different days and times");
}

#[test]
fn p41_the_same_moment_typed_in_two_zones_is_stored_alike() {
    let world = World::new();
    for (zone, date) in [("America/New_York", "2015-01-13 09:00"), ("Asia/Kolkata", "2015-01-13 19:30")] {
        world.out(&["--tz", zone, "add", "Call", "--date", date]);
    }
    let file = Connection::open(world.db()).expect("opens");
    let moment = |n: i64| -> (Option<i64>, Option<i64>) {
        file.query_row("SELECT day, at FROM task WHERE n = ?1", [n], |row| Ok((row.get(0)?, row.get(1)?))).expect("one")
    };
    assert_eq!(moment(1), (None, Some(1_421_157_600_000_000)));
    assert_eq!(moment(2), moment(1));
    let exported = world.out(&["--tz", "Asia/Kolkata", "export"]);
    assert_eq!(exported.matches("2015-01-13T14:00:00+00:00").count(), 2, "{exported}");
}

#[test]
fn an_empty_variable_counts_as_not_set_and_an_empty_option_does_not() {
    let world = World::with(&todo("a", "2015-01-12"));
    let with = |name: &str, args: &[&str]| world.command(args).env(name, "").output().expect("runs");
    for name in ["REPBOX_TZ", "REPBOX_NOW", "REPBOX_CONFIG", "NO_COLOR"] {
        let listed = with(name, &["list", "--view", "open"]);
        assert_eq!(listed.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&listed.stderr));
        assert!(String::from_utf8_lossy(&listed.stdout).contains("] TODO "), "{name}");
    }
    // Then the file is the one of the platform's folder, below HOME.
    let added = with("REPBOX_DB", &["add", "Call"]);
    assert_eq!(added.status.code(), Some(0), "{}", String::from_utf8_lossy(&added.stderr));
    assert_eq!(world.out(&["list", "--view", "all", "--plain"]).lines().count(), 1, "not in the named one");
    for option in ["--tz", "--now"] {
        assert_eq!(world.run(&[option, "", "list"]).status.code(), Some(2), "{option}");
    }
}

#[test]
fn a_day_from_both_ends_of_the_calendar_is_the_first_and_the_last_that_can_be_now() {
    let world = World::new();
    for now in ["9999-12-31T00:00:00Z", "9999-12-31T23:30:00Z", "0001-01-01T23:59:59Z", "9999-12-30T23:00:00-14:00"] {
        let refused = world.run(&["--now", now, "--tz", "+14", "add", "x"]);
        assert_eq!(refused.status.code(), Some(2), "{now}");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains("is at an end of the calendar; now can be 0001-01-02T00:00:00Z to"), "{said}");
    }
    for (now, zone, today) in [
        ("9999-12-30T23:59:59Z", "+14", "9999-12-31"),
        ("9999-12-30T23:59:59Z", "-12", "9999-12-30"),
        ("0001-01-02T00:00:00Z", "-12", "0001-01-01"),
        ("0001-01-02T00:00:00Z", "Asia/Manila", "0001-01-01"),
    ] {
        let at = |args: &[&str]| world.run(&[&["--now", now, "--tz", zone][..], args].concat());
        let number = String::from_utf8(at(&["add", "x"]).stdout).expect("UTF-8");
        let number = number.trim();
        let shown = || String::from_utf8(at(&["show", number, "--output", "json"]).stdout).expect("UTF-8");
        assert!(shown().contains(&format!("\"date\":\"{today}\"")), "{}", shown());
        for until in
            ["tom", "+1d", "+2h", "+26h", "tonight", "eow", "eom", "2bd", "next week", "+1y", "-3d", "9999-12-31"]
        {
            let snoozed = at(&["snooze", number, "--until", until]);
            let said = String::from_utf8_lossy(&snoozed.stderr).into_owned();
            let is_far = snoozed.status.code() == Some(2) && said.contains("years run from 1 to 9999");
            assert!(snoozed.status.success() || is_far, "{now} {zone} {until}: {said}");
            assert!(at(&["list", "--view", "all"]).status.success(), "{now} {zone} {until}");
        }
        assert!(at(&["done", number]).status.success() && at(&["undo", "2"]).status.success());
        assert!(at(&["history"]).status.success() && at(&["demo", "--into"]).status.success());
    }
}

#[test]
fn tasks_at_the_ends_of_the_calendar_are_read_in_every_zone_and_kept_to_the_byte() {
    let dates = [
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "9999-12-31",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999999+00:00",
    ];
    let lines: String = ["a", "b", "c", "d", "e"].iter().zip(dates).map(|(id, date)| todo(id, date)).collect();
    let world = World::with(&lines);
    for zone in ["+14", "-12", "utc", "Asia/Manila", "America/Juneau", "Pacific/Kiritimati"] {
        let out = |args: &[&str]| world.out(&[&["--tz", zone][..], args].concat());
        assert_eq!(out(&["export"]), lines, "{zone}");
        for order in ["date", "-date", "date_created"] {
            assert_eq!(out(&["list", "--view", "open", "--order-by", order, "--plain"]).lines().count(), 5, "{zone}");
        }
        for number in ["1", "2", "3", "4", "5"] {
            assert!(out(&["show", number]).contains("When"), "{zone}");
        }
        let counted = out(&["count"]).lines().last().map(|line| line.split_whitespace().map(str::to_owned).collect());
        assert_eq!(counted, Some(["lead", "2", "2", "3", "0"].map(str::to_owned).to_vec()), "{zone}");
        out(&["list", "--view", "open", "--search", "date:9999-12-31", "--output", "csv"]);
        out(&["list", "--view", "open", "--search", "date<0001-01-02"]);
        out(&["list", "--view", "open", "--search", "is:overdue"]);
    }
    let far_east = world.out(&["--tz", "+14", "list", "--view", "future", "--plain"]);
    assert!(far_east.contains("10000-01-01"), "{far_east}");
    world.out(&["--tz", "+14", "edit", "4", "--text", "later"]);
    assert!(world.out(&["export"]).contains("9999-12-31T23:59:59Z"), "an edit leaves the date as it came");
    // What cannot be a date of a task is refused, on whichever side of it.
    for (zone, date) in [
        ("-12", "9999-12-31 23:30"),
        ("+14", "0001-01-01 00:30"),
        ("utc", "10000-01-01"),
        ("utc", "9999-12-31T23:30-01:00"),
    ] {
        for args in
            [&["add", "x", "--date", date][..], &["edit", "1", "--date", date], &["snooze", "1", "--until", date]]
        {
            let refused = world.run(&[&["--tz", zone][..], args].concat());
            assert_eq!(refused.status.code(), Some(2), "{zone} {args:?}");
        }
    }
    for date in ["9999-12-31T23:30Z", "0001-01-01T00:00Z"] {
        world.out(&["--tz", "+14", "edit", "1", "--date", date]);
        assert!(world.out(&["--tz", "-12", "show", "1"]).contains("When"));
    }
    assert!(world.out(&["doctor"]).contains("agree with 5 tasks"));
}

#[test]
fn what_clocks_do_to_a_typed_time_is_said_beside_a_command() {
    let world = World::with(&todo("a", "2015-01-12"));
    let said = |until: &str| {
        let output = world.run(&["--tz", "America/New_York", "snooze", "1", "--until", until]);
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(said("2015-03-08 2:30").contains("is Sun 08 Mar 03:00; clocks skip 02:30"));
    assert!(said("2015-11-01 1:30").contains("is Sun 01 Nov 01:30; clocks show it twice: the first"));
    assert_eq!(said("2015-03-09 2:30"), "");
}

#[test]
fn p46_nothing_is_read_from_the_working_folder() {
    let world = World::with(&todo("real", "2015-01-12"));
    let baits = world.folder().join("baits");
    let broken = "me = [[[ not TOML\n";
    for (name, text) in [
        ("config.toml", broken),
        ("repbox.toml", broken),
        (".repbox.toml", broken),
        ("repbox/config.toml", broken),
        (".config/repbox/config.toml", broken),
        (".env", "REPBOX_DB=bait.db\nREPBOX_TZ=Nowhere\n"),
        ("tasks.db", "no database"),
        ("repbox/tasks.db", "no database"),
        (".local/share/repbox/tasks.db", "no database"),
        ("sqlite3.dll", "no library"),
        ("tasks.db-wal", "no log"),
    ] {
        std::fs::create_dir_all(baits.join(name).parent().expect("a folder")).expect("made");
        std::fs::write(baits.join(name), text).expect("written");
    }
    let listing = |folder: &Path| -> Vec<PathBuf> {
        let mut found: Vec<_> = std::fs::read_dir(folder).expect("read").map(|e| e.expect("an entry").path()).collect();
        found.sort();
        found
    };
    let before = listing(&baits);
    let within = |args: &[&str]| world.command(args).current_dir(&baits).output().expect("runs");
    let here = world.out(&["list"]);
    for args in [&["list"][..], &["doctor"], &["done", "1"], &["undo"], &["config", "show"]] {
        let output = within(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(String::from_utf8_lossy(&within(&["list"]).stdout), here);
    // Without a named file it is the one of the platform's folder, made below HOME.
    let unnamed = world.command(&["add", "Call"]).env_remove("REPBOX_DB").current_dir(&baits).output().expect("runs");
    assert_eq!(unnamed.status.code(), Some(0), "{}", String::from_utf8_lossy(&unnamed.stderr));
    assert_eq!(listing(&baits), before);
    for entry in before.iter().filter(|path| path.is_file()) {
        assert!(std::fs::read(entry).expect("read").len() < 100, "{} was written", entry.display());
    }
}
