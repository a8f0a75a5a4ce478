//! A screen as an SVG that stands still.

use std::fmt::Write as _;

use vt100::Screen;

use super::colours::{GROUND, TEXT};
use super::row::{self, BASE, HEIGHT, WIDTH, n};

/// Around the screen.
pub(crate) const MARGIN: f64 = 14.0;

/// What every SVG of a screen says about letters.
pub(crate) const STYLE: &str = "text{white-space:pre;unicode-bidi:bidi-override}.b{font-weight:700}.d{opacity:.6}.i{font-style:italic}.u{text-decoration:underline}.k{fill-opacity:.55}";

const FONTS: &str = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/// The picture of a screen.
pub(crate) fn svg(screen: &Screen) -> String {
    let (rows, cols) = screen.size();
    let mut text = head(f64::from(cols.get()) * WIDTH, f64::from(rows.get()) * HEIGHT, STYLE);
    for at in 0..rows.get() {
        let row = row::svg(screen, at);
        if !row.is_empty() {
            _ = write!(
                text,
                "\n<g transform=\"translate({MARGIN} {})\">{row}</g>",
                n(MARGIN + BASE + f64::from(at) * HEIGHT)
            );
        }
    }
    if let Some(cursor) = cursor(screen) {
        _ = write!(text, "\n<g transform=\"translate({MARGIN} {MARGIN})\">{cursor}</g>");
    }
    text + "\n</svg>\n"
}

/// The beginning, for a screen of these pixels.
pub(crate) fn head(width: f64, height: f64, style: &str) -> String {
    let (width, height) = (n(width + 2.0 * MARGIN), n(height + 2.0 * MARGIN));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"{FONTS}\" font-size=\"14\" fill=\"{TEXT}\"><style>{style}</style><rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{GROUND}\"/>"
    )
}

/// The cursor, where the program shows one.
pub(crate) fn cursor(screen: &Screen) -> Option<String> {
    let (row, col) = screen.cursor_position();
    let (x, y) = (n(f64::from(col) * WIDTH), n(f64::from(row) * HEIGHT));
    let mark = format!("<rect class=\"k\" x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>");
    (!screen.hide_cursor()).then_some(mark)
}
