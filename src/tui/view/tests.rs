//! Screens as a person sees them, at the four sizes, and what must hold at any size.

mod cut;
mod huge;
mod look;
mod room;

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::domain::edit::{Changes, Edit};
use crate::domain::shown::Signs;
use crate::tui::action::Action;
use crate::tui::desk::{Desk, Draft, inbox, task, todo};
use crate::tui::keymap;
use crate::tui::model::Look;
use crate::tui::update::Msg;
use crate::tui::view::help;

const NOON: &str = "2026-01-05T12:07-05:00";

/// Every type, in every section, and an archive.
fn drafts() -> Vec<Draft> {
    let call = |name: &str| task(name).with("phone", "+15550100").with("phone_formatted", "+1 555-0100");
    vec![
        todo("Send revised quote").lead("Fabrikam").due("2026-01-02").rep("Ana"),
        todo("Prepare demo account").lead("Tailspin Toys").due("2026-01-05").rep("Ana"),
        todo("Check SOC 2 answers").lead("Acme Robotics").due("2026-01-05T18:00:00+00:00").rep("Bo"),
        todo("No hurry").json("is_dateless", "true").lead("Fabrikam"),
        task("incoming_email").with("subject", "Re: PO number").lead("Fabrikam").due("2026-01-05T14:00:00+00:00"),
        task("email_followup").with("subject", "Contract").lead("Coho Winery").due("2026-01-04"),
        call("missed_call").lead("Blue Yonder").due("2026-01-04T14:00:00+00:00"),
        call("answered_detached_call").due("2026-01-05T14:00:00+00:00"),
        call("voicemail").json("voicemail_duration", "42").lead("Woodgrove").due("2026-01-05T15:30:00+00:00"),
        task("opportunity_due")
            .with("opportunity_note", "Close it")
            .with("opportunity_value_formatted", "$18,000")
            .lead("Fabrikam")
            .due("2026-01-05"),
        task("incoming_sms").with("text", "call me?").lead("Lucerne").due("2026-01-05T16:00:00+00:00"),
        task("outgoing_call").with("text", "renewal").lead("Contoso").due("2026-01-05"),
        task("video_task").lead("Contoso").due("2026-01-05"),
        todo("Proposal v2").lead("Litware").due("2026-01-06T14:00:00+00:00"),
        todo("Yearly review").lead("Litware").due("2027-03-01"),
        todo("Send NDA").lead("Coho Winery").due("2026-01-02").done("2026-01-02T23:02:00+00:00"),
        todo("Log site visit").lead("Blue Yonder").due("2026-01-05").done("2026-01-05T19:05:00+00:00"),
    ]
}

fn full() -> Desk {
    let mut desk = inbox(drafts()).at(NOON);
    desk.press("0");
    desk
}

/// Archived tasks near the end of their time: pinned ones stay, to-dos do anyway.
fn kept() -> Desk {
    let at = |day: &str| format!("2025-{day}T16:00:00+00:00");
    let call = |task_type: &str| task(task_type).with("phone_formatted", "+1 555-0100");
    let mail = task("incoming_email").with("subject", "Re: the purchase order, its number, and who is to sign it");
    let drafts = [
        call("missed_call").lead("Blue Yonder Airlines of the Northwest").due("2025-10-16").done(&at("10-19")),
        mail.lead("Fabrikam").due("2025-10-07").done(&at("10-09")),
        call("voicemail")
            .json("voicemail_duration", "42")
            .lead("Woodgrove")
            .due("2025-10-06T15:30:00+00:00")
            .done(&at("10-08")),
        call("answered_detached_call").done(&at("10-02")),
        task("incoming_sms").with("text", "call me?").lead("Lucerne").done(&at("12-22")),
        task("email_followup").with("subject", "Contract").lead("Coho Winery").done(&at("10-12")),
        todo("Send NDA").lead("Coho Winery").due("2025-10-01").done(&at("10-01")),
    ];
    let mut desk = inbox(drafts).at(NOON);
    desk.press("0");
    desk
}

/// Calls at nine in New York, when Los Angeles sleeps.
fn calls() -> Desk {
    let dana = |draft: Draft| draft.lead("Fabrikam").with("contact_id", "cont_1").with("contact_name", "Dana Fox");
    let call = |name: &str, at: &str, number: &str| {
        let draft = task(name).with("phone", &format!("+1{}", number.replace('-', "")));
        draft.with("phone_formatted", &format!("+1 {number}")).due(&format!("2026-01-05T{at}:00+00:00"))
    };
    let mut desk = inbox([
        todo("Prepare demo account").lead("Tailspin Toys").due("2026-01-02").rep("Ana"),
        call("outgoing_call", "12:00", "415-555-0100").with("text", "renewal").lead("Contoso").rep("Ana"),
        dana(call("outgoing_call", "13:00", "212-555-0119").with("text", "the terms").rep("Ana")),
        dana(call("missed_call", "13:10", "212-555-0119")),
        dana(call("missed_call", "13:20", "212-555-0119")),
        dana(call("voicemail", "13:30", "212-555-0119").json("voicemail_duration", "42")),
        dana(todo("Send revised quote").due("2026-01-07").rep("Bo")),
        todo("Send NDA").lead("Fabrikam").due("2026-01-02").done("2026-01-02T23:02:00+00:00"),
    ])
    .at("2026-01-05T09:07-05:00");
    desk.press("0");
    desk.change_elsewhere(3, &note("Wants net 60, ask for the order number first."));
    desk.send(Msg::FileChanged);
    desk
}

fn note(text: &str) -> Edit {
    Edit::Note(crate::domain::task::Note { at: chrono::DateTime::UNIX_EPOCH, text: text.to_owned() })
}

macro_rules! snapshots {
    ($($name:ident: $desk:expr;)+) => {$(
        #[test]
        fn $name() {
            for (width, height) in [(140, 40), (100, 30), (80, 24), (40, 12)] {
                let desk: Desk = $desk;
                let desk = desk.sized(width, height);
                insta::assert_snapshot!(format!("{}_{width}x{height}", stringify!($name)), desk.screen());
            }
        }
    )+};
}

/// A year of work: more on some days than on others.
fn charts() -> Desk {
    let day = |ago: i64| NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day") - chrono::TimeDelta::days(ago);
    let done = |ago: i64| {
        let (kind, rep) =
            (["lead", "lead", "missed_call", "outgoing_call"][ago as usize % 4], ["Ana", "Bo"][ago as usize % 3 / 2]);
        let hour = 13 + ago * 5 % 9;
        let draft = task(kind).rep(rep).due(&day(ago + ago % 4).to_string());
        let draft = draft.with("date_created", &format!("{}T09:00:00+00:00", day(ago + 20 + ago % 30)));
        draft.done(&format!("{}T{hour}:20:00+00:00", day(ago)))
    };
    let archive = (0..300).filter(|i| i % 7 < 5).flat_map(|i| (0..1 + i * i % 5).map(move |_| i)).map(done);
    let mut desk = inbox(drafts().into_iter().chain(archive)).at(NOON);
    desk.act(Action::Stats);
    desk
}

impl Desk {
    fn typed(mut self, text: &str) -> Desk {
        self.write_in(text);
        self
    }
}

fn pressed(mut desk: Desk, keys: &str) -> Desk {
    desk.press(keys);
    desk
}

snapshots! {
    every_type_is_shown: full();
    a_first_start_shows_to_dos_and_says_what_that_hides: inbox(drafts()).at(NOON);
    a_completed_task_stands_in_the_archive: pressed(full(), "j x j x e");
    marks_are_counted_in_the_title: pressed(full(), "x j x");
    the_future_is_shown_below_the_inbox: pressed(full(), "F g f");
    the_archive_has_the_keys: pressed(full(), "g a");
    the_types_have_the_keys: pressed(full(), "g t j j");
    the_details_have_the_keys: pressed(full(), "j j j Enter");
    the_first_key_shows_its_choices: pressed(full(), "g");
    the_help_opens_on_the_most_used_keys: pressed(full(), "?");
    what_was_done_in_charts: charts();
    the_next_two_weeks_stand_above_the_notice: pressed(full(), "g d l");
    the_help_is_searched: pressed(pressed(full(), "? /").typed("mark"), "Enter");
    the_palette_offers_every_command_with_its_key: pressed(full(), ":");
    the_palette_shows_what_a_date_means: pressed(full(), ":").typed("snooze fri 9");
    the_palette_says_what_is_wrong: pressed(pressed(full(), ":").typed("type voicemial"), "Enter");
    the_messages_are_read_again: pressed(pressed(full(), "e u f :").typed("messages"), "Enter");
    zones_are_found_by_typing: {
        let mut desk = full();
        desk.press("g z");
        desk.send(Msg::Paste("kathm".into()));
        desk
    };
    people_have_their_open_tasks_beside_them: pressed(full(), "@");
    a_search_marks_what_it_finds: {
        let mut desk = full();
        desk.press("/").write_in("fabrikam");
        desk
    };
    a_kept_search_stands_in_the_title: {
        let mut desk = full();
        desk.press("/").write_in("fabrikam,coho -is:done").press("Enter j");
        desk
    };
    a_search_says_what_it_does_not_understand: {
        let mut desk = full();
        desk.press("/").write_in("fabrikam tpye:lead");
        desk
    };
    saved_searches_stand_below_the_types: {
        let mut desk = full();
        desk.press("/").write_in("lead:fabrikam").press("Ctrl-s").write_in("hot leads").press("Enter Esc");
        desk.press("/").write_in("is:callable").press("Ctrl-s").write_in("west coast callers").press("Enter Esc g t G");
        desk
    };
    nothing_is_found: {
        let mut desk = full();
        desk.press("/").write_in("nobody at all").press("Enter");
        desk
    };
    an_empty_file_offers_the_demo: inbox([]).at(NOON);
    an_import_asks_for_the_path: {
        let mut desk = inbox([]).at(NOON);
        desk.press("i");
        desk.send(Msg::Paste("/tmp/tasks.json".into()));
        desk
    };
    power_mode_shows_one_task: pressed(calls(), "p e");
    a_call_asks_how_it_ended: pressed(calls(), "p e c");
    power_mode_says_why_a_call_comes_last: pressed(calls(), "p e Right e e e");
    a_call_shows_whom_it_reaches_and_the_time_there: pressed(full(), "4 c");
    a_new_task_has_a_form: pressed(full(), "n");
    a_to_do_has_a_form: pressed(full(), "i Tab");
    a_call_has_a_form: pressed(full(), "9 i");
    a_mail_shows_what_close_sets: pressed(full(), "2 i");
    a_name_is_completed: {
        let mut desk = full();
        desk.press("n").write_in("Call the bank about the wire transfer of last week").press("Enter").write_in("o");
        desk.press("Ctrl-n");
        desk
    };
    a_field_says_what_is_wrong: {
        let mut desk = full();
        desk.press("n").write_in("Call the bank").press("Tab").write_in("nobody").press("Ctrl-s");
        desk
    };
    a_form_holds_wide_letters_emoji_and_lines: {
        let mut desk = full();
        desk.press("n");
        desk.send(Msg::Paste("日本語のテキスト 👩‍👩‍👧‍👦 two\nlines \u{202e}evil a\u{301} ".repeat(6)));
        desk.press("Left Left");
        desk
    };
    what_was_typed_is_asked_about: {
        let mut desk = full();
        desk.press("n").write_in("half a thought").press("Esc");
        desk
    };
    a_conflict_shows_theirs: {
        let mut desk = full();
        desk.press("i Ctrl-u").write_in("Send quote today");
        let changes = Changes { text: Some("Send quote by post".into()), ..Changes::default() };
        desk.change_elsewhere(1, &Edit::Fields(Box::new(changes)));
        desk.press("Ctrl-s !");
        desk
    };
    the_snooze_menu_shows_each_result: pressed(full(), "s");
    a_date_is_typed_with_its_meaning: {
        let mut desk = full();
        desk.press("s d").write_in("28 nov 9");
        desk
    };
    a_word_is_no_date: {
        let mut desk = full();
        desk.press("d").write_in("frday").press("Enter");
        desk
    };
    reps_are_offered: pressed(full(), "a");
    a_note_is_written: {
        let mut desk = full();
        desk.press("m").write_in("wants net 60, asked twice, call before noon");
        desk
    };
    a_deletion_is_asked_about: pressed(full(), "x j x #");
    the_archive_says_how_long_it_keeps_a_task: pressed(kept(), "g a k k k k f j");
    the_details_say_until_when_a_task_is_kept: pressed(kept(), "g a k k Enter");
    an_unusual_purge_is_asked_about: {
        let mut desk = kept();
        desk.expire(crate::domain::retention::Unusual::LongAway(31)).press("!");
        desk
    };
    a_question_waits_to_be_turned_to: {
        let mut desk = kept();
        desk.expire(crate::domain::retention::Unusual::LongAway(31));
        desk
    };
    pins_and_snoozes_have_signs: pressed(full(), "j j f g f s 1 F g f s t g i");
    the_inbox_is_clear: inbox([
        todo("Proposal v2").due("2026-01-06T14:00:00+00:00"),
        todo("Done").done("2026-01-05T15:00:00+00:00"),
    ])
    .at(NOON);
    a_filter_never_says_all_clear: inbox([task("voicemail").due("2026-01-05")]).at(NOON);
    hostile_wide_and_long_text_keeps_the_columns: inbox(hostile().into_iter().map(|text| {
        todo(&text).lead(&text).due("2026-01-05")
    }))
    .at(NOON);
}

fn hostile() -> Vec<String> {
    let long = "very long ".repeat(60);
    [
        "\u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7}",
        "bidi \u{202e}evil\u{202c} \u{200f}mark \u{2066}x\u{2069}",
        "c1 \u{9b}31m and nul \u{0} and del \u{7f}",
        "two\nlines\r\nthree\u{2028}four",
        "日本語のテキストとても長いものもある",
        "👩‍👩‍👧‍👦 family 🇩🇪 flag ❤️ heart",
        "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b} marks",
        "\u{301}leading mark",
        "العربية עברית mixed",
        &long,
        "",
    ]
    .map(str::to_owned)
    .to_vec()
}

#[test]
fn p14_no_control_character_reaches_a_cell() {
    for keys in ["j", "Enter", "e", "x"] {
        let drafts = hostile().into_iter().map(|text| todo(&text).lead(&text).rep(&text).due("2026-01-05"));
        for (width, height) in [(140, 40), (80, 24), (40, 12)] {
            let mut desk = inbox(drafts.clone()).at(NOON).sized(width, height);
            for _ in 0..hostile().len() {
                desk.press(keys);
                for cell in &desk.buffer().content {
                    let harmless = |c: char| {
                        !c.is_control()
                            && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
                    };
                    assert!(cell.symbol().chars().all(harmless), "{:?}", cell.symbol());
                }
            }
        }
    }
}

#[test]
fn p16_borders_and_dates_stand_where_they_stand_with_plain_text() {
    let columns = |text: &str| {
        let desk = inbox([todo(text).lead(text).due("2026-01-02")]).at(NOON).sized(140, 40);
        let buffer = desk.buffer();
        let row = (0..140).map(|x| buffer[(x, 3)].symbol().to_owned()).collect::<Vec<_>>();
        let borders: Vec<_> = (0..140).filter(|x| row[*x] == "│").collect();
        let date: Vec<_> = row[borders[1] - 12..borders[1]].to_vec();
        (borders, date)
    };
    let plain = columns("Send quote");
    assert_eq!(plain.0.len(), 4);
    for text in hostile() {
        assert_eq!(columns(&text), plain, "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn p35_any_size_and_any_change_of_size_is_drawn(
        sizes in proptest::collection::vec((0_u16..310, 0_u16..110), 1..4),
        keys in proptest::sample::select(vec!["j", "?", "g z", "@", "g t", "Enter", "F g f", "g", "* a", "G"]),
    ) {
        let mut desk = full();
        desk.press(keys);
        for (width, height) in sizes {
            desk = desk.sized(width, height);
            prop_assert_eq!(desk.buffer().area.width, width);
        }
    }
}

#[test]
fn p35_the_smallest_and_the_largest_lies_of_a_terminal_are_drawn() {
    for (width, height) in [(0, 0), (1, 1), (65535, 1), (1, 65535), (39, 12), (40, 11)] {
        let desk = full().sized(width, height);
        let (width, height) = (width.min(2000), height.min(2000));
        let backend = ratatui::backend::TestBackend::new(width, height);
        let mut terminal = ratatui::Terminal::new(backend).expect("a test backend has no errors");
        terminal.draw(|frame| super::draw(frame, &desk.model)).expect("a test backend has no errors");
    }
    assert!(full().sized(33, 9).screen().contains("Need 40x12, have 33x9"));
}

#[test]
fn ascii_draws_no_other_sign() {
    let look = Look { signs: Signs::Ascii, ..Look::default() };
    for (width, height) in [(140, 40), (80, 24), (40, 12)] {
        let screen = full().looking(look.clone()).sized(width, height).screen();
        assert!(screen.is_ascii(), "{screen}");
    }
}

#[test]
fn without_colour_nothing_is_coloured() {
    let look = Look::default();
    let buffer = full().looking(look).sized(140, 40).buffer();
    let plain = |cell: &ratatui::buffer::Cell| {
        cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset
    };
    assert!(buffer.content.iter().all(plain));
}

#[test]
fn the_help_lists_every_binding_of_the_keymap() {
    for width in [38, 100] {
        let text: Vec<String> = help::lines(&keymap::Keymap::default(), keymap::Context::Open, "", width)
            .into_iter()
            .filter_map(|line| match line {
                help::Line::Keys(keys, help) => Some(format!("{keys} {help}")),
                help::Line::Heading(_) => None,
            })
            .collect();
        let text = text.join(" ").replace(',', " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        for binding in keymap::Keymap::default().bindings() {
            for keys in binding.keys.iter().flatten() {
                assert!(words.contains(&keys.to_string().as_str()), "{keys}");
            }
            for word in binding.action.help().replace(',', " ").split_whitespace() {
                assert!(words.contains(&word), "{word}");
            }
        }
    }
}

#[test]
fn the_real_cursor_stands_on_the_active_row() {
    let mut desk = full().sized(140, 40);
    desk.press("j j");
    let backend = ratatui::backend::TestBackend::new(140, 40);
    let mut terminal = ratatui::Terminal::new(backend).expect("a test backend has no errors");
    terminal.draw(|frame| super::draw(frame, &desk.model)).expect("a test backend has no errors");
    let at = terminal.get_cursor_position().expect("a test backend has no errors");
    assert_eq!(desk.buffer()[(at.x, at.y)].symbol(), ">");
}

#[test]
fn the_title_says_the_time_here_where_the_zone_shows_another() {
    let here = |name: &str| Look { here: Some(name.parse().expect("a zone")), ..Look::default() };
    let desk = |name: &str| full().looking(here(name)).sized(140, 40);
    assert!(desk("Europe/Riga").screen().contains("(here "), "{}", desk("Europe/Riga").screen());
    assert!(!desk("America/New_York").screen().contains("(here "));
}

#[test]
fn notes_stand_in_the_details_the_newest_first() {
    let mut desk = inbox([todo("Call").due("2026-01-05")]).at(NOON).sized(140, 40);
    desk.press("m").write_in("wants net 60").press("Enter m").write_in("asked twice").press("Enter");
    let screen = desk.screen();
    let at = |words: &str| screen.lines().position(|line| line.contains(words));
    assert!(at("Notes, only here 2").is_some() && at("05 Jan asked twice") < at("05 Jan wants net 60"), "{screen}");
}
