//! Texts without what a searcher does not mind: case, accents, the form of quotes and dashes,
//! the dots of numbers.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

use crate::domain::number::without_trunk;

/// A text in lower case without accents, wide and joined forms taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Folded(String);

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Folded {
        if text.is_ascii() {
            return Folded(text.to_ascii_lowercase());
        }
        let plain = text.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase);
        let mut folded = String::with_capacity(text.len());
        for c in plain.nfkd().filter(|c| !is_accent(*c)) {
            match (typed(c), joined(&folded, c)) {
                (Some(letters), _) => folded.push_str(letters),
                (None, Some(whole)) => {
                    folded.pop();
                    folded.push(whole);
                }
                (None, None) => folded.push(c),
            }
        }
        Folded(folded)
    }

    /// Whether another text has this one in it. Accents alone are in no text.
    pub fn is_in(&self, text: &str) -> bool {
        !self.0.is_empty() && !text.is_empty() && self.is_part_of(&Folded::new(text))
    }

    /// Whether another folded text has this one in it.
    pub(super) fn is_part_of(&self, text: &Folded) -> bool {
        !self.0.is_empty() && text.0.contains(&self.0)
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether people leave a mark out where they are in a hurry. The vowels of Indian scripts
/// and of Thai and the signs of kana are marks too, and make other words.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20f0}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{e0100}'..='\u{e01ef}'
        // The points of Hebrew and Arabic.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}')
}

/// The letter that a mark makes of the last one, where it is a letter of its own: `か` with
/// its sign is `が`, and holds no `か`.
fn joined(folded: &str, mark: char) -> Option<char> {
    if !is_combining_mark(mark) {
        return None;
    }
    compose(folded.chars().next_back()?, mark)
}

/// Letters whose stroke or joining Unicode does not take apart, and signs that programs put
/// in for others, as people type them.
fn typed(c: char) -> Option<&'static str> {
    Some(match c {
        '’' | '‘' | '‛' | 'ʼ' => "'",
        '“' | '”' | '„' | '‟' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        // They stand where a word may be parted, or where a text begins.
        '\u{ad}' | '\u{200b}' | '\u{feff}' => "",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// The digits of a number, without its dots and blanks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Digits(String);

/// Whether a number may have this character.
pub(super) fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ')
}

/// Fewer digits name no number.
const FEWEST: usize = 3;

impl Digits {
    /// The digits of a text that consists of nothing but digits and what stands between them.
    pub fn of_number(text: &str) -> Option<Digits> {
        let digits = Digits::in_text(text);
        (text.chars().all(is_of_number) && digits.0.len() >= FEWEST).then_some(digits)
    }

    /// The digits alone.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// All digits of a text that are dialled from everywhere.
    pub fn in_text(text: &str) -> Digits {
        let text = without_trunk(text.trim());
        Digits(text.chars().filter(char::is_ascii_digit).collect())
    }

    /// Whether a number has these digits in it.
    pub fn is_in(&self, number: &str) -> bool {
        !self.0.is_empty() && Digits::in_text(number).0.contains(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_wide_letters_do_not_count() {
        for (typed, text) in [
            ("zoe", "Zoë Quinn"),
            ("ZOË", "zoe"),
            ("istanbul", "İstanbul"),
            ("strasse", "Straße 5"),
            ("acme", "ＡＣＭＥ"),
            ("office", "oﬃce"),
            ("đ", "Đ"),
            ("lodz", "Łódź"),
            ("sorensen", "Sørensen"),
            ("шалом", "шало\u{301}м"),
            ("שלום", "שָׁלוֹם"),
            ("o'brien's", "O’Brien’s"),
            ("O’Brien", "o'brien"),
            ("\"net 60\"", "„net 60“"),
            ("a-b", "a–b"),
            ("robotics", "ro\u{ad}bo\u{200b}tics"),
            ("ガス", "ｶﾞｽ"),
            ("कि", "कि"),
        ] {
            assert!(Folded::new(typed).is_in(text), "{typed} in {text}");
        }
        assert!(!Folded::new("acme").is_in("amce"));
        // Marks that make another word.
        for (typed, text) in [("की", "का"), ("か", "が"), ("ハ", "パ"), ("का", "क"), ("กำ", "กา"), ("นี", "นา")]
        {
            assert!(!Folded::new(typed).is_in(text), "{typed} in {text}");
        }
    }

    #[test]
    fn the_dots_of_a_number_do_not_count() {
        let typed = |text| Digits::of_number(text).expect("a number");
        assert!(typed("555-0188").is_in("+1 (312) 555.0188"));
        assert!(typed("3125550188").is_in("+1 312-555-0188"));
        assert!(typed("+442079460958").is_in("+44 (0)20 7946 0958"));
        assert!(typed("+44 (0)20 7946").is_in("+442079460958"));
        assert_eq!(Digits::of_number("12"), None);
        assert_eq!(Digits::of_number("abc555"), None);
    }
}
