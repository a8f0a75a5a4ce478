//! Figures of a desk's tasks.

use super::Desk;
use crate::domain::stats::{Counting, Seen, Span};
use crate::domain::view::Today;
use crate::tui::action::Action;
use crate::tui::request::{Answer, ListName, Read};
use crate::tui::update;

impl Desk {
    /// Does an action that may have no key.
    pub(crate) fn act(&mut self, action: Action) -> &mut Desk {
        let effects = update::perform(&mut self.model, action);
        self.perform(effects);
        self
    }

    /// Starts the screen as after a restart.
    pub(crate) fn restart(&mut self) -> &mut Desk {
        let effects = update::begin(&mut self.model);
        self.perform(effects);
        self
    }

    pub(super) fn figures(&self, read: &Read) -> Answer {
        match read {
            Read::Since { left } => Answer::Since(*left, Box::new(self.happened.clone())),
            Read::Fortnight { scope } => {
                let lists = [ListName::Inbox, ListName::Future].map(|list| self.ranks(list, scope));
                Answer::Fortnight(Box::new(self.shelf(scope).by_day(&lists, scope.today.day)))
            }
            Read::Stats { today } => Answer::Stats(Box::new(self.stats(today))),
            other => panic!("{other:?} asks for no figures"),
        }
    }

    fn stats(&self, today: &Today) -> crate::domain::stats::Stats {
        let span = Span::year(today);
        let mut counting = Counting::new(&span, today.zone);
        for row in &self.tasks {
            let Some(done) = row.completed else { continue };
            counting.add(done.at);
            let task = &row.task;
            let (date, created) = (task.actionable(), task.created);
            counting.see(Seen { done, date, created, task_type: task.body.task_type() });
        }
        let open: Vec<_> =
            self.tasks.iter().filter(|row| row.completed.is_none()).map(|row| row.task.created).collect();
        let done = self.tasks.iter().filter(|row| row.completed.is_some());
        let (mut types, mut reps) = (Vec::new(), Vec::new());
        for row in done {
            add(&mut types, row.task.body.wire_name().to_owned());
            add(&mut reps, row.task.rep.clone());
        }
        let streak = counting.streak().days();
        counting.finish(streak, span.begins(), &open, types, reps)
    }
}

fn add<T: PartialEq>(counts: &mut Vec<(T, u64)>, of: T) {
    match counts.iter_mut().find(|(other, _)| *other == of) {
        Some((_, count)) => *count += 1,
        None => counts.push((of, 1)),
    }
}
