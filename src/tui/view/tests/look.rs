//! Themes on whole screens: colour only repeats what a word or sign says.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier};

use super::{full, pressed};
use crate::domain::shown::Signs;
use crate::settings::theme::{Role, Theme, Themes};
use crate::tui::desk::Desk;
use crate::tui::model::Look;

/// A theme in which each role has a colour of its own.
fn traced() -> Theme {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("themes")).expect("made");
    let text: String = Role::ALL.iter().map(|role| format!("{} = '{}'\n", role.name(), 100 + *role as u8)).collect();
    std::fs::write(folder.path().join("themes/traced.toml"), text).expect("written");
    Themes::load(Some(&folder.path().join("config.toml")), "traced").expect("a theme").set().clone()
}

fn looking(desk: Desk, theme: Theme) -> Desk {
    desk.looking(Look { colour: true, theme, ..Look::default() })
}

/// Screens that have every role between them.
fn screens() -> Vec<Desk> {
    let mut typing = pressed(full(), "i");
    typing.write_in("?");
    let wide = ["", "x e", "g t j", "Enter", "s", "?", "# y u", "x j x"].map(|keys| {
        let desk = if keys.is_empty() { full() } else { pressed(full(), keys) };
        desk.sized(140, 40)
    });
    let narrow = ["1", "x"].map(|keys| pressed(full(), keys).sized(80, 24));
    let tiny = pressed(full(), "x").sized(40, 12);
    wide.into_iter().chain(narrow).chain([tiny, typing.sized(140, 40)]).collect()
}

/// What lies over the panes, beside [`screens`].
fn overlays() -> Vec<Desk> {
    let over = ["g d l", ":", "@", "g z", "m", "a", "/ a c m e", "#", "d", "p", "g", "n", "c"];
    let over = over.into_iter().flat_map(|keys| [(140, 40), (40, 12)].map(|size| (keys, size)));
    over.map(|(keys, (width, height))| pressed(full(), keys).sized(width, height)).chain([super::charts()]).collect()
}

/// The runs of each role, each with its line.
fn runs(desk: &Desk) -> Vec<(Role, String, String)> {
    let buffer = desk.buffer();
    let mut runs = Vec::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width)) {
        let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        for cells in row.chunk_by(|a, b| a.fg == b.fg) {
            let Color::Indexed(index) = cells[0].fg else { panic!("a cell without a role: {line}") };
            let text: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
            runs.push((Role::ALL[usize::from(index) - 100], text.trim().to_owned(), line.clone()));
        }
    }
    runs
}

/// Whether a word or sign says what the role says; roles that only set off words say nothing of their own.
fn is_said(role: Role, text: &str, line: &str) -> bool {
    let has = |signs: &[&str]| signs.iter().any(|sign| line.contains(sign));
    match role {
        Role::Todo => text == "TODO",
        Role::Mail => ["MAIL", "FOLL", "SMS"].contains(&text),
        Role::Call => ["MISS", "ANSW", "VM", "CALL"].contains(&text),
        Role::Opportunity => text == "OPPO",
        Role::Other => text == "OTHR",
        Role::Alarm => has(&["!", "verdue", "Error"]),
        Role::Done => has(&["[x]", "Completed", "Deleted", "done"]),
        Role::Mark => text.starts_with(['+', '#']),
        Role::IdleCursor => line.contains('>'),
        Role::Chosen => text.starts_with(['*', '[', ']']) || text.chars().all(|c| c.is_ascii_digit()) || has(&["*"]),
        Role::FocusTitle => text.starts_with('*') || text == text.to_uppercase() || line.contains("INBOX"),
        // Reversed in mono, and the terminal's own cursor stands there.
        Role::Cursor => Theme::mono().style(Role::Cursor).add_modifier == Modifier::REVERSED,
        Role::Plain | Role::Strong | Role::Border | Role::FocusBorder | Role::Heading => true,
        // What is found is what was typed; what is wrong is said in words below.
        Role::Key | Role::Label | Role::Field | Role::Match => true,
        Role::Wrong => Theme::mono().style(Role::Wrong).add_modifier.contains(Modifier::UNDERLINED),
    }
}

#[test]
fn colour_only_repeats_what_a_word_or_sign_says() {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for desk in screens() {
        for (role, text, line) in runs(&looking(desk, traced())) {
            assert!(text.is_empty() || is_said(role, &text, &line), "{}: {text:?} in {line:?}", role.name());
            *met.entry(role.name()).or_default() += 1;
        }
    }
    for role in Role::ALL.into_iter().filter(|role| ![Role::Field, Role::Wrong, Role::Match].contains(role)) {
        assert!(met.contains_key(role.name()), "no screen has {}", role.name());
    }
}

#[test]
fn no_theme_changes_a_letter_of_any_screen() {
    for desk in screens() {
        let text = desk.screen();
        let mut desk = desk;
        for theme in Themes::default().all() {
            desk = looking(desk, theme.clone());
            assert_eq!(desk.screen(), text, "{}", theme.name());
        }
    }
}

#[test]
fn the_ground_of_a_theme_lies_below_everything() {
    let themes = Themes::default();
    let theme = themes.named("light").expect("built in");
    for desk in screens().into_iter().chain(overlays()) {
        let buffer = looking(desk, theme.clone()).buffer();
        let bare = buffer.content.iter().position(|cell| cell.bg == Color::Reset || cell.fg == Color::Reset);
        assert_eq!(bare, None, "a cell shows the terminal's own ground");
    }
}

#[test]
fn ascii_borders_and_signs_are_ascii_on_every_screen() {
    for desk in screens().into_iter().chain(overlays()) {
        let screen = desk.looking(Look { signs: Signs::Ascii, ..Look::default() }).screen();
        assert!(screen.is_ascii(), "{screen}");
    }
}

#[test]
fn the_row_of_an_idle_cursor_has_one_ground_from_edge_to_edge() {
    let themes = Themes::default();
    let theme = themes.named("dark").expect("built in");
    let desk = looking(pressed(full(), "g t").sized(140, 40), theme.clone());
    let buffer = desk.buffer();
    let row = |y: u16| (0..140).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let y = (0..40).find(|y| row(*y).contains("> [ ]")).expect("the row of the cursor");
    let first = (0..140).find(|x| buffer[(*x, y)].symbol() == ">").expect("its sign");
    let ground = theme.style(Role::IdleCursor).bg.expect("a ground");
    let end = (first..140).find(|x| buffer[(*x, y)].bg != ground).expect("the edge");
    assert_eq!(buffer[(end, y)].symbol(), "│", "{}", row(y));
}

#[test]
fn what_is_searched_for_is_marked_in_the_details_too() {
    let traced = traced();
    for (width, height, keys) in [(140, 40, "Enter"), (80, 24, "Enter"), (80, 24, "k")] {
        let mut desk = full().sized(width, height);
        desk.press("/").write_in("fabrikam,quote").press(&format!("Enter {keys}"));
        let desk = looking(desk, traced.clone());
        let found = runs(&desk).into_iter().filter(|(role, ..)| *role == Role::Match);
        let details: Vec<String> = found.filter(|(.., line)| !line.contains("[ ]")).map(|(_, text, _)| text).collect();
        assert!(details.contains(&"quote".to_owned()), "{details:?} {}", desk.screen());
    }
}

#[test]
fn the_titles_of_menus_are_whole_at_the_least_size() {
    for keys in ["T", "g z", "@", "a", "x j x a"] {
        let desk = pressed(full(), keys).sized(40, 12);
        let screen = desk.screen();
        assert!(
            screen.lines().any(|line| line.contains("* ") && line.contains("─") && !line.contains("...")),
            "{screen}"
        );
    }
}
