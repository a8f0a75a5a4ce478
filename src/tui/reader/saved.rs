//! The saved searches, and how much of the inbox each finds.

use chrono::NaiveDate;

use super::Reader;
use crate::domain::filter::{Filter, People, Query, TypeSet};
use crate::domain::order::Order;
use crate::domain::query;
use crate::domain::task::RepId;
use crate::domain::view::{Today, View};
use crate::domain::zone::Zone;
use crate::repository::Result;
use crate::tui::request::SavedCount;

/// What was counted, and for what.
#[derive(Debug)]
pub(super) struct Counted {
    read_for: (People, NaiveDate, Zone, i64),
    counts: Vec<SavedCount>,
}

impl Reader {
    /// The saved searches by place; each is counted anew only after a change.
    pub(super) fn saved(&mut self, people: &People, today: &Today, me: Option<&RepId>) -> Result<Vec<SavedCount>> {
        let wanted = (people.clone(), today.day, today.zone, self.repository.data_version()?);
        if let Some(counted) = self.saved.as_ref().filter(|counted| counted.read_for == wanted) {
            return Ok(counted.counts.clone());
        }
        let mut counts = Vec::new();
        for saved in self.repository.saved_searches()? {
            let count = match query::parse(&saved.text, today, me) {
                Ok(search) => {
                    let filter = Filter { types: TypeSet::ALL, people: people.clone(), search, ..Filter::default() };
                    let query = Query { view: View::Inbox, filter, order: Order::AS_THEY_CAME };
                    Some(usize::try_from(self.repository.count(&query, today)?).unwrap_or(usize::MAX))
                }
                Err(_) => None,
            };
            counts.push((saved, count));
        }
        self.saved = Some(Counted { read_for: wanted, counts: counts.clone() });
        Ok(counts)
    }
}
