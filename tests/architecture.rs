//! The direction of dependencies that `src/lib.rs` draws, read from the source.
//!
//! Text in comments and in quotes is not code; what stands behind `#[cfg(test)]` at the
//! left edge, and files of tests, may set up more than they test.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder or file of `src/`, and what of repbox it may name besides itself.
const MAY_NAME: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("repository", &["domain"]),
    ("close", &["domain", "repository"]),
    ("app", &["domain", "repository", "close"]),
    ("clock", &["domain"]),
    ("settings", &["domain", "clock"]),
    ("tui", &["domain", "repository", "close", "app", "clock", "settings"]),
    ("cli", &["domain", "repository", "close", "app", "clock", "settings"]),
];

struct Source {
    path: PathBuf,
    /// The first part of the path below `src/`.
    part: String,
    /// Code without comments, quoted text and tests.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.extend((!path.ends_with("tests")).then_some(path));
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                let below = path.strip_prefix(&root).unwrap();
                let part = below.components().next().unwrap().as_os_str().to_str().unwrap();
                let part = part.trim_end_matches(".rs").to_owned();
                let code = code_of(&fs::read_to_string(&path).unwrap());
                found.push(Source { path, part, code });
            }
        }
    }
    found
}

/// The lines that are compiled into the program, without comments and quoted text.
fn code_of(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let mut code = String::new();
    for line in text.lines() {
        let mut parts = line.split('"');
        let mut kept = parts.next().unwrap_or_default().to_owned();
        // Every second part stands in quotes.
        parts.skip(1).step_by(2).for_each(|part| kept.push_str(part));
        code.push_str(kept.split("//").next().unwrap_or_default());
        code.push('\n');
    }
    code
}

/// The words that follow `crate::` or `repbox::`, `{` lists included.
fn named(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut words = Vec::new();
    for root in ["crate::", "repbox::"] {
        for (_, rest) in code.match_indices(root).map(|(at, _)| code.split_at(at + root.len())) {
            match rest.strip_prefix('{') {
                Some(list) => words.extend(top_level(list).iter().map(|item| word(item))),
                None => words.push(word(rest)),
            }
        }
    }
    words
}

/// The items of a `use` list up to its closing bracket, without those in lists of theirs.
fn top_level(list: &str) -> Vec<String> {
    let (mut items, mut depth) = (vec![String::new()], 0);
    for c in list.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            _ if depth == 0 => items.last_mut().expect("a list begins with an item").push(c),
            _ => {}
        }
    }
    items
}

#[test]
fn keys_and_commands_change_the_file_by_the_use_cases_alone() {
    let changes =
        ["edit", "try_edit", "add", "end_call", "undo", "redo", "undo_last", "redo_last", "purge", "importer"];
    for source in sources().iter().filter(|source| matches!(source.part.as_str(), "tui" | "cli")) {
        let code: String = source.code.split_whitespace().collect();
        let called = changes.iter().find(|name| code.contains(&format!("repository.{name}(")));
        assert_eq!(called, None, "{} has no use case of its own for it", source.path.display());
    }
}

#[test]
fn dependencies_point_one_way() {
    let mut names = 0;
    for source in sources() {
        if matches!(source.part.as_str(), "lib" | "main") {
            continue;
        }
        let may = MAY_NAME.iter().find(|(part, _)| *part == source.part).map(|(_, may)| *may);
        let may = may.unwrap_or_else(|| panic!("src/{} has no place in the order of src/lib.rs", source.part));
        for name in named(&source.code) {
            let is_part = MAY_NAME.iter().any(|(part, _)| *part == name);
            assert!(
                !is_part || name == source.part || may.contains(&name.as_str()),
                "{} names {name}",
                source.path.display()
            );
            names += usize::from(is_part);
        }
    }
    assert!(names > 100, "the reader of paths found only {names}");
}

#[test]
fn only_the_repository_names_sqlite() {
    for source in sources().iter().filter(|source| source.part != "repository") {
        assert!(!source.code.contains("rusqlite"), "{}", source.path.display());
    }
}

/// The files that open other files by themselves, and which.
const OPENERS: [(&str, &str); 9] = [
    ("main.rs", "the folder of the demo"),
    ("repository/open/place.rs", "the file, before SQLite has it"),
    ("repository/open/folder.rs", "the list of mounts"),
    ("repository/backup.rs", "the folder of a copy, and the copy before it has its name"),
    ("cli/files.rs", "what is imported, if it is no part of the file"),
    ("settings.rs", "the settings"),
    ("settings/theme.rs", "files of themes"),
    ("settings/file.rs", "new settings"),
    ("tui/editor.rs", "the editor's text"),
];

/// Ways to a descriptor, or to another file under a name.
const OPENING: [&str; 12] = [
    "File::open",
    "File::create",
    "File::options",
    "OpenOptions",
    "fs::read(",
    "fs::read_to_string",
    "fs::write",
    "fs::copy",
    "fs::rename",
    "fs::remove_file",
    "fs::hard_link",
    "tempfile",
];

#[test]
fn p07_no_other_code_opens_a_file_that_sqlite_may_have_open() {
    let opens = |source: &Source| OPENING.iter().any(|way| source.code.contains(way));
    let openers: Vec<Source> = sources().into_iter().filter(opens).collect();
    for source in &openers {
        let known = OPENERS.iter().any(|(file, _)| source.path.ends_with(Path::new("src").join(file)));
        assert!(known, "{} opens files: is it never the database, its -wal or -shm?", source.path.display());
    }
    for (file, what) in OPENERS {
        let is_one = openers.iter().any(|source| source.path.ends_with(Path::new("src").join(file)));
        assert!(is_one, "src/{file} opens {what} no more: strike it off the list");
    }
}

#[test]
fn p07_sqlite_is_called_from_few_places_to_open_a_file() {
    let connects = |source: &Source| source.code.contains("Connection::open");
    let mut found: Vec<PathBuf> = sources().into_iter().filter(connects).map(|source| source.path).collect();
    found.sort();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join("repository");
    assert_eq!(found, ["doctor.rs", "open.rs"].map(|file| root.join(file)));
}

#[test]
fn the_fronts_do_not_reach_around_the_crate() {
    // `super` at the top of a front would be the crate, past the rule above.
    for source in sources() {
        let depth = source.path.components().rev().take_while(|part| part.as_os_str() != "src").count();
        let is_map = source.path.ends_with("mod.rs");
        let upward = "super::".repeat(depth - usize::from(is_map));
        assert!(!source.code.contains(&upward), "{} leaves its folder by {upward}", source.path.display());
    }
}

#[test]
fn nothing_below_the_fronts_asks_for_the_time() {
    let below = ["domain", "repository", "close", "app"];
    for source in sources().iter().filter(|source| below.contains(&source.part.as_str())) {
        for clock in ["Utc::now", "Local::now", "SystemTime::now", "Local::"] {
            assert!(!source.code.contains(clock), "{} asks {clock}", source.path.display());
        }
    }
}

#[test]
fn the_domain_reaches_nothing_outside() {
    for source in sources().iter().filter(|source| source.part == "domain") {
        for outside in ["std::fs", "std::env", "std::net", "std::io", "std::process", "std::thread", "ratatui"] {
            assert!(!source.code.contains(outside), "{} names {outside}", source.path.display());
        }
    }
}

#[test]
fn the_map_of_a_folder_is_short() {
    let maps = sources().into_iter().filter(|source| source.path.ends_with("mod.rs"));
    for map in maps {
        let lines = fs::read_to_string(&map.path).unwrap().lines().count();
        assert!(lines <= 40, "{} has {lines} lines", map.path.display());
    }
}

#[test]
fn the_reader_of_the_source_sees_code_and_only_code() {
    let text = "use crate::{app, tui::{cli, x}};\n// crate::nothing\nlet s = \"crate::nothing\"; crate::close::f();\n\
                \n#[cfg(test)]\nmod tests;\nuse crate::domain;\n\n#[cfg(test)]\nmod tests { use crate::cli; }\n";
    assert_eq!(named(&code_of(text)), ["app", "tui", "close", "domain"]);
}
