//! After a call by value: what an outcome does, and how it is taken back.

use super::MORNING;
use crate::domain::edit::Edit;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::overlay::Overlay;
use crate::tui::mouse::{Gesture, Mouse};
use crate::tui::opener::NotDone;
use crate::tui::request::{Answer, ListName, Write};
use crate::tui::update::{Effect, Msg, ahead, update};
use crossterm::event::{KeyCode, KeyEvent};

/// A call to Dana, her missed call and voicemail, and a to-do; in power mode.
fn calls() -> Desk {
    let number = |name: &str, number: &str| task(name).with("phone", number).due("2026-01-05");
    let mut desk = inbox([
        number("outgoing_call", "+12125550119").with("text", "the terms"),
        number("missed_call", "(212) 555-0119"),
        number("voicemail", "+12125550119").json("voicemail_duration", "42"),
        number("missed_call", "+12125550120"),
        todo("Send quote").due("2026-01-06"),
    ])
    .at(MORNING);
    desk.press("0 p");
    desk
}

fn is_asked(desk: &Desk) -> bool {
    desk.model.overlays.called().is_some()
}

fn place(desk: &Desk) -> Option<((usize, usize), usize)> {
    desk.model.power.as_ref().map(|power| (power.place(), power.done()))
}

#[test]
fn an_outcome_does_the_task_and_the_debts_makes_the_next_call_and_shows_the_next_task() {
    let mut desk = calls();
    desk.press("c");
    assert!(is_asked(&desk) && matches!(&desk.effects[..], [Effect::Start(_)]), "{:?}", desk.effects);
    let screen = desk.screen();
    assert!(screen.contains("2 no answer: again Wed 07 Jan, try 1 of 6"), "{screen}");
    assert!(screen.contains("a [x] also done: 1 missed call, 1 voicemail of the same number"), "{screen}");
    desk.press("2");
    assert_eq!(desk.notice(), "No answer: again Wed 07 Jan, try 1 of 6. Also done: 1 missed call, 1 voicemail.");
    assert_eq!((desk.current().as_str(), place(&desk)), ("+12125550120", Some(((4, 4), 3))));
    let next = desk.tasks.last().expect("the next call");
    assert_eq!(crate::domain::wording::title(&next.task), "Call +12125550119: the terms");
    assert_eq!(desk.titles(ListName::Archive).len(), 3);
}

#[test]
fn one_undo_takes_back_an_outcome_with_all_that_followed_and_its_task_has_its_turn() {
    let mut desk = calls();
    let before: Vec<_> = desk.tasks.iter().map(|row| (row.number, row.task.is_complete)).collect();
    desk.press("c 2 u");
    assert_eq!(desk.tasks.iter().map(|row| (row.number, row.task.is_complete)).collect::<Vec<_>>(), before);
    assert_eq!(
        desk.notice(),
        "Undone: Called +12125550119 for \"Call +12125550119: the terms\", no answer (try 1 of 6), \
         again Wed 07 Jan; also done: 1 missed call, 1 voicemail."
    );
    assert_eq!((desk.current().as_str(), place(&desk)), ("Call +12125550119: the terms", Some(((1, 4), 0))));
    desk.press("U");
    assert_eq!(place(&desk), Some(((4, 4), 3)));
}

#[test]
fn debts_stay_open_where_a_person_wants_that() {
    let mut desk = calls();
    desk.press("c a");
    assert!(desk.screen().contains("a [ ] also done: 1 missed call, 1 voicemail"), "{}", desk.screen());
    desk.press("1");
    assert_eq!((desk.notice().as_str(), place(&desk)), ("Reached.", Some(((2, 4), 1))));
    let mut last = calls();
    last.tries = 5;
    last.press("c");
    let screen = last.screen();
    assert!(screen.contains("also done: 1 missed call, 1 voicemail of the same number, not with 2"), "{screen}");
    last.press("2");
    assert_eq!((last.notice().as_str(), place(&last)), ("No answer: try 6 of 6, the last.", Some(((2, 4), 1))));
}

#[test]
fn a_call_back_is_made_for_the_time_agreed() {
    let mut desk = calls();
    desk.press("c 5").write_in("fri 14:30");
    assert!(desk.screen().contains("Call back at: fri 14:30"), "{}", desk.screen());
    desk.press("Enter");
    assert_eq!(desk.notice(), "Call back Fri 09 Jan 14:30. Also done: 1 missed call, 1 voicemail.");
    let next = desk.tasks.last().and_then(|row| row.task.actionable()).expect("a date");
    assert_eq!(next.to_wire(), "2026-01-09T19:30:00+00:00");
    let mut left = calls();
    left.press("c 5 Esc");
    assert!(is_asked(&left) && place(&left) == Some(((1, 4), 0)));
}

#[test]
fn what_is_said_before_the_disk_has_told_of_the_call_is_done_then() {
    let mut desk = calls();
    let begun = update(&mut desk.model, Msg::Key(KeyEvent::from(KeyCode::Char('c'))));
    let said = update(&mut desk.model, Msg::Key(KeyEvent::from(KeyCode::Char('4'))));
    assert_eq!(place(&desk), Some(((1, 4), 0)));
    begun.into_iter().chain(said).for_each(|effect| desk.carry_out(effect));
    assert!(desk.notice().starts_with("Wrong number. Also done:") && !is_asked(&desk), "{}", desk.notice());
}

#[test]
fn while_it_is_asked_a_note_is_written_and_esc_leaves_the_call_without_an_outcome() {
    let mut desk = calls();
    desk.press("c m").write_in("asked for Bo").press("Enter");
    assert!(is_asked(&desk));
    assert_eq!(desk.tasks[0].local.notes[0].text, "asked for Bo");
    desk.press("c");
    assert_eq!(desk.effects.len(), 2, "dialled again");
    desk.press("Esc");
    assert!(!is_asked(&desk) && place(&desk) == Some(((1, 4), 0)));
    assert!(desk.tasks.iter().all(|row| !row.task.is_complete));
}

#[test]
fn a_number_that_no_program_dials_may_be_dialled_by_hand() {
    let mut desk = calls();
    desk.press("c");
    let question = |desk: &Desk| desk.screen().lines().find(|line| line.contains("How did it end?")).map(str::to_owned);
    assert!(question(&desk).is_some_and(|words| words.contains("Called +12125550119: ")));
    let why = "nothing here dials".to_owned();
    desk.send(Msg::NotOpened(NotDone { why, is_of_number: true, is_call: true, is_own: false }));
    assert!(question(&desk).is_some_and(|words| words.contains(" +12125550119: ") && !words.contains("Called")));
    desk.press("Esc");
    assert!(is_asked(&desk) && desk.notice().is_empty(), "{}", desk.notice());
}

#[test]
fn an_ending_can_be_clicked() {
    let mut desk = calls();
    desk.press("c");
    let screen = desk.screen();
    let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains("4 wrong number")).expect("shown");
    let column = line[..line.find("4 wrong").expect("shown")].chars().count();
    let at = (u16::try_from(column).expect("a column"), u16::try_from(row).expect("a row"));
    desk.send(Msg::Mouse(Mouse { gesture: Gesture::Click, at }));
    assert!(desk.notice().starts_with("Wrong number."), "{}", desk.notice());
}

#[test]
fn an_outcome_that_cannot_be_written_brings_the_task_back() {
    let mut desk = calls();
    desk.slow = true;
    desk.press("c 1");
    assert_eq!(place(&desk), Some(((4, 4), 3)));
    let (number, write) = desk.waiting.remove(0);
    assert!(matches!(write, Write::EndCall { .. }), "{write:?}");
    desk.send(Msg::Written(number, Err("the disk is full".into())));
    assert_eq!((desk.current().as_str(), place(&desk)), ("Call +12125550119: the terms", Some(((1, 4), 0))));
    assert_eq!(desk.notice(), "the disk is full");
}

/// Another process completes the first task.
fn complete_elsewhere(desk: &mut Desk) {
    let done = ahead::of(&desk.tasks[0], &Edit::Complete(true), desk.model.today.now).expect("an open task");
    desk.tasks[0] = done.after.expect("it is kept");
    desk.send(Msg::FileChanged);
}

#[test]
fn the_task_of_a_call_stays_until_it_is_said_how_it_ended_though_others_complete_it() {
    let mut desk = calls();
    desk.press("c");
    complete_elsewhere(&mut desk);
    assert_eq!(desk.current(), "Call +12125550119: the terms");
    let dialled = desk.effects.clone();
    desk.press("c");
    assert_eq!(desk.effects, [dialled.clone(), dialled].concat(), "the same number again");
    let tasks = desk.tasks.len();
    desk.press("2");
    assert_eq!((desk.current().as_str(), place(&desk)), ("+12125550120", Some(((4, 4), 3))));
    assert_eq!(desk.tasks.len(), tasks + 1, "the next call is made");
    let mut left = calls();
    left.press("c");
    complete_elsewhere(&mut left);
    left.press("Esc");
    assert_eq!(place(&left), Some(((2, 4), 1)));
}

#[test]
fn what_a_failed_write_brings_back_stands_behind_the_task_of_a_call() {
    let mut desk = calls();
    desk.slow = true;
    desk.press("e");
    let called = desk.current();
    desk.press("c");
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("the disk is full".into())));
    assert!(is_asked(&desk));
    assert_eq!((desk.current(), place(&desk)), (called, Some(((1, 4), 0))));
}

#[test]
fn a_call_back_that_is_past_is_warned_of_once_in_the_palette_too() {
    let mut desk = calls();
    desk.press("q :").write_in("outcome call_back yesterday 9").press("Enter");
    assert!(desk.screen().contains("That was "), "{}", desk.screen());
    assert!(desk.tasks.iter().all(|row| !row.task.is_complete));
    desk.press("Enter");
    assert_eq!(desk.notice(), "Call back Sun 04 Jan 09:00. Also done: 1 missed call, 1 voicemail.");
}

#[test]
fn the_outcome_is_that_of_the_call_just_made_and_the_cursor_goes_to_its_task() {
    let mut desk = calls();
    desk.press("Esc c c j").press(":").write_in("outcome").press("Enter");
    assert!(desk.screen().contains("Called +12125550119: How did it end?"), "{}", desk.screen());
    assert_eq!(desk.current(), "Call +12125550119: the terms", "all keys of the bar are about it");
    desk.press("2");
    let done: Vec<_> = desk.tasks.iter().filter(|row| row.task.is_complete).map(|row| row.number.0).collect();
    assert_eq!(done, [1, 2, 3], "the call, and the debts to its number");
    // It has its outcome now, so the next question is about the cursor's task.
    desk.press(":").write_in("outcome").press("Enter");
    assert!(desk.screen().contains(" +12125550120: How did it end?"), "nobody was called: {}", desk.screen());
    desk.press("Esc");
}

#[test]
fn a_call_left_without_an_outcome_is_not_asked_about_again() {
    for key in ["Esc", "q"] {
        let mut desk = calls();
        desk.press("Esc c c j :").write_in("outcome").press("Enter").press(key);
        desk.press("G :").write_in("outcome").press("Enter");
        let cursors = desk.model.current_task().map(|row| row.number);
        assert_eq!(
            (desk.model.overlays.called().map(|called| called.task), is_first(&desk)),
            (cursors, false),
            "{key}"
        );
    }
}

fn is_first(desk: &Desk) -> bool {
    desk.current() == "Call +12125550119: the terms"
}

#[test]
fn a_call_whose_task_is_done_or_marks_have_no_part_in_the_next_outcome() {
    let mut desk = calls();
    desk.press("Esc c c e :").write_in("outcome").press("Enter");
    assert!(is_asked(&desk) && !is_first(&desk), "{}", desk.screen());
    let mut desk = calls();
    desk.press("Esc c c x j x :").write_in("outcome reached").press("Enter");
    assert!(desk.tasks.iter().all(|row| !row.task.is_complete), "the marks are meant");
}

#[test]
fn a_key_of_the_bar_waits_until_the_cursor_is_on_its_task() {
    let mut desk = calls();
    desk.press("Esc c c G").burst(": o u t c o m e Enter c");
    let Some(Overlay::Call(calling)) = desk.model.overlays.top() else { panic!("dialled again: {}", desk.screen()) };
    assert_eq!((calling.task.0, is_first(&desk)), (1, true));
}

#[test]
fn a_call_whose_task_others_have_completed_takes_no_outcome() {
    let mut desk = calls();
    desk.press("Esc c c G");
    complete_elsewhere(&mut desk);
    let tasks = desk.tasks.len();
    desk.press(":").write_in("outcome no_answer").press("Enter");
    assert_eq!(desk.notice(), "This task is complete: re-open it first.");
    assert!(!is_asked(&desk) && desk.tasks.len() == tasks, "and no call follows");
}

#[test]
fn where_nothing_dials_the_bar_does_not_say_that_somebody_was_called() {
    let mut desk = calls();
    desk.model.look.is_remote = true;
    desk.press("c");
    let screen = desk.screen();
    assert!(
        is_asked(&desk) && screen.contains(" +12125550119: How did it end?") && !screen.contains("Called"),
        "{screen}"
    );
}

#[test]
fn several_tasks_have_no_one_outcome() {
    let mut desk = calls();
    desk.press("Esc x j x :").write_in("outcome reached").press("Enter");
    assert!(
        desk.screen().contains("A call has one outcome: take the marks away, or unfold the lead."),
        "{}",
        desk.screen()
    );
    assert!(desk.tasks.iter().all(|row| !row.task.is_complete));
}

#[test]
fn in_the_lists_a_call_asks_nothing_and_the_palette_says_how_it_ended() {
    let mut desk = calls();
    desk.press("q c c");
    assert!(!is_asked(&desk));
    assert_eq!(desk.notice(), "Calling +12125550119. :outcome says how it ended.");
    desk.press(":").write_in("outcome").press("Enter");
    assert!(is_asked(&desk), "{}", desk.notice());
    desk.press("Esc :").write_in("outcome left_voicemail").press("Enter");
    assert!(desk.notice().starts_with("Left voicemail. Also done:"), "{}", desk.notice());
    desk.press(":").write_in("outcome call_back tom 9").press("Enter");
    assert_eq!(desk.notice(), "Call back Tue 06 Jan 09:00.");
    desk.press(":").write_in("outcome perhaps").press("Enter");
    assert!(desk.screen().contains("No call ends \"perhaps\". Write reached, no_answer,"), "{}", desk.screen());
    desk.press("Esc g a :").write_in("outcome").press("Enter");
    assert_eq!(desk.notice(), "This task is complete: re-open it first.");
}

/// The keys, each before any answer, and what they ask of the disk.
fn typed(desk: &mut Desk, keys: &str) -> Vec<Effect> {
    let keys = keys.split(' ').map(|key| crate::tui::key::Key::parse(key).expect("a key"));
    keys.flat_map(|key| update(&mut desk.model, Msg::Key(KeyEvent::new(key.code, key.modifiers)))).collect()
}

fn dialled(desk: &Desk) -> usize {
    desk.effects.iter().filter(|effect| matches!(effect, Effect::Start(_))).count()
}

#[test]
fn calls_and_outcomes_typed_faster_than_the_disk_answers_are_of_one_person_each() {
    let mut desk = calls();
    desk.burst("c 2 c 3");
    let said: Vec<bool> = desk.tasks.iter().map(|row| row.task.is_complete).collect();
    assert_eq!(said, [true, true, true, true, false, false], "both calls, the debts, and a call again for the first");
    assert_eq!(dialled(&desk), 2);
    assert_ne!(desk.effects[0], desk.effects[1], "two people");
}

#[test]
fn a_key_behind_an_outcome_is_about_the_next_task_and_the_outcome_is_not_lost() {
    let mut desk = calls();
    desk.burst("c 4 m").write_in("wait").press("Enter");
    assert!(desk.tasks[0].task.is_complete && desk.tasks[0].local.notes.is_empty());
    assert_eq!(desk.tasks[3].local.notes.first().map(|note| note.text.as_str()), Some("wait"));
    let mut first = calls();
    first.burst("c 4 1");
    assert!(first.model.notice.log().any(|said| said.text.starts_with("Wrong number")), "{}", first.notice());
    let mut named = calls();
    named.press("q :").write_in("outcome left_voicemail").burst("Enter e");
    assert!(named.tasks.iter().all(|row| row.task.is_complete || row.number.0 == 5), "{}", named.notice());
}

#[test]
fn esc_takes_an_outcome_back_that_waits_for_the_disk() {
    let mut desk = calls();
    let asked = typed(&mut desk, "c 2 Esc");
    assert_eq!(desk.notice(), "No answer is taken back. How did it end?");
    asked.into_iter().for_each(|effect| desk.carry_out(effect));
    assert!(is_asked(&desk) && desk.tasks.iter().all(|row| !row.task.is_complete));
}

#[test]
fn where_the_disk_cannot_tell_of_the_call_what_waits_behind_its_outcome_is_dropped() {
    let mut desk = calls();
    for effect in typed(&mut desk, "c 2 c 2") {
        if let Effect::Read(number, read) = effect {
            desk.send(Msg::Answer(number, Answer::Failed(read.kind(), "the disk is gone".into())));
        }
    }
    assert!(is_asked(&desk) && desk.model.typed_ahead.is_empty());
    assert_eq!((desk.notice().as_str(), dialled(&desk)), ("the disk is gone", 0));
}

#[test]
fn a_call_back_named_in_the_palette_for_a_time_that_is_past_is_made_only_if_it_is_said_twice() {
    let mut desk = calls();
    desk.press("q :").write_in("outcome call_back yesterday 9").press("Enter");
    let screen = desk.screen();
    assert!(screen.contains("again to keep it") && desk.tasks.iter().all(|row| !row.task.is_complete), "{screen}");
    desk.press("Enter");
    assert!(desk.notice().starts_with("Call back Sun 04 Jan"), "{}", desk.notice());
}
