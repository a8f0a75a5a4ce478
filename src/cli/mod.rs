//! The command line: arguments in, use cases run, words out. Does not know the screen.
//!
//! | question | file |
//! |---|---|
//! | which commands and options are there? | [`args`] |
//! | what does every command know? | [`World`] |
//! | what does a command do? | [`reading`], [`figures`]; [`adding`], [`changing`], [`calling`], [`purging`]; [`files`]; [`configuring`], [`checking`] |
//! | what does a shell complete? what do the manual pages and the help say? | [`completing`]; [`manual`], [`topics`] |
//! | what does a table look like, and where do errors go? | [`output`] |

pub mod adding;
pub mod args;
pub mod calling;
pub mod changing;
pub mod checking;
pub mod completing;
pub mod configuring;
pub mod figures;
pub mod files;
pub mod manual;
pub mod output;
pub mod purging;
pub mod reading;
pub mod topics;
mod world;

pub use world::World;
