//! The texts of the open tasks, in memory: a word that is typed letter by letter is looked
//! for in them, for fifty thousand rows are not read between two keys.

use std::collections::HashMap;

use super::Reader;
use crate::domain::change::StepNumber;
use crate::domain::query::texts::{Texts, Words};
use crate::domain::task::TaskNumber;
use crate::repository::{Repository, Result};
use crate::tui::shelf::Shelf;

/// So many tasks are read before it is looked whether something else is asked.
const CHUNK: usize = 250;
/// So many texts of tasks that were changed, or are open no longer, may stay.
const MOST_OVER: usize = 5000;

/// One in so many tasks is visited by itself: further ones take longer than a walk through all.
const FEW: usize = 16;

/// Where texts stand: in which chunk, and at which place in it.
type Place = (usize, usize);

/// Where those of no task stand.
const NOWHERE: Place = (usize::MAX, 0);

/// Texts by task, as the file has them.
#[derive(Debug, Default)]
pub(super) struct OpenTexts {
    /// As they were read: those of neighbours by date stand beside each other.
    chunks: Vec<Texts>,
    of: HashMap<TaskNumber, Place>,
    /// How many stand in the chunks, with those that are no task's any more.
    held: usize,
    /// What was looked up for the shelf's tasks.
    walk: Option<Walk>,
    /// The newest step when the file was last looked at.
    step: StepNumber,
}

/// The texts of the shelf's tasks, in its order.
#[derive(Debug)]
struct Walk {
    /// Where they stand.
    places: Vec<Place>,
    /// Those that are to be read, and their ranks, the last one first.
    missing: Vec<(usize, TaskNumber)>,
}

impl OpenTexts {
    /// Forgets those of tasks that were changed since, and the order of the shelf.
    pub(super) fn forget_changed(&mut self, repository: &Repository) -> Result<()> {
        let since = if self.of.is_empty() { StepNumber(i64::MAX) } else { self.step };
        let (changed, step) = repository.changed_since(since)?;
        for task in changed {
            self.of.remove(&task);
        }
        self.walk = None;
        self.step = step;
        Ok(())
    }

    /// Where the shelf's tasks have their texts. The shelf may have had a guest when this was
    /// looked up.
    fn walk(&mut self, shelf: &Shelf) -> &mut Walk {
        self.walk.take_if(|walk| walk.places.len() != shelf.len());
        self.walk.get_or_insert_with(|| {
            let place = |task: TaskNumber| self.of.get(&task).copied().unwrap_or(NOWHERE);
            let places: Vec<Place> = shelf.numbers().map(place).collect();
            let is_missing = |(rank, _): &(usize, TaskNumber)| places[*rank] == NOWHERE;
            let mut missing: Vec<(usize, TaskNumber)> = shelf.numbers().enumerate().filter(is_missing).collect();
            missing.reverse();
            Walk { missing, places }
        })
    }
}

impl Reader {
    /// Reads the texts of some more open tasks; whether any are left.
    pub(in crate::tui) fn read_ahead(&mut self) -> Result<bool> {
        self.repository.end_stopped()?;
        if self.texts.held > self.shelf.len() + MOST_OVER {
            let step = self.texts.step;
            self.texts = OpenTexts { step, ..OpenTexts::default() };
        }
        let chunk = self.texts.chunks.len();
        let Walk { places, missing } = self.texts.walk(&self.shelf);
        let left = missing.len().saturating_sub(CHUNK);
        let wanted: Vec<TaskNumber> = missing[left..].iter().rev().map(|(_, task)| *task).collect();
        if wanted.is_empty() {
            return Ok(false);
        }
        let tasks = self.repository.tasks(&wanted)?;
        let ranks: HashMap<TaskNumber, usize> = missing.drain(left..).map(|(rank, task)| (task, rank)).collect();
        for (place, task) in tasks.iter().enumerate() {
            places[ranks[&task.number]] = (chunk, place);
        }
        if left == 0 {
            missing.shrink_to_fit();
        }
        self.texts.of.extend(tasks.iter().enumerate().map(|(place, task)| (task.number, (chunk, place))));
        self.texts.held += tasks.len();
        self.texts.chunks.push(Texts::of(tasks.iter().map(|task| (&task.task, task.local.notes.as_slice()))));
        Ok(left > 0)
    }

    /// The ranks of the open tasks in whose texts words are found. Where they only go on from
    /// those before, they are looked for in what had those.
    pub(super) fn with_words(&mut self, words: Words) -> Result<&[usize]> {
        if words.is_empty() {
            let all = (0..self.shelf.len()).collect();
            return Ok(&self.worded.insert((words, all)).1);
        }
        while self.read_ahead()? {}
        let OpenTexts { chunks, walk, .. } = &self.texts;
        let places = walk.as_ref().map_or(&[][..], |walk| &walk.places);
        let seeker = words.seeker();
        let few = places.len() / FEW;
        let before = self.worded.as_ref().filter(|(before, had)| had.len() < few && words.only_narrow(before));
        let found = if let Some((_, had)) = before {
            let holds = |(chunk, place): Place| chunks.get(chunk).is_some_and(|texts| seeker.hold(texts, place));
            had.iter().copied().filter(|rank| holds(places[*rank])).collect()
        } else {
            let found: Vec<Vec<bool>> = chunks.iter().map(|texts| seeker.find(texts)).collect();
            let holds = |(chunk, place): Place| found.get(chunk).is_some_and(|found| found[place]);
            (0..places.len()).filter(|rank| holds(places[*rank])).collect()
        };
        Ok(&self.worded.insert((words, found)).1)
    }
}
