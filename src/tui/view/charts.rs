//! The charts of what was done, over everything but the title, the notice and the hints.
//! Every chart has its figures in words too.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::style::Role;
use crate::domain::date::TaskDate;
use crate::domain::kind::TaskType;
use crate::domain::stats::{Stats, Took};
use crate::domain::wording;
use crate::tui::model::Model;
use crate::tui::model::charts::Charts;
use crate::tui::model::overlay::Overlay;

/// One chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chart {
    Days,
    Hours,
    Backlog,
    Types,
    Reps,
}

/// Charts stand two beside each other where there is room for both.
const TWO: &[&[Chart]] = &[&[Chart::Days], &[Chart::Hours, Chart::Backlog], &[Chart::Types, Chart::Reps]];
const ONE: &[&[Chart]] = &[&[Chart::Days], &[Chart::Hours], &[Chart::Backlog], &[Chart::Types], &[Chart::Reps]];
/// That room, in cells.
const ROOM_FOR_TWO: u16 = 64;
/// A chart needs so many lines: its title, bars, and what stands below them.
const LEAST_HEIGHT: u16 = 5;
/// Blanks between two charts.
const BETWEEN: u16 = 2;

/// What stands in the place of charts without a figure.
const NOTHING_YET: &str = "Nothing completed in the last year. Charts come with the first task that you complete.";
/// What stands in the place of hours where none is known.
const NO_HOUR: &str = "No hour is known yet.";

/// Where the charts stand, and in which rows.
struct Room {
    inside: Rect,
    /// The lines of words above them.
    head: u16,
    rows: &'static [&'static [Chart]],
}

impl Room {
    fn of(model: &Model) -> Room {
        let (width, height) = (model.size.width.min(super::areas::MOST), model.size.height.min(super::areas::MOST));
        let inside = Rect { x: 2, y: 2, width: width.saturating_sub(4), height: height.saturating_sub(5) };
        let rows = if inside.width < ROOM_FOR_TWO { ONE } else { TWO };
        Room { inside, head: if inside.height < 12 { 2 } else { 3 }, rows }
    }

    fn body(&self) -> Rect {
        let height = self.inside.height.saturating_sub(self.head);
        Rect { y: self.inside.y + self.head, height, ..self.inside }
    }

    fn page(&self) -> usize {
        usize::from(self.body().height / LEAST_HEIGHT).clamp(1, self.rows.len())
    }
}

/// How many rows of charts are seen at once, and how many there are.
pub fn extent(model: &Model) -> (usize, usize) {
    let room = Room::of(model);
    let has_figures = |charts: &Charts| charts.stats.as_ref().is_some_and(|stats| stats.done() > 0);
    let is_drawn = matches!(model.overlays.top(), Some(Overlay::Stats(charts)) if has_figures(charts));
    (room.page(), if is_drawn { room.rows.len() } else { 0 })
}

/// Draws the charts.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, charts: &Charts) {
    let room = Room::of(model);
    let inside = room.inside;
    let frame = Rect { x: 0, y: 1, width: inside.width + 4, height: inside.height + 2 };
    pen.clear(frame);
    pen.border(frame, "Done in the last year", true);
    pen.cursor = Some((inside.x, inside.y));
    let Some(stats) = &charts.stats else {
        pen.say((inside.x, inside.y), inside.width, "Counting...", Role::Plain);
        return;
    };
    if stats.done() == 0 {
        for (line, y) in pen.wrapped(NOTHING_YET, inside.width).zip(inside.y..inside.bottom()) {
            pen.put((inside.x, y), inside.width, &line, Role::Plain);
        }
        return;
    }
    head(pen, stats, inside);
    let (body, page) = (room.body(), room.page());
    let height = body.height / u16::try_from(page).unwrap_or(1);
    let ys = (0..).map(|row: u16| body.y + row * height);
    // A larger window may have room for more than it was scrolled by.
    let top = charts.top.min(room.rows.len() - page);
    for (row, y) in room.rows.iter().skip(top).take(page).zip(ys) {
        // The last row has what is left; above it stands a line between two, where there is room.
        let height = match body.bottom() - y {
            rest if rest < height * 2 => rest,
            _ => height - u16::from(height > LEAST_HEIGHT),
        };
        let columns = u16::try_from(row.len()).unwrap_or(1);
        let width = (body.width + BETWEEN) / columns - BETWEEN;
        for (chart, column) in row.iter().zip(0..) {
            let rect = Rect { x: body.x + column * (width + BETWEEN), y, width, height };
            one(pen, model, stats, *chart, rect);
        }
    }
}

/// What matters most, in words.
fn head(pen: &mut Pen<'_>, stats: &Stats, inside: Rect) {
    let days = if stats.streak == 1 { "1 day" } else { &format!("{} days", stats.streak) };
    let done = format!("{} done, {} today, {days} in a row", stats.done(), stats.today());
    pen.say((inside.x, inside.y), inside.width, &done, Role::Strong);
    let took = match stats.took {
        Some(Took { tasks, median, p90 }) => {
            let (median, p90) = (wording::span(median), wording::span(p90));
            match inside.width < ROOM_FOR_TWO {
                true => format!("half in {median}, 9 of 10 in {p90}"),
                false => format!("From actionable to done: half in {median}, 9 of 10 in {p90} (of {tasks})"),
            }
        }
        None => "How long it took is not known yet.".to_owned(),
    };
    pen.say((inside.x, inside.y + 1), inside.width, &took, Role::Plain);
}

fn one(pen: &mut Pen<'_>, model: &Model, stats: &Stats, chart: Chart, rect: Rect) {
    match chart {
        Chart::Days => days(pen, model, stats, rect),
        Chart::Hours => hours(pen, model, stats, rect),
        Chart::Backlog => backlog(pen, model, stats, rect),
        Chart::Types => {
            let label = |name: &str| match TaskType::from_wire(name) {
                Some(known) => wording::label(Some(known)).to_owned(),
                None => name.to_owned(),
            };
            ranking(pen, "By type", stats.types.iter().map(|(name, done)| (label(name), *done)).collect(), rect);
        }
        Chart::Reps => {
            let who = |rep: &crate::domain::task::Party<crate::domain::task::RepId>| {
                rep.shown_name().or(rep.id.as_ref().map(AsRef::as_ref)).unwrap_or("nobody").to_owned()
            };
            ranking(pen, "By rep", stats.reps.iter().map(|(rep, done)| (who(rep), *done)).collect(), rect);
        }
    }
}

/// A chart's title, and the room for its bars above the line below them.
/// Where it has no room for its last figure, it does without.
fn titled(pen: &mut Pen<'_>, words: &str, rect: Rect) -> Rect {
    // A heading has seven cells of its own.
    let fits = words.len() + 7 <= usize::from(rect.width);
    let words = words.rsplit_once(", ").filter(|_| !fits).map_or(words, |(first, _)| first);
    pen.heading(Rect { height: 1, ..rect }, words, Role::Heading);
    Rect { y: rect.y + 1, height: rect.height.saturating_sub(2), ..rect }
}

/// The line below the bars: where they begin, and where they end.
fn ends(pen: &mut Pen<'_>, bars: Rect, first: &str, last: &str) {
    let line = Rect { y: bars.bottom(), height: 1, ..bars };
    pen.say((line.x, line.y), line.width, first, Role::Plain);
    pen.say_right(line, last, Role::Plain);
}

fn days(pen: &mut Pen<'_>, model: &Model, stats: &Stats, rect: Rect) {
    let shown = &stats.days[stats.days.len().saturating_sub(usize::from(rect.width))..];
    let most = shown.iter().map(|(_, done)| *done).max().unwrap_or(0);
    let bars = titled(pen, &format!("Each of {} days, {most} at most", shown.len()), rect);
    let counts: Vec<u64> = shown.iter().map(|(_, done)| *done).collect();
    pen.sparkline(bars, &counts);
    let first = shown.first().map_or(model.today.day, |(day, _)| *day);
    ends(pen, bars, &wording::typed_date(TaskDate::Day(first), &model.today), "today");
}

fn hours(pen: &mut Pen<'_>, model: &Model, stats: &Stats, rect: Rect) {
    let known: u64 = stats.hours.iter().sum();
    let words = match known < stats.done() {
        true => format!("By hour, {known} of known time"),
        false => "By hour".to_owned(),
    };
    let bars = titled(pen, &words, rect);
    if known == 0 {
        pen.say((bars.x, bars.y), bars.width, NO_HOUR, Role::Plain);
        return;
    }
    let step = (rect.width / 24).max(1);
    pen.bars(bars, &stats.hours, step);
    for hour in [0_u16, 6, 12, 18] {
        let time = chrono::NaiveTime::from_hms_opt(hour.into(), 0, 0).unwrap_or_default();
        let (x, words) = (bars.x + hour * step, model.today.customs.time(time));
        pen.say((x, bars.bottom()), bars.right().saturating_sub(x).min(step * 6), &words, Role::Plain);
    }
}

fn backlog(pen: &mut Pen<'_>, model: &Model, stats: &Stats, rect: Rect) {
    let counts: Vec<u64> = stats.backlog.iter().map(|(_, open)| *open).collect();
    let (now, most) = (counts.last().copied().unwrap_or(0), counts.iter().copied().max().unwrap_or(0));
    let bars = titled(pen, &format!("Open each week, {now} now, {most} at most"), rect);
    let weeks = u16::try_from(counts.len()).unwrap_or(1).max(1);
    let step = (rect.width / weeks).max(1);
    pen.bars(bars, &counts, step);
    let first = stats.backlog.first().map_or(model.today.day, |(day, _)| *day);
    let shown = Rect { width: (step * weeks).min(bars.width), ..bars };
    ends(pen, shown, &wording::typed_date(TaskDate::Day(first), &model.today), "now");
}

/// The name of a line takes so many cells at most.
const NAME: usize = 14;

/// Lines with a bar each, the longest first; what has no room is counted.
fn ranking(pen: &mut Pen<'_>, title: &str, mut lines: Vec<(String, u64)>, rect: Rect) {
    let room = titled(pen, title, rect);
    let room = Rect { height: room.height + 1, ..room };
    lines.sort_by_key(|(_, done)| std::cmp::Reverse(*done));
    let fits = usize::from(room.height);
    if lines.len() > fits {
        let rest = lines.split_off(fits.saturating_sub(1));
        lines.push((format!("{} more", rest.len()), rest.iter().map(|(_, done)| done).sum()));
    }
    let most = lines.iter().map(|(_, done)| *done).max().unwrap_or(0).max(1);
    let digits = most.to_string().len();
    let name = lines.iter().map(|(name, _)| pen.shown(name).cells()).max().unwrap_or(0).min(NAME);
    let column = u16::try_from(name + digits + 2).unwrap_or(u16::MAX);
    for ((words, done), y) in lines.iter().zip(room.y..room.bottom()) {
        let words = pen.shown(words).fit(name);
        pen.put((room.x, y), room.width, &words, Role::Plain);
        let at = room.x + u16::try_from(name + 1).unwrap_or(0);
        pen.say((at, y), room.right().saturating_sub(at), &format!("{done:>digits$}"), Role::Plain);
        let bar = Rect { x: room.x + column, y, width: room.width.saturating_sub(column), height: 1 };
        pen.level(bar, *done, most);
    }
}
