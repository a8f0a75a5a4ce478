//! Damaged files, by the real binary: each command ends in an answer or in a sentence.

mod support {
    pub(crate) mod world;
}

use std::path::Path;

use support::world::{World, todo};

const PAGE: usize = 4096;

/// A way to damage a file, by name.
type Harm = (&'static str, fn(&mut Vec<u8>));

const HARMS: [Harm; 9] = [
    ("a page of the schema", |b| b[PAGE..2 * PAGE].fill(0)),
    ("a page in the middle", |b| {
        let middle = b.len() / PAGE / 2 * PAGE;
        b[middle..middle + PAGE].fill(0);
    }),
    ("every page but the first", |b| b[PAGE..].fill(0xa5)),
    ("the list of tables", |b| b[100..PAGE].fill(0xff)),
    ("the mark of SQLite", |b| b[..16].fill(b'x')),
    ("the size of a page", |b| b[16..18].fill(0x33)),
    ("the last 200 bytes", |b| b.truncate(b.len() - 200)),
    ("the second half", |b| b.truncate(b.len() / 2)),
    ("all but a few bytes", |b| b.truncate(50)),
];

fn damaged(harm: fn(&mut Vec<u8>), sound: &[u8], path: &Path) {
    let mut bytes = sound.to_vec();
    harm(&mut bytes);
    std::fs::write(path, bytes).expect("written");
    for end in ["tasks.db-wal", "tasks.db-shm"] {
        drop(std::fs::remove_file(path.with_file_name(end)));
    }
}

#[test]
fn p30_on_a_damaged_file_each_command_ends_in_an_answer_or_names_the_file_its_copy_and_what_works() {
    let world = World::with(&(0..150).map(|i| todo(&format!("n{i:06}"), "2015-01-12")).collect::<String>());
    let more = world.folder().join("more.ndjson");
    std::fs::write(&more, todo("more", "2015-01-12")).expect("written");
    let more = more.to_string_lossy();
    let sound = std::fs::read(world.db()).expect("read");
    world.out(&["backup", "data/kept.db"]);
    let (path, kept) = (world.db().to_string_lossy().into_owned(), "data/kept.db");
    let mut refused = 0;
    for (what, harm) in HARMS {
        for args in [
            &["list", "--limit", "0"][..],
            &["show", "1"],
            &["count"],
            &["export"],
            &["history"],
            &["done", "1", "75", "150"],
            &["import", &more],
            &["backup", "data/other.db"],
            &["doctor"],
        ] {
            damaged(harm, &sound, &world.db());
            let output = world.run(args);
            let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            let exit = output.status.code();
            assert!(exit == Some(0) || exit == Some(1), "{what}, {args:?}: {exit:?} {said}");
            drop(std::fs::remove_file(world.folder().join("data/other.db")));
            if exit == Some(1) {
                refused += 1;
                assert!(said.contains(&path) || args[0] == "backup", "{what}, {args:?}: {said}");
                assert!(said.contains(kept) && said.contains("--db"), "{what}, {args:?}: {said}");
            }
        }
    }
    assert!(refused > HARMS.len() * 5, "only {refused} were noticed");
    let counted = world.out(&["--db", kept, "count", "--output", "json"]);
    assert!(counted.contains("150"), "what the sentence names works: {counted}");
}
