//! The language by example and by property: what matches, and what is said of what is
//! not understood.

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::fields::{FIELDS, STATES, THINGS};
use super::*;
use crate::domain::kind::TaskType;
use crate::domain::record::Record;
use crate::domain::task::{Completion, Local, Note, RepId, StoredTask, Task, TaskNumber};
use crate::domain::view::Today;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// A Wednesday, seven in the morning in New York.
fn today() -> Today {
    Today::new(at("2026-11-25T12:00:00Z"), "America/New_York".parse().expect("a zone"))
}

/// A task of these fields; complete ones since their last update.
fn task(fields: &str) -> StoredTask {
    let json = format!(r#"{{"id":"task_abcdef",{fields}}}"#);
    let record: Record<'static> = serde_json::from_str(&json).expect("JSON");
    let task = Task::read(&record).expect("a task");
    let completed = task.is_complete.then(|| Completion { at: task.updated.unwrap_or(today().now), about: true });
    StoredTask { number: TaskNumber(12), task, record, completed, local: Local::default() }
}

fn search(text: &str) -> Search {
    parse(text, &today(), Some(&RepId::new("user_ana"))).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn is_match(text: &str, task: &StoredTask) -> bool {
    search(text).matches(task, &Beside::default(), &today())
}

/// Every query of the first list matches, none of the second.
fn assert_matches(task: &StoredTask, matching: &[&str], others: &[&str]) {
    for text in matching {
        assert!(is_match(text, task), "{text} matches {}", task.record.to_json());
    }
    for text in others {
        assert!(!is_match(text, task), "{text} does not match {}", task.record.to_json());
    }
}

/// What is said of a query, and of which part of it.
fn refusal(text: &str) -> (String, String) {
    let error = parse(text, &today(), None).expect_err(text);
    (text[error.span.clone()].to_owned(), error.to_string())
}

const TODO: &str = r#""_type":"lead","text":"Send \"revised\" quote to Zoë","date":"2026-11-25","lead_id":"lead_1","lead_name":"Acme Robotics","contact_id":"cont_1","contact_name":"Dana Okafor","assigned_to":"user_ana","assigned_to_name":"Ana Ruiz","date_created":"2026-11-20T03:00:00+00:00""#;
const CALL: &str = r#""_type":"voicemail","date":"2026-11-27T04:30:00+00:00","phone":"+13125550188","phone_formatted":"+1 312-555-0188","phone_number_description":"Chicago, IL","voicemail_url":"https://example.com/v.mp3","assigned_to":"user_bo","assigned_to_name":"Bo Novak""#;

#[test]
fn plain_words_are_anded_and_looked_for_in_every_text_of_a_task() {
    assert_matches(
        &task(TODO),
        &["quote zoe", "ACME", "okafor quote", "robot", "\"revised\" quote"],
        &["quote nobody"],
    );
    assert_matches(&task(CALL), &["0188", "chicago"], &["acme"]);
    let mail = task(r#""_type":"incoming_email","subject":"Re: PO number","body_preview":"see the attached invoice""#);
    assert_matches(&mail, &["\"PO number\"", "invoice attached"], &["\"number PO\""]);
    let followup = task(r#""_type":"email_followup","subject":"Proposal v2","body_preview":"any thoughts?""#);
    assert_matches(&followup, &["proposal", "thoughts?"], &["invoice"]);
    let opportunity =
        task(r#""_type":"opportunity_due","opportunity_note":"renewal","opportunity_value_formatted":"$18,000""#);
    assert_matches(&opportunity, &["renewal", "\"$18,000\""], &["19"]);
    let sms = task(
        r#""_type":"incoming_sms","text":"call me","remote_phone":"+4915112345","attachments":[{"filename":"Plan.pdf"}]"#,
    );
    assert_matches(&sms, &["call me", "plan.pdf", "151-123", "has:attachment"], &["has:recording"]);
    let mut noted = task(TODO);
    noted.local.notes.push(Note { at: today().now, text: "Wants net 60".to_owned() });
    assert_matches(&noted, &["\"net 60\"", "has:note"], &[]);
    assert_matches(&task(TODO), &[], &["\"net 60\"", "has:note"]);
}

#[test]
fn case_accents_and_the_punctuation_of_numbers_do_not_count() {
    let accented = task(r#""_type":"lead","text":"Prüfen: Ärger mit ŁÓDŹ""#);
    assert_matches(&accented, &["prufen", "ÄRGER", "lodz"], &["prufer"]);
    assert_matches(
        &task(CALL),
        &["3125550188", "312.555.0188", "(312)555-0188", "phone:555-0188", "phone:3125550188", "phone:\"+1 312\""],
        &["3125550189", "phone:999"],
    );
    let trunk = task(r#""_type":"voicemail","phone":"+44 (0)20 7946 0958""#);
    assert_matches(&trunk, &["phone:+442079460958", "442079460958"], &["phone:4402"]);
}

/// So `done --where` of it is refused, as of a query that is empty.
#[test]
fn accents_alone_say_nothing_and_leave_nothing_out() {
    for text in ["\u{301}", "-\u{301}", "-\u{fe0f}", "\u{301},-", "-\"\u{301} \""] {
        assert!(search(text).terms().iter().all(|term| term.text == "\u{301},-"), "{text}");
    }
    assert_eq!(search("\u{301} quote -\u{301}"), search("quote"));
    assert_eq!(refusal("-lead:\u{301}").1, "A value is missing. Write lead:\"Acme Robotics\"");
}

#[test]
fn a_minus_excludes_a_comma_is_or_and_quotes_keep_a_phrase_together() {
    let task = task(TODO);
    assert_matches(
        &task,
        &[
            "-invoice",
            "quote -invoice",
            "invoice,quote",
            "-invoice,offer",
            "\"quote to\"",
            "lead:globex,acme",
            "-type:sms",
        ],
        &["-quote", "-invoice,quote", "invoice,offer", "\"to quote\"", "-lead:acme", "-\"revised\""],
    );
    let comma = self::task(r#""_type":"lead","text":"a, b -c""#);
    assert_matches(&comma, &["\"a, b\"", "\"-c\"", "a,x"], &["\"a,b\""]);
}

#[test]
fn a_type_is_named_by_its_wire_name_or_its_tag() {
    for task_type in TaskType::ALL {
        let task = task(&format!(r#""_type":"{}""#, task_type.wire_name()));
        let tag = crate::domain::wording::tag(Some(task_type)).trim().to_owned();
        let label = crate::domain::wording::label(Some(task_type)).to_owned();
        for word in [task_type.wire_name().to_owned(), tag.clone(), tag.to_lowercase(), label, "all".to_owned()] {
            assert!(is_match(&format!("type:\"{word}\""), &task), "{word}");
            assert!(!is_match(&format!("-type:x,\"{word}\""), &task), "{word}");
        }
    }
    let fax = task(r#""_type":"fax","text":"Ordre d'achat","note":7"#);
    assert_matches(&fax, &["ordre", "type:all"], &["7"]);
    assert_matches(&fax, &["type:fax", "type:other", "type:OTHR", "type:lead,fax"], &["type:lead", "type:Fax_2"]);
    assert!(search("type:lead").names_types() && search("acme type:other type:all").names_types());
    assert!(!search("-type:lead").names_types() && !search("lead:acme").names_types());
}

#[test]
fn is_asks_for_each_state() {
    let open = |date: &str| task(&format!(r#""_type":"lead","date":{date}"#));
    assert_matches(&open("\"2026-11-24\""), &["is:overdue", "is:open"], &["is:today", "is:future", "is:done"]);
    assert_matches(&open("\"2026-11-25T05:00:00Z\""), &["is:today", "IS:Today"], &["is:overdue", "is:future"]);
    assert_matches(&open("\"2026-11-25T04:59:59Z\""), &["is:overdue"], &["is:today"]);
    assert_matches(&open("\"2026-11-26T05:00:00Z\""), &["is:future", "is:open"], &["is:today", "is:overdue"]);
    assert_matches(&open("null"), &["is:open", "date:none"], &["is:overdue", "is:today", "is:future", "date:..fri"]);
    let done = task(r#""_type":"lead","is_complete":true,"date":"2026-11-24""#);
    assert_matches(&done, &["is:done", "is:done,open"], &["is:open", "is:overdue", "is:today"]);
    let mut local = open("\"2026-11-25\"");
    assert_matches(&local, &[], &["is:pinned", "is:snoozed"]);
    (local.local.is_pinned, local.local.is_snoozed) = (true, true);
    assert_matches(&local, &["is:pinned", "is:snoozed"], &[]);
    assert_matches(&task(CALL), &["is:callable", "has:phone", "has:recording"], &["has:attachment", "is:unsent"]);
    assert_matches(&open("null"), &[], &["is:callable", "has:phone"]);
    let unsent = Beside { unsent: [TaskNumber(12)].into(), ..Beside::default() };
    assert!(search("is:unsent").matches(&open("null"), &unsent, &today()));
    assert!(!search("-is:unsent").matches(&open("null"), &unsent, &today()));
}

#[test]
fn parties_are_found_by_a_part_of_the_name_or_the_whole_id() {
    assert_matches(
        &task(TODO),
        &[
            "lead:acme",
            "lead:\"acme robotics\"",
            "lead:lead_1",
            "contact:dana",
            "contact:cont_1",
            "rep:ruiz",
            "rep:ME",
            "rep:user_ana",
        ],
        &["lead:globex", "lead:lead_", "contact:acme", "rep:bo", "lead:acme,x contact:bo"],
    );
    assert_matches(&task(CALL), &["rep:bo"], &["rep:me", "lead:acme"]);
}

#[test]
fn dates_are_local_days_as_people_type_them() {
    let due = task(TODO);
    assert_matches(
        &due,
        &[
            "date:today",
            "date<fri",
            "date<=today",
            "date>=today date<thu",
            "date:2026-11-20..2026-11-30",
            "due:today",
            "date:..today",
            "date:today..",
            "date:mon,today",
            "due<=\"25 nov\"",
            "date:<fri",
        ],
        &["date:fri", "date<today", "date>today", "date:2026-11-26..2026-11-30", "date:none", "date:fri..sat"],
    );
    let monday = |date: &str| task(&format!(r#""_type":"lead","date":"{date}""#));
    for day in ["2026-11-30", "2026-12-04"] {
        assert_matches(&monday(day), &["date:mon..fri"], &["date:mon..thu -date:mon"]);
    }
    // Half past four in the morning, UTC: late on the 26th in New York.
    assert_matches(&task(CALL), &["date:tomorrow", "date:2026-11-26"], &["date:2026-11-27"]);
    assert_matches(&due, &["created:2026-11-19", "created<2026-11-20"], &["created:2026-11-20"]);
    let done = task(r#""_type":"lead","is_complete":true,"date_updated":"2026-11-26T04:00:00Z""#);
    assert_matches(&done, &["done:today", "done>2026-11-01"], &["done:2026-11-26", "done<today", "created:today"]);
    assert_matches(&due, &["-done:today"], &["done:today", "done<today"]);
}

#[test]
fn a_weekday_of_what_was_done_is_the_last_one() {
    let done = |day: &str| task(&format!(r#""_type":"lead","is_complete":true,"date_updated":"{day}T17:00:00Z""#));
    // Today is Wednesday the 25th.
    assert_matches(&done("2026-11-20"), &["done:fri", "done<mon", "done:\"last fri\"", "done:5d"], &["done>=mon"]);
    assert_matches(
        &done("2026-11-23"),
        &["done:mon", "done>=mon", "done>fri", "done:mon..fri", "done:\"2 days ago\"", "done>3d", "done:\"23 nov\""],
        &["done:tue", "done>-2d"],
    );
    assert_matches(&done("2026-11-18"), &["done:wed", "done>=\"18 nov\""], &["done:today"]);
    assert_matches(&done("2025-12-24"), &["done:\"24 dec\"", "done>1y"], &["done>2mo"]);
}

#[test]
fn p27_digits_are_a_number_and_ids_begin_as_written() {
    let mut task = task(r#""_type":"lead""#);
    assert_matches(
        &task,
        &["id:12", "id:task_", "id:task_abcdef", "id:3,12"],
        &["id:1", "id:TASK_", "id:task_abcdefg"],
    );
    task.task.id = crate::domain::task::TaskId::new("123456");
    assert_matches(&task, &["id:12"], &["id:123456", "id:99999999999999999999"]);
    let joined = Beside { joined: [("noti_b".to_owned(), [TaskNumber(12)].into())].into(), ..Beside::default() };
    assert!(search("id:noti_b").matches(&task, &joined, &today()));
}

const NOT_A_DATE: &str = "\".2026-11-30\" is not a date. Try fri, tom 9, +3d or 2026-11-29.";

#[test]
fn a_bad_term_is_named_with_its_place_and_the_nearest_word() {
    for (text, term, said) in [
        ("acme tpye:voicemail", "tpye:voicemail", "Unknown field \"tpye\". Did you mean type?"),
        ("re: price", "re:", "Unknown field \"re\". Did you mean rep? Words with a colon stand in quotes."),
        ("type:voicemial x", "type:voicemial", "Unknown value \"voicemial\" of type. Did you mean voicemail?"),
        ("zoë is:overdeu", "is:overdeu", "Unknown value \"overdeu\" of is. Did you mean overdue?"),
        ("has:zzz", "has:zzz", "Unknown value \"zzz\" of has. The values are note, phone, attachment, recording."),
        ("-lead:", "-lead:", "A value is missing. Write lead:\"Acme Robotics\""),
        ("is: overdue", "is:", "A value is missing. Write is:overdue"),
        ("lead<x", "lead<x", "Only date, created and done can be compared. Write lead:\"Acme Robotics\""),
        ("date:frday", "date:frday", "\"frday\" is not a date. Try fri, tom 9, +3d or 2026-11-29."),
        (
            "date:\"fri 9:00\"",
            "date:\"fri 9:00\"",
            "Days are compared, not times. Write a day such as fri or 2026-11-28.",
        ),
        ("done:frday", "done:frday", "\"frday\" is not a date. Try fri, yesterday, 3d ago or 2026-11-21."),
        ("done:03/04", "done:03/04", "Ambiguous. Write 3 apr or 2026-04-03"),
        ("created:none", "created:none", "\"none\" is not a date. Try fri, yesterday, 3d ago or 2026-11-21."),
        (
            "date:2026-11-30..2026-11-20",
            "date:2026-11-30..2026-11-20",
            "The range ends before it begins. Write 2026-11-20..2026-11-30",
        ),
        ("date:2026-11-20...2026-11-30", "date:2026-11-20...2026-11-30", NOT_A_DATE),
        ("date<-2026-11-30", "date<-2026-11-30", "\"-2026-11-30\" is not a date. Try fri, tom 9, +3d or 2026-11-29."),
        (
            "x date=fri",
            "date=fri",
            "A field has a colon behind it. Write date:fri; words with such a sign stand in quotes.",
        ),
        ("date:28 nov", "date:28", "A date with a blank in it stands in quotes. Write date:\"28 nov\""),
        ("acme due<next fri -x", "due<next", "A date with a blank in it stands in quotes. Write due<\"next fri\""),
        ("date:28 quotes", "date:28", "\"28\" is not a date. Try fri, tom 9, +3d or 2026-11-29."),
        (
            "type!=lead",
            "type!=lead",
            "A field has a colon behind it. Write -type:lead; words with such a sign stand in quotes.",
        ),
        ("due:03/04", "due:03/04", "Ambiguous. Write 3 apr or 2027-04-03"),
        ("a \"b c", "\"b c", "The quotation mark has no partner. Write \"...\""),
        ("phone:abc", "phone:abc", "\"abc\" has no digits. Write phone:555-0188"),
    ] {
        assert_eq!(refusal(text), (term.to_owned(), said.to_owned()), "{text}");
    }
    for text in ["http://x", "subject:x"] {
        assert!(refusal(text).1.contains("The fields are type, is, has,"), "{text}: {}", refusal(text).1);
    }
    assert!(refusal("xyzzyq:1").1.starts_with("Unknown field \"xyzzyq\". The fields are type, is, has,"));
    assert!(refusal("rep:me").1.starts_with("Nothing says who \"me\" is."));
    // What only looks like a comparison is a text.
    assert_matches(&task(r#""_type":"lead","text":"a<b=c""#), &["a<b", "\"a<b\"", "b=c"], &["a<c"]);
}

#[test]
fn p24_a_query_of_any_size_is_read_at_once_or_refused() {
    let long = "x".repeat(MOST_BYTES + 1);
    let many = "x ".repeat(MOST_TERMS + 1);
    let values = vec!["x"; MOST_TERMS + 1].join(",");
    let said = format!("The query is too long: {MOST_BYTES} bytes and {MOST_TERMS} terms are read.");
    for text in [long, many, values, "(".repeat(100_000), "-\"".repeat(50_000)] {
        assert_eq!(refusal(&text).1, said);
    }
    // There is nothing to nest: brackets are text.
    assert!(is_match("((a", &task(r#""_type":"lead","text":"f((a""#)));
}

#[test]
fn every_example_that_is_offered_works() {
    for (name, _, example) in FIELDS {
        assert!(!search(example).is_empty() && example.starts_with(name), "{example}");
    }
    for word in STATES.map(|(word, _)| format!("is:{word}")).into_iter().chain(THINGS.map(|(w, _)| format!("has:{w}")))
    {
        assert!(!search(&word).is_empty());
    }
}

/// Anything, and things that are almost queries.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "type:",
        "is:",
        "has:",
        "lead:",
        "rep:",
        "phone:",
        "date",
        "due:",
        "created:",
        "done",
        "id:",
        "<",
        "<=",
        ">",
        ":",
        "..",
        "\"",
        "-",
        ",",
        " ",
        "\u{a0}",
        "fri",
        "today",
        "2026-11-28",
        "voicemail",
        "me",
        "acme",
        "é",
        "\u{301}",
        "日本",
        "12",
        "555-0188",
        "overdue",
        "none",
        "\0",
        "'",
        "%",
        ";--",
        "(",
        "\\",
        "x:y",
        "\u{202e}",
        "ß",
        "\u{1F600}",
    ]);
    let pieces = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn p24_any_text_is_understood_or_refused_with_a_place_inside_it(text in any_text()) {
        match parse(&text, &today(), None) {
            Ok(search) => {
                search.matches(&task(TODO), &Beside::default(), &today());
                let again = parse(&search.words(), &today(), None).expect("its own words");
                prop_assert_eq!(&again, &search);
                prop_assert_eq!(again.words(), search.words());
            }
            Err(error) => {
                prop_assert!(text.get(error.span.clone()).is_some(), "{:?}", error.span);
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }

    #[test]
    fn a_quoted_text_finds_itself(text in "[^\"]{1,20}") {
        let mut found = task(TODO);
        found.local.notes.push(Note { at: today().now, text: format!("a {text} b") });
        let typed = search(&format!("\"{text}\""));
        // Blanks and accents alone are no words.
        prop_assert!(typed.is_empty() || super::fold::Folded::new(&text).as_str().is_empty() || typed.matches(&found, &Beside::default(), &today()));
    }
}
