//! What was typed and not saved where a signal ended the program: kept for the next start.

use serde::{Deserialize, Serialize};

use crate::domain::edit::Field;
use crate::domain::task::{Party, RepId, TaskNumber};
use crate::domain::view::Today;
use crate::tui::model::entry::Name;
use crate::tui::model::field::Field as Input;
use crate::tui::model::form::Form;
use crate::tui::model::overlay::{Overlay, Overlays, Written};
use crate::tui::request::Row;

/// A form or a note that was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Draft {
    /// The form of a new task.
    New {
        /// A call, not a to-do.
        is_call: bool,
        /// The fields that were changed.
        fields: Vec<Typed>,
    },
    /// The form of a task.
    Edit {
        /// Its number.
        task: i64,
        /// The fields that were changed.
        fields: Vec<Typed>,
    },
    /// A note on a task.
    Note {
        /// Its number.
        task: i64,
        /// The text, raw.
        text: String,
    },
}

/// A field as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Its word.
    field: String,
    /// The text, raw.
    text: String,
    /// Id and name of who was chosen: others may have the same name.
    who: Option<(String, String)>,
}

const FIELDS: [Field; 6] = [Field::Text, Field::Date, Field::Lead, Field::Contact, Field::Rep, Field::Phone];

impl Draft {
    /// What is typed into the uppermost form or note, if anything is.
    pub fn of(overlays: &Overlays) -> Option<Draft> {
        let uppermost = overlays.iter().filter_map(Draft::of_one).last()?;
        let is_typed = match &uppermost {
            Draft::New { fields, .. } | Draft::Edit { fields, .. } => !fields.is_empty(),
            Draft::Note { text, .. } => !text.trim().is_empty(),
        };
        is_typed.then_some(uppermost)
    }

    fn of_one(overlay: &Overlay) -> Option<Draft> {
        match overlay {
            Overlay::Form(form) => {
                let fields = typed(form);
                Some(match &form.row {
                    Some(row) => Draft::Edit { task: row.number.0, fields },
                    None => Draft::New { is_call: form.is_call, fields },
                })
            }
            Overlay::Note(note) => Some(Draft::Note { task: note.task.0, text: note.field.text().to_owned() }),
            _ => None,
        }
    }

    /// The task that it is about, unless that is a new one.
    pub fn task(&self) -> Option<TaskNumber> {
        match self {
            Draft::New { .. } => None,
            Draft::Edit { task, .. } | Draft::Note { task, .. } => Some(TaskNumber(*task)),
        }
    }

    /// Every text that was typed, raw: `text "Send quote", date "fri"`.
    pub fn words(&self) -> String {
        match self {
            Draft::New { fields, .. } | Draft::Edit { fields, .. } => {
                let words = fields.iter().map(|typed| format!("{} {:?}", typed.field, typed.text));
                words.collect::<Vec<_>>().join(", ")
            }
            Draft::Note { text, .. } => format!("note {text:?}"),
        }
    }

    /// The form or note as it was; of a task, `row` is that task.
    pub fn overlay(self, row: Option<Row>, me: Option<&Party<RepId>>, today: &Today) -> Option<Overlay> {
        Some(match self {
            Draft::New { is_call, fields } => {
                let mut form = Form::new(me, today);
                if is_call {
                    form.switch();
                }
                Overlay::Form(Box::new(filled(form, fields)))
            }
            Draft::Edit { fields, .. } => Overlay::Form(Box::new(filled(Form::of(row?, today), fields))),
            Draft::Note { task, text } => Overlay::Note(Written {
                task: row.map_or(TaskNumber(task), |row| row.number),
                field: Input::with(&text),
            }),
        })
    }
}

fn typed(form: &Form) -> Vec<Typed> {
    let changed = form.shown().iter().filter(|entry| entry.is_changed());
    let typed = changed.map(|entry| Typed {
        field: entry.field.word().to_owned(),
        text: entry.text().to_owned(),
        who: entry.party.as_ref().map(|name| (name.id.clone(), name.name.clone())),
    });
    typed.collect()
}

fn filled(mut form: Form, fields: Vec<Typed>) -> Form {
    for Typed { field, text, who } in fields {
        let field = FIELDS.into_iter().find(|known| known.word() == field);
        if let Some(entry) = field.and_then(|field| form.entry_mut(field)) {
            entry.input = Input::with(&text);
            entry.party = who.map(|(id, name)| Name { id, name });
            entry.changed();
        }
    }
    form
}
