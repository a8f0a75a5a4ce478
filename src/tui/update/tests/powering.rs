//! Power mode by value: which task has its turn, and what is left of the list.

use super::MORNING;
use crate::domain::edit::Edit;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::power::Queued;
use crate::tui::mouse::{Gesture, Mouse};
use crate::tui::request::{Answer, ListName};
use crate::tui::update::{Effect, Msg, ahead, update};
use crossterm::event::{KeyCode, KeyEvent};

fn three() -> Desk {
    let mut desk =
        inbox([todo("One").due("2026-01-03"), todo("Two").due("2026-01-04"), todo("Three").due("2026-01-05")])
            .at(MORNING);
    desk.press("p");
    desk
}

/// The place, how many there are, and how many are done.
fn place(desk: &Desk) -> Option<((usize, usize), usize)> {
    desk.model.power.as_ref().map(|power| (power.place(), power.done()))
}

#[test]
fn tasks_come_in_the_order_shown_and_what_is_done_makes_room_for_the_next() {
    let mut desk = three();
    assert_eq!((desk.current().as_str(), place(&desk)), ("One", Some(((1, 3), 0))));
    desk.press("e");
    assert_eq!((desk.current().as_str(), place(&desk)), ("Two", Some(((2, 3), 1))));
    desk.press("s t");
    assert_eq!((desk.current().as_str(), place(&desk)), ("Three", Some(((3, 3), 1))));
    desk.press("e");
    assert_eq!((desk.notice().as_str(), place(&desk)), ("Gone through all 3: 2 done in 0m.", None));
    assert_eq!(desk.titles(ListName::Inbox), Vec::<String>::new());
}

#[test]
fn later_comes_back_at_the_end_and_back_goes_to_it() {
    let mut desk = three();
    desk.press("Right");
    assert_eq!((desk.current().as_str(), place(&desk)), ("Two", Some(((1, 3), 0))));
    desk.press("Left");
    assert_eq!(desk.current(), "One");
    desk.press("l e e");
    assert_eq!((desk.current().as_str(), place(&desk)), ("One", Some(((3, 3), 2))));
    desk.press("Left");
    assert_eq!(desk.current(), "One");
    assert_eq!(desk.notice(), "Nothing was left for later with Right. u takes back what was done.");
}

#[test]
fn the_title_tells_how_many_come_back() {
    let mut desk = three();
    desk.press("Right");
    assert!(desk.screen().contains("POWER 1/3  0 done in 0m  1 later"), "{}", desk.screen());
    desk.press("e e");
    assert!(desk.screen().contains("POWER 3/3  2 done in 0m "), "it has its turn: {}", desk.screen());
}

#[test]
fn the_order_is_the_lists_own_and_a_folded_leads_tasks_follow_each_other() {
    let draft = |text: &str, date: &str| todo(text).lead("Acme").due(date);
    let mut desk = inbox([
        draft("Early", "2026-01-02"),
        todo("Between").lead("Blue").due("2026-01-03"),
        draft("Late", "2026-01-04"),
    ])
    .at(MORNING);
    let mut gone_through = |keys: &str| {
        desk.press(keys).press("p");
        let titles: Vec<String> = (0..3).map(|_| (desk.current(), desk.press("Right")).0).collect();
        desk.press("p");
        titles
    };
    assert_eq!(gone_through("S"), ["Late", "Between", "Early"]);
    assert_eq!(gone_through("S S S B"), ["Early", "Late", "Between"]);
}

#[test]
fn marked_tasks_are_the_only_ones_also_those_that_a_filter_hides() {
    let mut desk =
        inbox([todo("One").due("2026-01-03"), todo("Two").due("2026-01-04"), task("voicemail").due("2026-01-04")])
            .at(MORNING);
    desk.press("0 G x k x 1 p");
    assert_eq!(place(&desk), Some(((1, 2), 0)));
    assert_eq!(desk.current(), "Two");
    desk.press("Esc");
    assert_eq!(desk.model.marks.count(), 0);
    desk.press("g m p");
    assert_eq!(place(&desk), Some(((1, 2), 0)));
}

#[test]
fn what_is_about_lists_says_so_and_changes_nothing() {
    for keys in ["x", "J", "* a", "0", "3", "/", "S", "B", "F", "w", "+", "@", "Tab", "g i", "g 1", "Enter"] {
        let mut desk = three();
        desk.press(keys);
        assert_eq!(desk.notice(), "That is for the lists. Esc goes back to them.", "{keys}");
        assert_eq!((desk.current().as_str(), place(&desk)), ("One", Some(((1, 3), 0))), "{keys}");
    }
    let mut desk = three();
    desk.press("b");
    assert_eq!(desk.notice(), "No action on \"b\". ? for help");
    desk.press(":").write_in("mark-all").press("Enter");
    assert_eq!(desk.model.marks.count(), 0);
}

#[test]
fn the_mouse_does_not_reach_the_lists() {
    let mut desk = three().sized(140, 40);
    for row in 0..38 {
        for gesture in [Gesture::Click, Gesture::DoubleClick, Gesture::WheelDown] {
            desk.send(Msg::Mouse(Mouse { gesture, at: (40, row) }));
        }
    }
    assert_eq!((desk.current().as_str(), place(&desk)), ("One", Some(((1, 3), 0))));
    desk.press("Esc");
    assert_eq!(desk.current(), "One");
}

#[test]
fn undo_brings_the_task_back_to_its_turn() {
    let mut desk = three();
    desk.press("e e u");
    assert_eq!((desk.current().as_str(), place(&desk)), ("Two", Some(((2, 3), 1))));
    desk.press("u");
    assert_eq!((desk.current().as_str(), place(&desk)), ("One", Some(((1, 3), 0))));
}

#[test]
fn when_the_write_fails_the_task_has_its_turn_again() {
    let mut desk = three();
    desk.slow = true;
    desk.press("e");
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("the disk is full".into())));
    assert_eq!((desk.current().as_str(), place(&desk)), ("One", Some(((1, 3), 0))));
}

#[test]
fn what_is_done_but_not_yet_written_has_no_turn() {
    let mut desk = inbox([todo("One").due("2026-01-03"), todo("Two").due("2026-01-04")]).at(MORNING);
    desk.slow = true;
    desk.press("e p");
    assert_eq!((desk.current().as_str(), place(&desk)), ("Two", Some(((1, 1), 0))));
    desk.press("e");
    let written = desk.waiting.iter().filter(|(_, write)| matches!(write, crate::tui::request::Write::Edit { .. }));
    assert_eq!(written.count(), 2, "each task is done once");
}

#[test]
fn tasks_read_before_a_change_was_written_are_read_anew() {
    let mut desk = inbox([todo("One").due("2026-01-03"), todo("Two").due("2026-01-04")]).at(MORNING);
    desk.slow = true;
    desk.press("e");
    let asked = update(&mut desk.model, Msg::Key(KeyEvent::from(KeyCode::Char('p'))));
    let Some(Effect::Read(number, _)) = asked.first() else { panic!("{asked:?}") };
    let early = desk.tasks.iter().map(|row| Queued { row: row.clone(), number: None }).collect();
    let (write, what) = desk.waiting.remove(0);
    desk.slow = false;
    desk.carry_out(Effect::Write(write, what));
    desk.send(Msg::Answer(*number, Answer::Queue(early, 2)));
    assert_eq!((desk.current().as_str(), place(&desk)), ("Two", Some(((1, 1), 0))));
}

#[test]
fn what_an_undo_brings_back_stays_though_an_older_answer_lacks_it() {
    let mut desk = three();
    desk.press("e");
    let (asked, rows) = (desk.model.data.next_number(), desk.tasks[1..].to_vec());
    desk.press("u");
    desk.send(Msg::Answer(asked, Answer::Rows(rows)));
    assert_eq!((desk.current().as_str(), place(&desk)), ("One", Some(((1, 3), 0))));
}

#[test]
fn what_others_have_done_has_no_turn() {
    let mut desk = three();
    desk.tasks.remove(1);
    desk.send(Msg::FileChanged);
    assert_eq!(desk.notice(), "", "it was not the one that is shown");
    desk.press("e");
    assert_eq!((desk.current().as_str(), place(&desk)), ("Three", Some(((3, 3), 1))));
}

#[test]
fn where_others_take_the_task_shown_away_that_is_said() {
    let mut desk = three();
    let shown = desk.current();
    desk.tasks.remove(0);
    desk.send(Msg::FileChanged);
    assert_eq!(desk.notice(), format!("\"{shown}\" was removed elsewhere."));
    desk.press("e u U");
    assert!(desk.notice().starts_with("Redone: "), "nobody else did that: {}", desk.notice());
    desk.press("u");
    let now = desk.current();
    let done = ahead::of(&desk.tasks[0], &Edit::Complete(true), desk.model.today.now).expect("an open task");
    desk.tasks[0] = done.after.expect("it is kept");
    desk.send(Msg::FileChanged);
    assert_eq!(desk.notice(), format!("\"{now}\" was completed elsewhere."));
}

#[test]
fn calls_out_of_hours_and_without_a_number_come_last_with_the_reason() {
    let call = |number: &str| task("missed_call").with("phone", number).due("2026-01-03");
    // Nine in New York is six in Los Angeles.
    let mut desk =
        inbox([call("+14155550100"), call(""), call("+12125550119"), todo("x").due("2026-01-05")]).at(MORNING);
    desk.press("0 p");
    let numbers: Vec<i64> = desk.model.power.as_ref().expect("on").waiting().iter().map(|task| task.0).collect();
    assert_eq!(numbers, [3, 4, 1, 2]);
    desk.press("Right Right");
    assert!(desk.screen().contains("Last because it is outside of 08:00 to 21:00 there"), "{}", desk.screen());
    desk.press("Right");
    assert!(desk.screen().contains("Last because it has no number"), "{}", desk.screen());
}

#[test]
fn a_call_without_a_number_waits_for_the_hours_of_the_number_that_is_dialled() {
    let of_dana = |number: &str| {
        let call = task("missed_call").with("phone", number).lead("Acme").with("contact_id", "cont_1");
        call.due("2026-01-03")
    };
    let mut desk = inbox([of_dana(""), of_dana("+14155550100"), todo("x").due("2026-01-05")]).at(MORNING);
    desk.press("0 p Right");
    let screen = desk.screen();
    assert!(screen.contains("c calls +14155550100 (from another task of the contact)"), "{screen}");
    assert!(screen.contains("Last because it is outside of 08:00 to 21:00 there"), "{screen}");
}

#[test]
fn who_is_awake_sooner_comes_first_of_those_who_are_not_and_time_goes_on() {
    let call = |number: &str| task("missed_call").with("phone", number).due("2026-01-03");
    // Nine in New York is four in Honolulu, six in Los Angeles, and two at night in Auckland.
    let numbers = ["+18085550100", "+14155550100", "+6493070000", "+12125550119"];
    let mut desk = inbox(numbers.map(call)).at(MORNING);
    desk.press("0 p");
    let waiting = |desk: &Desk| -> Vec<i64> {
        desk.model.power.as_ref().expect("on").waiting().iter().map(|task| task.0).collect()
    };
    assert_eq!(waiting(&desk), [4, 2, 1, 3]);
    desk.press("Right");
    assert!(desk.screen().contains("Last because"), "{}", desk.screen());
    desk.send(Msg::Now("2026-01-05T16:00:00Z".parse().expect("a moment")));
    assert!(!desk.screen().contains("Last because"), "eight in Los Angeles: {}", desk.screen());
    desk.send(Msg::Now("2026-01-06T02:30:00Z".parse().expect("a moment")));
    assert_eq!(waiting(&desk), [2, 1, 3, 4], "half past nine in New York");
}

#[test]
fn a_call_is_dialled_at_once_for_the_number_and_the_time_stand_there() {
    let mut desk = inbox([task("missed_call").with("phone", "+12125550119").due("2026-01-05")]).at(MORNING);
    desk.press("0 p");
    assert!(desk.screen().contains("c calls +12125550119: 09:00 there, New York?"), "{}", desk.screen());
    desk.press("c");
    assert!(matches!(&desk.effects[..], [Effect::Start(_)]), "{:?}", desk.effects);
}

#[test]
fn a_number_of_the_contacts_other_task_is_shown_as_such() {
    let of_dana = |draft: crate::tui::desk::Draft| draft.lead("Acme").with("contact_id", "cont_1").due("2026-01-05");
    let call = of_dana(task("missed_call")).with("phone", "+12125550119").json("is_complete", "false");
    let mut desk = inbox([of_dana(todo("Send quote")), call]).at(MORNING);
    desk.press("p");
    let said = "c calls +12125550119 (from another task of the contact), Acme: 09:00 there, New York?";
    assert!(desk.screen().contains(said), "{}", desk.screen());
    desk.press("c");
    assert!(matches!(&desk.effects[..], [Effect::Start(_)]), "{:?}", desk.effects);
}

#[test]
fn esc_and_q_go_back_to_the_lists_and_an_empty_list_has_nothing_to_go_through() {
    for key in ["Esc", "q"] {
        let mut desk = three();
        desk.press("e").press(key);
        assert_eq!((place(&desk), desk.current().as_str()), (None, "Two"));
        assert!(!desk.effects.contains(&Effect::Quit));
    }
    let mut empty = inbox([todo("x").due("2026-01-09")]).at(MORNING);
    empty.press("p");
    assert_eq!(empty.notice(), "Nothing here to go through.");
    empty.press("g a p");
    assert_eq!(empty.notice(), "What is in the archive is done already.");
}
