//! Interning: leads, contacts, reps, organizations, types and shapes, each stored once.
//!
//! Parties are kept as pairs of id and name: a lead that was renamed has two, and
//! every task keeps the name that came with it.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};
use std::sync::LazyLock;

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

/// What is interned, as a 128-bit hash under a random key that no file knows. Whoever reads
/// records makes them, for who writes has no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u128);

impl Key {
    /// That of a task's id.
    pub(super) fn of_task(id: &str) -> Key {
        Key::of(&("task", id))
    }

    /// That of a party.
    pub(super) fn of_party(table: Table, id: &str, name: Option<&str>) -> Key {
        Key::of(&(table, id, name))
    }

    /// That of an organization.
    pub(super) fn of_organization(id: &str) -> Key {
        Key::of(&("organization", id))
    }

    /// That of a shape.
    pub(super) fn of_shape(template: &str) -> Key {
        Key::of(&("shape", template))
    }

    /// Six bytes of it.
    pub(super) fn parts(self) -> (u16, u32) {
        ((self.0 >> 32) as u16, self.0 as u32)
    }

    fn of(what: &impl Hash) -> Key {
        static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(Default::default);
        let [high, low] = KEYS.each_ref().map(|key| u128::from(key.hash_one(what)));
        Key(high << 64 | low)
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.0);
    }
}

/// Takes a part of a [`Key`], which is a hash already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u128(&mut self, key: u128) {
        self.0 = key as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Numbers of what was interned lately. The texts are not kept: a million tasks name hundreds
/// of thousands of leads and contacts.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    known: HashMap<Key, i64, BuildHasherDefault<Hashed>>,
    /// Whether all parties of the file are known: then one that is not known is new.
    has_all_parties: bool,
}

impl Dictionary {
    /// Some 24 MB; a real file stays far below.
    const MOST: usize = if cfg!(test) { 4 } else { 500_000 };

    /// That of a file that has no parties.
    pub(super) fn of_empty_file() -> Dictionary {
        Dictionary { has_all_parties: true, ..Dictionary::default() }
    }

    /// The number of a party, new or known.
    pub(super) fn party(
        &mut self,
        conn: &Connection,
        table: Table,
        key: Key,
        id: &str,
        name: Option<&str>,
    ) -> rusqlite::Result<i64> {
        let has_all_parties = self.has_all_parties;
        self.intern(key, || {
            if !has_all_parties {
                let found = conn.prepare_cached(table.select())?.query_row((id, name), |row| row.get(0)).optional()?;
                if let Some(n) = found {
                    return Ok(n);
                }
            }
            conn.prepare_cached(table.insert())?.insert((id, name))
        })
    }

    /// The number of an organization.
    pub(super) fn organization(&mut self, conn: &Connection, key: Key, id: &str) -> rusqlite::Result<i64> {
        self.intern(key, || {
            text(conn, "SELECT n FROM organization WHERE id = ?1", "INSERT INTO organization (id) VALUES (?1)", id)
        })
    }

    /// The number of a shape.
    pub(super) fn shape(&mut self, conn: &Connection, key: Key, template: &str) -> rusqlite::Result<i64> {
        self.intern(key, || {
            let (select, insert) =
                ("SELECT n FROM shape WHERE template = ?1", "INSERT INTO shape (template) VALUES (?1)");
            text(conn, select, insert, template)
        })
    }

    /// The number of a type; those that this version knows have their index.
    pub(super) fn task_type(&mut self, conn: &Connection, name: &str) -> rusqlite::Result<i64> {
        if let Some(task_type) = TaskType::from_wire(name) {
            return Ok(task_type.index() as i64);
        }
        self.intern(Key::of(&("type", name)), || {
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

    fn intern(&mut self, key: Key, find: impl FnOnce() -> rusqlite::Result<i64>) -> rusqlite::Result<i64> {
        if let Some(n) = self.known.get(&key) {
            return Ok(*n);
        }
        let n = find()?;
        if self.known.len() >= Dictionary::MOST {
            self.known.clear();
            self.has_all_parties = false;
        }
        self.known.insert(key, n);
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
