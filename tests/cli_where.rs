//! Queries on the command line: `--search` and `--where`, by the real binary.

mod support {
    #[allow(dead_code)] // Of the terminal only what a question needs is used here.
    pub(crate) mod terminal;
    pub(crate) mod world;
}

use support::terminal::Terminal;
use support::world::{World, todo};

/// Six to-dos of Monday, 12 January 2015, and around it, and tasks of other types.
fn world() -> World {
    let of = |kind: &str, id: &str, rest: &str| {
        format!("{{\"_type\":\"{kind}\",\"id\":\"noti_{id}\",\"date\":\"2015-01-12\"{rest}}}\n")
    };
    let lines = [
        todo("late", "2015-01-09"),
        todo("quote", "2015-01-12"),
        todo("friday", "2015-01-16"),
        of("lead", "done", ",\"is_complete\":true,\"text\":\"done quote\",\"date_updated\":\"2015-01-12T09:00:00Z\""),
        of("voicemail", "vm", ",\"lead_id\":\"lead_1\",\"lead_name\":\"Acme\",\"phone\":\"+13125550188\""),
        of("lead", "acme", ",\"lead_id\":\"lead_1\",\"lead_name\":\"Acme\",\"text\":\"call back\""),
    ];
    World::with(&lines.concat())
}

fn said(output: &std::process::Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn everything(world: &World) -> String {
    world.out(&["export"])
}

#[test]
fn list_count_and_export_honour_a_search() {
    let world = world();
    let json = world.out(&["list", "--search", "lead:acme", "--output", "json"]);
    assert!(json.contains("\"has_more\": false, \"total_results\": 1}") && json.contains("noti_acme"));
    let cut = world.out(&["list", "--search", "is:open", "--view", "open", "--limit", "1", "--output", "json"]);
    assert!(cut.contains("\"has_more\": true, \"total_results\": 4}"), "{cut}");
    let count = world.out(&["count", "--search", "lead:acme", "--type", "all", "--output", "json"]);
    assert!(count.starts_with(r#"{"archive":0,"future":0,"inbox":2,"overdue":0,"#), "{count}");
    let named = world.out(&["count", "--id", "1,2", "--output", "json"]);
    assert!(named.starts_with(r#"{"archive":0,"future":0,"inbox":2,"overdue":1,"#), "{named}");
    assert_eq!(world.out(&["export", "--search", "quote"]).lines().count(), 2);
    assert_eq!(world.out(&["export", "--search", "0188"]).lines().count(), 1);
}

#[test]
fn a_list_says_what_other_types_match_and_where_nothing_does() {
    let world = world();
    let acme = world.run(&["list", "--search", "acme"]);
    assert_eq!(said(&acme), "more of other types: --type all\n");
    let none = world.run(&["list", "--search", "friday"]);
    assert_eq!((none.stdout.len(), none.status.code()), (0, Some(0)));
    assert_eq!(said(&none), "Nothing in the inbox matches friday. --view all looks everywhere.\n");
    // A query that names types is not narrowed to to-dos.
    let voicemail = world.run(&["list", "--search", "type:vm"]);
    assert_eq!((String::from_utf8_lossy(&voicemail.stdout).lines().count(), said(&voicemail).as_str()), (1, ""));
}

#[test]
fn a_type_is_named_as_close_the_list_or_the_sidebar_does_and_others_are_refused() {
    let world = world();
    for (search, count) in [("type:Voicemail", 1), ("type:\"to-do\"", 3), ("type:all", 4), ("type:email", 0)] {
        let listed = world.out(&["list", "--search", search, "--output", "ndjson"]);
        assert_eq!(listed.lines().count(), count, "{search}");
    }
    for args in [&["list", "--search", "quote type:telex"][..], &["done", "--where", "-type:telex", "--yes"]] {
        let refused = world.run(args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        assert!(said(&refused).contains("unknown type \"telex\"; the types are lead,"), "{refused:?}");
    }
}

#[test]
fn what_says_nothing_changes_nothing() {
    let world = world();
    let before = everything(&world);
    for nothing in ["", " ", "-\u{301}", "-\u{fe0f}", "\u{301}"] {
        let refused = world.run(&["done", "--yes", "--where", nothing]);
        assert!(said(&refused).contains("The query is empty"), "{nothing:?} {refused:?}");
    }
    assert_eq!(everything(&world), before);
}

#[test]
fn a_saved_search_is_counted_and_exported_too_whatever_its_name_is_typed_like() {
    let world = world();
    let mut file = repbox::repository::Repository::open(&world.db()).expect("opens");
    file.save_search("hot leads", "is:open lead:acme").expect("saved");
    file.save_search("-dash", "quote").expect("saved");
    drop(file);
    let count = world.out(&["count", "--saved", "HOT  leads ", "--output", "json"]);
    assert!(count.starts_with(r#"{"archive":0,"future":0,"inbox":2,"#), "{count}");
    assert_eq!(world.out(&["export", "--saved", "hot leads"]).lines().count(), 2);
    assert_eq!(world.out(&["count", "--saved", "hot leads", "--type", "lead"]).lines().count(), 2);
    assert_eq!(world.out(&["list", "--saved", "-dash", "--search", "-x", "--output", "ndjson"]).lines().count(), 1);
}

#[test]
fn a_word_with_a_minus_is_no_option_and_an_option_is_no_query() {
    let world = world();
    for args in [&["list", "--search", "-quote"][..], &["list", "--search=-quote"], &["list", "--search", "-\"quote\""]]
    {
        assert_eq!(world.out(args).lines().count(), 2, "{args:?}");
    }
    assert_eq!(world.out(&["done", "--where", "-quote -is:overdue", "--dry-run"]).lines().count(), 2);
    let before = everything(&world);
    for args in
        [&["done", "--where", "--dry-run"][..], &["delete", "--where", "--yes"], &["list", "--search", "--plain"]]
    {
        assert_eq!(world.run(args).status.code(), Some(2), "{args:?}");
    }
    assert_eq!(everything(&world), before);
}

#[test]
fn every_match_changes_in_one_step_of_undo() {
    for (args, changed) in [
        (&["done", "--where", "is:overdue,today"][..], 3),
        (&["done", "--where", "lead:acme", "--type", "all"], 2),
        (&["done", "--where", "quote", "--view", "all"], 1),
        (&["reopen", "--where", "quote"], 1),
        (&["snooze", "--where", "is:overdue", "--until", "fri"], 1),
        (&["assign", "--where", "type:vm,lead", "--to", "user_9"], 5),
        (&["delete", "--where", "quote,late", "--yes"], 2),
    ] {
        let world = world();
        let before = everything(&world);
        let dry = world.run(&[args, &["--dry-run"]].concat());
        assert!(said(&dry).contains(&format!(": {changed} in all")), "{args:?}: {}", said(&dry));
        assert_eq!(everything(&world), before, "{args:?}");
        let json = world.out(&[args, &["--output", "json"]].concat());
        assert!(json.contains(&format!("\"total_results\": {changed}}}")), "{args:?}: {json}");
        assert_ne!(everything(&world), before, "{args:?}");
        world.out(&["undo"]);
        assert_eq!(everything(&world), before, "{args:?}");
    }
}

#[test]
fn a_bulk_looks_at_open_to_dos_and_reopen_at_the_archive() {
    let world = world();
    assert_eq!(world.out(&["done", "--where", "is:open"]).lines().count(), 4);
    world.out(&["undo"]);
    assert_eq!(world.out(&["reopen", "--where", "done"]), "Re-opened 4 \"done quote\"\n");
    let nothing = world.run(&["done", "--where", "is:done", "--output", "json"]);
    assert_eq!(
        (nothing.status.code(), said(&nothing).as_str()),
        (Some(0), "Nothing open matches is:done. --view all looks everywhere. Nothing was changed.\n")
    );
    assert!(String::from_utf8_lossy(&nothing.stdout).contains("\"total_results\": 0"));
}

#[test]
fn tasks_that_do_not_allow_it_stay_as_they_are_and_are_told() {
    let world = world();
    world.out(&["done", "2"]);
    let args = ["snooze", "--where", "quote,late", "--view", "all", "--until", "fri"];
    let dry = world.run(&[&args[..], &["--dry-run"]].concat());
    assert!(said(&dry).contains("2 would be left as they are: it is complete; re-open it first"), "{}", said(&dry));
    let output = world.run(&args);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    assert!(said(&output).contains("2 left as they were: it is complete; re-open it first"), "{}", said(&output));
}

#[test]
fn a_dry_run_tells_of_every_change_what_the_change_then_tells() {
    for (args, already) in [
        (&["done", "--where", "quote", "--view", "all"][..], "1 already done"),
        (&["reopen", "--where", "quote", "--view", "all"], "1 already open"),
        (&["snooze", "--where", "quote,late", "--until", "2015-01-12"], "1 already so"),
        (&["assign", "--where", "quote,late", "--to", "user_9"], "1 already theirs"),
    ] {
        let world = world();
        world.out(&["assign", "2", "--to", "user_9"]);
        world.out(&["snooze", "2", "--until", "2015-01-12"]);
        let before = everything(&world);
        let dry = world.run(&[args, &["--dry-run"]].concat());
        assert!(said(&dry).ends_with(&format!(": 1 in all\n{already}\n")), "{args:?}: {}", said(&dry));
        assert_eq!(everything(&world), before, "{args:?}");
        let told = world.out(args).to_lowercase();
        assert_eq!(told.lines().filter(|line| line.starts_with(&already[2..])).count(), 1, "{args:?}: {told}");
        assert_eq!(told.lines().count(), 2, "{args:?}: {told}");
    }
    // Named tasks are all or none, and so the dry run says.
    let world = world();
    let named = ["snooze", "2", "4", "--until", "fri", "--dry-run"];
    assert_eq!((world.run(&named).status.code(), world.run(&named).stdout.len()), (Some(1), 0));
    assert!(said(&world.run(&named)).contains("task 4 cannot be changed so: it is complete"));
}

#[test]
fn a_change_and_its_dry_run_tell_tasks_in_the_order_of_the_list() {
    let lines = ["2015-01-13", "2015-01-09", "2015-01-11"].map(|date| todo(date, date)).concat();
    let world = World::with(&lines);
    let numbers = |text: &str, word: usize| -> Vec<String> {
        text.lines().filter_map(|line| line.split_whitespace().nth(word)).map(str::to_owned).collect()
    };
    let list = numbers(&world.out(&["list", "--view", "open"]), 0);
    assert_eq!(list, ["2", "3", "1"]);
    assert_eq!(numbers(&world.out(&["done", "--where", "is:open", "--dry-run"]), 0), list);
    assert_eq!(numbers(&world.out(&["done", "--where", "is:open"]), 1), list);
    assert_eq!(numbers(&world.out(&["reopen", "3", "1", "2"]), 1), ["3", "1", "2"], "as they were named");
}

#[test]
fn only_what_a_person_was_asked_about_changes_and_only_what_matches_still() {
    let lines: String = (0..30).map(|i| todo(&format!("n{i:02}"), "2015-01-12")).collect();
    let world = World::with(&lines);
    let file = world.db().to_string_lossy().into_owned();
    let args = ["--db", &file, "done", "--where", "n"];
    let (mut terminal, _) = Terminal::start(&world.db(), (80, 40), env!("CARGO_BIN_EXE_repbox"), &args);
    terminal.shows(|screen| screen.contains("Complete 30 tasks"));
    world.out(&["delete", "1", "--yes"]);
    world.out(&["done", "2"]);
    world.out(&["edit", "3", "--text", "others"]);
    world.out(&["add", "new"]);
    terminal.key("y\r");
    terminal.ends();
    assert_eq!(world.out(&["undo"]), "Undid: Completed 27\n");
    assert_eq!(world.out(&["list", "--view", "archive"]).lines().count(), 1, "what was done elsewhere");
    world.out(&["redo"]);
    let open = world.out(&["list", "--view", "open"]);
    assert!(open.lines().count() == 2 && open.contains("others") && open.contains("new"), "{open}");
}

#[test]
fn without_a_terminal_a_delete_and_more_than_25_need_a_yes() {
    let lines: String = (0..26).map(|i| todo(&format!("n{i:02}"), "2015-01-12")).collect();
    let world = World::with(&lines);
    let before = everything(&world);
    for args in [&["done", "--where", "n"][..], &["delete", "--where", "n01"], &["delete", "3"]] {
        let output = world.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(said(&output).contains("--yes"), "{args:?}");
        assert_eq!(everything(&world), before);
    }
    assert_eq!(world.out(&["done", "--where", "n -n00"]).lines().count(), 25, "25 are not asked about");
    assert_eq!(world.out(&["delete", "--where", "n", "--view", "all", "--yes"]).lines().count(), 26);
    world.out(&["undo", "2"]);
    assert_eq!(everything(&world), before);
}

#[test]
fn a_query_that_is_not_understood_is_a_wrong_call_and_its_term_is_underlined() {
    let world = world();
    let before = everything(&world);
    for command in [
        &["list", "--search"][..],
        &["count", "--search"],
        &["export", "--search"],
        &["done", "--where"],
        &["delete", "--yes", "--where"],
    ] {
        let output = world.run(&[command, &["quote tpye:x"]].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{command:?}");
        let expected = "repbox: Unknown field \"tpye\". Did you mean type?\n  quote tpye:x\n        ^^^^^^\n";
        assert_eq!(said(&output), expected, "{command:?}");
    }
    for empty in ["", " ", "\"\"", ",", "\" \""] {
        let output = world.run(&["done", "--where", empty]);
        assert_eq!(output.status.code(), Some(2), "{empty:?}");
        assert!(said(&output).starts_with("repbox: The query is empty"), "{}", said(&output));
    }
    assert_eq!(everything(&world), before);
}

#[test]
fn rep_me_is_whoever_the_settings_say() {
    let world = World::with(
        "{\"_type\":\"lead\",\"id\":\"task_a\",\"assigned_to\":\"user_1\",\"assigned_to_name\":\"Ana Ruiz\"}\n{\"_type\":\"lead\",\"id\":\"task_b\"}\n",
    );
    let nobody = world.run(&["list", "--search", "rep:me"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(said(&nobody).contains("Put your name into the settings file"));
    let settings = world.folder().join("settings.toml");
    let with = |me: &str| -> std::process::Output {
        std::fs::write(&settings, format!("me = \"{me}\"\n")).expect("written");
        world.run(&["--config", &settings.to_string_lossy(), "list", "--search", "rep:me", "--output", "ndjson"])
    };
    assert!(String::from_utf8_lossy(&with("Ana Ruiz").stdout).contains("task_a"));
    assert!(said(&with("Ana Riuz")).contains("there is no rep \"Ana Riuz\"; the file names Ana Ruiz"));
}

#[test]
fn p24_the_text_of_a_query_is_data() {
    let world = world();
    let before = everything(&world);
    let long = "x".repeat(100_000);
    let nested = "(".repeat(4000);
    let words = "a ".repeat(50_000);
    for text in [
        "'; DROP TABLE task; --",
        "\"' OR 1=1 --\"",
        "%",
        "_",
        "%quote%",
        "qu_te",
        "\\",
        "\u{1b}[31m",
        "\u{202e}",
        "*",
        "lead:%",
        "lead:\"' OR '1'='1\"",
        "id:\"' OR 1\"",
        "id:%",
        "rep:\"\\\"",
        "contact:_",
        "phone:\"1 OR 1=1\"",
        "type:\"lead' --\"",
        "\"",
        "\"quote",
        ":",
        "::",
        "..",
        "date:..x",
        "a:b:c",
        "-",
        "--",
        "-\"",
        &long,
        &nested,
        &words,
    ] {
        let done = world.run(&["done", "--type", "all", "--view", "all", &format!("--where={text}")]);
        assert!(matches!(done.status.code(), Some(0 | 2)), "{text:?}: {}", said(&done));
        let listed = world.run(&["list", "--type", "all", "--view", "all", &format!("--search={text}")]);
        assert!(matches!(listed.status.code(), Some(0 | 2)), "{text:?}: {}", said(&listed));
        assert!(
            said(&done).chars().chain(said(&listed).chars()).all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}'))
        );
        assert_eq!(everything(&world), before, "{text:?} touches a task");
    }
    assert_eq!(world.out(&["list", "--search", "\"quote\""]).lines().count(), 1);
}
