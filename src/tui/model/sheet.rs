//! A page of lines over the panes that scrolls and is searched: the help, the messages.

use super::field::Field;
use crate::tui::key::Key;
use crate::tui::keymap::Context;

/// What stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The keys, those of a context first.
    Keys(Context),
    /// What was said.
    Messages,
}

/// A page that is open.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What stands on it.
    pub about: About,
    /// Scrolled by so many lines.
    pub top: usize,
    /// What is looked for: only lines that have it are shown.
    pub find: Field,
    /// Whether that is being typed.
    pub is_typing: bool,
}

impl Sheet {
    /// The page from its beginning.
    pub fn new(about: About) -> Sheet {
        Sheet { about, top: 0, find: Field::default(), is_typing: false }
    }

    /// Takes a key into what is looked for.
    pub fn press(&mut self, key: Key) {
        if self.find.press(key) {
            self.top = 0;
        }
    }

    /// Takes pasted text into what is looked for.
    pub fn paste(&mut self, text: &str) {
        self.find.paste(text);
        self.top = 0;
    }

    /// One step back: shows all lines again. Whether it did.
    pub fn step_back(&mut self) -> bool {
        let was_finding = std::mem::take(&mut self.is_typing) || !self.find.text().is_empty();
        if was_finding {
            (self.find, self.top) = (Field::default(), 0);
        }
        was_finding
    }
}
