//! Calls and how they ended. Each is written by the step of the journal that says so, and
//! counts as long as that is not taken back. Who was called stands beside it, so that what
//! an import or a purge makes of the task later changes no count.

use std::sync::LazyLock;

use rusqlite::Connection;

use super::list::page;
use super::list::search::has_number;
use super::{Repository, Result};
use crate::domain::change::StepNumber;
use crate::domain::filter::{Filter, Query};
use crate::domain::number::PhoneNumber;
use crate::domain::order::Order;
use crate::domain::outcome::{Attempt, Callee, DEBTS, Ending, is_debt, tries_before};
use crate::domain::query::Search;
use crate::domain::task::{ContactId, LeadId, StoredTask, TaskNumber};
use crate::domain::view::{Today, View};

/// So many tasks of a contact are looked at for a number.
const MOST_OF_CONTACT: usize = 50;

/// The tasks of a lead's contact that may have a number.
static OF_CONTACT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT n FROM task INDEXED BY task_contact
         WHERE contact IS NOT NULL AND contact IN (SELECT n FROM contact WHERE id = ?2)
         AND lead IN (SELECT n FROM lead WHERE id = ?1) AND gone = 0 AND {}",
        has_number()
    )
});

impl Repository {
    /// A call for a task, with its number, how often it was tried before, and which debts it
    /// would pay; `None`: the number names no task.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn attempt(&self, task: TaskNumber, today: &Today) -> Result<Option<Attempt>> {
        let read = || {
            let _snapshot = self.snapshot()?;
            self.attempt_in(&self.conn, task, today)
        };
        read().map_err(|e| self.error(e))
    }

    /// As [`Repository::attempt`], within a transaction.
    pub(super) fn attempt_in(
        &self,
        conn: &Connection,
        task: TaskNumber,
        today: &Today,
    ) -> rusqlite::Result<Option<Attempt>> {
        let Some(task) = page::fetch(conn, &self.shapes, task.0)? else { return Ok(None) };
        let number = self.number_of(conn, &task)?;
        let mut debts = match &number {
            Some(number) => self.debts(conn, number, today)?,
            None => Vec::new(),
        };
        debts.retain(|debt| debt.number != task.number);
        let tries = tries(conn, &Callee::of(&task, number.clone()))?;
        Ok(Some(Attempt { task, number, tries, debts }))
    }

    /// The task's own number, else the newest that a task of its contact has.
    fn number_of(&self, conn: &Connection, stored: &StoredTask) -> rusqlite::Result<Option<PhoneNumber>> {
        let task = &stored.task;
        match (task.body.call().and_then(PhoneNumber::of), &task.lead.id, &task.contact.id) {
            (None, Some(lead), Some(contact)) => self.number_of_contact_in(conn, lead, contact),
            (own, _, _) => Ok(own),
        }
    }

    /// The newest number that a task of a lead's contact has, from a call or message or as one
    /// to make.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn number_of_contact(&self, lead: &LeadId, contact: &ContactId) -> Result<Option<PhoneNumber>> {
        self.number_of_contact_in(&self.conn, lead, contact).map_err(|e| self.error(e))
    }

    fn number_of_contact_in(
        &self,
        conn: &Connection,
        lead: &LeadId,
        contact: &ContactId,
    ) -> rusqlite::Result<Option<PhoneNumber>> {
        let mut select = conn.prepare_cached(&OF_CONTACT)?;
        let numbers = select.query_map((lead.as_str(), contact.as_str()), |row| row.get(0))?;
        let mut numbers: Vec<i64> = numbers.collect::<rusqlite::Result<_>>()?;
        numbers.sort_unstable_by_key(|number| std::cmp::Reverse(*number));
        for number in numbers.into_iter().take(MOST_OF_CONTACT) {
            let stored = page::fetch(conn, &self.shapes, number)?;
            let number = stored.and_then(|stored| stored.task.body.call().and_then(PhoneNumber::of));
            if number.is_some() {
                return Ok(number);
            }
        }
        Ok(None)
    }

    /// The open missed calls and voicemails of a number, in the order of the inbox.
    fn debts(&self, conn: &Connection, number: &PhoneNumber, today: &Today) -> rusqlite::Result<Vec<StoredTask>> {
        let types = DEBTS.into_iter().collect();
        let filter = Filter { types, search: Search::of_number(number.ending()), ..Filter::default() };
        let found = self.matching_in(conn, &Query { view: View::Open, filter, order: Order::BY_DATE }, today)?;
        let fetched = found.into_iter().map(|task| page::fetch(conn, &self.shapes, task.0));
        let tasks = fetched.filter_map(rusqlite::Result::transpose).collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(tasks.into_iter().filter(|task| is_debt(task, number)).collect())
    }
}

/// How often somebody was tried since they were reached.
fn tries(conn: &Connection, callee: &Callee) -> rusqlite::Result<u32> {
    let mut select = conn.prepare_cached(
        "SELECT outcome, contact, number, lead FROM call JOIN step ON step.n = call.step
         WHERE undone IS NULL AND (contact = ?1 OR ending = ?2 OR lead = ?3) ORDER BY call.step DESC",
    )?;
    let (contact, lead) = (callee.contact.as_ref().map(ContactId::as_str), callee.lead.as_ref().map(LeadId::as_str));
    let ending = callee.number.as_ref().map(PhoneNumber::ending);
    let mut calls = Vec::new();
    let mut rows = select.query((contact, ending, lead))?;
    while let Some(row) = rows.next()? {
        // An ending that this version does not know reached somebody or nobody: it counts as none.
        let Some(ending) = Ending::from_word(row.get_ref(0)?.as_str()?) else { continue };
        let contact = row.get::<_, Option<String>>(1)?.map(ContactId::new);
        let number = row.get::<_, Option<String>>(2)?.and_then(|number| PhoneNumber::read(&number));
        let lead = row.get::<_, Option<String>>(3)?.map(LeadId::new);
        calls.push((ending, Callee { contact, number, lead }));
    }
    Ok(tries_before(callee, calls.iter().map(|(ending, callee)| (*ending, callee))))
}

/// How calls ended from a moment on, in microseconds since 1970, and who made them.
pub(super) fn since(conn: &Connection, moment: i64) -> rusqlite::Result<Vec<(Ending, Option<String>)>> {
    let mut select = conn.prepare_cached(
        "SELECT outcome, who FROM step INDEXED BY step_at JOIN call ON call.step = step.n
         WHERE at >= ?1 AND undone IS NULL ORDER BY call.step",
    )?;
    let rows = select.query_map([moment], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let known = rows.filter_map(|row| row.map(|(word, who)| Some((Ending::from_word(&word)?, who))).transpose());
    known.collect()
}

/// Writes down how a call ended.
pub(super) fn record(
    conn: &Connection,
    (step, task): (StepNumber, TaskNumber),
    ending: Ending,
    callee: &Callee,
) -> rusqlite::Result<()> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO call (step, task, outcome, contact, number, ending, lead) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let (contact, lead) = (callee.contact.as_ref().map(ContactId::as_str), callee.lead.as_ref().map(LeadId::as_str));
    let number = callee.number.as_ref();
    let (dialled, last) = (number.map(PhoneNumber::dialled), number.map(PhoneNumber::ending));
    insert.execute((step.0, task.0, ending.word(), contact, dialled, last, lead)).map(drop)
}
