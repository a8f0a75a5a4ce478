//! A menu with a field to find in: time zones, people, themes.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use super::field::Field;
use crate::domain::filter::People;
use crate::domain::task::{Party, RepId};
use crate::domain::zone::Zone;
use crate::settings::theme::Theme;
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
    /// Beyond the last line only while more are still being read.
    cursor: usize,
    coming: Coming,
    /// Something was pressed in it.
    is_touched: bool,
}

/// Whether lines are still being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coming {
    /// All are here, if not the newest.
    No,
    /// They are being read.
    Yes,
    /// They are being read, and the one under the cursor is to be taken then.
    YesThenTake,
}

impl<T: Clone + PartialEq> Menu<T> {
    /// A menu of these lines with the cursor on one of them.
    pub fn new(all: Vec<Choice<T>>, cursor: usize) -> Menu<T> {
        let cursor = cursor.min(all.len().saturating_sub(1));
        Menu { field: Field::default(), found: all.clone(), all, cursor, coming: Coming::No, is_touched: false }
    }

    /// As it is while more lines are still being read: what is pressed is meant for those too.
    pub fn until_more_come(self) -> Menu<T> {
        Menu { coming: Coming::Yes, ..self }
    }

    /// Whether more lines are still being read.
    pub fn is_coming(&self) -> bool {
        self.coming != Coming::No
    }

    /// No more lines come.
    pub fn give_up_waiting(&mut self) {
        self.coming = Coming::No;
        self.cursor = self.cursor.min(self.found.len().saturating_sub(1));
    }

    /// Notes that the line under the cursor is to be taken as soon as it is known. Whether
    /// it is still to come.
    pub fn take_later(&mut self) -> bool {
        let waits = self.is_coming() && self.chosen().is_none();
        if waits {
            self.coming = Coming::YesThenTake;
        }
        waits
    }

    /// Whether its line is to be taken as soon as it is known.
    pub fn is_to_be_taken(&self) -> bool {
        self.coming == Coming::YesThenTake
    }

    /// Takes the lines of the menu as it opens by now. What is typed stays, and the cursor
    /// on its line; where none was under it, at its place. Whether the line under it is to
    /// be taken.
    pub fn renew(&mut self, fresh: Menu<T>, beside: impl Fn(&str) -> Option<Choice<T>>) -> bool {
        let takes = self.coming == Coming::YesThenTake;
        if !self.is_touched && !takes {
            *self = fresh;
            return false;
        }
        let (chosen, place) = (self.chosen().map(|choice| choice.value.clone()), self.cursor);
        self.all = fresh.all;
        self.find(beside);
        let found = self.found.iter().position(|line| Some(&line.value) == chosen.as_ref());
        self.cursor = found.unwrap_or(place);
        self.give_up_waiting();
        takes
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
        self.touch();
        self.cursor = self.cursor.saturating_add_signed(by);
        if !self.is_coming() {
            self.give_up_waiting();
        }
    }

    /// Puts the cursor on a line, as far as there is one.
    pub fn go(&mut self, line: usize) {
        self.cursor = line.min(self.found.len().saturating_sub(1));
    }

    /// Takes a key into the field.
    pub fn press(&mut self, key: Key, beside: impl Fn(&str) -> Option<Choice<T>>) {
        self.touch();
        if self.field.press(key) {
            self.find(beside);
        }
    }

    /// Takes pasted text into the field.
    pub fn paste(&mut self, text: &str, beside: impl Fn(&str) -> Option<Choice<T>>) {
        self.touch();
        self.field.paste(text);
        self.find(beside);
    }

    /// Who goes on choosing has not chosen yet.
    fn touch(&mut self) {
        self.is_touched = true;
        if self.coming == Coming::YesThenTake {
            self.coming = Coming::Yes;
        }
    }

    /// Ranks the lines by what was typed; `beside` may offer one that no list holds.
    fn find(&mut self, beside: impl Fn(&str) -> Option<Choice<T>>) {
        self.cursor = 0;
        if self.field.text().is_empty() {
            self.found = self.all.clone();
            return;
        }
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

/// The themes, the present one under the cursor.
pub fn themes(present: &Theme, all: &[Theme]) -> Menu<Theme> {
    let choice = |theme: &Theme| Choice { words: theme.name().to_owned(), aside: String::new(), value: theme.clone() };
    let cursor = all.iter().position(|theme| theme.name() == present.name()).unwrap_or(0);
    Menu::new(all.iter().map(choice).collect(), cursor)
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

/// The reps of the file, the one who sits here first, and nobody.
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
    let nobody = Party { id: None, name: None };
    all.push(Choice { words: "nobody".to_owned(), aside: String::new(), value: nobody });
    Menu::new(all, 0)
}

/// A rep's id, which the file need not know: `user_...`
pub fn typed_rep(text: &str, reps: &[(Party<RepId>, u64)]) -> Option<Choice<Party<RepId>>> {
    let id = text.trim();
    let rest = id.strip_prefix("user_")?;
    let is_id = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    let unheard_of = Party { id: Some(RepId::new(id)), name: None };
    let known = reps.iter().map(|(rep, _)| rep).find(|rep| rep.id == unheard_of.id);
    let value = known.cloned().unwrap_or(unheard_of);
    (is_id || known.is_some()).then(|| Choice {
        words: id.to_owned(),
        aside: value.name.clone().unwrap_or_default(),
        value,
    })
}

/// The reps while the file has not told them yet.
pub fn reps_to_come() -> Menu<Party<RepId>> {
    Menu::new(Vec::new(), 0).until_more_come()
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
    fn what_is_pressed_before_the_lines_have_come_is_meant_for_them() {
        let rep = |name: &str| (Party { id: Some(RepId::new(format!("user_{name}"))), name: Some(name.to_owned()) }, 1);
        let all = [rep("Ana"), rep("Bo"), rep("Cy")];
        let fresh = || reps(None, &all);
        let mut menu = reps_to_come();
        menu.step(1);
        assert!(menu.take_later());
        assert!(menu.renew(fresh(), |_| None));
        assert_eq!(menu.chosen().map(|choice| choice.words.as_str()), Some("Bo"));
        let mut menu = reps_to_come();
        menu.paste("cy", |_| None);
        assert!(!menu.renew(fresh(), |_| None));
        assert_eq!(menu.chosen().map(|choice| choice.words.as_str()), Some("Cy"));
        let mut menu = reps_to_come();
        assert!(menu.take_later());
        menu.step(2);
        assert!(!menu.renew(fresh(), |_| None), "another key takes the choice back");
        let fewer = reps(None, &all[1..]);
        menu.renew(fewer, |_| None);
        assert_eq!(menu.chosen().map(|choice| choice.words.as_str()), Some("Cy"), "the cursor stays on its line");
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
