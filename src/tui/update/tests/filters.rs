//! What a filter hides, and how a step back shows it again.

use super::{MORNING, three};
use crate::domain::filter::{People, TypeSet};
use crate::tui::desk::{inbox, task, todo};
use crate::tui::request::ListName;

#[test]
fn esc_shows_all_types_and_only_then_everyone_and_0_has_the_last_types_again() {
    let mut desk = inbox([
        todo("Hers").rep("Ana").due("2026-01-05"),
        todo("His").rep("Bo").due("2026-01-05"),
        task("voicemail").rep("Bo").due("2026-01-05"),
    ])
    .at(MORNING);
    desk.press("@ B o Enter 6");
    assert_eq!(desk.titles(ListName::Inbox).len(), 1);
    desk.press("Esc");
    assert_eq!(desk.titles(ListName::Inbox).len(), 2, "both of his");
    assert_eq!(desk.notice(), "All types. 0 shows the last choice again.");
    desk.press("0");
    assert_eq!(desk.titles(ListName::Inbox).len(), 1);
    desk.press("Esc Esc");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
    desk.press("Esc");
    assert!(desk.model.choice.types().is_all() && desk.model.choice.people == People::Everyone);
    assert!(desk.effects.is_empty(), "it never quits");
}

#[test]
fn esc_on_the_first_screen_leaves_the_types_as_on_a_first_start() {
    let mut desk = inbox([]).at(MORNING);
    desk.press("Esc n").write_in("x").press("Ctrl-s");
    assert_eq!(*desk.model.choice.types(), TypeSet::default());
}

#[test]
fn a_step_back_takes_the_marks_before_the_types() {
    let mut desk = three();
    desk.press("6 x Esc");
    assert_eq!((desk.model.marks.count(), desk.titles(ListName::Inbox).len()), (0, 1));
    desk.press("Esc");
    assert_eq!(desk.titles(ListName::Inbox).len(), 4);
}

#[test]
fn a_task_of_somebody_else_shows_once_made_or_restored_until_the_cursor_leaves_it() {
    let mut desk =
        inbox([todo("Hers").rep("Ana").due("2026-01-05"), todo("His").rep("Bo").due("2026-01-05")]).at(MORNING);
    desk.press("@ B o Enter n").write_in("Nobody's").press("Ctrl-s");
    assert_eq!((desk.current().as_str(), desk.titles(ListName::Inbox).len()), ("Nobody's", 2));
    desk.press("k");
    assert_eq!(desk.titles(ListName::Inbox), ["His"]);
    desk.press("@ A n a Enter e @ B o Enter u");
    assert_eq!((desk.current().as_str(), desk.titles(ListName::Inbox).len()), ("Hers", 2));
    desk.press("j");
    assert_eq!(desk.titles(ListName::Inbox), ["His"]);
}

#[test]
fn a_completed_task_that_the_types_hide_shows_in_the_archive_once_restored_until_the_cursor_leaves_it() {
    let mut desk = three();
    desk.press("g a # y 6 u");
    assert_eq!((desk.current().as_str(), desk.model.panes.list_name()), ("Old", ListName::Archive));
    desk.press("g i k g a k");
    assert_eq!(desk.titles(ListName::Archive), Vec::<String>::new());
}
