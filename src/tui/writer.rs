//! Does the screen's writes, through the use cases that the command line has too.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::model::memory::Memory;
use super::request::{Outcome, Write};
use crate::app::change;
use crate::domain::view::Today;
use crate::repository::{self, Repository};

/// How tasks come in from outside: what `repbox import` and `repbox demo` do. Each gives
/// its summary, or a sentence that says what is wrong.
#[derive(Clone, Copy, Debug)]
pub struct Intake {
    /// Takes in a file of tasks.
    pub file: fn(&mut Repository, &Path, DateTime<Utc>) -> Result<String, String>,
    /// Takes in the demo, with dates around now.
    pub demo: fn(&mut Repository, &Today) -> Result<String, String>,
}

/// A connection that writes.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) repository: Repository,
    pub(super) intake: Intake,
}

impl Writer {
    /// Does a write; on the disk when this returns. An error is a sentence for the notice line.
    pub(super) fn perform(&mut self, write: Write) -> Result<Outcome, String> {
        let repository = &mut self.repository;
        let said = |error: repository::Error| error.to_string();
        match write {
            Write::SetComplete { tasks, complete, now } => {
                change::set_complete(repository, &tasks, complete, now).map(Outcome::Set).map_err(said)
            }
            Write::Undo(now) => repository.undo(now).map(Outcome::Undone).map_err(said),
            Write::Redo(now) => repository.redo(now).map(Outcome::Redone).map_err(said),
            Write::Import(path, now) => (self.intake.file)(repository, &path, now).map(Outcome::Imported),
            Write::Demo(today) => (self.intake.demo)(repository, &today).map(Outcome::Imported),
            Write::Remember(text) => {
                repository.remember(Memory::KEY, &text).map(|()| Outcome::Remembered).map_err(said)
            }
        }
    }
}
