//! What people type, turned into tasks, reps, leads and types of the file.

use super::error::Error;
use crate::domain::fields;
use crate::domain::filter::{Aliases, Others, People, TypeSet};
use crate::domain::kind::TaskType;
use crate::domain::query::{self, Problem, QueryError, Search};
use crate::domain::task::{ContactId, LeadId, Party, RepId, TaskNumber};
use crate::domain::view::Today;
use crate::repository::{self, ContactOfOther, Likeness, Reference, Repository};

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
    #[error("there is no lead {text:?}; {}", like_hint(.like, "its whole name is needed, or its id"))]
    NoLead {
        /// As typed.
        text: String,
        /// Names that hold it.
        like: Vec<String>,
    },
    /// No contact has this id or name.
    #[error("there is no contact {text:?}; {}", like_hint(.like, "their whole name is needed, or their id"))]
    NoContact {
        /// As typed.
        text: String,
        /// Names that hold it.
        like: Vec<String>,
    },
    /// A contact belongs to one lead, and it is not the task's.
    #[error(
        "{contact} is a contact of {of}, not of {lead}; {}, or change the lead too; written as ids, {} go together",
        own_hint(.own), .ids
    )]
    ContactOfOther {
        /// The contact.
        contact: String,
        /// The lead that the file knows it of.
        of: String,
        /// The task's lead.
        lead: String,
        /// Contacts of that lead.
        own: Vec<String>,
        /// The ids of the lead and the contact, in words: Close may have made two leads one since.
        ids: Box<str>,
    },
    /// Several have this name.
    #[error("{text:?} is the name of several {what}s: {}; write the id", .candidates.join(", "))]
    Several {
        /// `rep`, `lead` or `contact`.
        what: &'static str,
        /// As typed.
        text: String,
        /// Their ids.
        candidates: Vec<String>,
    },
    /// No search has this name.
    #[error("there is no saved search {text:?}; {}", saved_hint(.known))]
    NoSaved {
        /// As typed.
        text: String,
        /// The names that there are.
        known: Vec<String>,
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
    /// An empty list of types, which would show nothing.
    #[error("no type is named; types look like missed_call,voicemail, and all is every type")]
    NoType,
    /// A field that neither Close's documentation nor the file has.
    #[error("unknown field {text:?}; {}", field_hint(.nearest))]
    Field {
        /// As typed.
        text: String,
        /// The one that is most like it.
        nearest: Option<String>,
    },
}

fn like_hint(like: &[String], otherwise: &str) -> String {
    match like {
        [] => otherwise.to_owned(),
        [one] => format!("did you mean {one}?"),
        several => format!("did you mean {}?", several.join(" or ")),
    }
}

fn saved_hint(known: &[String]) -> String {
    match known {
        [] => "on the screen, a search is saved by its command save".to_owned(),
        known => format!("there are {}", known.join(", ")),
    }
}

fn own_hint(own: &[String]) -> String {
    match own {
        [] => "name a contact of that lead by its id".to_owned(),
        some => format!("name one of its own: {}", some.join(", ")),
    }
}

fn field_hint(nearest: &Option<String>) -> String {
    match nearest {
        Some(nearest) => format!("did you mean {nearest}?"),
        None => "repbox list --output json shows which there are".to_owned(),
    }
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

/// At most so many names that hold what was typed are offered.
const MOST_LIKE: usize = 4;

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

/// The rep of an id, a name in any letter case, or `me`: whoever the settings say. An id
/// that only looks like a rep's is taken as one whose name nobody knows yet.
///
/// # Errors
/// When nobody, or several, are named so; when nothing says who `me` is; or the file
/// cannot be read.
pub fn rep(repository: &Repository, text: &str, me: Option<&str>) -> super::Result<Party<RepId>> {
    let reps: Vec<Party<RepId>> = repository.reps()?.into_iter().map(|(rep, _)| rep).collect();
    Ok(rep_among(&reps, text, me)?)
}

/// Who sits here: `None` where the settings do not say it; why, where they name nobody whom
/// the file knows, or several.
///
/// # Errors
/// When the file cannot be read.
pub fn who_is_here(
    repository: &Repository,
    me: Option<&str>,
) -> super::Result<Result<Option<Party<RepId>>, FindError>> {
    match rep(repository, "me", me) {
        Ok(rep) => Ok(Ok(Some(rep))),
        Err(Error::Find(FindError::WhoAmI)) => Ok(Ok(None)),
        Err(Error::Find(unknown)) => Ok(Err(unknown)),
        Err(other) => Err(other),
    }
}

/// The names under which the history may have who sits here: those that the file has had
/// for the rep, and what the settings say.
///
/// # Errors
/// When the file cannot be read.
pub fn aliases(repository: &Repository, rep: Option<&RepId>, me: Option<&str>) -> super::Result<Aliases> {
    let names = rep.map_or(Ok(Vec::new()), |rep| repository.names_of_rep(rep))?;
    Ok(names.iter().map(String::as_str).chain(me).collect())
}

/// As [`rep`], of reps that are at hand.
///
/// # Errors
/// As [`rep`].
pub fn rep_among(reps: &[Party<RepId>], text: &str, me: Option<&str>) -> Result<Party<RepId>, FindError> {
    let text = if text.eq_ignore_ascii_case("me") { me.ok_or(FindError::WhoAmI)? } else { text };
    if let Some(rep) = reps.iter().find(|rep| rep.id.as_ref().is_some_and(|id| id.as_str() == text)) {
        return Ok(rep.clone());
    }
    let wanted = text.to_lowercase();
    let named = reps.iter().filter(|rep| rep.shown_name().is_some_and(|name| name.to_lowercase() == wanted));
    match one_of("rep", text, named.cloned().collect(), RepId::as_str)?.or_else(|| unheard_of(text, "user_")) {
        Some(rep) => Ok(rep),
        None => {
            let mut known: Vec<String> = reps.iter().filter_map(Party::shown_name).map(str::to_owned).collect();
            let likeness = |name: &String| strsim::jaro_winkler(&wanted, &name.to_lowercase());
            known.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
            known.truncate(MOST_NAMES);
            Err(FindError::NoRep { text: text.to_owned(), known })
        }
    }
}

/// As [`rep`], to show that rep's tasks.
///
/// # Errors
/// As [`rep`].
pub fn people(repository: &Repository, text: &str, me: Option<&str>) -> super::Result<People> {
    Ok(rep(repository, text, me)?.id.map_or(People::Everyone, People::Rep))
}

/// The lead of an id, or of a name in any letter case.
///
/// # Errors
/// When no lead, or several, are named so; or the file cannot be read.
pub fn lead(repository: &Repository, text: &str) -> super::Result<Party<LeadId>> {
    let leads = repository.leads_named(text, Likeness::Whole, MOST_NAMES)?;
    let found = one_of("lead", text, leads, LeadId::as_str)?.or_else(|| unheard_of(text, "lead_"));
    if let Some(lead) = found {
        return Ok(lead);
    }
    let like = like(text, |text, likeness| repository.leads_named(text, likeness, MOST_LIKE))?;
    Err(FindError::NoLead { text: text.to_owned(), like }.into())
}

/// The beginnings of a name that are looked for have so many characters: each costs a walk.
const STARTS: std::ops::Range<usize> = 3..24;

/// Names that hold the text, else those that share the longest beginning with it.
fn like<I>(
    text: &str,
    find: impl Fn(&str, Likeness) -> repository::Result<Vec<Party<I>>>,
) -> repository::Result<Vec<String>> {
    let ends = text.char_indices().map(|(end, _)| end).take(STARTS.end).skip(STARTS.start);
    let starts = ends.collect::<Vec<_>>().into_iter().rev().map(|end| (&text[..end], Likeness::Start));
    for (text, likeness) in [(text, Likeness::Part)].into_iter().chain(starts) {
        let found = names_of(&find(text, likeness)?);
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Their names, each once.
fn names_of<I>(parties: &[Party<I>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in parties.iter().filter_map(Party::shown_name) {
        if names.iter().all(|known| known != name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The contact of an id, or of a name in any letter case: the lead's, where it has one.
///
/// # Errors
/// When no contact, or several, are named so; or the file cannot be read.
pub fn contact(repository: &Repository, text: &str, lead: Option<&LeadId>) -> super::Result<Party<ContactId>> {
    let of_lead = match lead {
        Some(lead) => repository.contacts_named(text, Likeness::Whole, Some(lead), MOST_NAMES)?,
        None => Vec::new(),
    };
    let contacts = match of_lead.is_empty() {
        true => repository.contacts_named(text, Likeness::Whole, None, MOST_NAMES)?,
        false => of_lead,
    };
    let found = one_of("contact", text, contacts, ContactId::as_str)?.or_else(|| unheard_of(text, "cont_"));
    if let Some(contact) = found {
        return Ok(contact);
    }
    let like = like(text, |text, likeness| repository.contacts_named(text, likeness, None, MOST_LIKE))?;
    Err(FindError::NoContact { text: text.to_owned(), like }.into())
}

/// Says of a contact of another lead which contacts would do.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn contact_of_other(repository: &Repository, refused: &ContactOfOther) -> super::Result<FindError> {
    let ContactOfOther { contact, of, lead } = refused;
    let own = repository.contacts_named("", Likeness::Part, lead.id.as_ref(), MOST_LIKE)?;
    let ids = format!("{} and {}", id_of(lead), id_of(contact)).into();
    let (contact, of, lead) = (called(contact), called(of), called(lead));
    Ok(FindError::ContactOfOther { contact, of, lead, own: names_of(&own), ids })
}

/// A name, else the id.
fn called<I: AsRef<str>>(party: &Party<I>) -> String {
    party.shown_name().map_or_else(|| id_of(party), str::to_owned)
}

fn id_of<I: AsRef<str>>(party: &Party<I>) -> String {
    party.id.as_ref().map_or_else(String::new, |id| id.as_ref().to_owned())
}

/// Reads a query of the search language. `me` names the rep that `rep:me` means.
///
/// # Errors
/// When a term is not understood: which one, and what works; when a type is neither Close's
/// nor the file's; or the file cannot be read.
pub fn search(repository: &Repository, text: &str, today: &Today, me: Option<&str>) -> super::Result<Search> {
    let not_read = |error| Error::Query { text: text.to_owned(), error };
    let search = match (query::parse(text, today, None), me) {
        // Who sits here need be known only where the query asks for it.
        (Err(QueryError { problem: Problem::WhoAmI, .. }), Some(me)) => {
            let rep = rep(repository, "me", Some(me))?;
            query::parse(text, today, rep.id.as_ref()).map_err(not_read)?
        }
        (read, _) => read.map_err(not_read)?,
    };
    let unknown = |name: &&str| TaskType::from_wire(name).is_none();
    if search.types().any(|name| unknown(&name)) {
        let held = repository.type_names()?;
        let nobodys = search.types().filter(unknown).find(|name| !held.iter().any(|held| held == name));
        if let Some(name) = nobodys {
            return Err(FindError::Type { text: name.to_owned(), nearest: nearest_type(name) }.into());
        }
    }
    Ok(search)
}

/// What looks like an id of Close's may be somebody whom the file does not name yet.
fn unheard_of<I: From<String>>(text: &str, prefix: &str) -> Option<Party<I>> {
    let is_id = text.strip_prefix(prefix).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric()));
    (is_id && text.len() > prefix.len()).then(|| Party { id: Some(I::from(text.to_owned())), name: None })
}

/// The only one of several parties of one name; `None` where there is none.
fn one_of<I: Clone>(
    what: &'static str,
    text: &str,
    mut named: Vec<Party<I>>,
    id_text: fn(&I) -> &str,
) -> Result<Option<Party<I>>, FindError> {
    if named.len() < 2 {
        return Ok(named.pop());
    }
    let candidates = named.iter().filter_map(|party| party.id.as_ref()).map(id_text).map(str::to_owned).collect();
    Err(FindError::Several { what, text: text.to_owned(), candidates })
}

/// The types of a comma list: Close's names, names that the file holds, `other` for all
/// that this version does not know, `all`.
///
/// # Errors
/// When a name is neither, or there is none; or the file cannot be read.
pub fn types(repository: &Repository, text: &str) -> super::Result<TypeSet> {
    let held = match TypeSet::from_words(text).others() {
        Others::Named(_) => repository.type_names()?,
        Others::None | Others::All => Vec::new(),
    };
    Ok(types_among(text, |name| held.iter().any(|held| held == name))?)
}

/// As [`types`], where it is known which names the file holds.
///
/// # Errors
/// When a name is neither Close's nor held, or there is none.
pub fn types_among(text: &str, is_held: impl Fn(&str) -> bool) -> Result<TypeSet, FindError> {
    if text.split(',').all(|name| name.trim().is_empty()) {
        return Err(FindError::NoType);
    }
    let types = TypeSet::from_words(text);
    let Others::Named(names) = types.others() else { return Ok(types) };
    match names.iter().find(|name| !is_held(name)) {
        None => Ok(types),
        Some(name) => Err(FindError::Type { text: name.clone(), nearest: nearest_type(name) }),
    }
}

/// The documented type that a name is most like, if it is like any.
fn nearest_type(text: &str) -> Option<TaskType> {
    let wanted = text.to_lowercase().replace('-', "_");
    let likeness = |t: &TaskType| strsim::jaro_winkler(&wanted, t.wire_name());
    TaskType::ALL.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|t| likeness(t) > 0.75)
}

/// The names of all fields that Close documents, then those that only the file has.
///
/// # Errors
/// When the file cannot be read.
pub fn field_names(repository: &Repository) -> super::Result<Vec<String>> {
    let held = repository.field_names()?;
    let others = held.into_iter().filter(|name| !fields::NAMES.contains(&name.as_str()));
    Ok(fields::NAMES.map(str::to_owned).into_iter().chain(others).collect())
}

/// Checks names of fields that were typed, and gives each once: a record with a name
/// twice has no one meaning.
///
/// # Errors
/// When a task cannot have one of them; or the file cannot be read.
pub fn chosen_fields(repository: &Repository, texts: &[String]) -> super::Result<Vec<String>> {
    let known = field_names(repository)?;
    let Some(text) = texts.iter().find(|text| !known.contains(text)) else {
        let first = |(at, text): &(usize, &String)| !texts[..*at].contains(text);
        return Ok(texts.iter().enumerate().filter(first).map(|(_, text)| text.clone()).collect());
    };
    let wanted = text.to_lowercase().replace('-', "_");
    let likeness = |name: &String| strsim::jaro_winkler(&wanted, name);
    let nearest = known.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    Err(FindError::Field { text: text.clone(), nearest: nearest.filter(|name| likeness(name) > 0.75) }.into())
}
