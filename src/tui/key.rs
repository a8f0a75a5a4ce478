//! A key as the keymap writes it: `g`, `Ctrl-d`, `Shift-Up`, `Space`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers. Shift is part of a character, and named only with other keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Ctrl, Alt, and Shift with keys that are no characters.
    pub modifiers: KeyModifiers,
}

/// The names of keys that are no characters.
const NAMES: [(&str, KeyCode); 15] = [
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
];

/// Keyboards have so many keys named F.
const LAST_F: u8 = 12;

impl Key {
    /// The key of a terminal event. Ctrl+Alt with a character is AltGr: the character.
    pub fn of(event: KeyEvent) -> Key {
        let mut modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match event.code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) => {
                let shifted = modifiers.contains(KeyModifiers::SHIFT);
                modifiers -= KeyModifiers::SHIFT;
                if modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::ALT) {
                    modifiers = KeyModifiers::NONE;
                }
                KeyCode::Char(letter(c, shifted, modifiers))
            }
            code => code,
        };
        Key { code, modifiers }
    }

    /// Reads the keymap's way of writing a key; names in any letter case.
    pub fn parse(text: &str) -> Option<Key> {
        let (modifiers, name) = match text.split_once('-') {
            Some((word, name)) if !word.is_empty() => (modifier(word)?, name),
            _ => (KeyModifiers::NONE, text),
        };
        let mut characters = name.chars();
        let code = match (characters.next(), characters.next()) {
            // Shift is part of a character.
            (Some(c), None) if modifiers == KeyModifiers::SHIFT && c != ' ' => {
                return Some(Key { code: KeyCode::Char(letter(c, true, modifiers)), modifiers: KeyModifiers::NONE });
            }
            (Some(c), None) => KeyCode::Char(letter(c, false, modifiers)),
            _ => NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, code)| *code).or(f(name))?,
        };
        Some(Key { code, modifiers })
    }

    /// The character that the key types into a field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// What terminals send in its place, where they cannot tell it from another key.
    pub fn sent_as(self) -> Option<&'static str> {
        let is_ctrl = self.modifiers == KeyModifiers::CONTROL;
        match self.code {
            KeyCode::Char('m') if is_ctrl => Some("Enter"),
            KeyCode::Char('i') if is_ctrl => Some("Tab"),
            KeyCode::Char('[') if is_ctrl => Some("Esc"),
            KeyCode::Enter if !self.modifiers.is_empty() => Some("Enter"),
            KeyCode::Tab if self.modifiers.contains(KeyModifiers::CONTROL) => Some("Tab"),
            KeyCode::Char(' ') if self.modifiers == KeyModifiers::SHIFT => Some("Space"),
            _ => None,
        }
    }

    /// Whether the key takes the place of what is selected, or takes it away.
    pub fn replaces(self) -> bool {
        self.typed().is_some() || matches!(self.code, KeyCode::Backspace | KeyCode::Delete)
    }

    /// The same key, a letter of another script read as the Latin one in its place.
    pub fn in_latin(self) -> Key {
        match self.code {
            KeyCode::Char(c) => Key { code: KeyCode::Char(super::letters::in_latin(c)), ..self },
            _ => self,
        }
    }
}

fn modifier(word: &str) -> Option<KeyModifiers> {
    let known = [("Ctrl", KeyModifiers::CONTROL), ("Alt", KeyModifiers::ALT), ("Shift", KeyModifiers::SHIFT)];
    known.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, modifier)| *modifier)
}

fn f(name: &str) -> Option<KeyCode> {
    let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=LAST_F).contains(&number).then_some(KeyCode::F(number))
}

fn letter(c: char, shifted: bool, modifiers: KeyModifiers) -> char {
    if modifiers.contains(KeyModifiers::CONTROL) {
        c.to_ascii_lowercase()
    } else if shifted {
        c.to_uppercase().next().unwrap_or(c)
    } else {
        c
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (modifier, word) in
            [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")]
        {
            if self.modifiers.contains(modifier) {
                f.write_str(word)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, code) => write!(f, "{code}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> String {
        Key::of(KeyEvent::new(code, modifiers)).to_string()
    }

    #[test]
    fn altgr_types_its_character_and_shift_belongs_to_the_letter() {
        assert_eq!(key(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT), "@");
        assert_eq!(key(KeyCode::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(key(KeyCode::Char('g'), KeyModifiers::SHIFT), "G");
        assert_eq!(key(KeyCode::Char('R'), KeyModifiers::CONTROL), "Ctrl-r");
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), "Shift-Tab");
        assert_eq!(key(KeyCode::Up, KeyModifiers::SHIFT), "Shift-Up");
    }

    #[test]
    fn a_key_is_read_as_it_is_written() {
        for text in ["g", "G", "Ctrl-d", "Shift-Tab", "Space", "PgDn", "F1", "*", "-", "Esc"] {
            assert_eq!(Key::parse(text).map(|k| k.to_string()).as_deref(), Some(text));
        }
        for (text, written) in
            [("ctrl-D", "Ctrl-d"), ("shift-a", "A"), ("alt-x", "Alt-x"), ("f12", "F12"), ("pgdn", "PgDn")]
        {
            assert_eq!(Key::parse(text).map(|k| k.to_string()).as_deref(), Some(written));
        }
        for text in ["Hyper", "Hyper-x", "F13", "F0", ""] {
            assert_eq!(Key::parse(text), None);
        }
    }
}
