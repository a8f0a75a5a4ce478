//! The search: its field, and what is said where it finds nothing.

use std::ops::Range;

use ratatui::layout::Rect;

use super::areas::Areas;
use super::list::{types_words, word};
use super::pen::Pen;
use super::style::Role;
use super::{asking, bars};
use crate::domain::shown::Shown;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::find::{Finder, Offers};
use crate::tui::request::{Counts, ListName, Looked};

/// What is said of a text takes no more lines.
const MOST_SAID: usize = 3;
/// A narrower field has no count beside it.
const ROOM_FOR_COUNT: u16 = 60;

/// `/acme is:overdue         3 found`, and below it what is wrong with it.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, finder: &Finder, areas: &Areas) {
    let last = areas.hints;
    let said: Vec<Shown> = match &finder.error {
        Some(error) => pen.wrapped(&error.to_string(), last.width.saturating_sub(2)).take(MOST_SAID).collect(),
        None => Vec::new(),
    };
    let above = |n: usize| Rect { y: last.y.saturating_sub(u16::try_from(n).unwrap_or(0)), ..last };
    for (i, words) in said.iter().enumerate() {
        let line = above(said.len() - 1 - i);
        pen.clear(line);
        pen.put((line.x + 1, line.y), line.width.saturating_sub(1), words, Role::Alarm);
    }
    if let Some(offers) = finder.offers.as_ref().filter(|_| said.is_empty()) {
        words(pen, offers, last);
    }
    field(pen, model, finder, above(said.len().max(1)));
}

/// What the begun word may become, from the one that stands there on.
fn words(pen: &mut Pen<'_>, offers: &Offers, line: Rect) {
    pen.clear(line);
    if offers.words.is_empty() {
        pen.say((line.x + 1, line.y), line.width, "Nothing to complete here.", Role::Plain);
    }
    let mut x = line.x + 1;
    for (i, word) in offers.words.iter().cycle().skip(offers.at).take(offers.words.len()).enumerate() {
        let role = if i == 0 { Role::Cursor } else { Role::Plain };
        x += pen.say((x, line.y), line.right().saturating_sub(x), word, role) + 2;
    }
}

fn field(pen: &mut Pen<'_>, model: &Model, finder: &Finder, line: Rect) {
    pen.clear(line);
    let mut used = 0;
    if line.width >= ROOM_FOR_COUNT && !model.find.is_empty() && finder.error.is_none() {
        let found: usize = counted(model).map(|name| model.panes.list(name).total()).sum();
        let more = if model.data.looked == Looked::Whole { "" } else { "+" };
        used = pen.say_right(line, &format!(" {found}{more} found "), Role::Plain);
    }
    pen.say((line.x + 1, line.y), 1, "/", Role::Key);
    let room = Rect { x: line.x + 2, width: line.width.saturating_sub(used + 3), ..line };
    let first = asking::typed(pen, &finder.field, room);
    let text = finder.field.text();
    if finder.is_selected {
        mark(pen, &text[first..], 0..text.len() - first, room, Role::Cursor);
    }
    if let Some(error) = &finder.error {
        let within = |at: usize| at.clamp(first, text.len()) - first;
        mark(pen, &text[first..], within(error.span.start)..within(error.span.end), room, Role::Wrong);
    }
}

/// Gives a part of a text that begins where `room` does another look.
fn mark(pen: &mut Pen<'_>, text: &str, part: Range<usize>, room: Rect, role: Role) {
    let cells = |text: &str| u16::try_from(pen.shown(text).cells()).unwrap_or(u16::MAX).min(room.width);
    let (first, end) = (cells(&text[..part.start]), cells(&text[..part.end]));
    pen.paint(Rect { x: room.x + first, width: end.saturating_sub(first), ..room }, role);
}

/// What the title says of the search: `  search: acme is:overdue`, or where there is no
/// room for words, ` /acme is:overdue`.
pub(super) fn title(model: &Model, tiny: bool) -> String {
    let words = model.find.search().words();
    match (words.is_empty(), tiny) {
        (true, _) => String::new(),
        (false, true) => format!(" /{words}"),
        (false, false) => format!("  search: {words}"),
    }
}

/// What stands in a list in which nothing is found, and where something is.
pub(super) fn nothing(model: &Model, name: ListName) -> String {
    let words = model.find.search().words();
    let key = |action| model.look.keys.key(action);
    let all = key(Action::AllTypes);
    match (bars::hidden(model, of(&model.data.counts, name)), elsewhere(model, name)) {
        (1, _) => format!("No {} match {words}. 1 task of another type does: {all} shows all.", types_words(model)),
        (0, Some(where_)) => format!("Nothing here matches {words}. {where_}"),
        (0, None) if model.data.looked != Looked::Whole => {
            format!("Nothing here matches {words}. The archive is being searched.")
        }
        (0, None) => {
            format!("Nothing matches {words}. {} shows all {}.", key(Action::StepBack), without_search(model, name))
        }
        (others, _) => format!("No {} match {words}. {others} of other types do: {all} shows all.", types_words(model)),
    }
}

/// The lists that show what is searched for by now.
fn counted(model: &Model) -> impl Iterator<Item = ListName> {
    let has_archive = model.data.looked != Looked::NotYet;
    ListName::ALL.into_iter().filter(move |name| has_archive || *name != ListName::Archive)
}

/// `3 in the archive: g a.`
fn elsewhere(model: &Model, here: ListName) -> Option<String> {
    let others = counted(model).filter(|name| *name != here);
    let (name, found) = others.map(|name| (name, model.panes.list(name).tasks())).find(|(_, found)| *found > 0)?;
    let key = model.look.keys.key(match name {
        ListName::Inbox => Action::GoInbox,
        ListName::Future => Action::GoFuture,
        ListName::Archive => Action::GoArchive,
    });
    let more = if name == ListName::Archive && model.data.looked != Looked::Whole { "+" } else { "" };
    Some(format!("{found}{more} in the {}: {key}.", word(name).to_lowercase()))
}

fn of(counts: &Counts, name: ListName) -> &[usize] {
    match name {
        ListName::Inbox => &counts.inbox,
        ListName::Future => &counts.future,
        ListName::Archive => &counts.archive,
    }
}

/// How many tasks the list has as soon as nothing is searched for.
fn without_search(model: &Model, name: ListName) -> usize {
    let by_type = of(&model.data.unsearched, name).iter().enumerate();
    by_type.filter(|(place, _)| Counts::is_shown(*place, model.choice.types())).map(|(_, n)| n).sum()
}
