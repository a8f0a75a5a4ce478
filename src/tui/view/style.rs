//! What a piece of text is, to the themes.

pub(super) use crate::settings::theme::Role;

use crate::domain::kind::TaskType;

/// The role of a type's tag: what waits for an answer by mail, by phone, or by hand.
pub(super) fn tag(task_type: Option<TaskType>) -> Role {
    match task_type {
        Some(TaskType::Lead) => Role::Todo,
        Some(TaskType::IncomingEmail | TaskType::EmailFollowup | TaskType::IncomingSms) => Role::Mail,
        Some(TaskType::MissedCall | TaskType::AnsweredDetachedCall | TaskType::Voicemail | TaskType::OutgoingCall) => {
            Role::Call
        }
        Some(TaskType::OpportunityDue) => Role::Opportunity,
        None => Role::Other,
    }
}
