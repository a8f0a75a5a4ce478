//! What repbox promises when something goes wrong, by the real binary: each test names
//! the promise that it proves.

mod support {
    pub(crate) mod limits;
    pub(crate) mod world;
}

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use support::limits::{kill, limited, limited_command};
use support::world::{World, todo};

fn many(count: usize) -> String {
    (0..count).map(|i| todo(&format!("n{i:06}"), "2015-01-12")).collect()
}

/// The file is sound, and every count agrees with the rows and the journal.
fn sound(world: &World) {
    let file = Connection::open(world.db()).expect("opens");
    let text = |sql: &str| file.query_row(sql, [], |row| row.get::<_, String>(0)).expect("answers");
    let number = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("answers");
    assert_eq!(text("PRAGMA integrity_check"), "ok");
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let wrong = "SELECT count(*) FROM (
        SELECT state, type, coalesce(rep, 0) AS rep, count(*) AS c FROM task WHERE state < 2 GROUP BY 1, 2, 3
        EXCEPT SELECT state, type, rep, c FROM counter)";
    assert_eq!(number(wrong), 0, "a count differs from its rows");
    assert_eq!(
        number("SELECT coalesce(sum(c), 0) FROM counter"),
        number("SELECT count(*) FROM task WHERE state < 2"),
        "the counts are of other tasks"
    );
    assert_eq!(
        number("SELECT coalesce(sum(c), 0) FROM calendar WHERE c > 0"),
        number("SELECT count(*) FROM task WHERE state = 0"),
        "the calendar has other tasks"
    );
    assert_eq!(number("SELECT count(*) FROM change WHERE step NOT IN (SELECT n FROM step)"), 0);
}

fn archived(world: &World) -> usize {
    let counts = world.out(&["count", "--output", "json"]);
    let counts: serde_json::Value = serde_json::from_str(&counts).expect("JSON");
    usize::try_from(counts["archive"].as_u64().expect("a count")).expect("a small one")
}

/// Waits for its end; one that has not come in time is a failure.
fn ended(mut child: Child, within: Duration) -> Output {
    let began = Instant::now();
    while child.try_wait().expect("is asked").is_none() {
        if began.elapsed() > within {
            child.kill().expect("killed");
            panic!("it has not ended within {within:?}");
        }
        std::thread::yield_now();
    }
    child.wait_with_output().expect("ends")
}

#[test]
fn p01_what_was_acknowledged_by_exit_0_outlives_a_kill_of_the_next_command() {
    let world = World::with(&many(60));
    for done in 1..=20 {
        world.out(&["done", &done.to_string()]);
        kill(world.command(&["done", &(done + 20).to_string(), &(done + 40).to_string()]), Duration::from_millis(done));
        let archive = world.out(&["list", "--view", "archive", "--output", "ndjson"]);
        for acknowledged in 1..=done {
            assert!(archive.contains(&format!("\"task_n{:06}\"", acknowledged - 1)), "{acknowledged}");
        }
    }
    sound(&world);
}

#[test]
fn p02_p03_a_command_killed_midway_has_changed_all_or_nothing_and_the_next_one_just_works() {
    const ALL: usize = 2000;
    let world = World::with(&many(ALL));
    let numbers: Vec<String> = (1..=ALL).map(|n| n.to_string()).collect();
    let done: Vec<&str> = std::iter::once("done").chain(numbers.iter().map(String::as_str)).collect();
    let began = Instant::now();
    world.out(&done);
    let whole = began.elapsed();
    world.out(&["undo"]);
    for round in 0..30 {
        kill(world.command(&done), whole * round / 25);
        let archived = archived(&world);
        assert!(archived == 0 || archived == ALL, "{archived} of {ALL} are complete");
        sound(&world);
        if archived == ALL {
            world.out(&["undo"]);
        }
    }
}

#[test]
fn p02_p03_an_import_killed_midway_has_taken_in_all_or_nothing() {
    const ALL: usize = 20_000;
    let world = World::new();
    let file = world.folder().join("tasks.ndjson");
    std::fs::write(&file, many(ALL)).expect("written");
    let file = file.to_string_lossy();
    let began = Instant::now();
    world.out(&["import", &file]);
    let whole = began.elapsed();
    for round in 1..12 {
        let world = World::new();
        world.out(&["count"]);
        kill(world.command(&["import", &file]), whole * round / 10);
        let held = world.out(&["export"]).lines().count();
        assert!(held == 0 || held == ALL, "{held} of {ALL} were taken in");
        sound(&world);
    }
}

#[test]
fn p05_where_nothing_more_can_be_written_nothing_is_lost_and_reading_goes_on() {
    let world = World::with(&many(500));
    let more = world.folder().join("more.ndjson");
    std::fs::write(&more, many(20_000)).expect("written");
    let before = world.out(&["export"]);
    let numbers: Vec<String> = (1..=500).map(|n| n.to_string()).collect();
    let done: Vec<&str> = std::iter::once("done").chain(numbers.iter().map(String::as_str)).collect();
    for blocks in [0, 8, 64, 200] {
        for args in [&["import", &more.to_string_lossy()][..], &done] {
            let output = limited(&world, blocks, args);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let finished = blocks == 200 && args[0] == "done" && output.status.success();
            assert!(finished || output.status.code() == Some(1), "{blocks} {:?} {said}", output.status);
            assert!(finished || said.starts_with("repbox: "), "{said}");
            if finished {
                world.out(&["undo"]);
            }
            assert_eq!(limited(&world, blocks, &["list", "--limit", "1", "--output", "ndjson"]).status.code(), Some(0));
            assert_eq!(world.out(&["export"]), before);
            sound(&world);
        }
    }
}

#[test]
fn p05_a_disk_that_fills_up_after_the_import_is_on_disk_takes_nothing_back() {
    let world = World::with(&many(4_000));
    let more = world.folder().join("more.ndjson");
    std::fs::write(&more, (0..200).map(|i| todo(&format!("m{i:06}"), "2015-01-12")).collect::<String>())
        .expect("written");
    // The log has room; the file that it is moved into has not.
    let blocks = std::fs::metadata(world.db()).expect("a file").len() / 512 + 8;
    let output = limited(&world, blocks, &["import", &more.to_string_lossy()]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    let log = world.db().with_file_name("tasks.db-wal");
    assert!(std::fs::metadata(log).is_ok_and(|log| log.len() > 0), "the log was moved: this proves nothing");
    // The file is shorter than its first page says, and the log has what it lacks.
    assert_eq!(world.out(&["list", "--limit", "0", "--output", "ndjson"]).lines().count(), 4_200);
    sound(&world);
}

#[test]
fn p05_an_import_that_cannot_write_ends_while_its_source_is_still_open() {
    let world = World::with(&many(3));
    let mut command = limited_command(&world, 64, &["import", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut source = child.stdin.take().expect("a pipe");
    // From another thread: who is not read waits, and here somebody has to see that.
    let writing = std::thread::spawn(move || {
        // More than the cache holds, so that it has to be written before the end.
        let long = "a".repeat(60_000);
        for i in 0..600 {
            let line = todo(&format!("m{i:06}"), "2015-01-12").replace("\"text\":\"", &format!("\"text\":\"{long}"));
            if source.write_all(line.as_bytes()).is_err() {
                break;
            }
        }
        source
    });
    let output = ended(child, Duration::from_secs(60));
    drop(writing.join().expect("written"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.starts_with("repbox: "), "{:?} {said}", output.status);
    assert_eq!(world.out(&["export"]).lines().count(), 3);
    sound(&world);
}

#[test]
fn p05_output_that_cannot_be_written_is_a_failure() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let world = World::with(&many(3));
    for args in [&["export"][..], &["list"], &["count"], &["done", "1"], &["--help"], &["man"]] {
        let output = world.command(args).stdout(full.try_clone().expect("once more")).output().expect("runs");
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("output"), "{args:?}");
    }
}

#[test]
fn p18_names_of_fields_types_files_and_ids_are_harmless_too() {
    let hostile = "\\u001b[2J\\u009b1m\\u202e";
    let line = format!(
        "{{\"_type\":\"t{hostile}\",\"id\":\"task_{hostile}\",\"f{hostile}\":1,\"is_complete\":false,\"date\":\"2015-01-12\"}}\n"
    );
    let world = World::with(&line);
    let file = world.folder().join("x\u{1b}[2J\u{202e}.ndjson");
    std::fs::write(&file, format!("{{\"_type\":\"t{hostile}\",\"id\":\"\"}}\n{{{hostile}")).expect("written");
    let (file, odd) = (file.to_string_lossy().into_owned(), "task_\u{1b}[2J\u{9b}1m\u{202e}");
    for args in [
        &["list", "--type", "all"][..],
        &["list", "--type", "t\u{1b}[2J"],
        &["list", "--assigned-to", odd],
        &["list", "--lead", odd],
        &["list", "--tz", odd],
        &["show", odd],
        &["show", "task_x\u{1b}"],
        &["count", "--type", "all"],
        &["count", "--type", "all", "--output", "json"],
        &["report", "--output", "json"],
        &["done", odd],
        &["import", &file],
        &["import", "missing\u{1b}[2J"],
        &["--db", &file, "list"],
        &["--config", &file, "list"],
        &[odd],
    ] {
        let output = world.run(args);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let acts = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(!out.contains(acts) && !err.contains(acts), "{args:?}: {out:?} {err:?}");
    }
}

#[test]
fn p15_an_answer_in_json_is_harmless_too_and_says_the_same() {
    let hostile = "\\u001b[2J\\u009b1m\\u202e\\u007f";
    let line = todo("one", "2015-01-12").replace("\"_type\":\"lead\"", &format!("\"_type\":\"t{hostile}\",\"lead_id\":\"lead_1\",\"lead_name\":\"{hostile}\",\"assigned_to\":\"user_1\",\"assigned_to_name\":\"{hostile}\""));
    let world = World::with(&(line.replace("task_one", "task_two") + &line));
    world.out(&["done", "1"]);
    for args in [&["count", "--type", "all"][..], &["stats"], &["report"]] {
        let said = world.out(&[args, &["--output", "json"]].concat());
        assert!(!said.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}')), "{args:?}: {said:?}");
        let value: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        assert!(value.to_string().contains("[2J\u{9b}1m\u{202e}\u{7f}"), "{args:?}: {said}");
    }
}

#[test]
fn p23_a_cell_of_a_table_that_a_spreadsheet_would_run_is_defused() {
    let texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\\t=1", "\\r=1", " =1", "\\uff1d1", "\\u200b=1", "plain"];
    let lines: String = (0..)
        .zip(texts)
        .map(|(i, text)| {
            todo(&format!("n{i:06}"), "2015-01-12")
                .replace(&format!("\"text\":\"n{i:06}\""), &format!("\"text\":\"{text}\""))
        })
        .collect();
    let world = World::with(&lines);
    let table = world.out(&["list", "--output", "csv", "--fields", "text"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let cells: Vec<String> = reader.records().map(|row| row.expect("a row")[0].to_owned()).collect();
    assert_eq!(cells.len(), texts.len());
    assert!(cells[..texts.len() - 1].iter().all(|cell| cell.starts_with('\'')), "{cells:?}");
    assert_eq!(cells[texts.len() - 1], "plain");
}

#[test]
fn p24_what_is_looked_for_is_data() {
    let world = World::with(&many(3));
    for text in ["' OR 1=1 --", "x\"; DROP TABLE task; --", "%", "*", "task_%", "task_n00000_", "n* OR a"] {
        for args in [
            &["list", "--lead", text][..],
            &["list", "--assigned-to", text],
            &["list", "--type", text],
            &["list", "--id", text],
            &["done", text],
            &["history", text],
        ] {
            assert_ne!(world.run(args).status.code(), Some(0), "{args:?}");
        }
    }
    assert_eq!((world.out(&["export"]).lines().count(), archived(&world)), (3, 0));
    sound(&world);
}

#[test]
fn p25_p26_a_file_that_is_too_deep_too_long_or_of_two_minds_is_named_and_the_rest_goes_in() {
    let world = World::new();
    let file = world.folder().join("odd.ndjson");
    let with = |value: &str| format!("{{\"_type\":\"lead\",\"id\":\"task_odd\",\"x\":{value}}}\n");
    let odd = [
        (with(&("[".repeat(100_000) + &"]".repeat(100_000))), "nest"),
        (with(&format!("\"{}\"", "a".repeat(17 << 20))), "more than 16777216 bytes"),
        (with(&"9".repeat(2000)), "a number"),
        (with("{\"a\":1,\"a\":2}"), "\"a\" comes twice"),
        (with("\"\\ud800\""), "surrogate"),
    ];
    let mut lines: String = odd.iter().map(|(line, _)| line.as_str()).collect();
    lines.push_str(&todo("good", "2015-01-12"));
    std::fs::write(&file, lines).expect("written");
    let output = world.run(&["import", &file.to_string_lossy()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    for (line, (_, reason)) in said.lines().zip(&odd) {
        assert!(line.contains(reason), "{reason}: {line}");
    }
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(world.out(&["export"]).lines().count(), 1);
}

#[test]
fn p25_the_first_line_may_be_the_bad_one() {
    let good = todo("good", "2015-01-12") + &todo("also", "2015-01-12");
    for bad in ["{\"_type\":\"lead\",\"id\":\"task_cut", "hello", "{\"a\":1,\"a\":2}", "null", "\n\n{]"] {
        let world = World::new();
        let file = world.folder().join("odd.ndjson");
        std::fs::write(&file, format!("{bad}\n{good}")).expect("written");
        let output = world.run(&["import", &file.to_string_lossy()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = 1 + bad.matches('\n').count();
        assert!(said.contains(&format!("line {line}: ")), "{said}");
        assert_eq!((output.status.code(), world.out(&["export"]).lines().count()), (Some(1), 2), "{bad}: {said}");
    }
}

#[test]
fn p28_another_encoding_is_named_once() {
    let world = World::new();
    let line = todo("köln", "2015-01-12");
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(line.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin1: Vec<u8> = line.chars().map(|c| u8::try_from(c).expect("Latin")).collect();
    for (name, bytes) in [("utf16le", utf16), ("latin1", latin1)] {
        let file = world.folder().join(name);
        std::fs::write(&file, bytes).expect("written");
        let output = world.run(&["import", &file.to_string_lossy()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.matches("UTF-8").count()), (Some(1), 2), "{name}: {said}");
        assert!(world.out(&["export"]).is_empty(), "{name}");
    }
    let with_mark = world.folder().join("bom");
    std::fs::write(&with_mark, format!("\u{feff}{line}")).expect("written");
    world.out(&["import", &with_mark.to_string_lossy()]);
    assert!(world.out(&["export"]).contains("köln"));
    let envelope = world.folder().join("envelope");
    std::fs::write(&envelope, b"{\"data\": [\n{\"text\": \"k\xf6ln\"}]}").expect("written");
    let said = world.run(&["import", &envelope.to_string_lossy()]).stderr;
    assert!(String::from_utf8_lossy(&said).contains("line 2: it is not UTF-8"), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn p37_closed_standard_streams_never_become_the_database() {
    let world = World::with(&many(3));
    let before = world.out(&["export"]);
    for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        for args in ["list", "done 1", "undo"] {
            let program = env!("CARGO_BIN_EXE_repbox");
            let command = world.command(&[]);
            let mut shell = Command::new("/bin/sh");
            shell.arg("-c").arg(format!("{program} {args} {closed}")).env_clear();
            shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
            assert!(shell.output().expect("runs").status.code().is_some(), "{args} {closed}");
        }
        assert_eq!(world.out(&["export"]), before, "{closed}");
        sound(&world);
    }
}
