//! What can be wrong with the settings, said with file and line.

use std::path::PathBuf;

use crate::domain::wording::reason;

/// What can be wrong with the settings or the folders that they live in.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{path} cannot be read: {}", reason(source))]
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
    /// A setting, or a table, that stands in the file twice.
    #[error("{path}:{line}: {name} is set twice; leave one of them out")]
    Twice {
        /// The file.
        path: PathBuf,
        /// The line of the second, counted from 1.
        line: usize,
        /// The setting.
        name: String,
    },
    /// A setting that repbox does not have.
    #[error("{path}:{line}: unknown setting {name:?}; {remedy}")]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The name as written, with its table: `keep.voicemial`.
        name: String,
        /// The nearest right name, or all of them.
        remedy: String,
    },
    /// A value that means nothing.
    #[error("{path}:{line}: {name}: {what}")]
    Value {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The setting.
        name: String,
        /// What is wrong, then what works.
        what: String,
    },
    /// A theme that is not understood.
    #[error("{path}:{line}: {what}")]
    Theme {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong, then what works.
        what: String,
    },
    /// No home folder, so no default place.
    #[error("there is no home folder to keep the tasks in; name a file with --db")]
    NoHome,
    /// No home folder, so no default place for the settings.
    #[error("there is no home folder for the settings; name a file with --config")]
    NoPlace,
    /// The file to be made is there.
    #[error("{0} exists and was left as it is; edit it, or name another file with --config")]
    Exists(PathBuf),
    /// The file cannot be made.
    #[error("{path} cannot be written: {}", reason(source))]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
}
