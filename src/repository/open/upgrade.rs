//! The schema of a file that is opened: made in a new one, brought up to date in an older
//! one, after a copy of it was put beside it.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite_migration::Migrations;

use super::place;
use crate::repository::{Error, Result, backup, schema};

/// Makes the schema in a new file, migrates an older one, refuses a strange one.
pub(in crate::repository) fn bring_up_to_date(conn: &mut Connection, path: &Path) -> Result<()> {
    let sort = |source| Error::from_sqlite(path, source);
    let found = user_version(conn).map_err(sort)?;
    place::refuse_newer(path, found)?;
    if found < schema::VERSION {
        migrate(conn, path, &schema::migrations(), schema::VERSION)?;
    }
    if is_ours(conn).map_err(sort)? { Ok(()) } else { Err(Error::OtherVersion(path.to_owned())) }
}

/// Brings a file to a version in one transaction, which sets the version too. What had
/// tasks is copied first, to a new name beside the file.
pub(in crate::repository) fn migrate(
    conn: &mut Connection,
    path: &Path,
    steps: &Migrations<'_>,
    version: i64,
) -> Result<()> {
    let sort = |source| Error::from_sqlite(path, source);
    let found = user_version(conn).map_err(sort)?;
    if found > 0 {
        backup::copy(conn, path, &name_of_copy(path, found))?;
    }
    let error = match steps.to_latest(conn) {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    // Another program that started on the same file may have been first.
    conn.execute_batch("BEGIN IMMEDIATE; COMMIT").map_err(sort)?;
    if user_version(conn).map_err(sort)? == version {
        return Ok(());
    }
    Err(match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => sort(err),
        other => Error::damaged(path, other.to_string()),
    })
}

/// `tasks.db.schema-1`, or `tasks.db.schema-1-2` where an upgrade was stopped before.
fn name_of_copy(path: &Path, found: i64) -> PathBuf {
    let named = |end: String| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".schema-{found}{end}"));
        PathBuf::from(name)
    };
    let mut names = std::iter::once(named(String::new())).chain((2..).map(|n: u64| named(format!("-{n}"))));
    names.find(|name| name.symlink_metadata().is_err()).unwrap_or_else(|| named(String::new()))
}

fn user_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whether the file has the tables and indexes of this version, to the letter, and no other.
pub(in crate::repository) fn is_ours(conn: &Connection) -> rusqlite::Result<bool> {
    let mut found =
        conn.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")?;
    let mut found: Vec<String> = found.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let of_tasks = schema::TASK_INDEXES.iter().map(|(_, sql)| *sql);
    let mut ours: Vec<&str> =
        schema::STATEMENTS.iter().chain(schema::OF_WORDS).copied().chain(of_tasks).chain([schema::TASK_ID]).collect();
    found.sort_unstable();
    ours.sort_unstable();
    Ok(found == ours)
}
