//! The nine task types, the fields that each has, and the types of tomorrow.
//!
//! Source: the Tasks page and the API reference, section 3.2. Fields of all types are
//! in [`task`](super::task).

use serde::Deserialize;

use super::number::PhoneNumber;
use super::record::{self, Record, RecordError};

/// A task type that Close documents. The order is the sidebar's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaskType {
    /// A to-do item for a given lead.
    Lead,
    /// Unread emails of one thread: one task.
    IncomingEmail,
    /// A reminder of a sent email without response.
    EmailFollowup,
    /// A missed call.
    MissedCall,
    /// An answered call from a number that belongs to no contact.
    AnsweredDetachedCall,
    /// A voicemail.
    Voicemail,
    /// An opportunity that is scheduled to close.
    OpportunityDue,
    /// An incoming text message.
    IncomingSms,
    /// A call to make.
    OutgoingCall,
}

impl TaskType {
    /// How many there are.
    pub const COUNT: usize = 9;

    /// All of them, in the sidebar's order.
    pub const ALL: [TaskType; TaskType::COUNT] = [
        TaskType::Lead,
        TaskType::IncomingEmail,
        TaskType::EmailFollowup,
        TaskType::MissedCall,
        TaskType::AnsweredDetachedCall,
        TaskType::Voicemail,
        TaskType::OpportunityDue,
        TaskType::IncomingSms,
        TaskType::OutgoingCall,
    ];

    /// The value of `_type` on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            TaskType::Lead => "lead",
            TaskType::IncomingEmail => "incoming_email",
            TaskType::EmailFollowup => "email_followup",
            TaskType::MissedCall => "missed_call",
            TaskType::AnsweredDetachedCall => "answered_detached_call",
            TaskType::Voicemail => "voicemail",
            TaskType::OpportunityDue => "opportunity_due",
            TaskType::IncomingSms => "incoming_sms",
            TaskType::OutgoingCall => "outgoing_call",
        }
    }

    /// The type with this wire name.
    pub fn from_wire(name: &str) -> Option<TaskType> {
        TaskType::ALL.into_iter().find(|t| t.wire_name() == name)
    }

    /// Its place in [`TaskType::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether a person may make such a task. Source: the API reference, 5.3.
    pub fn is_made_by_people(self) -> bool {
        matches!(self, TaskType::Lead | TaskType::OutgoingCall)
    }

    /// Whether its tasks may have the number of somebody to call: what [`Body::call`] reads.
    pub fn has_number(self) -> bool {
        matches!(
            self,
            TaskType::MissedCall
                | TaskType::AnsweredDetachedCall
                | TaskType::Voicemail
                | TaskType::IncomingSms
                | TaskType::OutgoingCall
        )
    }

    /// Whether somebody else's act made it: mail, calls and messages wait for an answer.
    pub fn is_inbound(self) -> bool {
        matches!(
            self,
            TaskType::IncomingEmail
                | TaskType::MissedCall
                | TaskType::AnsweredDetachedCall
                | TaskType::Voicemail
                | TaskType::IncomingSms
        )
    }
}

/// What a task of each type has beyond the common fields. Absent and null read as `None`
/// or an empty list; an empty text stays one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// `lead`
    Lead {
        /// What is to be done.
        text: Option<String>,
        /// Close's mark for a to-do that stands under no date.
        is_dateless: bool,
        /// The automation that made it.
        agent_config_id: Option<String>,
    },
    /// `incoming_email`
    IncomingEmail {
        /// The unread emails' activity ids, in order of arrival.
        emails: Vec<String>,
        /// The thread's subject.
        subject: Option<String>,
        /// The beginning of the newest email.
        body_preview: Option<String>,
        /// Follow-ups that the email made needless.
        cleared_followups: Vec<serde_json::Value>,
    },
    /// `email_followup`
    EmailFollowup {
        /// The activity id of the email that had no response.
        email_id: Option<String>,
        /// Its subject.
        subject: Option<String>,
        /// Its beginning.
        body_preview: Option<String>,
    },
    /// `missed_call`
    MissedCall(Call),
    /// `answered_detached_call`
    AnsweredDetachedCall {
        /// Who called.
        call: Call,
        /// Where the recording is.
        recording_url: Option<String>,
    },
    /// `voicemail`
    Voicemail {
        /// Who called.
        call: Call,
        /// Its length in seconds, with the digits that came.
        voicemail_duration: Option<String>,
        /// Where the recording is; opening it needs a login.
        voicemail_url: Option<String>,
    },
    /// `opportunity_due`
    OpportunityDue {
        /// The opportunity's note.
        note: Option<String>,
        /// Its value in cents; shown as it came only where there is no formatted form.
        value: Option<String>,
        /// ISO 4217.
        currency: Option<String>,
        /// The value as people read it: `$500 monthly`.
        value_formatted: Option<String>,
        /// `one_time`, `monthly` or `annual`.
        period: Option<String>,
    },
    /// `incoming_sms`
    IncomingSms {
        /// The message.
        text: Option<String>,
        /// Who sent it.
        call: Call,
        /// Files of an MMS.
        attachments: Vec<Attachment>,
    },
    /// `outgoing_call`
    OutgoingCall {
        /// Why to call.
        text: Option<String>,
        /// Whom to call.
        call: Call,
    },
    /// A type that this version does not know.
    Unknown {
        /// Its `_type`, possibly empty.
        name: String,
        /// What it says in fields that other types have.
        texts: Vec<String>,
    },
}

/// The fields of other types in which an unknown one may say something.
const TEXTS: [&str; 7] =
    ["text", "subject", "body_preview", "opportunity_note", "note", "phone", "phone_number_description"];

/// The two ends of a call or message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// The remote number, E.164: `phone`, or `remote_phone` of a message.
    pub phone: Option<String>,
    /// The remote number as people read it.
    pub phone_formatted: Option<String>,
    /// What is known of the remote number: its place or owner.
    pub description: Option<String>,
    /// The rep's number, E.164.
    pub local_phone: Option<String>,
}

/// A file of an MMS.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Attachment {
    /// Where it is; opening it needs a login.
    #[serde(default)]
    pub url: Option<String>,
    /// Its name.
    #[serde(default)]
    pub filename: Option<String>,
    /// Its size in bytes.
    #[serde(default)]
    pub size: Option<serde_json::Number>,
    /// Its MIME type.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Its id.
    #[serde(default)]
    pub media_id: Option<String>,
    /// A small picture of it, if one could be made.
    #[serde(default)]
    pub thumbnail_url: Option<String>,
}

impl Body {
    /// The documented type, unless this version does not know it.
    pub fn task_type(&self) -> Option<TaskType> {
        Some(match self {
            Body::Lead { .. } => TaskType::Lead,
            Body::IncomingEmail { .. } => TaskType::IncomingEmail,
            Body::EmailFollowup { .. } => TaskType::EmailFollowup,
            Body::MissedCall(_) => TaskType::MissedCall,
            Body::AnsweredDetachedCall { .. } => TaskType::AnsweredDetachedCall,
            Body::Voicemail { .. } => TaskType::Voicemail,
            Body::OpportunityDue { .. } => TaskType::OpportunityDue,
            Body::IncomingSms { .. } => TaskType::IncomingSms,
            Body::OutgoingCall { .. } => TaskType::OutgoingCall,
            Body::Unknown { .. } => return None,
        })
    }

    /// The value of `_type` on the wire.
    pub fn wire_name(&self) -> &str {
        match (self, self.task_type()) {
            (Body::Unknown { name, .. }, _) => name,
            (_, Some(task_type)) => task_type.wire_name(),
            (_, None) => "",
        }
    }

    /// The fields names of each type's own, as on the wire: what [`Body::read`] reads.
    pub fn own_fields(&self) -> &'static [&'static str] {
        match self {
            Body::Lead { .. } => &["text", "is_dateless", "agent_config_id"],
            Body::IncomingEmail { .. } => &["emails", "subject", "body_preview", "cleared_followups"],
            Body::EmailFollowup { .. } => &["email_id", "subject", "body_preview"],
            Body::MissedCall(_) => &["phone", "phone_formatted", "phone_number_description", "local_phone"],
            Body::AnsweredDetachedCall { .. } => {
                &["phone", "phone_formatted", "phone_number_description", "local_phone", "recording_url"]
            }
            Body::Voicemail { .. } => &[
                "phone",
                "phone_formatted",
                "phone_number_description",
                "local_phone",
                "voicemail_duration",
                "voicemail_url",
            ],
            Body::OpportunityDue { .. } => &[
                "opportunity_note",
                "opportunity_value",
                "opportunity_value_currency",
                "opportunity_value_formatted",
                "opportunity_value_period",
            ],
            Body::IncomingSms { .. } => &[
                "text",
                "remote_phone",
                "remote_phone_formatted",
                "remote_phone_description",
                "local_phone",
                "attachments",
            ],
            Body::OutgoingCall { .. } => {
                &["text", "phone", "phone_formatted", "phone_number_description", "local_phone"]
            }
            Body::Unknown { .. } => &[],
        }
    }

    /// Reads the body of a task of type `name` from its record.
    ///
    /// # Errors
    /// When a field of that type holds a value of another kind than the API defines.
    pub fn read(name: &str, record: &Record<'_>) -> Result<Body, RecordError> {
        let text = |field| record::text(field, record.get(field));
        let Some(task_type) = TaskType::from_wire(name) else {
            // What is no text here says something else than it does elsewhere.
            let texts = TEXTS.into_iter().filter_map(|field| text(field).ok().flatten()).collect();
            return Ok(Body::Unknown { name: name.to_owned(), texts });
        };
        Ok(match task_type {
            TaskType::Lead => Body::Lead {
                text: text("text")?,
                is_dateless: record::flag("is_dateless", record.get("is_dateless"))?.unwrap_or(false),
                agent_config_id: text("agent_config_id")?,
            },
            TaskType::IncomingEmail => Body::IncomingEmail {
                emails: record::list("emails", "a list of ids", record.get("emails"))?,
                subject: text("subject")?,
                body_preview: text("body_preview")?,
                cleared_followups: record::list("cleared_followups", "a list", record.get("cleared_followups"))?,
            },
            TaskType::EmailFollowup => Body::EmailFollowup {
                email_id: text("email_id")?,
                subject: text("subject")?,
                body_preview: text("body_preview")?,
            },
            TaskType::MissedCall => Body::MissedCall(Call::read(record)?),
            TaskType::AnsweredDetachedCall => {
                Body::AnsweredDetachedCall { call: Call::read(record)?, recording_url: text("recording_url")? }
            }
            TaskType::Voicemail => Body::Voicemail {
                call: Call::read(record)?,
                voicemail_duration: record::number("voicemail_duration", record.get("voicemail_duration"))?,
                voicemail_url: text("voicemail_url")?,
            },
            TaskType::OpportunityDue => Body::OpportunityDue {
                note: text("opportunity_note")?,
                value: record::number("opportunity_value", record.get("opportunity_value"))?,
                currency: text("opportunity_value_currency")?,
                value_formatted: text("opportunity_value_formatted")?,
                period: text("opportunity_value_period")?,
            },
            TaskType::IncomingSms => Body::IncomingSms {
                text: text("text")?,
                call: Call {
                    phone: text("remote_phone")?,
                    phone_formatted: text("remote_phone_formatted")?,
                    description: text("remote_phone_description")?,
                    local_phone: text("local_phone")?,
                },
                attachments: record::list("attachments", "a list of attachments", record.get("attachments"))?,
            },
            TaskType::OutgoingCall => Body::OutgoingCall { text: text("text")?, call: Call::read(record)? },
        })
    }

    /// The other end's number and what is known of it, for the types that have one.
    pub fn call(&self) -> Option<&Call> {
        match self {
            Body::MissedCall(call)
            | Body::AnsweredDetachedCall { call, .. }
            | Body::Voicemail { call, .. }
            | Body::IncomingSms { call, .. }
            | Body::OutgoingCall { call, .. } => Some(call),
            Body::Lead { .. }
            | Body::IncomingEmail { .. }
            | Body::EmailFollowup { .. }
            | Body::OpportunityDue { .. }
            | Body::Unknown { .. } => None,
        }
    }
}

impl Call {
    fn read(record: &Record<'_>) -> Result<Call, RecordError> {
        let text = |field| record::text(field, record.get(field));
        Ok(Call {
            phone: text("phone")?,
            phone_formatted: text("phone_formatted")?,
            description: text("phone_number_description")?,
            local_phone: text("local_phone")?,
        })
    }

    /// The number as people read it, else as it came. What is formatted of another number is
    /// that of before somebody changed it here.
    pub fn number(&self) -> Option<&str> {
        let given = |text: &'_ str| !text.is_empty();
        let formatted = self.phone_formatted.as_deref().filter(|text| given(text));
        let raw = self.phone.as_deref().filter(|text| given(text));
        match (formatted, raw) {
            (Some(formatted), Some(raw)) if PhoneNumber::are_others(raw, formatted) => Some(raw),
            _ => formatted.or(raw),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_has_a_number_exactly_where_its_body_has_the_two_ends_of_a_call() {
        for task_type in TaskType::ALL {
            let body = Body::read(task_type.wire_name(), &Record::default()).expect("an empty body");
            assert_eq!(task_type.has_number(), body.call().is_some(), "{task_type:?}");
        }
    }
}
