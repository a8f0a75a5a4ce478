//! Calls and how they ended. Each is written by the step of the journal that says so, and
//! counts as long as that is not taken back. Who was called stands beside it, so that what
//! an import or a purge makes of the task later changes no count.

use rusqlite::Connection;

use super::list::page;
use super::{Repository, Result};
use crate::domain::change::StepNumber;
use crate::domain::filter::{Filter, Query, TypeSet};
use crate::domain::number::PhoneNumber;
use crate::domain::order::Order;
use crate::domain::outcome::{Attempt, Callee, Ending, is_debt, tries_before};
use crate::domain::query;
use crate::domain::task::{ContactId, LeadId, StoredTask, TaskNumber};
use crate::domain::view::{Today, View};

/// So many tasks of a contact are looked at for a number.
const MOST_OF_CONTACT: usize = 50;

impl Repository {
    /// A call for a task, with its number, how often it was tried before, and which debts it
    /// would pay; `None`: the number names no task.
    ///
    /// # Errors
    /// When the file cannot be read, or a task in it.
    pub fn attempt(&self, task: TaskNumber, today: &Today) -> Result<Option<Attempt>> {
        let read = || {
            let snapshot = self.conn.unchecked_transaction()?;
            self.attempt_in(&snapshot, task, today)
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
        let number = self.number_of(&task)?;
        let mut debts = match &number {
            Some(number) => self.debts(conn, number, today)?,
            None => Vec::new(),
        };
        debts.retain(|debt| debt.number != task.number);
        let tries = tries(conn, &Callee::of(&task, number.clone()))?;
        Ok(Some(Attempt { task, number, tries, debts }))
    }

    /// The task's own number, else the newest that a task of its contact has.
    fn number_of(&self, stored: &StoredTask) -> rusqlite::Result<Option<PhoneNumber>> {
        let of = |stored: &StoredTask| stored.task.body.call().and_then(PhoneNumber::of);
        let task = &stored.task;
        match (of(stored), &task.lead.id, &task.contact.id) {
            (None, Some(lead), Some(contact)) => {
                Ok(self.calls_of_contact_inner(lead, contact, MOST_OF_CONTACT)?.iter().find_map(of))
            }
            (own, _, _) => Ok(own),
        }
    }

    /// The open missed calls and voicemails of a number, in the order of the inbox.
    fn debts(&self, conn: &Connection, number: &PhoneNumber, today: &Today) -> rusqlite::Result<Vec<StoredTask>> {
        let text = format!("type:missed_call,voicemail phone:{}", number.ending());
        // Where the digits are too few for a search, they are no number of anybody's.
        let Ok(search) = query::parse(&text, today, None) else { return Ok(Vec::new()) };
        let filter = Filter { types: TypeSet::ALL, search, ..Filter::default() };
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
