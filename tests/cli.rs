//! The command line, as cli.md's sentences have it, by the real binary on real files.

mod support {
    pub(crate) mod world;
}

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;

use support::world::{World, todo};

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/close/{name}", env!("CARGO_MANIFEST_DIR"))
}

const TASK_FILES: [(&str, usize); 6] = [
    ("tasks_all_types.json", 26),
    ("tasks_page_2.json", 3),
    ("task_single.json", 1),
    ("tasks_with_unknown_type_and_fields.json", 5),
    ("event_log_page.json", 6),
    ("webhook_delivery.json", 1),
];

#[test]
fn date_only_tasks_stand_before_timed_ones_of_their_day_in_the_zone_and_due_date_is_never_read() {
    let lines = [todo("seven", "2015-01-12T07:00:00"), todo("eight", "2015-01-12T08:00:00"), todo("day", "2015-01-12")]
        .concat();
    let world = World::with(&lines);
    let ids = |args: &[&str]| -> Vec<String> {
        let lines = world.out(args);
        lines.lines().map(|l| l.split("\"text\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&["list", "--output", "ndjson"]), ["seven", "day", "eight"]);
    assert_eq!(ids(&["--tz", "-8", "list", "--order-by", "-date", "--output", "ndjson"]), ["eight", "day", "seven"]);
    assert_eq!(ids(&["list", "--tz=utc", "--output", "ndjson"]), ["day", "seven", "eight"]);
}

#[test]
fn every_task_bearing_form_of_file_imports() {
    for (name, tasks) in TASK_FILES {
        let world = World::new();
        let said = world.out(&["import", &fixture(name)]);
        assert!(said.starts_with(&format!("Imported {tasks} task")), "{name}: {said}");
    }
}

#[test]
fn p15_an_export_taken_into_an_empty_file_gives_the_same_export() {
    let world = World::new();
    for (name, _) in TASK_FILES {
        world.out(&["import", &fixture(name)]);
    }
    let first = world.out(&["export"]);
    let other = World::with(&first);
    assert_eq!(other.out(&["export"]), first);
    let lead = other.out(&["list", "--type", "all", "--view", "all", "--output", "ndjson", "--limit", "0"]);
    assert!(lead.contains("9007199254740993"), "digits beyond 2^53 come back");
}

#[test]
fn without_a_type_filter_only_lead_tasks_show_and_the_last_line_says_what_that_hides() {
    let world = World::new();
    world.out(&["import", &fixture("tasks_all_types.json")]);
    let output = world.run(&["list", "--now", "2026-03-04T15:00:00Z"]);
    assert!(String::from_utf8_lossy(&output.stdout).lines().all(|l| l.contains("TODO")));
    assert!(String::from_utf8_lossy(&output.stderr).contains("more of other types: --type all"));
}

#[test]
fn done_undo_and_redo_work_over_restarts_and_say_what_they_did() {
    let world = World::with(&todo("quote", "2015-01-12"));
    assert_eq!(world.out(&["done", "1"]), "Completed 1 \"quote\"\n");
    assert_eq!(world.out(&["done", "task_quote"]), "Already done: 1 \"quote\"\n");
    assert!(world.out(&["list", "--view", "archive"]).contains("done"));
    assert_eq!(world.out(&["undo"]), "Undid: Completed \"quote\"\n");
    assert_eq!(world.out(&["redo"]), "Redid: Completed \"quote\"\n");
    world.out(&["undo", "2"]);
    assert!(world.out(&["export"]).is_empty(), "the import is undone as well");
    let nothing = world.run(&["undo"]);
    assert_eq!(nothing.status.code(), Some(1));
}

#[test]
fn p02_an_unknown_id_fails_the_whole_command_and_changes_nothing() {
    let world = World::with(&(todo("one", "2015-01-12") + &todo("two", "2015-01-12")));
    let output = world.run(&["done", "1", "99"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("\"99\""));
    assert_eq!(world.out(&["count", "--output", "json"]).matches("\"archive\":0").count(), 2);
}

#[test]
fn p14_no_byte_of_a_task_acts_on_a_terminal() {
    let hostile = "{\"_type\":\"lead\",\"id\":\"task_x\",\"text\":\"a\\u001b[31mb\\u009bc\\u202ed\\u0007\",\"k\\u001b\":\"\\u001b]0;x\\u0007\",\"date\":\"2015-01-12\"}\n";
    let world = World::with(hostile);
    for args in [
        &["list"][..],
        &["show", "1"],
        &["list", "--plain"],
        &["export"],
        &["export", "--output", "csv"],
        &["done", "1"],
        &["history"],
        &["show", "\u{1b}[31m"],
    ] {
        let output = world.run(args);
        for bytes in [output.stdout, output.stderr] {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert!(
                text.chars().all(|c| c == '\n' || c == '\r' || (!c.is_control() && c != '\u{202e}')),
                "{args:?}: {text:?}"
            );
        }
    }
}

#[test]
fn p25_p28_bad_records_are_named_with_their_line_and_the_good_ones_go_in() {
    let world = World::new();
    let file = world.folder().join("mixed.ndjson");
    let mut bytes = todo("good", "2015-01-12").into_bytes();
    bytes.extend(b"{\"_type\":\"lead\",\"id\":\"task_bad\",\"date\":\"2015-02-30\"}\n{\"a\":1,\"a\":2}\n\xff\xfe{}\n{\"_type\":\"lead\"\n");
    bytes.extend(todo("also", "2015-01-12").into_bytes());
    std::fs::write(&file, &bytes).expect("written");
    let strict = world.run(&["import", "--strict", &file.to_string_lossy()]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(world.out(&["export"]).is_empty());
    let output = world.run(&["import", &file.to_string_lossy()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    for part in [
        "line 2: date: \"2015-02-30\"",
        "line 3: the field \"a\" comes twice",
        "line 4: it is not UTF-8",
        "line 5: it is no JSON",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(world.out(&["export"]).lines().count(), 2);
}

#[test]
fn p25_each_bad_record_of_an_envelope_on_one_line_is_named_and_the_good_ones_go_in() {
    let world = World::new();
    let file = world.folder().join("page.json");
    let good = |id: &str| todo(id, "2015-01-12").trim_end().to_owned();
    let bad = "{\"id\":\"task_b\",\"a\":1,\"a\":2},{\"_type\":\"lead\",\"id\":7}";
    let page = format!("{{\"data\":[{},{bad},{}],\"has_more\":false}}\nno json\n", good("first"), good("last"));
    std::fs::write(&file, page).expect("written");
    let output = world.run(&["import", &file.to_string_lossy()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("line 1, record 2: the field \"a\" comes twice"), "{said}");
    assert!(said.contains("line 1, record 3: id is a number"), "{said}");
    assert!(said.contains("line 2: it is no JSON (expected") && !said.contains("at line"), "{said}");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(world.out(&["export"]).lines().count(), 2);
}

#[test]
fn p27_digits_are_always_a_local_number_and_ids_are_exact() {
    let world = World::with(
        "{\"_type\":\"lead\",\"id\":\"2\",\"date\":\"2015-01-12\"}\n{\"_type\":\"lead\",\"id\":\"task_AAAA\"}\n{\"_type\":\"lead\",\"id\":\"task_aaaa\"}\n",
    );
    assert!(world.out(&["show", "2", "--output", "json"]).contains("task_AAAA"));
    assert!(world.out(&["show", "task_aa", "--output", "json"]).contains("task_aaaa"));
}

#[test]
fn p29_a_file_that_is_not_ours_is_refused_and_not_a_byte_of_it_changes() {
    let world = World::new();
    let folder = world.folder();
    std::fs::write(folder.join("text.db"), "no database\n".repeat(50)).expect("written");
    let other = rusqlite::Connection::open(folder.join("other.db")).expect("opens");
    other.execute_batch("CREATE TABLE t (x); PRAGMA user_version = 1").expect("a table");
    drop(other);
    let newer = folder.join("newer.db");
    world.out(&["--db", &newer.to_string_lossy(), "count"]);
    rusqlite::Connection::open(&newer)
        .and_then(|c| c.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99"))
        .expect("newer");
    for name in ["text.db", "other.db", "newer.db"] {
        let path = folder.join(name);
        let before = std::fs::read(&path).expect("read");
        let output = world.run(&["--db", &path.to_string_lossy(), "list"]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(name));
        assert_eq!(std::fs::read(&path).expect("read"), before, "{name}");
        assert!(!folder.join(format!("{name}-wal")).exists(), "{name}");
    }
    world.out(&["--db", "file:x?mode=memory", "count"]);
    assert!(folder.join("file:x?mode=memory").exists(), "an odd name is a plain file");
}

#[test]
fn p37_a_closed_pipe_ends_quietly_with_0() {
    let lines: String = (0..3000).map(|i| todo(&format!("n{i:06}"), "2015-01-12")).collect();
    let world = World::with(&lines);
    let mut child =
        world.command(&["list", "--limit", "0"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn p45_the_file_is_private_from_the_first_byte() {
    let world = World::with(&todo("a", "2015-01-12"));
    let mode = |path: PathBuf| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(world.db()), 0o600);
    assert_eq!(mode(world.db().parent().expect("a folder").to_owned()), 0o700);
    // An empty file that lay there before becomes private with the first byte.
    let empty = world.folder().join("empty.db");
    std::fs::write(&empty, "").expect("written");
    std::fs::set_permissions(&empty, std::fs::Permissions::from_mode(0o644)).expect("open to all");
    world.out(&["list", "--db", &empty.to_string_lossy()]);
    assert_eq!(mode(empty), 0o600);
}

#[test]
fn p10_four_writers_on_one_file_lose_no_update() {
    let lines: String = (0..40).map(|i| todo(&format!("w{i:03}"), "2015-01-12")).collect();
    let world = World::with(&lines);
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let world = &world;
            scope.spawn(move || {
                for i in 0..10 {
                    world.out(&["done", &(writer * 10 + i + 1).to_string()]);
                }
            });
        }
    });
    assert_eq!(world.out(&["list", "--view", "archive", "--output", "ndjson"]).lines().count(), 40);
    assert_eq!(world.out(&["history", "--limit", "0"]).lines().count(), 41);
}

#[test]
fn without_a_terminal_the_inbox_says_what_to_try() {
    let output = World::new().run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "repbox: the inbox needs a terminal; try: repbox list\n");
}

#[test]
fn import_reads_standard_input() {
    let world = World::new();
    let mut child =
        world.command(&["import", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
    child.stdin.take().expect("a pipe").write_all(todo("piped", "2015-01-12").as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Imported 1 task: 1 new, 0 updated, 0 unchanged\n");
}

#[test]
fn p04_the_sqlite_inside_has_the_wal_reset_race_mended() {
    assert!(rusqlite::version_number() >= 3_051_003 && rusqlite::version_number() != 3_052_000);
}

#[test]
fn a_typed_date_that_clocks_move_or_that_is_past_is_taken_and_mentioned() {
    let world = World::new();
    let said = |date: &str| {
        let output = world.run(&["--tz", "America/New_York", "add", "x", "--date", date]);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(said("8 mar 2:30").contains("\"8 mar 2:30\" is Sun 08 Mar 03:00; clocks skip 02:30"));
    assert!(said("2015-01-10").contains("\"2015-01-10\" is Sat 10 Jan. That was 2d ago."));
    assert!(!said("fri 9").contains("is Fri"));
}

#[test]
fn a_date_that_is_none_or_ambiguous_is_a_wrong_call_with_what_works() {
    let world = World::new();
    for (date, works) in [("frday", "Try fri, tom 9, +3d or 2015-01-16."), ("03/04", "Write 3 apr or 2015-04-03")] {
        let output = world.run(&["add", "x", "--date", date]);
        assert_eq!(output.status.code(), Some(2), "{date}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(works), "{date}");
    }
    assert_eq!(world.out(&["list", "--view", "all", "--output", "ndjson"]), "");
}
