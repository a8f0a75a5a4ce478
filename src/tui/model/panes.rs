//! The panes: which has the keys, and where each one's cursor is.

use super::list::List;
use crate::domain::task::TaskNumber;
use crate::tui::request::ListName;

/// A pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The types.
    Types,
    /// A list.
    List(ListName),
    /// The task under the cursor of the list last used.
    Details,
}

/// Which panes are shown where there is room for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// All.
    #[default]
    All,
    /// All but the types.
    NoSidebar,
    /// The lists.
    ListsOnly,
}

impl Arrangement {
    /// Each with its word.
    pub const WORDS: [(&str, Arrangement); 3] =
        [("all", Arrangement::All), ("no-types", Arrangement::NoSidebar), ("lists", Arrangement::ListsOnly)];

    /// The next one.
    #[must_use]
    pub fn next(self) -> Arrangement {
        match self {
            Arrangement::All => Arrangement::NoSidebar,
            Arrangement::NoSidebar => Arrangement::ListsOnly,
            Arrangement::ListsOnly => Arrangement::All,
        }
    }
}

/// How much of the room the pane that has the keys takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Growth {
    /// As much as any.
    #[default]
    Usual,
    /// About half.
    Larger,
    /// All of it.
    Whole,
}

impl Growth {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Growth {
        match self {
            Growth::Usual => Growth::Larger,
            Growth::Larger => Growth::Whole,
            Growth::Whole => Growth::Usual,
        }
    }
}

/// All panes.
#[derive(Clone, Debug)]
pub struct Panes {
    /// Which has the keys.
    focus: Pane,
    /// The list that the details belong to: the one that had the keys last.
    list: ListName,
    lists: [List; 3],
    /// Whether the future is shown below the inbox.
    pub future_shown: bool,
    /// Which panes are shown where there is room for all.
    pub arrangement: Arrangement,
    /// How much of the room the pane that has the keys takes.
    pub growth: Growth,
    /// The sidebar's line under its cursor.
    pub type_row: usize,
    /// The sidebar is scrolled by so many lines.
    pub type_top: usize,
    /// The task that a change or a key leads to: found by the next answer.
    pub goal: Option<TaskNumber>,
}

impl Default for Panes {
    fn default() -> Panes {
        Panes {
            focus: Pane::List(ListName::Inbox),
            list: ListName::Inbox,
            lists: Default::default(),
            future_shown: false,
            arrangement: Arrangement::default(),
            growth: Growth::default(),
            type_row: 0,
            type_top: 0,
            goal: None,
        }
    }
}

impl Panes {
    /// Which pane has the keys.
    pub fn focus(&self) -> Pane {
        self.focus
    }

    /// Gives the keys to a pane; the future is shown if they go there.
    pub fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        if let Pane::List(list) = pane {
            self.list = list;
            self.future_shown |= list == ListName::Future;
        }
    }

    /// The list that the details belong to.
    pub fn list_name(&self) -> ListName {
        self.list
    }

    /// A list.
    pub fn list(&self, name: ListName) -> &List {
        &self.lists[name as usize]
    }

    /// A list.
    pub fn list_mut(&mut self, name: ListName) -> &mut List {
        &mut self.lists[name as usize]
    }

    /// The list that the details belong to.
    pub fn current(&self) -> &List {
        self.list(self.list)
    }

    /// The list that the details belong to.
    pub fn current_mut(&mut self) -> &mut List {
        self.list_mut(self.list)
    }

    /// The lists shown, from the top.
    pub fn shown(&self) -> impl Iterator<Item = ListName> + use<> {
        let future = self.future_shown;
        ListName::ALL.into_iter().filter(move |name| *name != ListName::Future || future)
    }

    /// Shows or hides the future.
    pub fn toggle_future(&mut self) {
        self.future_shown = !self.future_shown;
        if !self.future_shown && self.list == ListName::Future {
            self.list = ListName::Inbox;
            if self.focus == Pane::List(ListName::Future) {
                self.focus_on(Pane::List(ListName::Inbox));
            }
        }
    }

    /// Whether a pane is shown where there is room for all; one that has the keys always is.
    pub fn shows(&self, pane: Pane) -> bool {
        let is_arranged = match pane {
            Pane::Types => self.arrangement == Arrangement::All,
            Pane::Details => self.arrangement != Arrangement::ListsOnly,
            Pane::List(list) => list != ListName::Future || self.future_shown,
        };
        is_arranged || self.focus == pane
    }

    /// The panes in the order of Tab.
    pub fn tab_order(&self) -> Vec<Pane> {
        let lists = self.shown().map(Pane::List);
        std::iter::once(Pane::Types).chain(lists).chain(std::iter::once(Pane::Details)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hiding_the_future_gives_its_keys_to_the_inbox() {
        let mut panes = Panes::default();
        panes.focus_on(Pane::List(ListName::Future));
        assert!(panes.future_shown);
        panes.toggle_future();
        assert_eq!(panes.focus(), Pane::List(ListName::Inbox));
        assert_eq!(panes.tab_order().len(), 4);
    }
}
