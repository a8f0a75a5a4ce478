//! How long the archive keeps a task, and what a purge took, in words.

use chrono::TimeDelta;

use super::{DateStyle, Detail, dates, plural_label};
use crate::domain::kind::TaskType;
use crate::domain::retention::{KeepTimes, Unusual};
use crate::domain::task::StoredTask;
use crate::domain::view::Today;

/// Rows say how long a task has left from here on. Before, every archived call would say
/// the same, and nobody could do anything about it yet.
const SOON: TimeDelta = TimeDelta::days(14);

/// What an archived row says of its end, where it is near: `(removed in 12d)`. ASCII only.
pub fn removal(stored: &StoredTask, keep: &KeepTimes, today: &Today, style: DateStyle) -> Option<String> {
    let left = keep.removal(stored)? - today.now;
    (left <= SOON).then(|| match style {
        DateStyle::Wide => format!("(removed {})", ahead(left)),
        DateStyle::Short if left <= TimeDelta::zero() => "(soon)".to_owned(),
        DateStyle::Short => format!("({} left)", length(left)),
    })
}

/// A task's details with until when the archive keeps it.
pub fn with_keep_time(mut all: Vec<Detail>, stored: &StoredTask, today: &Today, keep: &KeepTimes) -> Vec<Detail> {
    if let Some(value) = kept(stored, keep, today) {
        let after = all.iter().position(|detail| detail.label == "Completed").map_or(all.len(), |at| at + 1);
        all.insert(after, Detail { label: "Kept".to_owned(), value, is_raw: false });
    }
    all
}

/// Until when the archive keeps a task that it does not keep for ever: `until Tue 06 Jan
/// 2026 11:00 UTC-5, removed in 22h`. ASCII only.
pub fn kept(stored: &StoredTask, keep: &KeepTimes, today: &Today) -> Option<String> {
    stored.completed?;
    if let Some(end) = keep.removal(stored) {
        return Some(format!("until {}, removed {}", dates::moment(end, today), ahead(end - today.now)));
    }
    let would_go = keep.going().any(|(task_type, _)| stored.task.body.task_type() == Some(task_type));
    (would_go && stored.local.is_pinned).then(|| "for ever, for it is pinned".to_owned())
}

/// As [`kept`] where there is little room: `Removed in 22h`, `Kept for ever`.
pub fn kept_in_short(stored: &StoredTask, keep: &KeepTimes, today: &Today) -> Option<String> {
    kept(stored, keep, today)?;
    let end = keep.removal(stored).map(|end| format!("Removed {}", ahead(end - today.now)));
    Some(end.unwrap_or_else(|| "Kept for ever".to_owned()))
}

/// `in 12d`, `in 5h`, `soon`
fn ahead(left: TimeDelta) -> String {
    if left <= TimeDelta::zero() { "soon".to_owned() } else { format!("in {}", length(left)) }
}

/// In days as long as it is days: weeks rounded down would hide the day that matters.
fn length(left: TimeDelta) -> String {
    match left.num_days() {
        days @ 1.. => format!("{days}d"),
        _ => dates::span(left),
    }
}

/// What a purge removed of a type: `Removed 8 archived missed calls older than 90d`.
pub fn removed_of_type(task_type: TaskType, count: u64, days: u16) -> String {
    format!("Removed {count} archived {} older than {days}d", counted(Some(task_type), count))
}

/// What a purge removed: as [`removed_of_type`], or `Removed 9 archived tasks past their
/// time: 8 missed calls, 1 voicemail`.
pub fn removed(types: &[(TaskType, u64, u16)]) -> String {
    match types {
        [(task_type, count, days)] => removed_of_type(*task_type, *count, *days),
        several => format!("Removed {} archived tasks past their time: {}", all(several), list(several)),
    }
}

/// `Remove 14 archived tasks past their time (8 missed calls, 6 voicemails)? The clock
/// stands before the last change. y/N`
pub fn purge_question(types: &[(TaskType, u64, u16)], why: Unusual) -> String {
    let count = all(types);
    let (tasks, their) = if count == 1 { ("task", "its") } else { ("tasks", "their") };
    let why = match why {
        Unusual::ClockBehind => "The clock stands before the last change.".to_owned(),
        Unusual::LongAway(days) => format!("The last look was {days}d ago, if the clock is right."),
        Unusual::Many(percent) => format!("That is {percent}% of the archive of such types."),
    };
    format!("Remove {count} archived {tasks} past {their} time ({})? {why} y/N", list(types))
}

fn all(types: &[(TaskType, u64, u16)]) -> u64 {
    types.iter().map(|(_, count, _)| count).sum()
}

fn list(types: &[(TaskType, u64, u16)]) -> String {
    let words = types.iter().map(|(task_type, count, _)| format!("{count} {}", counted(Some(*task_type), *count)));
    words.collect::<Vec<_>>().join(", ")
}

/// `missed calls`, or `missed call` of one.
pub(super) fn counted(task_type: Option<TaskType>, count: u64) -> String {
    if (task_type, count) == (None, 1) {
        return "task of another type".to_owned();
    }
    let plural = plural_label(task_type);
    match (count, plural.strip_suffix("ies"), plural.strip_suffix('s')) {
        (1, Some(stem), _) => format!("{stem}y"),
        (1, None, Some(one)) => one.to_owned(),
        _ => plural.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purge_says_how_many_of_which_type_and_why_it_asks() {
        let calls = (TaskType::MissedCall, 8, 90);
        assert_eq!(removed(&[calls]), "Removed 8 archived missed calls older than 90d");
        let both = [calls, (TaskType::OpportunityDue, 1, 7)];
        assert_eq!(removed(&both), "Removed 9 archived tasks past their time: 8 missed calls, 1 opportunity");
        assert_eq!(
            purge_question(&both, Unusual::LongAway(40)),
            "Remove 9 archived tasks past their time (8 missed calls, 1 opportunity)? \
             The last look was 40d ago, if the clock is right. y/N"
        );
        let one = [(TaskType::Voicemail, 1, 90)];
        assert!(
            purge_question(&one, Unusual::Many(30))
                .starts_with("Remove 1 archived task past its time (1 voicemail)? That is 30% of the archive")
        );
    }

    #[test]
    fn what_is_left_is_said_in_days_then_hours_then_soon() {
        let said = |left: TimeDelta| ahead(left);
        let hours = |n| TimeDelta::hours(n);
        assert_eq!([said(hours(13 * 24 + 5)), said(hours(5)), said(hours(-3))], ["in 13d", "in 5h", "soon"]);
    }
}
