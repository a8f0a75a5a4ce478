//! Files of tasks, piece by piece: a list envelope, an array, one task, one object a
//! line, a page of the event log, a webhook delivery. Told apart by content.
//!
//! Lines are read one at a time; a file that is one value is streamed, so that memory
//! grows with the longest record and not with the file.

use std::io::{self, BufRead, BufReader, Read};

use chrono::{DateTime, Utc};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::parse::{self, Flaw, LONGEST_RECORD};
use crate::domain::date::parse_moment;
use crate::domain::record::Record;

/// A piece of a file.
#[derive(Debug)]
pub enum Piece<'a> {
    /// A whole task.
    Task(Record<'a>),
    /// Some fields of a task, from an event: to be laid over what is held. The moment is
    /// the exact time of completion, where the event tells one.
    Part(Record<'a>, Option<DateTime<Utc>>),
    /// An event that brings no task: a deletion, or one whose data has expired.
    Nothing,
    /// A record that is refused.
    Bad(Flaw),
}

/// Reads a source; `visit` gets each piece with its place: a line, or an index from 1.
///
/// # Errors
/// When the source cannot be read.
pub fn read(source: impl Read, visit: &mut dyn FnMut(&str, Piece<'_>)) -> io::Result<()> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let begins = source.fill_buf()?;
    if begins.starts_with(b"\xff\xfe") || begins.starts_with(b"\xfe\xff") {
        visit("line 1", Piece::Bad(Flaw::Encoding(1)));
        return Ok(());
    }
    if begins.starts_with(b"\xef\xbb\xbf") {
        source.consume(3);
    }
    let (mut begin, mut blank) = (Vec::new(), 0);
    while begin.trim_ascii().is_empty() {
        blank += u64::from(!begin.is_empty());
        begin.clear();
        if source.by_ref().take(LONGEST_GLANCE).read_until(b'\n', &mut begin)? == 0 {
            return Ok(());
        }
    }
    let first = begin.len();
    source.by_ref().take(LONGEST_GLANCE).read_until(b'\n', &mut begin)?;
    let is_lines = is_object(&begin[..first]) || is_bad_line(&begin[..first]) && is_object(&begin[first..]);
    let whole = io::Cursor::new(begin).chain(source);
    if is_lines { lines(whole, blank, visit) } else { streamed(whole, visit) }
}

/// A first line longer than this is the beginning of a file that is one value.
const LONGEST_GLANCE: u64 = 64 << 10;

/// Whether a line is an object, or several.
fn is_object(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let mut values = serde_json::Deserializer::from_str(line).into_iter::<&RawValue>();
    let begins = matches!(values.next(), Some(Ok(value)) if value.get().starts_with('{'));
    begins && !line[values.byte_offset()..].trim_start().starts_with(',')
}

/// Whether a line that is no object is none that a value over several lines begins with.
fn is_bad_line(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.starts_with(b"[") && !line.ends_with(b"[") && !line.ends_with(b"{") && !line.ends_with(b",")
}

/// One record a line; `number` lines before them were blank.
fn lines(mut source: impl BufRead, mut number: u64, visit: &mut dyn FnMut(&str, Piece<'_>)) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        number += 1;
        let read = source.by_ref().take(LONGEST_RECORD as u64 + 2).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        let place = || format!("line {number}");
        if line.len() > LONGEST_RECORD && !line.ends_with(b"\n") {
            source.skip_until(b'\n')?;
            visit(&place(), Piece::Bad(Flaw::Long));
            continue;
        }
        match std::str::from_utf8(&line) {
            Ok(text) if text.trim().is_empty() => {}
            // Objects may follow each other on one line.
            Ok(text) => values(text, &place(), visit),
            Err(e) => visit(&place(), Piece::Bad(Flaw::Encoding(e.valid_up_to() + 1))),
        }
    }
}

fn values(text: &str, place: &str, visit: &mut dyn FnMut(&str, Piece<'_>)) {
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        match value {
            Ok(value) => element(value.get(), place, visit),
            Err(e) => return visit(place, Piece::Bad(Flaw::Json(e))),
        }
    }
}

/// A file that is one value, or several that span lines.
fn streamed(source: impl BufRead, visit: &mut dyn FnMut(&str, Piece<'_>)) -> io::Result<()> {
    let mut json = serde_json::Deserializer::from_reader(source);
    let mut top = Top { index: 0, events: Vec::new(), visit };
    loop {
        let done = top.deserialize_value(&mut json);
        top.flush();
        match done {
            Ok(()) => {}
            Err(e) if e.is_io() => return Err(e.into()),
            Err(e) if e.is_eof() && e.line() > 0 && top.at_end(&mut json) => return Ok(()),
            Err(e) => {
                let place = format!("line {}", e.line());
                // The only error of reading that is not about JSON.
                let is_encoding = e.to_string().starts_with("invalid unicode code point");
                let flaw = if is_encoding { Flaw::Encoding(e.column()) } else { Flaw::Json(e) };
                (top.visit)(&place, Piece::Bad(flaw));
                return Ok(());
            }
        }
        if json.end().is_ok() {
            return Ok(());
        }
    }
}

/// The outermost value: its elements are visited as they come.
struct Top<'v> {
    index: u64,
    /// A page of the event log is newest first; what is older is applied first.
    events: Vec<(String, String)>,
    visit: &'v mut dyn FnMut(&str, Piece<'_>),
}

impl Top<'_> {
    fn deserialize_value<'de, R: serde_json::de::Read<'de>>(
        &mut self,
        json: &mut serde_json::Deserializer<R>,
    ) -> serde_json::Result<()> {
        serde::Deserializer::deserialize_any(json, &mut *self)
    }

    fn at_end<'de, R: serde_json::de::Read<'de>>(&self, json: &mut serde_json::Deserializer<R>) -> bool {
        self.index > 0 && json.end().is_ok()
    }

    fn element(&mut self, json: &str) {
        self.index += 1;
        let place = format!("record {}", self.index);
        if is_event(json) {
            self.events.push((place, json.to_owned()));
        } else {
            element(json, &place, self.visit);
        }
    }

    fn flush(&mut self) {
        for (place, json) in std::mem::take(&mut self.events).into_iter().rev() {
            element(&json, &place, self.visit);
        }
    }
}

impl<'de> Visitor<'de> for &mut Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object or a list of tasks")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(value) = seq.next_element::<Box<RawValue>>()? {
            self.element(value.get());
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut object, mut streamed) = (String::from("{"), false);
        while let Some(name) = map.next_key::<String>()? {
            if name == "data" {
                // A list is an envelope's; anything else is a field like others.
                if let Some(json) = map.next_value_seed(Data(self))? {
                    field(&mut object, &name, &json);
                } else {
                    streamed = true;
                }
            } else {
                field(&mut object, &name, map.next_value::<Box<RawValue>>()?.get());
            }
        }
        object.push('}');
        if !streamed {
            self.element(&object);
        }
        Ok(())
    }
}

fn field(object: &mut String, name: &str, json: &str) {
    if object.len() > 1 {
        object.push(',');
    }
    object.push_str(&crate::domain::record::quote(name));
    object.push(':');
    object.push_str(json);
}

/// The value of `data`: a list is visited, an object is given back.
struct Data<'t, 'v>(&'t mut Top<'v>);

impl<'de> DeserializeSeed<'de> for Data<'_, '_> {
    type Value = Option<String>;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Data<'_, '_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of tasks or a task")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Option<String>, A::Error> {
        self.0.visit_seq(seq).map(|()| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<String>, A::Error> {
        let mut object = String::from("{");
        while let Some(name) = map.next_key::<String>()? {
            field(&mut object, &name, map.next_value::<Box<RawValue>>()?.get());
        }
        object.push('}');
        Ok(Some(object))
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(Some("null".to_owned()))
    }
}

fn is_event(json: &str) -> bool {
    json.contains("\"action\"") && parse::record(json).is_ok_and(|r| is_event_record(&r))
}

fn is_event_record(record: &Record<'_>) -> bool {
    record.get("action").is_some() && record.get("object_type").is_some() && record.get("_type").is_none()
}

/// One object: a task, an event, a webhook delivery, or an envelope on one line.
fn element(json: &str, place: &str, visit: &mut dyn FnMut(&str, Piece<'_>)) {
    let Some(records) = enveloped(json) else { return single(json, place, visit) };
    let mut places: Vec<_> = (1..).map(|index| format!("{place}, record {index}")).zip(records).collect();
    if places.iter().any(|(_, json)| is_event(json.get())) {
        places.reverse();
    }
    places.iter().for_each(|(place, json)| single(json.get(), place, visit));
}

/// The records of an envelope, each as it came: what is wrong with one refuses that one only.
fn enveloped(json: &str) -> Option<Vec<&RawValue>> {
    #[derive(serde::Deserialize)]
    struct Envelope<'a> {
        #[serde(borrow)]
        data: Vec<&'a RawValue>,
        _type: Option<IgnoredAny>,
        event: Option<IgnoredAny>,
        action: Option<IgnoredAny>,
    }
    if !json.contains("\"data\"") {
        return None;
    }
    let envelope: Envelope<'_> = serde_json::from_str(json).ok()?;
    let is_other = envelope._type.is_some() || envelope.event.is_some() || envelope.action.is_some();
    (!is_other).then_some(envelope.data)
}

fn single(json: &str, place: &str, visit: &mut dyn FnMut(&str, Piece<'_>)) {
    let record = match parse::record(json) {
        Ok(record) => record,
        Err(flaw) => return visit(place, Piece::Bad(flaw)),
    };
    if record.get("_type").is_some() {
        return visit(place, Piece::Task(record));
    }
    if let Some(event) = record.get("event").filter(|event| event.starts_with('{')) {
        return single(event, place, visit);
    }
    if is_event_record(&record) {
        return event(&record, place, visit);
    }
    visit(place, Piece::Task(record));
}

fn event(event: &Record<'_>, place: &str, visit: &mut dyn FnMut(&str, Piece<'_>)) {
    let is_task = event.get("object_type").is_some_and(|kind| kind.starts_with("\"task."));
    let data =
        event.get("data").filter(|data| is_task && data.starts_with('{') && event.get("action") != Some("\"deleted\""));
    let Some(data) = data else { return visit(place, Piece::Nothing) };
    let task = match parse::record(data) {
        Ok(task) => task,
        Err(flaw) => return visit(place, Piece::Bad(flaw)),
    };
    let completes = event.get("action") == Some("\"completed\"")
        || event.get("changed_fields").is_some_and(|fields| fields.contains("\"is_complete\""));
    let at = event.get("date_created").and_then(|json| serde_json::from_str::<String>(json).ok());
    let told =
        at.filter(|_| completes && task.get("is_complete") == Some("true")).and_then(|at| parse_moment(&at).ok());
    visit(place, Piece::Part(task, told));
}
