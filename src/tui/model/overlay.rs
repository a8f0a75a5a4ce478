//! What lies over the panes: a stack of which the top one takes the keys.

use super::field::Field;
use super::menu::Menu;
use crate::domain::filter::People;
use crate::domain::task::TaskNumber;
use crate::domain::zone::Zone;
use crate::tui::keymap::Context;

/// Something open over the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys of a context, scrolled by so many lines.
    Help(Context, usize),
    /// The time zones.
    Zones(Menu<Zone>),
    /// The people.
    People(Menu<People>),
    /// The path of a file to import.
    ImportPath(Field),
    /// A question with yes and no.
    Question(Question),
}

/// A change that is asked about first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The tasks that would change.
    pub tasks: Vec<TaskNumber>,
    /// To complete or open.
    pub complete: bool,
}

impl Overlay {
    /// Which keys hold while it is on top.
    pub fn context(&self) -> Context {
        match self {
            Overlay::Help(..) => Context::Help,
            Overlay::Zones(_) | Overlay::People(_) => Context::Menu,
            Overlay::ImportPath(_) => Context::Field,
            Overlay::Question(_) => Context::Question,
        }
    }
}

/// The stack.
#[derive(Clone, Debug, Default)]
pub struct Overlays(Vec<Overlay>);

impl Overlays {
    /// The one that takes the keys.
    pub fn top(&self) -> Option<&Overlay> {
        self.0.last()
    }

    /// The one that takes the keys.
    pub fn top_mut(&mut self) -> Option<&mut Overlay> {
        self.0.last_mut()
    }

    /// Opens one over the others.
    pub fn open(&mut self, overlay: Overlay) {
        self.0.push(overlay);
    }

    /// Closes the top one.
    pub fn close(&mut self) -> Option<Overlay> {
        self.0.pop()
    }

    /// From the lowest up, as they are drawn.
    pub fn iter(&self) -> impl Iterator<Item = &Overlay> {
        self.0.iter()
    }
}
