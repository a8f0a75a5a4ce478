//! Every setting: its name, what it means, how it is read and written.

use chrono::Weekday;
use serde::Deserialize;

use super::{AfterMove, Settings, Space};
use crate::clock;
use crate::domain::customs::Hours;
use crate::domain::handoff::LeadPage;
use crate::domain::kind::TaskType;
use crate::domain::number::Dialler;
use crate::domain::retention::KeepTime;
use crate::domain::zone::Zone;

/// A value of the file before its setting reads it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Raw {
    Text(String),
    Number(i64),
    Texts(Vec<String>),
    /// What no setting takes, as written or as it is called: `true`, `a list`.
    #[serde(skip)]
    Other(String),
}

/// A setting.
pub(super) struct Setting {
    /// Its name in the file.
    pub(super) name: &'static str,
    /// What it means, in lines.
    pub(super) about: &'static str,
    /// Takes a value, or says what is wrong with it and what works.
    pub(super) read: fn(&mut Settings, Raw) -> Result<(), String>,
    /// The value as TOML; `None`: there is none.
    pub(super) write: fn(&Settings) -> Option<String>,
    /// A value to show where there is none.
    pub(super) example: &'static str,
}

/// The settings that stand alone, in the order of the file. The tables follow.
pub(super) const ALONE: [Setting; 9] = [
    Setting {
        name: "time_zone",
        about: "Where days begin: \"America/New_York\", \"local\", \"utc\", \"-8\". Also --tz and REPBOX_TZ.",
        read: |settings, raw| {
            let text = text(raw)?;
            settings.time_zone = clock::zone_named(&text).map_err(|e| e.to_string())?.chosen();
            Ok(())
        },
        write: |settings| {
            Some(quoted(&match settings.time_zone {
                None => "local".to_owned(),
                Some(Zone::Offset(offset)) => offset.to_string(),
                Some(place @ Zone::Place(_)) => place.name(),
            }))
        },
        example: "",
    },
    Setting {
        name: "me",
        about: "The rep who sits here, by name or id: what \"me\" means.",
        read: |settings, raw| {
            let name = text(raw)?;
            if name.trim().is_empty() {
                return Err("it is empty; write a name or an id, or leave the line out".to_owned());
            }
            settings.me = Some(name);
            Ok(())
        },
        write: |settings| settings.me.as_deref().map(quoted),
        example: "\"Ana Ruiz\"",
    },
    Setting {
        name: "week_starts",
        about: "The day on which weeks begin.",
        read: |settings, raw| choose(&mut settings.customs.week_starts, &WEEKDAYS, &raw),
        write: |settings| spell(&settings.customs.week_starts, &WEEKDAYS),
        example: "",
    },
    Setting {
        name: "clock",
        about: "How hours are counted: 24 is 16:30, 12 is 4:30pm.",
        read: |settings, raw| {
            settings.customs.hours = match raw {
                Raw::Number(12) => Hours::Of12,
                Raw::Number(24) => Hours::Of24,
                text @ Raw::Text(_) => {
                    return Err(format!("{} is a text; write 12 or 24 without quotes", text.words()));
                }
                other => return Err(format!("{} is no clock; write 12 or 24", other.words())),
            };
            Ok(())
        },
        write: |settings| Some(if settings.customs.hours == Hours::Of12 { "12" } else { "24" }.to_owned()),
        example: "",
    },
    Setting {
        name: "after_move",
        about: "Where the cursor goes when a change takes its row away: to the \"next\" row, or \"follow\" the task.",
        read: |settings, raw| choose(&mut settings.after_move, &MOVES, &raw),
        write: |settings| spell(&settings.after_move, &MOVES),
        example: "",
    },
    Setting {
        name: "space",
        about: "What the space bar does in lists: \"complete\", as e, or \"mark\", as x.",
        read: |settings, raw| choose(&mut settings.space, &SPACES, &raw),
        write: |settings| spell(&settings.space, &SPACES),
        example: "",
    },
    Setting {
        name: "lead_page",
        about: "The page that o opens for a lead; {id} stands for its id.",
        read: |settings, raw| {
            settings.lead_page = LeadPage::parse(&text(raw)?).map_err(|e| e.to_string())?;
            Ok(())
        },
        write: |settings| Some(quoted(settings.lead_page.as_str())),
        example: "",
    },
    Setting {
        name: "dialler",
        about: "The program that dials, and its arguments; {number} in them stands for the number. No shell reads it.\n\
                Without it the platform opens tel: links.",
        read: |settings, raw| {
            let Raw::Texts(words) = raw else {
                return Err(format!(
                    "{} is no list of texts; write [\"linphone\", \"--call\", \"{{number}}\"]",
                    raw.words()
                ));
            };
            settings.dialler = Some(Dialler::new(words).map_err(|e| e.to_string())?);
            Ok(())
        },
        write: |settings| {
            settings.dialler.as_ref().map(|dialler| toml::Value::from(dialler.words().to_vec()).to_string())
        },
        example: "[\"linphone\", \"--call\", \"{number}\"]",
    },
    Setting {
        name: THEME,
        about: "How the screen looks: \"default\", \"dark\", \"light\", \"high-contrast\", \"mono\", or the name of a file\n\
                of your own in the folder themes beside this file. The screen's theme menu shows them.",
        read: |settings, raw| {
            settings.theme = text(raw)?;
            Ok(())
        },
        write: |settings| Some(quoted(&settings.theme)),
        example: "",
    },
];

/// The setting of the theme.
pub(super) const THEME: &str = "theme";

/// The table of keep times: one of each type.
pub(super) const KEEP: &str = "keep";
/// What the table means.
pub(super) const KEEP_ABOUT: &str = "How long archived tasks are kept: days, or \"ever\". Counted from the later of completion and\n\
     arrival in the file; pinned ones stay. To-dos (lead) are never removed.";

/// Takes the keep time of a type.
pub(super) fn read_keep(settings: &mut Settings, task_type: TaskType, raw: &Raw) -> Result<(), String> {
    let days = |n: i64| u16::try_from(n).ok().filter(|n| (1..=KeepTime::MOST_DAYS).contains(n));
    let time = match raw {
        Raw::Text(text) if text.eq_ignore_ascii_case("ever") => Some(KeepTime::Ever),
        Raw::Number(number) => days(*number).map(KeepTime::Days),
        Raw::Text(_) | Raw::Texts(_) | Raw::Other(_) => None,
    };
    let most = KeepTime::MOST_DAYS;
    let time = time.ok_or_else(|| format!("{} is no time; write days, 1 to {most}, or \"ever\"", raw.words()))?;
    settings.keep.set(task_type, time).map_err(|e| e.to_string())
}

/// The keep time of a type as TOML.
pub(super) fn write_keep(settings: &Settings, task_type: TaskType) -> String {
    match settings.keep.of(task_type) {
        KeepTime::Ever => quoted("ever"),
        KeepTime::Days(days) => days.to_string(),
    }
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

const MOVES: [(&str, AfterMove); 2] = [("next", AfterMove::Next), ("follow", AfterMove::Follow)];
const SPACES: [(&str, Space); 2] = [("complete", Space::Complete), ("mark", Space::Mark)];

impl Raw {
    pub(super) fn words(&self) -> String {
        match self {
            Raw::Text(text) => format!("{text:?}"),
            Raw::Number(number) => number.to_string(),
            Raw::Texts(_) => "a list".to_owned(),
            Raw::Other(words) => words.clone(),
        }
    }
}

pub(super) fn text(raw: Raw) -> Result<String, String> {
    match raw {
        Raw::Text(text) => Ok(text),
        Raw::Number(number) => Err(format!("{number} is a number; it must be a text in quotes")),
        other => Err(format!("{} is no text; it must be a text in quotes", other.words())),
    }
}

/// Takes one of some words.
pub(super) fn choose<T: Copy>(value: &mut T, words: &[(&'static str, T)], raw: &Raw) -> Result<(), String> {
    let known = |text: &str| words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
    let found = match raw {
        Raw::Text(text) => known(text),
        Raw::Number(_) | Raw::Texts(_) | Raw::Other(_) => None,
    };
    let Some((_, chosen)) = found else {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let typed = if let Raw::Text(text) = raw { text.as_str() } else { "" };
        return Err(match nearest(typed, &names) {
            Some(name) => format!("{} is not known; did you mean {name:?}?", raw.words()),
            None => format!("{} is not known; write {}", raw.words(), one_of(&names)),
        });
    };
    *value = *chosen;
    Ok(())
}

pub(super) fn spell<T: PartialEq>(value: &T, words: &[(&'static str, T)]) -> Option<String> {
    words.iter().find(|(_, known)| known == value).map(|(word, _)| quoted(word))
}

/// A text as TOML.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The name that is most like a typed one, if any is.
pub fn nearest<'n>(typed: &str, names: &[&'n str]) -> Option<&'n str> {
    let likeness = |name: &str| strsim::jaro_winkler(&typed.to_lowercase(), name);
    let best = names.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    best.filter(|name| likeness(name) > 0.7)
}

/// `"next" or "follow"`
fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
