//! A task's number in the file and its id, by the real binary: one task, one number, for
//! the life of the file.

mod support {
    pub(crate) mod world;
}

use std::collections::HashSet;

use support::world::{World, todo};

fn import(world: &World, lines: &str) {
    let file = world.folder().join("more.ndjson");
    std::fs::write(&file, lines).expect("written");
    world.out(&["import", &file.to_string_lossy()]);
}

/// The number that the file has for an id; `None` where it names no task.
fn number(world: &World, id: &str) -> Option<u64> {
    let shown = world.run(&["show", id]);
    let text = String::from_utf8(shown.stdout).expect("UTF-8");
    shown.status.success().then(|| text.split(' ').next().and_then(|word| word.parse().ok()).expect("a number"))
}

fn id(world: &World, number: &str) -> String {
    let task: serde_json::Value =
        serde_json::from_str(&world.out(&["show", number, "--output", "json"])).expect("JSON");
    task["id"].as_str().expect("a text").to_owned()
}

/// Makes a task, and tells its number.
fn added(world: &World, text: &str) -> u64 {
    let said = world.out(&["add", text, "--lead", "lead_1"]);
    said.split(|c: char| !c.is_ascii_digit()).find_map(|word| word.parse().ok()).expect("a number")
}

#[test]
fn a_number_stays_with_its_task_over_delete_undo_and_import_and_is_never_given_again() {
    let lines = todo("aaaaaa", "2015-01-12") + &todo("bbbbbb", "2015-01-12");
    let world = World::with(&lines);
    let numbers = |world: &World| ["task_aaaaaa", "task_bbbbbb"].map(|id| number(world, id));
    assert_eq!(numbers(&world), [Some(1), Some(2)]);
    world.out(&["delete", "2", "--yes"]);
    assert_eq!(numbers(&world), [Some(1), None]);
    assert_eq!(added(&world, "third"), 3, "the highest number is not given again, though its task is gone");
    import(&world, &lines);
    assert_eq!(numbers(&world), [Some(1), None], "deleted here, it stays so");
    world.out(&["undo"]);
    world.out(&["undo"]);
    assert_eq!(numbers(&world), [Some(1), Some(2)]);
    assert_eq!(added(&world, "fourth"), 4, "that of the task whose making was undone is not given again");
    world.out(&["undo"]);
    world.out(&["redo"]);
    assert!(world.out(&["show", "4"]).starts_with("4 fourth"));
}

#[test]
fn an_import_that_is_undone_and_made_again_gives_new_numbers_and_its_redo_the_old_ones() {
    let world = World::with(&todo("aaaaaa", "2015-01-12"));
    world.out(&["undo"]);
    assert_eq!(number(&world, "task_aaaaaa"), None);
    world.out(&["redo"]);
    assert_eq!(number(&world, "task_aaaaaa"), Some(1));
    world.out(&["undo"]);
    import(&world, &(todo("aaaaaa", "2015-01-12") + &todo("bbbbbb", "2015-01-12")));
    let again = ["task_aaaaaa", "task_bbbbbb"].map(|id| number(&world, id));
    assert_eq!(again, [Some(2), Some(3)]);
}

#[test]
fn a_purged_task_and_one_that_joined_another_keep_their_numbers() {
    let call = "{\"_type\":\"missed_call\",\"id\":\"task_cccccc\",\"is_complete\":true,\"date\":\"2014-01-12\",\"date_updated\":\"2014-01-12T00:00:00Z\"}\n";
    let email = |id: &str, complete: bool| {
        format!(
            "{{\"_type\":\"incoming_email\",\"id\":\"task_{id}\",\"is_complete\":{complete},\"date\":\"2015-01-12\",\"date_updated\":\"2015-11-01T00:00:00Z\",\"object_type\":\"emailthread\",\"object_id\":\"acti_t\",\"emails\":[\"acti_{id}\"],\"assigned_to\":\"user_1\"}}\n"
        )
    };
    let world = World::with(&(call.to_owned() + &email("dddddd", true) + &email("eeeeee", false)));
    assert_eq!(number(&world, "task_cccccc"), Some(1));
    world.out(&["purge", "--yes", "--now", "2015-12-01T00:00:00Z"]);
    assert_eq!(number(&world, "task_cccccc"), None);
    assert_eq!(added(&world, "fourth"), 4);
    import(&world, call);
    assert_eq!(number(&world, "task_cccccc"), Some(1), "what comes back is the same task");

    world.out(&["reopen", "task_dddddd"]);
    for name in ["2", "task_dddddd", "3", "task_eeeeee"] {
        assert_eq!(number(&world, name), Some(3), "{name}: both are one task");
    }
    assert_eq!(added(&world, "fifth"), 5);
    world.out(&["undo"]);
    world.out(&["undo"]);
    assert_eq!(["task_dddddd", "task_eeeeee"].map(|id| number(&world, id)), [Some(2), Some(3)]);
}

#[test]
fn the_id_of_a_task_made_here_is_none_that_close_gives_and_no_two_are_alike() {
    // What Close puts in front of its ids; the API reference, section 2.
    let close = [
        "task_", "noti_", "lead_", "cont_", "oppo_", "user_", "orga_", "memb_", "acti_", "stat_", "pipe_", "cf_",
        "lcf_", "seq_", "sub_", "ev_", "req_", "api_", "whsub_",
    ];
    let world = World::new();
    let ids: Vec<String> = (0..20).map(|i| id(&world, &added(&world, &format!("task {i}")).to_string())).collect();
    for id in &ids {
        assert!(close.iter().all(|prefix| !id.starts_with(prefix)), "{id}");
        assert_eq!(number(&world, id), number(&world, &id[..id.len() - 1]), "it is found like others: {id}");
    }
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
}
