//! Dates as people type them: `fri 14:30`, `+3d`, `eow`, `28 nov`.
//!
//! | question | file |
//! |---|---|
//! | which words are understood? | `words` |
//! | which phrases are made of them? | `phrase` |
//! | which moment is a time of a day, where clocks jump? | [`clock`] |
//! | which day is it, by weeks, months and business days? | [`calendar`] |
//! | what is said of a date: its meaning, that it is past? | `said` |
//! | what is said of a phrase that is none? | `error` |

pub mod calendar;
pub mod clock;
mod error;
mod phrase;
mod said;
mod words;

pub use clock::Shift;
pub use error::WhenError;
pub use phrase::parse;
pub use said::{past_warning, preview};

use super::date::TaskDate;

/// What a typed date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The date. Without a time in the phrase: date-only.
    pub date: TaskDate,
    /// Why the moment is another than the one typed, or one of two.
    pub shift: Option<Shift>,
}
