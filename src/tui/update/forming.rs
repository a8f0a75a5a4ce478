//! The form: from the first key to the disk. Typed text is never lost.

use chrono::{DateTime, Utc};

use super::{Effect, changing, leaving, marking};
use crate::domain::edit::Field;
use crate::domain::task::{LeadId, Party, RepId, TaskNumber};
use crate::repository::Written;
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::model::Model;
use crate::tui::model::entry::{Entry, Name};
use crate::tui::model::field::Field as Input;
use crate::tui::model::form::{Form, Saved, Step, Whose};
use crate::tui::model::overlay::{Leaving, Overlay};
use crate::tui::request::{Read, Row, Write};

/// Opens the form of a new task.
pub(super) fn open_new(model: &mut Model) -> Vec<Effect> {
    let me = me(model);
    let form = Form::new(me.as_ref(), &model.today);
    model.overlays.open(Overlay::Form(Box::new(form)));
    Vec::new()
}

/// A new to-do of these words, as its form has it: of today, for the one who sits here.
pub(super) fn add(model: &mut Model, text: &str) -> Vec<Effect> {
    let effects = open_new(model);
    let entry = form_mut(model).and_then(|form| form.entry_mut(Field::Text));
    entry.into_iter().for_each(|entry| entry.input = Input::with(text));
    effects.into_iter().chain(save(model)).collect()
}

pub(super) fn me(model: &Model) -> Option<Party<RepId>> {
    let id = model.look.me.clone()?;
    let known = model.data.reps.iter().find(|(rep, _)| rep.id.as_ref() == Some(&id));
    Some(known.map_or(Party { id: Some(id), name: model.look.my_name.clone() }, |(rep, _)| rep.clone()))
}

/// Opens the form of the cursor's task.
pub(super) fn open_edit(model: &mut Model) -> Vec<Effect> {
    let is_marked = model.marks.count() > 1;
    match model.current_task().cloned() {
        Some(_) if is_marked || marking::is_on_several(model) => {
            let key = |action| model.look.keys.key(action);
            let all = [Action::SetDate, Action::Assign, Action::Complete].map(key).join(", ");
            let remedy = match is_marked {
                true => format!("{} takes the marks away", key(Action::StepBack)),
                false => format!("{} unfolds the lead's", key(Action::OpenDetails)),
            };
            let words = format!("Of several tasks only date, person and completion change: {all}. {remedy}.");
            model.notice.note(words, model.today.now);
        }
        Some(row) => {
            let form = Form::of(row, &model.today);
            model.overlays.open(Overlay::Form(Box::new(form)));
        }
        None => model.notice.note("No task here.", model.today.now),
    }
    Vec::new()
}

/// What an action does in the form.
pub(super) fn perform(model: &mut Model, action: Action) -> Vec<Effect> {
    let today = model.today;
    let Some(form) = form_mut(model) else { return Vec::new() };
    form.saves = false;
    match action {
        Action::NextField => form.go(1, &today),
        Action::PreviousField => form.go(-1, &today),
        Action::NextOffer => form.current_mut().step(1),
        Action::PreviousOffer => form.current_mut().step(-1),
        Action::SwitchKind if form.row.is_none() => form.switch(),
        Action::SaveForm => return save(model),
        Action::OpenEditor => return open_editor(model),
        Action::Onward => match form.enter(&today) {
            Step::Saves => return save(model),
            Step::Next | Step::Stays => {}
        },
        _ => {}
    }
    names(model)
}

/// Goes to another field.
pub(super) fn go(model: &mut Model, by: isize) -> Vec<Effect> {
    let today = model.today;
    if let Some(form) = form_mut(model) {
        form.saves = false;
        form.go(by, &today);
    }
    names(model)
}

fn form_mut(model: &mut Model) -> Option<&mut Form> {
    match model.overlays.top_mut() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// Takes a key into the field.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(form) = form_mut(model) else { return Vec::new() };
    // What goes on being typed is not what was to be saved.
    form.saves = false;
    let entry = form.current_mut();
    if !entry.press(key) {
        return Vec::new();
    }
    entry.changed();
    names(model)
}

/// Takes a paste into the field.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(form) = form_mut(model) else { return Vec::new() };
    form.saves = false;
    let entry = form.current_mut();
    entry.paste(text);
    entry.changed();
    names(model)
}

/// Asks which names fit what is typed in the field that has the keys.
fn names(model: &mut Model) -> Vec<Effect> {
    let at = form_mut(model).map(|form| form.at);
    at.map(|at| names_of(model, at)).unwrap_or_default()
}

/// Asks which names fit what is typed in each field.
pub(super) fn all_names(model: &mut Model) -> Vec<Effect> {
    let count = model.overlays.form_mut().map_or(0, |form| form.entries.len());
    (0..count).flat_map(|at| names_of(model, at)).collect()
}

/// Asks which names fit what is typed in a field.
fn names_of(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(form) = model.overlays.form_mut() else { return Vec::new() };
    let lead = form.lead();
    let entry = &mut form.entries[at];
    let text = entry.text().trim().to_owned();
    let lists_all = entry.field == Field::Contact && lead.is_some();
    let is_settled = entry.party.is_some() || entry.asked.as_deref() == Some(entry.text()) || !entry.offers.is_empty();
    if !entry.names_somebody() || is_settled || text.is_empty() && !lists_all {
        return Vec::new();
    }
    entry.asked = Some(entry.text().to_owned());
    let read = Read::Names { of: entry.field, text: entry.text().to_owned(), lead };
    vec![Effect::Read(model.data.next_number(), read)]
}

/// What names were asked for.
pub(super) struct Asked {
    pub(super) text: String,
    pub(super) lead: Option<LeadId>,
}

/// The names have come.
pub(super) fn offered(model: &mut Model, of: Field, asked: &Asked, names: Vec<Name>) -> Vec<Effect> {
    let today = model.today;
    let Some(form) = model.overlays.form_mut() else { return Vec::new() };
    let is_current = form.current().field == of;
    let Some(i) = form.entries.iter().position(|entry| entry.field == of) else { return Vec::new() };
    if of == Field::Contact && form.lead() != asked.lead {
        // Another lead's contacts: those of the one that is meant by now are asked for.
        form.entries[i].forget_asked(&asked.text);
        return names_of(model, i);
    }
    form.entries[i].offered(&asked.text, names);
    if !is_current {
        // The field was left before its names came: it is checked now.
        form.leave(i, &today);
    }
    let saves = form.saves;
    // Where the lead is another by now, other contacts would do.
    let is_open = |entry: &Entry| of == Field::Lead && entry.field == Field::Contact && entry.is_unknown();
    let contact = form.entries.iter().position(is_open);
    let mut effects = contact.map(|at| names_of(model, at)).unwrap_or_default();
    model.touch();
    if saves {
        effects.extend(save(model));
    }
    effects
}

/// Saves, if everything is good; else the first bad field has the keys.
fn save(model: &mut Model) -> Vec<Effect> {
    let today = model.today;
    let Some(form) = form_mut(model) else { return Vec::new() };
    if !form.is_good(&today) {
        form.saves = false;
        return Vec::new();
    }
    form.saves = form.is_asking();
    if form.saves {
        return Vec::new();
    }
    send(model)
}

/// Sends the form, which is good, to the disk.
fn send(model: &mut Model) -> Vec<Effect> {
    let today = model.today;
    let Some(Overlay::Form(form)) = model.overlays.close() else { return Vec::new() };
    let effects = match (form.saved(&today), &form.row) {
        (Saved::New(fields), _) => {
            let by = model.look.me.clone();
            changing::write(model, Write::Add { is_call: form.is_call, fields, by, now: today.now })
        }
        (Saved::Changed(edit, seen), Some(row)) => changing::edit_as_seen(model, vec![row.number], edit, Some(seen)),
        (Saved::Same | Saved::Changed(..), _) => {
            model.notice.note("Nothing was changed.", today.now);
            return Vec::new();
        }
    };
    keep_typed(model, Overlay::Form(form), effects)
}

/// Keeps what was typed until the disk has it; where nothing is written, it stays open.
pub(super) fn keep_typed(model: &mut Model, typed: Overlay, effects: Vec<Effect>) -> Vec<Effect> {
    match effects.as_slice() {
        [Effect::Write(number, _), ..] => model.saving.keep(*number, typed),
        _ => model.overlays.open(typed),
    }
    effects
}

/// The task was changed elsewhere since the form was opened: it is to be asked whose
/// values stand.
pub(super) fn conflict(model: &mut Model, typed: Overlay, at: DateTime<Utc>, theirs: Row) {
    let today = model.today;
    model.notice.dismiss();
    let Overlay::Form(mut form) = typed else { return };
    form.meet(theirs, &today);
    let mut mine = form.clone();
    mine.settle(Whose::Mine, &today);
    if !mine.is_changed() {
        model.notice.note("Somebody made the same change already.", today.now);
        return;
    }
    if !model.is_free() {
        model.notice.note("Changed elsewhere meanwhile: asked about once this is closed.", today.now);
    }
    model.saving.give_back(Overlay::Form(form), Some(at));
}

/// Opens what was typed for a write that failed, once nothing else has the keys.
pub(super) fn bring_back(model: &mut Model) {
    if !model.is_free() {
        return;
    }
    if let Some(typed) = model.saving.take_failed() {
        model.overlays.open(typed);
        model.touch();
    }
}

/// Mine: what is typed is written over what is there now, unless that changes again.
pub(super) fn mine(model: &mut Model) -> Vec<Effect> {
    settle(model, Whose::Mine);
    send(model)
}

/// Theirs: what is there now stays; what was typed into other fields waits to be saved.
pub(super) fn theirs(model: &mut Model) -> Vec<Effect> {
    settle(model, Whose::Theirs);
    if form_mut(model).is_some_and(|form| form.is_changed()) {
        let save = model.look.keys.key(Action::SaveForm);
        model.notice.note(format!("Theirs stays. {save} saves the rest."), model.today.now);
    } else {
        model.overlays.close();
        model.notice.note("Theirs stays; nothing was written.", model.today.now);
    }
    Vec::new()
}

fn settle(model: &mut Model, whose: Whose) {
    let today = model.today;
    model.overlays.close();
    if let Some(form) = form_mut(model) {
        form.settle(whose, &today);
    }
}

/// Closes the form or the note; asks first if something was typed.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    if model.overlays.top().is_some_and(is_typed_in) {
        model.overlays.open(Overlay::Discard(Leaving::Form));
    } else {
        model.overlays.close();
    }
    Vec::new()
}

/// Whether a form or a note holds what is nowhere else, or one that came back waits.
fn holds_typed_text(model: &Model) -> bool {
    let waits = model.saving.returned().next().is_some();
    waits || model.overlays.iter().any(is_typed_in)
}

fn is_typed_in(overlay: &Overlay) -> bool {
    match overlay {
        Overlay::Form(form) => form.is_changed(),
        Overlay::Note(note) => !note.field.text().trim().is_empty(),
        _ => false,
    }
}

/// Quits from anywhere; asks once where typed text would be lost.
pub(super) fn quit_now(model: &mut Model) -> Vec<Effect> {
    let was_asked = matches!(model.overlays.top(), Some(Overlay::Discard(_)));
    if was_asked || !holds_typed_text(model) {
        return leaving::quit(model);
    }
    model.overlays.open(Overlay::Discard(Leaving::Program));
    Vec::new()
}

/// Yes: what was typed is thrown away.
pub(super) fn discard(model: &mut Model, leaving: Leaving) -> Vec<Effect> {
    if leaving == Leaving::Program {
        return leaving::quit(model);
    }
    model.overlays.close();
    Vec::new()
}

fn open_editor(model: &mut Model) -> Vec<Effect> {
    let text = form_mut(model).and_then(|form| {
        form.at = form.entries.iter().position(|entry| entry.field == Field::Text)?;
        Some(form.current().text().to_owned())
    });
    match text {
        Some(text) => vec![Effect::Editor(text)],
        None => {
            model.notice.note("Close sets the text of this task.", model.today.now);
            Vec::new()
        }
    }
}

/// The editor has closed: its text is the field's.
pub(super) fn edited(model: &mut Model, text: Result<String, String>) -> Vec<Effect> {
    match text {
        Err(why) => model.notice.error(why),
        Ok(text) => {
            if let Some(entry) = model.overlays.form_mut().and_then(|form| form.entry_mut(Field::Text)) {
                // Editors end the last line; the text's own lines stay.
                let typed = if text == entry.text() { &text } else { text.strip_suffix('\n').unwrap_or(&text) };
                entry.input = Input::with(typed);
                entry.changed();
            }
        }
    }
    model.touch();
    Vec::new()
}

/// A new task is in the file: the cursor goes to it, and it shows even where the filter
/// would hide it.
pub(super) fn added(model: &mut Model, written: &Written, has_lead: bool) {
    let number: Option<TaskNumber> = written.changed.first().copied();
    (model.panes.goal, model.data.keep) = (number, number);
    model.data.changed = number.or(model.data.changed);
    let lead = if has_lead { "" } else { " Kept on this computer: Close needs a lead for it." };
    model.notice.done(format!("{}.{lead}", written.summary), model.today.now);
}
