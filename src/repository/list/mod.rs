//! What a list shows, piece by piece.
//!
//! | question | file |
//! |---|---|
//! | which tasks, in which order, as a merge of two walks of indexes? | `stream` |
//! | a page, a task, every task of a query | `page` |
//! | the open tasks for the screen, light | `open_tasks` |
//! | the archive for the screen, page by page | `archive` |

mod archive;
pub(super) mod open_tasks;
pub(super) mod page;
pub(super) mod stream;

pub use archive::{ArchiveFrom, ArchivePage};
pub use open_tasks::OpenTask;
