//! Lines of words, made one at a time.

use super::glyphs::Glyph;

/// Wraps graphemes to lines of at most so many cells, at blanks where it can.
pub(super) struct Wrap<I> {
    glyphs: I,
    most: usize,
    line: String,
    used: usize,
    /// Behind the last blank: where the line may be broken, in bytes and in cells.
    word: Option<(usize, usize)>,
    /// Whether the line goes on from the one before.
    continues: bool,
    is_done: bool,
}

impl<'a, I: Iterator<Item = Glyph<'a>>> Wrap<I> {
    /// Lines narrower than one cell cannot be: `cells` is at least 1.
    pub(super) fn new(glyphs: I, cells: usize) -> Wrap<I> {
        Wrap { glyphs, most: cells.max(1), line: String::new(), used: 0, word: None, continues: false, is_done: false }
    }

    /// Takes a grapheme in; gives the line that it does not fit into.
    fn take(&mut self, glyph: &Glyph<'_>) -> Option<String> {
        // A grapheme wider than any line: a full stop stands for it.
        let (text, cells) = if glyph.cells > self.most { (".", 1) } else { (&*glyph.text, glyph.cells) };
        if self.used + cells <= self.most {
            self.push(text, cells);
            return None;
        }
        let end = (self.line.len(), self.used);
        let fits = |(_, before): &(usize, usize)| self.used - before + cells <= self.most;
        let at = if text == " " { end } else { self.word.filter(fits).unwrap_or(end) };
        let full = self.break_at(at);
        self.push(text, cells);
        Some(full)
    }

    fn push(&mut self, text: &str, cells: usize) {
        // The blanks at which a line was broken are not the next one's.
        if text == " " && self.continues && self.line.is_empty() {
            return;
        }
        self.line.push_str(text);
        self.used += cells;
        // Behind an indent alone a line is not broken: it would be empty.
        if text == " " && self.line.contains(|c| c != ' ') {
            self.word = Some((self.line.len(), self.used));
        }
    }

    fn break_at(&mut self, (bytes, cells): (usize, usize)) -> String {
        let carried = self.line.split_off(bytes);
        let mut full = std::mem::replace(&mut self.line, carried);
        full.truncate(full.trim_end_matches(' ').len());
        self.used -= cells;
        self.word = None;
        self.continues = true;
        full
    }
}

impl<'a, I: Iterator<Item = Glyph<'a>>> Iterator for Wrap<I> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while let Some(glyph) = self.glyphs.next().filter(|_| !self.is_done) {
            if let Some(line) = self.take(&glyph) {
                return Some(line);
            }
        }
        let rest = std::mem::take(&mut self.line);
        let has_rest = !self.is_done && (!rest.is_empty() || !self.continues);
        self.is_done = true;
        has_rest.then_some(rest)
    }
}
