//! The colours that a terminal of today gives the sixteen names, and the 256 numbers.

use vt100::{Cell, Color};

/// Behind everything.
pub(crate) const GROUND: &str = "#15171c";
/// What has no colour of its own.
pub(crate) const TEXT: &str = "#d4d7de";

const SIXTEEN: [&str; 16] = [
    "#2a2d36", "#ef7079", "#8ccf7e", "#e5c76b", "#6cb0f6", "#c792ea", "#6bd3cf", "#c8ccd4", "#767c8a", "#ff9aa2",
    "#a9e39c", "#f4d98b", "#94c6ff", "#dcb3f4", "#92e6e3", "#ffffff",
];

/// The colour of a cell's text, and of its ground where that is not the screen's.
pub(crate) fn of(cell: &Cell) -> (String, Option<String>) {
    let (text, ground) = (named(cell.fgcolor()), named(cell.bgcolor()));
    match cell.inverse() {
        true => (ground.unwrap_or_else(|| GROUND.to_owned()), Some(text.unwrap_or_else(|| TEXT.to_owned()))),
        false => (text.unwrap_or_else(|| TEXT.to_owned()), ground),
    }
}

fn named(colour: Color) -> Option<String> {
    match colour {
        Color::Default => None,
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Idx(i) => Some(indexed(i)),
    }
}

/// xterm's cube of six by six by six, and its greys.
fn indexed(i: u8) -> String {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match i {
        0..16 => SIXTEEN[usize::from(i)].to_owned(),
        16..232 => {
            let i = i - 16;
            format!("#{:02x}{:02x}{:02x}", level(i / 36), level(i / 6 % 6), level(i % 6))
        }
        232.. => {
            let grey = 8 + 10 * (i - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}
