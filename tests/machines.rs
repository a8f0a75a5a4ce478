//! What other programs read: CSV and Close's envelope, by the real binary.

mod support {
    #[allow(dead_code)] // No test here needs its folder.
    pub(crate) mod world;
}

use proptest::prelude::*;
use support::world::{World, todo};

/// A task with these texts in its own fields.
fn line(id: &str, fields: &[(&str, &str)]) -> String {
    let fields: String = fields.iter().map(|(name, text)| format!(",{}:{}", quoted(name), quoted(text))).collect();
    format!("{{\"_type\":\"lead\",\"id\":\"task_{id}\",\"date\":\"2015-01-12\"{fields}}}\n")
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("JSON")
}

/// Where a reader of CSV stands.
enum Place {
    Begin,
    Bare,
    Quoted,
    /// After a quotation mark in a quoted cell: its end, or one of two.
    Quote,
}

/// Rows and cells by the letter of RFC 4180, of which repbox's own writer knows nothing.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut place) = (Vec::new(), Vec::new(), String::new(), Place::Begin);
    let mut signs = csv.chars();
    while let Some(sign) = signs.next() {
        place = match (place, sign) {
            (Place::Begin, '"') => Place::Quoted,
            (Place::Quoted, '"') => Place::Quote,
            (Place::Quoted, sign) => {
                cell.push(sign);
                Place::Quoted
            }
            (Place::Quote, '"') => {
                cell.push('"');
                Place::Quoted
            }
            (Place::Begin | Place::Bare | Place::Quote, ',') => {
                row.push(std::mem::take(&mut cell));
                Place::Begin
            }
            (Place::Begin | Place::Bare | Place::Quote, '\r') => {
                assert_eq!(signs.next(), Some('\n'), "a line ends in CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                Place::Begin
            }
            (Place::Begin | Place::Bare, sign) if sign != '"' && sign != '\n' => {
                cell.push(sign);
                Place::Bare
            }
            (_, sign) => panic!("{sign:?} in row {}, which no reader takes", rows.len() + 1),
        };
    }
    assert!(row.is_empty() && cell.is_empty(), "the last line has no end");
    rows
}

#[test]
fn a_csv_that_is_read_again_has_the_cells_of_the_tasks_whatever_stands_in_them() {
    let texts = ["plain", "a,b", "say \"hi\"", "two\nlines", "", "né 日本 👍", "; | \\", "\"", "'quoted"];
    let lines: String = texts
        .iter()
        .enumerate()
        .map(|(i, text)| line(&format!("{i:06}"), &[("text", text), ("lead_name", text), ("x,y", text)]))
        .collect();
    let world = World::with(&lines);
    let csv = world.out(&["list", "--output", "csv", "--fields", "id,text,lead_name"]);
    let rows = cells(&csv);
    assert_eq!(rows[0], ["id", "text", "lead_name"]);
    assert_eq!(rows.len(), texts.len() + 1);
    for (i, (row, text)) in rows[1..].iter().zip(texts).enumerate() {
        assert_eq!(*row, [format!("task_{i:06}"), text.to_owned(), text.to_owned()]);
    }
    // RFC 4180: lines end in CR LF, and what has a comma, a quotation mark or a line end is quoted.
    assert!(csv.starts_with("id,text,lead_name\r\ntask_000000,plain,plain\r\ntask_000001,\"a,b\",\"a,b\"\r\n"));
    assert!(csv.contains("task_000002,\"say \"\"hi\"\"\",") && csv.contains("task_000003,\"two\nlines\","));
    let custom = world.out(&["export", "--output", "csv", "--type", "lead", "--id", "2"]);
    assert!(cells(&custom).iter().all(|row| row.len() == 15), "{custom}");
}

/// The cell of a text without control characters: itself, and no formula.
fn defused(text: &str) -> String {
    let runs = text.starts_with('\n') || text.trim_start().starts_with(['=', '+', '-', '@']);
    format!("{}{text}", if runs { "'" } else { "" })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_csv_has_exactly_the_rows_and_cells_of_the_tasks_with_formulas_defused(
        texts in proptest::collection::vec(("[a,;\" '=+@\n\u{e9}\u{65e5}-]{0,6}", "[a,\"=\n ]{0,4}"), 1..60)
    ) {
        let id = |i: usize| format!("{i:06}");
        let lines = texts.iter().enumerate();
        let lines = lines.map(|(i, (text, name))| line(&id(i), &[("text", text), ("lead_name", name)]));
        let world = World::with(&lines.collect::<String>());
        let rows = cells(&world.out(&["export", "--output", "csv"]));
        let whole = world.out(&["export"]);
        prop_assert_eq!((rows.len(), whole.lines().count()), (texts.len() + 1, texts.len()));
        for (i, ((text, name), whole)) in texts.iter().zip(whole.lines()).enumerate() {
            let cell = |of: &str| match of {
                "id" => format!("task_{}", id(i)),
                "_type" => "lead".to_owned(),
                "date" => "2015-01-12".to_owned(),
                "text" => defused(text),
                "lead_name" => defused(name),
                "task" => whole.to_owned(),
                _ => String::new(),
            };
            let expected: Vec<String> = rows[0].iter().map(|column| cell(column)).collect();
            prop_assert_eq!(&rows[i + 1], &expected);
        }
    }
}

#[test]
fn a_csv_of_whole_tasks_has_each_task_as_json_in_its_last_cell() {
    let world = World::with(&(todo("a", "2015-01-12") + &line("b", &[("text", "=1"), ("odd", "\u{1b}[2J, \"x\"")])));
    let rows = cells(&world.out(&["export", "--output", "csv"]));
    assert_eq!(rows[0].last().map(String::as_str), Some("task"));
    let whole: String = rows[1..].iter().map(|row| row.last().expect("a cell").clone() + "\n").collect();
    assert_eq!(whole, world.out(&["export"]));
    let again = World::with(&whole);
    assert_eq!(again.out(&["export"]), whole);
}

#[test]
fn a_list_and_an_export_write_the_same_csv_and_the_same_envelope() {
    let world = World::with(&(todo("a", "2015-01-12") + &line("b", &[("text", "+1 a,b")]) + &todo("c", "2015-01-13")));
    for form in [&["--output", "csv"][..], &["--output", "json"], &["--output", "ndjson"]] {
        let of = |command: &[&str]| world.out(&[command, form].concat());
        assert_eq!(of(&["list", "--view", "all", "--limit", "0", "--type", "all"]), of(&["export"]), "{form:?}");
        let search = ["--search", "b"];
        assert_eq!(
            of(&[&["list", "--view", "all", "--limit", "0"], &search[..]].concat()),
            of(&[&["export", "--type", "lead"], &search[..]].concat()),
        );
    }
}

#[test]
fn p23_csv_formulas_are_text_in_every_column_and_in_the_header() {
    let texts: Vec<String> = ["", " ", "\u{a0}", "\t", "\r", "\u{feff}", "\u{200b}", "\u{2060}\u{3000}"]
        .iter()
        .flat_map(|before| {
            ["=", "+", "-", "@", "＝", "＋", "－", "＠"].map(|sign| format!("{before}{sign}cmd|' /C calc'!A0"))
        })
        .collect();
    let fields = ["text", "lead_name", "assigned_to", "=odd"];
    let lines: String = texts
        .iter()
        .enumerate()
        .map(|(i, text)| line(&format!("{i:06}"), &fields.map(|name| (name, text.as_str()))))
        .collect();
    let world = World::with(&lines);
    let csv = world.out(&["list", "--limit", "0", "--output", "csv", "--fields", "text,lead_name,assigned_to,=odd"]);
    let rows = cells(&csv);
    assert_eq!(rows.len(), texts.len() + 1);
    assert_eq!(rows[0], ["text", "lead_name", "assigned_to", "'=odd"]);
    for (row, text) in rows[1..].iter().zip(&texts) {
        assert!(row.iter().all(|cell| cell.starts_with('\'')), "{text:?}: {row:?}");
    }
    // A number is no text: it stays what it is.
    let number = World::with("{\"_type\":\"lead\",\"id\":\"task_n\",\"date\":null,\"n\":-5}\n");
    assert_eq!(number.out(&["list", "--output", "csv", "--fields", "n"]), "n\r\n-5\r\n");
}

#[test]
fn the_envelope_counts_what_matches_and_says_whether_more_follows_the_part() {
    let lines: String = (0..12)
        .map(|i| {
            let kind = ["lead", "missed_call", "voicemail"][i % 3];
            let name = ["River Bank", "Acme"][i % 2];
            format!(
                "{{\"_type\":\"{kind}\",\"id\":\"task_{i:06}\",\"date\":\"2015-01-12\",\"lead_name\":\"{name}\"}}\n"
            )
        })
        .collect();
    let world = World::with(&lines);
    let envelope = |args: &[&str]| {
        let json = world.out(&[&["list", "--output", "json"], args].concat());
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let data = value["data"].as_array().expect("a list").len() as u64;
        (data, value["has_more"].as_bool().expect("a flag"), value["total_results"].as_u64().expect("a number"))
    };
    let all = ["--type", "all"];
    for (args, expected) in [
        (&["--limit", "0"][..], (12, false, 12)),
        (&["--limit", "5"], (5, true, 12)),
        (&["--limit", "12"], (12, false, 12)),
        (&["--limit", "5", "--skip", "7"], (5, false, 12)),
        (&["--limit", "5", "--skip", "6"], (5, true, 12)),
        (&["--skip", "12"], (0, false, 12)),
        (&["--skip", "99"], (0, false, 12)),
        (&["--limit", "2", "--search", "bank"], (2, true, 6)),
        (&["--limit", "0", "--search", "bank"], (6, false, 6)),
        (&["--skip", "5", "--search", "bank"], (1, false, 6)),
        (&["--search", "nothing"], (0, false, 0)),
        (&["--limit", "1", "--search", "type:voicemail bank"], (1, true, 2)),
    ] {
        assert_eq!(envelope(&[&all[..], args].concat()), expected, "{args:?}");
    }
    // Without a type only to-dos are meant, as in Close.
    assert_eq!(envelope(&["--limit", "3"]), (3, true, 4));
    assert_eq!(envelope(&["--type", "missed_call,voicemail", "--limit", "8"]), (8, false, 8));
    world.out(&["done", "1", "2"]);
    assert_eq!(envelope(&["--view", "archive"]), (1, false, 1));
    assert_eq!(envelope(&["--view", "archive", "--type", "all", "--limit", "1"]), (1, true, 2));
}
