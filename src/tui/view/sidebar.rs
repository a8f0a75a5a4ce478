//! The types and the saved searches with their counts: as a pane, and as one line of chips.

use ratatui::layout::Rect;

use super::areas;
use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use crate::domain::kind::TaskType;
use crate::domain::query::Saved;
use crate::domain::shown;
use crate::domain::wording;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::choice::TypeRow;
use crate::tui::model::panes::Pane;
use crate::tui::request::{NAMED, SavedCount};

/// A longer name of a saved search is cut in a chip.
const LONGEST_NAME: usize = 16;
/// Wider lines are not drawn.
const WIDEST: u16 = 36;

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
    let (action, word, brief, at) = match row {
        TypeRow::All => (Some(Action::AllTypes), "All", "All", 0..counts.inbox.len()),
        TypeRow::Known(t) => {
            (Some(Action::OnlyType(t)), wording::label(Some(t)), brief(Some(t)), t.index()..t.index() + 1)
        }
        TypeRow::Other => (None, wording::label(None), brief(None), NAMED..counts.inbox.len()),
    };
    // A longer key would push the words aside; the help has it.
    let key = action.map(|action| model.look.keys.key(action)).filter(|key| key.len() == 1);
    let key = key.unwrap_or_else(|| " ".to_owned());
    let sum = |by_type: &[usize]| by_type[at.clone()].iter().sum();
    Entry { row, key, word, brief, count: sum(&counts.inbox), overdue: sum(&counts.overdue) }
}

/// A type's tag in small letters, as a line of them reads better.
fn brief(task_type: Option<TaskType>) -> &'static str {
    match task_type {
        Some(TaskType::Lead) => "To-do",
        Some(TaskType::IncomingEmail) => "Mail",
        Some(TaskType::EmailFollowup) => "Foll",
        Some(TaskType::MissedCall) => "Miss",
        Some(TaskType::AnsweredDetachedCall) => "Answ",
        Some(TaskType::Voicemail) => "VM",
        Some(TaskType::OpportunityDue) => "Oppo",
        Some(TaskType::IncomingSms) => "SMS",
        Some(TaskType::OutgoingCall) => "Call",
        None => "Othr",
    }
}

/// Whether a row's types are shown.
fn is_marked(model: &Model, row: TypeRow) -> bool {
    if model.find.all_types { row == TypeRow::All } else { model.choice.is_marked(row) }
}

/// How many lines of the pane are seen at once, and how many there are.
pub fn extent(model: &Model) -> (usize, usize) {
    let page = areas::areas(model).inside(Pane::Types).map_or(1, |area| usize::from(area.height).max(1));
    (page, line_of(model, model.side_rows().len() - 1) + 1)
}

/// The line of a row: a blank line and a heading part the saved searches from the types.
pub fn line_of(model: &Model, row: usize) -> usize {
    if row < TypeRow::rows(model.has_others()).len() { row } else { row + 2 }
}

/// The pane.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    // A count far from its word is hard to find.
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let focused = model.panes.focus() == Pane::Types && model.overlays.top().is_none();
    let entries = entries(model);
    let (page, all) = extent(model);
    let first = model.panes.type_top.min(all.saturating_sub(page));
    let at = |line: usize| {
        let y = area.y + u16::try_from(line.checked_sub(first)?).ok()?;
        (y < area.bottom()).then_some(Rect { y, height: 1, ..area })
    };
    for (i, entry) in entries.iter().enumerate() {
        let Some(line) = at(i) else { continue };
        let y = line.y;
        let on = is_marked(model, entry.row);
        pen.meets(line, Hit::Type(entry.row));
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
    if let Some(line) = at(entries.len() + 1).filter(|_| !model.data.saved.is_empty()) {
        pen.say((line.x + 1, line.y), line.width, "SAVED", Role::Heading);
    }
    for (i, saved) in model.data.saved.iter().enumerate() {
        let row = entries.len() + i;
        if let Some(line) = at(line_of(model, row)) {
            pen.meets(line, Hit::Saved(i));
            saved_line(pen, model, saved, line, focused && row == model.panes.type_row);
        }
    }
}

/// ` g1 hot leads   4`
fn saved_line(pen: &mut Pen<'_>, model: &Model, (saved, count): &SavedCount, line: Rect, current: bool) {
    let on = model.shows(saved);
    let role = match (current, on) {
        (true, _) => Role::Cursor,
        (false, true) => Role::Chosen,
        (false, false) => Role::Plain,
    };
    if current {
        pen.paint(line, Role::Cursor);
        pen.cursor = Some((line.x, line.y));
    }
    let sign = if on { "*" } else { " " };
    let used = pen.say((line.x, line.y), 5, &format!("{sign}{} ", key_of(model, saved)), role);
    let count = count.map_or_else(|| "?".to_owned(), |count| count.to_string());
    let aside = pen.say_right(Rect { width: line.width.saturating_sub(1), ..line }, &count, role);
    let room = line.width.saturating_sub(used + aside + 2);
    pen.say((line.x + used, line.y), room, &saved.name, role);
}

/// The keys that lead to a saved search, if any do.
fn key_of(model: &Model, saved: &Saved) -> String {
    let place = u8::try_from(saved.place).ok().filter(|place| *place < 10);
    let key = place.map(|place| model.look.keys.key(Action::GoSaved(place)).replace(' ', ""));
    // A longer key would push the name aside; the help has it.
    key.filter(|key| key.len() == 2).unwrap_or_else(|| "  ".to_owned())
}

/// A type or a saved search in the chips line.
struct Chip {
    hit: Hit,
    text: String,
    alarm: bool,
    chosen: bool,
}

impl Chip {
    fn new(model: &Model, entry: &Entry) -> Chip {
        let text = format!("{} {} {}", entry.key, entry.brief, entry.count).trim_start().to_owned();
        Chip { hit: Hit::Type(entry.row), text, alarm: entry.overdue > 0, chosen: is_marked(model, entry.row) }
    }

    fn saved(pen: &Pen<'_>, model: &Model, at: usize, (saved, count): &SavedCount) -> Chip {
        let name = pen.shown(&saved.name).cut(LONGEST_NAME);
        let count = count.map_or_else(|| "?".to_owned(), |count| count.to_string());
        let text = format!("{} {name} {count}", key_of(model, saved)).trim_start().to_owned();
        Chip { hit: Hit::Saved(at), text, alarm: false, chosen: model.shows(saved) }
    }

    /// With its brackets, or the blanks in their place.
    fn cells(&self) -> u16 {
        u16::try_from(shown::cells(&self.text) + 2 + usize::from(self.alarm)).unwrap_or(u16::MAX)
    }

    fn draw(&self, pen: &mut Pen<'_>, (x, y): (u16, u16)) {
        let (open, close) = if self.chosen { ("[", "]") } else { (" ", " ") };
        let role = if self.chosen { Role::Chosen } else { Role::Plain };
        let alarm = if self.alarm { "!" } else { "" };
        let pieces =
            [(format!("{open}{}", self.text), role), (alarm.to_owned(), Role::Alarm), (close.to_owned(), role)];
        let mut at = x;
        for (words, role) in pieces {
            at += pen.say((at, y), self.cells(), &words, role);
        }
    }
}

/// One line: ` 0 All 12 [1 To-do 3] 2 Mail 1  4 Miss 1!  >`, begun so far to the right that
/// the last chosen type is seen.
pub(super) fn chips(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    let types = entries(model);
    let saved = model.data.saved.iter().enumerate().map(|(at, saved)| Chip::saved(pen, model, at, saved));
    let chips: Vec<Chip> = types.iter().map(|entry| Chip::new(model, entry)).chain(saved).collect();
    let last = chips.iter().rposition(|chip| chip.chosen).unwrap_or(0);
    let cells = |chips: &[Chip]| chips.iter().map(Chip::cells).sum::<u16>();
    let room = line.width.saturating_sub(4);
    let first = (0..last).find(|first| cells(&chips[*first..=last]) <= room).unwrap_or(last);
    let mut x = line.x;
    if first > 0 {
        let used = pen.say((x, line.y), 2, "< ", Role::Strong);
        pen.meets(Rect { x, width: used, ..line }, Hit::Pane(Pane::Types));
        x += used;
    }
    for (i, chip) in chips.iter().enumerate().skip(first) {
        let more = if i + 1 == chips.len() { 0 } else { 2 };
        if x + chip.cells() + more > line.right() {
            let used = pen.say_right(line, ">", Role::Strong);
            pen.meets(Rect { x: line.right() - used, width: used, ..line }, Hit::Pane(Pane::Types));
            return;
        }
        pen.meets(Rect { x, width: chip.cells(), ..line }, chip.hit);
        chip.draw(pen, (x, line.y));
        x += chip.cells();
    }
}
