//! The bindings that hold: what keys mean, and which keys an action has.

use std::sync::{Arc, LazyLock};

use super::own::{self, WrongKeys};
use super::{Binding, Context, SCREENS, TABLE};
use crate::settings::{Keys, Space};
use crate::tui::action::Action;
use crate::tui::key::Key;

/// Every binding, in the order of the help, as the settings have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap(Arc<[Binding]>);

/// What keys pressed one after the other mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An action.
    Action(Action),
    /// The beginning of several sequences.
    Begun,
    /// Nothing here.
    Nothing,
}

/// A key of the hint line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it does.
    pub action: Action,
    /// The key, or the pair of keys.
    pub key: String,
    /// The word beside it.
    pub word: String,
}

static DEFAULT: LazyLock<Keymap> = LazyLock::new(|| Keymap(TABLE.iter().map(own::read_line).collect()));

impl Default for Keymap {
    /// The table as it is.
    fn default() -> Keymap {
        DEFAULT.clone()
    }
}

impl Keymap {
    /// The table with what a person has set: the preset, the space bar, keys of their own.
    ///
    /// # Errors
    /// When an action or a key is not known, or a key would mean two things in one place.
    pub fn new(keys: &Keys, space: Space) -> Result<Keymap, WrongKeys> {
        Ok(Keymap(own::bindings(DEFAULT.0.to_vec(), keys, space)?.into()))
    }

    /// What can be done where nothing lies over the screen, each once, most used first.
    pub fn actions_of_panes() -> impl Iterator<Item = Action> {
        let is_of = |contexts: &'static [Context]| {
            DEFAULT.0.iter().filter(move |b| b.contexts.iter().any(|context| contexts.contains(context)))
        };
        let mut actions: Vec<Action> = Vec::new();
        for action in is_of(SCREENS).chain(is_of(&[Context::Power])).map(|b| b.action) {
            if !actions.contains(&action) {
                actions.push(action);
            }
        }
        // Its key is in the field of the search, which may be closed by then.
        let by_name = [Action::SaveSearch].into_iter().chain(Action::all().filter(|action| action.is_palette_only()));
        actions.into_iter().chain(by_name)
    }

    /// Every binding, in the order of the help.
    pub fn bindings(&self) -> &[Binding] {
        &self.0
    }

    /// The bindings of a context that have a key, in the order of the help.
    pub fn bindings_in(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.0.iter().filter(move |b| b.contexts.contains(&context) && !b.keys.is_empty())
    }

    /// Whether an action is one of a context's, with a key or without.
    pub fn holds(&self, context: Context, action: Action) -> bool {
        self.0.iter().any(|b| b.action == action && b.contexts.contains(&context))
    }

    /// What the keys mean in a context.
    pub fn meaning(&self, context: Context, pressed: &[Key]) -> Meaning {
        let mut begun = false;
        for binding in self.bindings_in(context) {
            for keys in &binding.keys {
                if keys == pressed {
                    return Meaning::Action(binding.action);
                }
                begun |= keys.starts_with(pressed);
            }
        }
        if begun { Meaning::Begun } else { Meaning::Nothing }
    }

    /// What can follow a first key: the next key and its word.
    pub fn choices(&self, context: Context, pressed: &[Key]) -> Vec<Hint> {
        let follows = |keys: &&Vec<Key>| keys.len() > pressed.len() && keys.starts_with(pressed);
        let choice = |b: &Binding| {
            let keys = b.keys.iter().find(follows)?;
            let word = b.hint.map_or_else(|| b.action.help(), str::to_owned);
            Some(Hint { action: b.action, key: keys[pressed.len()].to_string(), word })
        };
        self.bindings_in(context).filter_map(choice).collect()
    }

    /// The hint line of a context.
    pub fn hints(&self, context: Context) -> Vec<Hint> {
        let hint = |b: &Binding| {
            let word = b.hint?.to_owned();
            (b.keys[0].len() == 1).then(|| Hint { action: b.action, key: self.hint_keys(context, b), word })
        };
        self.bindings_in(context).filter_map(hint).collect()
    }

    /// `j/k` for a pair of letters that move, else the first key.
    fn hint_keys(&self, context: Context, binding: &Binding) -> String {
        let back = match binding.action {
            Action::MoveDown => Some(Action::MoveUp),
            Action::DetailsDown => Some(Action::DetailsUp),
            _ => None,
        };
        let first = spell(&binding.keys[0]);
        match back.map(|back| self.key_in(context, back)) {
            Some(back) if first.chars().count() == 1 && back.chars().count() == 1 => format!("{first}/{back}"),
            _ => first,
        }
    }

    /// The key of an action, as texts name it; where it has none, its name in the palette.
    pub fn key(&self, action: Action) -> String {
        self.key_where(action, |_| true)
    }

    /// As [`Keymap::key`], of the keys that hold in a context.
    pub fn key_in(&self, context: Context, action: Action) -> String {
        self.key_where(action, |binding| binding.contexts.contains(&context))
    }

    /// The key of an action in a context, or else one that means nothing there.
    pub fn key_to_teach(&self, context: Context, action: Action) -> Option<String> {
        let own = || self.0.iter().filter(|b| b.action == action);
        let here = own().find(|b| b.contexts.contains(&context)).and_then(|b| b.keys.first());
        let is_free = |keys: &&Vec<Key>| self.meaning(context, keys) == Meaning::Nothing;
        here.or_else(|| own().flat_map(|b| &b.keys).find(is_free)).map(|keys| spell(keys))
    }

    fn key_where(&self, action: Action, is_meant: impl Fn(&Binding) -> bool) -> String {
        let mut own = self.0.iter().filter(|b| b.action == action && is_meant(b));
        own.find_map(|b| Some(spell(b.keys.first()?))).unwrap_or_else(|| format!(":{}", action.name()))
    }
}

/// A sequence as the help writes it: `g i`.
pub fn spell(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}
