//! Commands and options. The doc comments are the help.
//!
//! | question | file |
//! |---|---|
//! | which options has every command? | `global` |
//! | which commands are there? | `command` |
//! | how does a person say which tasks, in which order and part? | `choosing` |
//! | how does a person say what to make or change? | `changing` |
//! | which forms has the output? | `form` |
//! | which examples does the help give? | `examples` |

mod changing;
mod choosing;
mod command;
mod examples;
mod form;
mod global;

pub use changing::{Add, CallOutcome, Change, EditTask, Fields, NewType, Where};
pub use choosing::{Chosen, List};
pub use command::{Command, Config};
pub use form::{ExportForm, FailIf, Output, Reply};
pub use global::{Cli, Colour, Global};
