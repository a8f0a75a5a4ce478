//! What was seen one after the other: as an asciicast, and as an SVG that moves.

use std::collections::HashMap;
use std::fmt::Write as _;

use vt100::Screen;

use super::colours::{GROUND, TEXT};
use super::picture::{self, MARGIN};
use super::row::{self, BASE, HEIGHT, WIDTH, escaped, n};

/// A screen, what is said below it, and for how long both stand.
pub(crate) struct Frame {
    pub(crate) screen: Screen,
    /// The keys that were pressed.
    pub(crate) keys: String,
    /// What they are for.
    pub(crate) words: &'static str,
    pub(crate) seconds: f64,
}

/// Between the screen and the words, and the words themselves.
const CAPTION_ROWS: u16 = 2;

/// An asciicast, version 2: each frame is what changes the one before into it.
pub(crate) fn asciicast(frames: &[Frame]) -> String {
    let Some(first) = frames.first() else { return String::new() };
    let (rows, cols) = first.screen.size();
    let head = serde_json::json!({
        "version": 2, "width": cols, "height": rows.get() + CAPTION_ROWS, "title": "repbox: a tour",
        "env": {"TERM": "xterm-256color"},
    });
    let mut text = format!("{head}\n");
    let (mut at, mut before) = (0.0, None);
    for frame in frames {
        let change = match before {
            None => frame.screen.contents_formatted(),
            Some(before) => frame.screen.contents_diff(before),
        };
        let below = rows.get() + CAPTION_ROWS;
        let (keys, words) = (&frame.keys, frame.words);
        let caption = format!("\x1b[{below};1H\x1b[0m\x1b[K \x1b[7m {keys} \x1b[0m {words}");
        let back = frame.screen.attributes_formatted() + &frame.screen.cursor_state_formatted();
        let event = serde_json::json!([(at * 100.0_f64).round() / 100.0, "o", change + &caption + &back]);
        _ = writeln!(text, "{event}");
        at += frame.seconds;
        before = Some(&frame.screen);
    }
    // The last frame stands as long as it should.
    _ = writeln!(text, "{}", serde_json::json!([(at * 100.0_f64).round() / 100.0, "o", ""]));
    text
}

/// An SVG that shows frame after frame, and begins again. Rows are held once.
pub(crate) fn svg(frames: &[Frame]) -> String {
    let Some(first) = frames.first() else { return String::new() };
    let (rows, cols) = first.screen.size();
    let (width, height) = (f64::from(cols.get()) * WIDTH, f64::from(rows.get()) * HEIGHT);
    let whole: f64 = frames.iter().map(|frame| frame.seconds).sum();
    let mut held = Rows::default();
    let (mut shown, mut places, mut at) = (String::new(), String::new(), 0.0);
    for (i, frame) in (0_u32..).zip(frames) {
        let left = f64::from(i) * width;
        _ = write!(places, "{}%{{transform:translateX(-{}px)}}", n2(100.0 * at / whole), n(left));
        _ = write!(shown, "\n<g transform=\"translate({})\">", n(left));
        for row in 0..rows.get() {
            held.show(row::svg(&frame.screen, row), BASE + f64::from(row) * HEIGHT, &mut shown);
        }
        shown += &picture::cursor(&frame.screen).unwrap_or_default();
        shown += &caption(frame, height);
        shown += "</g>";
        at += frame.seconds;
    }
    let style = format!(
        "{}.f{{animation:f {}s steps(1,end) infinite}}@keyframes f{{{places}}}@media(prefers-reduced-motion){{.f{{animation:none}}}}",
        picture::STYLE,
        n(whole)
    );
    let below = height + f64::from(CAPTION_ROWS) * HEIGHT;
    picture::head(width, below, &style)
        + &format!(
            "<defs>{}</defs><svg x=\"{MARGIN}\" y=\"{MARGIN}\" width=\"{}\" height=\"{}\"><g class=\"f\">{shown}\n</g></svg>\n</svg>\n",
            held.defined,
            n(width),
            n(below)
        )
}

/// Rows by what is in them, each under a name.
#[derive(Default)]
struct Rows {
    names: HashMap<String, usize>,
    defined: String,
}

impl Rows {
    /// Shows a row at a height.
    fn show(&mut self, row: String, y: f64, shown: &mut String) {
        if row.is_empty() {
            return;
        }
        let next = self.names.len();
        let name = *self.names.entry(row.clone()).or_insert_with(|| {
            _ = write!(self.defined, "\n<g id=\"r{next}\">{row}</g>");
            next
        });
        _ = write!(shown, "<use href=\"#r{name}\" y=\"{}\"/>", n(y));
    }
}

/// The keys, and what they are for.
fn caption(frame: &Frame, height: f64) -> String {
    let top = height + HEIGHT * 0.9;
    let wide = |text: &str| f64::from(u16::try_from(text.chars().count()).unwrap_or(0)) * WIDTH;
    let keys = wide(&frame.keys);
    format!(
        "<rect x=\"0\" y=\"{}\" width=\"{}\" height=\"22\" rx=\"5\" fill=\"{TEXT}\"/><text x=\"9\" y=\"{}\" textLength=\"{}\" fill=\"{GROUND}\" class=\"b\">{}</text><text x=\"{}\" y=\"{}\">{}</text>",
        n(top),
        n(keys + 18.0),
        n(top + 15.8),
        n(keys),
        escaped(&frame.keys),
        n(keys + 30.0),
        n(top + 15.8),
        escaped(frame.words)
    )
}

fn n2(value: f64) -> String {
    format!("{value:.2}")
}
