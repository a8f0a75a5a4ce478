//! The command palette: a line, and below it what it may mean, each with its key.

use ratatui::layout::{Margin, Rect};

use super::asking;
use super::hit::Hit;
use super::menus;
use super::pen::Pen;
use super::style::Role;
use crate::domain::shown::Shown;
use crate::domain::when;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::palette::{NO_COMMAND, Offer, Palette};

/// Wide enough for a name, a sentence and a key.
const WIDTH: u16 = 84;
/// Tall enough to look around in.
const HEIGHT: u16 = 20;
/// The column of the names and two blanks, where there is no room for all of the longest:
/// those are of types, which their sentence names again.
const NAMES: u16 = 17;
/// The same with room for all of them.
const ALL_NAMES: u16 = 26;
/// A narrower line has no room for them beside a sentence.
const ROOM_FOR_NAMES: u16 = 60;
/// What is said of a line takes no more lines.
const MOST_SAID: usize = 3;

/// The palette over the panes.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, palette: &Palette) {
    let whole = menus::centred(model, WIDTH, height(palette.count(), 0));
    let said = said(model, palette);
    let said: Vec<(Shown, Role)> = said.iter().flat_map(|said| wrapped(pen, said, whole.width)).collect();
    // While names are typed it stands still; behind a name it has as many lines as there are.
    let few = palette.named().map(|_| height(palette.found().len(), said.len()));
    let rect = Rect { height: few.unwrap_or(whole.height).min(whole.height), ..whole };
    pen.clear(rect);
    pen.border(rect, "Commands", true);
    let inside = rect.inner(Margin::new(2, 1));
    let field = Rect { height: 1, ..inside };
    let used = pen.say((field.x, field.y), 2, ": ", Role::Key);
    asking::typed(pen, &palette.field, Rect { x: field.x + used, width: field.width.saturating_sub(used), ..field });
    let mut y = field.y + 1;
    for (line, role) in &said {
        pen.put((inside.x, y), inside.width, line, *role);
        y += 1;
    }
    let list = Rect { y, height: inside.bottom().saturating_sub(y), ..inside };
    let page = usize::from(list.height).max(1);
    let top = (palette.cursor() + 1).saturating_sub(page);
    for ((i, line), y) in palette.found().iter().enumerate().skip(top).take(page).zip(list.y..) {
        let rect = Rect { y, height: 1, ..list };
        pen.meets(rect, Hit::Line(i));
        offer(pen, line, rect, i == palette.cursor(), palette.named().is_none());
    }
}

/// The lines of a box with so many offers and so much said.
fn height(offers: usize, said: usize) -> u16 {
    u16::try_from(offers.max(1) + said + 3).unwrap_or(u16::MAX).min(HEIGHT)
}

fn wrapped(pen: &Pen<'_>, (words, role): &(String, Role), width: u16) -> Vec<(Shown, Role)> {
    pen.wrapped(words, width.saturating_sub(4)).take(MOST_SAID).map(|line| (line, *role)).collect()
}

/// What is wrong with the line, that no name is like it, or what the date in it means.
fn said(model: &Model, palette: &Palette) -> Option<(String, Role)> {
    if let Some(said) = &palette.said {
        return Some((said.clone(), Role::Alarm));
    }
    if palette.found().is_empty() {
        return Some((NO_COMMAND.to_owned(), Role::Plain));
    }
    let (action, rest) = palette.named()?;
    if !matches!(action, Action::Snooze | Action::SetDate) {
        return None;
    }
    Some(match when::meanwhile(rest, &model.today) {
        Some(Ok(meant)) => (meant, Role::Done),
        Some(Err(wrong)) => (wrong, Role::Alarm),
        None => (when::EXAMPLES.to_owned(), Role::Plain),
    })
}

/// `snooze WHEN           snooze: put off to another time                    s`
fn offer(pen: &mut Pen<'_>, offer: &Offer, line: Rect, at_cursor: bool, is_told: bool) {
    let role = |role| if at_cursor { Role::Cursor } else { role };
    pen.paint(line, role(Role::Plain));
    let key = pen.say_right(line, &offer.key, role(Role::Key));
    let room = line.width.saturating_sub(key + 1);
    let is_name = offer.line == offer.action.name();
    let takes = offer.action.takes().filter(|_| is_name).map(|what| format!(" {what}")).unwrap_or_default();
    // A line that was typed before is whole.
    let names = if line.width < ROOM_FOR_NAMES { NAMES } else { ALL_NAMES };
    let widest = if is_name { room.min(names - 2) } else { room };
    let mut x = line.x + pen.say((line.x, line.y), widest, &offer.line, role(Role::Strong));
    x += pen.say((x, line.y), (line.x + room).saturating_sub(x), &takes, role(Role::Plain));
    let help = (x + 2).max(line.x + names);
    // Of the words behind one name, the name alone tells what they do.
    if is_told || is_name {
        pen.say((help, line.y), (line.x + room).saturating_sub(help), &offer.action.help(), role(Role::Plain));
    }
}
