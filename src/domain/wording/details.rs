//! Every field of a task in words.

use super::{dates, rows};
use crate::domain::{
    handoff::{self, LeadPage, Target},
    kind::{Attachment, Body, Call},
    place::Region,
    record::Field,
    task::{StoredTask, Task},
    view::Today,
};

/// A labelled value, raw: make it `Shown` before drawing. Values may have several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// `When`, `Who`, `Lead`, `Phone`, … or the wire name of a field without a word of its own.
    pub label: String,
    /// The value.
    pub value: String,
    /// Whether the label is the field's wire name: ids, and what this version does not know.
    pub is_raw: bool,
}

/// Every field that has a value, most useful first, then the rest under their wire names.
/// `due_date`, `view` and the ids of things already named by name are left out of the first
/// part; `due_date` and `view` never appear.
pub fn details(stored: &StoredTask, today: &Today, page: &LeadPage) -> Vec<Detail> {
    let mut details = named_details(stored, today, page);
    details.extend(raw_details(stored));
    details
}

/// The first part of [`details`]: the fields that have a word of their own.
pub fn named_details(stored: &StoredTask, today: &Today, page: &LeadPage) -> Vec<Detail> {
    let task = &stored.task;
    let mut list = List(Vec::new());
    dated(&mut list, stored, today);
    list.add("Who", task.rep.name_or_id());
    body(&mut list, &task.body, today);
    list.add("Lead", task.lead.name_or_id());
    list.add("Contact", task.contact.name_or_id());
    list.add("Text", text(&task.body));
    list.add("Type", Some(task.body.task_type().map_or(task.body.wire_name(), |known| rows::label(Some(known)))));
    list.add("Created", task.created.map(|at| dates::moment(at, today)).as_deref());
    list.add("Updated", task.updated.map(|at| dates::moment(at, today)).as_deref());
    links(&mut list, stored, page);
    list.0
}

/// The second part of [`details`]: the fields under their wire names, each made when it is
/// asked for, because a task may hold a million.
pub fn raw_details(stored: &StoredTask) -> impl Iterator<Item = Detail> {
    let rest = stored.record.fields().iter().filter(|field| is_unsaid(&field.name, &stored.task) && has_value(field));
    rest.map(|field| Detail { label: field.name.to_string(), value: on_the_wire(field), is_raw: true })
}

struct List(Vec<Detail>);

impl List {
    fn add(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.0.push(Detail { label: label.to_owned(), value: value.to_owned(), is_raw: false });
        }
    }
}

fn dated(list: &mut List, stored: &StoredTask, today: &Today) {
    let task = &stored.task;
    let when = match (task.actionable(), stored.completed) {
        (None, _) => "no date".to_owned(),
        // What is done is not overdue.
        (Some(date), Some(_)) => dates::plain_date(date, today),
        (Some(date), None) => dates::full_date(date, today),
    };
    list.add("When", Some(&when));
    if let Some(completed) = stored.completed {
        let about = if completed.about { "about " } else { "" };
        list.add("Completed", Some(&format!("{about}{}", dates::moment(completed.at, today))));
    } else if let Some(event) = dates::waiting_since(task, today) {
        let waited = dates::span(today.now - event);
        list.add("Waiting", Some(&format!("{waited}, since {}", dates::moment(event, today))));
    }
}

fn body(list: &mut List, body: &Body, today: &Today) {
    if let Some(call) = body.call() {
        numbers(list, call, today);
    }
    match body {
        Body::Lead { agent_config_id, .. } => list.add("Automation", agent_config_id.as_deref()),
        Body::IncomingEmail { emails, subject, body_preview, .. } => {
            list.add("Subject", subject.as_deref());
            list.add("Preview", body_preview.as_deref());
            list.add("Emails", mails(emails).as_deref());
        }
        Body::EmailFollowup { email_id, subject, body_preview } => {
            list.add("Subject", subject.as_deref());
            list.add("Preview", body_preview.as_deref());
            list.add("Email", email_id.as_deref());
        }
        Body::AnsweredDetachedCall { recording_url, .. } => list.add("Recording", recording_url.as_deref()),
        Body::Voicemail { voicemail_duration, voicemail_url, .. } => {
            list.add("Duration", voicemail_duration.as_deref().map(rows::duration).as_deref());
            list.add("Recording", voicemail_url.as_deref());
        }
        Body::OpportunityDue { note, currency, value_formatted, period, .. } => {
            list.add("Value", value_formatted.as_deref());
            list.add("Note", note.as_deref());
            list.add("Currency", currency.as_deref());
            list.add("Period", period.as_deref());
        }
        Body::IncomingSms { attachments, .. } => list.add("Attachments", files(attachments).as_deref()),
        Body::MissedCall(_) | Body::OutgoingCall { .. } | Body::Unknown { .. } => {}
    }
}

fn numbers(list: &mut List, call: &Call, today: &Today) {
    let there = call.phone.as_deref().or(call.number()).and_then(Region::of_number);
    let there = there.and_then(|region| region.time_there(today)).map(|there| format!(" ({there})"));
    list.add("Phone", call.number().map(|number| number.to_owned() + &there.unwrap_or_default()).as_deref());
    list.add("Known as", call.description.as_deref());
    let raw = call.phone.as_deref().filter(|raw| call.number() != Some(raw));
    list.add("Their number", raw);
    list.add("Our number", call.local_phone.as_deref());
}

/// Where it is worked on. The addresses of recordings and files stand with them.
fn links(list: &mut List, stored: &StoredTask, page: &LeadPage) {
    for target in handoff::targets(stored, page) {
        if !matches!(target, Target::Recording(_) | Target::File(_)) {
            list.add(target.word(), Some(target.link().as_str()));
        }
    }
}

fn text(body: &Body) -> Option<&str> {
    match body {
        Body::Lead { text, .. } | Body::IncomingSms { text, .. } | Body::OutgoingCall { text, .. } => text.as_deref(),
        Body::IncomingEmail { .. }
        | Body::EmailFollowup { .. }
        | Body::MissedCall(_)
        | Body::AnsweredDetachedCall { .. }
        | Body::Voicemail { .. }
        | Body::OpportunityDue { .. }
        | Body::Unknown { .. } => None,
    }
}

/// The number of emails, then the id of each on a line.
fn mails(emails: &[String]) -> Option<String> {
    (!emails.is_empty()).then(|| format!("{}\n{}", emails.len(), emails.join("\n")))
}

fn files(attachments: &[Attachment]) -> Option<String> {
    (!attachments.is_empty()).then(|| attachments.iter().map(file).collect::<Vec<_>>().join("\n"))
}

/// `site.jpg, image/jpeg, 245 kB`, then where it is, its small picture, and its id.
fn file(attachment: &Attachment) -> String {
    let size = attachment.size.as_ref().map(size);
    let name = attachment.filename.as_deref().filter(|name| !name.is_empty()).unwrap_or("(no name)");
    let parts = [Some(name), attachment.content_type.as_deref(), size.as_deref()];
    let about = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let lines =
        [Some(&about), attachment.url.as_ref(), attachment.thumbnail_url.as_ref(), attachment.media_id.as_ref()];
    lines.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn size(bytes: &serde_json::Number) -> String {
    bytes.as_u64().map_or_else(|| format!("{bytes} bytes"), bytes_in_words)
}

/// A length in bytes: `245 kB`, `1.2 MB`.
pub fn bytes_in_words(bytes: u64) -> String {
    match bytes {
        ..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} kB", bytes / 1000),
        1_000_000.. => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Whether no word of the first part stands for a field.
fn is_unsaid(name: &str, task: &Task) -> bool {
    match name {
        "due_date" | "view" | "date" | "is_complete" | "_type" | "date_created" | "date_updated" => false,
        "assigned_to_name" | "lead_name" | "contact_name" => false,
        "assigned_to" => task.rep.shown_name().is_some(),
        "lead_id" => task.lead.shown_name().is_some(),
        "contact_id" => task.contact.shown_name().is_some(),
        "cleared_followups" => true,
        // A number of cents is no amount that people read, and not every currency has cents.
        "opportunity_value" => {
            !matches!(&task.body, Body::OpportunityDue { value_formatted: Some(text), .. } if !text.trim().is_empty())
        }
        _ => !task.body.own_fields().contains(&name),
    }
}

fn has_value(field: &Field<'_>) -> bool {
    !matches!(&*field.json, "null" | "\"\"" | "[]" | "{}")
}

/// Ids and names that Close defines as texts stand without quotation marks.
fn on_the_wire(field: &Field<'_>) -> String {
    let is_text = matches!(
        &*field.name,
        "id" | "assigned_to"
            | "lead_id"
            | "contact_id"
            | "object_type"
            | "object_id"
            | "organization_id"
            | "created_by"
            | "created_by_name"
            | "updated_by"
            | "updated_by_name"
            | "priority"
            | "resolution"
            | "sequence_id"
            | "sequence_subscription_id"
            | "deduplication_key"
    );
    let text = if is_text { serde_json::from_str(&field.json).ok() } else { None };
    text.unwrap_or_else(|| field.json.to_string())
}
