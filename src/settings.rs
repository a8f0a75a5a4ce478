//! What a person may set in a file, and where the files are.
//!
//! Defaults, this file, the environment and the options are laid over each other in
//! this order; the last two are read by the command line, which then asks here.

use std::ops::Range;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::clock;
use crate::domain::zone::{Zone, ZoneError};

/// The settings of a file; what it leaves out is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where days begin, unless an option or the environment says otherwise.
    pub time_zone: Option<Zone>,
    /// The rep who sits here: an id or a name, as typed; what `me` means.
    pub me: Option<String>,
}

/// What can be wrong with the settings or the folders that they live in.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file is no TOML.
    #[error("{path}:{line}: {what}; settings look like: time_zone = \"America/New_York\"")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The parser's reason.
        what: String,
    },
    /// A setting that repbox does not have.
    #[error("{path}:{line}: unknown setting {name:?}; {}", remedy(.nearest))]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The name as written.
        name: String,
        /// The setting that is most like it.
        nearest: Option<&'static str>,
    },
    /// A setting with a value of another kind.
    #[error("{path}:{line}: {name} is of the kind {found}; it must be a text in quotes")]
    Kind {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The setting.
        name: &'static str,
        /// TOML's word for what came.
        found: &'static str,
    },
    /// A zone that does not exist.
    #[error("{path}:{line}: time_zone: {source}")]
    Zone {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        source: ZoneError,
    },
    /// No home folder, so no default place.
    #[error("there is no home folder to keep the tasks in; name a file with --db")]
    NoHome,
}

fn remedy(nearest: &Option<&str>) -> String {
    match nearest {
        Some(name) => format!("did you mean {name}?"),
        None => format!("the settings are {}", NAMES.join(" and ")),
    }
}

const NAMES: [&str; 2] = ["time_zone", "me"];

impl Settings {
    /// Reads a file that was named, or the default one, which need not exist.
    ///
    /// # Errors
    /// When a named file is absent, the file cannot be read, or anything in it is not
    /// understood.
    pub fn load(named: Option<&Path>) -> Result<Settings, SettingsError> {
        let Some(path) = named.map(Path::to_owned).or_else(default_file) else { return Ok(Settings::default()) };
        match std::fs::read_to_string(&path) {
            Ok(text) => Settings::read(&text, &path),
            Err(e) if named.is_none() && e.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
            Err(source) => Err(SettingsError::Read { path, source }),
        }
    }

    /// Reads the text of the file at `path`.
    ///
    /// # Errors
    /// When it is no TOML, or has an unknown name or a value that is not understood.
    pub fn read(text: &str, path: &Path) -> Result<Settings, SettingsError> {
        let source = Source { text, path };
        let table = DeTable::parse(text).map_err(|e| source.syntax(&e))?;
        let mut settings = Settings::default();
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "time_zone" => {
                    let named = clock::zone_named(source.text_of("time_zone", value)?);
                    settings.time_zone = Some(named.map_err(|e| source.zone(value.span(), e))?);
                }
                "me" => settings.me = Some(source.text_of("me", value)?.to_owned()),
                name => return Err(source.unknown(name, key.span())),
            }
        }
        Ok(settings)
    }
}

/// Where the tasks are unless a file is named: the platform's data folder.
///
/// # Errors
/// When there is no home folder.
pub fn default_database() -> Result<PathBuf, SettingsError> {
    Ok(folders().ok_or(SettingsError::NoHome)?.data_dir().join("tasks.db"))
}

/// Where the settings are unless a file is named.
pub fn default_file() -> Option<PathBuf> {
    Some(folders()?.config_dir().join("config.toml"))
}

fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "repbox")
}

/// A file that is being read, for errors that name their place.
struct Source<'a> {
    text: &'a str,
    path: &'a Path,
}

impl Source<'_> {
    fn text_of<'v>(&self, name: &'static str, value: &'v Spanned<DeValue<'_>>) -> Result<&'v str, SettingsError> {
        let found = value.get_ref().type_str();
        let (path, line) = (self.path.to_owned(), self.line(value.span()));
        value.get_ref().as_str().ok_or(SettingsError::Kind { path, line, name, found })
    }

    fn syntax(&self, error: &toml::de::Error) -> SettingsError {
        let line = self.line(error.span().unwrap_or_default());
        // The parser's message may have several lines; the first one says it.
        let what = error.message().lines().next().unwrap_or_default().to_owned();
        SettingsError::Syntax { path: self.path.to_owned(), line, what }
    }

    fn zone(&self, span: Range<usize>, source: ZoneError) -> SettingsError {
        SettingsError::Zone { path: self.path.to_owned(), line: self.line(span), source }
    }

    fn unknown(&self, name: &str, span: Range<usize>) -> SettingsError {
        let likeness = |known: &str| strsim::jaro_winkler(&name.to_lowercase(), known);
        let nearest = NAMES.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        SettingsError::Unknown {
            path: self.path.to_owned(),
            line: self.line(span),
            name: name.to_owned(),
            nearest: nearest.filter(|known| likeness(known) > 0.7),
        }
    }

    fn line(&self, span: Range<usize>) -> usize {
        1 + self.text.as_bytes().iter().take(span.start).filter(|b| **b == b'\n').count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Settings::read(text, Path::new("config.toml")).unwrap_err().to_string()
    }

    #[test]
    fn both_settings_are_read_and_may_be_left_out() {
        let read = |text| Settings::read(text, Path::new("config.toml")).unwrap();
        assert_eq!(read("# nothing\n"), Settings::default());
        let both = read("time_zone = 'america/new_york'\nme = \"Ana Ruiz\"\n");
        assert_eq!(both.time_zone.unwrap().name(), "America/New_York");
        assert_eq!(both.me.as_deref(), Some("Ana Ruiz"));
    }

    #[test]
    fn an_unknown_setting_is_named_with_file_line_and_the_nearest_right_name() {
        assert_eq!(
            error("\n\ntime_zoen = 'UTC'\n"),
            "config.toml:3: unknown setting \"time_zoen\"; did you mean time_zone?"
        );
        assert_eq!(
            error("[colours]\nx = 1"),
            "config.toml:1: unknown setting \"colours\"; the settings are time_zone and me"
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_file_line_and_what_works() {
        assert_eq!(
            error("me = 'a'\ntime_zone = -8"),
            "config.toml:2: time_zone is of the kind integer; it must be a text in quotes"
        );
        assert_eq!(
            error("time_zone = 'New_Yrok'"),
            "config.toml:1: time_zone: Unknown time zone \"New_Yrok\". Did you mean America/New_York?"
        );
        let broken = error("me = 'a'\nme");
        assert!(
            broken.starts_with("config.toml:2: ") && broken.ends_with("time_zone = \"America/New_York\""),
            "{broken}"
        );
    }
}
