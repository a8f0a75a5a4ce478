//! One turn after the other: take what waits, update, do what is to be done, draw once
//! if something visible changed, ask what is to be asked. A search asks before its frame.
//! Blocks until something comes or the next visible moment.

#[cfg(test)]
mod tests;

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::model::{Model, Size};
use super::request::{Number, Read};
use super::update::{self, Effect, Msg, update};
use super::worker::Worker;
use crate::clock::Clock;

/// The cursor rests when no key has moved it for so long: longer than a held key takes
/// to repeat, shorter than a glance takes to the details.
const REST: Duration = Duration::from_millis(80);

/// What a letter of a search finds mostly comes so soon, and one frame then shows both: a frame
/// for the letter alone would take its processor from whoever looks for it.
const SOON: Duration = Duration::from_millis(4);

/// What the model is drawn on.
pub trait Surface {
    /// Draws the model, whole.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    fn draw(&mut self, model: &Model) -> io::Result<()>;
    /// Forgets what was drawn, so that the next frame draws everything.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    fn clear(&mut self) -> io::Result<()>;
    /// Gives the terminal to the shell; returns when it is back.
    ///
    /// # Errors
    /// When the terminal cannot be given back or taken again.
    fn suspend(&mut self) -> io::Result<()>;
    /// Gives the terminal to the person's editor with a text; what it was saved as, or why
    /// it was not.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    fn edit(&mut self, text: &str) -> io::Result<Result<String, String>>;
    /// Puts a text on the clipboard.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    fn copy(&mut self, text: &str) -> io::Result<()>;
    /// Has the terminal report the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    fn mouse(&mut self, on: bool) -> io::Result<()>;
    /// Its size now.
    ///
    /// # Errors
    /// When the terminal does not tell.
    fn size(&self) -> io::Result<Size>;
}

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A person, or a signal, ended it.
    Wanted,
    /// As wanted, but the last changes could not be written: which, and why, a sentence each.
    Unsaved(Vec<String>),
    /// A thread has failed; its panic was printed.
    Broken,
}

/// A screen in use.
#[derive(Debug)]
pub struct Session<S> {
    /// What is shown.
    pub model: Model,
    /// What it is drawn on.
    pub surface: S,
    worker: Worker,
    clock: Clock,
    messages: Receiver<Msg>,
    /// What is to be asked. Whoever answers would take the processor from the frame.
    questions: Vec<(Number, Read)>,
    /// The revision of the last frame.
    drawn: Option<u64>,
    end: Option<End>,
    /// When the cursor will have rested, unless a key moves it.
    rests: Option<Instant>,
    /// How long a frame waits for what a search finds.
    soon: Duration,
}

impl<S: Surface> Session<S> {
    /// Begins: asks for everything and draws the first frame.
    ///
    /// # Errors
    /// When the terminal takes nothing.
    pub fn begin(
        model: Model,
        surface: S,
        worker: Worker,
        clock: Clock,
        messages: Receiver<Msg>,
    ) -> io::Result<Session<S>> {
        let (questions, drawn, end, rests, soon) = (Vec::new(), None, None, None, SOON);
        let mut session = Session { model, surface, worker, clock, messages, questions, drawn, end, rests, soon };
        let effects = update::begin(&mut session.model);
        session.perform(effects)?;
        // Nothing is shown yet, and the answer takes longer than the frame.
        session.ask();
        session.draw()?;
        Ok(session)
    }

    /// Turns until the end; then every write is on the disk, or told as unsaved.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn run(mut self) -> io::Result<End> {
        loop {
            let first = self.wait(None);
            self.turn(first)?;
            if let Some(end) = self.end.take() {
                return Ok(self.finish(end));
            }
        }
    }

    /// Lets the writes under way come to their end. Nobody sees any more what comes of them:
    /// what fails now is told by how the session ended.
    fn finish(self, end: End) -> End {
        let Session { mut model, worker, messages, .. } = self;
        worker.finish();
        let written = |msg| match msg {
            Msg::Written(number, outcome) => Some((number, outcome)),
            _ => None,
        };
        let unsaved = update::unsaved(&mut model, messages.try_iter().filter_map(written).collect());
        if end == End::Wanted && !unsaved.is_empty() { End::Unsaved(unsaved) } else { end }
    }

    /// The next message; `None` at the next visible moment, or after `most`.
    fn wait(&mut self, most: Option<Duration>) -> Option<Msg> {
        let rest = self.rests.map(|at| at.saturating_duration_since(Instant::now()));
        let Some(wait) = [self.until_next_moment(), rest, most].into_iter().flatten().min() else {
            return Some(self.messages.recv().unwrap_or(Msg::Broken));
        };
        match self.messages.recv_timeout(wait) {
            Ok(msg) => Some(msg),
            Err(RecvTimeoutError::Timeout) => self.rests.take_if(|at| *at <= Instant::now()).map(|_| Msg::Rested),
            Err(RecvTimeoutError::Disconnected) => Some(Msg::Broken),
        }
    }

    /// How long nothing visible changes by itself. Time that stands still brings no moment.
    fn until_next_moment(&self) -> Option<Duration> {
        if self.clock != Clock::System {
            return None;
        }
        let until = self.model.next_moment()?.signed_duration_since(self.clock.now());
        // A millisecond more, so that the moment has come and not almost.
        Some(until.to_std().unwrap_or(Duration::ZERO) + Duration::from_millis(1))
    }

    /// Takes a message and all that wait behind it, then draws if something visible changed: at
    /// once, or with what is found, where that comes soon. Then asks what is to be asked.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn turn(&mut self, first: Option<Msg>) -> io::Result<()> {
        self.take(Msg::Now(self.clock.now()))?;
        if let Some(msg) = first {
            self.take(msg)?;
        }
        let soon = Instant::now() + self.soon;
        while self.end.is_none() {
            let next = match self.messages.try_recv() {
                Err(TryRecvError::Empty) if self.model.is_finding() => {
                    self.ask();
                    self.messages.recv_timeout(soon.saturating_duration_since(Instant::now())).ok()
                }
                next => next.ok(),
            };
            let Some(msg) = next else { break };
            self.take(msg)?;
        }
        self.draw()?;
        self.ask();
        Ok(())
    }

    fn ask(&mut self) {
        self.questions.drain(..).for_each(|(number, read)| self.worker.read(number, read));
    }

    fn take(&mut self, msg: Msg) -> io::Result<()> {
        let broken = msg == Msg::Broken;
        let effects = update(&mut self.model, msg);
        self.perform(effects)?;
        if broken {
            self.end = Some(End::Broken);
        }
        Ok(())
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Read(number, read) => self.questions.push((number, read)),
                Effect::Write(number, write) => self.worker.write(number, write),
                Effect::Rest => self.rests = Some(Instant::now() + REST),
                Effect::Suspend => self.suspend()?,
                Effect::Editor(text) => self.edit(&text)?,
                Effect::Copy(text) => self.surface.copy(&text)?,
                Effect::Start(order) => self.worker.start_program(order),
                Effect::Mouse(on) => self.surface.mouse(on)?,
                Effect::Redraw => self.redraw()?,
                Effect::Quit => {
                    self.end.get_or_insert(End::Wanted);
                }
            }
        }
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.surface.suspend()?;
        self.redraw()
    }

    fn edit(&mut self, text: &str) -> io::Result<()> {
        let edited = self.surface.edit(text)?;
        self.take(Msg::Edited(edited))?;
        self.redraw()
    }

    /// Draws everything anew, at the size that the terminal has now.
    fn redraw(&mut self) -> io::Result<()> {
        self.surface.clear()?;
        self.drawn = None;
        let size = self.surface.size()?;
        self.take(Msg::Resize(size))
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.end.is_none() && self.drawn != Some(self.model.revision) {
            self.surface.draw(&self.model)?;
            self.drawn = Some(self.model.revision);
        }
        Ok(())
    }

    /// Waits for whatever comes within `limit` and takes it. Whether something came.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn step(&mut self, limit: Duration) -> io::Result<bool> {
        match self.wait(Some(limit)) {
            Some(msg) => self.turn(Some(msg)).map(|()| true),
            None => Ok(false),
        }
    }

    /// How it ended, if it has.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// Ends at once; every write is on the disk, or told as unsaved, when this returns.
    pub fn close(self) -> End {
        self.finish(End::Wanted)
    }
}
