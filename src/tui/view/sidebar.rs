//! The types with their counts: as a pane, and as one line of chips.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::style::Role;
use crate::domain::wording;
use crate::tui::model::Model;
use crate::tui::model::choice::TypeRow;
use crate::tui::model::panes::Pane;

/// A type's key, word, and how many of it the inbox has, how many of them overdue.
struct Entry {
    row: TypeRow,
    key: String,
    word: &'static str,
    brief: &'static str,
    count: usize,
    overdue: usize,
}

fn entries(model: &Model) -> Vec<Entry> {
    TypeRow::rows(model.has_others()).into_iter().map(|row| entry(model, row)).collect()
}

fn entry(model: &Model, row: TypeRow) -> Entry {
    let counts = &model.data.counts;
    let (key, word, brief, at) = match row {
        TypeRow::All => ("0".to_owned(), "All", "All", 0..counts.inbox.len()),
        TypeRow::Known(t) => {
            let (word, brief) = (wording::label(Some(t)), wording::tag(Some(t)).trim_end());
            ((t.index() + 1).to_string(), word, brief, t.index()..t.index() + 1)
        }
        TypeRow::Other => (" ".to_owned(), wording::label(None), wording::tag(None), 9..10),
    };
    let sum = |by_type: &[usize]| by_type[at.clone()].iter().sum();
    Entry { row, key, word, brief, count: sum(&counts.inbox), overdue: sum(&counts.overdue) }
}

/// The pane.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let focused = model.panes.focus() == Pane::Types && model.overlays.top().is_none();
    for (i, entry) in entries(model).iter().enumerate().take(usize::from(area.height)) {
        let y = area.y + u16::try_from(i).unwrap_or(u16::MAX);
        let line = Rect { y, height: 1, ..area };
        let on = model.choice.is_marked(entry.row);
        let current = focused && i == model.panes.type_row;
        let role = |role| if current { Role::Cursor } else { role };
        let name = role(if on { Role::Chosen } else { Role::Plain });
        if current {
            pen.paint(line, Role::Cursor);
            pen.cursor = Some((line.x, y));
        }
        pen.say((line.x, y), 3, &format!("{}{} ", if on { "*" } else { " " }, entry.key), name);
        let alarm = if entry.overdue > 0 { "!" } else { " " };
        pen.say_right(line, alarm, role(Role::Alarm));
        let count = Rect { width: line.width.saturating_sub(1), ..line };
        let used = pen.say_right(count, &entry.count.to_string(), name);
        pen.say((line.x + 3, y), count.width.saturating_sub(used + 4), entry.word, name);
    }
}

/// One line: ` 0 All 12 [1 TODO 3] 2 MAIL 1  4 MISS 1!  >`, begun so far to the right that
/// the last chosen type is seen.
pub(super) fn chips(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    let chips: Vec<(String, Role)> = entries(model).iter().map(|entry| chip(model, entry)).collect();
    let last = chips.iter().rposition(|(_, role)| *role == Role::Chosen).unwrap_or(0);
    let cells = |chips: &[(String, Role)]| chips.iter().map(|(text, _)| text.len()).sum::<usize>();
    let room = usize::from(line.width).saturating_sub(4);
    let first = (0..last).find(|first| cells(&chips[*first..=last]) <= room).unwrap_or(last);
    let mut x = line.x;
    if first > 0 {
        x += pen.say((x, line.y), 2, "< ", Role::Strong);
    }
    for (i, (text, role)) in chips.iter().enumerate().skip(first) {
        let width = u16::try_from(text.len()).unwrap_or(u16::MAX);
        let more = if i + 1 == chips.len() { 0 } else { 2 };
        if x + width + more > line.right() {
            pen.say_right(line, ">", Role::Strong);
            return;
        }
        x += pen.say((x, line.y), width, text, *role);
    }
}

fn chip(model: &Model, entry: &Entry) -> (String, Role) {
    let alarm = if entry.overdue > 0 { "!" } else { "" };
    let text = format!("{} {} {}{alarm}", entry.key, entry.brief, entry.count);
    let text = text.trim_start();
    match (model.choice.is_marked(entry.row), entry.overdue > 0) {
        (true, _) => (format!("[{text}]"), Role::Chosen),
        (false, true) => (format!(" {text} "), Role::Alarm),
        (false, false) => (format!(" {text} "), Role::Plain),
    }
}
