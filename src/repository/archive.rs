//! Windows of the archive, newest completion first.
use super::{Repository, Result};
use crate::domain::{
    filter::Filter,
    task::{StoredTask, TaskNumber},
};

/// Where a window of the archive stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveFrom {
    /// It begins at this rank, 0 being the newest; beyond the end: the last full window.
    Position(u64),
    /// The task is in its middle, or as near as the ends allow; a task that is not in
    /// the filtered archive: as `Position(0)`.
    Around(TaskNumber),
}

/// A window of the archive.
#[derive(Clone, Debug)]
pub struct ArchivePage {
    /// The rank of its first row.
    pub first: u64,
    /// How many tasks the filtered archive has.
    pub total: u64,
    /// The rows.
    pub rows: Vec<StoredTask>,
}

impl Repository {
    /// A window of at most `rows` completed tasks (types, people and lead of the filter).
    pub fn archive(&self, _filter: &Filter, _from: ArchiveFrom, _rows: usize) -> Result<ArchivePage> {
        todo!()
    }
}
