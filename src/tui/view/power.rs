//! Power mode: one task over the whole screen.

use ratatui::layout::{Margin, Rect};

use super::areas::{Areas, Layout};
use super::called;
use super::details::{self, Part};
use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use crate::domain::shown::Shown;
use crate::domain::wording;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::overlay::Calling;
use crate::tui::model::panes::Pane;
use crate::tui::model::power::{self, Power};

/// What is said of a call takes no more lines.
const MOST_SAID: usize = 3;

/// The title, whom to call, why the task comes late, and everything of it.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, power: &Power, areas: &Areas) {
    title(pen, model, power, areas);
    for ((words, role), y) in head(model, areas.title.width).iter().zip(areas.title.y + 1..) {
        pen.put((areas.title.x + 1, y), areas.title.width.saturating_sub(2), words, *role);
    }
    if calling(model).is_some() {
        pen.say((areas.title.x + 1, areas.title.y + 1), areas.title.width.saturating_sub(2), &key(model), Role::Key);
    }
    let body = body(model, areas);
    pen.meets(body, Hit::Pane(Pane::Details));
    let columns = columns(body, areas.layout);
    // The first one is whole, so that its title tells what the task is.
    for (place, (rect, _)) in columns.iter().enumerate().rev() {
        if areas.layout == Layout::Wide {
            pen.frame(*rect, place == 0);
        }
    }
    for (place, (rect, part)) in columns.into_iter().enumerate() {
        let title = if place == 0 { task_title(model) } else { lead(model) };
        let more = match areas.layout {
            Layout::Wide => {
                pen.frame_title(rect, &title, place == 0);
                Rect { y: rect.bottom().saturating_sub(1), height: 1, ..rect }
            }
            Layout::Narrow | Layout::Tiny | Layout::TooSmall => {
                let line = Rect { height: 1, ..rect };
                pen.heading(line, &title, Role::FocusTitle);
                line
            }
        };
        let inside = inside(rect, areas.layout);
        if place == 0 {
            pen.cursor = Some((inside.x, inside.y));
        }
        let below = details::body(pen, model, inside, part);
        if below > 0 {
            details::say_more(pen, model, Rect { width: more.width.saturating_sub(3), ..more }, below);
        }
    }
}

/// ` POWER 3/12  2 done in 5m  1 later      Mon 24 Nov 14:07 EST`
fn title(pen: &mut Pen<'_>, model: &Model, power: &Power, areas: &Areas) {
    let (line, today) = (areas.title, &model.today);
    let day = if areas.layout == Layout::Tiny { "" } else { "%a %d %b " };
    let day = today.zone.local(today.now).format(day);
    let clock = format!("{day}{} {} ", today.time_of(today.now), today.zone.abbreviation(today.now));
    let used = pen.say_right(line, &clock, Role::Plain);
    let end = line.right().saturating_sub(used + 1);
    let ((place, all), later) = (power.place(), power.later_ones());
    let took = wording::span(today.now - power.began());
    let later = if later == 0 { String::new() } else { format!("  {later} later") };
    let mut x = line.x + 1;
    for (words, role) in [
        (format!("POWER {place}/{all}"), Role::FocusTitle),
        (format!("  {} done in {took}", power.done()), Role::Done),
        (later, Role::Plain),
    ] {
        // Half a word tells nothing; what comes first counts most.
        if usize::from(end.saturating_sub(x)) < words.len() {
            break;
        }
        x += pen.say((x, line.y), end.saturating_sub(x), &words, role);
    }
}

/// Whom the key to call reaches and what time it is there; why the task comes late.
fn head(model: &Model, width: u16) -> Vec<(Shown, Role)> {
    let Some(turn) = model.power.as_ref().and_then(Power::present) else { return Vec::new() };
    let words = |calling: Calling| format!("{} calls {}", key(model), calling.whom(&model.today));
    let whom = calling(model).map(|calling| (words(calling), Role::Strong));
    let why = turn.wait.as_ref().map(|wait| (format!("Last because {}", wait.why), Role::Alarm));
    let wrapped = |(words, role): (String, Role)| {
        let lines = Shown::wrapped(&words, usize::from(width.saturating_sub(2)), model.look.signs);
        lines.take(MOST_SAID).map(move |line| (line, role)).collect::<Vec<_>>()
    };
    whom.into_iter().chain(why).flat_map(wrapped).collect()
}

fn key(model: &Model) -> String {
    model.look.keys.key_in(Context::Power, Action::Call)
}

fn calling(model: &Model) -> Option<Calling> {
    power::calling(model.current_task()?, model.details.card())
}

/// Where the task stands, below what is said of it.
fn body(model: &Model, areas: &Areas) -> Rect {
    let y = areas.title.y + 1 + u16::try_from(head(model, areas.title.width).len()).unwrap_or(0);
    let bottom = called::area(model, areas).map_or(areas.notice.y, |bar| bar.y);
    Rect { x: areas.title.x, y, width: areas.title.width, height: bottom.saturating_sub(y) }
}

/// Where there is room for two columns, the task and what stands beside it.
fn columns(body: Rect, layout: Layout) -> Vec<(Rect, Part)> {
    if layout != Layout::Wide {
        return vec![(body, Part::All)];
    }
    let width = body.width * 3 / 5;
    // They share a border.
    let beside = Rect { x: body.x + width - 1, width: body.width - width + 1, ..body };
    vec![(Rect { width, ..body }, Part::Task), (beside, Part::Beside)]
}

fn inside(rect: Rect, layout: Layout) -> Rect {
    match layout {
        Layout::Wide => rect.inner(Margin::new(1, 1)),
        Layout::Narrow | Layout::Tiny | Layout::TooSmall => {
            Rect { y: rect.y + 1, height: rect.height.saturating_sub(1), ..rect }
        }
    }
}

fn task_title(model: &Model) -> String {
    let row = model.current_task();
    row.map_or_else(String::new, |row| wording::label(row.task.body.task_type()).to_owned())
}

/// Whose tasks stand beside it.
fn lead(model: &Model) -> String {
    model.current_task().and_then(|row| row.task.lead.name_or_id()).unwrap_or("(no lead)").to_owned()
}

/// The columns without their frames, to be scrolled.
pub(super) fn pages(model: &Model, areas: &Areas) -> Vec<(Rect, Part)> {
    let columns = columns(body(model, areas), areas.layout).into_iter();
    columns.map(|(rect, part)| (inside(rect, areas.layout), part)).collect()
}
