//! Made-up tasks with dates around now, so that the demo always looks alive.

use chrono::{NaiveTime, TimeDelta};

use super::error::Result;
use super::import::Report;
use crate::close::parse;
use crate::domain::date::TaskDate;
use crate::domain::record::Record;
use crate::domain::task::Task;
use crate::domain::view::Today;
use crate::repository::{Packed, Repository};

const TEMPLATE: &str = include_str!("../../assets/demo.ndjson");

/// The demo's tasks, one a line. `{day-3}` in the template is that day, `{day+1 09:00}`
/// that time of it in the zone, `{now-53m}` so many minutes from now; what is beyond the
/// calendar is today instead.
pub fn ndjson(today: &Today) -> String {
    let mut out = String::with_capacity(TEMPLATE.len());
    let mut rest = TEMPLATE;
    while let Some((before, placed)) = rest.split_once("\"{") {
        let Some((date, behind)) = placed.split_once("}\"") else { break };
        out.push_str(before);
        match placeholder(date, today) {
            Some(date) => out.push_str(&format!("\"{date}\"")),
            None => out.push_str(&format!("\"{{{date}}}\"")),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn placeholder(text: &str, today: &Today) -> Option<String> {
    let written = |date: TaskDate, instead: TaskDate| date.within_years().unwrap_or(instead).to_wire();
    let at = |at| written(TaskDate::At(at), TaskDate::At(today.now));
    if let Some(minutes) = text.strip_prefix("now") {
        let minutes: i64 = minutes.strip_suffix('m')?.parse().ok()?;
        return Some(at(today.now.checked_add_signed(TimeDelta::minutes(minutes))?));
    }
    let text = text.strip_prefix("day")?;
    let (days, time) = text.split_once(' ').map_or((text, None), |(days, time)| (days, Some(time)));
    let day = today.day.checked_add_signed(TimeDelta::days(days.parse().ok()?))?;
    let Some(time) = time else { return Some(written(TaskDate::Day(day), TaskDate::Day(today.day))) };
    let wanted = day.and_time(NaiveTime::parse_from_str(time, "%H:%M").ok()?).and_utc();
    // By the offset of the day's start first: the clock may change between it and the time.
    let offset = |at| TimeDelta::seconds(today.zone.local(at).offset().local_minus_utc().into());
    let near = wanted.checked_sub_signed(offset(today.zone.start_of_day(day)))?;
    Some(at(wanted.checked_sub_signed(offset(near))?))
}

/// Takes the demo's tasks in. Those that are done were changed last by being completed, so
/// the time of that is known: stats have something to show.
///
/// # Errors
/// When the file cannot be written.
pub fn import(repository: &mut Repository, today: &Today) -> Result<Report> {
    let mut importer = repository.importer(today.now)?;
    let mut report = Report::default();
    for line in ndjson(today).lines() {
        let Some((record, task)) = read(line) else {
            report.bad += 1;
            continue;
        };
        let told = task.updated.filter(|_| task.is_complete);
        report.count(importer.take(&Packed::new(&record, &task, told))?);
    }
    importer.finish(&report.sentence())?;
    Ok(report)
}

fn read(line: &str) -> Option<(Record<'_>, Task)> {
    let record = parse::record(line).ok()?;
    let task = Task::read(&record).ok()?;
    Some((record, task))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::TaskType;
    use crate::domain::stats::Span;
    use crate::domain::zone::Zone;

    #[test]
    fn the_demo_has_every_type_at_any_hour() {
        for now in ["2026-03-08T12:00:00Z", "2026-12-31T23:59:00Z", "2024-02-29T00:01:00Z", "9999-12-20T12:00:00Z"] {
            let today = Today::new(now.parse().unwrap(), Zone::parse("America/New_York").unwrap());
            let folder = tempfile::tempdir().unwrap();
            let mut repository = Repository::open(&folder.path().join("demo.db")).unwrap();
            let report = import(&mut repository, &today).unwrap();
            assert_eq!((report.bad, report.updated), (0, 0));
            let tally = repository.tally(&Default::default(), &today).unwrap();
            for task_type in TaskType::ALL {
                let row = tally.types.iter().find(|row| row.task_type == Some(task_type)).unwrap();
                assert!(row.inbox + row.future > 0, "{task_type:?} at {now}");
            }
            assert!(tally.types.iter().map(|row| row.overdue).sum::<u64>() > 0);
            assert!(tally.types.iter().map(|row| row.archive).sum::<u64>() > 0);
            assert!(tally.types.iter().map(|row| row.future).sum::<u64>() > 0);
        }
    }

    #[test]
    fn the_demos_charts_have_known_hours_a_wide_range_of_waits_and_a_backlog_that_rises_and_falls() {
        for now in ["2026-11-26T14:00:00Z", "2026-11-26T05:01:00Z", "2026-03-08T12:00:00Z"] {
            let today = Today::new(now.parse().unwrap(), Zone::parse("America/New_York").unwrap());
            let folder = tempfile::tempdir().unwrap();
            let mut repository = Repository::open(&folder.path().join("demo.db")).unwrap();
            import(&mut repository, &today).unwrap();
            let stats = repository.stats(&Span::year(&today), &today).unwrap();
            assert_eq!(stats.about, 0, "{now}");
            assert!(stats.hours.iter().filter(|done| **done > 0).count() >= 5, "{now}: {:?}", stats.hours);
            assert!(stats.days.iter().filter(|(_, done)| *done > 0).count() >= 5, "{now}: {:?}", stats.days);
            let took = stats.took.unwrap();
            assert!(took.median < TimeDelta::days(1) && took.p90 > TimeDelta::days(2), "{now}: {took:?}");
            let weeks: Vec<u64> = stats.backlog.iter().map(|(_, open)| *open).collect();
            assert_eq!(weeks.len(), 12);
            let falls = weeks.windows(2).filter(|pair| pair[1] < pair[0]).count();
            let rises = weeks.windows(2).filter(|pair| pair[1] > pair[0]).count();
            assert!(falls >= 2 && rises >= 5, "{now}: {weeks:?}");
        }
    }
}
