//! Marked tasks, and those of the last time.

use std::collections::BTreeSet;

use crate::domain::task::TaskNumber;

/// The marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    now: BTreeSet<TaskNumber>,
    last: BTreeSet<TaskNumber>,
    /// How many of them the lists leave out, as the disk last said.
    pub hidden: usize,
}

impl Marks {
    /// How many tasks are marked.
    pub fn count(&self) -> usize {
        self.now.len()
    }

    /// Whether a task is marked.
    pub fn contains(&self, task: TaskNumber) -> bool {
        self.now.contains(&task)
    }

    /// The marked tasks.
    pub fn tasks(&self) -> Vec<TaskNumber> {
        self.now.iter().copied().collect()
    }

    /// Marks a task, or takes its mark away.
    pub fn toggle(&mut self, task: TaskNumber) {
        if !self.now.remove(&task) {
            self.now.insert(task);
        }
    }

    /// Marks tasks.
    pub fn add(&mut self, tasks: impl IntoIterator<Item = TaskNumber>) {
        self.now.extend(tasks);
    }

    /// A change of these tasks was done: their marks go. Where all marks do, they can be
    /// brought back.
    pub fn use_up(&mut self, tasks: &[TaskNumber]) {
        let left: BTreeSet<_> = self.now.iter().copied().filter(|task| !tasks.contains(task)).collect();
        if left.is_empty() {
            self.clear();
        } else {
            self.now = left;
        }
    }

    /// Takes the marks away, to be brought back if wanted. Whether there were any.
    pub fn clear(&mut self) -> bool {
        self.hidden = 0;
        if self.now.is_empty() {
            return false;
        }
        self.last = std::mem::take(&mut self.now);
        true
    }

    /// Brings the last marks back. Whether there were any.
    pub fn bring_back(&mut self) -> bool {
        if self.last.is_empty() {
            return false;
        }
        self.now.append(&mut self.last);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleared_marks_come_back_once() {
        let mut marks = Marks::default();
        assert!(!marks.clear() && !marks.bring_back());
        marks.add([TaskNumber(1), TaskNumber(2)]);
        marks.toggle(TaskNumber(2));
        assert!(marks.clear());
        assert_eq!(marks.count(), 0);
        assert!(marks.bring_back());
        assert_eq!(marks.tasks(), [TaskNumber(1)]);
    }
}
