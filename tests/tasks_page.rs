//! The sentences of Close's Tasks page that hold for every type, a test each, by the real
//! binary on real files; and the table in docs/close-tasks.md that links them.

mod support {
    pub(crate) mod page;
    pub(crate) mod world;
}

use repbox::domain::kind::TaskType;
use support::page::{detail, field, listed, one, rows, task};
use support::world::{World, todo};

fn texts(world: &World, args: &[&str]) -> Vec<String> {
    listed(world, "text", args)
}

#[test]
fn tasks_are_action_items_with_a_given_date_that_are_assigned_to_a_sales_rep() {
    let hers = task("lead", "hers", "\"text\":\"Send quote\"");
    let his = task("lead", "his", "\"text\":\"Call bank\"").replace("user_ana", "user_ben").replace("Ana", "Ben");
    let world = World::with(&(hers + &his));
    assert_eq!(rows(&world), ["To-do: Send quote - Fabrikam, Today", "To-do: Call bank - Fabrikam, Today"]);
    assert_eq!(detail(&world, "Who"), ["Ana"]);
    assert_eq!(texts(&world, &["--assigned-to", "ben"]), ["Call bank"]);
    world.out(&["assign", "1", "--to", "ben"]);
    assert_eq!(field(&world, "assigned_to"), "user_ben");
}

#[test]
fn incomplete_tasks_show_in_the_inbox() {
    let world = World::with(&(todo("open", "2015-01-12") + &todo("late", "2015-01-02")));
    assert_eq!(texts(&world, &[]), ["late", "open"]);
    assert!(texts(&world, &["--view", "archive"]).is_empty());
    world.out(&["done", "1", "2"]);
    assert!(texts(&world, &[]).is_empty());
    world.out(&["reopen", "1"]);
    assert_eq!((texts(&world, &[]), field(&world, "is_complete")), (vec!["open".to_owned()], false.into()));
}

#[test]
fn complete_tasks_are_shown_in_the_archive() {
    let done = "\"is_complete\":true,\"date_updated\":\"2015-01-10T00:00:00Z\"";
    let done = todo("done", "2015-01-12").replace("\"is_complete\":false", done);
    let world = World::with(&(todo("open", "2015-01-12") + &done));
    assert_eq!(texts(&world, &["--view", "archive"]), ["done"]);
    world.out(&["done", "1"]);
    assert_eq!(field(&world, "is_complete"), true);
    assert_eq!(texts(&world, &["--view", "archive"]), ["open", "done"], "the newest completion first");
}

#[test]
fn archived_tasks_of_certain_types_are_automatically_deleted_after_a_certain_amount_of_time() {
    let done = |kind, id| task(kind, id, "\"text\":\"x\"").replace("\"is_complete\":false", "\"is_complete\":true");
    let open = task("missed_call", "open", "\"phone\":\"+12025550143\"");
    let world = World::with(&(done("missed_call", "call") + &done("lead", "todo") + &open));
    let left = || listed(&world, "id", &["--type", "all", "--view", "all"]).len();
    world.out(&["--now", "2015-03-01T00:00:00Z", "purge", "--yes"]);
    assert_eq!(left(), 3, "its time is not over");
    world.out(&["--now", "2015-06-01T00:00:00Z", "purge", "--yes"]);
    assert_eq!(left(), 2, "a to-do is kept, and what is open is never touched");
    world.out(&["undo"]);
    assert_eq!(left(), 3);
}

#[test]
fn the_date_says_when_a_task_is_actionable_and_appears_in_the_inbox() {
    let world = World::with(&(todo("day", "2015-01-13") + &todo("timed", "2015-01-13T20:00:00+00:00")));
    let inbox = |now| texts(&world, &["--now", now]);
    assert!(inbox("2015-01-13T07:59:59Z").is_empty(), "in the zone -8 it is the 12th");
    assert_eq!(texts(&world, &["--view", "future"]), ["day", "timed"]);
    assert_eq!(inbox("2015-01-13T08:00:00Z"), ["day", "timed"]);
    world.out(&["snooze", "1", "--until", "2015-01-20"]);
    assert_eq!(inbox("2015-01-13T08:00:00Z"), ["timed"]);
}

#[test]
fn a_date_is_date_only_or_a_date_time() {
    let dates = ["2015-01-05", "2015-01-10T05:00:00+00:00"];
    let world = World::with(&dates.map(|date| todo(&date[..10], date)).concat());
    assert_eq!(listed(&world, "date", &["--tz", "+14"]), dates, "both come back as they came");
    // A day is the same day everywhere; a time is told in the zone.
    for (zone, day) in [("-8", "9 Jan"), ("utc", "10 Jan")] {
        let told = |number| world.out(&["--tz", zone, "show", number]);
        assert!(told("1").contains("5 Jan") && !told("1").contains("00:00"), "{}", told("1"));
        assert!(told("2").contains(day) && told("2").contains(":00"), "{}", told("2"));
    }
    world.out(&["snooze", "1", "--until", "2015-01-06"]);
    assert_eq!(field(&world, "date"), "2015-01-06", "never midnight");
    let no_date = world.folder().join("bad.ndjson");
    std::fs::write(&no_date, todo("bad", "2015-02-30")).expect("written");
    assert_eq!(world.run(&["import", &no_date.to_string_lossy()]).status.code(), Some(1));
}

#[test]
fn date_only_tasks_are_ordered_before_date_time_tasks_of_their_date_in_the_time_zone() {
    let dates = ["2015-01-12T10:00:00+00:00", "2015-01-12", "2015-01-11T10:30:00+00:00", "2015-01-11"];
    let world = World::with(&dates.iter().map(|date| todo(date, date)).collect::<String>());
    let order = |zone, by| texts(&world, &["--tz", zone, "--order-by", by, "--view", "all"]);
    assert_eq!(order("utc", "date"), [dates[3], dates[2], dates[1], dates[0]]);
    // East of UTC half past ten of the 11th is the 12th already.
    assert_eq!(order("+14", "date"), [dates[3], dates[1], dates[2], dates[0]]);
    // West of it each time is of the day before.
    assert_eq!(order("-11", "date"), [dates[2], dates[3], dates[0], dates[1]]);
    for zone in ["utc", "+14", "-11"] {
        let mut back = order(zone, "-date");
        back.reverse();
        assert_eq!(back, order(zone, "date"));
    }
}

#[test]
fn in_pacific_standard_time_a_task_dated_2015_01_12_stands_between_07_00_and_08_00_utc() {
    let dates = ["2015-01-12T08:00:00", "2015-01-12", "2015-01-12T07:00:00"];
    let world = World::with(&dates.iter().map(|date| todo(date, date)).collect::<String>());
    for zone in ["-8", "America/Los_Angeles"] {
        assert_eq!(texts(&world, &["--tz", zone, "--order-by", "date"]), [dates[2], dates[1], dates[0]]);
    }
}

#[test]
fn the_due_date_field_is_deprecated_and_is_never_read() {
    // Its due date is of 1999, and another is of the wrong kind.
    let bad = todo("bad", "2015-01-12").replace("\"1999-01-01\"", "7");
    let none = todo("none", "").replace("\"date\":\"\"", "\"date\":null");
    let world = World::with(&(todo("far", "2015-02-01") + &none + &todo("near", "2015-01-12") + &bad));
    assert_eq!(texts(&world, &[]), ["bad", "near", "none"], "it stands for no date that is missing");
    assert!(!world.out(&["show", "1"]).contains("1999"));
    world.out(&["snooze", "1", "--until", "2015-01-13"]);
    assert_eq!(field(&world, "due_date"), "1999-01-01", "it stays as it came");
    assert!(!World::new().out(&["add", "x", "--output", "json"]).contains("due_date"), "nor is it written");
}

/// One task of each type; its id is the type.
fn all_types() -> World {
    World::with(&TaskType::ALL.map(|kind| task(kind.wire_name(), kind.wire_name(), "\"text\":\"x\"")).concat())
}

#[test]
fn the_type_field_indicates_the_task_type_and_filters_tasks() {
    let world = all_types();
    for kind in TaskType::ALL {
        assert_eq!(listed(&world, "_type", &["--type", kind.wire_name()]), [kind.wire_name()]);
    }
    assert_eq!(listed(&world, "_type", &["--type", "all", "--search", "type:voicemail"]), ["voicemail"]);
}

#[test]
fn when_not_filtering_by_type_only_lead_tasks_are_returned() {
    let world = all_types();
    assert_eq!(listed(&world, "_type", &[]), ["lead"]);
    let told = world.run(&["list"]).stderr;
    assert_eq!(String::from_utf8_lossy(&told), "8 more of other types: --type all\n");
}

#[test]
fn type_all_shows_all_types() {
    let mut found = listed(&all_types(), "_type", &["--type", "all"]);
    found.sort();
    let mut all = TaskType::ALL.map(TaskType::wire_name);
    all.sort();
    assert_eq!(found, all);
}

#[test]
fn a_list_of_types_shows_several() {
    let mut found = listed(&all_types(), "_type", &["--type", "missed_call,voicemail"]);
    found.sort();
    assert_eq!(found, ["missed_call", "voicemail"]);
}

#[test]
fn the_task_types_are_the_nine_of_the_page() {
    let page = include_str!("fixtures/close/tasks_page.txt");
    let bullets = page.lines().filter_map(|line| line.strip_prefix("  • ")?.split_once(':'));
    assert_eq!(bullets.map(|(name, _)| name).collect::<Vec<_>>(), TaskType::ALL.map(TaskType::wire_name));
    let world = one("fax", "\"pages\":3");
    assert_eq!(rows(&world), ["Other: fax - Fabrikam, Today"], "a type of tomorrow shows as well");
    assert_eq!(detail(&world, "pages"), ["3"]);
}

/// The rows of the table: sentence, code, tests.
fn table() -> Vec<[String; 3]> {
    let doc = include_str!("../docs/close-tasks.md");
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let lines = doc.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Sentence"));
    lines.map(|line| cells(line).try_into().expect("three cells")).collect()
}

#[test]
fn the_table_has_every_sentence_of_the_page_in_its_order() {
    let page = include_str!("fixtures/close/tasks_page.txt").replace('•', " ");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let sentences: Vec<String> = table().iter().flat_map(|[sentence, ..]| words(sentence)).collect();
    assert_eq!(sentences, words(&page));
}

#[test]
fn the_table_names_code_and_tests_that_exist() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let tests = [include_str!("tasks_page.rs"), include_str!("tasks_page_types.rs")].concat();
    let mut named = 0;
    for [sentence, code, test] in table() {
        for file in quoted(&code) {
            assert!(root.join("src").join(&file).is_file(), "{sentence}: {file}");
        }
        let of_row = quoted(&test);
        assert!(!of_row.is_empty() && !quoted(&code).is_empty(), "{sentence}");
        for name in &of_row {
            assert!(tests.contains(&format!("#[test]\nfn {name}() {{")), "{sentence}: {name}");
        }
        named += of_row.len();
    }
    // Beside the two tests of the table itself, none stands outside of it.
    assert_eq!(tests.matches("#[test]\n").count() - 2, named, "a sentence has a test, a test a sentence");
}
