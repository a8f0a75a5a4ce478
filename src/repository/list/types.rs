//! Types by the numbers that a file has for them: a number is cheaper to hold and to
//! compare than a name, and tells unknown types apart as well.

use rusqlite::{Connection, OptionalExtension};

use crate::domain::filter::{Others, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::task::TaskNumber;
use crate::repository::{Repository, Result};

/// A type as the file numbers it: by [`TaskType::index`], and the unknown ones after those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeNumber(u32);

impl TypeNumber {
    /// No type: that of a task which is gone, or has a number that no file gives.
    const NONE: TypeNumber = TypeNumber(u32::MAX);

    /// Takes the number that a file has.
    pub fn new(n: i64) -> TypeNumber {
        u32::try_from(n).map_or(TypeNumber::NONE, TypeNumber)
    }

    /// The type, unless this version does not know it.
    pub fn known(self) -> Option<TaskType> {
        TaskType::ALL.get(usize::try_from(self.0).ok()?).copied()
    }
}

/// A choice of types by the numbers of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeNumbers {
    known: u16,
    others: OtherNumbers,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum OtherNumbers {
    All,
    These(Vec<TypeNumber>),
}

impl TypeNumbers {
    /// A choice where `number_of` tells the numbers of unknown types; one that the file
    /// does not have lets nothing through.
    ///
    /// # Errors
    /// When `number_of` fails.
    pub fn new<E>(
        types: &TypeSet,
        mut number_of: impl FnMut(&str) -> std::result::Result<Option<TypeNumber>, E>,
    ) -> std::result::Result<TypeNumbers, E> {
        let others = match types.others() {
            Others::All => OtherNumbers::All,
            Others::None => OtherNumbers::These(Vec::new()),
            Others::Named(names) => {
                let mut numbers = Vec::new();
                for name in names {
                    numbers.extend(number_of(name)?.filter(|number| *number != TypeNumber::NONE));
                }
                OtherNumbers::These(numbers)
            }
        };
        Ok(TypeNumbers { known: types.known_bits(), others })
    }

    /// The choice as the file numbers its types.
    pub(in crate::repository) fn find(conn: &Connection, types: &TypeSet) -> rusqlite::Result<TypeNumbers> {
        TypeNumbers::new(types, |name| {
            let mut find = conn.prepare_cached("SELECT n FROM type WHERE name = ?1")?;
            Ok(find.query_row([name], |row| row.get(0)).optional()?.map(TypeNumber::new))
        })
    }

    /// Whether a task of a type passes.
    pub fn contains(&self, number: TypeNumber) -> bool {
        match (number.known(), &self.others) {
            (Some(task_type), _) => self.known >> task_type.index() & 1 == 1,
            (None, OtherNumbers::All) => true,
            (None, OtherNumbers::These(_)) => self.names(number),
        }
    }

    /// Whether the choice names an unknown type, rather than all of them.
    pub fn names(&self, number: TypeNumber) -> bool {
        matches!(&self.others, OtherNumbers::These(numbers) if numbers.contains(&number))
    }

    /// As a condition: the known types as bits, for a list of numbers is slower.
    pub(in crate::repository) fn condition(&self) -> String {
        let known = format!("({} >> type) & 1", self.known);
        match &self.others {
            OtherNumbers::All => format!("({known} OR type >= {})", TaskType::COUNT),
            OtherNumbers::These(numbers) if numbers.is_empty() => known,
            OtherNumbers::These(numbers) => {
                let list = numbers.iter().map(|number| number.0.to_string()).collect::<Vec<_>>().join(",");
                format!("({known} OR type IN ({list}))")
            }
        }
    }
}

impl Repository {
    /// A choice of types by the numbers that this file has for them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn type_numbers(&self, types: &TypeSet) -> Result<TypeNumbers> {
        TypeNumbers::find(&self.conn, types).map_err(|e| self.error(e))
    }

    /// The types of tasks, in the order asked; of a number that no task has: none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn types_of(&self, tasks: &[TaskNumber]) -> Result<Vec<TypeNumber>> {
        let read = || -> rusqlite::Result<Vec<TypeNumber>> {
            let mut select = self.conn.prepare_cached("SELECT type FROM task WHERE n = ?1")?;
            let mut number = |task: &TaskNumber| -> rusqlite::Result<TypeNumber> {
                Ok(select.query_row([task.0], |row| row.get(0)).optional()?.map_or(TypeNumber::NONE, TypeNumber::new))
            };
            tasks.iter().map(&mut number).collect()
        };
        read().map_err(|e| self.error(e))
    }
}
