//! The papers that are made from the code, and the topics of the help.
//!
//! `UPDATE_PAPERS=1 cargo test --test papers` writes the papers anew.

mod support {
    pub(crate) mod world;
}

use std::path::Path;

use support::world::{World, todo};

fn assert_is(paper: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(paper);
    if std::env::var_os("UPDATE_PAPERS").is_some() {
        std::fs::write(&path, made).expect("docs/ can be written");
    }
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text == made, "docs/{paper} is not what the code makes; UPDATE_PAPERS=1 cargo test --test papers");
}

#[test]
fn the_paper_on_keys_says_what_the_keymap_says() {
    assert_is("keys.md", &repbox::tui::keymap::page());
}

#[test]
fn the_paper_on_settings_says_what_the_table_says() {
    assert_is("settings.md", &repbox::settings::page());
}

#[test]
fn the_paper_on_searching_says_what_the_help_says() {
    assert_is("search.md", &repbox::cli::topics::search::page());
}

#[test]
fn every_topic_of_the_help_fits_a_terminal_and_says_what_it_is_about() {
    let world = World::with(&todo("first", "2026-01-05"));
    let all = world.out(&["help", "help"]);
    for (topic, about) in repbox::cli::topics::TOPICS {
        assert!(all.contains(about), "{all}");
        let text = world.out(&["help", topic]);
        assert!(text.lines().count() > 8, "{text}");
        let is_path = |line: &str| line.trim_start().starts_with('/');
        let longest = text.lines().filter(|line| !is_path(line)).map(|line| line.chars().count()).max();
        assert!(longest <= Some(100), "{topic}: {longest:?}");
    }
    let unknown = world.run(&["help", "serch"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8(unknown.stderr).expect("text");
    assert_eq!(said, "repbox: there is no command or topic \"serch\"; did you mean search?\n");
    let more = world.run(&["help", "search", "lead"]);
    assert_eq!(more.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&more.stderr), "repbox: help search takes nothing more\n");
    for (name, hint) in [("lsit", "did you mean list?"), ("nope", "repbox help names them all")] {
        let said = String::from_utf8(world.run(&["man", name]).stderr).expect("text");
        assert_eq!(said, format!("repbox: there is no command \"{name}\"; {hint}\n"));
    }
}

#[test]
fn the_keys_of_the_help_are_those_that_hold() {
    let world = World::new();
    let path = world.folder().join("mine.toml");
    std::fs::write(&path, "[keys]\nsnooze = 'Ctrl-t'\n").expect("written");
    let text = world.out(&["--config", &path.to_string_lossy(), "help", "keys"]);
    let line = text.lines().find(|line| line.starts_with("  ") && line.contains(" snooze ")).expect("snooze");
    assert!(line.starts_with("  Ctrl-t "), "{line}");
}

#[test]
fn what_the_topics_say_to_type_is_understood() {
    use repbox::domain::{query, view::Today, when, zone::Zone};
    let today = Today::new("2026-11-24T19:07:00Z".parse().expect("a time"), Zone::UTC);
    let me = Some("user_a".to_owned().into());
    let searches = repbox::cli::topics::search::typed();
    assert!(searches.len() > 40, "{searches:?}");
    for search in &searches {
        let read = query::parse(search, &today, me.as_ref());
        assert!(read.is_ok_and(|read| !read.is_empty()), "{search}");
    }
    let typed = |line: &str| line.strip_prefix("  ")?.split("   ").next().map(str::trim).map(str::to_owned);
    let phrases: Vec<String> = repbox::cli::topics::DATES.lines().filter_map(typed).collect();
    assert!(phrases.len() > 8, "{phrases:?}");
    // Two blanks part phrases of one line.
    for phrase in phrases.iter().flat_map(|line| line.split("  ")) {
        assert!(when::parse(phrase, &today).is_ok(), "{phrase}");
    }
}
