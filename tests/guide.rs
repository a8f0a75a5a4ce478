//! docs/guide.md typed from its first row to its last, in a real terminal, and looked for.

mod support {
    pub(crate) mod played;
    #[allow(dead_code)] // Nothing here suspends, resizes or looks at modes.
    pub(crate) mod terminal;
    #[allow(dead_code)] // Keys are typed here, not named.
    pub(crate) mod typed;
}

use std::process::Command;

use support::played::play;
use support::terminal::Terminal;

/// Rows of two columns, without the headings and the lines below them.
fn rows(paper: &str) -> Vec<(&str, &str)> {
    let cells = paper.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    cells.filter_map(|row| row.split_once(" | ")).filter(|(typed, _)| *typed != "type").collect()
}

fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn all_that_the_guide_says_to_type_shows_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let (db, settings) = (folder.path().join("tasks.db"), folder.path().join("settings.toml"));
    std::fs::write(&settings, "dialler = [\"true\", \"{number}\"]\n").expect("written");
    let now = ["--tz", "America/New_York", "--now", "2026-11-24T19:07:00Z"];
    let program = env!("CARGO_BIN_EXE_repbox");
    let made = Command::new(program).arg("--db").arg(&db).args(now).args(["demo", "--into"]).output().expect("runs");
    assert!(made.status.success(), "{made:?}");
    let [file, settings] = [&db, &settings].map(|path| path.to_string_lossy());
    // `PATH`: where the dialler is found.
    let places = ["PATH=/usr/bin:/bin", program, "--db", &file, "--config", &settings];
    let (mut terminal, _) = Terminal::start(&db, (140, 40), "/usr/bin/env", &[&places[..], &now].concat());
    terminal.shows(|screen| screen.contains("To-do only"));
    let rows = rows(include_str!("../docs/guide.md"));
    assert!(rows.len() > 40, "{rows:?}");
    for (typed, says) in rows {
        // A key of its own may be named beside what is shown.
        let wanted: Vec<&str> = quoted(says).into_iter().filter(|text| text.chars().count() > 3).collect();
        assert!(!wanted.is_empty(), "{says}");
        println!("{typed}: {wanted:?}");
        play(&mut terminal, typed, &wanted);
    }
    terminal.key("q");
    terminal.ends();
}
