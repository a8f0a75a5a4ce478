//! Lists as the person has them arranged.

use super::Desk;
use crate::domain::task::TaskNumber;
use crate::repository::Leads;
use crate::tui::arranged::{Beside, arrange};
use crate::tui::model::sorting::Sorting;
use crate::tui::request::{ListName, Part, Row, Scope, Want};
use crate::tui::shelf::first_rank;

impl Desk {
    /// The wanted part of a list.
    pub(super) fn part(&self, list: ListName, scope: &Scope, want: &Want) -> Part {
        let ranks = self.ranks(list, scope);
        let plain = Sorting::default();
        let sorting = if list == ListName::Archive { &plain } else { &scope.sorting };
        let arranged = arrange(&ranks, sorting, &self.beside(scope));
        let (first, numbers) = arranged.part(want);
        assert_eq!(first, first.min(first_rank(usize::MAX / 2, want.rows, arranged.rows.tasks.len())));
        let row = |number: &TaskNumber| self.tasks.iter().find(|row| row.number == *number).cloned();
        Part {
            first,
            total: arranged.rows.tasks.len(),
            rows: numbers.iter().filter_map(row).collect(),
            sections: arranged.rows.sections.clone(),
            tasks: ranks.sections,
            folds: arranged.folds_of(numbers),
        }
    }

    /// What arranging the open tasks needs.
    fn beside(&self, scope: &Scope) -> Beside {
        let mut leads = Leads::default();
        for (row, n) in self.tasks.iter().filter(|row| !row.task.is_complete).zip(0..) {
            if let Some(lead) = row.task.lead.id.clone() {
                leads.of.insert(row.number, *leads.numbers.entry(lead).or_insert(n));
            }
        }
        let mut made: Vec<&Row> = self.tasks.iter().collect();
        made.sort_by_key(|row| (row.task.created, row.task.id.clone()));
        let made = made.iter().map(|row| row.number).zip(0..).collect();
        Beside { pinned: self.shelf(scope).pinned().clone(), leads, made }
    }
}
