//! What was done in a span of days, and how fast: figures from completed tasks.
//!
//! A task counts on the day of its completion in the zone shown. Where the wire told no
//! time of completion, that of the last update stands in for it: good enough for a day,
//! not for an hour, nor for how long it took.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc, Weekday};

use super::date::TaskDate;
use super::kind::TaskType;
use super::task::{Completion, Party, RepId};
use super::view::Today;
use super::zone::Zone;

/// Days, each with the moment at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    first: NaiveDate,
    /// One more than there are days: the last is the end.
    starts: Vec<DateTime<Utc>>,
}

/// So many days make a span at most: what is older is a matter of exports.
const MOST_DAYS: usize = 3660;

impl Span {
    /// The days from `first` to today, ten years of them at most.
    pub fn until_today(first: NaiveDate, today: &Today) -> Span {
        let most = Days::new(MOST_DAYS as u64 - 1);
        let oldest = today.day.checked_sub_days(most).unwrap_or(NaiveDate::MIN);
        let first = first.clamp(oldest, today.day);
        let days = first.iter_days().take_while(|day| *day <= today.day);
        let starts = days.map(|day| today.zone.start_of_day(day)).chain([today.ends]).collect();
        Span { first, starts }
    }

    /// The span that stats have where none is asked for: the same day a year ago, and what
    /// followed.
    pub fn year(today: &Today) -> Span {
        let first = today.day.checked_sub_months(chrono::Months::new(12)).unwrap_or(NaiveDate::MIN);
        Span::until_today(first, today)
    }

    /// Its first day.
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// Its first moment, in UTC.
    pub fn begins(&self) -> DateTime<Utc> {
        self.starts[0]
    }

    /// The first moment behind it, in UTC.
    pub fn ends(&self) -> DateTime<Utc> {
        self.starts[self.starts.len() - 1]
    }

    /// The place of the day that a moment of the span belongs to; first it is looked for
    /// where the one before was.
    fn place(&self, at: DateTime<Utc>, before: usize) -> usize {
        if self.starts[before] <= at && at < self.starts[before + 1] {
            return before;
        }
        self.starts.partition_point(|start| *start <= at).clamp(1, self.starts.len() - 1) - 1
    }
}

/// A completed task that was looked at for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When it was completed.
    pub done: Completion,
    /// Its date.
    pub date: Option<TaskDate>,
    /// `date_created`.
    pub created: Option<DateTime<Utc>>,
    /// Its type, unless this version does not know it.
    pub task_type: Option<TaskType>,
}

impl Seen {
    /// How long it could have been done before it was; done early is done at once. `None`
    /// where the time of completion is only about, or it had no date.
    ///
    /// Calls and messages wait from the event on, which a snooze does not move.
    pub fn took(&self, zone: &Zone) -> Option<TimeDelta> {
        if self.done.about {
            return None;
        }
        let dated = match self.date? {
            TaskDate::At(at) => at,
            TaskDate::Day(day) => zone.start_of_day(day),
        };
        let is_inbound = self.task_type.is_some_and(TaskType::is_inbound);
        let since = match (is_inbound, self.created) {
            (true, Some(created)) => dated.min(created),
            (true, None) | (false, _) => dated,
        };
        Some((self.done.at - since).max(TimeDelta::zero()))
    }

    fn was_open(&self, at: DateTime<Utc>) -> bool {
        self.done.at > at && self.created.is_none_or(|created| created <= at)
    }
}

/// From actionable to done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Took {
    /// Of how many tasks.
    pub tasks: u64,
    /// Half of them took so long at most.
    pub median: TimeDelta,
    /// Nine of ten took so long at most.
    pub p90: TimeDelta,
}

impl Took {
    fn of(mut lengths: Vec<TimeDelta>) -> Option<Took> {
        lengths.sort_unstable();
        let at = |percent: usize| lengths.get((lengths.len() * percent).div_ceil(100).checked_sub(1)?).copied();
        Some(Took { tasks: lengths.len() as u64, median: at(50)?, p90: at(90)? })
    }
}

/// Figures of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Each day with how many tasks were done on it, the oldest first.
    pub days: Vec<(NaiveDate, u64)>,
    /// How many days in a row something was done, whoever did it, before the span too.
    pub streak: u64,
    /// By type, as on the wire: the nine in the sidebar's order, then others by name. Those
    /// with none are left out.
    pub types: Vec<(String, u64)>,
    /// By the rep who has the task, the busiest first. Tasks of nobody have a party
    /// without an id.
    pub reps: Vec<(Party<RepId>, u64)>,
    /// How many were looked at for themselves: all, or the last ones of very many.
    pub seen: u64,
    /// How many of those have only the time of their last update.
    pub about: u64,
    /// How many of those whose time is known were done in each hour of the day.
    pub hours: [u64; 24],
    /// From actionable to done, where it is known of any.
    pub took: Option<Took>,
    /// How many tasks were open at the end of a day, one a week, as far back as the tasks
    /// seen tell; the last is now.
    pub backlog: Vec<(NaiveDate, u64)>,
}

/// The backlog goes back so many weeks.
const WEEKS: u64 = 12;

impl Stats {
    /// How many were done.
    pub fn done(&self) -> u64 {
        self.days.iter().map(|(_, count)| count).sum()
    }

    /// How many were done on the last day.
    pub fn today(&self) -> u64 {
        self.days.last().map_or(0, |(_, count)| *count)
    }
}

/// How many days in a row something was done. Today counts once something is, and a weekend
/// without work does not end it.
#[derive(Debug, Default)]
pub struct Streak {
    days: u64,
    /// How many days were looked at.
    looked: usize,
    is_over: bool,
}

impl Streak {
    /// Takes in the day before the one that came last, or today.
    pub fn take(&mut self, day: NaiveDate, was_done: bool) {
        let may_rest = self.looked == 0 || matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.looked += 1;
        if !self.is_over {
            self.days += u64::from(was_done);
            self.is_over = !was_done && !may_rest;
        }
    }

    /// Whether no earlier day counts, or so early that nobody asks.
    pub fn is_over(&self) -> bool {
        self.is_over || self.looked >= MOST_DAYS
    }

    /// How many days it has.
    pub fn days(&self) -> u64 {
        self.days
    }
}

/// Counts completions of a span.
#[derive(Debug)]
pub struct Counting<'s> {
    span: &'s Span,
    zone: Zone,
    days: Vec<u64>,
    /// The place of the day that was counted last.
    place: usize,
    seen: Vec<Seen>,
}

impl<'s> Counting<'s> {
    /// None yet.
    pub fn new(span: &'s Span, zone: Zone) -> Counting<'s> {
        Counting { span, zone, days: vec![0; span.starts.len() - 1], place: 0, seen: Vec::new() }
    }

    /// A task was done at a moment of the span.
    pub fn add(&mut self, at: DateTime<Utc>) {
        self.place = self.span.place(at, self.place);
        self.days[self.place] += 1;
    }

    /// The days in a row up to today, as far back as the span goes.
    pub fn streak(&self) -> Streak {
        let days: Vec<_> = self.span.first.iter_days().zip(&self.days).collect();
        let mut streak = Streak::default();
        days.into_iter().rev().for_each(|(day, done)| streak.take(day, *done > 0));
        streak
    }

    /// One that was added is looked at for itself.
    pub fn see(&mut self, seen: Seen) {
        self.seen.push(seen);
    }

    /// The figures. `known_since`: who was completed from then on was seen; `open`: when each
    /// open task was created; the streak also of days before the span.
    pub fn finish(
        self,
        streak: u64,
        known_since: DateTime<Utc>,
        open: &[Option<DateTime<Utc>>],
        types: Vec<(String, u64)>,
        reps: Vec<(Party<RepId>, u64)>,
    ) -> Stats {
        let mut hours = [0; 24];
        for seen in self.seen.iter().filter(|seen| !seen.done.about) {
            hours[self.zone.local(seen.done.at).hour() as usize % 24] += 1;
        }
        let backlog = self.backlog(known_since, open);
        let lengths = self.seen.iter().filter_map(|seen| seen.took(&self.zone)).collect();
        Stats {
            days: self.span.first.iter_days().zip(self.days).collect(),
            streak,
            types,
            reps,
            seen: self.seen.len() as u64,
            about: self.seen.iter().filter(|seen| seen.done.about).count() as u64,
            hours,
            took: Took::of(lengths),
            backlog,
        }
    }

    fn backlog(&self, known_since: DateTime<Utc>, open: &[Option<DateTime<Utc>>]) -> Vec<(NaiveDate, u64)> {
        let last = self.span.starts.len() - 1;
        let weeks = (0..WEEKS as usize).map_while(|week| last.checked_sub(week * 7)).filter(|place| *place > 0);
        let ends = weeks.map(|place| (place - 1, self.span.starts[place])).take_while(|(_, end)| *end >= known_since);
        let count = |end: DateTime<Utc>| {
            let still = open.iter().filter(|created| created.is_none_or(|created| created < end)).count();
            let since = self.seen.iter().filter(|seen| seen.was_open(end)).count();
            (still + since) as u64
        };
        let mut backlog: Vec<_> =
            ends.map(|(place, end)| (self.span.first + Days::new(place as u64), count(end))).collect();
        backlog.reverse();
        backlog
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streak(done: &[u64]) -> u64 {
        // The last is Monday, 12 January 2015.
        let last = NaiveDate::from_ymd_opt(2015, 1, 12).expect("a day");
        let mut streak = Streak::default();
        for (ago, done) in done.iter().rev().enumerate() {
            streak.take(last - Days::new(ago as u64), *done > 0);
        }
        streak.days()
    }

    #[test]
    fn a_streak_outlives_today_so_far_and_a_weekend_and_no_other_day() {
        // Thursday, Friday, Saturday, Sunday, Monday.
        assert_eq!(streak(&[1, 2, 0, 0, 3]), 3);
        assert_eq!(streak(&[1, 2, 0, 0, 0]), 2);
        assert_eq!(streak(&[1, 0, 0, 0, 3]), 1);
        assert_eq!(streak(&[0, 1, 1, 0, 1]), 3);
        assert_eq!(streak(&[0, 0, 0, 0, 0]), 0);
    }

    #[test]
    fn half_and_nine_of_ten_took_so_long_at_most() {
        let took = |minutes: &[i64]| Took::of(minutes.iter().map(|m| TimeDelta::minutes(*m)).collect());
        let figures = |took: Took| (took.tasks, took.median.num_minutes(), took.p90.num_minutes());
        assert_eq!(took(&[]), None);
        assert_eq!(took(&[7]).map(figures), Some((1, 7, 7)));
        assert_eq!(took(&[4, 1, 3, 2]).map(figures), Some((4, 2, 4)));
        assert_eq!(took(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).map(figures), Some((10, 5, 9)));
    }

    #[test]
    fn a_call_waits_from_its_event_on_however_often_it_was_snoozed() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        let seen = |task_type, about| Seen {
            done: Completion { at: at("2015-01-12T12:00:00Z"), about },
            date: Some(TaskDate::At(at("2015-01-12T09:00:00Z"))),
            created: Some(at("2015-01-10T12:00:00Z")),
            task_type: Some(task_type),
        };
        let hours = |seen: Seen| seen.took(&Zone::UTC).map(|took| took.num_hours());
        assert_eq!(hours(seen(TaskType::MissedCall, false)), Some(48));
        assert_eq!(hours(seen(TaskType::Lead, false)), Some(3));
        assert_eq!(hours(seen(TaskType::Lead, true)), None, "of no known time");
        let early = Seen { date: TaskDate::parse("2015-02-01").ok(), ..seen(TaskType::Lead, false) };
        assert_eq!(hours(early), Some(0));
    }
}
