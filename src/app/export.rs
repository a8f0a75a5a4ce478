//! The way out: a query's tasks as JSON, NDJSON or CSV.

use std::io::Write;

use super::error::{Error, Result};
use crate::close::wire;
use crate::domain::filter::Query;
use crate::domain::record::quote;
use crate::domain::task::StoredTask;
use crate::domain::view::Today;
use crate::repository::Repository;

/// A form for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Close's list envelope.
    Json,
    /// One task a line.
    Ndjson,
    /// RFC 4180 with a header.
    Csv,
}

/// Which part of a query, and which fields of its tasks.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// So many are left out at the beginning.
    pub skip: u64,
    /// At most so many; `None`: all.
    pub limit: Option<u64>,
    /// The fields wanted, in their order; `None`: all.
    pub fields: Option<&'a [String]>,
}

/// The columns of a CSV where nobody names others; the whole task stands in the last.
const COLUMNS: [&str; 14] = [
    "id",
    "_type",
    "is_complete",
    "date",
    "text",
    "subject",
    "lead_id",
    "lead_name",
    "contact_id",
    "contact_name",
    "assigned_to",
    "assigned_to_name",
    "date_created",
    "date_updated",
];
const WHOLE: &str = "task";

/// Writes the tasks of a query. Memory does not grow with their number.
///
/// # Errors
/// When the file cannot be read, or `out` takes nothing more.
pub fn export(
    repository: &Repository,
    query: &Query,
    today: &Today,
    (form, part): (Form, Part<'_>),
    out: &mut dyn Write,
) -> Result<()> {
    match form {
        Form::Ndjson => each(repository, query, today, part, &mut |task| {
            writeln!(out, "{}", wire::object(&task.record, part.fields))
        }),
        // What it says of its total is of the same state of the file as its tasks.
        Form::Json => repository.at_once(|| json(repository, query, today, part, out)),
        Form::Csv => csv(repository, query, today, part, out),
    }
}

fn json(repository: &Repository, query: &Query, today: &Today, part: Part<'_>, out: &mut dyn Write) -> Result<()> {
    let total = repository.count(query, today)?;
    write!(out, "{{\"data\": [").map_err(Error::Output)?;
    let mut written = 0;
    each(repository, query, today, part, &mut |task| {
        written += 1;
        write!(out, "{}\n{}", if written > 1 { "," } else { "" }, wire::object(&task.record, part.fields))
    })?;
    let has_more = part.skip.min(total) + written < total;
    writeln!(out, "], \"has_more\": {has_more}, \"total_results\": {total}}}").map_err(Error::Output)
}

fn csv(repository: &Repository, query: &Query, today: &Today, part: Part<'_>, out: &mut dyn Write) -> Result<()> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let broken = |e: csv::Error| Error::Output(std::io::Error::from(e));
    let named: Vec<&str> = match part.fields {
        Some(fields) => fields.iter().map(String::as_str).collect(),
        None => COLUMNS.into_iter().chain([WHOLE]).collect(),
    };
    csv.write_record(named.iter().map(|name| wire::cell(&quote(name)))).map_err(broken)?;
    each(repository, query, today, part, &mut |task| {
        let cell = |name: &&str| match (*name, task.record.get(name)) {
            (WHOLE, None) if part.fields.is_none() => wire::object(&task.record, None),
            (_, json) => wire::cell(json.unwrap_or("null")),
        };
        csv.write_record(named.iter().map(cell)).map_err(std::io::Error::from)
    })?;
    csv.flush().map_err(Error::Output)
}

/// Visits the tasks until one cannot be written.
fn each(
    repository: &Repository,
    query: &Query,
    today: &Today,
    part: Part<'_>,
    write: &mut dyn FnMut(&StoredTask) -> std::io::Result<()>,
) -> Result<()> {
    let mut written = Ok(());
    repository.each(query, today, part.skip, part.limit, &mut |task| {
        written = write(&task);
        written.is_ok()
    })?;
    written.map_err(Error::Output)
}
