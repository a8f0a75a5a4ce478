//! The only reader of the wall clock, and of the machine's zone. `--now` fixes the clock.

use chrono::{DateTime, Utc};

use crate::domain::zone::{Zone, ZoneError};

/// Where "now" comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A moment at which time stands still, in UTC.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// Now, in UTC.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Clock::System => Utc::now(),
            Clock::Fixed(at) => *at,
        }
    }
}

/// The zone that the machine is in: the variable `TZ`, else the system's setting, else UTC.
pub fn system_zone() -> Zone {
    std::env::var("TZ")
        .ok()
        .and_then(|text| zone_of_variable(&text))
        .or_else(|| Zone::parse(&iana_time_zone::get_timezone().ok()?).ok())
        .unwrap_or(Zone::UTC)
}

/// A zone as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneChoice {
    /// The machine's, wherever that goes.
    Local,
    /// This one.
    Zone(Zone),
}

impl ZoneChoice {
    /// The zone that was chosen; `None`: wherever the machine is.
    pub fn chosen(self) -> Option<Zone> {
        match self {
            ZoneChoice::Local => None,
            ZoneChoice::Zone(zone) => Some(zone),
        }
    }
}

/// Reads a zone as people name it: `local` for the machine's, else as [`Zone::parse`].
///
/// # Errors
/// As [`Zone::parse`].
pub fn zone_named(text: &str) -> Result<ZoneChoice, ZoneError> {
    match text.trim().eq_ignore_ascii_case("local") {
        true => Ok(ZoneChoice::Local),
        false => Zone::parse(text).map(ZoneChoice::Zone),
    }
}

/// Reads what POSIX allows in `TZ` as far as it names a place: `:Europe/Riga`,
/// `/usr/share/zoneinfo/Europe/Riga`; empty is UTC. Rules such as `EST5EDT4,M3.2.0` are not read.
fn zone_of_variable(text: &str) -> Option<Zone> {
    let name = text.strip_prefix(':').unwrap_or(text);
    let name = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
    match name.chars().next() {
        None => Some(Zone::UTC),
        // `TZ=-8` is no offset: POSIX wants a name, and counts west.
        Some(first) if first.is_ascii_alphabetic() => Zone::parse(name).ok(),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_tz_names_a_place_as_other_programs_write_it() {
        let name = |text| zone_of_variable(text).map(|zone| zone.name());
        for text in ["Europe/Riga", ":Europe/Riga", "/usr/share/zoneinfo/Europe/Riga", "europe/riga"] {
            assert_eq!(name(text).as_deref(), Some("Europe/Riga"), "{text}");
        }
        assert_eq!(name("").as_deref(), Some("UTC"));
        for text in ["-8", "EST5EDT4,M3.2.0", "<-03>3", "No/Place"] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
