//! Hands links to the platform's programs, and numbers to the person's own dialler.
//!
//! Without a shell, each argument as it is, in a process group of its own that the terminal's
//! signals do not reach, and with nothing of ours to read from or write to. Source: P19.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus, Stdio};

use crate::domain::handoff::Link;
use crate::domain::wording::reason;

/// What another program is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// The platform opens a link.
    Open(Link),
    /// The person's dialler calls: its program, then its arguments.
    Dial(Vec<String>),
}

/// What was ordered was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotDone {
    /// Why, raw.
    pub why: String,
    /// Whether the number can be copied instead; else the link can.
    pub is_of_number: bool,
    /// Whether it was to dial.
    pub is_call: bool,
    /// Whether the settings name the program.
    pub is_own: bool,
}

/// Does it, and waits for the program's end: one that nobody waits for stays as a zombie.
pub(super) fn carry_out(order: &Order) -> Result<(), NotDone> {
    match order {
        Order::Open(link) => open(link).map_err(|why| NotDone {
            why,
            is_of_number: link.is_of_number(),
            is_call: link.dials(),
            is_own: false,
        }),
        Order::Dial(words) => {
            dial(words).map_err(|why| NotDone { why, is_of_number: true, is_call: true, is_own: true })
        }
    }
}

/// Tries one after the other what the platform may open links with.
fn open(link: &Link) -> Result<(), String> {
    let (mut tried, mut failed) = (Vec::new(), None);
    for command in open::commands(link.as_str()) {
        let program = command.get_program().to_string_lossy().into_owned();
        match run(command) {
            Ok(status) if status.success() => return Ok(()),
            Ok(_) => drop(failed.get_or_insert(format!("{program} did not open {}", link.as_str()))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => drop(failed.get_or_insert(format!("{program} cannot be run ({})", reason(&e)))),
        }
        tried.push(program);
    }
    let none = || format!("nothing here opens {}: there is no {}", link.as_str(), tried.join(", no "));
    Err(failed.unwrap_or_else(none))
}

fn dial(words: &[String]) -> Result<(), String> {
    let [program, arguments @ ..] = words else { return Ok(()) };
    let mut command = Command::new(program);
    command.args(arguments);
    let why = match run(command) {
        Ok(status) if status.success() => return Ok(()),
        Ok(_) => "failed".to_owned(),
        Err(e) => format!("cannot be run ({})", reason(&e)),
    };
    Err(format!("the dialler {program} {why}"))
}

fn run(mut command: Command) -> io::Result<ExitStatus> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).status()
}
