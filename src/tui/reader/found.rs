//! What a search finds: which of the open tasks, and which of the archive.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Reader;
use crate::domain::filter::{Filter, Query, TypeSet};
use crate::domain::order::Order;
use crate::domain::query::Search;
use crate::domain::task::TaskNumber;
use crate::domain::view::{Today, View};
use crate::repository::{Result, TypeNumber, TypeNumbers};
use crate::tui::request::{Counts, Looked, Part, Scope, Want};
use crate::tui::shelf::{Ranks, Shelf};

/// The tasks that a search finds, of all types.
#[derive(Debug)]
pub(super) struct Found {
    /// What it was read for.
    read_for: (Search, NaiveDate),
    pub(super) shelf: Shelf,
    /// How far the archive has been answered.
    looked: Option<Looked>,
    /// The completed ones, newest completion first, each with its type: all, once the
    /// archive was looked through.
    done: Vec<(TaskNumber, TypeNumber)>,
}

/// So many rows of the archive are shown before it is looked through.
const FIRST_ROWS: usize = 60;

impl Found {
    /// The completed ones of some types.
    pub(super) fn archive(&self, types: &TypeNumbers) -> Ranks {
        let shown = self.done.iter().filter(|(_, task_type)| types.contains(*task_type));
        Ranks { tasks: shown.map(|(task, _)| *task).collect(), sections: Vec::new() }
    }

    /// How many there are of each type, while these are asked for.
    pub(super) fn counts(&self, types: &TypeNumbers, today: &Today) -> Counts {
        let mut counts = Counts::default();
        self.done.iter().for_each(|(_, task_type)| counts.archive[Counts::place_of(*task_type, types)] += 1);
        self.shelf.count(&mut counts, types, today);
        counts
    }

    /// Whether a completed task is found, as far as that is known.
    pub(super) fn is_in_archive(&self, task: TaskNumber) -> bool {
        self.looked != Some(Looked::Whole) || self.done.iter().any(|(done, _)| *done == task)
    }
}

impl Reader {
    /// Finds what is searched for, unless that was found already.
    pub(super) fn find(&mut self, scope: &Scope) -> Result<()> {
        if scope.search.is_empty() {
            self.found = None;
            return Ok(());
        }
        let wanted = (scope.search.clone(), scope.today.day);
        if self.found.as_ref().is_none_or(|found| found.read_for != wanted) {
            self.shelf.admit(None);
            let (words, rest) = scope.search.parted();
            let found = self.with_words(words)?.to_vec();
            let shelf = self.shelf.among(&self.fulfilling(scope, rest, found)?);
            self.found = Some(Found { read_for: wanted, shelf, looked: None, done: Vec::new() });
        }
        Ok(())
    }

    /// Which of some open tasks fulfil what no text tells: that is asked in the file.
    fn fulfilling(&self, scope: &Scope, rest: Search, mut found: Vec<usize>) -> Result<Vec<usize>> {
        if !rest.is_empty() {
            let filter = searched(scope, TypeSet::ALL, rest);
            let query = Query { view: View::Open, filter, order: Order::AS_THEY_CAME };
            let open: HashSet<TaskNumber> = self.repository.matching(&query, &scope.today)?.into_iter().collect();
            found.retain(|rank| self.shelf.number(*rank).is_some_and(|task| open.contains(&task)));
        }
        Ok(found)
    }

    /// The archive, one step further than at the last question: not yet, its first rows,
    /// whole. So the open tasks are shown at once, and each letter may come between.
    pub(super) fn archive_in_steps(&mut self, scope: &Scope, want: &Want) -> Result<(Part, Looked)> {
        let looked = match &mut self.found {
            // A task just completed has its place among all.
            Some(found) if scope.keep.is_none() => found.looked.replace(found.looked.unwrap_or(Looked::NotYet)),
            Some(_) | None => Some(Looked::Whole),
        };
        match looked {
            None => return Ok((Part::default(), Looked::NotYet)),
            Some(Looked::NotYet) => {
                if let Some(part) = self.first_found(scope, want)? {
                    self.found.iter_mut().for_each(|found| found.looked = Some(Looked::Begun));
                    return Ok((part, Looked::Begun));
                }
            }
            Some(Looked::Begun | Looked::Whole) => {}
        }
        Ok((self.archive(scope, want)?, Looked::Whole))
    }

    /// The first rows of the archive, where those are wanted: the task under its cursor is
    /// among them, or nowhere.
    fn first_found(&mut self, scope: &Scope, want: &Want) -> Result<Option<Part>> {
        let filter = searched(scope, scope.types.clone(), scope.search.clone());
        let query = Query { view: View::Archive, filter, order: Order::NEWEST_COMPLETION };
        let rows = self.repository.list(&query, &scope.today, 0, Some(FIRST_ROWS as u64))?;
        if let Some(task) = want.around.filter(|task| rows.iter().all(|row| row.number != *task)) {
            let only = Query { filter: Filter { only: Some(vec![task]), ..query.filter }, ..query };
            if !self.repository.matching(&only, &scope.today)?.is_empty() {
                return Ok(None);
            }
        }
        let (total, rows) = (rows.len(), rows.into_iter().map(Arc::new).collect());
        Ok(Some(Part { total, rows, ..Part::default() }))
    }

    /// Finds all of the archive, unless that was done already.
    fn look_through(&mut self, scope: &Scope) -> Result<()> {
        let Some(found) = self.found.as_mut().filter(|found| found.looked != Some(Looked::Whole)) else {
            return Ok(());
        };
        let filter = searched(scope, TypeSet::ALL, scope.search.clone());
        let query = Query { view: View::Archive, filter, order: Order::NEWEST_COMPLETION };
        let done = self.repository.matching(&query, &scope.today)?;
        let types = self.repository.types_of(&done)?;
        (found.done, found.looked) = (done.into_iter().zip(types).collect(), Some(Looked::Whole));
        Ok(())
    }

    /// The archive as the search narrows it, with a task just completed or restored that it
    /// would hide; `None`: nothing is searched for.
    pub(super) fn found_archive(&mut self, scope: &Scope) -> Result<Option<Ranks>> {
        self.look_through(scope)?;
        let types = self.repository.type_numbers(&scope.types)?;
        let Some(mut archive) = self.found.as_ref().map(|found| found.archive(&types)) else { return Ok(None) };
        let Some(kept) = scope.keep.filter(|kept| !archive.tasks.contains(kept)) else { return Ok(Some(archive)) };
        let Some(row) = self.rows(&[kept])?.pop().filter(|row| row.task.is_complete) else { return Ok(Some(archive)) };
        let place = (row.completed.map(|c| c.at), kept);
        let (mut first, mut end) = (0, archive.tasks.len());
        while first < end {
            let middle = first.midpoint(end);
            let other = self.rows(&archive.tasks[middle..=middle])?.pop();
            if other.is_some_and(|other| (other.completed.map(|c| c.at), other.number) > place) {
                first = middle + 1;
            } else {
                end = middle;
            }
        }
        archive.tasks.insert(first, kept);
        Ok(Some(archive))
    }
}

/// The filter of what is searched for.
fn searched(scope: &Scope, types: TypeSet, search: Search) -> Filter {
    Filter { types, people: scope.people.clone(), search, ..Filter::default() }
}
