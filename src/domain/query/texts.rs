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
    /// Of each task: where its texts end, and where its digits.
    ends: Vec<(usize, usize)>,
    /// Of each task: which letters are in its texts. The first letter of a word is in most.
    letters: Vec<Letters>,
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
            all.ends.push((all.folded.len(), all.digits.len()));
            all.letters.push(Letters::of(&all.folded[start..]));
        }
        all.folded.shrink_to_fit();
        all.digits.shrink_to_fit();
        all
    }

    /// The folded texts and the digits of the task at a place; of none: empty.
    fn at(&self, place: usize) -> (&str, &str) {
        let Some((end, digits_end)) = self.ends.get(place) else { return ("", "") };
        let before = place.checked_sub(1).and_then(|before| self.ends.get(before));
        let (start, digits_start) = before.copied().unwrap_or_default();
        (&self.folded[start..*end], &self.digits[digits_start..*digits_end])
    }
}

/// Which of `a` to `z` and `0` to `9` a text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Letters {
        Letters(text.bytes().fold(0, |letters, byte| letters | Letters::bit(byte)))
    }

    /// The only letter of a text, if that is one of them.
    fn only(text: &str) -> Option<Letters> {
        Some(Letters::of(text)).filter(|letter| text.len() == 1 && *letter != Letters::default())
    }

    fn bit(byte: u8) -> u64 {
        match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (26 + byte - b'0'),
            _ => 0,
        }
    }

    fn has_any(self, others: Letters) -> bool {
        self.0 & others.0 != 0
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

    /// Whether they hold only where `earlier` ones did: `quot` is looked for where `quo` was
    /// found. But `415` is in `+1 (4) 15`, where `41` as a text is not.
    pub fn only_narrow(&self, earlier: &Words) -> bool {
        earlier.0.iter().all(|other| self.0.iter().any(|term| implies(term, other)))
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
    /// The text, if it is one letter.
    letter: Option<Letters>,
    text: Option<Finder<'w>>,
    digits: Option<Finder<'w>>,
}

impl Seeker<'_> {
    /// Whether the words hold for the task whose texts stand at a place.
    pub fn hold(&self, texts: &Texts, place: usize) -> bool {
        let (folded, digits) = texts.at(place);
        self.0.iter().all(|term| term.any.iter().any(|part| part.is_in(folded, digits)) != term.excludes)
    }

    /// For which of the tasks the words hold, by place. All texts are walked through once for
    /// each word, which is quicker than to visit more than a few.
    pub fn find(&self, texts: &Texts) -> Vec<bool> {
        let mut found = vec![true; texts.ends.len()];
        for term in &self.0 {
            let mut any = vec![false; texts.ends.len()];
            for part in &term.any {
                part.mark(texts, &mut any);
            }
            found.iter_mut().zip(any).for_each(|(found, any)| *found &= any != term.excludes);
        }
        found
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
        let digits = digits(test).and_then(|digits| finder(digits.as_str()));
        Part { letter: Letters::only(text), text: finder(text), digits }
    }

    fn is_in(&self, folded: &str, digits: &str) -> bool {
        let is_in = |finder: &Option<Finder<'_>>, text: &str| {
            finder.as_ref().is_some_and(|finder| finder.find(text.as_bytes()).is_some())
        };
        is_in(&self.text, folded) || is_in(&self.digits, digits)
    }

    /// Marks the tasks in which it is.
    fn mark(&self, texts: &Texts, found: &mut [bool]) {
        if let Some(letter) = self.letter {
            found.iter_mut().zip(&texts.letters).for_each(|(found, letters)| *found |= letters.has_any(letter));
        } else if let Some(finder) = &self.text {
            mark(finder, &texts.folded, |place| texts.ends[place].0, found);
        }
        if let Some(finder) = &self.digits {
            mark(finder, &texts.digits, |place| texts.ends[place].1, found);
        }
    }
}

/// Marks the tasks in whose texts something is, each of which ends where `end` says.
fn mark(finder: &Finder<'_>, all: &str, end: impl Fn(usize) -> usize, found: &mut [bool]) {
    let (mut from, mut place) = (0, 0);
    while let Some(at) = finder.find(&all.as_bytes()[from..]) {
        while end(place) <= from + at {
            place += 1;
        }
        found[place] = true;
        from = end(place);
    }
}

/// Nothing is in no text.
fn finder(text: &str) -> Option<Finder<'_>> {
    (!text.is_empty()).then(|| Finder::new(text))
}

/// Whether a term holds only where the other one does, as far as that is easily told.
fn implies(term: &Term, other: &Term) -> bool {
    let one_of_them = |test: &Test| other.any.iter().any(|other| is_longer(test, other));
    term.any == other.any && term.excludes == other.excludes
        || !term.excludes && !other.excludes && term.any.iter().all(one_of_them)
}

/// Whether a task that has what one test asks for has what the other one does: in a text,
/// and in a number.
fn is_longer(test: &Test, other: &Test) -> bool {
    let in_text = match (test, other) {
        (Test::Text(text, _), Test::Text(part, _)) => has(text.as_str(), part.as_str()),
        (Test::Phone(_), _) => true,
        _ => false,
    };
    let is_in = |digits: &Digits| self::digits(other).is_some_and(|part| has(digits.as_str(), part.as_str()));
    in_text && digits(test).is_none_or(is_in)
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
