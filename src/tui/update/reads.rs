//! Questions to the disk: what the model lacks, asked before it is seen to lack it.

use super::Effect;
use crate::domain::number::PhoneNumber;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::model::{Loading, Model};
use crate::tui::request::{ListName, Read, Scope, Want};
use crate::tui::view::areas;

/// More marks are not looked up; how many of them are hidden is then not told.
const MOST_MARKS: usize = 10_000;

/// The cursor's row, and its neighbours.
const BESIDE_CURSOR: usize = 3;

/// Fewer rows are not worth a question to the disk.
const LEAST_ROWS: usize = 60;

/// What the lists hold now.
pub(super) fn scope(model: &Model) -> Scope {
    Scope {
        types: model.types(),
        people: model.choice.people.clone(),
        search: model.find.search().clone(),
        today: model.today,
        keep: model.data.keep,
        sorting: model.sorting.clone(),
    }
}

/// As [`everything`], where the answer decides on which tasks the cursors stand.
pub(super) fn deciding(model: &mut Model) -> Effect {
    model.data.loading = Loading::Decides;
    everything(model)
}

/// Asks for all lists and counts; every older question about them is late from now on.
pub(super) fn everything(model: &mut Model) -> Effect {
    let number = model.data.next_number();
    model.data.everything = number;
    if model.data.loading == Loading::Idle {
        model.data.loading = Loading::Renews;
    }
    // The card may have changed with the file.
    model.details.ask_again();
    let wants = Box::new(windows(model).map(|(name, _, rows)| want(model, name, rows)));
    for name in ListName::ALL {
        model.panes.list_mut(name).ask(number);
    }
    let marks = if model.marks.count() <= MOST_MARKS { model.marks.tasks() } else { Vec::new() };
    Effect::Read(number, Read::Everything { scope: scope(model), wants, marks })
}

fn want(model: &Model, name: ListName, rows: usize) -> Want {
    let want = model.panes.list(name).want(rows);
    Want { around: model.panes.goal.or(want.around), ..want }
}

/// How many lines of each list are seen, and how many rows are asked for: few while a search
/// is typed, for the next letter replaces them. The archive's are read behind the others, and
/// some may be on their way when the search is left.
fn windows(model: &Model) -> [(ListName, usize, usize); 3] {
    let is_typing = matches!(model.overlays.top(), Some(Overlay::Find(_)));
    let areas = areas::areas(model);
    areas::pages(model).map(|(name, page)| match (is_typing, areas.inside(Pane::List(name))) {
        (true, None) if name != ListName::Archive => (name, 1, BESIDE_CURSOR),
        (true, Some(_)) if name != ListName::Archive => (name, page, (2 * page).max(LEAST_ROWS / 2)),
        (true, _) => (name, page, (2 * page).max(LEAST_ROWS)),
        (false, _) => (name, page, (4 * page).max(LEAST_ROWS)),
    })
}

/// What is to be asked so that the next keys find their rows.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (list, page, rows) in windows(model) {
        if let Some(want) = model.panes.list(list).lacks(page, rows) {
            let number = model.data.next_number();
            model.panes.list_mut(list).ask(number);
            effects.push(Effect::Read(number, Read::Part { list, scope: scope(model), want }));
        }
    }
    effects.extend(card(model));
    effects.extend(saved(model));
    effects
}

/// Asks for what the details show beside the task, where they are shown.
fn card(model: &mut Model) -> Option<Effect> {
    if model.power.is_none() {
        areas::areas(model).details()?;
    }
    if model.data.loading != Loading::Idle {
        return None;
    }
    let row = model.details.unasked()?;
    let (task, lead) = (row.number, row.task.lead.id.clone());
    let has_number = row.task.body.call().and_then(PhoneNumber::of).is_some();
    let contact = row.task.contact.id.clone().filter(|_| !has_number);
    let number = model.data.next_number();
    model.details.ask(task, number);
    Some(Effect::Read(number, Read::Card { task, lead, contact }))
}

/// Asks for the saved searches once the lists have come; not for each letter of a search.
fn saved(model: &mut Model) -> Option<Effect> {
    let is_typing = matches!(model.overlays.top(), Some(Overlay::Find(_)));
    let is_loading = model.data.loading != Loading::Idle;
    if is_loading || is_typing || model.data.saved_after == model.data.everything {
        return None;
    }
    model.data.saved_after = model.data.everything;
    let (people, me) = (model.choice.people.clone(), model.look.me.clone());
    Some(Effect::Read(model.data.next_number(), Read::Saved { people, today: model.today, me }))
}

/// Keeps every cursor in sight.
pub(super) fn scroll(model: &mut Model) {
    for (list, page) in areas::pages(model) {
        let headings = areas::has_headings(model, list);
        model.panes.list_mut(list).scroll(page, headings);
    }
}
