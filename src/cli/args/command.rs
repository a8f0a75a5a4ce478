//! The commands, in the order of the help.

use std::path::PathBuf;

use clap::Subcommand;
use clap_complete::Shell;
use clap_complete::engine::ArgValueCompleter;

use super::{Add, CallOutcome, Change, Chosen, EditTask, ExportForm, FailIf, List, Output, Reply};
use super::{choosing, examples};
use crate::cli::{completing, topics};
use crate::domain::view::View;

/// What is counted, for the long help.
const STATS: &str = "\
Show how much was done, and how fast

A task counts on the day of its completion, in the zone of --tz, for the rep who has it. Where Close told no \
time of completion that of its last update stands in: good for the day, not for the hour or how long it took. \
What a purge has removed since counts, what a person deleted does not. How long it took runs from the task's \
date, of calls and messages from the event, which no snooze moves. A weekend without work does not end a streak.";

/// What is told, for the long help.
const REPORT: &str = "\
Report what was done, moved and waits: for the stand-up

By type and lead, and how calls ended. Done and moved come from the history and count where they still hold. With \
me in the settings it is your report: what was done in your name, and your tasks that wait; without it, everyone's.";

/// What follows from a call, for the long help.
const OUTCOME: &str = "\
Say how a call ended: completes its task, and may plan the next call

With it are done the open missed calls and voicemails of the same number, unless --no-also leaves them or nobody \
answered and no other call is planned. call_back makes a call at the time of --at; no_answer one in 2 business \
days, left_voicemail none: the settings say otherwise under [calls]. Both are tries, counted in the history of \
this file for the contact, else the number, since it was reached; after the 6th none is made. It is one step of \
undo.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List tasks
    #[command(visible_alias = "ls", after_help = examples::LIST)]
    List(List),
    /// Show everything of tasks
    #[command(after_help = examples::SHOW)]
    Show {
        /// Numbers, ids, or prefixes of ids
        #[arg(required = true, add = ArgValueCompleter::new(completing::tasks))]
        ids: Vec<String>,
        /// The form
        #[arg(long, value_enum, default_value_t = Output::Table)]
        output: Output,
    },
    /// Count tasks per view and type
    #[command(after_help = examples::COUNT)]
    Count {
        /// Which tasks.
        #[command(flatten)]
        chosen: Chosen,
        /// The form
        #[arg(long, value_enum, default_value_t = Reply::Table)]
        output: Reply,
        /// Exit with 1 if any is
        #[arg(long, value_enum)]
        fail_if: Option<FailIf>,
    },
    /// Show what was changed, newest first
    #[command(after_help = examples::HISTORY)]
    History {
        /// One task only
        #[arg(add = ArgValueCompleter::new(completing::tasks))]
        id: Option<String>,
        /// At most so many steps; 0: all
        #[arg(long, default_value_t = 100)]
        limit: u64,
    },
    /// Show how much was done, and how fast
    #[command(after_help = examples::STATS, long_about = STATS)]
    Stats {
        /// The first day: 30d ago, 2026-11-01 [default: a year ago]
        #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
        since: Option<String>,
        /// The form
        #[arg(long, value_enum, default_value_t = Reply::Table)]
        output: Reply,
    },
    /// Report what was done, moved and waits: for the stand-up
    #[command(after_help = examples::REPORT, long_about = REPORT)]
    Report {
        /// From when on: yesterday, 3d ago, 2026-11-01, today 9
        #[arg(long, value_name = "WHEN", default_value = "yesterday", allow_hyphen_values = true)]
        since: String,
        /// The form
        #[arg(long, value_enum, default_value_t = Reply::Table)]
        output: Reply,
    },
    /// Make a task
    #[command(after_help = examples::ADD)]
    Add(Add),
    /// Change a task's fields
    #[command(after_help = examples::EDIT)]
    Edit(EditTask),
    /// Put tasks off to a date
    #[command(after_help = examples::SNOOZE)]
    Snooze {
        /// Which.
        #[command(flatten)]
        tasks: Change,
        /// fri, tom 9, +3d, 28 nov 16:30, 2026-11-28
        #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
        until: String,
    },
    /// Complete tasks
    #[command(after_help = examples::DONE)]
    Done(Change),
    /// Re-open tasks
    #[command(after_help = examples::REOPEN)]
    Reopen(Change),
    /// Say how a call ended: completes its task, and may plan the next call
    #[command(after_help = examples::OUTCOME, long_about = OUTCOME)]
    Outcome(CallOutcome),
    /// Give tasks to a rep
    #[command(after_help = examples::ASSIGN)]
    Assign {
        /// Which.
        #[command(flatten)]
        tasks: Change,
        /// A rep's name or id, me, or none
        #[arg(long, value_name = "REP", add = ArgValueCompleter::new(completing::reps))]
        to: String,
    },
    /// Delete tasks
    #[command(after_help = examples::DELETE)]
    Delete(Change),
    /// Take the last actions back
    #[command(after_help = examples::UNDO)]
    Undo {
        /// How many
        #[arg(default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
        steps: u64,
    },
    /// Do again what was undone
    #[command(after_help = examples::REDO)]
    Redo {
        /// How many
        #[arg(default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
        steps: u64,
    },
    /// Take in Close JSON: lists, tasks, NDJSON, event logs, webhooks
    #[command(after_help = examples::IMPORT)]
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
    #[command(after_help = examples::EXPORT)]
    Export {
        /// Which tasks.
        #[command(flatten)]
        chosen: Chosen,
        /// Which view
        #[arg(long, value_parser = choosing::view(), default_value = "all")]
        view: View,
        /// The form
        #[arg(long, value_enum, default_value_t = ExportForm::Ndjson)]
        output: ExportForm,
    },
    /// Copy the file while it is in use
    #[command(after_help = examples::BACKUP)]
    Backup {
        /// The copy's name; a file that exists is never replaced
        file: PathBuf,
    },
    /// Look everything over and say what is wrong
    #[command(after_help = examples::DOCTOR)]
    Doctor,
    /// Remove archived tasks past their keep time; undo brings them back
    #[command(after_help = examples::PURGE)]
    Purge {
        /// List them, remove nothing
        #[arg(long)]
        dry_run: bool,
        /// Do not ask, even where it is unusual: many, or the clock looks wrong
        #[arg(long)]
        yes: bool,
    },
    /// Try it with made-up tasks, on a throw-away file
    #[command(after_help = examples::DEMO)]
    Demo {
        /// Add them to the real file
        #[arg(long, conflicts_with = "print")]
        into: bool,
        /// Print them as NDJSON
        #[arg(long)]
        print: bool,
        /// Practise ten keys on them
        #[arg(long, conflicts_with_all = ["into", "print"])]
        drill: bool,
    },
    /// The settings: which hold, where they are, a file to begin with
    #[command(after_help = examples::CONFIG)]
    Config {
        /// What
        #[command(subcommand)]
        what: Config,
    },
    /// Help on a command or a topic: search, dates, keys, files
    #[command(long_about = topics::about(), after_help = examples::HELP)]
    Help {
        /// The command or the topic; without it: the commands
        #[arg(value_name = "COMMAND or TOPIC", add = ArgValueCompleter::new(completing::topics))]
        what: Vec<String>,
    },
    /// Print completions for a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page of the program, or of a command
    #[command(after_help = examples::MAN)]
    Man {
        /// The command; without it: the page of the program
        #[arg(add = ArgValueCompleter::new(completing::commands))]
        command: Option<String>,
    },
}

/// What to do about the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum Config {
    /// Print the settings that hold, each with where it comes from
    Show,
    /// Print which file counts
    Path,
    /// Make the file, with every setting at its default
    Init,
}
