//! The line above the hints: what happened, and how to undo it.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

use crate::repository::Restored;

/// How long what is done or noted stays.
const STAYS: TimeDelta = TimeDelta::seconds(6);
/// So many are kept to be read again.
const MOST_KEPT: usize = 200;

/// What kind of thing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was changed. Fades.
    Done,
    /// Something is worth knowing. Fades.
    Note,
    /// Something waits to be answered. Stays until it is, unless something else is said.
    Question,
    /// Something went wrong. Stays until Esc.
    Error,
}

/// The way back from what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Undo it.
    Undo,
    /// Undo it: all of several fast changes.
    UndoAll,
    /// Do it again.
    Redo,
    /// Answer it.
    Decide,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Of what kind.
    pub tone: Tone,
    /// The text, raw: made harmless where it is drawn.
    pub text: String,
    /// The way back, never cut: `u undo`.
    pub remedy: Option<Remedy>,
    /// When it fades, in UTC; `None`: when dismissed.
    pub fades: Option<DateTime<Utc>>,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// Of what kind.
    pub tone: Tone,
    /// The text, raw.
    pub text: String,
}

/// The notice line's left part, and what it said before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    message: Option<Message>,
    /// What is still to be said for a while, once nothing else is.
    owed: Option<String>,
    /// Oldest first.
    log: VecDeque<Said>,
    /// The last moment that it was told of.
    now: DateTime<Utc>,
}

impl Notice {
    /// What is said now.
    pub fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// What was said, newest first.
    pub fn log(&self) -> impl Iterator<Item = &Said> {
        self.log.iter().rev()
    }

    fn keep(&mut self, tone: Tone, text: &str) {
        if self.log.len() == MOST_KEPT {
            self.log.pop_front();
        }
        self.log.push_back(Said { at: self.now, tone, text: text.to_owned() });
    }

    /// Says that something was changed. An error stays.
    pub fn done(&mut self, text: impl Into<String>, now: DateTime<Utc>) {
        self.fading(Tone::Done, text.into(), Some(Remedy::Undo), now);
    }

    /// Says that a change was done so often that one undo takes all back. An error stays.
    pub fn run(&mut self, text: impl Into<String>, now: DateTime<Utc>) {
        self.fading(Tone::Done, text.into(), Some(Remedy::UndoAll), now);
    }

    /// Says what undo or redo brought back, and how to go the other way. An error stays.
    pub fn restored(&mut self, restored: &[Restored], undone: bool, now: DateTime<Utc>) {
        let (word, remedy) = if undone { ("Undone", Remedy::Redo) } else { ("Redone", Remedy::Undo) };
        let left = match restored.iter().map(|step| step.left_alone.len()).sum() {
            0 => String::new(),
            n => format!(" {n} changed elsewhere since: left alone."),
        };
        let words = match restored {
            [one] => one.step.summary.clone(),
            steps => format!("{} changes", steps.len()),
        };
        self.fading(Tone::Done, format!("{word}: {words}.{left}"), Some(remedy), now);
    }

    /// Says something. An error stays.
    pub fn note(&mut self, text: impl Into<String>, now: DateTime<Utc>) {
        self.fading(Tone::Note, text.into(), None, now);
    }

    /// As [`Notice::note`], of what nobody asked for and everybody should see: it waits for
    /// what is said now, and comes back after what took its place.
    pub fn note_in_turn(&mut self, text: impl Into<String>, now: DateTime<Utc>) {
        let text = text.into();
        self.now = now;
        self.keep(Tone::Note, &text);
        self.owed = Some(text);
        if self.message.is_none() {
            self.say_owed();
        }
    }

    fn say_owed(&mut self) {
        let fades = self.now.checked_add_signed(STAYS);
        self.message = self.owed.clone().map(|text| Message { tone: Tone::Note, text, remedy: None, fades });
    }

    /// A message is gone: what was owed has been seen, or has its turn.
    fn settle(&mut self, gone: &Message) {
        if self.owed.as_ref() == Some(&gone.text) {
            self.owed = None;
        }
        self.say_owed();
    }

    /// Says what went wrong, until dismissed.
    pub fn error(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.keep(Tone::Error, &text);
        self.message = Some(Message { tone: Tone::Error, text, remedy: None, fades: None });
    }

    /// Says what waits to be answered, unless something else is said. Whether that is new.
    pub fn ask(&mut self, text: String) -> bool {
        if self.message.as_ref().is_some_and(|m| m.tone != Tone::Question || m.text == text) {
            return false;
        }
        self.message = Some(Message { tone: Tone::Question, text, remedy: Some(Remedy::Decide), fades: None });
        true
    }

    /// Whether it is said that something waits to be answered.
    pub fn is_question(&self) -> bool {
        self.message.as_ref().is_some_and(|m| m.tone == Tone::Question)
    }

    /// Whether an error stands.
    pub fn is_error(&self) -> bool {
        self.message.as_ref().is_some_and(|m| m.tone == Tone::Error)
    }

    fn fading(&mut self, tone: Tone, text: String, remedy: Option<Remedy>, now: DateTime<Utc>) {
        self.now = now;
        self.keep(tone, &text);
        if !self.is_error() {
            self.message = Some(Message { tone, text, remedy, fades: now.checked_add_signed(STAYS) });
        }
    }

    /// When it fades.
    pub fn fades(&self) -> Option<DateTime<Utc>> {
        self.message.as_ref()?.fades
    }

    /// Lets it fade if its time has come. Whether it did.
    pub fn fade(&mut self, now: DateTime<Utc>) -> bool {
        self.now = now;
        let faded = self.message.take_if(|m| m.fades.is_some_and(|fades| fades <= now));
        faded.as_ref().inspect(|faded| self.settle(faded)).is_some()
    }

    /// Takes it away. Whether there was one.
    pub fn dismiss(&mut self) -> bool {
        let dismissed = self.message.take();
        dismissed.as_ref().inspect(|dismissed| self.settle(dismissed)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_fades_after_six_seconds_and_an_error_stays() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let mut notice = Notice::default();
        notice.done("Completed 2", now);
        assert!(!notice.fade(now + TimeDelta::seconds(5)));
        assert!(notice.fade(now + TimeDelta::seconds(6)));
        notice.error("the disk is full");
        notice.done("Completed 3", now);
        assert!(!notice.fade(now + TimeDelta::days(1)));
        assert!(notice.is_error());
        assert!(notice.dismiss() && !notice.dismiss());
    }

    #[test]
    fn what_is_said_in_turn_waits_for_what_stands_and_comes_back_after_what_takes_its_place() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let said = |notice: &Notice| notice.message().map(|message| message.text.clone());
        for first in ["removed", "since"] {
            let mut notice = Notice::default();
            if first == "removed" {
                notice.done("removed", now);
                notice.note_in_turn("since", now);
            } else {
                notice.note_in_turn("since", now);
                notice.done("removed", now);
            }
            assert_eq!(said(&notice).as_deref(), Some("removed"));
            assert!(notice.fade(now + STAYS));
            assert_eq!(said(&notice).as_deref(), Some("since"));
            assert!(notice.fade(now + STAYS * 2));
            assert_eq!(said(&notice), None, "once is enough");
            assert_eq!(notice.log().count(), 2);
        }
    }
}
