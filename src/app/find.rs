//! What people type, turned into tasks, reps, leads and types of the file.

use crate::domain::filter::{Others, People, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::task::{LeadId, Party, RepId, TaskNumber};
use crate::repository::{Reference, Repository};

/// A text that names nothing in the file, or too much.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// No such task.
    #[error("there is no task {0:?}; repbox list --view all --type all shows the numbers")]
    NoTask(String),
    /// A prefix of several ids.
    #[error("{text:?} begins several ids: {}; write more of it, or the number", .ids.join(", "))]
    ManyTasks {
        /// The prefix as typed.
        text: String,
        /// The first few of the ids.
        ids: Vec<String>,
    },
    /// Nobody has this id or name.
    #[error("there is no rep {text:?}; {}", names_hint(.known))]
    NoRep {
        /// As typed.
        text: String,
        /// Names that would work.
        known: Vec<String>,
    },
    /// No lead has this id or name.
    #[error("there is no lead {0:?}; its whole name is needed, or its id")]
    NoLead(String),
    /// Several have this name.
    #[error("{text:?} is the name of several {what}s: {}; write the id", .candidates.join(", "))]
    Several {
        /// `rep` or `lead`.
        what: &'static str,
        /// As typed.
        text: String,
        /// Their ids.
        candidates: Vec<String>,
    },
    /// `me`, and nothing says who that is.
    #[error("nothing says who \"me\" is; put your name into the settings file: me = \"Ana Ruiz\"")]
    WhoAmI,
    /// A type that neither Close's documentation nor the file has.
    #[error("unknown type {text:?}; {}", type_hint(*.nearest))]
    Type {
        /// As typed.
        text: String,
        /// The documented one that is most like it.
        nearest: Option<TaskType>,
    },
}

fn names_hint(known: &[String]) -> String {
    if known.is_empty() { "the file names nobody".to_owned() } else { format!("the file names {}", known.join(", ")) }
}

fn type_hint(nearest: Option<TaskType>) -> String {
    match nearest {
        Some(nearest) => format!("did you mean {}?", nearest.wire_name()),
        None => format!("the types are {}, other and all", TaskType::ALL.map(TaskType::wire_name).join(", ")),
    }
}

/// At most so many names are offered.
const MOST_NAMES: usize = 8;

/// The tasks of some numbers, ids or prefixes, in their order.
///
/// # Errors
/// When one of them names no task, or several; or the file cannot be read.
pub fn tasks(repository: &Repository, texts: &[String]) -> super::Result<Vec<TaskNumber>> {
    texts.iter().map(|text| task(repository, text)).collect()
}

/// The task of a number, id or prefix.
///
/// # Errors
/// As [`tasks`].
pub fn task(repository: &Repository, text: &str) -> super::Result<TaskNumber> {
    match repository.resolve(text)? {
        Reference::One(number) => Ok(number),
        Reference::Unknown => Err(FindError::NoTask(text.to_owned()).into()),
        Reference::Ambiguous(ids) => Err(FindError::ManyTasks { text: text.to_owned(), ids }.into()),
    }
}

/// The rep of an id, a name in any letter case, or `me`: whoever the settings say.
///
/// # Errors
/// When nobody, or several, are named so; when nothing says who `me` is; or the file
/// cannot be read.
pub fn people(repository: &Repository, text: &str, me: Option<&str>) -> super::Result<People> {
    let text = if text == "me" { me.ok_or(FindError::WhoAmI)? } else { text };
    let reps: Vec<Party<RepId>> = repository.reps()?.into_iter().map(|(rep, _)| rep).collect();
    if let Some(id) = reps.iter().filter_map(|rep| rep.id.as_ref()).find(|id| id.as_str() == text) {
        return Ok(People::Rep(id.clone()));
    }
    let wanted = text.to_lowercase();
    let named: Vec<_> =
        reps.iter().filter(|rep| rep.shown_name().is_some_and(|name| name.to_lowercase() == wanted)).collect();
    match one_of("rep", text, &named, RepId::as_str)? {
        Some(id) => Ok(People::Rep(id)),
        None => {
            let known = reps.iter().filter_map(Party::shown_name).take(MOST_NAMES).map(str::to_owned).collect();
            Err(FindError::NoRep { text: text.to_owned(), known }.into())
        }
    }
}

/// The lead of an id, or of a name in any letter case.
///
/// # Errors
/// When no lead, or several, are named so; or the file cannot be read.
pub fn lead(repository: &Repository, text: &str) -> super::Result<LeadId> {
    let leads = repository.leads_named(text, MOST_NAMES)?;
    let found = one_of("lead", text, &leads.iter().collect::<Vec<_>>(), LeadId::as_str)?;
    found.ok_or_else(|| FindError::NoLead(text.to_owned()).into())
}

/// The only one of several parties of one name; `None` where there is none.
fn one_of<I: Clone>(
    what: &'static str,
    text: &str,
    named: &[&Party<I>],
    id_text: fn(&I) -> &str,
) -> Result<Option<I>, FindError> {
    let [_, _, ..] = named else { return Ok(named.first().and_then(|only| only.id.clone())) };
    let candidates = named.iter().filter_map(|party| party.id.as_ref()).map(id_text).map(str::to_owned).collect();
    Err(FindError::Several { what, text: text.to_owned(), candidates })
}

/// The types of a comma list: Close's names, names that the file holds, `other` for all
/// that this version does not know, `all`.
///
/// # Errors
/// When a name is neither; or the file cannot be read.
pub fn types(repository: &Repository, text: &str) -> super::Result<TypeSet> {
    let types = TypeSet::from_words(text);
    let Others::Named(names) = types.others() else { return Ok(types) };
    let held = repository.type_names()?;
    match names.iter().find(|name| !held.contains(name)) {
        None => Ok(types),
        Some(name) => Err(FindError::Type { text: name.clone(), nearest: nearest_type(name) }.into()),
    }
}

fn nearest_type(text: &str) -> Option<TaskType> {
    let wanted = text.to_lowercase().replace('-', "_");
    let likeness = |t: &TaskType| strsim::jaro_winkler(&wanted, t.wire_name());
    TaskType::ALL.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|t| likeness(t) > 0.75)
}
