//! Which pieces a source has, where they are said to be, and how far it is read.

use std::io::Read;

use super::*;

/// What is told of a source: each piece with its place.
fn told(source: impl Read) -> Vec<String> {
    let mut told = Vec::new();
    read(source, &mut |place, piece| {
        let what = match piece {
            Piece::Task(record) | Piece::Part(record, _) => record.get("id").unwrap_or_default().to_owned(),
            Piece::Nothing => "nothing".to_owned(),
            Piece::Bad(flaw) => flaw.to_string(),
        };
        told.push(format!("{place}: {what}"));
        ControlFlow::Continue(())
    })
    .expect("it is read");
    told
}

fn task(id: &str) -> String {
    format!(r#"{{"_type":"lead","id":"{id}"}}"#)
}

#[test]
fn p25_a_file_that_was_cut_off_is_told_with_what_it_brought_until_there() {
    for list in ["[", "{\"data\":["] {
        let told = told(format!("{list}{},\n{{\"id\":\"b\",\"te", task("a")).as_bytes());
        assert_eq!(told[0], "record 1: \"a\"");
        assert!(told[1].starts_with("line 2: ") && told[1].contains("EOF"), "{told:?}");
    }
}

#[test]
fn p25_a_bad_line_is_one_record_however_long_the_first_line_is() {
    let bad = "{\"id\":\"cut";
    for length in [10, 70 << 10, 1 << 20] {
        let long = format!(r#"{{"_type":"lead","text":"{}","id":"long"}}"#, "a".repeat(length));
        let lines = [&long, bad, &task("good"), "", &task("also")].join("\n");
        let told = told(lines.as_bytes());
        assert_eq!(
            (told.len(), &told[0], &told[2]),
            (4, &"line 1: \"long\"".to_owned(), &"line 3: \"good\"".to_owned())
        );
        assert!(told[1].starts_with("line 2: it is no JSON"), "{told:?}");
        assert_eq!(told[3], "line 5: \"also\"");
    }
}

#[test]
fn p25_the_first_line_may_be_bad_however_long_it_and_the_second_are() {
    for (first, second) in [(10, 70 << 10), (70 << 10, 10), (70 << 10, 70 << 10)] {
        let bad = format!("{{\"text\":\"{}", "a".repeat(first));
        let long = format!(r#"{{"_type":"lead","text":"{}","id":"long"}}"#, "a".repeat(second));
        let told = told([bad.as_str(), &long, &task("good")].join("\n").as_bytes());
        assert!(told[0].starts_with("line 1: it is no JSON"), "{told:?}");
        assert_eq!(told[1..], ["line 2: \"long\"", "line 3: \"good\""], "{first} {second}");
    }
}

#[test]
fn p25_where_the_rest_of_a_file_cannot_be_read_that_is_said_with_the_line() {
    let told = told(format!("\n{}\n[{},\nno json,\n{}]", " ".repeat(70 << 10), task("a"), task("b")).as_bytes());
    assert_eq!(told[0], "record 1: \"a\"");
    assert!(
        told[1].starts_with("line 4: it is no JSON") && told[1].ends_with("nothing behind it was read"),
        "{told:?}"
    );
    assert_eq!(told.len(), 2);
}

/// Counts the bytes that are taken from a source.
struct Counted<R>(R, usize);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1 += read;
        Ok(read)
    }
}

/// So much may be read beyond what is wanted.
const AHEAD: usize = 1 << 17;

#[test]
fn p25_a_record_without_end_is_refused_where_it_is_too_long_and_not_read_to_its_end() {
    for (begin, place) in
        [("{\"data\":[{\"id\":\"a\"},{\"text\":\"", "record 2"), ("{\"text\":\"", "line 1"), ("{\n\"", "record 1")]
    {
        let mut source = Counted(begin.as_bytes().chain(io::repeat(b'a').take(64 << 20)), 0);
        let told = told(&mut source);
        // What ends a line ends a record that has the first one for itself.
        let read = if place == "line 1" { 64 << 20 } else { LONGEST_RECORD };
        assert!((read..read + AHEAD).contains(&source.1), "{begin:?}: {}", source.1);
        let last = told.last().expect("something is told");
        assert!(last.starts_with(&format!("{place}: it has more than {LONGEST_RECORD} bytes")), "{told:?}");
        assert_eq!(last.ends_with("nothing behind it was read"), place != "line 1", "{told:?}");
    }
}

#[test]
fn p25_a_first_line_that_is_too_long_is_one_record() {
    let long = format!(r#"{{"_type":"lead","id":"long","text":"{}"}}"#, "a".repeat(17 << 20));
    let told = told([long.as_str(), "{\"id\":\"cut", &task("good")].join("\n").as_bytes());
    assert_eq!(told[0], format!("line 1: it has more than {LONGEST_RECORD} bytes"));
    assert!(told[1].starts_with("line 2: it is no JSON"), "{told:?}");
    assert_eq!(told[2..], ["line 3: \"good\""]);
}

#[test]
fn p25_what_is_on_the_first_line_may_together_be_longer_than_a_record_but_no_record_may() {
    let record = |id: &str, length: usize| {
        let begin = format!(r#"{{"_type":"lead","id":"{id}","text":""#);
        format!("{begin}{}\"}}", "a".repeat(length - begin.len() - 2))
    };
    let beyond = 10 << 10;
    let (a, b) = (record("a", LONGEST_RECORD / 2), record("b", LONGEST_RECORD / 2 + beyond));
    for first in [format!(r#"{{"data":[{a},{b}]}}"#), format!("{a}{b}")] {
        let told = told([first.as_str(), &task("c")].join("\n").as_bytes());
        assert_eq!(told, ["record 1: \"a\"", "record 2: \"b\"", "record 3: \"c\""]);
    }
    let long = record("long", LONGEST_RECORD + beyond);
    let told = told([long.as_str(), "{\"id\":\"cut", &task("c")].join("\n").as_bytes());
    assert_eq!(told[0], format!("line 1: it has more than {LONGEST_RECORD} bytes"));
    assert_eq!(told[2..], ["line 3: \"c\""]);
}

#[test]
fn p25_a_list_may_be_longer_than_a_record_and_have_as_much_before_it() {
    let text = "a".repeat(9 << 20);
    let record = |id: &str| format!(r#"{{"_type":"lead","id":"{id}","text":"{text}"}}"#);
    let list = format!(r#"{{"x":"{text}","data":[{},{}]}}"#, record("a"), record("b"));
    assert_eq!(told(list.as_bytes()), ["record 1: \"a\"", "record 2: \"b\""]);
    let list = format!(r#"{{"data":[{}],"x":"{text}","y":"{text}"}}"#, task("a"));
    assert_eq!(told(list.as_bytes()), ["record 1: \"a\""], "and as much behind it");
}

#[test]
fn p25_the_events_of_a_list_have_a_limit_and_are_all_taken_in_or_none() {
    let list = |length: usize| {
        let event = |id: &str| {
            let task = format!(r#"{{"id":"{id}","text":"{}"}}"#, "a".repeat(length));
            format!(r#"{{"action":"created","object_type":"task.lead","data":{task}}}"#)
        };
        told(format!("[{},\n{},\n{}]", event("a"), event("b"), task("c")).as_bytes())
    };
    assert_eq!(list(1), ["record 3: \"c\"", "record 2: \"b\"", "record 1: \"a\""], "the older one first");
    let told = list(9 << 20);
    let reason = format!("record 2: with it the events of the list have more than {LONGEST_RECORD} bytes");
    assert!(told[0].starts_with(&reason), "{told:?}");
    assert!(told[0].ends_with("; nothing behind it was read"), "{told:?}");
    assert_eq!(told.len(), 1);
}

#[test]
fn p25_of_a_list_of_events_that_breaks_off_none_is_taken_in_and_that_is_said() {
    let event = r#"{"action":"created","object_type":"task.lead","data":{"id":"a"}}"#;
    let long = format!("{{\"text\":\"{}", "a".repeat(17 << 20));
    for rest in ["", "no json]", "{\"id\":\"\u{1}\"}]", &long] {
        for list in ["[", "{\"data\":["] {
            let told = told(format!("{list}{},\n{event},\n{rest}", task("t")).as_bytes());
            assert_eq!((told.len(), &told[0]), (2, &"record 1: \"t\"".to_owned()), "{told:?}");
            assert!(told[1].ends_with("; none of the events of its list was taken in"), "{told:?}");
            assert_eq!(told[1].contains("nothing behind it was read"), !rest.is_empty(), "{told:?}");
        }
    }
    let told = told(format!("{{\"data\":[{event}],\"x\":").as_bytes());
    assert_eq!(told[0], "record 1: \"a\"", "a list that is whole is taken in, whatever comes behind it");
}

#[test]
fn what_nobody_wants_is_not_read() {
    let event = r#"{"action":"created","object_type":"task.lead","data":{"id":"a"}}"#;
    for begin in [
        format!("{}\n{}\n", task("a"), task("b")),
        format!("{}{}\n", task("a"), task("b")),
        format!("{{\"data\":[{},{}]}}\n", task("a"), task("b")),
        format!("[{},{},", task("a"), task("b")),
        format!("{{\"data\":[\n{},{},", task("a"), task("b")),
        format!("[{event},{event}]\n{}", task("b")),
        format!("hello\n{}\n", task("b")),
    ] {
        let mut source = Counted(begin.as_bytes().chain(io::repeat(b' ').take(1 << 20)), 0);
        let mut count = 0;
        let visit = &mut |_: &str, _: Piece<'_>| {
            count += 1;
            ControlFlow::Break(())
        };
        read(&mut source, visit).expect("it is read");
        assert_eq!(count, 1, "{begin}");
        assert!(source.1 <= AHEAD, "{begin}: {}", source.1);
    }
}
