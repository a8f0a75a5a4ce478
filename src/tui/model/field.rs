//! A line that is typed: letters in, usual line editing.

use crossterm::event::{KeyCode, KeyModifiers};
use tui_input::{Input, InputRequest};

use crate::tui::key::Key;

/// The longest text in bytes; a paste beyond it is cut.
const LONGEST: usize = 1 << 20;
/// The same of a single line: longer than any name or path.
const LONGEST_LINE: usize = 4096;

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

    /// Puts a text in place of what stands between a byte and the cursor.
    pub fn replace_before(&mut self, from: usize, text: &str) {
        let end = self.before_cursor().len();
        let before = &self.text()[..from.min(end)];
        let cursor = before.chars().count() + text.chars().count();
        let whole = [before, text, &self.text()[end..]].concat();
        self.0 = Input::new(whole).with_cursor(cursor);
    }

    /// Takes pasted text with its line breaks.
    pub fn paste_lines(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        self.insert(text.chars().filter(|c| *c == '\n' || !c.is_control()), LONGEST);
    }

    /// Takes pasted text, as one line.
    pub fn paste(&mut self, text: &str) {
        let text = text.trim().replace("\r\n", " ");
        let blank = |c: char| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
        self.insert(text.chars().map(blank).filter(|c| !c.is_control()), LONGEST_LINE);
    }

    /// Puts letters where the cursor is, all at once: one by one they would be moved again and again.
    fn insert(&mut self, letters: impl Iterator<Item = char>, longest: usize) {
        let before = self.before_cursor().len();
        let mut room = longest.saturating_sub(self.text().len());
        let fits = |c: &char| {
            let fits = c.len_utf8() <= room;
            room = room.saturating_sub(c.len_utf8());
            fits
        };
        let letters: String = letters.take_while(fits).collect();
        let cursor = self.0.cursor() + letters.chars().count();
        let text = [&self.text()[..before], &letters, &self.text()[before..]].concat();
        self.0 = Input::new(text).with_cursor(cursor);
    }
}

/// Whether a key that types nothing edits the text of a field.
pub fn edits(key: Key) -> bool {
    key.typed().is_none() && request(key).is_some()
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
        assert_eq!(field.text(), "nyc z");
        field.press(Key::parse("Ctrl-u").expect("a key"));
        assert_eq!(field.text(), "");
        assert!(!field.press(Key::parse("F1").expect("a key")));
    }
}
