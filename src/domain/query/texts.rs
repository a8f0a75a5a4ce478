//! The texts of a task, folded once, for words that are typed letter by letter.

use super::fold::{Digits, Folded};
use super::matches::{numbers, texts};
use super::term::{Search, Term, Test};
use crate::domain::task::{Note, Task};

/// What words are looked for in, of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    folded: Box<str>,
    digits: Box<str>,
}

/// Parts two texts. A word with it in it is looked for in the task itself.
const PARTED: char = '\n';

impl Texts {
    /// The texts of a task and its notes.
    pub fn of(task: &Task, notes: &[Note]) -> Texts {
        let (mut folded, mut digits) = (String::new(), String::new());
        for text in texts(task, notes) {
            folded.push_str(Folded::new(text).as_str());
            folded.push(PARTED);
        }
        for number in numbers(&task.body) {
            digits.push_str(Digits::in_text(number).as_str());
            digits.push(PARTED);
        }
        Texts { folded: folded.into(), digits: digits.into() }
    }
}

/// The terms of a search that texts alone decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<Term>);

impl Search {
    /// Parts it into what texts alone decide, and the rest: a task matches where both hold.
    pub fn parted(&self) -> (Words, Search) {
        let is_told = |term: &Term| term.any.iter().all(is_word);
        let (words, terms) = self.terms.iter().cloned().partition(is_told);
        (Words(words), Search { terms })
    }
}

impl Words {
    /// Whether there are none: they hold for every task.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether they hold for the task that has these texts.
    pub fn hold(&self, texts: &Texts) -> bool {
        let holds = |term: &Term| term.any.iter().any(|test| is_in(test, texts)) != term.excludes;
        self.0.iter().all(holds)
    }
}

fn is_word(test: &Test) -> bool {
    match test {
        Test::Text(text, _) => !text.as_str().contains(PARTED),
        Test::Phone(_) => true,
        _ => false,
    }
}

fn is_in(test: &Test, texts: &Texts) -> bool {
    let has = |text: &str, part: &str| !part.is_empty() && text.contains(part);
    let in_numbers = |digits: &Digits| has(&texts.digits, digits.as_str());
    match test {
        Test::Text(text, digits) => has(&texts.folded, text.as_str()) || digits.as_ref().is_some_and(in_numbers),
        Test::Phone(digits) => in_numbers(digits),
        _ => false,
    }
}
