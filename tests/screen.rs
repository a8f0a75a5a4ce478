//! The screen of the real binary in a real terminal.

mod screens {
    pub(crate) mod finding;
    pub(crate) mod forms;
    pub(crate) mod handoff;
    pub(crate) mod triage;
}
mod support {
    pub(crate) mod terminal;
}

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use support::terminal::{Terminal, find};

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("tasks.db");
    run(&db, &["import", &format!("{}/tests/fixtures/close/tasks_all_types.json", env!("CARGO_MANIFEST_DIR"))]);
    (folder, db)
}

fn run(db: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_repbox"));
    command.env_clear().env("HOME", db.parent().expect("a folder")).args([
        "--db",
        &db.to_string_lossy(),
        "--tz",
        "-8",
        "--now",
        "2026-03-04T15:00:00Z",
    ]);
    let output = command.args(args).stdin(Stdio::null()).output().expect("runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_task_completed_on_the_screen_is_in_the_archive_after_a_restart_and_undo_brings_it_back() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("Send the revised quote"));
    terminal.key("e");
    terminal.shows(|s| s.contains("Completed \"Send the revised quote") && s.contains("saved"));
    terminal.key("q");
    terminal.ends();
    assert!(run(&db, &["list", "--view", "archive"]).contains("Send the revised quote"));
    let mut terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("[x] TODO Send the revised quote"));
    terminal.key("u");
    terminal.shows(|s| s.contains("[ ] TODO Send the revised quote") && s.contains("saved"));
    terminal.key("q");
    terminal.ends();
    assert!(!run(&db, &["list", "--view", "archive"]).contains("Send the revised quote"));
}

#[test]
fn an_empty_file_takes_in_a_file_named_from_home() {
    let folder = tempfile::tempdir().expect("a folder");
    let tasks = format!("{}/tests/fixtures/close/tasks_all_types.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(tasks, folder.path().join("tasks.json")).expect("copied");
    let mut terminal = Terminal::open(&folder.path().join("tasks.db"), (100, 30));
    terminal.shows(|s| s.contains("No tasks yet."));
    terminal.key("i~/tasks.json\r");
    terminal.shows(|s| s.contains("26 new, 0 updated, 0 unchanged.") && s.contains("Send the revised quote"));
    terminal.key("u");
    terminal.shows(|s| s.contains("No tasks yet."));
}

#[test]
fn the_last_filter_is_remembered_per_file() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("0 shows all"));
    terminal.key("0");
    terminal.shows(|s| s.contains("MAIL"));
    terminal.key("q");
    terminal.ends();
    let terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("MAIL"));
}

#[test]
fn p01_kill_9_after_saved_loses_nothing() {
    let (_folder, db) = file();
    for _ in 0..5 {
        let mut terminal = Terminal::open(&db, (100, 30));
        terminal.shows(|s| s.contains("Send the revised quote"));
        terminal.key("gie");
        terminal.shows(|s| s.contains("Completed \"") && s.contains("saved"));
        terminal.signal("-KILL");
        terminal.ends();
        assert!(run(&db, &["list", "--view", "archive"]).contains("Send the revised quote"));
        run(&db, &["undo"]);
    }
}

#[test]
fn p10_a_change_by_another_process_shows_while_the_screen_is_open() {
    let (_folder, db) = file();
    let terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("[ ] TODO Send the revised quote"));
    run(&db, &["done", "1"]);
    terminal.shows(|s| s.contains("[x] TODO Send the revised quote"));
}

#[test]
fn p32_however_the_screen_ends_the_terminal_is_as_before() {
    let (_folder, db) = file();
    for how in ["q", "\x03", "-TERM", "-HUP", "-INT", "-QUIT"] {
        let (mut terminal, before) = Terminal::open_and_modes(&db, (100, 30), &[]);
        terminal.shows(|s| s.contains("INBOX"));
        assert_ne!(terminal.modes(), before, "raw while it runs");
        if how.starts_with('-') {
            terminal.signal(how)
        } else {
            terminal.key(how)
        }
        terminal.ends();
        assert_eq!(terminal.left_on(), Vec::<&str>::new(), "{how:?}");
        assert_eq!(terminal.modes(), before, "{how:?}");
    }
}

#[test]
fn p33_when_the_terminal_goes_away_the_program_ends_also_with_hup_ignored() {
    let (_folder, db) = file();
    for trap in ["", "trap '' HUP; "] {
        let pair = native_pty_system().openpty(PtySize::default()).expect("a terminal");
        let mut command = CommandBuilder::new("/bin/sh");
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", db.parent().expect("a folder"));
        command.args(["-c", &format!("{trap}exec {} --db {}", env!("CARGO_BIN_EXE_repbox"), db.display())]);
        let mut child = pair.slave.spawn_command(command).expect("starts");
        drop(pair.slave);
        // No thread holds the terminal: it goes away when these are dropped.
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (mut seen, mut buffer) = (Vec::new(), [0; 8192]);
        while find(&seen, "INBOX").is_none() {
            let n = reader.read(&mut buffer).expect("reads");
            seen.extend(&buffer[..n]);
        }
        drop((reader, pair.master));
        let began = Instant::now();
        while child.try_wait().expect("waits").is_none() {
            assert!(began.elapsed() < Duration::from_secs(3), "{trap:?}: it goes on without a terminal");
            std::thread::yield_now();
        }
    }
}

#[test]
fn p35_a_storm_of_sizes_ends_at_the_last_one() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (100, 30));
    terminal.shows(|s| s.contains("INBOX"));
    // A lie that nobody could hold in memory.
    terminal.claim((u16::MAX, u16::MAX));
    terminal.key("j");
    for (cols, rows) in [(1, 1), (300, 100), (40, 12), (3, 50), (59, 15), (110, 24), (33, 9)] {
        terminal.resize((cols, rows));
    }
    terminal.shows(|s| s.contains("Need 40x12, have 33x9"));
    terminal.key("q");
    terminal.ends();
}

#[test]
fn p34_ctrl_z_and_kill_stop_cleanly_and_what_was_typed_meanwhile_does_not_act() {
    let (_folder, db) = file();
    for how in ["\x1a", "-TSTP"] {
        // A shell with job control, as a rep has one: without it the system ignores the stop.
        let script = format!(
            "set -m; {} --db {} --tz -8 --now 2026-03-04T15:00:00Z; echo; echo the shell has it; read x; fg; echo all over",
            env!("CARGO_BIN_EXE_repbox"),
            db.display()
        );
        let (mut terminal, _) = Terminal::start(&db, (100, 30), "/bin/sh", &["-c", &script]);
        terminal.shows(|s| s.contains("[ ] TODO Send the revised quote"));
        match how.strip_prefix('-') {
            Some(_) => terminal.signal_child(how),
            None => terminal.key(how),
        }
        terminal.shows(|s| s.contains("the shell has it") && s.contains("fg brings it back"));
        assert_eq!(terminal.left_on(), Vec::<&str>::new());
        terminal.resize((140, 40));
        terminal.key("go\neee");
        // The wide layout has borders.
        terminal.shows(|s| s.contains("[ ] TODO Send the revised quote") && s.contains("Types ─"));
        terminal.key("j");
        terminal.shows(|s| s.contains("To-do 2 of"));
        terminal.key("q");
        terminal.shows(|s| s.contains("all over"));
        assert!(!run(&db, &["list", "--view", "archive"]).contains("Send the revised quote"));
    }
}

#[test]
fn p14_the_bytes_that_reach_the_terminal_are_text_and_the_programs_own_sequences() {
    let (folder, db) = hostile();
    for (size, look) in [((140, 40), &[][..]), ((80, 24), &["--ascii"]), ((40, 12), &["--color", "never"])] {
        let mut terminal = Terminal::open_with(&db, size, look);
        terminal.shows(|s| s.contains("INBOX"));
        for keys in ["0", "j", "j", "\r", "j", "\x1b", "e", "u", "@", "\x1b", "?", "q", "gz", "\x1b"] {
            terminal.key(keys);
            terminal.settles();
        }
        terminal.key("q");
        terminal.ends();
        let mut ear = Ear::default();
        vte::Parser::new().advance(&mut ear, &terminal.bytes());
        assert_eq!(ear.strange, Vec::<String>::new(), "{size:?}");
        assert!(ear.printed > 1000);
    }
    drop(folder);
}

/// Listens for what acts on a terminal.
#[derive(Default)]
struct Ear {
    printed: usize,
    strange: Vec<String>,
}

impl vte::Perform for Ear {
    fn print(&mut self, c: char) {
        self.printed += 1;
        let hides = matches!(c, '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if hides {
            self.strange.push(format!("print {c:?}"));
        }
    }
    fn execute(&mut self, byte: u8) {
        if !matches!(byte, b'\r' | b'\n') {
            self.strange.push(format!("control {byte:#x}"));
        }
    }
    fn hook(&mut self, _: &vte::Params, _: &[u8], _: bool, action: char) {
        self.strange.push(format!("device string {action}"));
    }
    fn osc_dispatch(&mut self, params: &[&[u8]], _: bool) {
        self.strange.push(format!("system command {params:?}"));
    }
    fn csi_dispatch(&mut self, _: &vte::Params, between: &[u8], _: bool, action: char) {
        let own = match between {
            b"?" => "hl",
            b"" => "HmJK",
            _ => "",
        };
        if !own.contains(action) {
            self.strange.push(format!("sequence {between:?} {action}"));
        }
    }
    fn esc_dispatch(&mut self, between: &[u8], _: bool, byte: u8) {
        self.strange.push(format!("escape {between:?} {byte:#x}"));
    }
}

/// A file whose every text would act on a terminal, or lie about its place.
fn hostile() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("tasks.db");
    let texts = [
        "\\u001b[2J\\u001b]0;owned\\u0007",
        "\\u009b31mred\\u0090q\\u009c",
        "\\u202eesrever\\u2066x",
        "a\\rb\\nc\\td\\u0008\\u007f",
        "cafe\\u0301\\u0301\\u0301 \\u0301lead",
        "東京の見積もり 서울 견적",
        "שלום עולם مرحبا",
    ];
    let lines: String = (0..)
        .zip(texts)
        .map(|(i, text)| {
            format!(
                "{{\"_type\":\"lead\",\"id\":\"task_h{i:05}\",\"is_complete\":false,\"date\":\"2026-03-04\",\"text\":\"{text}\",\"lead_id\":\"lead_{i}\",\"lead_name\":\"{text}\",\"assigned_to\":\"user_{i}\",\"assigned_to_name\":\"{text}\",\"x{text}\":\"{text}\"}}\n"
            )
        })
        .collect();
    let file = folder.path().join("hostile.ndjson");
    std::fs::write(&file, lines).expect("written");
    run(&db, &["import", &file.to_string_lossy()]);
    (folder, db)
}

#[test]
fn p16_on_a_real_terminal_borders_stand_where_they_stand_beside_plain_text() {
    let columns = |screen: &str, row: usize| -> Vec<usize> {
        let line = screen.lines().nth(row).unwrap_or_default();
        let mut column = 0;
        let mut found = Vec::new();
        for c in line.chars() {
            if c == '│' {
                found.push(column);
            }
            column += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        }
        found
    };
    let (_plain, plain) = file();
    let (_hostile, hostile) = hostile();
    let plain = Terminal::open(&plain, (140, 40)).shows(|s| s.contains("Today"));
    let odd = Terminal::open(&hostile, (140, 40)).shows(|s| s.contains("Today") && s.contains("見積"));
    for row in 4..12 {
        assert_eq!(columns(&odd, row), columns(&plain, row), "row {row} of\n{odd}");
    }
}

#[test]
fn p16_emoji_that_the_terminal_draws_wider_leave_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("tasks.db");
    let file = folder.path().join("tasks.ndjson");
    let line = |id: &str, kind: &str, text: &str| {
        format!(
            "{{\"id\":\"task_{id}\",\"_type\":\"{kind}\",\"is_complete\":false,\"date\":\"2026-03-04\",\"text\":\"{text}\",\"subject\":\"{text}\"}}\n"
        )
    };
    let emoji = "E 👩‍👩‍👧‍👦";
    let lines = [line("1", "lead", emoji), line("2", "incoming_email", emoji), line("3", "lead", "plain")].concat();
    std::fs::write(&file, lines).expect("written");
    run(&db, &["import", &file.to_string_lossy()]);
    let mut terminal = Terminal::open(&db, (140, 40));
    let ends = |screen: &str| -> Vec<bool> {
        let rows = screen.lines().filter(|l| l.contains(" TODO ") || l.contains(" MAIL "));
        rows.map(|l| l.contains("Today│") && !l.contains('👦')).collect()
    };
    terminal.shows(|s| ends(s) == [true, true]);
    terminal.key("0");
    terminal.shows(|s| s.contains(" MAIL ") && ends(s) == [true, true, true]);
    terminal.key("0");
    terminal.shows(|s| !s.contains(" MAIL ") && ends(s) == [true, true]);
    terminal.key("g");
    terminal.key("a");
    let archive = terminal.shows(|s| s.contains("Nothing completed yet"));
    assert_eq!(ends(&archive), [true, true]);
}

#[test]
fn a_bulk_of_more_than_25_and_every_delete_ask_and_the_default_is_no() {
    let folder = tempfile::tempdir().expect("a folder");
    let (db, lines) = (folder.path().join("tasks.db"), folder.path().join("tasks.ndjson"));
    let todo = |i| format!(r#"{{"_type":"lead","id":"task_n{i:02}","text":"n{i:02}","date":"2026-03-04"}}"#);
    std::fs::write(&lines, (0..26).map(todo).collect::<Vec<_>>().join("\n")).expect("written");
    run(&db, &["import", &lines.to_string_lossy()]);
    let file = db.to_string_lossy();
    let of_today = ["--db", &file, "--tz", "-8", "--now", "2026-03-04T15:00:00Z"];
    let open = || run(&db, &["list", "--limit", "0", "--view", "all"]).matches("[ ]").count();
    for (args, question, answer, left) in [
        (&["done", "--where", "n"][..], "Complete 26 tasks, 26 of them from today? y/N", "\r", 26),
        (&["delete", "--where", "n03"], "Delete \"n03\"? y/N", "n\r", 26),
        (&["delete", "5"], "Delete \"n04\"? y/N", "y\r", 25),
        (&["done", "--where", "n", "--view", "all"], "nothing", "", 0),
    ] {
        let args = [&of_today[..], args].concat();
        let (mut terminal, _) = Terminal::start(&db, (100, 30), env!("CARGO_BIN_EXE_repbox"), &args);
        if !answer.is_empty() {
            terminal.shows(|screen| screen.contains(question));
            terminal.key(answer);
        }
        terminal.ends();
        assert_eq!(open(), left, "{args:?}");
    }
}

#[test]
fn keys_of_one_burst_are_about_what_each_key_before_has_led_to() {
    let (_folder, db) = file();
    let done = |of_type| run(&db, &["list", "--view", "archive", "--type", of_type]).matches("[x]").count();
    let before = ["voicemail", "lead"].map(done);
    let mut terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("Send the revised quote"));
    terminal.key("0/type:voicemail\re");
    terminal.shows(|s| s.contains("Completed") && s.contains("saved"));
    terminal.key("/zzzznothing\re");
    terminal.shows(|s| s.contains("No task here."));
    terminal.key("q");
    terminal.ends();
    let after = ["voicemail", "lead"].map(done);
    assert_eq!(after, [before[0] + 1, before[1]]);
}

#[test]
fn a_click_on_a_box_of_the_terminal_completes_that_task() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (140, 40));
    let screen = terminal.shows(|s| s.contains("[ ] TODO Send the revised quote"));
    let place = |line: &str| line.find("[ ] TODO Send the revised quote").map(|at| line[..at].chars().count());
    let (x, y) = screen.lines().zip(1..).find_map(|(line, y)| Some((place(line)? + 2, y))).expect("its row");
    terminal.key(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"));
    terminal.shows(|s| s.contains("Completed \"Send the revised quote"));
    terminal.key("q");
    terminal.ends();
}
