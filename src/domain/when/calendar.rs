//! Days by weeks, months and business days.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// The business day, Monday to Friday, that is so many of them after a day.
pub fn business_days_after(day: NaiveDate, count: u32) -> Option<NaiveDate> {
    let (weeks, rest) = (u64::from(count / 5), count % 5);
    let mut day = day.checked_add_days(Days::new(weeks * 7))?;
    // From a weekend the first step leads to Monday, and whole weeks begin on Friday.
    if rest == 0 && count > 0 {
        while is_weekend(day) {
            day = day.pred_opt()?;
        }
    }
    for _ in 0..rest {
        day = day.succ_opt()?;
        while is_weekend(day) {
            day = day.succ_opt()?;
        }
    }
    Some(day)
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The next such weekday after a day: 1 to 7 days later.
pub fn next_weekday(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let ahead = weekday.days_since(day.weekday());
    day.checked_add_days(Days::new(if ahead == 0 { 7 } else { ahead.into() }))
}

/// The weekday of the week after a day's, where weeks begin with `starts`.
pub fn weekday_of_next_week(day: NaiveDate, weekday: Weekday, starts: Weekday) -> Option<NaiveDate> {
    let next = day.checked_add_days(Days::new(u64::from(7 - day.weekday().days_since(starts))))?;
    next.checked_add_days(Days::new(weekday.days_since(starts).into()))
}

/// The last day of a day's month.
pub fn last_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The first day of the month after a day's.
pub fn first_of_next_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))
}

/// The next such day of the year, today or later; 29 February waits for a leap year.
pub fn next_day_of_year(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    // Eight years hold a leap year, also around 1900 and 2100.
    (0..=8).filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day)).find(|date| *date >= today)
}

/// The last such day of the year, today or earlier.
pub fn last_day_of_year(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    (0..=8).filter_map(|years| NaiveDate::from_ymd_opt(today.year() - years, month, day)).find(|date| *date <= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn business_days_leave_weekends_out() {
        let after = |from, count| business_days_after(day(from), count).expect("in range").to_string();
        // 27 November 2026 is a Friday.
        assert_eq!([after("2026-11-27", 1), after("2026-11-27", 2)], ["2026-11-30", "2026-12-01"]);
        assert_eq!([after("2026-11-28", 1), after("2026-11-29", 1)], ["2026-11-30", "2026-11-30"]);
        assert_eq!([after("2026-11-25", 5), after("2026-11-28", 5)], ["2026-12-02", "2026-12-04"]);
        for from in 22..29 {
            let from = NaiveDate::from_ymd_opt(2026, 11, from).expect("a day");
            let mut slow = from;
            for count in 1..30 {
                slow = business_days_after(slow, 1).expect("in range");
                assert_eq!(business_days_after(from, count), Some(slow), "{count} after {from}");
            }
        }
    }

    #[test]
    fn next_week_begins_where_the_setting_says() {
        let sunday = day("2026-11-29");
        let monday = |starts| weekday_of_next_week(sunday, Weekday::Mon, starts).expect("in range").to_string();
        assert_eq!([monday(Weekday::Mon), monday(Weekday::Sun)], ["2026-11-30", "2026-12-07"]);
    }
}
