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
