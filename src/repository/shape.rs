//! Shapes: what is the same in thousands of records, kept once.
//!
//! A shape is a record's template, a JSON object in which `0` stands for a value that
//! the row's columns give back, `1` for the next of the row's own values, and anything
//! else for itself. So a task costs its own text only, every field comes back in its
//! order and spelling, and absent stays apart from null.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use serde_json::value::RawValue;

use super::Repository;
use super::error::BadRow;
use crate::domain::record::push_quoted;

/// Where the value of a field is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// In the row's columns.
    Column,
    /// The next of the row's own values.
    Own,
    /// In the shape itself: this JSON.
    Literal(String),
}

/// A record's field names in order, each with its slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) slots: Vec<(String, Slot)>,
}

impl Shape {
    /// Whether a field's value is in the columns, so that changing the column changes it.
    pub(super) fn is_column(&self, name: &str) -> bool {
        self.slots.iter().any(|(n, slot)| n == name && *slot == Slot::Column)
    }

    /// Whether a field has this very JSON in every record of the shape.
    pub(super) fn is_literal(&self, name: &str, json: &str) -> bool {
        self.slots.iter().any(|(n, slot)| n == name && matches!(slot, Slot::Literal(literal) if literal == json))
    }

    fn parse(template: &str) -> serde_json::Result<Shape> {
        struct Slots(Vec<(String, Slot)>);
        impl<'de> serde::Deserialize<'de> for Slots {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Slots, D::Error> {
                struct Visit;
                impl<'de> serde::de::Visitor<'de> for Visit {
                    type Value = Slots;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a template")
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Slots, A::Error> {
                        let mut slots = Vec::new();
                        while let Some((name, json)) = map.next_entry::<String, &RawValue>()? {
                            slots.push((
                                name,
                                match json.get() {
                                    "0" => Slot::Column,
                                    "1" => Slot::Own,
                                    other => Slot::Literal(other.to_owned()),
                                },
                            ));
                        }
                        Ok(Slots(slots))
                    }
                }
                deserializer.deserialize_map(Visit)
            }
        }
        serde_json::from_str::<Slots>(template).map(|Slots(slots)| Shape { slots })
    }
}

impl Repository {
    /// The names of all fields that a record of the file has, or had, in alphabetical order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn field_names(&self) -> super::Result<Vec<String>> {
        let read = || -> rusqlite::Result<BTreeSet<String>> {
            let mut select = self.conn.prepare_cached("SELECT template FROM shape")?;
            let mut rows = select.query([])?;
            let mut names = BTreeSet::new();
            while let Some(row) = rows.next()? {
                let template: String = row.get(0)?;
                let bad = |e: serde_json::Error| BadRow { number: 0, what: e.to_string() };
                names.extend(Shape::parse(&template).map_err(bad)?.slots.into_iter().map(|(name, _)| name));
            }
            Ok(names)
        };
        read().map(|names| names.into_iter().collect()).map_err(|e| self.error(e))
    }
}

/// A template as it grows, field by field.
#[derive(Debug, Default)]
pub(super) struct Template(String);

impl Template {
    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            self.0.push('"');
            self.0.push_str(name);
            self.0.push_str("\":");
        } else {
            push_quoted(&mut self.0, name);
            self.0.push(':');
        }
        self.0.push_str(value);
    }

    pub(super) fn finish(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }
}

/// The shapes read so far on this connection. Shapes never change, so none goes stale but
/// those that a transaction made and took back.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    by_number: RefCell<HashMap<i64, Arc<Shape>>>,
}

impl Shapes {
    /// Hostile files have a shape for each task: what is kept in memory has a bound.
    const MOST: usize = 4096;

    /// Forgets them: their numbers may mean others from now on.
    pub(super) fn forget(&self) {
        self.by_number.borrow_mut().clear();
    }

    pub(super) fn get(&self, conn: &Connection, n: i64) -> rusqlite::Result<Arc<Shape>> {
        if let Some(shape) = self.by_number.borrow().get(&n) {
            return Ok(Arc::clone(shape));
        }
        let mut select = conn.prepare_cached("SELECT template FROM shape WHERE n = ?1")?;
        let template: Option<String> = select.query_row([n], |row| row.get(0)).optional()?;
        let bad = |what: String| BadRow { number: n, what: format!("shape: {what}") };
        let template = template.ok_or_else(|| bad("missing".to_owned()))?;
        let shape = Arc::new(Shape::parse(&template).map_err(|e| bad(e.to_string()))?);
        let mut kept = self.by_number.borrow_mut();
        if kept.len() >= Shapes::MOST {
            kept.clear();
        }
        kept.insert(n, Arc::clone(&shape));
        Ok(shape)
    }
}
