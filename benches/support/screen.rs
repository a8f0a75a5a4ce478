//! The screen in a real terminal: from the key to the last byte of its frame.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::measure::{limit, percentile};
use super::process::peak_memory;
use super::tasks::NOW;

/// The mark that ends each frame: the end of a synchronized update.
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// A held key comes so often, and no hand is faster for long.
const KEY_REPEAT: Duration = Duration::from_millis(33);

const ROWS: u16 = 40;
const COLUMNS: u16 = 140;
/// Where a search is typed: above the hints.
const FIELD: u16 = ROWS - 2;

struct Screen {
    file: PathBuf,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    child: Box<dyn Child + Send + Sync>,
    /// What is on it.
    shown: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
}

impl Screen {
    fn open(file: &Path) -> Screen {
        let pair = native_pty_system()
            .openpty(PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 })
            .expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_repbox"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", "/nonexistent");
        command.cwd(file.parent().expect("the file's folder"));
        command.args(["--db", &file.to_string_lossy(), "--tz", "-8", "--now", NOW]);
        let child = pair.slave.spawn_command(command).expect("repbox starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..n].to_vec())).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().expect("a writer");
        let cells = |n| std::num::NonZero::new(n).expect("some cells");
        let shown = vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0);
        Screen { file: file.to_owned(), keys, bytes, child, shown, _master: pair.master }
    }

    /// Waits for the end of a frame that shows a text; when it came, and how many bytes it had.
    fn frame_with(&mut self, text: &[u8]) -> (Instant, usize) {
        let mut seen: Vec<u8> = Vec::new();
        let position = |seen: &[u8], part: &[u8]| seen.windows(part.len().max(1)).position(|w| w.starts_with(part));
        loop {
            let (at, bytes) = self.bytes.recv_timeout(Duration::from_secs(10)).expect("a frame within ten seconds");
            seen.extend(bytes);
            if let Some(shown) = position(&seen, text)
                && position(&seen[shown..], FRAME_END).is_some()
            {
                self.shown.process(&seen);
                return (at, seen.len());
            }
        }
    }

    fn key(&mut self, key: &str) -> (Duration, usize) {
        let pressed = self.press(key);
        let (drawn, bytes) = self.frame_with(b"");
        (drawn.duration_since(pressed), bytes)
    }

    /// Presses a key; when that was.
    fn press(&mut self, key: &str) -> Instant {
        while let Ok((_, bytes)) = self.bytes.try_recv() {
            self.shown.process(&bytes);
        }
        let pressed = Instant::now();
        self.keys.write_all(key.as_bytes()).expect("a key");
        self.keys.flush().expect("a key");
        pressed
    }

    /// The line in which a search is typed.
    fn field(&self) -> String {
        self.shown.screen().contents_between(FIELD, 0, FIELD, COLUMNS)
    }

    /// Presses a key; how long it takes until the line of its field shows something.
    fn until(&mut self, key: &str, shows: impl Fn(&str) -> bool) -> Duration {
        let pressed = self.press(key);
        loop {
            let (at, bytes) = self.bytes.recv_timeout(Duration::from_secs(10)).expect("a frame within ten seconds");
            self.shown.process(&bytes);
            if shows(&self.field()) {
                return at.duration_since(pressed);
            }
        }
    }

    fn quit(mut self) {
        self.keys.write_all(b"q").expect("a key");
        self.child.wait().expect("ends");
    }

    /// Lets time pass.
    fn pass(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match self.bytes.recv_timeout(left) {
                Ok((_, bytes)) => self.shown.process(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => panic!("the screen ended"),
            }
        }
    }

    /// Takes frames until nothing comes for a while.
    fn settle(&mut self) {
        while let Ok((_, bytes)) = self.bytes.recv_timeout(Duration::from_millis(400)) {
            self.shown.process(&bytes);
        }
    }

    /// Settles, and has the system hold the whole file in memory: some take out what was not
    /// used for a minute, and the next key would wait for their disk.
    fn rest(&mut self) {
        std::io::copy(&mut std::fs::File::open(&self.file).expect("the file"), &mut std::io::sink()).expect("read");
        self.settle();
    }

    /// The time that the process has used, in clock ticks (Linux).
    fn ticks(&self) -> u64 {
        let id = self.child.process_id().expect("a process");
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("a process");
        let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
        fields[11].parse::<u64>().expect("ticks") + fields[12].parse::<u64>().expect("ticks")
    }
}

/// Measures and prints them all. `found` tells how many open tasks have a word, and how many
/// first rows of the archive.
pub(crate) fn figures(file: &Path, found: impl Fn(&str) -> (u64, u64)) {
    let mut starts: Vec<Duration> = (0..9)
        .map(|_| {
            let began = Instant::now();
            let mut screen = Screen::open(file);
            let (drawn, _) = screen.frame_with(b"TODO");
            screen.settle();
            screen.quit();
            drawn.duration_since(began)
        })
        .collect();
    limit("screen: start to first tasks", millis(percentile(&mut starts, 0.5)), "ms", 60.0);
    let mut screen = Screen::open(file);
    screen.settle();
    screen.key("0");
    screen.rest();
    moves(&mut screen);
    searches(&mut screen, found);
    palette(&mut screen);
    toggles(&mut screen);
    held(&mut screen);
    idle(&mut screen);
    let memory = peak_memory(screen.child.process_id().expect("a process")).unwrap_or_default();
    limit("screen: peak memory", memory, "MiB", 64.0);
    screen.quit();
}

/// The keys of an open screen while another one changes many tasks of its file until
/// it is told that it is over.
pub(crate) fn beside(file: &Path, name: &str, write: impl FnOnce(&dyn Fn() -> bool) + Send) {
    let mut screen = Screen::open(file);
    screen.settle();
    let is_over = AtomicBool::new(false);
    let mut times = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| write(&|| is_over.load(Ordering::Relaxed)));
        for key in ["j", "k", "j", "G", "gg"].iter().cycle().take(300) {
            let (took, _) = screen.key(key);
            times.push(took);
            screen.pass(KEY_REPEAT.saturating_sub(took));
        }
        is_over.store(true, Ordering::Relaxed);
    });
    limit(&format!("screen: key to frame beside {name}, p99"), millis(percentile(&mut times, 0.99)), "ms", 16.0);
    screen.settle();
    screen.quit();
}

fn moves(screen: &mut Screen) {
    let (mut times, mut sizes): (Vec<Duration>, Vec<usize>) = (0..10).map(|_| screen.key("j")).unzip();
    sizes.sort_unstable();
    limit("screen: bytes of a cursor move", sizes[sizes.len() / 2] as f64, "B", 400.0);
    for key in ["j", "k", "J", "G", "gg", "\t", "\x04", "\x15", "1", "0"].iter().cycle().take(300) {
        times.push(screen.key(key).0);
        screen.pass(KEY_REPEAT.saturating_sub(times[times.len() - 1]));
    }
    limit("screen: key to frame, p99", millis(percentile(&mut times, 0.99)), "ms", 8.0);
}

/// Letters of a search, each of which finds fewer tasks: until the letter is there, and
/// until the open tasks are that it finds.
fn searches(screen: &mut Screen, found: impl Fn(&str) -> (u64, u64)) {
    let (mut echoes, mut answers) = (Vec::new(), Vec::new());
    for word in (0..60).map(|n| (1234 + n * 97).to_string()) {
        let typed: Vec<&str> = (1..=word.len()).map(|end| &word[..end]).collect();
        let expected: Vec<(u64, u64)> = typed.iter().map(|typed| found(typed)).collect();
        screen.key("/");
        screen.rest();
        for (typed, (open, first)) in typed.iter().zip(expected) {
            // The first rows of the archive may be counted already.
            let is_told = |line: &str| told(line).is_some_and(|n| n == open || n == open + first);
            let (letter, field) = (&typed[typed.len() - 1..], format!(" /{typed} "));
            let tells_before = is_told(&screen.field());
            let took = screen.until(letter, |line| line.starts_with(&field) && is_told(line));
            // Where the letter before found as many, the answer does not show.
            if !tells_before {
                answers.push(took);
            }
            screen.pass(KEY_REPEAT);
        }
        echoes.extend(["x", "\x7f"].map(|key| screen.key(key).0));
        screen.key("\x1b");
        screen.settle();
    }
    assert!(answers.len() > 180, "the answers of {} letters show", answers.len());
    limit("screen: letter to frame, p99", millis(percentile(&mut echoes, 0.99)), "ms", 8.0);
    limit("screen: letter to open tasks, p99", millis(percentile(&mut answers, 0.99)), "ms", 8.0);
}

/// How many tasks the field of a search says are found, so far or in all.
fn told(line: &str) -> Option<u64> {
    let (before, _) = line.split_once(" found")?;
    before.trim_end_matches('+').rsplit(' ').next()?.parse().ok()
}

/// The palette opens and narrows, and the lists are arranged.
fn palette(screen: &mut Screen) {
    let mut times = Vec::new();
    for _ in 0..20 {
        for key in [":", "s", "n", "o", "o", "\x1b", "S", "\x1b", "B", "B"] {
            times.push(screen.key(key).0);
            screen.pass(KEY_REPEAT.saturating_sub(times[times.len() - 1]));
        }
        screen.rest();
    }
    limit("screen: palette and order, p99", millis(percentile(&mut times, 0.99)), "ms", 8.0);
}

fn toggles(screen: &mut Screen) {
    screen.key("gi");
    screen.rest();
    let mut times: Vec<Duration> = (0..100).map(|_| screen.key("e").0).collect();
    limit("screen: toggle to frame, p99", millis(percentile(&mut times, 0.99)), "ms", 8.0);
    screen.settle();
}

/// A key held for four seconds.
fn held(screen: &mut Screen) {
    let mut times = Vec::new();
    for _ in 0..120 {
        let (took, _) = screen.key("j");
        times.push(took);
        screen.pass(KEY_REPEAT.saturating_sub(took));
    }
    limit("screen: held key to frame, p99", millis(percentile(&mut times, 0.99)), "ms", 8.0);
}

fn idle(screen: &mut Screen) {
    screen.settle();
    let before = screen.ticks();
    let silent = screen.bytes.recv_timeout(Duration::from_secs(5)).map_or(0, |(_, bytes)| bytes.len());
    limit("screen: bytes in 5 s of rest", silent as f64, "B", 0.0);
    limit("screen: clock ticks in 5 s of rest", (screen.ticks() - before) as f64, "ticks", 1.0);
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
