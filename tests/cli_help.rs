//! Help, manual pages and the README: what they say to type is typed here.

mod support {
    #[allow(dead_code)] // Nothing here is told by its input.
    pub(crate) mod desk;
    pub(crate) mod world;
}

use std::process::{Command, Output};

use clap::{CommandFactory, Parser};
use repbox::cli::args::Cli;
use support::desk::{desk, program};
use support::world::World;

/// Runs a line in bash, with the binary in its path.
fn bash(world: &World, line: &str) -> Output {
    program(world, "bash").args(["-c", line]).output().expect("bash")
}

fn examples(command: &clap::Command) -> Vec<String> {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn every_command_has_one_line_about_it_and_an_example_that_runs() {
    let world = desk();
    for command in Cli::command().get_subcommands() {
        let name = command.get_name();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty() && !about.contains('\n') && !about.ends_with('.'), "{name}: {about}");
        let examples = examples(command);
        assert!(examples.iter().any(|line| line.contains(&format!("repbox {name}"))), "{name} has no example");
        for line in &examples {
            let output = bash(&world, &format!("set -eo pipefail; {line}"));
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{line}: {said}");
            assert!(!said.contains("error"), "{line}: {said}");
        }
    }
}

#[test]
fn help_of_a_command_shows_its_options_and_examples_both_ways() {
    let world = World::new();
    for args in [&["help", "snooze"][..], &["snooze", "--help"]] {
        let help = world.out(args);
        assert!(help.starts_with("Put tasks off to a date\n"), "{help}");
        assert!(help.contains("--until <WHEN>") && help.contains("Examples:\n  repbox snooze 1 2 --until fri"));
    }
}

#[test]
fn every_command_and_the_program_have_a_manual_page_with_options_examples_statuses_and_files() {
    let world = World::new();
    let program = Cli::command();
    let names = program.get_subcommands().map(clap::Command::get_name);
    for name in names.chain([""]) {
        let page = world.out(&["man", name].into_iter().filter(|arg| !arg.is_empty()).collect::<Vec<_>>());
        let title = if name.is_empty() { "repbox".to_owned() } else { format!("repbox-{name}") };
        assert!(page.contains(&format!(".TH {title} 1")), "{page}");
        for heading in ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "\"EXIT STATUS\"", "ENVIRONMENT", "FILES"] {
            assert!(page.contains(&format!(".SH {heading}\n")), "{name}: {heading}");
        }
        renders(&world, name, &page);
    }
    let unknown = world.run(&["man", "lits"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean list?"));
}

/// Where there is a groff, the page gives no warning.
fn renders(world: &World, name: &str, page: &str) {
    let file = world.folder().join("page.1");
    std::fs::write(&file, page).expect("written");
    if let Ok(output) = Command::new("groff").args(["-man", "-Tutf8", "-ww", "-z"]).arg(&file).output() {
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
    }
}

#[test]
fn every_call_that_the_readme_shows_is_one() {
    let readme = include_str!("../README.md");
    let quoted = readme.split('`').filter(|part| part.starts_with("repbox ") && !part.contains('\n'));
    let calls: Vec<&str> = quoted.chain(readme.lines().filter(|line| line.starts_with("repbox "))).collect();
    assert!(calls.len() > 10, "{calls:?}");
    for call in calls {
        let (call, _) = call.split_once(" #").unwrap_or((call, ""));
        for call in call.split('|') {
            let call = call.split('>').next().unwrap_or_default().trim();
            if let Err(e) = Cli::try_parse_from(words(call)) {
                assert!(!e.use_stderr(), "{call}: {e}");
            }
        }
    }
}

#[test]
fn every_command_of_the_readmes_list_does_what_it_says() {
    let world = desk();
    let lines: Vec<&str> = include_str!("../README.md").lines().filter(|line| line.starts_with("repbox ")).collect();
    assert!(lines.len() > 10, "{lines:?}");
    for line in lines {
        let output = bash(&world, &format!("set -eo pipefail; {line}"));
        // Something is overdue in the demo.
        let expected = if line.contains("--fail-if") { 1 } else { 0 };
        assert_eq!(output.status.code(), Some(expected), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Splits at blanks that stand outside of single quotes.
fn words(call: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (i, part) in call.split('\'').enumerate() {
        match i % 2 {
            1 => words.last_mut().expect("one").push_str(part),
            _ => {
                for (j, piece) in part.split(' ').enumerate() {
                    if j > 0 {
                        words.push(String::new());
                    }
                    words.last_mut().expect("one").push_str(piece);
                }
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
