//! `S` and `B`: other orders, and the tasks of a lead as one row.

use super::MORNING;
use crate::tui::desk::{Desk, inbox, todo};
use crate::tui::model::memory::Memory;
use crate::tui::model::panes::Pane;
use crate::tui::request::ListName;

fn leads() -> Desk {
    inbox([
        todo("Send quote").lead("Fabrikam").due("2026-01-02").with("date_created", "2026-01-01T10:00:00+00:00"),
        todo("Call Dana").lead("Tailspin").due("2026-01-05").with("date_created", "2025-12-01T10:00:00+00:00"),
        todo("Ask for the order").lead("Fabrikam").due("2026-01-05").with("date_created", "2025-12-03T10:00:00+00:00"),
        todo("Water the plants").due("2026-01-05").with("date_created", "2025-12-02T10:00:00+00:00"),
        todo("Visit").lead("Fabrikam").due("2026-01-09"),
    ])
    .at(MORNING)
    .sized(140, 40)
}

#[test]
fn each_press_of_s_sorts_otherwise_and_the_title_says_how() {
    let mut desk = leads();
    let mut after = |title: &str| {
        desk.press("S");
        assert!(desk.screen().contains(title), "{}", desk.screen());
        assert_eq!(desk.current(), "Send quote", "the cursor stays on its task");
        desk.titles(ListName::Inbox)
    };
    let latest = ["Ask for the order", "Water the plants", "Call Dana", "Send quote"];
    assert_eq!(after("Inbox 4, date down"), latest);
    assert_eq!(after("Inbox 4, newest first"), ["Send quote", "Ask for the order", "Water the plants", "Call Dana"]);
    assert_eq!(after("Inbox 4, oldest first"), ["Call Dana", "Water the plants", "Ask for the order", "Send quote"]);
    assert_eq!(after("Inbox 4 "), ["Send quote", "Call Dana", "Water the plants", "Ask for the order"]);
}

#[test]
fn counts_in_the_title_are_of_tasks_however_they_are_arranged() {
    let mut desk = leads();
    let counts = |desk: &Desk| desk.screen().lines().next().map(|line| line.contains("1 overdue | 3 today"));
    assert_eq!(counts(&desk), Some(true));
    desk.press("S S B");
    assert_eq!(counts(&desk), Some(true), "{}", desk.screen());
}

#[test]
fn the_tasks_of_a_lead_are_swept_in_one_action_and_one_undo_step() {
    let mut desk = leads();
    desk.press("B");
    assert!(desk.screen().contains("Fabrikam, 2 tasks: Send quote"), "{}", desk.screen());
    assert!(desk.screen().contains("Inbox 4, by lead"), "{}", desk.screen());
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote", "Call Dana", "Water the plants"]);
    desk.press("e");
    assert_eq!(desk.titles(ListName::Archive).len(), 2);
    assert_eq!(desk.titles(ListName::Inbox), ["Call Dana", "Water the plants"]);
    desk.press("u");
    assert!(desk.screen().contains("Fabrikam, 2 tasks: Send quote"), "{}", desk.screen());
    desk.press("s t");
    assert_eq!(desk.titles(ListName::Inbox), ["Call Dana", "Water the plants"]);
    assert!(desk.screen().contains("3 in future"), "{}", desk.screen());
    desk.press("u");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
}

#[test]
fn what_a_search_finds_elsewhere_is_counted_in_tasks_also_where_they_are_folded() {
    let mut desk = leads();
    desk.press("B s t /").write_in("fabrikam");
    assert!(desk.screen().contains("3 in the future: g f."), "{}", desk.screen());
}

#[test]
fn a_folded_row_is_marked_with_all_its_tasks() {
    let mut desk = leads();
    desk.press("B x");
    assert_eq!(desk.model.marks.count(), 2);
    desk.press("x");
    assert_eq!(desk.model.marks.count(), 0);
    desk.press("J");
    assert_eq!(desk.model.marks.count(), 3);
}

#[test]
fn right_unfolds_a_lead_left_folds_it_again_and_the_rest_stays_unfolded_when_one_is_done() {
    let mut desk = leads();
    desk.press("B Right");
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote", "Ask for the order", "Call Dana", "Water the plants"]);
    desk.press("Left");
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote", "Call Dana", "Water the plants"]);
    desk.press("Right e");
    assert_eq!(desk.titles(ListName::Inbox), ["Call Dana", "Water the plants", "Ask for the order"]);
    assert_eq!(desk.titles(ListName::Archive), ["Send quote"]);
    desk.press("Enter");
    assert_eq!(desk.model.panes.focus(), Pane::Details, "nothing is folded here by now");
}

#[test]
fn a_task_that_is_folded_leaves_the_cursor_on_its_leads_row() {
    let mut desk = leads();
    desk.press("G");
    assert_eq!(desk.current(), "Ask for the order");
    desk.press("B");
    assert_eq!(desk.current(), "Send quote");
    desk.press("B");
    assert_eq!(desk.titles(ListName::Inbox).len(), 4);
}

#[test]
fn the_next_start_finds_order_and_grouping_again() {
    let mut desk = leads();
    desk.press("S B");
    let mut next = leads();
    Memory::of(&desk.model).recall(&mut next.model);
    assert_eq!(next.model.sorting, desk.model.sorting);
}

#[test]
fn the_archive_keeps_its_order_and_says_so() {
    let mut desk = leads();
    desk.press("g a S");
    assert_eq!(desk.notice(), "The archive stands in the order of completion, the newest first.");
}

#[test]
fn a_folded_row_takes_no_note_and_no_form_and_is_counted_and_pinned_as_all_of_its_tasks() {
    let mut desk = leads();
    desk.press("B m");
    assert_eq!(desk.notice(), "A note is on one task. Enter unfolds the lead's.");
    desk.press("i");
    assert!(desk.notice().ends_with("Enter unfolds the lead's."), "{}", desk.notice());
    assert!(desk.model.overlays.top().is_none());
    desk.press("Enter f Left f");
    let pinned = desk.tasks.iter().filter(|row| row.local.is_pinned).count();
    assert_eq!(pinned, 2, "the rest is pinned, too: {}", desk.notice());
    assert!(desk.screen().contains("Overdue 1") && desk.screen().contains("Today 3"), "{}", desk.screen());
}

#[test]
fn folding_and_unfolding_leave_the_cursor_on_its_task() {
    let mut desk = leads();
    desk.press("G");
    let before = desk.current();
    desk.press("B B");
    assert_eq!(desk.current(), before);
    let mut desk = leads();
    desk.press("j j j");
    assert_eq!(desk.current(), "Ask for the order");
    desk.press("B");
    assert_eq!(desk.current(), "Send quote", "the row that it is folded into");
    desk.press("B");
    assert_eq!(desk.current(), "Ask for the order");
}

#[test]
fn an_undo_and_a_new_task_lead_to_the_row_that_they_are_folded_into() {
    let mut desk = inbox([
        todo("Later").lead("Fabrikam").due("2026-01-05"),
        todo("First").lead("Fabrikam").due("2026-01-02"),
        todo("Water the plants").due("2026-01-05"),
    ])
    .at(MORNING)
    .sized(140, 40);
    desk.press("B e");
    assert_eq!(desk.current(), "Water the plants");
    desk.press("u");
    assert_eq!(desk.current(), "First");
    desk.press("G n").write_in("Hello").press("Tab").write_in("Fabri").press("Ctrl-s");
    assert_eq!(desk.current(), "First");
}
