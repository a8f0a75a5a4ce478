//! The query language: `acme type:missed_call -is:done date<fri`.
//!
//! It has no brackets: a query is terms that must all hold, a term is tests of which one
//! must. So nothing nests, whatever is typed, and reading takes no stack; [`MOST_BYTES`]
//! and [`MOST_TERMS`] bound the rest.
//!
//! | question | file |
//! |---|---|
//! | what does a query consist of? | [`term`] |
//! | how is a text parted into terms, quotes and commas? | `lex` |
//! | how is a term read, and what is said of a wrong one? | `parse`, `error` |
//! | which fields are there? | [`fields`] |
//! | what may a begun word become? | [`complete`] |
//! | when does a task match? | `matches` |
//! | what does an index hold of a task, and what is it asked? | [`indexed`] |
//! | what is kept of an open task, so that each letter is answered at once? | [`texts`] |
//! | what is kept under a name? | [`Saved`] |
//! | where in a text do its words stand? | `spans` |
//! | when are two texts the same but for case, accents and dots? | [`fold`] |

pub mod complete;
mod error;
pub mod fields;
pub mod fold;
pub mod indexed;
mod lex;
mod matches;
mod parse;
mod saved;
mod spans;
pub mod term;
#[cfg(test)]
mod tests;
pub mod texts;

pub use error::{Problem, QueryError};
pub use matches::Beside;
pub use parse::{MOST_BYTES, MOST_TERMS, parse};
pub use saved::{NameError, Saved};
pub use term::Search;
