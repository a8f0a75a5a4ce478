//! What indexes of pieces of three letters hold of a task and of a name, and what a test
//! asks of them.
//!
//! A task's own texts are held, folded, each parted from the next by a letter that no
//! piece of a word has. Names of leads and contacts repeat from task to task: each is held
//! once, beside the tasks. Of a number the digits are held, in letters of their own, for
//! digits that stand in a text are no number's.

use std::borrow::Cow;

use super::fold::{Digits, Folded, is_of_number};
use super::matches::{numbers, own_texts};
use super::term::Test;
use crate::domain::number::without_trunk;
use crate::domain::task::{Note, Party, Task};

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
    fn nameless<I>(party: &Party<I>) -> Option<&str> {
        // A name without an id is the task's own.
        party.name.as_deref().filter(|_| party.id.is_none())
    }
    let mut held = Held::default();
    [nameless(&task.lead), nameless(&task.contact)].into_iter().flatten().for_each(|name| held.text(name));
    own_texts(task, notes).into_iter().for_each(|text| held.text(text));
    for number in numbers(&task.body) {
        // Of a number that is dialled as it is written, each digit stands in its digits.
        if !number.chars().all(is_of_number) || matches!(without_trunk(number.trim()), Cow::Owned(_)) {
            held.text(number);
        }
        held.digits(number);
    }
    held.0
}

/// The text that an index holds of a name.
pub fn indexed_name(name: &str) -> String {
    let mut held = Held::default();
    held.text(name);
    held.0
}

/// Texts as they come to be held.
#[derive(Default)]
struct Held(String);

impl Held {
    fn text(&mut self, text: &str) {
        let start = self.begin();
        if text.is_ascii() {
            self.0.extend(text.chars().map(|c| letter(c.to_ascii_lowercase())));
        } else {
            self.0.extend(Folded::new(text).as_str().chars().map(letter));
        }
        self.end(start);
    }

    fn digits(&mut self, number: &str) {
        let start = self.begin();
        self.0.extend(without_trunk(number.trim()).bytes().filter(u8::is_ascii_digit).map(own_letter));
        self.end(start);
    }

    fn begin(&mut self) -> usize {
        if !self.0.is_empty() {
            self.0.push(PARTED);
        }
        self.0.len()
    }

    /// Drops the last text where it has no piece, or stands in another one: it is found with it.
    fn end(&mut self, start: usize) {
        let (before, text) = self.0.split_at(start);
        if text.chars().nth(PIECE - 1).is_none() || before.contains(text) {
            self.0.truncate(start.saturating_sub(1));
        }
    }
}

/// What a test asks of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pieces {
    /// Each task that the test holds for has this in its own text, or in its lead's or
    /// contact's,
    pub text: Option<String>,
    /// or this in its own.
    pub digits: Option<String>,
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
        if digits.is_none() && text.is_some_and(|text| text.chars().all(is_of_number)) {
            // It may stand between the digits of a number.
            return None;
        }
        let is_whole = text.is_none_or(|text| text.chars().count() <= LONGEST && !text.chars().any(is_odd));
        let text: Option<String> = text.map(|text| letters(text).chars().take(LONGEST).collect());
        let digits = digits.map(in_own_letters);
        let is_told = text.iter().chain(&digits).all(|piece| piece.chars().nth(PIECE - 1).is_some());
        is_told.then_some(Pieces { text, digits, is_exact: is_whole })
    }
}

/// A text in the letters of the index.
fn letters(text: &str) -> String {
    text.chars().map(letter).collect()
}

fn letter(c: char) -> char {
    if c == '\0' || is_digit(c) { PARTED } else { c }
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
    digits.as_str().bytes().map(own_letter).collect()
}

fn own_letter(digit: u8) -> char {
    char::from(digit - b'0' + ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Option<Pieces> {
        Test::Text(Folded::new(text), Digits::of_number(text)).pieces()
    }

    fn of_text(text: &str) -> Pieces {
        Pieces { text: Some(text.to_owned()), digits: None, is_exact: true }
    }

    #[test]
    fn a_word_of_three_letters_is_asked_for_and_a_shorter_one_is_not() {
        assert_eq!(pieces("Łód"), Some(of_text("lod")));
        assert_eq!((pieces("ab"), pieces("见面"), pieces("\u{301}\u{301}\u{301}")), (None, None, None));
        assert_eq!(pieces("55-1").map(|pieces| pieces.digits.is_some()), Some(true), "as a text, and as digits");
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
        assert_eq!(indexed(&call, &[]), "\u{13}\u{11}\u{12}\u{15}");
        let spoken = task(r#"{"id":"task_3","_type":"missed_call","phone":"312 5","phone_formatted":"312 5 ext. 7"}"#);
        assert_eq!(indexed(&spoken, &[]), "\u{13}\u{11}\u{12}\u{15}\n312 5 ext. 7\n\u{13}\u{11}\u{12}\u{15}\u{17}");
    }

    #[test]
    fn what_stands_between_the_digits_of_a_number_is_looked_for_in_the_tasks() {
        assert_eq!((pieces("+1 ("), pieces(" - "), pieces("３１２")), (None, None, None));
        assert_eq!(pieces("+1 x"), Some(of_text("+1 x")));
    }

    #[test]
    fn a_name_with_an_id_is_held_beside_the_task_and_one_without_in_it() {
        let task = |json: &str| Task::read(&serde_json::from_str(json).expect("JSON")).expect("a task");
        let named =
            task(r#"{"id":"task_1","_type":"lead","lead_id":"lead_1","lead_name":"Łódź","contact_name":"Zoë"}"#);
        assert_eq!((indexed(&named, &[]), indexed_name("Łódź")), ("zoe".to_owned(), "lodz".to_owned()));
    }
}
