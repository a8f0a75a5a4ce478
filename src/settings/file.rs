//! The file as repbox writes it: every setting with what it means; and which hold now.

use std::fmt::Write as _;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::calls::{CALLS, CALLS_ABOUT, OF_CALLS};
use super::keys::{KEYS, KEYS_ABOUT, write_keys};
use super::table::{ALONE, KEEP, KEEP_ABOUT, write_keep};
use super::{Loaded, Settings, SettingsError};
use crate::domain::kind::TaskType;

/// Makes the file at `path` with every setting at its default, mode 0600, and the folders
/// above it.
///
/// # Errors
/// When it exists, or cannot be written.
pub fn init(path: &Path) -> Result<(), SettingsError> {
    let made = write_new(path);
    made.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => SettingsError::Exists(path.to_owned()),
        _ => SettingsError::Write { path: path.to_owned(), source },
    })
}

fn write_new(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(defaults().as_bytes())?;
    file.sync_all()
}

/// The file with every setting at its default.
pub(super) fn defaults() -> String {
    let settings = Settings::default();
    let mut text = "# Settings of repbox. Each stands at its default.\n".to_owned();
    for setting in &ALONE {
        comment(&mut text, setting.about);
        line(&mut text, setting.name, (setting.write)(&settings), setting.example, "");
    }
    comment(&mut text, KEEP_ABOUT);
    keep(&mut text, &settings, |_| String::new());
    comment(&mut text, CALLS_ABOUT);
    calls(&mut text, &settings, |_| String::new());
    comment(&mut text, KEYS_ABOUT);
    keys(&mut text, &settings, |_| String::new());
    text
}

fn comment(text: &mut String, about: &str) {
    text.push('\n');
    about.lines().for_each(|line| _ = writeln!(text, "# {line}"));
}

/// A setting without a value is shown by its example, which does not count.
fn line(text: &mut String, name: &str, value: Option<String>, example: &str, origin: &str) {
    _ = match value {
        Some(value) => writeln!(text, "{name} = {value}{origin}"),
        None => writeln!(text, "# {name} = {example}{origin}"),
    };
}

fn keep(text: &mut String, settings: &Settings, origin: impl Fn(&str) -> String) {
    _ = writeln!(text, "[{KEEP}]");
    for task_type in TaskType::ALL {
        let name = task_type.wire_name();
        let value = write_keep(settings, task_type);
        _ = writeln!(text, "{name} = {value}{}", origin(&format!("{KEEP}.{name}")));
    }
}

fn calls(text: &mut String, settings: &Settings, origin: impl Fn(&str) -> String) {
    _ = writeln!(text, "[{CALLS}]");
    for setting in &OF_CALLS {
        let value = (setting.write)(settings);
        line(text, setting.name, value, setting.example, &origin(&format!("{CALLS}.{}", setting.name)));
    }
}

fn keys(text: &mut String, settings: &Settings, origin: impl Fn(&str) -> String) {
    _ = writeln!(text, "[{KEYS}]");
    for (name, value) in write_keys(settings) {
        _ = writeln!(text, "{name} = {value}{}", origin(&format!("{KEYS}.{name}")));
    }
}

impl Loaded {
    /// The settings that hold, as TOML, each with where it comes from. `laid_over` are
    /// names that an option or the environment has set, with what to say of them.
    pub fn show(&self, laid_over: &[(&str, &str)]) -> String {
        let origin = |name: &str| match (laid_over.iter().find(|(over, _)| *over == name), self.lines.get(name)) {
            (Some((_, from)), _) => format!("  # {from}"),
            (None, Some(line)) => format!("  # line {line}"),
            (None, None) => "  # default".to_owned(),
        };
        let mut text = String::new();
        for setting in &ALONE {
            line(&mut text, setting.name, (setting.write)(&self.settings), setting.example, &origin(setting.name));
        }
        text.push('\n');
        keep(&mut text, &self.settings, origin);
        text.push('\n');
        calls(&mut text, &self.settings, origin);
        text.push('\n');
        keys(&mut text, &self.settings, origin);
        text
    }
}
