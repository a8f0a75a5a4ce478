//! Text made harmless: the only text that screens and tables may draw.
//!
//! What is stored and exported stays as it came; this is for eyes only. Signs replace
//! what is not drawn, because stripped text can join into something new. Right-to-left
//! letters keep the order in which they came, cell by cell. The work grows with the
//! cells drawn, not with the text: [`Shown::line_cut`] and [`Shown::wrapped`].

pub use self::glyphs::acts;

use self::clusters::Clusters;
use self::glyphs::{Glyph, Glyphs, cells_of, glyphs_of_shown};
use self::wrap::Wrap;

mod clusters;
mod glyphs;
mod wrap;

/// Which signs the terminal can draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Signs {
    /// Unicode.
    #[default]
    Unicode,
    /// ASCII only (`--ascii`, `TERM=dumb`): for the signs that repbox adds; the letters
    /// of a task stay.
    Ascii,
}

/// A text in which nothing acts on a terminal. Made only by the functions here.
///
/// It holds no control, no bidi control and no lone format character; each of its
/// graphemes has a width of one cell or more and at most 8 marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shown(String);

impl Shown {
    /// One line: every control, bidi control and format character becomes a visible sign
    /// of one cell, line ends become ` ⏎ `.
    pub fn line(text: &str, signs: Signs) -> Shown {
        Shown::of(Glyphs::new(text, signs))
    }

    /// Several lines: as [`Shown::line`], but line ends part the lines.
    pub fn lines(text: &str, signs: Signs) -> Vec<Shown> {
        text.lines().map(|line| Shown::line(line, signs)).collect()
    }

    /// [`Shown::line`] and [`Shown::cut`] in one, without walking the text beyond the cut.
    pub fn line_cut(text: &str, cells: usize, signs: Signs) -> Shown {
        cut(Glyphs::new(text, signs), cells)
    }

    /// [`Shown::lines`] and [`Shown::wrap`] in one, each line made when it is asked for.
    /// An empty line stays an empty line.
    pub fn wrapped(text: &str, cells: usize, signs: Signs) -> impl Iterator<Item = Shown> {
        text.lines().flat_map(move |line| Wrap::new(Glyphs::new(line, signs), cells)).map(Shown)
    }

    /// The text to draw.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its width in terminal cells.
    pub fn cells(&self) -> usize {
        glyphs_of_shown(&self.0).map(|glyph| glyph.cells).sum()
    }

    /// The cells that some bytes of the text take, counted from its beginning.
    pub fn cells_of(&self, bytes: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let (mut at, mut cell, mut cells) = (0, 0, 0..0);
        for glyph in glyphs_of_shown(&self.0) {
            if at <= bytes.start {
                cells = cell..cell;
            }
            (at, cell) = (at + glyph.text.len(), cell + glyph.cells);
            if at <= bytes.end {
                cells.end = cell;
            }
        }
        cells
    }

    /// Cut to at most `cells`, with `...` where something was cut; never splits a grapheme.
    pub fn cut(&self, cells: usize) -> Shown {
        cut(glyphs_of_shown(&self.0), cells)
    }

    /// Cut, or padded with blanks at the right, to exactly `cells`.
    pub fn fit(&self, cells: usize) -> Shown {
        let Shown(mut text) = self.cut(cells);
        let used: usize = glyphs_of_shown(&text).map(|glyph| glyph.cells).sum();
        text.extend(std::iter::repeat_n(' ', cells - used));
        Shown(text)
    }

    /// Wrapped at words to lines of at most `cells`; words longer than a line are split between graphemes.
    pub fn wrap(&self, cells: usize) -> Vec<Shown> {
        Wrap::new(glyphs_of_shown(&self.0), cells).map(Shown).collect()
    }

    fn of<'a>(glyphs: impl Iterator<Item = Glyph<'a>>) -> Shown {
        Shown(glyphs.fold(String::new(), |line, glyph| line + &glyph.text))
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

fn cut<'a>(glyphs: impl Iterator<Item = Glyph<'a>>, cells: usize) -> Shown {
    let dots = &"..."[..cells.min(3)];
    let (mut line, mut used, mut kept) = (String::new(), 0, 0);
    for glyph in glyphs {
        used += glyph.cells;
        if used > cells {
            line.truncate(kept);
            line.push_str(dots);
            break;
        }
        line.push_str(&glyph.text);
        if used + dots.len() <= cells {
            kept = line.len();
        }
    }
    Shown(line)
}

/// The width of a text that repbox itself wrote, such as a title or a key's name.
pub fn cells(text: &str) -> usize {
    Clusters::of(text).map(cells_of).sum()
}
