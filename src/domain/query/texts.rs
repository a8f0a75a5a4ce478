//! The texts of tasks, folded once, for words that are typed letter by letter.

use memchr::memmem::Finder;

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
    /// Of each task: where its texts and digits end, and which letters are in its texts.
    tasks: Vec<(usize, usize, Letters)>,
}

/// Parts two texts. A word with it in it is looked for in the task itself.
const PARTED: char = '\n';

impl Texts {
    /// The texts of tasks and their notes.
    pub fn of<'a>(tasks: impl Iterator<Item = (&'a Task, &'a [Note])>) -> Texts {
        let mut all = Texts::default();
        for (task, notes) in tasks {
            let start = all.folded.len();
            for text in texts(task, notes) {
                all.folded.push_str(Folded::new(text).as_str());
                all.folded.push(PARTED);
            }
            for number in numbers(&task.body) {
                all.digits.push_str(Digits::in_text(number).as_str());
                all.digits.push(PARTED);
            }
            all.tasks.push((all.folded.len(), all.digits.len(), Letters::of(&all.folded[start..])));
        }
        all.folded.shrink_to_fit();
        all.digits.shrink_to_fit();
        all
    }

    /// The folded texts and the digits of the task at a place; of none: empty.
    fn at(&self, place: usize) -> Of<'_> {
        let Some((to, digits_to, letters)) = self.tasks.get(place) else { return Of::default() };
        let before = place.checked_sub(1).and_then(|before| self.tasks.get(before));
        let (from, digits_from) = before.map_or((0, 0), |(end, digits_end, _)| (*end, *digits_end));
        Of { folded: &self.folded[from..*to], digits: &self.digits[digits_from..*digits_to], letters: *letters }
    }
}

/// The texts of one task.
#[derive(Clone, Copy, Default)]
struct Of<'t> {
    folded: &'t str,
    digits: &'t str,
    letters: Letters,
}

/// Which of `a` to `z` and `0` to `9` a text has: most of those that lack a word lack one of
/// its letters, and are not read for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Letters {
        Letters(text.bytes().fold(0, |letters, byte| letters | Letters::bit(byte)))
    }

    fn bit(byte: u8) -> u64 {
        match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (26 + byte - b'0'),
            _ => 0,
        }
    }

    fn has_all(self, others: Letters) -> bool {
        self.0 & others.0 == others.0
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
    /// for where `quo` was found, and elsewhere they [hold by a number](Seeker::hold_by_number).
    pub fn only_narrow(&self, earlier: &Words) -> bool {
        earlier.0.iter().all(|term| self.0.iter().any(|narrower| implies(narrower, term)))
    }

    /// Makes them ready to be looked for in many texts.
    pub fn seeker(&self) -> Seeker<'_> {
        Seeker(self.0.iter().map(Wanted::of).collect())
    }
}

/// [`Words`] made ready to be looked for.
#[derive(Debug)]
pub struct Seeker<'w>(Vec<Wanted<'w>>);

/// One term: any of its parts.
#[derive(Debug)]
struct Wanted<'w> {
    any: Vec<Part<'w>>,
    excludes: bool,
}

/// What is looked for in texts, and in the digits of numbers.
#[derive(Debug)]
struct Part<'w> {
    letters: Letters,
    /// Whether its one letter is all of it.
    is_letter: bool,
    text: Option<Finder<'w>>,
    digits: Option<Finder<'w>>,
}

impl Seeker<'_> {
    /// Whether the words hold for the task whose texts stand at a place.
    pub fn hold(&self, texts: &Texts, place: usize) -> bool {
        let of = texts.at(place);
        self.0.iter().all(|term| term.any.iter().any(|part| part.is_in(of)) != term.excludes)
    }

    /// Whether they do, and some digits that they ask for are in a number of the task: `415`
    /// is in `+1 (4) 15`, where `41` as a text is not.
    pub fn hold_by_number(&self, texts: &Texts, place: usize) -> bool {
        let of = texts.at(place);
        self.0.iter().flat_map(|term| &term.any).any(|part| part.is_in_number(of)) && self.hold(texts, place)
    }
}

impl<'w> Wanted<'w> {
    fn of(term: &'w Term) -> Wanted<'w> {
        Wanted { any: term.any.iter().map(Part::of).collect(), excludes: term.excludes }
    }
}

impl<'w> Part<'w> {
    fn of(test: &'w Test) -> Part<'w> {
        let text = match test {
            Test::Text(text, _) => text.as_str(),
            _ => "",
        };
        let letters = Letters::of(text);
        Part {
            letters,
            is_letter: text.len() == 1 && letters != Letters::default(),
            text: finder(text),
            digits: digits(test).and_then(|digits| finder(digits.as_str())),
        }
    }

    fn is_in(&self, of: Of<'_>) -> bool {
        let may_be = self.text.as_ref().filter(|_| of.letters.has_all(self.letters));
        may_be.is_some_and(|text| self.is_letter || text.find(of.folded.as_bytes()).is_some()) || self.is_in_number(of)
    }

    fn is_in_number(&self, of: Of<'_>) -> bool {
        self.digits.as_ref().is_some_and(|digits| digits.find(of.digits.as_bytes()).is_some())
    }
}

/// Nothing is in no text.
fn finder(text: &str) -> Option<Finder<'_>> {
    (!text.is_empty()).then(|| Finder::new(text))
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

fn has(text: &str, part: &str) -> bool {
    !part.is_empty() && text.contains(part)
}
