//! The SQLite file: the only code that names `rusqlite`. Knows no wire, screen or clock.
//!
//! | question | file |
//! |---|---|
//! | which files are opened, with which settings, which refused? | `open` |
//! | which tables and indexes are there? | `schema` |
//! | how does a task become a row, and a row a task? | `row`, `shape`, `dictionary` |
//! | what does a list show? | `page`, `stream`, `open_tasks`, `archive` |
//! | how many are there? which task, rep or lead is meant? | `tally`, `counter`; `lookup` |
//! | what changes, and how is it taken back? | `write`, `journal`, `import` |

mod archive;
mod counter;
mod dictionary;
mod error;
mod import;
mod journal;
mod lookup;
mod open;
mod open_tasks;
mod page;
mod row;
mod schema;
mod shape;
mod stream;
mod tally;
#[cfg(test)]
mod tests;
mod write;

pub use archive::{ArchiveFrom, ArchivePage};
pub use error::{Error, Result};
pub use import::{Importer, Taken};
pub use journal::Restored;
pub use lookup::Reference;
pub use open::Repository;
pub use open_tasks::OpenTask;
pub use row::Packed;
pub use tally::{Tally, TypeTally};
pub use write::Written;
