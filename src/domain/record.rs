//! A task as it is on the wire: every field, known or not, in its order and spelling.
//!
//! A [`Record`] is what survives each round trip; a [`Task`](super::task::Task) is
//! what repbox understands of it. Values stay JSON text, so that a number beyond 2^53
//! or a field from the future comes back as it came.

use std::borrow::Cow;

/// The fields of one JSON object, in order. Names are unique.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record<'a> {
    fields: Vec<Field<'a>>,
}

/// A name and its value as compact JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The name, unescaped.
    pub name: Cow<'a, str>,
    /// The value: JSON text, never empty.
    pub json: Cow<'a, str>,
}

/// A field whose value is not of the kind that the API defines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// A required field is absent, null or empty.
    #[error("the task has no {0}")]
    Missing(&'static str),
    /// The same name twice: the record has no one meaning.
    #[error("the field {0:?} comes twice")]
    Twice(String),
    /// A value of another kind.
    #[error("{field} is {found}; it must be {expected}")]
    Kind {
        /// The field's name.
        field: &'static str,
        /// What the API defines.
        expected: &'static str,
        /// What came.
        found: &'static str,
    },
    /// A date that cannot be read.
    #[error("{field}: {error}")]
    Date {
        /// The field's name.
        field: &'static str,
        /// What is wrong with it.
        error: super::date::DateError,
    },
    /// A value that is longer than any real one.
    #[error("{field} has {length} bytes; at most {most} are kept")]
    TooLong {
        /// The field's name.
        field: &'static str,
        /// Its length in bytes.
        length: usize,
        /// The limit in bytes.
        most: usize,
    },
}

impl<'a> Record<'a> {
    /// A record without fields.
    pub fn new() -> Record<'a> {
        Record::default()
    }

    /// A record of these fields.
    ///
    /// # Errors
    /// When a name comes twice.
    pub fn from_fields(fields: Vec<Field<'a>>) -> Result<Record<'a>, RecordError> {
        match duplicate(&fields) {
            Some(name) => Err(RecordError::Twice(name)),
            None => Ok(Record { fields }),
        }
    }

    /// The fields in their order.
    pub fn fields(&self) -> &[Field<'a>] {
        &self.fields
    }

    /// The JSON text of a field, if the record has it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|f| f.name == name).map(|f| &*f.json)
    }

    /// Sets a field where it stands, or adds it at the end.
    pub fn set(&mut self, name: impl Into<Cow<'a, str>>, json: impl Into<Cow<'a, str>>) {
        let (name, json) = (name.into(), json.into());
        match self.fields.iter_mut().find(|f| f.name == name) {
            Some(field) => field.json = json,
            None => self.fields.push(Field { name, json }),
        }
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) {
        self.fields.retain(|f| f.name != name);
    }

    /// Sets a field, or takes it out where there is no value.
    pub fn put(&mut self, name: impl Into<Cow<'a, str>>, json: Option<impl Into<Cow<'a, str>>>) {
        match json {
            Some(json) => self.set(name, json),
            None => self.remove(&name.into()),
        }
    }

    /// The same record, owning its text.
    pub fn into_owned(self) -> Record<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Record { fields: self.fields.into_iter().map(|f| Field { name: own(f.name), json: own(f.json) }).collect() }
    }

    /// The record as one JSON object without blanks between tokens.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(self.fields.iter().map(|f| f.name.len() + f.json.len() + 4).sum());
        out.push('{');
        for (i, field) in self.fields.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            push_quoted(&mut out, &field.name);
            out.push(':');
            out.push_str(&field.json);
        }
        out.push('}');
        out
    }
}

/// Reads a record from one JSON object; the values keep their JSON text.
impl<'de> serde::Deserialize<'de> for Record<'static> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Record<'static>, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> serde::de::Visitor<'de> for ObjectVisitor {
    type Value = Record<'static>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Record<'static>, A::Error> {
        let mut fields = Vec::new();
        while let Some((name, json)) = map.next_entry::<String, Box<serde_json::value::RawValue>>()? {
            let json = String::from(Box::<str>::from(json));
            fields.push(Field { name: Cow::Owned(name), json: Cow::Owned(json) });
        }
        Record::from_fields(fields).map_err(serde::de::Error::custom)
    }
}

/// A text as a JSON string.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

/// Appends a text as a JSON string.
pub fn push_quoted(out: &mut String, text: &str) {
    // The names of an import's fields are plain, and they are written by the million.
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}

fn duplicate(fields: &[Field<'_>]) -> Option<String> {
    // Real tasks have some 30 fields, where looking beats hashing; hostile ones thousands.
    const FEW: usize = 48;
    if fields.len() <= FEW {
        let twice = fields.iter().enumerate().find(|(i, f)| fields[..*i].iter().any(|g| g.name == f.name));
        return twice.map(|(_, f)| f.name.to_string());
    }
    let mut seen = std::collections::HashSet::with_capacity(fields.len());
    fields.iter().find(|f| !seen.insert(&*f.name)).map(|f| f.name.to_string())
}

/// Reads a text or null.
pub(super) fn text(field: &'static str, json: Option<&str>) -> Result<Option<String>, RecordError> {
    match json {
        None | Some("null") => Ok(None),
        Some(json) if json.starts_with('"') => match serde_json::from_str(json) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(RecordError::Kind { field, expected: "a text", found: "a text with a broken escape" }),
        },
        Some(json) => Err(wrong_kind(field, "a text", json)),
    }
}

/// Reads true, false or null.
pub(super) fn flag(field: &'static str, json: Option<&str>) -> Result<Option<bool>, RecordError> {
    match json {
        None | Some("null") => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(json) => Err(wrong_kind(field, "true or false", json)),
    }
}

/// Reads a number or null, keeping its digits.
pub(super) fn number(field: &'static str, json: Option<&str>) -> Result<Option<String>, RecordError> {
    match json {
        None | Some("null") => Ok(None),
        Some(json) if json.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => Ok(Some(json.to_owned())),
        Some(json) => Err(wrong_kind(field, "a number", json)),
    }
}

/// Reads a list, or null as an empty one.
pub(super) fn list<T: serde::de::DeserializeOwned>(
    field: &'static str,
    expected: &'static str,
    json: Option<&str>,
) -> Result<Vec<T>, RecordError> {
    match json {
        None | Some("null") => Ok(Vec::new()),
        Some(json) => serde_json::from_str(json).map_err(|_| wrong_kind(field, expected, json)),
    }
}

fn wrong_kind(field: &'static str, expected: &'static str, json: &str) -> RecordError {
    let found = match json.as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'{') => "an object",
        Some(b'[') => "a list of something else",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    };
    RecordError::Kind { field, expected, found }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_quoted_text_is_what_json_makes_of_it(text in "\\PC*|[\\x00-\\x7f\u{2028}é]*") {
            prop_assert_eq!(super::quote(&text), serde_json::to_string(&text).expect("a text"));
        }
    }
}
