//! Making, editing, putting off and deleting tasks, by the real binary in a real terminal.

use std::path::{Path, PathBuf};

use crate::run;
use crate::support::terminal::{Terminal, find};

/// A file with three to-dos.
fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("tasks.db");
    let line = |(i, text): (usize, &str)| {
        format!(
            "{{\"id\":\"task_{i}\",\"_type\":\"lead\",\"is_complete\":false,\"date\":\"2026-03-04\",\"text\":\"{text}\",\"lead_id\":\"lead_1\"}}\n"
        )
    };
    let lines: String = ["First", "Second", "Third"].into_iter().enumerate().map(line).collect();
    let tasks = folder.path().join("tasks.ndjson");
    std::fs::write(&tasks, lines).expect("written");
    run(&db, &["import", &tasks.to_string_lossy()]);
    (folder, db)
}

/// The inbox with an editor of the person's own.
fn open_with_editor(db: &Path, editor: &str) -> Terminal {
    let editor = format!("EDITOR={editor}");
    let file = db.to_string_lossy();
    let program = env!("CARGO_BIN_EXE_repbox");
    let args = [&*editor, program, "--db", &*file, "--tz", "-8", "--now", "2026-03-04T15:00:00Z"];
    let (terminal, _) = Terminal::start(db, (100, 30), "/usr/bin/env", &args);
    terminal.shows(|s| s.contains("[ ] TODO First"));
    terminal
}

#[test]
fn a_task_is_made_edited_put_off_given_away_noted_and_deleted_and_undo_goes_back_over_a_restart() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (140, 40));
    terminal.shows(|s| s.contains("[ ] TODO First"));
    terminal.key("n");
    terminal.shows(|s| s.contains("New to-do"));
    terminal.key("Call the bank\r");
    terminal.key("lead_1\r");
    terminal.key("\x13");
    terminal.shows(|s| s.contains("> [ ] TODO Call the bank") && s.contains("saved"));
    terminal.key("i");
    terminal.shows(|s| s.contains("* To-do"));
    terminal.key(" today\x13");
    terminal.shows(|s| s.contains("> [ ] TODO Call the bank today") && s.contains("Changed"));
    terminal.key("m");
    terminal.shows(|s| s.contains("Note: "));
    terminal.key("ask for Dana\r");
    terminal.shows(|s| s.contains("Notes, only here 1") && s.contains("ask for Dana"));
    terminal.key("s");
    terminal.shows(|s| s.contains("t tomorrow") && s.contains("Thu 05 Mar, goes to Future"));
    terminal.key("t");
    terminal.shows(|s| s.contains("1 in future, next: Call the bank today, tomorrow"));
    terminal.key("g.");
    terminal.shows(|s| s.contains("> [ ] TODO Call the bank today") && s.contains("z Tomorrow"));
    terminal.key("#");
    terminal.shows(|s| s.contains("Delete \"Call the bank today\"? y/N"));
    terminal.key("y");
    terminal.shows(|s| s.contains("Deleted \"Call the bank today\".") && s.contains("saved"));
    terminal.key("q");
    terminal.ends();
    assert!(!run(&db, &["list", "--view", "all"]).contains("Call the bank"));
    let mut terminal = Terminal::open(&db, (140, 40));
    for back in ["Undone: Deleted", "Undone: Snoozed", "Undone: Wrote a note", "Undone: Changed", "Undone: Added"] {
        terminal.key("u");
        terminal.shows(|s| s.contains(back));
    }
    terminal.key("q");
    terminal.ends();
    assert!(!run(&db, &["list", "--view", "all"]).contains("Call the bank"));
}

#[test]
fn a_held_key_is_one_step_of_undo_over_a_restart() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (100, 30));
    terminal.shows(|s| s.contains("[ ] TODO Third"));
    terminal.key("eee");
    terminal.shows(|s| s.contains("Completed 3.  u brings all back") && s.contains("saved"));
    terminal.key("q");
    terminal.ends();
    assert!(run(&db, &["undo"]).contains("Completed 3"));
    assert_eq!(run(&db, &["list"]).matches("[ ] TODO").count(), 3);
}

#[test]
fn p22_the_editor_has_a_private_file_and_the_terminal_and_its_text_comes_back() {
    let (folder, db) = file();
    let log = folder.path().join("log");
    let script = folder.path().join("editor.sh");
    let words = format!(
        "{{ stat -c %a \"$1\" \"$(dirname \"$1\")\"; basename \"$1\"; cat \"$1\"; echo; stty -a; }} > '{}'\nprintf 'from the editor\\nsecond line\\n' > \"$1\"\n",
        log.display()
    );
    std::fs::write(&script, words).expect("written");
    let mut terminal = open_with_editor(&db, &format!("sh {}", script.display()));
    terminal.key("i");
    terminal.shows(|s| s.contains("* To-do"));
    terminal.key("\x0f");
    terminal.shows(|s| s.contains("from the editor ⏎ second line"));
    terminal.key("\x13");
    terminal.shows(|s| s.contains("[ ] TODO from the editor second line") && s.contains("saved"));
    let log = std::fs::read_to_string(log).expect("the editor ran");
    assert!(log.starts_with("600\n700\ntask.txt\nFirst\n"), "{log}");
    assert!(log.contains(" icanon") && log.contains(" echo "), "it had a terminal as a shell has it: {log}");
    terminal.key("q");
    terminal.ends();
    assert!(run(&db, &["export"]).contains("from the editor\\nsecond line\""));
}

#[test]
fn p22_an_editor_that_does_nothing_fails_or_is_killed_leaves_the_text_and_gives_the_terminal_back() {
    for (editor, said) in
        [("cat", ""), ("false", "false ended without saving"), ("sh -c 'kill -9 $$'", "ended without saving")]
    {
        let (_folder, db) = file();
        let mut terminal = open_with_editor(&db, editor);
        terminal.key("i");
        terminal.shows(|s| s.contains("* To-do"));
        terminal.key(" and more");
        terminal.shows(|s| s.contains("First and more"));
        terminal.key("\x0f");
        terminal.shows(|s| s.contains("First and more") && s.contains("* To-do") && s.contains(said));
        // The keys are the form's again.
        terminal.key("!");
        terminal.shows(|s| s.contains("First and more!"));
        terminal.key("\x13");
        terminal.shows(|s| s.contains("[ ] TODO First and more!"));
        terminal.key("\x03");
        terminal.ends();
        terminal.settles();
        assert_eq!(terminal.left_on(), Vec::<&str>::new(), "{editor}");
        assert!(run(&db, &["list"]).contains("First and more!"));
    }
}

#[test]
fn p38_a_paste_is_text_also_with_an_end_mark_inside_and_answers_are_no_keys() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (100, 30));
    terminal.shows(|s| s.contains("> [ ] TODO First"));
    assert!(find(&terminal.bytes(), "\x1b[?2004h").is_some(), "the terminal was not asked to mark pastes");
    let bursts = [
        "\x1b[200~ejejq\x1b[201~",
        "\x1b[200~ab\x1b[201~ejejq#y\x1b[201~",
        "\x1b]11;rgb:eeee/xxxx/ffff\x1b\\",
        "\x1bP>|xterm(eeqq)\x1b\\",
        "\x1b[?62;22c",
        "\x1b[12;40R",
    ];
    for burst in bursts {
        terminal.key(burst);
        terminal.settles();
    }
    terminal.shows(|s| s.contains("> [ ] TODO First") && s.contains("[ ] TODO Third"));
    terminal.key("n");
    terminal.shows(|s| s.contains("New to-do"));
    terminal.key("\x1b[200~ejejq\nsecond\x1b[201~");
    terminal.shows(|s| s.contains("ejejq ⏎ second"));
    terminal.settles();
    terminal.key("\x03");
    terminal.shows(|s| s.contains("throw away what you typed"));
    terminal.key("\x03");
    terminal.ends();
    assert_eq!(run(&db, &["list", "--view", "all"]).matches("[ ] TODO").count(), 3);
}

#[test]
fn p01_what_was_typed_when_the_terminal_went_away_is_back_at_the_next_start() {
    let (_folder, db) = file();
    let mut terminal = Terminal::open(&db, (100, 30));
    terminal.shows(|s| s.contains("[ ] TODO First"));
    terminal.key("n");
    terminal.shows(|s| s.contains("New to-do"));
    terminal.key("Call the bank");
    terminal.shows(|s| s.contains("Call the bank"));
    terminal.signal("-TERM");
    terminal.ends();
    let mut terminal = Terminal::open(&db, (100, 30));
    terminal.shows(|s| s.contains("New to-do") && s.contains("Call the bank") && s.contains("is back"));
    terminal.key("\x13");
    terminal.shows(|s| s.contains("> [ ] TODO Call the bank") && s.contains("saved"));
}
