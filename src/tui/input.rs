//! What the terminal and the system say, as messages, each from a thread of its own.
//!
//! crossterm 0.29 neither notices that its terminal is gone nor stops reading it, so a
//! watcher asks the terminal itself twice a second.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::model::Size;
use super::mouse::Mouse;
use super::pace::Pace;
use super::update::Msg;
use super::worker::{Guarded, Sink};

/// A program that is told to end and cannot, for its terminal takes nothing, ends anyway.
const PATIENCE: Duration = Duration::from_secs(3);
/// How soon a terminal that went away is noticed, at the latest.
const GLANCE: Duration = Duration::from_millis(500);

/// Without any time crossterm reads nothing. It does not sleep through the last millisecond,
/// so it is asked for so long only where something is to be read.
const MOMENT: Duration = Duration::from_millis(1);
/// For what crossterm has read along with a key. It turns in circles meanwhile.
const GLIMPSE: Duration = Duration::from_micros(50);
/// A thread that is held up finds nothing in a glimpse: so much later it looks once more.
const AGAIN: Timespec = Timespec { tv_sec: 0, tv_nsec: 10_000_000 };

/// The signal that ended the program, 0 for none.
static ENDED_BY: AtomicI32 = AtomicI32::new(0);
/// Whether another program has the terminal: what its keys mean to it is nothing to us.
static PAUSED: AtomicBool = AtomicBool::new(false);

/// Starts to listen; the gate keeps the keys for another program for a while.
///
/// # Errors
/// When the signals cannot be taken.
pub fn spawn(messages: Sender<Msg>) -> io::Result<Gate> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let told = messages.clone();
    std::thread::spawn(move || {
        for signal in &mut signals {
            match signal {
                SIGINT | SIGQUIT | SIGTSTP | SIGCONT if PAUSED.load(Ordering::Relaxed) => {}
                SIGWINCH => {
                    if let Ok((width, height)) = crossterm::terminal::size() {
                        drop(told.send(Msg::Resize(Size { width, height })));
                    }
                }
                SIGCONT => drop(told.send(Msg::Redraw)),
                // Asked from outside or by its key, a stop is the same action.
                SIGTSTP => drop(told.send(Msg::Key(KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL)))),
                signal => {
                    ENDED_BY.store(signal, Ordering::Relaxed);
                    drop(told.send(Msg::End));
                    end_anyway();
                }
            }
        }
    });
    let gone = messages.clone();
    std::thread::spawn(move || {
        while !is_gone() {
            std::thread::sleep(GLANCE);
        }
        drop(gone.send(Msg::End));
        end_anyway();
    });
    let (wakes, wake) = io::pipe()?;
    let gate = Gate { wake, closed: Arc::default() };
    let closed = Arc::clone(&gate.closed);
    let keys = Guarded(Box::new(move |msg| messages.send(msg).is_ok()));
    std::thread::spawn(move || {
        // Nobody listens any more, or the terminal is gone: without keys nobody could end it.
        if read_keys(&keys.0, &wakes, &closed).is_err() {
            (keys.0)(Msg::End);
        }
    });
    Ok(gate)
}

/// Keeps the keys for another program: closed, nothing is read from the terminal.
#[derive(Debug)]
pub struct Gate {
    wake: PipeWriter,
    closed: Arc<Closed>,
}

/// Whether the gate is to be closed, and whether the reading thread has seen it.
#[derive(Debug, Default)]
struct Closed {
    state: Mutex<(bool, bool)>,
    changed: Condvar,
}

impl Closed {
    fn lock(&self) -> MutexGuard<'_, (bool, bool)> {
        // Two flags are whole at any moment, also after a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the wish or the answer, and waits for the other side.
    fn wait_until(&self, mut state: MutexGuard<'_, (bool, bool)>, until: impl Fn(&(bool, bool)) -> bool) {
        self.changed.notify_all();
        while !until(&state) {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Gate {
    /// Closes it; nothing reads the terminal when this returns.
    ///
    /// # Errors
    /// When the reading thread cannot be woken.
    pub fn close(&mut self) -> io::Result<()> {
        PAUSED.store(true, Ordering::Relaxed);
        let mut state = self.closed.lock();
        state.0 = true;
        self.wake.write_all(b"!")?;
        self.closed.wait_until(state, |(_, seen)| *seen);
        Ok(())
    }

    /// Opens it again.
    pub fn open(&mut self) {
        PAUSED.store(false, Ordering::Relaxed);
        let mut state = self.closed.lock();
        state.0 = false;
        self.closed.changed.notify_all();
    }
}

/// Reads what the terminal says, as long as the gate is open.
fn read_keys(sink: &Sink, mut wakes: &PipeReader, closed: &Closed) -> io::Result<()> {
    let stdin = io::stdin();
    let mut pace = Pace::default();
    let mut looks_again = false;
    loop {
        let mut sources = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&wakes, PollFlags::IN)];
        match poll(&mut sources, looks_again.then_some(&AGAIN)) {
            Err(rustix::io::Errno::INTR) => continue,
            asked => asked?,
        };
        let is_time_up = sources.iter().all(|source| source.revents().is_empty());
        if sources[1].revents().contains(PollFlags::IN) {
            wakes.read_exact(&mut [0])?;
            let mut state = closed.lock();
            state.1 = true;
            closed.wait_until(state, |(wanted, _)| !wanted);
            closed.lock().1 = false;
        } else {
            looks_again = false;
            let mut patience = if is_time_up { GLIMPSE } else { MOMENT };
            while crossterm::event::poll(patience)? {
                let read = message(crossterm::event::read()?);
                let marked = read.and_then(|msg| pace.mark(msg, Instant::now()));
                if !marked.is_none_or(sink) {
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
                (patience, looks_again) = (GLIMPSE, true);
            }
        }
    }
}

/// What a terminal's event means; `None` for those that mean nothing here.
pub fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => Some(Msg::Key(key)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(Size { width, height })),
        Event::Mouse(event) => Mouse::of(event).map(Msg::Mouse),
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// Ends the program by the signal that asked for it, so that its parent sees the true
/// cause. Does nothing where there was none.
pub fn end_by_signal() {
    let signal = ENDED_BY.load(Ordering::Relaxed);
    if signal != 0 {
        // Where it fails, the program ends by itself a moment later.
        drop(signal_hook::low_level::emulate_default_handler(signal));
    }
}

fn end_anyway() {
    std::thread::spawn(|| {
        std::thread::sleep(PATIENCE);
        end_by_signal();
        std::process::exit(1);
    });
}

/// Whether the terminal on standard input has hung up.
fn is_gone() -> bool {
    let stdin = io::stdin();
    let mut terminal = [PollFd::new(&stdin, PollFlags::empty())];
    let asked = poll(&mut terminal, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }));
    asked.is_ok() && terminal[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}
