//! The commands, in the order of the help.

use std::path::PathBuf;

use clap::Subcommand;
use clap_complete::Shell;

use super::choosing::view;
use super::{Add, Change, Chosen, EditTask, ExportForm, FailIf, List, Output};
use crate::domain::view::View;

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
    /// Copy the file while it is in use
    Backup {
        /// The copy's name; a file that exists is never replaced
        file: PathBuf,
    },
    /// Look everything over and say what is wrong
    Doctor,
    /// Try it with made-up tasks, on a throw-away file
    Demo {
        /// Add them to the real file
        #[arg(long, conflicts_with = "print")]
        into: bool,
        /// Print them as NDJSON
        #[arg(long)]
        print: bool,
    },
    /// The settings: which hold, where they are, a file to begin with
    Config {
        /// What
        #[command(subcommand)]
        what: Config,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
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
