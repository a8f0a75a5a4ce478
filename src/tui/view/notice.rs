//! The line above the hints: what happened, and what is on the disk.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::style::Role;
use crate::domain::shown::Shown;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::notice::{Remedy, Tone};

/// A notice takes no more lines.
const MOST_LINES: usize = 5;
/// A narrower line says what happened, or what is on the disk.
const ROOM_FOR_BOTH: u16 = 60;

/// What is said.
struct Said {
    lines: Vec<Shown>,
    /// Whether there is room beside it for what is on the disk.
    has_room: bool,
    /// The end of a quotation that may have been cut.
    quote: &'static str,
    remedy: String,
    /// What a click on the remedy does.
    action: Action,
    role: Role,
}

/// How many lines above its own a notice covers, at a width.
pub(super) fn above(model: &Model, width: u16) -> u16 {
    let lines = said(model, width).map_or(1, |said| said.lines.len());
    u16::try_from(lines.saturating_sub(1)).unwrap_or(0)
}

fn said(model: &Model, width: u16) -> Option<Said> {
    let message = model.notice.message()?;
    let (prefix, role) = match message.tone {
        Tone::Error => ("Error: ", Role::Alarm),
        Tone::Done => ("", Role::Done),
        Tone::Note => ("", Role::Plain),
        Tone::Question => ("", Role::Strong),
    };
    let key = |action| model.look.keys.key(action);
    let (action, remedy) = match (message.tone, message.remedy) {
        (Tone::Error, _) => (Action::StepBack, format!("  {}", key(Action::StepBack))),
        (_, None) => (Action::StepBack, String::new()),
        (_, Some(Remedy::Undo)) => (Action::Undo, format!("  {} undo", key(Action::Undo))),
        (_, Some(Remedy::UndoAll)) => (Action::Undo, format!("  {} brings all back", key(Action::Undo))),
        (_, Some(Remedy::Redo)) => (Action::Redo, format!("  {} redo", key(Action::Redo))),
        (_, Some(Remedy::Decide)) => (Action::Decide, format!("  {} answers", key(Action::Decide))),
    };
    // Of what was done a long name loses its end, not its closing quote: `Completed "Log si...".`
    let (text, quote) = match message.text.strip_suffix("\".").filter(|_| message.tone == Tone::Done) {
        Some(text) => (text, "\"."),
        None => (message.text.as_str(), ""),
    };
    let signs = model.look.signs;
    let state = state(model, width);
    let aside = if state.is_empty() { 0 } else { state.len() + 1 };
    let room = usize::from(width).saturating_sub(aside + remedy.len() + quote.len() + 1);
    // What is wrong, and what works, counts to its end: on as many lines as that needs.
    let narrow = usize::from(width).saturating_sub(remedy.len() + 2).max(1);
    let whole = Shown::line_cut(&format!("{prefix}{text}"), narrow * MOST_LINES, signs);
    let has_room = !quote.is_empty() || whole.cells() <= room;
    let lines =
        if !has_room { whole.wrap(narrow).into_iter().take(MOST_LINES).collect() } else { vec![whole.cut(room)] };
    Some(Said { lines, has_room, quote, remedy, action, role })
}

/// What is on the disk; where there is no room for both, it gives way to what happened.
fn state(model: &Model, width: u16) -> String {
    if model.saving.is_slow(model.today.now) {
        return "saving... ".to_owned();
    }
    let gives_way = model.notice.message().is_some() && width < ROOM_FOR_BOTH;
    let saved_at = model.saving.saved_at().filter(|_| !gives_way);
    saved_at.map(|at| format!("saved {} ", model.today.time_of(at))).unwrap_or_default()
}

/// What happened at the left, what is on the disk at the right.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    let said = said(model, line.width);
    let is_short = said.as_ref().is_none_or(|said| said.lines.len() == 1);
    if said.as_ref().is_none_or(|said| said.has_room) {
        pen.say_right(line, &state(model, line.width), Role::Plain);
    }
    let Some(said) = said else { return };
    let top = line.y.saturating_sub(above(model, line.width));
    let mut x = line.x + 1;
    for (words, y) in said.lines.iter().zip(top..) {
        if !is_short {
            pen.clear(Rect { y, ..line });
        }
        x = line.x + 1 + pen.put((line.x + 1, y), line.width.saturating_sub(1), words, said.role);
    }
    x += pen.say((x, line.y), 2, said.quote, said.role);
    pen.button((x, line.y), line.right().saturating_sub(x), &said.remedy, Role::Key, said.action);
}
