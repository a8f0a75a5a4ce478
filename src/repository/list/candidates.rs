//! The rows that a filter leaves, through the table: those that the index of words told,
//! else all.

use rusqlite::{Connection, Row};

use super::hits::Hits;
use super::search::Sieve;
use super::stream::Narrow;
use crate::domain::filter::Filter;
use crate::domain::view::View;

/// Where to look, and what for.
pub(in crate::repository) struct Candidates<'a> {
    pub(in crate::repository) view: View,
    pub(in crate::repository) filter: &'a Filter,
    pub(in crate::repository) narrow: &'a Narrow,
    pub(in crate::repository) sieve: &'a Sieve<'a>,
}

impl Candidates<'_> {
    /// Visits some columns of each row, as they came if `in_order`, until `visit` returns false.
    pub(in crate::repository) fn each(
        &self,
        conn: &Connection,
        columns: &str,
        in_order: bool,
        visit: &mut dyn FnMut(&Row<'_>) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<()> {
        let states = states(self.view);
        let sql = format!("SELECT {columns} FROM task WHERE gone = 0 AND state IN ({states}){}", self.narrow.sql());
        let Some(hits) = self.hits() else {
            let mut select = conn.prepare(&[sql.as_str(), if in_order { " ORDER BY n" } else { "" }].concat())?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                if !visit(row)? {
                    break;
                }
            }
            return Ok(());
        };
        let mut select = conn.prepare(&[&sql, " AND n = ?1"].concat())?;
        for number in hits.numbers() {
            let mut rows = select.query([number])?;
            if let Some(row) = rows.next()?
                && !visit(row)?
            {
                break;
            }
        }
        Ok(())
    }

    /// The hits of the index, unless the filter itself leaves few rows.
    fn hits(&self) -> Option<&Hits> {
        self.sieve.hits().filter(|_| self.filter.only.is_none() && self.filter.lead.is_none())
    }
}

fn states(view: View) -> &'static str {
    match view {
        View::Inbox | View::Future | View::Open => "0",
        View::Archive => "1",
        View::All => "0, 1",
    }
}
