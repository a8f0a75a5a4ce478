//! Menus over the panes: a field to find in, and the lines found.

use ratatui::layout::Rect;

use super::asking;
use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use crate::domain::filter::People;
use crate::domain::snooze::Line;
use crate::domain::task::{Party, RepId};
use crate::domain::zone::Zone;
use crate::settings::theme::Theme;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::menu::{Choice, Menu};
use crate::tui::model::snooze::Snooze;

/// Wide enough for the longest zone name with its time.
const WIDTH: u16 = 56;
/// Wide enough for a line of the snooze menu with its result.
const SNOOZE_WIDTH: u16 = 66;
/// Below it a line's words need the room of its result.
const ROOM_FOR_WORDS: u16 = 50;
/// Tall enough to look around in.
const HEIGHT: u16 = 18;

/// The time zones, each with its time now.
pub(super) fn zones(pen: &mut Pen<'_>, model: &Model, menu: &Menu<Zone>) {
    let now = model.today.now;
    let aside = |choice: &Choice<Zone>| {
        let zone = choice.value;
        let local = zone.local(now);
        let time = model.today.customs.time(local.time());
        format!("{} {time} {}", local.format("%a"), zone.abbreviation(now))
    };
    draw(pen, model, menu, "Time zone: type a name or -8", aside);
}

/// The themes; all of the screen shows the one under the cursor.
pub(super) fn themes(pen: &mut Pen<'_>, model: &Model, menu: &Menu<Theme>) {
    let key = |action| model.look.keys.key_in(Context::Menu, action);
    let title = format!("Theme: {} keeps it, {} goes back", key(Action::Accept), key(Action::StepBack));
    draw(pen, model, menu, &title, |choice| choice.aside.clone());
}

/// The people, each with the number of open tasks.
pub(super) fn people(pen: &mut Pen<'_>, model: &Model, menu: &Menu<People>) {
    draw(pen, model, menu, "Whose tasks: type a name", |choice| choice.aside.clone());
}

/// The reps, each with the number of open tasks.
pub(super) fn reps(pen: &mut Pen<'_>, model: &Model, menu: &Menu<Party<RepId>>, tasks: usize) {
    let title = format!("Assign{} to: type a name", which(model, tasks));
    draw(pen, model, menu, &title, |choice| choice.aside.clone());
}

/// The choices of the snooze menu, each with its key and its result.
pub(super) fn snooze(pen: &mut Pen<'_>, model: &Model, menu: &Snooze) {
    let lines = u16::try_from(menu.lines.len()).unwrap_or(u16::MAX).saturating_add(1);
    let rect = centred(model, SNOOZE_WIDTH, lines.saturating_add(2));
    pen.clear(rect);
    pen.border(rect, &format!("Snooze{}", which(model, menu.tasks.len())), true);
    let keys = &model.look.keys;
    let has_room = fits(menu, rect.width.saturating_sub(4));
    let margin = if has_room { 2 } else { 1 };
    let inside = rect.inner(ratatui::layout::Margin::new(margin, 1));
    let page = usize::from(inside.height.saturating_sub(1)).max(1);
    let top = (menu.cursor + 1).saturating_sub(page);
    for (i, line) in menu.lines.iter().enumerate().skip(top).take(page) {
        let y = inside.y + u16::try_from(i - top).unwrap_or(0);
        let rect = Rect { y, height: 1, ..inside };
        pen.meets(rect, Hit::Action(Action::SnoozeTo(line.choice.key())));
        let at_cursor = i == menu.cursor;
        let role = |role| if at_cursor { Role::Cursor } else { role };
        pen.paint(rect, role(Role::Plain));
        if at_cursor {
            pen.cursor = Some((rect.x, y));
        }
        let key = keys.key_in(Context::Snooze, Action::SnoozeTo(line.choice.key()));
        let used = pen.say((rect.x, y), rect.width, &key, role(Role::Key)) + 1;
        let result = result(line, rect.width);
        // The words tell the day of the week better than the result does without them.
        let result = result.split_once(' ').map(|(_, rest)| rest).filter(|_| !has_room).unwrap_or(&result);
        let aside = pen.say_right(rect, result, role(Role::Plain));
        let room = rect.width.saturating_sub(used + aside + 1);
        pen.say((rect.x + used, y), room, &line.label, role(Role::Plain));
    }
    let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    pen.meets(last, Hit::Action(Action::SnoozeTo('d')));
    let key = keys.key_in(Context::Snooze, Action::SnoozeTo('d'));
    let used = pen.say((last.x, last.y), last.width, &key, Role::Key) + 1;
    pen.say((last.x + used, last.y), last.width.saturating_sub(used), "type a date", Role::Plain);
}

/// Which tasks a change is about, where it is not the one under the cursor.
pub(super) fn which(model: &Model, tasks: usize) -> String {
    match (tasks, model.marks.count()) {
        (1, 0) => String::new(),
        (1, _) => " the marked task".to_owned(),
        (tasks, _) => format!(" {tasks} tasks"),
    }
}

/// Whether each line of the menu has room for its words and its result.
fn fits(menu: &Snooze, width: u16) -> bool {
    // A key, and a blank on both sides of the words.
    let cells = |line: &Line| 3 + line.label.len() + result(line, width).len();
    menu.lines.iter().all(|line| cells(line) <= usize::from(width))
}

/// `Wed 26 Nov 09:00, goes to Future`
fn result(line: &Line, width: u16) -> String {
    let future = match (line.is_future, width >= ROOM_FOR_WORDS) {
        (true, true) => ", goes to Future",
        (true, false) => ", Future",
        (false, _) => "",
    };
    format!("{}{future}", line.result)
}

/// A box of a size in the middle of the screen.
pub(super) fn centred(model: &Model, width: u16, height: u16) -> Rect {
    let width = model.size.width.min(width);
    let height = model.size.height.saturating_sub(2).min(height);
    let (x, y) = ((model.size.width - width) / 2, (model.size.height - height) / 2);
    Rect { x, y, width, height }
}

fn draw<T: Clone + PartialEq>(
    pen: &mut Pen<'_>,
    model: &Model,
    menu: &Menu<T>,
    title: &str,
    aside: impl Fn(&Choice<T>) -> String,
) {
    // As tall as all its lines need, so that it stands still while fewer and fewer fit.
    let lines = u16::try_from(menu.count().max(1)).unwrap_or(u16::MAX).saturating_add(3);
    let rect = centred(model, WIDTH, HEIGHT.min(lines));
    pen.clear(rect);
    pen.border(rect, title, true);
    let inside = rect.inner(ratatui::layout::Margin::new(2, 1));
    let field = Rect { height: 1, ..inside };
    let used = pen.say((field.x, field.y), 2, "> ", Role::Key);
    asking::typed(pen, menu.field(), Rect { x: field.x + used, width: field.width.saturating_sub(used), ..field });
    let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    if menu.found().is_empty() {
        let words = match menu.is_coming() {
            true => "Reading who there is...",
            false => "Nothing matches. Backspace takes letters back.",
        };
        pen.say((list.x, list.y), list.width, words, Role::Plain);
    }
    let page = usize::from(list.height).max(1);
    // What lies on both sides of the cursor is seen.
    let all = menu.found().len();
    let top = menu.cursor().saturating_sub(page / 2).min(all.saturating_sub(page));
    for (i, choice) in menu.found().iter().enumerate().skip(top).take(page) {
        let y = list.y + u16::try_from(i - top).unwrap_or(0);
        let line = Rect { y, height: 1, ..list };
        let role = if i == menu.cursor() { Role::Cursor } else { Role::Plain };
        pen.meets(line, Hit::Line(i));
        pen.paint(line, role);
        let used = pen.say_right(line, &aside(choice), role);
        pen.say((line.x, y), line.width.saturating_sub(used + 1), &choice.words, role);
    }
}
