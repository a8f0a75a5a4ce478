//! Saved searches: saved, gone to, forgotten.

use super::{Effect, act, changing, finding, moving};
use crate::domain::query::Saved;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::choice::SideRow;
use crate::tui::model::field::Field;
use crate::tui::model::find::Find;
use crate::tui::model::overlay::{Asked, Overlay, Question};
use crate::tui::model::panes::Pane;
use crate::tui::request::{ListName, Write};

/// What is said where there is nothing to save.
fn no_search(model: &Model) -> String {
    format!("Nothing is searched for: {} begins a search.", model.look.keys.key(Action::Find))
}

/// The names of the saved searches, or how to make one.
pub(super) fn known(model: &Model) -> String {
    let names: Vec<&str> = model.data.saved.iter().map(|(saved, _)| saved.name.as_str()).collect();
    match names.is_empty() {
        true => how_to_save(model),
        false => format!("There are {}.", names.join(", ")),
    }
}

fn how_to_save(model: &Model) -> String {
    let key = model.look.keys.key_in(Context::Find, Action::SaveSearch);
    format!("{key} in the field of a search saves one.")
}

/// Asks for the name of the search; one that is still typed is kept first.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let effects = match model.overlays.top() {
        Some(Overlay::Find(_)) => finding::keep(model),
        _ => Vec::new(),
    };
    // What is not understood is still in its field.
    if model.overlays.top().is_none() {
        match model.find.is_empty() {
            true => model.notice.note(no_search(model), model.today.now),
            false => model.overlays.open(Overlay::SaveAs(Field::default())),
        }
    }
    effects
}

/// Saves the search under the name that was typed; one that no search can have stays.
pub(super) fn take_name(model: &mut Model, field: Field) -> Vec<Effect> {
    match save(model, field.text()) {
        Ok(effects) => effects,
        Err(why) => {
            model.notice.note(why, model.today.now);
            model.overlays.open(Overlay::SaveAs(field));
            Vec::new()
        }
    }
}

/// Saves the search that is shown under a name; what is wrong with the name.
pub(super) fn save(model: &mut Model, name: &str) -> Result<Vec<Effect>, String> {
    if model.find.is_empty() {
        return Err(no_search(model));
    }
    let name = Saved::name_of(name).map_err(|why| why.to_string())?;
    let (text, today, me) = (model.find.text().to_owned(), model.today, model.look.me.clone());
    model.find.all_types = true;
    Ok(changing::write(model, Write::SaveSearch { name, text, today, me }))
}

/// Shows what the saved search at a place finds.
pub(super) fn go(model: &mut Model, place: u8) -> Vec<Effect> {
    let at = model.data.saved.iter().position(|(saved, _)| saved.place == u32::from(place));
    match at {
        Some(at) => show(model, at),
        None => {
            let words = format!("No saved search {place}. {}", how_to_save(model));
            model.notice.note(words, model.today.now);
            Vec::new()
        }
    }
}

/// Shows what the saved search of a name finds.
///
/// # Errors
/// When there is none of that name.
pub(super) fn show_named(model: &mut Model, name: &str) -> Result<Vec<Effect>, String> {
    let wanted = name.to_lowercase();
    match model.data.saved.iter().position(|(saved, _)| saved.name.to_lowercase() == wanted) {
        Some(at) => Ok(show(model, at)),
        None => Err(format!("There is no saved search {name:?}. {}", known(model))),
    }
}

/// Shows what a saved search of the sidebar finds; the sidebar's cursor goes there.
pub(super) fn show(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some((saved, _)) = model.data.saved.get(at).cloned() else { return Vec::new() };
    let row = model.side_rows().iter().position(|row| *row == SideRow::Saved(at));
    model.panes.type_row = row.unwrap_or(model.panes.type_row);
    match Find::saved(&saved.text, &model.today, model.look.me.as_ref()) {
        Ok(find) => {
            let cursors = ListName::ALL.map(|name| model.panes.list(name).kept());
            let effects = moving::focus(model, Pane::List(model.panes.list_name()));
            let effects = effects.into_iter().chain(finding::show(model, find, cursors)).collect::<Vec<_>>();
            effects.into_iter().chain(act::remember(model)).collect()
        }
        Err(why) => {
            model.notice.error(format!("{}: {why}", saved.name));
            Vec::new()
        }
    }
}

/// Forgets the saved search under the sidebar's cursor, after a question.
pub(super) fn forget(model: &mut Model) -> Vec<Effect> {
    let row = model.side_rows().get(model.panes.type_row).copied();
    match row {
        Some(SideRow::Saved(at)) => match model.data.saved.get(at).cloned() {
            Some((saved, _)) => {
                let words = format!("Delete the saved search \"{}\"? y/N", saved.name);
                model.overlays.open(Overlay::Question(Question { about: Asked::Forget(saved), words }));
                Vec::new()
            }
            None => Vec::new(),
        },
        Some(SideRow::Type(_)) | None => {
            model.notice.note("A type stays. Saved searches can be deleted here.", model.today.now);
            Vec::new()
        }
    }
}

/// Says that it was saved, how to come back to it, and what gave way to it, so that that can
/// be typed again.
pub(super) fn saved(model: &mut Model, saved: &Saved) {
    let place = u8::try_from(saved.place).ok().filter(|place| *place < 10);
    let way = place.map(|place| format!(": {}", model.look.keys.key(Action::GoSaved(place)))).unwrap_or_default();
    let before = model.data.saved.iter().map(|(other, _)| other).find(|other| other.is_named(&saved.name));
    let (word, was) = match before.filter(|before| before.text != saved.text) {
        Some(before) => ("Replaced", format!(" It was {}", before.text)),
        None => ("Saved", String::new()),
    };
    let names_types =
        Find::saved(&saved.text, &model.today, model.look.me.as_ref()).is_ok_and(|find| find.search().names_types());
    let all = if names_types || model.choice.types().is_all() { "" } else { " It finds all types." };
    model.notice.note(format!("{word} \"{}\"{way}.{all}{was}", saved.name), model.today.now);
}

/// Says what was forgotten, so that it can be typed again.
pub(super) fn forgotten(model: &mut Model, saved: &Saved) {
    model.notice.note(format!("Deleted \"{}\": {}", saved.name, saved.text), model.today.now);
}
