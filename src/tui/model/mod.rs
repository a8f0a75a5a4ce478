//! What is shown and where the cursor is. No disk, no terminal, no clock.
//!
//! | what | file |
//! |---|---|
//! | the whole, and what follows from it | `screen` |
//! | a list: its window, cursor, scroll | [`list`], [`sections`] |
//! | which pane has the keys; the task shown beside the lists; one task at a time | [`panes`]; [`details`]; [`power`] |
//! | types and people; what is searched for; order, folded leads | [`choice`]; [`find`]; [`sorting`] |
//! | marks, notices, writes on their way | [`marks`], [`notice`], [`saving`] |
//! | menus, fields, questions; how a call ended | [`overlay`], [`menu`], [`field`]; [`called`] |
//! | the command palette; help and messages; the form of a task | [`palette`]; [`sheet`]; [`form`], [`entry`] |
//! | what was done, the next two weeks; what the next start finds again; keys being learned | [`charts`], [`fortnight`]; [`memory`]; [`drill`] |

pub mod called;
pub mod charts;
pub mod choice;
pub mod details;
pub mod drill;
pub mod entry;
pub mod field;
pub mod find;
pub mod form;
pub mod fortnight;
pub mod list;
pub mod marks;
pub mod memory;
pub mod menu;
pub mod notice;
pub mod overlay;
pub mod palette;
pub mod panes;
pub mod power;
pub mod saving;
mod screen;
pub mod sections;
pub mod sheet;
pub mod snooze;
pub mod sorting;

pub use screen::{Data, Loading, Look, Model, Pointer, Repeat, Run, Size, Sought, Typed};
