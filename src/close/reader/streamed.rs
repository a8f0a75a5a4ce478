//! A file that is one value, or several that span lines, element by element.

use std::io::{self, BufRead};

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Piece;
use super::element::{element, is_event};
use crate::close::parse::Flaw;

/// A file that is one value, or several that span lines; `blank` lines were before them.
pub(super) fn streamed(source: impl BufRead, blank: u64, visit: &mut dyn FnMut(&str, Piece<'_>)) -> io::Result<()> {
    let mut json = serde_json::Deserializer::from_reader(source);
    let mut top = Top { index: 0, events: Vec::new(), visit };
    loop {
        let done = top.deserialize_value(&mut json);
        top.flush();
        match done {
            Ok(()) => {}
            Err(e) if e.is_io() => return Err(e.into()),
            Err(e) => {
                let place = format!("line {}", blank + e.line() as u64);
                (top.visit)(&place, Piece::Bad(flaw(e)));
                return Ok(());
            }
        }
        if json.end().is_ok() {
            return Ok(());
        }
    }
}

/// What is wrong where no more of a file can be read.
fn flaw(error: serde_json::Error) -> Flaw {
    // The only error of reading that is not about JSON.
    if error.to_string().starts_with("invalid unicode code point") {
        return Flaw::Encoding(error.column());
    }
    let is_at_end = error.is_eof();
    let flaw = Flaw::Json(error);
    if is_at_end { flaw } else { Flaw::Last(Box::new(flaw)) }
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
