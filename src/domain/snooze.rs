//! The snooze menu: what can be chosen, and what it makes of a task's date.
//!
//! Source: ux.md section 4. A date-only task stays so on the choices of a day and gets a
//! time on those of hours; a timed one gets 09:00 on the choices of a day.

use chrono::{DurationRound, Months, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::date::TaskDate;
use super::number::PhoneNumber;
use super::place::Region;
use super::task::Task;
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
    /// When it is 09:00 at the contact's place.
    There,
    /// Back to now.
    Now,
}

/// What of a task its choices depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its date.
    pub date: Option<TaskDate>,
    /// Where its number suggests that the contact is.
    pub region: Option<Region>,
}

impl Subject {
    /// Of a task.
    pub fn of(task: &Task) -> Subject {
        let number = task.body.call().and_then(PhoneNumber::of);
        Subject { date: task.actionable(), region: number.and_then(|number| Region::of_number(number.dialled())) }
    }
}

/// The date to which tasks are put off: a day for those that have one, a moment for those
/// that have a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    of_days: TaskDate,
    of_moments: TaskDate,
}

impl Until {
    /// The date of a task that had this one.
    pub fn date(&self, current: Option<TaskDate>) -> TaskDate {
        match current {
            Some(TaskDate::At(_)) => self.of_moments,
            Some(TaskDate::Day(_)) | None => self.of_days,
        }
    }
}

impl Until {
    /// A day that was picked: for tasks with a time, 09:00 on it.
    pub fn on(day: NaiveDate, today: &Today) -> Until {
        Until { of_days: TaskDate::Day(day), of_moments: in_the_morning(day, Some(TaskDate::At(today.now)), today) }
    }
}

impl From<TaskDate> for Until {
    fn from(date: TaskDate) -> Until {
        Until { of_days: date, of_moments: date }
    }
}

/// A choice with its result for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The choice.
    pub choice: Choice,
    /// Its words: `tomorrow`.
    pub label: String,
    /// The date that it leads to.
    pub date: TaskDate,
    /// Whether the task leaves the inbox.
    pub is_future: bool,
    /// That date in words: `Wed 26 Nov 09:00`.
    pub result: String,
}

impl Choice {
    /// All of them, in the menu's order.
    pub const ALL: [Choice; 9] = [
        Choice::Hour,
        Choice::Later,
        Choice::Tonight,
        Choice::Tomorrow,
        Choice::BusinessDay,
        Choice::Monday,
        Choice::Month,
        Choice::There,
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
            Choice::There => 'c',
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
            Choice::Later => "later today, +3 h",
            Choice::Tonight => "tonight",
            Choice::Tomorrow => "tomorrow",
            Choice::BusinessDay => "next business day",
            Choice::Monday => "next Monday",
            Choice::Month => "in a month",
            Choice::There => "09:00 at the contact's place",
            Choice::Now => "back to now",
        }
    }

    /// Its words where it leads to this date.
    fn label_of(self, date: TaskDate, subject: &Subject, today: &Today) -> String {
        match self {
            Choice::Later if today.day_of(date) != today.day => "in 3 hours".to_owned(),
            Choice::There => {
                let guess = subject.region.as_ref().and_then(|region| region.guess(today.now)).unwrap_or_default();
                format!("{} there ({guess})", today.customs.time(hour(9)))
            }
            _ => self.label().to_owned(),
        }
    }

    /// The date that it makes of a task's date; `None` where it says nothing of the task, or
    /// no task can have the date.
    pub fn date(self, subject: &Subject, today: &Today) -> Option<TaskDate> {
        self.reckoned(subject, today)?.within_years()
    }

    fn reckoned(self, subject: &Subject, today: &Today) -> Option<TaskDate> {
        let now = today.now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(today.now);
        let later = |hours| now.checked_add_signed(TimeDelta::hours(hours)).map(TaskDate::At);
        let day = match self {
            Choice::Hour => return later(1),
            Choice::Later => return later(3),
            Choice::Tonight => return Some(TaskDate::At(clock::moment(today.day, hour(18), &today.zone).0)),
            Choice::There => return subject.region.as_ref()?.next(hour(9), today).map(TaskDate::At),
            Choice::Now => {
                return Some(match subject.date {
                    Some(TaskDate::At(_)) => TaskDate::At(now),
                    Some(TaskDate::Day(_)) | None => TaskDate::Day(today.day),
                });
            }
            Choice::Tomorrow => today.day.succ_opt(),
            Choice::BusinessDay => calendar::business_days_after(today.day, 1),
            Choice::Monday => calendar::next_weekday(today.day, Weekday::Mon),
            Choice::Month => today.day.checked_add_months(Months::new(1)),
        };
        day.map(|day| in_the_morning(day, subject.date, today))
    }

    /// The dates that it makes of the dates of tasks; `subject` is the first of them.
    pub fn until(self, subject: &Subject, today: &Today) -> Option<Until> {
        let of = |date| self.date(&Subject { date: Some(date), ..subject.clone() }, today);
        Some(Until { of_days: of(TaskDate::Day(today.day))?, of_moments: of(TaskDate::At(today.now))? })
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

/// The menu for a task, the last choice first. What is past, or the same as a line above,
/// is left out.
pub fn lines(subject: &Subject, today: &Today, last: Option<Choice>) -> Vec<Line> {
    let order = last.into_iter().chain(Choice::ALL.into_iter().filter(|choice| Some(*choice) != last));
    let mut lines: Vec<Line> = Vec::new();
    for choice in order {
        let Some(date) = choice.until(subject, today).map(|until| until.date(subject.date)) else { continue };
        let is_past = choice != Choice::Now && matches!(date, TaskDate::At(at) if at <= today.now);
        if is_past || lines.iter().any(|line| line.date == date) {
            continue;
        }
        let label = choice.label_of(date, subject, today);
        let (is_future, result) = (today.is_future(Some(date)), wording::typed_date(date, today));
        lines.push(Line { choice, label, date, is_future, result });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Record;
    use crate::domain::zone::Zone;
    use proptest::prelude::*;

    fn today(now: &str) -> Today {
        Today::new(now.parse().expect("a moment"), Zone::parse("America/New_York").expect("a zone"))
    }

    fn menu(date: &str, now: &str) -> Vec<String> {
        let subject = Subject { date: Some(TaskDate::parse(date).expect("a date")), region: None };
        lines(&subject, &today(now), None).iter().map(told).collect()
    }

    fn told(line: &Line) -> String {
        let future = if line.is_future { ", goes to Future" } else { "" };
        format!("{} {}{future}", line.choice.key(), line.result)
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
        let lines = lines(&Subject::default(), &today("2026-11-24T19:07:00Z"), Some(Choice::Monday));
        assert_eq!(lines[0].choice, Choice::Monday);
        assert_eq!(lines.iter().filter(|line| line.choice == Choice::Monday).count(), 1);
    }

    #[test]
    fn what_would_be_dialled_tells_where_the_contact_is() {
        for ends in [r#""phone":"","phone_formatted":"+1 312-555-0188""#, r#""phone":"+13125550188""#] {
            let line = format!(r#"{{"id":"noti_1","_type":"missed_call",{ends}}}"#);
            let record: Record<'static> = serde_json::from_str(&line).expect("JSON");
            let task = Task::read(&record).expect("a task");
            assert_eq!(Subject::of(&task).region, Region::of_number("+13125550188"), "{ends}");
        }
    }

    #[test]
    fn nine_at_the_contacts_place_is_offered_where_the_number_suggests_one() {
        let labels = |number: &str| -> Vec<String> {
            let subject = Subject { date: None, region: Region::of_number(number) };
            let lines = lines(&subject, &today("2026-11-24T19:07:00Z"), None);
            lines.iter().filter(|l| l.choice == Choice::There).map(|l| format!("{}: {}", l.label, told(l))).collect()
        };
        assert_eq!(labels("+13125550188"), ["09:00 there (Chicago?): c Wed 25 Nov 10:00, goes to Future"]);
        assert_eq!(labels("+6491234567"), ["09:00 there (Auckland?): c Tue 24 Nov 15:00"]);
        // Toll-free: everywhere, so nowhere.
        assert_eq!(labels("+18005550100"), [] as [&str; 0]);
    }

    #[test]
    fn three_hours_later_are_called_today_only_when_they_are() {
        let label = |now: &str| lines(&Subject::default(), &today(now), None)[1].label.clone();
        assert_eq!(label("2026-11-24T19:07:00Z"), "later today, +3 h");
        assert_eq!(label("2026-11-25T03:07:00Z"), "in 3 hours");
    }

    #[test]
    fn of_several_tasks_each_stays_a_day_or_a_time() {
        let now = today("2026-11-24T19:07:00Z");
        let until = Choice::Tomorrow.until(&Subject::default(), &now).expect("a date");
        let wire = |current: &str| until.date(TaskDate::parse(current).ok()).to_wire();
        assert_eq!([wire("2026-11-20"), wire("none")], ["2026-11-25", "2026-11-25"]);
        assert_eq!(wire("2026-11-20T10:00:00Z"), "2026-11-25T14:00:00+00:00");
    }

    proptest! {
        #[test]
        fn no_line_is_past_or_a_double(minutes in 0..600_000_i64, timed: bool, last in 0..9_usize) {
            let now = "2026-01-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().expect("a moment") + TimeDelta::minutes(minutes);
            let today = Today::new(now, Zone::parse("America/New_York").expect("a zone"));
            let date = if timed { TaskDate::At(now) } else { TaskDate::Day(today.day) };
            let subject = Subject { date: Some(date), region: Region::of_number("+13125550188") };
            let lines = lines(&subject, &today, Some(Choice::ALL[last]));
            for (i, line) in lines.iter().enumerate() {
                prop_assert!(today.day_of(line.date) >= today.day);
                prop_assert!(lines[..i].iter().all(|other| other.date != line.date));
                prop_assert_eq!(line.is_future, today.is_future(Some(line.date)));
            }
            prop_assert!(lines.len() >= 4);
        }
    }
}
