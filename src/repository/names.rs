//! The leads and contacts that the file names, found by name or id.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{ContactOfOther, Repository, Result};
use crate::domain::edit::Changes;
use crate::domain::task::{ContactId, LeadId, Party};

/// How a typed text finds a name. Letter case does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The name, whole, or the id.
    Whole,
    /// A part of the name.
    Part,
    /// The beginning of the name.
    Start,
}

impl Repository {
    /// Leads that the text finds, the newest first, each once; at most `most`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn leads_named(&self, text: &str, likeness: Likeness, most: usize) -> Result<Vec<Party<LeadId>>> {
        let all = "SELECT id, name FROM lead ORDER BY n DESC";
        self.parties("lead", (all, None), (text, likeness), most).map_err(|e| self.error(e))
    }

    /// Contacts that the text finds: of a lead, where one is named, else of any.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn contacts_named(
        &self,
        text: &str,
        likeness: Likeness,
        lead: Option<&LeadId>,
        most: usize,
    ) -> Result<Vec<Party<ContactId>>> {
        let source = match lead {
            None => "SELECT id, name FROM contact ORDER BY n DESC",
            Some(_) => {
                "SELECT id, name FROM contact WHERE n IN (SELECT contact FROM task INDEXED BY task_lead
                 WHERE lead IN (SELECT n FROM lead WHERE id = ?1) AND gone = 0) ORDER BY n DESC"
            }
        };
        self.parties("contact", (source, lead.map(LeadId::as_str)), (text, likeness), most).map_err(|e| self.error(e))
    }

    /// SQLite folds the case of ASCII only, so the names are compared here; they are few.
    fn parties<I: From<String> + PartialEq>(
        &self,
        table: &str,
        (source, argument): (&str, Option<&str>),
        (text, likeness): (&str, Likeness),
        most: usize,
    ) -> rusqlite::Result<Vec<Party<I>>> {
        let newest_name =
            format!("SELECT name FROM {table} WHERE id = ?1 ORDER BY coalesce(name, '') = '', n DESC LIMIT 1");
        let mut newest_name = self.conn.prepare_cached(&newest_name)?;
        let mut newest_name = |id: &str| newest_name.query_row([id], |row| row.get::<_, Option<String>>(0)).optional();
        if let Some(name) = newest_name(text)? {
            return Ok(vec![Party { id: Some(I::from(text.to_owned())), name }]);
        }
        let wanted = text.to_lowercase();
        let mut select = self.conn.prepare_cached(source)?;
        let mut rows = match argument {
            Some(argument) => select.query([argument])?,
            None => select.query([])?,
        };
        let mut found: Vec<Party<I>> = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(name) = row.get::<_, Option<String>>(1)? else { continue };
            let folded = name.to_lowercase();
            let is_meant = match likeness {
                Likeness::Whole => folded == wanted,
                Likeness::Part => folded.contains(&wanted),
                Likeness::Start => folded.starts_with(&wanted),
            };
            if !is_meant {
                continue;
            }
            let id: String = row.get(0)?;
            // Whoever was renamed is found by a former name too, and has the newest.
            let name = newest_name(&id)?.flatten();
            let id = Some(I::from(id));
            if found.iter().all(|party| party.id != id) {
                found.push(Party { id, name });
            }
            if found.len() == most {
                break;
            }
        }
        Ok(found)
    }
}

/// A contact that a change gives to a task of another lead, as the file has both now. `held`
/// is the lead that the task has. Where a task of that lead has the contact, or none of any
/// lead, nothing is wrong with it; nor where both were named by their ids.
pub(super) fn contact_of_other(
    conn: &Connection,
    changes: &Changes,
    held: Option<&Party<LeadId>>,
) -> rusqlite::Result<Option<ContactOfOther>> {
    let (Some(contact), Some(lead)) = (&changes.contact, changes.lead.as_ref().or(held)) else { return Ok(None) };
    let (Some(id), Some(lead_id), false) = (&contact.id, &lead.id, changes.is_by_ids) else { return Ok(None) };
    let own = "SELECT 1 FROM task INDEXED BY task_contact
               WHERE contact IS NOT NULL AND contact IN (SELECT n FROM contact WHERE id = ?1)
               AND lead IN (SELECT n FROM lead WHERE id = ?2) AND gone = 0";
    if conn.prepare_cached(own)?.exists([id.as_str(), lead_id.as_str()])? {
        return Ok(None);
    }
    let mut select = conn.prepare_cached(
        "SELECT l.id, l.name FROM task t JOIN lead l ON l.n = t.lead
         WHERE t.n = (SELECT max(n) FROM task INDEXED BY task_contact
                      WHERE contact IS NOT NULL AND contact IN (SELECT n FROM contact WHERE id = ?1)
                      AND lead IS NOT NULL AND gone = 0)",
    )?;
    let party = |row: &Row<'_>| Ok(Party { id: Some(LeadId::new(row.get::<_, String>(0)?)), name: row.get(1)? });
    let other = select.query_row([id.as_str()], party).optional()?;
    Ok(other.map(|of| ContactOfOther { contact: contact.clone(), of, lead: lead.clone() }))
}
