//! How fast keys come: a held key is faster than a decision, and what comes on the heels
//! of a paste or of an answer of the terminal is a part of it. Two clicks may be one double click.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::mouse::{Gesture, Mouse};
use super::update::Msg;

/// Ten keys a second.
const HURRY: Duration = Duration::from_millis(100);
/// No hand leaves the keys of a paste and finds another one so soon.
const HEELS: Duration = Duration::from_millis(40);

/// Two clicks within this time are one double click.
const SECOND_CLICK: Duration = Duration::from_millis(400);

/// When the last keys came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    key: Option<Instant>,
    /// The last piece of something that is not keys.
    text: Option<Instant>,
    /// The last click that was no second one, and where.
    click: Option<(Instant, (u16, u16))>,
}

impl Pace {
    /// The message that came at this moment: a key says whether it came in a hurry. `None`
    /// for a key that is a part of pasted text, or of an answer of the terminal.
    pub fn mark(&mut self, msg: Msg, at: Instant) -> Option<Msg> {
        let since = |last: Option<Instant>| last.map(|last| at.saturating_duration_since(last));
        match msg {
            Msg::Key(event) if event.is_release() => Some(msg),
            // An end mark in the paste lets the terminal send the rest of it as keys.
            Msg::Key(event) if begins_answer(event) || since(self.text).is_some_and(|since| since < HEELS) => {
                self.text = Some(at);
                None
            }
            Msg::Key(event) => {
                let is_hurried = since(self.key).is_some_and(|since| since < HURRY);
                self.key = Some(at);
                Some(if is_hurried { Msg::HurriedKey(event) } else { msg })
            }
            Msg::Paste(_) => {
                self.text = Some(at);
                Some(msg)
            }
            Msg::Mouse(mouse) => Some(Msg::Mouse(self.mark_click(mouse, at))),
            _ => Some(msg),
        }
    }

    /// A second click soon after the first at its place is a double click, a third one a first.
    fn mark_click(&mut self, mouse: Mouse, at: Instant) -> Mouse {
        if mouse.gesture != Gesture::Click {
            return mouse;
        }
        let is_second = |(first, place): (Instant, (u16, u16))| {
            place == mouse.at && at.saturating_duration_since(first) < SECOND_CLICK
        };
        if self.click.take().is_some_and(is_second) {
            return Mouse { gesture: Gesture::DoubleClick, ..mouse };
        }
        self.click = Some((at, mouse.at));
        mouse
    }
}

/// Whether a key is how the beginning of an answer is read: ESC and `]`, `P`, `X`, `^` or `_`.
fn begins_answer(event: KeyEvent) -> bool {
    let is_alt = event.modifiers.difference(KeyModifiers::SHIFT) == KeyModifiers::ALT;
    is_alt && matches!(event.code, KeyCode::Char(']' | 'P' | 'X' | '^' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEventKind;

    fn key(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
    }

    #[test]
    fn a_key_is_hurried_less_than_a_tenth_of_a_second_after_the_one_before() {
        let press = key('e');
        let release = KeyEvent::new_with_kind(press.code, press.modifiers, KeyEventKind::Release);
        let (mut pace, start) = (Pace::default(), Instant::now());
        let mut at = |event, ms| pace.mark(Msg::Key(event), start + Duration::from_millis(ms));
        assert_eq!(at(press, 0), Some(Msg::Key(press)));
        assert_eq!(at(release, 20), Some(Msg::Key(release)));
        assert_eq!(at(press, 99), Some(Msg::HurriedKey(press)));
        assert_eq!(at(press, 199), Some(Msg::Key(press)));
        assert_eq!(at(press, 200), Some(Msg::HurriedKey(press)));
    }

    #[test]
    fn a_second_click_at_the_same_place_is_a_double_click_if_it_comes_soon() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        let mut click = |ms, x| {
            let msg = Msg::Mouse(Mouse { gesture: Gesture::Click, at: (x, 5) });
            match pace.mark(msg, start + Duration::from_millis(ms)) {
                Some(Msg::Mouse(mouse)) => mouse.gesture,
                other => panic!("{other:?}"),
            }
        };
        let gestures = [click(0, 3), click(399, 3), click(500, 3), click(950, 3), click(1000, 4)];
        let one = Gesture::Click;
        assert_eq!(gestures, [one, Gesture::DoubleClick, one, one, one]);
    }

    #[test]
    fn p38_what_follows_a_paste_or_an_answer_at_once_is_no_key() {
        let start = Instant::now();
        let answer = KeyEvent::new(KeyCode::Char(']'), KeyModifiers::ALT);
        for begin in [Msg::Paste("a".into()), Msg::Key(answer)] {
            let mut pace = Pace::default();
            let is_text = matches!(begin, Msg::Paste(_));
            assert_eq!(pace.mark(begin, start).is_some(), is_text);
            let mut at = |c, ms| pace.mark(Msg::Key(key(c)), start + Duration::from_millis(ms));
            assert_eq!((at('e', 1), at('q', 39), at('q', 78)), (None, None, None));
            assert_eq!(at('e', 118), Some(Msg::Key(key('e'))), "a key of its own");
        }
    }
}
