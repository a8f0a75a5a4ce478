//! The search, by the real binary in a real terminal.

use crate::support::terminal::Terminal;
use crate::{file, run};

#[test]
fn a_search_narrows_while_it_is_typed_is_kept_by_enter_and_recalled_after_a_restart() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("Send the revised quote"));
    terminal.key("0/revised");
    terminal.shows(|s| s.contains("/revised") && s.contains(" 1 found") && s.contains("Send the revised quote"));
    terminal.key(" tpye:lead");
    terminal.shows(|s| s.contains("Did you mean type?") && s.contains("Send the revised quote"));
    terminal.key("\x17\r");
    terminal.shows(|s| s.contains("search: revised") && !s.contains("found"));
    terminal.key("\x1b");
    terminal.shows(|s| !s.contains("search:"));
    terminal.key("q");
    terminal.ends();
    let mut terminal = Terminal::open(&db, (100, 30));
    terminal.shows(|s| s.contains("Send the revised quote"));
    terminal.key("/\x1b[A");
    terminal.shows(|s| s.contains("/revised") && s.contains("1 found"));
    terminal.key("\rq");
    terminal.ends();
    assert!(run(&db, &["list", "--search", "revised"]).contains("Send the revised quote"));
}

#[test]
fn a_saved_search_is_there_after_a_restart_and_on_the_command_line() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("Send the revised quote"));
    terminal.key("/revi\x13");
    terminal.shows(|s| s.contains("Save the search as:"));
    terminal.key("hot leads\r");
    terminal.shows(|s| s.contains("Saved \"hot leads\": g 1.") && s.contains("g1 hot leads   1"));
    terminal.key("\x1b");
    terminal.shows(|s| !s.contains("search:"));
    terminal.key("q");
    terminal.ends();
    let mut terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("g1 hot leads   1"));
    terminal.key("g1");
    terminal.shows(|s| s.contains("search: revi"));
    terminal.key("q");
    terminal.ends();
    let listed = run(&db, &["list", "--saved", "HOT leads"]);
    assert!(listed.contains("Send the revised quote") && listed.lines().count() == 1, "{listed}");
}
