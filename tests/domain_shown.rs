//! No text acts on a terminal, hides, or leaves its cells.

use proptest::prelude::*;
use ratatui::buffer::CellWidth;
use repbox::domain::shown::{Shown, Signs};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

fn line(text: &str) -> String {
    Shown::line(text, Signs::Unicode).to_string()
}

fn ascii(text: &str) -> String {
    Shown::line(text, Signs::Ascii).to_string()
}

/// What a strict parser of terminal input hears besides letters.
#[derive(Default)]
struct Ear(Vec<String>);

impl vte::Perform for Ear {
    fn execute(&mut self, byte: u8) {
        self.0.push(format!("execute {byte:02x}"));
    }
    fn hook(&mut self, _: &vte::Params, _: &[u8], _: bool, action: char) {
        self.0.push(format!("hook {action}"));
    }
    fn osc_dispatch(&mut self, _: &[&[u8]], _: bool) {
        self.0.push("osc".to_owned());
    }
    fn csi_dispatch(&mut self, _: &vte::Params, _: &[u8], _: bool, action: char) {
        self.0.push(format!("csi {action}"));
    }
    fn esc_dispatch(&mut self, _: &[u8], _: bool, byte: u8) {
        self.0.push(format!("esc {byte:02x}"));
    }
}

/// Panics unless a text keeps every promise of `Shown`.
fn assert_harmless(shown: &str, why: &str) {
    let mut ear = Ear::default();
    vte::Parser::new().advance(&mut ear, shown.as_bytes());
    assert!(ear.0.is_empty(), "{why:?} -> {shown:?}: {:?}", ear.0);
    for grapheme in shown.graphemes(true) {
        assert!(grapheme.cell_width() >= 1, "{why:?} -> {shown:?}: {grapheme:?} has no width");
        let marks = grapheme.chars().filter(|c| c.general_category_group() == GeneralCategoryGroup::Mark).count();
        assert!(marks <= 8, "{why:?} -> {shown:?}: {marks} marks");
        for c in grapheme.chars() {
            let is_format = c.general_category() == GeneralCategory::Format;
            let after_letter = grapheme.chars().next().is_some_and(|first| first >= '\u{600}' && first.is_alphabetic());
            let spells = matches!(c, '\u{200C}' | '\u{200D}') && after_letter;
            let is_in_emoji = grapheme.cell_width() >= 2 && matches!(c, '\u{200D}' | '\u{E0020}'..='\u{E007F}');
            assert!(!is_format || is_in_emoji || spells, "{why:?} -> {shown:?}: {c:?}");
            assert!(!matches!(c, '\u{2028}' | '\u{2029}'), "{why:?} -> {shown:?}");
        }
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ a-z]{1,4}",
        prop::sample::select(vec![
            "\x1b[31m",
            "\x1b]0;x\x07",
            "\u{9b}2J",
            "\x7f",
            "\0",
            "\r\n",
            "\n",
            "\r",
            "\t",
            "\u{85}",
            "\u{202E}",
            "\u{2066}",
            "\u{200F}",
            "\u{61C}",
            "\u{2028}",
            "\u{FFF9}",
            "\u{FEFF}",
            "\u{AD}",
            "\u{200B}",
            "\u{200C}",
            "\u{200D}",
            "\u{FE0F}",
            "\u{301}",
            "\u{20E3}",
            "\u{1F3F4}",
            "\u{E0067}",
            "\u{E007F}",
            "👩‍💻",
            "👨‍👩‍👧‍👦",
            "🇩🇪",
            "🇩",
            "👍🏽",
            "日本",
            "שלום",
            "ﾞ",
            "ᄀ",
            "ᅡ",
            "\u{3164}",
            "\u{115F}",
            "क्ष",
            "\u{0D4E}",
            "\u{600}",
            "1\u{FE0F}\u{20E3}",
            "\u{E0001}",
            "\u{110BD}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn p14_no_text_acts_hides_or_reorders(text in hostile()) {
        assert_harmless(&line(&text), &text);
        assert_harmless(&ascii(&text), &text);
        for shown in Shown::lines(&text, Signs::Unicode) {
            assert_harmless(shown.as_str(), &text);
        }
    }

    #[test]
    fn p14_what_is_shown_is_shown_again_unchanged(text in hostile()) {
        prop_assert_eq!(line(&line(&text)), line(&text));
        prop_assert_eq!(ascii(&ascii(&text)), ascii(&text));
    }

    #[test]
    fn p16_cells_are_those_that_the_screen_counts(text in hostile()) {
        let shown = Shown::line(&text, Signs::Unicode);
        let drawn: usize = shown.as_str().graphemes(true).map(|g| usize::from(g.cell_width())).sum();
        prop_assert_eq!(shown.cells(), drawn);
    }

    #[test]
    fn p16_a_cut_text_keeps_to_its_cells_and_a_fitted_one_fills_them(text in hostile(), cells in 0_usize..40) {
        let shown = Shown::line(&text, Signs::Unicode);
        let cut = shown.cut(cells);
        prop_assert!(cut.cells() <= cells);
        prop_assert_eq!(shown.fit(cells).cells(), cells);
        if shown.cells() <= cells {
            prop_assert_eq!(&cut, &shown);
        } else {
            prop_assert!(cut.as_str().ends_with(&"..."[..cells.min(3)]));
        }
        prop_assert_eq!(Shown::line_cut(&text, cells, Signs::Unicode), cut);
    }

    #[test]
    fn p16_wrapped_lines_keep_to_their_cells_and_lose_no_word(text in hostile(), cells in 4_usize..30) {
        let shown = Shown::line(&text, Signs::Unicode);
        let lines = shown.wrap(cells);
        for wrapped in &lines {
            prop_assert!(wrapped.cells() <= cells, "{:?} in {}", wrapped.as_str(), cells);
        }
        let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
        // What is wider than a whole line has a full stop in its place.
        if shown.as_str().graphemes(true).all(|g| usize::from(g.cell_width()) <= cells) {
            prop_assert_eq!(letters(&lines.iter().map(Shown::as_str).collect::<String>()), letters(shown.as_str()));
        }
    }

    #[test]
    fn p17_lines_made_when_asked_for_are_the_same_lines(text in hostile(), cells in 1_usize..30) {
        let lazy: Vec<Shown> = Shown::wrapped(&text, cells, Signs::Unicode).collect();
        let whole: Vec<Shown> =
            Shown::lines(&text, Signs::Unicode).iter().flat_map(|shown| shown.wrap(cells)).collect();
        prop_assert_eq!(lazy, whole);
    }
}

#[test]
fn p14_every_control_and_format_character_becomes_one_visible_cell() {
    for c in '\0'..=char::MAX {
        let category = c.general_category();
        if !matches!(
            category,
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
        ) || c == '\n'
        {
            continue;
        }
        let text = format!("a{c}b");
        assert_eq!(ascii(&text), "a?b", "{c:?}");
        let shown = Shown::line(&text, Signs::Unicode);
        assert_eq!(shown.cells(), 3, "{c:?} -> {shown}");
        let picture = match c {
            '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap(),
            '\x7f' => '␡',
            _ => '·',
        };
        assert_eq!(shown.as_str(), format!("a{picture}b"));
    }
}

#[test]
fn p14_sequences_stay_readable_and_dead() {
    assert_eq!(line("\x1b[31mred\x1b[0m"), "␛[31mred␛[0m");
    assert_eq!(line("\x1b]8;;https://evil\x07x"), "␛]8;;https://evil␇x");
    assert_eq!(line("paid\rOWED"), "paid␍OWED");
    assert_eq!(line("a\u{202E}cba\u{2066}"), "a·cba·");
    assert_eq!(ascii("\x1b[31m \u{9b}2J"), "?[31m ?2J");
}

#[test]
fn line_ends_become_a_sign_or_part_the_lines() {
    assert_eq!(line("one\ntwo\r\nthree"), "one ⏎ two ⏎ three");
    assert_eq!(ascii("one\ntwo\r\nthree"), "one / two / three");
    let lines: Vec<String> =
        Shown::lines("one\r\n\ntwo\x1b\n", Signs::Unicode).iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["one", "", "two␛"]);
}

#[test]
fn letters_of_every_script_and_emoji_stay_as_they_are() {
    for text in [
        "Zoë Müller",
        "Łukasz",
        "日本語 株式会社",
        "한국어",
        "مرحبا",
        "می\u{200C}روم شرکت\u{200C}ها",
        "श्री क्\u{200D}ष",
        "שלום עולם",
        "हिन्दी क्षत्रिय",
        "ไทยน้ำ",
        "👩‍💻 👨‍👩‍👧‍👦 👩🏽‍🚀 ❤️‍🔥 🏳️‍🌈",
        "🇩🇪🇯🇵 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "1️⃣ ☎️ ⌛",
        "e\u{301}a\u{308}",
        "辻󠄀",
        "€ £ → ✓ ½",
        "각",
    ] {
        assert_eq!(line(text), text);
        assert_eq!(ascii(text), text);
    }
}

#[test]
fn p14_joiners_selectors_and_tags_outside_an_emoji_are_seen() {
    assert_eq!(line("ad\u{200D}min"), "ad·min");
    assert_eq!(line("👩\u{200D}x"), "👩·x");
    assert_eq!(line("pay\u{200C}pal \u{200C}\u{6CC}"), "pay·pal ·\u{6CC}");
    assert_eq!(line("a\u{E0068}\u{E0069}"), "a··");
    assert_eq!(line("\u{1F3F4}\u{E0067}\u{E0062}"), "\u{1F3F4}··");
    assert_eq!(line("\u{3164}\u{115F}\u{1160}").chars().filter(|c| *c == '\u{1160}').count(), 1);
}

#[test]
fn p16_marks_have_a_letter_of_their_own_and_are_at_most_eight() {
    assert_eq!(line("\u{301}x"), "\u{25CC}\u{301}x");
    assert_eq!(line("a\n\u{301}"), "a ⏎ \u{25CC}\u{301}");
    assert_eq!(ascii("\u{301}x"), "?\u{301}x");
    assert_eq!(line(&format!("a{}b", "\u{301}".repeat(100))), format!("a{}b", "\u{301}".repeat(8)));
    assert_eq!(Shown::line(&"\u{301}".repeat(1_280), Signs::Unicode).cells(), 10);
}

#[test]
fn p16_wide_letters_are_never_split() {
    let shown = Shown::line("日本語テキスト", Signs::Unicode);
    assert_eq!(shown.cut(8).as_str(), "日本...");
    assert_eq!(shown.fit(8).as_str(), "日本... ");
    assert_eq!(shown.cut(2).as_str(), "..");
    assert_eq!(shown.cut(0).as_str(), "");
    assert_eq!(shown.cut(14), shown);
    let family = Shown::line("x👨‍👩‍👧‍👦y", Signs::Unicode);
    assert_eq!((family.cells(), family.cut(3).as_str()), (4, "..."));
    let wrapped: Vec<String> = shown.wrap(5).iter().map(ToString::to_string).collect();
    assert_eq!(wrapped, ["日本", "語テ", "キス", "ト"]);
    assert_eq!(Shown::line("日", Signs::Unicode).wrap(1)[0].as_str(), ".");
}

#[test]
fn words_are_wrapped_at_blanks_and_the_indent_stays() {
    let wrap = |text: &str, cells| -> Vec<String> {
        Shown::line(text, Signs::Unicode).wrap(cells).iter().map(ToString::to_string).collect()
    };
    assert_eq!(wrap("send the revised quote", 10), ["send the", "revised", "quote"]);
    assert_eq!(wrap("send the", 8), ["send the"]);
    assert_eq!(wrap("a   b", 2), ["a", "b"]);
    assert_eq!(wrap("  abcdef", 4), ["  ab", "cdef"]);
    assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
    assert_eq!(wrap("", 4), [""]);
    assert_eq!(wrap("a bcd日", 4), ["a", "bcd", "日"]);
    assert_eq!(wrap("      ", 4), [""]);
}

#[test]
fn p14_a_joiner_behind_a_mark_without_a_letter_is_not_sent() {
    let shown = Shown::line("\u{6d7}\u{200c}\u{301}", Signs::Unicode).to_string();
    assert!(!shown.contains('\u{200c}'), "{shown:?}");
}

/// The quickest of some runs, which a busy machine does not lengthen.
fn cost_of_cutting(text: &str) -> std::time::Duration {
    let run = || {
        let start = std::time::Instant::now();
        assert!(Shown::line_cut(text, 120, Signs::Unicode).cells() <= 120);
        assert!(Shown::wrapped(text, 40, Signs::Unicode).take(20).all(|shown| shown.cells() <= 40));
        start.elapsed()
    };
    (0..20).map(|_| run()).min().expect("runs")
}

#[test]
fn p17_cutting_a_huge_text_costs_what_is_drawn() {
    for unit in ["x", "\n", "\u{301}", "日", "\x1b", "word ", "👨\u{200D}"] {
        let [large, huge] = [20_000, 20_000_000].map(|length| cost_of_cutting(&unit.repeat(length / unit.len())));
        // To walk a thousand times the text would cost a thousand times as much.
        assert!(huge < large * 50, "{unit:?}: {large:?}, and {huge:?} of a huge one");
    }
}
