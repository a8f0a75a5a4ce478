//! Texts without what a searcher does not mind: case, accents, the dots of numbers.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
        let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        let mut folded = String::with_capacity(text.len());
        for c in plain.nfkd().filter(|c| !is_combining_mark(*c)) {
            match stroked(c) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(c),
            }
        }
        Folded(folded)
    }

    /// Whether another text has this one in it. Accents alone are in no text.
    pub fn is_in(&self, text: &str) -> bool {
        !self.0.is_empty() && !text.is_empty() && Folded::new(text).0.contains(&self.0)
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters whose stroke or joining Unicode does not take apart, as people type them.
fn stroked(c: char) -> Option<&'static str> {
    Some(match c {
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
        ] {
            assert!(Folded::new(typed).is_in(text), "{typed} in {text}");
        }
        assert!(!Folded::new("acme").is_in("amce"));
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
