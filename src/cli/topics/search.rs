//! The search language, told once: a topic of the help, and docs/search.md.

use std::fmt::Write as _;

use crate::domain::kind::TaskType;
use crate::domain::query::fields::{FIELDS, FieldName, STATES, THINGS};
use crate::domain::query::term::{Moment, State, Thing};
use crate::domain::query::{MOST_BYTES, MOST_TERMS};
use crate::domain::wording;

/// What can be typed, and what it finds.
type Row = (String, String);

/// What belongs together, under a heading.
struct Part {
    heading: &'static str,
    rows: Vec<Row>,
}

/// The language as text.
pub fn text() -> String {
    let mut text = "The search language.\n".to_owned();
    for paragraph in ABOUT {
        _ = write!(text, "\n{paragraph}\n");
    }
    for Part { heading, rows } in parts() {
        _ = writeln!(text, "\n{heading}:");
        for (typed, finds) in rows {
            match typed.chars().count() {
                ..=COLUMN => _ = writeln!(text, "  {typed:<COLUMN$}  {finds}"),
                _ => _ = writeln!(text, "  {typed}\n  {:<COLUMN$}  {finds}", ""),
            }
        }
    }
    text
}

/// The language as docs/search.md.
pub fn page() -> String {
    let mut text = HEAD.to_owned();
    for paragraph in ABOUT {
        _ = write!(text, "\n{}\n", paragraph.replace('\n', " "));
    }
    for Part { heading, rows } in parts() {
        _ = write!(text, "\n## {heading}\n\n| typed | finds |\n|---|---|\n");
        for (typed, finds) in rows {
            _ = writeln!(text, "| `{typed}` | {finds} |");
        }
    }
    text + &format!(
        "\nThere are no brackets: a search is terms that must all match, a comma means one of them. At most {MOST_BYTES} bytes, {MOST_TERMS} terms and {MOST_TERMS} values of a term are read.\n\n{WHERE}"
    )
}

/// Everything that the language's papers say to type.
pub fn typed() -> Vec<String> {
    parts().into_iter().flat_map(|part| part.rows).map(|(typed, _)| typed).collect()
}

/// What is typed takes so many cells; longer ones have a line of their own.
const COLUMN: usize = 26;

fn parts() -> Vec<Part> {
    let row = |(typed, finds): &(&str, &str)| ((*typed).to_owned(), (*finds).to_owned());
    let part = |heading, rows: &[(&str, &str)]| Part { heading, rows: rows.iter().map(row).collect() };
    let fields = FIELDS.map(|(_, field, example)| (example.to_owned(), of_field(field).to_owned()));
    let states = STATES.map(|(word, state)| (format!("is:{word}"), of_state(state).to_owned()));
    let things = THINGS.map(|(word, thing)| (format!("has:{word}"), of_thing(thing).to_owned()));
    vec![
        part("Words", &WORDS),
        Part { heading: "Fields", rows: fields.into() },
        part("Days", &DAYS),
        Part { heading: "States", rows: states.into() },
        Part { heading: "Things", rows: things.into() },
        Part { heading: "Types", rows: types() },
        part("Together", &TOGETHER),
    ]
}

/// Each type by its name in Close, and its tag.
fn types() -> Vec<Row> {
    let known = TaskType::ALL.map(|t| (t.wire_name(), Some(t))).into_iter();
    let row = |(name, of): (&str, Option<TaskType>)| {
        let tag = wording::tag(of).trim().to_lowercase();
        let label = wording::label(of).to_lowercase();
        let is_new = label != tag && label != name && !label.contains(' ');
        let also = if is_new { format!("{tag} or {label}") } else { tag };
        (format!("type:{name}"), format!("{}; also {also}", wording::plural_label(of)))
    };
    known.chain([("other", None)]).map(row).collect()
}

fn of_field(field: FieldName) -> &'static str {
    match field {
        FieldName::Type => "of one of these types",
        FieldName::Is => "in this state",
        FieldName::Has => "with this",
        FieldName::Lead => "of the lead: a part of its name, or its id",
        FieldName::Contact => "of the contact: a part of the name, or the id",
        FieldName::Rep => "of the rep: a part of the name, the id, or me",
        FieldName::Phone => "with these digits in a number",
        FieldName::When(Moment::Date) => "by the date; date and due are the same",
        FieldName::When(Moment::Created) => "by the day it was made",
        FieldName::When(Moment::Done) => "by the day it was completed",
        FieldName::Id => "with this number, this id, or an id that begins so",
    }
}

fn of_state(state: State) -> &'static str {
    match state {
        State::Overdue => "open, of a day before today",
        State::Today => "open, of today",
        State::Future => "open, of tomorrow or later",
        State::Done => "completed",
        State::Open => "not completed",
        State::Pinned => "pinned",
        State::Snoozed => "put off",
        State::Callable => "with a number to call",
        State::Unsent => "changed here, and not yet sent to Close",
    }
}

fn of_thing(thing: Thing) -> &'static str {
    match thing {
        Thing::Note => "a note, written here",
        Thing::Phone => "a number",
        Thing::Attachment => "a file",
        Thing::Recording => "a recording",
    }
}

const ABOUT: [&str; 2] = [
    "Each term must match. Words are found anywhere in a task: in its text, subject, lead,
contact, number, notes, the names of its files and the beginning of a mail; reps by rep: only.",
    "Case and accents do not count, nor do the dots, dashes and blanks of a number.",
];

const WORDS: [(&str, &str); 7] = [
    ("quote fabrikam", "both words"),
    ("\"signed quote\"", "these words, one after the other"),
    ("quote,offer", "one of these words"),
    ("-draft", "not this"),
    ("-draft,test", "none of these"),
    ("\"re: price\"", "words with a colon, or with = behind a field's name"),
    ("3125550188", "also +1 312-555-0188"),
];

const DAYS: [(&str, &str); 12] = [
    ("date:today", "of today; days are typed as repbox help dates says"),
    ("date<fri", "up to Thursday"),
    ("date<=fri", "up to Friday"),
    ("date>fri", "from Saturday on; also >="),
    ("date:2026-11-20..2026-11-30", "from one day to the other, both included"),
    ("date:..fri", "up to Friday; date:fri.. is from Friday on"),
    ("date:mon..fri", "from next Monday to the Friday after it"),
    ("date:mon,tue", "on one of these days"),
    ("date<=\"28 nov\"", "a day with a blank in it"),
    ("date:none", "without a date"),
    ("done:fri", "completed last Friday: done and created look back"),
    ("-done:today", "not completed today"),
];

const TOGETHER: [(&str, &str); 4] = [
    ("type:missed_call,voicemail is:callable date<=today", "who waits for a call back"),
    ("rep:me is:overdue -is:snoozed", "mine, overdue and not put off"),
    ("quote lead:\"Acme Robotics\" is:open", "what is open about Acme's quote"),
    ("type:lead done>=\"7d ago\"", "to-dos completed in the last seven days"),
];

const HEAD: &str = "\
# The search language

Made from the code; a test holds that it is so, and that each line is understood. `repbox help search` prints the same.
";

const WHERE: &str = "\
## Where it is typed

`/` on the screen: lists and counts follow each letter, what matches is marked. A term that is not understood is underlined, with what works; the last list stays. `Tab` completes fields, values and names, the arrows recall earlier searches, `Enter` keeps it, `Esc` drops it, `Ctrl-s` saves it under a name.

```sh
repbox list --search 'type:missed_call,voicemail is:callable'
repbox count --search 'rep:ana is:overdue' --type all
repbox export --search 'lead:Fabrikam' > fabrikam.ndjson
repbox snooze --where 'is:overdue -is:pinned' --until tom --dry-run
```

A search that names types asks for those; else `--type` says which, and only to-dos are meant without it.
";
