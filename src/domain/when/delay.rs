//! An amount of days to come: `2bd`, `3 days`, `1w`.

use super::phrase;
use super::words::Unit;
use crate::domain::date::TaskDate;
use crate::domain::view::Today;

/// So long after a day, as it was written. Always at least a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delay(String);

/// Who plans further ahead names a date.
const MOST: i64 = 366;

impl Delay {
    /// Reads an amount of days, business days, weeks, months or years; hours are none, for
    /// what is planned with it has no time of day.
    pub fn read(text: &str) -> Option<Delay> {
        let lower = text.trim().to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let (amount, unit) = phrase::amount(&words)?;
        let is_of_days = !matches!(unit, Unit::Minutes | Unit::Hours);
        (is_of_days && (1..=MOST).contains(&amount)).then_some(Delay(lower))
    }

    /// The day so long after today, without a time; `None` beyond the year 9999.
    pub fn ends(&self, today: &Today) -> Option<TaskDate> {
        phrase::parse(&self.0, today).ok().map(|when| when.date)
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::Zone;

    #[test]
    fn a_delay_is_an_amount_of_days_to_come_and_leads_past_weekends_by_business_days() {
        // A Thursday.
        let today = Today::new("2026-11-26T19:07:00Z".parse().expect("a moment"), Zone::UTC);
        let ends = |text| Delay::read(text).and_then(|delay| delay.ends(&today)).map(TaskDate::to_wire);
        for (text, day) in
            [("2bd", "2026-11-30"), ("3 Days", "2026-11-29"), ("1w", "2026-12-03"), ("a month", "2026-12-26")]
        {
            assert_eq!(ends(text).as_deref(), Some(day), "{text}");
        }
        for text in ["", "fri", "2h", "0d", "-2d", "2d ago", "367d", "tomorrow", "2026-11-28", "2bd 9"] {
            assert_eq!(Delay::read(text), None, "{text}");
        }
    }
}
