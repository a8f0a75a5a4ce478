//! What says that it is cut, what keeps its words, and what is not said twice.

use super::NOON;
use crate::tui::desk::{Desk, inbox, task, todo};

const SIZES: [(u16, u16); 4] = [(140, 40), (100, 30), (80, 24), (40, 12)];

/// The words of a screen without borders and line ends.
fn words(desk: &Desk) -> String {
    let screen = desk.screen();
    let words = screen.split(|c: char| c.is_whitespace() || c == '│').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_title_of_more_lines_than_are_shown_ends_in_dots_and_a_shorter_one_does_not() {
    let long = "Send every point of the statement of work ".repeat(20);
    for (text, is_cut) in [(long.as_str(), true), ("Send every point of the statement of work", false)] {
        for size in SIZES {
            let mut desk = inbox([todo(text).lead("Acme").due("2026-01-05")]).at(NOON).sized(size.0, size.1);
            desk.press("Enter");
            let screen = desk.screen();
            // The list beside the details has dots of its own.
            let pane =
                |line: &str| line.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect::<String>();
            let title: Vec<String> = screen.lines().map(pane).take_while(|line| !line.contains("Acme")).collect();
            let is_told = title.last().is_some_and(|line| line.trim_end_matches(['│', ' ']).ends_with("..."));
            assert_eq!(is_told, is_cut, "{screen}");
        }
    }
}

#[test]
fn a_question_about_many_tasks_is_asked_to_its_end_at_any_size() {
    for size in SIZES {
        let mut desk = inbox((0..30).map(|i| todo(&format!("Step {i}")).due("2026-01-05"))).at(NOON);
        desk = desk.sized(size.0, size.1);
        desk.press("* a #");
        let said = words(&desk);
        assert!(said.contains("Delete 30 tasks, 30 of them from today? y/N"), "{}", desk.screen());
        desk.press("n e");
        assert!(words(&desk).contains("Complete 30 tasks, 30 of them from today? y/N"), "{}", desk.screen());
    }
}

#[test]
fn the_palette_says_once_and_whole_that_no_command_is_called_so() {
    for size in SIZES {
        let mut desk = inbox([todo("one").due("2026-01-05")]).at(NOON).sized(size.0, size.1);
        desk.press(":").write_in("nosuch");
        for is_entered in [false, true] {
            if is_entered {
                desk.press("Enter");
            }
            let said = words(&desk);
            let sentence = "No command is called so. Backspace takes letters back.";
            assert_eq!(said.matches(sentence).count(), 1, "{}", desk.screen());
            assert_eq!(said.matches("No command").count(), 1, "{}", desk.screen());
        }
    }
}

#[test]
fn every_sentence_of_the_palette_stands_in_one_column() {
    let mut desk = inbox([todo("one").due("2026-01-05")]).at(NOON).sized(40, 12);
    desk.press(":");
    for _ in 0..80 {
        for line in desk.screen().lines().filter(|line| line.starts_with("│ ") && !line.starts_with("│ :")) {
            let inside: Vec<char> = line.chars().skip(2).collect();
            assert!(inside[15..17] == [' ', ' '] && inside[17] != ' ', "{}", desk.screen());
        }
        desk.press("Down");
    }
}

#[test]
fn a_place_that_close_knows_a_number_by_is_not_said_beside_the_same_place_of_its_clock() {
    let called = |description: &str| {
        let call = task("missed_call").with("phone", "+442079460958").with("phone_formatted", "+44 20 7946 0958");
        let mut desk = inbox([call.with("phone_number_description", description).due("2026-01-05")]).at(NOON);
        desk.press("0 c");
        words(&desk)
    };
    assert!(called("London").contains("Call +44 20 7946 0958: 17:07 there, London?"), "{}", called("London"));
    assert!(called("Leeds").contains("0958, Leeds: 17:07 there, London?"), "{}", called("Leeds"));
}

#[test]
fn the_lead_of_other_tasks_is_whole_beside_how_long_the_archive_keeps_the_task() {
    let call = || task("missed_call").with("phone", "+13125550188").lead("Acme Robotics of Ohio");
    let mut desk = inbox([
        call().due("2026-01-02").done("2026-01-04T12:00:00+00:00"),
        call().due("2026-01-05"),
        call().due("2026-01-05"),
    ])
    .at(NOON)
    .sized(80, 24);
    desk.press("0 g a");
    let screen = desk.screen();
    assert!(screen.contains("Also for Acme Robotics of Ohio: 2 tasks "), "{screen}");
    assert!(screen.contains(" Removed in 88d"), "{screen}");
    desk.press("f");
    assert!(desk.screen().contains("Also for Acme Robotics of Ohio: 2 tasks "), "{}", desk.screen());
    assert!(desk.screen().contains("for ever"), "{}", desk.screen());
}
