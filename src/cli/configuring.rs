//! `config show`, `config path`, `config init`: the settings file.

use std::io::Write;

use super::args::{Config, Global};
use super::output::{Exit, Failure};
use crate::settings::{self, Settings, SettingsError};

/// `repbox config`
///
/// # Errors
/// When there is no place for the file, `show` finds something in it that is not
/// understood, or `init` finds a file.
pub fn config(global: &Global, what: Config, out: &mut dyn Write) -> Result<Exit, Failure> {
    match what {
        Config::Show => show(global, out)?,
        Config::Path => writeln!(out, "{}", place(global)?.display())?,
        Config::Init => {
            let path = place(global)?;
            settings::init(&path)?;
            writeln!(out, "Made {}: every setting at its default", path.display())?;
        }
    }
    Ok(Exit::Done)
}

fn place(global: &Global) -> Result<std::path::PathBuf, SettingsError> {
    settings::file_that_counts(global.config.as_deref()).ok_or(SettingsError::NoPlace)
}

fn show(global: &Global, out: &mut dyn Write) -> Result<(), Failure> {
    let mut loaded = Settings::load(global.config.as_deref())?;
    let mut laid_over = Vec::new();
    if let Some(zone) = global.tz {
        loaded.settings.time_zone = zone.chosen();
        laid_over.push(("time_zone", "--tz or REPBOX_TZ"));
    }
    if let Some(path) = &loaded.path {
        let absent = if path.exists() { "" } else { ", which is not there: repbox config init makes it" };
        writeln!(out, "# {}{absent}", path.display())?;
    }
    write!(out, "{}", loaded.show(&laid_over))?;
    Ok(())
}
