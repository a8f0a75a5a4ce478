//! `done`, `reopen`, `undo`, `redo`: commands that change tasks, each all or nothing.

use std::io::Write;

use super::World;
use super::args::{Change, Output};
use super::output::{Exit, Failure, line};
use crate::app::undo::{self, Direction};
use crate::app::{self, change, find};
use crate::close::wire;
use crate::domain::task::{StoredTask, TaskNumber};
use crate::domain::wording;
use crate::repository::Repository;

/// `repbox done` and `repbox reopen`
pub fn set_complete(world: &World, args: &Change, complete: bool, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut repository = world.writer()?;
    let numbers = find::tasks(&repository, &args.ids)?;
    let written =
        change::set_complete(&mut repository, &numbers, complete, world.clock.now()).map_err(app::Error::from)?;
    let tasks = |numbers: &[TaskNumber]| repository.tasks(numbers).map_err(app::Error::from);
    let changed = tasks(&written.changed)?;
    match args.output {
        Output::Table => {
            let (now, already) =
                if complete { ("Completed", "Already complete:") } else { ("Re-opened", "Already open:") };
            say_each(now, &changed, out)?;
            say_each(already, &tasks(&written.already)?, out)?;
        }
        Output::Json | Output::Ndjson | Output::Csv => envelope(&changed, out)?,
    }
    Ok(Exit::Done)
}

fn say_each(word: &str, tasks: &[StoredTask], out: &mut dyn Write) -> std::io::Result<()> {
    tasks.iter().try_for_each(|task| writeln!(out, "{word} {} \"{}\"", task.number, line(&wording::title(&task.task))))
}

fn envelope(tasks: &[StoredTask], out: &mut dyn Write) -> std::io::Result<()> {
    let data: Vec<String> = tasks.iter().map(|task| wire::object(&task.record, None)).collect();
    writeln!(out, "{{\"data\": [{}], \"has_more\": false, \"total_results\": {}}}", data.join(",\n"), data.len())
}

/// `repbox undo` and `repbox redo`
pub fn restore(world: &World, way: Direction, steps: u64, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut repository: Repository = world.writer()?;
    let word = if way == Direction::Undo { "Undid" } else { "Redid" };
    for restored in undo::go(&mut repository, way, steps, world.clock.now())? {
        let kept = match restored.left_alone.len() {
            0 => String::new(),
            n => format!(" ({n} changed since and left alone)"),
        };
        writeln!(out, "{word}: {}{kept}", line(&restored.step.summary))?;
    }
    Ok(Exit::Done)
}
