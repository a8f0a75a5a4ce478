//! The program as a process, and the `sqlite3` shell beside it.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Starts repbox on a file, alone with its settings.
fn command(file: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_repbox"));
    command.env_clear().env("HOME", "/nonexistent").args(["--db", &file.to_string_lossy()]).args(args);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Runs it; the time from start to exit.
pub(crate) fn run(file: &Path, args: &[&str]) -> Duration {
    let began = Instant::now();
    let status = command(file, args).status().expect("repbox starts");
    assert!(status.success(), "repbox {args:?} ended with {status}");
    began.elapsed()
}

/// Runs it; the time, and the most memory that it held, in MiB.
pub(crate) fn measured(file: &Path, args: &[&str]) -> (Duration, f64) {
    let began = Instant::now();
    let mut child = command(file, args).spawn().expect("repbox starts");
    let mut peak = 0.0;
    loop {
        peak = memory(&child).unwrap_or(peak);
        if let Some(status) = child.try_wait().expect("waits") {
            assert!(status.success(), "repbox {args:?} ended with {status}");
            return (began.elapsed(), peak);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn memory(child: &Child) -> Option<f64> {
    peak_memory(child.id())
}

/// The most memory that a running process has held, in MiB (Linux).
pub(crate) fn peak_memory(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<f64>().ok().map(|kib| kib / 1024.0)
}

/// Asks the `sqlite3` shell; `None` where there is none.
pub(crate) fn shell(file: &Path, sql: &str) -> Option<Duration> {
    let began = Instant::now();
    let mut shell = Command::new("sqlite3");
    shell.arg(file).arg(sql).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = shell.status().ok()?;
    status.success().then(|| began.elapsed())
}

/// Removes a database with its log.
pub(crate) fn remove(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(end);
        drop(std::fs::remove_file(path));
    }
}
