//! Finding tasks, reps and leads by what people type.
use super::{Repository, Result};
use crate::domain::task::{LeadId, Party, RepId, StoredTask, TaskNumber};

/// What a typed number, id or prefix names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// Exactly one task.
    One(TaskNumber),
    /// Nothing.
    Unknown,
    /// A prefix of several ids: the first few.
    Ambiguous(Vec<String>),
}

impl Repository {
    /// Resolves a local number, an id, or an id's prefix of 6 characters or more. All digits is
    /// always a local number. Ids are exact bytes.
    pub fn resolve(&self, _text: &str) -> Result<Reference> {
        todo!()
    }
    /// Every rep that the file names, by id with the newest name, with how many open tasks each has; by name.
    pub fn reps(&self) -> Result<Vec<(Party<RepId>, u64)>> {
        todo!()
    }
    /// Leads whose id is `text`, or whose name is, ignoring case; at most `most`.
    pub fn leads_named(&self, _text: &str, _most: usize) -> Result<Vec<Party<LeadId>>> {
        todo!()
    }
    /// The open tasks of a lead, of every type, by date as stored; at most `most`.
    pub fn open_of_lead(&self, _lead: &LeadId, _most: usize) -> Result<Vec<StoredTask>> {
        todo!()
    }
}
