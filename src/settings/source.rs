//! Reading the file: what is wrong is named with its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::table::{self, ALONE, KEEP, Raw};
use super::{Loaded, Settings, SettingsError};
use crate::domain::kind::TaskType;

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
            name => reading.alone(name, key.span(), value)?,
        }
    }
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
            let names: Vec<&str> = ALONE.iter().map(|setting| setting.name).chain([KEEP]).collect();
            return Err(self.unknown(name, name, &names, key));
        };
        let done = raw(value).and_then(|raw| (setting.read)(&mut self.settings, raw));
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
                let names = TaskType::ALL.map(TaskType::wire_name);
                return Err(self.unknown(&name, typed, &names, key.span()));
            };
            let done = raw(value).and_then(|raw| table::read_keep(&mut self.settings, task_type, &raw));
            self.took(name, value.span(), done)?;
        }
        Ok(())
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
        let line = self.line(error.span().unwrap_or_default());
        // The parser's message may have several lines; the first one says it.
        let what = error.message().lines().next().unwrap_or_default().to_owned();
        SettingsError::Syntax { path: self.path.to_owned(), line, what }
    }

    fn unknown(&self, name: &str, typed: &str, names: &[&str], span: Range<usize>) -> SettingsError {
        let remedy = match table::nearest(typed, names) {
            Some(nearest) => format!("did you mean {nearest}?"),
            None => format!("there are {}", names.join(", ")),
        };
        SettingsError::Unknown { path: self.path.to_owned(), line: self.line(span), name: name.to_owned(), remedy }
    }

    fn line(&self, span: Range<usize>) -> usize {
        1 + self.text.as_bytes().iter().take(span.start).filter(|b| **b == b'\n').count()
    }
}

/// A text or a whole number.
fn raw(value: &Spanned<DeValue<'_>>) -> Result<Raw, String> {
    Raw::deserialize(value.clone().into_deserializer()).map_err(|e| e.message().to_owned())
}
