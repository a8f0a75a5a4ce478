//! The form: from the first key to the disk. Typed text is never lost.

use chrono::{DateTime, Utc};

use super::{Effect, changing};
use crate::domain::edit::Field;
use crate::domain::task::{Party, RepId, TaskNumber};
use crate::repository::Written;
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::model::Model;
use crate::tui::model::form::{Form, Name, Saved};
use crate::tui::model::overlay::Overlay;
use crate::tui::request::{Number, Read, Write};

/// Opens the form of a new task.
pub(super) fn open_new(model: &mut Model) -> Vec<Effect> {
    let me = me(model);
    let form = Form::new(me.as_ref(), &model.today);
    model.overlays.open(Overlay::Form(Box::new(form)));
    Vec::new()
}

fn me(model: &Model) -> Option<Party<RepId>> {
    let id = model.look.me.clone()?;
    let known = model.data.reps.iter().find(|(rep, _)| rep.id.as_ref() == Some(&id));
    Some(known.map_or(Party { id: Some(id), name: model.look.my_name.clone() }, |(rep, _)| rep.clone()))
}

/// Opens the form of the cursor's task.
pub(super) fn open_edit(model: &mut Model) -> Vec<Effect> {
    match model.current_task().cloned() {
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
    match action {
        Action::NextField => {
            form.go(1, &today);
            return names(model);
        }
        Action::PreviousField => {
            form.go(-1, &today);
            return names(model);
        }
        Action::NextOffer => step_offer(form, 1),
        Action::PreviousOffer => step_offer(form, -1),
        Action::SwitchKind if form.row.is_none() => form.switch(),
        Action::Accept if form.go(1, &today) => return names(model),
        Action::Accept | Action::SaveForm => return save(model),
        Action::OpenEditor => return open_editor(form),
        _ => {}
    }
    Vec::new()
}

fn form_mut(model: &mut Model) -> Option<&mut Form> {
    match model.overlays.top_mut() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

fn step_offer(form: &mut Form, by: isize) {
    let entry = form.current_mut();
    entry.offer = entry.offer.saturating_add_signed(by).min(entry.offers.len().saturating_sub(1));
}

/// Takes a key into the field.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(form) = form_mut(model) else { return Vec::new() };
    let entry = form.current_mut();
    if !entry.input.press(key) {
        return Vec::new();
    }
    entry.changed();
    names(model)
}

/// Takes a paste into the field.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(form) = form_mut(model) else { return Vec::new() };
    let entry = form.current_mut();
    match entry.field {
        Field::Text => entry.input.paste_lines(text),
        _ => entry.input.paste(text),
    }
    entry.changed();
    names(model)
}

/// Asks which names fit what is typed in the field.
fn names(model: &mut Model) -> Vec<Effect> {
    let Some(form) = form_mut(model) else { return Vec::new() };
    let lead = form.lead();
    let entry = form.current_mut();
    let text = entry.text().trim().to_owned();
    let lists_all = entry.field == Field::Contact && lead.is_some();
    if !entry.names_somebody() || entry.party.is_some() || text.is_empty() && !lists_all {
        return Vec::new();
    }
    entry.asked = Some(entry.text().to_owned());
    let read = Read::Names { of: entry.field, text: entry.text().to_owned(), lead };
    vec![Effect::Read(model.data.next_number(), read)]
}

/// The names have come.
pub(super) fn offered(model: &mut Model, of: Field, text: &str, names: Vec<Name>) -> Vec<Effect> {
    let today = model.today;
    let Some(form) = model.overlays.form_mut() else { return Vec::new() };
    let is_current = form.current().field == of;
    let Some(i) = form.entries.iter().position(|entry| entry.field == of) else { return Vec::new() };
    form.entries[i].offered(text, names);
    if !is_current {
        // The field was left before its names came: it is checked now.
        let at = std::mem::replace(&mut form.at, i);
        form.leave(&today);
        form.at = at;
    }
    let saves = form.saves;
    model.touch();
    if saves { save(model) } else { Vec::new() }
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
    let saved = form.saved(&today);
    let Some(Overlay::Form(form)) = model.overlays.close() else { return Vec::new() };
    let effects = match saved {
        Saved::Same => {
            model.notice.note("Nothing was changed.", today.now);
            return Vec::new();
        }
        Saved::New(fields) => {
            let by = model.look.me.clone();
            changing::write(model, Write::Add { is_call: form.is_call, fields, by, now: today.now })
        }
        Saved::Changed(edit, seen) => {
            let task = form.row.as_ref().map(|row| row.number).into_iter().collect();
            changing::edit_as_seen(model, task, edit, Some(seen))
        }
    };
    // Kept until the disk has it: what was typed comes back if it cannot be written.
    model.data.sent_form = Some((model.data.number, form));
    effects
}

/// A write has come back: its form is done with, or comes back with what was typed.
pub(super) fn written(model: &mut Model, number: Number, ok: bool) {
    if model.data.sent_form.as_ref().is_none_or(|(sent, _)| *sent != number) {
        return;
    }
    if let Some((_, form)) = model.data.sent_form.take()
        && !ok
    {
        model.overlays.open(Overlay::Form(form));
    }
}

/// The task was changed elsewhere since the form was opened: asks whose values stand.
pub(super) fn conflict(model: &mut Model, at: DateTime<Utc>) {
    model.notice.dismiss();
    model.overlays.open(Overlay::Conflict(at));
}

/// Mine: writes over what is there now.
pub(super) fn mine(model: &mut Model) -> Vec<Effect> {
    model.overlays.close();
    let today = model.today;
    let Some(Overlay::Form(form)) = model.overlays.close() else { return Vec::new() };
    let (Some(row), Saved::Changed(edit, _)) = (&form.row, form.saved(&today)) else { return Vec::new() };
    let effects = changing::do_edit(model, vec![row.number], edit);
    model.data.sent_form = Some((model.data.number, form));
    effects
}

/// Theirs: what is there now stays.
pub(super) fn theirs(model: &mut Model) -> Vec<Effect> {
    model.overlays.close();
    model.overlays.close();
    model.notice.note("Theirs stays; nothing was written.", model.today.now);
    Vec::new()
}

/// Closes the form; asks first if something was typed.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    if form_mut(model).is_some_and(|form| form.is_changed()) {
        model.overlays.open(Overlay::Discard);
    } else {
        model.overlays.close();
    }
    Vec::new()
}

/// Yes: what was typed is thrown away.
pub(super) fn discard(model: &mut Model) -> Vec<Effect> {
    model.overlays.close();
    Vec::new()
}

fn open_editor(form: &mut Form) -> Vec<Effect> {
    let entry = form.current();
    if entry.field != Field::Text {
        return Vec::new();
    }
    vec![Effect::Editor(entry.text().to_owned())]
}

/// The editor has closed: its text is the field's.
pub(super) fn edited(model: &mut Model, text: Result<String, String>) -> Vec<Effect> {
    match text {
        Err(why) => model.notice.error(why),
        Ok(text) => {
            if let Some(entry) = model.overlays.form_mut().and_then(|form| form.entry_mut(Field::Text)) {
                entry.input = crate::tui::model::field::Field::with(text.trim_end_matches('\n'));
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
