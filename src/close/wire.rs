//! Records as JSON text: lossless, and harmless to a terminal that it is printed on.

use crate::domain::record::{Record, quote};
use crate::domain::shown::{Shown, Signs, acts};

/// A record as one JSON object. `fields` are the names wanted, in their order; `None`:
/// all, as they came. A `view` that contradicts `is_complete` is written as it is now.
pub fn object(record: &Record<'_>, fields: Option<&[String]>) -> String {
    let mut out = String::from("{");
    let mut put = |name: &str, json: &str| {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&harmless(&quote(name)));
        out.push(':');
        out.push_str(&harmless(json));
    };
    match fields {
        None => record.fields().iter().for_each(|f| put(&f.name, value(record, &f.name, &f.json))),
        Some(names) => {
            for name in names {
                if let Some(json) = record.get(name) {
                    put(name, value(record, name, json));
                }
            }
        }
    }
    out.push('}');
    out
}

/// An answer of a command's own, as harmless as a record.
pub fn answer(json: &serde_json::Value) -> String {
    harmless(&json.to_string())
}

fn value<'r>(record: &Record<'_>, name: &str, json: &'r str) -> &'r str {
    let complete = record.get("is_complete") == Some("true");
    match (name, json, complete) {
        ("view", "\"inbox\"" | "\"future\"", true) => "\"archive\"",
        ("view", "\"archive\"", false) => "\"inbox\"",
        _ => json,
    }
}

/// JSON in which every character that could act on a terminal is a `\uXXXX` escape: the
/// same value, other letters. Outside of strings JSON has no such character.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            out.push(c);
        } else if acts(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// What a formula begins with, and the wide and small forms that some spreadsheets fold
/// to it. Source: OWASP's page on CSV injection.
const FORMULA: &str = "=+-@＝＋－＠﹦﹢﹣﹫";

/// A cell for a spreadsheet: never a formula, never a control character but the line end.
/// A number stays one.
pub fn cell(json: &str) -> String {
    let text = match json {
        "null" => return String::new(),
        json => serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned()),
    };
    let lines: Vec<String> = Shown::lines(&text, Signs::Unicode).iter().map(|line| line.as_str().to_owned()).collect();
    let first = text.chars().find(|c| !c.is_whitespace() && !acts(*c));
    let formula = first.is_some_and(|c| FORMULA.contains(c)) || text.starts_with(['\t', '\r', '\n']);
    let mark = if formula && json.starts_with('"') { "'" } else { "" };
    // The last line may have an end too.
    let end = if text.ends_with('\n') { "\n" } else { "" };
    format!("{mark}{}{end}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

    use super::*;

    #[test]
    fn p15_what_is_written_is_harmless_and_reads_as_the_same_value() {
        let is_harmful = |c: &char| {
            // What has no name yet among the format characters is one too.
            matches!(c, '\u{2065}' | '\u{e0000}'..='\u{e007f}')
                || matches!(
                    c.general_category(),
                    GeneralCategory::Control
                        | GeneralCategory::Format
                        | GeneralCategory::LineSeparator
                        | GeneralCategory::ParagraphSeparator
                )
        };
        let harmful: String = ('\0'..=char::MAX).filter(is_harmful).collect();
        for known in
            "\u{1b}\u{7f}\u{9b}\u{600}\u{6dd}\u{70f}\u{8e2}\u{180e}\u{202e}\u{2028}\u{110bd}\u{1d173}\u{e0041}".chars()
        {
            assert!(harmful.contains(known), "{known:?}");
        }
        let json = quote(&format!("a{harmful}[31m é 👍 👩\u{200d}💻"));
        let out = harmless(&json);
        assert_eq!(out.chars().find(is_harmful), None);
        assert!(out.contains("[31m é 👍 👩"), "what is seen stays as it is");
        let (a, b): (String, String) = (serde_json::from_str(&json).unwrap(), serde_json::from_str(&out).unwrap());
        assert_eq!(a, b);
    }

    #[test]
    fn p23_a_cell_is_never_a_formula() {
        for sign in FORMULA.chars() {
            for before in
                ["", " ", "  ", "\u{a0}", "\t", "\r", "\n", "\u{feff}", "\u{600}", "\u{2060} ", "\u{3000}", "\u{1b}"]
            {
                let text = format!("{before}{sign}1");
                assert!(cell(&quote(&text)).starts_with('\''), "{text:?}");
            }
        }
        assert!(cell(&quote("\u{2065}\u{e0000}\u{e0002}=1")).starts_with('\''), "what has no name is unseen too");
        assert_eq!(["\t1", "\r1", "\n1"].map(|text| cell(&quote(text)).starts_with('\'')), [true; 3]);
        for text in ["1+1", "a=b", " 1", "\u{feff}1", ""] {
            assert!(!cell(&quote(text)).starts_with('\''), "{text:?}");
        }
        assert_eq!(cell("-5"), "-5");
    }
}
