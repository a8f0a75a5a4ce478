//! `stats` against a plain reading of what `export` prints, in three zones; `report` and
//! what it tells.

mod support {
    #[allow(dead_code)] // No test here needs its folder or its file.
    pub(crate) mod world;
    pub(crate) mod zones;
}

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};
use support::world::{World, todo};
use support::zones::ZONES;

/// The present of the tests' world.
const NOW: &str = "2015-01-12T12:00:00Z";
const KINDS: [&str; 4] = ["lead", "missed_call", "email_followup", "birthday"];
const REPS: [&str; 3] = ["user_1", "user_2", ""];
/// These are completed here, so that their time is known.
const DONE_HERE: std::ops::Range<usize> = 0..40;

/// Tasks of several types, people and dates; of the first forty none is complete.
fn tasks() -> String {
    let hour = |n: usize| format!("T{:02}:{:02}:00Z", n % 24, n * 7 % 60);
    let line = |i: usize| {
        let complete = !DONE_HERE.contains(&i) && !i.is_multiple_of(4);
        let date = match i % 5 {
            0 => json!(null),
            1 | 2 => json!(format!("2015-01-{:02}", 1 + i % 11)),
            _ => json!(format!("2015-01-{:02}{}", 1 + i % 12, hour(i))),
        };
        let created = format!("2014-{:02}-{:02}{}", 9 + i % 4, 1 + i % 28, hour(i * 3));
        // Also before the span, and where a day begins in one of the zones.
        let year = if i.is_multiple_of(17) { 2013 } else { 2014 };
        let mut task = json!({
            "_type": KINDS[i % 3 + usize::from(i.is_multiple_of(11))],
            "id": format!("task_{i:06}"),
            "is_complete": complete,
            "date": date,
            "date_created": if i.is_multiple_of(13) { json!(null) } else { json!(created) },
            "date_updated": format!("{year}-{:02}-{:02}{}", 1 + i % 12, 1 + i * 5 % 28, hour(i * 11)),
        });
        if !REPS[i % 3].is_empty() {
            task["assigned_to"] = json!(REPS[i % 3]);
        }
        format!("{task}\n")
    };
    (0..300).map(line).collect()
}

/// A task of the export: what figures depend on, as plainly as it can be read.
struct Plain {
    task: Value,
    done: Option<DateTime<Utc>>,
    is_known: bool,
}

fn moment(json: &Value) -> Option<DateTime<Utc>> {
    json.as_str().map(|text| DateTime::parse_from_rfc3339(text).expect("a moment").to_utc())
}

fn read(export: &str) -> Vec<Plain> {
    let plain = |(i, line): (usize, &str)| {
        let task: Value = serde_json::from_str(line).expect("JSON");
        let is_known = DONE_HERE.contains(&i);
        // The wire has no time of completion: it was changed last then.
        let at = if is_known { Some(NOW.parse().expect("a moment")) } else { moment(&task["date_updated"]) };
        Plain { done: at.filter(|_| task["is_complete"] == json!(true)), is_known, task }
    };
    export.lines().enumerate().map(plain).collect()
}

impl Plain {
    fn took(&self, zone: Tz) -> Option<i64> {
        let date = self.task["date"].as_str()?;
        let dated = match date.parse::<NaiveDate>() {
            Ok(day) => day.and_hms_opt(0, 0, 0)?.and_local_timezone(zone).earliest()?.to_utc(),
            Err(_) => moment(&self.task["date"])?,
        };
        let created = moment(&self.task["date_created"]).filter(|_| self.task["_type"] == "missed_call");
        let since = created.map_or(dated, |created| dated.min(created));
        Some((self.done? - since).num_seconds().max(0))
    }
}

fn counts<'a>(of: impl Iterator<Item = &'a str>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    of.for_each(|name| *counts.entry(name.to_owned()).or_insert(0) += 1);
    counts
}

fn said(stats: &Value, list: &str, name: &str, count: &str) -> BTreeMap<String, u64> {
    let row = |row: &Value| (row[name].as_str().unwrap_or("").to_owned(), row[count].as_u64().expect("a count"));
    stats[list].as_array().expect("a list").iter().map(row).filter(|(_, count)| *count > 0).collect()
}

#[test]
fn stats_say_what_counting_the_export_one_by_one_says() {
    let world = World::with(&tasks());
    let numbers: Vec<String> = DONE_HERE.map(|i| (i + 1).to_string()).collect();
    let args: Vec<&str> = ["done", "--yes"].into_iter().chain(numbers.iter().map(String::as_str)).collect();
    world.out(&args);
    let tasks = read(&world.out(&["export"]));
    for (name, zone) in ZONES {
        let stats: Value =
            serde_json::from_str(&world.out(&["--tz", name, "stats", "--output", "json"])).expect("JSON");
        let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
        let today = day(NOW.parse().expect("a moment"));
        let first = today - chrono::Months::new(12);
        let done: Vec<(&Plain, DateTime<Utc>)> =
            tasks.iter().filter_map(|task| Some((task, task.done?))).filter(|(_, at)| day(*at) >= first).collect();
        assert!(done.len() > 100 && done.len() < 250, "{}", done.len());
        assert_eq!(stats["done"], done.len(), "{name}");
        let days: Vec<String> = done.iter().map(|(_, at)| day(*at).to_string()).collect();
        assert_eq!(said(&stats, "days", "date", "done"), counts(days.iter().map(String::as_str)), "{name}");
        assert_eq!(stats["days"].as_array().expect("a list").len() as i64, (today - first).num_days() + 1);
        let types = done.iter().map(|(plain, _)| plain.task["_type"].as_str().expect("a type"));
        assert_eq!(said(&stats, "types", "_type", "done"), counts(types));
        let reps = done.iter().map(|(plain, _)| plain.task["assigned_to"].as_str().unwrap_or(""));
        assert_eq!(said(&stats, "reps", "assigned_to", "done"), counts(reps));
        let known: Vec<&Plain> = done.iter().map(|(plain, _)| *plain).filter(|plain| plain.is_known).collect();
        assert_eq!(stats["about"], done.len() - known.len());
        let hour = |at: DateTime<Utc>| at.with_timezone(&zone).hour() as usize;
        let mut hours = [0_u64; 24];
        known.iter().filter_map(|plain| plain.done).for_each(|at| hours[hour(at)] += 1);
        assert_eq!(stats["hours"], json!(hours), "{name}");
        let mut took: Vec<i64> = known.iter().filter_map(|plain| plain.took(zone)).collect();
        took.sort_unstable();
        let at = |percent: usize| took[(took.len() * percent).div_ceil(100) - 1];
        let expected = json!({"tasks": took.len(), "median_seconds": at(50), "p90_seconds": at(90)});
        assert_eq!(stats["actionable_to_done"], expected, "{name}");
        backlog(&stats, &tasks, (name, zone), today);
    }
}

fn backlog(stats: &Value, tasks: &[Plain], (name, zone): (&str, Tz), today: NaiveDate) {
    let open_at = |day: NaiveDate| {
        let end = (day + Days::new(1)).and_hms_opt(0, 0, 0).expect("a time").and_local_timezone(zone);
        let end = end.earliest().expect("a moment").to_utc();
        let was_there = |plain: &&Plain| moment(&plain.task["date_created"]).is_none_or(|created| created <= end);
        tasks.iter().filter(was_there).filter(|plain| plain.done.is_none_or(|done| done > end)).count() as u64
    };
    let weeks = said(stats, "backlog", "date", "open");
    let expected = (0..12).map(|week| today - Days::new(week * 7)).map(|day| (day.to_string(), open_at(day)));
    assert_eq!(weeks, expected.collect::<BTreeMap<_, _>>(), "{name}");
}

#[test]
fn a_table_says_the_same_and_a_day_to_come_is_refused() {
    let world = World::with(&(todo("first", "2015-01-12") + &todo("second", "2015-01-10")));
    world.out(&["done", "1", "2"]);
    let table = world.out(&["stats", "--since", "2015-01-08"]);
    let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = table.lines().map(squeezed).collect();
    for line in [
        "done 2 since Thu 08 Jan, 2 today",
        "streak 1 day",
        "from actionable to done 4h (median), 2d (p90), of 2 tasks",
        "done per day",
        "Mon 12 Jan 2",
        "04:00 2",
        "To-do 2",
        "nobody 2",
    ] {
        assert!(lines.iter().any(|of_table| of_table == line), "{line}\n{table}");
    }
    let refused = world.run(&["stats", "--since", "tom"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("still to come; try yesterday"), "{refused:?}");
}

#[test]
fn a_table_without_a_figure_says_when_figures_come_and_no_heading_stands_over_nothing() {
    let heading_over_nothing = |table: &str| {
        let lines: Vec<&str> = table.lines().collect();
        let is_bare = |(i, line): (usize, &&str)| {
            (line.starts_with("done per") || line.starts_with("done by"))
                && !lines.get(i + 1).is_some_and(|next| next.starts_with("  "))
        };
        lines.iter().enumerate().any(is_bare)
    };
    let world = World::with(&todo("first", "2015-01-12"));
    let table = world.out(&["stats"]);
    assert!(table.contains("\nmore figures come with the first task that is completed\n"), "{table}");
    assert!(table.contains("open at the end of") && !table.contains("done per day"), "{table}");
    assert!(!heading_over_nothing(&table), "{table}");
    // Close told that it is done, not at which hour.
    let world = World::with(&todo("first", "2015-01-12").replace("\"is_complete\":false", "\"is_complete\":true"));
    let table = world.out(&["stats"]);
    assert!(table.contains("done 1 since") && table.contains("Close told no time"), "{table}");
    assert!(table.contains("done per day") && !heading_over_nothing(&table), "{table}");
}

#[test]
fn what_a_purge_removed_was_done_all_the_same_and_what_a_person_deleted_was_not() {
    let call = |id: &str| todo(id, "2015-01-12").replace("\"lead\"", "\"missed_call\"");
    let world = World::with(&[call("purged"), call("deleted"), todo("kept", "2015-01-12")].concat());
    world.out(&["done", "1", "2", "3"]);
    world.out(&["delete", "2", "--yes"]);
    let later = ["--now", "2015-06-01T12:00:00Z"];
    let purged = world.out(&[&later[..], &["purge", "--yes"]].concat());
    assert!(purged.contains('1'), "{purged}");
    let stats = world.out(&[&later[..], &["stats", "--output", "json"]].concat());
    let stats: Value = serde_json::from_str(&stats).expect("JSON");
    assert_eq!((&stats["done"], &stats["looked_at"]), (&json!(2), &json!(2)));
    let types = json!([{"_type": "lead", "done": 1}, {"_type": "missed_call", "done": 1}]);
    assert_eq!(stats["types"], types);
    world.out(&[&later[..], &["undo"]].concat());
    let again = world.out(&[&later[..], &["stats", "--output", "json"]].concat());
    let again: Value = serde_json::from_str(&again).expect("JSON");
    assert_eq!(again["types"], types, "counted once, wherever it is");
}

/// What a report in JSON says of a part: types, leads, titles.
fn told(report: &Value, part: &str) -> Vec<String> {
    let types = report[part]["types"].as_array().expect("types").iter();
    let leads = types.flat_map(|of| of["leads"].as_array().expect("leads").iter().map(move |lead| (of, lead)));
    let titles = leads.flat_map(|(of, lead)| {
        let words = |title: &Value| {
            let (of, lead) = (of["_type"].as_str().unwrap_or(""), lead["lead_name"].as_str().unwrap_or("none"));
            format!("{of} of {lead}: {}", title["title"].as_str().unwrap_or(""))
        };
        lead["tasks"].as_array().expect("tasks").iter().map(words).collect::<Vec<_>>()
    });
    titles.collect()
}

#[test]
fn a_report_tells_what_still_holds_of_what_was_done_and_moved_and_what_waits() {
    let of_acme = |line: String| line.replace("\"_type\"", "\"lead_id\":\"lead_1\",\"lead_name\":\"Acme\",\"_type\"");
    let world = World::with(
        &[
            of_acme(todo("done", "2015-01-12")),
            todo("opened", "2015-01-12"),
            of_acme(todo("moved", "2015-01-12")),
            todo("undone", "2015-01-12"),
            todo("late", "2015-01-11"),
            todo("before", "2015-01-09"),
        ]
        .concat(),
    );
    let early = ["--now", "2015-01-09T12:00:00Z"];
    world.out(&[&early[..], &["done", "6"]].concat());
    world.out(&["done", "1", "2"]);
    world.out(&["reopen", "2"]);
    world.out(&["snooze", "3", "--until", "fri"]);
    world.out(&["snooze", "4", "--until", "fri"]);
    world.out(&["undo"]);
    let report: Value = serde_json::from_str(&world.out(&["report", "--output", "json"])).expect("JSON");
    assert_eq!(told(&report, "done"), ["lead of Acme: done"]);
    assert_eq!(told(&report, "moved"), ["lead of Acme: moved"]);
    assert_eq!(told(&report, "waiting"), ["lead of none: late", "lead of none: opened", "lead of none: undone"]);
    assert_eq!((&report["since"], &report["waiting"]["overdue"]), (&json!("2015-01-11T08:00:00Z"), &json!(1)));
    assert_eq!(
        world.out(&["report", "--since", "2015-01-12"]),
        "Since Mon 12 Jan 2015 00:00 UTC-8

Done 1
  To-do 1
    Acme: done

Moved 1
  To-do 1
    Acme: moved (Fri 16 Jan)

Waiting 3, 1 overdue
  To-do 3
    no lead: late; opened; undone
"
    );
    let older = world.out(&["report", "--since", "2015-01-09"]);
    assert!(older.contains("Done 2\n"), "{older}");
}

#[test]
fn with_me_in_the_settings_the_report_is_mine() {
    let of = |id: &str, rep: &str, name: &str| {
        let who = format!("\"assigned_to\":\"{rep}\",\"assigned_to_name\":\"{name}\",\"_type\"");
        todo(id, "2015-01-12").replace("\"_type\"", &who)
    };
    let world = World::with(
        &[of("mine", "user_1", "Ana Ruiz"), of("hers", "user_2", "Bo Ek"), of("too", "user_1", "Ana Ruiz")].concat(),
    );
    let settings = |me: &str| {
        let file = world.folder().join("config.toml");
        std::fs::write(&file, format!("me = \"{me}\"\n")).expect("written");
        file.to_string_lossy().into_owned()
    };
    let run = |me: &str, args: &[&str]| world.out(&[&["--config", &settings(me)][..], args].concat());
    run("Bo Ek", &["done", "1"]);
    run("ana ruiz", &["done", "3"]);
    let mine: Value = serde_json::from_str(&run("ana ruiz", &["report", "--output", "json"])).expect("JSON");
    assert_eq!((mine["by"].as_str(), told(&mine, "done")), (Some("Ana Ruiz"), vec!["lead of none: too".to_owned()]));
    assert_eq!(told(&mine, "waiting"), [""; 0]);
    let hers: Value = serde_json::from_str(&run("Bo Ek", &["report", "--output", "json"])).expect("JSON");
    assert_eq!((told(&hers, "done").len(), told(&hers, "waiting").len()), (1, 1));
    let all: Value = serde_json::from_str(&world.out(&["report", "--output", "json"])).expect("JSON");
    assert_eq!((told(&all, "done").len(), told(&all, "waiting").len()), (2, 1));
    // Whom the file does not know has no tasks in it; everyone's are not theirs.
    run("Olga", &["done", "2"]);
    let hers: Value = serde_json::from_str(&run("Olga", &["report", "--output", "json"])).expect("JSON");
    assert_eq!((told(&hers, "done").len(), told(&hers, "waiting").len()), (1, 0));
    let file = world.folder().join("more.ndjson");
    std::fs::write(&file, of("other", "user_3", "Bo Ek") + &of("again", "user_1", "Ana Ruiz-Lopez")).expect("written");
    world.out(&["import", &file.to_string_lossy()]);
    let refused = world.run(&["--config", &settings("Bo Ek"), "report"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("name of several reps"), "{refused:?}");
    // Under any name that she had, and by her id.
    for me in ["Ana Ruiz-Lopez", "user_1"] {
        let mine: Value = serde_json::from_str(&run(me, &["report", "--output", "json"])).expect("JSON");
        assert_eq!((mine["by"].as_str(), told(&mine, "done").len()), (Some("Ana Ruiz-Lopez"), 1), "{me}");
    }
}

#[test]
fn what_a_report_calls_done_is_what_a_search_finds_done() {
    let closed = |id: &str, updated: &str| {
        let fields = format!("\"date_updated\":\"{updated}\",\"is_complete\":true");
        todo(id, "2015-01-05").replace("\"is_complete\":false", &fields)
    };
    let world = World::with(
        &[
            closed("old", "2014-10-01T12:00:00Z"),
            closed("edge", "2015-01-11T08:00:00Z"),
            closed("before", "2015-01-11T07:59:59Z"),
            todo("here", "2015-01-12"),
            todo("opened", "2015-01-12"),
        ]
        .concat(),
    );
    world.out(&["done", "4", "5"]);
    world.out(&["reopen", "5"]);
    for since in ["today", "yesterday", "sat", "3d ago", "2014-12-01", "2014-09-01"] {
        let report = world.out(&["report", "--output", "json", "--since", since]);
        let done = told(&serde_json::from_str(&report).expect("JSON"), "done").len();
        let search = format!("done>=\"{since}\"");
        let found =
            world.out(&["list", "--type", "all", "--view", "archive", "--output", "ndjson", "--search", &search]);
        assert_eq!(done, found.lines().count(), "{since}: {report}");
        let stats: Value =
            serde_json::from_str(&world.out(&["stats", "--output", "json", "--since", since])).expect("JSON");
        assert_eq!(stats["done"], done, "{since}");
    }
}

#[test]
fn a_streak_goes_back_beyond_the_days_that_are_asked_for() {
    // A task a day from Thursday, 1 January, on; the 12th is a Monday, and the weekends are free.
    let of = |day: usize| {
        let fields = format!(
            "\"date_updated\":\"2015-01-{day:02}T20:00:00Z\",\"is_complete\":true,\"assigned_to\":\"user_{}\"",
            day % 2
        );
        todo(&format!("n{day:02}"), "2015-01-12").replace("\"is_complete\":false", &fields)
    };
    let days = [1, 2, 5, 6, 7, 8, 9].map(of);
    let world = World::with(&days.concat());
    let streak = |since: &str| -> Value {
        let stats = world.out(&["stats", "--output", "json", "--since", since]);
        serde_json::from_str::<Value>(&stats).expect("JSON")["streak_days"].clone()
    };
    for since in ["today", "2d ago", "wed", "2015-01-01", "2014-12-01"] {
        assert_eq!(streak(since), 7, "{since}");
    }
    assert!(world.out(&["stats"]).contains("streak 7 days, everyone's\n"));
}

#[test]
fn a_year_counts_from_the_same_day_on() {
    let world = World::new();
    let stats: Value = serde_json::from_str(&world.out(&["stats", "--output", "json"])).expect("JSON");
    let first: NaiveDate = stats["days"][0]["date"].as_str().expect("a day").parse().expect("a day");
    assert_eq!(first.to_string(), "2014-01-12");
    assert_eq!((stats["done"].as_u64(), &stats["actionable_to_done"]), (Some(0), &json!(null)));
    assert_eq!(stats["days"].as_array().expect("a list").len(), 366);
}

#[test]
fn no_snooze_resets_the_clock_of_somebody_who_waits() {
    let came = "\"date_created\":\"2015-01-10T12:00:00Z\",\"_type\":\"missed_call\"";
    let world = World::with(&todo("call", "2015-01-10T12:00:00Z").replace("\"_type\":\"lead\"", came));
    let waits = |now: &str| world.out(&["--now", now, "list", "--type", "all"]);
    assert!(waits(NOW).contains("waiting 2d"), "{}", waits(NOW));
    world.out(&["snooze", "1", "--until", "+90m"]);
    assert!(!waits(NOW).contains("waiting"), "put off, it does not ask for an answer: {}", waits(NOW));
    let later = waits("2015-01-13T12:00:00Z");
    assert!(later.contains("waiting 3d"), "{later}");
}
