//! Graphemes as a terminal can draw them, one after the other.

use std::borrow::Cow;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Signs;
use super::clusters::{Clusters, is_alone};

/// More marks than this belong to no writing, but climb over the lines above.
const MOST_MARKS: usize = 8;
/// The longest real grapheme, an emoji of four people with skin colours, has 11 characters.
const MOST_CHARS: usize = 24;
/// The text is segmented in pieces, so that one endless grapheme costs no more than this.
/// What goes on behind a piece stands as a grapheme of its own.
const PIECE: usize = 256;

const JOINER: char = '\u{200D}';
const NON_JOINER: char = '\u{200C}';
const EMOJI_PRESENTATION: char = '\u{FE0F}';
const BLACK_FLAG: char = '\u{1F3F4}';
const LAST_TAG: char = '\u{E007F}';

/// A grapheme and its width.
pub(super) struct Glyph<'a> {
    pub(super) text: Cow<'a, str>,
    /// In terminal cells.
    pub(super) cells: usize,
}

impl<'a> Glyph<'a> {
    fn of(text: impl Into<Cow<'a, str>>) -> Glyph<'a> {
        let text = text.into();
        Glyph { cells: cells_of(&text), text }
    }
}

/// The graphemes of a text that is harmless already.
pub(super) fn glyphs_of_shown(text: &str) -> impl Iterator<Item = Glyph<'_>> {
    Clusters::of(text).map(Glyph::of)
}

/// The width of a grapheme, by the rule of ratatui 0.30: unicode-width's, but the
/// half-width sound marks, which terminals draw in a cell of their own, count.
pub(super) fn cells_of(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    grapheme.width() + grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count()
}

/// The harmless graphemes of any text.
pub(super) struct Glyphs<'a> {
    text: &'a str,
    piece: Clusters<'a>,
    /// Where the piece ends in the text.
    piece_end: usize,
    signs: Signs,
    /// What the last grapheme became, last one first.
    waiting: Vec<Glyph<'a>>,
}

impl<'a> Glyphs<'a> {
    pub(super) fn new(text: &'a str, signs: Signs) -> Glyphs<'a> {
        Glyphs { text, piece: Clusters::of(""), piece_end: 0, signs, waiting: Vec::new() }
    }

    /// The next grapheme as it came.
    fn next_raw(&mut self) -> Option<&'a str> {
        let start = self.piece_end - self.piece.as_str().len();
        let grapheme = self.piece.next();
        let at_seam = self.piece.as_str().is_empty() && self.piece_end < self.text.len();
        if !at_seam {
            return grapheme;
        }
        // The grapheme may go on behind the seam: a new piece begins with it.
        self.piece_end = self.text.floor_char_boundary(start + PIECE);
        self.piece = Clusters::of(&self.text[start..self.piece_end]);
        self.piece.next()
    }
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = Glyph<'a>;

    fn next(&mut self) -> Option<Glyph<'a>> {
        if let Some(glyph) = self.waiting.pop() {
            return Some(glyph);
        }
        let raw = self.next_raw()?;
        if is_plain(raw) {
            return Some(Glyph::of(raw));
        }
        let clean = cleaned(raw, self.signs);
        let glyphs = clean.graphemes(true).map(|g| drawable(g, self.signs));
        self.waiting = glyphs.collect();
        self.waiting.reverse();
        self.waiting.pop()
    }
}

/// Whether a grapheme is one character that needs no second look.
fn is_plain(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next()) {
        (Some(' '..='~'), None) => true,
        (Some(c), None) => {
            matches!(
                c.general_category_group(),
                GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number | GeneralCategoryGroup::Punctuation
            ) && !needs_neighbour(c)
                && cells_of(grapheme) > 0
        }
        _ => false,
    }
}

/// What has no width would vanish: it becomes a sign.
fn drawable(grapheme: &str, signs: Signs) -> Glyph<'static> {
    let glyph = Glyph::of(grapheme.to_owned());
    if glyph.cells == 0 { Glyph::of(unseen(signs).to_string()) } else { glyph }
}

/// A grapheme with every character that acts or hides made visible.
fn cleaned(raw: &str, signs: Signs) -> String {
    if matches!(raw, "\n" | "\r\n") {
        return match signs {
            Signs::Unicode => " \u{23CE} ".to_owned(),
            Signs::Ascii => " / ".to_owned(),
        };
    }
    if is_flag_of_a_region(raw) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let (mut before, mut marks) = (None, 0);
    // A mark that stands alone spells nothing.
    let first = raw.chars().next();
    let spells = first.is_some_and(|c| c.general_category_group() == GeneralCategoryGroup::Letter);
    for (count, (at, c)) in raw.char_indices().enumerate() {
        let is_mark = c.general_category_group() == GeneralCategoryGroup::Mark;
        marks += usize::from(is_mark);
        if is_mark && marks > MOST_MARKS {
            continue;
        }
        let after = raw[at + c.len_utf8()..].chars().next();
        let is_kept = match c {
            JOINER | NON_JOINER if spells && before.is_some_and(is_joining_letter) => count < MOST_CHARS,
            JOINER => joins_emoji(before, after),
            _ => count < MOST_CHARS && !acts(c),
        };
        if is_kept && before.is_none() && clings(c) {
            out.push(base(signs));
        }
        let leads_nothing = after.is_none() && leads(c);
        out.push(if is_kept && !leads_nothing { c } else { sign(c, signs) });
        before = Some(c);
    }
    out
}

/// Whether a character is one with what stands before it, whatever that is.
fn clings(c: char) -> bool {
    is_one_grapheme(['a', c])
}

/// Whether a character is one with what stands behind it.
fn leads(c: char) -> bool {
    is_one_grapheme([c, 'a'])
}

fn needs_neighbour(c: char) -> bool {
    // The first letter that does is a Malayalam one; half-width sound marks cling too.
    c >= '\u{D4E}' && !is_alone(c) && (clings(c) || leads(c))
}

fn is_one_grapheme(chars: [char; 2]) -> bool {
    let mut text = [0; 8];
    let first = chars[0].encode_utf8(&mut text).len();
    let length = first + chars[1].encode_utf8(&mut text[first..]).len();
    let text = std::str::from_utf8(&text[..length]).expect("two characters were just encoded");
    text.graphemes(true).next() == Some(text)
}

/// Whether a character is told apart by what it does instead of by its look: a control, a
/// format character, or a line end. Joiners are among them: what keeps those of a writing
/// or an emoji has to ask for them first. Between the format characters of two blocks some have
/// no name yet, and are as unseen.
pub fn acts(c: char) -> bool {
    matches!(c, '\u{2065}' | '\u{E0000}'..='\u{E007F}')
        || matches!(
            c.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::Surrogate
        )
}

/// A letter, or its mark, of a writing that spells with joiners: from Arabic to Sinhala,
/// Burmese, Khmer. Persian cannot be written without.
fn is_joining_letter(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
        && matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
}

/// A joiner between two emoji makes one picture of them: a family, a trade.
fn joins_emoji(before: Option<char>, after: Option<char>) -> bool {
    let is_emoji = |c: char| !c.is_ascii() && c.is_emoji_char();
    before.is_some_and(|c| c == EMOJI_PRESENTATION || is_emoji(c)) && after.is_some_and(is_emoji)
}

/// Scotland, Wales: a black flag, a code of at most six letters in tags, the last tag.
fn is_flag_of_a_region(raw: &str) -> bool {
    let Some(code) = raw.strip_prefix(BLACK_FLAG).and_then(|tags| tags.strip_suffix(LAST_TAG)) else {
        return false;
    };
    let is_letter_or_digit = |c| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
    (3..=6).contains(&code.chars().count()) && code.chars().all(is_letter_or_digit)
}

/// The visible sign, one cell wide, of a character that is not drawn.
fn sign(c: char, signs: Signs) -> char {
    match (signs, c) {
        (Signs::Ascii, _) => '?',
        (Signs::Unicode, '\0'..='\x1F') => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{B7}'),
        (Signs::Unicode, '\x7F') => '\u{2421}',
        (Signs::Unicode, _) => unseen(signs),
    }
}

fn unseen(signs: Signs) -> char {
    match signs {
        Signs::Unicode => '\u{B7}',
        Signs::Ascii => '?',
    }
}

/// What carries a mark that came without a letter: a dotted circle.
fn base(signs: Signs) -> char {
    match signs {
        Signs::Unicode => '\u{25CC}',
        Signs::Ascii => '?',
    }
}
