//! Charts, the next two weeks, and what happened while the screen was closed.

use super::{MORNING, three};
use crate::domain::task::{Completion, TaskNumber};
use crate::repository::Deed;
use crate::tui::action::Action;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::drill::Drill;
use crate::tui::model::memory::Memory;
use crate::tui::model::panes::Pane;
use crate::tui::request::{ListName, Write};

#[test]
fn the_charts_come_with_their_figures_and_one_step_back_closes_them() {
    let mut desk = three();
    desk.act(Action::Stats);
    let screen = desk.screen();
    assert!(screen.contains("1 done, 0 today, 0 days in a row"), "{screen}");
    assert!(screen.contains("By type") && screen.contains("To-do 1 "), "{screen}");
    desk.press("Esc");
    assert!(desk.model.overlays.top().is_none());
    desk.act(Action::Stats).press("q");
    assert!(desk.model.overlays.top().is_none() && desk.effects.is_empty());
}

#[test]
fn where_not_all_charts_fit_they_are_scrolled_as_far_as_they_go() {
    let mut desk = three().sized(40, 12);
    desk.act(Action::Stats);
    assert!(desk.screen().contains("days, 1 at most"), "{}", desk.screen());
    desk.press("j j j j j j");
    assert!(desk.screen().contains("By rep"), "{}", desk.screen());
    desk.press("k k k k k k");
    assert!(desk.screen().contains("days, 1 at most"), "{}", desk.screen());
}

#[test]
fn the_charts_scroll_by_every_key_that_scrolls_a_sheet_and_a_larger_window_shows_all_of_them() {
    for (down, up) in [("G", "g g"), ("End", "Home"), ("PgDn PgDn PgDn PgDn", "PgUp PgUp PgUp PgUp")] {
        let mut desk = three().sized(40, 12);
        desk.act(Action::Stats).press(down);
        assert!(desk.screen().contains("By rep"), "{down}: {}", desk.screen());
        desk.press(up);
        assert!(desk.screen().contains("days, 1 at most"), "{up}: {}", desk.screen());
        assert_eq!(desk.notice(), "");
    }
    let mut desk = three().sized(40, 12);
    desk.act(Action::Stats).press("Ctrl-d");
    assert!(desk.screen().contains("By hour"), "{}", desk.screen());
    let desk = desk.sized(140, 40);
    assert!(desk.screen().contains("days, 1 at most") && desk.screen().contains("By rep"), "{}", desk.screen());
}

#[test]
fn the_hint_line_offers_to_move_only_where_something_scrolls() {
    for ((width, height), scrolls) in [((140, 40), false), ((80, 24), false), ((40, 12), true)] {
        let mut desk = three().sized(width, height);
        desk.act(Action::Stats);
        let hints = desk.screen().lines().next_back().unwrap_or_default().to_owned();
        assert_eq!(hints.contains("j/k move"), scrolls, "{hints}");
        assert!(hints.contains("Esc back"), "{hints}");
    }
}

#[test]
fn five_types_have_room_at_80x24() {
    let kinds = ["lead", "incoming_email", "missed_call", "voicemail", "opportunity_due"];
    let done = kinds.map(|kind| task(kind).due("2026-01-02").done("2026-01-02T12:00:00+00:00"));
    let mut desk = inbox(done).at(MORNING).sized(80, 24);
    desk.act(Action::Stats);
    let screen = desk.screen();
    assert!(screen.contains("Opportunity 1") && !screen.contains("more"), "{screen}");
}

#[test]
fn without_a_figure_a_sentence_says_when_charts_come() {
    for (width, height) in [(140, 40), (80, 24), (40, 12)] {
        let mut desk = inbox([todo("open").due("2026-01-05")]).at(MORNING).sized(width, height);
        desk.act(Action::Stats);
        let screen = desk.screen();
        let words = screen.split(|c: char| c.is_whitespace() || c == '│').filter(|word| !word.is_empty());
        let said = words.collect::<Vec<_>>().join(" ");
        assert!(said.contains("Charts come with the first task that you complete."), "{screen}");
        assert!(!screen.contains("By hour") && !screen.contains("0 at most"), "{screen}");
    }
}

#[test]
fn where_no_hour_is_known_the_charts_say_of_what_one_is() {
    let mut desk = three();
    for task in desk.tasks.iter_mut() {
        let mut known = task.as_ref().clone();
        known.completed = known.completed.map(|done| Completion { about: true, ..done });
        *task = known.into();
    }
    desk.act(Action::Stats);
    let screen = desk.screen();
    assert!(screen.contains("How long it took is not known yet."), "{screen}");
    assert!(screen.contains("No hour is known yet."), "{screen}");
}

fn weeks() -> Desk {
    inbox([
        todo("now").due("2026-01-05"),
        todo("also now").due("2026-01-05"),
        todo("on Friday").due("2026-01-09T15:00:00+00:00"),
        task("voicemail").due("2026-01-09T16:00:00+00:00"),
        todo("beyond").due("2026-01-19"),
    ])
    .at(MORNING)
}

#[test]
fn the_strip_counts_the_tasks_of_each_day_that_the_types_show() {
    let mut desk = weeks();
    desk.press("g d");
    assert!(desk.screen().contains("Mon 05 Jan, today: 2 tasks"), "{}", desk.screen());
    desk.press("l l l l");
    assert!(desk.screen().contains("Fri 09 Jan, in 4d: 1 task"), "{}", desk.screen());
    desk.press("Esc 0 g d l l l l");
    assert!(desk.screen().contains("Fri 09 Jan, in 4d: 2 tasks"), "{}", desk.screen());
    desk.press("j j l l l");
    assert!(desk.screen().contains("Sun 18 Jan, in 13d: nothing"), "{}", desk.screen());
    desk.press("k h");
    assert!(desk.screen().contains("Sat 10 Jan, in 5d: nothing"), "{}", desk.screen());
}

#[test]
fn enter_goes_to_the_first_task_of_the_day_and_shows_the_future_for_it() {
    let mut desk = weeks();
    desk.press("g d l l l l Enter");
    assert_eq!((desk.current().as_str(), desk.model.panes.focus()), ("on Friday", Pane::List(ListName::Future)));
    desk.press("g d Enter");
    assert_eq!((desk.current().as_str(), desk.model.panes.focus()), ("now", Pane::List(ListName::Inbox)));
    desk.press("g d l Enter");
    assert_eq!((desk.current().as_str(), desk.notice().as_str()), ("now", "Nothing on Tue 06 Jan."));
}

#[test]
fn s_snoozes_the_marked_tasks_to_the_day_and_one_with_a_time_to_its_morning() {
    let mut desk = weeks();
    desk.press("0 * a g d j s");
    let date = |desk: &Desk, number: i64| {
        let row = desk.tasks.iter().find(|row| row.number == TaskNumber(number)).expect("a task").clone();
        row.record.get("date").unwrap_or("none").to_owned()
    };
    assert_eq!(date(&desk, 1), "\"2026-01-12\"");
    assert!(desk.titles(ListName::Inbox).is_empty());
    desk.press("u g f");
    desk.press("g d j s");
    let moved: Vec<String> = [3, 4].map(|number| date(&desk, number)).to_vec();
    assert!(moved.contains(&"\"2026-01-12T14:00:00+00:00\"".to_owned()), "{moved:?}");
}

#[test]
fn the_start_line_tells_what_happened_since_the_screen_was_left() {
    let mut desk = three();
    desk.model.look.aliases = ["Bo Ek"].into_iter().collect();
    desk.slow = true;
    desk.press("q");
    let kept = desk.waiting.iter().find_map(|(_, write)| match write {
        Write::Remember(text) => Some(text.clone()),
        _ => None,
    });
    let memory = Memory::read(kept.as_deref()).expect("it was written");
    let mut again = three();
    let done = again.tasks.iter().find(|row| row.task.is_complete).expect("one").as_ref().clone();
    again.happened.came[3] = 3;
    again.happened.done = vec![Deed { task: done, by: Some("Ana Ruiz".to_owned()) }];
    again.restart();
    assert_eq!(again.notice(), "", "on a first start there is no before");
    memory.recall(&mut again.model);
    again.restart();
    assert_eq!(again.notice(), "Since 09:00: 3 new missed calls, 1 to-do done by Ana");
    let mut quiet = three();
    memory.recall(&mut quiet.model);
    quiet.restart();
    assert_eq!(quiet.notice(), "");
}

#[test]
fn the_drill_asks_for_ten_keys_one_after_the_other_and_shows_the_way_back() {
    let mut desk = three().sized(40, 12);
    desk.model.drill = Some(Drill::default());
    let asked = |desk: &Desk| desk.screen().lines().last().unwrap_or_default().trim().to_owned();
    assert_eq!(asked(&desk), "Drill 1/10  j goes to the next task");
    desk.press("k");
    assert_eq!(asked(&desk), "Drill 1/10  j goes to the next task", "another key leads nowhere");
    desk.press("j g a");
    assert_eq!(asked(&desk), "Drill 2/10  g i to the inbox first");
    desk.press("g i e u 0 s Esc");
    assert_eq!(asked(&desk), "Drill 6/10  s opens the menu again");
    desk.press("s t F x * l");
    assert_eq!(asked(&desk), "Drill 10/10  ? shows every other key");
    desk.press("? Esc");
    assert_eq!(asked(&desk), "All ten.  q quits: nothing here is kept");
}

#[test]
fn what_the_disk_tells_reaches_below_the_help_what_asked_for_it() {
    for keys in ["g d ?", ": s t a t s Enter ?"] {
        let mut desk = three();
        desk.burst(keys).press("Esc");
        let screen = desk.screen();
        assert!(!screen.contains("Counting...") && desk.model.overlays.top().is_some(), "{keys}: {screen}");
        desk.press("Esc");
        assert!(desk.model.overlays.top().is_none(), "no key waits for ever: {keys}");
    }
}
