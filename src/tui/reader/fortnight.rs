//! The open tasks of the next two weeks, by day.

use super::Reader;
use crate::repository::Result;
use crate::tui::model::fortnight::{DAYS, DayOfTasks};
use crate::tui::request::Scope;

impl Reader {
    /// How many tasks the types let through on each day from today on, and the first of them.
    pub(super) fn fortnight(&mut self, scope: &Scope) -> Result<[DayOfTasks; DAYS]> {
        self.refresh(scope)?;
        let (inbox, future) = self.ranks(scope)?;
        Ok(self.shown().by_day(&[inbox, future], scope.today.day))
    }
}
