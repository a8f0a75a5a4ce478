//! Texts of any length are drawn as far as they are seen.

use super::NOON;
use crate::tui::desk::{Desk, inbox, todo};
use crate::tui::view::details;

#[test]
fn p17_a_megabyte_twenty_thousand_lines_and_200_000_keys_are_cut_before_they_are_drawn() {
    let long = "word ".repeat(200_000);
    let lines = "a line of text\n".repeat(20_000);
    let drafts = [todo(&long), todo(&lines), todo("many keys")].map(|draft| draft.due("2026-01-05").lead(&long));
    for (width, height) in [(140, 40), (80, 24), (40, 12)] {
        let mut desk = inbox(drafts.clone()).at(NOON).sized(width, height);
        desk.add_fields(3, 200_000);
        for _ in 0..3 {
            desk.press("Enter");
            let (_, lines) = details::extent(&desk.model);
            assert!(lines < 2_500, "{lines} lines are made for a pane of {height}");
            desk.press("i End x");
            let screen = desk.screen();
            assert!(screen.contains('x') && screen.len() < 4 * usize::from(width * height), "{screen}");
            desk.press("Esc y h j");
        }
    }
}

#[test]
fn a_field_is_drawn_around_its_cursor_however_long_it_is() {
    let mut desk = inbox([todo(&"0123456789".repeat(100_000)).due("2026-01-05")]).at(NOON).sized(80, 24);
    desk.press("i End");
    let field =
        |desk: &Desk| desk.screen().lines().find(|line| line.contains("Text ")).map(str::to_owned).unwrap_or_default();
    assert!(field(&desk).contains("0123456789  │"), "the cursor stands behind the end: {}", field(&desk));
    desk.press("Home");
    assert!(field(&desk).contains("Text         0123456789"), "{}", field(&desk));
}
