//! The first minute: the hint line teaches what was not tried yet.

use super::{MORNING, three};
use crate::tui::desk::{Desk, inbox, todo};
use crate::tui::model::drill::guide::Guide;
use crate::tui::model::memory::Memory;

fn hints(desk: &Desk) -> String {
    desk.screen().lines().next_back().unwrap_or_default().to_owned()
}

fn first_start() -> Desk {
    let mut desk = three().sized(80, 24);
    desk.model.guide = Some(Guide::default());
    desk
}

#[test]
fn the_hint_line_of_a_first_start_begins_with_what_is_still_to_be_tried() {
    let mut desk = first_start();
    assert!(hints(&desk).starts_with(" e completes it  s puts it off  0 shows every type"), "{}", hints(&desk));
    desk.press("e");
    assert!(hints(&desk).starts_with(" u takes it back  s puts it off"), "{}", hints(&desk));
    desk.press("u s Esc 0 l h n Esc / Esc : Esc");
    assert_eq!(hints(&desk), hints(&three().sized(80, 24)), "all was tried once");
}

#[test]
fn what_was_tried_stays_so_after_a_restart_and_other_panes_have_their_own_hints() {
    let mut desk = first_start();
    desk.press("e u s Esc");
    let mut next = three().sized(80, 24);
    Memory::of(&desk.model).recall(&mut next.model);
    assert!(hints(&next).starts_with(" 0 shows every type"), "{}", hints(&next));
    next.press("g t");
    assert!(hints(&next).contains("only this"), "{}", hints(&next));
}

#[test]
fn without_a_task_under_the_cursor_no_hint_speaks_of_one() {
    let speaks_of_a_task = |desk: &Desk| {
        let line = hints(desk);
        ["completes it", "puts it off", "shows all of it", "e done", "s snooze", "x mark", "j/k move"]
            .iter()
            .any(|words| line.contains(words))
    };
    let mut desk = first_start();
    assert!(speaks_of_a_task(&desk));
    desk.press("0 /").write_in("zzz").press("Enter");
    assert!(!speaks_of_a_task(&desk) && hints(&desk).contains("n makes a task"), "{}", hints(&desk));
    desk.press("Esc");
    assert!(speaks_of_a_task(&desk), "{}", hints(&desk));
    desk.press("7");
    assert!(!speaks_of_a_task(&desk), "a type without tasks: {}", hints(&desk));
    let mut done = inbox([todo("only").due("2026-01-05")]).at(MORNING).sized(80, 24);
    done.model.guide = Some(Guide::default());
    done.press("e");
    assert!(!speaks_of_a_task(&done) && hints(&done).contains("u takes it back"), "{}", hints(&done));
}

#[test]
fn on_the_least_screen_the_first_lesson_and_the_help_have_room() {
    let desk = first_start().sized(40, 12);
    assert!(hints(&desk).starts_with(" e completes it") && hints(&desk).contains("? help"), "{}", hints(&desk));
}
