//! Keys: into the open field, or by the keymap to an action.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

use super::{Effect, act, finding, forming, leaving, linking, powering};
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::keymap::{Context, Meaning, spell};
use crate::tui::model::Model;
use crate::tui::model::menu;
use crate::tui::model::overlay::{Overlay, Written};

/// A key was pressed, repeated or released; releases do nothing.
pub(super) fn press(model: &mut Model, event: KeyEvent, is_hurried: bool) -> Vec<Effect> {
    if event.kind == KeyEventKind::Release {
        return Vec::new();
    }
    if model.data.leaving {
        return leaving::press(model, event);
    }
    let run = model.data.run.filter(|_| is_hurried);
    model.data.run = run;
    let effects = act_on(model, event);
    // A key that does not go on with the run ends it.
    if model.data.run == run {
        model.data.run = None;
    }
    effects
}

fn act_on(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let (key, context) = (Key::of(event), model.context());
    match context {
        _ if context.takes_text() => type_key(model, context, key),
        _ => press_in_pane(model, context, key.in_latin(), event.kind == KeyEventKind::Repeat),
    }
}

/// The action that a key means just now, if it means one.
pub(super) fn action_of(model: &Model, event: KeyEvent) -> Option<Action> {
    let (key, context) = (Key::of(event), model.context());
    let pressed = match context.takes_text() {
        true => vec![key],
        false => model.begun.iter().copied().chain([key.in_latin()]).collect(),
    };
    match model.look.keys.meaning(context, &pressed) {
        Meaning::Action(action) => Some(action),
        Meaning::Begun | Meaning::Nothing => None,
    }
}

fn press_in_pane(model: &mut Model, context: Context, key: Key, repeated: bool) -> Vec<Effect> {
    if !model.begun.is_empty() && key.code == KeyCode::Esc {
        model.begun.clear();
        model.touch();
        return Vec::new();
    }
    let mut pressed = std::mem::take(&mut model.begun);
    if !pressed.is_empty() {
        model.touch();
    }
    pressed.push(key);
    match model.look.keys.meaning(context, &pressed) {
        Meaning::Action(action) if repeated && !action.repeats() => Vec::new(),
        Meaning::Action(action) => act::perform(model, action),
        Meaning::Begun => begin(model, pressed),
        // The second key is no key of its own where the first one begins nothing.
        Meaning::Nothing if context == Context::Empty && in_lists(model, &pressed) == Meaning::Begun => {
            unknown(model, context, &pressed);
            begin(model, pressed)
        }
        Meaning::Nothing => unknown(model, context, &pressed),
    }
}

/// What keys would mean in the lists.
fn in_lists(model: &Model, pressed: &[Key]) -> Meaning {
    model.look.keys.meaning(Context::Open, pressed)
}

fn begin(model: &mut Model, pressed: Vec<Key>) -> Vec<Effect> {
    model.begun = pressed;
    model.touch();
    Vec::new()
}

fn unknown(model: &mut Model, context: Context, pressed: &[Key]) -> Vec<Effect> {
    let key = |action| model.look.keys.key_in(context, action);
    let unknown = || match (context, in_lists(model, pressed)) {
        (Context::Empty, Meaning::Action(_) | Meaning::Begun) => {
            format!("That is for tasks. {} makes one, {} shows the demo.", key(Action::New), key(Action::LoadDemo))
        }
        _ => format!("No action on \"{}\". {} for help", spell(pressed), model.look.keys.key(Action::Help)),
    };
    let text = powering::why_not(model, pressed).unwrap_or_else(unknown);
    model.notice.note(text, model.today.now);
    model.touch();
    Vec::new()
}

fn type_key(model: &mut Model, context: Context, key: Key) -> Vec<Effect> {
    if let Meaning::Action(action) = model.look.keys.meaning(context, &[key]) {
        return act::perform(model, action);
    }
    match model.overlays.top_mut() {
        Some(Overlay::Zones(menu)) => menu.press(key, menu::typed_offset),
        Some(Overlay::People(menu)) => menu.press(key, |_| None),
        Some(Overlay::Themes(menu)) => menu.press(key, |_| None),
        Some(Overlay::Assign(menu, _)) => menu.press(key, |text| menu::typed_rep(text, &model.data.reps)),
        Some(Overlay::ImportPath(field) | Overlay::SaveAs(field) | Overlay::Note(Written { field, .. })) => {
            field.press(key);
        }
        Some(Overlay::Date(entry)) => {
            if entry.field.press(key) {
                entry.changed();
            }
        }
        Some(Overlay::Form(_)) => {
            model.touch();
            return forming::press(model, key);
        }
        Some(Overlay::Find(_)) => {
            model.touch();
            return finding::press(model, key);
        }
        Some(Overlay::Palette(palette)) => palette.press(key),
        Some(Overlay::Sheet(sheet)) => sheet.press(key),
        Some(Overlay::Snooze(_) | Overlay::Question(_) | Overlay::Call(_) | Overlay::Called(_)) | None => {}
        Some(Overlay::Discard(_) | Overlay::Conflict(_) | Overlay::Stats(_) | Overlay::Calendar(_)) => {}
    }
    model.touch();
    Vec::new()
}

/// Pasted text is text, never keys.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.data.leaving {
        return Vec::new();
    }
    match model.overlays.top_mut() {
        Some(Overlay::Zones(menu)) => menu.paste(text, menu::typed_offset),
        Some(Overlay::People(menu)) => menu.paste(text, |_| None),
        Some(Overlay::Themes(menu)) => menu.paste(text, |_| None),
        Some(Overlay::Assign(menu, _)) => menu.paste(text, |text| menu::typed_rep(text, &model.data.reps)),
        Some(Overlay::ImportPath(field) | Overlay::SaveAs(field)) => field.paste(text),
        Some(Overlay::Note(Written { field, .. })) => field.paste_lines(text),
        Some(Overlay::Date(entry)) => {
            entry.field.paste(text);
            entry.changed();
        }
        Some(Overlay::Form(_)) => {
            model.touch();
            return forming::paste(model, text);
        }
        Some(Overlay::Find(_)) => {
            model.touch();
            return finding::paste(model, text);
        }
        Some(Overlay::Palette(palette)) => palette.paste(text),
        Some(Overlay::Sheet(sheet)) if sheet.is_typing => sheet.paste(text),
        Some(
            Overlay::Sheet(_) | Overlay::Snooze(_) | Overlay::Question(_) | Overlay::Discard(_) | Overlay::Conflict(_),
        )
        | Some(Overlay::Stats(_) | Overlay::Calendar(_) | Overlay::Call(_) | Overlay::Called(_)) => {
            model.notice.note("Paste ignored: nothing here takes text.", model.today.now);
        }
        None => {
            model.touch();
            return linking::paste(model, text);
        }
    }
    model.touch();
    Vec::new()
}
