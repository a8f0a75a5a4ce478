//! What a search finds: which of the open tasks, and which of the archive.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::Reader;
use crate::domain::filter::{Filter, Query, TypeSet};
use crate::domain::order::Order;
use crate::domain::query::Search;
use crate::domain::task::TaskNumber;
use crate::domain::view::View;
use crate::repository::{Repository, Result};
use crate::tui::request::{Counts, Scope};
use crate::tui::shelf::{Ranks, Shelf, passes};

/// The tasks that a search finds, of all types.
#[derive(Debug)]
pub(super) struct Found {
    /// What it was read for.
    read_for: (Search, NaiveDate),
    pub(super) shelf: Shelf,
    /// The completed ones, newest completion first, each with the index of its type.
    done: Vec<(TaskNumber, u8)>,
}

impl Found {
    fn read(repository: &Repository, shelf: &Shelf, scope: &Scope) -> Result<Found> {
        let filter = Filter {
            types: TypeSet::ALL,
            people: scope.people.clone(),
            search: scope.search.clone(),
            ..Filter::default()
        };
        let open = Query { view: View::Open, filter, order: Order::AS_THEY_CAME };
        let done = Query { view: View::Archive, order: Order::NEWEST_COMPLETION, ..open.clone() };
        let open: HashSet<TaskNumber> = repository.matching(&open, &scope.today)?.into_iter().collect();
        let done = repository.matching(&done, &scope.today)?;
        let types = repository.type_indexes(&done)?;
        let read_for = (scope.search.clone(), scope.today.day);
        Ok(Found { read_for, shelf: shelf.among(&open), done: done.into_iter().zip(types).collect() })
    }

    /// The completed ones of some types.
    pub(super) fn archive(&self, types: &TypeSet) -> Ranks {
        let passes = passes(types);
        let shown = self.done.iter().filter(|(_, index)| passes[usize::from(*index)]);
        Ranks { tasks: shown.map(|(task, _)| *task).collect(), sections: Vec::new() }
    }

    /// How many there are of each type.
    pub(super) fn counts(&self, scope: &Scope) -> Counts {
        let mut counts = Counts::default();
        self.done.iter().for_each(|(_, index)| counts.archive[usize::from(*index)] += 1);
        self.shelf.count(&mut counts, &scope.today);
        counts
    }

    pub(super) fn is_in_archive(&self, task: TaskNumber) -> bool {
        self.done.iter().any(|(done, _)| *done == task)
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
            self.found = Some(Found::read(&self.repository, &self.shelf, scope)?);
        }
        Ok(())
    }

    /// The archive as the search narrows it, with a task just completed or restored that it
    /// would hide; `None`: nothing is searched for.
    pub(super) fn found_archive(&mut self, scope: &Scope) -> Result<Option<Ranks>> {
        let Some(mut archive) = self.found.as_ref().map(|found| found.archive(&scope.types)) else { return Ok(None) };
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
