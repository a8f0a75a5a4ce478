//! A line that is typed: letters in, usual line editing.

use crossterm::event::{KeyCode, KeyModifiers};
use tui_input::{Input, InputRequest};

use crate::tui::key::Key;

/// Longer than any name or path; a paste beyond it is cut.
const LONGEST: usize = 4096;

/// A field of one line.
#[derive(Clone, Debug, Default)]
pub struct Field(Input);

impl Field {
    /// A field that begins with a text.
    pub fn with(text: &str) -> Field {
        Field(Input::new(text.to_owned()))
    }

    /// What was typed, raw.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// The text before the cursor, raw.
    pub fn before_cursor(&self) -> &str {
        let end = self.text().char_indices().nth(self.0.cursor()).map_or(self.text().len(), |(i, _)| i);
        &self.text()[..end]
    }

    /// Takes a key. Whether it changed the text.
    pub fn press(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        let full = matches!(request, InputRequest::InsertChar(_)) && self.text().len() >= LONGEST;
        !full && self.0.handle(request).is_some_and(|changed| changed.value)
    }

    /// Takes pasted text with its line breaks.
    pub fn paste_lines(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for c in text.chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST - self.text().len().min(LONGEST)) {
            self.0.handle(InputRequest::InsertChar(c));
        }
    }

    /// Takes pasted text, as one line.
    pub fn paste(&mut self, text: &str) {
        for c in text.trim().chars().filter(|c| !c.is_control()).take(LONGEST - self.text().len().min(LONGEST)) {
            self.0.handle(InputRequest::InsertChar(c));
        }
    }
}

fn request(key: Key) -> Option<InputRequest> {
    let ctrl = key.modifiers == KeyModifiers::CONTROL;
    Some(match key.code {
        KeyCode::Char(c) if key.modifiers.is_empty() => InputRequest::InsertChar(c),
        KeyCode::Char('a') if ctrl => InputRequest::GoToStart,
        KeyCode::Char('e') if ctrl => InputRequest::GoToEnd,
        KeyCode::Char('b') if ctrl => InputRequest::GoToPrevChar,
        KeyCode::Char('f') if ctrl => InputRequest::GoToNextChar,
        KeyCode::Char('u') if ctrl => InputRequest::DeleteFromStart,
        KeyCode::Char('k') if ctrl => InputRequest::DeleteTillEnd,
        KeyCode::Char('w') if ctrl => InputRequest::DeletePrevWord,
        KeyCode::Char('h') if ctrl => InputRequest::DeletePrevChar,
        KeyCode::Left if ctrl => InputRequest::GoToPrevWord,
        KeyCode::Right if ctrl => InputRequest::GoToNextWord,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_line_editing_work_and_a_paste_is_one_line() {
        let mut field = Field::default();
        for key in ["n", "x", "Backspace", "y"] {
            field.press(Key::parse(key).expect("a key"));
        }
        field.paste("\u{1b}c\nz\n");
        assert_eq!(field.text(), "nycz");
        field.press(Key::parse("Ctrl-u").expect("a key"));
        assert_eq!(field.text(), "");
        assert!(!field.press(Key::parse("F1").expect("a key")));
    }
}
