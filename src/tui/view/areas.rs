//! Where everything stands: a pure function of the size and the panes, asked by the
//! views and by `update` (how long is a page?).
//!
//! ```text
//! wide, 110x24 and up                  narrow, 60 to 109 columns      tiny
//! title                                title                          title
//! +- Types -+- Inbox ---+- To-do --+   chips                          the list
//! |         |           |          |   tabs                           or the pane
//! |         +- Future --+          |   the list, or the pane that     that has the keys
//! |         +- Archive -+          |   has the keys
//! +---------+-----------+----------+   -- details, 4 lines --
//! notice                               notice                         notice
//! hints                                hints                          hints
//! ```

use ratatui::layout::Rect;

use crate::tui::model::panes::{Growth, Pane, Panes};
use crate::tui::model::{Model, Size};
use crate::tui::request::ListName;

/// The least size that can be used.
pub const LEAST: Size = Size { width: 40, height: 12 };

/// Larger sizes are lies of a terminal, and need gigabytes.
pub const MOST: u16 = 1000;

/// The way of arranging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Below [`LEAST`].
    TooSmall,
    /// One list.
    Tiny,
    /// Tabs.
    Narrow,
    /// All panes side by side.
    Wide,
}

impl Layout {
    /// The layout of a size.
    pub fn of(size: Size) -> Layout {
        match (size.width, size.height) {
            (w, h) if w < LEAST.width || h < LEAST.height => Layout::TooSmall,
            (w, h) if w < 60 || h < 16 => Layout::Tiny,
            (w, h) if w < 110 || h < 24 => Layout::Narrow,
            _ => Layout::Wide,
        }
    }
}

/// Where everything stands. Panes of the wide layout have a border, shared with their neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Areas {
    /// The way of arranging.
    pub layout: Layout,
    /// The first line.
    pub title: Rect,
    /// The types as one line.
    pub chips: Option<Rect>,
    /// The lists as tabs.
    pub tabs: Option<Rect>,
    /// The panes shown.
    pub panes: Vec<(Pane, Rect)>,
    /// The details in brief.
    pub strip: Option<Rect>,
    /// The last line but one.
    pub notice: Rect,
    /// The last line.
    pub hints: Rect,
}

impl Areas {
    /// The areas for a size.
    pub fn new(size: Size, panes: &Panes) -> Areas {
        let size = Size { width: size.width.min(MOST), height: size.height.min(MOST) };
        let layout = Layout::of(size);
        let line = |y: u16| Rect::new(0, y.min(size.height), size.width, 1.min(size.height.saturating_sub(y)));
        let bottom = size.height.saturating_sub(2);
        let mut areas = Areas {
            layout,
            title: line(0),
            chips: None,
            tabs: None,
            panes: Vec::new(),
            strip: None,
            notice: line(bottom),
            hints: line(bottom + 1),
        };
        match layout {
            Layout::TooSmall => {}
            Layout::Tiny => areas.panes = vec![(panes.focus(), Rect::new(0, 1, size.width, bottom - 1))],
            Layout::Narrow => areas.narrow(size, panes, bottom),
            Layout::Wide => areas.wide(Rect::new(0, 1, size.width, bottom - 1), panes),
        }
        areas
    }

    fn narrow(&mut self, size: Size, panes: &Panes, bottom: u16) {
        let line = |y| Rect::new(0, y, size.width, 1);
        let chips = u16::from(panes.shows(Pane::Types));
        (self.chips, self.tabs) = ((chips > 0).then(|| line(1)), Some(line(1 + chips)));
        let top = 2 + chips;
        let has_strip = matches!(panes.focus(), Pane::List(_)) && panes.shows(Pane::Details);
        let strip = if size.height >= 20 && has_strip && panes.growth == Growth::Usual { 4 } else { 0 };
        self.panes = vec![(panes.focus(), Rect::new(0, top, size.width, bottom - top - strip))];
        self.strip = (strip > 0).then(|| Rect::new(0, bottom - strip, size.width, strip));
    }

    fn wide(&mut self, body: Rect, panes: &Panes) {
        if panes.growth == Growth::Whole {
            self.panes = vec![(panes.focus(), body)];
            return;
        }
        let (mut left, mut right) = (body.x, body.right());
        if panes.shows(Pane::Types) {
            let types = Rect { width: if grows(panes, Pane::Types) { 36 } else { 20 }, ..body };
            left = types.right() - 1;
            self.panes.push((Pane::Types, types));
        }
        if panes.shows(Pane::Details) {
            let third = (body.width * 3 / 10).clamp(35, 60);
            let width = if grows(panes, Pane::Details) { body.width / 2 } else { third };
            let details = Rect { x: body.right() - width, width, ..body };
            right = details.x + 1;
            self.panes.push((Pane::Details, details));
        }
        let mut y = body.y;
        for (name, height) in list_heights(body.height, panes) {
            self.panes.push((Pane::List(name), Rect::new(left, y, right - left, height)));
            y += height - 1;
        }
    }

    /// The inside of a pane, if it is shown.
    pub fn inside(&self, pane: Pane) -> Option<Rect> {
        let (_, rect) = self.panes.iter().find(|(p, _)| *p == pane)?;
        Some(match self.layout {
            Layout::Wide => rect.inner(ratatui::layout::Margin::new(1, 1)),
            Layout::TooSmall | Layout::Tiny | Layout::Narrow => *rect,
        })
    }

    /// As large as a list would be that is out of sight.
    fn in_place(&self) -> Option<Rect> {
        let (_, present) = self.panes.first()?;
        let height = if self.panes.len() > 1 { present.height.min(USUAL_LINES) } else { present.height };
        Some(Rect { height, ..*present })
    }

    /// The inside of the details, wherever they stand.
    pub fn details(&self) -> Option<Rect> {
        self.inside(Pane::Details).or(self.strip)
    }
}

fn grows(panes: &Panes, pane: Pane) -> bool {
    panes.growth == Growth::Larger && panes.focus() == pane
}

/// The height of each list shown, with both its borders, which neighbours share.
fn list_heights(body: u16, panes: &Panes) -> Vec<(ListName, u16)> {
    let height = |name: ListName, usual: u16, least: u16| match panes.focus() {
        pane if grows(panes, pane) && pane == Pane::List(name) => body / 2 + 2,
        pane if grows(panes, pane) && matches!(pane, Pane::List(_)) => least + 2,
        _ => usual + 2,
    };
    let archive = height(ListName::Archive, (body / 4).clamp(4, 12), 3);
    let future = if panes.future_shown { height(ListName::Future, (body / 5).clamp(3, 10), 3) } else { 1 };
    let heights = |name| match name {
        ListName::Inbox => body + 2 - archive - future,
        ListName::Future => future,
        ListName::Archive => archive,
    };
    panes.shown().map(|name| (name, heights(name))).collect()
}

/// The areas of a model.
pub fn areas(model: &Model) -> Areas {
    Areas::new(model.size, &model.panes)
}

/// Whether rows stand under the headings of their sections.
pub fn has_headings(model: &Model, list: ListName) -> bool {
    list != ListName::Archive && Layout::of(model.size) != Layout::Tiny
}

/// Whether the inbox ends with a line on the future, and in tiny also on hidden types.
pub fn has_future_line(model: &Model) -> bool {
    let hidden = Layout::of(model.size) == Layout::Tiny && !model.types().is_all();
    hidden || !model.panes.future_shown && model.panes.list(ListName::Future).total() > 0
}

/// A list that is out of sight has so many lines at most once it is shown beside others.
const USUAL_LINES: u16 = 10;

/// How many lines of each list are seen at once, above a notice; as many as are likely where it
/// is out of sight.
pub fn pages(model: &Model) -> [(ListName, usize); 3] {
    let areas = areas(model);
    // A long notice covers the last lines, which are not the cursor's then.
    let covered_from = areas.notice.y.saturating_sub(super::notice::above(model, areas.notice.width));
    ListName::ALL.map(|list| {
        let shown = areas.inside(Pane::List(list)).or_else(|| areas.in_place());
        let height = shown.map_or(1, |rect| usize::from(rect.bottom().min(covered_from).saturating_sub(rect.y)));
        let footer = usize::from(list == ListName::Inbox && has_future_line(model));
        (list, height.saturating_sub(footer).max(1))
    })
}

/// The [lines](pages) of one of them.
pub fn page(model: &Model, list: ListName) -> usize {
    pages(model).into_iter().find(|(name, _)| *name == list).map_or(1, |(_, lines)| lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn p35_areas_stay_inside_any_size(
            width: u16, height: u16, future: bool, focus in 0_usize..4, layouts in 0_usize..3, steps in 0_usize..3,
        ) {
            let mut panes = Panes::default();
            panes.future_shown = future;
            panes.focus_on(panes.tab_order()[focus]);
            (0..layouts).for_each(|_| panes.arrangement = panes.arrangement.next());
            (0..steps).for_each(|_| panes.growth = panes.growth.next());
            let screen = Rect::new(0, 0, width.min(MOST), height.min(MOST));
            let areas = Areas::new(Size { width, height }, &panes);
            let rects = areas.panes.iter().map(|(_, rect)| *rect).chain(areas.strip).chain(areas.chips);
            for rect in rects.chain([areas.title, areas.notice, areas.hints]) {
                prop_assert_eq!(screen.intersection(rect).area(), rect.area());
            }
        }
    }

    #[test]
    fn wide_panes_share_their_borders() {
        let areas = Areas::new(Size { width: 140, height: 40 }, &Panes::default());
        let inbox = areas.inside(Pane::List(ListName::Inbox)).expect("shown");
        let archive = areas.inside(Pane::List(ListName::Archive)).expect("shown");
        assert_eq!(inbox.bottom() + 1, archive.y);
        assert_eq!(archive.height, 9);
        assert_eq!(archive.bottom() + 1, areas.notice.y);
    }
}
