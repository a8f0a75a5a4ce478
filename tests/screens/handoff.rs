//! What is handed to other programs and to the clipboard, by the real binary in a real
//! terminal, with an opener that writes down what it was given.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::run;
use crate::support::terminal::{Terminal, find};

/// A file of tasks, and a folder with nothing in it but the programs of this test.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// Each task is given by its own fields; its date is today.
    fn with(tasks: &[&str]) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().expect("a folder") };
        let line = |(i, own): (usize, &&str)| {
            format!(
                "{{\"id\":\"task_{i}\",\"is_complete\":false,\"date\":\"2026-03-04\",\"text\":\"Task {i}\",{own}}}\n"
            )
        };
        std::fs::write(desk.path("tasks.ndjson"), tasks.iter().enumerate().map(line).collect::<String>())
            .expect("written");
        run(&desk.path("tasks.db"), &["import", &desk.path("tasks.ndjson").to_string_lossy()]);
        std::fs::create_dir(desk.path("bin")).expect("a folder");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A program that writes down how many arguments it has and which, then does more.
    fn program(&self, name: &str, more: &str) {
        let (path, log) = (self.path("bin").join(name), self.path("log"));
        let words = format!(
            "#!/bin/sh\nread -r _ _ _ _ group _ < /proc/$$/stat\n[ \"$group\" = $$ ] || echo not alone >> '{log}'\n\
             printf '%s <%s> %s\\n' \"$#\" \"$*\" \"$PPID\" >> '{log}'\necho NOISE; echo NOISE >&2\n\
             read -r _ && echo it can read >> '{log}'\n{more}\n",
            log = log.display()
        );
        std::fs::write(&path, words).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("executable");
    }

    /// The inbox with every type; settings and more variables are given as text.
    fn open(&self, settings: &str, variables: &[&str]) -> Terminal {
        let path = format!("PATH={}", self.path("bin").display());
        let (db, config) = (self.path("tasks.db"), self.path("config.toml"));
        std::fs::write(&config, settings).expect("written");
        let (file, config) = (db.to_string_lossy(), config.to_string_lossy());
        let program = env!("CARGO_BIN_EXE_repbox");
        let own = [program, "--db", &*file, "--config", &*config, "--tz", "-8", "--now", "2026-03-04T15:00:00Z"];
        let args = [&[&*path][..], variables, &own].concat();
        let (mut terminal, _) = Terminal::start(&db, (140, 40), "/usr/bin/env", &args);
        terminal.shows(|s| s.contains("Inbox"));
        terminal.key("0");
        terminal.shows(|s| s.contains("*0 All") && s.contains("> [ ]"));
        terminal
    }

    /// What the programs have written down, without who started them, once it is so many lines.
    fn log(&self, lines: usize) -> Vec<String> {
        let began = Instant::now();
        loop {
            let log = std::fs::read_to_string(self.path("log")).unwrap_or_default();
            if log.matches('\n').count() >= lines {
                return log
                    .lines()
                    .map(|line| line.rsplit_once(' ').map_or(line, |(told, _)| told).to_owned())
                    .collect();
            }
            assert!(began.elapsed() < Duration::from_secs(20), "only this was started: {log}");
            std::thread::yield_now();
        }
    }

    /// The process that started the last program.
    fn parent(&self) -> String {
        let log = std::fs::read_to_string(self.path("log")).expect("a program ran");
        log.lines().next_back().and_then(|line| line.rsplit(' ').next()).expect("its parent").to_owned()
    }

    fn was_nothing_started(&self) -> bool {
        !Path::exists(&self.path("log"))
    }
}

const TODO: &str = r#""_type":"lead","lead_id":"lead_7","lead_name":"Acme""#;
const CALL: &str =
    r#""_type":"missed_call","phone":"+12025550143","phone_formatted":"+1 202-555-0143","contact_name":"Dana""#;
const SMS: &str = r#""_type":"incoming_sms","remote_phone":"+1 (202) 555-0143""#;

#[test]
fn p19_a_link_is_one_argument_of_a_program_that_has_no_terminal_and_no_shell_reads_it() {
    for (settings, link) in [
        ("", "https://app.close.com/lead/lead_7/"),
        (
            "lead_page = 'https://crm.example/$(touch+pwned);touch&/{id}?a=*'",
            "https://crm.example/$(touch+pwned);touch&/lead_7?a=*",
        ),
    ] {
        let desk = Desk::with(&[TODO]);
        desk.program("xdg-open", "");
        let mut terminal = desk.open(settings, &[]);
        terminal.key("o");
        let screen = terminal.shows(|s| s.contains("Opening the lead in Close."));
        assert_eq!(desk.log(1), [format!("1 <{link}>")]);
        terminal.settles();
        assert!(!terminal.shows(|_| true).contains("NOISE") && !screen.contains("NOISE"));
        assert!(!desk.path("pwned").exists() && desk.log(1).len() == 1, "{:?}", desk.log(1));
    }
}

#[test]
fn p19_what_is_no_id_of_closes_is_never_handed_over() {
    let tasks: Vec<String> = ["-x", "--help", "lead 1", "lead_1;id", "../lead", "lead_1\\n", "lead_1\\u001b[2J", "%2e"]
        .iter()
        .map(|id| format!("\"_type\":\"lead\",\"lead_id\":\"{id}\",\"object_type\":\"call\",\"object_id\":\"{id}\""))
        .collect();
    let desk = Desk::with(&tasks.iter().map(String::as_str).collect::<Vec<_>>());
    desk.program("xdg-open", "");
    let mut terminal = desk.open("", &[]);
    for _ in &tasks {
        terminal.key("oY");
        terminal.shows(|s| s.contains("This task has no page in Close"));
        terminal.key("j");
    }
    terminal.settles();
    assert!(desk.was_nothing_started());
    assert_eq!(find(&terminal.bytes(), "\x1b]52"), None);
}

#[test]
fn p19_nobody_waits_for_the_program_and_it_outlives_the_screen() {
    let desk = Desk::with(&[TODO, TODO]);
    let fifo = desk.path("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().expect("runs").success());
    desk.program(
        "xdg-open",
        &format!("read -r _ < '{}'; echo it ended well >> '{}'", fifo.display(), desk.path("log").display()),
    );
    let mut terminal = desk.open("", &[]);
    terminal.key("o");
    desk.log(1);
    terminal.key("j");
    terminal.shows(|s| s.contains("To-do 2 of 2"));
    terminal.key("q");
    terminal.ends();
    std::fs::write(&fifo, "go on\n").expect("it still runs");
    assert_eq!(desk.log(2)[1], "it ended");
}

#[test]
fn p19_a_program_that_has_ended_leaves_no_zombie() {
    let desk = Desk::with(&[TODO]);
    desk.program("xdg-open", "");
    let mut terminal = desk.open("", &[]);
    for n in 1..4 {
        terminal.key("o");
        desk.log(n);
    }
    let children = || Command::new("ps").args(["-o", "stat=", "--ppid", &desk.parent()]).output().expect("ps").stdout;
    let began = Instant::now();
    while !children().is_empty() {
        assert!(began.elapsed() < Duration::from_secs(20), "{}", String::from_utf8_lossy(&children()));
        std::thread::yield_now();
    }
}

#[test]
fn p19_a_program_that_is_absent_or_fails_is_said_with_what_works() {
    let desk = Desk::with(&[TODO]);
    let mut terminal = desk.open("", &[]);
    terminal.key("o");
    terminal
        .shows(|s| s.contains("Error: nothing here opens https://app.close.com/lead/lead_7/: there is no xdg-open"));
    let desk = Desk::with(&[CALL]);
    desk.program("xdg-open", "exit 3");
    let mut terminal = desk.open("", &[]);
    terminal.key("cc");
    terminal.shows(|s| s.contains("Error: xdg-open did not open tel:+12025550143; y copies the number"));
}

#[test]
fn p19_the_persons_own_dialler_gets_the_number_within_its_arguments() {
    let desk = Desk::with(&[CALL]);
    desk.program("dial", "");
    let program = desk.path("bin").join("dial");
    let settings = format!("dialler = ['{}', '--to=sip:{{number}}@pbx;x', 'a b']", program.display());
    let mut terminal = desk.open(&settings, &[]);
    terminal.key("c");
    terminal.shows(|s| s.contains("Call +1 202-555-0143, Dana: 10:00 there, New York?"));
    assert!(desk.was_nothing_started(), "the first press only shows");
    terminal.key("\r");
    terminal.shows(|s| s.contains("Calling +1 202-555-0143."));
    assert_eq!(desk.log(1), ["2 <--to=sip:+12025550143@pbx;x a b>"]);
}

#[test]
fn p20_a_call_and_a_message_carry_a_plus_and_digits_and_a_code_is_no_number() {
    let desk = Desk::with(&[CALL]);
    desk.program("xdg-open", "");
    let mut terminal = desk.open("", &[]);
    terminal.key("cc");
    assert_eq!(desk.log(1), ["1 <tel:+12025550143>"]);
    terminal.key("r");
    assert_eq!(desk.log(2)[1], "1 <sms:+12025550143>");
    let desk = Desk::with(&[SMS]);
    desk.program("xdg-open", "");
    let mut terminal = desk.open("", &[]);
    terminal.key("r");
    assert_eq!(desk.log(1), ["1 <sms:+12025550143>"]);
    for number in ["*#06#", "+1202;ext=1", "+12025550143&body=x", "+1202,,9", "tel:12"] {
        let call = format!("\"_type\":\"missed_call\",\"phone\":\"{number}\"");
        let desk = Desk::with(&[&call]);
        desk.program("xdg-open", "");
        let mut terminal = desk.open("", &[]);
        terminal.key("c");
        terminal.shows(|s| s.contains("cannot be dialled as it stands: y copies it."));
        terminal.key("r");
        terminal.shows(|s| s.contains("Nothing to answer here"));
        assert!(desk.was_nothing_started(), "{number}");
    }
}

#[test]
fn p21_copying_says_what_was_copied_and_the_terminal_is_only_ever_told() {
    let link = "https://app.close.com/lead/lead_7/";
    let lied_about = CALL.replace("+1 202-555-0143", "+1 900\\n\\u001b]52;c;AAAA\\u0007");
    let lead = format!("{CALL},\"lead_id\":\"lead_7\"");
    for (task, key, said, encoded) in [
        (CALL, "y", "Copied +1 202-555-0143.", "KzEgMjAyLTU1NS0wMTQz"),
        (&*lead, "Y", &*format!("Copied {link}"), "aHR0cHM6Ly9hcHAuY2xvc2UuY29tL2xlYWQvbGVhZF83Lw=="),
        (&*lied_about, "y", "Copied +12025550143.", "KzEyMDI1NTUwMTQz"),
    ] {
        let desk = Desk::with(&[task]);
        let mut terminal = desk.open("", &[]);
        assert_eq!(find(&terminal.bytes(), "\x1b]52"), None, "on a key only");
        terminal.key(key);
        terminal.shows(|s| s.contains(said));
        let bytes = terminal.bytes();
        assert!(find(&bytes, &format!("\x1b]52;c;{encoded}\x1b\\")).is_some(), "{said}");
        assert_eq!(bytes.windows(4).filter(|w| w == b"\x1b]52").count(), 1, "{said}");
        assert!(find(&bytes, "52;c;?").is_none(), "its clipboard is asked for");
        assert!(desk.was_nothing_started());
    }
}

#[test]
fn over_ssh_a_link_is_shown_and_copied_in_place_of_being_opened() {
    for variable in ["SSH_TTY=/dev/pts/9", "SSH_CONNECTION=10.0.0.1 5 10.0.0.2 22"] {
        let desk = Desk::with(&[TODO]);
        desk.program("xdg-open", "");
        let mut terminal = desk.open("", &[variable]);
        terminal.key("o");
        terminal.shows(|s| s.contains("Copied https://app.close.com/lead/lead_7/ (over SSH"));
        assert!(find(&terminal.bytes(), "\x1b]52;c;aHR0cHM6Ly9hcHAuY2xvc2UuY29tL2xlYWQvbGVhZF83Lw==").is_some());
        terminal.settles();
        assert!(desk.was_nothing_started());
    }
}

#[test]
fn in_power_mode_a_call_is_dialled_at_once_and_its_outcome_is_one_step_of_undo() {
    let missed = CALL.replace("+1 202-555-0143", "(202) 555-0143");
    let desk = Desk::with(&[CALL, &missed, TODO]);
    desk.program("xdg-open", "exit 0");
    let listed = || run(&desk.path("tasks.db"), &["list", "--type", "all", "--view", "open", "--plain"]);
    let before = listed();
    let mut terminal = desk.open("", &[]);
    terminal.key("p");
    terminal.shows(|s| s.contains("POWER 1/3") && s.contains("c calls +1 202-555-0143, Dana: 10:00 there, New York?"));
    terminal.key("c");
    terminal
        .shows(|s| s.contains("2 no answer: again Fri 06 Mar, try 1 of 6") && s.contains("also done: 1 missed call"));
    assert_eq!(desk.log(1), ["1 <tel:+12025550143>"]);
    terminal.key("2");
    terminal.shows(|s| {
        s.contains("POWER 3/3") && s.contains("Acme") && s.contains("try 1 of 6. Also done: 1 missed call.")
    });
    terminal.shows(|s| s.contains("saved"));
    assert_ne!(listed(), before);
    terminal.key("u");
    terminal.shows(|s| s.contains("POWER 1/3") && s.contains("Undone: Called +1 202-555-0143"));
    terminal.shows(|s| s.contains("saved"));
    assert_eq!(listed(), before);
}
