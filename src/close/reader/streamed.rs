//! A file that is one value, or several that span lines, element by element.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::element::{element, is_event};
use super::{Piece, Visit};
use crate::close::parse::{Flaw, LONGEST_RECORD};

/// No more bytes than this are taken from one record to the next: what parts them is no
/// part of them.
pub(super) const MOST_TAKEN: usize = LONGEST_RECORD + (64 << 10);

/// A place behind which no record can be told from another.
pub(super) struct Unread {
    pub(super) place: String,
    pub(super) flaw: Flaw,
    /// Whether nothing came before it: it is in the first value, and in no list.
    pub(super) is_first: bool,
}

/// Reads a file that is one value, or several that span lines; `blank` lines were before
/// them.
pub(super) fn streamed(source: impl BufRead, blank: u64, visit: &mut Visit<'_>) -> io::Result<Option<Unread>> {
    let taken = Cell::new(0);
    let mut json = serde_json::Deserializer::from_reader(Limited { source, taken: &taken });
    let mut top = Top { index: 0, has_list: false, is_over: false, page: Page::default(), taken: &taken, visit };
    loop {
        taken.set(0);
        let done = top.deserialize_value(&mut json);
        if top.is_over {
            return Ok(None);
        }
        let (place, flaw) = match done {
            Ok(()) if json.end().is_ok() => return Ok(None),
            Ok(()) => continue,
            Err(e) if e.is_io() && taken.get() >= MOST_TAKEN => (place(top.index + 1), Flaw::Long),
            Err(e) if e.is_io() => return Err(e.into()),
            Err(e) => (format!("line {}", blank + e.line() as u64), flaw(e)),
        };
        // Of a list that breaks off the oldest events are missing: those that are newer would
        // keep them from being taken in later.
        let flaw = if top.page.begins.is_empty() { flaw } else { Flaw::Events(Box::new(flaw)) };
        return Ok(Some(Unread { place, flaw, is_first: top.index == 0 && !top.has_list }));
    }
}

fn place(index: u64) -> String {
    format!("record {index}")
}

fn flaw(error: serde_json::Error) -> Flaw {
    // The only error of reading that is not about JSON.
    let is_encoding = error.to_string().starts_with("invalid unicode code point");
    if is_encoding { Flaw::Encoding(error.column()) } else { Flaw::Json(error) }
}

/// A source that fails where a record would take more memory than one may have: a value
/// is held until its end is found.
struct Limited<'c, S> {
    source: S,
    /// The bytes since the last record.
    taken: &'c Cell<usize>,
}

impl<S: Read> Read for Limited<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken.get() >= MOST_TAKEN {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.source.read(buffer)?;
        self.taken.set(self.taken.get() + read);
        Ok(read)
    }
}

/// The events of a list wait for its end: a page of the event log is newest first, and
/// what is older is applied first.
#[derive(Default)]
struct Page {
    text: String,
    /// The index of each event, and where it begins in the text.
    begins: Vec<(u64, usize)>,
}

impl Page {
    /// Whether there is room for one more.
    fn hold(&mut self, index: u64, json: &str) -> bool {
        let has_room = self.text.len() + json.len() <= LONGEST_RECORD;
        if has_room {
            self.begins.push((index, self.text.len()));
            self.text.push_str(json);
        }
        has_room
    }
}

/// The outermost value: its elements are visited as they come.
struct Top<'v, 'c> {
    index: u64,
    has_list: bool,
    /// Whether no more is to be read: nobody wants it, or why not is told already.
    is_over: bool,
    page: Page,
    taken: &'c Cell<usize>,
    visit: &'v mut Visit<'v>,
}

impl Top<'_, '_> {
    fn deserialize_value<'de, R: serde_json::de::Read<'de>>(
        &mut self,
        json: &mut serde_json::Deserializer<R>,
    ) -> serde_json::Result<()> {
        serde::Deserializer::deserialize_any(json, &mut *self)
    }

    fn element<E: serde::de::Error>(&mut self, json: &str) -> Result<(), E> {
        self.index += 1;
        let went_on = if !is_event(json) {
            element(json, &place(self.index), self.visit)
        } else if self.page.hold(self.index, json) {
            ControlFlow::Continue(())
        } else {
            let _ = (self.visit)(&place(self.index), Piece::Bad(Flaw::Page.last()));
            ControlFlow::Break(())
        };
        self.go_on(went_on)
    }

    /// A list has ended, or one value that is none.
    fn flush<E: serde::de::Error>(&mut self) -> Result<(), E> {
        let Page { mut text, mut begins } = std::mem::take(&mut self.page);
        while let Some((index, begin)) = begins.pop() {
            let went_on = element(&text[begin..], &place(index), self.visit);
            self.go_on(went_on)?;
            text.truncate(begin);
        }
        Ok(())
    }

    /// An error is the only way out of a value before its end.
    fn go_on<E: serde::de::Error>(&mut self, went_on: ControlFlow<()>) -> Result<(), E> {
        self.is_over = went_on.is_break();
        if self.is_over { Err(E::custom("nobody wants the rest")) } else { Ok(()) }
    }
}

impl<'de> Visitor<'de> for &mut Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object or a list of tasks")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.has_list = true;
        self.taken.set(0);
        while let Some(value) = seq.next_element::<Box<RawValue>>()? {
            self.element(value.get())?;
            self.taken.set(0);
        }
        self.flush()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut object, mut streamed) = (String::from("{"), false);
        while let Some(name) = map.next_key::<String>()? {
            let json = if name == "data" {
                // A list is an envelope's; anything else is a field like others.
                map.next_value_seed(Data(self))?
            } else {
                Some(map.next_value::<Box<RawValue>>()?.get().to_owned())
            };
            streamed |= json.is_none();
            if streamed {
                // Nothing of what stands behind a list is held.
                self.taken.set(0);
            }
            // The fields of an envelope say nothing of its records, and may be many.
            if let Some(json) = json.filter(|_| !streamed) {
                field(&mut object, &name, &json);
            }
        }
        object.push('}');
        if streamed {
            return Ok(());
        }
        self.element(&object)?;
        self.flush()
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
struct Data<'t, 'v, 'c>(&'t mut Top<'v, 'c>);

impl<'de> DeserializeSeed<'de> for Data<'_, '_, '_> {
    type Value = Option<String>;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Data<'_, '_, '_> {
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
