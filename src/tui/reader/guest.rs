//! A completed task that the filter hides, in the archive while the cursor stands on it.

use crate::tui::request::{Part, Row, Want};

/// The task, and where in the archive it stands.
#[derive(Debug)]
pub(super) struct Guest {
    pub(super) row: Row,
    pub(super) rank: usize,
}

impl Guest {
    /// What is to be read of the archive without it, so that it can join there.
    pub(super) fn outside(&self, want: &Want) -> Want {
        let without = |rank: usize| if rank > self.rank { rank - 1 } else { rank };
        let is_other = |task| task != self.row.number;
        let is_around_it = want.around == Some(self.row.number);
        Want {
            around: want.around.filter(|task| is_other(*task)),
            rank: if is_around_it { self.rank } else { without(want.rank) },
            rows: want.rows,
            after: want.after.filter(|(task, _)| is_other(*task)).map(|(task, rank)| (task, without(rank))),
        }
    }

    /// The part with the task at its place, if that is within it.
    pub(super) fn join(self, part: Part) -> Part {
        let mut part = part;
        let end = part.first + part.rows.len();
        if self.rank < part.first {
            part.first += 1;
        } else if self.rank < end || self.rank == end && end == part.total {
            part.rows.insert(self.rank - part.first, self.row);
        }
        part.total += 1;
        part
    }
}
