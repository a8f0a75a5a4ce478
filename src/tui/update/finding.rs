//! The search: from its first letter to the lists that it narrows.

use super::{Effect, act, moving, reads};
use crate::domain::edit::Field;
use crate::domain::query::QueryError;
use crate::domain::query::complete::Wanted;
use crate::domain::query::fields::FieldName;
use crate::tui::key::Key;
use crate::tui::model::Model;
use crate::tui::model::entry::Name;
use crate::tui::model::find::{Find, Finder};
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::request::{ListName, Read};
use crate::tui::view::areas;

/// Opens the field.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let cursors = ListName::ALL.map(|name| model.panes.list(name).kept());
    // What is found is seen while it is typed.
    let (from, list) = (model.panes.focus(), Pane::List(model.panes.list_name()));
    let effects = if areas::areas(model).inside(list).is_none() { moving::focus(model, list) } else { Vec::new() };
    model.overlays.open(Overlay::Find(Box::new(Finder::new(&model.find, cursors, from))));
    effects
}

fn finder(model: &mut Model) -> Option<&mut Finder> {
    match model.overlays.asking_mut() {
        Some(Overlay::Find(finder)) => Some(finder),
        _ => None,
    }
}

/// Takes a key into the field.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let changed = finder(model).is_some_and(|finder| finder.press(key));
    if changed { typed(model) } else { Vec::new() }
}

/// Takes a paste into the field.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(finder) = finder(model) {
        finder.paste(text);
    }
    typed(model)
}

/// Brings back an earlier search, or a later one.
pub(super) fn recall(model: &mut Model, by: isize) -> Vec<Effect> {
    let history = std::mem::take(&mut model.history);
    let changed = finder(model).is_some_and(|finder| finder.recall(&history, by));
    model.history = history;
    if changed { typed(model) } else { Vec::new() }
}

/// Completes the word before the cursor, or goes on to the next one that it may become.
pub(super) fn complete(model: &mut Model, by: isize) -> Vec<Effect> {
    let number = model.data.next_number();
    let Some(finder) = finder(model) else { return Vec::new() };
    if finder.offers.is_some() {
        finder.step_offer(by);
        return typed(model);
    }
    let begun = finder.begun();
    let of = match begun.wanted {
        Wanted::Value(FieldName::Lead) => Field::Lead,
        Wanted::Value(FieldName::Contact) => Field::Contact,
        Wanted::Value(FieldName::Rep) => Field::Rep,
        Wanted::Value(_) | Wanted::Field => {
            finder.offer(begun.words(&[]));
            return typed(model);
        }
    };
    finder.asked = Some(begun.text.clone());
    vec![Effect::Read(number, Read::Names { of, text: begun.text, lead: None })]
}

/// Takes the names that fit the begun word, unless it is another by now.
pub(super) fn offered(model: &mut Model, text: &str, names: &[Name]) -> Vec<Effect> {
    let has_me = model.look.me.is_some();
    let Some(finder) = finder(model) else { return Vec::new() };
    if finder.asked.take_if(|asked| asked == text).is_none() {
        return Vec::new();
    }
    let is_rep = finder.begun().wanted == Wanted::Value(FieldName::Rep);
    let is_me = is_rep && has_me && "me".starts_with(&text.to_lowercase());
    let mut words: Vec<String> = is_me.then(|| "me".to_owned()).into_iter().collect();
    // Who was renamed is found by a former name, which the search would not find by the new one.
    let (id, wanted) = (text.trim(), text.trim().to_lowercase());
    let is_found = |name: &&Name| name.id == id || name.name.to_lowercase().contains(&wanted);
    for name in names.iter().filter(is_found).filter(|name| !name.name.is_empty()) {
        if !words.contains(&name.name) {
            words.push(name.name.clone());
        }
    }
    finder.offer(finder.begun().words(&words));
    model.touch();
    typed(model)
}

/// The text has changed: the lists show what it finds, or where it is not understood, what
/// they showed before.
fn typed(model: &mut Model) -> Vec<Effect> {
    let (today, me) = (model.today, model.look.me.clone());
    let Some(finder) = finder(model) else { return Vec::new() };
    let text = finder.field.text().to_owned();
    let read = |text: &str| Find::read_begun(text, &today, me.as_ref());
    // A begun value stands for all that it may become: what is kept says so.
    let found = read(finder.spelled_out().as_deref().unwrap_or(&text));
    finder.error = found.as_ref().err().cloned();
    let cursors = finder.cursors;
    let find = match &found {
        Ok(find) => Some(find.clone()),
        Err(error) => without_begun(&text, error, model.find.text()).and_then(|rest| read(&rest).ok()),
    };
    find.map_or_else(Vec::new, |find| show(model, find, cursors))
}

/// The text without the term that is not understood, where that term has only just become
/// one: as long as it was a word, few tasks had it.
fn without_begun(text: &str, error: &QueryError, shown: &str) -> Option<String> {
    let (before, rest) = text.split_at_checked(error.span.start)?;
    let (term, behind) = rest.split_at_checked(error.span.len().min(rest.len()))?;
    let has_begun = [before, term].concat().trim_start().starts_with(shown) && shown.len() > before.trim().len();
    has_begun.then(|| [before, behind].concat())
}

/// Narrows the lists; each cursor stays on its task where that is found, else the first
/// task that is takes it.
pub(super) fn show(
    model: &mut Model,
    find: Find,
    cursors: [Option<crate::domain::task::TaskNumber>; 3],
) -> Vec<Effect> {
    if model.find == find {
        return Vec::new();
    }
    model.find = find;
    model.data.keep = None;
    for (name, task) in ListName::ALL.into_iter().zip(cursors) {
        model.panes.list_mut(name).look_for(task);
    }
    vec![reads::deciding(model)]
}

/// Searches for a text as if it had been typed and kept.
///
/// # Errors
/// When it is not understood.
pub(super) fn look_for(model: &mut Model, text: &str) -> Result<Vec<Effect>, String> {
    let find = Find::read(text, &model.today, model.look.me.as_ref()).map_err(|e| e.to_string())?;
    let cursors = ListName::ALL.map(|name| model.panes.list(name).kept());
    model.history.add(find.text());
    let effects = moving::focus(model, Pane::List(model.panes.list_name()));
    let effects = effects.into_iter().chain(show(model, find, cursors)).collect::<Vec<_>>();
    Ok(effects.into_iter().chain(act::remember(model)).collect())
}

/// Keeps the search; one that is not understood stays in the field.
pub(super) fn keep(model: &mut Model) -> Vec<Effect> {
    if finder(model).is_none_or(|finder| finder.error.is_some()) {
        return Vec::new();
    }
    model.overlays.close();
    if !model.find.is_empty() {
        model.history.add(model.find.text());
    }
    let mut effects = act::remember(model).into_iter().collect::<Vec<_>>();
    effects.extend(moving::focus(model, Pane::List(model.panes.list_name())));
    effects
}

/// Closes the field; the lists show again what they did before, and the cursors stand
/// where they stood.
pub(super) fn give_up(model: &mut Model) -> Vec<Effect> {
    match model.overlays.close() {
        Some(Overlay::Find(finder)) => {
            // Its task is back with the lists.
            model.panes.focus_on(finder.from);
            show(model, finder.before().clone(), finder.cursors)
        }
        _ => Vec::new(),
    }
}

/// Searches for nothing any more; each cursor stays on its task.
pub(super) fn drop_search(model: &mut Model) -> Vec<Effect> {
    let cursors = ListName::ALL.map(|name| model.panes.list(name).kept());
    let effects = show(model, Find::default(), cursors);
    effects.into_iter().chain(act::remember(model)).collect()
}

/// Another day, or another zone, gives the words of dates another meaning.
pub(super) fn renew(model: &mut Model) {
    model.find.renew(&model.today, model.look.me.as_ref());
}
