//! One JSON object to a record: within limits, with one meaning, every value kept.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::value::RawValue;

use crate::domain::record::{Field, Record, RecordError};

/// A record may have so many bytes, and so may the events of a list together, which are held
/// until its end.
pub const LONGEST_RECORD: usize = 16 << 20;
/// Values may nest so deep.
const DEEPEST: usize = 64;
/// A record may have so many fields.
const MOST_FIELDS: usize = 10_000;
/// A number may have so many characters.
const LONGEST_NUMBER: usize = 1000;
/// All lists of a record together may have so many entries.
const MOST_ENTRIES: usize = 100_000;

/// Why a record is refused.
#[derive(Debug, thiserror::Error)]
pub enum Flaw {
    /// It is no JSON.
    #[error("it is no JSON ({})", reason(.0))]
    Json(serde_json::Error),
    /// It is JSON, but no object.
    #[error("it is no JSON object")]
    NoObject,
    /// Nested too deep.
    #[error("it nests deeper than {DEEPEST} levels")]
    Deep,
    /// Too many fields.
    #[error("it has more than {MOST_FIELDS} fields")]
    Fields,
    /// Too many list entries.
    #[error("its lists have more than {MOST_ENTRIES} entries")]
    Entries,
    /// A number that is too long.
    #[error("it has a number of more than {LONGEST_NUMBER} characters")]
    Number,
    /// Half a surrogate pair: no character.
    #[error("it has half a surrogate pair, which is no character")]
    Surrogate,
    /// Too many bytes.
    #[error("it has more than {LONGEST_RECORD} bytes")]
    Long,
    /// Too many events in one list.
    #[error(
        "with it the events of the list have more than {LONGEST_RECORD} bytes, and none of them was taken in; \
         write one event a line, the oldest first"
    )]
    Page,
    /// What ends a list of events before its end.
    #[error("{0}; none of the events of its list was taken in")]
    Events(Box<Flaw>),
    /// Not UTF-8.
    #[error("it is not UTF-8 from byte {0} on; save the file as UTF-8")]
    Encoding(usize),
    /// It leaves no way to tell where the next record begins.
    #[error("{0}; nothing behind it was read")]
    Last(Box<Flaw>),
    /// Its fields do not make a task.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl Flaw {
    /// As it is told where the file is not read any further.
    pub(super) fn last(self) -> Flaw {
        match self {
            Flaw::Json(e) if e.is_eof() => Flaw::Json(e),
            // The advice in it is for the whole file.
            Flaw::Encoding(at) => Flaw::Encoding(at),
            Flaw::Events(flaw) => Flaw::Events(Box::new(flaw.last())),
            flaw => Flaw::Last(Box::new(flaw)),
        }
    }
}

/// The fields of an object, as they came.
pub(super) struct Fields<'a>(pub(super) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> serde::Deserialize<'de> for Fields<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Fields<'de>, D::Error> {
        struct Visit;
        impl<'de> serde::de::Visitor<'de> for Visit {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::with_capacity(32);
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &RawValue>()? {
                    fields.push((name, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

/// A name, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// What `serde_json` says; it counts lines from the value's first, which would contradict
/// the line of the file that stands in front.
fn reason(error: &serde_json::Error) -> String {
    error.to_string().replace(&format!(" at line {} column ", error.line()), " at column ")
}

/// Reads an object as a record.
///
/// # Errors
/// When it is no JSON object, is over a limit, or has a name twice.
pub fn record(json: &str) -> Result<Record<'_>, Flaw> {
    if json.len() > LONGEST_RECORD {
        return Err(Flaw::Long);
    }
    if !json.trim_start().starts_with('{') {
        return Err(Flaw::NoObject);
    }
    let Fields(fields) = serde_json::from_str(json).map_err(Flaw::Json)?;
    if fields.len() > MOST_FIELDS {
        return Err(Flaw::Fields);
    }
    let mut entries = 0;
    let compact = fields.into_iter().map(|(name, value)| Ok(Field { name, json: compact(value.get(), &mut entries)? }));
    Ok(Record::from_fields(compact.collect::<Result<_, Flaw>>()?)?)
}

/// Checks a value and takes the blanks between its tokens out. `serde_json` has checked
/// its grammar; depth, names and characters it does not look at in raw values.
fn compact<'a>(json: &'a str, entries: &mut usize) -> Result<Cow<'a, str>, Flaw> {
    let bytes = json.as_bytes();
    let (mut at, mut kept) = (0, 0);
    let mut open = Open::default();
    let mut out: Option<String> = None;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at)?;
                open.text(&json[at..end])?;
                at = end;
            }
            bracket @ (b'{' | b'[') => {
                open.begin(bracket)?;
                at += 1;
            }
            b'}' | b']' => {
                open.end();
                at += 1;
            }
            b',' => {
                *entries += 1;
                if *entries > MOST_ENTRIES {
                    return Err(Flaw::Entries);
                }
                open.next();
                at += 1;
            }
            b' ' | b'\n' | b'\r' | b'\t' => {
                out.get_or_insert_with(String::new).push_str(&json[kept..at]);
                at += 1;
                kept = at;
            }
            b'-' | b'0'..=b'9' => {
                let end = at
                    + bytes[at..]
                        .iter()
                        .take_while(|b| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
                        .count();
                if end - at > LONGEST_NUMBER {
                    return Err(Flaw::Number);
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    Ok(match out {
        None => Cow::Borrowed(json),
        Some(mut out) => {
            out.push_str(&json[kept..]);
            Cow::Owned(out)
        }
    })
}

/// The objects and lists around a place in a value.
#[derive(Default)]
struct Open<'a> {
    /// The names of each object so far; `None` for a list.
    names: Vec<Option<HashSet<Cow<'a, str>>>>,
    name_next: bool,
}

impl<'a> Open<'a> {
    fn begin(&mut self, bracket: u8) -> Result<(), Flaw> {
        self.names.push((bracket == b'{').then(HashSet::new));
        self.name_next = bracket == b'{';
        // The record itself is the first level.
        if self.names.len() < DEEPEST { Ok(()) } else { Err(Flaw::Deep) }
    }

    fn next(&mut self) {
        self.name_next = matches!(self.names.last(), Some(Some(_)));
    }

    fn end(&mut self) {
        self.names.pop();
        self.name_next = false;
    }

    /// A text in quotation marks: a name, if one is due.
    fn text(&mut self, quoted: &'a str) -> Result<(), Flaw> {
        let due = std::mem::take(&mut self.name_next);
        let Some(Some(names)) = self.names.last_mut().filter(|_| due) else { return Ok(()) };
        let Name(name) = serde_json::from_str(quoted).map_err(Flaw::Json)?;
        if names.contains(&name) {
            return Err(RecordError::Twice(name.into_owned()).into());
        }
        names.insert(name);
        Ok(())
    }
}

/// The place behind the string that begins at `start`.
fn string_end(bytes: &[u8], start: usize) -> Result<usize, Flaw> {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return Ok(at + 1),
            b'\\' if bytes.get(at + 1) == Some(&b'u') => match unit(bytes, at) {
                Some(0xD800..=0xDBFF) if matches!(unit(bytes, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
                Some(0xD800..=0xDFFF) => return Err(Flaw::Surrogate),
                Some(_) | None => at += 6,
            },
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    Ok(at)
}

/// The UTF-16 unit of a `\uXXXX` escape.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p26_a_name_that_comes_twice_is_an_error_and_numbers_keep_their_digits() {
        assert!(record(r#"{"a":1,"a":2}"#).unwrap_err().to_string().contains("\"a\" comes twice"));
        for twice in [r#"{"x":{"a":1,"b":{},"\u0061":2}}"#, r#"{"x":[{"y":{"a":[],"a":[]}}]}"#] {
            assert!(record(twice).unwrap_err().to_string().contains("\"a\" comes twice"), "{twice}");
        }
        assert!(record(r#"{"x":[{"a":"a"},{"a":["a","a"]},{"b":{"a":1},"a":2}]}"#).is_ok());
        let big = record(r#"{"n": 9007199254740993.10, "x": [ 1 , "a b" ] }"#).unwrap();
        assert_eq!(big.to_json(), r#"{"n":9007199254740993.10,"x":[1,"a b"]}"#);
    }

    #[test]
    fn p25_the_limits_are_those_that_the_paper_states() {
        let paper = include_str!("../../docs/close-tasks.md");
        for (most, of) in [
            (LONGEST_RECORD >> 20, "MiB"),
            (MOST_FIELDS, "fields"),
            (DEEPEST, "levels"),
            (MOST_ENTRIES, "entries"),
            (LONGEST_NUMBER, "characters"),
        ] {
            let most = if most < 10_000 { most.to_string() } else { format!("{} {:03}", most / 1000, most % 1000) };
            assert!(paper.contains(&format!(" {most} {of}")), "{most} {of}");
        }
    }

    #[test]
    fn p25_what_is_over_a_limit_is_an_error_of_its_own() {
        let deep = format!(r#"{{"x":{}{}}}"#, "[".repeat(5000), "]".repeat(5000));
        assert!(matches!(record(&deep), Err(Flaw::Deep)));
        assert!(matches!(record(&format!(r#"{{"x":{}}}"#, "9".repeat(1001))), Err(Flaw::Number)));
        assert!(matches!(record(&format!(r#"{{"x":[0{}]}}"#, ",0".repeat(100_001))), Err(Flaw::Entries)));
        let many: String = (0..10_001).map(|i| format!(r#""k{i}":0,"#)).collect();
        assert!(matches!(record(&format!("{{{}\"z\":0}}", many)), Err(Flaw::Fields)));
        assert!(matches!(record(r#"{"x":"\ud800"}"#), Err(Flaw::Surrogate)));
        assert!(record(r#"{"x":"\ud83d\ude00 \\ud800"}"#).is_ok());
        assert!(matches!(record("[1]"), Err(Flaw::NoObject)));
        assert!(matches!(record("{\"a\":"), Err(Flaw::Json(_))));
    }
}
