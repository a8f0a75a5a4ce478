//! An older file on its way to a newer schema: copied first, changed in one transaction.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rusqlite::Connection;
use rusqlite_migration::{HookError, M, Migrations};

use super::super::open::upgrade::migrate;
use super::super::schema;
use super::{DONE, NULL_COMPLETE, OPEN, file, lines};
use crate::domain::view::View;
use crate::repository::{Error, Repository};

/// What a later version may do to every task.
const LATER: &str = "ALTER TABLE task ADD COLUMN later INTEGER; UPDATE task SET later = n";

/// The version that the upgrades of these tests lead to, a step each.
const LATEST: i64 = schema::VERSION + 2;

/// An upgrade to the schemas after this one. The hook is called at the end of each step,
/// with the version that it leads to.
fn to_later(hook: impl Fn(i64) -> Result<(), HookError> + Clone + Send + Sync + 'static) -> Migrations<'static> {
    let last = hook.clone();
    Migrations::new(vec![
        M::up("SELECT 1"),
        M::up_with_hook(LATER, move |_: &rusqlite::Transaction<'_>| hook(LATEST - 1)).foreign_key_check(),
        M::up_with_hook("UPDATE task SET later = later + 1", move |_: &rusqlite::Transaction<'_>| last(LATEST)),
    ])
}

/// A file with three tasks, closed.
fn closed() -> (tempfile::TempDir, PathBuf) {
    let (folder, repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let path = repository.path().to_owned();
    (folder, path)
}

/// Upgrades a file whose pages go into the log at once, as those of a large file do.
fn upgrade(
    path: &Path,
    hook: impl Fn(i64) -> Result<(), HookError> + Clone + Send + Sync + 'static,
) -> Result<(), Error> {
    let mut conn = Connection::open(path).expect("opens");
    conn.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1").expect("set");
    migrate(&mut conn, path, &to_later(hook), LATEST)
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
    upgrade(&path, |_| Ok(())).expect("upgraded");
    assert_eq!(version(&path), LATEST);
    has_its_tasks(&folder.path().join("tasks.db.schema-1"));
    let newer = Repository::open(&path).expect_err("newer than this program");
    assert!(matches!(newer, Error::Newer { found: 3, known: 1, .. }), "{newer}");
}

#[test]
fn p31_an_upgrade_that_fails_leaves_the_file_as_it_was_and_the_next_one_copies_anew() {
    let (folder, path) = closed();
    let failed = upgrade(&path, |step| match step {
        LATEST => Err(HookError::Hook("on purpose".to_owned())),
        _ => Ok(()),
    });
    assert!(failed.is_err());
    has_its_tasks(&path);
    upgrade(&path, |_| Ok(())).expect("upgraded");
    has_its_tasks(&folder.path().join("tasks.db.schema-1"));
    has_its_tasks(&folder.path().join("tasks.db.schema-1-2"));
}

/// How a test tells the process that it starts which file to upgrade, and where to stop.
const FILE: &str = "REPBOX_TEST_FILE";
const STEP: &str = "REPBOX_TEST_STEP";
const IS_THERE: &str = "in the middle of the upgrade";

#[test]
#[ignore = "a process of its own, started and killed by the test below"]
fn an_upgrade_that_stops_in_one_of_its_steps() {
    let (Some(path), Ok(step)) = (std::env::var_os(FILE), std::env::var(STEP)) else { return };
    let stop = move |at: i64| {
        if at.to_string() == step {
            println!("{IS_THERE}");
            // Ends by itself where nobody is left to kill it.
            std::io::stdin().read_to_end(&mut Vec::new()).map_err(|e| HookError::Hook(e.to_string()))?;
            return Err(HookError::Hook("nobody killed it".to_owned()));
        }
        Ok(())
    };
    upgrade(Path::new(&path), stop).expect_err("it never comes to its end");
}

/// The process that runs the upgrade above, once it is in that step.
fn stopped_in(step: i64, path: &Path) -> Child {
    let name = "repository::tests::upgrade::an_upgrade_that_stops_in_one_of_its_steps";
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", name, "--ignored", "--nocapture"]).env(FILE, path).env(STEP, step.to_string());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
    let told = BufReader::new(child.stdout.take().expect("piped")).lines();
    assert!(told.map_while(Result::ok).any(|line| line.contains(IS_THERE)), "it ended before");
    child
}

#[test]
fn p31_a_kill_in_any_step_of_an_upgrade_leaves_the_file_as_it_was_and_the_next_one_works() {
    let (folder, path) = closed();
    for step in schema::VERSION + 1..=LATEST {
        let mut child = stopped_in(step, &path);
        child.kill().and_then(|()| child.wait()).expect("killed");
        let log = std::fs::metadata(folder.path().join("tasks.db-wal")).expect("a log");
        assert!(log.len() > 0, "nothing was under way in step {step}");
        has_its_tasks(&path);
    }
    upgrade(&path, |_| Ok(())).expect("upgraded");
    assert_eq!(version(&path), LATEST);
    for copy in ["tasks.db.schema-1", "tasks.db.schema-1-2", "tasks.db.schema-1-3"] {
        has_its_tasks(&folder.path().join(copy));
    }
}

#[test]
fn p31_without_room_for_the_copy_nothing_is_changed() {
    let (folder, path) = closed();
    // No copy can be made where its folder is none.
    let elsewhere = folder.path().join("none").join("tasks.db");
    let mut conn = Connection::open(&path).expect("opens");
    let failed = migrate(&mut conn, &elsewhere, &to_later(|_| Ok(())), LATEST);
    assert!(matches!(failed, Err(Error::NoCopy { .. })));
    drop(conn);
    has_its_tasks(&path);
}
