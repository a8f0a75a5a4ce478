//! The texts of the open tasks, in memory: a word that is typed letter by letter is looked
//! for in them, for fifty thousand rows are not read between two keys.

use std::collections::{HashMap, HashSet};

use super::Reader;
use crate::domain::change::StepNumber;
use crate::domain::query::texts::{Texts, Words};
use crate::domain::task::TaskNumber;
use crate::repository::{Repository, Result};

/// So many tasks are read before it is looked whether something else is asked.
const CHUNK: usize = 500;
/// So many texts of tasks that are open no longer may stay.
const MOST_OVER: usize = 5000;

/// Texts by task, as the file has them.
#[derive(Debug, Default)]
pub(super) struct OpenTexts {
    of: HashMap<TaskNumber, Texts>,
    /// The newest step when the file was last looked at.
    step: StepNumber,
}

impl OpenTexts {
    /// Forgets those of tasks that were changed since.
    pub(super) fn forget_changed(&mut self, repository: &Repository) -> Result<()> {
        let since = if self.of.is_empty() { StepNumber(i64::MAX) } else { self.step };
        let (changed, step) = repository.changed_since(since)?;
        for task in changed {
            self.of.remove(&task);
        }
        self.step = step;
        Ok(())
    }
}

impl Reader {
    /// Reads the texts of some more open tasks; whether any are left.
    pub(in crate::tui) fn read_ahead(&mut self) -> Result<bool> {
        let missing = |task: &TaskNumber| !self.texts.of.contains_key(task);
        let mut missing: Vec<TaskNumber> = self.shelf.numbers().filter(missing).take(CHUNK + 1).collect();
        let is_more = missing.len() > CHUNK;
        missing.truncate(CHUNK);
        let tasks = self.repository.tasks(&missing)?;
        self.texts.of.extend(tasks.iter().map(|task| (task.number, Texts::of(&task.task, &task.local.notes))));
        Ok(is_more && !tasks.is_empty())
    }

    /// The open tasks in whose texts words are found.
    pub(super) fn with_words(&mut self, words: &Words) -> Result<HashSet<TaskNumber>> {
        if self.texts.of.len() > self.shelf.numbers().count() + MOST_OVER {
            let open: HashSet<TaskNumber> = self.shelf.numbers().collect();
            self.texts.of.retain(|task, _| open.contains(task));
        }
        while self.read_ahead()? {}
        let has = |task: &TaskNumber| self.texts.of.get(task).is_some_and(|texts| words.hold(texts));
        Ok(self.shelf.numbers().filter(has).collect())
    }
}
