//! Files of tasks, piece by piece: a list envelope, an array, one task, one object a
//! line, a page of the event log, a webhook delivery. Told apart by content.
//!
//! Lines are read one at a time; a file that is one value is streamed (`streamed`), so that
//! memory grows with the longest record and not with the file: the events of a list, which
//! are held until its end, may be no longer together. What an object brings is in `element`.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use self::element::{element, is_envelope};
use self::streamed::{MOST_TAKEN, Unread, streamed};
use super::parse::{Flaw, LONGEST_RECORD};
use crate::domain::record::Record;

mod element;
mod streamed;

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

/// Gets each piece with its place, a line or an index from 1, and says whether to read on.
pub type Visit<'v> = dyn FnMut(&str, Piece<'_>) -> ControlFlow<()> + 'v;

/// Reads a source, until its end or until `visit` wants no more.
///
/// # Errors
/// When the source cannot be read.
pub fn read(source: impl Read, visit: &mut Visit<'_>) -> io::Result<()> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let begins = source.fill_buf()?;
    if begins.starts_with(b"\xff\xfe") || begins.starts_with(b"\xfe\xff") {
        let _ = visit("line 1", Piece::Bad(Flaw::Encoding(1)));
        return Ok(());
    }
    if begins.starts_with(b"\xef\xbb\xbf") {
        source.consume(3);
    }
    let (mut begin, mut blank) = (Vec::new(), 0);
    while begin.trim_ascii().is_empty() {
        blank += u64::from(begin.ends_with(b"\n"));
        begin.clear();
        if read_on(&mut source, LONGEST_GLANCE, &mut begin)? == 0 {
            return Ok(());
        }
    }
    // A list on one line is no record, and may be as long as it likes.
    if !begin.trim_ascii_start().starts_with(b"[") {
        read_on(&mut source, MOST_TAKEN, &mut begin)?;
    }
    let first = begin.len();
    let is_long = first == MOST_TAKEN && !begin.ends_with(b"\n");
    let is_lines = if is_object(&begin) {
        // Only a list, or several records, may be longer than one.
        first <= LONGEST_RECORD || is_one_record(&begin)
    } else {
        begin.ends_with(b"\n") && is_bad_line(&begin) && {
            source.by_ref().take(LONGEST_RECORD as u64).read_until(b'\n', &mut begin)?;
            is_object(&begin[first..])
        }
    };
    let mut whole = io::Cursor::new(begin).chain(source);
    if is_lines {
        return lines(whole, blank, visit);
    }
    let Some(Unread { place, flaw, is_first }) = streamed(&mut whole, blank, visit)? else { return Ok(()) };
    if is_long && is_first {
        if visit(&format!("line {}", blank + 1), Piece::Bad(flaw)).is_break() {
            return Ok(());
        }
        whole.skip_until(b'\n')?;
        return lines(whole, blank + 1, visit);
    }
    let _ = visit(&place, Piece::Bad(flaw.last()));
    Ok(())
}

/// So much of a line tells whether it is blank, or begins a list.
const LONGEST_GLANCE: usize = 64 << 10;

/// Reads a line up to its end, or up to `most` bytes, behind what is read of it already.
fn read_on(source: &mut impl BufRead, most: usize, line: &mut Vec<u8>) -> io::Result<usize> {
    if line.ends_with(b"\n") {
        return Ok(0);
    }
    source.by_ref().take(most.saturating_sub(line.len()) as u64).read_until(b'\n', line)
}

/// Whether a line is an object, or several.
fn is_object(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let mut values = serde_json::Deserializer::from_str(line).into_iter::<&RawValue>();
    let begins = matches!(values.next(), Some(Ok(value)) if value.get().starts_with('{'));
    begins && !line[values.byte_offset()..].trim_start().starts_with(',')
}

/// Whether a line is one object, and no envelope of several.
fn is_one_record(line: &[u8]) -> bool {
    serde_json::from_slice::<&RawValue>(line).is_ok_and(|value| !is_envelope(value.get()))
}

/// Whether a line that is no object is none that a value over several lines begins with.
fn is_bad_line(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.starts_with(b"[") && !line.ends_with(b"[") && !line.ends_with(b"{") && !line.ends_with(b",")
}

/// One record a line; `number` lines before them were blank.
fn lines(mut source: impl BufRead, mut number: u64, visit: &mut Visit<'_>) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        number += 1;
        let read = source.by_ref().take(LONGEST_RECORD as u64 + 2).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        let place = || format!("line {number}");
        let went_on = if line.len() > LONGEST_RECORD && !line.ends_with(b"\n") {
            source.skip_until(b'\n')?;
            visit(&place(), Piece::Bad(Flaw::Long))
        } else {
            match std::str::from_utf8(&line) {
                Ok(text) if text.trim().is_empty() => continue,
                // Objects may follow each other on one line.
                Ok(text) => values(text, &place(), visit),
                Err(e) => visit(&place(), Piece::Bad(Flaw::Encoding(e.valid_up_to() + 1))),
            }
        };
        if went_on.is_break() {
            return Ok(());
        }
    }
}

fn values(text: &str, place: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        match value {
            Ok(value) => element(value.get(), place, visit)?,
            Err(e) => return visit(place, Piece::Bad(Flaw::Json(e))),
        }
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests;
