//! `stats`, `report`: how much was done, and what is told at a stand-up.

use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::World;
use super::args::Reply;
use super::output::{Exit, Failure, line, say};
use crate::app::report::{self, OfLead, OfType, Report, Whose};
use crate::close::wire;
use crate::domain::date::TaskDate;
use crate::domain::kind::TaskType;
use crate::domain::stats::{Span, Stats, Took};
use crate::domain::task::{LeadId, Party, RepId, StoredTask};
use crate::domain::view::Today;
use crate::domain::{when, wording};

/// `repbox stats`
///
/// # Errors
/// When the date is not understood, or the file cannot be read.
pub fn stats(world: &World, since: Option<&str>, output: Reply, out: &mut dyn Write) -> Result<Exit, Failure> {
    let today = world.today();
    let span = match since {
        None => Span::year(&today),
        Some(text) => match past(text, &today)? {
            Some(date) => Span::until_today(today.day_of(date), &today),
            None => return Ok(Exit::Usage),
        },
    };
    let stats = world.reader()?.stats(&span, &today).map_err(crate::app::Error::from)?;
    match output {
        Reply::Json => writeln!(out, "{}", wire::answer(&stats_json(&stats, &today)))?,
        Reply::Table => stats_table(&stats, &today, out)?,
    }
    Ok(Exit::Done)
}

/// A typed date that is not to come; `None`: it is, and that was said.
fn past(text: &str, today: &Today) -> Result<Option<TaskDate>, Failure> {
    let date = when::parse_past(text, today)?.date;
    if report::begins(date, today) <= today.now {
        return Ok(Some(date));
    }
    let words = wording::typed_date(date, today);
    say(&format!("repbox: {text:?} is {words}, which is still to come; try yesterday, 3d ago or 2026-11-20"));
    Ok(None)
}

/// Names in the table take so many cells, longer ones more.
const NAME: usize = 20;
/// The table shows so many of the last days; JSON has all of them.
const DAYS: usize = 14;

fn stats_table(stats: &Stats, today: &Today, out: &mut dyn Write) -> std::io::Result<()> {
    let first = stats.days.first().map_or(today.day, |(day, _)| *day);
    let since = wording::typed_date(TaskDate::Day(first), today);
    writeln!(out, "done {} since {since}, {} today", stats.done(), stats.today())?;
    let whose = if stats.reps.len() > 1 { ", everyone's" } else { "" };
    writeln!(out, "streak {}{whose}", counted(stats.streak, "day", "days"))?;
    match stats.took {
        Some(Took { tasks, median, p90 }) => {
            let (median, p90) = (wording::span(median), wording::span(p90));
            let of = counted(tasks, "task", "tasks");
            writeln!(out, "from actionable to done {median} (median), {p90} (p90), of {of}")?;
        }
        None if stats.done() == 0 => writeln!(out, "more figures come with the first task that is completed")?,
        None => writeln!(out, "from actionable to done not known yet")?,
    }
    if stats.seen < stats.done() {
        writeln!(out, "hours, how long it took and open tasks: of the last {} done", stats.seen)?;
    }
    if stats.about > 0 {
        writeln!(out, "{} on the day of their last update: Close told no time", stats.about)?;
    }
    // A heading with nothing below it would say nothing; why there is nothing is said above.
    let mut rows = |title: &str, rows: Vec<(String, u64)>| -> std::io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let width = rows.iter().map(|(name, _)| line(name).cells()).fold(NAME, usize::max);
        writeln!(out, "\n{title}")?;
        rows.iter().try_for_each(|(name, count)| writeln!(out, "  {} {count:>8}", line(name).fit(width)))
    };
    let day = |day: &chrono::NaiveDate| wording::typed_date(TaskDate::Day(*day), today);
    let last = stats.days.iter().rev().take(if stats.done() == 0 { 0 } else { DAYS });
    rows("done per day", last.map(|(at, count)| (day(at), *count)).collect())?;
    let hours = stats.hours.iter().enumerate().filter(|(_, count)| **count > 0);
    let hour = |hour: usize| chrono::NaiveTime::from_hms_opt(u32::try_from(hour).unwrap_or(0), 0, 0);
    let hour = |at: usize| hour(at).map_or_else(String::new, |time| today.customs.time(time));
    rows("done per hour", hours.map(|(at, count)| (hour(at), *count)).collect())?;
    let label = |name: &str| match TaskType::from_wire(name) {
        Some(known) => wording::label(Some(known)).to_owned(),
        None => name.to_owned(),
    };
    rows("done by type", stats.types.iter().map(|(name, count)| (label(name), *count)).collect())?;
    rows("done by rep", stats.reps.iter().map(|(rep, count)| (who(rep), *count)).collect())?;
    rows("open at the end of", stats.backlog.iter().rev().map(|(at, count)| (day(at), *count)).collect())
}

/// A rep's name, else the id.
fn who(rep: &Party<RepId>) -> String {
    rep.shown_name().or(rep.id.as_ref().map(RepId::as_str)).unwrap_or("nobody").to_owned()
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn stats_json(stats: &Stats, today: &Today) -> Value {
    let days: Vec<_> = stats.days.iter().map(|(day, done)| json!({"date": day.to_string(), "done": done})).collect();
    let backlog: Vec<_> =
        stats.backlog.iter().map(|(day, open)| json!({"date": day.to_string(), "open": open})).collect();
    let types: Vec<_> = stats.types.iter().map(|(name, done)| json!({"_type": name, "done": done})).collect();
    let rep = |(rep, done): &(Party<RepId>, u64)| json!({"assigned_to": rep.id.as_ref().map(RepId::as_str), "assigned_to_name": rep.name, "done": done});
    let took = stats.took.map(|took| {
        json!({"tasks": took.tasks, "median_seconds": took.median.num_seconds(), "p90_seconds": took.p90.num_seconds()})
    });
    json!({
        "time_zone": today.zone.name(),
        "done": stats.done(),
        "done_today": stats.today(),
        "streak_days": stats.streak,
        "about": stats.about,
        "looked_at": stats.seen,
        "actionable_to_done": took,
        "days": days,
        "hours": stats.hours,
        "types": types,
        "reps": stats.reps.iter().map(rep).collect::<Vec<_>>(),
        "backlog": backlog,
    })
}

/// `repbox report`
///
/// # Errors
/// When the date is not understood, or the file cannot be read.
pub fn report(world: &World, since: &str, output: Reply, out: &mut dyn Write) -> Result<Exit, Failure> {
    let today = world.today();
    let Some(since) = past(since, &today)? else { return Ok(Exit::Usage) };
    let since = report::begins(since, &today);
    let repository = world.reader()?;
    let whose = Whose::of(&repository, world.me.as_deref())?;
    let report = report::report(&repository, since, &whose, &today)?;
    match output {
        Reply::Json => writeln!(out, "{}", wire::answer(&report_json(&report, since, &whose, &today)))?,
        Reply::Table => report_text(&report, since, &whose, &today, out)?,
    }
    Ok(Exit::Done)
}

fn report_text(
    report: &Report,
    since: DateTime<Utc>,
    whose: &Whose,
    today: &Today,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let name = whose.name().map(|name| format!(", {name}")).unwrap_or_default();
    writeln!(out, "{}", line(&format!("Since {}{name}", wording::moment(since, today))))?;
    let overdue = if report.overdue > 0 { format!(", {} overdue", report.overdue) } else { String::new() };
    let date = |task: &StoredTask| match task.task.actionable() {
        Some(date) => format!(" ({})", wording::typed_date(date, today)),
        None => String::new(),
    };
    section("Done", "", &report.done, &|_| String::new(), out)?;
    section("Moved", "", &report.moved, &date, out)?;
    if !report.calls.is_empty() {
        let count: usize = report.calls.iter().map(|(_, count)| count).sum();
        let ways: Vec<String> =
            report.calls.iter().map(|(ending, count)| format!("{count} {}", ending.label())).collect();
        writeln!(out, "\nCalls {count}: {}", ways.join(", "))?;
    }
    section("Waiting", &overdue, &report.waiting, &|_| String::new(), out)
}

/// More tasks of a type and lead are counted, not named.
const NAMED: usize = 5;
/// A title takes so many cells at most.
const TITLE: usize = 72;

fn section(
    word: &str,
    more: &str,
    types: &[OfType],
    aside: &dyn Fn(&StoredTask) -> String,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let count: usize = types.iter().map(OfType::count).sum();
    writeln!(out, "\n{word} {count}{more}")?;
    for of_type in types {
        let label = match TaskType::from_wire(&of_type.name) {
            Some(known) => wording::label(Some(known)),
            None => of_type.name.as_str(),
        };
        writeln!(out, "  {} {}", line(label), of_type.count())?;
        for OfLead { lead, tasks } in &of_type.leads {
            let name = lead.shown_name().or(lead.id.as_ref().map(LeadId::as_str)).unwrap_or("no lead");
            let title = |task: &StoredTask| line(&wording::title(&task.task)).cut(TITLE).to_string();
            let titles = tasks.iter().take(NAMED).map(|task| title(task) + &aside(task));
            let rest = tasks.len().checked_sub(NAMED).filter(|rest| *rest > 0).map(|rest| format!("{rest} more"));
            let titles: Vec<String> = titles.chain(rest).collect();
            writeln!(out, "    {}", line(&format!("{name}: {}", titles.join("; "))))?;
        }
    }
    Ok(())
}

fn report_json(report: &Report, since: DateTime<Utc>, whose: &Whose, today: &Today) -> Value {
    let task = |task: &StoredTask| {
        let date = task.task.actionable().map(TaskDate::to_wire);
        json!({"number": task.number.0, "id": task.task.id.as_str(), "title": wording::title(&task.task), "date": date})
    };
    let lead = |of: &OfLead| {
        let id = of.lead.id.as_ref().map(LeadId::as_str);
        let tasks: Vec<Value> = of.tasks.iter().map(task).collect();
        json!({"lead_id": id, "lead_name": of.lead.name, "count": of.tasks.len(), "tasks": tasks})
    };
    let of_type = |of: &OfType| {
        let leads: Vec<Value> = of.leads.iter().map(lead).collect();
        json!({"_type": of.name, "count": of.count(), "leads": leads})
    };
    let part = |types: &[OfType]| {
        let count: usize = types.iter().map(OfType::count).sum();
        json!({"count": count, "types": types.iter().map(of_type).collect::<Vec<_>>()})
    };
    let calls: serde_json::Map<String, Value> =
        report.calls.iter().map(|(ending, count)| (ending.word().to_owned(), json!(count))).collect();
    let mut waiting = part(&report.waiting);
    waiting["overdue"] = json!(report.overdue);
    json!({
        "since": since.to_rfc3339_opts(SecondsFormat::Secs, true),
        "until": today.now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "by": whose.name(),
        "done": part(&report.done),
        "moved": part(&report.moved),
        "calls": calls,
        "waiting": waiting,
    })
}
