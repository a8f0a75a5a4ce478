//! The SQLite file. The only code that names `rusqlite`; knows no wire, screen or clock.

mod archive;
mod error;
mod import;
mod journal;
mod lookup;
mod open;
mod open_tasks;
mod page;
mod tally;
mod write;

pub use archive::{ArchiveFrom, ArchivePage};
pub use error::Error;
pub use import::{Importer, Taken};
pub use journal::{Recorded, Restored};
pub use lookup::Reference;
pub use open::Repository;
pub use open_tasks::OpenTask;
pub use tally::{Tally, TypeTally};
pub use write::Written;

/// The result of everything that touches the file.
pub type Result<T> = std::result::Result<T, Error>;
