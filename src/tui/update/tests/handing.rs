//! Hand-off by value: which program is to be started with what, and what is copied.

use super::MORNING;
use crate::domain::handoff::LeadPage;
use crate::domain::number::Dialler;
use crate::tui::desk::{Desk, Draft, inbox, task, todo};
use crate::tui::model::Look;
use crate::tui::opener::Order;
use crate::tui::update::Effect;

fn missed(who: &str) -> Draft {
    task("missed_call")
        .with("phone", "+13125550188")
        .with("phone_formatted", "+1 312-555-0188")
        .with("contact_name", who)
}

fn desk(drafts: impl IntoIterator<Item = Draft>) -> Desk {
    let mut desk = inbox(drafts).at(MORNING);
    desk.press("0");
    desk
}

/// What was to be started or copied, in words.
fn handed(desk: &Desk) -> Vec<String> {
    let words = |effect: &Effect| match effect {
        Effect::Start(Order::Open(link)) => Some(format!("open {}", link.as_str())),
        Effect::Start(Order::Dial(words)) => Some(format!("run {}", words.join("|"))),
        Effect::Copy(text) => Some(format!("copy {text}")),
        _ => None,
    };
    desk.effects.iter().filter_map(words).collect()
}

#[test]
fn the_first_press_shows_whom_and_the_time_there_and_the_second_dials() {
    for second in ["c", "Enter"] {
        let mut desk = desk([missed("Dana Fox").due("2026-01-05T13:00:00+00:00")]);
        desk.press("c");
        assert!(desk.screen().contains("Call +1 312-555-0188, Dana Fox: 08:00 there, Chicago?"), "{}", desk.screen());
        assert_eq!(handed(&desk), Vec::<String>::new());
        desk.press(second);
        assert_eq!(handed(&desk), ["open tel:+13125550188"]);
        assert_eq!(desk.notice(), "Calling +1 312-555-0188. :outcome says how it ended.");
    }
}

#[test]
fn a_call_can_be_left_or_its_number_copied() {
    let mut left = desk([missed("Dana")]);
    left.press("c Esc").press("c q");
    assert_eq!(handed(&left), Vec::<String>::new());
    left.press("c y");
    assert_eq!(handed(&left), ["copy +1 312-555-0188"]);
    assert!(left.model.overlays.top().is_none());
}

#[test]
fn where_the_time_is_unknown_or_several_that_is_said() {
    for (number, said) in [("3125550188", "time there unknown"), ("+18005550100", " there, several zones")] {
        let mut desk = desk([task("missed_call").with("phone", number)]);
        desk.press("c");
        assert!(desk.screen().contains(said), "{}", desk.screen());
    }
}

#[test]
fn a_task_without_a_number_takes_that_of_another_task_of_its_contact_and_says_so() {
    let of_dana = |draft: Draft| draft.lead("Acme").with("contact_id", "cont_1").with("contact_name", "Dana");
    let mut desk = desk([
        of_dana(todo("Ask about the order")).due("2026-01-02"),
        of_dana(missed("Dana")).done("2026-01-04T10:00:00+00:00"),
        todo("Nobody's").lead("Acme").due("2026-01-05"),
    ]);
    desk.press("c");
    assert!(
        desk.screen().contains("Call +1 312-555-0188 (from another task of the contact), Dana"),
        "{}",
        desk.screen()
    );
    desk.press("c y");
    assert_eq!(handed(&desk), ["open tel:+13125550188", "copy +1 312-555-0188"]);
    assert_eq!(desk.notice(), "Copied +1 312-555-0188 (from another task of the contact).");
    desk.press("j c");
    assert_eq!(desk.notice(), "No number on this task. o opens the lead in Close.");
}

#[test]
fn a_number_that_cannot_be_dialled_is_said_to_be_so_and_can_be_copied() {
    let mut desk = desk([task("missed_call").with("phone", "1-800-FLOWERS\n")]);
    desk.press("c");
    assert_eq!(desk.notice(), "1-800-FLOWERS cannot be dialled as it stands: y copies it.");
    desk.press("y");
    assert_eq!(
        (desk.notice().as_str(), handed(&desk)),
        ("Copied 1-800-FLOWERS.", vec!["copy 1-800-FLOWERS".to_owned()])
    );
}

#[test]
fn for_a_number_that_cannot_be_dialled_the_contacts_other_one_is_called_and_its_own_text_is_copied() {
    let of_dana = |draft: Draft| draft.with("lead_id", "lead_1").with("contact_id", "cont_1").due("2026-01-05");
    let mut desk = desk([of_dana(task("missed_call").with("phone", "anonymous")), of_dana(missed("Dana"))]);
    desk.press("c");
    assert!(desk.screen().contains("+13125550188") || desk.screen().contains("+1 312-555-0188"), "{}", desk.screen());
    desk.press("Esc y");
    assert_eq!(handed(&desk), ["copy anonymous"]);
}

#[test]
fn an_answer_is_a_message_or_the_thread_and_a_to_do_has_none() {
    let thread = |draft: Draft| draft.with("object_type", "emailthread").with("object_id", "acti_1");
    for (draft, expected) in [
        (task("incoming_sms").with("remote_phone", "+13125550188"), "open sms:+13125550188"),
        (missed("Dana"), "open sms:+13125550188"),
        (thread(task("incoming_email")).lead("Acme"), "open https://app.close.com/activity/acti_1/"),
        (task("email_followup").lead("Acme"), "open https://app.close.com/lead/lead_Acme/"),
    ] {
        let mut desk = desk([draft]);
        desk.press("r");
        assert_eq!(handed(&desk), [expected]);
    }
    let mut desk = desk([todo("x").lead("Acme")]);
    desk.press("r");
    assert_eq!(desk.notice(), "Nothing to answer here: no message, no mail, no number of its own.");
}

#[test]
fn the_lead_is_opened_else_what_the_task_came_from_else_its_recording() {
    let call = |draft: Draft| draft.with("object_type", "call").with("object_id", "acti_1");
    let recorded = || task("voicemail").with("voicemail_url", "https://api.close.com/v/");
    for (draft, expected) in [
        (call(recorded()).lead("Acme"), "https://app.close.com/lead/lead_Acme/"),
        (call(recorded()), "https://app.close.com/activity/acti_1/"),
        (recorded(), "https://api.close.com/v/"),
    ] {
        let mut desk = desk([draft]);
        desk.press("o Y");
        assert_eq!(handed(&desk), [format!("open {expected}"), format!("copy {expected}")]);
        assert_eq!(desk.notice(), format!("Copied {expected}"));
    }
    let mut bare = desk([task("missed_call")]);
    bare.press("o");
    assert_eq!(bare.notice(), "This task has no page in Close: no lead, no thread, no call.");
}

#[test]
fn the_settings_choose_the_leads_page_and_the_dialler() {
    let look = Look {
        lead_page: LeadPage::parse("https://crm.example/{id}").expect("a page"),
        dialler: Some(Dialler::new(vec!["dial".to_owned(), "{number}".to_owned()]).expect("a dialler")),
        // Its dialler is the person's own wish, wherever it runs.
        is_remote: true,
        ..Look::default()
    };
    let mut desk = inbox([missed("Dana").lead("Acme")]).at(MORNING).looking(look);
    desk.press("0 c c o");
    assert_eq!(handed(&desk), ["run dial|+13125550188", "copy https://crm.example/lead_Acme"]);
}

#[test]
fn over_ssh_links_and_numbers_are_copied() {
    let look = Look { is_remote: true, ..Look::default() };
    let mut desk = inbox([missed("Dana").lead("Acme")]).at(MORNING).looking(look);
    desk.press("0 c c r o");
    assert_eq!(handed(&desk), ["copy +13125550188", "copy +13125550188", "copy https://app.close.com/lead/lead_Acme/"]);
    assert_eq!(desk.notice(), "Copied https://app.close.com/lead/lead_Acme/ (over SSH nothing opens here)");
}

#[test]
fn the_archive_and_the_details_hand_over_too_and_an_empty_list_says_there_is_no_task() {
    let mut desk = desk([missed("Dana").lead("Acme").done("2026-01-04T10:00:00+00:00")]);
    desk.press("c");
    assert_eq!(desk.notice(), "No task here.");
    desk.press("g a y Enter o");
    assert_eq!(handed(&desk), ["copy +1 312-555-0188", "open https://app.close.com/lead/lead_Acme/"]);
}
