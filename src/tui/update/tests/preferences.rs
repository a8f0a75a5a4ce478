//! What a person has set: where the cursor goes, what the space bar does.

use super::three;
use crate::settings::{AfterMove, Keys, Space};
use crate::tui::desk::Desk;
use crate::tui::keymap::Keymap;
use crate::tui::model::Look;
use crate::tui::model::panes::Pane;
use crate::tui::request::ListName;

fn following() -> Desk {
    three().looking(Look { after_move: AfterMove::Follow, ..Look::default() })
}

#[test]
fn who_follows_goes_with_the_task_to_the_archive_and_back() {
    let mut desk = following();
    desk.press("e");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
    assert_eq!(desk.current(), "Send quote");
    desk.press("e");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
    assert_eq!(desk.current(), "Send quote");
}

#[test]
fn who_follows_stays_where_the_task_stays_or_is_gone() {
    let mut desk = following();
    desk.press("f");
    assert_eq!((desk.model.panes.focus(), desk.current().as_str()), (Pane::List(ListName::Inbox), "Send quote"));
    desk.press("# y");
    assert_eq!((desk.model.panes.focus(), desk.current().as_str()), (Pane::List(ListName::Inbox), "Call Dana"));
}

#[test]
fn the_space_bar_completes_unless_it_is_set_to_mark() {
    let mut desk = three();
    desk.press("Space");
    assert_eq!(desk.current(), "Call Dana");
    let keys = Keymap::new(&Keys::default(), Space::Mark).unwrap();
    let mut desk = three().looking(Look { keys, ..Look::default() });
    desk.press("Space");
    assert_eq!((desk.model.marks.tasks().len(), desk.current().as_str()), (1, "Send quote"));
    desk.press("e");
    assert_eq!(desk.titles(ListName::Archive), ["Send quote", "Old"]);
}
