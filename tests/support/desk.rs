//! The demo's tasks, and shells that read what the papers say to type.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use super::world::{World, todo};

/// A to-do and the demo in the file, somebody who sits here, and a file to import in the folder.
pub(crate) fn desk() -> World {
    let world = World::with(&todo("first", "2015-01-12"));
    let settings = world.folder().join("config.toml");
    std::fs::write(&settings, "me = \"Ana Ruiz\"\n").expect("written");
    world.out(&["demo", "--into"]);
    let fixture = format!("{}/tests/fixtures/close/tasks_all_types.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(fixture, world.folder().join("tasks.json")).expect("copied");
    world
}

/// Programs that a person would put into the path.
pub(crate) fn own_programs(world: &World) -> PathBuf {
    world.folder().join("bin")
}

/// A program on the desk: in the path are one's own, the binary, and what the machine has.
pub(crate) fn program(world: &World, name: &str) -> Command {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_repbox")).parent().expect("a folder");
    let mut path = format!("{}:{}", own_programs(world).display(), binary.display());
    _ = write!(path, ":{}", std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new(name);
    command.env_clear().env("PATH", path).env("HOME", world.folder()).env("REPBOX_DB", world.db());
    command.env("REPBOX_NOW", "2015-01-12T12:00:00Z").env("REPBOX_TZ", "-8");
    command.env("REPBOX_CONFIG", world.folder().join("config.toml")).current_dir(world.folder());
    command
}

/// Runs it with a text on its standard input.
pub(crate) fn with_input(mut command: Command, text: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    // Who does not read it may be gone already.
    _ = child.stdin.take().expect("piped").write_all(text.as_bytes());
    child.wait_with_output().expect("runs")
}
