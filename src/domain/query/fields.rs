//! The fields of the language, for reading, help, completion and hints alike.

use super::term::{Moment, State, Thing};

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldName {
    /// `type:`
    Type,
    /// `is:`
    Is,
    /// `has:`
    Has,
    /// `lead:`
    Lead,
    /// `contact:`
    Contact,
    /// `rep:`
    Rep,
    /// `phone:`
    Phone,
    /// `date:`, `created:`, `done:`
    When(Moment),
    /// `id:`
    Id,
}

/// Every field: its word, and an example.
pub const FIELDS: [(&str, FieldName, &str); 12] = [
    ("type", FieldName::Type, "type:missed_call,voicemail"),
    ("is", FieldName::Is, "is:overdue"),
    ("has", FieldName::Has, "has:note"),
    ("lead", FieldName::Lead, "lead:\"Acme Robotics\""),
    ("contact", FieldName::Contact, "contact:dana"),
    ("rep", FieldName::Rep, "rep:me"),
    ("phone", FieldName::Phone, "phone:555-0188"),
    ("date", FieldName::When(Moment::Date), "date<fri"),
    ("due", FieldName::When(Moment::Date), "due:today"),
    ("created", FieldName::When(Moment::Created), "created>=2026-11-01"),
    ("done", FieldName::When(Moment::Done), "done:today"),
    ("id", FieldName::Id, "id:12"),
];

/// The values of `is:`.
pub const STATES: [(&str, State); 9] = [
    ("overdue", State::Overdue),
    ("today", State::Today),
    ("future", State::Future),
    ("done", State::Done),
    ("open", State::Open),
    ("pinned", State::Pinned),
    ("snoozed", State::Snoozed),
    ("callable", State::Callable),
    ("unsent", State::Unsent),
];

/// The values of `has:`.
pub const THINGS: [(&str, Thing); 4] = [
    ("note", Thing::Note),
    ("phone", Thing::Phone),
    ("attachment", Thing::Attachment),
    ("recording", Thing::Recording),
];
