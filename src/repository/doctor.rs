//! Looks the file over and says what is wrong with it. Never writes, whatever it finds.

mod books;

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::Error;
use super::error::NewestCopy;
use super::open::{self, folder, place, upgrade};
use crate::domain::wording::bytes_in_words;

/// What was found where one thing was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at, in a word: `counters`.
    pub subject: &'static str,
    /// How it is.
    pub said: String,
    /// What to do; `None` where nothing is wrong.
    pub remedy: Option<String>,
}

impl Finding {
    /// Nothing is wrong.
    pub fn ok(subject: &'static str, said: impl Into<String>) -> Finding {
        Finding { subject, said: said.into(), remedy: None }
    }

    /// Something is wrong; what to do.
    pub fn bad(subject: &'static str, said: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { subject, said: said.into(), remedy: Some(remedy.into()) }
    }

    /// An error's sentence says both.
    fn error(subject: &'static str, error: &Error, path: &Path) -> Finding {
        let said = error.to_string();
        match said.split_once("; ") {
            Some((said, remedy)) => Finding::bad(subject, said, remedy),
            None => Finding::damage(subject, said, path),
        }
    }

    /// The file itself is damaged.
    fn damage(subject: &'static str, said: impl Into<String>, path: &Path) -> Finding {
        Finding::bad(subject, said, NewestCopy::of(path).way_out())
    }
}

/// What works where the file is sound and its books are not.
const NEW_BOOKS: &str =
    "take the tasks into a new file, whose books are right: repbox export | repbox --db NEW import -";

/// Looks over the file at a path: where it lies, what it is, whether it is sound, and
/// whether its counts and its journal agree with its tasks. Stops at what makes the rest
/// unreadable.
pub fn examine(path: &Path) -> Vec<Finding> {
    let mut findings = vec![Finding::ok("sqlite", rusqlite::version())];
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match absolute.canonicalize() {
        Ok(path) => {
            findings.extend([file(&path), place_of(&path)]);
            findings.extend(inside(&path));
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            findings.push(Finding::ok("file", format!("{} does not exist; the first use makes it", path.display())));
            findings.push(place_of(&absolute));
        }
        Err(source) => findings.push(Finding::error("file", &Error::Io { path: absolute.clone(), source }, &absolute)),
    }
    findings
}

fn file(path: &Path) -> Finding {
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(source) => return Finding::error("file", &Error::Io { path: path.to_owned(), source }, path),
    };
    let (mode, log) = (meta.mode() & 0o777, bytes_in_words(place::length_of_log(path)));
    let said = format!("{}, mode {mode:04o}, {}, log {log}", path.display(), bytes_in_words(meta.len()));
    if let Some(why) = place::obstacle(path) {
        return Finding::error("file", &Error::ReadOnly { path: path.to_owned(), why }, path);
    }
    match mode & 0o077 {
        0 => Finding::ok("file", said),
        _ => Finding::bad("file", format!("{said}: others may use it"), format!("chmod 600 {}", path.display())),
    }
}

fn place_of(path: &Path) -> Finding {
    let said = path.parent().unwrap_or(path).display().to_string();
    if let Some(copy) = folder::conflicts(path).first() {
        let said = format!("{}: a syncing program made it, for it could not decide", copy.display());
        return Finding::bad("folder", said, "compare it with: repbox --db COPY list; then move one of them away");
    }
    match folder::risk(path) {
        Some(risk) => Finding::bad("folder", format!("{said}: {risk}"), risk.remedy()),
        None => Finding::ok("folder", said),
    }
}

/// What is in the file, as far as it can be read.
fn inside(path: &Path) -> Vec<Finding> {
    let conn = match place::inspect(path).and_then(|()| look(path)) {
        Ok(conn) => conn,
        Err(error) => return vec![Finding::error("schema", &error, path)],
    };
    if std::fs::metadata(path).is_ok_and(|meta| meta.len() == 0) {
        return vec![Finding::ok("schema", "nothing in it yet; the first use makes its tables")];
    }
    match read(&conn, path) {
        Ok(findings) => findings,
        Err(e) => vec![Finding::error("integrity", &Error::from_sqlite(path, e), path)],
    }
}

/// A connection that leaves everything as it is, a log of others too.
fn look(path: &Path) -> super::Result<Connection> {
    let sort = |e| Error::from_sqlite(path, e);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(sort)?;
    open::harden(&conn).map_err(sort)?;
    // An empty log is tidied away at the end; one with changes in it stays for the next writer.
    let has_log = place::length_of_log(path) > 0;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log).map_err(sort)?;
    conn.pragma_update(None, "query_only", true).map_err(sort)?;
    Ok(conn)
}

fn read(conn: &Connection, path: &Path) -> rusqlite::Result<Vec<Finding>> {
    // One snapshot: a writer between two questions would look like a fault.
    let conn = conn.unchecked_transaction()?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if !upgrade::is_ours(&conn)? {
        return Ok(vec![match version {
            super::schema::VERSION => Finding::error("schema", &Error::OtherVersion(path.to_owned()), path),
            _ => Finding::ok("schema", format!("version {version}; the next use brings it up to date")),
        }]);
    }
    let mut findings = vec![Finding::ok("schema", format!("version {version}")), length(&conn, path)?];
    let sound = integrity(&conn, path)?;
    let is_sound = sound.remedy.is_none();
    findings.push(sound);
    if is_sound {
        findings.extend(books::examine(&conn)?);
    }
    Ok(findings)
}

/// A file that lost its end may pass SQLite's own check.
fn length(conn: &Connection, path: &Path) -> rusqlite::Result<Finding> {
    let number = |name| conn.pragma_query_value(None, name, |row| row.get::<_, u64>(0));
    let expected = number("page_count")?.saturating_mul(number("page_size")?);
    let found = std::fs::metadata(path).map_or(0, |meta| meta.len());
    Ok(match place::length_of_log(path) {
        0 if found != expected => {
            Finding::damage("length", format!("{found} bytes, and its pages take {expected}"), path)
        }
        0 => Finding::ok("length", bytes_in_words(found)),
        _ => Finding::ok("length", format!("{}, and the log holds the newest pages", bytes_in_words(found))),
    })
}

fn integrity(conn: &Connection, path: &Path) -> rusqlite::Result<Finding> {
    let found: String = conn.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
    if found != "ok" {
        return Ok(Finding::damage("integrity", found.lines().collect::<Vec<_>>().join(" "), path));
    }
    let lost: u64 = conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    Ok(match lost {
        0 => Finding::ok("integrity", "every page and every reference"),
        _ => Finding::damage("integrity", format!("{lost} references lead nowhere"), path),
    })
}
