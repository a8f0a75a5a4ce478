//! Purges on the screen: when the archive is looked through, what is said, what is asked.

use chrono::TimeDelta;

use super::three;
use crate::app::purge::Purge;
use crate::domain::kind::TaskType;
use crate::domain::retention::Unusual;
use crate::domain::task::TaskNumber;
use crate::repository::Expired;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::overlay::Overlay;
use crate::tui::request::{ListName, Outcome, Write};
use crate::tui::update::{Effect, Msg, update};

/// Two archived calls past their time, and a to-do that is open.
fn archive() -> Desk {
    let call = task("missed_call").with("phone", "+15550100").done("2025-06-01T09:00:00+00:00");
    let mut desk = inbox([todo("Send quote").due("2026-01-05"), call.clone(), call]).at("2026-01-05T09:00-05:00");
    desk.press("0");
    desk
}

/// Whether a question waits, or is open.
fn asks(desk: &Desk) -> bool {
    desk.model.data.purge_question.is_some() || matches!(desk.model.overlays.top(), Some(Overlay::Question(_)))
}

fn archived(desk: &Desk) -> usize {
    desk.model.panes.list(ListName::Archive).total()
}

#[test]
fn the_archive_is_looked_through_at_the_start_once_an_hour_and_after_a_clock_set_back() {
    let mut desk = three();
    let start = desk.model.today.now;
    let mut asks = |minutes: i64| {
        let effects = update(&mut desk.model, Msg::Now(start + TimeDelta::minutes(minutes)));
        effects.iter().any(|effect| matches!(effect, Effect::Write(_, Write::Purge { .. })))
    };
    assert_eq!([1, 59, 60, 61, 119, 120].map(&mut asks), [false, false, true, false, false, true]);
    assert!(asks(-600), "a clock set back does not wait for the hour that it had named");
}

#[test]
fn what_a_purge_removed_is_said() {
    let mut desk = three();
    let expired = Expired { tasks: vec![TaskNumber(5)], types: vec![(TaskType::MissedCall, 8, 90)] };
    desk.send(Msg::Written(1, Ok(Outcome::Purged(Purge::Removed(expired)))));
    assert_eq!(desk.notice(), "Removed 8 archived missed calls older than 90d.");
}

#[test]
fn p39_an_unusual_purge_asks_first_and_a_yes_removes_what_an_undo_brings_back() {
    let mut desk = archive();
    desk.expire(Unusual::LongAway(40));
    assert_eq!(desk.notice(), "Archived tasks past their time: 2.");
    desk.press("y");
    assert!(asks(&desk) && archived(&desk) == 2, "it takes no key before a person turns to it");
    desk.press("! y");
    assert_eq!((asks(&desk), archived(&desk)), (false, 0));
    assert_eq!(desk.notice(), "Removed 2 archived missed calls older than 90d.");
    desk.press("u");
    assert_eq!(archived(&desk), 2);
}

#[test]
fn p39_a_no_stands_for_the_day_and_no_is_what_other_keys_say() {
    for key in ["n", "Enter", "Esc", "q"] {
        let mut desk = archive();
        desk.expire(Unusual::Many(100)).press("!").press(key);
        assert_eq!((asks(&desk), archived(&desk)), (false, 2), "{key}");
        // From 10:00 on, until midnight has come.
        for _ in 0..13 {
            assert!(!asks(desk.hour()), "{key}: asked again at {}", desk.model.today.now);
        }
        assert!(asks(desk.hour()), "{key}");
    }
}

#[test]
fn a_question_left_open_over_night_is_not_asked_twice() {
    let mut desk = archive();
    desk.expire(Unusual::Many(100));
    desk.press("!");
    for _ in 0..20 {
        desk.hour();
    }
    desk.press("n");
    assert!(!asks(&desk) && !asks(desk.hour()));
}

#[test]
fn an_unusual_purge_waits_until_no_form_and_no_menu_has_the_keys() {
    for (open, close) in [("n", "Esc"), ("s", "Esc"), ("?", "Esc"), ("#", "n"), ("g", "Esc")] {
        let mut desk = archive();
        desk.press(open);
        let context = desk.model.context();
        desk.expire(Unusual::Many(100)).hour();
        assert_eq!((desk.model.context(), archived(&desk)), (context, 2), "{open}");
        desk.press(close).press("!");
        assert!(matches!(desk.model.overlays.top(), Some(Overlay::Question(_))), "{open}");
        assert!(asks(&desk) && archived(&desk) == 2, "{open}");
    }
}

#[test]
fn a_purge_that_is_no_longer_due_is_not_asked_about() {
    let mut desk = archive();
    desk.press("s").expire(Unusual::Many(100));
    desk.unusual = None;
    desk.hour().press("Esc");
    assert!(!asks(&desk));
}

#[test]
fn a_yes_to_what_is_no_longer_past_its_time_says_so() {
    let mut desk = archive();
    desk.slow = true;
    desk.expire(Unusual::Many(100));
    desk.write();
    desk.slow = true;
    desk.press("! y");
    let (number, _) = desk.waiting.pop().expect("the purge");
    desk.send(Msg::Written(number, Ok(Outcome::Purged(Purge::Nothing))));
    assert_eq!(desk.notice(), "No archived task is past its time any more.");
}
