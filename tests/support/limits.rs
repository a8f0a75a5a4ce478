//! The real binary killed midway, and where nothing more can be written.

use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::world::World;

/// Starts it, and kills it after a while.
pub(crate) fn kill(mut command: Command, after: Duration) {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    while began.elapsed() < after {
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    child.wait().expect("ends");
}

/// As the binary runs where no file may grow beyond so many blocks of 512 bytes.
pub(crate) fn limited(world: &World, blocks: u64, args: &[&str]) -> Output {
    limited_command(world, blocks, args).output().expect("runs")
}

/// What [`limited`] runs.
pub(crate) fn limited_command(world: &World, blocks: u64, args: &[&str]) -> Command {
    let command = world.command(args);
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")).arg(command.get_program());
    shell.args(command.get_args()).env_clear().stdin(Stdio::null()).current_dir(world.folder());
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell
}
