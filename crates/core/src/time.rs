//! What the host tells the core about time.

use serde::{Deserialize, Serialize};

/// One reading of the host's clocks. The core has none of its own.
///
/// Durations use `mono`; deadlines that must outlive a page are kept as `wall`; the calendar day of a log uses the offset.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Now {
    /// Milliseconds on a clock that never goes back; starts anywhere, and anew with each page, which needs a softphone of its own.
    pub mono: u64,
    /// Milliseconds since 1970-01-01T00:00:00Z; may jump.
    pub wall: u64,
    /// Minutes to add to UTC for the agent's local time, e.g. 60 in Berlin in winter.
    pub utc_offset: i32,
}

impl Now {
    /// The agent's calendar day as `YYYY-MM-DD`.
    #[must_use]
    pub fn local_date(self) -> String {
        let (year, month, day, _) = self.local_parts();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The agent's day and minute as `YYYY-MM-DD HH:MM`.
    #[must_use]
    pub fn local_minute(self) -> String {
        let minute_of_day = self.local_parts().3;
        format!("{} {:02}:{:02}", self.local_date(), minute_of_day / 60, minute_of_day % 60)
    }

    /// Year, month, day and minute of the day, by the proleptic Gregorian calendar.
    fn local_parts(self) -> (i64, i64, i64, i64) {
        let minutes = i64::try_from(self.wall / 60_000).unwrap_or(0) + i64::from(self.utc_offset);
        let days = minutes.div_euclid(1440);
        // Years are counted from 1 March of year 0, so that the leap day is the last of its year.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day, minutes.rem_euclid(1440))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(wall_seconds: u64, utc_offset: i32) -> Now {
        Now { mono: 0, wall: wall_seconds * 1000, utc_offset }
    }

    #[test]
    fn the_local_day_follows_the_offset() {
        // 2026-02-28T23:30:00Z
        assert_eq!(at(1_772_321_400, 0).local_minute(), "2026-02-28 23:30");
        assert_eq!(at(1_772_321_400, 60).local_minute(), "2026-03-01 00:30");
        assert_eq!(at(1_772_321_400, -1410).local_minute(), "2026-02-28 00:00");
    }

    #[test]
    fn leap_days_exist_when_they_should() {
        assert_eq!(at(1_709_164_800, 0).local_date(), "2024-02-29");
        assert_eq!(at(951_782_400, 0).local_date(), "2000-02-29");
        assert_eq!(at(0, 0).local_date(), "1970-01-01");
    }
}
