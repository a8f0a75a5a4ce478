//! Puts text into the frame: cut to its room, in the style of its role.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::{bar, border};
use ratatui::widgets::{Bar, BarChart, Block, Clear, Sparkline, Widget};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::hit::Hit;
use super::style::Role;
use crate::domain::query::Search;
use crate::domain::shown::{Shown, Signs};
use crate::settings::theme::Theme;
use crate::tui::action::Action;
use crate::tui::model::Model;

/// Where text goes.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    signs: Signs,
    /// Where the real cursor stands.
    pub(super) cursor: Option<(u16, u16)>,
    /// What the mouse meets where; the later lies above.
    hits: Vec<(Rect, Hit)>,
}

/// The borders of `--ascii`.
const ASCII: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// The bars of `--ascii`: a cell that is less than half full is low.
const ASCII_LEVELS: bar::Set<'static> = bar::Set {
    full: "#",
    seven_eighths: "#",
    three_quarters: "#",
    five_eighths: "#",
    half: "#",
    three_eighths: ".",
    one_quarter: ".",
    one_eighth: ".",
    empty: " ",
};

impl<'a> Pen<'a> {
    /// A pen for the model's look, on the ground of its theme.
    pub(super) fn new(buffer: &'a mut Buffer, model: &'a Model) -> Pen<'a> {
        Pen::of(buffer, model.theme(), model.look.signs)
    }

    fn of(buffer: &'a mut Buffer, theme: &'a Theme, signs: Signs) -> Pen<'a> {
        buffer.set_style(buffer.area, theme.style(Role::Plain));
        Pen { buffer, theme, signs, cursor: None, hits: Vec::new() }
    }

    /// Says what the mouse meets in an area.
    pub(super) fn meets(&mut self, rect: Rect, hit: Hit) {
        self.hits.push((rect, hit));
    }

    /// Words that do something where they are clicked; the cells used come back.
    pub(super) fn button(&mut self, (x, y): (u16, u16), room: u16, words: &str, role: Role, action: Action) -> u16 {
        let used = self.say((x, y), room, words, role);
        self.meets(Rect { x, y, width: used, height: 1 }, Hit::Action(action));
        used
    }

    /// What was drawn so far is out of the mouse's reach.
    pub(super) fn meets_nothing(&mut self) {
        self.hits.clear();
    }

    /// What the mouse meets at a place.
    pub(super) fn hit(&self, at: (u16, u16)) -> Option<Hit> {
        self.hits.iter().rev().find(|(rect, _)| rect.contains(at.into())).map(|(_, hit)| *hit)
    }

    /// The program's own words, or a task's text, made harmless.
    pub(super) fn shown(&self, text: &str) -> Shown {
        Shown::line(text, self.signs)
    }

    /// Puts text at a place into at most `room` cells; the cells used come back.
    pub(super) fn put(&mut self, at: (u16, u16), room: u16, text: &Shown, role: Role) -> u16 {
        let cut = text.cut(usize::from(self.room(at, room)));
        self.put_cut(at, &cut, role)
    }

    /// How much of the room at a place is within the frame.
    fn room(&self, (x, y): (u16, u16), room: u16) -> u16 {
        let frame = self.buffer.area;
        if y < frame.bottom() { room.min(frame.right().saturating_sub(x)) } else { 0 }
    }

    /// Puts text for which there is [room](Pen::room).
    fn put_cut(&mut self, (x, y): (u16, u16), cut: &Shown, role: Role) -> u16 {
        if cut.is_empty() {
            return 0;
        }
        // What lay below, such as a faint border, must not shine through.
        let style = Style::reset().patch(self.theme.style(role));
        let (end, _) = self.buffer.set_stringn(x, y, cut.as_str(), usize::MAX, style);
        end.saturating_sub(x)
    }

    /// Puts words of any length, walked no further than there is room.
    pub(super) fn say(&mut self, at: (u16, u16), room: u16, words: &str, role: Role) -> u16 {
        let cut = Shown::line_cut(words, usize::from(self.room(at, room)), self.signs);
        self.put_cut(at, &cut, role)
    }

    /// As [`Pen::say`], with the words of a search marked in them.
    pub(super) fn say_found(&mut self, at: (u16, u16), room: u16, words: &str, role: Role, search: &Search) -> u16 {
        let cut = Shown::line_cut(words, usize::from(self.room(at, room)), self.signs);
        let used = self.put_cut(at, &cut, role);
        self.mark(at, used, &cut, search);
        used
    }

    /// Marks the words of a search in a text that stands at a place.
    fn mark(&mut self, (x, y): (u16, u16), used: u16, shown: &Shown, search: &Search) {
        let cell = |cell: usize| u16::try_from(cell).unwrap_or(u16::MAX).min(used);
        for span in search.spans(shown.as_str()) {
            let cells = shown.cells_of(&span);
            let (first, end) = (cell(cells.start), cell(cells.end));
            let found = Rect { x: x + first, y, width: end - first, height: 1 };
            self.buffer.set_style(found, self.theme.on_any_ground(Role::Match));
        }
    }

    /// Words in lines of a width, each made when it is asked for.
    pub(super) fn wrapped<'t>(&self, words: &'t str, width: u16) -> impl Iterator<Item = Shown> + use<'t> {
        Shown::wrapped(words, usize::from(width), self.signs)
    }

    /// Puts words so that they end at the right edge of a line; the cells used come back.
    pub(super) fn say_right(&mut self, line: Rect, words: &str, role: Role) -> u16 {
        let shown = self.shown(words);
        let cells = u16::try_from(shown.cells()).unwrap_or(u16::MAX).min(line.width);
        self.put((line.right() - cells, line.y), cells, &shown, role)
    }

    /// Puts pieces one after the other into a line.
    pub(super) fn pieces(&mut self, line: Rect, pieces: &[(Shown, Role)]) {
        self.pieces_found(line, pieces, &Search::default());
    }

    /// As [`Pen::pieces`], with the words of a search marked in all but labels.
    pub(super) fn pieces_found(&mut self, line: Rect, pieces: &[(Shown, Role)], search: &Search) {
        let mut x = line.x;
        for (text, role) in pieces {
            let used = self.put((x, line.y), line.right().saturating_sub(x), text, *role);
            if *role != Role::Label {
                self.mark((x, line.y), used, text, search);
            }
            x += used;
        }
    }

    /// A heading over a line: `-- Overdue 1 -------`.
    pub(super) fn heading(&mut self, line: Rect, words: &str, role: Role) {
        let (dash, style) = (self.dash(), Style::reset().patch(self.theme.style(Role::Border)));
        for position in line.intersection(self.buffer.area).positions() {
            self.buffer[position].set_symbol(dash).set_style(style);
        }
        if line.width > 8 {
            self.say((line.x + 3, line.y), line.width - 5, &format!(" {words} "), role);
        }
    }

    fn dash(&self) -> &'static str {
        match self.signs {
            Signs::Unicode => "─",
            Signs::Ascii => "-",
        }
    }

    /// A border with a title, sharing its lines with its neighbours.
    pub(super) fn border(&mut self, rect: Rect, title: &str, focused: bool) {
        self.frame(rect, focused);
        self.frame_title(rect, title, focused);
    }

    /// A border without its title.
    pub(super) fn frame(&mut self, rect: Rect, focused: bool) {
        let role = if focused { Role::FocusBorder } else { Role::Border };
        let block = Block::bordered().border_style(self.theme.style(role));
        match self.signs {
            Signs::Unicode => {
                let merge = ratatui::symbols::merge::MergeStrategy::Exact;
                block.merge_borders(merge).render(rect, self.buffer);
            }
            Signs::Ascii => block.border_set(ASCII).render(rect, self.buffer),
        }
    }

    /// The title of a border; where there is no room for all of it, as far as its colon.
    pub(super) fn frame_title(&mut self, rect: Rect, title: &str, focused: bool) {
        let (sign, role) = if focused { ("* ", Role::FocusTitle) } else { ("", Role::Plain) };
        if rect.width > 6 {
            let fits = self.shown(title).cells() + sign.len() + 2 <= usize::from(rect.width - 4);
            let title = title.split_once(':').filter(|_| !fits).map_or(title, |(first, _)| first);
            self.say((rect.x + 2, rect.y), rect.width - 4, &format!(" {sign}{title} "), role);
        }
    }

    /// Bars side by side, each of `step` cells with the blank behind it, the highest as high
    /// as there is room.
    pub(super) fn bars(&mut self, rect: Rect, values: &[u64], step: u16) {
        let bars: Vec<Bar<'_>> = values.iter().map(|value| Bar::new(*value).text_value("")).collect();
        let gap = u16::from(step > 2);
        let chart = BarChart::vertical(bars).bar_width(step - gap).bar_gap(gap).bar_set(self.levels());
        chart.bar_style(self.theme.style(Role::Label)).render(rect, self.buffer);
    }

    /// A bar a cell, without blanks.
    pub(super) fn sparkline(&mut self, rect: Rect, values: &[u64]) {
        let line = Sparkline::default().data(values).bar_set(self.levels());
        line.style(self.theme.style(Role::Label)).render(rect, self.buffer);
    }

    /// One bar that lies: `value` of `most`.
    pub(super) fn level(&mut self, rect: Rect, value: u64, most: u64) {
        let cells = (u64::from(rect.width) * value).div_ceil(most.max(1));
        let bar = self.levels().full.repeat(usize::try_from(cells).unwrap_or(0));
        self.say((rect.x, rect.y), rect.width, &bar, Role::Label);
    }

    fn levels(&self) -> bar::Set<'static> {
        match self.signs {
            Signs::Unicode => bar::NINE_LEVELS,
            Signs::Ascii => ASCII_LEVELS,
        }
    }

    /// Has what stands behind an emoji of several characters always written anew. Terminals
    /// that know no such emoji draw its characters one after the other, over the cells behind.
    pub(super) fn guard_clusters(&mut self) {
        let width = usize::from(self.buffer.area.width).max(1);
        for at in 0..self.buffer.content.len() {
            let behind = cells_beyond(self.buffer.content[at].symbol());
            if is_flag(self.buffer.content[at].symbol()) && (at + 1) % width > 0 {
                // Some terminals draw a flag as two letters of one cell each. A blank in its
                // place would be no change to the second one, and leave that letter there.
                self.buffer.content[at + 1].set_symbol(NOT_A_BLANK);
            }
            // The second cell of the emoji itself is never written.
            let row_end = (at / width + 1) * width;
            for cell in &mut self.buffer.content[(at + 2).min(row_end)..(at + 2 + behind).min(row_end)] {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }

    /// Empties an area for what lies over it.
    pub(super) fn clear(&mut self, rect: Rect) {
        // A wide character that begins left of the area would draw over its first column.
        for y in rect.top()..rect.bottom().min(self.buffer.area.bottom()) {
            let before = rect.x.checked_sub(1).and_then(|x| self.buffer.cell_mut((x, y)));
            if let Some(cell) = before.filter(|cell| cell.symbol().width() > 1) {
                cell.set_symbol(" ");
            }
        }
        Clear.render(rect, self.buffer);
        self.meets(rect, Hit::Nothing);
        self.buffer.set_style(rect, self.theme.style(Role::Plain));
    }

    /// Gives the whole area a role.
    pub(super) fn paint(&mut self, rect: Rect, role: Role) {
        self.buffer.set_style(rect, self.theme.style(role));
    }
}

/// Looks like a blank, and differs from it.
const NOT_A_BLANK: &str = "\u{a0}";

/// Two regional letters, which are a flag together.
fn is_flag(symbol: &str) -> bool {
    symbol.chars().count() == 2 && symbol.chars().all(|c| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c))
}

/// How many cells more than its own two an emoji takes where each of its characters is drawn.
fn cells_beyond(symbol: &str) -> usize {
    // No single character is longer.
    if symbol.len() <= 4 {
        return 0;
    }
    let drawn: usize = symbol.chars().filter_map(UnicodeWidthChar::width).sum();
    drawn.saturating_sub(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p16_where_a_flag_was_both_its_cells_are_written_anew() {
        let theme = Theme::default();
        let area = Rect::new(0, 0, 8, 1);
        let (mut flag, blank) = (Buffer::empty(area), Buffer::empty(area));
        let mut pen = Pen::of(&mut flag, &theme, Signs::Unicode);
        pen.say((2, 0), 6, "🇩🇪", Role::Plain);
        pen.guard_clusters();
        let written: Vec<u16> = flag.diff(&blank).iter().map(|(x, ..)| *x).collect();
        assert_eq!(written, [2, 3]);
        let drawn: Vec<u16> = blank.diff(&flag).iter().map(|(x, ..)| *x).collect();
        assert_eq!(drawn, [2]);
    }

    #[test]
    fn p16_emoji_of_several_characters_may_reach_over_the_cells_behind_them() {
        for (symbol, beyond) in [("a", 0), ("e\u{301}\u{301}\u{301}", 0), ("👍", 0), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 6), ("🇩🇪", 0)]
        {
            assert_eq!(cells_beyond(symbol), beyond, "{symbol}");
        }
    }
}
