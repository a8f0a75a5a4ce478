//! The last line: what the keys do here. Each hint is a button.

use ratatui::layout::Rect;

use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use super::{charts, help};
use crate::tui::action::Action;
use crate::tui::keymap::{Context, Hint, spell};
use crate::tui::model::Model;
use crate::tui::model::drill::guide::is_about_task;
use crate::tui::model::overlay::Overlay;

/// Narrower hints leave out how to move and how to quit.
const ROOM_FOR_ALL_HINTS: usize = 50;
/// A longer name of a saved search is cut among what can follow a first key.
const LONGEST_NAME: usize = 16;

/// What the keys do here; after a first key, what can follow.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    let context = model.context();
    let mut x = line.x + 1;
    if !model.begun.is_empty() {
        return choices(pen, model, line);
    }
    if let Some(drill) = &model.drill {
        let (progress, key, words) = drill.line(model);
        let used = pen.say((x, line.y), line.right().saturating_sub(x), &progress, Role::Strong) + 2;
        hint(pen, (x + used, line.y), line.right(), &key, words);
        return;
    }
    let keys = &model.look.keys;
    let hints = match &model.guide {
        Some(guide) => guide.teach(keys, context, model.data.changed.is_some(), model.current_task().is_some()),
        None => keys.hints(context),
    };
    let moves = |hint: &Hint| hint.action == Action::MoveDown;
    let is_empty = matches!(context, Context::Open | Context::Archive) && model.current_task().is_none();
    let is_idle = |hint: &Hint| is_empty && is_about_task(hint.action) || moves(hint) && is_whole(model);
    let hints = hints.into_iter().filter(|hint| !is_idle(hint)).collect();
    for Hint { action, key, word } in fitting(hints, usize::from(line.width.saturating_sub(1))) {
        x += button(pen, (x, line.y), line.right(), (&key, &word), action);
    }
}

/// Whether all of what could be scrolled is seen.
fn is_whole(model: &Model) -> bool {
    let (page, all) = match model.overlays.top() {
        Some(Overlay::Stats(_)) => charts::extent(model),
        Some(Overlay::Sheet(_)) => help::extent(model),
        _ => return false,
    };
    all <= page
}

/// What can follow a first key: all of it, on as many lines as that needs.
fn choices(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    let room = usize::from(line.width.saturating_sub(1));
    let first = format!("{} ", spell(&model.begun));
    let (mut lines, mut used): (Vec<Vec<Hint>>, usize) = (vec![Vec::new()], first.len() + 1);
    let (context, keys) = (model.context(), &model.look.keys);
    let named = |hint: Hint| match hint.action {
        Action::GoSaved(place) => {
            let (saved, _) = model.data.saved.iter().find(|(saved, _)| saved.place == u32::from(place))?;
            Some(Hint { word: pen.shown(&saved.name).cut(LONGEST_NAME).as_str().to_owned(), ..hint })
        }
        _ => Some(hint),
    };
    // What has a name of a person's own stands last.
    let mut hints: Vec<Hint> = keys.choices(context, &model.begun).into_iter().filter_map(named).collect();
    hints.sort_by_key(|hint| matches!(hint.action, Action::GoSaved(_)));
    for hint in hints {
        let (key, word) = (&hint.key, &hint.word);
        // The blanks behind the last one of a line may be cut.
        if used + key.len() + 1 + word.len() > room {
            lines.push(Vec::new());
            used = first.len() + 1;
        }
        used += key.len() + word.len() + 3;
        lines.last_mut().into_iter().for_each(|line| line.push(hint.clone()));
    }
    let top = line.y.saturating_sub(u16::try_from(lines.len().saturating_sub(1)).unwrap_or(0));
    for (hints, y) in lines.iter().zip(top..) {
        pen.clear(Rect { y, ..line });
        let begun = if y == top { first.as_str() } else { "  " };
        let mut x = line.x + 2 + pen.say((line.x + 1, y), 4, begun, Role::Key);
        for Hint { action, key, word } in hints {
            x += button(pen, (x, y), line.right(), (key, word), *action);
        }
    }
}

/// As many hints as fit, from the front; help and, with room, quit stand last and always.
fn fitting(hints: Vec<Hint>, room: usize) -> Vec<Hint> {
    let cells = |hint: &Hint| hint.key.len() + hint.word.len() + 3;
    // Where there is little room, what anyone tries first goes unsaid.
    let is_tight = room < ROOM_FOR_ALL_HINTS && hints.iter().map(cells).sum::<usize>() > room;
    let is_plain = |hint: &Hint| matches!(hint.action, Action::MoveDown | Action::DetailsDown | Action::Quit);
    let hints = hints.into_iter().filter(|hint| !is_tight || !is_plain(hint));
    let is_last = |hint: &Hint| matches!(hint.action, Action::Help | Action::Quit);
    let (last, first): (Vec<_>, Vec<_>) = hints.partition(is_last);
    let mut used: usize = last.iter().map(cells).sum();
    let fits = |hint: &Hint| {
        used += cells(hint);
        used <= room
    };
    first.into_iter().take_while(fits).chain(last).collect()
}

/// A hint that does what it says where it is clicked.
fn button(pen: &mut Pen<'_>, (x, y): (u16, u16), right: u16, (key, word): (&str, &str), action: Action) -> u16 {
    let used = hint(pen, (x, y), right, key, word);
    // Its last two cells are blanks.
    pen.meets(Rect { x, y, width: used.saturating_sub(2), height: 1 }, Hit::Action(action));
    used
}

fn hint(pen: &mut Pen<'_>, (x, y): (u16, u16), right: u16, key: &str, word: &str) -> u16 {
    let used = pen.say((x, y), right.saturating_sub(x), key, Role::Key);
    let at = x + used + 1;
    used + 1 + pen.say((at, y), right.saturating_sub(at), word, Role::Plain) + 2
}
