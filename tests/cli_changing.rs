//! Commands that change tasks, by the real binary.

mod support {
    #[allow(dead_code)] // Of the terminal only what a question needs is used here.
    pub(crate) mod terminal;
    pub(crate) mod world;
}

use std::process::Output;

use support::terminal::Terminal;
use support::world::{World, todo};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Two to-dos and a missed call; Ana Ruiz, who has them, sits here.
fn office() -> World {
    let call = "{\"_type\":\"missed_call\",\"id\":\"noti_call\",\"phone\":\"+15550100\",\"assigned_to\":\"user_ana\",\"assigned_to_name\":\"Ana Ruiz\",\"lead_id\":\"lead_acme\",\"lead_name\":\"Acme\",\"date\":\"2015-01-12T10:00:00Z\"}\n";
    let world = World::with(&[&todo("quote", "2015-01-12"), &todo("call", "2015-01-13"), call].concat());
    let settings = world.folder().join(".config/repbox");
    std::fs::create_dir_all(&settings).expect("made");
    std::fs::write(settings.join("config.toml"), "me = \"Ana Ruiz\"\n").expect("written");
    world
}

fn refused(world: &World, args: &[&str], code: i32, words: &str) {
    let before = world.out(&["export"]);
    let output = world.run(args);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0), "{args:?}: {}", said(&output));
    assert!(said(&output).contains(words), "{args:?}: {}", said(&output));
    assert_eq!(world.out(&["export"]), before, "{args:?} changed something");
}

#[test]
fn a_new_task_is_for_today_and_its_number_or_itself_is_printed() {
    let world = office();
    assert_eq!(world.out(&["add", "Send", "the", "quote"]), "4\n");
    let json = world.out(&["show", "4", "--output", "json"]);
    for field in ["\"text\":\"Send the quote\"", "\"date\":\"2015-01-12\"", "\"_type\":\"lead\"", "user_ana"] {
        assert!(json.contains(field), "{json}");
    }
    let call = world.out(&[
        "add",
        "Ring",
        "--type",
        "outgoing_call",
        "--phone",
        "+1 555",
        "--lead",
        "acme",
        "--date",
        "2015-01-14T09:30",
        "--output",
        "json",
    ]);
    for field in ["\"_type\":\"outgoing_call\"", "\"lead_id\":\"lead_acme\"", "2015-01-14T17:30:00", "+1 555"] {
        assert!(call.contains(field), "{call}");
    }
    assert_eq!(world.out(&["add", "--", "-5%", "for", "Acme"]), "6\n");
    assert!(world.out(&["show", "6"]).starts_with("6 -5% for Acme"));
}

#[test]
fn a_task_that_is_not_understood_is_not_made() {
    let world = office();
    refused(&world, &["add"], 2, "Say what to do");
    refused(&world, &["add", "  "], 2, "Say what to do");
    refused(&world, &["add", "x", "--type", "voicemail"], 2, "[possible values: lead, outgoing_call]");
    refused(&world, &["add", "x", "--lead", "acm"], 1, "did you mean Acme?");
    refused(&world, &["add", "x", "--contact", "nobody"], 1, "there is no contact \"nobody\"");
    refused(&world, &["add", "x", "--assigned-to", "Carl"], 1, "the file names Ana Ruiz");
    refused(&world, &["add", "x", "--date", "soon"], 2, "Try ");
}

#[test]
fn only_what_the_type_allows_is_edited_and_the_field_and_the_type_are_named() {
    let world = office();
    assert_eq!(world.out(&["edit", "1", "--text", "Send it"]), "Changed 1 \"Send it\"\n");
    assert!(world.out(&["edit", "3", "--date", "2015-01-15"]).starts_with("Changed 3 "));
    refused(&world, &["edit", "3", "--text", "x"], 1, "text is set by Close on missed calls");
    refused(&world, &["edit", "1", "--phone", "5"], 1, "to-dos have no phone");
    refused(&world, &["edit", "1", "--text", " "], 1, "Text is empty");
    refused(&world, &["edit", "1"], 2, "--text");
    refused(&world, &["edit", "9", "--text", "x"], 1, "there is no task \"9\"");
}

#[test]
fn each_command_prints_a_line_a_task_or_the_envelope_of_what_changed() {
    let world = office();
    assert_eq!(world.out(&["done", "1", "2"]), "Completed 1 \"quote\"\nCompleted 2 \"call\"\n");
    assert_eq!(world.out(&["done", "1", "3"]).lines().nth(1), Some("Already done: 1 \"quote\""));
    assert_eq!(world.out(&["reopen", "1", "task_quote"]), "Re-opened 1 \"quote\"\n", "named twice, it is one");
    assert_eq!(world.out(&["reopen", "1"]), "Already open: 1 \"quote\"\n");
    let snoozed = world.out(&["snooze", "1", "--until", "2015-01-14", "--output", "json"]);
    assert!(snoozed.contains("\"date\":\"2015-01-14\"") && snoozed.ends_with("\"total_results\": 1}\n"), "{snoozed}");
    assert_eq!(world.out(&["assign", "1", "--to", "me"]), "Assigned 1 \"quote\" to Ana Ruiz\n");
    assert_eq!(world.out(&["delete", "1", "--yes"]), "Deleted 1 \"quote\"\n");
    refused(&world, &["done", "2", "--output", "csv"], 2, "[possible values: table, json]");
}

#[test]
fn a_command_changes_all_of_its_tasks_or_none() {
    let world = office();
    world.out(&["done", "2"]);
    refused(&world, &["snooze", "1", "2", "--until", "2015-01-20"], 1, "task 2 cannot be changed so: it is complete");
    refused(&world, &["done", "1", "9"], 1, "there is no task \"9\"");
    refused(&world, &["assign", "1", "3", "--to", "Carl"], 1, "the file names Ana Ruiz");
    refused(&world, &["snooze", "1", "--until", "the day after"], 2, "Try ");
    refused(&world, &["done"], 2, "<IDS>");
}

#[test]
fn deleting_asks_on_a_terminal_and_wants_yes_without_one() {
    let world = office();
    refused(&world, &["delete", "1"], 2, "1 task would be deleted and nobody can be asked; say --yes if it is meant");
    refused(&world, &["delete", "1", "2"], 2, "2 tasks would be deleted");
    let file = world.db().to_string_lossy().into_owned();
    let ask = |answer: &str| {
        let args = ["--db", &file, "delete", "1"];
        let (mut terminal, _) = Terminal::start(&world.db(), (80, 5), env!("CARGO_BIN_EXE_repbox"), &args);
        terminal.shows(|screen| screen.contains("quote") && screen.contains('?'));
        terminal.key(answer);
        terminal.ends();
    };
    ask("\r");
    assert_eq!(world.out(&["export"]).lines().count(), 3, "no answer is no");
    ask("y\r");
    assert_eq!(world.out(&["export"]).lines().count(), 2);
}

#[test]
fn the_history_says_who_changed_what() {
    let world = office();
    world.out(&["done", "1"]);
    world.out(&["undo"]);
    let other = world.folder().join("ben.toml");
    std::fs::write(&other, "me = \"Ben\"\n").expect("written");
    world.out(&["snooze", "2", "--until", "2015-01-20", "--config", &other.to_string_lossy()]);
    let history = world.out(&["history"]);
    let told: Vec<&str> = history.lines().filter_map(|line| line.split_once("  ")).map(|(_, told)| told).collect();
    assert_eq!(
        told[..3],
        ["Ben: Snoozed \"call\"", "Ana Ruiz: Undid: Completed \"quote\"", "Ana Ruiz: Completed \"quote\" (undone)"]
    );
    assert!(told[3].starts_with("Imported 3 tasks"), "nobody sat here yet: {}", told[3]);
    assert!(world.out(&["show", "1"]).contains("Ana Ruiz: Completed"));
}

#[test]
fn undo_and_redo_go_several_steps_say_what_came_back_and_fail_where_there_is_nothing() {
    let world = office();
    world.out(&["done", "1"]);
    world.out(&["snooze", "2", "--until", "2015-01-20"]);
    assert_eq!(world.out(&["undo", "2"]), "Undid: Snoozed \"call\"\nUndid: Completed \"quote\"\n");
    assert_eq!(world.out(&["redo", "2"]), "Redid: Completed \"quote\"\nRedid: Snoozed \"call\"\n");
    refused(&world, &["redo"], 1, "there is nothing to redo");
    refused(&world, &["undo", "0"], 2, "0 is not in");
    refused(&world, &["undo", "x"], 2, "invalid");
    assert_eq!(world.out(&["undo", "99"]).lines().count(), 3, "as many as there are");
    refused(&world, &["undo"], 1, "there is nothing to undo");
}

#[test]
fn what_matches_a_query_changes_in_one_step_and_many_are_asked_about() {
    let lines: String = (0..30).map(|i| todo(&format!("n{i:06}"), "2015-01-12")).collect();
    let world = World::with(&lines);
    let dry = world.run(&["done", "--where", "n00002", "--dry-run"]);
    assert_eq!(String::from_utf8_lossy(&dry.stdout).lines().count(), 10);
    assert_eq!(world.out(&["done", "--where", "n00002"]).lines().count(), 10);
    assert_eq!(world.out(&["undo"]), "Undid: Completed 10\n");
    refused(&world, &["done", "--where", "n0"], 2, "30 tasks would be completed and nobody can be asked");
    assert_eq!(world.out(&["done", "--where", "n0", "--yes"]).lines().count(), 30);
}

#[test]
fn an_import_counts_in_groups_of_three_and_a_dry_run_changes_nothing() {
    let world = World::new();
    let file = world.folder().join("many.ndjson");
    let lines: String = (0..1204).map(|i| todo(&format!("n{i:06}"), "2015-01-12")).collect();
    std::fs::write(&file, lines).expect("written");
    let file = file.to_string_lossy().into_owned();
    let dry = "Would import 1 204 tasks: 1 204 new, 0 updated, 0 unchanged\n";
    assert_eq!(world.out(&["import", "--dry-run", &file]), dry);
    assert_eq!(world.out(&["export"]), "");
    assert_eq!(world.out(&["import", &file]), dry.replace("Would import", "Imported"));
    assert_eq!(world.out(&["import", &file]), "Imported 1 204 tasks: 0 new, 0 updated, 1 204 unchanged\n");
    refused(&world, &["import", "nowhere.json"], 1, "nowhere.json");
}

#[test]
fn a_task_that_stays_with_its_lead_keeps_its_contact() {
    let task = "{\"_type\":\"lead\",\"id\":\"task_a\",\"text\":\"Ring\",\"lead_id\":\"lead_acme\",\"lead_name\":\"Acme\",\"contact_id\":\"cont_ann\",\"contact_name\":\"Ann\",\"date\":\"2015-01-12\"}\n";
    let other = task.replace("task_a", "task_b").replace("acme", "blue").replace("Acme", "Blue").replace("ann", "bob");
    let world = World::with(&[task, &other].concat());
    let show = || world.out(&["show", "1", "--output", "json"]);
    let before = show();
    assert_eq!(world.out(&["edit", "1", "--lead", "acme"]), "Already so: 1 \"Ring\"\n");
    assert_eq!(show(), before);
    world.out(&["edit", "1", "--lead", "acme", "--text", "Ring twice"]);
    assert!(show().contains("cont_ann"), "{}", show());
    // Both leads have an Ann: the task's own is meant.
    world.out(&["edit", "1", "--contact", "ann"]);
    assert!(show().contains("cont_ann"), "{}", show());
    world.out(&["edit", "1", "--lead", "blue"]);
    assert!(show().contains("\"contact_id\":null"), "{}", show());
}

#[test]
fn a_new_task_that_is_given_to_nobody_because_the_settings_name_nobody_says_so() {
    let world = office();
    let settings = world.folder().join(".config/repbox/config.toml");
    std::fs::write(settings, "me = \"Anna Ruiz\"\n").expect("written");
    let output = world.run(&["add", "Ring", "--lead", "acme"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(said(&output), "given to nobody: there is no rep \"Anna Ruiz\"; the file names Ana Ruiz\n");
}

#[test]
fn a_field_that_the_type_does_not_let_change_is_named_before_the_name_that_nobody_has() {
    let mail = "{\"_type\":\"voicemail\",\"id\":\"task_v\",\"lead_id\":\"lead_acme\",\"date\":\"2015-01-12\"}\n";
    let world = World::with(mail);
    for field in ["contact", "lead"] {
        let words = format!("{field} is set by Close on voicemails; only date, person and completion change");
        refused(&world, &["edit", "1", &format!("--{field}"), "Bob"], 1, &words);
    }
}

#[test]
fn a_contact_of_another_lead_is_refused_and_the_leads_own_are_named() {
    let task = "{\"_type\":\"lead\",\"id\":\"task_a\",\"text\":\"Ring\",\"lead_id\":\"lead_acme\",\"lead_name\":\"Acme\",\"contact_id\":\"cont_ann\",\"contact_name\":\"Ann\",\"date\":\"2015-01-12\"}\n";
    let other = task.replace("task_a", "task_b").replace("acme", "blue").replace("Acme", "Blue");
    let world = World::with(&[task, &other.replace("ann", "bob").replace("Ann", "Bob")].concat());
    let own = "Bob is a contact of Blue, not of Acme; name one of its own: Ann, or change the lead too";
    for contact in ["bob", "cont_bob"] {
        refused(&world, &["edit", "1", "--contact", contact], 1, own);
        refused(&world, &["add", "Ring", "--lead", "acme", "--contact", contact], 1, own);
    }
    world.out(&["edit", "1", "--contact", "cont_new"]);
    world.out(&["edit", "1", "--lead", "blue", "--contact", "bob"]);
    // Close made two leads one, and only old tasks tell whose the contact was.
    refused(
        &world,
        &["add", "Ring", "--lead", "acme", "--contact", "cont_bob"],
        1,
        "lead_acme and cont_bob go together",
    );
    world.out(&["add", "Ring", "--lead", "lead_acme", "--contact", "cont_bob"]);
    world.out(&["add", "Ring again", "--lead", "acme", "--contact", "bob"]);
    assert!(world.out(&["show", "1", "--output", "json"]).contains("cont_bob"));
}

#[test]
fn an_import_says_how_many_of_its_tasks_were_deleted_here_and_stay_so() {
    let world = office();
    world.out(&["delete", "1", "3", "--yes"]);
    let file = world.folder().join("tasks.ndjson").to_string_lossy().into_owned();
    let counts = "3 tasks: 0 new, 0 updated, 1 unchanged, 2 stay deleted\n";
    assert_eq!(world.out(&["import", "--dry-run", &file]), format!("Would import {counts}"));
    assert_eq!(world.out(&["import", &file]), format!("Imported {counts}"));
    assert_eq!(world.out(&["export"]).lines().count(), 1);
}

#[test]
fn none_takes_the_rep_the_lead_and_the_contact_away_as_an_empty_field_of_the_form_does() {
    let task = "{\"_type\":\"lead\",\"id\":\"task_a\",\"text\":\"Ring\",\"lead_id\":\"lead_acme\",\"lead_name\":\"Acme\",\"contact_id\":\"cont_ann\",\"contact_name\":\"Ann\",\"assigned_to\":\"user_ana\",\"date\":\"2015-01-12\"}\n";
    let world = World::with(task);
    let show = || world.out(&["show", "1", "--output", "json"]);
    assert_eq!(world.out(&["assign", "1", "--to", "none"]), "Assigned 1 \"Ring\" to nobody\n");
    world.out(&["edit", "1", "--contact", "none"]);
    assert!(show().contains("\"contact_id\":null") && show().contains("lead_acme"), "{}", show());
    world.out(&["edit", "1", "--lead", "none", "--contact", "ann", "--assigned-to", "none"]);
    assert!(show().contains("\"lead_id\":null") && show().contains("cont_ann"), "{}", show());
    // What a script leaves empty by mistake takes nothing away.
    refused(&world, &["assign", "1", "--to", ""], 1, "there is no rep");
    refused(&world, &["edit", "1", "--contact", ""], 1, "there is no contact");
}

#[test]
fn a_task_that_is_named_twice_is_one() {
    let world = office();
    refused(&world, &["delete", "1", "task_quote"], 2, "1 task would be deleted");
    assert_eq!(world.out(&["delete", "1", "task_quote", "--yes"]), "Deleted 1 \"quote\"\n");
}
