//! The form: from the first letter to the disk.

use super::{MORNING, three};
use crate::domain::edit::{Changes, Edit, Field};
use crate::domain::task::{Party, RepId};
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::Look;
use crate::tui::model::form::Form;
use crate::tui::model::overlay::{Leaving, Overlay};
use crate::tui::request::{ListName, Write};
use crate::tui::update::{Effect, Msg, update};

fn form(desk: &Desk) -> &Form {
    match desk.model.overlays.top() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form is open, but {other:?}"),
    }
}

fn field(desk: &Desk) -> Field {
    form(desk).current().field
}

fn said(desk: &Desk) -> Option<&str> {
    form(desk).current().said.as_deref()
}

fn is_open(desk: &Desk) -> bool {
    desk.model.overlays.top().is_some()
}

/// What the last edit of the form changes.
fn sent(desk: &Desk) -> &Changes {
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
fn esc_asks_only_if_something_was_typed_and_no_is_the_default() {
    let me = Look { me: Some(RepId::new("user_Ana".to_owned())), ..Look::default() };
    let mut desk = three().looking(me);
    for keys in ["n Esc", "i Esc", "i Tab Tab Esc", "i x Backspace Esc", "m Esc"] {
        desk.press(keys);
        assert!(!is_open(&desk), "{keys}");
    }
    desk.press("n").write_in("half a thought").press("Esc");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Discard(Leaving::Form))));
    desk.press("Enter");
    assert_eq!(form(&desk).current().text(), "half a thought");
    desk.press("Esc y");
    assert!(!is_open(&desk));
    desk.press("m").write_in("a note").press("Esc n Enter");
    assert_eq!(desk.notice(), "Wrote a note on \"Send quote\".");
}

#[test]
fn ctrl_c_quits_from_anywhere_but_asks_once_where_typed_text_would_be_lost() {
    let quits = |desk: &Desk| desk.effects.contains(&Effect::Quit);
    for keys in ["Ctrl-c", "n Ctrl-c", "m Ctrl-c", "s Ctrl-c", "? Ctrl-c", "# Ctrl-c"] {
        let mut desk = three();
        desk.press(keys);
        assert!(quits(&desk), "{keys}");
    }
    for open in ["n", "i", "m"] {
        let mut desk = three();
        desk.press(open).write_in("half a thought").press("Ctrl-c");
        assert!(!quits(&desk), "{open}");
        assert!(desk.screen().contains("Quit and throw away what you typed? y/N"), "{}", desk.screen());
        desk.press("n");
        assert!(is_open(&desk) && desk.screen().contains("half a thought"), "no is the default");
        desk.press("Ctrl-c Ctrl-c");
        assert!(quits(&desk), "{open}: the second time it quits");
    }
    let mut desk = three();
    desk.press("n").write_in("x").press("Ctrl-c y");
    assert!(quits(&desk), "yes quits");
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
fn typing_completes_a_name_and_two_of_one_name_are_told_apart_by_id() {
    let twin = |id: &str| todo("x").with("lead_id", id).with("lead_name", "Fabrikam").due("2026-01-05");
    let mut desk = inbox([twin("lead_1"), twin("lead_2")]).at(MORNING).sized(140, 40);
    desk.press("i Tab Ctrl-u").write_in("fab");
    assert!(desk.screen().contains("Fabrikam  lead_2"));
    desk.press("Ctrl-n Tab Shift-Tab");
    assert_eq!(form(&desk).current().text(), "Fabrikam");
    desk.slow = true;
    desk.press("Ctrl-s");
    let lead = sent(&desk).lead.as_ref().and_then(|lead| lead.id.as_ref()).map(|id| id.as_str().to_owned());
    assert_eq!(lead.as_deref(), Some("lead_2"), "another lead, though its name is the same");
}

#[test]
fn another_lead_leaves_no_contact_and_the_same_lead_keeps_it() {
    let of =
        |lead: &str| todo(lead).lead(lead).with("contact_id", "cont_1").with("contact_name", "Dana").due("2026-01-05");
    let contact = |desk: &Desk| form(desk).entry(Field::Contact).map(|entry| entry.text().to_owned());
    let mut desk = inbox([of("Fabrikam"), of("Tailspin")]).at(MORNING);
    desk.press("i Tab End x Backspace Tab");
    assert_eq!(contact(&desk).as_deref(), Some("Dana"));
    desk.press("Shift-Tab Ctrl-u").write_in("tails").press("Tab");
    assert_eq!(contact(&desk).as_deref(), Some(""));
}

/// A file in which two leads have a contact each.
fn contacts() -> Desk {
    let of = |lead: &str, name: &str| {
        todo(lead).lead(lead).with("contact_id", &format!("cont_{name}")).with("contact_name", name).due("2026-01-05")
    };
    inbox([of("Fabrikam", "Ann"), of("Tailspin", "Anton")]).at(MORNING).sized(140, 40)
}

#[test]
fn a_contact_offered_where_nothing_is_typed_is_taken_only_by_who_goes_to_it() {
    let contact = |desk: &Desk| form(desk).entry(Field::Contact).map(|entry| entry.text().to_owned());
    let mut desk = contacts();
    desk.press("n x Tab").write_in("fab").press("Tab");
    assert!(desk.screen().contains("Ann"));
    desk.press("Tab");
    assert_eq!(contact(&desk).as_deref(), Some(""), "no contact is a good answer too");
    desk.press("Shift-Tab Ctrl-n Tab");
    assert_eq!(contact(&desk).as_deref(), Some("Ann"));
}

#[test]
fn another_leads_contacts_are_not_offered_though_they_were_asked_for_before_the_lead_was_known() {
    let mut desk = contacts();
    desk.press("n x Tab");
    let mut effects = Vec::new();
    let mut press = |desk: &mut Desk, code| effects.extend(update(&mut desk.model, Msg::Key(code)));
    for c in "tail".chars() {
        press(&mut desk, crossterm::event::KeyCode::Char(c).into());
    }
    press(&mut desk, crossterm::event::KeyCode::Tab.into());
    for c in "an".chars() {
        press(&mut desk, crossterm::event::KeyCode::Char(c).into());
    }
    press(
        &mut desk,
        crossterm::event::KeyEvent::new(crossterm::event::KeyCode::Char('s'), crossterm::event::KeyModifiers::CONTROL),
    );
    effects.into_iter().for_each(|effect| desk.carry_out(effect));
    assert!(!is_open(&desk), "{:?}", said(&desk));
    let task = &desk.model.current_task().expect("the new task").task;
    assert_eq!((task.lead.shown_name(), task.contact.shown_name()), (Some("Tailspin"), Some("Anton")));
}

#[test]
fn who_types_the_ids_of_lead_and_contact_knows_that_they_belong_together() {
    let first = todo("Fabrikam").lead("Fabrikam").with("contact_id", "cont_1").with("contact_name", "Dana");
    for (lead, is_by_ids) in [("lead_Fabrikam", true), ("fab", false)] {
        let mut desk = inbox([first.clone().due("2026-01-05")]).at(MORNING);
        desk.slow = true;
        desk.press("n").write_in("x").press("Tab").write_in(lead).press("Tab").write_in("cont_1").press("Ctrl-s");
        let Changes { lead: meant, is_by_ids: told, .. } = sent(&desk);
        assert_eq!(meant.as_ref().and_then(|lead| lead.id.as_ref()).map(AsRef::as_ref), Some("lead_Fabrikam"));
        assert_eq!(*told, is_by_ids, "{lead}");
    }
}

#[test]
fn a_form_is_saved_as_soon_as_the_names_asked_for_have_come() {
    let mut desk = three();
    desk.press("n").write_in("x").press("Tab");
    let effects: Vec<Effect> = "fab"
        .chars()
        .flat_map(|c| update(&mut desk.model, Msg::Key(crossterm::event::KeyCode::Char(c).into())))
        .collect();
    desk.press("Ctrl-s");
    assert!(is_open(&desk), "nobody knows yet who fab is");
    for effect in effects {
        desk.carry_out(effect);
    }
    assert!(!is_open(&desk));
    assert_eq!(
        desk.model.current_task().and_then(|row| row.task.lead.shown_name().map(str::to_owned)).as_deref(),
        Some("Fabrikam")
    );
}

#[test]
fn a_key_after_ctrl_s_takes_back_the_wish_to_save() {
    let mut desk = three();
    desk.press("n").write_in("x").press("Tab");
    let effects = update(&mut desk.model, Msg::Key(crossterm::event::KeyCode::Char('f').into()));
    desk.press("Ctrl-s Left");
    effects.into_iter().for_each(|effect| desk.carry_out(effect));
    assert!(is_open(&desk), "who goes on typing has not finished");
    desk.press("Ctrl-s");
    assert!(!is_open(&desk));
}

#[test]
fn when_the_write_fails_every_form_and_note_comes_back_with_what_was_typed() {
    let mut desk = three();
    desk.slow = true;
    desk.press("m").write_in("a note").press("Enter");
    desk.press("n").write_in("first").press("Ctrl-s");
    desk.press("n").write_in("second").press("Ctrl-s");
    for (number, _) in std::mem::take(&mut desk.waiting) {
        update(&mut desk.model, Msg::Written(number, Err("the disk is full".into())));
    }
    assert_eq!(desk.notice(), "the disk is full");
    let mut typed = Vec::new();
    while let Some(overlay) = desk.model.overlays.top() {
        typed.push(match overlay {
            Overlay::Form(form) => form.current().text().to_owned(),
            Overlay::Note(note) => note.field.text().to_owned(),
            other => panic!("what was typed comes back, not {other:?}"),
        });
        desk.press("Esc y");
    }
    assert_eq!(typed, ["a note", "first", "second"], "one after the other");
}

#[test]
fn what_comes_back_does_not_open_under_the_typing_hand() {
    let mut desk = three();
    desk.slow = true;
    desk.press("n").write_in("first").press("Ctrl-s n").write_in("sec");
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("the disk is full".into())));
    desk.write_in("ond");
    assert_eq!(form(&desk).current().text(), "second");
    desk.press("Ctrl-c");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Discard(Leaving::Program))));
    desk.press("n Ctrl-u Esc");
    assert_eq!(form(&desk).current().text(), "first");
}

#[test]
fn with_what_came_back_waiting_nobody_quits_unasked() {
    let mut desk = three();
    desk.slow = true;
    desk.press("n").write_in("first").press("Ctrl-s n");
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("the disk is full".into())));
    desk.press("Ctrl-c");
    assert!(!desk.effects.contains(&Effect::Quit));
    desk.press("n Esc");
    assert_eq!(form(&desk).current().text(), "first");
}

#[test]
fn a_path_that_cannot_be_imported_comes_back_below_what_is_wrong_with_it() {
    let mut desk = inbox([]).at(MORNING);
    desk.slow = true;
    desk.press("i").write_in("~/taks.json").press("Enter");
    let (number, _) = desk.waiting.pop().expect("the import");
    desk.send(Msg::Written(number, Err("no such file".into())));
    let screen = desk.screen();
    assert!(screen.contains("no such file") && screen.contains("File to import: ~/taks.json"), "{screen}");
    desk.press("Esc");
    assert!(!is_open(&desk));
    assert_eq!(desk.notice(), "");
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
fn a_new_task_is_given_to_the_one_who_sits_here() {
    let me = Party { id: Some(RepId::new("user_Ana".to_owned())), name: Some("Ana".to_owned()) };
    let look = Look { me: me.id.clone(), my_name: me.name.clone(), ..Look::default() };
    let mut desk = inbox([todo("x").due("2026-01-05")]).at(MORNING).looking(look);
    desk.press("n").write_in("mine").press("Ctrl-s");
    assert_eq!(desk.model.current_task().map(|row| row.task.rep.clone()), Some(me));
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
