//! How calls end, by the real binary.

mod support {
    #[allow(dead_code)] // No test here needs its file.
    pub(crate) mod world;
}

use std::process::Output;

use serde_json::Value;
use support::world::{World, todo};

/// A call to Ana, her missed call and voicemail in two spellings, one of another number, and
/// an answered call; Bo, who has them, sits here. It is Monday, 12 January 2015.
fn office() -> World {
    let task = |id: &str, kind: &str, more: &str| {
        format!(
            "{{\"_type\":\"{kind}\",\"id\":\"{id}\",\"is_complete\":false,\"assigned_to\":\"user_bo\",\"assigned_to_name\":\"Bo Ek\",\"date\":\"2015-01-12\",\"lead_id\":\"lead_acme\",\"lead_name\":\"Acme\",{more}}}\n"
        )
    };
    let lines = [
        task(
            "task_call01",
            "outgoing_call",
            "\"text\":\"Terms\",\"phone\":\"+13125550188\",\"contact_id\":\"cont_ana\",\"contact_name\":\"Ana\"",
        ),
        task("noti_miss01", "missed_call", "\"phone\":\"+1 (312) 555-0188\""),
        task("noti_voice1", "voicemail", "\"phone\":\"312.555.0188\",\"voicemail_duration\":42"),
        task("noti_miss02", "missed_call", "\"phone\":\"+13125550199\""),
        task("noti_answ01", "answered_detached_call", "\"phone\":\"+13125550188\""),
        todo("done", "2015-01-12").replace("\"is_complete\":false", "\"is_complete\":true"),
    ];
    let world = World::with(&lines.concat());
    settings(&world, "me = 'Bo Ek'\n");
    world
}

fn settings(world: &World, text: &str) {
    let folder = world.folder().join(".config/repbox");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("config.toml"), text).expect("written");
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_outcome_completes_the_task_pays_its_debts_and_plans_the_next_call_in_one_step() {
    let world = office();
    let before = world.out(&["export"]);
    let output = world.run(&["outcome", "1", "no_answer"]);
    let lines = "Completed 1 \"Call Ana: Terms\"\nCompleted 2 \"+1 (312) 555-0188\"\nCompleted 3 \"0:42 - 312.555.0188\"\n\
                 Added 7 \"Call Ana: Terms\" for Wed 14 Jan 2015, in 2d\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), lines, "{}", said(&output));
    let words = "Called +13125550188 for \"Call Ana: Terms\", no answer (try 1 of 6), again Wed 14 Jan; also done: 1 missed call, 1 voicemail";
    assert_eq!(said(&output), format!("{words}\n"));
    for task in ["1", "2", "3", "7"] {
        assert!(world.out(&["show", task]).contains(&format!("Bo Ek: {words}")), "task {task}");
        assert!(world.out(&["history", task, "--limit", "1"]).contains(words), "task {task}");
    }
    let next = world.out(&["show", "7", "--output", "json"]);
    for field in ["\"_type\":\"outgoing_call\"", "lead_acme", "cont_ana", "user_bo", "\"date\":\"2015-01-14\""] {
        assert!(next.contains(field), "{next}");
    }
    let after = world.out(&["export"]);
    assert_eq!(world.out(&["undo"]), format!("Undid: {words}\n"));
    assert_eq!(world.out(&["export"]), before);
    assert_eq!(world.out(&["redo"]), format!("Redid: {words}\n"));
    assert_eq!(world.out(&["export"]), after);
    assert!(world.out(&["doctor"]).contains("journal"), "nothing is wrong with the file");
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let world = office();
    let before = world.out(&["export"]);
    let output = world.run(&["outcome", "1", "no_answer", "--dry-run"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 3);
    let told = said(&output);
    assert!(told.contains("these tasks would be completed: 3 in all"), "{told}");
    assert!(told.contains("no answer (try 1 of 6), again Wed 14 Jan; also done: 1 missed call"), "{told}");
    assert_eq!((world.out(&["export"]), world.out(&["history"]).lines().count()), (before, 1));
    let json: Value =
        serde_json::from_str(&world.out(&["outcome", "1", "reached", "--dry-run", "--output", "json"])).expect("JSON");
    assert_eq!(json["total_results"], 3);
}

#[test]
fn a_call_back_needs_a_time_and_no_other_outcome_has_one() {
    let world = office();
    for (args, code, words) in [
        (&["outcome", "1", "call_back"][..], 2, "--at goes with call_back"),
        (&["outcome", "1", "reached", "--at", "fri"], 2, "--at goes with call_back"),
        (&["outcome", "1", "call_back", "--at", "frday"], 2, "is not a date"),
        (&["outcome", "1", "no_anwser"], 2, "no_answer"),
        (&["outcome", "6", "reached"], 1, "it is complete; re-open it first"),
        (&["outcome", "6", "reached", "--dry-run"], 1, "it is complete; re-open it first"),
        (&["outcome", "99", "reached"], 1, "there is no task"),
    ] {
        let output = world.run(args);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0), "{args:?}: {}", said(&output));
        assert!(said(&output).contains(words), "{args:?}: {}", said(&output));
    }
    assert_eq!(world.out(&["history"]).lines().count(), 1, "nothing was changed");
    let told = world.out(&["outcome", "1", "call_back", "--at", "wed 14:30", "--no-also", "--output", "json"]);
    let json: Value = serde_json::from_str(&told).expect("JSON");
    let changed: Vec<(&Value, &Value)> =
        json["data"].as_array().expect("tasks").iter().map(|task| (&task["is_complete"], &task["date"])).collect();
    let (done, open) = (Value::from(true), Value::from(false));
    assert_eq!(changed, [(&done, &Value::from("2015-01-12")), (&open, &Value::from("2015-01-14T22:30:00+00:00"))]);
}

#[test]
fn the_settings_say_how_often_and_when_a_call_is_made_again() {
    let world = office();
    settings(&world, "[calls]\nno_answer = '3d'\nleft_voicemail = '1w'\ntries = 2\n");
    let told = world.out(&["outcome", "1", "left_voicemail"]);
    assert!(told.ends_with("Added 7 \"Call Ana: Terms\" for Mon 19 Jan 2015, in 1w\n"), "{told}");
    let last = world.run(&["outcome", "7", "no_answer"]);
    assert_eq!(String::from_utf8_lossy(&last.stdout), "Completed 7 \"Call Ana: Terms\"\n");
    let words = "no answer (try 2 of 2, the last)\nno next call was made: the tries are used up\n";
    assert!(said(&last).ends_with(words), "{}", said(&last));
    settings(&world, "[calls]\nno_answer = 'never'\n");
    assert_eq!(world.out(&["outcome", "4", "no_answer"]), "Completed 4 \"+13125550199\"\n");
}

#[test]
fn a_report_counts_the_calls_that_were_not_taken_back() {
    let world = office();
    world.out(&["outcome", "1", "no_answer"]);
    world.out(&["outcome", "4", "wrong_number"]);
    assert!(world.out(&["report"]).contains("\nCalls 2: 1 no answer, 1 wrong number\n"));
    world.out(&["undo"]);
    let report: Value = serde_json::from_str(&world.out(&["report", "--output", "json"])).expect("JSON");
    assert_eq!(report["calls"], serde_json::json!({"no_answer": 1}));
}
