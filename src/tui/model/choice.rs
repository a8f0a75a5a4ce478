//! Which types and whose tasks are shown, and the choice before "all".

use crate::domain::filter::{Others, People, TypeSet};
use crate::domain::kind::TaskType;

/// The filter with its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The types shown; never empty.
    types: TypeSet,
    /// The last choice that was not "all".
    last: TypeSet,
    /// Whose tasks.
    pub people: People,
    /// That rep's name, raw, for the title.
    pub person: Option<String>,
}

/// Types that are one line of the sidebar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeRow {
    /// All types.
    All,
    /// One of the nine.
    Known(TaskType),
    /// The types that this version does not know.
    Other,
}

/// A line of the sidebar that its cursor goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideRow {
    /// Types.
    Type(TypeRow),
    /// A saved search, by its place in the list of them.
    Saved(usize),
}

impl TypeRow {
    /// The lines of the sidebar; `Other` only where the file holds such types.
    pub fn rows(with_others: bool) -> Vec<TypeRow> {
        let known = TaskType::ALL.into_iter().map(TypeRow::Known);
        std::iter::once(TypeRow::All).chain(known).chain(with_others.then_some(TypeRow::Other)).collect()
    }
}

impl Choice {
    /// A choice of types, with the one to come back to.
    pub fn new(types: TypeSet, last: TypeSet) -> Choice {
        let or_default = |types: TypeSet| if types.is_empty() { TypeSet::default() } else { types };
        Choice { types: or_default(types), last: or_default(last), ..Choice::default() }
    }

    /// The types shown.
    pub fn types(&self) -> &TypeSet {
        &self.types
    }

    /// The choice that "all" gives way to.
    pub fn last(&self) -> &TypeSet {
        &self.last
    }

    /// Whether a row's tasks are shown, all of them.
    pub fn has(&self, row: TypeRow) -> bool {
        match row {
            TypeRow::All => self.types.is_all(),
            TypeRow::Known(task_type) => self.types.contains(task_type),
            TypeRow::Other => *self.types.others() == Others::All,
        }
    }

    /// Whether a row is drawn as chosen: where all types are, only the row that says so.
    pub fn is_marked(&self, row: TypeRow) -> bool {
        self.has(row) && (row == TypeRow::All || !self.types.is_all())
    }

    /// Shows these types; the ones before are remembered as the last choice.
    pub fn set(&mut self, types: TypeSet) {
        if types.is_empty() {
            return;
        }
        let before = std::mem::replace(&mut self.types, types);
        self.last = [&self.types, &before].into_iter().find(|t| !t.is_all()).unwrap_or(&self.last).clone();
    }

    /// All types, or the last choice where all are shown.
    pub fn toggle_all(&mut self) {
        let types = if self.types.is_all() { self.last.clone() } else { TypeSet::ALL };
        self.set(types);
    }

    /// One row alone.
    pub fn only(&mut self, row: TypeRow) {
        match row {
            TypeRow::All => self.set(TypeSet::ALL),
            TypeRow::Known(task_type) => self.set(TypeSet::only(task_type)),
            TypeRow::Other => self.set(TypeSet::only_others()),
        }
    }

    /// Adds a row, or takes it out; the last one stays.
    pub fn toggle(&mut self, row: TypeRow) {
        let mut types = self.types.clone();
        match row {
            TypeRow::All => return self.toggle_all(),
            TypeRow::Known(task_type) => types.toggle(task_type),
            TypeRow::Other => types.toggle_others(),
        }
        self.set(types);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_gives_way_to_the_last_choice() {
        let mut choice = Choice::default();
        choice.toggle(TypeRow::Known(TaskType::Voicemail));
        let both = choice.types().clone();
        choice.toggle_all();
        assert!(choice.types().is_all());
        choice.toggle_all();
        assert_eq!(*choice.types(), both);
    }

    #[test]
    fn the_last_type_cannot_be_taken_out() {
        let mut choice = Choice::default();
        choice.toggle(TypeRow::Known(TaskType::Lead));
        assert_eq!(*choice.types(), TypeSet::default());
    }

    #[test]
    fn other_is_a_row_only_where_the_file_has_unknown_types() {
        assert_eq!(TypeRow::rows(false).len(), 10);
        assert_eq!(TypeRow::rows(true).last(), Some(&TypeRow::Other));
    }
}
