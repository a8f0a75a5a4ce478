//! Draws the model; changes nothing, asks nothing. Text of tasks comes as
//! [`Shown`](crate::domain::shown::Shown) only.
//!
//! | what | file |
//! |---|---|
//! | where everything stands | [`areas`] |
//! | how it looks | `style`, `pen`; in which colours: `settings/theme` |
//! | lists, types, details; one task at a time | `list`, [`sidebar`], [`details`]; [`power`] |
//! | title, tabs; hints; questions, prompts | `bars`; `hints`; `asking` |
//! | what happened; the search; how a call ended | `notice`; `find`; `called` |
//! | help and messages, menus, the palette | [`help`], `menus`, `palette` |
//! | charts, the next two weeks | [`charts`], `fortnight` |
//! | what the mouse meets | `hit` |

pub mod areas;
mod asking;
mod bars;
mod called;
pub mod charts;
pub mod details;
mod find;
mod form;
mod fortnight;
pub mod help;
mod hints;
mod hit;
mod list;
mod menus;
mod notice;
mod palette;
mod pen;
pub mod power;
mod screen;
pub mod sidebar;
mod style;
#[cfg(test)]
mod tests;

pub use hit::{Hit, hit};
pub use screen::draw;
