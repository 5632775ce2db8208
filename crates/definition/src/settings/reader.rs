//! Reading single values out of flat settings: each either fits, or is replaced and reported.

use std::ops::RangeInclusive;

use super::text;
use crate::{Flat, Severity};

/// A setting that could not be used as it stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettingProblem {
    /// Its key in the flat settings, `/section/item`: stable, for programs.
    pub key: String,
    /// What Setup shows beside the value; the item's name when the settings carry no label.
    pub label: String,
    /// What is wrong and what to do, for an admin.
    pub message: String,
    /// What is used instead.
    pub used: String,
    /// An error means that there is no phone; a warning, that something works with a default.
    pub severity: Severity,
}

/// Reads one section after the other, and remembers what did not fit.
pub(super) struct Reader<'a> {
    flat: &'a Flat,
    section: &'static str,
    pub(super) problems: Vec<SettingProblem>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(flat: &'a Flat) -> Self {
        Self { flat, section: "", problems: Vec::new() }
    }

    /// Go on with another section.
    pub(super) const fn enter(&mut self, section: &'static str) {
        self.section = section;
    }

    pub(super) fn value(&self, item: &str) -> Option<&'a str> {
        self.flat.value(self.section, item)
    }

    /// Report a value. `wrong` completes the sentence "Label: …".
    pub(super) fn problem(&mut self, severity: Severity, item: &str, wrong: &str, used: &str) {
        let key = format!("/{}/{item}", self.section);
        let label = self.flat.entry(&format!("{key}/label")).unwrap_or(item).to_owned();
        // Our labels explain themselves after the colon; the name is before it.
        let name = label.split(':').next().unwrap_or_default();
        let message = format!("{name}: {wrong} {used}.");
        // No phone comes first: nothing else matters before it is mended.
        let at = if severity == Severity::Error { 0 } else { self.problems.len() };
        self.problems.insert(at, SettingProblem { key, label, message, used: used.into(), severity });
    }

    fn wrong(&mut self, item: &str, value: &str, must: &str, used: &str) {
        let shown: String = value.chars().take(60).collect();
        self.problem(Severity::Warning, item, &format!("the value is “{shown}”, but must be {must}. Used instead:"), used);
    }

    /// A number in a range. The names of defaults come last in every call below.
    pub(super) fn number(&mut self, item: &str, range: RangeInclusive<u32>, default: u32) -> u32 {
        let Some(value) = self.value(item) else { return default };
        if let Ok(number) = value.parse()
            && range.contains(&number)
        {
            return number;
        }
        self.wrong(item, value, &format!("a whole number from {} to {}", range.start(), range.end()), &default.to_string());
        default
    }

    /// The same for numbers of at most 255.
    pub(super) fn small(&mut self, item: &str, range: RangeInclusive<u8>, default: u8) -> u8 {
        let wide = u32::from(*range.start())..=u32::from(*range.end());
        u8::try_from(self.number(item, wide, default.into())).unwrap_or(default)
    }

    /// The same for numbers of at most 65535.
    pub(super) fn medium(&mut self, item: &str, range: RangeInclusive<u16>, default: u16) -> u16 {
        let wide = u32::from(*range.start())..=u32::from(*range.end());
        u16::try_from(self.number(item, wide, default.into())).unwrap_or(default)
    }

    /// Seconds, or the word `off`, which is also the default.
    pub(super) fn seconds_or_off(&mut self, item: &str, range: RangeInclusive<u8>) -> Option<u8> {
        let value = self.value(item).filter(|value| !value.eq_ignore_ascii_case("off"))?;
        let seconds = value.parse().ok().filter(|seconds| range.contains(seconds));
        if seconds.is_none() {
            self.wrong(item, value, &format!("off, or seconds from {} to {}", range.start(), range.end()), "off");
        }
        seconds
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, item: &str, default: bool) -> bool {
        let Some(value) = self.value(item) else { return default };
        match value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => true,
            "false" | "no" | "off" | "0" => false,
            _ => {
                self.wrong(item, value, "true or false", if default { "true" } else { "false" });
                default
            }
        }
    }

    /// One of a few words; the first is the default.
    pub(super) fn choice<T: Copy, const N: usize>(&mut self, item: &str, choices: [(&'static str, T); N]) -> T {
        let names = choices.map(|(name, _)| name);
        choices[self.choice_index(item, &names)].1
    }

    fn choice_index(&mut self, item: &str, names: &[&str]) -> usize {
        let Some(value) = self.value(item) else { return 0 };
        if let Some(index) = names.iter().position(|name| name.eq_ignore_ascii_case(value)) {
            return index;
        }
        self.wrong(item, value, &format!("one of: {}", names.join(", ")), names[0]);
        0
    }

    /// Text of a certain form; none when not set, or wrong.
    pub(super) fn text(&mut self, item: &str, fits: fn(&str) -> bool, must: &str) -> Option<String> {
        let value = self.value(item)?;
        if fits(value) {
            return Some(value.into());
        }
        self.wrong(item, value, must, "nothing");
        None
    }

    /// The same with a default, which the word `none` replaces by nothing.
    pub(super) fn text_or(&mut self, item: &str, fits: fn(&str) -> bool, must: &str, default: &str) -> Option<String> {
        let Some(value) = self.value(item) else { return Some(default.into()) };
        if is_none(value) {
            return None;
        }
        if !fits(value) {
            self.wrong(item, value, must, default);
            return Some(default.into());
        }
        Some(value.into())
    }

    /// Any text; empty when not set.
    pub(super) fn free(&self, item: &str) -> String {
        self.value(item).unwrap_or_default().into()
    }

    /// A list. Entries that do not fit are left out and reported; the word `none` is the empty list; not set is the default.
    pub(super) fn list(&mut self, item: &str, fits: fn(&str) -> bool, must: &str, default: Vec<String>) -> Vec<String> {
        let Some(value) = self.value(item) else { return default };
        if is_none(value) {
            return Vec::new();
        }
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for entry in text::entries(value) {
            if !fits(entry) {
                bad.push(entry);
            } else if !good.iter().any(|known| known == entry) {
                good.push(entry.to_owned());
            }
        }
        if bad.is_empty() {
            return good;
        }
        let used = if good.is_empty() { default } else { good };
        let shown = if used.is_empty() { "nothing".to_owned() } else { used.join(", ") };
        self.wrong(item, &bad.join(", "), must, &shown);
        used
    }
}

/// The word that stands for nothing where empty stands for a default.
pub(super) fn is_none(value: &str) -> bool {
    value.eq_ignore_ascii_case("none")
}
