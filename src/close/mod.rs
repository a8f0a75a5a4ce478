//! Close's wire format: files in, files out. Knows tasks, no screen and no arguments.
//!
//! | question | file |
//! |---|---|
//! | which forms does a file of tasks have, and how is it read piece by piece? | [`reader`] |
//! | what may a record hold, and what makes it a bad one? | [`parse`] |
//! | how is a record written so that it is lossless and harmless? | [`wire`] |

pub mod parse;
pub mod reader;
pub mod wire;
