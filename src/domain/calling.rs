//! When people are called: at the hours that suit them where they are.

use chrono::{DateTime, NaiveTime, Utc};

use super::kind::Body;
use super::number::PhoneNumber;
use super::place::Region;
use super::task::Task;
use super::view::Today;

/// From when to when people are called, by their own clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallHours {
    from: NaiveTime,
    to: NaiveTime,
}

/// Why a call waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When it suits, in UTC; `None`: nobody knows.
    pub until: Option<DateTime<Utc>>,
    /// The reason, raw: `it is outside of 08:00 to 21:00 there`.
    pub why: String,
}

impl Wait {
    /// What comes first among calls that wait: who is awake sooner.
    pub fn rank(&self) -> (bool, Option<DateTime<Utc>>) {
        (self.until.is_none(), self.until)
    }
}

/// A text that names no hours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} are no hours; write from and to within a day: \"08:00-21:00\"")]
pub struct CallHoursError(String);

impl Default for CallHours {
    fn default() -> CallHours {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        CallHours { from: hour(8), to: hour(21) }
    }
}

impl std::fmt::Display for CallHours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}

impl CallHours {
    /// Reads `08:00-21:00`.
    ///
    /// # Errors
    /// When a time cannot be read, or the first is not before the second.
    pub fn parse(text: &str) -> Result<CallHours, CallHoursError> {
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        let hours = text.split_once('-').and_then(|(from, to)| Some(CallHours { from: time(from)?, to: time(to)? }));
        hours.filter(|hours| hours.from < hours.to).ok_or_else(|| CallHoursError(text.to_owned()))
    }

    /// Whether a call should wait, and why: nobody can be called, or not at this hour. `None`:
    /// it need not, or the task is no call. Where the time is unknown, or suits in one of
    /// several zones, it need not. Where the task has no number, that of another task of its
    /// contact is dialled, if one is known.
    pub fn wait(&self, task: &Task, borrowed: Option<&PhoneNumber>, today: &Today) -> Option<Wait> {
        let call = task.body.call().filter(|_| !matches!(task.body, Body::IncomingSms { .. }))?;
        let Some(number) = PhoneNumber::of(call).or_else(|| borrowed.cloned()) else {
            let why = if call.number().is_some() { "its number cannot be dialled" } else { "it has no number" };
            return Some(Wait { until: None, why: why.to_owned() });
        };
        let region = Region::of_number(number.dialled())?;
        if region.times(today.now).any(|time| (self.from..self.to).contains(&time)) {
            return None;
        }
        let hours = [self.from, self.to].map(|time| today.customs.time(time)).join(" to ");
        let why = format!("it is outside of {hours} there");
        Some(Wait { until: region.next(self.from, today), why })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Record;
    use crate::domain::zone::Zone;

    fn why_of(hours: &str, json: &str, borrowed: Option<&str>) -> Option<String> {
        let record: Record<'static> = serde_json::from_str(json).expect("JSON");
        let now = "2026-11-24T14:30:00Z".parse().expect("a moment");
        let today = Today::new(now, Zone::parse("America/New_York").expect("a zone"));
        let task = Task::read(&record).expect("a task");
        let borrowed = borrowed.and_then(PhoneNumber::read);
        CallHours::parse(hours).expect("hours").wait(&task, borrowed.as_ref(), &today).map(|wait| wait.why)
    }

    fn why(hours: &str, json: &str) -> Option<String> {
        why_of(hours, json, None)
    }

    fn call(number: &str) -> String {
        format!(r#"{{"id":"t","_type":"missed_call","phone":"{number}"}}"#)
    }

    #[test]
    fn a_call_waits_while_it_is_out_of_hours_where_the_number_belongs() {
        // 09:30 in New York is 06:30 in Los Angeles.
        let said = "it is outside of 08:00 to 21:00 there";
        assert_eq!(why("08:00-21:00", &call("+14155550100")).as_deref(), Some(said));
        assert_eq!(why("06:30-21:00", &call("+14155550100")), None);
        assert_eq!(why("08:00-09:30", &call("+12125550119")).as_deref(), Some("it is outside of 08:00 to 09:30 there"));
        assert_eq!(why("08:00-21:00", &call("+12125550119")), None);
        assert_eq!(why("08:00-21:00", &call("*#06#")).as_deref(), Some("its number cannot be dialled"));
        assert_eq!(why("08:00-21:00", &call("")).as_deref(), Some("it has no number"));
        let of_contact = |number| why_of("08:00-21:00", &call(""), Some(number));
        assert_eq!(of_contact("+14155550100").as_deref(), Some(said), "the number that would be dialled");
        assert_eq!(of_contact("+12125550119"), None);
        // Unknown, several, and what is no call.
        for json in [call("2125550119"), call("+18005550100"), r#"{"id":"t","_type":"lead"}"#.to_owned()] {
            assert_eq!(why("08:00-21:00", &json), None, "{json}");
        }
    }

    #[test]
    fn hours_are_read_as_they_are_written() {
        assert_eq!(CallHours::default().to_string(), "08:00-21:00");
        assert_eq!(CallHours::parse("08:00-21:00"), Ok(CallHours::default()));
        for text in ["", "8", "21:00-08:00", "08:00-08:00", "8-21", "08:00-24:00"] {
            assert_eq!(CallHours::parse(text), Err(CallHoursError(text.to_owned())));
        }
    }
}
