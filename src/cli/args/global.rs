//! The program itself, and the options of every command.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{ArgAction, Args, Parser, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::{Command, examples};
use crate::cli::completing;
use crate::clock::{self, ZoneChoice};
use crate::domain::date;
use crate::domain::zone::Zone;

/// The sales rep's task inbox. Without a command: the inbox on the screen.
#[derive(Debug, Parser)]
#[command(name = "repbox", version, after_help = examples::PROGRAM, disable_help_subcommand = true, args_conflicts_with_subcommands = false)]
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
    #[arg(long, global = true, env = unless_empty("REPBOX_DB"), value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Where days begin: America/New_York, local, utc, -8, +5.75
    #[arg(long, global = true, env = unless_empty("REPBOX_TZ"), value_name = "ZONE", allow_hyphen_values = true, value_parser = clock::zone_named, add = ArgValueCompleter::new(completing::zones))]
    pub tz: Option<ZoneChoice>,
    /// Take this moment for now: 2026-01-05T09:00:00Z
    #[arg(long, global = true, env = unless_empty("REPBOX_NOW"), value_name = "RFC3339", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
    /// The settings file
    #[arg(long, global = true, env = unless_empty("REPBOX_CONFIG"), value_name = "FILE")]
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

impl Global {
    /// The zone that was chosen here, else in the settings; `None`: wherever the machine is.
    pub fn zone(&self, settings: Option<Zone>) -> Option<Zone> {
        self.tz.map_or(settings, ZoneChoice::chosen)
    }
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

impl Colour {
    /// Whether there are colours, on a terminal or not.
    pub fn holds(self, is_terminal: bool) -> bool {
        match self {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => is_terminal && !has_no_colours(),
        }
    }
}

/// Whether the environment says that there are no colours here.
fn has_no_colours() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    is_dumb || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// An environment variable that is empty counts as one that is not set.
fn unless_empty(name: &'static str) -> Option<&'static str> {
    let is_empty = std::env::var_os(name).is_some_and(|value| value.is_empty());
    (!is_empty).then_some(name)
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    match date::parse_moment(text) {
        Ok(at) if date::can_be_now(at) => Ok(at),
        Ok(_) => Err(format!(
            "{text:?} is at an end of the calendar; now can be 0001-01-02T00:00:00Z to 9999-12-30T23:59:59Z"
        )),
        Err(_) => Err(format!(
            "{text:?} is no moment; moments have a day and a time, as 2026-01-05T14:30:00Z or 2026-01-05T14:30:00+01:00"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tz_local_goes_with_the_machine_whatever_the_settings_say() {
        let zone = |args: &[&str]| Cli::try_parse_from(args).expect("arguments").global.zone(Some(Zone::UTC));
        let riga = Zone::parse("Europe/Riga").expect("a zone");
        assert_eq!(zone(&["repbox", "--tz", "Europe/Riga"]), Some(riga));
        assert_eq!(zone(&["repbox", "--tz", "Local"]), None);
        assert_eq!(zone(&["repbox", "--tz=utc"]), Some(Zone::UTC));
    }
}
