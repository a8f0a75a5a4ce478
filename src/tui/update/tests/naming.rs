//! Who is meant in a form: names complete, and the contact is one of the lead.

use super::forms::{form, is_open, said, sent};
use super::{MORNING, three};
use crate::domain::edit::{Changes, Field};
use crate::domain::task::{Party, RepId};
use crate::tui::desk::{Desk, inbox, todo};
use crate::tui::model::Look;
use crate::tui::update::{Effect, Msg, update};

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
fn a_new_task_is_given_to_the_one_who_sits_here() {
    let me = Party { id: Some(RepId::new("user_Ana".to_owned())), name: Some("Ana".to_owned()) };
    let look = Look { me: me.id.clone(), my_name: me.name.clone(), ..Look::default() };
    let mut desk = inbox([todo("x").due("2026-01-05")]).at(MORNING).looking(look);
    desk.press("n").write_in("mine").press("Ctrl-s");
    assert_eq!(desk.model.current_task().map(|row| row.task.rep.clone()), Some(me));
}
