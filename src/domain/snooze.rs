//! The snooze menu: what can be chosen, and what it makes of a task's date.
//!
//! Source: ux.md section 4. A date-only task stays so on the choices of a day and gets a
//! time on those of hours; a timed one gets 09:00 on the choices of a day.

use chrono::{DurationRound, Months, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::date::TaskDate;
use super::view::Today;
use super::when::{calendar, clock};
use super::wording;

/// A line of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// In an hour.
    Hour,
    /// Later today: in three hours.
    Later,
    /// Tonight at 18:00.
    Tonight,
    /// Tomorrow.
    Tomorrow,
    /// The next business day.
    BusinessDay,
    /// The next Monday.
    Monday,
    /// In a month.
    Month,
    /// Back to now.
    Now,
}

/// A choice with its result for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The choice.
    pub choice: Choice,
    /// The date that it leads to.
    pub date: TaskDate,
    /// That date in words: `Wed 26 Nov 09:00, goes to Future`.
    pub result: String,
}

impl Choice {
    /// All of them, in the menu's order.
    pub const ALL: [Choice; 8] = [
        Choice::Hour,
        Choice::Later,
        Choice::Tonight,
        Choice::Tomorrow,
        Choice::BusinessDay,
        Choice::Monday,
        Choice::Month,
        Choice::Now,
    ];

    /// Its key.
    pub fn key(self) -> char {
        match self {
            Choice::Hour => '1',
            Choice::Later => '2',
            Choice::Tonight => 'n',
            Choice::Tomorrow => 't',
            Choice::BusinessDay => 'b',
            Choice::Monday => 'w',
            Choice::Month => 'm',
            Choice::Now => 'r',
        }
    }

    /// The choice of a key.
    pub fn from_key(key: char) -> Option<Choice> {
        Choice::ALL.into_iter().find(|choice| choice.key() == key)
    }

    /// Its words.
    pub fn label(self) -> &'static str {
        match self {
            Choice::Hour => "in 1 hour",
            Choice::Later => "later today",
            Choice::Tonight => "tonight",
            Choice::Tomorrow => "tomorrow",
            Choice::BusinessDay => "next business day",
            Choice::Monday => "next Monday",
            Choice::Month => "in a month",
            Choice::Now => "back to now",
        }
    }

    /// The date that it makes of a task's date.
    pub fn date(self, current: Option<TaskDate>, today: &Today) -> TaskDate {
        let now = today.now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(today.now);
        let later = |hours| TaskDate::At(now.checked_add_signed(TimeDelta::hours(hours)).unwrap_or(now));
        let day = match self {
            Choice::Hour => return later(1),
            Choice::Later => return later(3),
            Choice::Tonight => return TaskDate::At(clock::moment(today.day, hour(18), &today.zone).0),
            Choice::Now => {
                return match current {
                    Some(TaskDate::At(_)) => TaskDate::At(now),
                    Some(TaskDate::Day(_)) | None => TaskDate::Day(today.day),
                };
            }
            Choice::Tomorrow => today.day.succ_opt(),
            Choice::BusinessDay => calendar::business_days_after(today.day, 1),
            Choice::Monday => calendar::next_weekday(today.day, Weekday::Mon),
            Choice::Month => today.day.checked_add_months(Months::new(1)),
        };
        in_the_morning(day.unwrap_or(NaiveDate::MAX), current, today)
    }
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
}

fn in_the_morning(day: NaiveDate, current: Option<TaskDate>, today: &Today) -> TaskDate {
    match current {
        Some(TaskDate::At(_)) => TaskDate::At(clock::moment(day, hour(9), &today.zone).0),
        Some(TaskDate::Day(_)) | None => TaskDate::Day(day),
    }
}

/// The menu for a task with this date, the last choice first. What is past, or the same
/// as a line above, is left out.
pub fn lines(current: Option<TaskDate>, today: &Today, last: Option<Choice>) -> Vec<Line> {
    let order = last.into_iter().chain(Choice::ALL.into_iter().filter(|choice| Some(*choice) != last));
    let mut lines: Vec<Line> = Vec::new();
    for choice in order {
        let date = choice.date(current, today);
        let is_past = choice != Choice::Now && matches!(date, TaskDate::At(at) if at <= today.now);
        if is_past || lines.iter().any(|line| line.date == date) {
            continue;
        }
        let future = if today.is_future(Some(date)) { ", goes to Future" } else { "" };
        lines.push(Line { choice, date, result: format!("{}{future}", wording::typed_date(date, today)) });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::Zone;
    use proptest::prelude::*;

    fn today(now: &str) -> Today {
        Today::new(now.parse().expect("a moment"), Zone::parse("America/New_York").expect("a zone"))
    }

    fn menu(date: &str, now: &str) -> Vec<String> {
        let date = TaskDate::parse(date).expect("a date");
        let lines = lines(Some(date), &today(now), None);
        lines.iter().map(|line| format!("{} {}", line.choice.key(), line.result)).collect()
    }

    #[test]
    fn a_date_only_task_stays_so_on_days_and_gets_a_time_on_hours() {
        // Tuesday 24 November 2026, 14:07.
        assert_eq!(
            menu("2026-11-24", "2026-11-24T19:07:31Z"),
            [
                "1 Tue 24 Nov 15:07",
                "2 Tue 24 Nov 17:07",
                "n Tue 24 Nov 18:00",
                "t Wed 25 Nov, goes to Future",
                "w Mon 30 Nov, goes to Future",
                "m Thu 24 Dec, goes to Future",
                "r Tue 24 Nov",
            ]
        );
    }

    #[test]
    fn a_timed_task_gets_nine_in_the_morning_and_what_is_past_is_left_out() {
        // Friday 27 November 2026, 18:30: tonight is past, the next business day is Monday.
        assert_eq!(
            menu("2026-11-20T15:00:00Z", "2026-11-27T23:30:00Z"),
            [
                "1 Fri 27 Nov 19:30",
                "2 Fri 27 Nov 21:30",
                "t Sat 28 Nov 09:00, goes to Future",
                "b Mon 30 Nov 09:00, goes to Future",
                "m Sun 27 Dec 09:00, goes to Future",
                "r Fri 27 Nov 18:30",
            ]
        );
    }

    #[test]
    fn the_last_choice_comes_first() {
        let lines = lines(None, &today("2026-11-24T19:07:00Z"), Some(Choice::Monday));
        assert_eq!(lines[0].choice, Choice::Monday);
        assert_eq!(lines.iter().filter(|line| line.choice == Choice::Monday).count(), 1);
    }

    proptest! {
        #[test]
        fn no_line_is_past_or_a_double(minutes in 0..600_000_i64, timed: bool, last in 0..8_usize) {
            let now = "2026-01-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().expect("a moment") + TimeDelta::minutes(minutes);
            let today = Today::new(now, Zone::parse("America/New_York").expect("a zone"));
            let date = if timed { TaskDate::At(now) } else { TaskDate::Day(today.day) };
            let lines = lines(Some(date), &today, Some(Choice::ALL[last]));
            for (i, line) in lines.iter().enumerate() {
                prop_assert!(today.day_of(line.date) >= today.day);
                prop_assert!(lines[..i].iter().all(|other| other.date != line.date));
                prop_assert_eq!(line.result.contains("goes to Future"), today.is_future(Some(line.date)));
            }
            prop_assert!(lines.len() >= 4);
        }
    }
}
