//! Phone numbers: what is dialed, and what is searched.

mod dial;
mod parts;
mod plan;
mod search;

pub use dial::{DialReason, Dialable, dialable};
pub use search::{MOST_SPELLINGS, search_text};

/// What is dialed inside a country before a national number (empty: nothing) and before another country's code; none when the country is not
/// known here.
///
/// ```
/// assert_eq!(hookswitch_core::country_prefixes("DE"), Some(("0", "00")));
/// ```
#[must_use]
pub fn country_prefixes(country: &str) -> Option<(&'static str, &'static str)> {
    plan::Plan::of_country(country).map(|plan| (plan.trunk, plan.exit_code()))
}

/// The country code of a country's numbers, without `+`; none when the country is not known here.
#[cfg(feature = "redact")]
#[must_use]
pub fn calling_code(country: &str) -> Option<&'static str> {
    plan::Plan::of_country(country).map(|plan| plan.code)
}

/// The key a letter stands on (ITU-T E.161); any other character is its own.
#[cfg(feature = "redact")]
#[must_use]
pub const fn key(letter: char) -> char {
    parts::key(letter)
}
