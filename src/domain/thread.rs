//! The one task of an email thread: the unread emails of a thread that one rep has are
//! one task.
//!
//! Source: the Tasks page ("Multiple unread emails in one thread are consolidated into
//! one task"). What the task says depends on the emails' tasks alone, not on the order
//! in which they came.

use chrono::{DateTime, NaiveTime, Utc};

use super::date::TaskDate;
use super::kind::Body;
use super::record::{Record, RecordError, quote};
use super::task::{StoredTask, Task};

/// One record for the tasks of a thread's emails: the id, the lead and all else of the
/// first, the ids of all emails in order of arrival without doubles, the earliest date,
/// the subject and the preview of the newest. Complete if all are.
///
/// # Errors
/// When one of them is no task, or there is none.
pub fn united(parts: &[Record<'static>]) -> Result<Record<'static>, RecordError> {
    let mut parts = parts
        .iter()
        .map(|record| Ok(Part { task: Task::read(record)?, record }))
        .collect::<Result<Vec<_>, RecordError>>()?;
    parts.sort_by(|a, b| (a.task.created, &a.task.id).cmp(&(b.task.created, &b.task.id)));
    let [first, _, ..] = parts.as_slice() else {
        return parts.first().map(|only| only.record.clone()).ok_or(RecordError::Missing("emails"));
    };
    let mut record = first.record.clone();
    record.set("emails", emails(&parts));
    for name in ["subject", "body_preview"] {
        // Events carry fewer fields: the newest that has it.
        if let Some(json) = parts.iter().rev().find_map(|part| part.record.get(name)) {
            record.set(name, json.to_owned());
        }
    }
    if let Some((_, json)) = parts.iter().filter_map(Part::date).min_by_key(|(at, _)| *at) {
        record.set("date", json.to_owned());
    }
    let latest = parts.iter().max_by_key(|part| part.task.updated);
    if let Some(json) = latest.and_then(|part| part.record.get("date_updated")) {
        record.set("date_updated", json.to_owned());
    }
    record.set("is_complete", parts.iter().all(|part| part.task.is_complete).to_string());
    Ok(record)
}

/// Whether a record that comes for a task tells of an email that the task has not, and that
/// is still unread: Close lets the task of a thread grow.
pub fn has_arrival(held: &Task, record: &Record<'_>) -> bool {
    let Body::IncomingEmail { emails, .. } = &held.body else { return false };
    let told = record.get("emails").and_then(|json| serde_json::from_str::<Vec<String>>(json).ok());
    let is_open = record.get("is_complete") != Some("true");
    is_open && told.is_some_and(|told| told.iter().any(|id| !emails.contains(id)))
}

/// The earlier of two dates on the wire; where one cannot be read, the other. A day
/// begins with its midnight in UTC here: the thread's task is the same in every zone.
pub fn earlier<'j>(one: &'j str, other: &'j str) -> &'j str {
    match (place(one), place(other)) {
        (Some(a), Some(b)) if b < a => other,
        (None, Some(_)) => other,
        (Some(_) | None, _) => one,
    }
}

/// The date, as JSON, of the task that two tasks of a thread become, and whether a snooze put
/// it there: those of the earlier.
pub fn united_date(one: &StoredTask, other: &StoredTask) -> (String, bool) {
    let [ours, theirs] = [one, other].map(|task| task.record.get("date").unwrap_or("null"));
    let date = earlier(ours, theirs);
    (date.to_owned(), if date == ours { one.local.is_snoozed } else { other.local.is_snoozed })
}

fn place(json: &str) -> Option<(DateTime<Utc>, bool)> {
    let text: String = serde_json::from_str(json).ok()?;
    Some(place_of(TaskDate::parse(&text).ok()?))
}

fn place_of(date: TaskDate) -> (DateTime<Utc>, bool) {
    match date {
        TaskDate::Day(day) => (day.and_time(NaiveTime::MIN).and_utc(), false),
        TaskDate::At(at) => (at, true),
    }
}

struct Part<'r> {
    task: Task,
    record: &'r Record<'static>,
}

impl Part<'_> {
    fn date(&self) -> Option<((DateTime<Utc>, bool), &str)> {
        Some((place_of(self.task.date?), self.record.get("date")?))
    }
}

fn emails(parts: &[Part<'_>]) -> String {
    let mut ids: Vec<&str> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for part in parts {
        if let Body::IncomingEmail { emails, .. } = &part.task.body {
            ids.extend(emails.iter().map(String::as_str).filter(|id| seen.insert(*id)));
        }
    }
    format!("[{}]", ids.into_iter().map(quote).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(id: &str, day: u32, emails: &str) -> Record<'static> {
        let json = format!(
            r#"{{"id":"task_{id}","_type":"incoming_email","is_complete":false,"date":"2026-03-0{day}","date_created":"2026-03-0{day}T08:00:00+00:00","emails":{emails},"subject":"{id}","object_id":"acti_t"}}"#
        );
        serde_json::from_str(&json).expect("JSON")
    }

    #[test]
    fn emails_are_united_in_order_of_arrival_without_doubles_whatever_order_they_come_in() {
        let [a, b, c] = [email("a", 2, r#"["m1"]"#), email("b", 3, r#"["m2","m1"]"#), email("c", 4, r#"["m3","m2"]"#)];
        let expected = united(&[a.clone(), b.clone(), c.clone()]).expect("united");
        assert_eq!(expected.get("emails"), Some(r#"["m1","m2","m3"]"#));
        assert_eq!((expected.get("id"), expected.get("date")), (Some("\"task_a\""), Some("\"2026-03-02\"")));
        assert_eq!(expected.get("subject"), Some("\"c\""));
        assert_eq!(united(&[c, a, b]).expect("united"), expected);
    }

    #[test]
    fn the_preview_is_that_of_the_newest_email_that_has_one() {
        let with = |id, day, preview: &str| {
            let mut record = email(id, day, "[]");
            record.set("body_preview", quote(preview));
            record
        };
        let parts = [with("a", 2, "Hello"), with("b", 3, "Thanks"), email("c", 4, "[]")];
        assert_eq!(united(&parts).expect("united").get("body_preview"), Some("\"Thanks\""));
    }

    #[test]
    fn the_earlier_date_stands() {
        assert_eq!(earlier("\"2026-03-05\"", "\"2026-03-04T23:00:00Z\""), "\"2026-03-04T23:00:00Z\"");
        assert_eq!(earlier("\"2026-03-04T00:00:00Z\"", "\"2026-03-04\""), "\"2026-03-04\"");
        assert_eq!(earlier("null", "\"2026-03-04\""), "\"2026-03-04\"");
    }
}
