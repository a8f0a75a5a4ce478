//! Makes the tour and the pictures in assets/ from the program itself, on the demo's tasks
//! at a fixed moment: `cargo run --example tour`. Each run makes the same.

mod colours;
mod film;
mod picture;
mod row;
#[allow(dead_code)] // What pictures show, the tests look at.
mod script;
#[allow(dead_code)] // The tests' terminal; no film needs its signals and modes.
#[path = "../../tests/support/terminal.rs"]
mod terminal;
#[path = "../../tests/support/typed.rs"]
mod typed;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use film::Frame;
use script::{FILM, NOW, SCENES, SETTINGS, SIZE, SIZES, Scene};
use terminal::Terminal;

/// Where the pictures go.
const HERE: &str = env!("CARGO_MANIFEST_DIR");
/// So long a letter stands.
const LETTER: f64 = 0.14;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = Demo { program: built(), folder: folder.path().to_owned() };
    demo.make();
    let frames = film(&demo);
    write("assets/tour.cast", &film::asciicast(&frames));
    write("assets/tour.svg", &film::svg(&frames));
    fs::create_dir_all(Path::new(HERE).join("assets/screens")).expect("a folder");
    let mut gallery = GALLERY.to_owned();
    for scene in &SCENES {
        for (cols, rows) in SIZES {
            let mut terminal = demo.open((cols, rows));
            typed::keys(scene.keys).iter().for_each(|key| press(&mut terminal, key));
            write(&picture_of(scene, (cols, rows)), &picture::svg(&seen(&terminal, (cols, rows))));
        }
        gallery += &words_about(scene);
    }
    write("docs/screens.md", &gallery);
}

fn picture_of(scene: &Scene, (cols, rows): (u16, u16)) -> String {
    format!("assets/screens/{}-{cols}x{rows}.svg", scene.name)
}

/// A picture of the middle size, and the way to the others.
fn words_about(scene: &Scene) -> String {
    let links = SIZES.map(|(cols, rows)| format!("[{cols}x{rows}](../{})", picture_of(scene, (cols, rows))));
    let keys = if scene.keys.is_empty() { "as it opens" } else { scene.keys };
    format!("\n## {}\n\n{keys}\n\n![](../{})\n\n{}\n", scene.name, picture_of(scene, SIZES[1]), links.join(" "))
}

const GALLERY: &str = "\
# The screens

On the demo's tasks, at four sizes. `cargo run --example tour` makes this page, its pictures and the tour.
";

/// The program as it is now.
fn built() -> PathBuf {
    let cargo = Command::new(env!("CARGO")).args(["build", "--quiet", "--locked", "--bin", "repbox"]).status();
    assert!(cargo.is_ok_and(|status| status.success()), "cargo build fails");
    let here = std::env::current_exe().expect("a path");
    here.ancestors().nth(2).expect("the folder of the examples stands in it").join("repbox")
}

struct Demo {
    program: PathBuf,
    folder: PathBuf,
}

impl Demo {
    fn make(&self) {
        fs::write(self.folder.join("settings.toml"), SETTINGS).expect("written");
        let mut demo = Command::new(&self.program);
        demo.arg("--db").arg(self.folder.join("demo.db")).args(NOW).args(["demo", "--into"]);
        assert!(demo.output().is_ok_and(|made| made.status.success()), "the demo cannot be made");
    }

    /// The inbox on a copy of the demo, settled.
    fn open(&self, size: (u16, u16)) -> Terminal {
        let copy = tempfile::tempdir_in(&self.folder).expect("a folder").keep().join("tasks.db");
        fs::copy(self.folder.join("demo.db"), &copy).expect("copied");
        let settings = self.folder.join("settings.toml");
        let [program, file, settings] = [&self.program, &copy, &settings].map(|path| path.to_string_lossy());
        // `PATH`: where the dialler is found.
        let places = ["TZ=America/New_York", "PATH=/usr/bin:/bin", &program, "--db", &file, "--config", &settings];
        let args = [&places[..], &NOW].concat();
        let (terminal, _) = Terminal::start(&copy, size, "/usr/bin/env", &args);
        terminal.shows(|screen| !screen.trim().is_empty());
        terminal.settles();
        terminal
    }
}

/// What is to be seen now.
fn seen(terminal: &Terminal, (cols, rows): (u16, u16)) -> vt100::Screen {
    let cells = |count| std::num::NonZeroU16::new(count).expect("at least one");
    let mut parser = vt100::Parser::new(cells(rows), cells(cols), 0);
    parser.process(&terminal.bytes());
    parser.screen().clone()
}

fn press(terminal: &mut Terminal, key: &typed::Typed) {
    terminal.key(std::str::from_utf8(&key.bytes).expect("text"));
    terminal.settles();
}

/// Every key is a frame; the last of a step stands as long as the script says.
fn film(demo: &Demo) -> Vec<Frame> {
    let mut terminal = demo.open(SIZE);
    let mut frames = Vec::new();
    for step in &FILM {
        let keys = typed::keys(step.keys);
        let mut pressed = String::new();
        for key in &keys {
            press(&mut terminal, key);
            pressed += if key.name.chars().count() > 1 && !pressed.is_empty() { " " } else { "" };
            pressed += &key.name;
            frames.push(Frame {
                screen: seen(&terminal, SIZE),
                keys: pressed.clone(),
                words: step.words,
                seconds: LETTER,
            });
        }
        terminal.shows(|screen| screen.contains(step.shows));
        if keys.is_empty() {
            let keys = "repbox".to_owned();
            frames.push(Frame { screen: seen(&terminal, SIZE), keys, words: step.words, seconds: LETTER });
        }
        frames.last_mut().expect("one of the step").seconds = step.seconds;
    }
    frames
}

fn write(name: &str, text: &str) {
    println!("{:>8} {name}", text.len());
    fs::write(Path::new(HERE).join(name), text).expect("written");
}
