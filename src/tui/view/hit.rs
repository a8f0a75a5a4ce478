//! What the mouse meets: said by the views as they draw, so that it is always what is seen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::areas::MOST;
use super::screen::paint;
use crate::domain::task::TaskNumber;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::choice::TypeRow;
use crate::tui::model::panes::Pane;
use crate::tui::request::ListName;

/// What stands at a place of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A pane, or its tab.
    Pane(Pane),
    /// The row of a task.
    Task(ListName, TaskNumber),
    /// The box of a task.
    Box(ListName, TaskNumber),
    /// A type, in the sidebar or among the chips.
    Type(TypeRow),
    /// A saved search, by its place in the list of them.
    Saved(usize),
    /// A line of the menu on top, a field of the form or a day of the calendar, from 0.
    Line(usize),
    /// Words that say what a key does.
    Action(Action),
    /// Something that lies over the panes.
    Nothing,
}

/// What stands at a column and row.
pub fn hit(model: &Model, at: (u16, u16)) -> Option<Hit> {
    let (width, height) = (model.size.width.min(MOST), model.size.height.min(MOST));
    paint(&mut Buffer::empty(Rect { x: 0, y: 0, width, height }), model).hit(at)
}
