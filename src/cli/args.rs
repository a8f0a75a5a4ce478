//! Commands and options. The doc comments are the help.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::app::export::Form;
use crate::clock;
use crate::domain::date;
use crate::domain::order::Order;
use crate::domain::view::View;
use crate::domain::zone::Zone;

/// The sales rep's task inbox. Without a command: the inbox on the screen.
#[derive(Debug, Parser)]
#[command(name = "repbox", version, args_conflicts_with_subcommands = false)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do; nothing: the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command, before or after it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The SQLite file [default: tasks.db in the platform's data folder]
    #[arg(long, global = true, env = "REPBOX_DB", value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Where days begin: America/New_York, local, utc, -8, +5.75
    #[arg(long, global = true, env = "REPBOX_TZ", value_name = "ZONE", allow_hyphen_values = true, value_parser = clock::zone_named)]
    pub tz: Option<Zone>,
    /// Take this moment for now: 2026-01-05T09:00:00Z
    #[arg(long, global = true, env = "REPBOX_NOW", value_name = "RFC3339", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
    /// The settings file
    #[arg(long, global = true, env = "REPBOX_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Draw borders and signs in ASCII
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Fewer words on standard error
    #[arg(short, global = true, action = ArgAction::Count)]
    pub quiet: u8,
    /// Say on standard error which file, zone and time hold
    #[arg(short, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List tasks
    #[command(visible_alias = "ls")]
    List(List),
    /// Show everything of tasks
    Show {
        /// Numbers, ids, or prefixes of ids
        #[arg(required = true)]
        ids: Vec<String>,
        /// The form
        #[arg(long, value_enum, default_value_t = Output::Table)]
        output: Output,
    },
    /// Count tasks per view and type
    Count {
        /// Which tasks.
        #[command(flatten)]
        chosen: Chosen,
        /// The form
        #[arg(long, value_enum, default_value_t = Output::Table)]
        output: Output,
        /// Exit with 1 if any is
        #[arg(long, value_enum)]
        fail_if: Option<FailIf>,
    },
    /// Show what was changed, newest first
    History {
        /// One task only
        id: Option<String>,
        /// At most so many steps; 0: all
        #[arg(long, default_value_t = 100)]
        limit: u64,
    },
    /// Make a task
    Add(Add),
    /// Change a task's fields
    Edit(EditTask),
    /// Put tasks off to a date
    Snooze {
        /// Which.
        #[command(flatten)]
        tasks: Change,
        /// fri, tom 9, +3d, 28 nov 16:30, 2026-11-28
        #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
        until: String,
    },
    /// Complete tasks
    Done(Change),
    /// Re-open tasks
    Reopen(Change),
    /// Give tasks to a rep
    Assign {
        /// Which.
        #[command(flatten)]
        tasks: Change,
        /// A rep's name or id, or me
        #[arg(long, value_name = "REP")]
        to: String,
    },
    /// Delete tasks
    Delete(Change),
    /// Take the last actions back
    Undo {
        /// How many
        #[arg(default_value_t = 1)]
        steps: u64,
    },
    /// Do again what was undone
    Redo {
        /// How many
        #[arg(default_value_t = 1)]
        steps: u64,
    },
    /// Take in Close JSON: lists, tasks, NDJSON, event logs, webhooks
    Import {
        /// Files; - is standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// One bad record, and nothing is taken in
        #[arg(long)]
        strict: bool,
        /// Say what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// Write tasks to standard output
    Export {
        /// Which tasks.
        #[command(flatten)]
        chosen: Chosen,
        /// Which view
        #[arg(long, value_parser = view, default_value = "all")]
        view: View,
        /// The form
        #[arg(long, value_enum, default_value_t = ExportForm::Ndjson)]
        output: ExportForm,
    },
    /// Try it with made-up tasks, on a throw-away file
    Demo {
        /// Add them to the real file
        #[arg(long, conflicts_with = "print")]
        into: bool,
        /// Print them as NDJSON
        #[arg(long)]
        print: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Which tasks a command is about.
#[derive(Debug, Default, Args)]
pub struct Chosen {
    /// all, or a list: missed_call,voicemail [default: lead; with --id, and for export: all]
    #[arg(long = "type", value_name = "TYPES")]
    pub types: Option<String>,
    /// A rep's id or name, or me
    #[arg(long, value_name = "REP")]
    pub assigned_to: Option<String>,
    /// A lead's id or name
    #[arg(long, value_name = "LEAD")]
    pub lead: Option<String>,
    /// What matches a query: 'acme type:missed_call -is:done date<fri'
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub search: Option<String>,
    /// Ids or numbers
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    pub id: Vec<String>,
}

/// List tasks.
#[derive(Debug, Args)]
pub struct List {
    /// Which tasks.
    #[command(flatten)]
    pub chosen: Chosen,
    /// inbox, future, open, archive, all
    #[arg(long, value_parser = view, default_value = "inbox")]
    pub view: View,
    /// date, date_created, date_completed; - in front reverses [default: date; in the archive -date_completed]
    #[arg(long, value_parser = order, allow_hyphen_values = true)]
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
    #[arg(long, value_delimiter = ',')]
    pub fields: Option<Vec<String>>,
    /// One task a line, no table: for screen readers
    #[arg(long)]
    pub plain: bool,
}

/// Tasks to change.
#[derive(Debug, Args)]
pub struct Change {
    /// Numbers, ids, or prefixes of ids
    #[arg(required_unless_present = "query", conflicts_with = "query")]
    pub ids: Vec<String>,
    /// Those that match a query.
    #[command(flatten)]
    pub matching: Where,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
    /// The form
    #[arg(long, value_enum, default_value_t = Output::Table)]
    pub output: Output,
}

/// Tasks that match.
#[derive(Debug, Args)]
pub struct Where {
    /// Every task that matches, in one step: 'lead:acme is:overdue'
    #[arg(long = "where", id = "query", value_name = "QUERY")]
    pub query: Option<String>,
    /// Where to look [default: open; for reopen: archive]
    #[arg(long, value_parser = view, requires = "query")]
    pub view: Option<View>,
    /// Which types [default: lead, unless the query names types]
    #[arg(long = "type", value_name = "TYPES", requires = "query")]
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
    #[arg(long, value_enum, default_value_t = Output::Table)]
    pub output: Output,
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
    /// A lead's name or id
    #[arg(long, value_name = "LEAD")]
    pub lead: Option<String>,
    /// A contact's name or id
    #[arg(long, value_name = "CONTACT")]
    pub contact: Option<String>,
    /// A rep's name or id, or me
    #[arg(long, value_name = "REP")]
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
    pub id: String,
    /// What is to be done
    #[arg(long)]
    pub text: Option<String>,
    /// Its other fields.
    #[command(flatten)]
    pub fields: Fields,
    /// The form
    #[arg(long, value_enum, default_value_t = Output::Table)]
    pub output: Output,
}

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

fn moment(text: &str) -> Result<DateTime<Utc>, date::DateError> {
    date::parse_moment(text)
}

fn view(text: &str) -> Result<View, String> {
    word(text, &View::WORDS)
}

fn order(text: &str) -> Result<Order, String> {
    word(text, &Order::WORDS)
}

fn word<T: Copy>(text: &str, words: &[(&'static str, T)]) -> Result<T, String> {
    let known = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    known.ok_or_else(|| {
        format!("the choices are {}", words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "))
    })
}
