//! Setting fields of tasks: in the columns where they give the values back, else by
//! writing the record anew.

use rusqlite::{Connection, OptionalExtension};

use super::counter::{Differences, Group};
use super::dictionary::{Dictionary, Key, Table};
use super::error::BadRow;
use super::head::Head;
use super::row::{self, HAS_NOTES, Packed, days};
use super::shape::{Shape, Shapes};
use super::{import, list::page};
use crate::domain::date::TaskDate;
use crate::domain::edit::{self, NOTES, PINNED, SNOOZED};
use crate::domain::query::indexed::indexed;
use crate::domain::record::{Record, quote};
use crate::domain::task::{StoredTask, Task};

/// What setting fields needs and keeps.
pub(super) struct Setting<'w> {
    pub(super) conn: &'w Connection,
    pub(super) shapes: &'w Shapes,
    pub(super) dictionary: &'w mut Dictionary,
    pub(super) counts: &'w mut Differences,
}

impl Setting<'_> {
    /// Sets fields where they are as `before` says; false where one is not, or the task
    /// would be none. A field that `after` lacks is taken out.
    pub(super) fn replace(
        &mut self,
        head: &Head,
        before: &Record<'static>,
        after: &Record<'static>,
    ) -> rusqlite::Result<bool> {
        let is_taken_out = before.fields().iter().any(|field| after.get(&field.name).is_none());
        if !is_taken_out && let Some(plan) = self.plan(head, after)? {
            let is_so = self.held(head, after)?.is_some_and(|held| held == *before);
            return if is_so { self.in_columns(head, &plan).map(|()| true) } else { Ok(false) };
        }
        let Some(stored) = page::fetch(self.conn, self.shapes, head.number)? else { return Ok(false) };
        let is_so = names(before, after).all(|name| edit::get(&stored, name) == before.get(name).map(str::to_owned));
        if is_so { self.rewrite(head, stored, before, after) } else { Ok(false) }
    }

    /// Sets fields; what they were comes back, `None` where they were so already.
    pub(super) fn set(&mut self, head: &Head, edit: &edit::Edit) -> rusqlite::Result<Option<Pair>> {
        let values = edit.values(head.date);
        if !matches!(edit, edit::Edit::Note(_))
            && let Some(plan) = self.plan(head, &values)?
            && let Some(before) = self.held(head, &values)?
        {
            if before == values {
                return Ok(None);
            }
            self.in_columns(head, &plan)?;
            return Ok(Some((before, values)));
        }
        let Some(stored) = page::fetch(self.conn, self.shapes, head.number)? else { return Ok(None) };
        let after = edit.values_for(&stored);
        let mut before = Record::new();
        for field in after.fields() {
            before.put(field.name.clone(), edit::get(&stored, &field.name));
        }
        if before == after {
            return Ok(None);
        }
        let done = self.rewrite(head, stored, &before, &after)?;
        Ok(done.then_some((before, after)))
    }

    /// The columns to set, if the columns of this row give back every field of `values`.
    fn plan(&mut self, head: &Head, values: &Record<'_>) -> rusqlite::Result<Option<Plan>> {
        let shape = self.shapes.get(self.conn, head.shape)?;
        let mut plan = Plan { date: None, rep: None, flags: head.flags };
        for field in values.fields() {
            match &*field.name {
                PINNED => plan.flag(row::PINNED, &field.json),
                SNOOZED => plan.flag(row::SNOOZED, &field.json),
                "date" => match date_of(&field.json).filter(|_| has_dated_column(&shape, head)) {
                    Some(date) => plan.date = Some(date),
                    None => return Ok(None),
                },
                "assigned_to" | "assigned_to_name" => {
                    if !shape.is_column("assigned_to") || !shape.is_column("assigned_to_name") {
                        return Ok(None);
                    }
                }
                _ => return Ok(None),
            }
        }
        match (values.get("assigned_to"), values.get("assigned_to_name")) {
            (Some(id), name) => {
                let Some(rep) = self.rep(id, name)? else { return Ok(None) };
                plan.rep = Some(rep);
            }
            // The column has both.
            (None, Some(_)) => return Ok(None),
            (None, None) => {}
        }
        Ok(Some(plan))
    }

    /// The number of a rep with an id and a name; `None` where one is missing.
    fn rep(&mut self, id: &str, name: Option<&str>) -> rusqlite::Result<Option<i64>> {
        let text = |json: &str| serde_json::from_str::<Option<String>>(json).ok().flatten();
        match (text(id), name.and_then(text)) {
            (Some(id), Some(name)) => {
                let key = Key::of_party(Table::Rep, &id, Some(&name));
                self.dictionary.party(self.conn, Table::Rep, key, &id, Some(&name)).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// What the columns give back for the fields of `like`, which are all planned ones.
    fn held(&self, head: &Head, like: &Record<'_>) -> rusqlite::Result<Option<Record<'static>>> {
        let mut held = Record::new();
        for field in like.fields() {
            let json = match &*field.name {
                PINNED => (head.flags & row::PINNED != 0).to_string(),
                SNOOZED => (head.flags & row::SNOOZED != 0).to_string(),
                "date" => match head.date {
                    Some(date) => quote(&date.to_wire()),
                    None => return Ok(None),
                },
                name => match self.held_rep(head, name)? {
                    Some(text) => quote(&text),
                    None => return Ok(None),
                },
            };
            held.set(field.name.to_string(), json);
        }
        Ok(Some(held))
    }

    fn held_rep(&self, head: &Head, name: &str) -> rusqlite::Result<Option<String>> {
        let column = if name == "assigned_to" { "id" } else { "name" };
        let mut select = self.conn.prepare_cached(&format!("SELECT {column} FROM rep WHERE n = ?1"))?;
        Ok(select.query_row([head.group.rep], |row| row.get(0)).optional()?.flatten())
    }

    fn in_columns(&mut self, head: &Head, plan: &Plan) -> rusqlite::Result<()> {
        let number = head.number;
        let mut group = head.group;
        if let Some(date) = plan.date {
            let (day, at) = match date {
                TaskDate::Day(day) => (Some(days(day)), None),
                TaskDate::At(at) => (None, Some(at.timestamp_micros())),
            };
            let mut update = self.conn.prepare_cached("UPDATE task SET day = ?2, at = ?3, flags = ?4 WHERE n = ?1")?;
            update.execute((number, day, at, plan.flags))?;
            group = Group::new((group.state, group.task_type, group.rep), day, at);
        } else if plan.flags != head.flags {
            self.conn.prepare_cached("UPDATE task SET flags = ?2 WHERE n = ?1")?.execute((number, plan.flags))?;
        }
        if let Some(rep) = plan.rep {
            self.conn.prepare_cached("UPDATE task SET rep = ?2 WHERE n = ?1")?.execute((number, rep))?;
            group.rep = rep;
        }
        self.counts.add(head.group, -1);
        self.counts.add(group, 1);
        Ok(())
    }

    /// Writes the record anew. False where it would be none of a task.
    fn rewrite(
        &mut self,
        head: &Head,
        mut stored: StoredTask,
        before: &Record<'static>,
        after: &Record<'static>,
    ) -> rusqlite::Result<bool> {
        let words = indexed(&stored.task, &stored.local.notes);
        for name in names(before, after) {
            edit::set(&mut stored, name, after.get(name));
        }
        let Ok(task) = Task::read(&stored.record) else { return Ok(false) };
        let packed = Packed::new(&stored.record, &task, None);
        let columns = packed.columns(self.conn, self.dictionary, stored.completed)?;
        import::count(self.conn, head.number, -1, self.counts)?;
        import::update(self.conn, head.number, &columns)?;
        import::count(self.conn, head.number, 1, self.counts)?;
        if words != indexed(&task, &stored.local.notes) {
            self.counts.reword(head.number);
        }
        self.local(head, &stored, names(before, after).any(|name| name == NOTES))?;
        Ok(true)
    }

    fn local(&self, head: &Head, stored: &StoredTask, notes_too: bool) -> rusqlite::Result<()> {
        let bit = |bit: i64, on: bool| if on { bit } else { 0 };
        let local = &stored.local;
        let flags = bit(row::PINNED, local.is_pinned)
            | bit(row::SNOOZED, local.is_snoozed)
            | bit(HAS_NOTES, !local.notes.is_empty());
        if notes_too && local.notes.is_empty() {
            self.conn.prepare_cached("DELETE FROM note WHERE task = ?1")?.execute([head.number])?;
        } else if notes_too {
            let mut put = self.conn.prepare_cached("INSERT OR REPLACE INTO note (task, notes) VALUES (?1, ?2)")?;
            put.execute((head.number, edit::notes_json(&local.notes)))?;
        }
        if flags != head.flags {
            self.conn.prepare_cached("UPDATE task SET flags = ?2 WHERE n = ?1")?.execute((head.number, flags))?;
        }
        Ok(())
    }
}

/// Fields before and after.
pub(super) type Pair = (Record<'static>, Record<'static>);

/// Columns to set.
struct Plan {
    date: Option<TaskDate>,
    rep: Option<i64>,
    flags: i64,
}

impl Plan {
    fn flag(&mut self, bit: i64, json: &str) {
        self.flags = if json == "true" { self.flags | bit } else { self.flags & !bit };
    }
}

/// A date whose only spelling is the canonical one.
fn date_of(json: &str) -> Option<TaskDate> {
    let text: String = serde_json::from_str(json).ok()?;
    TaskDate::parse(&text).ok().filter(|date| date.to_wire() == text)
}

/// Whether the row's date stands in the columns, now and after it changes.
fn has_dated_column(shape: &Shape, head: &Head) -> bool {
    head.date.is_some() && shape.is_column("date") && !shape.is_literal("is_dateless", "true")
}

fn names<'r>(before: &'r Record<'static>, after: &'r Record<'static>) -> impl Iterator<Item = &'r str> {
    let gone = before.fields().iter().filter(|field| after.get(&field.name).is_none());
    after.fields().iter().chain(gone).map(|field| &*field.name)
}

/// A task that cannot be read any more after a change that the rules allow.
pub(super) fn broken(number: i64, what: impl std::fmt::Display) -> rusqlite::Error {
    BadRow { number, what: what.to_string() }.into()
}
