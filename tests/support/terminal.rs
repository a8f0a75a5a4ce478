//! A pseudo-terminal with a screen that can be read.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The real binary; the tour, which is no test, builds its own.
const PROGRAM: Option<&str> = option_env!("CARGO_BIN_EXE_repbox");

const PATIENCE: Duration = Duration::from_secs(20);

/// What the terminal has been told so far.
struct Heard {
    bytes: Vec<u8>,
    screen: vt100::Parser,
}

/// A program in a terminal of its own.
pub(crate) struct Terminal {
    keys: Box<dyn Write + Send>,
    heard: Arc<(Mutex<Heard>, Condvar)>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Held open, so that the terminal's modes can be looked at after the end.
    tty: File,
}

impl Terminal {
    /// The inbox of a file.
    pub(crate) fn open(db: &Path, size: (u16, u16)) -> Terminal {
        Terminal::open_with(db, size, &[])
    }

    pub(crate) fn open_with(db: &Path, size: (u16, u16), more: &[&str]) -> Terminal {
        Terminal::open_and_modes(db, size, more).0
    }

    /// As [`Terminal::open_with`], with the modes of the terminal before.
    pub(crate) fn open_and_modes(db: &Path, size: (u16, u16), more: &[&str]) -> (Terminal, String) {
        let file = db.to_string_lossy();
        let args = [&["--db", &*file, "--tz", "-8", "--now", "2026-03-04T15:00:00Z"][..], more].concat();
        Terminal::start(db, size, PROGRAM.expect("the tests have it"), &args)
    }

    /// Any program, in the folder of a file.
    pub(crate) fn start(db: &Path, (cols, rows): (u16, u16), program: &str, args: &[&str]) -> (Terminal, String) {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let tty =
            File::options().read(true).write(true).open(pair.master.tty_name().expect("its name")).expect("opens");
        let before = modes(&tty);
        let folder = db.parent().expect("a folder");
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", folder);
        command.cwd(folder);
        command.args(args);
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
        (Terminal { keys, heard, child, master: pair.master, tty }, before)
    }

    pub(crate) fn key(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("typed");
    }

    /// Waits until the screen shows it.
    pub(crate) fn shows(&self, what: impl Fn(&str) -> bool) -> String {
        let (heard, told) = &*self.heard;
        let guard = heard.lock().expect("not poisoned");
        let (guard, waited) =
            told.wait_timeout_while(guard, PATIENCE, |h| !what(&h.screen.screen().contents())).expect("not poisoned");
        let contents = guard.screen.screen().contents();
        assert!(!waited.timed_out(), "never shown; the screen is:\n{contents}");
        contents
    }

    pub(crate) fn signal(&self, signal: &str) {
        let id = self.child.process_id().expect("a process").to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill").success());
    }

    /// Sends a signal to the only child of the program, such as a shell's.
    pub(crate) fn signal_child(&self, signal: &str) {
        let id = self.child.process_id().expect("a process").to_string();
        assert!(Command::new("pkill").args([signal, "-P", &id]).status().expect("pkill").success());
    }

    pub(crate) fn resize(&self, (cols, rows): (u16, u16)) {
        self.heard.0.lock().expect("not poisoned").screen.screen_mut().set_size(cells(rows), cells(cols));
        self.claim((cols, rows));
    }

    /// Tells the program a size that the screen does not have.
    pub(crate) fn claim(&self, (cols, rows): (u16, u16)) {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("resized");
    }

    /// Raw or not, echo or not, and so on.
    pub(crate) fn modes(&self) -> String {
        modes(&self.tty)
    }

    /// Waits until nothing has come for a while.
    pub(crate) fn settles(&self) {
        let (heard, told) = &*self.heard;
        let mut guard = heard.lock().expect("not poisoned");
        loop {
            let (next, waited) = told.wait_timeout(guard, Duration::from_millis(150)).expect("not poisoned");
            guard = next;
            if waited.timed_out() {
                return;
            }
        }
    }

    /// All that was written to the terminal.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.heard.0.lock().expect("not poisoned").bytes.clone()
    }

    pub(crate) fn ends(&mut self) {
        let began = Instant::now();
        while self.child.try_wait().expect("waits").is_none() {
            assert!(began.elapsed() < PATIENCE, "it does not end");
            std::thread::yield_now();
        }
    }

    /// Modes that were switched on and not off again.
    pub(crate) fn left_on(&self) -> Vec<&'static str> {
        // What was written last may still be on its way.
        self.shows(|_| true);
        let (heard, told) = &*self.heard;
        let off =
            |h: &mut Heard| ["\x1b[?1049l", "\x1b[?2004l", "\x1b[?25h"].iter().all(|m| find(&h.bytes, m).is_some());
        let guard = heard.lock().expect("not poisoned");
        let (guard, _) = told.wait_timeout_while(guard, Duration::from_secs(5), |h| !off(h)).expect("not poisoned");
        let pairs = [
            ("\x1b[?1049h", "\x1b[?1049l"),
            ("\x1b[?2004h", "\x1b[?2004l"),
            ("\x1b[?25l", "\x1b[?25h"),
            ("\x1b[?1000h", "\x1b[?1000l"),
            ("\x1b[?1006h", "\x1b[?1006l"),
        ];
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

/// Where a mark was written last.
pub(crate) fn find(bytes: &[u8], mark: &str) -> Option<usize> {
    bytes.windows(mark.len()).rposition(|window| window == mark.as_bytes())
}

fn modes(tty: &File) -> String {
    format!("{:?}", rustix::termios::tcgetattr(tty).expect("a terminal"))
}
