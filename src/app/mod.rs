//! Use cases: one meaning for a key and a command. Knows tasks and the file; no screen, no arguments.

pub mod change;
pub mod demo;
pub mod error;
pub mod export;
pub mod find;
pub mod import;
pub mod outcome;
pub mod purge;
pub mod report;
pub mod saved;
pub mod undo;

pub use error::{Error, Result};
