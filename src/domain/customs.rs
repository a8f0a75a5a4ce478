//! How a person reads calendars and clocks: settings that change words, never data.

use chrono::{NaiveTime, Timelike, Weekday};

/// A person's customs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Customs {
    /// The day on which weeks begin.
    pub week_starts: Weekday,
    /// How hours are counted.
    pub hours: Hours,
}

/// How hours are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hours {
    /// `16:30`
    #[default]
    Of24,
    /// `4:30pm`
    Of12,
}

impl Default for Customs {
    fn default() -> Customs {
        Customs { week_starts: Weekday::Mon, hours: Hours::default() }
    }
}

impl Customs {
    /// A time of day as this person reads it: `16:30`, `4:30pm`.
    pub fn time(&self, time: NaiveTime) -> String {
        match self.hours {
            Hours::Of24 => time.format("%H:%M").to_string(),
            Hours::Of12 => {
                let (is_afternoon, hour) = time.hour12();
                format!("{hour}:{:02}{}", time.minute(), if is_afternoon { "pm" } else { "am" })
            }
        }
    }

    /// How many days of the week are left behind `day`: 0 on its last day.
    pub fn days_left(&self, day: Weekday) -> u32 {
        6 - day.days_since(self.week_starts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_and_noon_are_twelve_where_hours_are_counted_to_twelve() {
        let customs = Customs { hours: Hours::Of12, ..Customs::default() };
        let said = |hour, minute| customs.time(NaiveTime::from_hms_opt(hour, minute, 0).expect("a time"));
        assert_eq!([said(0, 5), said(9, 0), said(12, 0), said(16, 30)], ["12:05am", "9:00am", "12:00pm", "4:30pm"]);
    }

    #[test]
    fn a_week_ends_before_the_day_on_which_it_begins() {
        assert_eq!(Customs::default().days_left(Weekday::Sun), 0);
        let sunday = Customs { week_starts: Weekday::Sun, ..Customs::default() };
        assert_eq!((sunday.days_left(Weekday::Sat), sunday.days_left(Weekday::Sun)), (0, 6));
    }
}
