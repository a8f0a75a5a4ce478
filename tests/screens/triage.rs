//! Sixty tasks triaged by keys in the real binary; what docs/triage.md says of that.

use std::collections::HashMap;

use chrono::{FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, TimeZone, Utc};
use serde_json::{Value, json};

use crate::run;
use crate::support::terminal::Terminal;

/// The most keys a task, on average.
const MOST_KEYS: f64 = 1.3;
/// What is typed into the note.
const NOTE: &str = "net 60";

/// A line of triage/tasks.txt.
struct Job {
    kind: &'static str,
    day: i64,
    time: Option<NaiveTime>,
    lead: &'static str,
    what: &'static str,
    decision: &'static str,
}

fn jobs() -> Vec<Job> {
    let lines = include_str!("../triage/tasks.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let job = |line: &'static str| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [kind, when, lead, what, decision] = parts[..] else { panic!("five parts: {line}") };
        let (day, time) = when.split_once(' ').unwrap_or((when, ""));
        let time = (!time.is_empty()).then(|| time.parse().expect("a time"));
        Job { kind, day: day.parse().expect("a day"), time, lead, what, decision }
    };
    lines.map(job).collect()
}

impl Job {
    fn id(at: usize) -> String {
        format!("task_{at:02}")
    }

    fn lead_id(&self) -> String {
        format!("lead_{}", self.lead.replace(|c: char| !c.is_ascii_alphanumeric(), ""))
    }

    fn date(&self) -> String {
        let day = NaiveDate::from_ymd_opt(2026, 3, 4).expect("a day") + TimeDelta::days(self.day);
        let there = FixedOffset::west_opt(8 * 3600).expect("an offset");
        match self.time {
            None => day.to_string(),
            Some(time) => {
                let at = there.from_local_datetime(&day.and_time(time)).single().expect("once");
                at.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, false)
            }
        }
    }

    /// As Close writes it, on a line.
    fn record(&self, at: usize) -> String {
        // What has a time came then.
        let created =
            if self.time.is_some() && self.day < 0 { self.date() } else { "2026-02-20T15:00:00+00:00".into() };
        let mut task = json!({
            "_type": self.kind, "id": Job::id(at), "is_complete": false, "date": self.date(),
            "date_created": created, "assigned_to": "user_ana", "assigned_to_name": "Ana Ruiz",
            "lead_id": self.lead_id(), "lead_name": self.lead,
        });
        let number = format!("+120255501{at:02}");
        let own = match self.kind {
            "lead" | "incoming_sms" => json!({"text": self.what}),
            "outgoing_call" => json!({"text": self.what, "phone": number}),
            "opportunity_due" => json!({"opportunity_note": self.what}),
            "incoming_email" | "email_followup" => json!({"subject": self.what}),
            "answered_detached_call" => json!({"phone": "+12025550141", "phone_formatted": self.what}),
            _ => json!({"phone": number, "contact_id": format!("cont_{at}"), "contact_name": self.what}),
        };
        let (Some(task), Value::Object(own)) = (task.as_object_mut(), own) else { panic!("objects") };
        task.extend(own);
        format!("{}\n", json!(task))
    }
}

/// How a decision is carried out, and how often it is here.
struct Way {
    decision: &'static str,
    /// What it is called in docs/triage.md.
    words: &'static str,
    /// The keys of repbox; text that is typed stands in quotes.
    keys: &'static str,
    /// The same by shortcuts that a web inbox publishes, and by clicks where it has none.
    web_keys: &'static str,
    web_clicks: usize,
}

const WAYS: [Way; 10] = [
    Way { decision: "start", words: "show all types", keys: "0", web_keys: "", web_clicks: 0 },
    Way { decision: "done", words: "done", keys: "e", web_keys: "e", web_clicks: 0 },
    Way {
        decision: "sweep",
        words: "all of a lead done",
        keys: "* l e",
        web_keys: "/ \"LEAD\" Enter * a e g i",
        web_clicks: 0,
    },
    Way {
        decision: "monday",
        words: "all follow-ups to Monday",
        keys: "3 * a s w 0",
        // The filter and its line, all, snooze and its line, no filter.
        web_keys: "",
        web_clicks: 6,
    },
    Way { decision: "tomorrow", words: "to tomorrow", keys: "s t", web_keys: "b Enter", web_clicks: 0 },
    Way { decision: "call", words: "call, then done", keys: "c c e", web_keys: "e", web_clicks: 1 },
    Way { decision: "assign", words: "give to Ben", keys: "a b Enter j", web_keys: "", web_clicks: 2 },
    Way {
        decision: "note",
        words: "note, then to Monday",
        keys: "m \"NOTE\" Enter s w",
        web_keys: "\"NOTE\" b Enter",
        web_clicks: 2,
    },
    Way { decision: "delete", words: "delete", keys: "# y", web_keys: "#", web_clicks: 0 },
    Way { decision: "keep", words: "stays for today", keys: "j", web_keys: "j", web_clicks: 0 },
];

fn way(decision: &str) -> &'static Way {
    let of_lead = if decision == "swept" { "sweep" } else { decision };
    WAYS.iter().find(|way| way.decision == of_lead).expect("a way")
}

/// What is pressed: the keys in a row, with the texts that stand for names.
fn pressed(keys: &str, lead: &str) -> Vec<String> {
    let text = |word: &str| match word {
        "\"LEAD\"" => lead.split(' ').next().unwrap_or_default().to_lowercase(),
        "\"NOTE\"" => NOTE.to_owned(),
        "Enter" => "\r".to_owned(),
        key => key.to_owned(),
    };
    keys.split_whitespace().map(text).collect()
}

/// Fingers that go down: a sign above a digit needs Shift too.
fn count(keys: &[String]) -> usize {
    let fingers = |c: char| if matches!(c, '*' | '#') { 2 } else { 1 };
    keys.iter().flat_map(|key| key.chars()).map(fingers).sum()
}

/// What a decision takes in all, wherever it is made.
#[derive(Default)]
struct Sum {
    times: usize,
    tasks: usize,
    keys: usize,
    web_keys: usize,
    web_clicks: usize,
}

/// The decisions in the order of [`WAYS`].
fn sums() -> Vec<Sum> {
    let jobs = jobs();
    let sum = |way: &Way| {
        let tasks: Vec<&Job> = jobs.iter().filter(|job| std::ptr::eq(self::way(job.decision), way)).collect();
        let made: Vec<&Job> = match way.decision {
            "sweep" => tasks.iter().copied().filter(|job| job.decision == "sweep").collect(),
            "monday" => tasks.iter().copied().take(1).collect(),
            "start" => return Sum { times: 1, keys: count(&pressed(way.keys, "")), ..Sum::default() },
            _ => tasks.clone(),
        };
        Sum {
            times: made.len(),
            tasks: tasks.len(),
            keys: made.iter().map(|job| count(&pressed(way.keys, job.lead))).sum(),
            web_keys: made.iter().map(|job| count(&pressed(way.web_keys, job.lead))).sum(),
            web_clicks: way.web_clicks * made.len(),
        }
    };
    WAYS.iter().map(sum).collect()
}

/// The task that the cursor is on, from the narrow screen's rows.
fn is_on(screen: &str, what: &str) -> bool {
    screen.lines().any(|line| line.starts_with('>') && line.contains(what))
}

#[test]
fn sixty_tasks_are_triaged_with_at_most_1_3_keys_each_and_every_decision_is_in_the_file() {
    let jobs = jobs();
    let folder = tempfile::tempdir().expect("a folder");
    let (db, tasks) = (folder.path().join("tasks.db"), folder.path().join("tasks.ndjson"));
    let colleague = "{\"_type\":\"lead\",\"id\":\"task_ben\",\"date\":\"2026-05-04\",\"is_complete\":false,\"text\":\"Plan\",\"assigned_to\":\"user_ben\",\"assigned_to_name\":\"Ben Okafor\"}\n";
    let lines: String = jobs.iter().enumerate().map(|(at, job)| job.record(at)).collect();
    std::fs::write(&tasks, lines + colleague).expect("written");
    run(&db, &["import", &tasks.to_string_lossy()]);
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "dialler = ['true', '{number}']\n").expect("written");

    let mut terminal = Terminal::open_with(&db, (109, 60), &["--config", &config.to_string_lossy()]);
    terminal.shows(|s| s.contains("> [ ]"));
    let mut keys = 0;
    let mut press = |terminal: &mut Terminal, way: &Way, lead: &str| {
        let pressed = pressed(way.keys, lead);
        keys += count(&pressed);
        pressed.iter().for_each(|key| terminal.key(key));
    };
    press(&mut terminal, way("start"), "");
    terminal.shows(|s| s.contains("[0 All"));
    press(&mut terminal, way("monday"), "");
    let left = jobs.iter().filter(|job| job.decision != "monday").count();
    terminal.shows(|s| s.contains(&format!("Inbox {left}")) && s.contains("[0 All"));
    let listed = run(&db, &["list", "--type", "all", "--output", "ndjson"]);
    let order = listed.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let order: Vec<usize> =
        order.map(|task| task["id"].as_str().expect("an id")[5..].parse().expect("a number")).collect();
    let mut swept = Vec::new();
    for job in order.iter().map(|at| &jobs[*at]).filter(|job| job.decision != "monday") {
        let is_swept = way(job.decision).decision == "sweep";
        if is_swept && swept.contains(&job.lead) {
            continue;
        }
        swept.extend(is_swept.then_some(job.lead));
        terminal.shows(|s| is_on(s, job.what));
        press(&mut terminal, way(job.decision), job.lead);
    }
    terminal.settles();
    terminal.shows(|s| s.contains("saved"));
    terminal.key("q");
    terminal.ends();

    let count = jobs.len();
    assert_eq!(keys, sums().iter().map(|sum| sum.keys).sum::<usize>(), "docs/triage.md counts what is pressed");
    assert!(keys as f64 <= MOST_KEYS * count as f64, "{keys} keys for {count} tasks");
    let exported = run(&db, &["export"]);
    let held: HashMap<String, Value> = exported
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .map(|task| (task["id"].as_str().expect("an id").to_owned(), task))
        .collect();
    let noted = run(&db, &["list", "--type", "all", "--view", "all", "--search", "has:note", "--output", "ndjson"]);
    for (at, job) in jobs.iter().enumerate() {
        assert_is_decided(job, held.get(&Job::id(at)), noted.contains(&Job::id(at)));
    }
}

fn assert_is_decided(job: &Job, held: Option<&Value>, is_noted: bool) {
    let what = job.what;
    assert_eq!(held.is_none(), job.decision == "delete", "{what}");
    let Some(task) = held else { return };
    let is_done = matches!(job.decision, "done" | "sweep" | "swept" | "call");
    assert_eq!(task["is_complete"], json!(is_done), "{what}");
    let day = match job.decision {
        "tomorrow" => Some("2026-03-05"),
        "monday" | "note" => Some("2026-03-09"),
        _ => None,
    };
    let date = task["date"].as_str().expect("a date");
    assert!(date.starts_with(day.unwrap_or(&job.date()[..10])), "{what}: {date}");
    let rep = if job.decision == "assign" { "user_ben" } else { "user_ana" };
    assert_eq!(task["assigned_to"], json!(rep), "{what}");
    assert_eq!(is_noted, job.decision == "note", "{what}");
}

/// Seconds of the keystroke-level model: a key or a click, a way of the mouse, a hand that
/// goes over to it or back, a decision.
const KEY: f64 = 0.28;
const WAY_OF_MOUSE: f64 = 1.1;
const HAND: f64 = 0.4;
const DECISION: f64 = 1.35;

/// The table of docs/triage.md and the lines below it.
fn figures() -> String {
    let sums = sums();
    let mut text = String::new();
    for (way, sum) in WAYS.iter().zip(&sums) {
        let keys = way.keys.replace("NOTE", NOTE);
        let line = (sum.tasks, sum.keys, sum.web_keys, sum.web_clicks);
        text += &format!("| {} | {} | `{keys}` | {} | {} | {} |\n", way.words, line.0, line.1, line.2, line.3);
    }
    let all = |of: fn(&Sum) -> usize| sums.iter().map(of).sum::<usize>();
    let (tasks, keys) = (all(|s| s.tasks), all(|s| s.keys));
    let (web_keys, clicks) = (all(|s| s.web_keys), all(|s| s.web_clicks));
    text += &format!("| **all** | **{tasks}** | | **{keys}** | **{web_keys}** | **{clicks}** |\n");
    let hands: usize = WAYS.iter().zip(&sums).filter(|(way, _)| way.web_clicks > 0).map(|(_, sum)| 2 * sum.times).sum();
    let here = keys as f64 * KEY;
    let web = (web_keys + clicks) as f64 * KEY + clicks as f64 * WAY_OF_MOUSE + hands as f64 * HAND;
    let thought = tasks as f64 * DECISION;
    text += &format!("\n- keys a task: {:.2} here\n", keys as f64 / tasks as f64);
    text += &format!("- hands: {here:.0} s here, {web:.0} s there\n");
    text += &format!("- with {thought:.0} s to decide: {:.0} s here, {:.0} s there\n", here + thought, web + thought);
    let apart = keys - sums[2].keys - sums[3].keys + sums[2].tasks + 2 * sums[3].tasks;
    text + &format!(
        "- without the sweeps and the follow-ups as one: {apart} keys, {:.2} a task\n",
        apart as f64 / tasks as f64
    )
}

#[test]
fn docs_triage_tells_the_figures_of_these_decisions() {
    let page = include_str!("../../docs/triage.md");
    assert!(page.contains(&figures()), "docs/triage.md should have:\n{}", figures());
}
