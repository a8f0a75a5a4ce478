//! What a person has set: where the cursor goes, what the space bar does, what the archive keeps.

use chrono::TimeDelta;

use super::three;
use crate::app::purge::Purge;
use crate::domain::kind::TaskType;
use crate::domain::retention::Unusual;
use crate::domain::task::TaskNumber;
use crate::repository::Expired;
use crate::settings::{AfterMove, Space};
use crate::tui::desk::Desk;
use crate::tui::model::Look;
use crate::tui::model::panes::Pane;
use crate::tui::request::{ListName, Outcome, Write};
use crate::tui::update::{Effect, Msg, update};

fn following() -> Desk {
    three().looking(Look { after_move: AfterMove::Follow, ..Look::default() })
}

#[test]
fn who_follows_goes_with_the_task_to_the_archive_and_back() {
    let mut desk = following();
    desk.press("e");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
    assert_eq!(desk.current(), "Send quote");
    desk.press("e");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
    assert_eq!(desk.current(), "Send quote");
}

#[test]
fn who_follows_stays_where_the_task_stays_or_is_gone() {
    let mut desk = following();
    desk.press("f");
    assert_eq!((desk.model.panes.focus(), desk.current().as_str()), (Pane::List(ListName::Inbox), "Send quote"));
    desk.press("# y");
    assert_eq!((desk.model.panes.focus(), desk.current().as_str()), (Pane::List(ListName::Inbox), "Call Dana"));
}

#[test]
fn the_space_bar_completes_unless_it_is_set_to_mark() {
    let mut desk = three();
    desk.press("Space");
    assert_eq!(desk.current(), "Call Dana");
    let mut desk = three().looking(Look { space: Space::Mark, ..Look::default() });
    desk.press("Space");
    assert_eq!((desk.model.marks.tasks().len(), desk.current().as_str()), (1, "Send quote"));
    desk.press("e");
    assert_eq!(desk.titles(ListName::Archive), ["Send quote", "Old"]);
}

#[test]
fn the_archive_is_looked_through_at_the_start_once_an_hour_and_after_a_clock_set_back() {
    let mut desk = three();
    let start = desk.model.today.now;
    let mut asks = |minutes: i64| {
        let effects = update(&mut desk.model, Msg::Now(start + TimeDelta::minutes(minutes)));
        effects.iter().any(|effect| matches!(effect, Effect::Write(_, Write::Purge(..))))
    };
    assert_eq!([1, 59, 60, 61, 119, 120].map(&mut asks), [false, false, true, false, false, true]);
    assert!(asks(-600), "a clock set back does not wait for the hour that it had named");
}

#[test]
fn what_a_purge_removed_is_said_and_an_unusual_one_only_asks() {
    let mut desk = three();
    let expired = Expired { tasks: vec![TaskNumber(5)], types: vec![(TaskType::MissedCall, 8, 90)] };
    let removed = Outcome::Purged(Purge::Removed(expired.clone()));
    desk.send(Msg::Written(1, Ok(removed)));
    assert_eq!(desk.notice(), "Removed 8 archived missed calls older than 90d.");
    desk.send(Msg::Written(2, Ok(Outcome::Purged(Purge::Asks(expired, Unusual::Many)))));
    let notice = desk.notice();
    assert!(notice.starts_with("Remove 8 archived tasks") && notice.ends_with("repbox purge does it."), "{notice}");
}
