//! Bare SQLite: what the same work costs without repbox.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::measure::time;

/// A connection with the settings that repbox has.
pub(crate) fn open(path: &Path) -> Connection {
    let conn = Connection::open(path).expect("opens");
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;",
    )
    .expect("settings");
    conn
}

/// Inserts each raw line under its unique id, in one transaction; returns the time and
/// the peak of memory is the caller's to see.
pub(crate) fn insert_lines(source: &Path, target: &Path) -> Duration {
    let conn = open(target);
    conn.execute_batch("CREATE TABLE line (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, line TEXT NOT NULL)")
        .expect("a table");
    let (took, ()) = time(|| {
        conn.execute_batch("BEGIN IMMEDIATE").expect("begins");
        let mut insert = conn.prepare("INSERT INTO line (id, line) VALUES (?1, ?2)").expect("prepares");
        let mut reader = BufReader::with_capacity(1 << 16, std::fs::File::open(source).expect("the lines"));
        let mut line = String::new();
        while reader.read_line(&mut line).expect("reads") > 0 {
            let text = line.trim_end();
            insert.execute((id_of(text), text)).expect("inserts");
            line.clear();
        }
        conn.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").expect("commits");
    });
    took
}

fn id_of(line: &str) -> &str {
    let start = line.find("\"id\":\"").expect("an id") + 6;
    &line[start..start + line[start..].find('"').expect("its end")]
}
