//! What a purge comes to on a desk.

use super::Desk;
use crate::app::purge::Purge;
use crate::domain::retention::Unusual;
use crate::domain::task::TaskNumber;
use crate::domain::wording;
use crate::repository::Expired;
use crate::tui::update::Msg;

impl Desk {
    /// From now on these tasks are past their time, and the purge is unusual; it is looked for at once.
    pub(crate) fn expire(&mut self, why: Unusual) -> &mut Desk {
        let keep = self.model.look.keep;
        let gone = self.tasks.iter().filter(|row| keep.removal(row).is_some());
        let tasks: Vec<TaskNumber> = gone.map(|row| row.number).collect();
        let of = |task_type| {
            let rows = self.tasks.iter().filter(|row| tasks.contains(&row.number));
            rows.filter(|row| row.task.body.task_type() == Some(task_type)).count() as u64
        };
        let types = keep.going().map(|(task_type, days)| (task_type, of(task_type), days));
        let types = types.filter(|(_, count, _)| *count > 0).collect();
        self.unusual = Some((Expired { tasks, types }, why));
        self.hour()
    }

    /// An hour goes by.
    pub(crate) fn hour(&mut self) -> &mut Desk {
        let later = self.model.today.now + chrono::TimeDelta::hours(1);
        self.send(Msg::Now(later));
        self
    }

    pub(super) fn purge(&mut self, agreed: Option<Expired>) -> Purge {
        let Some(agreed) = agreed else {
            let unusual = self.unusual.clone();
            return unusual.map_or(Purge::Nothing, |(expired, why)| Purge::Asks(expired, why));
        };
        self.unusual = None;
        let rows = self.tasks.iter().filter(|row| agreed.tasks.contains(&row.number));
        let step: Vec<_> = rows.map(|row| (row.number, Some(row.clone()), None)).collect();
        self.put(step.iter().map(|(number, _, after)| (*number, after.clone())).collect());
        self.undo.push((step, wording::removed(&agreed.types)));
        Purge::Removed(agreed)
    }
}
