//! What a person's settings make of the table: presets, the space bar, keys of their own.

use crossterm::event::{KeyCode, KeyModifiers};

use super::{Binding, Context, Line, spell};
use crate::settings::{Keys, Preset, Space, nearest};
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::model::field;

/// What Gmail's people have in their fingers, where it is not what the table says.
const GMAIL: &[(Action, &str)] = &[
    (Action::New, "c"),
    (Action::Call, "C"),
    (Action::Connect, "C"),
    (Action::Snooze, "b"),
    (Action::Pin, "s"),
    (Action::Undo, "z"),
    (Action::CloseDetails, "u  h  Left"),
];

/// The key that opened something goes on with it: what it opens, where, and what it does there.
const SAME_KEY: &[(Action, Context, Action)] =
    &[(Action::Call, Context::Call, Action::Dial), (Action::Help, Context::Help, Action::Close)];

/// What is wrong with the keys that a person has set: what is wrong, then what works.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongKeys {
    /// No action has this name.
    #[error("there is no such action; {}", remedy(.action))]
    Action {
        /// As written.
        action: String,
    },
    /// A question names these keys.
    #[error("its key stands in the question itself and cannot be another; leave the line out")]
    Fixed {
        /// The action.
        action: String,
    },
    /// No terminal sends this key.
    #[error("{key:?} is no key; keys look like x, G, Ctrl-d, Shift-Up, F5, Space, and \"g i\" is one after the other")]
    Key {
        /// The action.
        action: String,
        /// As written.
        key: String,
    },
    /// Terminals send another key in its place.
    #[error("{key:?} does not reach a program as itself: terminals send {sent}; take another")]
    Unsent {
        /// The action.
        action: String,
        /// As written.
        key: String,
        /// What comes.
        sent: &'static str,
    },
    /// A field would lose a key that edits its text.
    #[error("{key:?} edits text wherever text is typed, and {action} has its key there, too; take another")]
    Edits {
        /// The action.
        action: String,
        /// As written.
        key: String,
    },
    /// Without a key the person could not go on.
    #[error("it needs a key: nothing else does what it does")]
    None {
        /// The action.
        action: String,
    },
    /// The key has another meaning in one of its places.
    #[error("{key:?} also means {other}; give {other} another key here, or take another for {action}")]
    Taken {
        /// The action.
        action: String,
        /// The keys.
        key: String,
        /// The action that has them, too.
        other: String,
    },
    /// One is the beginning of the other, which could never be pressed.
    #[error("{hidden:?} cannot be pressed where {key:?} is a key; take another for {action} or for {other}")]
    Hides {
        /// The action.
        action: String,
        /// The shorter one.
        key: String,
        /// The longer one.
        hidden: String,
        /// The action of the other.
        other: String,
    },
}

impl WrongKeys {
    /// The name that stands in the settings.
    pub fn action(&self) -> &str {
        match self {
            WrongKeys::Action { action }
            | WrongKeys::Fixed { action }
            | WrongKeys::Key { action, .. }
            | WrongKeys::Unsent { action, .. }
            | WrongKeys::Edits { action, .. }
            | WrongKeys::None { action }
            | WrongKeys::Taken { action, .. }
            | WrongKeys::Hides { action, .. } => action,
        }
    }
}

fn remedy(name: &str) -> String {
    let names: Vec<String> = Action::all().map(Action::name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match nearest(name, &names) {
        Some(nearest) => format!("did you mean {nearest}?"),
        None => "repbox help keys names them all".to_owned(),
    }
}

/// A line of the table.
pub(super) fn read_line((contexts, keys, action, hint): &Line) -> Binding {
    Binding { contexts, keys: sequences(keys), action: *action, hint: *hint }
}

/// Alternatives are parted by two blanks, the keys of a sequence by one.
fn sequences(text: &str) -> Vec<Vec<Key>> {
    text.split("  ").map(|keys| keys.split(' ').filter_map(Key::parse).collect()).collect()
}

/// The bindings that hold.
pub(super) fn bindings(mut bindings: Vec<Binding>, keys: &Keys, space: Space) -> Result<Vec<Binding>, WrongKeys> {
    if space == Space::Mark {
        let space = [Key { code: KeyCode::Char(' '), modifiers: KeyModifiers::NONE }];
        for binding in &mut bindings {
            match binding.action {
                Action::Complete | Action::Reopen => binding.keys.retain(|keys| *keys != space),
                Action::Mark => binding.keys.push(space.to_vec()),
                _ => {}
            }
        }
    }
    let before = bindings.clone();
    if keys.preset == Preset::Gmail {
        GMAIL.iter().for_each(|(action, keys)| set(&mut bindings, *action, &sequences(keys)));
    }
    let mut own = Vec::new();
    for (name, keys) in &keys.own {
        let action = Action::named(name).ok_or_else(|| WrongKeys::Action { action: name.clone() })?;
        let keys = read(action, keys, &bindings)?;
        set(&mut bindings, action, &keys);
        own.push(action);
    }
    for (opener, context, goes_on) in SAME_KEY.iter().filter(|(.., goes_on)| !own.contains(goes_on)) {
        go_along(&mut bindings, &before, *opener, (*context, *goes_on));
    }
    check(&bindings, &own)?;
    Ok(bindings)
}

/// The keys that a person has written for an action.
fn read(action: Action, texts: &[String], bindings: &[Binding]) -> Result<Vec<Vec<Key>>, WrongKeys> {
    let name = action.name();
    if matches!(action, Action::Agree | Action::Refuse | Action::Mine | Action::Theirs) {
        return Err(WrongKeys::Fixed { action: name });
    }
    let is_elsewhere = |b: &Binding| b.action == action && b.contexts.iter().any(|context| !context.is_screen());
    if texts.is_empty() && bindings.iter().any(is_elsewhere) {
        return Err(WrongKeys::None { action: name });
    }
    let wrong = |key: &str| WrongKeys::Key { action: name.clone(), key: key.to_owned() };
    let edits = bindings.iter().any(|b| b.action == action && b.contexts.iter().any(|c| c.takes_text()));
    let keys = |text: &String| {
        let keys: Option<Vec<Key>> = text.split(' ').map(|key| Key::parse(key).map(Key::in_latin)).collect();
        let keys = keys.filter(|keys| keys.len() <= 2).ok_or_else(|| wrong(text))?;
        if let Some(sent) = keys.iter().find_map(|key| key.sent_as()) {
            return Err(WrongKeys::Unsent { action: name.clone(), key: text.clone(), sent });
        }
        let has_already = bindings.iter().any(|b| b.action == action && b.keys.contains(&keys));
        match keys.as_slice() {
            [key] if edits && !has_already && field::edits(*key) => {
                Err(WrongKeys::Edits { action: name.clone(), key: text.clone() })
            }
            _ => Ok(keys),
        }
    };
    texts.iter().map(keys).collect()
}

/// Where what an action opens goes on with its key, gives that its new keys, too, as far as
/// they mean nothing else there.
fn go_along(bindings: &mut [Binding], before: &[Binding], opener: Action, (context, goes_on): (Context, Action)) {
    let keys_of = |bindings: &[Binding]| -> Vec<Vec<Key>> {
        let own = bindings.iter().filter(|b| b.action == opener);
        own.flat_map(|b| b.keys.iter().cloned()).collect()
    };
    let (old, new) = (keys_of(before), keys_of(bindings));
    let is_taken = |keys: &Vec<Key>| bindings.iter().any(|b| b.contexts.contains(&context) && b.keys.contains(keys));
    let mut fresh: Vec<Vec<Key>> = Vec::new();
    for keys in new.iter().filter(|keys| !old.contains(keys) && !is_taken(keys)) {
        if !fresh.contains(keys) {
            fresh.push(keys.clone());
        }
    }
    let here = |b: &&mut Binding| b.action == goes_on && b.contexts == [context];
    if let Some(binding) = bindings.iter_mut().filter(here).find(|b| b.keys.iter().any(|keys| old.contains(keys))) {
        binding.keys.retain(|keys| !old.contains(keys) || new.contains(keys));
        binding.keys.splice(0..0, fresh);
    }
}

/// Gives an action keys: each where the table has it, new ones wherever the action has a
/// key. Letters that are text somewhere stay text, and no menu loses its way out.
fn set(bindings: &mut [Binding], action: Action, keys: &[Vec<Key>]) {
    let known: Vec<Vec<Key>> =
        bindings.iter().filter(|b| b.action == action).flat_map(|b| b.keys.iter().cloned()).collect();
    for binding in bindings.iter_mut().filter(|b| b.action == action) {
        let takes_text = binding.contexts.iter().any(|context| context.takes_text());
        let is_text = |keys: &[Key]| takes_text && (keys.len() > 1 || keys.iter().any(|key| key.typed().is_some()));
        let fits = |keys: &&Vec<Key>| !is_text(keys) && (binding.keys.contains(keys) || !known.contains(keys));
        let fit: Vec<Vec<Key>> = keys.iter().filter(fits).cloned().collect();
        if !fit.is_empty() || binding.contexts.iter().all(|context| context.is_screen()) {
            binding.keys = fit;
        }
    }
}

/// Finds a key that means two things in one place; of the two, `own` is what was set.
fn check(bindings: &[Binding], own: &[Action]) -> Result<(), WrongKeys> {
    for context in super::ANYWHERE {
        let here = |b: &&Binding| b.contexts.contains(context);
        let all: Vec<(&Vec<Key>, Action)> =
            bindings.iter().filter(here).flat_map(|b| b.keys.iter().map(|keys| (keys, b.action))).collect();
        for (i, (keys, action)) in all.iter().enumerate() {
            for (others, other) in &all[i + 1..] {
                if let Some(wrong) = clash((keys, *action), (others, *other), own) {
                    return Err(wrong);
                }
            }
        }
    }
    Ok(())
}

fn clash(one: (&[Key], Action), two: (&[Key], Action), own: &[Action]) -> Option<WrongKeys> {
    // The line of the settings to be named is one that is there.
    let ((keys, action), (others, other)) = if own.contains(&one.1) { (one, two) } else { (two, one) };
    let (action, other) = (action.name(), other.name());
    if keys == others {
        return (action != other).then(|| WrongKeys::Taken { action, key: spell(keys), other });
    }
    let (short, long) = if keys.len() < others.len() { (keys, others) } else { (others, keys) };
    let hides = long.starts_with(short);
    hides.then(|| WrongKeys::Hides { action, key: spell(short), hidden: spell(long), other })
}
