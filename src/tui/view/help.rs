//! The help, made from the live bindings: the pane's own keys first, then the others.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::style::Role;
use crate::domain::shown::Shown;
use crate::settings::Space;
use crate::tui::keymap::{self, Binding, Context};
use crate::tui::model::Model;
use crate::tui::model::overlay::Overlay;

/// The column of the keys, in cells, for a width.
fn key_column(width: usize) -> usize {
    if width < 60 { 16 } else { 20 }
}

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Where the keys below hold.
    Heading(&'static str),
    /// Keys and what they do; the keys are empty where the line goes on.
    Keys(String, String),
}

/// The contexts with what the help calls them, in its order.
const CONTEXTS: [(Context, &str); 15] = [
    (Context::Open, "Inbox and future"),
    (Context::Archive, "Archive"),
    (Context::Types, "Types"),
    (Context::Details, "Details"),
    (Context::Empty, "A file without tasks"),
    (Context::Snooze, "The snooze menu"),
    (Context::Calendar, "The next two weeks"),
    (Context::Stats, "What was done"),
    (Context::Form, "Forms"),
    (Context::Conflict, "Changed elsewhere"),
    (Context::Menu, "Menus"),
    (Context::Field, "Fields"),
    (Context::Find, "The field of a search"),
    (Context::Question, "Questions"),
    (Context::Help, "This help"),
];

/// All lines for a width in cells: the context's keys, then those of the others that are new.
pub fn lines(here: Context, space: Space, width: usize) -> Vec<Line> {
    let mut contexts = CONTEXTS.to_vec();
    contexts.sort_by_key(|(context, _)| *context != here);
    let mut seen: Vec<*const Binding> = Vec::new();
    let mut out = Vec::new();
    for (context, words) in contexts {
        let fresh: Vec<&Binding> =
            keymap::bindings_in(context, space).filter(|b| !seen.contains(&std::ptr::from_ref(*b))).collect();
        if fresh.is_empty() {
            continue;
        }
        out.push(Line::Heading(words));
        out.extend(fresh.iter().flat_map(|b| entry(b, width)));
        seen.extend(fresh.into_iter().map(std::ptr::from_ref));
    }
    out
}

fn entry(binding: &Binding, width: usize) -> Vec<Line> {
    let keys = binding.keys.iter().map(|keys| keymap::spell(keys)).collect::<Vec<_>>().join(", ");
    let wrap = |text: &str, cells: usize| -> Vec<String> {
        Shown::line(text, crate::domain::shown::Signs::Ascii)
            .wrap(cells.max(1))
            .iter()
            .map(|line| line.as_str().trim_end().to_owned())
            .collect()
    };
    let column = key_column(width);
    let (keys, help) = (wrap(&keys, column - 2), wrap(&binding.action.help(), width.saturating_sub(column).max(8)));
    let at = |lines: &[String], i: usize| lines.get(i).cloned().unwrap_or_default();
    (0..keys.len().max(help.len())).map(|i| Line::Keys(at(&keys, i), at(&help, i))).collect()
}

fn area(model: &Model) -> Rect {
    let (width, height) = (model.size.width.min(super::areas::MOST), model.size.height.min(super::areas::MOST));
    Rect { x: 0, y: 1, width, height: height.saturating_sub(2) }
}

/// How many lines of the help are seen at once, and how many there are.
pub fn extent(model: &Model) -> (usize, usize) {
    let area = area(model);
    let Some(Overlay::Help(context, _)) = model.overlays.top() else { return (1, 0) };
    (usize::from(area.height).max(1), lines(*context, model.look.space, inside(area)).len())
}

fn inside(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(2))
}

/// The help over everything but the hints.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, context: Context, top: usize) {
    let area = area(model);
    let lines = lines(context, model.look.space, inside(area));
    pen.clear(Rect { y: 0, height: area.height + 1, ..area });
    let title = Rect { y: 0, height: 1, ..area };
    pen.say((1, 0), area.width.saturating_sub(1), "HELP", Role::FocusTitle);
    let last = (top + usize::from(area.height)).min(lines.len());
    pen.say_right(title, &format!("{} to {last} of {} ", top + 1, lines.len()), Role::Plain);
    pen.cursor = Some((0, 1));
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        match line {
            Line::Heading(words) => pen.heading(Rect { y, height: 1, ..area }, words, Role::Heading),
            Line::Keys(keys, help) => {
                let column = u16::try_from(key_column(inside(area))).unwrap_or(0);
                pen.say((1, y), column, keys, Role::Key);
                pen.say((1 + column, y), area.width.saturating_sub(column + 1), help, Role::Plain);
            }
        }
    }
}
