//! The texts of the open tasks, in memory: a word that is typed letter by letter is looked
//! for in them, for fifty thousand rows are not read between two keys.

use std::collections::HashMap;

use super::Reader;
use crate::domain::change::StepNumber;
use crate::domain::query::texts::{Texts, Words};
use crate::domain::task::TaskNumber;
use crate::repository::{Repository, Result};

/// So many tasks are read before it is looked whether something else is asked.
const CHUNK: usize = 500;
/// So many texts of tasks that were changed, or are open no longer, may stay.
const MOST_OVER: usize = 5000;

/// Where texts stand: in which chunk, and at which place in it.
type Place = (usize, usize);

/// Texts by task, as the file has them.
#[derive(Debug, Default)]
pub(super) struct OpenTexts {
    /// As they were read: those of neighbours by date stand beside each other.
    chunks: Vec<Texts>,
    of: HashMap<TaskNumber, Place>,
    /// How many stand in the chunks, with those that are no task's any more.
    held: usize,
    /// Where those of the shelf's tasks stand, in its order.
    walk: Vec<Place>,
    /// Whether none are missing: at rest it is not looked for them again and again.
    is_whole: bool,
    /// The newest step when the file was last looked at.
    step: StepNumber,
}

impl OpenTexts {
    /// Forgets those of tasks that were changed since, and the order of the shelf.
    pub(super) fn forget_changed(&mut self, repository: &Repository) -> Result<()> {
        let since = if self.of.is_empty() { StepNumber(i64::MAX) } else { self.step };
        let (changed, step) = repository.changed_since(since)?;
        for task in changed {
            self.of.remove(&task);
        }
        self.walk.clear();
        self.is_whole = false;
        self.step = step;
        Ok(())
    }
}

impl Reader {
    /// Reads the texts of some more open tasks; whether any are left.
    pub(in crate::tui) fn read_ahead(&mut self) -> Result<bool> {
        self.repository.end_stopped()?;
        if self.texts.is_whole {
            return Ok(false);
        }
        if self.texts.held > self.shelf.len() + MOST_OVER {
            let step = self.texts.step;
            self.texts = OpenTexts { step, ..OpenTexts::default() };
        }
        let missing = |task: &TaskNumber| !self.texts.of.contains_key(task);
        let mut missing: Vec<TaskNumber> = self.shelf.numbers().filter(missing).take(CHUNK + 1).collect();
        let is_more = missing.len() > CHUNK;
        missing.truncate(CHUNK);
        let tasks = self.repository.tasks(&missing)?;
        self.texts.is_whole = !is_more;
        if tasks.is_empty() {
            self.walk();
            return Ok(false);
        }
        let chunk = self.texts.chunks.len();
        let places = tasks.iter().enumerate().map(|(place, task)| (task.number, (chunk, place)));
        self.texts.of.extend(places);
        self.texts.held += tasks.len();
        self.texts.chunks.push(Texts::of(tasks.iter().map(|task| (&task.task, task.local.notes.as_slice()))));
        self.texts.walk.clear();
        if !is_more {
            self.walk();
        }
        Ok(is_more)
    }

    /// Looks up where the shelf's tasks have their texts, in its order.
    fn walk(&mut self) {
        let OpenTexts { of, walk, .. } = &mut self.texts;
        if walk.len() != self.shelf.len() {
            let nowhere = (usize::MAX, 0);
            *walk = self.shelf.numbers().map(|task| of.get(&task).copied().unwrap_or(nowhere)).collect();
        }
    }

    /// In whose texts words are found, of each open task in the shelf's order.
    pub(super) fn with_words(&mut self, words: &Words) -> Result<Vec<bool>> {
        while self.read_ahead()? {}
        // The shelf may have had a guest when this was looked up.
        self.walk();
        let OpenTexts { chunks, walk, .. } = &self.texts;
        let has = |(chunk, place): &Place| chunks.get(*chunk).is_some_and(|texts| words.hold(texts, *place));
        Ok(walk.iter().map(has).collect())
    }
}
