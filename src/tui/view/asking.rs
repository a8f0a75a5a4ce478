//! Questions and fields of one line, above the hints.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::areas::Areas;
use super::pen::Pen;
use super::style::Role;
use crate::domain::shown::Shown;
use crate::domain::when;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::field::Field;
use crate::tui::model::overlay::{Asked, Question};
use crate::tui::model::snooze::{DateEntry, Purpose};

/// What is said of a date takes no more lines.
const MOST_SAID: usize = 3;

/// Words of an answer, and what they do.
pub(super) type Answer<'w> = (&'w str, Option<Action>);

/// How a question is answered.
pub(super) const YES_OR_NO: &[Answer<'static>] =
    &[("y", Some(Action::Agree)), ("/", None), ("N", Some(Action::Refuse)), (" ", None)];

/// `Complete 40 tasks? y/N`
pub(super) fn question(pen: &mut Pen<'_>, question: &Question, line: Rect) {
    match question.about {
        // A long title is cut, not its closing quote.
        Asked::Edit(..) | Asked::Forget(_) => match question.words.strip_suffix("\"? y/N") {
            Some(words) => ask_cut(pen, words, "\"? ", line),
            None => ask_whole(pen, &question.words, line),
        },
        Asked::Purge(_) => ask_whole(pen, &question.words, line),
    }
}

/// A question on one line, whatever is cut of it.
fn ask_cut(pen: &mut Pen<'_>, words: &str, tail: &str, line: Rect) {
    let cells = |text: &str| u16::try_from(pen.shown(text).cells()).unwrap_or(u16::MAX);
    let rest = cells(tail) + cells("y/N ");
    pen.clear(line);
    let room = line.width.saturating_sub(rest + 1);
    let mut x = line.x + 1 + pen.say((line.x + 1, line.y), room, words, Role::Strong);
    x += pen.say((x, line.y), rest, tail, Role::Strong);
    answers(pen, YES_OR_NO, (x, line.y), line.right().saturating_sub(x));
}

/// The ways to answer, each a button; the cursor stands behind them.
fn answers(pen: &mut Pen<'_>, answers: &[Answer<'_>], (x, y): (u16, u16), room: u16) {
    let mut at = x;
    for (words, action) in answers {
        let left = (x + room).saturating_sub(at);
        at += match action {
            Some(action) => pen.button((at, y), left, words, Role::Strong, *action),
            None => pen.say((at, y), left, words, Role::Strong),
        };
    }
    pen.cursor = Some((at, y));
}

/// A question of which each word counts, on as many lines as it needs.
pub(super) fn ask_whole(pen: &mut Pen<'_>, words: &str, line: Rect) {
    let lines: Vec<Shown> = pen.wrapped(words, line.width.saturating_sub(3)).collect();
    // The title's line stays.
    let skipped = lines.len().saturating_sub(usize::from(line.y));
    let shown = lines.iter().skip(skipped);
    let first = line.y.saturating_sub(u16::try_from(shown.len().saturating_sub(1)).unwrap_or(0));
    for (words, y) in shown.zip(first..) {
        let line = Rect { y, ..line };
        pen.clear(line);
        let used = pen.put((line.x + 1, y), line.width.saturating_sub(2), words, Role::Strong);
        pen.cursor = Some((line.x + 2 + used, y));
        if words.as_str().ends_with("y/N") {
            answers(pen, YES_OR_NO, ((line.x + 1 + used).saturating_sub(3), y), 4);
        }
    }
}

/// `[c]ancel`, or `[x] cancel` where the key is not how the word begins.
pub(super) fn bracketed(key: &str, word: &str) -> String {
    match word.strip_prefix(key) {
        Some(rest) => format!("[{key}]{rest}"),
        None => format!("[{key}] {word}"),
    }
}

/// A question; where one line is too short, how to answer has a line of its own below it.
pub(super) fn ask(pen: &mut Pen<'_>, words: &str, tail: &[Answer<'_>], line: Rect) {
    let cells = |text: &str| u16::try_from(pen.shown(text).cells()).unwrap_or(u16::MAX);
    let (first, rest) = (cells(words), tail.iter().map(|(words, _)| cells(words)).sum::<u16>());
    pen.clear(line);
    if first.saturating_add(rest) + 2 > line.width {
        let above = Rect { y: line.y.saturating_sub(1), ..line };
        pen.clear(above);
        pen.say((line.x + 1, above.y), line.width.saturating_sub(2), words, Role::Strong);
        return answers(pen, tail, (line.x + 1, line.y), line.width.saturating_sub(2));
    }
    let x = line.x + 1 + pen.say((line.x + 1, line.y), first, words, Role::Strong);
    answers(pen, tail, (x, line.y), rest);
}

/// `File to import: ~/tasks.json`
pub(super) fn prompt(pen: &mut Pen<'_>, words: &str, field: &Field, line: Rect) {
    pen.clear(line);
    let used = pen.say((line.x + 1, line.y), line.width, words, Role::Strong);
    typed(pen, field, Rect { x: line.x + 1 + used, width: line.width.saturating_sub(used + 2), ..line });
}

/// `Snooze until: fri 9`, and below it what that means.
pub(super) fn date_entry(pen: &mut Pen<'_>, model: &Model, entry: &DateEntry, areas: &Areas) {
    let which = super::menus::which(model, entry.tasks.len());
    let words = match entry.purpose {
        Purpose::Snooze => format!("Snooze{which} until: "),
        Purpose::CallBack => "Call back at: ".to_owned(),
        Purpose::Date if which.is_empty() => "Date: ".to_owned(),
        Purpose::Date => format!("Date of{which}: "),
    };
    let key = model.look.keys.key_in(Context::Field, Action::Accept);
    let (said, role) = match entry.preview(&model.today, &key) {
        Some(Ok(meant)) => (meant, Role::Done),
        Some(Err(wrong)) => (wrong, Role::Alarm),
        None => (when::EXAMPLES.to_owned(), Role::Plain),
    };
    let last = areas.hints;
    let lines: Vec<Shown> = pen.wrapped(&said, last.width.saturating_sub(2)).take(MOST_SAID).collect();
    let above = |n: usize| Rect { y: last.y.saturating_sub(u16::try_from(n).unwrap_or(0)), ..last };
    for (i, said) in lines.iter().enumerate() {
        let line = above(lines.len() - 1 - i);
        pen.clear(line);
        pen.put((line.x + 1, line.y), line.width.saturating_sub(1), said, role);
    }
    prompt(pen, &words, &entry.field, above(lines.len()));
}

/// A field's text around the real cursor; what lies before and behind it scrolls away.
/// Walked no further than it is drawn, however long the text. The first byte that is drawn
/// comes back.
pub(super) fn typed(pen: &mut Pen<'_>, field: &Field, line: Rect) -> usize {
    let room = usize::from(line.width).max(1);
    let (before, after) = field.text().split_at(field.before_cursor().len());
    let (mut cells, mut start) = (0, before.len());
    for (i, cluster) in before.grapheme_indices(true).rev() {
        let width = pen.shown(cluster).cells();
        // The cursor has a cell of its own behind the text.
        if cells + width > room - 1 {
            break;
        }
        (cells, start) = (cells + width, i);
    }
    let x = line.x + pen.say((line.x, line.y), line.width, &before[start..], Role::Plain);
    let mut left = usize::from(line.right().saturating_sub(x));
    let fits = |cluster: &&str| {
        let width = pen.shown(cluster).cells();
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    let rest: String = after.graphemes(true).take_while(fits).collect();
    pen.say((x, line.y), line.right().saturating_sub(x), &rest, Role::Plain);
    pen.cursor = Some((x.min(line.right().saturating_sub(1)), line.y));
    start
}
