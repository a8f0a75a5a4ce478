//! What an index of pieces of three letters holds of a task, and what a test asks of it.
//!
//! It holds the texts that words are looked for in, folded, each parted from the next by a
//! letter that no piece of a word has. The digits of numbers follow in letters of their
//! own: digits that stand in a text are no number's.

use super::fold::{Digits, Folded};
use super::matches::{numbers, texts};
use super::term::Test;
use crate::domain::task::{Note, Task};

/// Shorter texts have no piece in an index.
pub const PIECE: usize = 3;
/// So many letters of a text are asked for: each is a search of its own.
const LONGEST: usize = 64;
/// Parts two texts. It stands for letters that the index cannot tell from others, too.
const PARTED: char = '\n';
/// The digit 0 of a number; the others follow upon it.
const ZERO: u8 = 0x10;

/// The text that an index holds of a task and its notes.
pub fn indexed(task: &Task, notes: &[Note]) -> String {
    let mut held = String::new();
    let folded = texts(task, notes).into_iter().map(|text| letters(Folded::new(text).as_str()));
    let digits = numbers(&task.body).map(|number| in_own_letters(&Digits::in_text(number)));
    for text in folded.chain(digits) {
        // What stands in another one is found with it.
        if text.chars().nth(PIECE - 1).is_some() && !held.contains(&text) {
            if !held.is_empty() {
                held.push(PARTED);
            }
            held.push_str(&text);
        }
    }
    held
}

/// What a test asks of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pieces {
    /// Each task that the test holds for has one of these in its text.
    pub any: Vec<String>,
    /// Whether the test holds for each task that has one.
    pub is_exact: bool,
}

impl Test {
    /// What it asks of an index; `None` where an index cannot tell.
    pub fn pieces(&self) -> Option<Pieces> {
        let (text, digits) = match self {
            Test::Text(text, digits) => (Some(text.as_str()), digits.as_ref()),
            Test::Phone(digits) => (None, Some(digits)),
            _ => return None,
        };
        let is_whole = text.is_none_or(|text| text.chars().count() <= LONGEST && !text.chars().any(is_odd));
        let texts = text.map(|text| letters(text).chars().take(LONGEST).collect());
        let any: Vec<String> = texts.into_iter().chain(digits.map(in_own_letters)).collect();
        let is_told = any.iter().all(|piece| piece.chars().nth(PIECE - 1).is_some());
        is_told.then_some(Pieces { any, is_exact: is_whole })
    }
}

/// A text in the letters of the index.
fn letters(text: &str) -> String {
    text.chars().map(|c| if c == '\0' || is_digit(c) { PARTED } else { c }).collect()
}

/// Whether the index may take a letter for another one. SQLite reads the two last of the
/// basic plane as the mark of a letter that cannot be read.
fn is_odd(c: char) -> bool {
    matches!(c, '\0' | PARTED | '\u{fffd}'..='\u{ffff}') || is_digit(c)
}

fn is_digit(c: char) -> bool {
    (char::from(ZERO)..char::from(ZERO + 10)).contains(&c)
}

fn in_own_letters(digits: &Digits) -> String {
    digits.as_str().bytes().map(|digit| char::from(digit - b'0' + ZERO)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Option<Pieces> {
        Test::Text(Folded::new(text), Digits::of_number(text)).pieces()
    }

    #[test]
    fn a_word_of_three_letters_is_asked_for_and_a_shorter_one_is_not() {
        assert_eq!(pieces("Łód"), Some(Pieces { any: vec!["lod".to_owned()], is_exact: true }));
        assert_eq!((pieces("ab"), pieces("见面"), pieces("\u{301}\u{301}\u{301}")), (None, None, None));
        assert_eq!(pieces("55-1").map(|pieces| pieces.any.len()), Some(2), "as a text, and as digits");
    }

    #[test]
    fn what_the_index_cannot_tell_apart_is_asked_of_the_tasks_too() {
        for text in ["a\nbc", "a\0bc", "ab\u{fffe}", "\u{10}\u{11}\u{12}", &"x".repeat(LONGEST + 1)] {
            assert_eq!(pieces(text).map(|pieces| pieces.is_exact), Some(false), "{text:?}");
        }
    }

    #[test]
    fn the_digits_of_a_number_are_no_text_and_those_of_a_text_no_number() {
        let task = |json: &str| Task::read(&serde_json::from_str(json).expect("JSON")).expect("a task");
        let text = task(r#"{"id":"task_1","_type":"lead","text":"Invoice 3125"}"#);
        let call = task(r#"{"id":"task_2","_type":"missed_call","phone":"312 5"}"#);
        assert_eq!(indexed(&text, &[]), "invoice 3125");
        assert_eq!(indexed(&call, &[]), "312 5\n\u{13}\u{11}\u{12}\u{15}");
    }
}
