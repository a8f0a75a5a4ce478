//! The task that the details show: the one under the cursor, once the cursor rests.
//!
//! While a key is held only the lists are drawn anew: some hundred bytes a step, which
//! a slow line carries, in place of some thousand.

use super::list::List;
use crate::domain::task::TaskNumber;
use crate::tui::request::{Card, Number, Row};

/// What the details show.
#[derive(Clone, Debug, Default)]
pub struct Details {
    shown: Option<(Row, usize)>,
    trailing: bool,
    card: Option<(TaskNumber, Card)>,
    asked: Option<Question>,
    /// How many lines are scrolled off.
    pub top: usize,
}

/// What the disk was asked about a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Question {
    task: TaskNumber,
    number: Number,
    open: bool,
}

impl Details {
    /// The task shown.
    pub fn row(&self) -> Option<&Row> {
        self.shown.as_ref().map(|(row, _)| row)
    }

    /// Its rank in its list, 0 being the first.
    pub fn rank(&self) -> usize {
        self.shown.as_ref().map_or(0, |(_, rank)| *rank)
    }

    /// What stands beside the task's own fields, once the disk has told it.
    pub fn card(&self) -> Option<&Card> {
        let (task, card) = self.card.as_ref()?;
        (self.number() == Some(*task)).then_some(card)
    }

    fn number(&self) -> Option<TaskNumber> {
        self.row().map(|row| row.number)
    }

    /// The cursor is on its way: its task is shown once it rests.
    pub fn trail(&mut self) {
        self.trailing = true;
    }

    /// The cursor rests.
    pub fn catch_up(&mut self) {
        self.trailing = false;
    }

    /// Whether the task shown may not be the cursor's.
    #[cfg(test)]
    pub(crate) fn is_trailing(&self) -> bool {
        self.trailing
    }

    /// Shows the cursor's task, unless the cursor is on its way. Whether anything changed.
    pub fn follow(&mut self, list: &List) -> bool {
        let current = list.current().map(|row| (row.clone(), list.rank().unwrap_or(0)));
        self.show(list.number(), current)
    }

    /// As [`Details::follow`], where this task is shown whatever the cursor is on.
    pub fn follow_turn(&mut self, turn: Option<&Row>) -> bool {
        self.trailing = false;
        self.show(turn.map(|row| row.number), turn.map(|row| (row.clone(), 0)))
    }

    fn show(&mut self, number: Option<TaskNumber>, current: Option<(Row, usize)>) -> bool {
        let same_task = self.number() == number;
        self.trailing &= !same_task;
        if self.trailing || self.shown == current {
            return false;
        }
        if !same_task {
            self.top = 0;
        }
        self.shown = current;
        true
    }

    /// The task of which the disk is to be asked: the one shown, unless it was asked before.
    pub fn unasked(&self) -> Option<&Row> {
        self.row().filter(|row| self.asked.is_none_or(|asked| asked.task != row.number))
    }

    /// Notes a question.
    pub fn ask(&mut self, task: TaskNumber, number: Number) {
        self.asked = Some(Question { task, number, open: true });
    }

    /// The file has changed: what the disk said may be wrong by now.
    pub fn ask_again(&mut self) {
        self.asked = None;
    }

    /// Whether a question is open.
    #[cfg(test)]
    pub(super) fn is_asking(&self) -> bool {
        self.asked.is_some_and(|asked| asked.open)
    }

    /// The disk could not be read.
    pub fn give_up(&mut self) {
        self.asked = self.asked.map(|asked| Question { open: false, ..asked });
    }

    /// Takes an answer, unless it is late. Whether anything changed.
    pub fn take(&mut self, number: Number, task: TaskNumber, card: Card) -> bool {
        let open = Question { task, number, open: true };
        if self.asked != Some(open) {
            return false;
        }
        self.asked = Some(Question { open: false, ..open });
        let card = Some((task, card));
        let changed = self.card != card;
        self.card = card;
        changed
    }
}
