//! Interning: leads, contacts, reps, organizations, types and shapes, each stored once.
//!
//! Parties are kept as pairs of id and name: a lead that was renamed has two, and
//! every task keeps the name that came with it.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

use rusqlite::{Connection, OptionalExtension};

use crate::domain::kind::TaskType;

/// A table of parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Table {
    Lead,
    Contact,
    Rep,
}

impl Table {
    fn select(self) -> &'static str {
        match self {
            Table::Lead => "SELECT n FROM lead WHERE id = ?1 AND name IS ?2",
            Table::Contact => "SELECT n FROM contact WHERE id = ?1 AND name IS ?2",
            Table::Rep => "SELECT n FROM rep WHERE id = ?1 AND name IS ?2",
        }
    }

    fn insert(self) -> &'static str {
        match self {
            Table::Lead => "INSERT INTO lead (id, name) VALUES (?1, ?2)",
            Table::Contact => "INSERT INTO contact (id, name) VALUES (?1, ?2)",
            Table::Rep => "INSERT INTO rep (id, name) VALUES (?1, ?2)",
        }
    }
}

/// Numbers of what was interned lately. Keys are 128-bit hashes under a random key, not
/// the texts: a million tasks name hundreds of thousands of leads and contacts.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    known: HashMap<u128, i64>,
    /// A record's template is long and its shape one of few: compared, not hashed twice.
    shapes: HashMap<String, i64>,
    hashers: (RandomState, RandomState),
}

impl Dictionary {
    /// Some 24 MB; a real file stays far below.
    const MOST: usize = 500_000;
    /// Hostile files have a shape for each task.
    const MOST_SHAPES: usize = 1000;

    /// The number of a party, new or known.
    pub(super) fn party(
        &mut self,
        conn: &Connection,
        table: Table,
        id: &str,
        name: Option<&str>,
    ) -> rusqlite::Result<i64> {
        self.intern(&(table, id, name), || {
            let found = conn.prepare_cached(table.select())?.query_row((id, name), |row| row.get(0)).optional()?;
            match found {
                Some(n) => Ok(n),
                None => conn.prepare_cached(table.insert())?.insert((id, name)),
            }
        })
    }

    /// The number of an organization.
    pub(super) fn organization(&mut self, conn: &Connection, id: &str) -> rusqlite::Result<i64> {
        self.intern(&("organization", id), || {
            text(conn, "SELECT n FROM organization WHERE id = ?1", "INSERT INTO organization (id) VALUES (?1)", id)
        })
    }

    /// The number of a shape.
    pub(super) fn shape(&mut self, conn: &Connection, template: &str) -> rusqlite::Result<i64> {
        if let Some(n) = self.shapes.get(template) {
            return Ok(*n);
        }
        let n = text(
            conn,
            "SELECT n FROM shape WHERE template = ?1",
            "INSERT INTO shape (template) VALUES (?1)",
            template,
        )?;
        if self.shapes.len() >= Dictionary::MOST_SHAPES {
            self.shapes.clear();
        }
        self.shapes.insert(template.to_owned(), n);
        Ok(n)
    }

    /// The number of a type; those that this version knows have their index.
    pub(super) fn task_type(&mut self, conn: &Connection, name: &str) -> rusqlite::Result<i64> {
        if let Some(task_type) = TaskType::from_wire(name) {
            return Ok(task_type.index() as i64);
        }
        self.intern(&("type", name), || {
            let found: Option<i64> = conn
                .prepare_cached("SELECT n FROM type WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()?;
            if let Some(n) = found {
                return Ok(n);
            }
            let next: i64 = conn.query_row("SELECT max(n) + 1 FROM type", [], |row| row.get(0))?;
            conn.prepare_cached("INSERT INTO type (n, name) VALUES (?1, ?2)")?.execute((next, name))?;
            Ok(next)
        })
    }

    fn intern(&mut self, key: &impl Hash, find: impl FnOnce() -> rusqlite::Result<i64>) -> rusqlite::Result<i64> {
        let hash = u128::from(self.hashers.0.hash_one(key)) << 64 | u128::from(self.hashers.1.hash_one(key));
        if let Some(n) = self.known.get(&hash) {
            return Ok(*n);
        }
        let n = find()?;
        if self.known.len() >= Dictionary::MOST {
            self.known.clear();
        }
        self.known.insert(hash, n);
        Ok(n)
    }
}

fn text(conn: &Connection, select: &str, insert: &str, value: &str) -> rusqlite::Result<i64> {
    let found = conn.prepare_cached(select)?.query_row([value], |row| row.get(0)).optional()?;
    match found {
        Some(n) => Ok(n),
        None => conn.prepare_cached(insert)?.insert([value]),
    }
}
