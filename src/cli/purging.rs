//! `purge`: archived tasks past their keep time.

use std::io::Write;

use super::World;
use super::changing::{Answer, ask};
use super::output::{Exit, Failure, say, table};
use crate::app::{self, purge::Purge};
use crate::domain::wording;
use crate::repository::Expired;

/// `repbox purge`
///
/// # Errors
/// When the file cannot be read or written.
pub fn purge(world: &World, dry_run: bool, yes: bool, out: &mut dyn Write) -> Result<Exit, Failure> {
    if dry_run {
        return show(world, out);
    }
    let mut repository = world.writer()?;
    let now = world.clock.now();
    let found = app::purge::purge(&mut repository, &world.keep, now).map_err(app::Error::from)?;
    let removed = match found {
        Purge::Removed(removed) => removed,
        Purge::Nothing => Expired::default(),
        Purge::Asks(expired, why) => {
            let question = wording::purge_question(&expired.types, why);
            match if yes { Answer::Yes } else { ask(&question)? } {
                Answer::Yes => {
                    app::purge::purge_agreed(&mut repository, &expired, &world.keep, now).map_err(app::Error::from)?
                }
                Answer::No => {
                    say("nothing was removed");
                    return Ok(Exit::Failed);
                }
                Answer::NobodyToAsk => {
                    let question = question.trim_end_matches(" y/N");
                    say(&format!("repbox: {question} Nobody can be asked; say --yes if it is meant"));
                    return Ok(Exit::Usage);
                }
            }
        }
    };
    if removed.tasks.is_empty() && !world.quiet {
        say("no archived task is past its time");
    }
    for (task_type, count, days) in removed.types {
        writeln!(out, "{}", wording::removed_of_type(task_type, count, days))?;
    }
    Ok(Exit::Done)
}

/// Lists what would go, and changes nothing.
fn show(world: &World, out: &mut dyn Write) -> Result<Exit, Failure> {
    let repository = world.reader()?;
    let (expired, prospect) = repository.expired(&world.keep, world.clock.now()).map_err(app::Error::from)?;
    table(&repository.tasks(&expired.tasks).map_err(app::Error::from)?, &world.today(), world.colours, out)?;
    out.flush()?;
    if expired.tasks.is_empty() {
        say("no archived task is past its time");
        return Ok(Exit::Done);
    }
    for (task_type, count, days) in &expired.types {
        say(&wording::removed_of_type(*task_type, *count, *days).replacen("Removed", "Would remove", 1));
    }
    if let Some(why) = prospect.unusual(world.clock.now()) {
        say(&format!("It would ask first: {}", wording::purge_question(&expired.types, why)));
    }
    Ok(Exit::Done)
}
