//! An older file on its way to a newer schema: copied first, changed in one transaction.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite_migration::{HookError, M, Migrations};

use super::super::open::upgrade::migrate;
use super::super::schema;
use super::{DONE, NULL_COMPLETE, OPEN, file, lines};
use crate::domain::view::View;
use crate::repository::{Error, Repository};

/// What a later version may do to every task.
const LATER: &str = "ALTER TABLE task ADD COLUMN later INTEGER; UPDATE task SET later = n";

/// An upgrade to the schema after this one, with a look at the file in the middle of it.
fn to_later(middle: impl Fn() -> Result<(), HookError> + Clone + Send + Sync + 'static) -> Migrations<'static> {
    Migrations::new(vec![
        M::up("SELECT 1"),
        M::up(LATER).foreign_key_check(),
        M::up_with_hook("UPDATE task SET later = later + 1", move |_: &rusqlite::Transaction<'_>| middle()),
    ])
}

/// A file with three tasks, closed.
fn closed() -> (tempfile::TempDir, PathBuf) {
    let (folder, repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let path = repository.path().to_owned();
    (folder, path)
}

fn upgrade(
    path: &Path,
    middle: impl Fn() -> Result<(), HookError> + Clone + Send + Sync + 'static,
) -> Result<(), Error> {
    let mut conn = Connection::open(path).expect("opens");
    migrate(&mut conn, path, &to_later(middle), schema::VERSION + 2)
}

fn version(path: &Path) -> i64 {
    let conn = Connection::open(path).expect("opens");
    conn.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
}

fn has_its_tasks(path: &Path) {
    assert_eq!(version(path), schema::VERSION);
    let repository = Repository::open(path).expect("a file of this version");
    assert_eq!(lines(&repository, View::All), [OPEN, NULL_COMPLETE, DONE]);
}

#[test]
fn p31_a_file_is_copied_beside_itself_before_its_schema_changes() {
    let (folder, path) = closed();
    upgrade(&path, || Ok(())).expect("upgraded");
    assert_eq!(version(&path), schema::VERSION + 2);
    has_its_tasks(&folder.path().join("tasks.db.schema-1"));
    let newer = Repository::open(&path).expect_err("newer than this program");
    assert!(matches!(newer, Error::Newer { found: 3, known: 1, .. }), "{newer}");
}

#[test]
fn p31_an_upgrade_that_fails_leaves_the_file_as_it_was_and_the_next_one_copies_anew() {
    let (folder, path) = closed();
    let failed = upgrade(&path, || Err(HookError::Hook("on purpose".to_owned())));
    assert!(failed.is_err());
    has_its_tasks(&path);
    upgrade(&path, || Ok(())).expect("upgraded");
    has_its_tasks(&folder.path().join("tasks.db.schema-1"));
    has_its_tasks(&folder.path().join("tasks.db.schema-1-2"));
}

#[test]
fn p31_what_a_kill_in_the_middle_of_an_upgrade_leaves_is_the_file_as_it_was() {
    let (folder, path) = closed();
    let crashed = folder.path().join("crashed");
    std::fs::create_dir(&crashed).expect("a folder");
    let (from, to) = (folder.path().to_owned(), crashed.clone());
    // The bytes that are on the disk at this moment are those that a kill would leave.
    let photograph = move || {
        for name in ["tasks.db", "tasks.db-wal"] {
            std::fs::copy(from.join(name), to.join(name)).map_err(|e| HookError::Hook(e.to_string()))?;
        }
        Ok(())
    };
    let mut conn = Connection::open(&path).expect("opens");
    // Every page goes into the log at once, as in an upgrade of a large file.
    conn.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1").expect("set");
    migrate(&mut conn, &path, &to_later(photograph), schema::VERSION + 2).expect("upgraded");
    assert!(std::fs::metadata(crashed.join("tasks.db-wal")).expect("a log").len() > 0, "nothing was under way");
    has_its_tasks(&crashed.join("tasks.db"));
}

#[test]
fn p31_without_room_for_the_copy_nothing_is_changed() {
    let (folder, path) = closed();
    // No copy can be made where its folder is none.
    let elsewhere = folder.path().join("none").join("tasks.db");
    let mut conn = Connection::open(&path).expect("opens");
    let failed = migrate(&mut conn, &elsewhere, &to_later(|| Ok(())), schema::VERSION + 2);
    assert!(matches!(failed, Err(Error::NoCopy { .. })));
    drop(conn);
    has_its_tasks(&path);
}
