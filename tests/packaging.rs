//! What a package holds beside the program.

mod support {
    #[allow(dead_code)] // No task is looked at.
    pub(crate) mod world;
}

use std::process::Command;

use clap::CommandFactory;
use repbox::cli::args::Cli;
use support::world::World;

#[test]
fn one_line_writes_a_manual_page_for_every_command_and_completions_that_shells_read() {
    let world = World::new();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/share.sh");
    let mut line = Command::new("sh");
    line.arg(script).arg(world.folder()).arg(env!("CARGO_BIN_EXE_repbox"));
    let output = line.output().expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let share = world.folder().join("share");
    let commands = Cli::command();
    let names = commands.get_subcommands().map(|command| format!("repbox-{}", command.get_name()));
    let pages: Vec<String> = names.chain(["repbox".to_owned()]).collect();
    for page in &pages {
        let text = std::fs::read_to_string(share.join(format!("man/man1/{page}.1"))).expect(page);
        assert!(text.contains(&format!(".TH {page} 1")), "{page}");
    }
    assert_eq!(std::fs::read_dir(share.join("man/man1")).expect("a folder").count(), pages.len());
    let completions = [
        ("bash", "bash-completion/completions/repbox"),
        ("zsh", "zsh/site-functions/_repbox"),
        ("fish", "fish/vendor_completions.d/repbox.fish"),
    ];
    for (shell, file) in completions {
        let text = std::fs::read_to_string(share.join(file)).expect(file);
        assert!(text.contains("repbox"), "{file}");
        if let Ok(read) = Command::new(shell).arg("-n").arg(share.join(file)).output() {
            assert!(read.status.success(), "{file}: {}", String::from_utf8_lossy(&read.stderr));
        }
    }
}
