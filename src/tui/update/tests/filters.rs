//! What a filter hides, and how a step back shows it again.

use super::{MORNING, three};
use crate::domain::filter::{People, TypeSet};
use crate::tui::desk::{Desk, inbox, task, todo};
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

/// Two types that this version does not know, in the inbox and the archive.
fn unknown_types() -> Desk {
    let open = |name: &str| task(name).due("2026-01-05");
    let done = |name: &str| open(name).done("2026-01-04T10:00:00+00:00");
    inbox([todo("Call").due("2026-01-05"), open("fax"), open("pager"), open("fax"), done("fax"), done("pager")])
        .at(MORNING)
}

#[test]
fn marking_all_of_an_unknown_type_leaves_the_other_unknown_types_alone() {
    let mut desk = unknown_types();
    desk.press("0 g g j");
    assert_eq!(desk.current(), "fax");
    desk.press("* t e");
    assert_eq!(desk.titles(ListName::Inbox), ["Call", "pager"]);
}

#[test]
fn a_type_that_only_the_file_knows_is_shown_by_its_name_and_what_it_hides_is_counted() {
    let mut desk = unknown_types();
    desk.press(":").write_in("type fax").press("Enter");
    let titles = |desk: &Desk| [desk.titles(ListName::Inbox), desk.titles(ListName::Archive)];
    assert_eq!(titles(&desk), [vec!["fax"; 2], vec!["fax"]]);
    assert!(desk.screen().contains("fax only; 2 of other types"), "{}", desk.screen());
    desk.press("* a e");
    assert!(desk.screen().contains("No tasks of type fax. 2 tasks of other types: 0 shows all."), "{}", desk.screen());
    desk.press("0 :").write_in("type fax,pager").press("Enter");
    assert_eq!(titles(&desk), [vec!["pager"], vec!["fax", "fax", "pager", "fax"]]);
    assert!(desk.screen().contains("2 types; 1 of other types"), "{}", desk.screen());
}

#[test]
fn a_type_that_no_task_has_is_refused_where_the_file_has_unknown_ones_too() {
    let mut desk = unknown_types();
    desk.press(":").write_in("type nonsense").press("Enter");
    assert!(desk.screen().contains("Unknown type"), "{}", desk.screen());
    assert_eq!(*desk.model.choice.types(), TypeSet::default());
}
