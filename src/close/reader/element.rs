//! What one object brings: a task, some fields of one, nothing, or a list of these.

use std::ops::ControlFlow;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::{Piece, Visit};
use crate::close::parse;
use crate::domain::date::parse_moment;
use crate::domain::record::Record;

pub(super) fn is_event(json: &str) -> bool {
    json.contains("\"action\"") && parse::record(json).is_ok_and(|r| is_event_record(&r))
}

fn is_event_record(record: &Record<'_>) -> bool {
    record.get("action").is_some() && record.get("object_type").is_some() && record.get("_type").is_none()
}

/// One object: a task, an event, a webhook delivery, or an envelope on one line.
pub(super) fn element(json: &str, place: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
    let Some(records) = enveloped(json) else { return single(json, place, visit) };
    let mut records: Vec<_> = records.into_iter().enumerate().collect();
    if records.iter().any(|(_, json)| is_event(json.get())) {
        records.reverse();
    }
    for (index, json) in records {
        single(json.get(), &format!("{place}, record {}", index + 1), visit)?;
    }
    ControlFlow::Continue(())
}

pub(super) fn is_envelope(json: &str) -> bool {
    enveloped(json).is_some()
}

/// The records of an envelope, each as it came: what is wrong with one refuses that one only.
fn enveloped(json: &str) -> Option<Vec<&RawValue>> {
    #[derive(serde::Deserialize)]
    struct Envelope<'a> {
        #[serde(borrow)]
        data: Vec<&'a RawValue>,
        _type: Option<IgnoredAny>,
        event: Option<IgnoredAny>,
        action: Option<IgnoredAny>,
    }
    if !json.contains("\"data\"") {
        return None;
    }
    let envelope: Envelope<'_> = serde_json::from_str(json).ok()?;
    let is_other = envelope._type.is_some() || envelope.event.is_some() || envelope.action.is_some();
    (!is_other).then_some(envelope.data)
}

fn single(json: &str, place: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
    let record = match parse::record(json) {
        Ok(record) => record,
        Err(flaw) => return visit(place, Piece::Bad(flaw)),
    };
    if record.get("_type").is_some() {
        return visit(place, Piece::Task(record));
    }
    if let Some(event) = record.get("event").filter(|event| event.starts_with('{')) {
        return single(event, place, visit);
    }
    if is_event_record(&record) {
        return event(&record, place, visit);
    }
    visit(place, Piece::Task(record))
}

fn event(event: &Record<'_>, place: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
    let is_task = event.get("object_type").is_some_and(|kind| kind.starts_with("\"task."));
    let data =
        event.get("data").filter(|data| is_task && data.starts_with('{') && event.get("action") != Some("\"deleted\""));
    let Some(data) = data else { return visit(place, Piece::Nothing) };
    let task = match parse::record(data) {
        Ok(task) => task,
        Err(flaw) => return visit(place, Piece::Bad(flaw)),
    };
    let completes = event.get("action") == Some("\"completed\"")
        || event.get("changed_fields").is_some_and(|fields| fields.contains("\"is_complete\""));
    let at = event.get("date_created").and_then(|json| serde_json::from_str::<String>(json).ok());
    let told =
        at.filter(|_| completes && task.get("is_complete") == Some("true")).and_then(|at| parse_moment(&at).ok());
    visit(place, Piece::Part(task, told))
}
