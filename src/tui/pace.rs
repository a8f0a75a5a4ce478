//! How fast keys come: a held key, or a cat on the keyboard, is faster than a decision.

use std::time::{Duration, Instant};

use super::update::Msg;

/// Ten keys a second.
const HURRY: Duration = Duration::from_millis(100);

/// When the last key came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace(Option<Instant>);

impl Pace {
    /// The message of a key that came at this moment says whether it came in a hurry; the
    /// other messages are as they were.
    pub fn mark(&mut self, msg: Msg, at: Instant) -> Msg {
        let Msg::Key(event) = msg else { return msg };
        if event.is_release() {
            return Msg::Key(event);
        }
        let is_hurried = self.0.is_some_and(|last| at.saturating_duration_since(last) < HURRY);
        self.0 = Some(at);
        if is_hurried { Msg::HurriedKey(event) } else { Msg::Key(event) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    #[test]
    fn a_key_is_hurried_less_than_a_tenth_of_a_second_after_the_one_before() {
        let press = KeyEvent::new(KeyCode::Char('e'), KeyModifiers::NONE);
        let release = KeyEvent::new_with_kind(press.code, press.modifiers, KeyEventKind::Release);
        let (mut pace, start) = (Pace::default(), Instant::now());
        let mut at = |event, ms| pace.mark(Msg::Key(event), start + Duration::from_millis(ms));
        assert_eq!(at(press, 0), Msg::Key(press));
        assert_eq!(at(release, 20), Msg::Key(release));
        assert_eq!(at(press, 99), Msg::HurriedKey(press));
        assert_eq!(at(press, 199), Msg::Key(press));
        assert_eq!(at(press, 200), Msg::HurriedKey(press));
    }
}
