//! repbox: the sales rep's task inbox, in the terminal.
//!
//! Dependencies point one way; a test reads the `use` lines and holds it.
//!
//! | folder | what lives there | may use |
//! |---|---|---|
//! | [`domain`] | tasks, types, dates, zones, views, filters, order, wording: pure | nothing |
//! | [`repository`] | the SQLite file; the only code that knows SQL | `domain` |
//! | [`close`] | Close's wire format | `domain`, `repository` |
//! | [`app`] | use cases: one meaning for a key and a command | the above |
//! | [`clock`] | the present and the machine's zone, read in one place and handed down | `domain` |
//! | [`settings`] | the settings file, its keys and themes | `domain`, `clock` |
//! | [`tui`] | the screen | the above, [`clock`], [`settings`] |
//! | [`cli`] | the command line | the above, [`clock`], [`settings`] |

pub mod app;
pub mod cli;
pub mod clock;
pub mod close;
pub mod domain;
pub mod repository;
pub mod settings;
pub mod tui;
