//! A row of a screen as SVG, its letters standing at 0. Lines and blocks are drawn, so that they meet in
//! any font; letters get their place, so that columns stand in any font.

use std::fmt::Write as _;

use vt100::{Cell, Screen};

use super::colours;

/// A cell's width; letters of 14 pixels are so wide in most fonts.
pub(crate) const WIDTH: f64 = 8.4;
/// A row's height.
pub(crate) const HEIGHT: f64 = 18.0;
/// From the top of a row to where its letters stand.
pub(crate) const BASE: f64 = 13.0;

/// What cells have in common that are drawn as one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Look {
    text: String,
    ground: Option<String>,
    is_bold: bool,
    is_dim: bool,
    is_italic: bool,
    is_underlined: bool,
}

/// The row at a place; empty where nothing is to be seen.
pub(crate) fn svg(screen: &Screen, row: u16) -> String {
    let (_, cols) = screen.size();
    let mut drawing = Drawing::default();
    for col in 0..cols.get() {
        let Some(cell) = screen.cell(row, col).filter(|cell| !cell.is_wide_continuation()) else { continue };
        drawing.add(col, cell);
    }
    drawing.finish()
}

/// Lines and blocks of one colour.
struct Path {
    colour: String,
    drawn: String,
    /// A line from here to there that may go on.
    across: Option<(f64, f64)>,
}

impl Path {
    fn add(&mut self, shape: &Shape, x: f64) {
        for (from, to) in shape.across.iter().map(|(from, to)| (x + from, x + to)) {
            match &mut self.across {
                Some((_, end)) if (*end - from).abs() < 0.01 => *end = to,
                _ => {
                    self.end_line();
                    self.across = Some((from, to));
                }
            }
        }
        for [left, top, width, height] in &shape.bars {
            self.drawn += &bar(x + left, *top, *width, *height);
        }
    }

    fn end_line(&mut self) {
        if let Some((from, to)) = self.across.take() {
            self.drawn += &bar(from, MIDDLE - 0.5, to - from, 1.0);
        }
    }
}

#[derive(Default)]
struct Drawing {
    grounds: String,
    lines: String,
    texts: String,
    /// Letters side by side that look the same.
    run: Option<(u16, Look, String)>,
    /// Cells side by side with the same ground.
    ground: Option<(u16, u16, String)>,
    /// Lines and blocks of one colour.
    path: Option<Path>,
}

impl Drawing {
    fn add(&mut self, col: u16, cell: &Cell) {
        let (text, ground) = colours::of(cell);
        let cells = if cell.is_wide() { 2 } else { 1 };
        self.lay(col, cells, ground.clone());
        let signs = cell.contents();
        if let Some(shape) = signs.chars().next().and_then(shape) {
            self.write_run();
            self.draw(text, &shape, f64::from(col) * WIDTH);
            return;
        }
        let look = Look {
            text,
            ground,
            is_bold: cell.bold(),
            is_dim: cell.dim(),
            is_italic: cell.italic(),
            is_underlined: cell.underline(),
        };
        self.letter(col, cells, look, signs);
    }

    /// The ground goes on, or another begins.
    fn lay(&mut self, col: u16, cells: u16, ground: Option<String>) {
        match (&mut self.ground, ground) {
            (Some((_, end, held)), Some(ground)) if *end == col && *held == ground => *end += cells,
            (_, ground) => {
                self.write_ground();
                self.ground = ground.map(|ground| (col, col + cells, ground));
            }
        }
    }

    /// A letter continues the run, or begins one. Only Latin letters share one: others may
    /// be wider, or be turned around by the viewer.
    fn letter(&mut self, col: u16, cells: u16, look: Look, signs: &str) {
        let is_blank = signs.is_empty() || signs == " ";
        let is_plain = cells == 1 && signs.chars().all(|c| (' '..'\u{250}').contains(&c));
        if let Some((from, held, text)) = &mut self.run {
            let next = usize::from(*from) + text.chars().count();
            let is_next = next == usize::from(col) && *held == look && is_plain;
            if is_next && (!is_blank || look.is_underlined || !text.ends_with(' ')) {
                text.push_str(if is_blank { " " } else { signs });
                return;
            }
        }
        self.write_run();
        if !is_blank || look.is_underlined {
            self.run = Some((col, look, if is_blank { " ".to_owned() } else { signs.to_owned() }));
            if !is_plain {
                self.write_run();
            }
        }
    }

    fn draw(&mut self, colour: String, shape: &Shape, x: f64) {
        if self.path.as_ref().is_none_or(|path| path.colour != colour) {
            self.write_path();
        }
        self.path.get_or_insert(Path { colour, drawn: String::new(), across: None }).add(shape, x);
    }

    fn write_ground(&mut self) {
        if let Some((from, to, colour)) = self.ground.take() {
            let block = bar(f64::from(from) * WIDTH, TOP, f64::from(to - from) * WIDTH, HEIGHT);
            _ = write!(self.grounds, "<path fill=\"{colour}\" d=\"{block}\"/>");
        }
    }

    fn write_path(&mut self) {
        if let Some(mut path) = self.path.take() {
            path.end_line();
            _ = write!(self.lines, "<path fill=\"{}\" d=\"{}\"/>", path.colour, path.drawn);
        }
    }

    fn write_run(&mut self) {
        let Some((col, look, text)) = self.run.take() else { return };
        let text = if look.is_underlined { text.as_str() } else { text.trim_end() };
        let count = text.chars().count();
        _ = write!(self.texts, "<text x=\"{}\"", n(f64::from(col) * WIDTH));
        if count > 2 {
            _ = write!(self.texts, " textLength=\"{}\"", n(WIDTH * f64::from(u16::try_from(count).unwrap_or(0))));
        }
        if look.text != colours::TEXT {
            _ = write!(self.texts, " fill=\"{}\"", look.text);
        }
        let classes = [(look.is_bold, 'b'), (look.is_dim, 'd'), (look.is_italic, 'i'), (look.is_underlined, 'u')];
        let classes: Vec<String> = classes.iter().filter(|(has, _)| *has).map(|(_, class)| class.to_string()).collect();
        if !classes.is_empty() {
            _ = write!(self.texts, " class=\"{}\"", classes.join(" "));
        }
        _ = write!(self.texts, ">{}</text>", escaped(text));
    }

    fn finish(mut self) -> String {
        self.write_ground();
        self.write_path();
        self.write_run();
        self.grounds + &self.lines + &self.texts
    }
}

/// The top of a row, and its middle.
const TOP: f64 = -BASE;
const MIDDLE: f64 = HEIGHT / 2.0 - BASE;

/// What a sign is drawn of.
struct Shape {
    /// A line in the middle, from here to there.
    across: Option<(f64, f64)>,
    /// Left, top, width, height.
    bars: Vec<[f64; 4]>,
}

/// The lines of a box, and the blocks of charts.
fn shape(sign: char) -> Option<Shape> {
    let middle = WIDTH / 2.0;
    let (whole, left, right) = ((0.0, WIDTH), (0.0, middle + 0.5), (middle - 0.5, WIDTH));
    let half = HEIGHT / 2.0 + 0.5;
    let (up, down) = ([middle - 0.5, TOP, 1.0, half], [middle - 0.5, MIDDLE - 0.5, 1.0, half]);
    let both = [middle - 0.5, TOP, 1.0, HEIGHT];
    let lines =
        |across: Option<(f64, f64)>, upright: Option<[f64; 4]>| Shape { across, bars: upright.into_iter().collect() };
    Some(match sign {
        '─' => lines(Some(whole), None),
        '│' => lines(None, Some(both)),
        '┌' | '╭' => lines(Some(right), Some(down)),
        '┐' | '╮' => lines(Some(left), Some(down)),
        '└' | '╰' => lines(Some(right), Some(up)),
        '┘' | '╯' => lines(Some(left), Some(up)),
        '├' => lines(Some(right), Some(both)),
        '┤' => lines(Some(left), Some(both)),
        '┬' => lines(Some(whole), Some(down)),
        '┴' => lines(Some(whole), Some(up)),
        '┼' => lines(Some(whole), Some(both)),
        '▁'..='█' => {
            let height = HEIGHT * f64::from(u32::from(sign) - u32::from('▁') + 1) / 8.0;
            Shape { across: None, bars: vec![[0.0, TOP + HEIGHT - height, WIDTH, height]] }
        }
        _ => return None,
    })
}

/// A block as a part of a path.
fn bar(x: f64, y: f64, width: f64, height: f64) -> String {
    format!("M{} {}h{}v{}h-{}z", n(x), n(y), n(width), n(height), n(width))
}

/// A number with no more digits than it needs.
pub(crate) fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// A text between tags.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
