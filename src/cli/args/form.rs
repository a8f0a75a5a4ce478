//! Forms of output.

use clap::ValueEnum;

use crate::app::export::Form;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Table,
    /// Close's list envelope.
    Json,
    /// One task a line.
    Ndjson,
    /// RFC 4180.
    Csv,
}

/// A form of a command's own answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Reply {
    /// For people.
    Table,
    /// For programs: tasks in Close's form, figures in one object.
    Json,
}

/// A form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportForm {
    /// One task a line.
    Ndjson,
    /// Close's list envelope.
    Json,
    /// RFC 4180.
    Csv,
}

impl From<ExportForm> for Form {
    fn from(form: ExportForm) -> Form {
        match form {
            ExportForm::Ndjson => Form::Ndjson,
            ExportForm::Json => Form::Json,
            ExportForm::Csv => Form::Csv,
        }
    }
}

/// What makes `count` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailIf {
    /// A task of the inbox stands under a day before today.
    Overdue,
}
