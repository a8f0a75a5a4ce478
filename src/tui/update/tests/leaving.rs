//! Quitting while a change is on its way: what fails is shown, or told after the end.

use super::three;
use crate::tui::desk::Desk;
use crate::tui::model::overlay::Overlay;
use crate::tui::request::ListName;
use crate::tui::update::{Effect, Msg, unsaved};

fn quits(desk: &Desk) -> bool {
    desk.effects.contains(&Effect::Quit)
}

fn fail(desk: &mut Desk) {
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("the disk is full".into())));
}

#[test]
fn quitting_waits_for_the_last_change_and_the_screen_is_remembered_after_it() {
    let mut desk = three();
    desk.slow = true;
    desk.press("e q");
    assert!(!quits(&desk));
    assert_eq!(desk.notice(), "Quits as soon as it is saved. Esc stays.");
    desk.write();
    assert!(quits(&desk));
}

#[test]
fn p01_a_last_change_that_fails_keeps_the_screen_open_with_the_error() {
    for keys in ["e q", "e Ctrl-c", "e q q"] {
        let mut desk = three();
        desk.slow = true;
        desk.press(keys);
        fail(&mut desk);
        assert!(!quits(&desk), "{keys}");
        assert_eq!(desk.notice(), "the disk is full", "{keys}");
        assert_eq!(desk.titles(ListName::Inbox)[0], "Send quote", "{keys}");
        desk.press("Esc q");
        assert!(quits(&desk), "{keys}");
    }
}

#[test]
fn a_form_whose_save_fails_after_q_comes_back_with_what_was_typed() {
    let mut desk = three();
    desk.slow = true;
    desk.press("n").write_in("meet Tom").press("Ctrl-s q");
    fail(&mut desk);
    assert!(!quits(&desk));
    let Some(Overlay::Form(form)) = desk.model.overlays.top() else { panic!("the form comes back") };
    assert_eq!(form.current().text(), "meet Tom");
}

#[test]
fn what_is_typed_ahead_for_the_shell_changes_nothing_and_esc_stays() {
    let mut desk = three();
    desk.slow = true;
    desk.press("e q e x n d");
    assert_eq!((desk.waiting.len(), desk.model.marks.count()), (1, 0));
    assert!(desk.model.overlays.top().is_none());
    desk.press("Esc");
    desk.write();
    assert!(!quits(&desk));
    assert_eq!(desk.titles(ListName::Inbox), ["Call Dana", "Check answers"]);
}

#[test]
fn a_signal_ends_at_once_and_what_fails_then_is_told_with_the_typed_text() {
    let mut desk = three();
    desk.slow = true;
    desk.press("e n").write_in("meet Tom").press("Ctrl-s");
    desk.send(Msg::End);
    assert!(quits(&desk));
    let changes = desk.waiting.iter().take(2);
    let failed = changes.map(|(number, _)| (*number, Err("the disk is full".to_owned()))).collect();
    assert_eq!(
        unsaved(&mut desk.model, failed),
        [
            "not saved: Completed \"Send quote\": the disk is full",
            "not saved: Added a task (text \"meet Tom\"): the disk is full",
        ]
    );
}
