//! A task changed elsewhere while its form is open: mine, theirs, or back to the form.

use super::three;
use crate::domain::edit::{Changes, Edit, Field};
use crate::tui::desk::Desk;
use crate::tui::model::overlay::Overlay;
use crate::tui::request::Write;
use crate::tui::update::Msg;

fn text(text: &str) -> Edit {
    Edit::Fields(Box::new(Changes { text: Some(text.to_owned()), ..Changes::default() }))
}

fn assigned(desk: &mut Desk, name: &str) {
    let id = crate::domain::task::RepId::new(format!("user_{name}"));
    let rep = crate::domain::task::Party { id: Some(id), name: Some(name.to_owned()) };
    desk.change_elsewhere(1, &Edit::Assign(rep));
}

fn stored(desk: &Desk, name: &str) -> Option<String> {
    let row = desk.tasks.iter().find(|row| row.number.0 == 1).expect("the first task");
    row.record.get(name).map(str::to_owned)
}

/// The form of the first task with another text, which somebody else changed too.
fn conflicting() -> Desk {
    let mut desk = three().sized(140, 40);
    desk.press("i Ctrl-u").write_in("mine");
    desk.change_elsewhere(1, &text("theirs"));
    desk.press("Ctrl-s !");
    desk
}

#[test]
fn the_question_takes_no_key_before_a_person_turns_to_it() {
    let mut desk = three().sized(140, 40);
    desk.press("i Ctrl-u").write_in("mine");
    desk.change_elsewhere(1, &text("theirs"));
    desk.press("Ctrl-s");
    assert!(desk.screen().contains("Not saved: changed elsewhere at 09:00.  ! answers"), "{}", desk.screen());
    desk.press("m").write_in("ask Tom").press("Esc y t");
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"theirs\""));
    desk.press("j e");
    assert!(desk.notice().starts_with("Completed"));
    desk.send(Msg::Now(desk.model.today.now + chrono::TimeDelta::seconds(7)));
    assert!(desk.notice().starts_with("Not saved"), "it is told again: {}", desk.notice());
    desk.press("! m");
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"mine\""));
    assert!(!desk.notice().starts_with("Not saved"), "{}", desk.notice());
    desk.press("!");
    assert_eq!(desk.notice(), "No question waits.");
}

#[test]
fn the_question_says_when_and_shows_what_they_wrote_and_nothing_is_written() {
    let desk = conflicting();
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Conflict(_))));
    let screen = desk.screen();
    assert!(screen.contains("Changed elsewhere at 09:00. [m]ine [t]heirs [c]ancel"), "{screen}");
    assert!(screen.contains("theirs: theirs"), "{screen}");
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"theirs\""));
}

#[test]
fn the_question_waits_until_nothing_has_the_keys_and_no_letter_typed_elsewhere_answers_it() {
    let mut desk = three().sized(140, 40);
    desk.slow = true;
    desk.press("i Ctrl-u").write_in("mine").press("Ctrl-s n").write_in("me");
    desk.change_elsewhere(1, &text("theirs"));
    desk.write();
    desk.write_in("et Tom");
    let Some(Overlay::Form(form)) = desk.model.overlays.top() else { panic!("the new task's form has the keys") };
    assert_eq!(form.current().text(), "meet Tom");
    assert_eq!(desk.notice(), "Changed elsewhere meanwhile: asked about once this is closed.");
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"theirs\""));
    desk.press("Ctrl-s !");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Conflict(_))));
    desk.press("m");
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"mine\""));
}

#[test]
fn mine_writes_over_theirs_as_one_step_of_undo() {
    let mut desk = conflicting();
    desk.press("m");
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"mine\""));
    desk.press("u");
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"theirs\""));
}

#[test]
fn mine_asks_again_where_it_was_changed_once_more() {
    let mut desk = conflicting();
    desk.change_elsewhere(1, &text("theirs again"));
    desk.press("m !");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Conflict(_))));
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"theirs again\""));
}

#[test]
fn theirs_stays_and_the_form_closes_where_nothing_else_was_typed() {
    let mut desk = conflicting();
    desk.press("t");
    assert!(desk.model.overlays.top().is_none());
    assert_eq!(desk.notice(), "Theirs stays; nothing was written.");
    assert_eq!(desk.current(), "theirs");
}

#[test]
fn theirs_keeps_what_was_typed_into_other_fields() {
    let mut desk = three();
    desk.press("i Ctrl-u").write_in("mine").press("Tab Tab Tab Ctrl-u").write_in("tom");
    desk.change_elsewhere(1, &text("theirs"));
    desk.press("Ctrl-s ! t");
    let Some(Overlay::Form(form)) = desk.model.overlays.top() else { panic!("the form stays open") };
    assert_eq!(form.entry(Field::Text).map(|entry| entry.text()), Some("theirs"));
    assert_eq!(form.entry(Field::Date).map(|entry| entry.text()), Some("tom"));
    desk.press("Ctrl-s");
    assert_eq!(
        (stored(&desk, "text"), stored(&desk, "date")),
        (Some("\"theirs\"".into()), Some("\"2026-01-06\"".into()))
    );
}

#[test]
fn cancel_and_esc_go_back_to_the_form_with_the_typed_text() {
    for key in ["c", "Esc"] {
        let mut desk = conflicting();
        desk.press(key);
        let Some(Overlay::Form(form)) = desk.model.overlays.top() else { panic!("the form stays open") };
        assert_eq!(form.current().text(), "mine");
        desk.press("Ctrl-s !");
        assert!(matches!(desk.model.overlays.top(), Some(Overlay::Conflict(_))), "never a silent overwrite");
    }
}

#[test]
fn a_change_of_another_field_is_none_of_this_form() {
    let mut desk = three();
    desk.press("i Ctrl-u").write_in("mine");
    assigned(&mut desk, "Bo");
    desk.press("Ctrl-s");
    assert!(desk.model.overlays.top().is_none());
    assert_eq!(stored(&desk, "text").as_deref(), Some("\"mine\""));
    assert_eq!(stored(&desk, "assigned_to").as_deref(), Some("\"user_Bo\""));
}

#[test]
fn the_same_change_made_elsewhere_is_no_conflict() {
    let mut desk = three();
    desk.press("i Ctrl-u").write_in("the same");
    desk.change_elsewhere(1, &text("the same"));
    desk.press("Ctrl-s");
    assert!(desk.model.overlays.top().is_none());
    assert_eq!(desk.notice(), "Somebody made the same change already.");
}

#[test]
fn what_was_seen_goes_to_the_disk_with_the_change() {
    let mut desk = three();
    desk.slow = true;
    desk.press("i Ctrl-u").write_in("mine").press("Ctrl-s");
    let Some((_, Write::Edit { seen: Some(seen), .. })) = desk.waiting.last() else {
        panic!("an edit with what was seen")
    };
    let seen: Vec<_> = seen.fields().iter().map(|field| (field.name.to_string(), field.json.to_string())).collect();
    assert_eq!(seen, [("text".to_owned(), "\"Send quote\"".to_owned())]);
}
