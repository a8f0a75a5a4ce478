//! Marks, and changes of many tasks.

use super::{MORNING, three};
use crate::domain::edit::Edit;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::overlay::Overlay;
use crate::tui::request::{ListName, Write};
use crate::tui::update::{Effect, Msg, update};
use crossterm::event::KeyCode;

#[test]
fn marks_extend_with_j_and_k_and_the_title_counts_them() {
    let mut desk = three().sized(140, 40);
    desk.press("J J");
    assert!(desk.screen().contains("+3"), "{}", desk.screen());
    desk.press("* n v K");
    assert_eq!(desk.model.marks.count(), 2);
}

#[test]
fn marks_that_a_filter_hides_are_counted_and_changed_too() {
    let mut desk = three().sized(140, 40);
    desk.press("x j x 6");
    assert!(desk.screen().contains("+2 (2 hidden)"), "{}", desk.screen());
    desk.press("e 1");
    assert_eq!(desk.titles(ListName::Inbox), ["Check answers"]);
    assert_eq!(desk.model.marks.count(), 0, "marks clear after the action");
}

#[test]
fn all_none_overdue_and_same_type_are_marked_with_two_keys() {
    let mut desk = three();
    desk.press("0 * o");
    assert_eq!(desk.model.marks.count(), 1);
    desk.press("* n * t");
    assert_eq!(desk.model.marks.count(), 3);
    desk.press("Ctrl-a");
    assert_eq!(desk.model.marks.count(), 4);
    desk.press("* n");
    assert_eq!(desk.model.marks.count(), 0);
}

#[test]
fn where_none_is_overdue_a_change_typed_ahead_changes_nothing() {
    let mut desk = inbox([todo("Send quote").due("2026-01-05")]).at(MORNING);
    let press = |desk: &mut Desk, key: char| update(&mut desk.model, Msg::Key(KeyCode::Char(key).into()));
    let effects: Vec<Effect> = "*oe".chars().flat_map(|key| press(&mut desk, key)).collect();
    effects.into_iter().for_each(|effect| desk.carry_out(effect));
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote"]);
    assert_eq!(desk.notice(), "There are none.");
    desk.press("e");
    assert!(desk.titles(ListName::Inbox).is_empty(), "the next key is about the cursor's task again");
}

#[test]
fn the_same_lead_is_marked_over_all_types_and_the_future() {
    let mut desk = inbox([
        todo("now").lead("Fabrikam").due("2026-01-05"),
        task("voicemail").lead("Fabrikam").due("2026-01-05"),
        todo("later").lead("Fabrikam").due("2026-03-05"),
        todo("done").lead("Fabrikam").done("2026-01-02T10:00:00+00:00"),
        todo("other").lead("Tailspin").due("2026-01-05"),
    ])
    .at(MORNING);
    desk.press("* l");
    assert_eq!((desk.model.marks.count(), desk.model.marks.hidden), (3, 1));
    assert!(desk.screen().contains("+3 (1 hidden)"), "{}", desk.screen());
    desk.press("e");
    assert_eq!(desk.titles(ListName::Inbox), ["other"]);
    assert!(desk.titles(ListName::Future).is_empty());
    desk.press("u");
    assert_eq!(desk.titles(ListName::Future), ["later"], "a bulk is one step");
}

#[test]
fn what_was_done_already_is_said() {
    let mut desk = three();
    desk.press("x j x");
    desk.tasks[0] = {
        let mut done = (*desk.tasks[0]).clone();
        done.task.is_complete = true;
        done.completed = Some(crate::domain::task::Completion { at: desk.model.today.now, about: false });
        done.into()
    };
    desk.press("e");
    assert_eq!(desk.notice(), "Completed \"Call Dana\". 1 already done.");
}

#[test]
fn where_all_were_so_already_nothing_is_said_to_have_changed() {
    let mut desk = three();
    desk.press("x j x f g m f");
    assert_eq!(desk.notice(), "Unpinned 2.");
    desk.press("g a x G x");
    desk.press("g i g m");
    assert!(desk.model.marks.count() > 0);
}

#[test]
fn marks_that_do_not_allow_it_are_told_and_left_alone() {
    let mut desk = three();
    desk.press("x g a x g i s t");
    assert_eq!(desk.notice(), "Snoozed \"Send quote\". 1 left as they were: it is complete; re-open it first.");
}

#[test]
fn of_several_tasks_no_form_and_no_note_opens() {
    let mut desk = three();
    desk.press("J i");
    assert!(desk.model.overlays.top().is_none());
    assert!(desk.notice().starts_with("Of several tasks only date, person and completion change"));
    desk.press("m");
    assert_eq!(desk.notice(), "A note is on one task. Esc takes the marks away.");
    desk.press("Esc i");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Form(_))));
}

#[test]
fn a_question_names_the_count_and_how_many_are_of_today() {
    let mut drafts: Vec<_> = (0..9).map(|i| todo(&format!("Old {i}")).due("2026-01-02")).collect();
    drafts.extend((0..3).map(|i| todo(&format!("New {i}")).due("2026-01-05")));
    let mut desk = inbox(drafts).at(MORNING).sized(140, 40);
    desk.press("* a #");
    assert!(desk.screen().contains("Delete 12 tasks, 3 of them from today? y/N"), "{}", desk.screen());
    desk.press("Esc");
    assert_eq!(desk.model.panes.list(ListName::Inbox).total(), 12);
    desk.press("# y");
    assert_eq!((desk.model.panes.list(ListName::Inbox).total(), desk.notice()), (0, "Deleted 12.".to_owned()));
}

#[test]
fn bulk_snooze_date_and_assign_ask_above_25_and_go_on_after_yes() {
    let drafts = (0..40).map(|i| todo(&format!("Task {i}")).rep("Ana").due("2026-01-05"));
    let mut desk = inbox(drafts).at(MORNING).sized(140, 40);
    desk.press("* a s t");
    assert!(desk.screen().contains("Snooze 40 tasks, 40 of them from today? y/N"), "{}", desk.screen());
    desk.slow = true;
    desk.press("y");
    assert!(
        matches!(&desk.waiting[..], [(_, Write::Edit { tasks, edit: Edit::Snooze(_), joins: false, .. })] if tasks.len() == 40)
    );
    desk.write();
    assert_eq!(desk.model.panes.list(ListName::Future).total(), 40);
    desk.press("u * a e");
    assert!(desk.screen().contains("Complete 40 tasks"), "{}", desk.screen());
}

#[test]
fn a_no_to_many_tasks_goes_back_to_the_date_that_was_typed() {
    for (keys, done) in [("d", "Changed 30."), ("s d", "Snoozed 30.")] {
        let mut desk = inbox((0..30).map(|i| todo(&format!("{i}")).due("2026-01-05"))).at(MORNING);
        desk.press("* a").press(keys).write_in("fri").press("Enter n");
        let Some(Overlay::Date(entry)) = desk.model.overlays.top() else { panic!("the date stays: {keys}") };
        assert_eq!((entry.field.text(), desk.model.marks.count()), ("fri", 30), "{keys}");
        desk.press("Enter y");
        assert!(desk.model.overlays.top().is_none(), "{keys}");
        assert_eq!(desk.notice(), done);
    }
}

#[test]
fn p38_a_paste_outside_a_field_does_nothing_and_says_what_would() {
    let mut desk = three();
    for text in ["ejejq", "\u{1b}[201~ejejq", "#y\r", "\u{3}"] {
        desk.send(Msg::Paste(text.into()));
        assert_eq!(desk.notice(), "Paste ignored. Press n first to make a task of it.");
    }
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
    assert!(desk.effects.is_empty());
    desk.press("#");
    desk.send(Msg::Paste("y".into()));
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Question(_))), "a paste answers no question");
}
