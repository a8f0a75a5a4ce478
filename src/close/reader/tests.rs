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
