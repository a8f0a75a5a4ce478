//! Every block of docs/recipes.md, and the shell blocks of other papers, tried on the demo's
//! tasks by the programs that read them.

mod support {
    pub(crate) mod desk;
    pub(crate) mod world;
}

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use support::desk::{desk, own_programs, program, with_input};
use support::world::World;

const RECIPES: &str = include_str!("../docs/recipes.md");
const MAIL: &str = "From: Dana <dana@example.com>\nSubject: the PO $(touch oops) number\n\nSubject: not this\n";

/// The blocks of a paper: the word behind the fence, and what stands in it.
fn blocks(paper: &str) -> Vec<(&str, &str)> {
    let fenced = paper.split("```").skip(1).step_by(2);
    fenced.filter_map(|block| block.split_once('\n')).collect()
}

/// The name of a block that is a script of its own.
fn script_name(block: &str) -> Option<&str> {
    let (first, rest) = block.split_once('\n')?;
    let (name, _) = rest.strip_prefix("# ")?.split_once(':')?;
    first.starts_with("#!").then_some(name)
}

fn put(world: &World, name: &str, text: &str) {
    let path = own_programs(world).join(name);
    std::fs::create_dir_all(own_programs(world)).expect("a folder");
    std::fs::write(&path, text).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("set");
}

fn has(name: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {name}")]).output().is_ok_and(|out| out.status.success())
}

/// The desk with the scripts of the recipes, and an fzf that takes the first task that it is offered.
fn desk_with_scripts() -> World {
    let world = desk();
    for (_, block) in blocks(RECIPES) {
        script_name(block).into_iter().for_each(|name| put(&world, name, block));
    }
    let real = Command::new("sh").args(["-c", "command -v fzf"]).output().expect("sh");
    let fzf = String::from_utf8(real.stdout).expect("a path");
    match fzf.trim() {
        "" => put(&world, "fzf", "#!/bin/sh\nexec head -n 1\n"),
        // Its options are read, and no terminal is asked.
        fzf => put(&world, "fzf", &format!("#!/bin/sh\n{fzf} \"$@\" --filter '' | head -n 1\n")),
    }
    world
}

/// Runs a text in a shell; what it printed.
fn runs(world: &World, shell: &str, text: &str) -> String {
    // What is piped to jq cannot run without it, but is read.
    let only_read: &[&str] = if text.contains("jq ") && !has("jq") { &["-n"] } else { &[] };
    let mut command = program(world, shell);
    command.args(only_read).args(["-e", "-c", text]);
    printed(with_input(command, MAIL), text)
}

fn printed(output: Output, text: &str) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{said}");
    assert!(!said.lines().any(|line| line.starts_with("repbox: ")), "{text}\n{said}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn every_block_of_the_recipes_is_read_by_its_program_and_runs() {
    let world = desk_with_scripts();
    let all = blocks(RECIPES);
    assert!(all.len() > 12, "{all:?}");
    for (language, block) in all {
        match language {
            "sh" => _ = runs(&world, "sh", block),
            "bash" => assert!(runs(&world, "bash", &format!("{block}\necho \"${{PS1@P}}\"")).starts_with('!')),
            "zsh" if has("zsh") => {
                assert!(runs(&world, "zsh", &format!("{block}\nprint -P \"$PROMPT\"")).starts_with('!'));
            }
            "fish" if has("fish") => {
                let output = program(&world, "fish").args(["-c", &format!("{block}\nfish_prompt")]).output();
                assert!(printed(output.expect("fish"), block).starts_with('!'));
            }
            "zsh" | "fish" => {}
            "tmux" => tmux_reads(&world, block),
            "crontab" => cron_runs(&world, block),
            "muttrc" => mutt_reads(&world, block),
            other => panic!("nothing here reads {other}"),
        }
    }
}

/// The commands of its status line run, and a tmux understands each line.
fn tmux_reads(world: &World, block: &str) {
    let commands: Vec<&str> =
        block.split("#(").skip(1).map(|rest| rest.split(')').next().unwrap_or_default()).collect();
    assert!(!commands.is_empty(), "{block}");
    for command in commands {
        runs(world, "sh", command);
    }
    if has("tmux") {
        let file = world.folder().join("tmux.conf");
        std::fs::write(&file, format!("{block}\nkill-server\n")).expect("written");
        let mut tmux = program(world, "tmux");
        tmux.env("TMUX_TMPDIR", world.folder()).args(["-f", "/dev/null", "start-server", ";", "source-file"]);
        printed(tmux.arg(&file).output().expect("tmux"), block);
    }
}

/// What stands behind five fields is run, as cron hands it to a shell.
fn cron_runs(world: &World, block: &str) {
    std::fs::create_dir(world.folder().join("copies")).expect("a folder");
    let jobs: Vec<&str> = block.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert!(jobs.len() > 2, "{block}");
    for job in jobs {
        let fields: Vec<&str> = job.split_whitespace().take(5).collect();
        assert!(fields.iter().all(|field| field.chars().all(|c| c.is_ascii_digit() || "*-/,".contains(c))), "{job}");
        let command = job.splitn(6, char::is_whitespace).last().unwrap_or_default().trim();
        runs(world, "sh", &command.replace("\\%", "%"));
    }
    assert_eq!(std::fs::read_dir(world.folder().join("copies")).expect("a folder").count(), 1);
}

/// The macro's command makes a to-do of a mail, and a mutt understands each line.
fn mutt_reads(world: &World, block: &str) {
    let (_, rest) = block.split_once("<pipe-message>").expect("a macro");
    let (command, _) = rest.split_once("<enter>").expect("its end");
    runs(world, "sh", command);
    let made = world.out(&["list", "--search", "\"Answer: the PO $(touch oops) number\" date:tom", "--view", "open"]);
    assert!(made.contains("Answer: the PO $(touch oops) number"), "{made}");
    assert!(!world.folder().join("oops").exists());
    if has("mutt") {
        let file = world.folder().join("muttrc");
        std::fs::write(&file, block).expect("written");
        let mutt = program(world, "mutt").args(["-n", "-F"]).arg(&file).args(["-Q", "pipe_decode"]).output();
        printed(mutt.expect("mutt"), block);
    }
}

#[test]
fn the_scripts_of_the_recipes_print_what_they_say() {
    let world = desk_with_scripts();
    let mut words = Vec::new();
    if has("jq") {
        let status = runs(&world, "sh", "repbox-status");
        words = status.split_whitespace().map(str::to_owned).collect();
        assert!(words[0].parse::<u32>().is_ok_and(|due| due > 20), "{status}");
        assert_eq!((words[1].as_str(), words[3].as_str()), ("due,", "overdue"));
    }
    assert_eq!(runs(&world, "sh", "repbox-overdue"), "!\n");
    let picked = runs(&world, "sh", "repbox-pick");
    assert!(world.out(&["show", picked.trim()]).starts_with(&format!("{} ", picked.trim())));
    world.out(&["done", "--where", "is:overdue", "--type", "all", "--yes"]);
    assert_eq!(runs(&world, "sh", "repbox-overdue"), "");
    if !words.is_empty() {
        assert!(runs(&world, "sh", "repbox-status").ends_with(" 0 overdue\n"));
    }
}

#[test]
fn the_shell_blocks_of_the_other_papers_run() {
    for paper in [include_str!("../docs/search.md"), include_str!("../docs/guide.md")] {
        let world = desk();
        // By the id: the file that the guide takes in has another rep of her name.
        let me = "me = \"user_u8jzPde0IgxLd6GncfBAepfJBd0Kh8oOOL8dKLzdocJ\"\n";
        std::fs::write(world.folder().join("config.toml"), me).expect("written");
        let shell: Vec<_> = blocks(paper).into_iter().filter(|(language, _)| *language == "sh").collect();
        assert!(!shell.is_empty());
        for (_, block) in shell {
            runs(&world, "sh", block);
        }
    }
}
