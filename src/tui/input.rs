//! What the terminal and the system say, as events, each from a thread of its own.
//!
//! crossterm 0.29 neither notices that its terminal is gone nor stops reading it, so a
//! watcher asks the terminal itself twice a second.

use std::io;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

/// Something from outside.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key, a paste, a size.
    Terminal(crossterm::event::Event),
    /// A signal that ends the program.
    End,
    /// The program is asked to stop for a while.
    Stop,
    /// The program goes on after a stop: the screen is stale.
    Resumed,
    /// The terminal went away.
    Hangup,
}

/// A program that is told to end and cannot, for its terminal takes nothing, ends anyway.
const PATIENCE: Duration = Duration::from_secs(3);
/// How soon a terminal that went away is noticed, at the latest.
const GLANCE: Duration = Duration::from_millis(500);

/// The signal that ended the program, 0 for none.
static ENDED_BY: AtomicI32 = AtomicI32::new(0);

/// Starts to listen.
///
/// # Errors
/// When the signals cannot be taken.
pub fn spawn(sender: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    let told = sender.clone();
    std::thread::spawn(move || {
        for signal in &mut signals {
            match signal {
                SIGCONT => drop(told.send(Event::Resumed)),
                SIGTSTP => drop(told.send(Event::Stop)),
                signal => {
                    ENDED_BY.store(signal, Ordering::Relaxed);
                    drop(told.send(Event::End));
                    end_anyway();
                }
            }
        }
    });
    let gone = sender.clone();
    std::thread::spawn(move || {
        while !is_gone() {
            std::thread::sleep(GLANCE);
        }
        drop(gone.send(Event::Hangup));
        end_anyway();
    });
    std::thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if sender.send(Event::Terminal(event)).is_err() {
                return;
            }
        }
        drop(sender.send(Event::Hangup));
    });
    Ok(())
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
    let asked = poll(&mut terminal, Some(&rustix::event::Timespec { tv_sec: 0, tv_nsec: 0 }));
    asked.is_ok() && terminal[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}
