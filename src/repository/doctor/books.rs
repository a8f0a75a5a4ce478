//! What the file keeps about its tasks, against the tasks: counts, calendar, index of words,
//! journal.

use rusqlite::Connection;

use super::{Finding, NEW_BOOKS};
use crate::repository::counter::{Differences, Group};
use crate::repository::error::of_task;
use crate::repository::journal;

/// So many of the last steps are read as undo would read them.
const STEPS: u64 = 20;

/// Counts anew and compares.
pub(super) fn examine(conn: &Connection) -> rusqlite::Result<Vec<Finding>> {
    let mut counted = Differences::default();
    let mut tasks = 0_u64;
    let mut select = conn.prepare(&format!("SELECT {}, n FROM task WHERE state < 2", Group::COLUMNS))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(5)?;
        counted.add(Group::read(row).map_err(of_task(number))?, 1);
        tasks += 1;
    }
    let verdict = |subject, wrong: u64| match wrong {
        0 => Finding::ok(subject, format!("agree with {tasks} tasks")),
        _ => Finding::bad(subject, format!("{wrong} differ from the tasks"), NEW_BOOKS),
    };
    Ok(vec![
        verdict("counters", counted.apart_from_counter(conn)?),
        verdict("calendar", counted.apart_from_calendar(conn)?),
        words(conn)?,
        journal(conn)?,
    ])
}

/// Indexes that keep no texts cannot be compared with them: SQLite's own check looks at
/// them, and this at whether they have each row.
fn words(conn: &Connection) -> rusqlite::Result<Finding> {
    let mut wrong = 0_u64;
    for (rows, held) in [("task", "word_docsize"), ("lead", "lead_word_docsize"), ("contact", "contact_word_docsize")] {
        let apart = format!(
            "SELECT (SELECT count(*) FROM {rows} WHERE n NOT IN (SELECT id FROM {held}))
                  + (SELECT count(*) FROM {held} WHERE id NOT IN (SELECT n FROM {rows}))"
        );
        wrong += conn.query_row(&apart, [], |row| row.get::<_, u64>(0))?;
    }
    Ok(match wrong {
        0 => Finding::ok("words", "the indexes of words have every task and name"),
        _ => Finding::bad("words", format!("{wrong} rows of the indexes differ from the tasks"), NEW_BOOKS),
    })
}

/// Entries of steps or tasks that are not there, and marks of undo that no undo made.
const BROKEN: [(&str, &str); 3] = [
    ("entries belong to no step", "SELECT count(*) FROM change WHERE step NOT IN (SELECT n FROM step)"),
    ("entries are of no task", "SELECT count(*) FROM change WHERE task NOT IN (SELECT n FROM task)"),
    (
        "steps are marked as undone by no undo",
        "SELECT count(*) FROM step s WHERE undone IS NOT NULL AND NOT EXISTS
           (SELECT 1 FROM step u WHERE u.n = s.undone AND u.of = s.n AND u.action = 'undo')",
    ),
];

fn journal(conn: &Connection) -> rusqlite::Result<Finding> {
    for (what, sql) in BROKEN {
        let found: u64 = conn.query_row(sql, [], |row| row.get(0))?;
        if found > 0 {
            return Ok(Finding::bad("journal", format!("{found} {what}"), NEW_BOOKS));
        }
    }
    let steps: u64 = conn.query_row("SELECT count(*) FROM step", [], |row| row.get(0))?;
    Ok(match journal::read_last(conn, STEPS) {
        Ok(()) => Finding::ok("journal", format!("{steps} steps")),
        Err(e) => Finding::bad("journal", format!("a step cannot be undone: {e}"), NEW_BOOKS),
    })
}
