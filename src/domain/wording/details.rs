//! Every field of a task in words.
use crate::domain::{task::StoredTask, view::Today};

/// A labelled value, raw: make it `Shown` before drawing. Values may have several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// `When`, `Who`, `Lead`, `Phone`, … or the wire name of a field without a word of its own.
    pub label: String,
    /// The value.
    pub value: String,
}

/// Every field that has a value, most useful first, then the rest under their wire names.
/// `due_date`, `view` and the ids of things already named by name are left out of the first
/// part; `due_date` and `view` never appear.
pub fn details(_task: &StoredTask, _today: &Today) -> Vec<Detail> {
    todo!()
}
