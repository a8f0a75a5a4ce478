//! `help`: of a command, and of what several commands share: the search language, dates,
//! keys, files. The first is in [`search`].

pub mod search;

use std::io::Write;

use clap::CommandFactory;

use super::args::{Cli, Global};
use super::output::{Exit, Failure, say};
use crate::settings;

/// What can be read about, besides the commands.
pub const TOPICS: [(&str, &str); 4] = [
    ("search", "The search language of --search, --where and /"),
    ("dates", "Dates as --date, --until and the screen read them"),
    ("keys", "The keys of the screen, as the settings have them"),
    ("files", "Where the tasks and the settings are"),
];

/// `repbox help`: of a topic, of a command, or of the program. `keys` are those that hold
/// on the screen.
///
/// # Errors
/// When the settings are not understood, or the help cannot be written.
pub fn help(
    global: &Global,
    what: &[String],
    keys: impl FnOnce() -> Result<String, Failure>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    match what {
        [topic] if topic == "search" => out.write_all(search::text().as_bytes())?,
        [topic] if topic == "dates" => out.write_all(DATES.as_bytes())?,
        [topic] if topic == "keys" => out.write_all(keys()?.as_bytes())?,
        [topic] if topic == "files" => out.write_all(files(global)?.as_bytes())?,
        [topic, ..] if TOPICS.iter().any(|(known, _)| known == topic) => {
            say(&format!("repbox: help {topic} takes nothing more"));
            return Ok(Exit::Usage);
        }
        words => return of_command(words),
    }
    Ok(Exit::Done)
}

fn of_command(words: &[String]) -> Result<Exit, Failure> {
    let mut program = Cli::command();
    program.build();
    print(&mut program, words)
}

/// The help of a command of a command.
fn print(command: &mut clap::Command, words: &[String]) -> Result<Exit, Failure> {
    let Some((word, rest)) = words.split_first() else {
        command.print_long_help()?;
        return Ok(Exit::Done);
    };
    let unknown = unknown(command, word);
    match command.find_subcommand_mut(word) {
        Some(below) => print(below, rest),
        None => {
            say(&unknown);
            Ok(Exit::Usage)
        }
    }
}

fn unknown(command: &clap::Command, word: &str) -> String {
    let commands = command.get_subcommands().map(clap::Command::get_name);
    let names: Vec<&str> = commands.chain(TOPICS.map(|(topic, _)| topic)).collect();
    match settings::nearest(word, &names) {
        Some(nearest) => format!("repbox: there is no command or topic {word:?}; did you mean {nearest}?"),
        None => format!("repbox: there is no command or topic {word:?}; repbox help names them"),
    }
}

/// What `help` is about, with its topics.
pub(super) fn about() -> String {
    let lines = TOPICS.iter().map(|(topic, about)| format!("\n  {topic:<8} {about}"));
    format!("Help on a command or a topic\n\nTopics:{}", lines.collect::<String>())
}

fn files(global: &Global) -> Result<String, Failure> {
    let tasks = global.db.clone().map_or_else(settings::default_database, Ok)?;
    let of_settings = settings::file_that_counts(global.config.as_deref());
    let of_settings = of_settings.map_or_else(|| "no home folder".to_owned(), |path| path.display().to_string());
    Ok(format!(
        "Files.

The tasks, one SQLite file (--db or REPBOX_DB names another):
  {}

The settings, which need not exist (--config or REPBOX_CONFIG names another):
  {of_settings}

Both are yours alone: mode 0600. Beside the tasks stand -wal and -shm while they
are open; they belong to them. To copy the tasks while they are in use:
  repbox backup FILE
To see whether all is well:
  repbox doctor
",
        tasks.display()
    ))
}

/// Dates as people type them.
pub const DATES: &str = "\
Dates.

Days begin in the zone that --tz or the settings name. Words match whole, in any
letter case. Without a time a date has none.

  today  tom  fri         a weekday is the next one after today
  next mon                Monday of next week
  tom 9  fri 14:30        a day and a time; also 9am, 2:30pm, noon
  +90m  +2h  +3d  2w      from now, or from today
  2bd                     in two business days
  yesterday  3d ago       what is past
  last fri                the Friday before today
  eod  eow  eom           today at 18:00; the last day of the week, of the month
  28 nov  nov 28 4pm      this year, or the next where it is past
  2026-11-28  2026-11-28T14:30
  2026-11-28T14:30Z       as machines write it
  fri 9 Europe/Riga       a time there

Behind --since, done and created a date looks back: fri is the last Friday before
today, 28 nov the last one, 3d three days ago.

03/04 is refused: it is two dates. Write 3 apr or 2027-04-03.
";
