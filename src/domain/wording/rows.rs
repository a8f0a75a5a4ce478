//! Rows in words.

use std::borrow::Cow;

use crate::domain::{
    kind::{Body, Call, TaskType},
    task::Task,
};

/// What a row says where a task has no text at all.
const NO_TEXT: &str = "(no text)";

/// The 4-cell tag: `TODO`, `MAIL`, `FOLL`, `MISS`, `ANSW`, `VM  `, `OPPO`, `SMS `, `CALL`; `OTHR` for `None`. Padded to 4.
pub fn tag(task_type: Option<TaskType>) -> &'static str {
    match task_type {
        Some(TaskType::Lead) => "TODO",
        Some(TaskType::IncomingEmail) => "MAIL",
        Some(TaskType::EmailFollowup) => "FOLL",
        Some(TaskType::MissedCall) => "MISS",
        Some(TaskType::AnsweredDetachedCall) => "ANSW",
        Some(TaskType::Voicemail) => "VM  ",
        Some(TaskType::OpportunityDue) => "OPPO",
        Some(TaskType::IncomingSms) => "SMS ",
        Some(TaskType::OutgoingCall) => "CALL",
        None => "OTHR",
    }
}

/// The sidebar's word: `To-do`, `Email`, `Follow-up`, `Missed call`, `Answered`, `Voicemail`, `Opportunity`, `SMS`, `Call`; `Other`.
pub fn label(task_type: Option<TaskType>) -> &'static str {
    match task_type {
        Some(TaskType::Lead) => "To-do",
        Some(TaskType::IncomingEmail) => "Email",
        Some(TaskType::EmailFollowup) => "Follow-up",
        Some(TaskType::MissedCall) => "Missed call",
        Some(TaskType::AnsweredDetachedCall) => "Answered",
        Some(TaskType::Voicemail) => "Voicemail",
        Some(TaskType::OpportunityDue) => "Opportunity",
        Some(TaskType::IncomingSms) => "SMS",
        Some(TaskType::OutgoingCall) => "Call",
        None => "Other",
    }
}

/// For sentences: `to-dos`, `emails`, `follow-ups`, `missed calls`, `answered calls`, `voicemails`, `opportunities`, `messages`, `calls`; `tasks of other types`.
pub fn plural_label(task_type: Option<TaskType>) -> &'static str {
    match task_type {
        Some(TaskType::Lead) => "to-dos",
        Some(TaskType::IncomingEmail) => "emails",
        Some(TaskType::EmailFollowup) => "follow-ups",
        Some(TaskType::MissedCall) => "missed calls",
        Some(TaskType::AnsweredDetachedCall) => "answered calls",
        Some(TaskType::Voicemail) => "voicemails",
        Some(TaskType::OpportunityDue) => "opportunities",
        Some(TaskType::IncomingSms) => "messages",
        Some(TaskType::OutgoingCall) => "calls",
        None => "tasks of other types",
    }
}

/// The row's text as ux.md section 1 words each type, raw: make it [`Shown`](crate::domain::shown::Shown) before drawing.
pub fn row_text(task: &Task) -> String {
    let (lead, who) = (given(task.lead.name.as_deref()), contact_or_lead(task));
    let words = words(task);
    match &task.body {
        Body::IncomingEmail { emails, .. } => match emails.len() {
            2.. => format!("({}) {}", emails.len(), dashed(words, who)),
            _ => dashed(words, who),
        },
        Body::EmailFollowup { .. } => format!("No reply: {}", dashed(words, who)),
        Body::OpportunityDue { .. } => match lead {
            Some(lead) if words.is_empty() => lead.into_owned(),
            Some(lead) => format!("{lead}, {words}"),
            None => or_no_text(words),
        },
        Body::Unknown { .. } => dashed(words, who),
        // Their words name the one who called or wrote.
        Body::AnsweredDetachedCall { .. } | Body::Voicemail { .. } | Body::IncomingSms { .. } => or_no_text(words),
        Body::MissedCall(_) if words.is_empty() => lead.map_or(NO_TEXT.to_owned(), Cow::into_owned),
        Body::Lead { .. } | Body::MissedCall(_) | Body::OutgoingCall { .. } => dashed(words, lead),
    }
}

/// What a notice calls the task: the to-do's text, the mail's subject, else the row text without the lead. Raw.
pub fn title(task: &Task) -> String {
    let words = words(task);
    if words.is_empty() { row_text(task) } else { words }
}

/// The row's text without the lead and what is said of all tasks of the type; may be empty.
fn words(task: &Task) -> String {
    match &task.body {
        Body::Lead { text, .. } => owned(given(text.as_deref())),
        Body::IncomingEmail { subject, body_preview, .. } | Body::EmailFollowup { subject, body_preview, .. } => {
            owned(given(subject.as_deref()).or_else(|| given(body_preview.as_deref())))
        }
        Body::MissedCall(call) => owned(caller(task, call)),
        Body::AnsweredDetachedCall { call, .. } => answered(call),
        Body::Voicemail { call, voicemail_duration, .. } => {
            let who = caller(task, call).or_else(|| given(task.lead.name.as_deref()));
            joined([voicemail_duration.as_deref().map(duration), who], " - ")
        }
        Body::OpportunityDue { note, value_formatted, .. } => {
            joined([given(value_formatted.as_deref()), given(note.as_deref())], ", ")
        }
        Body::IncomingSms { text, call, attachments } => {
            let said = given(text.as_deref()).map(|text| Cow::Owned(format!("\"{text}\"")));
            let said = said.or_else(|| counted(attachments.len())).unwrap_or(Cow::Borrowed(NO_TEXT));
            joined([Some(said), caller(task, call).or_else(|| given(task.lead.name.as_deref()))], " - ")
        }
        Body::OutgoingCall { text, call } => {
            let whom = joined([Some(Cow::Borrowed("Call")), caller(task, call)], " ");
            joined([Some(Cow::Owned(whom)), given(text.as_deref())], ": ")
        }
        Body::Unknown { name, .. } => owned(given(Some(name))),
    }
}

/// `0:42`; what is no number of seconds stands as it came.
pub(super) fn duration(seconds: &str) -> Cow<'_, str> {
    match seconds.parse::<f64>() {
        Ok(seconds) if (0.0..1e9).contains(&seconds) => {
            let whole = seconds.floor();
            Cow::Owned(format!("{}:{:02}", (whole / 60.0).floor(), whole % 60.0))
        }
        _ => Cow::Borrowed(seconds),
    }
}

/// `Answered, no contact: +1 312-555-0188 (Chicago, IL)`
fn answered(call: &Call) -> String {
    let place = given(call.description.as_deref());
    let number = given(call.number());
    let from = match (number, place) {
        (Some(number), Some(place)) => format!("{number} ({place})"),
        (number, place) => owned(number.or(place)),
    };
    joined([Some(Cow::Borrowed("Answered, no contact")), given(Some(&from))], ": ")
}

fn counted(attachments: usize) -> Option<Cow<'static, str>> {
    match attachments {
        0 => None,
        1 => Some(Cow::Borrowed("(1 attachment)")),
        more => Some(Cow::Owned(format!("({more} attachments)"))),
    }
}

fn caller<'t>(task: &'t Task, call: &'t Call) -> Option<Cow<'t, str>> {
    given(task.contact.name.as_deref()).or_else(|| given(call.number()))
}

fn contact_or_lead(task: &Task) -> Option<Cow<'_, str>> {
    given(task.contact.name.as_deref()).or_else(|| given(task.lead.name.as_deref()))
}

/// A text on one line; an empty one counts as missing.
fn given(text: Option<&str>) -> Option<Cow<'_, str>> {
    let text = text?.trim();
    if text.is_empty() {
        return None;
    }
    let has_line_end = text.contains('\n');
    Some(if has_line_end { Cow::Owned(text.replace("\r\n", " ").replace('\n', " ")) } else { Cow::Borrowed(text) })
}

fn owned(text: Option<Cow<'_, str>>) -> String {
    text.map_or_else(String::new, Cow::into_owned)
}

fn or_no_text(words: String) -> String {
    if words.is_empty() { NO_TEXT.to_owned() } else { words }
}

fn dashed(words: String, who: Option<Cow<'_, str>>) -> String {
    joined([Some(Cow::Owned(or_no_text(words))), who], " - ")
}

fn joined(parts: [Option<Cow<'_, str>>; 2], between: &str) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}
