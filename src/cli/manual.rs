//! Manual pages, made from the same words as the help.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::Cli;
use super::output::{Exit, Failure, say};
use crate::settings::nearest;

/// Prints the page of a command, or of the program.
///
/// # Errors
/// When it cannot be written.
pub fn print(command: Option<&str>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut program = Cli::command();
    program.build();
    let Some(name) = command else {
        page(&program, out)?;
        return Ok(Exit::Done);
    };
    if let Some(command) = program.find_subcommand(name) {
        page(command, out)?;
        return Ok(Exit::Done);
    }
    let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    // Words as short as commands are soon half alike.
    let is_like = |known: &&str| strsim::normalized_damerau_levenshtein(name, known) > 0.5;
    let hint = match nearest(name, &names).filter(is_like) {
        Some(nearest) => format!("did you mean {nearest}?"),
        None => "repbox help names them all".to_owned(),
    };
    say(&format!("repbox: there is no command {name:?}; {hint}"));
    Ok(Exit::Usage)
}

fn page(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let manual = Man::new(command.clone()).source(concat!("repbox ", env!("CARGO_PKG_VERSION"))).manual("repbox");
    manual.render_title(out)?;
    manual.render_name_section(out)?;
    manual.render_synopsis_section(out)?;
    manual.render_description_section(out)?;
    manual.render_options_section(out)?;
    if command.has_subcommands() {
        manual.render_subcommands_section(out)?;
    }
    examples(command, out)?;
    let mut roff = Roff::new();
    list(&mut roff, "EXIT STATUS", &STATUSES);
    list(&mut roff, "ENVIRONMENT", &VARIABLES);
    list(&mut roff, "FILES", &FILES);
    roff.to_writer(out)
}

/// The examples of the help, as they are.
fn examples(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let Some(text) = command.get_after_help() else { return Ok(()) };
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]).control("nf", []);
    for line in text.to_string().lines().skip(1) {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.to_writer(out)
}

fn list(roff: &mut Roff, heading: &str, rows: &[(&str, &str)]) {
    roff.control("SH", [heading]);
    for (term, meaning) in rows {
        roff.control("TP", []).text([bold(*term)]).text([roman(*meaning)]);
    }
}

const STATUSES: [(&str, &str); 3] = [
    ("0", "Done; what was changed is on disk. A closed pipe ends so too."),
    ("1", "A failure: standard error says what is wrong, then what works. Nothing is half done."),
    ("2", "A wrong call: an unknown word, or a date that is not understood."),
];

const VARIABLES: [(&str, &str); 5] = [
    ("REPBOX_DB", "The SQLite file, as --db."),
    ("REPBOX_TZ", "The zone in which days begin, as --tz."),
    ("REPBOX_NOW", "The moment that is taken for now, as --now."),
    ("REPBOX_CONFIG", "The settings file, as --config."),
    ("NO_COLOR", "Not empty: no colours, unless --color always."),
];

const FILES: [(&str, &str); 2] = [
    ("repbox/tasks.db", "The tasks, in the platform's data folder. Made on first use, mode 0600."),
    ("repbox/config.toml", "The settings, in the platform's folder for configuration. Need not exist."),
];
