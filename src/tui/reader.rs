//! Answers the screen's questions from the file. Holds the open tasks in order, read
//! anew when the file, the people or the zone change.

mod arranging;
mod fortnight;
mod found;
mod guest;
mod saved;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use self::found::Found;
use self::guest::Guest;
use self::saved::Counted;
use self::texts::OpenTexts;
use super::arranged::Beside;
use super::model::entry::Name;
use super::model::sorting::Sorting;
use super::request::{Answer, Card, Counts, Everything, Kind, ListName, Part, Read, Row, Scope, Want};
use super::shelf::{Ranks, Shelf, window};
use crate::domain::edit::Field;
use crate::domain::filter::{Filter, People, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::query::texts::Words;
use crate::domain::stats::Span;
use crate::domain::task::{ContactId, LeadId, Party, StoredTask, TaskNumber};
use crate::domain::zone::Zone;
use crate::repository::{ArchiveFrom, Likeness, OpenTask, Repository, Result, TypeNumbers};

/// More of a lead's tasks, or of a task's steps, are not shown beside it.
const MOST_BESIDE: usize = 50;
/// So many rows are held between questions: a filter back and forth reads none anew.
const MOST_HELD: usize = 2000;
/// More names are not offered.
const MOST_NAMES: usize = 50;
/// Rows at once while counting what was done today.
const DONE_ROWS: usize = 200;

/// A connection that reads, with what it remembers.
#[derive(Debug)]
pub(super) struct Reader {
    repository: Repository,
    shelf: Shelf,
    /// The unknown types that the file has.
    other_types: Arc<[String]>,
    /// How many open tasks there are, and for which day and types they were counted.
    counted: Option<((NaiveDate, TypeNumbers), Counts)>,
    /// What is searched for on it, and in the archive.
    found: Option<Found>,
    /// The saved searches.
    saved: Option<Counted>,
    /// What the shelf was read for.
    read_for: Option<(People, Zone, i64)>,
    /// What words are looked for in.
    texts: OpenTexts,
    /// The words that were last looked for, and the ranks of the open tasks that have them.
    worded: Option<(Words, Vec<usize>)>,
    /// What arranging the open tasks needs, as far as it was needed.
    beside: Beside,
    /// Open tasks that were shown, as the file has them.
    held: HashMap<TaskNumber, Row>,
}

impl Reader {
    /// Reads from this connection.
    pub(super) fn new(repository: Repository) -> Reader {
        let (shelf, texts, beside) = (Shelf::default(), OpenTexts::default(), Beside::default());
        let other_types = Arc::default();
        let (counted, found, saved, read_for, worded) = (None, None, None, None, None);
        Reader {
            repository,
            shelf,
            other_types,
            counted,
            found,
            saved,
            read_for,
            texts,
            worded,
            beside,
            held: HashMap::new(),
        }
    }

    /// Whether the file has changed since it was read. An unreadable file counts as
    /// changed: the read that follows says why.
    pub(super) fn is_behind(&self) -> bool {
        let Some((.., read)) = &self.read_for else { return false };
        self.repository.data_version().map_or(true, |now| now != *read)
    }

    /// What gives the question up that this one answers, from another thread.
    pub(super) fn stopper(&self) -> impl Fn() + Send + Sync + use<> {
        self.repository.stopper()
    }

    /// Answers a question. Everything that is searched for may be answered in steps: asked
    /// again, it goes one further.
    ///
    /// # Errors
    /// When the file cannot be read, or the question is given up.
    pub(super) fn answer(&mut self, read: Read) -> Result<Answer> {
        self.repository.end_stopped()?;
        match read {
            Read::Everything { scope, wants, marks } => self.everything(&scope, &wants, &marks),
            Read::Part { list, scope, want } => self.part(list, &scope, &want).map(|part| Answer::Part(list, part)),
            Read::Card { task, lead, contact } => {
                self.card(task, lead.as_ref(), contact.as_ref()).map(|card| Answer::Card(task, card))
            }
            Read::Reps => self.repository.reps().map(Answer::Reps),
            Read::Whole { list, scope } => self.whole(list, &scope).map(Answer::Whole),
            Read::Names { of, text, lead } => {
                self.names(of, &text, lead.as_ref()).map(|names| Answer::Names { of, text, lead, names })
            }
            Read::Saved { people, today, me } => self.saved(&people, &today, me.as_ref()).map(Answer::Saved),
            Read::Overdue { scope } => self.overdue(&scope).map(Answer::Whole),
            Read::Stats { today } => {
                self.repository.stats(&Span::year(&today), &today).map(|stats| Answer::Stats(Box::new(stats)))
            }
            Read::Since { left } => {
                self.repository.since(after(left)).map(|happened| Answer::Since(left, Box::new(happened)))
            }
            Read::Fortnight { scope } => self.fortnight(&scope).map(|days| Answer::Fortnight(Box::new(days))),
            Read::Queue { list, scope, marks } => self.queue(list, &scope, &marks),
            Read::Rows { tasks } => {
                self.repository.tasks(&tasks).map(|rows| Answer::Rows(rows.into_iter().map(Arc::new).collect()))
            }
            Read::Attempt { task, today } => Ok(match self.repository.attempt(task, &today)? {
                Some(attempt) => Answer::Attempt(Box::new(attempt)),
                None => Answer::Failed(Kind::Attempt, format!("Task {task} is no longer there.")),
            }),
            Read::NumberOf { task, lead, contact } => {
                self.repository.number_of_contact(&lead, &contact).map(|number| Answer::NumberOf(task, number))
            }
            Read::OfLead { lead } => self.repository.numbers_of_lead(&lead).map(Answer::Whole),
        }
    }

    fn refresh(&mut self, scope: &Scope) -> Result<()> {
        // The version first: a change in between is then seen at the next glance.
        let wanted = (scope.people.clone(), scope.today.zone, self.repository.data_version()?);
        if self.read_for.as_ref() != Some(&wanted) {
            let tasks = self.repository.open_tasks(&scope.people, &scope.today.zone)?;
            self.texts.forget_changed(&self.repository)?;
            self.shelf = Shelf::new(tasks, self.repository.pinned()?.into_iter().collect());
            self.read_for = Some(wanted);
            let names = self.repository.type_names()?;
            self.other_types = names.into_iter().filter(|name| TaskType::from_wire(name).is_none()).collect();
            self.beside = Beside::default();
            self.held.clear();
            (self.counted, self.found, self.worded) = (None, None, None);
        }
        // A guest is no task of the shelf's own, that a search could find there.
        self.shelf.admit(None);
        self.find(scope)?;
        self.admit(scope)
    }

    /// A task just made or restored is shown though it is somebody else's.
    fn admit(&mut self, scope: &Scope) -> Result<()> {
        let shelf = self.shown();
        shelf.admit(None);
        let hidden = scope.keep.filter(|kept| !shelf.holds(*kept));
        let kept = match hidden {
            Some(kept) => self.rows(&[kept])?.pop().zip(self.repository.types_of(&[kept])?.pop()),
            None => None,
        };
        let kept = kept.filter(|(kept, _)| !kept.task.is_complete);
        self.shown().admit(kept.map(|(kept, task_type)| OpenTask::of(&kept, task_type, &scope.today)));
        Ok(())
    }

    /// The open tasks, or those of them that are searched for.
    fn shown(&mut self) -> &mut Shelf {
        self.found.as_mut().map_or(&mut self.shelf, |found| &mut found.shelf)
    }

    /// The inbox and the future.
    fn ranks(&mut self, scope: &Scope) -> Result<(Ranks, Ranks)> {
        let types = self.repository.type_numbers(&scope.types)?;
        Ok(self.shown().ranks(&types, scope.keep, &scope.today))
    }

    fn everything(&mut self, scope: &Scope, wants: &[Want; 3], marks: &[TaskNumber]) -> Result<Answer> {
        self.refresh(scope)?;
        let (inbox, future) = self.ranks(scope)?;
        let next = match future.tasks.first() {
            Some(first) => self.rows(&[*first])?.pop(),
            None => None,
        };
        let hidden_marks = self.hidden(scope, marks, &inbox, &future)?;
        let is_clear = inbox.tasks.is_empty() && scope.search.is_empty();
        let done_today = if is_clear { self.done_since_midnight(scope)? } else { 0 };
        let [want_inbox, want_future, want_archive] = wants;
        let inbox = self.open_part(&inbox, want_inbox, &scope.sorting)?;
        let future = self.open_part(&future, want_future, &scope.sorting)?;
        let (archive, looked) = self.archive_in_steps(scope, want_archive)?;
        let parts = [inbox, future, archive];
        let unsearched = self.counts(scope)?;
        let types = self.repository.type_numbers(&scope.types)?;
        let counts = self.found.as_ref().map_or(unsearched, |found| found.counts(&types, &scope.today));
        let other_types = self.other_types.clone();
        let everything = Everything { parts, counts, unsearched, next, done_today, hidden_marks, looked, other_types };
        Ok(Answer::Everything(Box::new(everything)))
    }

    fn part(&mut self, list: ListName, scope: &Scope, want: &Want) -> Result<Part> {
        self.find(scope)?;
        if list == ListName::Archive {
            return self.archive(scope, want);
        }
        let (inbox, future) = self.ranks(scope)?;
        self.open_part(if list == ListName::Inbox { &inbox } else { &future }, want, &scope.sorting)
    }

    fn rows(&mut self, numbers: &[TaskNumber]) -> Result<Vec<Row>> {
        if self.held.len() + numbers.len() > MOST_HELD {
            self.held.clear();
        }
        let missing: Vec<_> = numbers.iter().copied().filter(|number| !self.held.contains_key(number)).collect();
        let read = self.repository.tasks(&missing)?;
        self.held.extend(read.into_iter().map(|task| (task.number, Arc::new(task))));
        Ok(numbers.iter().filter_map(|number| self.held.get(number).cloned()).collect())
    }

    /// The archive with a task just restored that the filter would hide.
    fn archive(&mut self, scope: &Scope, want: &Want) -> Result<Part> {
        if let Some(found) = self.found_archive(scope)? {
            // The archive stands in the order of completion.
            return self.open_part(&found, want, &Sorting::default());
        }
        let filter = filter(scope, scope.types.clone());
        match self.guest(scope, &filter)? {
            Some(guest) => {
                let part = self.archive_without(&filter, &guest.outside(want))?;
                Ok(guest.join(part))
            }
            None => self.archive_without(&filter, want),
        }
    }

    fn guest(&self, scope: &Scope, filter: &Filter) -> Result<Option<Guest>> {
        let Some(kept) = scope.keep else { return Ok(None) };
        let Some(rank) = self.repository.rank_of_hidden(filter, kept)? else { return Ok(None) };
        let row = self.repository.tasks(&[kept])?.pop();
        Ok(row.map(|row| Guest { row: Arc::new(row), rank: usize::try_from(rank).unwrap_or(usize::MAX) }))
    }

    /// Deep in the archive a window that follows a known row is found at once.
    fn archive_without(&self, filter: &Filter, want: &Want) -> Result<Part> {
        let at = |rank: usize| ArchiveFrom::Position(rank as u64);
        let from = match (want.after, want.around) {
            (Some((task, rank)), _) => ArchiveFrom::After { task, rank: rank as u64 },
            (None, Some(task)) => ArchiveFrom::Around(task),
            (None, None) => at(want.rank.saturating_sub(want.rows / 2)),
        };
        let mut page = self.repository.archive(filter, from, want.rows)?;
        let holds = |rows: &[StoredTask]| want.around.is_none_or(|task| rows.iter().any(|row| row.number == task));
        if !holds(&page.rows) && want.rank > 0 {
            let total = usize::try_from(page.total).unwrap_or(usize::MAX);
            page = self.repository.archive(filter, at(window(want.rank, want.rows, total).start), want.rows)?;
        }
        let rank = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let rows = page.rows.into_iter().map(Arc::new).collect();
        Ok(Part { first: rank(page.first), total: rank(page.total), rows, ..Part::default() })
    }

    fn counts(&mut self, scope: &Scope) -> Result<Counts> {
        let archived = self.repository.archived(&filter(scope, TypeSet::ALL))?;
        let wanted = (scope.today.day, self.repository.type_numbers(&scope.types)?);
        self.counted.take_if(|(counted_for, _)| *counted_for != wanted);
        let ((_, types), open) = self.counted.get_or_insert_with(|| {
            let mut counts = Counts::default();
            self.shelf.count(&mut counts, &wanted.1, &scope.today);
            (wanted, counts)
        });
        let mut counts = *open;
        for (task_type, archived) in archived {
            let count = &mut counts.archive[Counts::place_of(task_type, types)];
            *count = count.saturating_add(usize::try_from(archived).unwrap_or(usize::MAX));
        }
        Ok(counts)
    }

    /// How many of the marked tasks no list shows.
    fn hidden(&self, scope: &Scope, marks: &[TaskNumber], inbox: &Ranks, future: &Ranks) -> Result<usize> {
        if marks.is_empty() {
            return Ok(0);
        }
        let mut rest: HashSet<_> = marks.iter().copied().collect();
        for task in inbox.tasks.iter().chain(&future.tasks) {
            rest.remove(task);
        }
        let archived = self.repository.tasks(&rest.iter().copied().collect::<Vec<_>>())?;
        let is_found = |task| self.found.as_ref().is_none_or(|found| found.is_in_archive(task));
        let is_shown = |stored: &&StoredTask| is_archived(scope, stored) && is_found(stored.number);
        Ok(rest.len() - archived.iter().filter(is_shown).count())
    }

    fn done_since_midnight(&self, scope: &Scope) -> Result<usize> {
        let midnight: DateTime<Utc> = scope.today.zone.start_of_day(scope.today.day);
        let filter = filter(scope, TypeSet::ALL);
        let (mut done, mut from) = (0, ArchiveFrom::Position(0));
        loop {
            let page = self.repository.archive(&filter, from, DONE_ROWS)?;
            let is_recent = |row: &&StoredTask| row.completed.is_some_and(|c| c.at >= midnight);
            let recent = page.rows.iter().take_while(is_recent).count();
            done += recent;
            match page.rows.last() {
                Some(last) if recent == DONE_ROWS => {
                    from = ArchiveFrom::After { task: last.number, rank: page.first + DONE_ROWS as u64 - 1 };
                }
                _ => return Ok(done),
            }
        }
    }

    fn card(&self, task: TaskNumber, lead: Option<&LeadId>, contact: Option<&ContactId>) -> Result<Card> {
        let others = match lead {
            Some(lead) => self.repository.open_of_lead(lead, MOST_BESIDE)?,
            None => Vec::new(),
        };
        let others = others.into_iter().filter(|other| other.number != task).map(Arc::new).collect();
        let number = match (lead, contact) {
            (Some(lead), Some(contact)) => self.repository.number_of_contact(lead, contact)?,
            _ => None,
        };
        Ok(Card { others, history: self.repository.history(Some(task), MOST_BESIDE as u64)?, number })
    }

    fn whole(&mut self, list: ListName, scope: &Scope) -> Result<Vec<TaskNumber>> {
        self.refresh(scope)?;
        let (inbox, future) = self.ranks(scope)?;
        if let (ListName::Archive, Some(found)) = (list, self.found_archive(scope)?) {
            return Ok(found.tasks);
        }
        match list {
            ListName::Inbox => Ok(inbox.tasks),
            ListName::Future => Ok(future.tasks),
            ListName::Archive => {
                let filter = filter(scope, scope.types.clone());
                let mut numbers = self.repository.archive_numbers(&filter)?;
                if let Some(guest) = self.guest(scope, &filter)? {
                    numbers.insert(guest.rank.min(numbers.len()), guest.row.number);
                }
                Ok(numbers)
            }
        }
    }
}

impl Reader {
    /// Names that have the text in them; those that begin with it first.
    fn names(&self, of: Field, text: &str, lead: Option<&LeadId>) -> Result<Vec<Name>> {
        let wanted = text.trim().to_lowercase();
        let mut names: Vec<Name> = match of {
            Field::Lead => named(self.repository.leads_named(text.trim(), Likeness::Part, MOST_NAMES)?),
            // A contact belongs to one lead: where that is named, no other's would do.
            Field::Contact if lead.is_none() && wanted.is_empty() => Vec::new(),
            Field::Contact => named(self.repository.contacts_named(text.trim(), Likeness::Part, lead, MOST_NAMES)?),
            Field::Rep => {
                let reps = self.repository.reps()?.into_iter().map(|(rep, _)| rep);
                let fits = |name: &Name| name.words().to_lowercase().contains(&wanted) || name.id == text.trim();
                named(reps.collect()).into_iter().filter(fits).collect()
            }
            Field::Text | Field::Date | Field::Phone => Vec::new(),
        };
        names.sort_by_key(|name| {
            let words = name.words().to_lowercase();
            (words != wanted, !words.starts_with(&wanted), words)
        });
        Ok(names)
    }

    fn overdue(&mut self, scope: &Scope) -> Result<Vec<TaskNumber>> {
        self.refresh(scope)?;
        let (inbox, _) = self.ranks(scope)?;
        Ok(inbox.overdue().to_vec())
    }
}

/// The first moment that is later.
fn after(at: DateTime<Utc>) -> DateTime<Utc> {
    at.checked_add_signed(chrono::TimeDelta::microseconds(1)).unwrap_or(at)
}

fn named<I: AsRef<str>>(parties: Vec<Party<I>>) -> Vec<Name> {
    parties.iter().filter_map(Name::of).collect()
}

fn filter(scope: &Scope, types: TypeSet) -> Filter {
    Filter { types, people: scope.people.clone(), ..Filter::default() }
}

fn is_archived(scope: &Scope, stored: &StoredTask) -> bool {
    let task = &stored.task;
    let person = match &scope.people {
        People::Everyone => true,
        People::Rep(rep) => task.rep.id.as_ref() == Some(rep),
    };
    let passes = person && scope.types.contains_name(task.body.wire_name());
    task.is_complete && (passes || scope.keep == Some(stored.number))
}
