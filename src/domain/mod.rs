//! What a task is and which rules hold for it, as values and pure functions.
//!
//! Knows no SQL, no screen, no network and no clock: "now" and the zone are
//! arguments. Everything else in repbox depends on this folder; it depends on nothing.
//!
//! | question | file |
//! |---|---|
//! | what does a task consist of? how does it look on the wire? | [`task`], its types and their fields: [`kind`], [`fields`]; [`record`] |
//! | how is a date read and written back? when does a day begin? | [`date`]; [`zone`], by number [`place`] |
//! | how are calendars and clocks read? which date is typed, or snoozed to? | [`customs`]; [`when`], [`snooze`] |
//! | what stands before what? inbox, future or archive, and which section? how much was done? | [`order`]; [`view`]; [`stats`] |
//! | which tasks does a person ask for, and in which language? | [`filter`]; [`query`] |
//! | what may be changed, and what is a change? what follows from a call? how long is a task kept? | [`edit`], [`change`]; [`outcome`]; [`retention`] |
//! | when are several emails one task? where is it worked on, and when called for? how is it said harmlessly? | [`thread`]; [`handoff`], [`number`], [`calling`]; [`wording`], [`shown`] |

pub mod calling;
pub mod change;
pub mod customs;
pub mod date;
pub mod edit;
pub mod fields;
pub mod filter;
pub mod handoff;
pub mod kind;
pub mod number;
pub mod order;
pub mod outcome;
pub mod place;
pub mod query;
pub mod record;
pub mod retention;
pub mod shown;
pub mod snooze;
pub mod stats;
pub mod task;
pub mod thread;
pub mod view;
pub mod when;
pub mod wording;
pub mod zone;
