//! The open lists as the person has them arranged: parts of them, and the whole to go through.

use super::Reader;
use crate::domain::number::PhoneNumber;
use crate::domain::task::{Task, TaskNumber};
use crate::repository::Result;
use crate::tui::arranged::{arrange, in_turn};
use crate::tui::model::power::Queued;
use crate::tui::model::sorting::Sorting;
use crate::tui::request::{Answer, ListName, Part, Scope, Want};
use crate::tui::shelf::Ranks;

/// More tasks are not gone through one by one.
const MOST_TURNS: usize = 500;

impl Reader {
    /// The wanted part of a list that is in the order by date.
    pub(super) fn open_part(&mut self, ranks: &Ranks, want: &Want, sorting: &Sorting) -> Result<Part> {
        let tasks = ranks.sections.clone();
        if sorting.is_plain() {
            let (first, numbers) = ranks.part(want);
            let (total, rows, sections) = (ranks.tasks.len(), self.rows(numbers)?, tasks.clone());
            return Ok(Part { first, total, rows, sections, tasks, ..Part::default() });
        }
        self.read_beside(sorting)?;
        let arranged = arrange(ranks, sorting, &self.beside);
        let (first, numbers) = arranged.part(want);
        let (rows, folds) = (self.rows(numbers)?, arranged.folds_of(numbers));
        let total = arranged.rows.tasks.len();
        Ok(Part { first, total, rows, sections: arranged.rows.sections, tasks, folds })
    }

    /// The tasks of a list as it is arranged, or the marked ones, to go through them.
    pub(super) fn queue(&mut self, list: ListName, scope: &Scope, marks: &[TaskNumber]) -> Result<Answer> {
        self.refresh(scope)?;
        let (inbox, future) = self.ranks(scope)?;
        let ranks = match list {
            ListName::Inbox => inbox,
            ListName::Future => future,
            ListName::Archive => Ranks::default(),
        };
        self.read_beside(&scope.sorting)?;
        let tasks = in_turn(&ranks, &scope.sorting, &self.beside, marks);
        let first = &tasks[..tasks.len().min(MOST_TURNS)];
        let mut rows = self.rows(first)?;
        rows.retain(|row| !row.task.is_complete);
        // Marked ones that are complete, or gone, are none to go through.
        let total = tasks.len() - (first.len() - rows.len());
        let queue: Result<Vec<Queued>> =
            rows.into_iter().map(|row| Ok(Queued { number: self.borrowed(&row.task)?, row })).collect();
        Ok(Answer::Queue(queue?, total))
    }

    /// For a call without a number of its own: that of another task of its contact.
    fn borrowed(&self, task: &Task) -> Result<Option<PhoneNumber>> {
        let lacks_number = task.body.call().is_some_and(|call| PhoneNumber::of(call).is_none());
        match (&task.lead.id, &task.contact.id) {
            (Some(lead), Some(contact)) if lacks_number => self.repository.number_of_contact(lead, contact),
            _ => Ok(None),
        }
    }

    /// Reads what this arrangement needs and no earlier one did.
    fn read_beside(&mut self, sorting: &Sorting) -> Result<()> {
        self.beside.pinned.clone_from(self.shelf.pinned());
        if sorting.by_lead && self.beside.leads.of.is_empty() {
            self.beside.leads = self.repository.leads_of_open()?;
        }
        if !sorting.sort.has_sections() && self.beside.made.is_empty() {
            self.beside.made = self.repository.open_as_made()?.into_iter().zip(0..).collect();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::domain::edit::{Changes, Edit, NewTask, local_id};
    use crate::domain::filter::{People, TypeSet};
    use crate::domain::query::Search;
    use crate::domain::task::{ContactId, LeadId, Party};
    use crate::domain::view::Today;
    use crate::domain::zone::Zone;
    use crate::repository::{Batch, Repository};
    use crate::tui::model::sorting::Sort;

    #[test]
    fn a_lead_of_two_names_is_one_row_and_tasks_stand_in_the_order_in_which_they_were_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tasks.db");
        let mut writer = Repository::open(&path).expect("a new file");
        let start = DateTime::UNIX_EPOCH;
        let mut add = |n: u8, lead: Option<&str>| {
            let lead = lead.map(|name| Party { id: Some(LeadId::new("lead_1")), name: Some(name.to_owned()) });
            let fields = Changes { text: Some(n.to_string()), lead, ..Changes::default() };
            let new = NewTask { is_call: false, fields, id: local_id(n.into()), by: None };
            writer.add(&new, start + TimeDelta::minutes(n.into())).expect("made").changed[0]
        };
        let [old, alone, renamed] = [add(1, Some("Acme")), add(2, None), add(3, Some("Acme Robotics"))];
        let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
        let mut shown = |sort, by_lead| {
            let sorting = Sorting { sort, by_lead, ..Sorting::default() };
            let today = Today::new(start, Zone::UTC);
            let search = Search::default();
            let scope = Scope { types: TypeSet::ALL, people: People::Everyone, search, today, keep: None, sorting };
            reader.refresh(&scope).expect("read");
            let part = reader.part(ListName::Inbox, &scope, &Want { around: None, rank: 0, rows: 9, after: None });
            let part = part.expect("a part");
            let rows: Vec<TaskNumber> = part.rows.iter().map(|row| row.number).collect();
            (rows, part.folds.into_iter().collect::<Vec<_>>())
        };
        assert_eq!(shown(Sort::Earliest, true), (vec![old, alone], vec![(old, vec![renamed])]));
        assert_eq!(shown(Sort::Newest, false), (vec![renamed, alone, old], Vec::new()));
        assert_eq!(shown(Sort::Newest, true), (vec![renamed, alone], vec![(renamed, vec![old])]));
    }

    #[test]
    fn the_tasks_to_go_through_are_open_and_a_call_without_a_number_has_its_contacts() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tasks.db");
        let mut writer = Repository::open(&path).expect("a new file");
        let start = DateTime::UNIX_EPOCH;
        let mut add = |n: u8, phone: Option<&str>| {
            let lead = Some(Party { id: Some(LeadId::new("lead_1")), name: Some("Acme".to_owned()) });
            let contact = Some(Party { id: Some(ContactId::new("cont_1")), name: Some("Dana".to_owned()) });
            let (text, phone) = (Some(n.to_string()), phone.map(str::to_owned));
            let fields = Changes { text, phone, lead, contact, ..Changes::default() };
            let new = NewTask { is_call: true, fields, id: local_id(n.into()), by: None };
            writer.add(&new, start + TimeDelta::minutes(n.into())).expect("made").changed[0]
        };
        let (bare, done) = (add(1, None), [add(2, Some("+14155550100")), add(3, None)]);
        writer.edit(&Batch::new(&done, &Edit::Complete(true), start)).expect("done");
        let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
        let (search, today) = (Search::default(), Today::new(start, Zone::UTC));
        let (types, people, sorting) = (TypeSet::ALL, People::Everyone, Sorting::default());
        let scope = Scope { types, people, search, today, keep: None, sorting };
        let answer = reader.queue(ListName::Inbox, &scope, &[bare, done[0], done[1]]).expect("read");
        let Answer::Queue(queue, total) = answer else { panic!("no queue") };
        let told = |queued: &Queued| (queued.row.number, queued.number.as_ref().map(|n| n.dialled().to_owned()));
        assert_eq!(queue.iter().map(told).collect::<Vec<_>>(), [(bare, Some("+14155550100".to_owned()))]);
        assert_eq!(total, 1, "what is complete is not one of them");
    }
}
