//! The screen of the real binary in a real terminal.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_secs(20);

/// What the terminal has been told so far.
struct Heard {
    bytes: Vec<u8>,
    screen: vt100::Parser,
}

struct Terminal {
    keys: Box<dyn Write + Send>,
    heard: Arc<(Mutex<Heard>, Condvar)>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Held open, so that the terminal's modes can be looked at after the end.
    _slave: Box<dyn portable_pty::SlavePty + Send>,
}

impl Terminal {
    fn open(db: &Path, (cols, rows): (u16, u16)) -> Terminal {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_repbox"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", db.parent().expect("a folder"));
        command.args(["--db", &db.to_string_lossy(), "--tz", "-8", "--now", "2026-03-04T15:00:00Z"]);
        let child = pair.slave.spawn_command(command).expect("starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let heard = Arc::new((
            Mutex::new(Heard { bytes: Vec::new(), screen: vt100::Parser::new(cells(rows), cells(cols), 0) }),
            Condvar::new(),
        ));
        let told = Arc::clone(&heard);
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                let mut heard = told.0.lock().expect("not poisoned");
                heard.bytes.extend(&buffer[..n]);
                heard.screen.process(&buffer[..n]);
                told.1.notify_all();
            }
        });
        let keys = pair.master.take_writer().expect("a writer");
        Terminal { keys, heard, child, master: pair.master, _slave: pair.slave }
    }

    fn key(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("typed");
    }

    /// Waits until the screen shows it.
    fn shows(&self, what: impl Fn(&str) -> bool) -> String {
        let (heard, told) = &*self.heard;
        let guard = heard.lock().expect("not poisoned");
        let (guard, waited) =
            told.wait_timeout_while(guard, PATIENCE, |h| !what(&h.screen.screen().contents())).expect("not poisoned");
        let contents = guard.screen.screen().contents();
        assert!(!waited.timed_out(), "never shown; the screen is:\n{contents}");
        contents
    }

    fn signal(&self, signal: &str) {
        let id = self.child.process_id().expect("a process").to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill").success());
    }

    fn ends(&mut self) {
        let began = Instant::now();
        while self.child.try_wait().expect("waits").is_none() {
            assert!(began.elapsed() < PATIENCE, "it does not end");
            std::thread::yield_now();
        }
    }

    /// Modes that were switched on and not off again.
    fn left_on(&self) -> Vec<&'static str> {
        // What was written last may still be on its way.
        self.shows(|_| true);
        let (heard, told) = &*self.heard;
        let off =
            |h: &mut Heard| ["\x1b[?1049l", "\x1b[?2004l", "\x1b[?25h"].iter().all(|m| find(&h.bytes, m).is_some());
        let guard = heard.lock().expect("not poisoned");
        let (guard, _) = told.wait_timeout_while(guard, Duration::from_secs(5), |h| !off(h)).expect("not poisoned");
        let pairs = [("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?2004h", "\x1b[?2004l"), ("\x1b[?25l", "\x1b[?25h")];
        pairs
            .into_iter()
            .filter(|(on, off)| find(&guard.bytes, on) > find(&guard.bytes, off))
            .map(|(on, _)| on)
            .collect()
    }
}

fn cells(count: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(count).expect("at least one cell")
}

fn find(bytes: &[u8], mark: &str) -> Option<usize> {
    bytes.windows(mark.len()).rposition(|window| window == mark.as_bytes())
}

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
        let mut terminal = Terminal::open(&db, (100, 30));
        terminal.shows(|s| s.contains("INBOX"));
        if how.starts_with('-') {
            terminal.signal(how)
        } else {
            terminal.key(how)
        }
        terminal.ends();
        assert_eq!(terminal.left_on(), Vec::<&str>::new(), "{how:?}");
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
            assert!(began.elapsed() < Duration::from_secs(10), "{trap:?}: it goes on without a terminal");
            std::thread::yield_now();
        }
    }
}

#[test]
fn p35_a_storm_of_sizes_ends_at_the_last_one() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (100, 30));
    terminal.shows(|s| s.contains("INBOX"));
    for (cols, rows) in [(1, 1), (300, 100), (40, 12), (3, 50), (59, 15), (110, 24), (33, 9)] {
        terminal.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("resized");
        terminal.heard.0.lock().expect("not poisoned").screen.screen_mut().set_size(cells(rows), cells(cols));
    }
    terminal.shows(|s| s.contains("Need 40x12, have 33x9"));
    terminal.key("q");
    terminal.ends();
}
