//! Text made harmless: the only text that screens and tables may draw.
//!
//! What is stored and exported stays as it came; this is for eyes only.

/// Which signs the terminal can draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Signs {
    /// Unicode.
    #[default]
    Unicode,
    /// ASCII only (`--ascii`, `TERM=dumb`).
    Ascii,
}

/// A text in which nothing acts on a terminal. Made only by the functions here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shown(String);

impl Shown {
    /// One line: every control, bidi control and format character becomes a visible sign
    /// of one cell, line ends become ` ⏎ `.
    pub fn line(_text: &str, _signs: Signs) -> Shown {
        todo!()
    }

    /// Several lines: as [`Shown::line`], but line ends part the lines.
    pub fn lines(_text: &str, _signs: Signs) -> Vec<Shown> {
        todo!()
    }

    /// The text to draw.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its width in terminal cells.
    pub fn cells(&self) -> usize {
        todo!()
    }

    /// Cut to at most `cells`, with `...` where something was cut; never splits a grapheme.
    pub fn cut(&self, _cells: usize) -> Shown {
        todo!()
    }

    /// Cut, or padded with blanks at the right, to exactly `cells`.
    pub fn fit(&self, _cells: usize) -> Shown {
        todo!()
    }

    /// Wrapped at words to lines of at most `cells`; words longer than a line are split between graphemes.
    pub fn wrap(&self, _cells: usize) -> Vec<Shown> {
        todo!()
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}
