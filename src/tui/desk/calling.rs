//! Calls on a desk, and what came of them.

use std::sync::Arc;

use super::Desk;
use crate::domain::edit::{Edit, NewTask, local_id};
use crate::domain::number::PhoneNumber;
use crate::domain::outcome::{self, Attempt, Rules, is_debt};
use crate::domain::task::{Local, RepId, StoredTask, Task, TaskNumber};
use crate::domain::view::Today;
use crate::domain::wording;
use crate::tui::request::{Answer, Kind, Outcome, Row};
use crate::tui::update::ahead;

impl Desk {
    /// What is known of a call for a task.
    pub(super) fn attempt(&self, task: TaskNumber) -> Answer {
        match self.attempt_for(task) {
            Some(attempt) => Answer::Attempt(Box::new(attempt)),
            None => Answer::Failed(Kind::Attempt, format!("there is no task {task}")),
        }
    }

    fn attempt_for(&self, task: TaskNumber) -> Option<Attempt> {
        let row = self.tasks.iter().find(|row| row.number == task)?;
        let own = row.task.body.call().and_then(PhoneNumber::of);
        let number = own.or_else(|| self.number_of(row.task.contact.id.as_ref()?));
        let is_owed = |row: &&Row| row.number != task && number.as_ref().is_some_and(|number| is_debt(row, number));
        let debts = self.tasks.iter().filter(is_owed).map(|row| (**row).clone()).collect();
        Some(Attempt { task: (**row).clone(), number, tries: self.tries, debts })
    }

    /// The task and the debts are done, and the next call is made.
    pub(super) fn end_call(
        &mut self,
        (task, outcome, agreed): (TaskNumber, &outcome::Outcome, &[TaskNumber]),
        rules: &Rules,
        by: Option<RepId>,
        today: &Today,
    ) -> Outcome {
        let attempt = self.attempt_for(task).expect("a task of the desk");
        let plan = attempt.plan(outcome, rules, today);
        let paid: Vec<StoredTask> = plan.also.iter().filter(|debt| agreed.contains(&debt.number)).cloned().collect();
        // Others may have completed the task since the call was made.
        let done = |row: &Row| ahead::of(row, &Edit::Complete(true), today.now);
        let is_done = |row: &&Row| row.number == task || paid.iter().any(|debt| debt.number == row.number);
        let mut step: Vec<_> = self
            .tasks
            .iter()
            .filter(is_done)
            .filter_map(done)
            .map(|ahead| (ahead.before.number, Some(ahead.before), ahead.after))
            .collect();
        if let Some(fields) = &plan.next {
            let number = TaskNumber(self.tasks.iter().map(|row| row.number.0).max().unwrap_or(0) + 1);
            let id = local_id(number.0.unsigned_abs().into());
            let record = NewTask { is_call: true, fields: (**fields).clone(), id, by }.record(today.now);
            let task = Task::read(&record).expect("what is made here is a task");
            let row = StoredTask { number, task, record, completed: None, local: Local::default() };
            step.push((number, None, Some(Arc::new(row))));
        }
        let summary = wording::called(&attempt, outcome, &plan, &paid, today);
        self.put(step.iter().map(|(number, _, after)| (*number, after.clone())).collect());
        self.undo.push((step, summary));
        Outcome::CallEnded
    }
}
