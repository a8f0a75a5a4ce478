//! What columns and the index of words tell of a search: a condition that every match
//! fulfils, and rows of which every match is one. The condition holds numbers only, never a
//! text of anybody's. What neither tells, the tasks themselves do.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::Connection;

use super::hits::{Asked, Hits};
use crate::domain::kind::TaskType;
use crate::domain::query::term::{Days, Moment, State, Term, Test, Thing};
use crate::domain::query::{Beside, Search};
use crate::domain::task::{StoredTask, TaskNumber};
use crate::domain::view::Today;
use crate::repository::row::{HAS_NOTES, PINNED, SNOOZED, days};
use crate::repository::{Repository, unsent};

/// A search as far as columns and the index tell it, and the rest.
pub(in crate::repository) struct Sieve<'q> {
    search: &'q Search,
    today: &'q Today,
    beside: Beside,
    sql: String,
    is_exact: bool,
    is_few: bool,
    /// What the index of words has not been asked yet.
    unasked: Vec<Asked>,
    /// The rows in which the index finds all words that are asked for.
    within: Option<Hits>,
    /// The rows in which it finds a word that excludes.
    without: Option<Hits>,
    is_confirmed: bool,
}

impl Sieve<'_> {
    /// The day on which the search is asked.
    pub(in crate::repository) fn today(&self) -> &Today {
        self.today
    }

    /// ` AND …`, or nothing.
    pub(in crate::repository) fn sql(&self) -> &str {
        &self.sql
    }

    /// Asks each task again of which the index tells: for changes, and where it is read anyway.
    #[must_use]
    pub(in crate::repository) fn confirmed(self) -> Self {
        Sieve { is_confirmed: true, ..self }
    }

    /// Whether every row that fulfils the condition and [may match](Sieve::may_match) does:
    /// no task need be read.
    pub(in crate::repository) fn is_exact(&self) -> bool {
        let asked_index = self.within.is_some() || self.without.is_some();
        self.is_exact && self.unasked.is_empty() && !(asked_index && self.is_confirmed)
    }

    /// Whether few rows are left, by number, by lead or by a rare word: they are searched
    /// for, not walked to.
    pub(in crate::repository) fn is_few(&self) -> bool {
        self.is_few || self.within.as_ref().is_some_and(|hits| hits.count() <= FEW_HITS)
    }

    /// The rows of which every match is one, where the index tells them.
    pub(in crate::repository) fn hits(&self) -> Option<&Hits> {
        self.within.as_ref()
    }

    /// Whether the index lets a row through.
    pub(in crate::repository) fn may_match(&self, number: i64) -> bool {
        self.within.as_ref().is_none_or(|hits| hits.has(number))
            && !self.without.as_ref().is_some_and(|hits| hits.has(number))
    }

    /// Whether a task that fulfils the condition matches.
    pub(in crate::repository) fn lets_through(&self, task: &StoredTask) -> bool {
        self.search.matches(task, &self.beside, self.today)
    }
}

impl Repository {
    /// What columns and the index of words tell of a search, where it is `today`.
    pub(in crate::repository) fn sieve<'q>(&self, search: &'q Search, today: &'q Today) -> rusqlite::Result<Sieve<'q>> {
        self.coarse_sieve(search, today)?.asked(&self.conn)
    }

    /// What columns alone tell of a search.
    pub(in crate::repository) fn coarse_sieve<'q>(
        &self,
        search: &'q Search,
        today: &'q Today,
    ) -> rusqlite::Result<Sieve<'q>> {
        let mut beside = Beside { joined: joined(&self.conn, search)?, ..Beside::default() };
        if search.asks_for_unsent() {
            beside.unsent = unsent::tasks(&self.conn, &self.shapes)?;
        }
        let (sql, is_exact, is_few) = (String::new(), true, false);
        let (unasked, within, without, is_confirmed) = (Vec::new(), None, None, false);
        let mut sieve = Sieve { search, today, beside, sql, is_exact, is_few, unasked, within, without, is_confirmed };
        for term in search.terms() {
            if let Some(asked) = Asked::of(term) {
                sieve.unasked.push(asked);
                continue;
            }
            let told = term.any.iter().map(|test| sieve.told(&self.conn, test));
            let told = told.collect::<rusqlite::Result<Vec<_>>>()?;
            sieve.take(term, &told);
        }
        Ok(sieve)
    }
}

/// A condition that holds wherever a test does. It is true or false, never null.
struct Told {
    sql: String,
    /// Whether the test holds wherever the condition does.
    is_exact: bool,
    /// Whether it names few rows.
    is_few: bool,
}

impl Told {
    fn exactly(sql: String) -> Told {
        Told { sql, is_exact: true, is_few: false }
    }

    fn about(sql: String) -> Told {
        Told { sql, is_exact: false, is_few: false }
    }
}

/// A longer list of numbers is no condition any more.
const MOST_NUMBERS: usize = 50_000;
/// More leads have more tasks than are searched for one by one.
const FEW: usize = 500;
/// So many tasks with a rare word are read faster than they are met on a walk.
const FEW_HITS: usize = 2000;
/// A number that no row has: an empty list would have SQLite refuse the index that a
/// walk names.
const NO_ROW: i64 = -1;

impl Sieve<'_> {
    /// What matches a term fulfils one of its conditions, if each of its tests has one;
    /// what matches an excluding one fulfils none of those that are exact.
    fn take(&mut self, term: &Term, told: &[Option<Told>]) {
        self.is_exact &= told.iter().all(|told| told.as_ref().is_some_and(|told| told.is_exact));
        let known: Vec<&Told> = told.iter().flatten().collect();
        if term.excludes {
            for told in known.iter().filter(|told| told.is_exact) {
                self.sql.push_str(&format!(" AND NOT ({})", told.sql));
            }
        } else if known.len() == told.len() {
            let any: Vec<String> = known.iter().map(|told| format!("({})", told.sql)).collect();
            self.sql.push_str(&format!(" AND ({})", any.join(" OR ")));
            self.is_few |= known.iter().all(|told| told.is_few);
        }
    }

    /// Asks the index of words, unless columns leave few rows: those are read faster.
    pub(in crate::repository) fn asked(self, conn: &Connection) -> rusqlite::Result<Self> {
        self.asked_for(conn, usize::MAX).map(|(sieve, _)| sieve)
    }

    /// As [`Sieve::asked`], and whether it was: not where a word has more than `most` rows.
    pub(in crate::repository) fn asked_for(mut self, conn: &Connection, most: usize) -> rusqlite::Result<(Self, bool)> {
        if self.is_few {
            return Ok((self, true));
        }
        let mut told = Vec::new();
        // What only may hold a word that excludes may match all the same.
        for asked in self.unasked.iter().filter(|asked| asked.is_exact || !asked.excludes) {
            match Hits::of(conn, asked, most)? {
                Some(hits) => told.push((asked.excludes, hits)),
                None => return Ok((self, false)),
            }
        }
        self.is_exact &= self.unasked.iter().all(|asked| asked.is_exact);
        self.unasked.clear();
        for (excludes, hits) in told {
            let all = if excludes { &mut self.without } else { &mut self.within };
            *all = Some(match all.take() {
                Some(others) if excludes => others.or(&hits),
                Some(others) => others.and(&hits),
                None => hits,
            });
        }
        Ok((self, true))
    }

    fn told(&self, conn: &Connection, test: &Test) -> rusqlite::Result<Option<Told>> {
        Ok(match test {
            Test::Text(..) => None,
            Test::Type(name) => Some(Told::exactly(of_type(conn, name)?)),
            Test::AnyType => Some(Told::exactly("1".to_owned())),
            Test::OtherType => Some(Told::exactly(format!("type >= {}", TaskType::COUNT))),
            Test::Is(state) => self.state(*state),
            Test::Has(Thing::Note) => Some(Told::exactly(flag(HAS_NOTES))),
            Test::Has(Thing::Phone) | Test::Phone(_) => Some(Told::about(has_number())),
            Test::Has(Thing::Attachment) => Some(Told::about(one_of([TaskType::IncomingSms]))),
            Test::Has(Thing::Recording) => {
                Some(Told::about(one_of([TaskType::Voicemail, TaskType::AnsweredDetachedCall])))
            }
            Test::Lead(name, id) => party(conn, &LEAD, |held, its| held == id || its.is_some_and(|n| name.is_in(n)))?,
            Test::Contact(name, id) => {
                party(conn, &CONTACT, |held, its| held == id || its.is_some_and(|n| name.is_in(n)))?
            }
            Test::Rep(name, id) => party(conn, &REP, |held, its| held == id || its.is_some_and(|n| name.is_in(n)))?,
            Test::RepId(id) => party(conn, &Party { name: None, ..REP }, |held, _| held == id.as_str())?,
            Test::When(moment, days) => Some(Told::exactly(self.when(*moment, *days))),
            Test::Dateless => Some(Told::exactly("day IS NULL AND at IS NULL".to_owned())),
            Test::Number(number) => numbers([number.0]),
            Test::Id(id) => numbers(by_id(conn, id)?.into_iter().chain(self.joined_to(id))),
        })
    }

    fn state(&self, state: State) -> Option<Told> {
        let open = |days: Days| Told::exactly(format!("state = 0 AND {}", self.when(Moment::Date, days)));
        let day = self.today.day;
        Some(match state {
            State::Overdue => open(Days { from: None, to: Some(day.pred_opt()?) }),
            State::Today => open(Days { from: Some(day), to: Some(day) }),
            State::Future => open(Days { from: Some(day.succ_opt()?), to: None }),
            State::Done => Told::exactly("state = 1".to_owned()),
            State::Open => Told::exactly("state = 0".to_owned()),
            State::Pinned => Told::exactly(flag(PINNED)),
            State::Snoozed => Told::about(snoozed()),
            State::Callable => Told::about(has_number()),
            State::Unsent => return numbers(self.beside.unsent.iter().map(|n| n.0)),
        })
    }

    /// That a date lies in a range of local days: the days of date-only tasks, and the
    /// moments at which these days begin and end in the zone.
    fn when(&self, moment: Moment, range: Days) -> String {
        let start = |day: NaiveDate| self.today.zone.start_of_day(day).timestamp_micros();
        let (from, to) = (range.from.map(start), range.to.and_then(|day| day.succ_opt()).map(start));
        match moment {
            Moment::Date => {
                let (first, behind) = (range.from.map(days), range.to.map(|day| days(day) + 1));
                format!("({} OR {})", within("day", first, behind), within("at", from, to))
            }
            // The least number stands for no creation.
            Moment::Created => within("created", Some(from.unwrap_or(i64::MIN + 1)), to),
            Moment::Done => within("done_at", from, to),
        }
    }

    fn joined_to(&self, id: &str) -> impl Iterator<Item = i64> {
        self.beside.joined.get(id).into_iter().flatten().map(|n| n.0)
    }
}

fn within(column: &str, from: Option<i64>, behind: Option<i64>) -> String {
    let from = from.map_or_else(String::new, |from| format!(" AND {column} >= {from}"));
    let behind = behind.map_or_else(String::new, |behind| format!(" AND {column} < {behind}"));
    format!("({column} IS NOT NULL{from}{behind})")
}

fn flag(bit: i64) -> String {
    format!("(flags & {bit}) <> 0")
}

/// That the type is one of these.
fn one_of(types: impl IntoIterator<Item = TaskType>) -> String {
    format!("type IN ({})", list(types.into_iter().map(|t| t.index() as i64)))
}

/// That the type is one whose tasks may have a number.
pub(in crate::repository) fn has_number() -> String {
    one_of(TaskType::ALL.into_iter().filter(|t| t.has_number()))
}

fn list(numbers: impl IntoIterator<Item = i64>) -> String {
    let numbers: Vec<String> = numbers.into_iter().chain([NO_ROW]).map(|n| n.to_string()).collect();
    numbers.join(",")
}

/// Put off here, or an inbound task whose date is later than its creation. No zone's
/// day begins more than 18 hours after its midnight in UTC.
fn snoozed() -> String {
    const DAY: i64 = 86_400_000_000;
    let (here, inbound) = (flag(SNOOZED), one_of(TaskType::ALL.into_iter().filter(|t| t.is_inbound())));
    let later =
        format!("(at IS NOT NULL AND at > created OR day IS NOT NULL AND day * {DAY} + {} > created)", DAY / 4 * 3);
    format!("(day IS NOT NULL OR at IS NOT NULL) AND ({here} OR {inbound} AND {later})")
}

fn of_type(conn: &Connection, name: &str) -> rusqlite::Result<String> {
    if let Some(known) = TaskType::from_wire(name) {
        return Ok(format!("type = {}", known.index()));
    }
    let mut select = conn.prepare_cached("SELECT n FROM type WHERE name = ?1")?;
    let found = select.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    Ok(format!("type IN ({})", list(found)))
}

fn numbers(numbers: impl IntoIterator<Item = i64>) -> Option<Told> {
    let numbers: Vec<i64> = numbers.into_iter().collect();
    let sql = || format!("n IN ({})", list(numbers.iter().copied()));
    (numbers.len() <= MOST_NUMBERS).then(|| Told { is_few: true, ..Told::exactly(sql()) })
}

/// Every id that begins with a prefix lies between it and this: no id is so long that
/// more of the last letter would fit behind.
pub(in crate::repository) fn behind(prefix: &str) -> String {
    format!("{prefix}{}", "\u{10ffff}".repeat(crate::domain::task::LONGEST_ID / 4 + 1))
}

fn by_id(conn: &Connection, prefix: &str) -> rusqlite::Result<Vec<i64>> {
    let mut select = conn.prepare_cached("SELECT n FROM task WHERE id >= ?1 AND id < ?2 AND gone = 0 LIMIT ?3")?;
    let found = select.query_map((prefix, behind(prefix), MOST_NUMBERS + 1), |row| row.get(0))?;
    found.collect()
}

/// The tasks that stand for others, by the ids that a search asks for.
fn joined(conn: &Connection, search: &Search) -> rusqlite::Result<HashMap<String, HashSet<TaskNumber>>> {
    let mut select = conn.prepare_cached("SELECT task FROM part WHERE id >= ?1 AND id < ?2")?;
    let mut joined = HashMap::new();
    for id in search.ids() {
        let tasks = select.query_map((id, behind(id)), |row| row.get(0).map(TaskNumber))?;
        joined.insert(id.to_owned(), tasks.collect::<rusqlite::Result<_>>()?);
    }
    Ok(joined)
}

/// Where the parties of one kind stand.
struct Party {
    /// The table, and the column that points at it.
    table: &'static str,
    /// The record's field of the name; `None`: names are not asked for.
    name: Option<&'static str>,
    /// Whether an index finds their tasks.
    is_indexed: bool,
}

const LEAD: Party = Party { table: "lead", name: Some("lead_name"), is_indexed: true };
const CONTACT: Party = Party { table: "contact", name: Some("contact_name"), is_indexed: false };
const REP: Party = Party { table: "rep", name: Some("assigned_to_name"), is_indexed: false };

/// That a task's party is meant: by the numbers of those that are, or of those that are
/// not, whichever are fewer. A name without an id has no number: it is the task's own.
fn party(
    conn: &Connection,
    Party { table, name, is_indexed }: &Party,
    is_meant: impl Fn(&str, Option<&str>) -> bool,
) -> rusqlite::Result<Option<Told>> {
    let (mut meant, mut others) = (Vec::new(), Vec::new());
    let mut select = conn.prepare_cached(&format!("SELECT n, id, name FROM {table}"))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let is_one = is_meant(row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str_or_null()?);
        if is_one { &mut meant } else { &mut others }.push(row.get(0)?);
    }
    if meant.len().min(others.len()) > MOST_NUMBERS {
        return Ok(None);
    }
    let is_few = *is_indexed && meant.len() <= FEW;
    let sql = match meant.len() <= others.len() || is_few {
        true => format!("{table} IS NOT NULL AND {table} IN ({})", list(meant)),
        false => format!("{table} IS NOT NULL AND {table} NOT IN ({})", list(others)),
    };
    let own = match name {
        Some(name) => with_own(conn, name)?,
        None => Vec::new(),
    };
    Ok(Some(match own.is_empty() {
        true => Told { is_few, ..Told::exactly(sql) },
        false => Told::about(format!("{sql} OR {table} IS NULL AND shape IN ({})", list(own))),
    }))
}

/// The shapes of records that hold a field themselves, not in a column.
fn with_own(conn: &Connection, field: &str) -> rusqlite::Result<Vec<i64>> {
    let mut select = conn.prepare_cached("SELECT n FROM shape WHERE instr(template, ?1) > 0")?;
    select.query_map([format!("\"{field}\":1")], |row| row.get(0))?.collect()
}
