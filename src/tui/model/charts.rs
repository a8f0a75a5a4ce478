//! The charts of what was done.

use crate::domain::stats::Stats;

/// The charts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charts {
    /// The figures, once the disk has answered.
    pub stats: Option<Box<Stats>>,
    /// Scrolled by so many rows of charts.
    pub top: usize,
}
