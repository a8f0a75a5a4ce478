//! Words that begin as typed: from the file, where they are the file's.

use std::ffi::OsStr;

use clap::CommandFactory;
use clap_complete::engine::CompletionCandidate;

use super::asked::Asked;
use crate::app::find;
use crate::cli::args::Cli;
use crate::cli::output::line;
use crate::cli::topics::TOPICS;
use crate::domain::filter::{Filter, Query, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::order::Order;
use crate::domain::task::{LeadId, Party, RepId, StoredTask, TaskNumber};
use crate::domain::view::View;
use crate::domain::wording;
use crate::domain::zone::Zone;
use crate::repository::{Likeness, Reference, Repository};

/// More would not be read, and would not come at once.
const MOST: usize = 50;

/// A description's width, in cells.
const DESCRIPTION: usize = 60;

/// Numbers of tasks that the command is about, described by what is to be done.
pub(crate) fn tasks(typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = || {
        let (typed, asked) = (typed.to_str()?, Asked::read()?);
        let file = asked.file()?;
        if typed.bytes().all(|b| b.is_ascii_digit()) {
            let tasks = numbered(&file, &asked, typed)?;
            return Some(tasks.iter().map(|task| described(task.number.to_string(), task)).collect());
        }
        Some(match file.resolve(typed).ok()? {
            Reference::Unknown => Vec::new(),
            Reference::Ambiguous(ids) => ids.into_iter().filter_map(|id| word(&id, None)).collect(),
            Reference::One(number) => {
                let tasks = file.tasks(&[number]).ok()?;
                let whole = |task: &StoredTask| task.task.id.as_str().starts_with(typed);
                tasks
                    .iter()
                    .filter(|task| whole(task))
                    .map(|task| described(task.task.id.as_str().to_owned(), task))
                    .collect()
            }
        })
    };
    found().unwrap_or_default()
}

/// Tasks whose numbers begin so: the first of the list, then whatever digits may follow.
fn numbered(file: &Repository, asked: &Asked, typed: &str) -> Option<Vec<StoredTask>> {
    let view = if asked.command == "reopen" { View::Archive } else { View::Open };
    let order = if view == View::Archive { Order::NEWEST_COMPLETION } else { Order::BY_DATE };
    let filter = Filter { types: TypeSet::ALL, ..Filter::default() };
    let today = asked.world.today();
    let mut tasks = file.list(&Query { view, filter, order }, &today, 0, Some(MOST as u64)).ok()?;
    tasks.retain(|task| task.number.to_string().starts_with(typed));
    if let Ok(number) = typed.parse::<i64>() {
        let longer = [(1, 0..1), (10, 0..10), (100, 0..100)];
        let numbers = longer.into_iter().flat_map(|(scale, digits)| {
            digits.filter_map(move |digit| number.checked_mul(scale)?.checked_add(digit).map(TaskNumber))
        });
        let any = matches!(asked.command.as_str(), "show" | "history");
        for task in file.tasks(&numbers.collect::<Vec<_>>()).ok()? {
            let is_meant = any || view.contains(&task.task, &today);
            if is_meant && tasks.iter().all(|other| other.number != task.number) {
                tasks.push(task);
            }
        }
    }
    tasks.truncate(MOST);
    Some(tasks)
}

fn described(value: String, task: &StoredTask) -> CompletionCandidate {
    let text = line(&wording::row_text(&task.task)).cut(DESCRIPTION);
    CompletionCandidate::new(value).help(Some(text.to_string().into()))
}

/// A word that may be typed, and its description; none where typing it would not be harmless.
fn word(value: &str, description: Option<&str>) -> Option<CompletionCandidate> {
    let help = description.map(|text| line(text).cut(DESCRIPTION).to_string().into());
    (line(value).as_str() == value).then(|| CompletionCandidate::new(value).help(help))
}

/// Reps by name, and `me`.
pub(crate) fn reps(typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = || {
        let (typed, asked) = (typed.to_str()?.to_lowercase(), Asked::read()?);
        let reps = asked.file()?.reps().ok()?;
        let open = |count: u64| format!("{count} open");
        let me = asked.world.me.as_deref().filter(|_| "me".starts_with(&typed));
        let named = reps.iter().filter(|(rep, _)| begins(rep, &typed, RepId::as_str)).take(MOST);
        let named = named.filter_map(|(rep, count)| party(rep, RepId::as_str, &open(*count)));
        Some(me.and_then(|name| word("me", Some(name))).into_iter().chain(named).collect())
    };
    found().unwrap_or_default()
}

fn begins<I>(party: &Party<I>, typed: &str, id: fn(&I) -> &str) -> bool {
    let name = party.shown_name().is_some_and(|name| name.to_lowercase().starts_with(typed));
    name || party.id.as_ref().is_some_and(|i| !typed.is_empty() && id(i).to_lowercase().starts_with(typed))
}

/// A party by its name, or by its id where no name can be typed.
fn party<I>(party: &Party<I>, id: fn(&I) -> &str, description: &str) -> Option<CompletionCandidate> {
    let id = party.id.as_ref().map(id);
    party.shown_name().and_then(|name| word(name, Some(description))).or_else(|| word(id?, party.shown_name()))
}

/// Leads by name, the newest first.
pub(crate) fn leads(typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = || {
        let (typed, asked) = (typed.to_str()?, Asked::read()?);
        let leads = asked.file()?.leads_named(typed, Likeness::Start, MOST).ok()?;
        Some(leads.iter().filter_map(|lead| party(lead, LeadId::as_str, "")).collect())
    };
    found().unwrap_or_default()
}

/// Contacts by name: the lead's, where one is named, or the edited task has one.
pub(crate) fn contacts(typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = || {
        let (typed, asked) = (typed.to_str()?, Asked::read()?);
        let file = asked.file()?;
        let named = |text: &str| find::lead(&file, text).ok();
        let of_task = |text: &str| Some(file.tasks(&[find::task(&file, text).ok()?]).ok()?.pop()?.task.lead);
        let lead = match &asked.lead {
            Some(text) => named(text),
            None => asked.edited.as_deref().and_then(of_task),
        };
        let lead = lead.and_then(|lead| lead.id);
        let contacts = file.contacts_named(typed, Likeness::Start, lead.as_ref(), MOST).ok()?;
        Some(contacts.iter().filter_map(|contact| party(contact, |id| id.as_str(), "")).collect())
    };
    found().unwrap_or_default()
}

/// The last type of a comma list: Close's, the file's, `other` and `all`.
pub(crate) fn types(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let (before, last) = typed.rfind(',').map_or(("", typed), |comma| typed.split_at(comma + 1));
    let held = || Asked::read()?.file()?.type_names().ok();
    let known = || TaskType::ALL.map(|known| known.wire_name().to_owned()).to_vec();
    let names = held().unwrap_or_else(known).into_iter().chain(["other", "all"].map(str::to_owned));
    let label = |name: &str| TaskType::from_wire(name).map(|known| wording::label(Some(known)));
    let begun = names.filter(|name| name.starts_with(last));
    begun.filter_map(|name| word(&format!("{before}{name}"), label(&name))).collect()
}

/// Names of zones, in any letter case.
pub(crate) fn zones(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy().to_lowercase();
    let names = ["local", "utc"].into_iter().chain(Zone::names());
    names.filter(|name| name.to_lowercase().starts_with(&typed)).map(CompletionCandidate::new).collect()
}

/// Names of saved searches, in any letter case.
pub(crate) fn saved(typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = || {
        let (typed, asked) = (typed.to_str()?.to_lowercase(), Asked::read()?);
        let saved = asked.file()?.saved_searches().ok()?;
        let begun = saved.iter().filter(|one| one.name.to_lowercase().starts_with(&typed));
        Some(begun.filter_map(|one| word(&one.name, Some(&one.text))).collect())
    };
    found().unwrap_or_default()
}

/// Names of fields that tasks have.
pub(crate) fn fields(typed: &OsStr) -> Vec<CompletionCandidate> {
    let found = || {
        let (typed, asked) = (typed.to_str()?, Asked::read()?);
        let names = find::field_names(&asked.file()?).ok()?;
        Some(names.iter().filter(|name| name.starts_with(typed)).filter_map(|name| word(name, None)).collect())
    };
    found().unwrap_or_default()
}

/// Names of commands.
pub(crate) fn commands(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let program = Cli::command();
    let begun = program.get_subcommands().filter(|command| command.get_name().starts_with(&*typed));
    begun.map(|command| CompletionCandidate::new(command.get_name()).help(command.get_about().cloned())).collect()
}

/// Names of commands and topics of the help.
pub(crate) fn topics(typed: &OsStr) -> Vec<CompletionCandidate> {
    let begun = typed.to_string_lossy().into_owned();
    let topics = TOPICS.iter().filter(|(topic, _)| topic.starts_with(&*begun));
    let topics = topics.map(|(topic, about)| CompletionCandidate::new(topic).help(Some((*about).into())));
    commands(typed).into_iter().chain(topics).collect()
}
