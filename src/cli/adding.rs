//! `add`: a new task.

use std::io::Write;

use super::World;
use super::args::{Add, NewType, Reply};
use super::output::{Exit, Failure, say};
use crate::app::{self, change, find};
use crate::close::wire;
use crate::domain::date::TaskDate;
use crate::domain::edit::NewTask;

/// `repbox add`
///
/// # Errors
/// When a name is none, the task does not say what is to be done, or the file cannot be
/// written.
pub fn add(world: &World, args: &Add, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut repository = world.writer()?;
    let text = Some(args.text.join(" ")).filter(|text| !text.trim().is_empty());
    let mut fields = args.fields.changes(world, &repository, text, None)?;
    let me = find::who_is_here(&repository, world.me.as_deref())?;
    // As Close does: without a date today's, without a person the maker's.
    fields.date = fields.date.or(Some(TaskDate::Day(world.today().day)));
    if fields.rep.is_none() {
        if let Err(unknown) = &me {
            say(&format!("given to nobody: {unknown}"));
        }
        fields.rep = me.clone().ok().flatten();
    }
    let new = NewTask {
        is_call: args.task_type == NewType::OutgoingCall,
        fields,
        id: change::new_id()?,
        by: me.ok().flatten().and_then(|me| me.id),
    };
    let written = change::add(&mut repository, &new, world.clock.now())?;
    for number in written.changed {
        match args.output {
            Reply::Table => writeln!(out, "{number}")?,
            Reply::Json => {
                let tasks = repository.tasks(&[number]).map_err(app::Error::from)?;
                tasks.iter().try_for_each(|task| writeln!(out, "{}", wire::object(&task.record, None)))?;
            }
        }
        if !new.has_lead() && !world.quiet {
            say(&format!("kept on this computer; Close needs a lead for it: repbox edit {number} --lead NAME"));
        }
    }
    Ok(Exit::Done)
}
