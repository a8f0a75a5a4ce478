//! What is drawn of a desk's model.

use super::Desk;
use crate::tui::model::Size;
use crate::tui::view;

impl Desk {
    /// The screen as text, a line a row.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let rows = buffer.content.chunks(usize::from(buffer.area.width.max(1)));
        let line = |row: &[ratatui::buffer::Cell]| {
            // A wide character is followed by a cell that holds nothing of its own.
            let mut skip = 0;
            let mut text = String::new();
            for cell in row {
                if skip == 0 {
                    text.push_str(cell.symbol());
                    skip = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
                } else {
                    skip -= 1;
                }
            }
            text.trim_end().to_owned()
        };
        rows.map(line).collect::<Vec<_>>().join("\n")
    }

    /// The screen as cells.
    pub(crate) fn buffer(&self) -> ratatui::buffer::Buffer {
        let Size { width, height } = self.model.size;
        let backend = ratatui::backend::TestBackend::new(width, height);
        let mut terminal = ratatui::Terminal::new(backend).expect("a test backend has no errors");
        terminal.draw(|frame| view::draw(frame, &self.model)).expect("a test backend has no errors");
        terminal.backend().buffer().clone()
    }
}
