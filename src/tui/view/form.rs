//! The form of a task.

use ratatui::layout::Rect;

use super::bars;
use super::pen::Pen;
use super::style::Role;
use crate::domain::edit::Field;
use crate::domain::when;
use crate::domain::wording;
use crate::tui::model::Model;
use crate::tui::model::form::{Entry, Form};

/// Wide enough for a sentence.
const WIDTH: u16 = 76;
/// The labels' column.
const LABELS: u16 = 13;
/// So many names are offered at once.
const MOST_OFFERS: usize = 5;

/// Draws the form over the panes.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, form: &Form) {
    let fixed = fixed(model, form);
    let below = below(model, form.current());
    let lines = form.entries.len() + fixed.len() + usize::from(!fixed.is_empty()) + below.len();
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2).min(model.size.height.saturating_sub(2));
    let width = model.size.width.min(WIDTH);
    let (x, y) = ((model.size.width - width) / 2, (model.size.height.saturating_sub(height)) / 2);
    let rect = Rect { x, y, width, height };
    pen.clear(rect);
    pen.border(rect, &title(form), true);
    let inside = rect.inner(ratatui::layout::Margin::new(2, 1));
    let mut page = Page { pen, inside, line: 0, skip: skip(form, below.len(), usize::from(inside.height)) };
    for (i, entry) in form.entries.iter().enumerate() {
        page.entry(entry, i == form.at);
        if i == form.at {
            below.iter().for_each(|(words, role)| page.below(words, *role));
        }
    }
    if !fixed.is_empty() {
        page.next();
        fixed.iter().for_each(|(label, value)| page.fixed(label, value));
    }
}

/// So many lines are scrolled off that the field with the keys is seen, with what stands below it.
fn skip(form: &Form, below: usize, height: usize) -> usize {
    (form.at + 1 + below).saturating_sub(height.max(1))
}

fn title(form: &Form) -> String {
    match (&form.row, form.is_call) {
        (None, false) => "New to-do  (Ctrl-t: a call)".to_owned(),
        (None, true) => "New call  (Ctrl-t: a to-do)".to_owned(),
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

/// What stands below the field that has the keys: what is wrong, what a date means, names.
fn below(model: &Model, entry: &Entry) -> Vec<(String, Role)> {
    if let Some(said) = &entry.said {
        return vec![(said.clone(), Role::Alarm)];
    }
    if entry.field == Field::Date {
        let today = &model.today;
        let Ok(when) = when::parse(entry.text(), today) else {
            return vec![("fri, tom 9, +3d, 2bd, eow, 28 nov 16:30".to_owned(), Role::Plain)];
        };
        let passed = when::past_warning(when.date, today).filter(|_| entry.is_changed());
        let warning = passed.map(|_| (" That is past.".to_owned(), Role::Alarm));
        return std::iter::once((when::preview(&when, today), Role::Done)).chain(warning).collect();
    }
    let first = (entry.offer + 1).saturating_sub(MOST_OFFERS);
    let offers = entry.offers.iter().enumerate().skip(first).take(MOST_OFFERS);
    offers
        .map(|(i, name)| (name.words().to_owned(), if i == entry.offer { Role::IdleCursor } else { Role::Plain }))
        .collect()
}

/// What Close sets on a task of another type.
fn fixed(model: &Model, form: &Form) -> Vec<(String, String)> {
    let Some(row) = form.row.as_ref().filter(|row| !row.task.body.allows(Field::Text)) else { return Vec::new() };
    let editable = ["When", "Who"];
    let details = wording::details(row, &model.today);
    let told = details.into_iter().filter(|detail| !detail.is_raw && !editable.contains(&detail.label.as_str()));
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
        let column = LABELS.min(line.width / 3);
        self.pen.say((line.x, line.y), column.saturating_sub(1), label, role);
        Some(Rect { x: line.x + column, width: line.width.saturating_sub(column), ..line })
    }

    fn entry(&mut self, entry: &Entry, has_keys: bool) {
        let role = if has_keys { Role::Key } else { Role::Plain };
        let Some(room) = self.labelled(label(entry.field), role) else { return };
        if has_keys {
            self.pen.paint(room, Role::Field);
            bars::typed(self.pen, &entry.input, room);
            return;
        }
        let role = if entry.said.is_some() { Role::Alarm } else { Role::Plain };
        self.pen.say((room.x, room.y), room.width, entry.text(), role);
    }

    fn below(&mut self, words: &str, role: Role) {
        let Some(line) = self.next() else { return };
        let column = LABELS.min(line.width / 3);
        let room = Rect { x: line.x + column, width: line.width.saturating_sub(column), ..line };
        self.pen.say((room.x, room.y), room.width, words, role);
    }

    fn fixed(&mut self, label: &str, value: &str) {
        let Some(room) = self.labelled(label, Role::Plain) else { return };
        let tail = "  set by Close";
        let cells = u16::try_from(tail.len()).unwrap_or(0);
        let value = value.lines().next().unwrap_or_default();
        let used = self.pen.say((room.x, room.y), room.width.saturating_sub(cells), value, Role::Plain);
        self.pen.say((room.x + used, room.y), cells, tail, Role::Heading);
    }
}
