//! Each action's rule, one line an arm.

use super::marking::Wanted;
use super::{
    Effect, asking, changing, choosing, editing, ending, figures, finding, forming, handing, leaving, linking, looks,
    marking, moving, palette, pointing, powering, reads, saving, sorting,
};
use crate::domain::kind::TaskType;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::choice::TypeRow;
use crate::tui::model::memory::Memory;
use crate::tui::model::panes::Pane;
use crate::tui::request::{ListName, Write};
use crate::tui::view::areas;

/// Does what the action says.
pub(super) fn perform(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(drill) = &mut model.drill {
        drill.take(action);
    }
    if let Some(guide) = &mut model.guide {
        guide.take(action);
    }
    if let Some(motion) = moving::Motion::of(action) {
        moving::go(model, motion);
        model.details.trail();
        return std::iter::once(Effect::Rest).chain(leave_kept(model)).collect();
    }
    model.details.catch_up();
    model.touch();
    if let Some(why) = powering::refusal(model, action).filter(|_| model.overlays.top().is_none()) {
        model.notice.note(why, model.today.now);
        return Vec::new();
    }
    match action {
        Action::DetailsDown => moving::scroll_details(model, 1),
        Action::DetailsUp => moving::scroll_details(model, -1),
        Action::NextPane => moving::next_pane(model, 1),
        Action::PreviousPane => moving::next_pane(model, -1),
        Action::OpenDetails => sorting::open(model),
        Action::CloseDetails => moving::focus(model, Pane::List(model.panes.list_name())),
        Action::GoInbox => moving::focus(model, Pane::List(ListName::Inbox)),
        Action::GoArchive => moving::focus(model, Pane::List(ListName::Archive)),
        Action::GoFuture => moving::focus(model, Pane::List(ListName::Future)),
        Action::GoTypes => moving::focus(model, Pane::Types),
        Action::GoLastChanged => moving::go_last_changed(model),
        Action::ToggleFuture => toggle_future(model),
        Action::Complete | Action::Reopen => changing::toggle(model),
        Action::Undo => changing::undo(model, 1),
        Action::Redo => changing::redo(model, 1),
        Action::Decide => asking::turn_to(model),
        Action::Snooze => editing::open_snooze(model),
        Action::SnoozeTo(key) => editing::snooze_key(model, key),
        Action::SetDate => editing::open_date(model),
        Action::Assign => editing::open_assign(model),
        Action::Note => editing::open_note(model),
        Action::Power => powering::open(model),
        Action::Later => powering::later(model),
        Action::Earlier => powering::earlier(model),
        Action::Call => handing::call(model),
        Action::Dial => handing::dial(model),
        Action::Outcome => ending::open(model),
        Action::Ended(ended) => ending::end(model, ended),
        Action::AlsoDone => ending::toggle_debts(model),
        Action::Reply => handing::reply(model),
        Action::Open => handing::open(model),
        Action::OpenRecording => handing::open_recording(model),
        Action::CopyNumber => handing::copy_number(model),
        Action::CopyLink => handing::copy_link(model),
        Action::New => forming::open_new(model),
        Action::Edit => forming::open_edit(model),
        Action::NextField
        | Action::PreviousField
        | Action::NextOffer
        | Action::PreviousOffer
        | Action::SwitchKind
        | Action::Onward
        | Action::SaveForm
        | Action::OpenEditor => forming::perform(model, action),
        Action::Mine => forming::mine(model),
        Action::Theirs => forming::theirs(model),
        Action::Pin => changing::pin(model),
        Action::Delete => changing::delete(model),
        Action::Repeat => changing::repeat(model),
        Action::Mark => marking::mark(model),
        Action::MarkDown => marking::mark_and_go(model, 1),
        Action::MarkUp => marking::mark_and_go(model, -1),
        Action::MarkAll => marking::mark_all(model, Wanted::All),
        Action::MarkOverdue => marking::mark_all(model, Wanted::Overdue),
        Action::MarkType => marking::mark_all(model, Wanted::SameType),
        Action::MarkLead => marking::mark_all(model, Wanted::SameLead),
        Action::MarkNone => marking::mark_none(model),
        Action::MarksBack => marking::marks_back(model),
        Action::AllTypes => choosing::types(model, |choice| choice.toggle_all()),
        Action::OnlyType(task_type) => only(model, task_type),
        Action::ApplyType => choosing::apply_row(model),
        Action::AddType => choosing::add_row(model),
        Action::ChoosePeople => choosing::open_people(model),
        Action::ChooseZone => choosing::open_zones(model),
        Action::Stats => figures::open_stats(model),
        Action::Calendar => figures::open_calendar(model),
        Action::NextDay => figures::step(model, 1),
        Action::PreviousDay => figures::step(model, -1),
        Action::NextWeek => figures::step(model, 7),
        Action::PreviousWeek => figures::step(model, -7),
        Action::SnoozeToDay => figures::snooze_to_day(model),
        Action::Find => finding::open(model),
        Action::EarlierSearch => finding::recall(model, 1),
        Action::LaterSearch => finding::recall(model, -1),
        Action::ChooseTheme => looks::open_themes(model),
        Action::ToggleMouse => pointing::toggle_mouse(model),
        Action::CycleLayout => looks::cycle_layout(model),
        Action::Enlarge => looks::enlarge(model),
        Action::Sort => sorting::sort(model),
        Action::Group => sorting::group(model),
        Action::Fold => sorting::fold(model),
        Action::SaveSearch => saving::open(model),
        Action::ForgetSearch => saving::forget(model),
        Action::GoSaved(place) => saving::go(model, place),
        Action::CompleteWord => finding::complete(model, 1),
        Action::CompleteBack => finding::complete(model, -1),
        Action::LoadDemo => changing::demo(model),
        Action::ImportFile => choosing::open_import(model),
        Action::Sync => linking::sync(model),
        Action::Connect => linking::connect(model),
        Action::Help => choosing::open_help(model),
        Action::Messages => choosing::open_messages(model),
        Action::FindHere => choosing::find_here(model),
        Action::Palette => palette::open(model),
        Action::TakeName => palette::take_name(model),
        Action::Types | Action::Saved => palette::ask(model, action),
        Action::StepBack => choosing::step_back(model),
        Action::Accept | Action::Agree => choosing::accept(model),
        Action::Refuse | Action::Close => choosing::close(model),
        Action::Quit if moving::is_whole(model, Pane::Details) => {
            moving::focus(model, Pane::List(model.panes.list_name()))
        }
        Action::Quit => leaving::quit(model),
        Action::QuitNow => forming::quit_now(model),
        Action::Suspend => vec![Effect::Suspend],
        Action::Redraw => vec![Effect::Redraw],
        Action::MoveDown
        | Action::MoveUp
        | Action::First
        | Action::Last
        | Action::HalfPageDown
        | Action::HalfPageUp
        | Action::PageDown
        | Action::PageUp => Vec::new(),
    }
}

fn only(model: &mut Model, task_type: TaskType) -> Vec<Effect> {
    choosing::types(model, |choice| choice.only(TypeRow::Known(task_type)))
}

fn toggle_future(model: &mut Model) -> Vec<Effect> {
    model.panes.toggle_future();
    let areas = areas::areas(model);
    // One list has room for itself alone, and no tab tells of another.
    if model.panes.future_shown && areas.tabs.is_none() && areas.inside(Pane::List(ListName::Future)).is_none() {
        let keys = &model.look.keys;
        let words = format!("Future is shown: {} goes there.", keys.key(Action::GoFuture));
        model.notice.note(words, model.today.now);
    }
    remember(model).into_iter().collect()
}

/// A restored task that the types hide goes when the cursor leaves it.
pub(super) fn leave_kept(model: &mut Model) -> Vec<Effect> {
    match model.data.keep {
        Some(kept) if model.panes.current().number() != Some(kept) => {
            model.data.keep = None;
            vec![reads::everything(model)]
        }
        _ => Vec::new(),
    }
}

/// Keeps the screen for the next start.
pub(super) fn remember(model: &mut Model) -> Option<Effect> {
    let text = Memory::of(model).write();
    // Before anything was read there is nothing to keep, only something to lose.
    model.data.loaded.then(|| Effect::Write(model.data.next_number(), Write::Remember(text)))
}
