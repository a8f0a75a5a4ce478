//! Themes: contrast by WCAG's formula, files, errors.

use ratatui::style::{Color, Modifier};

use super::*;
use crate::settings::source;

fn read(text: &str) -> Result<Theme, String> {
    file::read(text, Path::new("themes/mine.toml"), &Theme::default()).map_err(|e| e.to_string())
}

/// The colours of an xterm, from 16 on.
fn rgb(colour: Color) -> [u8; 3] {
    let Color::Indexed(index @ 16..) = colour else { panic!("{colour:?} is what the terminal makes of it") };
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match index {
        232.. => [8 + 10 * (index - 232); 3],
        _ => [level((index - 16) / 36), level((index - 16) / 6 % 6), level((index - 16) % 6)],
    }
}

/// Relative luminance by WCAG 2.2.
fn luminance(colour: Color) -> f64 {
    let linear = rgb(colour).map(|level| {
        let level = f64::from(level) / 255.0;
        if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(style: Style) -> f64 {
    let (a, b) = (luminance(style.fg.expect("a colour")), luminance(style.bg.expect("a ground")));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_role_stands_out_from_its_ground_by_the_contrast_that_wcag_asks_for() {
    for (name, least) in [("dark", 4.5), ("light", 4.5), ("high-contrast", 7.0)] {
        let themes = Themes::default();
        let theme = themes.named(name).unwrap();
        for role in Role::ALL {
            let found = contrast(theme.style(role));
            assert!(found >= least, "{name}: {} has {found:.2}:1", role.name());
        }
        // What is found is marked on the rows of the cursors too.
        for row in [Role::Cursor, Role::IdleCursor] {
            let found = contrast(theme.style(row).patch(theme.on_any_ground(Role::Match)));
            assert!(found >= least, "{name}: what is found has {found:.2}:1 on {}", row.name());
        }
    }
}

#[test]
fn what_is_found_looks_other_than_the_row_that_it_is_in() {
    for theme in Themes::default().all() {
        for row in [Role::Plain, Role::Cursor, Role::IdleCursor] {
            let found = theme.style(row).patch(theme.on_any_ground(Role::Match));
            assert_ne!(found, theme.style(row), "{} on {}", theme.name(), row.name());
        }
    }
}

#[test]
fn the_default_theme_has_the_terminals_own_colours_and_leaves_body_text_alone() {
    let theme = Theme::default();
    assert_eq!(theme.style(Role::Plain), Style::new());
    for role in Role::ALL {
        let style = theme.style(role);
        let is_own = |colour: Option<Color>| !matches!(colour, Some(Color::Rgb(..) | Color::Indexed(_)));
        assert!(is_own(style.fg) && is_own(style.bg), "{}", role.name());
        let is_dim = style.add_modifier.contains(Modifier::DIM);
        assert!(!is_dim || role == Role::Border, "{}: only decoration may be faint", role.name());
        assert!(!matches!(style.fg, Some(Color::White | Color::Gray)), "{}", role.name());
    }
}

#[test]
fn mono_has_no_colour_and_nothing_blinks_anywhere() {
    for theme in Themes::default().all() {
        for role in Role::ALL {
            let style = theme.style(role);
            let coloured = style.fg.or(style.bg).is_some();
            assert!(theme.name() != "mono" || !coloured && !style.add_modifier.contains(Modifier::DIM));
            assert!(!style.add_modifier.intersects(Modifier::SLOW_BLINK | Modifier::RAPID_BLINK));
        }
    }
    assert_eq!(Theme::mono().name(), "mono");
}

#[test]
fn each_built_in_theme_is_read_by_its_name_and_says_every_role() {
    for ((name, text), theme) in BUILT_IN.iter().zip(Themes::default().all()) {
        assert_eq!(theme.name(), *name);
        for role in Role::ALL {
            assert!(text.contains(&format!("\n{} = ", role.name())), "{name} does not say {}", role.name());
        }
    }
}

#[test]
fn a_theme_of_ones_own_says_what_differs_from_the_default() {
    let theme = read("alarm = 'bold #ff8700 on 236'\ndone = 'on bright-blue'\n").unwrap();
    assert_eq!(theme.name(), "mine");
    let alarm = Style::new().fg(Color::Rgb(255, 135, 0)).bg(Color::Indexed(236)).add_modifier(Modifier::BOLD);
    assert_eq!(theme.style(Role::Alarm), alarm);
    assert_eq!(theme.style(Role::Done), Style::new().bg(Color::LightBlue));
    assert_eq!(theme.style(Role::Cursor), Theme::default().style(Role::Cursor));
}

#[test]
fn what_is_wrong_with_a_theme_is_said_with_its_file_and_line_and_the_nearest_right_word() {
    let cases = [
        ("\nalram = 'red'", "themes/mine.toml:2: unknown role \"alram\"; did you mean alarm?"),
        ("alarm = 'gren'", "themes/mine.toml:1: alarm: \"gren\" is no colour and no attribute; did you mean green?"),
        (
            "alarm = 'bold blod'",
            "themes/mine.toml:1: alarm: \"blod\" is no colour and no attribute; did you mean bold?",
        ),
        ("alarm = '#ff87'", "themes/mine.toml:1: alarm: \"#ff87\" is no colour; write it as \"#ff8700\""),
        ("done = 'red blue'", "themes/mine.toml:1: done: \"blue\" is a colour too many; a ground follows \"on\""),
        ("done = 'red on'", "themes/mine.toml:1: done: a colour is missing behind \"on\""),
        ("\n\ndone = 3", "themes/mine.toml:3: done: it must be a text in quotes, such as \"bold red on 236\""),
    ];
    for (text, said) in cases {
        assert_eq!(read(text).unwrap_err(), said);
    }
    assert!(read("alarm").unwrap_err().starts_with("themes/mine.toml:1: "));
}

#[test]
fn themes_stand_beside_the_settings_and_a_broken_one_hides_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("config.toml");
    std::fs::create_dir(folder.path().join("themes")).unwrap();
    let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join("themes").join(name), text).unwrap();
    write("sea.toml", b"key = 'blue'");
    write("dark.toml", b"key = 'red'");
    write("broken.toml", b"\nkey = '\xff'");
    write("notes.txt", b"no theme");
    let themes = Themes::load(Some(&settings), "sea").unwrap();
    assert_eq!(themes.set().name(), "sea");
    assert_eq!(themes.all().len(), BUILT_IN.len() + 1);
    assert_eq!(themes.named("dark").unwrap().style(Role::Key).fg, Some(Color::Red));
    assert!(themes.broken()[0].ends_with("broken.toml:2: this is no UTF-8"), "{:?}", themes.broken());
    let said = Themes::load(Some(&settings), "broken").unwrap_err().to_string();
    assert!(said.ends_with("broken.toml:2: this is no UTF-8"), "{said}");
    let set = |name: &str| source::read(&format!("clock = 12\ntheme = '{name}'"), &settings);
    assert_eq!(set("sea").unwrap().settings.theme, "sea");
    let said = set("drak").unwrap_err().to_string();
    assert!(said.ends_with("config.toml:2: theme: \"drak\" is no theme; did you mean dark?"), "{said}");
}
