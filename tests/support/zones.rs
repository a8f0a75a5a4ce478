//! Zones that differ in their day.

use chrono_tz::Tz;

/// While it is Monday noon in UTC, in one of them it is still Sunday, and in one already
/// Tuesday.
pub(crate) const ZONES: [(&str, Tz); 3] = [
    ("Pacific/Midway", chrono_tz::Pacific::Midway),
    ("Asia/Kolkata", chrono_tz::Asia::Kolkata),
    ("Pacific/Kiritimati", chrono_tz::Pacific::Kiritimati),
];
