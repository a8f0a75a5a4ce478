//! What to make and what to change.

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::Reply;
use super::choosing::{ending, query, view};
use crate::cli::completing;
use crate::domain::outcome::Ending;
use crate::domain::view::View;

/// Tasks to change.
#[derive(Debug, Args)]
pub struct Change {
    /// Numbers, ids, or prefixes of ids
    #[arg(required_unless_present = "query", conflicts_with = "query", add = ArgValueCompleter::new(completing::tasks))]
    pub ids: Vec<String>,
    /// Those that match a query.
    #[command(flatten)]
    pub matching: Where,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
    /// The form
    #[arg(long, value_enum, default_value_t = Reply::Table)]
    pub output: Reply,
}

/// Tasks that match.
#[derive(Debug, Args)]
pub struct Where {
    /// Every task that matches, in one step: 'lead:acme is:overdue'
    #[arg(long = "where", id = "query", value_name = "QUERY", allow_hyphen_values = true, value_parser = query)]
    pub query: Option<String>,
    /// Where to look [default: open; for reopen: archive]
    #[arg(long, value_parser = view(), requires = "query")]
    pub view: Option<View>,
    /// Which types [default: lead, unless the query names types]
    #[arg(long = "type", value_name = "TYPES", requires = "query", add = ArgValueCompleter::new(completing::types))]
    pub types: Option<String>,
    /// Show them, change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// A new task.
#[derive(Debug, Args)]
pub struct Add {
    /// What is to be done
    pub text: Vec<String>,
    /// Its other fields.
    #[command(flatten)]
    pub fields: Fields,
    /// What kind of task
    #[arg(long = "type", value_enum, default_value_t = NewType::Lead)]
    pub task_type: NewType,
    /// The form
    #[arg(long, value_enum, default_value_t = Reply::Table)]
    pub output: Reply,
}

/// A type that a person can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewType {
    /// A to-do.
    Lead,
    /// A call to make.
    #[value(name = "outgoing_call")]
    OutgoingCall,
}

/// Fields of a task that a person may set.
#[derive(Debug, Args)]
pub struct Fields {
    /// fri, tom 9, +3d, 28 nov 16:30, 2026-11-28
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub date: Option<String>,
    /// A lead's name or id, or none
    #[arg(long, value_name = "LEAD", add = ArgValueCompleter::new(completing::leads))]
    pub lead: Option<String>,
    /// A contact's name or id, or none
    #[arg(long, value_name = "CONTACT", add = ArgValueCompleter::new(completing::contacts))]
    pub contact: Option<String>,
    /// A rep's name or id, me, or none
    #[arg(long, value_name = "REP", add = ArgValueCompleter::new(completing::reps))]
    pub assigned_to: Option<String>,
    /// The number to call
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub phone: Option<String>,
}

/// New values for a task.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["text", "date", "lead", "contact", "assigned_to", "phone"]))]
pub struct EditTask {
    /// A number, an id, or its prefix
    #[arg(add = ArgValueCompleter::new(completing::tasks))]
    pub id: String,
    /// What is to be done
    #[arg(long)]
    pub text: Option<String>,
    /// Its other fields.
    #[command(flatten)]
    pub fields: Fields,
    /// The form
    #[arg(long, value_enum, default_value_t = Reply::Table)]
    pub output: Reply,
}

/// How a call ended.
#[derive(Debug, Args)]
pub struct CallOutcome {
    /// The task called: a number, an id, or its prefix
    #[arg(add = ArgValueCompleter::new(completing::tasks))]
    pub id: String,
    /// How the call ended
    #[arg(value_parser = ending())]
    pub outcome: Ending,
    /// When to call back, with call_back: fri 14:30, tom 9
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// Leave missed calls and voicemails of the same number open
    #[arg(long)]
    pub no_also: bool,
    /// Show what would be done, change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The form
    #[arg(long, value_enum, default_value_t = Reply::Table)]
    pub output: Reply,
}
