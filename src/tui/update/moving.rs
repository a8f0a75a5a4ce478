//! Moving in the pane that has the keys, and from pane to pane.

use super::{Effect, reads};
use crate::domain::task::TaskNumber;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::view::{areas, charts, details, help, sidebar};

/// A way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Motion {
    /// So many rows down, or up.
    Rows(isize),
    /// So many half pages down, or up.
    HalfPages(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Motion {
    /// The way that an action goes, if it is one.
    pub(super) fn of(action: Action) -> Option<Motion> {
        Some(match action {
            Action::MoveDown => Motion::Rows(1),
            Action::MoveUp => Motion::Rows(-1),
            Action::HalfPageDown => Motion::HalfPages(1),
            Action::HalfPageUp => Motion::HalfPages(-1),
            Action::PageDown => Motion::HalfPages(2),
            Action::PageUp => Motion::HalfPages(-2),
            Action::First => Motion::First,
            Action::Last => Motion::Last,
            _ => return None,
        })
    }

    /// As a number of rows; the ends are further than anything.
    fn rows(self, page: usize) -> isize {
        const FAR: isize = isize::MAX / 4;
        let half = isize::try_from(page / 2).unwrap_or(FAR).max(1);
        match self {
            Motion::Rows(by) => by,
            Motion::HalfPages(by) => by * half,
            Motion::First => -FAR,
            Motion::Last => FAR,
        }
    }
}

/// Moves in what has the keys.
pub(super) fn go(model: &mut Model, motion: Motion) {
    let page = usize::from(model.size.height.saturating_sub(6)).max(2);
    match (model.overlays.top_mut(), model.panes.focus()) {
        (Some(Overlay::Zones(menu)), _) => menu.step(motion.rows(page)),
        (Some(Overlay::People(menu)), _) => menu.step(motion.rows(page)),
        (Some(Overlay::Themes(menu)), _) => menu.step(motion.rows(page)),
        (Some(Overlay::Assign(menu, _)), _) => menu.step(motion.rows(page)),
        (Some(Overlay::Snooze(menu)), _) => menu.step(motion.rows(page)),
        (Some(Overlay::Palette(palette)), _) => palette.step(motion.rows(page)),
        (Some(Overlay::Sheet(_)), _) => return scroll_sheet(model, motion),
        (Some(Overlay::Stats(_)), _) => return scroll_charts(model, motion),
        (Some(Overlay::ImportPath(_) | Overlay::Date(_) | Overlay::Note(_) | Overlay::Question(_)), _)
        | (
            Some(
                Overlay::Form(_)
                | Overlay::Find(_)
                | Overlay::SaveAs(_)
                | Overlay::Discard(_)
                | Overlay::Conflict(_)
                | Overlay::Calendar(_),
            ),
            _,
        )
        | (Some(Overlay::Call(_) | Overlay::Called(_)), _) => {}
        (None, Pane::Details) => {
            scroll_details(model, motion.rows(page));
        }
        (None, _) if model.power.is_some() => {
            scroll_details(model, motion.rows(page));
        }
        (None, Pane::Types) => go_in_types(model, motion),
        (None, Pane::List(_)) => return go_in_list(model, motion),
    }
    model.touch();
}

fn scroll_sheet(model: &mut Model, motion: Motion) {
    let (page, all) = help::extent(model);
    if let Some(Overlay::Sheet(sheet)) = model.overlays.top_mut() {
        sheet.top = sheet.top.saturating_add_signed(motion.rows(page)).min(all.saturating_sub(page));
        model.touch();
    }
}

fn scroll_charts(model: &mut Model, motion: Motion) {
    let (page, all) = charts::extent(model);
    if let Some(Overlay::Stats(charts)) = model.overlays.top_mut() {
        charts.top = charts.top.saturating_add_signed(motion.rows(page)).min(all.saturating_sub(page));
        model.touch();
    }
}

fn go_in_types(model: &mut Model, motion: Motion) {
    let last = model.side_rows().len() - 1;
    model.panes.type_row = model.panes.type_row.saturating_add_signed(motion.rows(last)).min(last);
}

fn go_in_list(model: &mut Model, motion: Motion) {
    let page = areas::page(model, model.panes.list_name());
    let list = model.panes.current_mut();
    let rank = match motion {
        Motion::First => 0,
        Motion::Last => list.total().saturating_sub(1),
        Motion::Rows(_) | Motion::HalfPages(_) => list.rank_by(motion.rows(page)),
    };
    if list.go(rank) {
        model.touch();
    }
}

/// Scrolls the types by lines; a cursor that would leave them goes along at their edge.
pub(super) fn scroll_types(model: &mut Model, by: isize) {
    let (page, all) = sidebar::extent(model);
    let top = model.panes.type_top.saturating_add_signed(by).min(all.saturating_sub(page));
    let rows = 0..model.side_rows().len();
    let seen: Vec<usize> = rows.filter(|row| (top..top + page).contains(&sidebar::line_of(model, *row))).collect();
    if let (Some(first), Some(last)) = (seen.first(), seen.last()) {
        (model.panes.type_top, model.panes.type_row) = (top, model.panes.type_row.clamp(*first, *last));
    }
}

/// Keeps the cursor of the types in sight.
pub(super) fn follow_types(model: &mut Model) {
    let ((page, all), line) = (sidebar::extent(model), sidebar::line_of(model, model.panes.type_row));
    let top = model.panes.type_top.min(all.saturating_sub(page));
    model.panes.type_top = top.min(line).max((line + 1).saturating_sub(page));
}

/// Scrolls the details, as far as they go, where they are shown.
pub(super) fn scroll_details(model: &mut Model, by: isize) -> Vec<Effect> {
    if model.power.is_none() && areas::areas(model).inside(Pane::Details).is_none() {
        let key = model.look.keys.key(Action::OpenDetails);
        model.notice.note(format!("{key} opens the details."), model.today.now);
        return Vec::new();
    }
    let (page, all) = details::extent(model);
    model.details.top = model.details.top.saturating_add_signed(by).min(all.saturating_sub(page));
    Vec::new()
}

/// Whether a pane is all that is shown.
pub(super) fn is_whole(model: &Model, pane: Pane) -> bool {
    model.panes.focus() == pane && areas::areas(model).panes.iter().all(|(shown, _)| *shown == pane)
}

/// Gives the keys to a pane.
pub(super) fn focus(model: &mut Model, pane: Pane) -> Vec<Effect> {
    if pane == Pane::Details && model.current_task().is_none() {
        model.notice.note("No task to show here.", model.today.now);
        return Vec::new();
    }
    model.panes.focus_on(pane);
    Vec::new()
}

/// Gives the keys to the pane `by` places on. Where panes are tabs, lists are, and the types
/// while they have the keys.
pub(super) fn next_pane(model: &mut Model, by: isize) -> Vec<Effect> {
    let wide = areas::Layout::of(model.size) == areas::Layout::Wide;
    let focused = model.panes.focus();
    let is_tab = |pane: Pane| matches!(pane, Pane::List(_)) || pane == Pane::Types && focused == pane;
    let mut order = model.panes.tab_order();
    // Details of no task take no keys: they would stop the round.
    let takes_keys = |pane: Pane| pane != Pane::Details || model.current_task().is_some();
    order.retain(|pane| takes_keys(*pane) && if wide { model.panes.shows(*pane) } else { is_tab(*pane) });
    let here = if wide || is_tab(focused) { focused } else { Pane::List(model.panes.list_name()) };
    let place = order.iter().position(|pane| *pane == here).unwrap_or(0);
    let count = isize::try_from(order.len()).unwrap_or(1);
    let next = (isize::try_from(place).unwrap_or(0) + by).rem_euclid(count);
    focus(model, order[next.unsigned_abs()])
}

/// Goes to the task that was changed last, wherever it is now.
pub(super) fn go_last_changed(model: &mut Model) -> Vec<Effect> {
    let Some(task) = model.data.changed else {
        model.notice.note("Nothing was changed since the start.", model.today.now);
        return Vec::new();
    };
    go_to(model, task)
}

/// Goes to a task, wherever it is: types, people and a search hide it no longer than the
/// cursor is there.
pub(super) fn go_to(model: &mut Model, task: TaskNumber) -> Vec<Effect> {
    (model.panes.goal, model.data.keep) = (Some(task), Some(task));
    vec![reads::everything(model)]
}
