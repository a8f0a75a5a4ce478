//! Which tasks a person asks for: types, people, lead.
//!
//! Source: the Tasks page: "When not filtering by `_type`, only lead tasks are
//! returned"; `all` or a list widens it.

use std::collections::BTreeSet;

use super::kind::TaskType;
use super::order::Order;
use super::query::Search;
use super::task::{LeadId, RepId, TaskNumber};
use super::view::View;

/// A choice of types. Never empty on the screen; the default is `lead` alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypeSet {
    known: u16,
    others: Others,
}

/// Which of the types that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Others {
    /// None of them.
    None,
    /// All of them: the sidebar's tenth row.
    All,
    /// Those with these wire names.
    Named(BTreeSet<String>),
}

impl Default for TypeSet {
    fn default() -> TypeSet {
        TypeSet::only(TaskType::Lead)
    }
}

impl FromIterator<TaskType> for TypeSet {
    fn from_iter<I: IntoIterator<Item = TaskType>>(types: I) -> TypeSet {
        TypeSet { known: types.into_iter().fold(0, |known, t| known | 1 << t.index()), others: Others::None }
    }
}

impl TypeSet {
    /// Every type, known or not.
    pub const ALL: TypeSet = TypeSet { known: (1 << TaskType::COUNT) - 1, others: Others::All };
    /// No type: the start of building a set.
    pub const NONE: TypeSet = TypeSet { known: 0, others: Others::None };

    /// One type alone.
    pub fn only(task_type: TaskType) -> TypeSet {
        TypeSet { known: 1 << task_type.index(), others: Others::None }
    }

    /// All types that this version does not know, and none that it knows.
    pub fn only_others() -> TypeSet {
        TypeSet { known: 0, others: Others::All }
    }

    /// Adds a type by its wire name.
    pub fn insert(&mut self, name: &str) {
        match (TaskType::from_wire(name), &mut self.others) {
            (Some(task_type), _) => self.known |= 1 << task_type.index(),
            (None, Others::Named(names)) => {
                names.insert(name.to_owned());
            }
            (None, Others::None) => self.others = Others::Named(BTreeSet::from([name.to_owned()])),
            (None, Others::All) => {}
        }
    }

    /// Adds the type, or takes it out.
    pub fn toggle(&mut self, task_type: TaskType) {
        self.known ^= 1 << task_type.index();
    }

    /// Adds all unknown types, or takes them out.
    pub fn toggle_others(&mut self) {
        self.others = if self.others == Others::All { Others::None } else { Others::All };
    }

    /// Whether the set has a known type.
    pub fn contains(&self, task_type: TaskType) -> bool {
        self.known >> task_type.index() & 1 == 1
    }

    /// Which unknown types it has.
    pub fn others(&self) -> &Others {
        &self.others
    }

    /// Whether a task of type `name` passes.
    pub fn contains_name(&self, name: &str) -> bool {
        match (TaskType::from_wire(name), &self.others) {
            (Some(task_type), _) => self.contains(task_type),
            (None, Others::All) => true,
            (None, Others::None) => false,
            (None, Others::Named(names)) => names.contains(name),
        }
    }

    /// The types that it has not. Of unknown ones all are meant, or where some are named none.
    pub fn rest(&self) -> TypeSet {
        let others = if self.others == Others::None { Others::All } else { Others::None };
        TypeSet { known: TypeSet::ALL.known & !self.known, others }
    }

    /// Whether the set has nothing.
    pub fn is_empty(&self) -> bool {
        self.known == 0 && self.others == Others::None
    }

    /// Whether the set has everything.
    pub fn is_all(&self) -> bool {
        *self == TypeSet::ALL
    }

    /// The known types as bits, by [`TaskType::index`].
    pub fn known_bits(&self) -> u16 {
        self.known
    }

    /// The set as the command line writes it: `all`, or a list of names.
    pub fn words(&self) -> String {
        if self.is_all() {
            return "all".to_owned();
        }
        let mut names: Vec<&str> =
            TaskType::ALL.into_iter().filter(|t| self.contains(*t)).map(TaskType::wire_name).collect();
        match &self.others {
            Others::None => {}
            Others::All => names.push("other"),
            Others::Named(others) => names.extend(others.iter().map(String::as_str)),
        }
        names.join(",")
    }

    /// Reads [`TypeSet::words`]: `all`, or a comma list; `other` is all unknown types.
    pub fn from_words(text: &str) -> TypeSet {
        let mut set = TypeSet::NONE;
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match name {
                "all" => return TypeSet::ALL,
                "other" => set.others = Others::All,
                name => set.insert(name),
            }
        }
        set
    }
}

/// Whose tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum People {
    /// Everyone's, unassigned ones too.
    #[default]
    Everyone,
    /// One rep's.
    Rep(RepId),
}

/// What a list holds beside its view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The types shown.
    pub types: TypeSet,
    /// The reps whose tasks are shown.
    pub people: People,
    /// One lead's tasks only.
    pub lead: Option<LeadId>,
    /// These tasks only.
    pub only: Option<Vec<TaskNumber>>,
    /// What matches this only.
    pub search: Search,
}

/// Every name that somebody has had, for people marry. Letter case does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases(Vec<String>);

impl Aliases {
    /// Whether somebody who is called so is the person.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }
}

impl<S: AsRef<str>> FromIterator<S> for Aliases {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Aliases {
        Aliases(names.into_iter().map(|name| name.as_ref().to_lowercase()).collect())
    }
}

/// A list, whole: what it holds and how it is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// By completion and date.
    pub view: View,
    /// By type, people, lead.
    pub filter: Filter,
    /// What stands before what.
    pub order: Order,
}
