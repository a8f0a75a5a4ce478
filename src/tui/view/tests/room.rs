//! What is cut where there is little room, and what never is.

use super::NOON;
use crate::domain::filter::People;
use crate::domain::task::RepId;
use crate::tui::desk::{Desk, Draft, inbox, task, todo};
use crate::tui::model::Look;

const SIZES: [(u16, u16); 4] = [(140, 40), (100, 30), (80, 24), (40, 12)];
const LEAD: &str = "Wide World Importers and Exporters of the Greater Northwest Region Incorporated";
const LONG: &str = "Send the revised quote for the second phase with the discount that we agreed on the phone, \
                    and ask whether procurement needs a new vendor form before the end of the quarter";

fn long() -> Desk {
    let url = format!("https://api.example.com/recordings/{}", "0123456789".repeat(12));
    let of_lead = |draft: Draft| draft.lead(LEAD).with("contact_id", "cont_1").with("contact_name", "Ana Alvarez");
    inbox([
        of_lead(todo(LONG)).due("2026-01-02"),
        of_lead(task("voicemail").with("voicemail_url", &url)).due("2026-01-05T15:30:00+00:00"),
        of_lead(todo(LONG)).due("2026-01-06T14:00:00+00:00"),
    ])
    .at(NOON)
}

#[test]
fn a_long_title_gives_way_to_the_date_of_what_comes_next() {
    for (width, height) in &SIZES[..3] {
        let screen = long().sized(*width, *height).screen();
        assert!(screen.contains("..., tomorrow 09:00. F shows them"), "{screen}");
    }
}

#[test]
fn who_has_an_id_but_no_name_is_not_said_to_be_nobody() {
    let draft = todo("Ring").with("lead_id", "lead_x").with("contact_id", "cont_y").due("2026-01-05");
    for (width, height) in &SIZES[..2] {
        let screen = inbox([draft.clone()]).at(NOON).sized(*width, *height).screen();
        assert!(screen.contains("lead_x") && !screen.contains("(no "), "{screen}");
    }
}

#[test]
fn an_error_that_ends_with_a_quotation_is_told_to_its_end() {
    let mut desk = long().sized(40, 12);
    desk.model.notice.error(format!("Zones look like {} or \"last\".", "\"America/New_York\", ".repeat(3)));
    desk.press("k");
    assert!(desk.screen().contains("\"last\"."), "{}", desk.screen());
    desk.press("Esc e");
    assert!(desk.screen().contains("...\"."), "of what was done the name is cut: {}", desk.screen());
}

#[test]
fn a_long_lead_gives_way_to_the_number_of_its_tasks() {
    let screen = long().sized(140, 40).screen();
    assert!(screen.contains("... 2 ──"), "{screen}");
    for (width, height) in &SIZES[1..3] {
        let screen = long().sized(*width, *height).screen();
        assert!(screen.contains(": 2 tasks") && screen.matches("Wide World").count() == 2, "{screen}");
    }
}

#[test]
fn a_long_title_gives_way_to_the_end_of_the_question() {
    for (width, height) in SIZES {
        let mut desk = long().sized(width, height);
        desk.press("#");
        let screen = desk.screen();
        assert!(screen.contains("...\"? y/N"), "{screen}");
    }
}

#[test]
fn a_link_takes_one_line_of_the_details() {
    for (width, height) in &SIZES[..3] {
        let mut desk = long().sized(*width, *height);
        desk.press("0 j Enter");
        let screen = desk.screen();
        let lines = screen.lines().filter(|line| line.contains("https://api") || line.contains("01234567890"));
        assert_eq!(lines.count(), 1, "{screen}");
    }
}

#[test]
fn the_details_say_nothing_twice() {
    for (width, height) in SIZES {
        let mut desk = long().sized(width, height);
        desk.press("Enter");
        let screen = desk.screen();
        let details: Vec<&str> =
            screen.lines().map(|line| line.rsplit("│ ").nth(usize::from(width == 140)).unwrap_or(line)).collect();
        let details = details.join(" ");
        assert_eq!(
            details.matches("revised").count(),
            1 + details.matches("TODO Send the revised").count(),
            "{screen}"
        );
        assert!(!details.contains("Contact ") && !details.contains("Type "), "{screen}");
    }
}

#[test]
fn where_one_pane_is_shown_the_title_names_it() {
    for (keys, title) in [
        ("g i", " INBOX 1!"),
        ("g a", " ARCHIVE 0"),
        ("g f", " FUTURE 1"),
        ("g t", " TYPES"),
        ("g f Enter", " FUTURE  "),
        ("g f x", " FUTURE 1  +1"),
        ("2 g f", " FUTURE 0 of 1"),
    ] {
        let mut desk = long().sized(40, 12);
        desk.press(keys);
        assert!(desk.screen().starts_with(title), "{keys}: {}", desk.screen());
    }
}

#[test]
fn on_few_rows_the_types_scroll_with_the_cursor() {
    let mut desk = inbox([task("video_task").due("2026-01-05")]).at(NOON).sized(40, 12);
    desk.press("g t G");
    assert!(desk.screen().contains("   Other"), "{}", desk.screen());
    desk.press("g g");
    assert!(desk.screen().contains(" 0 All"), "{}", desk.screen());
}

#[test]
fn on_the_least_screen_what_the_types_hide_is_said_with_the_future_shown_too() {
    let mut desk =
        inbox([todo("Send quote").due("2026-01-05"), task("voicemail").due("2026-01-05")]).at(NOON).sized(40, 12);
    assert!(desk.screen().contains(" 1 other types: 0"), "{}", desk.screen());
    desk.press("F");
    assert!(desk.screen().contains(" 1 other types: 0"), "{}", desk.screen());
}

#[test]
fn where_panes_are_tabs_the_types_are_one_while_they_have_the_keys() {
    let mut desk = long().sized(80, 24);
    desk.press("g t");
    assert!(desk.screen().contains("\n* Types *   Inbox 1 of 2     Archive 0"), "{}", desk.screen());
}

#[test]
fn on_a_narrow_line_what_happened_goes_before_what_is_saved() {
    let mut desk = long().sized(40, 12);
    desk.press("e");
    assert!(!desk.screen().contains("saved"), "{}", desk.screen());
    desk.send(crate::tui::update::Msg::Now(desk.model.today.now + chrono::TimeDelta::seconds(10)));
    assert!(desk.screen().contains("saved 12:07"), "{}", desk.screen());
}

#[test]
fn a_first_key_shows_all_that_can_follow_at_any_size() {
    for (width, height) in SIZES {
        for (key, words) in
            [("g", ["i inbox", "m marks", "z zone", "g top"]), ("*", ["a all", "o overdue", "l same lead", "n none"])]
        {
            let mut desk = long().sized(width, height);
            desk.press(key);
            let screen = desk.screen();
            assert!(words.iter().all(|words| screen.contains(words)), "{screen}");
        }
    }
}

#[test]
fn the_border_of_the_pane_with_the_keys_does_not_colour_its_neighbours_titles() {
    let buffer = long().sized(140, 40).buffer();
    let at = |word: &str, y: u16| {
        let line: String = (0..140).map(|x| buffer[(x, y)].symbol()).collect();
        line.find(word).map(|byte| (line[..byte].chars().count() as u16, y))
    };
    let archive = (0..40).find_map(|y| at("Archive", y)).expect("shown");
    let inbox = (0..40).find_map(|y| at("Inbox", y)).expect("shown");
    assert_eq!(buffer[archive].fg, ratatui::style::Color::Reset);
    assert_ne!(buffer[inbox].fg, ratatui::style::Color::Reset);
}

#[test]
fn a_long_name_gives_way_to_the_counts_and_the_counts_to_the_marks() {
    let person = |desk: &mut Desk, name: &str| {
        desk.model.choice.people = People::Rep(RepId::new("user_Ana"));
        desk.model.choice.person = Some(name.to_owned());
        desk.send(crate::tui::update::Msg::FileChanged);
    };
    let drafts = (0..20).map(|i| todo(&format!("Task {i}")).rep("Ana").due("2026-01-05"));
    let late = todo("Late").rep("Ana").due("2026-01-02");
    let mut desk = inbox(drafts.chain([late])).at(NOON).sized(40, 12);
    person(&mut desk, "Maximiliane von Hohenstein-Wolkenburg");
    assert!(desk.screen().starts_with(" INBOX Maxim... 1! 20 today"), "{}", desk.screen());
    desk.press("* a 6");
    assert!(desk.screen().contains("+21 (21 hidden)"), "{}", desk.screen());
    desk.press("1");
    let screen = desk.screen();
    assert!(screen.starts_with(" INBOX Maximilia... 1!  +21"), "{screen}");
}

#[test]
fn the_snooze_menu_keeps_its_words_where_there_is_little_room() {
    let mut desk = inbox([task("outgoing_call").with("phone", "+14155550100").due("2026-01-05T19:00:00+00:00")])
        .at(NOON)
        .sized(40, 12);
    desk.press("0 s");
    let screen = desk.screen();
    assert!(screen.contains("│w next Monday     12 Jan 09:00, Future│"), "{screen}");
    assert!(screen.contains("│c 09:00 there"), "{screen}");
}

#[test]
fn menus_and_fields_name_the_marked_tasks_they_are_about() {
    for (keys, words) in [
        ("s", "* Snooze ─"),
        ("x j s", "* Snooze the marked task ─"),
        ("x j x s", "* Snooze 2 tasks ─"),
        ("x j x s d", "Snooze 2 tasks until:"),
        ("x j d", "Date of the marked task:"),
        ("d", " Date:"),
        ("x j x a", "Assign 2 tasks to: "),
    ] {
        let mut desk = long().sized(80, 24);
        desk.press(&format!("0 {keys}"));
        assert!(desk.screen().contains(words), "{keys}: {}", desk.screen());
    }
}

#[test]
fn a_contact_stands_below_a_long_lead() {
    let mut desk = long().sized(80, 24);
    desk.press("Enter");
    let screen = desk.screen();
    assert!(screen.lines().any(|line| line == " Ana Alvarez"), "{screen}");
}

#[test]
fn a_long_notice_never_covers_the_row_with_the_cursor() {
    let mut desk = inbox((0..20).map(|i| todo(&format!("Task {i}")).due("2026-01-05"))).at(NOON).sized(40, 12);
    desk.press("n").write_in("Water the plants").press("Ctrl-s");
    let screen = desk.screen();
    assert!(screen.contains(">[ ] TODO Water the plants") && screen.contains("a lead for it.  u undo"), "{screen}");
}

#[test]
fn what_went_wrong_is_said_to_its_end_at_any_size() {
    let words = "tasks.db cannot be read: another program holds it. Close that program, or wait a moment.";
    for (width, height) in SIZES {
        let mut desk = long().sized(width, height);
        desk.model.notice.error(words);
        let screen = desk.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains(&format!("Error: {words} Esc")), "{screen}");
    }
}

#[test]
fn the_first_wrong_field_keeps_its_label_where_the_form_is_scrolled() {
    let mut desk = long().sized(40, 12);
    desk.press("n").write_in("x").press("Tab").write_in("nobody at all").press("Tab").write_in("nor here");
    desk.press("Tab Tab Tab").write_in("and not there").press("Ctrl-s");
    let screen = desk.screen();
    assert!(screen.contains("│ Lead        nobody at all") && screen.contains("lead_..."), "{screen}");
    for key in ["Tab", "Tab", "Tab"] {
        desk.press(key);
        let screen = desk.screen();
        let first = screen.lines().nth(2).unwrap_or_default();
        assert!(first.starts_with("│ ") && !first.starts_with("│  "), "the first line has a label: {screen}");
    }
}

#[test]
fn an_empty_list_of_somebody_names_them_and_the_way_back() {
    let me = Look { me: Some(RepId::new("user_Bo")), ..Look::default() };
    let mut desk = inbox([todo("Hers").rep("Ana").due("2026-01-05")]).at(NOON).looking(me).sized(140, 40);
    desk.press("0");
    desk.model.choice.people = People::Rep(RepId::new("user_Bo"));
    desk.send(crate::tui::update::Msg::FileChanged);
    let screen = desk.screen();
    assert!(screen.contains("All clear at 12:07.") && screen.contains("No completed tasks of yours here."), "{screen}");
    desk.model.choice.people = People::Rep(RepId::new("user_Chen"));
    desk.model.choice.person = Some("Chen".to_owned());
    desk.send(crate::tui::update::Msg::FileChanged);
    let screen = desk.screen();
    assert!(screen.contains("No open tasks of Chen here. Esc shows everyone's."), "{screen}");
}

#[test]
fn a_moment_that_has_no_room_for_its_offset_takes_one_line() {
    let made = todo("Ring").with("date_created", "2026-01-02T10:00:00+00:00").due("2026-01-05");
    for (width, height, said) in [(80, 24, "05:00 EST (UTC-5)"), (40, 24, "05:00 EST")] {
        let mut desk = inbox([made.clone()]).at(NOON).sized(width, height);
        desk.press(":").write_in("tz America/New_York").press("Enter Enter");
        let screen = desk.screen();
        let created = screen.lines().find(|line| line.contains("Created")).unwrap_or_else(|| panic!("{screen}"));
        assert!(created.ends_with(&format!("Created  Fri 02 Jan 2026 {said}")), "{screen}");
        assert!(!screen.contains(" (UTC-5)\n") || width == 80, "{screen}");
    }
}

#[test]
fn the_heading_of_the_first_row_that_is_seen_stays_above_it() {
    let overdue = (0..40).map(|i| todo(&format!("old {i:02}")).due("2026-01-02"));
    let today = (0..40).map(|i| todo(&format!("new {i:02}")).due("2026-01-05"));
    for (width, height) in &SIZES[..3] {
        let mut desk = inbox(overdue.clone().chain(today.clone())).at(NOON).sized(*width, *height);
        for _ in 0..79 {
            desk.press("j");
            let screen = desk.screen();
            let is_heading = |line: &&str| line.contains("Overdue 40") || line.contains("Today 40");
            let mut lines = screen.lines().filter(|line| is_heading(line) || line.contains("[ ] TODO"));
            let (first, second) = (lines.next().expect("a line"), lines.next().expect("a row"));
            let wanted = if second.contains("old") { "Overdue 40" } else { "Today 40" };
            assert!(first.contains(wanted) || is_heading(&second), "{screen}");
            assert!(screen.contains("> [ ] TODO"), "the cursor is in sight: {screen}");
        }
    }
}

#[test]
fn a_sentence_as_long_as_the_line_has_nothing_of_the_disk_behind_it() {
    let mut desk = long().sized(80, 24);
    desk.press("e u B");
    let screen = desk.screen();
    assert!(screen.lines().any(|line| line.ends_with("unfolds.")), "{screen}");
}

#[test]
fn an_id_takes_one_line_of_the_details() {
    let id = format!("lead_{}", "0aB1".repeat(20));
    for (width, height) in &SIZES[..3] {
        let mut desk = inbox([todo("Ring").with("lead_id", &id).due("2026-01-05")]).at(NOON).sized(*width, *height);
        desk.press("Enter");
        let screen = desk.screen();
        assert!(screen.matches("0aB1").count() > 0 && screen.lines().filter(|l| l.contains("aB10aB")).count() <= 3);
    }
}
