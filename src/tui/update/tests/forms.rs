//! The form: from the first letter to the disk. Who is meant in it: `naming`; what was typed
//! and is not saved: `returning`.

use super::{MORNING, three};
use crate::domain::edit::{Changes, Edit, Field};
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::form::Form;
use crate::tui::model::overlay::Overlay;
use crate::tui::request::{ListName, Write};
use crate::tui::update::{Effect, Msg};

pub(super) fn form(desk: &Desk) -> &Form {
    match desk.model.overlays.top() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form is open, but {other:?}"),
    }
}

pub(super) fn field(desk: &Desk) -> Field {
    form(desk).current().field
}

pub(super) fn said(desk: &Desk) -> Option<&str> {
    form(desk).current().said.as_deref()
}

pub(super) fn is_open(desk: &Desk) -> bool {
    desk.model.overlays.top().is_some()
}

/// What the last edit of the form changes.
pub(super) fn sent(desk: &Desk) -> &Changes {
    match desk.waiting.last() {
        Some((_, Write::Edit { edit: Edit::Fields(changes), .. })) => changes,
        Some((_, Write::Add { fields, .. })) => fields,
        other => panic!("no form was sent, but {other:?}"),
    }
}

#[test]
fn a_new_task_is_saved_on_the_last_field_and_the_cursor_goes_to_it() {
    let mut desk = three();
    desk.press("n").write_in("Call the bank").press("Enter").write_in("fab").press("Enter");
    assert_eq!(field(&desk), Field::Contact);
    desk.press("Enter Enter Enter");
    assert!(!is_open(&desk));
    assert_eq!(desk.current(), "Call the bank");
    assert_eq!(desk.notice(), "Added \"Call the bank\".");
    let row = desk.model.current_task().expect("the new task");
    assert_eq!(row.task.lead.shown_name(), Some("Fabrikam"));
    assert_eq!(row.task.actionable().map(|date| date.to_wire()).as_deref(), Some("2026-01-05"));
    assert!(row.task.id.as_str().starts_with("local_"), "an id of Close's own is never made up");
    desk.press("u");
    assert!(!desk.titles(ListName::Inbox).contains(&"Call the bank".to_owned()));
}

#[test]
fn a_task_without_a_lead_is_kept_here_and_the_form_and_the_notice_say_so() {
    let mut desk = three().sized(140, 40);
    desk.press("n");
    let words = "Kept on this computer. Close needs a lead for it: Tab to choose one.";
    assert!(desk.screen().contains(words));
    desk.write_in("Water the plants").press("Ctrl-s");
    assert_eq!(desk.notice(), "Added \"Water the plants\". Kept on this computer: Close needs a lead for it.");
    assert_eq!(desk.current(), "Water the plants");
}

#[test]
fn a_new_task_shows_though_the_types_hide_it_until_the_cursor_leaves_it() {
    let mut desk = three();
    desk.press("6 n").write_in("Hidden").press("Ctrl-s");
    assert_eq!(desk.current(), "Hidden");
    desk.press("j");
    assert!(!desk.titles(ListName::Inbox).contains(&"Hidden".to_owned()));
}

#[test]
fn a_new_task_of_another_day_takes_the_cursor_to_the_future() {
    let mut desk = three();
    desk.press("n").write_in("Next week").press("Tab Tab Tab Ctrl-u").write_in("2w").press("Ctrl-s");
    assert_eq!(desk.current(), "Next week");
    assert_eq!(desk.model.panes.list_name(), ListName::Future);
}

#[test]
fn tab_and_arrows_move_and_stop_at_the_ends() {
    let mut desk = three();
    desk.press("n Up");
    assert_eq!(field(&desk), Field::Text);
    desk.press("Tab Down");
    assert_eq!(field(&desk), Field::Contact);
    desk.press("Shift-Tab");
    assert_eq!(field(&desk), Field::Lead);
    desk.press("Tab Tab Tab Tab Tab");
    assert_eq!(field(&desk), Field::Rep);
}

#[test]
fn enter_stays_at_a_field_that_is_wrong_and_says_what_works() {
    let mut desk = three().sized(140, 40);
    desk.press("n Enter");
    assert_eq!((field(&desk), said(&desk)), (Field::Text, Some("Text is empty. Say what to do.")));
    assert!(desk.screen().contains("Text is empty. Say what to do."));
    desk.write_in("x");
    assert_eq!(said(&desk), None, "what was said of the old text no longer holds");
    desk.press("Tab Tab Tab Ctrl-u").write_in("frday").press("Enter");
    let words = "\"frday\" is not a date. Try fri, tom 9, +3d or 2026-01-09.";
    assert_eq!((field(&desk), said(&desk)), (Field::Date, Some(words)));
    assert_eq!(form(&desk).current().text(), "frday", "typed text is kept");
}

#[test]
fn saving_leads_to_the_first_bad_field() {
    let mut desk = three();
    desk.press("n Tab").write_in("nobody at all").press("Tab Tab Ctrl-u").write_in("frday").press("Ctrl-s");
    assert_eq!(field(&desk), Field::Text);
    desk.write_in("x").press("Ctrl-s");
    let words = "No lead \"nobody at all\" in this file. Type a part of the name, or the id: lead_...";
    assert_eq!((field(&desk), said(&desk)), (Field::Lead, Some(words)));
    desk.press("Ctrl-u").write_in("lead_new").press("Ctrl-s");
    assert_eq!(field(&desk), Field::Date);
    desk.press("Ctrl-u").write_in("tom 9").press("Ctrl-s");
    assert!(!is_open(&desk), "all is good now");
}

#[test]
fn a_past_date_is_warned_of_once_and_kept_on_the_second_enter() {
    let mut desk = three();
    desk.press("i Tab Tab Tab Ctrl-u").write_in("2026-01-03").press("Enter");
    assert_eq!((field(&desk), said(&desk)), (Field::Date, Some("That was 2d ago")));
    desk.press("Enter");
    assert_eq!(field(&desk), Field::Rep);
    desk.press("Enter");
    assert!(!is_open(&desk));
    assert_eq!(desk.notice(), "Changed \"Send quote\".");
}

#[test]
fn a_past_date_that_was_not_seen_is_warned_of_on_saving() {
    let mut desk = three();
    desk.press("i Tab Tab Tab Ctrl-u").write_in("2026-01-03").press("Tab Ctrl-s");
    assert_eq!((field(&desk), said(&desk)), (Field::Date, Some("That was 2d ago")));
    desk.press("Ctrl-s");
    assert!(!is_open(&desk));
}

#[test]
fn only_what_changed_is_written_and_nothing_where_nothing_did() {
    let mut desk = three();
    desk.slow = true;
    desk.press("i Ctrl-s");
    assert_eq!((desk.notice().as_str(), desk.waiting.len()), ("Nothing was changed.", 0));
    desk.press("i Ctrl-u").write_in("Send the quote").press("Ctrl-s");
    assert_eq!(*sent(&desk), Changes { text: Some("Send the quote".into()), ..Changes::default() });
    assert_eq!(desk.current(), "Send the quote", "it shows before the disk has it");
}

#[test]
fn other_types_let_date_and_person_change_and_show_the_rest_as_set_by_close() {
    let mut desk = three().sized(140, 40);
    desk.press("6 F2");
    let fields: Vec<Field> = form(&desk).shown().iter().map(|entry| entry.field).collect();
    assert_eq!(fields, [Field::Date, Field::Rep]);
    assert!(desk.screen().contains("Set by Close"));
    desk.press("Ctrl-o");
    assert_eq!(desk.notice(), "Close sets the text of this task.");
}

#[test]
fn a_type_never_changes_but_a_new_task_may_become_a_call_and_back_with_what_was_typed() {
    let mut desk = three();
    desk.press("i Ctrl-t");
    assert!(!form(&desk).is_call);
    desk.press("Esc n").write_in("renewal").press("Ctrl-t");
    let fields: Vec<Field> = form(&desk).shown().iter().map(|entry| entry.field).collect();
    assert_eq!(fields, [Field::Contact, Field::Lead, Field::Phone, Field::Date, Field::Rep, Field::Text]);
    assert_eq!(form(&desk).current().text(), "renewal", "the cursor stays with its text");
    desk.press("Up Up Up").write_in("+1 555").press("Ctrl-t Ctrl-t");
    assert_eq!(form(&desk).entry(Field::Phone).map(|entry| entry.text()), Some("+1 555"));
    desk.press("Ctrl-t Ctrl-s");
    assert_eq!(desk.notice(), "Added \"renewal\". Kept on this computer: Close needs a lead for it.");
}

#[test]
fn a_call_to_nobody_about_nothing_is_refused_in_the_form() {
    let mut desk = three();
    desk.press("n Ctrl-t Ctrl-s");
    assert_eq!(said(&desk), Some("Nobody to call. Name a contact, a lead or a number."));
    assert_eq!(field(&desk), Field::Contact);
}

#[test]
fn line_breaks_stay_in_the_text_and_are_a_space_in_the_row() {
    let mut desk = three().sized(140, 40);
    desk.press("n");
    desk.send(Msg::Paste("one\r\ntwo\rthree\u{7}".into()));
    desk.press("Ctrl-s");
    let row = desk.model.current_task().expect("the new task");
    assert_eq!(row.record.get("text"), Some("\"one\\ntwo\\nthree\""));
    assert!(desk.screen().contains("one two three"));
}

#[test]
fn the_editor_gets_the_text_and_brings_it_back_from_any_field() {
    let mut desk = three();
    desk.press("i Tab Tab Ctrl-o");
    assert_eq!(desk.effects, [Effect::Editor("Send quote".into())]);
    desk.send(Msg::Edited(Ok("Send quote\nand terms\n".into())));
    assert_eq!(form(&desk).current().text(), "Send quote\nand terms");
    desk.send(Msg::Edited(Err("vi ended without saving".into())));
    assert_eq!(form(&desk).current().text(), "Send quote\nand terms");
    assert_eq!(desk.notice(), "vi ended without saving");
}

#[test]
fn an_editor_that_changes_nothing_changes_nothing() {
    let mut desk = inbox([todo("ends with a line\n").due("2026-01-05")]).at(MORNING);
    desk.press("i Ctrl-o");
    desk.send(Msg::Edited(Ok("ends with a line\n".into())));
    desk.press("Esc");
    assert!(!is_open(&desk));
}

#[test]
fn a_to_do_without_words_still_takes_a_date() {
    let mut desk = inbox([todo("").due("2026-01-05")]).at(MORNING);
    desk.press("i Tab Tab Tab Ctrl-u").write_in("tom").press("Ctrl-s");
    assert!(!is_open(&desk));
    assert_eq!(desk.model.panes.list(ListName::Future).total(), 1);
}

#[test]
fn keys_that_change_tasks_are_letters_in_a_form() {
    let mut desk = three();
    desk.press("n").write_in("eexxq#.u?");
    assert_eq!(form(&desk).current().text(), "eexxq#.u?");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
}

#[test]
fn a_mail_can_be_given_away_and_put_off_in_its_form() {
    let mail = task("incoming_email").with("subject", "PO").due("2026-01-05T12:00:00+00:00");
    let mut desk = inbox([mail, todo("x").rep("Bo").due("2026-01-05")]).at(MORNING);
    desk.press("2 i Ctrl-u").write_in("tom").press("Tab").write_in("bo").press("Enter");
    assert!(!is_open(&desk), "{:?}", said(&desk));
    let row = desk.tasks.iter().find(|row| row.number.0 == 1).expect("the mail");
    assert_eq!(row.task.rep.shown_name(), Some("Bo"));
    assert_eq!(row.task.actionable().map(|date| date.to_wire()).as_deref(), Some("2026-01-06"));
}

#[test]
fn what_stands_in_a_field_that_tab_comes_to_gives_way_to_what_is_typed() {
    let mut desk = three();
    desk.press("n x Tab Tab Tab f r i");
    let form = |desk: &Desk| match desk.model.overlays.top() {
        Some(Overlay::Form(form)) => form.current().text().to_owned(),
        other => panic!("no form: {other:?}"),
    };
    assert_eq!(form(&desk), "fri");
    desk.press("Shift-Tab Tab Left a");
    assert_eq!(form(&desk), "frai", "an arrow keeps it");
    desk.press("Shift-Tab Tab Backspace");
    assert_eq!(form(&desk), "");
    desk.press("Shift-Tab Shift-Tab Shift-Tab y");
    assert_eq!(form(&desk), "xy", "a text is added to");
}
