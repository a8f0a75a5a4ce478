//! Use cases: one meaning for a key and a command. Knows tasks and the file; no screen, no arguments.

pub mod change;
pub mod undo;
