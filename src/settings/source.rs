//! Reading the file: what is wrong is named with its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::calls::{CALLS, OF_CALLS};
use super::keys::{self, KEYS};
use super::table::{self, ALONE, KEEP, Raw, THEME};
use super::{Loaded, Settings, SettingsError, theme};
use crate::domain::kind::TaskType;

/// Reads the bytes of the file at `path`.
///
/// # Errors
/// When they are no text, or as [`read`].
pub(super) fn read_bytes(bytes: &[u8], path: &Path) -> Result<Loaded, SettingsError> {
    let text = str::from_utf8(bytes).map_err(|e| {
        let line = line_at(bytes, e.valid_up_to());
        SettingsError::Syntax { path: path.to_owned(), line, what: "this is no UTF-8".to_owned() }
    })?;
    read(text, path)
}

/// Reads the text of the file at `path`.
///
/// # Errors
/// When it is no TOML, or has an unknown name or a value that is not understood.
pub(super) fn read(text: &str, path: &Path) -> Result<Loaded, SettingsError> {
    let mut reading = Reading { text, path, settings: Settings::default(), lines: BTreeMap::new() };
    let file = DeTable::parse(text).map_err(|e| reading.syntax(&e))?;
    for (key, value) in file.get_ref() {
        match key.get_ref().as_ref() {
            KEEP => reading.keep(value)?,
            CALLS => reading.calls(value)?,
            KEYS => reading.keys(value)?,
            name => reading.alone(name, key.span(), value)?,
        }
    }
    reading.check_theme()?;
    Ok(Loaded { settings: reading.settings, path: Some(path.to_owned()), lines: reading.lines })
}

struct Reading<'a> {
    text: &'a str,
    path: &'a Path,
    settings: Settings,
    lines: BTreeMap<String, usize>,
}

impl Reading<'_> {
    fn alone(&mut self, name: &str, key: Range<usize>, value: &Spanned<DeValue<'_>>) -> Result<(), SettingsError> {
        let Some(setting) = ALONE.iter().find(|setting| setting.name == name) else {
            let names: Vec<&str> = ALONE.iter().map(|setting| setting.name).chain([KEEP, CALLS, KEYS]).collect();
            let is_in_keep = TaskType::from_wire(name).is_some();
            let is_in_calls = OF_CALLS.iter().any(|setting| setting.name == name);
            let remedy = match (is_in_keep, is_in_calls) {
                (true, _) => format!("it stands below [{KEEP}]"),
                (false, true) => format!("it stands below [{CALLS}]"),
                (false, false) => one_of(name, &names),
            };
            return Err(self.unknown(name, remedy, key));
        };
        let done = (setting.read)(&mut self.settings, raw(value));
        self.took(name.to_owned(), value.span(), done)
    }

    fn keep(&mut self, value: &Spanned<DeValue<'_>>) -> Result<(), SettingsError> {
        let Some(times) = value.get_ref().as_table() else {
            let what = "it is a table; write [keep], then lines such as voicemail = 90".to_owned();
            return self.took(KEEP.to_owned(), value.span(), Err(what));
        };
        for (key, value) in times {
            let typed = key.get_ref().as_ref();
            let name = format!("{KEEP}.{typed}");
            let Some(task_type) = TaskType::from_wire(typed) else {
                let is_alone = ALONE.iter().any(|setting| setting.name == typed);
                let remedy = match is_alone {
                    true => format!("{typed} stands above [{KEEP}]"),
                    false => one_of(typed, &TaskType::ALL.map(TaskType::wire_name)),
                };
                return Err(self.unknown(&name, remedy, key.span()));
            };
            let done = table::read_keep(&mut self.settings, task_type, &raw(value));
            self.took(name, value.span(), done)?;
        }
        Ok(())
    }

    fn calls(&mut self, value: &Spanned<DeValue<'_>>) -> Result<(), SettingsError> {
        let Some(lines) = value.get_ref().as_table() else {
            let what = "it is a table; write [calls], then lines such as no_answer = \"2bd\"".to_owned();
            return self.took(CALLS.to_owned(), value.span(), Err(what));
        };
        for (key, value) in lines {
            let typed = key.get_ref().as_ref();
            let name = format!("{CALLS}.{typed}");
            let Some(setting) = OF_CALLS.iter().find(|setting| setting.name == typed) else {
                let remedy = one_of(typed, &OF_CALLS.map(|setting| setting.name));
                return Err(self.unknown(&name, remedy, key.span()));
            };
            let done = (setting.read)(&mut self.settings, raw(value));
            self.took(name, value.span(), done)?;
        }
        Ok(())
    }

    fn keys(&mut self, value: &Spanned<DeValue<'_>>) -> Result<(), SettingsError> {
        let Some(lines) = value.get_ref().as_table() else {
            let what = "it is a table; write [keys], then lines such as snooze = [\"s\", \"z\"]".to_owned();
            return self.took(KEYS.to_owned(), value.span(), Err(what));
        };
        for (key, value) in lines {
            let typed = key.get_ref().as_ref();
            let done = keys::read_key(&mut self.settings, typed, raw(value));
            self.took(format!("{KEYS}.{typed}"), value.span(), done)?;
        }
        Ok(())
    }

    /// A theme must be built in, or stand beside the file.
    fn check_theme(&self) -> Result<(), SettingsError> {
        let (Some(line), name) = (self.lines.get(THEME), &self.settings.theme) else { return Ok(()) };
        let names = theme::names(self.path);
        if names.contains(name) {
            return Ok(());
        }
        let remedy = one_of(name, &names.iter().map(String::as_str).collect::<Vec<_>>());
        let what = format!("{name:?} is no theme; {remedy}");
        Err(SettingsError::Value { path: self.path.to_owned(), line: *line, name: THEME.to_owned(), what })
    }

    /// Notes where a value stands, or what is wrong with it.
    fn took(&mut self, name: String, span: Range<usize>, done: Result<(), String>) -> Result<(), SettingsError> {
        let line = self.line(span);
        match done {
            Ok(()) => {
                self.lines.insert(name, line);
                Ok(())
            }
            Err(what) => Err(SettingsError::Value { path: self.path.to_owned(), line, name, what }),
        }
    }

    fn syntax(&self, error: &toml::de::Error) -> SettingsError {
        let span = error.span().unwrap_or_default();
        let line = self.line(span.clone());
        // The parser does not name the key.
        if error.message().starts_with("duplicate key") {
            let name = self.text.get(span).unwrap_or_default().to_owned();
            return SettingsError::Twice { path: self.path.to_owned(), line, name };
        }
        // The parser's message may have several lines; the first one says it.
        let what = error.message().lines().next().unwrap_or_default().to_owned();
        SettingsError::Syntax { path: self.path.to_owned(), line, what }
    }

    fn unknown(&self, name: &str, remedy: String, span: Range<usize>) -> SettingsError {
        SettingsError::Unknown { path: self.path.to_owned(), line: self.line(span), name: name.to_owned(), remedy }
    }

    fn line(&self, span: Range<usize>) -> usize {
        line_at(self.text.as_bytes(), span.start)
    }
}

/// The line of a byte, counted from 1.
pub(super) fn line_at(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|b| **b == b'\n').count()
}

/// The nearest of the names, or all of them.
pub(super) fn one_of(typed: &str, names: &[&str]) -> String {
    match table::nearest(typed, names) {
        Some(nearest) => format!("did you mean {nearest}?"),
        None => format!("there are {}", names.join(", ")),
    }
}

/// A text or a whole number, or else what it is called.
fn raw(value: &Spanned<DeValue<'_>>) -> Raw {
    let other = || match value.get_ref() {
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::String(_) | DeValue::Table(_) => "a table".to_owned(),
    };
    Raw::deserialize(value.clone().into_deserializer()).unwrap_or_else(|_| Raw::Other(other()))
}
