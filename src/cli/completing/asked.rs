//! What a shell asks about: the words before the cursor say which file, zone and command.

use clap::{CommandFactory, FromArgMatches};

use crate::cli::World;
use crate::cli::args::{Cli, Global};
use crate::cli::files::from_home;
use crate::repository::Repository;

/// The words that are typed already, as far as they are understood.
pub(super) struct Asked {
    pub(super) world: World,
    /// The command's name; empty where there is none yet.
    pub(super) command: String,
    /// The lead that an option names.
    pub(super) lead: Option<String>,
    /// The task that `edit` is about.
    pub(super) edited: Option<String>,
}

impl Asked {
    /// Reads the words behind `--`, where a shell's script puts them.
    pub(super) fn read() -> Option<Asked> {
        let words = std::env::args_os().skip_while(|word| word != "--").skip(1);
        let matches = Cli::command().ignore_errors(true).try_get_matches_from(words).ok()?;
        let world = World::new(&Global::from_arg_matches(&matches).ok()?).ok()?;
        let Some((name, typed)) = matches.subcommand() else {
            return Some(Asked { world, command: String::new(), lead: None, edited: None });
        };
        let one = |argument: &str| typed.try_get_one::<String>(argument).ok().flatten().cloned();
        let edited = if name == "edit" { one("id") } else { None };
        Some(Asked { world, command: name.to_owned(), lead: one("lead"), edited })
    }

    /// The file, if there is one: it is never made here.
    pub(super) fn file(&self) -> Option<Repository> {
        // No shell has expanded `~` in a word that is still being typed.
        let path = from_home(&self.world.path);
        let is_there = std::fs::metadata(&path).is_ok_and(|file| file.len() > 0);
        if is_there { Repository::open_reader(&path).ok() } else { None }
    }
}
