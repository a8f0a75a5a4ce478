//! Exact counts per view and type.
use super::{Repository, Result};
use crate::domain::{filter::Filter, kind::TaskType, view::Today};

/// How many tasks of a type stand where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeTally {
    /// The type's wire name.
    pub name: String,
    /// The type, unless this version does not know it.
    pub task_type: Option<TaskType>,
    /// Open, up to the end of today or dateless.
    pub inbox: u64,
    /// Those of the inbox whose day is before today.
    pub overdue: u64,
    /// Open, from tomorrow on.
    pub future: u64,
    /// Completed.
    pub archive: u64,
}

/// Counts of every type: the nine in the sidebar's order, then the unknown ones that
/// the file holds, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// A row a type.
    pub types: Vec<TypeTally>,
}

impl Repository {
    /// Counts the tasks of the filter's people and lead; its types are not looked at.
    pub fn tally(&self, _filter: &Filter, _today: &Today) -> Result<Tally> {
        todo!()
    }
    /// How many completed tasks of the filter's people there are by type index (9: unknown
    /// types), from the counters: some 30 microseconds.
    pub fn archived(&self, _filter: &Filter) -> Result<[u64; TaskType::ALL.len() + 1]> {
        todo!()
    }
}
