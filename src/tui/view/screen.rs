//! The whole screen, from the areas to the overlays.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::areas::{Areas, LEAST, Layout};
use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use super::{
    asking, bars, called, charts, details, find, form, fortnight, help, hints, list, menus, notice, palette, power,
    sidebar,
};
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::overlay::{Leaving, Overlay};
use crate::tui::model::panes::Pane;
use crate::tui::model::{Model, Size};

/// Draws a model.
pub fn draw(frame: &mut Frame<'_>, model: &Model) {
    let area = frame.area();
    let cursor = paint(frame.buffer_mut(), model).cursor;
    if let Some(at) = cursor.filter(|(x, y)| *x < area.right() && *y < area.bottom()) {
        frame.set_cursor_position(at);
    }
}

/// Draws a model; the pen that did it knows where the cursor stands and what the mouse meets.
pub(super) fn paint<'a>(buffer: &'a mut Buffer, model: &'a Model) -> Pen<'a> {
    let area = buffer.area;
    let size = Size { width: area.width, height: area.height };
    // The terminal may have changed between `update` and here: the frame decides.
    let areas = Areas::new(size, &model.panes);
    let mut pen = Pen::new(buffer, model);
    match areas.layout {
        Layout::TooSmall => too_small(&mut pen, area),
        Layout::Tiny | Layout::Narrow | Layout::Wide => whole(&mut pen, model, &areas),
    }
    pen.guard_clusters();
    pen
}

fn too_small(pen: &mut Pen<'_>, area: Rect) {
    let words = format!("Need {}x{}, have {}x{}", LEAST.width, LEAST.height, area.width, area.height);
    let cells = u16::try_from(words.len()).unwrap_or(u16::MAX);
    pen.say((area.width.saturating_sub(cells) / 2, area.height / 2), area.width, &words, Role::Plain);
}

fn whole(pen: &mut Pen<'_>, model: &Model, areas: &Areas) {
    match &model.power {
        Some(power) => power::draw(pen, model, power, areas),
        None => bars::title(pen, model, areas),
    }
    if model.power.is_none() && model.is_first_run() {
        bars::first_run(pen, model, areas);
    } else if model.power.is_none() {
        panes(pen, model, areas);
    }
    notice::draw(pen, model, areas.notice);
    if model.overlays.top().is_some() {
        pen.meets_nothing();
    }
    hints::draw(pen, model, areas.hints);
    for overlay in model.overlays.iter() {
        match overlay {
            Overlay::Sheet(sheet) => help::draw(pen, model, sheet),
            Overlay::Palette(open) => palette::draw(pen, model, open),
            Overlay::Zones(menu) => menus::zones(pen, model, menu),
            Overlay::Themes(menu) => menus::themes(pen, model, menu),
            Overlay::People(menu) => menus::people(pen, model, menu),
            Overlay::ImportPath(field) => asking::prompt(pen, "File to import: ", field, prompt_line(model, areas)),
            Overlay::Assign(menu, tasks) => menus::reps(pen, model, menu, tasks.len()),
            Overlay::Snooze(menu) => menus::snooze(pen, model, menu),
            Overlay::Date(entry) => asking::date_entry(pen, model, entry, areas),
            Overlay::Call(calling) => asking::ask_whole(pen, &calling.words(&model.today), areas.notice),
            Overlay::Called(open) => called::draw(pen, model, open, areas),
            Overlay::Note(note) => asking::prompt(pen, "Note: ", &note.field, prompt_line(model, areas)),
            Overlay::SaveAs(field) => {
                asking::prompt(pen, "Save the search as: ", field, prompt_line(model, areas));
            }
            Overlay::Find(finder) => find::draw(pen, model, finder, areas),
            Overlay::Form(entries) => form::draw(pen, model, entries),
            Overlay::Discard(Leaving::Form) => {
                asking::ask(pen, "Throw away what you typed? ", asking::YES_OR_NO, areas.notice);
            }
            Overlay::Discard(Leaving::Program) => {
                asking::ask(pen, "Quit and throw away what you typed? ", asking::YES_OR_NO, areas.notice);
            }
            Overlay::Conflict(at) => {
                let words = format!("Changed elsewhere at {}. ", model.today.time_of(*at));
                let cancel = asking::bracketed(&model.look.keys.key_in(Context::Conflict, Action::Close), "cancel");
                let answers = [
                    ("[m]ine", Some(Action::Mine)),
                    (" ", None),
                    ("[t]heirs", Some(Action::Theirs)),
                    (" ", None),
                    (cancel.as_str(), Some(Action::Close)),
                    (" ", None),
                ];
                asking::ask(pen, &words, &answers, areas.notice);
            }
            Overlay::Stats(charts) => charts::draw(pen, model, charts),
            Overlay::Calendar(strip) => fortnight::draw(pen, model, strip),
            Overlay::Question(question) => asking::question(pen, question, areas.notice),
        }
    }
}

/// Where a field of one line stands: not over what is wrong with it.
fn prompt_line(model: &Model, areas: &Areas) -> Rect {
    if model.notice.is_error() { areas.hints } else { areas.notice }
}

fn panes(pen: &mut Pen<'_>, model: &Model, areas: &Areas) {
    if let Some(line) = areas.chips {
        sidebar::chips(pen, model, line);
    }
    if let Some(line) = areas.tabs {
        bars::tabs(pen, model, line);
    }
    if areas.layout == Layout::Wide {
        borders(pen, model, areas);
    }
    for (pane, rect) in &areas.panes {
        pen.meets(*rect, Hit::Pane(*pane));
        let Some(inside) = areas.inside(*pane) else { continue };
        match pane {
            Pane::Types => sidebar::draw(pen, model, inside),
            Pane::List(name) => list::draw(pen, model, *name, inside),
            Pane::Details => details::draw(pen, model, inside),
        }
    }
    if let Some(strip) = areas.strip {
        pen.meets(strip, Hit::Pane(Pane::Details));
        details::strip(pen, model, strip);
    }
}

/// The pane that has the keys comes last, so that its border is whole; the titles come
/// after all borders, so that a neighbour's does not colour them.
fn borders(pen: &mut Pen<'_>, model: &Model, areas: &Areas) {
    let focused = |pane: Pane| pane == model.panes.focus() && model.overlays.top().is_none();
    let mut panes = areas.panes.clone();
    panes.sort_by_key(|(pane, _)| focused(*pane));
    for (pane, rect) in &panes {
        pen.frame(*rect, focused(*pane));
    }
    for (pane, rect) in panes {
        let title = match pane {
            Pane::Types => "Types".to_owned(),
            Pane::List(name) => list::title(model, name),
            Pane::Details => details::title(model),
        };
        pen.frame_title(rect, &title, focused(pane));
    }
}
