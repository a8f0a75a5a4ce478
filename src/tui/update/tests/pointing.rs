//! The mouse: what a click and the wheel do, by what is seen where they point.

use super::three;
use crate::domain::kind::TaskType;
use crate::tui::desk::{Desk, inbox, todo};
use crate::tui::input;
use crate::tui::model::choice::TypeRow;
use crate::tui::model::memory::Memory;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::mouse::{Gesture, Mouse};
use crate::tui::request::ListName;
use crate::tui::update::{Effect, Msg};

/// Where words stand on the screen.
fn place(desk: &Desk, words: &str) -> (u16, u16) {
    let screen = desk.screen();
    let found = screen.lines().zip(0..).find_map(|(line, y)| Some((line[..line.find(words)?].chars().count(), y)));
    let (x, y) = found.unwrap_or_else(|| panic!("{words} is nowhere:\n{screen}"));
    (u16::try_from(x).expect("on the screen"), y)
}

fn point(desk: &mut Desk, gesture: Gesture, at: (u16, u16)) {
    desk.send(Msg::Mouse(Mouse { gesture, at }));
    desk.send(Msg::Rested);
}

fn click(desk: &mut Desk, words: &str) {
    let at = place(desk, words);
    point(desk, Gesture::Click, at);
}

fn wide() -> Desk {
    three().sized(140, 40)
}

#[test]
fn a_click_on_a_row_selects_it_and_gives_its_pane_the_keys() {
    let mut desk = wide();
    click(&mut desk, "Check answers - Acme");
    assert_eq!(desk.current(), "Check answers");
    click(&mut desk, "[x] TODO Old");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
    assert_eq!(desk.titles(ListName::Archive), [] as [&str; 0], "the box re-opened it");
    click(&mut desk, "Inbox 4 of 5");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
}

#[test]
fn a_click_on_the_box_completes_that_task_alone_whatever_is_marked() {
    let mut desk = wide();
    desk.press("x j x");
    let (x, y) = place(&desk, "[ ] TODO Check answers");
    point(&mut desk, Gesture::Click, (x + 1, y));
    assert_eq!(desk.titles(ListName::Archive), ["Check answers", "Old"]);
    // The second click of an impatient hand meets the row that has moved up.
    point(&mut desk, Gesture::DoubleClick, (x + 1, y));
    assert_eq!(desk.titles(ListName::Archive), ["Check answers", "Old"]);
    desk.press("u");
    assert_eq!(desk.titles(ListName::Archive), ["Old"]);
}

#[test]
fn a_double_click_opens_the_task_that_the_first_click_selected() {
    let mut desk = wide();
    let at = place(&desk, "Call Dana - Tailspin");
    point(&mut desk, Gesture::Click, at);
    point(&mut desk, Gesture::DoubleClick, at);
    assert_eq!((desk.model.panes.focus(), desk.current().as_str()), (Pane::Details, "Call Dana"));
    let mut desk = wide();
    point(&mut desk, Gesture::DoubleClick, at);
    assert_ne!(desk.model.panes.focus(), Pane::Details, "no first click was on this task");
}

#[test]
fn types_chips_tabs_and_the_line_on_the_future_are_clickable() {
    for (width, height, type_words) in [(140, 40, "6 Voicemail"), (100, 30, "6 VM")] {
        let mut desk = three().sized(width, height);
        click(&mut desk, "1 in future");
        assert!(desk.model.panes.future_shown);
        click(&mut desk, type_words);
        assert!(desk.model.choice.is_marked(TypeRow::Known(TaskType::Voicemail)));
        assert_eq!(desk.model.panes.list(ListName::Inbox).total(), 1);
    }
    let mut desk = three().sized(80, 24);
    click(&mut desk, "Archive 1");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
}

#[test]
fn lines_of_menus_are_clickable_and_nothing_below_them_is() {
    let mut desk = wide();
    desk.press("s");
    click(&mut desk, "tomorrow");
    assert!(desk.model.overlays.top().is_none());
    assert_eq!(desk.titles(ListName::Future), ["Send quote", "Later"]);
    desk.press("T");
    click(&mut desk, "light");
    assert_eq!(desk.model.look.theme.name(), "light");
    desk.press("T");
    click(&mut desk, "Old");
    click(&mut desk, "Enter keeps it");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Themes(_))));
    assert_eq!(desk.titles(ListName::Archive), ["Old"]);
}

#[test]
fn the_wheel_scrolls_the_pane_under_it_and_leaves_the_keys_where_they_are() {
    let tasks = (0..200).map(|i| todo(&format!("task {i:03}")).due("2026-01-05"));
    let mut desk = inbox(tasks).at(super::MORNING).sized(140, 40);
    desk.press("g t");
    let at = place(&desk, "task 010");
    point(&mut desk, Gesture::WheelDown, at);
    assert!(!desk.screen().contains("task 001 ") && desk.screen().contains("task 003 "), "{}", desk.screen());
    assert_eq!(desk.model.panes.focus(), Pane::Types);
    (0..100).for_each(|_| point(&mut desk, Gesture::WheelDown, at));
    assert!(desk.screen().contains("task 199"), "{}", desk.screen());
    (0..100).for_each(|_| point(&mut desk, Gesture::WheelUp, at));
    assert!(desk.screen().contains("-- Today 200") || desk.screen().contains("task 000"), "{}", desk.screen());
}

#[test]
fn a_cursor_that_stays_in_sight_does_not_move_with_the_wheel() {
    let tasks = (0..200).map(|i| todo(&format!("task {i:03}")).due("2026-01-05"));
    let mut desk = inbox(tasks).at(super::MORNING).sized(140, 40);
    for _ in 0..12 {
        desk.press("j");
    }
    let at = place(&desk, "task 010");
    point(&mut desk, Gesture::WheelDown, at);
    assert_eq!(desk.current(), "task 012");
}

#[test]
fn m_frees_the_mouse_says_so_and_it_stays_free_at_the_next_start() {
    let mut desk = three();
    desk.effects.clear();
    desk.press("M");
    assert_eq!(desk.notice(), "Mouse off: it selects text. M takes it again.");
    assert_eq!(desk.effects, [Effect::Mouse(false)]);
    let mut next = three();
    Memory::of(&desk.model).recall(&mut next.model);
    assert!(!next.model.mouse.on);
    desk.press("M");
    assert!(desk.model.mouse.on);
}

#[test]
fn mere_movement_means_nothing() {
    use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    for kind in [MouseEventKind::Moved, MouseEventKind::Drag(MouseButton::Left), MouseEventKind::Up(MouseButton::Left)]
    {
        let event = MouseEvent { kind, column: 5, row: 5, modifiers: KeyModifiers::NONE };
        assert_eq!(input::message(Event::Mouse(event)), None);
    }
    assert!(!crate::tui::mouse::ON.contains("1002") && !crate::tui::mouse::ON.contains("1003"));
}

#[test]
fn hints_and_what_can_follow_a_first_key_are_clickable() {
    for (width, height) in [(140, 40), (80, 24), (40, 12)] {
        let mut desk = three().sized(width, height);
        click(&mut desk, "e done");
        assert_eq!(desk.titles(ListName::Archive), ["Send quote", "Old"]);
        desk.press("g");
        click(&mut desk, "a archive");
        assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
        assert!(desk.model.begun.is_empty());
    }
}

#[test]
fn the_notice_s_remedy_and_the_sentence_on_other_types_are_clickable() {
    let mut desk = wide();
    desk.press("e");
    click(&mut desk, "u undo");
    assert_eq!(desk.titles(ListName::Archive), ["Old"]);
    for (width, height) in [(140, 40), (100, 30)] {
        let mut desk = three().sized(width, height);
        click(&mut desk, "of other types");
        assert!(desk.model.choice.types().is_all());
    }
}

#[test]
fn the_answers_of_questions_are_clickable() {
    for (width, height) in [(140, 40), (40, 12)] {
        let answered = |offset: u16| {
            let mut desk = three().sized(width, height);
            desk.press("#");
            let (x, y) = place(&desk, "y/N");
            point(&mut desk, Gesture::Click, (x + offset, y));
            assert!(desk.model.overlays.top().is_none());
            desk.titles(ListName::Inbox).len()
        };
        assert_eq!((answered(0), answered(2)), (2, 3));
    }
    let mut desk = wide();
    desk.press("n").write_in("half").press("Esc");
    click(&mut desk, "y/N");
    assert!(desk.model.overlays.top().is_none());
}

#[test]
fn saved_searches_are_clickable_in_the_sidebar_and_among_the_chips() {
    for (width, height) in [(140, 40), (109, 30)] {
        let mut desk = three().sized(width, height);
        desk.press("/").write_in("quote").press("Ctrl-s").write_in("hot").press("Enter Esc");
        click(&mut desk, "g1 hot");
        assert_eq!(desk.titles(ListName::Inbox), ["Send quote"]);
    }
}

#[test]
fn the_wheel_scrolls_the_types_and_their_cursor_goes_along_at_the_edge() {
    let mut desk = wide();
    for i in 1..=30 {
        desk.press("/").write_in(&format!("is:open a{i}")).press("Ctrl-s").write_in(&format!("search {i:02}"));
        desk.press("Enter Esc");
    }
    assert!(desk.screen().contains("0 All") && !desk.screen().contains("   search 30"), "{}", desk.screen());
    let at = place(&desk, "2 Email");
    (0..20).for_each(|_| point(&mut desk, Gesture::WheelDown, at));
    assert!(!desk.screen().contains("0 All") && desk.screen().contains("   search 30"), "{}", desk.screen());
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
    desk.press("g t j");
    assert!(desk.screen().contains("   search 30"), "the cursor is among what is seen: {}", desk.screen());
    (0..20).for_each(|_| point(&mut desk, Gesture::WheelUp, at));
    assert!(desk.screen().contains("0 All"), "{}", desk.screen());
    desk.press("G");
    assert!(desk.screen().contains("   search 30"), "{}", desk.screen());
}

#[test]
fn fields_of_a_form_and_days_of_the_calendar_are_clickable() {
    let mut desk = wide();
    desk.press("n").write_in("Call the bank");
    click(&mut desk, "Assigned to");
    let form = desk.model.overlays.form_mut().expect("the form");
    assert_eq!(form.current().field, crate::domain::edit::Field::Rep);
    desk.press("Esc y g d");
    click(&mut desk, "Fri 09");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Calendar(strip)) if strip.cursor == 4));
    let at = place(&desk, "Fri 09");
    point(&mut desk, Gesture::DoubleClick, at);
    assert_eq!(desk.current(), "Later");
}

#[test]
fn nothing_is_changed_by_the_mouse_while_the_last_changes_are_written() {
    let mut desk = wide();
    desk.slow = true;
    desk.press("e q");
    click(&mut desk, "[ ] TODO Call Dana");
    assert_eq!(desk.waiting.len(), 1, "only what was done before");
}

#[test]
fn a_click_beside_what_is_open_does_nothing_below_it() {
    for keys in ["s", "n", "?"] {
        let mut desk = three().sized(140, 40);
        let at = place(&desk, "1 in future");
        desk.press(keys);
        point(&mut desk, Gesture::Click, at);
        assert!(!desk.model.panes.future_shown && desk.model.overlays.top().is_some(), "{keys}");
    }
}

#[test]
fn a_click_on_a_box_leaves_the_marks_of_other_rows() {
    let mut desk = wide();
    desk.press("x j x");
    let (x, y) = place(&desk, "[ ] TODO Check answers");
    point(&mut desk, Gesture::Click, (x + 1, y));
    assert_eq!(desk.model.marks.count(), 2);
    desk.press("e");
    assert_eq!(desk.model.marks.count(), 0);
    assert!(desk.titles(ListName::Inbox).is_empty());
}
