//! Themes: chosen with a preview, kept, found again.

use super::three;
use crate::settings::theme::{Theme, Themes};
use crate::tui::desk::Desk;
use crate::tui::model::Look;
use crate::tui::model::memory::Memory;
use crate::tui::model::panes::{Arrangement, Growth, Pane};
use crate::tui::request::ListName;
use crate::tui::view::areas;

fn shown(desk: &Desk) -> &str {
    desk.model.theme().name()
}

#[test]
fn the_screen_shows_the_theme_under_the_cursor_and_esc_goes_back() {
    let mut desk = three();
    desk.press("T");
    let (text, cells) = (desk.screen(), desk.buffer());
    desk.press("Down");
    assert_eq!(shown(&desk), "dark");
    assert!(desk.screen() == text && desk.buffer() != cells, "it looks otherwise and says the same");
    desk.press("Esc");
    assert_eq!(shown(&desk), "default");
    assert_eq!(desk.model.look.theme, Theme::default());
}

#[test]
fn enter_keeps_a_theme_and_the_next_start_finds_it() {
    let mut desk = three();
    desk.press("T").write_in("high").press("Enter");
    assert_eq!((shown(&desk), desk.notice().as_str()), ("high-contrast", "Theme: high-contrast."));
    let memory = Memory::of(&desk.model);
    let mut next = three();
    memory.recall(&mut next.model);
    assert_eq!(shown(&next), "high-contrast");
}

#[test]
fn a_theme_that_the_settings_name_since_counts_more_than_the_one_kept() {
    let mut desk = three();
    desk.press("T Down Enter");
    let memory = Memory::of(&desk.model);
    let themes = Themes::load(None, "light").expect("built in");
    let look = Look { colour: true, theme: themes.set().clone(), themes, ..Look::default() };
    let mut next = three().looking(look);
    memory.recall(&mut next.model);
    assert_eq!(shown(&next), "light");
}

#[test]
fn where_there_are_no_colours_the_look_is_mono_and_t_says_why() {
    let mut desk = three().looking(Look::default());
    desk.press("T");
    assert_eq!(shown(&desk), "mono");
    assert!(desk.notice().starts_with("No colours here: NO_COLOR"), "{}", desk.notice());
    assert!(desk.model.overlays.top().is_none());
}

#[test]
fn w_goes_through_the_layouts_and_a_hidden_pane_is_shown_while_it_has_the_keys() {
    let mut desk = three().sized(140, 40);
    let has = |desk: &Desk, words: &str| desk.screen().contains(words);
    desk.press("w");
    assert!(!has(&desk, " Types ") && has(&desk, "To-do 1 of 3"), "{}", desk.screen());
    desk.press("g t");
    assert!(has(&desk, " Types "));
    desk.press("Esc w");
    assert!(!has(&desk, " Types ") && !has(&desk, "To-do 1 of 3"), "{}", desk.screen());
    desk.press("Enter");
    assert!(has(&desk, "To-do 1 of 3"));
    desk.press("Esc w");
    assert!(has(&desk, " Types ") && has(&desk, "To-do 1 of 3"));
}

#[test]
fn tab_passes_the_panes_that_the_layout_shows() {
    let mut desk = three().sized(140, 40);
    desk.press("w w Tab");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
    desk.press("Tab");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
}

#[test]
fn plus_makes_the_pane_with_the_keys_larger_then_whole_then_as_usual() {
    let mut desk = three().sized(140, 40);
    let width = |desk: &Desk| areas::areas(&desk.model).inside(Pane::Details).map_or(0, |inside| inside.width);
    desk.press("Enter");
    let usual = width(&desk);
    desk.press("+");
    let larger = width(&desk);
    desk.press("+");
    assert!(usual < larger && width(&desk) == 138, "{usual} {larger} {}", width(&desk));
    desk.press("+");
    assert_eq!(width(&desk), usual);
}

#[test]
fn the_next_start_finds_the_layout_again() {
    let mut desk = three().sized(140, 40);
    desk.press("w + +");
    let memory = Memory::of(&desk.model);
    let mut next = three().sized(140, 40);
    memory.recall(&mut next.model);
    assert_eq!((next.model.panes.arrangement, next.model.panes.growth), (Arrangement::NoSidebar, Growth::Whole));
}

#[test]
fn where_one_pane_has_all_the_room_the_layout_stays() {
    let mut desk = three().sized(40, 12);
    for key in ["w", "+"] {
        desk.press(key);
        assert_eq!(desk.notice(), "One pane has all the room here.");
    }
    assert_eq!(desk.model.panes.arrangement, Arrangement::All);
}
