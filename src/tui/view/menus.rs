//! Menus over the panes: a field to find in, and the lines found.

use ratatui::layout::Rect;

use super::bars;
use super::pen::Pen;
use super::style::Role;
use crate::domain::filter::People;
use crate::domain::zone::Zone;
use crate::tui::model::Model;
use crate::tui::model::menu::{Choice, Menu};

/// Wide enough for the longest zone name with its time.
const WIDTH: u16 = 56;
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
    draw(pen, model, menu, "Time zone: type a name or an offset like -8", aside);
}

/// The people, each with the number of open tasks.
pub(super) fn people(pen: &mut Pen<'_>, model: &Model, menu: &Menu<People>) {
    draw(pen, model, menu, "Whose tasks: type a name", |choice| choice.aside.clone());
}

fn draw<T: Clone>(pen: &mut Pen<'_>, model: &Model, menu: &Menu<T>, title: &str, aside: impl Fn(&Choice<T>) -> String) {
    let (width, height) = (model.size.width.min(WIDTH), model.size.height.saturating_sub(2).min(HEIGHT));
    let x = (model.size.width - width) / 2;
    let rect = Rect { x, y: (model.size.height - height) / 2, width, height };
    pen.clear(rect);
    pen.border(rect, title, true);
    let inside = rect.inner(ratatui::layout::Margin::new(2, 1));
    let field = Rect { height: 1, ..inside };
    let used = pen.say((field.x, field.y), 2, "> ", Role::Key);
    bars::typed(pen, menu.field(), Rect { x: field.x + used, width: field.width.saturating_sub(used), ..field });
    let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    if menu.found().is_empty() {
        pen.say((list.x, list.y), list.width, "Nothing matches. Backspace takes letters back.", Role::Plain);
    }
    let page = usize::from(list.height).max(1);
    let top = (menu.cursor() + 1).saturating_sub(page);
    for (i, choice) in menu.found().iter().enumerate().skip(top).take(page) {
        let y = list.y + u16::try_from(i - top).unwrap_or(0);
        let line = Rect { y, height: 1, ..list };
        let role = if i == menu.cursor() { Role::Cursor } else { Role::Plain };
        pen.paint(line, role);
        let used = pen.say_right(line, &aside(choice), role);
        pen.say((line.x, y), line.width.saturating_sub(used + 1), &choice.words, role);
    }
}
