//! The SQLite file: the only code that names `rusqlite`. Knows no wire, screen or clock.
//!
//! | question | file |
//! |---|---|
//! | which files are opened, with which tables? how is one copied, and looked over? | `open`, `schema`; `backup`, `doctor` |
//! | how does a task become a row, and a row a task? | `row`, `shape`, `dictionary` |
//! | what does a list show? how many? which task, rep or lead is meant? | `list`; `tally`, `counter`; `lookup`, `names`, `saved` |
//! | what does a person, and what an import change? how is it taken back? | `write`, `calls`, `fields`, `head`, `purge`; `import`, `thread`, `unsent`; `journal`, `presence` |

mod backup;
mod calls;
mod counter;
mod dictionary;
mod doctor;
mod error;
mod fields;
mod head;
mod import;
mod journal;
mod list;
mod lookup;
mod names;
mod open;
mod presence;
mod purge;
mod row;
mod saved;
mod schema;
mod shape;
mod tally;
#[cfg(test)]
mod tests;
mod thread;
mod unsent;
mod write;

pub use lookup::Leads;
pub use write::{CallEnd, CallEnded};
pub use {backup::Copied, open::Repository, row::Packed, tally::Tally, tally::TypeTally, write::Batch, write::Written};
pub use {doctor::Finding, doctor::examine, list::ArchiveFrom, list::ArchivePage, list::OpenTask, lookup::Reference};
pub use {error::ContactOfOther, error::Error, journal::Deed, journal::Happened, journal::Restored, names::Likeness};
pub use {error::NewestCopy, error::Obstacle, error::Result, import::Importer, import::Taken, purge::Expired};
