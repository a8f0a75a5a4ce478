//! The program on a terminal: opens the file, starts the threads, runs the session.

use std::io;
use std::sync::mpsc;

use super::editor;
use super::input;
use super::model::drill::Drill;
use super::model::drill::guide::Guide;
use super::model::memory::Memory;
use super::model::{Look, Model, Size};
use super::session::{End, Session, Surface};
use super::terminal::Screen;
use super::view;
use super::worker::{Sink, Worker};
use super::writer::Intake;
use crate::clock::Clock;
use crate::domain::view::Today;
use crate::repository::{self, Repository};

/// What the command line decides about the screen.
#[derive(Debug)]
pub struct Options {
    /// The file, open for writing.
    pub repository: Repository,
    /// The present as the person reads it.
    pub today: Today,
    /// Where "now" comes from.
    pub clock: Clock,
    /// How the screen looks and behaves.
    pub look: Look,
    /// Whether ten keys are practised.
    pub is_drill: bool,
    /// How files and the demo come in.
    pub intake: Intake,
}

/// Why the screen ended.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error(transparent)]
    Repository(#[from] repository::Error),
    /// The terminal fails.
    #[error("the terminal cannot be used ({0}); repbox list prints the inbox as text")]
    Terminal(#[from] io::Error),
    /// The last changes are not on the disk: which, and why.
    #[error("{}", .0.join("; "))]
    Unsaved(Vec<String>),
    /// A thread panicked; what it said was printed.
    #[error("a part of repbox failed; what was saved is safe")]
    Broken,
}

/// Shows the inbox until a person or a signal ends it; every change is on the disk and the
/// terminal given back when this returns. [`input::end_by_signal`] then lets the signal have
/// its way.
///
/// # Errors
/// When the file cannot be read, the terminal cannot be used, the last changes cannot be
/// written, or a thread fails.
pub fn run(options: Options) -> Result<(), Error> {
    let remembered = options.repository.memory(Memory::KEY)?;
    let (sender, messages) = mpsc::channel();
    let sink = || -> Sink {
        let sender = sender.clone();
        Box::new(move |msg| sender.send(msg).is_ok())
    };
    let worker = Worker::start(options.repository, options.intake, options.clock, sink)?;
    let mut screen = Screen::enter()?;
    screen.listen(input::spawn(sender)?);
    let mut model = Model::new(options.today, Surface::size(&screen)?, options.look);
    model.drill = options.is_drill.then(Drill::default);
    match Memory::read(remembered.as_deref()) {
        Some(memory) => memory.recall(&mut model),
        None => model.guide = Some(Guide::default()),
    }
    screen.report_mouse(model.mouse.on)?;
    let ended = Session::begin(model, screen, worker, options.clock, messages)?.run();
    match ended? {
        End::Wanted => Ok(()),
        End::Unsaved(said) => Err(Error::Unsaved(said)),
        End::Broken => Err(Error::Broken),
    }
}

impl Surface for Screen {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.draw(|frame| view::draw(frame, model))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear()
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.suspend()
    }

    fn edit(&mut self, text: &str) -> io::Result<Result<String, String>> {
        self.lend(|| editor::run(text))
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copy(text)
    }

    fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.report_mouse(on)
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = self.size()?;
        Ok(Size { width, height })
    }
}
