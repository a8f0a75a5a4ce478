//! What a stand-up asks: what was done since, what was moved, what waits.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use super::find::{self, FindError};
use crate::domain::date::TaskDate;
use crate::domain::filter::{Aliases, Filter, People, Query, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::order::Order;
use crate::domain::outcome::Ending;
use crate::domain::task::{LeadId, Party, RepId, StoredTask};
use crate::domain::view::{Today, View};
use crate::repository::{Deed, Repository};

/// Whose report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everyone's.
    Everyone,
    /// That of one person.
    Person {
        /// How they are called.
        name: String,
        /// Under which names the history may have them.
        names: Aliases,
        /// Whose tasks wait; `None`: the file does not know them, so that none does.
        rep: Option<RepId>,
    },
}

impl Whose {
    /// The report of whoever `me` names; without it everyone's.
    ///
    /// # Errors
    /// When several reps have that name; or the file cannot be read.
    pub fn of(repository: &Repository, me: Option<&str>) -> Result<Whose> {
        let Some(me) = me else { return Ok(Whose::Everyone) };
        let rep = match find::rep(repository, "me", Some(me)) {
            Ok(rep) => rep,
            // What they did, the history may have all the same.
            Err(Error::Find(FindError::NoRep { .. })) => Party { id: None, name: None },
            Err(why) => return Err(why),
        };
        let names = find::aliases(repository, rep.id.as_ref(), Some(me))?;
        Ok(Whose::Person { name: rep.shown_name().unwrap_or(me).to_owned(), names, rep: rep.id })
    }

    /// How the person is called; `None`: it is everyone's.
    pub fn name(&self) -> Option<&str> {
        match self {
            Whose::Everyone => None,
            Whose::Person { name, .. } => Some(name),
        }
    }

    fn did(&self, by: &Option<String>) -> bool {
        match self {
            Whose::Everyone => true,
            Whose::Person { names, .. } => by.as_ref().is_some_and(|by| names.has(by)),
        }
    }

    fn waiting(&self, repository: &Repository, today: &Today) -> Result<Vec<StoredTask>> {
        let people = match self {
            Whose::Everyone => People::Everyone,
            Whose::Person { rep: Some(rep), .. } => People::Rep(rep.clone()),
            Whose::Person { rep: None, .. } => return Ok(Vec::new()),
        };
        let filter = Filter { types: TypeSet::ALL, people, ..Filter::default() };
        let inbox = Query { view: View::Inbox, filter, order: Order::BY_DATE };
        Ok(repository.list(&inbox, today, 0, None)?)
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Completed since, and complete still.
    pub done: Vec<OfType>,
    /// Given another date since, and open still.
    pub moved: Vec<OfType>,
    /// How many calls ended in which way since, in the order of the keys.
    pub calls: Vec<(Ending, usize)>,
    /// Open, up to the end of today.
    pub waiting: Vec<OfType>,
    /// How many of those are overdue.
    pub overdue: usize,
}

/// The tasks of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfType {
    /// The type's wire name.
    pub name: String,
    /// By lead, in the order of the first task of each.
    pub leads: Vec<OfLead>,
}

/// The tasks of a type and lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfLead {
    /// The lead; without an id: of no lead.
    pub lead: Party<LeadId>,
    /// The tasks.
    pub tasks: Vec<StoredTask>,
}

impl OfType {
    /// How many tasks there are.
    pub fn count(&self) -> usize {
        self.leads.iter().map(|lead| lead.tasks.len()).sum()
    }
}

/// Reports what happened since a moment, in UTC, and what waits.
///
/// # Errors
/// When the file cannot be read.
pub fn report(repository: &Repository, since: DateTime<Utc>, whose: &Whose, today: &Today) -> Result<Report> {
    let happened = repository.since(since)?;
    let waiting = whose.waiting(repository, today)?;
    let of = |deeds: Vec<Deed>| group(deeds.into_iter().filter(|deed| whose.did(&deed.by)).map(|deed| deed.task));
    let mut calls = BTreeMap::new();
    for (ending, _) in happened.calls.iter().filter(|(_, by)| whose.did(by)) {
        *calls.entry(*ending).or_default() += 1;
    }
    let overdue = waiting.iter().filter(|task| today.is_overdue(task.task.actionable())).count();
    let (done, moved) = (of(happened.done), of(happened.moved));
    Ok(Report { done, moved, calls: calls.into_iter().collect(), waiting: group(waiting), overdue })
}

/// The first moment of what a typed date means.
pub fn begins(date: TaskDate, today: &Today) -> DateTime<Utc> {
    match date {
        TaskDate::Day(day) => today.zone.start_of_day(day),
        TaskDate::At(at) => at,
    }
}

/// By type, in the sidebar's order and then by name, and by lead.
fn group(tasks: impl IntoIterator<Item = StoredTask>) -> Vec<OfType> {
    let mut types: BTreeMap<(usize, String), Vec<OfLead>> = BTreeMap::new();
    let mut places: HashMap<(String, Option<LeadId>), usize> = HashMap::new();
    for task in tasks {
        let (body, lead) = (&task.task.body, task.task.lead.clone());
        let name = body.wire_name().to_owned();
        let leads = types.entry((body.task_type().map_or(usize::MAX, TaskType::index), name.clone())).or_default();
        let place = *places.entry((name, lead.id.clone())).or_insert(leads.len());
        if place == leads.len() {
            leads.push(OfLead { lead, tasks: Vec::new() });
        }
        leads[place].tasks.push(task);
    }
    types.into_iter().map(|((_, name), leads)| OfType { name, leads }).collect()
}
