//! When a task matches a query.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::fold::Folded;
use super::term::{Moment, Search, State, Test, Thing};
use crate::domain::kind::{Body, Call};
use crate::domain::task::{Note, Party, StoredTask, Task, TaskNumber};
use crate::domain::view::{Today, View};
use crate::domain::wording;

/// What a query may ask of a task that the task itself does not tell.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The tasks changed here and not yet sent; needed only where
    /// [`Search::asks_for_unsent`].
    pub unsent: HashSet<TaskNumber>,
    /// The tasks that stand for others beside themselves, by what [`Search::ids`] asks
    /// for: a thread's task has the ids of all its emails' tasks.
    pub joined: HashMap<String, HashSet<TaskNumber>>,
}

impl Search {
    /// Whether a task matches, where it is `today`.
    pub fn matches(&self, stored: &StoredTask, beside: &Beside, today: &Today) -> bool {
        let subject = Subject { stored, beside, today, texts: OnceCell::new() };
        self.terms.iter().all(|term| term.any.iter().any(|test| test.holds(&subject)) != term.excludes)
    }
}

/// The task that is asked about.
struct Subject<'t> {
    stored: &'t StoredTask,
    beside: &'t Beside,
    today: &'t Today,
    /// Its texts, folded once for all words.
    texts: OnceCell<Vec<Folded>>,
}

impl Subject<'_> {
    fn has(&self, word: &Folded) -> bool {
        let fold = || texts(&self.stored.task, &self.stored.local.notes).map(Folded::new).collect();
        self.texts.get_or_init(fold).iter().any(|text| word.is_part_of(text))
    }
}

impl Test {
    fn holds(&self, subject: &Subject<'_>) -> bool {
        let Subject { stored, beside, today, .. } = subject;
        let task = &stored.task;
        match self {
            Test::Text(text, digits) => {
                let in_number = digits.as_ref().is_some_and(|digits| numbers(&task.body).any(|n| digits.is_in(n)));
                in_number || subject.has(text)
            }
            Test::Type(name) => task.body.wire_name() == name,
            Test::AnyType => true,
            Test::OtherType => task.body.task_type().is_none(),
            Test::Is(state) => is(*state, stored, beside, today),
            Test::Has(thing) => has(*thing, stored),
            Test::Lead(name, id) => is_named(&task.lead, name, id),
            Test::Contact(name, id) => is_named(&task.contact, name, id),
            Test::Rep(name, id) => is_named(&task.rep, name, id),
            Test::RepId(id) => task.rep.id.as_ref() == Some(id),
            Test::Phone(digits) => numbers(&task.body).any(|number| digits.is_in(number)),
            Test::When(moment, days) => {
                let local = |at: DateTime<Utc>| today.zone.day_of(at);
                let day = match moment {
                    Moment::Date => task.actionable().map(|date| today.day_of(date)),
                    Moment::Created => task.created.map(local),
                    Moment::Done => stored.completed.map(|completed| local(completed.at)),
                };
                day.is_some_and(|day| days.contains(day))
            }
            Test::Dateless => task.actionable().is_none(),
            Test::Number(number) => stored.number == *number,
            Test::Id(id) => {
                let stands_for = |tasks: &HashSet<TaskNumber>| tasks.contains(&stored.number);
                task.id.as_str().starts_with(id.as_str()) || beside.joined.get(id).is_some_and(stands_for)
            }
        }
    }
}

fn is(state: State, stored: &StoredTask, beside: &Beside, today: &Today) -> bool {
    let task = &stored.task;
    match state {
        State::Overdue => !task.is_complete && today.is_overdue(task.actionable()),
        State::Today => !task.is_complete && task.actionable().is_some_and(|date| today.day_of(date) == today.day),
        State::Future => View::Future.contains(task, today),
        State::Done => task.is_complete,
        State::Open => !task.is_complete,
        State::Pinned => stored.local.is_pinned,
        State::Snoozed => wording::is_snoozed(stored, today),
        State::Callable => numbers(&task.body).next().is_some(),
        State::Unsent => beside.unsent.contains(&stored.number),
    }
}

fn has(thing: Thing, stored: &StoredTask) -> bool {
    let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    match (thing, &stored.task.body) {
        (Thing::Note, _) => !stored.local.notes.is_empty(),
        (Thing::Phone, body) => numbers(body).next().is_some(),
        (Thing::Attachment, Body::IncomingSms { attachments, .. }) => !attachments.is_empty(),
        (Thing::Recording, Body::Voicemail { voicemail_url, .. }) => given(voicemail_url),
        (Thing::Recording, Body::AnsweredDetachedCall { recording_url, .. }) => given(recording_url),
        (Thing::Attachment | Thing::Recording, _) => false,
    }
}

fn is_named<I: AsRef<str>>(party: &Party<I>, name: &Folded, id: &str) -> bool {
    let has_id = party.id.as_ref().is_some_and(|held| held.as_ref() == id);
    has_id || party.name.as_deref().is_some_and(|held| name.is_in(held))
}

/// The numbers of a task that digits are looked for in.
pub(super) fn numbers(body: &Body) -> impl Iterator<Item = &str> {
    fn of(call: &Call) -> [Option<&str>; 2] {
        [call.phone.as_deref(), call.phone_formatted.as_deref()]
    }
    body.call().map(of).into_iter().flatten().flatten().filter(|number| !number.is_empty())
}

/// Every text of a task that plain words are looked for in.
pub(super) fn texts<'t>(task: &'t Task, notes: &'t [Note]) -> impl Iterator<Item = &'t str> {
    let names = [&task.lead.name, &task.contact.name].into_iter().flatten().map(String::as_str);
    names.chain(numbers(&task.body)).chain(own_texts(task, notes))
}

/// Those texts that are neither names nor numbers.
pub(super) fn own_texts<'t>(task: &'t Task, notes: &'t [Note]) -> Vec<&'t str> {
    let mut texts: Vec<&str> = Vec::new();
    match &task.body {
        Body::Lead { text, .. } | Body::OutgoingCall { text, .. } => texts.extend(text.as_deref()),
        Body::IncomingSms { text, attachments, .. } => {
            texts.extend(text.as_deref());
            texts.extend(attachments.iter().filter_map(|file| file.filename.as_deref()));
        }
        Body::IncomingEmail { subject, body_preview, .. } | Body::EmailFollowup { subject, body_preview, .. } => {
            texts.extend(subject.as_deref().into_iter().chain(body_preview.as_deref()));
        }
        Body::OpportunityDue { note, value_formatted, .. } => {
            texts.extend(note.as_deref().into_iter().chain(value_formatted.as_deref()));
        }
        Body::Unknown { texts: held, .. } => texts.extend(held.iter().map(String::as_str)),
        Body::MissedCall(_) | Body::AnsweredDetachedCall { .. } | Body::Voicemail { .. } => {}
    }
    if let Some(call) = task.body.call() {
        texts.extend(call.description.as_deref());
    }
    texts.extend(notes.iter().map(|note| note.text.as_str()));
    texts
}
