//! The screen: Model -> Action -> update -> view.
//!
//! Knows no SQL and no wire format; the disk is reached on worker threads only.
//!
//! | question | file |
//! |---|---|
//! | what can a person do, with which keys, with the mouse? | [`action`], [`keymap`], [`key`], `letters`, [`mouse`] |
//! | what is shown, where is the cursor? | [`model`] |
//! | what does an action do? | [`update`] |
//! | what is asked of the disk, and what comes back? | [`request`] |
//! | what do the terminal and the system say, and how fast do keys come? | [`input`], [`pace`] |
//! | what happens in a turn of the loop? | [`session`] |
//! | who reaches the disk, and how? | [`worker`], `reader`, [`writer`], [`shelf`], [`arranged`] |
//! | how are other programs started? | [`opener`] |
//! | how does it look? | [`view`] |

pub mod action;
pub mod arranged;
#[cfg(test)]
mod desk;
mod editor;
pub mod input;
pub mod key;
pub mod keymap;
mod letters;
pub mod model;
pub mod mouse;
pub mod opener;
pub mod pace;
mod reader;
pub mod request;
pub mod run;
pub mod session;
pub mod shelf;
pub mod terminal;
pub mod update;
pub mod view;
pub mod worker;
pub mod writer;
