//! `list`, `show`, `count`, `history`: commands that change nothing.

use std::io::Write;

use super::World;
use super::args::{Chosen, FailIf, List, Output, Reply};
use super::output::{Exit, Failure, line, nothing_matches, plain, say, table};
use crate::app::export::{self, Form, Part};
use crate::app::find;
use crate::close::wire;
use crate::domain::change::Step;
use crate::domain::filter::{Filter, Query, TypeSet};
use crate::domain::order::Order;
use crate::domain::shown::{Shown, Signs};
use crate::domain::task::StoredTask;
use crate::domain::view::{Today, View};
use crate::domain::wording;

/// `repbox list`
pub fn list(world: &World, args: &List, out: &mut dyn Write) -> Result<Exit, Failure> {
    let repository = world.reader()?;
    let today = world.today();
    let filter = world.filter(&repository, &args.chosen, TypeSet::default())?;
    let newest = if args.view == View::Archive { Order::NEWEST_COMPLETION } else { Order::BY_DATE };
    let query = Query { view: args.view, filter, order: args.order_by.unwrap_or(newest) };
    let limit = Some(args.limit).filter(|limit| *limit > 0);
    if args.fields.is_some() && args.output == Output::Table {
        say("repbox: --fields goes with --output json, ndjson or csv");
        return Ok(Exit::Usage);
    }
    let fields = args.fields.as_ref().map(|texts| find::chosen_fields(&repository, texts)).transpose()?;
    let part = Part { skip: args.skip, limit, fields: fields.as_deref() };
    let form = match args.output {
        Output::Json => Form::Json,
        Output::Ndjson => Form::Ndjson,
        Output::Csv => Form::Csv,
        Output::Table => {
            // One more tells whether the limit leaves any out.
            let one_more = limit.map(|limit| limit.saturating_add(1));
            let mut tasks = repository.list(&query, &today, args.skip, one_more).map_err(crate::app::Error::from)?;
            let is_cut = limit.is_some_and(|limit| tasks.len() as u64 > limit);
            tasks.truncate(tasks.len() - usize::from(is_cut));
            if args.plain {
                tasks.iter().try_for_each(|task| writeln!(out, "{}", plain(task, &today)))?;
            } else {
                table(&tasks, &today, world.colours, out)?;
            }
            out.flush()?;
            if !world.quiet {
                if tasks.is_empty() && !query.filter.search.is_empty() {
                    say(&nothing_matches(&query.filter.search, query.view));
                }
                left_out(&repository, &query, &today, args, is_cut)?;
            }
            return Ok(Exit::Done);
        }
    };
    export::export(&repository, &query, &today, (form, part), out)?;
    Ok(Exit::Done)
}

/// Says what the limit and the default type leave out.
fn left_out(
    repository: &crate::repository::Repository,
    query: &Query,
    today: &Today,
    args: &List,
    is_cut: bool,
) -> Result<(), Failure> {
    if is_cut {
        let these = if args.limit == 1 { "this one".to_owned() } else { format!("these {}", args.limit) };
        say(&format!("more than {these}: --limit 0 lists all"));
    }
    if args.chosen.types.is_some() || args.chosen.saved.is_some() || !args.chosen.id.is_empty() {
        return Ok(());
    }
    if !query.filter.search.is_empty() {
        // To count them would cost more than the list did: one is enough to say it.
        let types = query.filter.types.rest();
        let others = Query { filter: Filter { types, ..query.filter.clone() }, ..query.clone() };
        if !repository.list(&others, today, 0, Some(1)).map_err(crate::app::Error::from)?.is_empty() {
            say("more of other types: --type all");
        }
        return Ok(());
    }
    let tally = repository.tally_of(&query.filter, query.view, today).map_err(crate::app::Error::from)?;
    let others = tally.types.iter().filter(|row| !query.filter.types.contains_name(&row.name));
    let hidden: u64 = others.map(|row| row.of(query.view)).sum();
    if hidden > 0 {
        say(&format!("{hidden} more of other types: --type all"));
    }
    Ok(())
}

/// `repbox show`
pub fn show(world: &World, ids: &[String], output: Output, out: &mut dyn Write) -> Result<Exit, Failure> {
    let repository = world.reader()?;
    let today = world.today();
    let numbers = find::tasks(&repository, ids)?;
    let tasks = repository.tasks(&numbers).map_err(crate::app::Error::from)?;
    match (output, tasks.as_slice()) {
        (Output::Json, [task]) => writeln!(out, "{}", wire::object(&task.record, None))?,
        (Output::Table, tasks) => {
            for (i, task) in tasks.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                let history = repository.history(Some(task.number), 100).map_err(crate::app::Error::from)?;
                everything(task, &history, (world, &today), out)?;
            }
        }
        (Output::Json | Output::Ndjson | Output::Csv, _) => {
            let form = match output {
                Output::Ndjson => Form::Ndjson,
                Output::Csv => Form::Csv,
                Output::Json | Output::Table => Form::Json,
            };
            let filter = Filter { types: TypeSet::ALL, only: Some(numbers), ..Filter::default() };
            let query = Query { view: View::All, filter, order: Order::AS_THEY_CAME };
            export::export(&repository, &query, &today, (form, Part { skip: 0, limit: None, fields: None }), out)?;
        }
    }
    Ok(Exit::Done)
}

/// A longer label moves its value to the right.
const WIDEST_LABEL: usize = 24;

/// A task with every field that has a value, then what happened to it.
fn everything(
    task: &StoredTask,
    history: &[Step],
    (world, today): (&World, &Today),
    out: &mut dyn Write,
) -> std::io::Result<()> {
    writeln!(out, "{} {}", task.number, line(&wording::row_text(&task.task)))?;
    let details = wording::details(task, today, &world.lead_page);
    let details = wording::with_keep_time(details, task, today, &world.keep);
    let widths = details.iter().map(|detail| line(&detail.label).cells());
    let column = widths.filter(|cells| *cells <= WIDEST_LABEL).max().unwrap_or(0);
    for detail in &details {
        let mut label = line(&detail.label);
        for text in Shown::lines(&detail.value, Signs::Unicode) {
            let cells = label.cells().max(column);
            writeln!(out, "  {} {text}", label.fit(cells))?;
            label = Shown::default();
        }
    }
    for step in history {
        let when = wording::moment(step.at, today);
        writeln!(out, "  {:<column$} {when}  {}", "History", line(&step.told()))?;
    }
    Ok(())
}

/// A type's name in the table takes so many cells, a longer one more.
const TYPE: usize = 24;

/// `repbox count`
pub fn count(
    world: &World,
    chosen: &Chosen,
    output: Reply,
    fail_if: Option<FailIf>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let repository = world.reader()?;
    let filter = world.filter(&repository, chosen, TypeSet::default())?;
    let tally = repository.tally(&filter, &world.today()).map_err(crate::app::Error::from)?;
    let rows: Vec<_> = tally.types.iter().filter(|row| filter.types.contains_name(&row.name)).collect();
    if output == Reply::Json {
        let types: Vec<_> = rows
            .iter()
            .map(|row| {
                serde_json::json!({"_type": row.name, "inbox": row.inbox, "overdue": row.overdue, "future": row.future, "archive": row.archive})
            })
            .collect();
        let sum = |of: fn(&crate::repository::TypeTally) -> u64| rows.iter().map(|row| of(row)).sum::<u64>();
        let total = serde_json::json!({"inbox": sum(|r| r.inbox), "overdue": sum(|r| r.overdue), "future": sum(|r| r.future), "archive": sum(|r| r.archive), "types": types});
        writeln!(out, "{}", wire::answer(&total))?;
    } else {
        writeln!(out, "{:<TYPE$} {:>9} {:>9} {:>9} {:>9}", "type", "inbox", "overdue", "future", "archive")?;
        for row in &rows {
            let name = line(&row.name);
            let name = name.fit(name.cells().max(TYPE));
            writeln!(out, "{name} {:>9} {:>9} {:>9} {:>9}", row.inbox, row.overdue, row.future, row.archive)?;
        }
    }
    let overdue = rows.iter().any(|row| row.overdue > 0);
    Ok(if fail_if == Some(FailIf::Overdue) && overdue { Exit::Failed } else { Exit::Done })
}

/// `repbox history`
pub fn history(world: &World, id: Option<&str>, limit: u64, out: &mut dyn Write) -> Result<Exit, Failure> {
    let repository = world.reader()?;
    let today = world.today();
    let task = id.map(|id| find::task(&repository, id)).transpose()?;
    let most = if limit == 0 { u64::MAX } else { limit };
    for step in repository.history(task, most).map_err(crate::app::Error::from)? {
        writeln!(out, "{}  {}", wording::moment(step.at, &today), line(&step.told()))?;
    }
    Ok(Exit::Done)
}
