//! Lists as the person has them arranged.

use super::Desk;
use crate::domain::number::PhoneNumber;
use crate::domain::task::{ContactId, TaskNumber};
use crate::repository::Leads;
use crate::tui::arranged::{Beside, arrange, in_turn};
use crate::tui::model::power::Queued;
use crate::tui::model::sorting::Sorting;
use crate::tui::request::{Answer, ListName, Part, Row, Scope, Want};

impl Desk {
    /// The wanted part of a list.
    pub(super) fn part(&self, list: ListName, scope: &Scope, want: &Want) -> Part {
        let ranks = self.ranks(list, scope);
        let plain = Sorting::default();
        let sorting = if list == ListName::Archive { &plain } else { &scope.sorting };
        let arranged = arrange(&ranks, sorting, &self.beside(scope));
        let (first, numbers) = arranged.part(want);
        Part {
            first,
            total: arranged.rows.tasks.len(),
            rows: self.rows(numbers),
            sections: arranged.rows.sections.clone(),
            tasks: ranks.sections,
            folds: arranged.folds_of(numbers),
        }
    }

    /// The tasks of a list to go through, or the marked ones.
    pub(super) fn queue(&self, list: ListName, scope: &Scope, marks: &[TaskNumber]) -> Answer {
        let tasks = in_turn(&self.ranks(list, scope), &scope.sorting, &self.beside(scope), marks);
        let open = self.rows(&tasks).into_iter().filter(|row| !row.task.is_complete);
        let queue: Vec<Queued> = open.map(|row| Queued { number: self.borrowed(&row), row }).collect();
        let total = queue.len();
        Answer::Queue(queue, total)
    }

    /// For a call without a number of its own: that of another task of its contact.
    fn borrowed(&self, row: &Row) -> Option<PhoneNumber> {
        let lacks_number = row.task.body.call().is_some_and(|call| PhoneNumber::of(call).is_none());
        row.task.contact.id.as_ref().filter(|_| lacks_number).and_then(|contact| self.number_of(contact))
    }

    /// Tasks as the file has them.
    pub(super) fn rows(&self, numbers: &[TaskNumber]) -> Vec<Row> {
        numbers.iter().filter_map(|number| self.tasks.iter().find(|row| row.number == *number).cloned()).collect()
    }

    /// The newest number that a task of a contact has.
    pub(super) fn number_of(&self, contact: &ContactId) -> Option<PhoneNumber> {
        let of_contact = self.tasks.iter().filter(|row| row.task.contact.id.as_ref() == Some(contact));
        of_contact.rev().find_map(|row| PhoneNumber::of(row.task.body.call()?))
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
