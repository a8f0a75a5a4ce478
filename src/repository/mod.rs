//! The SQLite file: the only code that names `rusqlite`. Knows no wire, screen or clock.
//!
//! | question | file |
//! |---|---|
//! | which files are opened, with which settings, which tables and indexes? | `open`; `schema` |
//! | how does a task become a row, and a row a task? | `row`, `shape`, `dictionary` |
//! | what does a list show? how many? which task, rep or lead is meant? | `list`; `tally`, `counter`; `lookup`, `names` |
//! | what does a person change, and how is it taken back? | `write`, `fields`, `head`; `presence`; `journal` |
//! | what does an import change? | `import`, `thread` |

mod counter;
mod dictionary;
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
mod row;
mod schema;
mod shape;
mod tally;
#[cfg(test)]
mod tests;
mod thread;
mod write;

pub use error::{Error, Result};
pub use import::{Importer, Taken};
pub use journal::Restored;
pub use list::{ArchiveFrom, ArchivePage, OpenTask};
pub use open::Repository;
pub use row::Packed;
pub use tally::{Tally, TypeTally};
pub use write::{Batch, Written};
pub use {lookup::Reference, names::Likeness};
