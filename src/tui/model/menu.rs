//! A menu with a field to find in: time zones, people.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use super::field::Field;
use crate::domain::filter::People;
use crate::domain::task::{Party, RepId};
use crate::domain::zone::Zone;
use crate::tui::key::Key;

/// A line of a menu: what it says and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// The words, raw.
    pub words: String,
    /// Beside them, at the right edge.
    pub aside: String,
    /// What it stands for.
    pub value: T,
}

/// A menu that is open.
#[derive(Clone, Debug)]
pub struct Menu<T> {
    field: Field,
    all: Vec<Choice<T>>,
    /// The lines that fit what was typed, best first.
    found: Vec<Choice<T>>,
    cursor: usize,
}

impl<T: Clone> Menu<T> {
    /// A menu of these lines with the cursor on one of them.
    pub fn new(all: Vec<Choice<T>>, cursor: usize) -> Menu<T> {
        let cursor = cursor.min(all.len().saturating_sub(1));
        Menu { field: Field::default(), found: all.clone(), all, cursor }
    }

    /// What is being typed.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// The lines shown.
    pub fn found(&self) -> &[Choice<T>] {
        &self.found
    }

    /// How many lines there are, whatever was typed.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The line under the cursor, from 0.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// What the cursor stands on.
    pub fn chosen(&self) -> Option<&Choice<T>> {
        self.found.get(self.cursor)
    }

    /// Moves the cursor.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.found.len().saturating_sub(1));
    }

    /// Takes a key into the field.
    pub fn press(&mut self, key: Key, beside: impl Fn(&str) -> Option<Choice<T>>) {
        if self.field.press(key) {
            self.find(beside);
        }
    }

    /// Takes pasted text into the field.
    pub fn paste(&mut self, text: &str, beside: impl Fn(&str) -> Option<Choice<T>>) {
        self.field.paste(text);
        self.find(beside);
    }

    /// Ranks the lines by what was typed; `beside` may offer one that no list holds.
    fn find(&mut self, beside: impl Fn(&str) -> Option<Choice<T>>) {
        self.cursor = 0;
        let pattern = Pattern::parse(self.field.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT.match_paths());
        let mut letters = Vec::new();
        let mut scored: Vec<(u32, &Choice<T>)> = Vec::new();
        for line in &self.all {
            let words = nucleo_matcher::Utf32Str::new(&line.words, &mut letters);
            scored.extend(pattern.score(words, &mut matcher).map(|score| (score, line)));
        }
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.found = beside(self.field.text()).into_iter().chain(scored.into_iter().map(|(_, l)| l.clone())).collect();
    }
}

/// The time zones, the present one under the cursor.
pub fn zones(present: Zone) -> Menu<Zone> {
    let choice = |zone: Zone| Choice { words: zone.name(), aside: String::new(), value: zone };
    let mut all: Vec<Choice<Zone>> = Zone::names().filter_map(|name| Zone::parse(name).ok()).map(choice).collect();
    if let Zone::Offset(_) = present {
        all.insert(0, choice(present));
    }
    let cursor = all.iter().position(|line| line.value == present).unwrap_or(0);
    Menu::new(all, cursor)
}

/// An offset such as `-8` or `+5.75`, which no list holds.
pub fn typed_offset(text: &str) -> Option<Choice<Zone>> {
    let zone = Zone::parse(text).ok().filter(|zone| matches!(zone, Zone::Offset(_)))?;
    Some(Choice { words: zone.name(), aside: "offset".to_owned(), value: zone })
}

/// Whose tasks: mine, everyone's, each rep's.
pub fn people(me: Option<&RepId>, present: &People, reps: &[(Party<RepId>, u64)]) -> Menu<People> {
    let line = |words: String, open: Option<u64>, value| Choice {
        words,
        aside: open.map(|n| format!("{n} open")).unwrap_or_default(),
        value,
    };
    let open_of = |id: &RepId| reps.iter().find(|(p, _)| p.id.as_ref() == Some(id)).map(|(_, n)| *n);
    let mine = me.map(|id| line("mine".to_owned(), open_of(id), People::Rep(id.clone())));
    let each = reps.iter().filter_map(|(party, open)| {
        let id = party.id.clone()?;
        let words = party.shown_name().unwrap_or(id.as_str()).to_owned();
        Some(line(words, Some(*open), People::Rep(id)))
    });
    let all: Vec<_> = mine
        .into_iter()
        .chain(std::iter::once(line("everyone".to_owned(), None, People::Everyone)))
        .chain(each)
        .collect();
    let cursor = all.iter().position(|l| l.value == *present).unwrap_or(0);
    Menu::new(all, cursor)
}

/// The reps of the file, the one who sits here first.
pub fn reps(me: Option<&RepId>, reps: &[(Party<RepId>, u64)]) -> Menu<Party<RepId>> {
    let mut all: Vec<Choice<Party<RepId>>> = reps
        .iter()
        .filter_map(|(party, open)| {
            let id = party.id.as_ref()?;
            let words = party.shown_name().unwrap_or(id.as_str()).to_owned();
            let you = if Some(id) == me { "you, " } else { "" };
            Some(Choice { words, aside: format!("{you}{open} open"), value: party.clone() })
        })
        .collect();
    all.sort_by_key(|choice| choice.value.id.as_ref() != me);
    Menu::new(all, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Menu<Zone> {
        let mut menu = zones(Zone::UTC);
        menu.paste(text, typed_offset);
        menu
    }

    #[test]
    fn typing_finds_a_zone_and_an_offset_that_no_list_holds() {
        assert_eq!(zones(Zone::UTC).chosen().map(|c| c.words.as_str()), Some("UTC"));
        assert_eq!(typed("new york").chosen().map(|c| c.words.as_str()), Some("America/New_York"));
        assert_eq!(typed("-8").chosen().map(|c| c.words.as_str()), Some("UTC-8"));
        assert_eq!(typed("+5.75").chosen().map(|c| c.words.as_str()), Some("UTC+5:45"));
        assert!(typed("no such place").chosen().is_none());
    }

    #[test]
    fn people_are_mine_everyone_and_each_rep_with_open_counts() {
        let ana = Party { id: Some(RepId::new("user_a")), name: Some("Ana".to_owned()) };
        let menu = people(ana.id.as_ref(), &People::Everyone, &[(ana.clone(), 3)]);
        let lines: Vec<_> = menu.found().iter().map(|c| format!("{} {}", c.words, c.aside)).collect();
        assert_eq!(lines, ["mine 3 open", "everyone ", "Ana 3 open"]);
        assert_eq!(menu.cursor(), 1);
    }
}
