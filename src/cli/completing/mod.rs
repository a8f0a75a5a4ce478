//! Completions: what a shell asks while a person types. Nothing is made, changed or said,
//! and whatever goes wrong is no candidate.
//!
//! | question | file |
//! |---|---|
//! | which script does a shell load, and how is it answered? | `shell` |
//! | what is asked, and of which file? | `asked` |
//! | which tasks, people, fields and words begin so? | `candidates` |

mod asked;
mod candidates;
mod shell;

pub(super) use candidates::{commands, contacts, fields, leads, reps, saved, tasks, topics, types, zones};
pub use shell::{answer, script};
