//! Power mode: one task at a time, in the order shown, until none is left.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};

use super::overlay::Calling;
use super::saving::Ahead;
use crate::domain::calling::{CallHours, Wait};
use crate::domain::date::TaskDate;
use crate::domain::number::PhoneNumber;
use crate::domain::task::TaskNumber;
use crate::domain::view::Today;
use crate::tui::request::{Card, Number, Row};

/// A task to go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// The task.
    pub row: Row,
    /// Where it is a call without a number of its own: that of another task of its contact.
    pub number: Option<PhoneNumber>,
}

/// A task that waits for its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The task.
    pub row: Row,
    /// Where it is a call without a number of its own: that of another task of its contact.
    number: Option<PhoneNumber>,
    /// Why it comes behind the others.
    pub wait: Option<Wait>,
}

/// A list that is gone through.
#[derive(Clone, Debug)]
pub struct Power {
    /// What is still to be gone through, the present one first.
    turns: VecDeque<Turn>,
    /// What was put off and has not had its turn again; the last one last.
    put_off: Vec<TaskNumber>,
    /// What has left, as it was before, and whether it was done; the last one last.
    gone: Vec<(Turn, bool)>,
    began: DateTime<Utc>,
    /// The tasks that an undo or redo here has changed since it was last asked.
    own: Vec<TaskNumber>,
    /// The newest question how they are by now.
    asked: Number,
}

impl Power {
    /// Begins with these tasks in their order; calls that should wait come last, first of
    /// them who is awake soonest.
    pub fn new(queue: Vec<Queued>, hours: &CallHours, today: &Today) -> Power {
        let turn = |Queued { row, number }: Queued| {
            let wait = hours.wait(&row.task, number.as_ref(), today);
            Turn { row, number, wait }
        };
        let mut turns: Vec<Turn> = queue.into_iter().map(turn).collect();
        turns.sort_by_key(|turn| turn.wait.as_ref().map(Wait::rank));
        Power {
            turns: turns.into(),
            put_off: Vec::new(),
            gone: Vec::new(),
            began: today.now,
            own: Vec::new(),
            asked: 0,
        }
    }

    /// The present one; `None` where all were gone through.
    pub fn present(&self) -> Option<&Turn> {
        self.turns.front()
    }

    /// The row of a task that waits.
    pub fn row(&self, task: TaskNumber) -> Option<&Row> {
        self.turns.iter().map(|turn| &turn.row).find(|row| row.number == task)
    }

    /// The tasks that wait.
    pub fn waiting(&self) -> Vec<TaskNumber> {
        self.turns.iter().map(|turn| turn.row.number).collect()
    }

    /// The place of the present one, from 1, and how many there were in all.
    pub fn place(&self) -> (usize, usize) {
        (self.gone.len() + 1, self.gone.len() + self.turns.len())
    }

    /// How many were done.
    pub fn done(&self) -> usize {
        self.gone.iter().filter(|(_, is_done)| *is_done).count()
    }

    /// How many were put off and come back.
    pub fn later_ones(&self) -> usize {
        self.put_off.len()
    }

    /// When it began, in UTC.
    pub fn began(&self) -> DateTime<Utc> {
        self.began
    }

    /// The present one comes back at the end.
    pub fn later(&mut self) {
        if let Some(turn) = self.turns.pop_front() {
            self.put_off.push(turn.row.number);
            self.turns.push_back(turn);
        }
        self.have_turn();
    }

    /// What was put off last comes back to the front. Whether anything was.
    pub fn back(&mut self) -> bool {
        let Some(last) = self.put_off.pop() else { return false };
        if let Some(turn) = self.take(last) {
            self.turns.push_front(turn);
        }
        true
    }

    /// The present one has its turn: it is no longer put off.
    fn have_turn(&mut self) {
        let present = self.present().map(|turn| turn.row.number);
        let waiting: Vec<TaskNumber> = self.waiting();
        self.put_off.retain(|task| Some(*task) != present && waiting.contains(task));
    }

    fn take(&mut self, task: TaskNumber) -> Option<Turn> {
        let place = self.turns.iter().position(|turn| turn.row.number == task)?;
        self.turns.remove(place)
    }

    /// Shows a change: what is done, deleted or put off to another time leaves, the rest stays.
    pub fn show(&mut self, ahead: &Ahead, today: &Today) {
        let task = ahead.before.number;
        let Some(place) = self.turns.iter().position(|turn| turn.row.number == task) else { return };
        let is_moved = |row: &Row| row.task.actionable() != ahead.before.task.actionable() && !is_due(row, today);
        match &ahead.after {
            Some(after) if !after.task.is_complete && !is_moved(after) => self.turns[place].row = after.clone(),
            after => {
                let is_done = after.as_ref().is_some_and(|row| row.task.is_complete);
                let left = self.take(task);
                self.gone.extend(left.map(|turn| (turn, is_done)));
            }
        }
        self.have_turn();
    }

    /// Notes what an undo or redo here has changed: nobody else did.
    pub fn change(&mut self, tasks: &[TaskNumber]) {
        self.own.extend(tasks);
    }

    /// Whether an undo or redo here has changed a task since it was last asked how it is.
    pub fn has_changed(&self, task: TaskNumber) -> bool {
        self.own.contains(&task)
    }

    /// Brings back what an undo, or a write that failed, has brought back, each before what
    /// left after it.
    pub fn bring_back(&mut self, tasks: &[TaskNumber]) {
        for place in (0..self.gone.len()).rev() {
            if tasks.contains(&self.gone[place].0.row.number) {
                self.turns.push_front(self.gone.remove(place).0);
            }
        }
    }

    /// Notes that it is asked how the tasks that wait are by now: these.
    pub fn ask(&mut self, number: Number) -> Vec<TaskNumber> {
        self.asked = number;
        self.waiting()
    }

    /// The tasks as the file has them by now: those that are done or gone leave, save the one
    /// that was called. Whether they are so: an answer to an older question knows nothing of
    /// what an undo has brought back since.
    pub fn renew(&mut self, number: Number, rows: &[Row], called: Option<TaskNumber>) -> bool {
        if number < self.asked {
            return false;
        }
        for turn in std::mem::take(&mut self.turns) {
            let is_held = called == Some(turn.row.number);
            match rows.iter().find(|row| row.number == turn.row.number) {
                Some(row) if is_held || !row.task.is_complete => {
                    self.turns.push_back(Turn { row: row.clone(), ..turn });
                }
                None if is_held => self.turns.push_back(turn),
                Some(_) => self.gone.push((turn, true)),
                None => self.gone.push((turn, false)),
            }
        }
        self.own.clear();
        self.have_turn();
        true
    }

    /// A task keeps its turn, or has it again.
    pub fn hold(&mut self, task: TaskNumber) {
        if let Some(turn) = self.take(task) {
            self.turns.push_front(turn);
        }
        self.have_turn();
    }

    /// The present one leaves if it is complete: it was held for its call.
    pub fn let_go(&mut self) {
        if let Some(turn) = self.turns.pop_front_if(|turn| turn.row.task.is_complete) {
            self.gone.push((turn, true));
            self.have_turn();
        }
    }

    /// Time has passed: calls that suit by now need no reason, and those that no longer do
    /// come last. The present one stays.
    pub fn consider(&mut self, hours: &CallHours, today: &Today) {
        let mut late = VecDeque::new();
        for (place, mut turn) in std::mem::take(&mut self.turns).into_iter().enumerate() {
            let was_late = turn.wait.is_some();
            turn.wait = hours.wait(&turn.row.task, turn.number.as_ref(), today);
            let turns = if turn.wait.is_some() && !was_late && place > 0 { &mut late } else { &mut self.turns };
            turns.push_back(turn);
        }
        self.turns.append(&mut late);
    }
}

/// Whether a task is of now: overdue, or of a day or moment that has come.
fn is_due(row: &Row, today: &Today) -> bool {
    match row.task.actionable() {
        None => true,
        Some(TaskDate::Day(day)) => day <= today.day,
        Some(TaskDate::At(at)) => at <= today.now,
    }
}

/// Whom a call because of a task reaches: by its own number, else by that of another task of
/// the contact. `None`: nobody, as far as is known.
pub fn calling(row: &Row, card: Option<&Card>) -> Option<Calling> {
    let own = row.task.body.call().and_then(PhoneNumber::of);
    let borrowed = || Some(Calling::of(row, card?.number.clone()?, true));
    own.map(|number| Calling::of(row, number, false)).or_else(borrowed)
}
