//! What the terminal and the system say, as events.

use std::sync::mpsc::Sender;

/// Something from outside.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key, a paste, a size.
    Terminal(crossterm::event::Event),
    /// A signal.
    Signal(Signal),
    /// The terminal went away.
    Hangup,
}

/// A signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// TERM, HUP, INT, QUIT.
    End,
}

/// Starts to listen.
pub fn spawn(sender: Sender<Event>) {
    std::thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if sender.send(Event::Terminal(event)).is_err() {
                return;
            }
        }
        let _ = sender.send(Event::Hangup);
    });
}
