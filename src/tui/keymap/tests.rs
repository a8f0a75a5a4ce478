//! What the table and a person's settings make of keys.

use std::collections::HashSet;

use super::*;
use crate::settings::{Keys, Preset, Space};

fn keymap(preset: Preset, own: &[(&str, &[&str])]) -> Result<Keymap, WrongKeys> {
    let text = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let own = own.iter().map(|(name, keys)| ((*name).to_owned(), text(keys))).collect();
    Keymap::new(&Keys { preset, own }, Space::Complete)
}

fn own(own: &[(&str, &[&str])]) -> Keymap {
    keymap(Preset::Default, own).unwrap()
}

fn wrong(own: &[(&str, &[&str])]) -> String {
    keymap(Preset::Default, own).unwrap_err().to_string()
}

fn means(keys: &Keymap, context: Context, pressed: &str) -> Meaning {
    let pressed: Vec<Key> = pressed.split(' ').map(|key| Key::parse(key).unwrap()).collect();
    keys.meaning(context, &pressed)
}

#[test]
fn every_key_of_the_table_can_be_read() {
    for ((_, text, ..), binding) in TABLE.iter().zip(Keymap::default().bindings()) {
        let written: Vec<_> = binding.keys.iter().map(|keys| spell(keys)).collect();
        assert_eq!(written.join("  "), *text);
    }
}

#[test]
fn no_key_means_two_things_in_one_place_and_no_sequence_hides_another() {
    for preset in [Preset::Default, Preset::Gmail] {
        for space in [Space::Complete, Space::Mark] {
            Keymap::new(&Keys { preset, own: Vec::new() }, space).unwrap();
        }
    }
}

#[test]
fn each_action_has_a_name_of_its_own_a_sentence_and_a_key() {
    let mut names = HashSet::new();
    for action in Action::all() {
        let name = action.name();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !name.is_empty(), "{name}");
        assert!(names.insert(name.clone()), "{name} is the name of two actions");
        assert_eq!(Action::named(&name), Some(action));
        assert!(!action.help().is_empty(), "{name}");
        let has_key = Keymap::default().bindings().iter().any(|b| b.action == action && !b.keys.is_empty());
        assert_eq!(has_key, !action.is_palette_only(), "{name}");
    }
}

#[test]
fn a_first_key_waits_and_shows_its_choices() {
    let keys = Keymap::default();
    let g = [Key::parse("g").unwrap()];
    assert_eq!(keys.meaning(Open, &g), Meaning::Begun);
    let shown = keys.choices(Open, &g);
    let has = |key: &str, word: &str| shown.iter().any(|hint| (hint.key.as_str(), hint.word.as_str()) == (key, word));
    assert!(has("i", "inbox") && has("g", "top"), "{shown:?}");
    assert_eq!(means(&keys, Open, "b"), Meaning::Nothing);
}

#[test]
fn a_key_of_ones_own_takes_the_place_of_the_others() {
    let keys = own(&[("snooze", &["b", "Ctrl-t"]), ("go-archive", &["t a"])]);
    for pressed in ["b", "Ctrl-t"] {
        assert_eq!(means(&keys, Open, pressed), Meaning::Action(Action::Snooze));
        assert_eq!(means(&keys, Details, pressed), Meaning::Action(Action::Snooze));
    }
    assert_eq!(means(&keys, Open, "s"), Meaning::Nothing);
    assert_eq!(means(&keys, Open, "t"), Meaning::Begun);
    assert_eq!(means(&keys, Open, "t a"), Meaning::Action(Action::GoArchive));
    assert_eq!((keys.key(Action::Snooze).as_str(), keys.key(Action::GoArchive).as_str()), ("b", "t a"));
}

#[test]
fn the_defaults_written_down_change_nothing() {
    let keys = own(&[("snooze", &["s", "h"]), ("details-down", &["j", "Down", "Ctrl-e"]), ("step-back", &["esc"])]);
    assert_eq!(keys, Keymap::default());
}

#[test]
fn a_letter_stays_a_letter_where_text_is_typed_and_no_menu_loses_its_way_out() {
    let keys = own(&[("move-down", &["Z"]), ("step-back", &["F9"])]);
    assert_eq!(means(&keys, Open, "Z"), Meaning::Action(Action::MoveDown));
    assert_eq!(means(&keys, Menu, "Z"), Meaning::Nothing);
    assert_eq!(means(&keys, Menu, "Down"), Meaning::Action(Action::MoveDown));
    assert_eq!(means(&keys, Field, "F9"), Meaning::Action(Action::StepBack));
}

#[test]
fn an_action_may_have_no_key_and_is_then_named_as_the_palette_does() {
    let keys = own(&[("delete", &[])]);
    assert_eq!(means(&keys, Open, "#"), Meaning::Nothing);
    assert_eq!(keys.key(Action::Delete), ":delete");
    assert_eq!(wrong(&[("step-back", &[])]), "it needs a key: nothing else does what it does");
}

#[test]
fn what_is_wrong_with_a_key_is_said_with_what_works() {
    assert_eq!(wrong(&[("snoze", &["b"])]), "there is no such action; did you mean snooze?");
    assert_eq!(wrong(&[("qqq", &["b"])]), "there is no such action; repbox help keys names them all");
    assert_eq!(
        wrong(&[("snooze", &["x"])]),
        "\"x\" also means mark; give mark another key here, or take another for snooze"
    );
    assert_eq!(
        wrong(&[("snooze", &["g"])]),
        "\"g i\" cannot be pressed where \"g\" is a key; take another for snooze or for go-inbox"
    );
    assert!(wrong(&[("snooze", &["Hyper-x"])]).starts_with("\"Hyper-x\" is no key; keys look like x, G, Ctrl-d"));
    assert!(wrong(&[("snooze", &["t b s"])]).starts_with("\"t b s\" is no key"));
    assert!(wrong(&[("agree", &["j"])]).starts_with("its key stands in the question itself"));
    assert!(keymap(Preset::Default, &[("snooze", &["x"]), ("mark", &["v"])]).is_ok());
}

#[test]
fn gmails_preset_has_gmails_keys() {
    let keys = keymap(Preset::Gmail, &[]).unwrap();
    for (pressed, action) in
        [("b", Action::Snooze), ("c", Action::New), ("e", Action::Complete), ("s", Action::Pin), ("x", Action::Mark)]
    {
        assert_eq!(means(&keys, Open, pressed), Meaning::Action(action), "{pressed}");
    }
    let keys = keymap(Preset::Gmail, &[("snooze", &["W"])]).unwrap();
    assert_eq!(means(&keys, Open, "W"), Meaning::Action(Action::Snooze));
}

#[test]
fn the_key_that_opened_a_call_or_the_help_goes_on_with_it_whichever_it_is() {
    let dials = |keys: &Keymap, key: &str| means(keys, Call, key) == Meaning::Action(Action::Dial);
    let gmail = keymap(Preset::Gmail, &[]).unwrap();
    assert!(dials(&gmail, "C") && dials(&gmail, "Enter") && !dials(&gmail, "c"));
    assert!(dials(&own(&[("call", &["F5"])]), "F5"));
    assert!(!dials(&own(&[("call", &["F5"]), ("dial", &["D"])]), "F5"));
    let keys = own(&[("help", &["H"])]);
    assert_eq!(means(&keys, Help, "H"), Meaning::Action(Action::Close));
    assert_eq!(means(&keys, Help, "?"), Meaning::Nothing);
}

#[test]
fn keys_that_no_terminal_sends_and_those_that_edit_text_are_refused_with_what_comes() {
    for (key, sent) in [("Ctrl-m", "Enter"), ("Ctrl-i", "Tab"), ("Ctrl-[", "Esc"), ("Shift-Space", "Space")] {
        let said = wrong(&[("sort", &[key])]);
        assert_eq!(said, format!("{key:?} does not reach a program as itself: terminals send {sent}; take another"));
    }
    for key in ["Ctrl-w", "Backspace", "Left"] {
        let said = wrong(&[("redraw", &[key])]);
        assert!(said.starts_with(&format!("{key:?} edits text wherever text is typed")), "{said}");
    }
    own(&[("sort", &["Ctrl-w"])]);
}
