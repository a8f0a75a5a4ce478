//! Where a task is worked on: its lead, thread, call or message in Close, its recording,
//! the number to dial or to write to.
//!
//! Links are built here of checked parts and nothing else goes through: an id has
//! letters, digits and `_`, a number `+` and digits, an address of Close's is plain
//! https without user name, blank or control. Source: the promises P19 and P20.
//!
//! The lead's page is the `html_url` that Close gives with a lead, so it stands first; the
//! settings may name another. Close publishes no form for the page of an activity: the one here is a guess from the
//! lead's, and stands behind it, of use where a task has no lead.

mod lead_page;

pub use lead_page::{LeadPage, LeadPageError};

use super::kind::{Attachment, Body};
use super::number::PhoneNumber;
use super::record::Record;
use super::task::{LONGEST_ID, StoredTask, Task};

/// A place where a task is worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The email thread in Close.
    Thread(Link),
    /// The call in Close.
    Call(Link),
    /// The text message in Close.
    Message(Link),
    /// The lead in Close.
    Lead(Link),
    /// The recording of a voicemail or call; opening it needs a login.
    Recording(Link),
    /// A file of an MMS; opening it needs a login.
    File(Link),
    /// The number to dial.
    Dial(Link),
    /// The number to send a text message to.
    Text(Link),
}

/// A link that is safe to open: https, tel or sms, ASCII, without blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// The link as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page of an activity of Close's.
    fn activity(id: &str) -> Option<Link> {
        is_plain_id(id).then(|| Link(format!("https://app.close.com/activity/{id}/")))
    }

    /// What dials a number.
    pub fn dialling(number: &PhoneNumber) -> Link {
        Link(format!("tel:{}", number.dialled()))
    }

    /// What begins a text message to a number.
    pub fn texting(number: &PhoneNumber) -> Link {
        Link(format!("sms:{}", number.dialled()))
    }

    /// What a person makes use of without a program that knows the link: the page's
    /// address, the number alone.
    pub fn plain(&self) -> &str {
        match self.0.split_once(':') {
            Some((_, number)) if self.is_of_number() => number,
            _ => &self.0,
        }
    }

    /// Whether it begins a call.
    pub fn dials(&self) -> bool {
        self.0.starts_with("tel:")
    }

    /// Whether it goes to a number, not to a page.
    pub fn is_of_number(&self) -> bool {
        !self.0.starts_with("https:")
    }

    /// An address that came with a task.
    fn https(address: &str) -> Option<Link> {
        const LONGEST: usize = 2000;
        let rest = address.strip_prefix("https://").filter(|_| address.len() <= LONGEST)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_host = host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
        let is_plain = rest.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b));
        (is_host && is_plain).then(|| Link(address.to_owned()))
    }
}

/// Letters, digits and `_`: what Close's ids have.
fn is_plain_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

impl Target {
    /// Its word on the screen.
    pub fn word(&self) -> &'static str {
        match self {
            Target::Thread(_) => "Thread",
            Target::Call(_) => "Call",
            Target::Message(_) => "Message",
            Target::Lead(_) => "Link",
            Target::Recording(_) => "Recording",
            Target::File(_) => "File",
            Target::Dial(_) => "Dial",
            Target::Text(_) => "Write",
        }
    }

    /// What opens it.
    pub fn link(&self) -> &Link {
        match self {
            Target::Thread(link)
            | Target::Call(link)
            | Target::Message(link)
            | Target::Lead(link)
            | Target::Recording(link)
            | Target::File(link)
            | Target::Dial(link)
            | Target::Text(link) => link,
        }
    }
}

/// The places of a task, the surest first: the lead, then an email's thread, a call or a
/// message, then numbers and files. None is there whose parts are not as they must be.
pub fn targets(stored: &StoredTask, page: &LeadPage) -> Vec<Target> {
    let task = &stored.task;
    let lead = task.lead.id.as_ref().and_then(|id| page.of(id)).map(Target::Lead);
    let number = task.body.call().and_then(PhoneNumber::of);
    let dial = number.as_ref().map(Link::dialling).map(Target::Dial);
    let is_message = matches!(task.body, Body::IncomingSms { .. });
    let text = number.as_ref().filter(|_| is_message).map(Link::texting).map(Target::Text);
    let (recording, files) = media(&task.body);
    let recording = recording.and_then(Link::https).map(Target::Recording);
    let files = files.iter().filter_map(|file| file.url.as_deref().and_then(Link::https)).map(Target::File);
    [lead, activity(task, &stored.record), dial, text, recording].into_iter().flatten().chain(files).collect()
}

/// The page of what the task came from; see the head of this module.
fn activity(task: &Task, record: &Record<'_>) -> Option<Target> {
    let (kind, target): (&str, fn(Link) -> Target) = match &task.body {
        Body::IncomingEmail { .. } | Body::EmailFollowup { .. } => ("emailthread", Target::Thread),
        Body::MissedCall(_)
        | Body::AnsweredDetachedCall { .. }
        | Body::Voicemail { .. }
        | Body::OutgoingCall { .. } => ("call", Target::Call),
        Body::IncomingSms { .. } => ("sms", Target::Message),
        // Close shows an opportunity on its lead's page.
        Body::Lead { .. } | Body::OpportunityDue { .. } | Body::Unknown { .. } => return None,
    };
    let text = |name| record.get(name).and_then(|json| serde_json::from_str::<String>(json).ok());
    let id = text("object_id").filter(|_| text("object_type").as_deref() == Some(kind))?;
    Link::activity(&id).map(target)
}

/// What `o` opens: the lead's page, else that of the thread, call or message, else the
/// recording, else a file.
pub fn page(stored: &StoredTask, page: &LeadPage) -> Option<Target> {
    targets(stored, page).into_iter().find(|target| !target.link().is_of_number())
}

/// What `r` answers with: a text message to the number, else the email's thread in Close, or
/// the lead's page where its emails are.
pub fn reply(stored: &StoredTask, page: &LeadPage) -> Option<Target> {
    let number = stored.task.body.call().and_then(PhoneNumber::of);
    let is_mail = matches!(stored.task.body, Body::IncomingEmail { .. } | Body::EmailFollowup { .. });
    let pages =
        targets(stored, page).into_iter().filter(|target| matches!(target, Target::Thread(_) | Target::Lead(_)));
    match number {
        Some(number) => Some(Target::Text(Link::texting(&number))),
        None if is_mail => pages.max_by_key(|target| matches!(target, Target::Thread(_))),
        None => None,
    }
}

fn media(body: &Body) -> (Option<&str>, &[Attachment]) {
    match body {
        Body::Voicemail { voicemail_url: url, .. } | Body::AnsweredDetachedCall { recording_url: url, .. } => {
            (url.as_deref(), &[])
        }
        Body::IncomingSms { attachments, .. } => (None, attachments),
        Body::Lead { .. }
        | Body::IncomingEmail { .. }
        | Body::EmailFollowup { .. }
        | Body::MissedCall(_)
        | Body::OpportunityDue { .. }
        | Body::OutgoingCall { .. }
        | Body::Unknown { .. } => (None, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::{Local, TaskNumber};

    fn stored(json: &str) -> StoredTask {
        let record: Record<'static> = serde_json::from_str(json).expect("JSON");
        let task = Task::read(&record).expect("a task");
        StoredTask { number: TaskNumber(1), task, record, completed: None, local: Local::default() }
    }

    fn links(json: &str) -> Vec<String> {
        targets(&stored(json), &LeadPage::default())
            .iter()
            .map(|target| format!("{} {}", target.word(), target.link().as_str()))
            .collect()
    }

    #[test]
    fn each_type_goes_to_its_lead_first_and_then_to_what_it_is_about() {
        let of = |own: &str| links(&format!("{{\"id\":\"task_1\",\"lead_id\":\"lead_7\",{own}}}"));
        let lead = "Link https://app.close.com/lead/lead_7/";
        assert_eq!(of(r#""_type":"lead","object_type":"taskcompleted","object_id":"acti_1""#), [lead]);
        assert_eq!(of(r#""_type":"opportunity_due","object_type":"opportunity","object_id":"oppo_1""#), [lead]);
        let thread = [lead, "Thread https://app.close.com/activity/acti_1/"];
        for kind in ["incoming_email", "email_followup"] {
            let own = format!(r#""_type":"{kind}","object_type":"emailthread","object_id":"acti_1""#);
            assert_eq!(of(&own), thread);
        }
        let of_nobody = r#"{"id":"task_1","_type":"missed_call","object_type":"call","object_id":"acti_1"}"#;
        assert_eq!(links(of_nobody), ["Call https://app.close.com/activity/acti_1/"]);
        assert_eq!(
            of(
                r#""_type":"voicemail","object_type":"call","object_id":"acti_1","phone":"+1 (202) 555-0143","voicemail_url":"https://api.close.com/call/acti_1/voicemail/""#
            ),
            [
                lead,
                "Call https://app.close.com/activity/acti_1/",
                "Dial tel:+12025550143",
                "Recording https://api.close.com/call/acti_1/voicemail/"
            ]
        );
        assert_eq!(
            of(
                r#""_type":"incoming_sms","object_type":"sms","object_id":"acti_1","remote_phone":"+12025550143","attachments":[{"url":"https://api.close.com/a/"}]"#
            ),
            [
                lead,
                "Message https://app.close.com/activity/acti_1/",
                "Dial tel:+12025550143",
                "Write sms:+12025550143",
                "File https://api.close.com/a/"
            ]
        );
        assert_eq!(
            of(r#""_type":"outgoing_call","object_id":null,"phone":"+12025550143""#)[1],
            "Dial tel:+12025550143"
        );
    }

    #[test]
    fn p19_a_link_is_made_of_checked_parts_only() {
        for id in ["", "a/../b", "lead_1?x", "-x", "lead 1", "lead_\u{e9}", "lead_1\\u000a", "..", "%2e"] {
            let own = format!(r#"{{"id":"t","_type":"lead","lead_id":"{id}"}}"#);
            assert!(links(&own).is_empty(), "{id}");
        }
        for address in [
            "http://a.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://a/b",
            "https://",
            "https://user@a.example/",
            "https://-a.example/",
            "https://a.example/ b",
            "https://a.example/\u{202e}",
            "https://\u{430}.example/",
            "https://a.example/`id`",
            "HTTPS://a.example/",
        ] {
            assert!(Link::https(address).is_none(), "{address}");
        }
    }

    #[test]
    fn a_reply_is_a_message_to_the_number_or_the_thread_in_close() {
        let of = |json: &str| reply(&stored(json), &LeadPage::default()).map(|target| target.link().0.clone());
        let sms = r#"{"id":"t","_type":"incoming_sms","lead_id":"lead_7","remote_phone":"+12025550143"}"#;
        assert_eq!(of(sms).as_deref(), Some("sms:+12025550143"));
        let mail = r#"{"id":"t","_type":"incoming_email","lead_id":"lead_7","object_type":"emailthread","object_id":"acti_1"}"#;
        assert_eq!(of(mail).as_deref(), Some("https://app.close.com/activity/acti_1/"));
        let mail = r#"{"id":"t","_type":"email_followup","lead_id":"lead_7"}"#;
        assert_eq!(of(mail).as_deref(), Some("https://app.close.com/lead/lead_7/"));
        assert_eq!(of(r#"{"id":"t","_type":"lead","lead_id":"lead_7"}"#), None);
    }
}
