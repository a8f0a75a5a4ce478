//! The task under the cursor with every field that has a value, its lead's other tasks, its history.

use ratatui::layout::Rect;

use super::areas::{self, Layout};
use super::hit::Hit;
use super::pen::Pen;
use super::style::{self, Role};
use super::{list, power};
use crate::domain::change::Step;
use crate::domain::shown::Shown;
use crate::domain::wording::{self, DateStyle, Detail};
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::panes::Pane;
use crate::tui::request::{Card, Row};

/// Names of fields are padded to the longest, up to this.
const WIDEST_LABEL: usize = 15;

/// A text of more lines is not shown whole: its end is a matter for `repbox show`.
const MOST_LINES: usize = 500;
/// The same for the title and for whom it is about.
const MOST_TITLE_LINES: usize = 6;
/// The same for a step of the history.
const MOST_STEP_LINES: usize = 3;
/// With less room a value is not begun.
const LEAST_VALUE: u16 = 16;
/// So many fields stand under their wire names; a task may hold a million.
const MOST_RAW: usize = 200;

/// A line of the details.
enum Line {
    /// Pieces of text.
    Text(Vec<(Shown, Role)>),
    /// Pieces in which the words of a search are marked.
    Found(Vec<(Shown, Role)>),
    /// A heading over what follows.
    Heading(String),
    /// Another task of the lead.
    Other(Row),
}

/// What is shown of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Everything.
    All,
    /// The task itself.
    Task,
    /// Notes, the lead's other tasks, the history.
    Beside,
}

/// `To-do 1 of 3`: the type, and the place in the list.
pub(super) fn title(model: &Model) -> String {
    let Some(row) = model.details.row() else { return "Details".to_owned() };
    let (place, total) = (model.details.rank() + 1, model.panes.current().total());
    format!("{} {place} of {total}", wording::label(row.task.body.task_type()))
}

/// How many lines of the details are seen at once, and how many there are.
pub fn extent(model: &Model) -> (usize, usize) {
    let areas = areas::areas(model);
    let pages = match model.power {
        Some(_) => power::pages(model, &areas),
        None => {
            let area = areas.inside(Pane::Details).unwrap_or_default();
            vec![(Rect { height: area.height.saturating_sub(head(model)), ..area }, Part::All)]
        }
    };
    let lines =
        |area: Rect, part| model.details.row().map_or(0, |row| lines(model, row, usize::from(area.width), part).len());
    let extents = pages.into_iter().map(|(area, part)| (usize::from(area.height).max(1), lines(area, part)));
    // Columns scroll together, as far as the longest goes.
    extents.max_by_key(|(page, lines)| lines.saturating_sub(*page)).unwrap_or((1, 0))
}

/// Where panes have no border, the title takes a line.
fn head(model: &Model) -> u16 {
    u16::from(Layout::of(model.size) != Layout::Wide)
}

/// The pane.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let focused = model.panes.focus() == Pane::Details && model.overlays.top().is_none();
    let head = head(model);
    if head > 0 {
        pen.heading(Rect { height: 1, ..area }, &title(model), Role::FocusTitle);
    }
    if focused {
        pen.cursor = Some((area.x, area.y + head));
    }
    let inside = Rect { y: area.y + head, height: area.height.saturating_sub(head), ..area };
    let below = body(pen, model, inside, Part::All);
    if below > 0 {
        // On the heading, or on the border below: no line of the task is covered.
        let y = if head > 0 { area.y } else { area.bottom() };
        say_more(pen, model, Rect { x: area.x, y, width: area.width.saturating_sub(3), height: 1 }, below);
    }
}

/// How many lines do not fit.
pub(super) fn say_more(pen: &mut Pen<'_>, model: &Model, line: Rect, below: usize) {
    let here = match (&model.power, model.panes.focus()) {
        (Some(_), _) => Context::Power,
        (None, Pane::Details) => Context::Details,
        (None, Pane::Types | Pane::List(_)) => Context::Open,
    };
    let key = model.look.keys.key_in(here, Action::DetailsDown);
    let used = pen.say_right(line, &format!(" {below} more: {key} "), Role::Label);
    pen.meets(Rect { x: line.right() - used, width: used, ..line }, Hit::Action(Action::DetailsDown));
}

/// A part of the details, as far as it fits; how many lines do not.
pub(super) fn body(pen: &mut Pen<'_>, model: &Model, area: Rect, part: Part) -> usize {
    let Some(row) = model.details.row() else { return 0 };
    let all = lines(model, row, usize::from(area.width), part);
    let top = model.details.top.min(all.len().saturating_sub(usize::from(area.height)));
    for (line, y) in all.iter().skip(top).zip(area.y..area.bottom()) {
        draw_line(pen, model, line, Rect { x: area.x + 1, width: area.width.saturating_sub(2), y, height: 1 });
    }
    all.len().saturating_sub(top + usize::from(area.height))
}

fn draw_line(pen: &mut Pen<'_>, model: &Model, line: &Line, rect: Rect) {
    match line {
        Line::Text(pieces) => pen.pieces(rect, pieces),
        Line::Found(pieces) => pen.pieces_found(rect, pieces, model.find.search()),
        Line::Heading(words) => {
            pen.heading(Rect { x: rect.x.saturating_sub(1), width: rect.width + 2, ..rect }, words, Role::Heading);
        }
        Line::Other(row) => {
            let task_type = row.task.body.task_type();
            let tag = format!("{:<5}", wording::tag(task_type));
            let x = rect.x + pen.say((rect.x, rect.y), 5, &tag, style::tag(task_type));
            let (date, role) = list::date(model, row, DateStyle::Short);
            let rest = Rect { x, width: rect.right().saturating_sub(x), ..rect };
            let used = pen.say_right(rest, &date, role);
            let title = wording::title(&row.task);
            pen.say_found((x, rect.y), rest.width.saturating_sub(used + 1), &title, Role::Plain, model.find.search());
        }
    }
}

/// All lines of a part for a width, from the title to the ids that only machines read.
fn lines(model: &Model, row: &Row, width: usize, part: Part) -> Vec<Line> {
    let width = width.saturating_sub(2).max(8);
    let mut out: Vec<Line> = Vec::new();
    if part != Part::Beside {
        out.extend(told_lines(model, row, width));
    }
    if part != Part::Task {
        let mut beside = notes(model, row, width);
        if let Some(card) = model.details.card() {
            beside.extend(others(model, row, card, width));
            beside.extend(history(model, card, width));
        }
        // Alone they need no blank line above them.
        let first = usize::from(part == Part::Beside && !beside.is_empty());
        if beside.is_empty() && part == Part::Beside && model.details.card().is_some() {
            let words = Shown::line("No other tasks, no notes.", model.look.signs);
            beside.push(Line::Text(vec![(words, Role::Label)]));
        }
        out.extend(beside.into_iter().skip(first));
    }
    if part != Part::Beside {
        out.extend(raw(model, row, width));
    }
    out
}

/// The title, whom it is about, and the fields that have a word of their own.
fn told_lines(model: &Model, row: &Row, width: usize) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let title = wording::title(&row.task);
    let mut title_lines: Vec<Shown> =
        Shown::wrapped(&title, width, model.look.signs).take(MOST_TITLE_LINES + 1).collect();
    let is_cut = title_lines.len() > MOST_TITLE_LINES;
    if let Some(rest) = title_lines.pop_if(|_| is_cut)
        && let Some(last) = title_lines.last_mut()
    {
        // With the next word the line is too long, so that it ends in dots.
        *last = Shown::line_cut(&format!("{last} {rest}"), width, model.look.signs);
    }
    out.extend(title_lines.into_iter().map(|line| Line::Found(vec![(line, Role::Strong)])));
    let who = who(row, width);
    let who = Shown::wrapped(&who, width, model.look.signs).take(MOST_TITLE_LINES);
    out.extend(who.map(|line| Line::Found(vec![(line, Role::Plain)])));
    out.push(Line::Text(Vec::new()));
    let mut named = told(model, row);
    named.retain(|detail| is_cut || detail.value != title);
    named.retain(|detail| detail.label != "Contact" || row.task.contact.shown_name().is_none());
    let named = wording::with_keep_time(named, row, &model.today, &model.look.keep);
    out.extend(fields(model, row, &named, width));
    out
}

/// The fields under their wire names.
fn raw(model: &Model, row: &Row, width: usize) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut rest = wording::raw_details(row);
    let raw: Vec<Detail> = rest.by_ref().take(MOST_RAW).collect();
    if !raw.is_empty() {
        out.extend([Line::Text(Vec::new()), Line::Heading("As Close has it".to_owned())]);
        out.extend(fields(model, row, &raw, width));
    }
    if rest.next().is_some() {
        out.push(goes_on(model, row));
    }
    out
}

fn goes_on(model: &Model, row: &Row) -> Line {
    let rest = format!("(it goes on: repbox show {})", row.number);
    Line::Text(vec![(Shown::line(&rest, model.look.signs), Role::Label)])
}

/// The fields that have a word of their own, without those that stand above them already:
/// the type, and the lead.
fn told(model: &Model, row: &Row) -> Vec<Detail> {
    let mut told = wording::named_details(row, &model.today, &model.look.lead_page);
    let is_named = row.task.lead.name_or_id().is_some();
    let is_known = row.task.body.task_type().is_some();
    told.retain(|detail| !(detail.label == "Lead" && is_named || detail.label == "Type" && is_known));
    let is_mine = row.task.rep.id.is_some() && row.task.rep.id == model.look.me;
    if let Some(who) = told.iter_mut().find(|detail| is_mine && detail.label == "Who") {
        who.value = "you".to_owned();
    }
    told
}

/// `Fabrikam  (no contact)`; on two lines where one is too short.
fn who(row: &Row, width: usize) -> String {
    let lead = row.task.lead.name_or_id().unwrap_or("(no lead)");
    let contact = row.task.contact.name_or_id().unwrap_or("(no contact)");
    // A name has no more cells than bytes, save for signs in place of what is not drawn.
    let between = if lead.len() + contact.len() + 2 > width { "\n" } else { "  " };
    format!("{lead}{between}{contact}")
}

fn fields(model: &Model, row: &Row, details: &[Detail], width: usize) -> Vec<Line> {
    let shown = |text: &str| Shown::line(text, model.look.signs);
    let longest = details.iter().map(|d| shown(&d.label).cells()).filter(|n| *n <= WIDEST_LABEL).max();
    let column = longest.unwrap_or(0) + 2;
    let mut out = Vec::new();
    for detail in details {
        let label = shown(&detail.label);
        // A label that is too long for the column gets a line of its own.
        let beside = label.cells() + 2 <= column;
        if !beside {
            out.push(Line::Text(vec![(label.clone(), Role::Label)]));
        }
        let mut label = Some(label).filter(|_| beside);
        let room = width.saturating_sub(column).max(4);
        let mut values = value_lines(model, fitting(detail, room), room);
        for value in values.by_ref().take(MOST_LINES) {
            let label = label.take().unwrap_or_default().fit(column);
            let pieces = vec![(label, Role::Label), (value, Role::Plain)];
            out.push(if is_searched(&detail.label) { Line::Found(pieces) } else { Line::Text(pieces) });
        }
        if values.next().is_some() {
            out.push(goes_on(model, row));
        }
    }
    out
}

/// A moment without its offset, where that alone would take a line: its zone has a word too.
fn fitting(detail: &Detail, cells: usize) -> &str {
    let is_moment = matches!(detail.label.as_str(), "Completed" | "Created" | "Updated");
    let short = detail.value.split_once(" (").filter(|_| is_moment && detail.value.len() > cells);
    short.map_or(detail.value.as_str(), |(moment, _)| moment)
}

/// Whether words are looked for in a field.
fn is_searched(label: &str) -> bool {
    matches!(label, "Text" | "Subject" | "Preview" | "Note" | "Phone" | "Known as" | "Their number")
}

/// A value in lines. A link takes one, and so does an id: `repbox show` has them whole.
fn value_lines<'v>(model: &Model, value: &'v str, width: usize) -> impl Iterator<Item = Shown> + use<'v> {
    let signs = model.look.signs;
    value.lines().flat_map(move |line| match line {
        "" => vec![Shown::default()],
        line if is_link(line) || is_id(line) => vec![Shown::line_cut(line, width, signs)],
        line => Shown::wrapped(line, width, signs).take(MOST_LINES + 1).collect(),
    })
}

/// `task_h5Jmtf7EbsDe0G9Cryn687UFLjVHq8xiM0OGr4hTxo`
fn is_id(line: &str) -> bool {
    let word = line.split_once('_').is_some_and(|(kind, _)| kind.bytes().all(|b| b.is_ascii_lowercase()));
    word && line.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn is_link(line: &str) -> bool {
    (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(char::is_whitespace)
}

fn others(model: &Model, row: &Row, card: &Card, width: usize) -> Vec<Line> {
    if card.others.is_empty() {
        return Vec::new();
    }
    let lead = row.task.lead.shown_name().unwrap_or("this lead");
    // A heading has five cells of its own.
    let heading = Line::Heading(also_for(model, lead, &format!(" {}", card.others.len()), width.saturating_sub(5)));
    let rows = card.others.iter().map(|other| Line::Other(other.clone()));
    [Line::Text(Vec::new()), heading].into_iter().chain(rows).collect()
}

/// `Also for Fabrikam 2`: a long name is cut, the number is not.
fn also_for(model: &Model, lead: &str, tail: &str, cells: usize) -> String {
    let head = "Also for ";
    let lead = Shown::line_cut(lead, cells.saturating_sub(head.len() + tail.len()), model.look.signs);
    format!("{head}{lead}{tail}")
}

/// What was written beside the task, newest first.
fn notes(model: &Model, row: &Row, width: usize) -> Vec<Line> {
    if row.local.notes.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Line::Text(Vec::new()), Line::Heading(format!("Notes, only here {}", row.local.notes.len()))];
    for note in row.local.notes.iter().rev() {
        let day = model.today.zone.local(note.at).format("%d %b ").to_string();
        let mut day = Some(Shown::line(&day, model.look.signs));
        let column = day.as_ref().map_or(0, Shown::cells);
        let lines = Shown::wrapped(&note.text, width.saturating_sub(column), model.look.signs).take(MOST_LINES);
        out.extend(lines.map(|line| {
            let day = day.take().unwrap_or_default().fit(column);
            Line::Found(vec![(day, Role::Label), (line, Role::Plain)])
        }));
    }
    out
}

fn history(model: &Model, card: &Card, width: usize) -> Vec<Line> {
    if card.history.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Line::Text(Vec::new()), Line::Heading(format!("History {}", card.history.len()))];
    out.extend(card.history.iter().flat_map(|step| history_lines(model, step, width)));
    out
}

fn history_lines(model: &Model, step: &Step, width: usize) -> Vec<Line> {
    let when = model.today.zone.local(step.at).format("%d %b");
    let when = format!("{when} {}  ", model.today.time_of(step.at));
    let when = Shown::line(&when, model.look.signs);
    let (told, column) = (step.told(), when.cells());
    let mut when = Some(when);
    let lines = Shown::wrapped(&told, width.saturating_sub(column), model.look.signs).take(MOST_STEP_LINES);
    let line = |what| {
        let when = when.take().unwrap_or_default().fit(column);
        Line::Text(vec![(when, Role::Label), (what, Role::Plain)])
    };
    lines.map(line).collect()
}

/// The details in four lines, under a list.
pub(super) fn strip(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let line = |i: u16| Rect { y: area.y + i, height: 1, ..area };
    let inside = |i: u16| Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..line(i) };
    pen.heading(line(0), &title(model), Role::Heading);
    let Some(row) = model.details.row() else { return };
    let hint = Rect { width: area.width.saturating_sub(3), ..line(0) };
    pen.say_right(hint, &format!(" {}: full ", model.look.keys.key(Action::OpenDetails)), Role::Plain);
    let used = match row.task.lead.name_or_id() {
        Some(lead) => {
            let room = inside(1);
            let lead = pen.shown(lead).cut(usize::from(room.width / 2));
            pen.say_right(room, lead.as_str(), Role::Plain)
        }
        None => 0,
    };
    let (title, room) = (wording::title(&row.task), inside(1).width.saturating_sub(used + 1));
    pen.say_found((inside(1).x, inside(1).y), room, &title, Role::Strong, model.find.search());
    strip_fields(pen, model, row, inside(2));
    strip_end(pen, model, row, inside(3));
}

/// The lead's other tasks, and how long the archive keeps this one: with the day where there
/// is room for both.
fn strip_end(pen: &mut Pen<'_>, model: &Model, row: &Row, line: Rect) {
    let others = model.details.card().map_or(0, |card| card.others.len());
    let other = row.task.lead.shown_name().filter(|_| others > 0).map(|lead| {
        let tail = format!(": {others} {}", if others == 1 { "task" } else { "tasks" });
        let cells = pen.shown(&also_for(model, lead, &tail, usize::MAX)).cells();
        (lead, tail, cells)
    });
    let kept = wording::kept(row, &model.look.keep, &model.today).map(|value| format!("Kept  {value}"));
    let room = usize::from(line.width).saturating_sub(other.as_ref().map_or(0, |(_, _, cells)| cells + 1));
    let kept = match kept {
        Some(kept) if kept.len() > room => wording::kept_in_short(row, &model.look.keep, &model.today),
        kept => kept,
    };
    let used = kept.map_or(0, |kept| pen.say_right(line, &kept, Role::Plain) + 1);
    if let Some((lead, tail, _)) = other {
        let room = line.width.saturating_sub(used);
        pen.say((line.x, line.y), room, &also_for(model, lead, &tail, usize::from(room)), Role::Plain);
    }
}

/// The first fields, as many as there is room for.
fn strip_fields(pen: &mut Pen<'_>, model: &Model, row: &Row, line: Rect) {
    let title = wording::title(&row.task);
    let told = told(model, row).into_iter().filter(|detail| detail.value != title && !is_link(&detail.value));
    let mut x = line.x;
    for detail in told.take(3) {
        let apart = if x == line.x { "" } else { "     " };
        let label = pen.shown(&format!("{apart}{}  ", detail.label));
        let label_cells = u16::try_from(label.cells()).unwrap_or(u16::MAX);
        let room = line.right().saturating_sub(x.saturating_add(label_cells));
        let fits = |value: &str| pen.shown(value).cells() <= usize::from(room);
        // The beginning of a text tells something; that of a date or a name does not.
        let may_be_cut = x == line.x || is_searched(&detail.label) && room >= LEAST_VALUE;
        let value = match detail.value.split_once(", ") {
            _ if may_be_cut || fits(&detail.value) => detail.value.as_str(),
            Some((first, _)) if fits(first) => first,
            _ => return,
        };
        x += pen.put((x, line.y), label_cells, &label, Role::Label);
        x += pen.say((x, line.y), room, value, Role::Plain);
    }
}
