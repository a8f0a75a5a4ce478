//! Where in a shown text the words of a query stand: what is highlighted.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{Folded, is_of_number};
use super::term::{Search, Test};

impl Search {
    /// The bytes of a text in which words of the query stand, from the left. They are whole
    /// graphemes, and none touches another. What excludes, and what is no word, stands nowhere.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let tests = self.terms.iter().filter(|term| !term.excludes).flat_map(|term| &term.any);
        let (mut words, mut numbers) = (Vec::new(), Vec::new());
        for test in tests {
            match test {
                Test::Text(word, digits) => {
                    words.push(word.as_str());
                    numbers.extend(digits.as_ref().map(|digits| digits.as_str()));
                }
                Test::Lead(name, _) | Test::Contact(name, _) => words.push(name.as_str()),
                Test::Phone(digits) => numbers.push(digits.as_str()),
                _ => {}
            }
        }
        // Most texts have none, and need not be traced.
        if !words.is_empty() {
            let folded = Folded::new(text);
            words.retain(|word| folded.as_str().contains(word));
        }
        if !text.contains(|c: char| c.is_ascii_digit()) {
            numbers.clear();
        }
        let mut spans = Vec::new();
        if !words.is_empty() {
            Traced::folded(text).find(&words, &mut spans);
        }
        if !numbers.is_empty() {
            Traced::digits(text).find(&numbers, &mut spans);
        }
        joined(spans)
    }
}

/// A text made of another one, each byte with the part of that one that it came from.
struct Traced {
    text: String,
    from: Vec<Range<usize>>,
}

impl Traced {
    fn new() -> Traced {
        Traced { text: String::new(), from: Vec::new() }
    }

    fn push(&mut self, text: &str, from: &Range<usize>) {
        self.text.push_str(text);
        self.from.resize(self.text.len(), from.clone());
    }

    /// The text as words are compared.
    fn folded(text: &str) -> Traced {
        let mut folded = Traced::new();
        for (at, grapheme) in text.grapheme_indices(true) {
            folded.push(Folded::new(grapheme).as_str(), &(at..at + grapheme.len()));
        }
        folded
    }

    /// Its digits; between two numbers stands something that no number has.
    fn digits(text: &str) -> Traced {
        let mut digits = Traced::new();
        for (at, c) in text.char_indices() {
            match c {
                '0'..='9' => digits.push(c.encode_utf8(&mut [0; 4]), &(at..at + 1)),
                c if is_of_number(c) => {}
                _ => digits.push("\n", &(at..at)),
            }
        }
        digits
    }

    fn find(&self, sought: &[&str], spans: &mut Vec<Range<usize>>) {
        for sought in sought.iter().filter(|sought| !sought.is_empty()) {
            let found = self.text.match_indices(sought).map(|(at, found)| at..at + found.len());
            spans.extend(found.map(|found| self.from[found.start].start..self.from[found.end - 1].end));
        }
    }
}

/// From the left, those that touch as one.
fn joined(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::query::parse;
    use crate::domain::view::Today;
    use crate::domain::zone::Zone;

    fn marked(query: &str, text: &str) -> String {
        let today = Today::new(chrono::DateTime::UNIX_EPOCH, Zone::UTC);
        let search = parse(query, &today, None).expect("a query");
        let mut marked = text.to_owned();
        for span in search.spans(text).into_iter().rev() {
            marked.insert(span.end, ']');
            marked.insert(span.start, '[');
        }
        marked
    }

    #[test]
    fn words_are_marked_whatever_their_case_and_accents() {
        assert_eq!(marked("cafe", "Le CAFÉ, cafe\u{301}s"), "Le [CAFÉ], [cafe\u{301}]s");
        assert_eq!(marked("strasse", "Große Straße 5"), "Große [Straße] 5");
        assert_eq!(marked("\"send quo\",acme", "Send quote - Acme"), "[Send quo]te - [Acme]");
        assert_eq!(marked("abab bab", "xababab"), "x[abab]ab");
    }

    #[test]
    fn what_excludes_and_what_is_no_word_is_not_marked() {
        assert_eq!(marked("-acme is:open type:lead", "acme is open lead"), "acme is open lead");
        assert_eq!(marked("lead:acme contact:dana", "Dana of Acme"), "[Dana] of [Acme]");
    }

    #[test]
    fn a_number_is_marked_without_its_dots_and_two_are_not_read_as_one() {
        assert_eq!(marked("5550188", "+1 (312) 555-0188 - Ana"), "+1 (312) [555-0188] - Ana");
        assert_eq!(marked("phone:0188", "555-0188"), "555-[0188]");
        assert_eq!(marked("1234", "12 and 34"), "12 and 34");
    }

    proptest! {
        #[test]
        fn what_holds_a_word_shows_where(word in "[a-zé]{1,3}", text in "[a-zA-ZéÉßẞ🇩🇪 ]{0,12}") {
            let today = Today::new(chrono::DateTime::UNIX_EPOCH, Zone::UTC);
            let search = parse(&word, &today, None).expect("a word");
            let spans = search.spans(&text);
            prop_assert_eq!(!spans.is_empty(), Folded::new(&word).is_in(&text));
            for span in spans {
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            }
        }
    }
}
