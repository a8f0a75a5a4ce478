//! The page of a lead that is pasted; what is said where sync would be.

use super::three;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::panes::Pane;
use crate::tui::request::ListName;
use crate::tui::update::Msg;

fn desk() -> Desk {
    inbox([
        todo("Send quote").lead("Fabrikam").due("2026-01-02"),
        todo("Ring Dana").lead("Acme").due("2026-01-05"),
        task("incoming_email").with("subject", "Re: terms").lead("Acme").due("2026-01-05T12:00:00+00:00"),
        todo("Old").lead("Acme").due("2025-12-01").done("2025-12-02T10:00:00+00:00"),
    ])
    .at(super::MORNING)
}

#[test]
fn the_pasted_page_of_a_lead_shows_its_tasks_of_all_types_and_esc_goes_back() {
    for page in ["https://app.close.com/lead/lead_Acme/", "https://app.close.com/lead/lead_Acme\n"] {
        let mut desk = desk();
        desk.press("g t").send(Msg::Paste(page.into()));
        assert_eq!(desk.titles(ListName::Inbox), ["Ring Dana", "Re: terms"]);
        assert_eq!(desk.titles(ListName::Archive), ["Old"]);
        assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
        assert_eq!(desk.notice(), "The tasks of this lead. Esc shows all.");
        desk.press("Esc");
        assert_eq!(desk.titles(ListName::Inbox), ["Send quote", "Ring Dana"]);
    }
}

#[test]
fn p38_a_link_that_is_no_plain_page_of_a_lead_is_a_paste_like_any_other() {
    for text in [
        "https://app.close.com/lead/lead_Acme/\n\nejejq",
        "https://app.close.com/lead/lead_Acme\u{1b}[2J",
        "https://app.close.com.evil.example/lead/lead_Acme/",
        "https://app.close.com/lead/lead_Acme,is:done/",
    ] {
        let mut desk = desk();
        desk.send(Msg::Paste(text.into()));
        assert_eq!(desk.notice(), "Paste ignored. Press n first to make a task of it.");
        assert!(desk.model.find.is_empty() && desk.effects.is_empty(), "{text:?}");
    }
}

#[test]
fn in_a_field_the_page_of_a_lead_is_text() {
    let mut desk = desk();
    desk.press("m").send(Msg::Paste("https://app.close.com/lead/lead_Acme/".into()));
    assert!(desk.model.find.is_empty());
    assert!(desk.screen().contains("https://app.close.com/lead/lead_Acme/"), "{}", desk.screen());
}

#[test]
fn sync_and_connect_say_that_there_is_no_connection_and_what_works() {
    let mut open = three();
    open.press("R");
    assert_eq!(open.notice(), "Not connected to Close. :import takes in a file, repbox export writes one.");
    let mut empty = inbox([]).at(super::MORNING);
    empty.press("c");
    assert_eq!(empty.notice(), "Close cannot be connected to yet. i imports a file of its tasks.");
}
