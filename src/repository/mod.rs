//! The SQLite file: the only code that names `rusqlite`. Knows no wire, screen or clock.
//!
//! | question | file |
//! |---|---|
//! | which files are opened, with which tables? how is one copied, and looked over? | `open`, `schema`; `backup`, `doctor` |
//! | how does a task become a row? what does a list show? how many? which task, rep or lead is meant? | `row`, `shape`, `dictionary`; `list`; `tally`, `counter`; `lookup`, `names`, `saved` |
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

pub use error::{ContactOfOther, Error, NewestCopy, Obstacle, Result};
pub use {backup::Copied, doctor::Finding, doctor::examine, import::Importer, import::Taken, journal::Happened};
pub use {journal::Deed, journal::Restored, list::ArchiveFrom, list::ArchivePage, list::OpenTask, list::TypeNumber};
pub use {list::TypeNumbers, lookup::Leads, lookup::Reference, names::Likeness, open::Repository, purge::Expired};
pub use {row::Packed, tally::Tally, tally::TypeTally, write::Batch, write::CallEnd, write::CallEnded, write::Written};
