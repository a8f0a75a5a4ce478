//! What a list shows, piece by piece.
//!
//! | question | file |
//! |---|---|
//! | which tasks, in which order, as a merge of two walks of indexes? | `stream` |
//! | a page, a task, every task of a query; several of one state of the file | `page`; `snapshot` |
//! | the rows of a filter in no order | `candidates` |
//! | which of them match a search, as far as columns and the index of words tell it? | `search`, `hits` |
//! | the index of words, kept | `words` |
//! | the open tasks for the screen, light | `open_tasks` |
//! | the archive for the screen, page by page | `archive` |

mod archive;
pub(super) mod candidates;
mod hits;
pub(super) mod open_tasks;
pub(super) mod page;
pub(super) mod search;
mod snapshot;
pub(super) mod stream;
mod types;
pub(super) mod words;

pub use archive::{ArchiveFrom, ArchivePage};
pub use open_tasks::OpenTask;
pub use types::{TypeNumber, TypeNumbers};
