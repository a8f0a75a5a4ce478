//! What an export says, taken into an empty file, is exported as it was: by the real
//! binary, on many made-up tasks and on a united thread.

mod support {
    pub(crate) mod world;
}
#[path = "../benches/support/tasks.rs"]
mod tasks;

use std::fs::File;

use support::world::{World, todo};

/// The export of a file with these tasks, beside it.
fn exported(world: &World, from: &std::path::Path) -> std::path::PathBuf {
    let to = world.folder().join("export.ndjson");
    let took =
        world.command(&["--now", tasks::NOW, "import", "-q", "-"]).stdin(File::open(from).expect("there")).status();
    assert!(took.expect("runs").success());
    let gave = world.command(&["export"]).stdout(File::create(&to).expect("made")).status();
    assert!(gave.expect("runs").success());
    to
}

fn come_back(from: &std::path::Path) -> Vec<u8> {
    let (one, other) = (World::new(), World::new());
    let first = exported(&one, from);
    let second = exported(&other, &first);
    let (first, second) = (std::fs::read(first).expect("read"), std::fs::read(second).expect("read"));
    assert!(first == second, "the second export is another");
    second
}

/// What is made is written as an export is: where the first file exports what was made, an
/// empty one that takes the export in is in the same place and exports it again.
#[test]
fn p15_a_hundred_thousand_tasks_come_back_to_the_byte() {
    const COUNT: u64 = 100_000;
    let world = World::new();
    let made = world.folder().join("made.ndjson");
    tasks::write(&made, COUNT).expect("written");
    let back = std::fs::read(exported(&world, &made)).expect("read");
    assert!(back == std::fs::read(&made).expect("read"), "the export is not what came in");
    assert_eq!(back.iter().filter(|byte| **byte == b'\n').count() as u64, COUNT);
}

#[test]
fn p15_a_thread_that_was_united_snoozed_and_answered_comes_back_to_the_byte() {
    let email = |id: &str, hour: u32| {
        format!(
            "{{\"_type\":\"incoming_email\",\"id\":\"task_{id}\",\"is_complete\":false,\"date\":\"2015-01-12T{hour:02}:00:00+00:00\",\"date_created\":\"2015-01-12T{hour:02}:00:00+00:00\",\"object_type\":\"emailthread\",\"object_id\":\"acti_t\",\"emails\":[\"acti_{id}\"],\"subject\":\"{id}\",\"assigned_to\":\"user_1\"}}\n"
        )
    };
    let world = World::with(&(email("second", 11) + &email("first", 10) + &todo("other", "2015-01-12")));
    world.out(&["done", "1"]);
    let later = world.folder().join("later.ndjson");
    std::fs::write(&later, email("third", 12) + &email("fourth", 13)).expect("written");
    world.out(&["import", &later.to_string_lossy()]);
    world.out(&["snooze", "task_third", "--until", "2015-01-20"]);
    let export = world.folder().join("export.ndjson");
    std::fs::write(&export, world.out(&["export"])).expect("written");
    let before = std::fs::read(&export).expect("read");
    assert_eq!(come_back(&export), before);
    assert_eq!(before.iter().filter(|byte| **byte == b'\n').count(), 3);
    // Re-opened, the old task is one with the new one, and that comes back as well.
    world.out(&["reopen", "1"]);
    let whole = world.out(&["export"]);
    assert_eq!(whole.lines().count(), 2);
    std::fs::write(&export, &whole).expect("written");
    assert_eq!(come_back(&export), whole.into_bytes());
}
