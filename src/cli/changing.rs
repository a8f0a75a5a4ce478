//! `done`, `reopen`, `snooze`, `assign`, `delete`, `edit`, `undo`, `redo`: commands that
//! change tasks, each all or nothing.

use std::collections::HashSet;
use std::io::{self, BufRead, IsTerminal, Write};

use super::World;
use super::args::{Change, EditTask, Reply, Where};
use super::output::{Exit, Failure, line, nothing_matches, say, table};
use crate::app::undo::{self, Direction};
use crate::app::{self, change, find};
use crate::close::wire;
use crate::domain::edit::{Changes, Edit, Field, match_no_longer};
use crate::domain::filter::{Query, TypeSet};
use crate::domain::order::Order;
use crate::domain::query::{Problem, QueryError};
use crate::domain::task::{LeadId, Party, StoredTask, TaskNumber};
use crate::domain::view::{Today, View};
use crate::domain::wording;
use crate::repository::{self, Batch, Repository, Written};

/// An edit of tasks that are named, or of all that match.
///
/// # Errors
/// When a name is none, the question is answered with no, or the file cannot be written.
pub fn edit(world: &World, args: &Change, edit: &Edit, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut repository = world.writer()?;
    let today = world.today();
    let query =
        args.matching.query.as_deref().map(|text| query(world, &repository, text, &args.matching, edit)).transpose()?;
    let numbers = match &query {
        None => each_once(find::tasks(&repository, &args.ids)?),
        Some(query) => matching(&repository, query, &today)?,
    };
    if numbers.is_empty() {
        if args.output != Reply::Table {
            envelope(&[], out)?;
        }
        return Ok(Exit::Done);
    }
    let matched = query.as_ref().map(|query| (query, &today));
    let batch = Batch { lenient: matched.is_some(), matched, ..Batch::new(&numbers, edit, today.now) };
    if args.matching.dry_run {
        let written = change::try_edit(&mut repository, &batch)?;
        return Telling { world, repository: &repository, asked: &numbers, output: args.output }
            .would(edit, &written, out);
    }
    let asks = *edit == Edit::Delete || numbers.len() > change::ASK_ABOVE && query.is_some();
    if asks && !args.yes {
        match confirmed(world, &repository, &numbers, edit)? {
            Answer::Yes => {}
            Answer::No => {
                say("nothing was changed");
                return Ok(Exit::Failed);
            }
            Answer::NobodyToAsk => {
                let tasks = if numbers.len() == 1 { "task" } else { "tasks" };
                let what = format!("{} {tasks} would be {}", numbers.len(), edit.word().to_lowercase());
                say(&format!("repbox: {what} and nobody can be asked; say --yes if it is meant"));
                return Ok(Exit::Usage);
            }
        }
    }
    // A question may have waited long for its answer.
    let written = change::edit(&mut repository, &Batch { now: world.clock.now(), ..batch })?;
    Telling { world, repository: &repository, asked: &numbers, output: args.output }.did(edit, &written, out)
}

/// Tasks that were named twice, perhaps by number and by id, are one.
fn each_once(mut tasks: Vec<TaskNumber>) -> Vec<TaskNumber> {
    let mut named = HashSet::new();
    tasks.retain(|task| named.insert(*task));
    tasks
}

/// `repbox snooze`
///
/// # Errors
/// As [`edit`]; when the date is not understood; when a named task is complete.
pub fn snooze(world: &World, args: &Change, until: &str, out: &mut dyn Write) -> Result<Exit, Failure> {
    edit(world, args, &Edit::Snooze(world.date(until)?.into()), out)
}

/// `repbox assign`
///
/// # Errors
/// As [`edit`]; when nobody, or several, have the name.
pub fn assign(world: &World, args: &Change, to: &str, out: &mut dyn Write) -> Result<Exit, Failure> {
    let reader = world.reader()?;
    let rep = unless_none(to, |text| find::rep(&reader, text, world.me.as_deref()))?;
    edit(world, args, &Edit::Assign(rep), out)
}

/// Which tasks are meant, in the view that the edit is for unless another is named.
fn query(world: &World, repository: &Repository, text: &str, args: &Where, edit: &Edit) -> Result<Query, Failure> {
    let view = args.view.unwrap_or(match edit {
        Edit::Complete(false) => View::Archive,
        _ => View::Open,
    });
    let chosen = super::args::Chosen {
        types: args.types.clone(),
        search: Some(text.to_owned()),
        ..super::args::Chosen::default()
    };
    let filter = world.filter(repository, &chosen, TypeSet::default())?;
    if filter.search.is_empty() {
        let error = QueryError { span: 0..text.len(), problem: Problem::Empty };
        return Err(app::Error::Query { text: text.to_owned(), error }.into());
    }
    Ok(Query { view, filter, order: Order::BY_DATE })
}

fn matching(repository: &Repository, query: &Query, today: &Today) -> Result<Vec<TaskNumber>, Failure> {
    let found = repository.matching(query, today).map_err(app::Error::from)?;
    if found.is_empty() {
        say(&format!("{} Nothing was changed.", nothing_matches(&query.filter.search, query.view)));
    }
    Ok(found)
}

/// What a person says to a question.
pub(super) enum Answer {
    Yes,
    No,
    NobodyToAsk,
}

fn confirmed(world: &World, repository: &Repository, numbers: &[TaskNumber], edit: &Edit) -> Result<Answer, Failure> {
    let today = world.today();
    let tasks = repository.tasks(numbers).map_err(app::Error::from)?;
    let title = tasks.first().map(|task| wording::title(&task.task)).unwrap_or_default();
    let of_today = tasks.iter().filter(|task| is_of_today(task, &today)).count();
    let question = edit.question(numbers.len(), &title, of_today);
    ask(&question)
}

fn is_of_today(task: &StoredTask, today: &Today) -> bool {
    task.task.actionable().is_some_and(|date| today.day_of(date) == today.day)
}

/// Asks on the terminal; the default is no.
pub(super) fn ask(question: &str) -> Result<Answer, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(Answer::NobodyToAsk);
    }
    let mut stderr = io::stderr();
    write!(stderr, "{} ", line(question.trim_end()))?;
    stderr.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let is_yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
    Ok(if is_yes { Answer::Yes } else { Answer::No })
}

/// `repbox edit`
///
/// # Errors
/// When a name is none, the type refuses a field, or the file cannot be written.
pub fn edit_fields(world: &World, args: &EditTask, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut repository = world.writer()?;
    let number = find::task(&repository, &args.id)?;
    let held = repository.tasks(&[number]).map_err(app::Error::from)?;
    let task_type = held.first().and_then(|held| held.task.body.task_type());
    // A name that nobody has matters only where the type has the field at all.
    if let Some(refusal) = args.named().find_map(|field| field.refusal(task_type)) {
        return Err(app::Error::from(repository::Error::Refused { number, refusal }).into());
    }
    let lead = held.first().and_then(|held| held.task.lead.id.as_ref());
    let changes = args.fields.changes(world, &repository, args.text.clone(), lead)?;
    let edit = Edit::Fields(Box::new(changes));
    let batch = Batch::new(std::slice::from_ref(&number), &edit, world.clock.now());
    let written = change::edit(&mut repository, &batch)?;
    Telling { world, repository: &repository, asked: &[number], output: args.output }.did(&edit, &written, out)
}

impl EditTask {
    /// The fields that the options name.
    fn named(&self) -> impl Iterator<Item = Field> {
        let fields = &self.fields;
        [
            (self.text.is_some(), Field::Text),
            (fields.date.is_some(), Field::Date),
            (fields.lead.is_some(), Field::Lead),
            (fields.contact.is_some(), Field::Contact),
            (fields.assigned_to.is_some(), Field::Rep),
            (fields.phone.is_some(), Field::Phone),
        ]
        .into_iter()
        .filter_map(|(is_named, field)| is_named.then_some(field))
    }
}

impl super::args::Fields {
    /// The new values that the options name, of a task that has this lead.
    pub(super) fn changes(
        &self,
        world: &World,
        repository: &Repository,
        text: Option<String>,
        held: Option<&LeadId>,
    ) -> Result<Changes, Failure> {
        let lead = self.lead.as_deref().map(|text| unless_none(text, |text| find::lead(repository, text)));
        let lead = lead.transpose()?;
        let of_lead = lead.as_ref().map_or(held, |lead| lead.id.as_ref());
        let contact = |text: &str| unless_none(text, |text| find::contact(repository, text, of_lead));
        let contact = self.contact.as_deref().map(contact).transpose()?;
        let rep = |text: &str| unless_none(text, |text| find::rep(repository, text, world.me.as_deref()));
        let rep = self.assigned_to.as_deref().map(rep).transpose()?;
        let date = self.date.as_deref().map(|text| world.date(text)).transpose()?;
        let is_by_ids = is_id(self.lead.as_deref(), lead.as_ref()) && is_id(self.contact.as_deref(), contact.as_ref());
        Ok(Changes { text, date, lead, contact, rep, phone: self.phone.clone(), is_by_ids })
    }
}

/// Whether somebody was named by the whole id.
fn is_id<I: AsRef<str>>(text: Option<&str>, party: Option<&Party<I>>) -> bool {
    text.is_some() && text == party.and_then(|party| party.id.as_ref()).map(AsRef::as_ref)
}

/// Nobody, where the text says `none`: what the screen's form makes of an empty field.
fn unless_none<I>(text: &str, find: impl FnOnce(&str) -> app::Result<Party<I>>) -> app::Result<Party<I>> {
    if text == "none" { Ok(Party { id: None, name: None }) } else { find(text) }
}

/// What an edit did, or would do, told on standard output.
struct Telling<'a> {
    world: &'a World,
    repository: &'a Repository,
    /// The tasks in the order in which they were named or found.
    asked: &'a [TaskNumber],
    output: Reply,
}

impl Telling<'_> {
    /// The tasks that would change, and how many would not.
    fn would(&self, edit: &Edit, written: &Written, out: &mut dyn Write) -> Result<Exit, Failure> {
        let tasks = self.tasks(&self.in_order(&written.changed))?;
        match self.output {
            Reply::Table => table(&tasks, &self.world.today(), self.world.colours, out)?,
            Reply::Json => envelope(&tasks, out)?,
        }
        out.flush()?;
        let these = if tasks.len() == 1 { "this task" } else { "these tasks" };
        say(&format!("{these} would be {}: {} in all", edit.word().to_lowercase(), tasks.len()));
        if !written.already.is_empty() {
            say(&format!("{} {}", written.already.len(), edit.already()));
        }
        if let Some((_, why)) = written.refused.first() {
            say(&format!("{} would be left as they are: {why}", written.refused.len()));
        }
        Ok(Exit::Done)
    }

    /// A line for each task, or the envelope of those that changed.
    fn did(&self, edit: &Edit, written: &Written, out: &mut dyn Write) -> Result<Exit, Failure> {
        let changed = match edit {
            Edit::Delete => self.repository.deleted(&self.in_order(&written.changed)).map_err(app::Error::from)?,
            _ => self.tasks(&self.in_order(&written.changed))?,
        };
        if !written.left_out.is_empty() {
            say(&match_no_longer(written.left_out.len()));
        }
        if let Some((_, why)) = written.refused.first() {
            say(&format!("{} left as they were: {why}", written.refused.len()));
        }
        if self.output != Reply::Table {
            return Ok(envelope(&changed, out).map(|()| Exit::Done)?);
        }
        let today = self.world.today();
        let to = match edit {
            Edit::Snooze(until) => format!(" to {}", wording::full_date(until.date(None), &today)),
            Edit::Assign(rep) => {
                format!(" to {}", rep.name_or_id().unwrap_or("nobody"))
            }
            _ => String::new(),
        };
        for task in &changed {
            writeln!(out, "{} {} \"{}\"{}", edit.word(), task.number, line(&wording::title(&task.task)), line(&to))?;
        }
        for task in self.tasks(&self.in_order(&written.already))? {
            let already = capital(edit.already());
            writeln!(out, "{already}: {} \"{}\"", task.number, line(&wording::title(&task.task)))?;
        }
        Ok(Exit::Done)
    }

    /// Sorted tasks in the order in which they were asked for; last, what an email joined.
    fn in_order(&self, sorted: &[TaskNumber]) -> Vec<TaskNumber> {
        let asked: HashSet<_> = self.asked.iter().collect();
        let first = self.asked.iter().filter(|task| sorted.binary_search(task).is_ok());
        first.chain(sorted.iter().filter(|task| !asked.contains(task))).copied().collect()
    }

    fn tasks(&self, numbers: &[TaskNumber]) -> app::Result<Vec<StoredTask>> {
        Ok(self.repository.tasks(numbers)?)
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Tasks in Close's list envelope.
pub(super) fn envelope(tasks: &[StoredTask], out: &mut dyn Write) -> io::Result<()> {
    let data: Vec<String> = tasks.iter().map(|task| wire::object(&task.record, None)).collect();
    writeln!(out, "{{\"data\": [{}], \"has_more\": false, \"total_results\": {}}}", data.join(",\n"), data.len())
}

/// `repbox undo` and `repbox redo`
pub fn restore(world: &World, way: Direction, steps: u64, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut repository: Repository = world.writer()?;
    let word = if way == Direction::Undo { "Undid" } else { "Redid" };
    for restored in undo::go(&mut repository, way, steps, world.clock.now())? {
        let kept = match restored.left_alone.len() {
            0 => String::new(),
            n => format!(" ({n} changed since and left alone)"),
        };
        writeln!(out, "{word}: {}{kept}", line(&restored.step.summary))?;
    }
    Ok(Exit::Done)
}
