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

    /// Whether they hold only where `earlier` ones held, but for numbers: `quot` is looked
    /// for where `quo` was found, and elsewhere they [hold by a number](Words::hold_by_number).
    pub fn only_narrow(&self, earlier: &Words) -> bool {
        earlier.0.iter().all(|term| self.0.iter().any(|narrower| implies(narrower, term)))
    }

    /// Whether they hold for the task whose texts stand at a place.
    pub fn hold(&self, texts: &Texts, place: usize) -> bool {
        let (folded, digits) = texts.at(place);
        let holds = |term: &Term| term.any.iter().any(|test| is_in(test, folded, digits)) != term.excludes;
        self.0.iter().all(holds)
    }

    /// Whether they do, and some digits that they ask for are in a number of the task: `415`
    /// is in `+1 (4) 15`, where `41` as a text is not.
    pub fn hold_by_number(&self, texts: &Texts, place: usize) -> bool {
        let (_, its_digits) = texts.at(place);
        let is_in_number = |test: &Test| digits(test).is_some_and(|digits| has(its_digits, digits.as_str()));
        self.0.iter().flat_map(|term| &term.any).any(is_in_number) && self.hold(texts, place)
    }
}

/// Whether a term holds only where the other one does, but for numbers, as far as that is
/// easily told.
fn implies(term: &Term, other: &Term) -> bool {
    let one_of_them = |test: &Test| other.any.iter().any(|other| is_longer(test, other));
    term.any == other.any && term.excludes == other.excludes
        || !term.excludes && !other.excludes && term.any.iter().all(one_of_them)
}

/// Whether a text that has what one test asks for has what the other one does.
fn is_longer(test: &Test, other: &Test) -> bool {
    match (test, other) {
        (Test::Text(text, _), Test::Text(part, _)) => has(text.as_str(), part.as_str()),
        (Test::Phone(_), _) => true,
        _ => false,
    }
}

/// The digits that are looked for in numbers.
fn digits(test: &Test) -> Option<&Digits> {
    match test {
        Test::Text(_, digits) => digits.as_ref(),
        Test::Phone(digits) => Some(digits),
        _ => None,
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
    let in_text = matches!(test, Test::Text(text, _) if has(folded, text.as_str()));
    in_text || digits(test).is_some_and(|digits| has(its_digits, digits.as_str()))
}

fn has(text: &str, part: &str) -> bool {
    !part.is_empty() && text.contains(part)
}
