//! How tasks, dates and counts are said, on the screen and in tables alike. ux.md's rules.

mod dates;
mod details;
mod import;
mod outcome;
mod reason;
mod removal;
mod rows;
mod since;

pub use dates::{DateStyle, date_cell, done_cell, full_date, is_snoozed, moment};
pub use dates::{past_moment, short_date, span, time_until, typed_date};
pub use details::{Detail, bytes_in_words, details, named_details, raw_details};
pub use import::taken_in;
pub use outcome::{also_done, called, ended, tried};
pub use reason::reason;
pub use removal::{kept, kept_in_short, purge_question, removal, removed, removed_of_type, with_keep_time};
pub use rows::{label, plural_label, row_text, tag, title};
pub use since::{DoneBy, Meanwhile, since};
