//! The form of a task.

use ratatui::layout::Rect;

use super::asking;
use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use crate::domain::edit::Field;
use crate::domain::when;
use crate::domain::wording;
use crate::tui::action::Action;
use crate::tui::keymap::{Context, Keymap};
use crate::tui::model::Model;
use crate::tui::model::entry::{Entry, Name};
use crate::tui::model::form::Form;

/// Wide enough for a sentence.
const WIDTH: u16 = 76;
/// The labels' column.
const LABELS: u16 = 13;
/// Narrower forms have sentences below the labels too.
const ROOM_FOR_LABELS: u16 = 50;
/// So many names are offered at once.
const MOST_OFFERS: usize = 5;
/// A sentence takes no more lines.
const MOST_LINES: usize = 4;

/// Draws the form over the panes.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, form: &Form) {
    let width = model.size.width.min(WIDTH);
    let inside = width.saturating_sub(4);
    let room = inside.saturating_sub(indent(inside));
    let rows: Vec<(&Entry, Vec<Words>)> = form.shown().iter().map(|entry| (entry, below(model, form, entry))).collect();
    let fixed = fixed(model, form);
    let wrap = |words: &Words| wrapped(pen, words, room);
    let rows: Vec<(&Entry, Vec<Words>)> =
        rows.into_iter().map(|(entry, below)| (entry, below.iter().flat_map(wrap).collect())).collect();
    let foot = foot(pen, &model.look.keys, form, inside);
    let head = usize::from(!fixed.is_empty());
    let lines = rows.iter().map(|(_, below)| 1 + below.len()).sum::<usize>() + head + fixed.len() + foot.len();
    // The title, the notice and the hints stay in sight.
    let most = model.size.height.saturating_sub(3);
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2).min(most);
    let (x, y) = ((model.size.width - width) / 2, 1 + (most - height) / 2);
    let rect = Rect { x, y, width, height };
    pen.clear(rect);
    pen.border(rect, &title(&model.look.keys, form), true);
    let inside = rect.inner(ratatui::layout::Margin::new(2, 1));
    let heights = rows.iter().map(|(_, below)| 1 + below.len());
    let skip = scrolled_off(heights, form.at, usize::from(inside.height).max(1));
    let mut page = Page { pen, inside, line: 0, skip };
    for (i, (entry, below)) in rows.iter().enumerate() {
        page.entry(i, entry, i == form.at);
        below.iter().for_each(|(words, role)| page.below(words, *role));
    }
    if !fixed.is_empty() {
        page.heading("Set by Close");
        fixed.iter().for_each(|(label, value)| page.fixed(label, value));
    }
    foot.iter().for_each(|(words, role)| page.line(words, *role));
}

type Words = (String, Role);

/// So many lines are scrolled off that the field with the keys is seen, with what stands
/// below it; no sentence is left without the field that it is about.
fn scrolled_off(heights: impl Iterator<Item = usize>, at: usize, room: usize) -> usize {
    let mut begin = 0;
    let mut begins = Vec::new();
    for height in heights.take(at + 1) {
        begins.push(begin);
        begin += height;
    }
    let least = begin.saturating_sub(room);
    begins.iter().copied().find(|begin| *begin >= least).or(begins.last().copied()).unwrap_or(0)
}

/// Where the values begin.
fn column(width: u16) -> u16 {
    LABELS.min(width / 3)
}

/// Where sentences below a value begin: they need room.
fn indent(width: u16) -> u16 {
    if width < ROOM_FOR_LABELS { 2 } else { column(width) }
}

/// The words in lines of a width.
fn wrapped(pen: &Pen<'_>, (words, role): &Words, width: u16) -> Vec<Words> {
    pen.wrapped(words, width).take(MOST_LINES).map(|line| (line.as_str().to_owned(), *role)).collect()
}

/// What is said of the whole form.
fn foot(pen: &Pen<'_>, keys: &Keymap, form: &Form, width: u16) -> Vec<Words> {
    let words = match width < ROOM_FOR_LABELS {
        true => "No lead: kept only on this computer.".to_owned(),
        false => {
            let key = keys.key(Action::NextField);
            format!("Kept on this computer. Close needs a lead for it: {key} to choose one.")
        }
    };
    if form.lacks_lead() { wrapped(pen, &(words, Role::Label), width) } else { Vec::new() }
}

fn title(keys: &Keymap, form: &Form) -> String {
    match (&form.row, form.is_call) {
        (None, false) => format!("New to-do  ({}: a call)", keys.key(Action::SwitchKind)),
        (None, true) => format!("New call  ({}: a to-do)", keys.key(Action::SwitchKind)),
        (Some(row), _) => wording::label(row.task.body.task_type()).to_owned(),
    }
}

/// The field's word.
fn label(field: Field) -> &'static str {
    match field {
        Field::Text => "Text",
        Field::Date => "Date",
        Field::Lead => "Lead",
        Field::Contact => "Contact",
        Field::Rep => "Assigned to",
        Field::Phone => "Phone",
    }
}

/// What stands below a field: what is wrong, what others made of it, and where it has the
/// keys, what a date means and which names fit.
fn below(model: &Model, form: &Form, entry: &Entry) -> Vec<Words> {
    let theirs = entry.theirs.as_ref().map(|theirs| (format!("theirs: {theirs}"), Role::Alarm));
    let has_keys = entry.field == form.current().field;
    let more = match &entry.said {
        Some(past) if entry.is_warned() => {
            let key = model.look.keys.key_in(Context::Form, Action::Onward);
            vec![(format!("{past}. {key} again to keep it"), Role::Alarm)]
        }
        Some(said) => vec![(said.clone(), Role::Alarm)],
        None if !has_keys => Vec::new(),
        None if entry.field == Field::Date => vec![meaning(model, entry)],
        None => offers(entry),
    };
    theirs.into_iter().chain(more).collect()
}

/// What a date means that is being typed.
fn meaning(model: &Model, entry: &Entry) -> Words {
    match when::meanwhile(entry.text(), &model.today) {
        Some(Ok(meant)) => (meant, Role::Done),
        Some(Err(wrong)) => (wrong, Role::Alarm),
        None => (when::EXAMPLES.to_owned(), Role::Plain),
    }
}

/// The names that fit, each with its id where another has the same name.
fn offers(entry: &Entry) -> Vec<Words> {
    let first = (entry.offer + 1).saturating_sub(MOST_OFFERS);
    let is_double = |name: &Name| entry.offers.iter().filter(|other| other.words() == name.words()).count() > 1;
    let words = |name: &Name| match is_double(name) {
        true => format!("{}  {}", name.words(), name.id),
        false => name.words().to_owned(),
    };
    let role = |i: usize| if i == entry.offer && entry.takes_offer() { Role::Cursor } else { Role::Plain };
    let offers = entry.offers.iter().enumerate().skip(first).take(MOST_OFFERS);
    offers.map(|(i, name)| (words(name), role(i))).collect()
}

/// What Close sets on a task of another type.
fn fixed(model: &Model, form: &Form) -> Vec<(String, String)> {
    let Some(row) = form.row.as_ref().filter(|row| !row.task.body.allows(Field::Text)) else { return Vec::new() };
    let editable = ["When", "Who"];
    let details = wording::named_details(row, &model.today, &model.look.lead_page);
    let told = details.into_iter().filter(|detail| !editable.contains(&detail.label.as_str()));
    told.map(|detail| (detail.label, detail.value)).collect()
}

/// The inside of the form, from the top.
struct Page<'p, 'b> {
    pen: &'p mut Pen<'b>,
    inside: Rect,
    line: usize,
    skip: usize,
}

impl Page<'_, '_> {
    /// The next line, unless it is out of sight.
    fn next(&mut self) -> Option<Rect> {
        let line = self.line.checked_sub(self.skip);
        self.line += 1;
        let y = u16::try_from(line?).ok().filter(|y| *y < self.inside.height)?;
        Some(Rect { y: self.inside.y + y, height: 1, ..self.inside })
    }

    fn labelled(&mut self, label: &str, role: Role) -> Option<Rect> {
        let line = self.next()?;
        let column = column(line.width);
        self.pen.say((line.x, line.y), column.saturating_sub(1), label, role);
        Some(Rect { x: line.x + column, width: line.width.saturating_sub(column), ..line })
    }

    fn entry(&mut self, place: usize, entry: &Entry, has_keys: bool) {
        let role = if has_keys { Role::Key } else { Role::Plain };
        let Some(room) = self.labelled(label(entry.field), role) else { return };
        self.pen.meets(Rect { x: self.inside.x, width: self.inside.width, ..room }, Hit::Line(place));
        if has_keys {
            self.pen.paint(room, Role::Field);
            asking::typed(self.pen, &entry.input, room);
            if entry.is_selected {
                self.pen.say((room.x, room.y), room.width, entry.text(), Role::Cursor);
            }
            return;
        }
        let role = if entry.said.is_some() { Role::Alarm } else { Role::Plain };
        self.pen.say((room.x, room.y), room.width, entry.text(), role);
    }

    fn below(&mut self, words: &str, role: Role) {
        let Some(line) = self.next() else { return };
        let indent = indent(line.width);
        self.pen.say((line.x + indent, line.y), line.width.saturating_sub(indent), words, role);
    }

    fn line(&mut self, words: &str, role: Role) {
        let Some(line) = self.next() else { return };
        self.pen.say((line.x, line.y), line.width, words, role);
    }

    fn heading(&mut self, words: &str) {
        let Some(line) = self.next() else { return };
        self.pen.heading(line, words, Role::Heading);
    }

    fn fixed(&mut self, label: &str, value: &str) {
        let Some(room) = self.labelled(label, Role::Label) else { return };
        let value = value.lines().next().unwrap_or_default();
        self.pen.say((room.x, room.y), room.width, value, Role::Plain);
    }
}
