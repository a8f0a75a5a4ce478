//! `[calls]`: when people are called, and what follows from a call that reached nobody.

use super::Settings;
use super::table::{Raw, Setting, quoted, text};
use crate::domain::calling::CallHours;
use crate::domain::outcome::Rules;
use crate::domain::when::Delay;

/// The name of the table.
pub(super) const CALLS: &str = "calls";
/// What the table means.
pub(super) const CALLS_ABOUT: &str = "When people are called, and when a call that reached nobody is made again: so long after it, \"2bd\" (business days), \"3d\", \"1w\",\n\
     or \"never\". Tries are counted since the contact, or the number, was reached.";

/// Its settings.
pub(super) const OF_CALLS: [Setting; 4] = [
    Setting {
        name: "hours",
        about: "When people are called, by the clock where their number belongs: power mode leaves other calls for last.",
        read: |settings, raw| {
            settings.call_hours = CallHours::parse(&text(raw)?).map_err(|e| e.to_string())?;
            Ok(())
        },
        write: |settings| Some(quoted(&settings.call_hours.to_string())),
        example: "",
    },
    Setting {
        name: "no_answer",
        about: "After no answer.",
        read: |settings, raw| again(&mut settings.calls.no_answer, raw),
        write: |settings| Some(spell_again(settings.calls.no_answer.as_ref())),
        example: "",
    },
    Setting {
        name: "left_voicemail",
        about: "After a message was left.",
        read: |settings, raw| again(&mut settings.calls.left_voicemail, raw),
        write: |settings| Some(spell_again(settings.calls.left_voicemail.as_ref())),
        example: "",
    },
    Setting {
        name: "tries",
        about: "So many tries at most: after the last one no call is made by itself.",
        read: tries,
        write: |settings| Some(settings.calls.tries.to_string()),
        example: "",
    },
];

const NEVER: &str = "never";

fn again(held: &mut Option<Delay>, raw: Raw) -> Result<(), String> {
    let text = text(raw)?;
    if text.trim().eq_ignore_ascii_case(NEVER) {
        *held = None;
        return Ok(());
    }
    let delay = Delay::read(&text);
    *held = Some(delay.ok_or_else(|| format!("{text:?} is no time; write \"2bd\", \"3d\", \"1w\" or \"never\""))?);
    Ok(())
}

fn spell_again(delay: Option<&Delay>) -> String {
    quoted(delay.map_or(NEVER, Delay::as_str))
}

fn tries(settings: &mut Settings, raw: Raw) -> Result<(), String> {
    let number = if let Raw::Number(number) = raw { u16::try_from(number).ok() } else { None };
    let most = Rules::MOST_TRIES;
    let tries = number.filter(|tries| (1..=most).contains(tries));
    settings.calls.tries = tries.ok_or_else(|| format!("{} is no number of tries; write 1 to {most}", raw.words()))?;
    Ok(())
}
