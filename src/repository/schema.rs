//! Tables, indexes and the steps from one version of them to the next.
//!
//! Dates stand in two columns, `day` (days since 1970) for date-only tasks and `at`
//! (microseconds since 1970, UTC) for timed ones, so that the order of any zone is a
//! merge of two sorted walks and no zone is ever stored. A task without a date has
//! neither. `state` is twice the place of the task's [presence](crate::domain::change::Presence),
//! and one more if it is complete: 0 open, 1 complete, from 2 on no longer in the file.
//! Rows stay, so that undo brings them back and a number never names another task; one
//! that is not in the file has its number in `gone`, so that its id is free for another.
//! `flags` are the local marks: 1 pinned, 2 snoozed, 4 has notes. `arrived` is when the
//! task came into the file, or came back into it, in seconds since 1970: with it 4 bytes
//! a task say what the journal could only tell by reading it from its beginning. It is 0
//! while the task is not in the file: that makes room for `gone`, and a row that does not
//! grow leaves its page as full as it is. `thread`
//! is the `object_id` of incoming emails.

use rusqlite_migration::{M, Migrations};

/// Marks the file as repbox's (`PRAGMA application_id`): "RepB".
pub(super) const APPLICATION_ID: i32 = 0x5265_7042;

/// The schema version that this program writes.
pub(super) const VERSION: i64 = 1;

/// Each statement as SQLite keeps it: a file whose schema differs is refused.
pub(super) const STATEMENTS: &[&str] = &[
    "CREATE TABLE type (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE lead (n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT, UNIQUE (id, name)) STRICT",
    "CREATE TABLE contact (n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT, UNIQUE (id, name)) STRICT",
    "CREATE TABLE rep (n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT, UNIQUE (id, name)) STRICT",
    "CREATE TABLE organization (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE shape (n INTEGER PRIMARY KEY, template TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE task (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  gone INTEGER NOT NULL,
  type INTEGER NOT NULL REFERENCES type,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 9),
  day INTEGER,
  at INTEGER,
  done_at INTEGER,
  done_about INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER,
  flags INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  thread TEXT,
  rep INTEGER REFERENCES rep,
  lead INTEGER REFERENCES lead,
  contact INTEGER REFERENCES contact,
  organization INTEGER REFERENCES organization,
  created_by INTEGER REFERENCES rep,
  updated_by INTEGER REFERENCES rep,
  shape INTEGER NOT NULL REFERENCES shape,
  fields TEXT,
  CHECK (day IS NULL OR at IS NULL),
  CHECK ((state & 1 = 1) = (done_at IS NOT NULL))
) STRICT",
    // Beside the tree of the ids in the file, so that a task that leaves it is taken out of the
    // one and only appended to a small one; and what the small one costs, an import does not pay.
    "CREATE INDEX gone_id ON task (id) WHERE gone > 0",
    "CREATE TABLE counter (state INTEGER NOT NULL, type INTEGER NOT NULL, rep INTEGER NOT NULL, c INTEGER NOT NULL, PRIMARY KEY (state, type, rep)) STRICT, WITHOUT ROWID",
    "CREATE TABLE calendar (type INTEGER NOT NULL, place INTEGER NOT NULL, c INTEGER NOT NULL, PRIMARY KEY (type, place)) STRICT, WITHOUT ROWID",
    "CREATE TABLE step (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  tasks INTEGER NOT NULL,
  summary TEXT NOT NULL,
  who TEXT,
  of INTEGER REFERENCES step,
  undone INTEGER REFERENCES step
) STRICT",
    "CREATE TABLE change (step INTEGER NOT NULL, task INTEGER NOT NULL, field TEXT NOT NULL, before TEXT, after TEXT, PRIMARY KEY (step, task, field)) STRICT, WITHOUT ROWID",
    "CREATE INDEX step_at ON step (at)",
    "CREATE INDEX step_undone ON step (undone) WHERE undone IS NOT NULL",
    "CREATE INDEX step_of ON step (of) WHERE of IS NOT NULL",
    // Where tasks are and where they were is found by its own index: a purge writes a
    // hundred thousand of these.
    "CREATE INDEX change_task ON change (task) WHERE field NOT IN ('presence', 'left')",
    "CREATE INDEX change_presence ON change (task) WHERE field IN ('presence', 'left')",
    // How calls ended, each written by its step: who was called is told here, for tasks go.
    "CREATE TABLE call (
  step INTEGER PRIMARY KEY REFERENCES step,
  task INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  contact TEXT,
  number TEXT,
  ending TEXT,
  lead TEXT
) STRICT",
    "CREATE INDEX call_contact ON call (contact) WHERE contact IS NOT NULL",
    "CREATE INDEX call_ending ON call (ending) WHERE ending IS NOT NULL",
    "CREATE INDEX call_lead ON call (lead) WHERE lead IS NOT NULL",
    "CREATE TABLE note (task INTEGER PRIMARY KEY, notes TEXT NOT NULL) STRICT",
    // The records of which a thread's task is made, by the ids that they came with. Keyed by
    // number: an import appends them, where a tree of whole records would be written all over.
    "CREATE TABLE part (n INTEGER PRIMARY KEY, id TEXT NOT NULL, task INTEGER NOT NULL, record TEXT NOT NULL, UNIQUE (task, id)) STRICT",
    "CREATE INDEX part_id ON part (id)",
    // Asked at each email that comes, so an import into an empty file keeps it too.
    "CREATE INDEX open_thread ON task (thread) WHERE state = 0 AND thread IS NOT NULL",
    "CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    // Texts come to it folded, so that queries are folded by the same function. It keeps no
    // text, only where pieces of three letters stand.
    "CREATE VIRTUAL TABLE word USING fts5(text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')",
    // A name stays as it came, and stands in many tasks: its pieces are kept once.
    "CREATE VIRTUAL TABLE lead_word USING fts5(text, content='', tokenize='trigram case_sensitive 1')",
    "CREATE VIRTUAL TABLE contact_word USING fts5(text, content='', tokenize='trigram case_sensitive 1')",
];

/// An import of a million tasks writes its words in some forty runs, not in two hundred, and
/// merges most of them once, not twice.
const RUNS: [&str; 2] = [
    "INSERT INTO word (word, rank) VALUES ('hashsize', 4194304)",
    "INSERT INTO word (word, rank) VALUES ('automerge', 8)",
];

/// The tables that FTS5 makes for the indexes of words.
pub(super) const OF_WORDS: &[&str] = &[
    "CREATE TABLE 'word_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'word_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'word_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER)",
    "CREATE TABLE 'word_config'(k PRIMARY KEY, v) WITHOUT ROWID",
    "CREATE TABLE 'lead_word_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'lead_word_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'lead_word_docsize'(id INTEGER PRIMARY KEY, sz BLOB)",
    "CREATE TABLE 'lead_word_config'(k PRIMARY KEY, v) WITHOUT ROWID",
    "CREATE TABLE 'contact_word_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'contact_word_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'contact_word_docsize'(id INTEGER PRIMARY KEY, sz BLOB)",
    "CREATE TABLE 'contact_word_config'(k PRIMARY KEY, v) WITHOUT ROWID",
];

/// The index of the ids in the file: an import into an empty file makes it when an id may come
/// again, or last.
pub(super) const TASK_ID: &str = "CREATE UNIQUE INDEX task_id ON task (id) WHERE gone = 0";

/// The indexes of `task`, apart: an import into an empty file makes them last.
pub(super) const TASK_INDEXES: &[(&str, &str)] = &[
    ("open_day", "CREATE INDEX open_day ON task (day, created, id, type, rep) WHERE state = 0 AND day IS NOT NULL"),
    ("open_at", "CREATE INDEX open_at ON task (at, created, id, type, rep) WHERE state = 0 AND at IS NOT NULL"),
    (
        "open_none",
        "CREATE INDEX open_none ON task (created, id, type, rep) WHERE state = 0 AND day IS NULL AND at IS NULL",
    ),
    // The rowid stands in the index so that ties, all of a bulk, are walked in order.
    ("done_order", "CREATE INDEX done_order ON task (done_at, n, type, rep) WHERE state = 1"),
    ("pinned", "CREATE INDEX pinned ON task (n) WHERE flags & 1"),
    // With the state, for the details show a lead's open tasks: few among many.
    ("task_lead", "CREATE INDEX task_lead ON task (lead, state) WHERE lead IS NOT NULL AND gone = 0"),
    // A task that leaves the file stays in it, so that a purge does not touch it.
    ("task_contact", "CREATE INDEX task_contact ON task (contact) WHERE contact IS NOT NULL"),
];

/// The steps that bring a file to [`VERSION`], in one transaction.
pub(super) fn migrations() -> Migrations<'static> {
    Migrations::new(vec![M::up(FIRST.as_str())])
}

static FIRST: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    let names = crate::domain::kind::TaskType::ALL.map(|t| format!("({}, '{}')", t.index(), t.wire_name()));
    let types = format!("INSERT INTO type (n, name) VALUES {}", names.join(", "));
    let mark = format!("PRAGMA application_id = {APPLICATION_ID}");
    let of_tasks = TASK_INDEXES.iter().map(|(_, sql)| *sql);
    let all = STATEMENTS.iter().copied().chain(of_tasks).chain(RUNS).chain([TASK_ID, types.as_str(), &mark]);
    all.map(|sql| format!("{sql};\n")).collect()
});

#[cfg(test)]
mod tests {
    #[test]
    fn the_migrations_apply_one_after_another() {
        super::migrations().validate().expect("valid migrations");
    }
}
