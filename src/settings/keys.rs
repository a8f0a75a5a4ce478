//! `[keys]`: a preset, and keys of one's own. What they mean the screen knows.

use super::Settings;
use super::table::{Raw, choose, quoted, spell, text};

/// Keys that a person has set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// What they begin with.
    pub preset: Preset,
    /// Names of actions with the keys that they have instead, as written.
    pub own: Vec<(String, Vec<String>)>,
}

/// Keys by the habits of a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// repbox's own.
    #[default]
    Default,
    /// Gmail's where it has them.
    Gmail,
}

const PRESETS: [(&str, Preset); 2] = [("default", Preset::Default), ("gmail", Preset::Gmail)];

/// The name of the table.
pub(super) const KEYS: &str = "keys";
/// Its setting that is no action.
pub(super) const PRESET: &str = "preset";
/// What the table means.
pub(super) const KEYS_ABOUT: &str = "Keys: preset is \"default\" or \"gmail\". Below it actions by name, each with its key, or keys in\n\
     brackets: snooze = [\"s\", \"Ctrl-t\"], go-inbox = \"g i\", delete = [] for none. All: repbox help keys.";

/// Takes a line of the table.
pub(super) fn read_key(settings: &mut Settings, name: &str, raw: Raw) -> Result<(), String> {
    if name == PRESET {
        return choose(&mut settings.keys.preset, &PRESETS, &raw);
    }
    let keys = match raw {
        Raw::Texts(keys) => keys,
        Raw::Number(number) => return Err(format!("{number} is a number; write keys in quotes: \"{number}\"")),
        other => vec![text(other)?],
    };
    settings.keys.own.push((name.to_owned(), keys));
    Ok(())
}

/// The lines of the table: names and values as TOML.
pub(super) fn write_keys(settings: &Settings) -> Vec<(String, String)> {
    let preset = spell(&settings.keys.preset, &PRESETS).unwrap_or_default();
    let list = |keys: &[String]| match keys {
        [key] => quoted(key),
        keys => format!("[{}]", keys.iter().map(|key| quoted(key)).collect::<Vec<_>>().join(", ")),
    };
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = |name: &str| if name.chars().all(bare) && !name.is_empty() { name.to_owned() } else { quoted(name) };
    let own = settings.keys.own.iter().map(|(action, keys)| (name(action), list(keys)));
    std::iter::once((PRESET.to_owned(), preset)).chain(own).collect()
}
