//! Types, people and zone; menus, fields and questions; one step back.

use std::path::PathBuf;

use super::{
    Effect, act, changing, editing, ending, figures, finding, forming, looks, moving, palette, powering, purging,
    reads, saving,
};
use crate::domain::filter::{People, TypeSet};
use crate::domain::task::{Party, RepId};
use crate::domain::zone::Zone;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::choice::{Choice, SideRow, TypeRow};
use crate::tui::model::field::Field;
use crate::tui::model::menu;
use crate::tui::model::overlay::{Asked, Overlay};
use crate::tui::model::panes::Pane;
use crate::tui::model::sheet::{About, Sheet};
use crate::tui::request::{Read, Write};

/// Changes the types shown.
pub(super) fn types(model: &mut Model, change: impl FnOnce(&mut Choice)) -> Vec<Effect> {
    // A search that is shown over all types is narrowed from there.
    if std::mem::take(&mut model.find.all_types) {
        model.choice.set(TypeSet::ALL);
    }
    change(&mut model.choice);
    refilter(model)
}

/// Shows the lists anew after the filter changed, and remembers it.
fn refilter(model: &mut Model) -> Vec<Effect> {
    model.data.keep = None;
    std::iter::once(reads::deciding(model)).chain(act::remember(model)).collect()
}

fn row_under_cursor(model: &Model) -> SideRow {
    let rows = model.side_rows();
    rows[model.panes.type_row.min(rows.len() - 1)]
}

/// Only the type, or the saved search, under the sidebar's cursor, and on to the list.
pub(super) fn apply_row(model: &mut Model) -> Vec<Effect> {
    match row_under_cursor(model) {
        SideRow::Type(row) => {
            moving::focus(model, Pane::List(model.panes.list_name()));
            types(model, |choice| choice.only(row))
        }
        SideRow::Saved(at) => saving::show(model, at),
    }
}

/// Adds the type under the sidebar's cursor, or takes it out.
pub(super) fn add_row(model: &mut Model) -> Vec<Effect> {
    match row_under_cursor(model) {
        SideRow::Type(row) => types(model, |choice| choice.toggle(row)),
        SideRow::Saved(at) => saving::show(model, at),
    }
}

/// Opens the people, and asks who there is.
pub(super) fn open_people(model: &mut Model) -> Vec<Effect> {
    let menu = menu::people(model.look.me.as_ref(), &model.choice.people, &model.data.reps);
    let menu = if model.data.reps.is_empty() { menu.until_more_come() } else { menu };
    model.overlays.open(Overlay::People(menu));
    vec![Effect::Read(model.data.next_number(), Read::Reps)]
}

/// Opens the time zones.
pub(super) fn open_zones(model: &mut Model) -> Vec<Effect> {
    model.overlays.open(Overlay::Zones(menu::zones(model.today.zone)));
    Vec::new()
}

/// Asks for the path of a file.
pub(super) fn open_import(model: &mut Model) -> Vec<Effect> {
    model.overlays.open(Overlay::ImportPath(Field::default()));
    Vec::new()
}

/// Opens the help of the pane that has the keys.
pub(super) fn open_help(model: &mut Model) -> Vec<Effect> {
    let context = model.context();
    // Over a page that is searched the keys of a field would be help about help.
    if !matches!(model.overlays.top(), Some(Overlay::Sheet(_))) {
        model.overlays.open(Overlay::Sheet(Sheet::new(About::Keys(context))));
    }
    Vec::new()
}

/// Opens what was said.
pub(super) fn open_messages(model: &mut Model) -> Vec<Effect> {
    model.overlays.open(Overlay::Sheet(Sheet::new(About::Messages)));
    Vec::new()
}

/// Looks for something on the page.
pub(super) fn find_here(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Sheet(sheet)) = model.overlays.top_mut() {
        sheet.is_typing = true;
    }
    Vec::new()
}

/// Closes what lies on top.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    match close_top(model) {
        Some(_) => Vec::new(),
        None => powering::leave(model),
    }
}

/// Closes what lies on top. A call whose end is left unsaid is not asked about again.
fn close_top(model: &mut Model) -> Option<Overlay> {
    let closed = model.overlays.close();
    if let Some(Overlay::Called(_)) = closed {
        model.data.called = None;
    }
    closed
}

/// Takes what the menu, the field or the question offers.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    match model.overlays.top_mut() {
        Some(Overlay::Date(_)) => return editing::take_date(model),
        Some(Overlay::Palette(_)) => return palette::accept(model),
        Some(Overlay::Sheet(sheet)) => {
            sheet.is_typing = false;
            return Vec::new();
        }
        _ => {}
    }
    if let Some(Overlay::Find(_)) = model.overlays.top() {
        return finding::keep(model);
    }
    let is_to_come = match model.overlays.top_mut() {
        Some(Overlay::People(menu)) => menu.take_later(),
        Some(Overlay::Assign(menu, _)) => menu.take_later(),
        _ => false,
    };
    if is_to_come {
        return Vec::new();
    }
    // It says itself that nothing matches.
    let is_empty = match model.overlays.top() {
        Some(Overlay::Zones(menu)) => menu.chosen().is_none(),
        Some(Overlay::People(menu)) => menu.chosen().is_none(),
        Some(Overlay::Assign(menu, _)) => menu.chosen().is_none(),
        Some(Overlay::Themes(menu)) => menu.chosen().is_none(),
        _ => false,
    };
    if is_empty {
        return Vec::new();
    }
    match model.overlays.close() {
        Some(Overlay::Snooze(menu)) => editing::take_snooze(model, &menu),
        Some(Overlay::Assign(menu, tasks)) => match menu.chosen() {
            Some(chosen) => editing::take_rep(model, tasks, chosen.value.clone()),
            None => Vec::new(),
        },
        Some(Overlay::Note(note)) => editing::take_note(model, note),
        Some(Overlay::Zones(menu)) => match menu.chosen() {
            Some(chosen) => choose_zone(model, chosen.value),
            None => Vec::new(),
        },
        Some(Overlay::People(menu)) => match menu.chosen() {
            Some(chosen) => show_people(model, chosen.value.clone(), chosen.words.clone()),
            None => Vec::new(),
        },
        Some(Overlay::Themes(menu)) => match menu.chosen() {
            Some(chosen) => looks::take_theme(model, chosen.value.clone()),
            None => Vec::new(),
        },
        Some(Overlay::ImportPath(field)) => import(model, field),
        Some(Overlay::SaveAs(field)) => saving::take_name(model, field),
        Some(Overlay::Question(question)) => match question.about {
            Asked::Edit(tasks, edit) => {
                let date = editing::close_date(model);
                let effects = changing::do_edit(model, tasks, edit);
                editing::keep_date(model, date, &effects);
                effects
            }
            Asked::Purge(agreed) => purging::agreed(model, agreed),
            Asked::Forget(saved) => changing::write(model, Write::ForgetSearch(saved)),
        },
        Some(Overlay::Discard(leaving)) => forming::discard(model, leaving),
        Some(Overlay::Calendar(strip)) => figures::see_day(model, &strip),
        Some(Overlay::Sheet(_) | Overlay::Palette(_) | Overlay::Stats(_) | Overlay::Date(_) | Overlay::Form(_))
        | Some(Overlay::Find(_) | Overlay::Conflict(_) | Overlay::Call(_) | Overlay::Called(_))
        | None => Vec::new(),
    }
}

/// The reps have come. An open menu has them, and what was pressed meanwhile is done.
pub(super) fn take_reps(model: &mut Model, reps: Vec<(Party<RepId>, u64)>) -> Vec<Effect> {
    model.data.reps = reps;
    let (me, reps) = (model.look.me.as_ref(), &model.data.reps);
    let takes = match model.overlays.asking_mut() {
        Some(Overlay::People(open)) => open.renew(menu::people(me, &model.choice.people, reps), |_| None),
        Some(Overlay::Assign(open, _)) => open.renew(menu::reps(me, reps), |text| menu::typed_rep(text, reps)),
        _ => false,
    };
    palette::renew(model);
    model.touch();
    if takes { accept(model) } else { Vec::new() }
}

/// The reps cannot be read: an open menu has no more lines than it has.
pub(super) fn give_up_reps(model: &mut Model) {
    match model.overlays.asking_mut() {
        Some(Overlay::People(menu)) => menu.give_up_waiting(),
        Some(Overlay::Assign(menu, _)) => menu.give_up_waiting(),
        _ => {}
    }
}

/// What the snooze menu leads to by now.
pub(super) fn renew_menu(model: &mut Model) {
    let today = model.today;
    if let Some(Overlay::Snooze(menu)) = model.overlays.asking_mut() {
        menu.renew(&today);
    }
}

/// The machine has come to another zone. The screen goes with it, unless a zone was chosen.
pub(super) fn arrive(model: &mut Model, zone: Zone) -> Vec<Effect> {
    model.look.here = Some(zone);
    model.touch();
    if model.look.is_zone_here { show_zone(model, zone) } else { Vec::new() }
}

/// Shows times in a zone that was chosen.
pub(super) fn choose_zone(model: &mut Model, zone: Zone) -> Vec<Effect> {
    model.look.is_zone_here = false;
    show_zone(model, zone)
}

/// The zone of the machine, from now on wherever that goes.
pub(super) fn go_with_the_machine(model: &mut Model) -> Vec<Effect> {
    let here = model.look.here.unwrap_or(model.today.zone);
    model.look.is_zone_here = true;
    show_zone(model, here)
}

fn show_zone(model: &mut Model, zone: Zone) -> Vec<Effect> {
    model.today = model.today.seen_in(zone);
    renew_menu(model);
    finding::renew(model);
    model.notice.note(format!("Times are shown in {}.", zone.name()), model.today.now);
    vec![reads::everything(model)]
}

/// Shows the tasks of people, whose words the title has.
pub(super) fn show_people(model: &mut Model, people: People, words: String) -> Vec<Effect> {
    model.choice.person = (people != People::Everyone).then_some(words);
    model.choice.people = people;
    refilter(model)
}

/// Imports the file of a path; one that cannot be imported brings its path back.
pub(super) fn import(model: &mut Model, field: Field) -> Vec<Effect> {
    let path = field.text().trim();
    if path.is_empty() {
        model.notice.note("No file was named.", model.today.now);
        return Vec::new();
    }
    let now = model.today.now;
    model.notice.note("Importing...", now);
    let effects = changing::write(model, Write::Import(PathBuf::from(path), now));
    forming::keep_typed(model, Overlay::ImportPath(field), effects)
}

/// One step back: what is open, the error, the pane, the search, the marks, the types, the person.
pub(super) fn step_back(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Form(_) | Overlay::Note(_)) = model.overlays.top() {
        return forming::cancel(model);
    }
    if let Some(Overlay::Find(_)) = model.overlays.top() {
        return finding::give_up(model);
    }
    if let Some(Overlay::Sheet(sheet)) = model.overlays.top_mut()
        && sheet.step_back()
    {
        return Vec::new();
    }
    if ending::take_back(model) {
        return Vec::new();
    }
    // The number may be dialled by hand where no program could.
    if let (Some(Overlay::Called(_)), true) = (model.overlays.top(), model.notice.is_error()) {
        model.notice.dismiss();
        return Vec::new();
    }
    match close_top(model) {
        // What was wrong with the path goes with it.
        Some(Overlay::ImportPath(_)) => {
            model.notice.dismiss();
            return Vec::new();
        }
        Some(_) => return Vec::new(),
        None if model.notice.is_error() && model.notice.dismiss() => return Vec::new(),
        None => {}
    }
    // There is nothing that a filter could hide.
    if model.is_first_run() {
        model.notice.dismiss();
        return Vec::new();
    }
    if model.power.is_some() {
        return powering::leave(model);
    }
    if matches!(model.panes.focus(), Pane::Details | Pane::Types) {
        return moving::focus(model, Pane::List(model.panes.list_name()));
    }
    if !model.find.is_empty() {
        return finding::drop_search(model);
    }
    if model.marks.clear() {
        return Vec::new();
    }
    if !model.choice.types().is_all() {
        let key = model.look.keys.key(Action::AllTypes);
        model.notice.note(format!("All types. {key} shows the last choice again."), model.today.now);
        return types(model, |choice| choice.only(TypeRow::All));
    }
    if model.choice.people != People::Everyone {
        return show_people(model, People::Everyone, String::new());
    }
    model.notice.dismiss();
    Vec::new()
}
