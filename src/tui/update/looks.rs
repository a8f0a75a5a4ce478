//! How the screen looks: its theme, its layout.

use super::{Effect, act};
use crate::settings::theme::Theme;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::menu;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::{Arrangement, Growth};
use crate::tui::view::areas::Layout;

/// What is said where no theme shows.
const NO_COLOURS: &str = "No colours here: NO_COLOR, TERM=dumb or --color never says so.";

/// Opens the themes. Where there are no colours no theme shows, and where a file is no
/// theme it says why.
pub(super) fn open_themes(model: &mut Model) -> Vec<Effect> {
    if !model.look.colour {
        model.notice.note(NO_COLOURS, model.today.now);
        return Vec::new();
    }
    if let Some(broken) = model.look.themes.broken().first() {
        model.notice.error(broken.clone());
    }
    let menu = menu::themes(&model.look.theme, model.look.themes.all());
    model.overlays.open(Overlay::Themes(menu));
    Vec::new()
}

/// Keeps the theme chosen.
pub(super) fn take_theme(model: &mut Model, theme: Theme) -> Vec<Effect> {
    model.notice.note(format!("Theme: {}.", theme.name()), model.today.now);
    model.look.theme = theme;
    act::remember(model).into_iter().collect()
}

/// Keeps the theme of a name.
///
/// # Errors
/// When there is none, or there are no colours.
pub(super) fn take_named(model: &mut Model, name: &str) -> Result<Vec<Effect>, String> {
    if !model.look.colour {
        return Err(NO_COLOURS.to_owned());
    }
    let all = model.look.themes.all();
    match all.iter().find(|theme| theme.name().eq_ignore_ascii_case(name)).cloned() {
        Some(theme) => Ok(take_theme(model, theme)),
        None => {
            let names: Vec<&str> = all.iter().map(Theme::name).collect();
            Err(format!("Unknown theme {name:?}. There are {}.", names.join(", ")))
        }
    }
}

/// The next layout.
pub(super) fn cycle_layout(model: &mut Model) -> Vec<Effect> {
    let next = model.panes.arrangement.next();
    arrange(model, next)
}

/// Shows these panes.
pub(super) fn arrange(model: &mut Model, arrangement: Arrangement) -> Vec<Effect> {
    if has_no_room(model) {
        return Vec::new();
    }
    model.panes.arrangement = arrangement;
    let key = |action| model.look.keys.key(action);
    let types = key(Action::GoTypes);
    let words = match model.panes.arrangement {
        Arrangement::All => "All panes.".to_owned(),
        Arrangement::NoSidebar => format!("No types at the side: {types} shows them."),
        Arrangement::ListsOnly => format!("Lists only: {} shows a task, {types} the types.", key(Action::OpenDetails)),
    };
    model.notice.note(words, model.today.now);
    act::remember(model).into_iter().collect()
}

/// Makes the pane that has the keys larger, then as large as the screen, then as usual.
pub(super) fn enlarge(model: &mut Model) -> Vec<Effect> {
    if has_no_room(model) {
        return Vec::new();
    }
    let is_wide = Layout::of(model.size) == Layout::Wide;
    model.panes.growth = match model.panes.growth.next() {
        // Where one pane is shown at a time it can only have all the room, or not.
        Growth::Larger if !is_wide => Growth::Whole,
        next => next,
    };
    act::remember(model).into_iter().collect()
}

fn has_no_room(model: &mut Model) -> bool {
    let is_tiny = Layout::of(model.size) == Layout::Tiny;
    if is_tiny {
        model.notice.note("One pane has all the room here.", model.today.now);
    }
    is_tiny
}
