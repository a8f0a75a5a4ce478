//! Putting off, dates, giving away, pins, and doing again.

use crossterm::event::KeyEvent;

use super::{MORNING, three};
use crate::domain::edit::Edit;
use crate::domain::when;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::key::Key;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::request::{Answer, ListName, Write};
use crate::tui::update::{Effect, Msg, update};

fn date(desk: &Desk, number: i64) -> Option<String> {
    let row = desk.tasks.iter().find(|row| row.number.0 == number).expect("a task of the desk");
    row.task.actionable().map(|date| date.to_wire())
}

#[test]
fn a_snooze_moves_to_the_future_at_once_and_the_next_row_takes_the_cursor() {
    let mut desk = three();
    desk.slow = true;
    desk.press("s t");
    assert_eq!(desk.titles(ListName::Future), ["Send quote", "Later"]);
    assert_eq!(desk.current(), "Call Dana");
    assert_eq!(desk.notice(), "Snoozed \"Send quote\".");
    desk.write();
    desk.press("g .");
    assert_eq!(desk.current(), "Send quote");
    assert!(desk.model.current_task().is_some_and(|row| row.local.is_snoozed));
    desk.press("u");
    assert_eq!(desk.current(), "Send quote");
    assert_eq!(date(&desk, 1).as_deref(), Some("2026-01-02"));
}

#[test]
fn h_snoozes_in_lists_and_goes_back_in_menus_and_details() {
    let mut desk = three().sized(140, 40);
    desk.press("h");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Snooze(_))));
    desk.press("h");
    assert!(desk.model.overlays.top().is_none());
    desk.press("Enter h");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
}

#[test]
fn each_line_of_the_menu_has_its_result_and_e_does_nothing_there() {
    let mut desk = three().sized(140, 40);
    desk.press("s e");
    assert_eq!(desk.notice(), "No action on \"e\". ? for help");
    let screen = desk.screen();
    let is_tomorrow = |line: &str| line.contains("t tomorrow ") && line.contains("Tue 06 Jan, goes to Future");
    assert!(screen.lines().any(is_tomorrow), "{screen}");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
    desk.press("j j j Enter");
    assert_eq!(date(&desk, 1).as_deref(), Some("2026-01-06"));
}

#[test]
fn the_last_choice_comes_first_and_enter_takes_it() {
    let mut desk = three();
    desk.press("s w s Enter");
    assert_eq!((date(&desk, 1), date(&desk, 2)), (Some("2026-01-12".into()), Some("2026-01-12".into())));
}

#[test]
fn of_marked_tasks_a_day_stays_a_day_and_a_time_gets_nine() {
    let mut desk = inbox([todo("day").due("2026-01-05"), todo("timed").due("2026-01-05T15:00:00+00:00")]).at(MORNING);
    desk.press("J s t");
    assert_eq!(date(&desk, 1).as_deref(), Some("2026-01-06"));
    assert_eq!(date(&desk, 2).as_deref(), Some("2026-01-06T14:00:00+00:00"));
    desk.press("u");
    assert_eq!(date(&desk, 1).as_deref(), Some("2026-01-05"));
    assert_eq!(date(&desk, 2).as_deref(), Some("2026-01-05T15:00:00+00:00"));
}

#[test]
fn c_puts_off_until_it_is_nine_there_where_the_number_tells_where_that_is() {
    let call = |phone: &str, at: &str| task("missed_call").with("phone", phone).due(at);
    let calls = [call("+13035550188", "2026-01-05T13:00:00+00:00"), call("+18005550100", "2026-01-05T13:30:00+00:00")];
    let mut desk = inbox(calls).at(MORNING).sized(140, 40);
    desk.press("4 s");
    assert!(desk.screen().contains("c 09:00 there (Denver?)"), "{}", desk.screen());
    desk.press("c");
    assert_eq!(date(&desk, 1).as_deref(), Some("2026-01-05T16:00:00+00:00"), "eleven o'clock here");
    // A toll-free number is nowhere.
    desk.press("g i g g .");
    assert_eq!(desk.notice(), "No number here tells what time it is there. s shows other choices.");
    desk.press("s c");
    assert_eq!(date(&desk, 2).as_deref(), Some("2026-01-05T13:30:00+00:00"));
}

#[test]
fn a_typed_date_has_a_preview_and_a_past_one_is_taken_on_the_second_enter() {
    let mut desk = three().sized(140, 40);
    desk.press("d").write_in("fri 9");
    assert!(desk.screen().contains("= Fri 09 Jan 09:00 (in 4d), goes to Future"), "{}", desk.screen());
    desk.press("Ctrl-u").write_in("2026-01-02").press("Enter");
    assert!(desk.screen().contains("That was 3d ago. Enter again to keep it"));
    // Another past date is warned of anew.
    desk.press("Backspace").write_in("3").press("Enter");
    assert!(desk.screen().contains("That was 2d ago. Enter again to keep it"));
    desk.press("Enter");
    assert_eq!(date(&desk, 1).as_deref(), Some("2026-01-03"));
}

#[test]
fn an_open_menu_says_what_its_choices_lead_to_by_now() {
    let mut desk = three().sized(140, 40);
    desk.press("s j j j");
    let has = |desk: &Desk, words: &[&str]| {
        let screen = desk.screen();
        screen.lines().any(|line| words.iter().all(|word| line.contains(word)))
    };
    assert!(has(&desk, &["1 in 1 hour", "10:00"]) && has(&desk, &["t tomorrow", "Tue 06 Jan"]), "{}", desk.screen());
    desk.send(Msg::Now(desk.model.today.now + chrono::TimeDelta::hours(10)));
    // Tonight is past by now: its line has gone, and the cursor stays on tomorrow.
    assert!(has(&desk, &["1 in 1 hour", "20:00"]) && !has(&desk, &["n tonight"]), "{}", desk.screen());
    desk.send(Msg::Now(desk.model.today.ends));
    assert!(has(&desk, &["t tomorrow", "Wed 07 Jan"]), "{}", desk.screen());
    desk.press("Enter");
    assert_eq!(date(&desk, 1).as_deref(), Some("2026-01-07"));
}

#[test]
fn an_ambiguous_date_is_refused_with_examples_while_it_is_typed() {
    let mut desk = three().sized(140, 40);
    desk.press("s d").write_in("03/");
    assert!(desk.screen().contains(when::EXAMPLES), "{}", desk.screen());
    desk.write_in("04");
    assert!(desk.screen().contains("Ambiguous. Write 3 apr or 2026-04-03"), "{}", desk.screen());
    desk.press("Ctrl-u").write_in("31 apr");
    assert!(desk.screen().contains("There is no 31 apr. Write 30 apr."), "{}", desk.screen());
    desk.press("Esc i").press("Down Down Down").write_in("3/4");
    assert!(desk.screen().contains("Ambiguous. Write 3 apr or 2026-04-03"), "{}", desk.screen());
}

#[test]
fn what_clocks_do_to_a_typed_time_is_said_while_it_is_typed() {
    let mut desk = three().sized(140, 40);
    desk.press("g z").send(Msg::Paste("America/New_York".into()));
    desk.press("Enter d").write_in("8 mar 2:30");
    assert!(desk.screen().contains("= Sun 08 Mar 03:00") && desk.screen().contains("clocks skip 02:30"));
    desk.press("Ctrl-u").write_in("1 nov 1:30");
    assert!(desk.screen().contains("clocks show it twice: the first"), "{}", desk.screen());
}

#[test]
fn at_the_end_of_the_calendar_the_menu_offers_what_there_is_and_a_form_keeps_the_date() {
    for (zone, date) in
        [("+14", "9999-12-31T23:59:59+00:00"), ("-12", "0001-01-01T00:00:00+00:00"), ("+14", "9999-12-31")]
    {
        for now in ["9999-12-30T12:00+00:00", "0001-01-02T01:00+00:00", MORNING] {
            let mut desk = inbox([todo("edge").due(date), todo("near").due("2026-01-05")]).at(now).sized(140, 40);
            desk.press("g z").send(Msg::Paste(zone.into()));
            desk.press("Enter F g a g f g i * a s");
            for key in ["1", "2", "n", "t", "b", "w", "m", "r"] {
                desk.press("g i g g s").press(key).press("Esc");
            }
            desk.press("U U u u u u u u u u u u u u");
            desk.press("i").write_in("!").press("Ctrl-s");
            assert!(desk.screen().lines().count() > 20, "{zone} {date} {now}");
            for row in &desk.tasks {
                let date = row.task.actionable();
                assert_eq!(date.and_then(|date| date.within_years()), date, "{zone} {now}");
            }
        }
    }
}

#[test]
fn a_word_that_is_no_date_stays_with_what_works() {
    let mut desk = three().sized(40, 12);
    desk.press("s d").write_in("frday").press("Enter");
    let screen = desk.screen();
    assert!(screen.contains("Snooze until: frday"), "{screen}");
    assert!(
        screen.contains("\"frday\" is not a date. Try fri, tom 9,") && screen.contains("+3d or 2026-01-09."),
        "{screen}"
    );
}

#[test]
fn a_full_stop_does_the_same_to_the_next_task() {
    let mut desk = three();
    desk.press(".");
    assert_eq!(desk.notice(), "Nothing to repeat yet.");
    desk.press("s w .");
    assert_eq!((date(&desk, 1), date(&desk, 2)), (Some("2026-01-12".into()), Some("2026-01-12".into())));
    desk.press("e g i u");
    assert_eq!(desk.titles(ListName::Inbox), ["Check answers"]);
}

#[test]
fn a_full_stop_means_the_choice_and_not_its_date() {
    let mut desk = inbox([todo("day").due("2026-01-05"), todo("timed").due("2026-01-05T15:00:00+00:00")]).at(MORNING);
    desk.press("s t .");
    assert_eq!(date(&desk, 1).as_deref(), Some("2026-01-06"));
    assert_eq!(date(&desk, 2).as_deref(), Some("2026-01-06T14:00:00+00:00"), "a timed task gets 09:00");
}

#[test]
fn what_is_complete_is_not_put_off() {
    let mut desk = three();
    desk.press("g a s");
    assert_eq!(desk.notice(), "It is complete; re-open it first.");
    assert!(desk.model.overlays.top().is_none());
}

#[test]
fn a_task_is_given_to_the_rep_that_is_typed() {
    let mut desk = inbox([todo("a").rep("Ana").due("2026-01-05"), todo("b").rep("Bo").due("2026-01-05")]).at(MORNING);
    desk.press("a").write_in("bo").press("Enter");
    assert_eq!(desk.notice(), "Assigned \"a\" to Bo.");
    assert_eq!(desk.tasks[0].task.rep.shown_name(), Some("Bo"));
}

#[test]
fn what_is_pressed_before_the_reps_have_come_is_done_when_they_have() {
    let mut desk = inbox([todo("a").rep("Ana").due("2026-01-05"), todo("b").rep("Bo").due("2026-01-05")]).at(MORNING);
    let keys = ["a", "Down", "Enter"].map(|key| Key::parse(key).expect("a key"));
    let press = |key: Key| update(&mut desk.model, Msg::Key(KeyEvent::new(key.code, key.modifiers)));
    let effects: Vec<Effect> = keys.into_iter().flat_map(press).collect();
    assert!(desk.screen().contains("Reading who there is..."), "{}", desk.screen());
    effects.into_iter().for_each(|effect| desk.carry_out(effect));
    assert_eq!(desk.notice(), "Assigned \"a\" to Bo.");
}

#[test]
fn newer_reps_move_neither_the_cursor_nor_what_is_typed() {
    let mut desk = inbox([todo("a").rep("Ana").due("2026-01-05"), todo("b").rep("Bo").due("2026-01-05")]).at(MORNING);
    desk.press("a Esc a Down");
    let bo = (desk.tasks[1].task.rep.clone(), 1);
    desk.send(Msg::Answer(99, Answer::Reps(vec![bo.clone()])));
    desk.press("Enter");
    assert_eq!(desk.notice(), "Assigned \"a\" to Bo.");
    desk.press("u a b");
    desk.send(Msg::Answer(99, Answer::Reps(vec![bo])));
    desk.press("o Enter");
    assert_eq!(desk.notice(), "Assigned \"a\" to Bo.");
}

#[test]
fn a_menu_in_which_nothing_matches_stays_and_says_so_itself() {
    for menu in ["a", "@", "g z", "T"] {
        let mut desk = inbox([todo("a").rep("Ana").due("2026-01-05")]).at(MORNING);
        desk.press(menu).write_in("zzz").press("Enter");
        assert!(desk.screen().contains("Nothing matches."), "{menu}: {}", desk.screen());
        assert!(desk.model.overlays.top().is_some(), "{menu}");
    }
}

#[test]
fn a_task_is_given_to_nobody_or_to_an_id_as_the_command_does() {
    let mut desk = inbox([todo("a").rep("Ana").due("2026-01-05")]).at(MORNING);
    desk.press("a").write_in("nobody").press("Enter");
    assert_eq!(desk.notice(), "Assigned \"a\" to nobody.");
    assert_eq!(desk.tasks[0].task.rep.id, None);
    desk.press("a").write_in("user_new1").press("Enter");
    assert_eq!(desk.tasks[0].task.rep.id.as_ref().map(|id| id.as_str()), Some("user_new1"));
}

#[test]
fn a_pin_lifts_a_task_to_the_top_of_its_section_and_goes_again() {
    let mut desk = inbox([todo("one").due("2026-01-05"), todo("two").due("2026-01-05")]).at(MORNING).sized(140, 40);
    desk.press("j f");
    assert_eq!(desk.titles(ListName::Inbox), ["two", "one"]);
    assert_eq!(desk.current(), "two");
    assert!(desk.screen().contains("^"), "{}", desk.screen());
    desk.press("f");
    assert_eq!(desk.titles(ListName::Inbox), ["one", "two"]);
    assert_eq!(desk.notice(), "Unpinned \"two\".");
}

#[test]
fn a_note_keeps_its_lines_and_an_empty_one_is_not_written() {
    let mut desk = three();
    desk.press("m Enter");
    assert_eq!(desk.notice(), "Nothing was written.");
    desk.press("m");
    desk.send(Msg::Paste("wants net 60\nasked twice".into()));
    desk.press("Enter");
    let notes: Vec<&str> = desk.tasks[0].local.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["wants net 60\nasked twice"]);
}

#[test]
fn a_deletion_asks_names_the_task_and_can_be_undone() {
    let mut desk = three().sized(140, 40);
    desk.press("#");
    assert!(desk.screen().contains("Delete \"Send quote\"? y/N"));
    desk.press("Enter");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
    desk.press("Delete y");
    assert_eq!((desk.current().as_str(), desk.notice().as_str()), ("Call Dana", "Deleted \"Send quote\"."));
    desk.press("u");
    assert_eq!(desk.current(), "Send quote");
}

#[test]
fn a_run_of_one_change_is_one_step_of_undo() {
    let mut desk = inbox((0..12).map(|i| todo(&format!("Task {i:02}")).due("2026-01-05"))).at(MORNING).sized(140, 40);
    desk.hold("e", 12);
    assert!(desk.screen().contains("Completed 12.  u brings all back"), "{}", desk.screen());
    desk.press("u");
    assert_eq!(desk.model.panes.list(ListName::Inbox).total(), 12);
}

#[test]
fn a_pause_or_another_key_ends_a_run() {
    let mut desk = three();
    desk.hold("e", 2).press("e");
    assert_eq!(desk.notice(), "Completed \"Check answers\".");
    desk.press("u");
    assert_eq!(desk.titles(ListName::Inbox), ["Check answers"]);
    desk.press("u");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
    desk.slow = true;
    desk.hold("e", 1).hold("j", 1).hold("e", 1);
    let joins: Vec<bool> = desk
        .waiting
        .iter()
        .map(|(_, write)| matches!(write, Write::Edit { edit: Edit::Complete(true), joins: true, .. }))
        .collect();
    assert_eq!(joins, [false, false]);
}

#[test]
fn at_midnight_what_was_today_is_overdue_and_its_badge_says_so() {
    let mut desk = inbox([task("voicemail").due("2026-01-05"), todo("x").due("2026-01-06")])
        .at("2026-01-05T23:59-05:00")
        .sized(140, 40);
    let badge =
        |desk: &Desk| desk.screen().lines().find(|line| line.contains("6 Voicemail")).map(|line| line.contains("1!"));
    assert_eq!(badge(&desk), Some(false));
    desk.send(Msg::Now(desk.model.today.ends));
    assert_eq!(badge(&desk), Some(true), "{}", desk.screen());
    assert_eq!(desk.titles(ListName::Inbox), ["x"], "and the future has come");
    desk.send(Msg::Now(desk.model.today.ends + chrono::TimeDelta::days(3)));
    assert!(desk.screen().contains("overdue 4d"), "after a long sleep: {}", desk.screen());
}

#[test]
fn another_zone_moves_what_is_overdue() {
    let mut desk = inbox([todo("x").due("2026-01-05")]).at(MORNING).sized(140, 40);
    desk.press("g z");
    desk.send(Msg::Paste("+14".into()));
    desk.press("Enter");
    assert_eq!(desk.model.data.counts.overdue[0], 1);
    assert!(desk.screen().contains("! overdue 1d"));
    desk.press("g z");
    desk.send(Msg::Paste("-12".into()));
    desk.press("Enter");
    assert_eq!(desk.model.data.counts.overdue[0], 0);
}
