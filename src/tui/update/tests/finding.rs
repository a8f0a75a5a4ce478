//! The search on the screen.

use super::MORNING;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::memory::Memory;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::request::{Answer, Everything, ListName, Looked, Part, Read};
use crate::tui::update::{Effect, Msg, update};

fn leads() -> Desk {
    inbox([
        todo("Send quote").lead("Fabrikam").due("2026-01-02"),
        todo("Call Zoë").lead("Acme").due("2026-01-05"),
        todo("Check answers").lead("Acme").due("2026-01-05"),
        todo("Renewal").lead("Acme").due("2026-01-09"),
        todo("NDA").lead("Acme").due("2025-12-01").done("2025-12-02T10:00:00+00:00"),
        todo("Old").due("2025-12-01").done("2025-12-02T11:00:00+00:00"),
        task("voicemail").lead("Acme").due("2026-01-05T12:00:00+00:00"),
    ])
    .at(MORNING)
}

fn shown(desk: &Desk) -> [Vec<String>; 3] {
    ListName::ALL.map(|list| desk.titles(list))
}

#[test]
fn each_letter_narrows_all_lists_and_the_counts_of_the_types() {
    let mut desk = leads();
    desk.press("/").write_in("acm");
    assert_eq!(shown(&desk), [vec!["Call Zoë", "Check answers"], vec!["Renewal"], vec!["NDA"]]);
    let counts = desk.model.data.counts;
    assert_eq!((counts.inbox[0], counts.inbox[5], counts.overdue[0], counts.archive[0]), (2, 1, 0, 1));
    desk.write_in("e zoe");
    assert_eq!(shown(&desk), [vec!["Call Zoë".to_owned()], vec![], vec![]]);
}

#[test]
fn enter_keeps_the_search_and_esc_in_the_list_drops_it_without_moving_the_cursor() {
    let mut desk = leads();
    desk.press("/").write_in("acme").press("Enter j");
    assert_eq!((desk.current().as_str(), desk.model.overlays.top().is_some()), ("Check answers", false));
    desk.press("x Esc");
    assert_eq!((desk.titles(ListName::Inbox).len(), desk.current().as_str()), (3, "Check answers"));
    assert_eq!(desk.model.marks.count(), 1, "the marks go with the next step back");
}

#[test]
fn esc_in_the_field_shows_what_was_there_before_with_the_cursor_where_it_was() {
    let mut desk = leads();
    desk.press("j j /").write_in("quote");
    assert_eq!(desk.current(), "Send quote");
    desk.press("Esc");
    assert_eq!((desk.current().as_str(), desk.titles(ListName::Inbox).len()), ("Check answers", 3));
    desk.press("/").write_in("acme").press("Enter /").write_in("zoe").press("Esc");
    assert_eq!(desk.model.find.text(), "acme");
    assert_eq!(desk.titles(ListName::Inbox).len(), 2);
}

#[test]
fn a_term_that_is_not_understood_keeps_the_last_good_list_and_says_why() {
    let mut desk = leads();
    desk.press("/").write_in("acme tpye:lead");
    assert_eq!(desk.titles(ListName::Inbox).len(), 2);
    assert!(desk.screen().contains("Unknown field \"tpye\". Did you mean type?"), "{}", desk.screen());
    desk.press("Enter");
    assert!(desk.model.overlays.top().is_some(), "it is not kept");
    desk.press("Esc");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
}

#[test]
fn a_begun_value_finds_all_that_it_may_become_and_is_kept_so() {
    let mut desk = leads();
    desk.press("/").write_in("type:v");
    assert_eq!(desk.model.panes.list(ListName::Inbox).total(), 1, "{}", desk.screen());
    desk.press("Enter");
    assert_eq!((desk.model.find.text(), desk.model.panes.list(ListName::Inbox).total()), ("type:voicemail", 1));
    desk.press("/").write_in("acme is:o");
    assert_eq!(desk.model.find.search().words(), "acme is:overdue,open");
    assert_eq!(desk.titles(ListName::Inbox), ["Call Zoë", "Check answers"]);
    desk.write_in("v");
    assert_eq!(desk.titles(ListName::Inbox), [""; 0]);
}

#[test]
fn an_answer_to_an_older_letter_is_dropped() {
    let mut desk = leads();
    desk.press("/");
    let mut reads = Vec::new();
    for c in "zo".chars() {
        let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(c));
        reads.extend(update(&mut desk.model, Msg::Key(key)));
    }
    let [first, second] = <[Effect; 2]>::try_from(reads).expect("each letter asks");
    desk.carry_out(second);
    assert_eq!(desk.titles(ListName::Inbox), ["Call Zoë"]);
    desk.tasks.clear();
    desk.carry_out(first);
    assert_eq!(desk.titles(ListName::Inbox), ["Call Zoë"]);
}

#[test]
fn the_open_tasks_come_first_and_what_the_archive_has_is_not_told_before_it_is_known() {
    let mut desk = leads();
    desk.press("/").write_in("acm");
    let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char('e'));
    let [Effect::Read(number, Read::Everything { scope, .. })] = &update(&mut desk.model, Msg::Key(key))[..] else {
        panic!("it asks")
    };
    let list = desk.titles(ListName::Archive);
    let unsearched = desk.model.data.unsearched;
    let step = |looked, parts| {
        Msg::Answer(
            *number,
            Answer::Everything(Box::new(Everything { looked, parts, unsearched, ..Everything::default() })),
        )
    };
    assert_eq!(scope.search.words(), "acme");
    desk.send(step(Looked::NotYet, Default::default()));
    assert_eq!((desk.titles(ListName::Inbox).len(), desk.titles(ListName::Archive)), (0, list));
    assert!(desk.screen().contains("The archive is being searched."), "{}", desk.screen());
    assert!(desk.screen().contains("0+ found"), "{}", desk.screen());
    let rows = vec![desk.tasks[4].clone(), desk.tasks[5].clone()];
    let first = Part { total: 2, rows, ..Part::default() };
    desk.send(step(Looked::Begun, [Part::default(), Part::default(), first.clone()]));
    assert!(desk.screen().contains("2+ in the archive: g a."), "{}", desk.screen());
    assert!(desk.model.is_waiting());
    desk.send(step(Looked::Whole, [Part::default(), Part::default(), first]));
    assert!(desk.screen().contains("2 in the archive: g a."), "{}", desk.screen());
    assert!(!desk.model.is_waiting());
}

#[test]
fn a_quotation_is_looked_for_before_it_is_closed() {
    let mut desk = leads();
    desk.press("/").write_in("\"check an");
    assert_eq!(desk.titles(ListName::Inbox), ["Check answers"]);
    desk.press("Enter");
    assert_eq!(desk.model.find.search().words(), "\"check an\"");
}

#[test]
fn a_search_that_says_which_types_it_means_is_shown_over_all_types_until_a_key_narrows_them() {
    let mut desk = leads();
    desk.press("/").write_in("type:voicemail").press("Enter");
    assert_eq!(desk.titles(ListName::Inbox).len(), 1);
    assert!(!desk.screen().contains("To-do only"), "{}", desk.screen());
    desk.press("1");
    assert_eq!(desk.titles(ListName::Inbox).len(), 0);
    desk.press("0");
    assert_eq!(desk.titles(ListName::Inbox).len(), 1);
    desk.press("Esc");
    assert_eq!(desk.titles(ListName::Inbox).len(), 4);
}

#[test]
fn nothing_found_says_where_something_is_or_how_to_see_all() {
    let mut desk = leads();
    desk.press("/").write_in("nda").press("Enter");
    assert!(desk.screen().contains("Nothing here matches nda. 1 in the archive: g a."), "{}", desk.screen());
    desk.press("/").write_in("type:incoming_sms").press("Enter");
    assert!(desk.screen().contains("Nothing matches type:incoming_sms. Esc shows all 3."), "{}", desk.screen());
    desk.press("/").write_in("acme -lead:acme,fabrikam,x is:overdue").press("Enter");
    assert!(!desk.screen().contains("All clear"), "{}", desk.screen());
    desk.press("Esc 2 /").write_in("acme").press("Enter");
    assert!(desk.screen().contains("No emails match acme. 3 of other types do: 0 shows all."), "{}", desk.screen());
}

#[test]
fn the_title_says_what_is_searched_for_at_any_width() {
    for width in [140, 100, 80] {
        let mut desk = leads().sized(width, 30);
        desk.press("/").write_in("acme   is:open").press("Enter");
        assert!(desk.screen().lines().next().is_some_and(|title| title.contains("search: acme is:open")));
    }
    let mut desk = leads().sized(40, 12);
    desk.press("/").write_in("acme").press("Enter");
    assert!(desk.screen().lines().next().is_some_and(|title| title.contains("/acme")), "{}", desk.screen());
}

#[test]
fn the_next_letter_takes_the_place_of_the_last_search_and_an_arrow_goes_on_with_it() {
    let mut desk = leads();
    desk.press("/").write_in("acme").press("Enter /").write_in("zoe").press("Enter");
    assert_eq!(desk.model.find.text(), "zoe");
    desk.press("/ End").write_in(" acme").press("Enter");
    assert_eq!(desk.model.find.text(), "zoe acme");
    desk.press("/ Backspace Enter");
    assert!(desk.model.find.is_empty());
}

#[test]
fn the_arrows_recall_earlier_searches_also_after_a_restart() {
    let mut desk = leads();
    desk.press("/").write_in("acme").press("Enter /").write_in("zoe").press("Enter");
    let memory = Memory::of(&desk.model).write();
    let mut again = leads();
    Memory::read(Some(&memory)).expect("kept").recall(&mut again.model);
    again.send(Msg::FileChanged);
    again.press("Esc / Up");
    assert_eq!(again.titles(ListName::Inbox), ["Call Zoë"]);
    again.press("Up Enter");
    assert_eq!((again.model.find.text(), again.titles(ListName::Inbox).len()), ("acme", 2));
}

#[test]
fn a_completed_task_leaves_a_search_for_open_ones_and_undo_brings_it_back() {
    let mut desk = leads();
    desk.press("/").write_in("acme is:open").press("Enter e");
    assert_eq!(shown(&desk), [vec!["Check answers"], vec!["Renewal"], vec![]]);
    desk.press("u");
    assert_eq!(desk.titles(ListName::Inbox), ["Call Zoë", "Check answers"]);
}

#[test]
fn tab_completes_fields_values_and_the_names_of_the_file_and_goes_on_to_the_next() {
    let mut desk = leads();
    let text = |desk: &Desk| match desk.model.overlays.top() {
        Some(Overlay::Find(finder)) => finder.field.text().to_owned(),
        _ => String::new(),
    };
    desk.press("/").write_in("is:o").press("Tab");
    assert_eq!(text(&desk), "is:overdue");
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote"]);
    desk.press("Tab");
    assert_eq!(text(&desk), "is:open");
    assert!(desk.screen().lines().last().is_some_and(|line| line.contains("open  overdue")), "{}", desk.screen());
    desk.press("Shift-Tab").write_in(" le").press("Tab").write_in("f").press("Tab");
    assert_eq!(text(&desk), "is:overdue lead:Fabrikam");
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote"]);
    desk.press("Ctrl-u").write_in("phone:5").press("Tab");
    assert!(desk.screen().contains("Nothing to complete here."), "{}", desk.screen());
}

#[test]
fn me_is_offered_for_a_rep_where_somebody_is() {
    for (me, first) in [(None, "rep:Merle"), (Some("user_Merle"), "rep:me")] {
        let mut desk = inbox([todo("mine").rep("Merle").due("2026-01-05")]).at(MORNING);
        desk.model.look.me = me.map(crate::domain::task::RepId::new);
        desk.press("/").write_in("rep:m").press("Tab");
        let Some(Overlay::Find(finder)) = desk.model.overlays.top() else { panic!("the field is open") };
        assert_eq!(finder.field.text(), first);
    }
}

#[test]
fn what_is_found_is_seen_while_it_is_typed_also_where_the_details_filled_the_screen() {
    let mut desk = leads().sized(40, 12);
    desk.press("Enter");
    assert_eq!(desk.model.panes.focus(), Pane::Details);
    desk.press("/").write_in("acme");
    assert!(desk.screen().contains("Check answers") && desk.screen().contains("Call Zo"), "{}", desk.screen());
    desk.press("Esc");
    assert_eq!(desk.model.panes.focus(), Pane::Details, "one step back");
    desk.press("/").write_in("zzz").press("Esc");
    assert_eq!((desk.model.panes.focus(), desk.notice().as_str()), (Pane::Details, ""), "also from nothing");
}

#[test]
fn from_the_types_a_kept_search_leads_to_the_list() {
    let mut desk = leads();
    desk.press("g t /").write_in("acme").press("Enter");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
}

#[test]
fn at_midnight_the_words_of_dates_mean_other_days() {
    let mut desk = leads();
    desk.press("/").write_in("date:today").press("Enter");
    assert_eq!(desk.titles(ListName::Inbox).len(), 2);
    let now = desk.model.today.now;
    desk.send(Msg::Now(now + chrono::TimeDelta::days(4)));
    assert_eq!(desk.titles(ListName::Inbox), ["Renewal"]);
}

#[test]
fn while_a_search_is_typed_few_rows_are_read_of_an_open_list_out_of_sight_and_all_afterwards() {
    let later = (0..99).map(|n| todo(&format!("Later {n}")).due("2026-02-01"));
    let done = (0..99).map(|n| todo(&format!("Later {n}")).due("2025-12-01").done("2025-12-02T10:00:00+00:00"));
    let mut desk = inbox(later.chain(done)).at(MORNING).sized(100, 30);
    let held = |desk: &Desk, list| (0..99).filter(|rank| desk.model.panes.list(list).row(*rank).is_some()).count();
    desk.press("/").write_in("later");
    assert_eq!(desk.model.panes.list(ListName::Future).total(), 99);
    assert!(held(&desk, ListName::Future) <= 3);
    assert!(held(&desk, ListName::Archive) >= 30, "they may be on their way when the search is left");
    desk.press("Enter");
    assert!(held(&desk, ListName::Future) >= 30);
}
