//! What a person may set in a file, and where the files are.
//!
//! Defaults, this file, the environment and the options are laid over each other in
//! this order; the last two are read by the command line, which then asks here. Which
//! settings there are, with their defaults, is in `table` alone: errors, `config show`
//! and `config init` are made from it. Reading is in `source`, writing in `file`, how the
//! screen looks in [`theme`].

mod calls;
mod error;
mod file;
mod keys;
mod paper;
mod source;
mod table;
#[cfg(test)]
mod tests;
pub mod theme;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

pub use error::SettingsError;
pub use file::init;
pub use keys::{Keys, Preset};
pub use paper::page;
pub use table::nearest;

use crate::domain::calling::CallHours;
use crate::domain::customs::Customs;
use crate::domain::handoff::LeadPage;
use crate::domain::number::Dialler;
use crate::domain::outcome::Rules;
use crate::domain::retention::KeepTimes;
use crate::domain::zone::Zone;

/// What a person has set, or the defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where days begin, unless an option or the environment says otherwise; `None`: where
    /// the machine is.
    pub time_zone: Option<Zone>,
    /// The rep who sits here: an id or a name, as typed; what `me` means.
    pub me: Option<String>,
    /// How calendars and clocks are read.
    pub customs: Customs,
    /// Where the cursor goes when a change takes its row away.
    pub after_move: AfterMove,
    /// What the space bar does in lists.
    pub space: Space,
    /// The page that is opened for a lead.
    pub lead_page: LeadPage,
    /// What dials; `None`: what the platform opens `tel:` with.
    pub dialler: Option<Dialler>,
    /// When people are called, where they are.
    pub call_hours: CallHours,
    /// The name of the theme: built in, or of a file beside this one.
    pub theme: String,
    /// How long archived tasks are kept.
    pub keep: KeepTimes,
    /// What follows from a call that reached nobody.
    pub calls: Rules,
    /// Which keys do what.
    pub keys: Keys,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            time_zone: None,
            me: None,
            customs: Customs::default(),
            after_move: AfterMove::default(),
            space: Space::default(),
            lead_page: LeadPage::default(),
            dialler: None,
            call_hours: CallHours::default(),
            theme: "default".to_owned(),
            keep: KeepTimes::default(),
            calls: Rules::default(),
            keys: Keys::default(),
        }
    }
}

/// Where the cursor goes when a change takes its row away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterMove {
    /// To the next row.
    #[default]
    Next,
    /// With the task.
    Follow,
}

/// What the space bar does in lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    /// Completes, as `e`.
    #[default]
    Complete,
    /// Marks, as `x`.
    Mark,
}

/// Settings with what is known of where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// The file that counts, which need not exist; `None` where there is no home folder.
    pub path: Option<PathBuf>,
    /// The lines of the file by what they set, counted from 1.
    lines: BTreeMap<String, usize>,
}

impl Settings {
    /// Reads a file that was named, or the default one, which need not exist.
    ///
    /// # Errors
    /// When a named file is absent, the file cannot be read, or anything in it is not
    /// understood.
    pub fn load(named: Option<&Path>) -> Result<Loaded, SettingsError> {
        let nothing = |path| Loaded { settings: Settings::default(), path, lines: BTreeMap::new() };
        let Some(path) = file_that_counts(named) else { return Ok(nothing(None)) };
        match std::fs::read(&path) {
            Ok(bytes) => source::read_bytes(&bytes, &path),
            Err(e) if named.is_none() && e.kind() == std::io::ErrorKind::NotFound => Ok(nothing(Some(path))),
            Err(source) => Err(SettingsError::Read { path, source }),
        }
    }
}

impl Loaded {
    /// What is wrong with the keys set for an action, with its line.
    pub fn wrong_keys(&self, action: &str, what: String) -> SettingsError {
        let name = format!("{}.{action}", keys::KEYS);
        let line = self.lines.get(&name).copied().unwrap_or(1);
        SettingsError::Value { path: self.path.clone().unwrap_or_default(), line, name, what }
    }
}

/// The settings file that counts: the named one, else the default one.
pub fn file_that_counts(named: Option<&Path>) -> Option<PathBuf> {
    named.map(Path::to_owned).or_else(|| Some(folders()?.config_dir().join("config.toml")))
}

/// Where the tasks are unless a file is named: the platform's data folder.
///
/// # Errors
/// When there is no home folder.
pub fn default_database() -> Result<PathBuf, SettingsError> {
    Ok(folders().ok_or(SettingsError::NoHome)?.data_dir().join("tasks.db"))
}

fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "repbox")
}
