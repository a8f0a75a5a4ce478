//! Every key of the tour and of the pictures is one, and shows what the script says.

mod support {
    pub(crate) mod played;
    #[allow(dead_code)] // Nothing here suspends, resizes or looks at modes.
    pub(crate) mod terminal;
    #[allow(dead_code)] // Keys are typed here, not named.
    pub(crate) mod typed;
}
#[allow(dead_code)] // The words and the times are for those who watch.
#[path = "../examples/tour/script.rs"]
mod script;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::played::play;
use support::terminal::Terminal;

fn demo(folder: &Path) -> PathBuf {
    let db = folder.join("tasks.db");
    let mut demo = Command::new(env!("CARGO_BIN_EXE_repbox"));
    demo.arg("--db").arg(&db).args(script::NOW).args(["demo", "--into"]);
    assert!(demo.output().expect("runs").status.success());
    db
}

fn open(db: &Path, size: (u16, u16)) -> Terminal {
    let settings = db.with_extension("toml");
    std::fs::write(&settings, script::SETTINGS).expect("written");
    let [file, settings] = [db, &settings].map(|path| path.to_string_lossy());
    let places = ["PATH=/usr/bin:/bin", env!("CARGO_BIN_EXE_repbox"), "--db", &file, "--config", &settings];
    let (terminal, _) = Terminal::start(db, size, "/usr/bin/env", &[&places[..], &script::NOW].concat());
    terminal.shows(|screen| screen.contains("To-do only"));
    terminal
}

#[test]
fn every_key_of_the_film_shows_what_it_is_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = open(&demo(folder.path()), script::SIZE);
    for step in &script::FILM {
        play(&mut terminal, step.keys, &[step.shows]);
    }
    terminal.key("\x03");
    terminal.ends();
}

#[test]
fn every_picture_shows_what_its_keys_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = demo(folder.path());
    for scene in &script::SCENES {
        let copy = folder.path().join(format!("{}.db", scene.name));
        std::fs::copy(&db, &copy).expect("copied");
        let mut terminal = open(&copy, script::SIZES[0]);
        play(&mut terminal, scene.keys, &[scene.shows]);
    }
}

#[test]
fn every_screen_has_its_pictures_at_each_size_and_all_of_them_are_small() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let gallery = include_str!("../docs/screens.md");
    let mut all = 0;
    for scene in &script::SCENES {
        for (cols, rows) in script::SIZES {
            let name = format!("screens/{}-{cols}x{rows}.svg", scene.name);
            let picture = std::fs::read_to_string(assets.join(&name)).expect(&name);
            assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"), "{name}");
            assert!(gallery.contains(&name), "{name}");
            all += picture.len();
        }
    }
    let kept = std::fs::read_dir(assets.join("screens")).expect("a folder").count();
    assert_eq!(kept, script::SCENES.len() * script::SIZES.len(), "a picture of a screen that is none");
    let film = std::fs::read_to_string(assets.join("tour.svg")).expect("the tour");
    assert!(film.len() < 500_000 && all + film.len() < 1_800_000, "{} and {all}", film.len());
    assert!(include_str!("../README.md").contains("(assets/tour.svg)"));
}
