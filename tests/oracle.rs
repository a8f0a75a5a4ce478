//! `list` and `count` against a plain reading of what `export` prints: the same filters,
//! views and orders, worked out task by task, in three zones.

mod support {
    #[allow(dead_code)] // No test here needs its folder or its file.
    pub(crate) mod world;
    pub(crate) mod zones;
}

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};
use support::world::World;
use support::zones::ZONES;

const NOW: &str = "2015-01-12T12:00:00Z";
const KINDS: [&str; 10] = [
    "lead",
    "incoming_email",
    "email_followup",
    "missed_call",
    "answered_detached_call",
    "voicemail",
    "opportunity_due",
    "incoming_sms",
    "outgoing_call",
    "birthday",
];
const REPS: [(&str, &str); 2] = [("user_1", "Ana Ruiz"), ("user_2", "Ben Okafor")];
const LEADS: [(&str, &str); 2] = [("lead_1", "Acme Robotics"), ("lead_2", "Acme Foods")];

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// A date as Close writes it, often where a day begins in one of the zones; or none.
fn date(dice: &mut Dice) -> Value {
    let (day, hour, minute) =
        (9 + dice.below(7), dice.pick(&[0, 9, 10, 11, 12, 18, 18, 23]), dice.pick(&["00", "29", "30", "59"]));
    match dice.below(6) {
        0 => Value::Null,
        1 | 2 => json!(format!("2015-01-{day:02}")),
        3 => json!(format!("2015-01-{day:02}T{hour:02}:{minute}:00")),
        4 => json!(format!("2015-01-{day:02}T{hour:02}:{minute}:00-11:00")),
        _ => json!(format!("2015-01-{day:02}T{hour:02}:{minute}:00Z")),
    }
}

/// Tasks of every type, state, person, lead and kind of date.
fn tasks(count: usize) -> String {
    let mut dice = Dice(4);
    let line = |i: usize| {
        let created = [json!(null), json!(format!("2015-01-0{}T00:00:00Z", 1 + dice.below(4)))];
        let mut task = json!({
            "_type": dice.pick(&KINDS),
            "id": format!("task_{:06}", (i * 7919) % 1_000_000),
            "date": date(&mut dice),
            "is_complete": dice.pick(&[Some(true), Some(false), Some(false), None]),
            "date_created": created[usize::from(dice.below(4) > 0)],
            "date_updated": format!("2015-01-05T{:02}:{:02}:00Z", i / 60, (i * 37) % 60),
            "contact_name": dice.pick(&["Bo Quote", "Kim", "QUOTED"]),
        });
        if let Some((id, name)) = dice.pick(&[None, Some(REPS[0]), Some(REPS[1])]) {
            (task["assigned_to"], task["assigned_to_name"]) = (json!(id), json!(name));
        }
        if let Some((id, name)) = dice.pick(&[None, Some(LEADS[0]), Some(LEADS[1])]) {
            (task["lead_id"], task["lead_name"]) = (json!(id), json!(name));
        }
        if task["_type"] == "lead" && dice.below(6) == 0 {
            task["is_dateless"] = json!(true);
        }
        format!("{task}\n")
    };
    (0..count).map(line).collect()
}

/// A task of the export, as plainly as it can be read.
struct Plain {
    number: usize,
    task: Value,
    day: Option<NaiveDate>,
    at: Option<DateTime<Utc>>,
    today: NaiveDate,
}

/// Without an offset it is UTC.
fn moment(text: &str) -> DateTime<Utc> {
    let utc = |text: &str| text.parse::<NaiveDateTime>().expect("a moment").and_utc();
    DateTime::parse_from_rfc3339(text).map_or_else(|_| utc(text), |at| at.to_utc())
}

impl Plain {
    fn read(number: usize, line: &str, zone: Tz) -> Plain {
        let task: Value = serde_json::from_str(line).expect("JSON");
        let local = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
        let dated = task["date"].as_str().filter(|_| task["is_dateless"] != json!(true));
        let at = dated.filter(|text| text.contains('T')).map(moment);
        let day = dated.map(|text| at.map_or_else(|| text.parse().expect("a day"), local));
        Plain { number, day, at, today: local(moment(NOW)), task }
    }

    fn text(&self, field: &str) -> &str {
        self.task[field].as_str().unwrap_or_default()
    }

    fn is_complete(&self) -> bool {
        self.task["is_complete"] == json!(true)
    }

    fn is_in(&self, view: &str) -> bool {
        let is_future = self.day.is_some_and(|day| day > self.today);
        match view {
            "inbox" => !self.is_complete() && !is_future,
            "overdue" => !self.is_complete() && self.day.is_some_and(|day| day < self.today),
            "future" => !self.is_complete() && is_future,
            "open" => !self.is_complete(),
            "archive" => self.is_complete(),
            _ => true,
        }
    }

    fn created(&self) -> Option<DateTime<Utc>> {
        self.task["date_created"].as_str().map(moment)
    }
}

/// What is asked for, with the same said in Rust.
#[derive(Clone, Copy)]
struct Asked<'a> {
    args: &'a [&'a str],
    passes: fn(&Plain) -> bool,
}

const ANY: Asked<'_> = Asked { args: &[], passes: |_| true };

fn asked<'a>(args: &'a [&'a str], passes: fn(&Plain) -> bool) -> Asked<'a> {
    Asked { args, passes }
}

/// A choice of each kind, drawn by lot; the last says which types. A plain one has no other.
fn choice(dice: &mut Dice, is_plain: bool) -> [Asked<'static>; 4] {
    let people = [
        ANY,
        asked(&["--assigned-to", "user_1"], |t| t.text("assigned_to") == "user_1"),
        asked(&["--assigned-to", "BEN okafor"], |t| t.text("assigned_to") == "user_2"),
    ];
    let leads = [
        ANY,
        asked(&["--lead", "lead_1"], |t| t.text("lead_id") == "lead_1"),
        asked(&["--lead", "acme FOODS"], |t| t.text("lead_id") == "lead_2"),
    ];
    // Each is drawn with the types that go with it where none are named.
    let narrow = [
        (ANY, false),
        (ANY, false),
        (asked(&["--search", "quote"], |t| t.text("contact_name").to_lowercase().contains("quote")), false),
        (asked(&["--search", "is:overdue"], |t| t.is_in("overdue")), false),
        (asked(&["--search", "date:none"], |t| t.day.is_none()), false),
        (
            asked(&["--search", "-kim is:open rep:ana"], |t| {
                t.text("contact_name") != "Kim" && t.is_in("open") && t.text("assigned_to") == "user_1"
            }),
            false,
        ),
        (
            asked(&["--search", "date<=today -is:done"], |t| {
                t.is_in("open") && t.day.is_some_and(|day| day <= t.today)
            }),
            false,
        ),
        (
            asked(&["--search", "type:voicemail,lead lead:acme"], |t| {
                matches!(t.text("_type"), "voicemail" | "lead") && !t.text("lead_id").is_empty()
            }),
            true,
        ),
        (
            asked(&["--id", "1,2,3,5,8,13,21,34,55,89,144"], |t| {
                [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144].contains(&t.number)
            }),
            true,
        ),
    ];
    let (narrow, is_of_any_type) = if is_plain { (ANY, false) } else { dice.pick(&narrow) };
    let unnamed = if is_of_any_type { ANY } else { asked(&[], |t| t.text("_type") == "lead") };
    let types = [
        unnamed,
        asked(&["--type", "all"], |_| true),
        asked(&["--type", "lead"], |t| t.text("_type") == "lead"),
        asked(&["--type", "missed_call,voicemail"], |t| matches!(t.text("_type"), "missed_call" | "voicemail")),
        asked(&["--type", "other"], |t| t.text("_type") == "birthday"),
        asked(&["--type", "birthday,lead"], |t| matches!(t.text("_type"), "birthday" | "lead")),
    ];
    let of = |dice: &mut Dice, from: &[Asked<'static>]| if is_plain { ANY } else { dice.pick(from) };
    [of(dice, &people), of(dice, &leads), narrow, dice.pick(&types)]
}

struct Oracle {
    world: World,
    zone: &'static str,
    tasks: Vec<Plain>,
}

impl Oracle {
    fn new((name, zone): (&'static str, Tz)) -> Oracle {
        let world = World::with(&tasks(200));
        let export = world.out(&["export"]);
        let tasks: Vec<Plain> = export.lines().enumerate().map(|(i, line)| Plain::read(i + 1, line, zone)).collect();
        assert_eq!(tasks.len(), 200);
        Oracle { world, zone: name, tasks }
    }

    fn run(&self, command: &[&str], choice: &[Asked<'_>], more: &[&str]) -> (Option<i32>, String) {
        let chosen: Vec<&str> = choice.iter().flat_map(|asked| asked.args).copied().collect();
        let args = [&["--tz", self.zone][..], command, &chosen, more].concat();
        let output = self.world.run(&args);
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    }

    fn passing(&self, choice: &[Asked<'_>]) -> Vec<&Plain> {
        self.tasks.iter().filter(|task| choice.iter().all(|asked| (asked.passes)(task))).collect()
    }
}

/// The rows that have anything, and the sums.
fn counts(json: &str) -> (BTreeMap<String, [u64; 4]>, [u64; 4]) {
    let value: Value = serde_json::from_str(json).expect("JSON");
    let four = |of: &Value| VIEWS.map(|view| of[view].as_u64().expect("a number"));
    let rows = value["types"].as_array().expect("a list").iter();
    let rows = rows.map(|row| (row["_type"].as_str().expect("a type").to_owned(), four(row)));
    (rows.filter(|(_, counts)| *counts != [0; 4]).collect(), four(&value))
}

const VIEWS: [&str; 4] = ["inbox", "overdue", "future", "archive"];

#[test]
fn count_says_what_counting_the_export_one_by_one_says() {
    for zone in ZONES {
        let (oracle, mut dice) = (Oracle::new(zone), Dice(1));
        for i in 0..40 {
            let choice = choice(&mut dice, i % 4 == 0);
            let mut expected: BTreeMap<String, [u64; 4]> = BTreeMap::new();
            for task in oracle.passing(&choice) {
                let row = expected.entry(task.text("_type").to_owned()).or_default();
                VIEWS.iter().zip(row).filter(|(view, _)| task.is_in(view)).for_each(|(_, count)| *count += 1);
            }
            let sums = [0, 1, 2, 3].map(|i| expected.values().map(|row| row[i]).sum());
            let (exit, json) = oracle.run(&["count", "--output", "json"], &choice, &[]);
            let of = choice.map(|asked| asked.args);
            assert_eq!((exit, counts(&json)), (Some(0), (expected.clone(), sums)), "{of:?} in {}", zone.0);
            let (exit, table) = oracle.run(&["count"], &choice, &["--fail-if", "overdue"]);
            assert_eq!(exit, Some(i32::from(sums[1] > 0)), "{of:?} in {}", zone.0);
            let rows: BTreeMap<String, [u64; 4]> = table.lines().skip(1).map(row).collect();
            let rows = rows.into_iter().filter(|(_, counts)| *counts != [0; 4]);
            assert!(rows.eq(expected), "{of:?} in {}:\n{table}", zone.0);
        }
    }
}

/// A line of the table: the type, then a number for each of its columns.
fn row(line: &str) -> (String, [u64; 4]) {
    let mut words = line.split_whitespace();
    let name = words.next().expect("a type").to_owned();
    (name, [(); 4].map(|()| words.next().and_then(|word| word.parse().ok()).expect("a number")))
}

/// Tasks in an order of `--order-by`.
fn sorted<'a>(mut tasks: Vec<&'a Plain>, order: &str) -> Vec<&'a Plain> {
    match order.trim_start_matches('-') {
        // The day; on it the dates without a time first; then the moment; those of none last.
        "date" => tasks.sort_by_key(|t| (t.day.is_none(), t.day, t.at, t.created(), t.text("id").to_owned())),
        "date_created" => tasks.sort_by_key(|t| (t.created(), t.text("id").to_owned())),
        // When a task was completed is not on the wire; it was changed last then.
        _ => tasks.sort_by_key(|t| {
            (!t.is_complete(), Some(moment(t.text("date_updated"))).filter(|_| t.is_complete()), t.number)
        }),
    }
    if order.starts_with('-') {
        tasks.reverse();
    }
    tasks
}

#[test]
fn list_gives_what_sorting_the_export_gives() {
    for zone in ZONES {
        let (oracle, mut dice) = (Oracle::new(zone), Dice(2));
        for i in 0..60 {
            let choice = choice(&mut dice, i % 4 == 0);
            let view = dice.pick(&["inbox", "future", "open", "archive", "all"]);
            let order =
                dice.pick(&["", "date", "-date", "date_created", "-date_created", "date_completed", "-date_completed"]);
            let (skip, limit) = dice.pick(&[(0, "0"), (0, "0"), (3, "5")]);
            let mut more = vec!["--view", view, "--limit", limit, "--skip", if skip == 3 { "3" } else { "0" }];
            more.extend(["--order-by", order].iter().filter(|_| !order.is_empty()));
            let (exit, lines) = oracle.run(&["list", "--output", "ndjson", "--fields", "id"], &choice, &more);
            let named = match (order, view) {
                ("", "archive") => "-date_completed",
                ("", _) => "date",
                (order, _) => order,
            };
            let matching = oracle.passing(&choice).into_iter().filter(|task| task.is_in(view)).collect();
            let most = if limit == "0" { usize::MAX } else { 5 };
            let expected = sorted(matching, named).into_iter().skip(skip).take(most);
            let expected: String = expected.map(|task| format!("{{\"id\":\"{}\"}}\n", task.text("id"))).collect();
            let of = choice.map(|asked| asked.args);
            assert_eq!((exit, lines), (Some(0), expected), "{of:?} {more:?} in {}", zone.0);
        }
    }
}
