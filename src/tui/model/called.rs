//! After a call: how it ended, and what would follow.

use crate::domain::outcome::{Attempt, Outcome, Plan};
use crate::domain::task::{StoredTask, TaskNumber};

/// The question how a call ended.
#[derive(Clone, Debug)]
pub struct Called {
    /// The task for which somebody was called.
    pub task: TaskNumber,
    /// Whether the call was begun here: else it may have been dialled by hand.
    pub was_begun: bool,
    /// The outcome that was said before the disk had told of the call.
    pub wanted: Option<Outcome>,
    /// What the file knows of the call, once the disk has told it.
    attempt: Option<Box<Attempt>>,
    /// Whether the debts to the number stay open.
    leaves: bool,
}

impl Called {
    /// The question, before anything is known of the call.
    pub fn new(task: TaskNumber, was_begun: bool) -> Called {
        Called { task, was_begun, wanted: None, attempt: None, leaves: false }
    }

    /// What the file knows of the call.
    pub fn know(&mut self, attempt: Box<Attempt>) {
        self.attempt = Some(attempt);
    }

    /// What the file knows of the call.
    pub fn attempt(&self) -> Option<&Attempt> {
        self.attempt.as_deref()
    }

    /// Pays the debts to the number with the call, or leaves them open.
    pub fn toggle_debts(&mut self) {
        self.leaves = !self.leaves;
    }

    /// Whether the debts to the number stay open.
    pub fn leaves_debts(&self) -> bool {
        self.leaves
    }

    /// The debts that a plan pays.
    pub fn pays<'a>(&self, plan: &Plan<'a>) -> &'a [StoredTask] {
        if self.leaves { &[] } else { plan.also }
    }
}
