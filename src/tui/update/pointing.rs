//! The mouse: what stands where it points, and what is done with it. Whatever it does has a key.

use super::{Effect, act, changing, choosing, forming, moving, saving, typeahead};
use crate::domain::edit::Edit;
use crate::domain::task::TaskNumber;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::mouse::{Gesture, Mouse};
use crate::tui::request::ListName;
use crate::tui::view::{self, Hit, areas};

/// Lines that one notch of the wheel scrolls.
const NOTCH: isize = 3;

/// Does what the mouse asks for.
pub(super) fn act(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    // What is pointed at while the last changes are written would be a change behind them.
    if model.data.leaving {
        return Vec::new();
    }
    let hit = view::hit(model, mouse.at);
    model.data.run = None;
    model.begun.clear();
    let clicked = std::mem::take(&mut model.mouse.clicked);
    model.touch();
    match mouse.gesture {
        Gesture::WheelUp => wheel(model, hit, -NOTCH),
        Gesture::WheelDown => wheel(model, hit, NOTCH),
        Gesture::Click => click(model, hit),
        Gesture::DoubleClick => match hit {
            Some(Hit::Task(_, task)) if clicked == Some(task) => act::perform(model, Action::OpenDetails),
            Some(Hit::Line(_)) if matches!(model.overlays.top(), Some(Overlay::Calendar(_))) => {
                typeahead::click(model, Action::Accept)
            }
            _ => Vec::new(),
        },
    }
}

fn click(model: &mut Model, hit: Option<Hit>) -> Vec<Effect> {
    match hit {
        Some(Hit::Action(action)) => typeahead::click(model, action),
        Some(Hit::Line(line)) => take_line(model, line),
        // What lies over the panes has the mouse as it has the keys; in power mode nothing is below.
        _ if model.overlays.top().is_some() || model.power.is_some() => Vec::new(),
        Some(Hit::Task(list, task)) => {
            model.mouse.clicked = Some(task);
            select(model, list, task)
        }
        Some(Hit::Box(list, task)) => {
            let effects = select(model, list, task);
            effects.into_iter().chain(toggle(model, list)).collect()
        }
        Some(Hit::Type(row)) => choosing::types(model, |choice| choice.only(row)),
        Some(Hit::Saved(at)) => saving::show(model, at),
        Some(Hit::Pane(pane)) => moving::focus(model, pane),
        Some(Hit::Nothing) | None => Vec::new(),
    }
}

fn select(model: &mut Model, list: ListName, task: TaskNumber) -> Vec<Effect> {
    model.details.catch_up();
    model.panes.focus_on(Pane::List(list));
    // Where the disk would put the cursor, the person has pointed elsewhere.
    model.panes.goal = None;
    if let Some(rank) = model.panes.list(list).rank_of(task) {
        model.panes.list_mut(list).go(rank);
    }
    act::leave_kept(model)
}

/// Completes the row's tasks, or re-opens them, whatever else is marked: it was pointed at.
fn toggle(model: &mut Model, list: ListName) -> Vec<Effect> {
    let tasks = model.panes.list(list).row_tasks();
    changing::wanted(model, tasks, Edit::Complete(list != ListName::Archive))
}

fn take_line(model: &mut Model, line: usize) -> Vec<Effect> {
    match model.overlays.top_mut() {
        Some(Overlay::Zones(menu)) => menu.go(line),
        Some(Overlay::People(menu)) => menu.go(line),
        Some(Overlay::Themes(menu)) => menu.go(line),
        Some(Overlay::Assign(menu, _)) => menu.go(line),
        Some(Overlay::Palette(palette)) => palette.go(line),
        Some(Overlay::Calendar(strip)) => {
            strip.cursor = line;
            return Vec::new();
        }
        Some(Overlay::Form(form)) => {
            let by = isize::try_from(line).unwrap_or(0) - isize::try_from(form.at).unwrap_or(0);
            return forming::go(model, by);
        }
        _ => return Vec::new(),
    }
    typeahead::click(model, Action::Accept)
}

fn wheel(model: &mut Model, hit: Option<Hit>, by: isize) -> Vec<Effect> {
    match model.overlays.top() {
        Some(Overlay::Sheet(_)) => moving::go(model, moving::Motion::Rows(by)),
        Some(_) => moving::go(model, moving::Motion::Rows(by.signum())),
        None => match hit {
            Some(Hit::Task(list, _) | Hit::Box(list, _) | Hit::Pane(Pane::List(list))) => {
                return wheel_list(model, list, by);
            }
            Some(Hit::Pane(Pane::Details)) => return moving::scroll_details(model, by),
            Some(Hit::Pane(Pane::Types) | Hit::Type(_) | Hit::Saved(_)) => moving::scroll_types(model, by),
            _ => {}
        },
    }
    Vec::new()
}

fn wheel_list(model: &mut Model, list: ListName, by: isize) -> Vec<Effect> {
    let (page, headings) = (areas::page(model, list), areas::has_headings(model, list));
    if model.panes.list_mut(list).wheel(by, page, headings) {
        model.details.trail();
        return std::iter::once(Effect::Rest).chain(act::leave_kept(model)).collect();
    }
    Vec::new()
}

/// Leaves the mouse to the terminal, or takes it again.
pub(super) fn toggle_mouse(model: &mut Model) -> Vec<Effect> {
    let on = !model.mouse.on;
    take_mouse(model, on)
}

/// Takes the mouse, or leaves it to the terminal.
pub(super) fn take_mouse(model: &mut Model, on: bool) -> Vec<Effect> {
    model.mouse.on = on;
    let key = model.look.keys.key(Action::ToggleMouse);
    let words = match model.mouse.on {
        true => format!("Mouse on. Shift-drag selects text; {key} frees the mouse."),
        false => format!("Mouse off: it selects text. {key} takes it again."),
    };
    model.notice.note(words, model.today.now);
    std::iter::once(Effect::Mouse(model.mouse.on)).chain(act::remember(model)).collect()
}
