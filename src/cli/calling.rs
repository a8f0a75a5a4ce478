//! `outcome`: how a call ended.

use std::io::Write;

use super::World;
use super::args::{CallOutcome, Reply};
use super::changing::envelope;
use super::output::{Exit, Failure, line, say, table};
use crate::app::{self, change, find};
use crate::domain::outcome::{Attempt, Ending, Outcome};
use crate::domain::task::TaskNumber;
use crate::domain::wording;
use crate::repository::{self, CallEnd, CallEnded, Repository};

/// `repbox outcome`
///
/// # Errors
/// When the name is none, the task is complete, the date is not understood, or the file
/// cannot be written.
pub fn outcome(world: &World, args: &CallOutcome, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Some(outcome) = meant(world, args)? else {
        say("repbox: --at goes with call_back, and call_back with --at: repbox outcome 12 call_back --at 'fri 14:30'");
        return Ok(Exit::Usage);
    };
    let mut repository = world.writer()?;
    let (task, today) = (find::task(&repository, &args.id)?, world.today());
    let mut attempt = app::outcome::attempt(&repository, task, &today)?;
    if args.no_also {
        attempt.debts.clear();
    }
    if args.dry_run {
        return would(world, &attempt, &outcome, args.output, out);
    }
    let agreed: Vec<TaskNumber> = attempt.debts.iter().map(|debt| debt.number).collect();
    let by = find::who_is_here(&repository, world.me.as_deref())?.ok().flatten().and_then(|me| me.id);
    let id = change::new_id()?;
    let (outcome, rules, by) = (&outcome, &world.calls, by.as_ref());
    let end = CallEnd { task, was_open: false, outcome, agreed: &agreed, rules, id: &id, by, today: &today };
    let ended = app::outcome::end(&mut repository, &end)?;
    did(world, &repository, &ended, args.output, out)
}

/// The outcome that the words mean; `None` where a time is missing, or stands with another.
fn meant(world: &World, args: &CallOutcome) -> Result<Option<Outcome>, Failure> {
    Ok(match (args.outcome, &args.at) {
        (Ending::CallBack, Some(at)) => Some(Outcome::CallBack(world.date(at)?)),
        (_, Some(_)) => None,
        (ending, None) => Outcome::of(ending),
    })
}

/// What would be done.
fn would(
    world: &World,
    attempt: &Attempt,
    outcome: &Outcome,
    output: Reply,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let (today, number) = (world.today(), attempt.task.number);
    if let Some(refusal) = attempt.refusal() {
        return Err(app::Error::from(repository::Error::Refused { number, refusal }).into());
    }
    let plan = attempt.plan(outcome, &world.calls, &today);
    let tasks: Vec<_> = std::iter::once(&attempt.task).chain(plan.also).cloned().collect();
    match output {
        Reply::Table => table(&tasks, &today, world.colours, out)?,
        Reply::Json => envelope(&tasks, out)?,
    }
    out.flush()?;
    let these = if tasks.len() == 1 { "this task" } else { "these tasks" };
    say(&format!("{these} would be completed: {} in all", tasks.len()));
    say(&format!("the history would say: {}", wording::called(attempt, outcome, &plan, plan.also, &today)));
    Ok(Exit::Done)
}

/// A line for each task, or the envelope of those that changed; what the history says, aside.
fn did(
    world: &World,
    repository: &Repository,
    ended: &CallEnded,
    output: Reply,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let today = world.today();
    let numbers: Vec<TaskNumber> =
        std::iter::once(&ended.task).chain(&ended.also).chain(&ended.next).copied().collect();
    let tasks = repository.tasks(&numbers).map_err(app::Error::from)?;
    if output == Reply::Json {
        return Ok(envelope(&tasks, out).map(|()| Exit::Done)?);
    }
    for task in &tasks {
        let title = wording::title(&task.task);
        let (word, date) = match task.task.actionable().filter(|_| Some(task.number) == ended.next) {
            Some(date) => ("Added", format!(" for {}", wording::full_date(date, &today))),
            None => ("Completed", String::new()),
        };
        writeln!(out, "{word} {} \"{}\"{}", task.number, line(&title), line(&date))?;
    }
    out.flush()?;
    if !world.quiet {
        say(&ended.summary);
        let is_last = ended.attempt.is_some_and(|attempt| attempt.is_last());
        if is_last {
            say("no next call was made: the tries are used up");
        }
    }
    Ok(Exit::Done)
}
