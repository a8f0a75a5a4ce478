//! What the mouse does: presses and the wheel. Mere movement is not even asked for.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

/// Has the terminal report buttons and the wheel (1000), in decimal (1006).
pub(super) const ON: &str = "\x1b[?1000h\x1b[?1006h";
/// Undoes [`ON`], in reverse.
pub(super) const OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Something done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub gesture: Gesture,
    /// The column and the row, from 0.
    pub at: (u16, u16),
}

/// What is done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// The left button.
    Click,
    /// The left button, soon after a click at the same place.
    DoubleClick,
    /// The wheel, away from the hand.
    WheelUp,
    /// The wheel, towards the hand.
    WheelDown,
}

impl Mouse {
    /// What an event means; `None` for those that mean nothing here.
    pub fn of(event: MouseEvent) -> Option<Mouse> {
        let gesture = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
            MouseEventKind::ScrollUp => Gesture::WheelUp,
            MouseEventKind::ScrollDown => Gesture::WheelDown,
            MouseEventKind::Down(_)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved
            | MouseEventKind::ScrollLeft
            | MouseEventKind::ScrollRight => return None,
        };
        Some(Mouse { gesture, at: (event.column, event.row) })
    }
}
