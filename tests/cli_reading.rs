//! `list`, `show`, `count`, `history`, and what every command shares, by the real binary.

mod support {
    #[allow(dead_code)] // Of the terminal only what a command needs is used here.
    pub(crate) mod terminal;
    pub(crate) mod world;
}

use std::process::Output;

use support::terminal::{Terminal, find};
use support::world::{World, todo};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The texts of the tasks, in the order of the list.
fn texts(world: &World, args: &[&str]) -> Vec<String> {
    let lines = world.out(&[args, &["--output", "ndjson", "--fields", "text"]].concat());
    let text = |line: &str| line.split('"').nth(3).unwrap_or_default().to_owned();
    lines.lines().map(text).collect()
}

/// Three types, two reps of one name, and dates of each kind.
fn office() -> World {
    let line = |n: u8, kind: &str, rep: u8, created: &str, more: &str| {
        format!(
            "{{\"_type\":\"{kind}\",\"id\":\"task_{n}{n}{n}{n}{n}{n}\",\"text\":\"t{n}\",\"assigned_to\":\"user_{rep}\",\"assigned_to_name\":\"{}\",\"lead_id\":\"lead_{n}\",\"lead_name\":\"{}\",\"date_created\":\"{created}\",{more}}}\n",
            ["Ana Ruiz", "Ben Okafor", "Ben Okafor"][usize::from(rep)],
            ["", "Acme Robotics", "Acme Foods", "Zoë", "Zoë", "Acme Robotics"][usize::from(n)],
        )
    };
    World::with(
        &[
            line(1, "lead", 0, "2015-01-03T00:00:00Z", "\"date\":\"2015-01-10\""),
            line(2, "lead", 1, "2015-01-02T00:00:00Z", "\"date\":\"2015-01-11\""),
            line(3, "lead", 2, "2015-01-01T00:00:00Z", "\"date\":null"),
            line(4, "missed_call", 0, "2015-01-04T00:00:00Z", "\"date\":\"2015-01-12T10:00:00Z\""),
            line(5, "lead", 0, "2015-01-05T00:00:00Z", "\"date\":\"2015-02-01\""),
        ]
        .concat(),
    )
}

#[test]
fn the_six_orders_each_have_their_exact_reverse() {
    let world = office();
    world.out(&["done", "2", "--now", "2015-01-12T10:00:00Z"]);
    world.out(&["done", "1", "--now", "2015-01-12T11:00:00Z"]);
    let by = |order: &str| texts(&world, &["list", "--view", "all", "--order-by", order]);
    assert_eq!(by("date"), ["t1", "t2", "t5", "t3"]);
    assert_eq!(by("date_created"), ["t3", "t2", "t1", "t5"]);
    for order in ["date", "date_created"] {
        let mut reversed = by(order);
        reversed.reverse();
        assert_eq!(by(&format!("-{order}")), reversed, "{order}");
    }
    let archive = |args: &[&str]| texts(&world, &[&["list", "--view", "archive"], args].concat());
    assert_eq!(archive(&[]), ["t1", "t2"], "the newest completion first, unless another order is named");
    assert_eq!(archive(&["--order-by=date_completed"]), ["t2", "t1"]);
    assert_eq!(archive(&["--order-by", "-date_completed"]), ["t1", "t2"]);
}

#[test]
fn the_options_of_every_command_stand_before_or_after_it_and_a_zone_is_written_in_many_ways() {
    let world = office();
    for args in [
        &["--tz", "-8", "list"][..],
        &["list", "--tz", "-8"],
        &["--tz=-8", "list"],
        &["list", "--tz=-08:00"],
        &["list", "--tz", "America/los_angeles"],
    ] {
        assert_eq!(world.out(args), world.out(&["list"]), "{args:?}");
    }
    for zone in ["-0545", "+0545", "+5.75", "-2.5", "utc", "local"] {
        world.out(&["--tz", zone, "count"]);
        let verbose = world.run(&["count", "-v", "--tz", zone]);
        assert!(said(&verbose).contains("zone "), "{zone}");
    }
    let file = world.folder().join("other.db").to_string_lossy().into_owned();
    assert_eq!(world.out(&["list", "--db", &file]), "");
    assert!(said(&world.run(&["-v", "list"])).contains("now 2015-01-12 04:00"));
}

#[test]
fn an_unknown_word_is_a_wrong_call_and_the_nearest_right_one_is_named() {
    let world = office();
    for (args, nearest) in [
        (&["lsit"][..], "'list'"),
        (&["list", "--view", "inbx"], "'inbox'"),
        (&["list", "--order-by", "-date_creatd"], "'-date_created'"),
        (&["list", "--type", "vociemail"], "did you mean voicemail?"),
        (&["list", "--output", "jsno"], "'json'"),
        (&["list", "--output", "json", "--fields", "id,lead_nmae"], "did you mean lead_name?"),
        (&["list", "--assignd-to", "me"], "'--assigned-to'"),
        (&["list", "--tz", "America/New_Yrok"], "America/New_York"),
        (&["list", "--search", "is:ovrdue"], "overdue"),
        (&["count", "--fail-if", "overdu"], "'overdue'"),
        (&["man", "snoze"], "did you mean snooze?"),
        (&["completions", "bsh"], "'bash'"),
    ] {
        let output = world.run(args);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}");
        assert!(said(&output).contains(nearest), "{args:?}: {}", said(&output));
    }
}

#[test]
fn people_and_leads_are_named_by_id_or_whole_name_and_several_of_one_name_are_told_apart() {
    let world = office();
    assert_eq!(texts(&world, &["list", "--assigned-to", "ANA ruiz"]), ["t1"]);
    assert_eq!(texts(&world, &["list", "--assigned-to", "user_2"]), ["t3"]);
    assert_eq!(texts(&world, &["list", "--lead", "acme foods"]), ["t2"]);
    assert_eq!(texts(&world, &["list", "--lead", "lead_3"]), ["t3"]);
    for (args, words) in [
        (&["list", "--assigned-to", "ben okafor"][..], "the name of several reps: user_1, user_2; write the id"),
        (&["list", "--lead", "zoë"], "the name of several leads: "),
        (&["list", "--lead", "acme"], "did you mean Acme Robotics or Acme Foods?"),
        (&["list", "--lead", "Acme Fodos"], "did you mean Acme Foods?"),
        (&["list", "--assigned-to", "Bne Okafor"], "the file names Ben Okafor, "),
        (&["list", "--assigned-to", "me"], "nothing says who \"me\" is"),
    ] {
        let output = world.run(args);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{args:?}");
        assert!(said(&output).contains(words), "{args:?}: {}", said(&output));
    }
    let settings = world.folder().join("me.toml");
    std::fs::write(&settings, "me = \"ana ruiz\"\n").expect("written");
    let settings = settings.to_string_lossy().into_owned();
    assert_eq!(texts(&world, &["list", "--assigned-to", "me", "--config", &settings]), ["t1"]);
    assert_eq!(texts(&world, &["list", "--assigned-to", "ME", "--config", &settings]), ["t1"]);
}

#[test]
fn named_tasks_are_of_every_type_and_an_unknown_one_fails_the_whole_command() {
    let world = office();
    assert_eq!(texts(&world, &["list", "--id", "4,task_111111"]), ["t1", "t4"]);
    assert_eq!(texts(&world, &["list", "--id", "4,1", "--type", "lead"]), ["t1"]);
    for name in ["9", "task_", "task_99", "1.0", ""] {
        let output = world.run(&["show", "1", name]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{name:?}");
        assert!(said(&output).contains(&format!("there is no task {name:?}")), "{name:?}: {}", said(&output));
    }
    world.out(&["import", &{
        let file = world.folder().join("more.ndjson");
        std::fs::write(&file, todo("1111112", "2015-01-12")).expect("written");
        file.to_string_lossy().into_owned()
    }]);
    let ambiguous = world.run(&["show", "task_1111"]);
    assert_eq!(ambiguous.status.code(), Some(1));
    assert!(said(&ambiguous).contains("task_111111, task_1111112"), "{}", said(&ambiguous));
}

#[test]
fn a_limit_of_0_is_none_and_the_envelope_says_whether_there_is_more() {
    let lines: String = (0..120).map(|i| todo(&format!("n{i:06}"), "2015-01-12")).collect();
    let world = World::with(&lines);
    let first = world.run(&["list"]);
    assert_eq!(String::from_utf8_lossy(&first.stdout).lines().count(), 100);
    assert_eq!(said(&first), "more than these 100: --limit 0 lists all\n");
    assert_eq!(said(&world.run(&["list", "-q"])), "");
    assert_eq!(world.out(&["list", "--limit", "0"]).lines().count(), 120);
    assert_eq!(world.out(&["list", "--skip", "110"]).lines().count(), 10);
    let end = |args: &[&str]| {
        let json = world.out(&[&["list", "--output", "json"], args].concat());
        json[json.rfind(']').expect("an envelope")..].to_owned()
    };
    assert_eq!(end(&[]), "], \"has_more\": true, \"total_results\": 120}\n");
    assert_eq!(end(&["--skip", "20"]), "], \"has_more\": false, \"total_results\": 120}\n");
}

#[test]
fn fields_are_for_machines_and_come_in_the_order_asked_for() {
    let world = office();
    let line = |fields: &str| world.out(&["list", "--limit", "1", "--output", "ndjson", "--fields", fields]);
    assert_eq!(line("text,id"), "{\"text\":\"t1\",\"id\":\"task_111111\"}\n");
    assert_eq!(
        world.out(&["list", "--limit", "1", "--output", "csv", "--fields", "text,phone"]),
        "text,phone\r\nt1,\r\n"
    );
    for args in
        [&["list", "--fields", "id"][..], &["list", "--plain", "--output", "json"], &["count", "--output", "csv"]]
    {
        let output = world.run(args);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}: nothing is silently ignored");
    }
}

#[test]
fn a_table_is_fitted_to_the_terminal_and_whole_where_there_is_none() {
    let long = todo("x", "2015-01-12").replace("\"text\":\"x\"", &format!("\"text\":\"{}end\"", "word ".repeat(60)));
    let world = World::with(&long);
    assert!(world.out(&["list"]).ends_with("word end\n"));
    let file = world.db().to_string_lossy().into_owned();
    let args = ["--db", &file, "--tz", "-8", "--now", "2015-01-12T12:00:00Z", "list"];
    let (mut terminal, _) = Terminal::start(&world.db(), (40, 5), env!("CARGO_BIN_EXE_repbox"), &args);
    terminal.ends();
    let screen = terminal.shows(|screen| screen.contains("TODO"));
    assert_eq!(screen.trim_end().lines().count(), 1, "{screen}");
}

#[test]
fn a_count_stands_below_its_view_however_wide_the_letters_of_its_type_are() {
    let world = World::with(&todo("n1", "2015-01-12").replace("\"lead\"", "\"見積依頼\""));
    let table = world.out(&["count", "--type", "all"]);
    let cells = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let widths: Vec<usize> = table.lines().map(cells).collect();
    assert!(table.contains("見積依頼") && widths.iter().all(|width| *width == widths[0]), "{table}");
}

#[test]
fn plain_lines_and_tables_show_every_task_once_and_hints_go_to_standard_error() {
    let world = office();
    let plain = world.run(&["list", "--plain"]);
    assert_eq!(
        String::from_utf8_lossy(&plain.stdout),
        "1: To-do: t1 - Acme Robotics, ! overdue 2d\n2: To-do: t2 - Acme Foods, ! overdue 1d\n3: To-do: t3 - Zoë, no date\n"
    );
    assert_eq!(said(&plain), "1 more of other types: --type all\n");
    assert_eq!(world.out(&["ls"]), world.out(&["list"]));
}

#[test]
fn counts_are_per_view_and_type_and_can_fail_a_script() {
    let world = office();
    assert_eq!(
        world.out(&["count", "--type", "lead,missed_call", "--output", "json"]),
        "{\"archive\":0,\"future\":1,\"inbox\":4,\"overdue\":2,\"types\":[{\"_type\":\"lead\",\"archive\":0,\"future\":1,\"inbox\":3,\"overdue\":2},{\"_type\":\"missed_call\",\"archive\":0,\"future\":0,\"inbox\":1,\"overdue\":0}]}\n"
    );
    assert_eq!(world.run(&["count", "--fail-if", "overdue"]).status.code(), Some(1));
    assert_eq!(world.run(&["count", "--fail-if", "overdue", "--lead", "lead_3"]).status.code(), Some(0));
}

#[test]
fn several_tasks_are_shown_apart_and_as_an_envelope() {
    let world = office();
    let shown = world.out(&["show", "2", "1"]);
    let heads: Vec<&str> = shown.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(heads, ["2 t2 - Acme Foods", "", "1 t1 - Acme Robotics"]);
    assert!(shown.contains("History") && shown.contains("task_222222"));
    assert!(world.out(&["show", "1", "--output", "json"]).starts_with("{\"_type\":\"lead\",\"id\":\"task_111111\""));
    assert!(
        world.out(&["show", "1", "2", "--output", "json"]).ends_with("\"has_more\": false, \"total_results\": 2}\n")
    );
}

#[test]
fn the_history_is_newest_first_and_of_one_task_where_one_is_named() {
    let world = office();
    world.out(&["done", "1"]);
    world.out(&["snooze", "2", "--until", "2015-01-20"]);
    let history = world.out(&["history"]);
    let lines: Vec<&str> = history.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[0].contains("Snoozed \"t2\"") && lines[1].contains("Completed \"t1\"") && lines[2].contains("Imported 5")
    );
    assert_eq!(world.out(&["history", "--limit", "1"]).lines().count(), 1);
    let of_one = world.out(&["history", "1"]);
    assert!(of_one.contains("Completed \"t1\"") && !of_one.contains("Snoozed"), "{of_one}");
    world.out(&["undo"]);
    assert!(world.out(&["history", "2"]).contains("Snoozed \"t2\" (undone)"));
}

#[test]
fn an_empty_list_of_types_is_refused_and_not_an_empty_inbox() {
    let world = World::with(&todo("one", "2015-01-10"));
    for none in ["", " ", ","] {
        let output = world.run(&["list", "--type", none]);
        assert_eq!(output.status.code(), Some(2), "{none:?}");
        assert!(said(&output).contains("no type is named"), "{none:?}");
    }
}

#[test]
fn a_field_that_is_named_twice_is_given_once() {
    let world = World::with(&todo("one", "2015-01-10"));
    let fields = ["list", "--fields", "text,id,text", "--output"];
    assert_eq!(world.out(&[&fields[..], &["ndjson"]].concat()), "{\"text\":\"one\",\"id\":\"task_one\"}\n");
    assert_eq!(world.out(&[&fields[..], &["csv"]].concat()), "text,id\r\none,task_one\r\n");
}

#[test]
fn a_day_alone_is_no_moment_for_now_and_the_answer_shows_what_is() {
    let output = World::new().run(&["--now", "2026-01-05", "list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("moments have a day and a time, as 2026-01-05T14:30:00Z"), "{}", said(&output));
}

#[test]
fn with_colours_what_is_overdue_has_a_red_date_and_nothing_else_changes() {
    let world = office();
    let listed = world.out(&["list"]);
    assert!(!listed.contains('\x1b'), "no terminal, no colours");
    assert_eq!(world.out(&["list", "--color", "never"]), listed);
    let coloured = world.out(&["list", "--color", "always"]);
    let is_red = |line: &&str| line.contains("\x1b[31m");
    assert_eq!(coloured.lines().filter(is_red).count(), listed.matches("overdue").count());
    assert_eq!(coloured.replace("\x1b[31m", "").replace("\x1b[39m", ""), listed);
}

#[test]
fn doctor_says_that_there_are_colours_where_the_tables_have_them() {
    let world = office();
    let file = world.db().to_string_lossy().into_owned();
    let run = |environment: &[&str], colour: &str, command: &str, end: &str| {
        let program =
            [env!("CARGO_BIN_EXE_repbox"), "--db", &file, "--now", "2015-01-12T12:00:00Z", "--color", colour, command];
        let (terminal, _) =
            Terminal::start(&world.db(), (140, 60), "/usr/bin/env", &[environment, &program[..]].concat());
        let shown = terminal.shows(|s| s.contains(end));
        (shown, terminal.bytes())
    };
    for (environment, colour, has_colours) in [
        (&["TERM=xterm"][..], "auto", true),
        (&["-u", "TERM"], "auto", true),
        (&["TERM=dumb"], "auto", false),
        (&["NO_COLOR=1"], "auto", false),
        (&["NO_COLOR="], "auto", true),
        (&["TERM=xterm"], "never", false),
        (&["TERM=dumb"], "always", true),
    ] {
        let (_, table) = run(environment, colour, "list", "overdue");
        assert_eq!(find(&table, "\x1b[31m").is_some(), has_colours, "{environment:?} --color {colour}");
        let (said, _) = run(environment, colour, "doctor", "not connected");
        let words = if has_colours { "140x60, colours" } else { "140x60, no colours" };
        assert!(said.contains(words), "{environment:?} --color {colour}:\n{said}");
    }
}
