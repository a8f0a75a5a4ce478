//! The next two weeks, a day a cell, above the notice.

use chrono::Datelike;
use ratatui::layout::Rect;

use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use crate::domain::date::TaskDate;
use crate::domain::wording;
use crate::tui::model::Model;
use crate::tui::model::fortnight::{DAYS, Fortnight};

/// A week.
const WEEK: u16 = 7;
/// A day and its date, with a blank: `Wed 25 `.
const DAY: u16 = 7;

/// Draws the strip.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, strip: &Fortnight) {
    let (width, height) = (model.size.width.min(super::areas::MOST), model.size.height.min(super::areas::MOST));
    let room = width.saturating_sub(4);
    let columns = if room >= WEEK * 2 * DAY { WEEK * 2 } else { WEEK };
    let rows = WEEK * 2 / columns;
    let lines = (rows * 2 + 3).min(height.saturating_sub(2));
    let frame = Rect { x: 0, y: height.saturating_sub(2 + lines), width, height: lines };
    pen.clear(frame);
    pen.border(frame, "The next two weeks", true);
    let cell = room / columns;
    for place in 0..DAYS {
        let (row, column) = (place as u16 / columns, place as u16 % columns);
        let rect = Rect { x: frame.x + 2 + column * cell, y: frame.y + 1 + row * 2, width: cell, height: 2 };
        pen.meets(rect, Hit::Line(place));
        day(pen, strip, place, rect);
    }
    let (day, tasks) = (TaskDate::Day(strip.day(strip.cursor)), strip.tasks());
    let (date, far) = (wording::typed_date(day, &model.today), wording::time_until(day, &model.today));
    let count = match (strip.days, tasks.count) {
        (None, _) => String::new(),
        (Some(_), 0) => "nothing".to_owned(),
        (Some(_), 1) => "1 task".to_owned(),
        (Some(_), count) => format!("{count} tasks"),
    };
    pen.say((frame.x + 2, frame.bottom() - 2), room, &format!("{date}, {far}: {count}"), Role::Strong);
}

fn day(pen: &mut Pen<'_>, strip: &Fortnight, place: usize, rect: Rect) {
    let (day, at_cursor) = (strip.day(place), place == strip.cursor);
    let role = |role| if at_cursor { Role::Cursor } else { role };
    if at_cursor {
        // A blank stays between two days.
        pen.paint(Rect { width: rect.width - 1, ..rect }, Role::Cursor);
        pen.cursor = Some((rect.x, rect.y));
    }
    let weekday = day.format("%a").to_string();
    let words = match rect.width >= DAY {
        true => format!("{weekday} {:02}", day.day()),
        false => format!("{}{:02}", weekday.get(..2).unwrap_or(&weekday), day.day()),
    };
    pen.say((rect.x, rect.y), rect.width - 1, &words, role(Role::Label));
    let count = strip.days.map(|days| days[place].count).filter(|count| *count > 0);
    let count = count.map_or_else(|| "-".to_owned(), |count| count.to_string());
    let count = if strip.days.is_some() { count } else { String::new() };
    pen.say((rect.x, rect.y + 1), rect.width - 1, &count, role(Role::Plain));
}
