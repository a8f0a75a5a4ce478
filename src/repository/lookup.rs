//! Finding tasks and reps by what people type.

use std::collections::{BTreeMap, HashMap};

use rusqlite::OptionalExtension;

use super::list::search::behind;
use super::presence::states;
use super::{Repository, Result};
use crate::domain::change::Presence;
use crate::domain::task::{LeadId, Party, RepId, StoredTask, TaskNumber};

/// What a typed number, id or prefix names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// Exactly one task.
    One(TaskNumber),
    /// Nothing.
    Unknown,
    /// A prefix of several ids: the first few of them.
    Ambiguous(Vec<String>),
}

/// The leads of the open tasks, each as a number of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leads {
    /// The lead of each task that has one.
    pub of: HashMap<TaskNumber, i64>,
    /// The number of each lead.
    pub numbers: HashMap<LeadId, i64>,
}

/// A prefix of an id must have so many bytes to name a task.
const SHORTEST_PREFIX: usize = 6;

/// So many candidates are named where a prefix is ambiguous.
const CANDIDATES: usize = 5;

impl Repository {
    /// Resolves a local number, an id, or an id's prefix of 6 bytes or more. Digits alone
    /// are always a local number, so that no id can shadow one. Ids are exact bytes. The
    /// number and the ids of what joined a thread's task name that task.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resolve(&self, text: &str) -> Result<Reference> {
        self.resolve_inner(text).map_err(|e| self.error(e))
    }

    fn resolve_inner(&self, text: &str) -> rusqlite::Result<Reference> {
        let by = |sql: &str, value: &dyn rusqlite::ToSql| -> rusqlite::Result<Option<i64>> {
            self.conn.prepare_cached(sql)?.query_row([value], |row| row.get(0)).optional()
        };
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            let number: Option<i64> = text.parse().ok();
            let joined = states(Presence::Joined);
            let of_number = &format!(
                "SELECT n FROM task WHERE n = ?1 AND state < 2
                 UNION ALL SELECT t.n FROM task j JOIN part p ON p.id = j.id JOIN task t ON t.n = p.task
                           WHERE j.n = ?1 AND j.state IN ({joined}) AND t.state < 2
                 UNION ALL SELECT t.n FROM task j JOIN task t ON t.id = j.id AND t.gone = 0
                           WHERE j.n = ?1 AND j.state IN ({joined})"
            );
            let found = by(of_number, &number)?;
            return Ok(found.map_or(Reference::Unknown, |n| Reference::One(TaskNumber(n))));
        }
        let of_id = "SELECT n FROM task WHERE id = ?1 AND gone = 0
                     UNION ALL SELECT t.n FROM part p JOIN task t ON t.n = p.task WHERE p.id = ?1 AND t.state < 2";
        if let Some(n) = by(of_id, &text)? {
            return Ok(Reference::One(TaskNumber(n)));
        }
        if text.len() < SHORTEST_PREFIX { Ok(Reference::Unknown) } else { self.by_prefix(text) }
    }

    fn by_prefix(&self, prefix: &str) -> rusqlite::Result<Reference> {
        // Along both indexes at once: no more ids are read than the first tasks have.
        let mut select = self.conn.prepare_cached(
            "SELECT n, id FROM task WHERE id >= ?1 AND id < ?2 AND gone = 0
             UNION ALL SELECT t.n, p.id FROM part p JOIN task t ON t.n = p.task
                       WHERE p.id >= ?1 AND p.id < ?2 AND t.state < 2
             ORDER BY 2",
        )?;
        let mut rows = select.query((prefix, behind(prefix)))?;
        // Each task once, however many ids of it begin so: those of a thread's emails may all.
        let mut found: Vec<(i64, String)> = Vec::with_capacity(CANDIDATES);
        while found.len() < CANDIDATES
            && let Some(row) = rows.next()?
        {
            let number = row.get(0)?;
            if found.iter().all(|(met, _)| *met != number) {
                found.push((number, row.get(1)?));
            }
        }
        Ok(match found.as_slice() {
            [] => Reference::Unknown,
            [(n, _)] => Reference::One(TaskNumber(*n)),
            _ => Reference::Ambiguous(found.into_iter().map(|(_, id)| id).collect()),
        })
    }

    /// Every rep that the file names, by name, each with the newest name and the number
    /// of open tasks.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reps(&self) -> Result<Vec<(Party<RepId>, u64)>> {
        self.reps_inner().map_err(|e| self.error(e))
    }

    fn reps_inner(&self) -> rusqlite::Result<Vec<(Party<RepId>, u64)>> {
        let mut select = self.conn.prepare_cached(
            "SELECT r.id, r.name, coalesce(o.c, 0) FROM rep r
             LEFT JOIN (SELECT rep, sum(c) AS c FROM counter WHERE state = 0 GROUP BY rep) o ON o.rep = r.n ORDER BY r.n",
        )?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut by_id: BTreeMap<String, (Option<String>, u64)> = BTreeMap::new();
        for row in rows {
            let (id, name, open): (String, Option<String>, u64) = row?;
            let rep = by_id.entry(id).or_default();
            rep.0 = name.or(rep.0.take());
            rep.1 += open;
        }
        let mut reps: Vec<_> =
            by_id.into_iter().map(|(id, (name, open))| (Party { id: Some(RepId::new(id)), name }, open)).collect();
        reps.sort_by(|(a, _), (b, _)| (a.name.is_none(), &a.name).cmp(&(b.name.is_none(), &b.name)));
        Ok(reps)
    }

    /// Every name that a rep has had in this file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn names_of_rep(&self, rep: &RepId) -> Result<Vec<String>> {
        let read = || {
            let mut select = self.conn.prepare_cached("SELECT name FROM rep WHERE id = ?1 AND name IS NOT NULL")?;
            select.query_map([rep.as_str()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|e| self.error(e))
    }

    /// The open tasks that are pinned.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pinned(&self) -> Result<Vec<TaskNumber>> {
        self.numbers("SELECT n FROM task INDEXED BY pinned WHERE flags & 1 AND state = 0", [])
    }

    /// The open tasks of a lead, of every type, as numbered.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn numbers_of_lead(&self, lead: &LeadId) -> Result<Vec<TaskNumber>> {
        let of_lead = "SELECT n FROM task INDEXED BY task_lead WHERE lead IN (SELECT n FROM lead WHERE id = ?1) AND gone = 0 AND state = 0";
        let mut numbers = self.numbers(of_lead, [lead.as_str()])?;
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The leads of the open tasks, of every type.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn leads_of_open(&self) -> Result<Leads> {
        self.leads_inner().map_err(|e| self.error(e))
    }

    fn leads_inner(&self) -> rusqlite::Result<Leads> {
        let mut leads = Leads::default();
        // A lead stands once for each of its names.
        let mut same: HashMap<i64, i64> = HashMap::new();
        let mut select = self.conn.prepare_cached("SELECT n, id FROM lead ORDER BY n")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (n, id): (i64, String) = (row.get(0)?, row.get(1)?);
            same.insert(n, *leads.numbers.entry(LeadId::new(id)).or_insert(n));
        }
        let mut select = self.conn.prepare_cached(
            "SELECT n, lead FROM task INDEXED BY task_lead WHERE lead IS NOT NULL AND gone = 0 AND state = 0",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let lead: i64 = row.get(1)?;
            leads.of.insert(TaskNumber(row.get(0)?), same.get(&lead).copied().unwrap_or(lead));
        }
        Ok(leads)
    }

    /// The open tasks of every type in the order in which they were made: `date_created`, then id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_as_made(&self) -> Result<Vec<TaskNumber>> {
        self.numbers(
            "SELECT n FROM (
               SELECT n, created, id FROM task INDEXED BY open_day WHERE state = 0 AND day IS NOT NULL
               UNION ALL SELECT n, created, id FROM task INDEXED BY open_at WHERE state = 0 AND at IS NOT NULL
               UNION ALL SELECT n, created, id FROM task INDEXED BY open_none WHERE state = 0 AND day IS NULL AND at IS NULL)
             ORDER BY created, id",
            [],
        )
    }

    fn numbers(&self, sql: &str, arguments: impl rusqlite::Params) -> Result<Vec<TaskNumber>> {
        let read = || -> rusqlite::Result<Vec<TaskNumber>> {
            let mut select = self.conn.prepare_cached(sql)?;
            select.query_map(arguments, |row| row.get(0).map(TaskNumber))?.collect()
        };
        read().map_err(|e| self.error(e))
    }

    /// The open tasks of a lead, of every type, as numbered; at most `most`.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn open_of_lead(&self, lead: &LeadId, most: usize) -> Result<Vec<StoredTask>> {
        let mut numbers = self.numbers_of_lead(lead)?;
        numbers.truncate(most);
        self.tasks(&numbers)
    }
}
