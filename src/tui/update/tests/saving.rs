//! Saved searches on the screen.

use super::MORNING;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::memory::Memory;
use crate::tui::model::panes::Pane;
use crate::tui::request::ListName;
use crate::tui::update::Msg;

fn calls() -> Desk {
    inbox([
        todo("Send quote").lead("Fabrikam").due("2026-01-02"),
        todo("Ring Acme").lead("Acme").due("2026-01-05"),
        task("voicemail").lead("Acme").due("2026-01-05T12:00:00+00:00"),
        todo("Renewal").lead("Acme").due("2026-01-09"),
    ])
    .at(MORNING)
}

fn saved() -> Desk {
    let mut desk = calls();
    desk.press("/").write_in("lead:acme").press("Ctrl-s").write_in("hot leads").press("Enter");
    assert_eq!(desk.notice(), "Saved \"hot leads\": g 1. It finds all types.");
    desk.press("Esc");
    desk
}

#[test]
fn a_saved_search_stands_below_the_types_with_its_count_of_all_types_as_it_is_by_now() {
    let mut desk = saved().sized(140, 40);
    assert_eq!(desk.model.data.saved[0].1, Some(2));
    assert!(desk.screen().contains(" g1 hot leads   2"), "{}", desk.screen());
    desk.press("j e");
    assert_eq!(desk.model.data.saved[0].1, Some(1));
    let mut desk = desk.sized(100, 30);
    desk.press("g 1");
    assert!(desk.screen().contains("[g1 hot leads 1]"), "{}", desk.screen());
}

#[test]
fn g_and_its_place_shows_it_over_all_types_and_esc_goes_back() {
    let mut desk = saved();
    desk.press("g t g 1");
    assert_eq!((desk.titles(ListName::Inbox).len(), desk.model.panes.focus()), (2, Pane::List(ListName::Inbox)));
    assert!(desk.screen().contains("search: lead:acme"), "{}", desk.screen());
    desk.press("Esc");
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote", "Ring Acme"]);
    desk.press("g 2");
    assert_eq!(desk.notice(), "No saved search 2. Ctrl-s in the field of a search saves one.");
    desk.press("g");
    assert!(desk.screen().contains("1 hot leads"), "{}", desk.screen());
}

#[test]
fn in_the_types_enter_shows_a_saved_search_and_the_delete_key_forgets_it() {
    let mut desk = saved();
    desk.press("g t G Enter");
    assert_eq!(desk.titles(ListName::Inbox).len(), 2);
    desk.press("Esc g t k #");
    assert_eq!(desk.notice(), "A type stays. Saved searches can be deleted here.");
    desk.press("j #");
    assert!(desk.screen().contains("Delete the saved search \"hot leads\"? y/N"), "{}", desk.screen());
    desk.press("n");
    assert_eq!(desk.model.data.saved.len(), 1, "no undo brings it back, so a no keeps it");
    desk.press("# y");
    assert_eq!((desk.notice().as_str(), desk.model.data.saved.len()), ("Deleted \"hot leads\": lead:acme", 0));
    assert_eq!(desk.tasks.len(), 4, "no task is deleted");
}

#[test]
fn what_a_saved_search_replaces_is_told_so_that_it_can_be_typed_again() {
    let mut desk = saved();
    desk.press("0 /").write_in("quote").press("Ctrl-s").write_in("HOT leads").press("Enter");
    assert_eq!(desk.notice(), "Replaced \"HOT leads\": g 1. It was lead:acme");
    assert_eq!(desk.model.data.saved.len(), 1);
    desk.press(":").write_in("save hot leads").press("Enter");
    assert_eq!(desk.notice(), "Saved \"hot leads\": g 1.", "the same again replaces nothing");
}

#[test]
fn a_name_that_says_nothing_is_asked_for_again_and_nothing_is_saved_without_a_search() {
    let mut desk = calls();
    desk.press("/").write_in("acme").press("Ctrl-s Enter");
    assert_eq!(desk.notice(), "The name is empty. Write one such as hot leads.");
    assert!(desk.model.overlays.top().is_some());
    desk.press("Esc Esc / Ctrl-s");
    assert_eq!(desk.notice(), "Nothing is searched for: / begins a search.");
    desk.press("/").write_in("tpye:lead").press("Ctrl-s");
    assert!(desk.model.data.saved.is_empty() && desk.model.overlays.top().is_some(), "what is wrong stays");
}

#[test]
fn the_palette_saves_under_the_name_that_stands_behind_its_command() {
    let mut desk = calls();
    desk.press("/").write_in("acme").press("Enter :").write_in("save hot leads").press("Enter");
    assert_eq!(
        (desk.notice().as_str(), desk.model.data.saved.len()),
        ("Saved \"hot leads\": g 1. It finds all types.", 1)
    );
    desk.press("Esc :").write_in("save more").press("Enter");
    assert!(desk.screen().contains("Nothing is searched for: / begins a search."), "{}", desk.screen());
}

#[test]
fn the_next_start_searches_for_what_was_searched_for() {
    let mut desk = calls();
    desk.press("/").write_in("acme").press("Enter");
    let next = |desk: &Desk| {
        let mut next = calls();
        Memory::read(Some(&Memory::of(&desk.model).write())).expect("kept").recall(&mut next.model);
        next.send(Msg::FileChanged);
        next
    };
    assert_eq!(next(&desk).titles(ListName::Inbox), ["Ring Acme"]);
    desk.press("/").write_in("quote");
    assert_eq!(next(&desk).titles(ListName::Inbox), ["Ring Acme"], "what is still typed is not kept");
    desk.press("Esc Esc");
    assert_eq!(next(&desk).titles(ListName::Inbox), ["Send quote", "Ring Acme"]);
    let mut desk = saved();
    desk.press("g 1");
    assert_eq!(next(&desk).titles(ListName::Inbox).len(), 2, "over all types");
}
