//! Writes on their way to the disk: `saving...`, then `saved 14:05`; what was typed for
//! those that came to nothing.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

use super::overlay::Overlay;
use crate::tui::request::{Number, Row};

/// A write that takes longer is mentioned.
const PATIENCE: TimeDelta = TimeDelta::milliseconds(200);

/// Changes shown before the disk has confirmed them.
#[derive(Clone, Debug, Default)]
pub struct Saving {
    open: Vec<Pending>,
    saved: Option<DateTime<Utc>>,
    returned: VecDeque<Returned>,
}

/// A change on its way.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its number.
    pub number: Number,
    /// Since when, in UTC.
    pub since: DateTime<Utc>,
    /// What it does, in words, raw: `Completed "Send quote"`.
    pub words: String,
    /// What it shows before the disk has confirmed it.
    pub shown: Vec<Ahead>,
    /// The form or field that it was typed in: it comes back if the write fails.
    pub typed: Option<Overlay>,
    /// Whether the cursor goes to a task that only the disk knows.
    leads: bool,
}

impl Pending {
    /// Whether the cursor goes to a task that only the disk knows.
    pub fn leads(&self) -> bool {
        self.leads
    }
}

/// What was typed for a write that came to nothing. It waits until nothing else has the
/// keys: what is typed just then is not meant for it.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The form or field.
    pub typed: Overlay,
    /// When the form's task was changed elsewhere, in UTC; `None`: the write failed.
    pub changed: Option<DateTime<Utc>>,
}

/// A row before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// As the disk has it.
    pub before: Row,
    /// As the change will leave it; `None`: gone.
    pub after: Option<Row>,
}

impl Saving {
    /// Notes a write.
    pub fn begin(&mut self, number: Number, words: String, shown: Vec<Ahead>, now: DateTime<Utc>) {
        self.open.push(Pending { number, since: now, words, shown, typed: None, leads: false });
    }

    /// Keeps what a write was typed in until it is on the disk.
    pub fn keep(&mut self, number: Number, typed: Overlay) {
        if let Some(pending) = self.open.iter_mut().find(|pending| pending.number == number) {
            pending.typed = Some(typed);
        }
    }

    /// Notes that the cursor goes where a write leads.
    pub fn lead(&mut self, number: Number) {
        self.open.iter_mut().filter(|pending| pending.number == number).for_each(|pending| pending.leads = true);
    }

    /// Whether the cursor goes where a write leads that is on its way.
    pub fn leads(&self) -> bool {
        self.open.iter().any(Pending::leads)
    }

    /// Notes that a write came back; what it was, if it was known.
    pub fn end(&mut self, number: Number) -> Option<Pending> {
        let i = self.open.iter().position(|p| p.number == number)?;
        Some(self.open.remove(i))
    }

    /// Keeps what came back.
    pub fn give_back(&mut self, typed: Overlay, changed: Option<DateTime<Utc>>) {
        self.returned.push_back(Returned { typed, changed });
    }

    /// What came back first from a write that failed.
    pub fn take_failed(&mut self) -> Option<Overlay> {
        let first = self.returned.iter().position(|returned| returned.changed.is_none())?;
        self.returned.remove(first).map(|returned| returned.typed)
    }

    /// When the task of the first form that waits was changed elsewhere, in UTC.
    pub fn conflict(&self) -> Option<DateTime<Utc>> {
        self.returned.iter().find_map(|returned| returned.changed)
    }

    /// That form, and when its task was changed elsewhere, in UTC.
    pub fn take_conflict(&mut self) -> Option<(Overlay, DateTime<Utc>)> {
        let first = self.returned.iter().position(|returned| returned.changed.is_some())?;
        let returned = self.returned.remove(first)?;
        Some((returned.typed, returned.changed?))
    }

    /// What came back and waits.
    pub fn returned(&self) -> impl Iterator<Item = &Returned> {
        self.returned.iter()
    }

    /// Notes that something is on the disk.
    pub fn saved(&mut self, now: DateTime<Utc>) {
        self.saved = Some(now);
    }

    /// Changes on their way, oldest first.
    pub fn pending(&self) -> &[Pending] {
        &self.open
    }

    /// Whether a write takes long by now.
    pub fn is_slow(&self, now: DateTime<Utc>) -> bool {
        self.slow_at().is_some_and(|at| at <= now)
    }

    /// When the oldest write begins to take long.
    pub fn slow_at(&self) -> Option<DateTime<Utc>> {
        self.open.first()?.since.checked_add_signed(PATIENCE)
    }

    /// When something was last saved; not while a write is open.
    pub fn saved_at(&self) -> Option<DateTime<Utc>> {
        self.saved.filter(|_| self.open.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_is_said_only_when_nothing_is_on_its_way() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let mut saving = Saving::default();
        saving.begin(1, String::new(), Vec::new(), now);
        saving.saved(now);
        assert_eq!(saving.saved_at(), None);
        assert!(!saving.is_slow(now) && saving.is_slow(now + TimeDelta::milliseconds(200)));
        assert!(saving.end(1).is_some() && saving.end(1).is_none());
        assert_eq!(saving.saved_at(), Some(now));
    }
}
