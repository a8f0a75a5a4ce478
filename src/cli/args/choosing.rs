//! Which tasks, in which order and part.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap_complete::engine::ArgValueCompleter;

use super::Output;
use crate::cli::completing;
use crate::domain::order::Order;
use crate::domain::outcome::Ending;
use crate::domain::view::View;

/// Which tasks a command is about.
#[derive(Clone, Debug, Default, Args)]
pub struct Chosen {
    /// all, or a list: missed_call,voicemail [default: lead; with --id or --saved, and for export: all]
    #[arg(long = "type", value_name = "TYPES", add = ArgValueCompleter::new(completing::types))]
    pub types: Option<String>,
    /// A rep's id or name, or me
    #[arg(long, value_name = "REP", add = ArgValueCompleter::new(completing::reps))]
    pub assigned_to: Option<String>,
    /// A lead's id or name
    #[arg(long, value_name = "LEAD", add = ArgValueCompleter::new(completing::leads))]
    pub lead: Option<String>,
    /// What matches a query: 'acme type:missed_call -is:done date<fri'
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true, value_parser = query)]
    pub search: Option<String>,
    /// What a saved search finds, of every type; with --search, what both do
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, add = ArgValueCompleter::new(completing::saved))]
    pub saved: Option<String>,
    /// Ids or numbers
    #[arg(long, value_delimiter = ',', value_name = "IDS", add = ArgValueCompleter::new(completing::tasks))]
    pub id: Vec<String>,
}

/// List tasks.
#[derive(Debug, Args)]
pub struct List {
    /// Which tasks.
    #[command(flatten)]
    pub chosen: Chosen,
    /// Which view
    #[arg(long, value_parser = view(), default_value = "inbox")]
    pub view: View,
    /// Which order; - in front reverses [default: date; in the archive -date_completed]
    #[arg(long, value_parser = order(), allow_hyphen_values = true)]
    pub order_by: Option<Order>,
    /// At most so many; 0: all
    #[arg(long, default_value_t = 100)]
    pub limit: u64,
    /// Leave so many out at the beginning
    #[arg(long, default_value_t = 0)]
    pub skip: u64,
    /// The form
    #[arg(long, value_enum, default_value_t = Output::Table)]
    pub output: Output,
    /// The fields wanted, for json, ndjson and csv
    #[arg(long, value_delimiter = ',', add = ArgValueCompleter::new(completing::fields))]
    pub fields: Option<Vec<String>>,
    /// One task a line, no table: for screen readers
    #[arg(long, conflicts_with = "output")]
    pub plain: bool,
}

/// A query. One that begins as an option does is a slip: `--where --dry-run`.
pub(super) fn query(text: &str) -> Result<String, &'static str> {
    match text.starts_with("--") {
        true => Err("it looks like an option; -word, with one -, leaves a word out"),
        false => Ok(text.to_owned()),
    }
}

/// A parser for the words of the views; an unknown one names the nearest.
pub(super) fn view() -> impl TypedValueParser<Value = View> {
    one_of(&View::WORDS)
}

/// A parser for the words of how calls end.
pub(super) fn ending() -> impl TypedValueParser<Value = Ending> {
    one_of(&Ending::WORDS)
}

fn order() -> impl TypedValueParser<Value = Order> {
    one_of(&Order::WORDS)
}

fn one_of<T: Copy + Send + Sync + 'static>(words: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    let known = PossibleValuesParser::new(words.iter().map(|(word, _)| *word));
    known.try_map(|text| words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or("unknown"))
}
