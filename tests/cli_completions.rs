//! Completions, asked for as a shell does.

mod support {
    pub(crate) mod world;
}

use std::process::Command;

use support::world::{World, todo};

/// The candidates for the last of the words, one a line.
fn asked(world: &World, shell: &str, words: &[&str]) -> Vec<String> {
    let mut args = vec!["--", "repbox"];
    args.extend(words);
    let mut command = world.command(&args);
    let last = words.len().to_string();
    let output =
        command.env("COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", last).env("_CLAP_IFS", "\n").output().expect("runs");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{words:?}");
    String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
}

fn values(world: &World, words: &[&str]) -> Vec<String> {
    asked(world, "bash", words).into_iter().filter(|value| !value.starts_with('-')).collect()
}

fn demo() -> World {
    let world = World::new();
    world.out(&["demo", "--into"]);
    world
}

#[test]
fn numbers_of_tasks_come_with_what_is_to_be_done() {
    let world = World::with(&(todo("quote", "2015-01-12") + &todo("call", "2015-01-11")));
    let described = asked(&world, "fish", &["done", ""]);
    assert_eq!(described[..2], ["2\tcall", "1\tquote"]);
    world.out(&["done", "2"]);
    assert_eq!(values(&world, &["done", ""]), ["1"]);
    assert_eq!(values(&world, &["reopen", ""]), ["2"]);
    assert_eq!(values(&world, &["show", "2"]), ["2"], "any task may be shown");
    assert_eq!(values(&world, &["show", "task_q"]), ["task_quote"]);
    assert_eq!(asked(&world, "zsh", &["snooze", "1"]), ["1:quote"]);
}

#[test]
fn a_number_behind_the_first_fifty_is_found_by_its_digits() {
    let lines: String = (0..300).map(|i| todo(&format!("n{i:06}"), "2015-01-12")).collect();
    let world = World::with(&lines);
    assert_eq!(values(&world, &["done", ""]).len(), 50);
    assert_eq!(values(&world, &["done", "29"]).len(), 11);
    assert_eq!(values(&world, &["done", "299"]), ["299"]);
    assert_eq!(values(&world, &["done", "301"]), [""; 0]);
}

#[test]
fn types_people_leads_fields_zones_and_views_are_completed() {
    let world = demo();
    assert_eq!(values(&world, &["list", "--type", "missed_call,vo"]), ["missed_call,voicemail"]);
    assert_eq!(values(&world, &["list", "--type", "whats"]), ["whatsapp_message"], "a type that only the file has");
    assert_eq!(values(&world, &["assign", "1", "--to", "ben"]), ["Ben\\ Okafor"]);
    assert_eq!(values(&world, &["list", "--lead", "ca"]), ["Café\\ Zürich"]);
    assert_eq!(values(&world, &["list", "--lead", "Café\\ Z"]), ["Café\\ Zürich"]);
    assert_eq!(values(&world, &["add", "x", "--lead", "Fabrikam", "--contact", ""]), ["Luis\\ Ortega"]);
    // Task 1 is Fabrikam's: no other lead's contact would be taken.
    assert_eq!(values(&world, &["edit", "1", "--contact", ""]), ["Luis\\ Ortega"]);
    assert_eq!(values(&world, &["edit", "1", "--lead", "Acme Robotics", "--contact", "Lu"]), [""; 0]);
    assert_eq!(values(&world, &["list", "--fields", "id,opportunity_no"]), ["id,opportunity_note"]);
    assert_eq!(values(&world, &["--tz", "america/new_y"]), ["America/New_York"]);
    assert_eq!(values(&world, &["list", "--view", "a"]), ["archive", "all"]);
    assert_eq!(values(&world, &["man", "com"]), ["completions"]);
    assert_eq!(values(&world, &["lis"]), ["list"]);
}

#[test]
fn the_file_of_the_typed_words_is_asked() {
    let (here, there) = (World::new(), World::with(&todo("there", "2015-01-12")));
    let file = there.db().to_string_lossy().into_owned();
    assert_eq!(asked(&here, "fish", &["--db", &file, "done", ""])[0], "1\tthere");
    assert_eq!(asked(&here, "fish", &["done", "--db", &file, ""])[0], "1\tthere");
}

#[test]
fn without_a_file_nothing_is_made_and_nothing_said() {
    let world = World::new();
    assert_eq!(values(&world, &["done", ""]), [""; 0]);
    assert_eq!(values(&world, &["list", "--lead", ""]), [""; 0]);
    assert!(!world.db().parent().expect("a folder").exists());
    std::fs::create_dir_all(world.db().parent().expect("a folder")).expect("made");
    std::fs::write(world.db(), "no database\n".repeat(50)).expect("written");
    assert_eq!(values(&world, &["assign", "1", "--to", ""]), [""; 0]);
    assert_eq!(values(&world, &["--config", "/nowhere", "list", "--lead", ""]), [""; 0]);
}

#[test]
fn no_name_of_the_file_runs_in_the_shell_or_acts_on_the_terminal() {
    let task = |n: u8, name: &str| {
        format!(
            "{{\"_type\":\"lead\",\"id\":\"task_{n}\",\"lead_id\":\"lead_{n}\",\"lead_name\":{name},\"text\":{name},\"date\":\"2015-01-12\"}}\n"
        )
    };
    let lines = task(1, "\"x; $(touch ran) `touch ran` 'q'\"") + &task(2, "\"x\\u001b[31m\\tred\\nline\"");
    let world = World::with(&lines);
    assert_eq!(
        values(&world, &["list", "--lead", "x"]),
        ["lead_2", "x\\;\\ \\$\\(touch\\ ran\\)\\ \\`touch\\ ran\\`\\ \\'q\\'"],
        "what cannot be typed is offered by its id"
    );
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        for words in [&["done", ""][..], &["list", "--lead", ""]] {
            let said = asked(&world, shell, words).concat();
            assert!(said.chars().all(|c| c == '\t' || !c.is_control()), "{shell}: {said:?}");
        }
    }
}

#[test]
fn each_shell_has_a_script_that_asks_this_program() {
    let world = demo();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = world.out(&["completions", shell]);
        assert!(script.contains("COMPLETE") && script.contains(env!("CARGO_BIN_EXE_repbox")), "{script}");
    }
    let call = format!(
        "eval \"$({program} completions bash)\"; COMP_WORDS=(repbox assign 1 --to ''); COMP_CWORD=4
         _clap_complete_repbox repbox '' --to; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        program = env!("CARGO_BIN_EXE_repbox")
    );
    let mut bash = Command::new("bash");
    bash.env("REPBOX_DB", world.db()).env("HOME", world.folder()).args(["--norc", "-c", &call]);
    let output = bash.output().expect("bash");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Ana\\ Ruiz\nBen\\ Okafor\nChloë\\ Tan\n");
    let ignored = world.command(&["count"]).env("COMPLETE", "something else").output().expect("runs");
    assert!(ignored.status.success(), "the variable may mean something to another program");
}
