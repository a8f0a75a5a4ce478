//! How a call ended: the endings with what follows from each, above the notice.

use ratatui::layout::Rect;

use super::areas::Areas;
use super::hit::Hit;
use super::notice;
use super::pen::Pen;
use super::style::Role;
use crate::domain::outcome::{Attempt, Ending, Outcome};
use crate::domain::shown::{Shown, Signs};
use crate::domain::wording;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::called::Called;

/// A narrower bar has what follows on lines of its own.
const ROOM_FOR_BOTH: u16 = 60;
/// Blanks between two endings.
const BETWEEN: usize = 3;

/// A key with what it does.
struct Item {
    action: Action,
    key: Shown,
    words: Shown,
}

/// A line of the bar.
enum Line {
    Heading(String),
    Items(Vec<Item>),
    Words(Shown),
}

/// Where the bar stands, if it is open.
pub(super) fn area(model: &Model, areas: &Areas) -> Option<Rect> {
    let called = model.overlays.called()?;
    let lines = u16::try_from(lines(model, called, areas.notice.width).len()).unwrap_or(u16::MAX);
    let bottom = areas.notice.y.saturating_sub(notice::above(model, areas.notice.width));
    // The title stays.
    let height = lines.min(bottom.saturating_sub(areas.title.y + 1));
    Some(Rect { y: bottom - height, height, ..areas.notice })
}

/// The bar.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, called: &Called, areas: &Areas) {
    let Some(area) = area(model, areas) else { return };
    pen.clear(area);
    pen.meets(area, Hit::Nothing);
    pen.cursor = Some((area.x + 1, area.y + 1));
    for (line, y) in lines(model, called, area.width).into_iter().zip(area.y..area.bottom()) {
        let rect = Rect { x: area.x + 1, width: area.width.saturating_sub(2), y, height: 1 };
        match line {
            Line::Heading(words) => pen.heading(Rect { y, height: 1, ..area }, &words, Role::FocusTitle),
            Line::Items(items) => draw_items(pen, &items, rect),
            Line::Words(words) => {
                pen.put((rect.x + 2, y), rect.width.saturating_sub(2), &words, Role::Plain);
            }
        }
    }
}

fn draw_items(pen: &mut Pen<'_>, items: &[Item], line: Rect) {
    let mut x = line.x;
    for item in items {
        let room = |x: u16| line.right().saturating_sub(x);
        let words = x + pen.put((x, line.y), room(x), &item.key, Role::Key) + 1;
        let end = words + pen.put((words, line.y), room(words), &item.words, Role::Plain);
        pen.meets(Rect { x, width: end - x, ..line }, Hit::Action(item.action));
        x = end + 3;
    }
}

/// All of it: the question, the endings, what follows from them, the debts that are paid.
fn lines(model: &Model, called: &Called, width: u16) -> Vec<Line> {
    let room = usize::from(width.saturating_sub(2));
    let is_wide = width >= ROOM_FOR_BOTH;
    let mut lines = vec![Line::Heading(question(model, called, is_wide))];
    let follows = |ending| called.attempt().and_then(|attempt| follows(model, attempt, ending));
    let ended = |(_, ending): (&str, Ending)| {
        let words = follows(ending).filter(|_| is_wide).unwrap_or_else(|| label(ending));
        item(model, Action::Ended(ending), &words)
    };
    lines.extend(flow(Ending::WORDS.into_iter().map(ended), room));
    let apart = Ending::WORDS.into_iter().filter(|_| !is_wide).filter_map(|(_, ending)| {
        let words = follows(ending)?;
        let rest = words.strip_prefix(&format!("{}: ", ending.label())).unwrap_or(&words);
        Some(item(model, Action::Ended(ending), rest))
    });
    lines.extend(apart.map(|item| Line::Items(vec![item])));
    lines.extend(called.attempt().map(|attempt| debts(model, called, attempt, room)).unwrap_or_default());
    lines
}

/// `Called +1 312-555-0188: How did it end?`; with the task, where the cursor is on another.
fn question(model: &Model, called: &Called, is_wide: bool) -> String {
    let attempt = called.attempt();
    let number = attempt.filter(|_| is_wide).and_then(|attempt| attempt.number.as_ref());
    let is_here = model.current_task().is_some_and(|row| row.number == called.task);
    let title = attempt.filter(|_| !is_here).map(|attempt| wording::title(&attempt.task.task));
    let whom: Vec<String> = number.map(|number| number.shown().to_owned()).into_iter().chain(title).collect();
    let word = if called.was_begun { "Called " } else { "" };
    match whom.is_empty() {
        true => "How did it end?".to_owned(),
        false => format!("{word}{}: How did it end?", whom.join(", ")),
    }
}

fn label(ending: Ending) -> String {
    if ending == Ending::CallBack { "call back at...".to_owned() } else { ending.label().to_owned() }
}

/// What an ending says with what follows from it: `no answer: again Mon 30 Nov, try 2 of 6`;
/// `None`: nothing follows.
fn follows(model: &Model, attempt: &Attempt, ending: Ending) -> Option<String> {
    let outcome = Outcome::of(ending)?;
    let words = wording::ended(&outcome, &attempt.plan(&outcome, &model.look.calls, &model.today), &model.today);
    (words != ending.label()).then_some(words)
}

/// `a [x] also done: 2 missed calls, 1 voicemail of the same number, not with 2`
fn debts(model: &Model, called: &Called, attempt: &Attempt, room: usize) -> Vec<Line> {
    let Some(words) = wording::also_done(&attempt.debts) else { return Vec::new() };
    let sign = if called.leaves_debts() { "[ ]" } else { "[x]" };
    let but = unpaid(model, called, attempt);
    let mut words = wrapped(&format!("{sign} {words} of the same number{but}"), room, model.look.signs).into_iter();
    let first = words.next().map(|line| match line {
        Line::Words(words) => Line::Items(vec![Item { words, ..item(model, Action::AlsoDone, "") }]),
        other => other,
    });
    first.into_iter().chain(words).collect()
}

/// The keys of the endings that leave the debts open, though they are to be paid.
fn unpaid(model: &Model, called: &Called, attempt: &Attempt) -> String {
    let leaves = |ending: &Ending| {
        let outcome = Outcome::of(*ending).filter(|_| !called.leaves_debts());
        outcome.is_some_and(|outcome| attempt.plan(&outcome, &model.look.calls, &model.today).also.is_empty())
    };
    let key = |ending| model.look.keys.key_in(Context::Called, Action::Ended(ending));
    let keys: Vec<String> = Ending::WORDS.into_iter().map(|(_, ending)| ending).filter(leaves).map(key).collect();
    if keys.is_empty() { String::new() } else { format!(", not with {}", keys.join(", ")) }
}

fn wrapped(words: &str, room: usize, signs: Signs) -> Vec<Line> {
    Shown::wrapped(words, room.saturating_sub(2).max(1), signs).map(Line::Words).collect()
}

fn item(model: &Model, action: Action, words: &str) -> Item {
    let shown = |text: &str| Shown::line(text, model.look.signs);
    Item { action, key: shown(&model.look.keys.key_in(Context::Called, action)), words: shown(words) }
}

/// Items one after the other, on as many lines as they need.
fn flow(items: impl Iterator<Item = Item>, room: usize) -> Vec<Line> {
    let (mut lines, mut used): (Vec<Vec<Item>>, usize) = (Vec::new(), 0);
    for item in items {
        let cells = item.key.cells() + 1 + item.words.cells();
        match lines.last_mut().filter(|_| used + cells <= room) {
            Some(line) => line.push(item),
            None => {
                lines.push(vec![item]);
                used = 0;
            }
        }
        used += cells + BETWEEN;
    }
    lines.into_iter().map(Line::Items).collect()
}
