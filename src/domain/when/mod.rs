//! Dates as people type them: `fri 14:30`, `+3d`, `eow`, `28 nov`.
//!
//! | question | file |
//! |---|---|
//! | which words are understood? | `words` |
//! | which phrases are made of them? | `phrase`; written days: `written` |
//! | which day of that name is meant, the next or the last one? | `way` |
//! | which moment is a time of a day, where clocks jump? | [`clock`] |
//! | which day is it, by weeks, months and business days? | [`calendar`] |
//! | what is said of a date: its meaning, that it is past? | `said` |
//! | how long after today is it? | `delay` |
//! | what is said of a phrase that is none? | `error` |

pub mod calendar;
pub mod clock;
mod delay;
mod error;
mod phrase;
mod said;
mod way;
mod words;
mod written;

pub use clock::Shift;
pub use delay::Delay;
pub use error::WhenError;
pub use phrase::{When, parse, parse_past};
pub use said::{EXAMPLES, meanwhile, notes, past, preview, typed};
pub(crate) use way::first_such_weekday;
