//! Which tasks of the desk are shown, and how many of each type there are.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use super::Desk;
use crate::domain::filter::{People, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::query::{self, Beside, Saved, Search};
use crate::domain::task::RepId;
use crate::domain::view::Today;
use crate::repository::{TypeNumber, TypeNumbers};
use crate::tui::model::sorting::Sorting;
use crate::tui::request::{Counts, ListName, Outcome, Row, SavedCount, Scope};

impl Desk {
    /// Whether people and search let a task through.
    pub(super) fn is_of(&self, row: &Row, scope: &Scope) -> bool {
        let is_of_people = match &scope.people {
            People::Everyone => true,
            People::Rep(id) => row.task.rep.id.as_ref() == Some(id),
        };
        is_of_people && scope.search.matches(row, &Beside::default(), &scope.today)
    }

    /// The saved searches, and how much of the inbox each finds.
    pub(super) fn saved_counts(&self, people: People, today: Today, me: Option<&RepId>) -> Vec<SavedCount> {
        let scope = Scope {
            types: TypeSet::ALL,
            people,
            search: Search::default(),
            today,
            keep: None,
            sorting: Sorting::default(),
        };
        let count = |saved: &Saved| {
            let search = query::parse(&saved.text, &today, me).ok()?;
            Some(self.ranks(ListName::Inbox, &Scope { search, ..scope.clone() }).tasks.len())
        };
        self.saved.iter().map(|saved| (saved.clone(), count(saved))).collect()
    }

    pub(super) fn save_search(&mut self, name: String, text: String) -> Outcome {
        let same = self.saved.iter().position(|other| other.is_named(&name));
        let place = same.map_or(self.saved.len(), |at| self.saved.remove(at).place as usize - 1);
        let saved = Saved { place: u32::try_from(place).unwrap_or(0) + 1, name, text };
        self.saved.insert(place.min(self.saved.len()), saved.clone());
        Outcome::SearchSaved(saved)
    }

    pub(super) fn forget_search(&mut self, saved: Saved) -> Outcome {
        self.saved.retain(|other| *other != saved);
        Outcome::SearchForgotten(saved)
    }

    /// The types of its tasks that this version does not know.
    pub(super) fn other_types(&self) -> Arc<[String]> {
        let names = self.tasks.iter().map(|row| row.task.body.wire_name());
        let unknown: BTreeSet<&str> = names.filter(|name| TaskType::from_wire(name).is_none()).collect();
        unknown.into_iter().map(str::to_owned).collect()
    }

    /// The number of a type: the unknown ones have numbers by name.
    pub(super) fn type_number(&self, name: &str) -> Option<TypeNumber> {
        let known = TaskType::from_wire(name).map(TaskType::index);
        let place = || self.other_types().iter().position(|other| other == name);
        let number = known.or_else(|| Some(TaskType::COUNT + place()?))?;
        i64::try_from(number).ok().map(TypeNumber::new)
    }

    pub(super) fn type_numbers(&self, types: &TypeSet) -> TypeNumbers {
        let numbers = TypeNumbers::new(types, |name| Ok::<_, Infallible>(self.type_number(name)));
        numbers.expect("nothing fails")
    }

    /// What is searched for, and all.
    pub(super) fn counts(&self, scope: &Scope) -> (Counts, Counts) {
        let count = |scope: &Scope| {
            let mut counts = Counts::default();
            self.shelf(scope).count(&mut counts, &self.type_numbers(&scope.types), &scope.today);
            for row in self.tasks.iter().filter(|row| row.task.is_complete && self.is_of(row, scope)) {
                counts.archive[Counts::place(row.task.body.wire_name(), &scope.types)] += 1;
            }
            counts
        };
        (count(scope), count(&Scope { search: Search::default(), ..scope.clone() }))
    }
}
