//! `repbox purge`, and the clocks that must not wipe an archive, by the real binary.

mod support {
    pub(crate) mod world;
}

use std::process::Output;

use support::world::{World, todo};

/// Completed tasks of a type, done in January 2015.
fn done(task_type: &str, count: usize) -> String {
    let line = |i| {
        format!(
            "{{\"_type\":\"{task_type}\",\"id\":\"task_{task_type}{i:04}\",\"is_complete\":true,\"date\":\"2015-01-02\",\"date_updated\":\"2015-01-03T00:00:00Z\"}}\n"
        )
    };
    (0..count).map(line).collect()
}

fn world() -> World {
    World::with(&[done("missed_call", 2), done("voicemail", 1), done("lead", 1), todo("open01", "2015-01-01")].concat())
}

fn at(world: &World, now: &str, args: &[&str]) -> Output {
    world.command(args).env("REPBOX_NOW", now).output().expect("runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn export(world: &World) -> String {
    world.out(&["export"])
}

/// Completes and re-opens, as somebody does who works on that day.
fn work(world: &World, now: &str) {
    for args in [["done", "5"], ["reopen", "5"]] {
        assert!(at(world, now, &args).status.success());
    }
}

/// Lets a purge look that finds nothing past its time yet.
fn look(world: &World, now: &str) {
    let looked = at(world, now, &["purge"]);
    assert_eq!(text(&looked.stderr), "no archived task is past its time\n");
}

#[test]
fn purge_lists_with_dry_run_removes_as_one_step_and_undo_brings_all_back() {
    let (world, before) = (world(), export(&world()));
    look(&world, "2015-04-10T00:00:00Z");
    let day = "2015-04-13T12:00:00Z";
    let listed = at(&world, day, &["purge", "--dry-run"]);
    assert_eq!(text(&listed.stdout).lines().count(), 3, "{listed:?}");
    assert!(text(&listed.stderr).starts_with("Would remove 2 archived missed calls older than 90d\n"), "{listed:?}");
    assert_eq!(export(&world), before);
    let removed = at(&world, day, &["purge"]);
    assert_eq!(
        text(&removed.stdout),
        "Removed 2 archived missed calls older than 90d\nRemoved 1 archived voicemail older than 90d\n"
    );
    assert_eq!(export(&world).lines().count(), 2);
    let undone = text(&at(&world, day, &["undo"]).stdout);
    assert_eq!(undone, "Undid: Removed 3 archived tasks past their time: 2 missed calls, 1 voicemail\n");
    assert_eq!(export(&world), before);
    let again = at(&world, day, &["purge"]);
    assert_eq!((again.status.code(), text(&again.stderr).as_str()), (Some(0), "no archived task is past its time\n"));
}

#[test]
fn show_says_how_long_a_task_is_kept() {
    let world = world();
    let shown = world.out(&["show", "1"]);
    assert!(shown.contains("Kept      until Sun 12 Apr 2015 04:00 UTC-8, removed in 90d"), "{shown}");
    assert!(!world.out(&["show", "4"]).contains("Kept"), "to-dos are kept for ever");
}

#[test]
fn p39_a_clock_that_jumps_years_either_way_leaves_the_archive_whole() {
    let world = world();
    let before = export(&world);
    for wrong in ["1970-01-01T00:00:00Z", "2038-01-19T03:14:08Z", "2099-01-01T00:00:00Z", "2015-01-12T12:00:00Z"] {
        let purged = at(&world, wrong, &["purge"]);
        let is_ahead = wrong.starts_with("20") && !wrong.starts_with("2015");
        assert_eq!(purged.status.code(), Some(if is_ahead { 2 } else { 0 }), "{purged:?}");
        if is_ahead {
            let said = text(&purged.stderr);
            assert!(said.contains("if the clock is right. Nobody can be asked; say --yes"), "{said}");
        }
        assert_eq!(export(&world), before, "at {wrong}");
    }
    // A change made while the clock was wrong does not tell that it is right.
    let ahead = World::with(&[done("missed_call", 21), todo("open01", "2015-01-01")].concat());
    assert!(at(&ahead, "2099-03-03T12:00:00Z", &["done", "22"]).status.success());
    let purged = at(&ahead, "2099-03-03T12:00:01Z", &["purge"]);
    assert_eq!((purged.status.code(), export(&ahead).lines().count()), (Some(2), 22), "{purged:?}");
    // Nor does it where the clock went back since.
    work(&world, "2099-01-01T00:00:00Z");
    assert_eq!(at(&world, "2015-05-01T00:00:00Z", &["purge"]).status.code(), Some(2));
    assert_eq!(export(&world), before);
}

#[test]
fn p39_undo_and_history_go_by_the_order_of_doing_whatever_the_clock_said() {
    let world = world();
    let before = export(&world);
    let verbs: [(&str, &[&str]); 3] = [
        ("2099-01-01T00:00:00Z", &["done", "5"]),
        ("1970-01-01T00:00:00Z", &["reopen", "5"]),
        ("2038-01-19T03:14:08Z", &["snooze", "5", "--until", "2015-02-01"]),
    ];
    let mut steps = vec![before.clone()];
    for (now, args) in verbs {
        assert!(at(&world, now, args).status.success());
        steps.push(export(&world));
    }
    let told = world.out(&["history", "--limit", "3"]);
    let done: Vec<&str> = told.lines().map(|line| line.split_once("  ").expect("a time").1).collect();
    assert_eq!(done, ["Snoozed \"open01\"", "Re-opened \"open01\"", "Completed \"open01\""]);
    for (now, step) in ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2015-01-12T12:00:00Z"].iter().zip([2, 1, 0]) {
        assert!(at(&world, now, &["undo"]).status.success());
        assert_eq!(export(&world), steps[step], "undone at {now}");
    }
    for step in &steps[1..] {
        world.out(&["redo"]);
        assert_eq!(export(&world), *step);
    }
}

#[test]
fn p39_more_than_a_quarter_of_a_large_archive_is_asked_about() {
    let world = World::with(&done("voicemail", 26));
    let day = "2015-04-13T12:00:00Z";
    look(&world, "2015-04-10T00:00:00Z");
    let asked = at(&world, day, &["purge"]);
    assert_eq!((asked.status.code(), text(&asked.stdout).as_str()), (Some(2), ""));
    let said = text(&asked.stderr);
    assert!(
        said.contains(
            "Remove 26 archived tasks past their time (26 voicemails)? That is 100% of the archive of such types."
        ),
        "{said}"
    );
    assert_eq!(text(&at(&world, day, &["purge", "--yes"]).stdout), "Removed 26 archived voicemails older than 90d\n");
}

#[test]
fn keep_times_are_those_of_the_settings() {
    let world = world();
    let path = world.folder().join("mine.toml");
    std::fs::write(&path, "[keep]\nmissed_call = 'ever'\nvoicemail = 3\n").unwrap();
    let path = path.to_string_lossy().into_owned();
    let removed = at(&world, "2015-01-15T12:00:00Z", &["--config", &path, "purge"]);
    assert_eq!(text(&removed.stdout), "Removed 1 archived voicemail older than 3d\n", "{removed:?}");
}
