//! A task that a person makes: a to-do or a call.

use chrono::{DateTime, Utc};

use super::{Changes, Refusal, SNOOZED};
use crate::domain::date::moment_to_wire;
use crate::domain::kind::TaskType;
use crate::domain::record::{Record, quote};
use crate::domain::task::{RepId, TaskId};

/// A task that a person makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    /// `true`: a call to make; else a to-do.
    pub is_call: bool,
    /// Its fields.
    pub fields: Changes,
    /// Its id: [`local_id`].
    pub id: TaskId,
    /// Who makes it.
    pub by: Option<RepId>,
}

/// An id of a task that Close does not know yet. `random` makes it unique in every file.
pub fn local_id(random: u128) -> TaskId {
    TaskId::new(format!("local_{random:032x}"))
}

/// What a new task must have, and has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// A call to nobody.
    #[error("Nobody to call. Name a contact, a lead or a number.")]
    NobodyToCall,
    /// A field that its type does not have.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl NewTask {
    /// Checks that the task says what is to be done.
    ///
    /// # Errors
    /// When it does not.
    pub fn check(&self) -> Result<(), Incomplete> {
        let task_type = Some(if self.is_call { TaskType::OutgoingCall } else { TaskType::Lead });
        if let Some(refusal) = self.fields.fields().find_map(|field| field.refusal(task_type)) {
            return Err(refusal.into());
        }
        let has_text = self.fields.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let fields = &self.fields;
        let has_party = fields.lead.as_ref().is_some_and(|lead| lead.id.is_some())
            || fields.contact.as_ref().is_some_and(|contact| contact.id.is_some());
        match self.is_call {
            false if !has_text => Err(Refusal::NoText.into()),
            true if !has_text && !has_party && fields.phone.is_none() => Err(Incomplete::NobodyToCall),
            true | false => Ok(()),
        }
    }

    /// Whether Close would take it: it needs a lead.
    pub fn has_lead(&self) -> bool {
        self.fields.lead.as_ref().is_some_and(|lead| lead.id.is_some())
    }

    /// The record, as Close will be sent it, made `now`.
    pub fn record(&self, now: DateTime<Utc>) -> Record<'static> {
        let mut record = Record::new();
        let name = if self.is_call { TaskType::OutgoingCall } else { TaskType::Lead }.wire_name();
        record.set("_type", quote(name));
        record.set("id", quote(self.id.as_str()));
        record.set("is_complete", "false");
        let values = self.fields.values();
        for field in values.fields().iter().filter(|field| field.name != SNOOZED) {
            record.set(field.name.to_string(), field.json.to_string());
        }
        if !self.is_call {
            record.set("is_dateless", "false");
        }
        let now = quote(&moment_to_wire(now));
        record.set("date_created", now.clone());
        record.set("date_updated", now);
        if let Some(by) = &self.by {
            record.set("created_by", quote(by.as_str()));
        }
        record
    }
}
