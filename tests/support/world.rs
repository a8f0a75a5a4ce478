//! The real binary on a file of its own, cut off from the machine's settings.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with a database and nothing else of this machine.
pub(crate) struct World {
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> World {
        World { folder: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn with(lines: &str) -> World {
        let world = World::new();
        let file = world.folder.path().join("tasks.ndjson");
        std::fs::write(&file, lines).expect("written");
        world.run(&["import", &file.to_string_lossy()]);
        world
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn db(&self) -> PathBuf {
        self.folder.path().join("data").join("tasks.db")
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_repbox"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("REPBOX_NOW", "2015-01-12T12:00:00Z")
            .env("REPBOX_TZ", "-8");
        command.env("REPBOX_DB", self.db()).current_dir(self.folder.path()).args(args).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("runs")
    }

    pub(crate) fn out(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

/// A to-do as Close writes it, on a line.
pub(crate) fn todo(id: &str, date: &str) -> String {
    format!(
        "{{\"_type\":\"lead\",\"id\":\"task_{id}\",\"is_complete\":false,\"date\":\"{date}\",\"due_date\":\"1999-01-01\",\"text\":\"{id}\"}}\n"
    )
}
