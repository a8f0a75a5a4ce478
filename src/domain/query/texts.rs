//! The texts of tasks, folded once, for words that are typed letter by letter.

use super::fold::{Digits, Folded};
use super::matches::{numbers, texts};
use super::term::{Search, Term, Test};
use crate::domain::task::{Note, Task};

/// What words are looked for in, of some tasks: one behind the other, for a walk through
/// memory is quicker than as many visits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    folded: String,
    digits: String,
    /// Where those of each task end.
    ends: Vec<(usize, usize)>,
}

/// Parts two texts. A word with it in it is looked for in the task itself.
const PARTED: char = '\n';

impl Texts {
    /// The texts of tasks and their notes.
    pub fn of<'a>(tasks: impl Iterator<Item = (&'a Task, &'a [Note])>) -> Texts {
        let mut all = Texts::default();
        for (task, notes) in tasks {
            for text in texts(task, notes) {
                all.folded.push_str(Folded::new(text).as_str());
                all.folded.push(PARTED);
            }
            for number in numbers(&task.body) {
                all.digits.push_str(Digits::in_text(number).as_str());
                all.digits.push(PARTED);
            }
            all.ends.push((all.folded.len(), all.digits.len()));
        }
        all.folded.shrink_to_fit();
        all.digits.shrink_to_fit();
        all
    }

    /// The folded texts and the digits of the task at a place; of none: empty.
    fn at(&self, place: usize) -> (&str, &str) {
        let (from, digits_from) =
            place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let Some((to, digits_to)) = self.ends.get(place) else { return ("", "") };
        (&self.folded[from..*to], &self.digits[digits_from..*digits_to])
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

    /// Whether they hold for the task whose texts stand at a place.
    pub fn hold(&self, texts: &Texts, place: usize) -> bool {
        let (folded, digits) = texts.at(place);
        let holds = |term: &Term| term.any.iter().any(|test| is_in(test, folded, digits)) != term.excludes;
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

fn is_in(test: &Test, folded: &str, its_digits: &str) -> bool {
    let has = |text: &str, part: &str| !part.is_empty() && text.contains(part);
    let in_numbers = |digits: &Digits| has(its_digits, digits.as_str());
    match test {
        Test::Text(text, digits) => has(folded, text.as_str()) || digits.as_ref().is_some_and(in_numbers),
        Test::Phone(digits) => in_numbers(digits),
        _ => false,
    }
}
