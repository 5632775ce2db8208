//! Unix milliseconds as Salesforce writes them, and days as people do.

/// The moment as Salesforce writes it: `2026-01-15T10:02:11.000Z`.
pub(crate) fn stamp(unix_ms: u64) -> String {
    let (days, rest) = (unix_ms / 86_400_000, unix_ms % 86_400_000);
    let (year, month, day) = date(days);
    let (seconds, ms) = (rest / 1000, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{ms:03}Z", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Whether the text is a day that exists, `YYYY-MM-DD`, alone or before a time.
pub(crate) fn is_day(text: &str) -> bool {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let mut parts = day.split('-').map(|part| (part.len(), part.parse::<u64>()));
    let (Some((4, Ok(year))), Some((2, Ok(month))), Some((2, Ok(day))), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=last).contains(&day) && time.bytes().all(|byte| byte.is_ascii_digit() || b":.+-Z".contains(&byte))
}

/// The beginning of a day `YYYY-MM-DD`, in Unix milliseconds; none if there is no such day.
pub(crate) fn day(text: &str) -> Option<u64> {
    if !is_day(text) {
        return None;
    }
    let wanted = text.get(..10)?;
    let year: u64 = wanted.get(..4)?.parse().ok()?;
    // Looked for among the days of its year: the simulator has time.
    let begin = year.checked_sub(1970)? * 365;
    (begin..begin + 500).map(|days| days * 86_400_000).find(|moment| stamp(*moment).starts_with(wanted))
}

/// Year, month and day of a count of days since 1970, by counting years and months: the simulator has time.
fn date(mut days: u64) -> (u64, u64, u64) {
    let mut year = 1970;
    loop {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = if leap { 366 } else { 365 };
        if days < length {
            let february = if leap { 29 } else { 28 };
            let mut month = 1;
            for in_month in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
                if days < in_month {
                    break;
                }
                days -= in_month;
                month += 1;
            }
            return (year, month, days + 1);
        }
        days -= length;
        year += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_salesforce_writes_them() {
        assert_eq!(stamp(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(stamp(1_768_471_331_000), "2026-01-15T10:02:11.000Z");
        assert_eq!(stamp(1_709_251_199_999), "2024-02-29T23:59:59.999Z");
    }

    #[test]
    fn a_day_begins_at_midnight() {
        assert_eq!(
            ["1970-01-01", "2026-01-15", "2024-02-29", "2099-12-31"].map(day),
            [Some(0), Some(1_768_435_200_000), Some(1_709_164_800_000), Some(4_102_358_400_000)]
        );
        assert_eq!(day("2026-02-29"), None);
    }

    #[test]
    fn only_days_that_exist_are_days() {
        for day in ["2026-01-15", "2024-02-29", "2026-01-15T10:02:11.000Z", "2026-01-15T10:02:11+01:00"] {
            assert!(is_day(day), "{day}");
        }
        for text in ["2026-02-29", "2026-13-01", "2026-1-5", "15.01.2026", "2026-01-15 10:02", "today", ""] {
            assert!(!is_day(text), "{text}");
        }
    }
}
