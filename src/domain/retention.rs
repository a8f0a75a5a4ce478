//! How long archived tasks are kept, and when a purge is unusual enough to ask first.
//!
//! Source: the Tasks page, "archived tasks of certain types are automatically deleted
//! after a certain amount of time". Close publishes neither the types nor the times, and
//! its API reference (section 12) says: never to-dos.

use chrono::{DateTime, TimeDelta, Utc};

use super::kind::TaskType;
use super::task::{Completion, StoredTask};

/// How long a type's archived tasks are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepTime {
    /// For ever.
    Ever,
    /// So many days, 1 to [`KeepTime::MOST_DAYS`].
    Days(u16),
}

impl KeepTime {
    /// A hundred years; who means longer means for ever.
    pub const MOST_DAYS: u16 = 36_500;
}

/// To-dos are kept for ever: they are what a person wrote down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("to-dos are never removed by themselves; write \"ever\", or delete them")]
pub struct ToDosStay;

/// How long the archived tasks of each type are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepTimes([KeepTime; TaskType::COUNT]);

impl Default for KeepTimes {
    /// What has its activity on the lead goes after 90 days, what a person planned stays.
    fn default() -> KeepTimes {
        KeepTimes(TaskType::ALL.map(|task_type| match task_type {
            TaskType::IncomingEmail
            | TaskType::EmailFollowup
            | TaskType::MissedCall
            | TaskType::AnsweredDetachedCall
            | TaskType::Voicemail
            | TaskType::IncomingSms => KeepTime::Days(90),
            TaskType::Lead | TaskType::OpportunityDue | TaskType::OutgoingCall => KeepTime::Ever,
        }))
    }
}

impl KeepTimes {
    /// Sets the time of a type.
    ///
    /// # Errors
    /// When to-dos were to go.
    pub fn set(&mut self, task_type: TaskType, time: KeepTime) -> Result<(), ToDosStay> {
        if task_type == TaskType::Lead && time != KeepTime::Ever {
            return Err(ToDosStay);
        }
        self.0[task_type.index()] = time;
        Ok(())
    }

    /// The time of a type.
    pub fn of(&self, task_type: TaskType) -> KeepTime {
        self.0[task_type.index()]
    }

    /// The types whose tasks go, each with its days.
    pub fn going(&self) -> impl Iterator<Item = (TaskType, u16)> {
        TaskType::ALL.into_iter().zip(self.0).filter_map(|(task_type, time)| match time {
            KeepTime::Ever => None,
            KeepTime::Days(days) => Some((task_type, days)),
        })
    }

    /// When a completed task's time is over: counted from the later of its completion and
    /// its arrival in this file, so that an import never vanishes at once.
    pub fn ends(
        &self,
        task_type: TaskType,
        completed: DateTime<Utc>,
        arrived: Option<DateTime<Utc>>,
    ) -> Option<DateTime<Utc>> {
        let KeepTime::Days(days) = self.of(task_type) else { return None };
        let from = arrived.map_or(completed, |arrived| arrived.max(completed));
        from.checked_add_signed(TimeDelta::days(days.into()))
    }

    /// When a purge removes a task; never an open or pinned one, nor one of an unknown type.
    pub fn removal(&self, stored: &StoredTask) -> Option<DateTime<Utc>> {
        let task_type = stored.task.body.task_type()?;
        let Completion { at, .. } = stored.completed.filter(|_| stored.task.is_complete && !stored.local.is_pinned)?;
        self.ends(task_type, at, stored.local.arrived)
    }
}

/// What is known before a purge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// How many tasks would go.
    pub going: u64,
    /// How many archived tasks the types have of which some may go.
    pub archived: u64,
    /// When the first step of the journal was made, by the clock of then, in UTC.
    pub first_step: Option<DateTime<Utc>>,
    /// When the last step of the journal was made, by the clock of then, in UTC.
    pub last_step: Option<DateTime<Utc>>,
    /// When a purge last looked, in UTC.
    pub last_run: Option<DateTime<Utc>>,
}

/// Why a purge asks first. Source: promise P39, a clock that is wrong wipes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusual {
    /// The clock stands before what was already done.
    ClockBehind,
    /// Nobody has looked for so many days: away for long, or the clock is ahead.
    LongAway(i64),
    /// So many percent would go, more than a quarter.
    Many(u64),
}

/// Purges that are further apart are unusual.
const LONG_AWAY: TimeDelta = TimeDelta::days(30);

/// So few are never many: a quarter of three tasks says nothing about the clock. As many
/// as other bulk changes touch without a question.
const FEW: u64 = 25;

impl Prospect {
    /// Why the purge is to ask first; `None` where it is an everyday one.
    pub fn unusual(&self, now: DateTime<Utc>) -> Option<Unusual> {
        if self.is_behind(now) {
            return Some(Unusual::ClockBehind);
        }
        // Before the first run the beginning of the file stands for it: the last step may be
        // of a clock that went wrong just before it.
        let seen = self.last_run.or(self.first_step);
        if let Some(away) = seen.map(|seen| now - seen).filter(|away| *away > LONG_AWAY) {
            return Some(Unusual::LongAway(away.num_days()));
        }
        let is_many = self.going > FEW && self.going.saturating_mul(4) > self.archived;
        is_many.then(|| Unusual::Many(self.going.saturating_mul(100) / self.archived.max(1)))
    }

    /// Whether the clock stands before what was already done.
    pub fn is_behind(&self, now: DateTime<Utc>) -> bool {
        self.last_step.max(self.last_run).is_some_and(|seen| now < seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + day)
    }

    fn prospect(going: u64, archived: u64) -> Prospect {
        Prospect { going, archived, first_step: Some(at(0)), last_step: Some(at(0)), last_run: Some(at(0)) }
    }

    #[test]
    fn p39_more_than_a_quarter_asks_but_never_a_handful() {
        assert_eq!(prospect(25, 25).unusual(at(1)), None);
        assert_eq!(prospect(26, 104).unusual(at(1)), None);
        assert_eq!(prospect(26, 103).unusual(at(1)), Some(Unusual::Many(25)));
        assert_eq!(prospect(26, 26).unusual(at(1)), Some(Unusual::Many(100)));
    }

    #[test]
    fn p39_a_clock_behind_or_far_ahead_asks() {
        assert_eq!(prospect(1, 100).unusual(at(-1)), Some(Unusual::ClockBehind));
        assert_eq!(prospect(1, 100).unusual(at(30)), None);
        assert_eq!(prospect(1, 100).unusual(at(31)), Some(Unusual::LongAway(31)));
        let never_ran = Prospect { last_run: None, ..prospect(1, 100) };
        assert_eq!(never_ran.unusual(at(5)), None);
        assert_eq!(never_ran.unusual(at(26_000)), Some(Unusual::LongAway(26_000)));
        let changed_ahead = Prospect { last_step: Some(at(26_000)), ..never_ran };
        assert_eq!(changed_ahead.unusual(at(26_000)), Some(Unusual::LongAway(26_000)));
        let ran_ahead = Prospect { last_run: Some(at(26_000)), ..prospect(1, 100) };
        assert_eq!(ran_ahead.unusual(at(5)), Some(Unusual::ClockBehind));
    }

    #[test]
    fn to_dos_cannot_be_given_a_time() {
        let mut keep = KeepTimes::default();
        assert_eq!(keep.set(TaskType::Lead, KeepTime::Days(90)), Err(ToDosStay));
        assert_eq!(keep.set(TaskType::Lead, KeepTime::Ever), Ok(()));
        assert_eq!(keep.set(TaskType::OpportunityDue, KeepTime::Days(7)), Ok(()));
        assert_eq!(keep.of(TaskType::OpportunityDue), KeepTime::Days(7));
    }
}
