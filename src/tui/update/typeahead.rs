//! What is typed faster than the disk answers. A key that acts on a task waits while the
//! answer decides which task that is, and what is typed behind it waits, too: everything is
//! about what it would be about if each answer came at once.

use super::{Effect, Msg, act, keys};
use crate::tui::action::Action;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Typed};

/// Keeps what must wait. Whether it did.
pub(super) fn keeps(model: &mut Model, msg: &Msg) -> bool {
    let typed = match msg {
        Msg::Key(event) if !event.is_release() => Typed::Key { event: *event, is_hurried: false },
        Msg::HurriedKey(event) if !event.is_release() => Typed::Key { event: *event, is_hurried: true },
        Msg::Paste(text) => Typed::Paste(text.clone()),
        // What stands where it points is about to change.
        Msg::Mouse(_) => return !model.typed_ahead.is_empty(),
        _ => return false,
    };
    keep(model, typed)
}

/// Does an action that was clicked, or keeps it.
pub(super) fn click(model: &mut Model, action: Action) -> Vec<Effect> {
    if keep(model, Typed::Clicked(action)) {
        return Vec::new();
    }
    act::perform(model, action)
}

fn keep(model: &mut Model, typed: Typed) -> bool {
    let waits = match model.typed_ahead.back() {
        None => waits(model, &typed),
        Some(last) => !passes(model, &typed, last),
    };
    if waits {
        model.typed_ahead.push_back(typed);
    }
    waits
}

/// Whether something need not wait behind `last`: where the disk hangs, a second Ctrl-c still ends.
fn passes(model: &Model, typed: &Typed, last: &Typed) -> bool {
    match meant(model, typed) {
        Some(Action::Suspend | Action::Redraw) => true,
        Some(Action::QuitNow) => meant(model, last) == Some(Action::QuitNow),
        _ => false,
    }
}

/// What waited first, once it need not wait any more.
pub(super) fn next(model: &mut Model) -> Option<Typed> {
    let first = model.typed_ahead.front()?;
    if waits(model, first) {
        return None;
    }
    model.typed_ahead.pop_front()
}

/// Does what waited.
pub(super) fn act(model: &mut Model, typed: Typed) -> Vec<Effect> {
    match typed {
        Typed::Key { event, is_hurried } => keys::press(model, event, is_hurried),
        Typed::Paste(text) => keys::paste(model, &text),
        Typed::Clicked(action) => act::perform(model, action),
    }
}

fn meant(model: &Model, typed: &Typed) -> Option<Action> {
    match typed {
        Typed::Key { event, .. } => keys::action_of(model, *event),
        Typed::Paste(_) => None,
        Typed::Clicked(action) => Some(*action),
    }
}

fn waits(model: &Model, typed: &Typed) -> bool {
    if model.data.leaving {
        return false;
    }
    if is_to_be_taken(model) {
        return meant(model, typed) != Some(Action::StepBack);
    }
    let Some(action) = meant(model, typed) else { return false };
    match (model.overlays.top(), action) {
        // Which task is the first of a day, only the disk knows.
        (Some(Overlay::Calendar(strip)), Action::Accept) => strip.days.is_none(),
        (Some(Overlay::Calendar(_)), Action::SnoozeToDay) => model.are_targets_coming(),
        (Some(Overlay::Palette(_)), Action::Accept) => model.are_targets_coming(),
        // The cursor goes to the task of the call.
        (Some(Overlay::Called(_)), Action::Note | Action::Open | Action::Call | Action::CopyNumber) => {
            model.is_cursor_coming()
        }
        (Some(_), _) => false,
        (None, _) => match Subject::of(action) {
            Subject::None => false,
            Subject::Marks => model.are_marks_coming(),
            Subject::Place => model.is_cursor_coming(),
            Subject::Tasks => model.are_targets_coming(),
        },
    }
}

/// Whether a line of the menu is wanted that is still being read, or an outcome is said
/// before the disk has told of the call: what is typed now is meant for what follows.
fn is_to_be_taken(model: &Model) -> bool {
    match model.overlays.top() {
        Some(Overlay::People(menu)) => menu.is_to_be_taken(),
        Some(Overlay::Assign(menu, _)) => menu.is_to_be_taken(),
        Some(Overlay::Called(called)) => called.wanted.is_some(),
        _ => false,
    }
}

/// What an action in a pane is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// Nothing that the cursor or the marks have to do with.
    None,
    /// The marks, a search, a filter: what one step back takes away.
    Marks,
    /// The place of the cursor: moving from a row that is still to come goes on from there.
    Place,
    /// The task under the cursor, or the marked ones.
    Tasks,
}

impl Subject {
    fn of(action: Action) -> Subject {
        use Action::*;
        match action {
            StepBack => Subject::Marks,
            MoveDown | MoveUp | First | Last | HalfPageDown | HalfPageUp | PageDown | PageUp => Subject::Place,
            GoInbox | GoArchive | GoFuture | GoTypes | NextPane | PreviousPane | ToggleFuture => Subject::Place,
            DetailsDown | DetailsUp | CycleLayout | Enlarge | ToggleMouse | ChooseTheme | Redraw | Suspend => {
                Subject::None
            }
            AllTypes | OnlyType(_) | ApplyType | AddType | ChoosePeople | ChooseZone | Types | Sort | Group => {
                Subject::None
            }
            Undo | Redo | New | LoadDemo | ImportFile => Subject::None,
            Stats | Help | Messages | Palette | Decide | Quit | QuitNow => Subject::None,
            _ => Subject::Tasks,
        }
    }
}
