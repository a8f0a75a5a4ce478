//! The pages over the panes: the help, made from the live bindings, and the messages.

use ratatui::layout::Rect;

use super::asking;
use super::pen::Pen;
use super::style::Role;
use crate::domain::shown::{Shown, Signs};
use crate::tui::keymap::{Binding, CONTEXTS, Context, Keymap, spell};
use crate::tui::model::Model;
use crate::tui::model::notice::Tone;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::sheet::{About, Sheet};

/// So many keys stand on the first page, each on a line.
const MOST_USED: usize = 10;
/// From here on keys stand in two columns.
const ROOM_FOR_TWO: u16 = 110;
/// The column of the time before a message.
const TIMES: usize = 7;

/// The column of the keys, in cells, for a width.
fn key_column(width: usize) -> usize {
    match width {
        ..60 => 16,
        60..70 => 18,
        70.. => 20,
    }
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Where the keys below hold, or on which day it was said.
    Heading(String),
    /// Keys and what they do, or a time and what was said; the first is empty where the
    /// line goes on.
    Keys(String, String),
}

/// Lines below a heading, those of an entry together.
struct Block {
    heading: Option<String>,
    entries: Vec<Vec<Line>>,
}

/// All lines for a width in cells: the most used keys of the context, then its others, then
/// those of the other contexts that are new. Where something is looked for, only those
/// entries that have all its words.
pub fn lines(keys: &Keymap, here: Context, find: &str, width: usize) -> Vec<Line> {
    let mut contexts = CONTEXTS.to_vec();
    contexts.sort_by_key(|(context, _)| *context != here);
    let most_used: Vec<(&Binding, Line)> =
        keys.bindings_in(here).take(MOST_USED).map(|b| (b, brief(b, width))).collect();
    let is_whole = |(b, line): &&(&Binding, Line)| *line == Line::Keys(all_keys(b), b.action.help());
    let mut seen: Vec<*const Binding> = Vec::new();
    let mut blocks = Vec::new();
    if find.trim().is_empty() {
        seen.extend(most_used.iter().filter(is_whole).map(|(b, _)| std::ptr::from_ref::<Binding>(b)));
        let entries = most_used.into_iter().map(|(_, line)| vec![line]).collect();
        blocks.push(Block { heading: None, entries });
    }
    for (context, words) in contexts {
        let fresh: Vec<&Binding> =
            keys.bindings_in(context).filter(|b| !seen.contains(&std::ptr::from_ref(*b))).collect();
        let entries = fresh.iter().map(|b| entry(&all_keys(b), &b.action.help(), key_column(width), width)).collect();
        blocks.push(Block { heading: Some(words.to_owned()), entries });
        seen.extend(fresh.into_iter().map(std::ptr::from_ref));
    }
    laid_out(blocks, find)
}

fn all_keys(binding: &Binding) -> String {
    binding.keys.iter().map(|keys| spell(keys)).collect::<Vec<_>>().join(", ")
}

/// A binding on one line: the keys that have room, and a sentence, or the word of the hints.
fn brief(binding: &Binding, width: usize) -> Line {
    let column = key_column(width);
    let mut keys = String::new();
    for key in binding.keys.iter().map(|keys| spell(keys)) {
        let more = if keys.is_empty() { key } else { format!("{keys}, {key}") };
        if !keys.is_empty() && more.len() > column - 2 {
            break;
        }
        keys = more;
    }
    let help = binding.action.help();
    let has_room = help.len() <= width.saturating_sub(column);
    Line::Keys(keys, binding.hint.filter(|_| !has_room).map_or(help, str::to_owned))
}

/// An entry on as many lines as it needs.
fn entry(first: &str, words: &str, column: usize, width: usize) -> Vec<Line> {
    let wrap = |text: &str, cells: usize| -> Vec<String> {
        let lines = Shown::line(text, Signs::Ascii).wrap(cells.max(1));
        lines.iter().map(|line| line.as_str().trim_end().to_owned()).collect()
    };
    let (first, words) = (wrap(first, column - 2), wrap(words, width.saturating_sub(column).max(8)));
    let at = |lines: &[String], i: usize| lines.get(i).cloned().unwrap_or_default();
    (0..first.len().max(words.len())).map(|i| Line::Keys(at(&first, i), at(&words, i))).collect()
}

/// Every entry that has all words that are looked for, below its heading.
fn laid_out(blocks: Vec<Block>, find: &str) -> Vec<Line> {
    let wanted: Vec<String> = find.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let has_all = |entry: &Vec<Line>| {
        let words = |line: &Line| match line {
            Line::Heading(words) => words.clone(),
            Line::Keys(first, words) => format!("{first} {words} "),
        };
        let text = entry.iter().map(words).collect::<String>().to_lowercase();
        wanted.iter().all(|word| text.contains(word))
    };
    let mut out = Vec::new();
    for mut block in blocks {
        block.entries.retain(has_all);
        if !block.entries.is_empty() {
            out.extend(block.heading.map(Line::Heading));
            out.extend(block.entries.into_iter().flatten());
        }
    }
    out
}

/// What was said, newest first, below the day on which it was.
fn messages(model: &Model, find: &str, width: usize) -> Vec<Line> {
    let mut blocks: Vec<Block> = Vec::new();
    for said in model.notice.log() {
        let at = model.today.zone.local(said.at);
        let heading = Some(at.format("%a %d %b %Y").to_string());
        if blocks.last().is_none_or(|block| block.heading != heading) {
            blocks.push(Block { heading, entries: Vec::new() });
        }
        let error = if said.tone == Tone::Error { "Error: " } else { "" };
        let words = format!("{error}{}", said.text);
        let lines = entry(&model.today.time_of(said.at), &words, TIMES, width);
        blocks.last_mut().into_iter().for_each(|block| block.entries.push(lines.clone()));
    }
    laid_out(blocks, find)
}

fn lines_of(model: &Model, sheet: &Sheet, width: usize) -> Vec<Line> {
    match sheet.about {
        About::Keys(context) => lines(&model.look.keys, context, sheet.find.text(), width),
        About::Messages => messages(model, sheet.find.text(), width),
    }
}

fn area(model: &Model) -> Rect {
    let (width, height) = (model.size.width.min(super::areas::MOST), model.size.height.min(super::areas::MOST));
    Rect { x: 0, y: 1, width, height: height.saturating_sub(2) }
}

/// How many lines of the page are seen at once, and how many there are.
pub fn extent(model: &Model) -> (usize, usize) {
    let area = area(model);
    let Some(Overlay::Sheet(sheet)) = model.overlays.top() else { return (1, 0) };
    let columns = columns(sheet, area);
    let height = usize::from(area.height).max(1);
    (height * columns.len(), lines_of(model, sheet, inside(columns[0])).len())
}

/// The columns of a page: keys are short, messages are not.
fn columns(sheet: &Sheet, area: Rect) -> Vec<Rect> {
    if sheet.about == About::Messages || area.width < ROOM_FOR_TWO {
        return vec![area];
    }
    // A blank stays between the two.
    let half = Rect { width: area.width / 2 - 1, ..area };
    vec![half, Rect { x: area.width / 2, ..half }]
}

fn inside(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(2))
}

/// A page over everything but the hints.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, sheet: &Sheet) {
    let area = area(model);
    let columns = columns(sheet, area);
    let width = inside(columns[0]);
    let lines = lines_of(model, sheet, width);
    pen.clear(Rect { y: 0, height: area.height + 1, ..area });
    let title = Rect { y: 0, height: 1, ..area };
    let last = (sheet.top + usize::from(area.height) * columns.len()).min(lines.len());
    let first = (sheet.top + 1).min(lines.len());
    let used = pen.say_right(title, &format!("{first} to {last} of {} ", lines.len()), Role::Plain);
    let (name, column) = match sheet.about {
        About::Keys(_) => ("HELP", key_column(width)),
        About::Messages => ("MESSAGES", TIMES),
    };
    let mut x = 1 + pen.say((1, 0), area.width.saturating_sub(1), name, Role::FocusTitle);
    pen.cursor = Some((0, 1));
    if sheet.is_typing || !sheet.find.text().is_empty() {
        x += pen.say((x, 0), 4, "  / ", Role::Key);
        let field = Rect { x, width: area.right().saturating_sub(x + used + 1), ..title };
        let at = pen.cursor;
        asking::typed(pen, &sheet.find, field);
        pen.cursor = if sheet.is_typing { pen.cursor } else { at };
    }
    if lines.is_empty() {
        let words =
            if sheet.find.text().is_empty() { "Nothing was said yet." } else { "Nothing here has these words." };
        pen.say((1, area.y), area.width.saturating_sub(1), words, Role::Plain);
    }
    let column = u16::try_from(column).unwrap_or(0);
    let places = columns.iter().flat_map(|area| (area.y..area.bottom()).map(|y| Rect { y, height: 1, ..*area }));
    for (line, place) in lines.iter().skip(sheet.top).zip(places) {
        let (x, y) = (place.x + 1, place.y);
        match line {
            Line::Heading(words) => pen.heading(place, words, Role::Heading),
            Line::Keys(keys, help) => {
                pen.say((x, y), column, keys, Role::Key);
                pen.say((x + column, y), place.width.saturating_sub(column + 1), help, Role::Plain);
            }
        }
    }
}
