//! Which tasks of the desk are shown, and how many of each type there are.

use super::Desk;
use crate::domain::filter::People;
use crate::domain::kind::TaskType;
use crate::domain::query::{Beside, Search};
use crate::tui::request::{Counts, Row, Scope};

impl Desk {
    /// Whether people and search let a task through.
    pub(super) fn is_of(&self, row: &Row, scope: &Scope) -> bool {
        let is_of_people = match &scope.people {
            People::Everyone => true,
            People::Rep(id) => row.task.rep.id.as_ref() == Some(id),
        };
        is_of_people && scope.search.matches(row, &Beside::default(), &scope.today)
    }

    /// What is searched for, and all.
    pub(super) fn counts(&self, scope: &Scope) -> (Counts, Counts) {
        let count = |scope: &Scope| {
            let mut counts = Counts::default();
            self.shelf(scope).count(&mut counts, &scope.today);
            for row in self.tasks.iter().filter(|row| row.task.is_complete && self.is_of(row, scope)) {
                counts.archive[row.task.body.task_type().map_or(9, TaskType::index)] += 1;
            }
            counts
        };
        (count(scope), count(&Scope { search: Search::default(), ..scope.clone() }))
    }
}
