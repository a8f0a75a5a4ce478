//! The command palette: a line that is typed, and the actions that it may mean.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::field::Field;
use crate::domain::date::TaskDate;
use crate::tui::action::Action;
use crate::tui::key::Key;

/// What is said where no name is like what is typed.
pub const NO_COMMAND: &str = "No command is called so. Backspace takes letters back.";
/// So many lines typed before stand first while nothing is typed.
const MOST_RECENT: usize = 3;
/// What was said with a name counts more than what its sentence says.
const NAME_COUNTS: u32 = 2;

/// A line that the palette offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it does.
    pub action: Action,
    /// What would be typed: a name, or a line typed before, raw.
    pub line: String,
    /// The key that does the same; empty where there is none.
    pub key: String,
}

/// The palette, open.
#[derive(Clone, Debug)]
pub struct Palette {
    /// The line being typed.
    pub field: Field,
    /// What is wrong with the line that was to be done, until it changes.
    pub said: Option<String>,
    /// The past date that was warned of.
    pub warned: Option<TaskDate>,
    /// Every action, most used first.
    all: Vec<Offer>,
    /// Lines typed before, newest first.
    recent: Vec<Offer>,
    /// A line for each of the few words that can stand behind a name.
    values: Vec<Offer>,
    /// Lines that are offered only where they are typed whole.
    whole: Vec<Offer>,
    found: Vec<Offer>,
    cursor: usize,
}

impl Palette {
    /// The palette with what it offers; `recent` are lines typed before, newest first, and
    /// `values` what can stand behind names, `whole` only where it is typed whole.
    pub fn new(all: Vec<Offer>, recent: Vec<Offer>, values: Vec<Offer>, whole: Vec<Offer>) -> Palette {
        let field = Field::default();
        let (said, warned, found, cursor) = (None, None, Vec::new(), 0);
        let mut palette = Palette { field, said, warned, all, recent, values, whole, found, cursor };
        palette.find();
        palette
    }

    /// What can stand behind names is known by now. The cursor stays.
    pub fn offer_values(&mut self, values: Vec<Offer>, whole: Vec<Offer>) {
        let cursor = self.cursor;
        (self.values, self.whole) = (values, whole);
        self.find();
        self.go(cursor);
    }

    /// The lines that fit what is typed, best first.
    pub fn found(&self) -> &[Offer] {
        &self.found
    }

    /// How many lines there are, whatever is typed.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The line under the cursor, from 0.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// What the cursor stands on.
    pub fn chosen(&self) -> Option<&Offer> {
        self.found.get(self.cursor)
    }

    /// Moves the cursor.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.found.len().saturating_sub(1));
    }

    /// Puts the cursor on a line, as far as there is one.
    pub fn go(&mut self, line: usize) {
        self.cursor = line.min(self.found.len().saturating_sub(1));
    }

    /// Takes a key into the line.
    pub fn press(&mut self, key: Key) {
        if self.field.press(key) {
            self.changed();
        }
    }

    /// Takes pasted text into the line.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.changed();
    }

    /// Begins the line with the name under the cursor, so that what follows can be typed.
    pub fn take_name(&mut self) {
        let Some(offer) = self.chosen() else { return };
        let rest = if offer.line == offer.action.name() { " " } else { "" };
        self.field = Field::with(&format!("{}{rest}", offer.line));
        self.changed();
    }

    /// Begins the line with a name.
    pub fn begin(&mut self, action: Action) {
        self.field = Field::with(&format!("{} ", action.name()));
        self.changed();
    }

    fn changed(&mut self) {
        (self.said, self.warned) = (None, None);
        self.find();
    }

    /// The action that the line names, and what stands behind the name: typed whole, or as
    /// far as it is the only one that takes something.
    pub fn named(&self) -> Option<(Action, &str)> {
        let (name, rest) = self.field.text().trim_start().split_once(' ')?;
        let takes = |offer: &&Offer| offer.action.takes().is_some() && offer.line.starts_with(name);
        let only = || {
            let mut fit = self.all.iter().filter(takes);
            fit.next().filter(|_| fit.next().is_none())
        };
        let is_named = |offer: &&Offer| offer.line == name || offer.action.also() == Some(name);
        let offer = self.all.iter().find(is_named).or_else(only)?;
        Some((offer.action, rest.trim()))
    }

    /// What Enter does: the action, and what stands behind its name. What is typed counts,
    /// unless the cursor is on one of the words that may stand there.
    pub fn meant(&self) -> Option<(Action, &str)> {
        let chosen = self.chosen().map(|offer| (offer.action, behind_name(&offer.line)));
        match (self.named(), chosen) {
            (Some(named), Some((action, ""))) if action == named.0 => Some(named),
            (named, chosen) => chosen.or(named),
        }
    }

    /// The words that can stand behind a name, as far as they begin as typed, the whole one
    /// first. Where none does, or nothing is typed, the name itself stands first.
    fn behind(&self, action: Action, rest: &str) -> Vec<Offer> {
        let typed = rest.to_lowercase();
        let value = |offer: &Offer| behind_name(&offer.line).to_lowercase();
        let fits = |offer: &&Offer| offer.action == action && value(offer).starts_with(&typed);
        let mut found: Vec<Offer> = self.values.iter().filter(fits).cloned().collect();
        found.sort_by_key(|offer| value(offer) != typed);
        if found.first().is_none_or(|first| value(first) != typed) {
            let known = self.whole.iter().find(|offer| offer.action == action && value(offer) == typed);
            found.splice(0..0, known.cloned());
        }
        let name = self.all.iter().find(|offer| offer.action == action);
        let name = name.filter(|_| rest.is_empty() || found.is_empty()).cloned();
        name.into_iter().chain(found).collect()
    }

    fn find(&mut self) {
        self.cursor = 0;
        let text = self.field.text().trim();
        if text.is_empty() {
            self.found = self.recent.iter().take(MOST_RECENT).chain(&self.all).cloned().collect();
        } else if let Some((action, rest)) = self.named() {
            self.found = self.behind(action, rest);
        } else {
            self.found = ranked(text, &self.all);
        }
    }
}

/// What a line says behind its name.
fn behind_name(line: &str) -> &str {
    line.split_once(' ').map_or("", |(_, rest)| rest)
}

fn ranked(text: &str, all: &[Offer]) -> Vec<Offer> {
    let pattern = Pattern::parse(text, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut letters = Vec::new();
    let mut score = |words: &str| pattern.score(Utf32Str::new(words, &mut letters), &mut matcher);
    let mut scored: Vec<(u32, &Offer)> = Vec::new();
    for offer in all {
        let by_name = score(&offer.line).map(|score| score * NAME_COUNTS);
        let by_sentence = score(&format!("{} {}", offer.line, offer.action.help()));
        let is_name = offer.line == text || offer.action.also() == Some(text);
        let best = if is_name { Some(u32::MAX) } else { by_name.max(by_sentence) };
        scored.extend(best.map(|score| (score, offer)));
    }
    // Of equal ones the most used stays first.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, offer)| offer.clone()).collect()
}
