//! Subjects and fields of logs: made of an admin's words and a call's data, of which only the personal part is replaced.
//!
//! The replay makes them anew from masked data, and then they must be what the mask of the old ones is: else a log that the CRM has
//! would seem to differ from what it should be, and be sent again.

use std::collections::BTreeSet;

use hookswitch_core::settings::{Part, Settings, Slot, Template};

use super::Mask;

/// How logs are written, by the settings.
#[derive(Clone, Debug)]
pub(super) struct Templates {
    templates: Vec<Vec<Part>>,
    /// Queues and dispositions.
    words: BTreeSet<String>,
    /// Numbers, names and notes that occur by themselves.
    known: BTreeSet<String>,
}

/// Attempts to read a text as a template's; then it is taken for something else.
const ATTEMPTS: u32 = 20_000;

impl Templates {
    pub(super) fn new(settings: &[&Settings], words: BTreeSet<String>, known: BTreeSet<String>) -> Self {
        let of = |settings: &&Settings| -> Vec<Template> {
            std::iter::once(&settings.log.subject).chain(settings.log.custom_fields.values()).cloned().collect()
        };
        let mut templates: Vec<_> = settings.iter().flat_map(of).map(|template| template.parts).collect();
        // One slot alone is a text like any other.
        templates.retain(|parts| {
            !matches!(parts.as_slice(), [] | [Part::Slot(Slot::Called | Slot::Name | Slot::Notes | Slot::Number | Slot::Recording)])
        });
        templates.dedup();
        Self { templates, words, known }
    }

    /// The text with the personal values of its slots replaced; none when it was not made by a template.
    pub(super) fn masked(&self, text: &str, mask: &Mask) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        self.templates.iter().find_map(|parts| {
            let mut attempts = ATTEMPTS;
            let mut values = Vec::new();
            self.fits(parts, text, &mut values, &mut attempts).then(|| {
                let value = |(part, value): (&Part, &str)| match part {
                    Part::Slot(slot) if is_personal(*slot) => mask.plain(value),
                    Part::Slot(_) => value.to_owned(),
                    Part::Text(text) => mask.literal(text),
                };
                parts.iter().zip(values).map(value).collect()
            })
        })
    }

    /// Whether the parts can be filled so that the text comes out; `values` are then what they were filled with.
    fn fits<'a>(&self, parts: &[Part], text: &'a str, values: &mut Vec<&'a str>, attempts: &mut u32) -> bool {
        if *attempts == 0 {
            return false;
        }
        *attempts -= 1;
        let Some((part, parts)) = parts.split_first() else { return text.is_empty() };
        let slot = match part {
            Part::Text(words) => {
                let Some(rest) = text.strip_prefix(words.as_str()) else { return false };
                values.push(&text[..words.len()]);
                if self.fits(parts, rest, values, attempts) {
                    return true;
                }
                values.pop();
                return false;
            }
            Part::Slot(slot) => *slot,
        };
        // What occurs elsewhere first, then the longest: what is in doubt is rather replaced.
        let mut ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).rev().collect();
        ends.sort_by_key(|end| !self.known.contains(&text[..*end]));
        for end in ends {
            let (value, rest) = text.split_at(end);
            if self.may_fill(slot, value) {
                values.push(value);
                if self.fits(parts, rest, values, attempts) {
                    return true;
                }
                values.pop();
            }
        }
        false
    }

    fn may_fill(&self, slot: Slot, value: &str) -> bool {
        let shape = |shape: &str| {
            value.len() == shape.len() && value.bytes().zip(shape.bytes()).all(|(c, s)| if s == b'0' { c.is_ascii_digit() } else { c == s })
        };
        match slot {
            Slot::Called | Slot::Name | Slot::Notes | Slot::Number | Slot::Recording => true,
            Slot::CallId => value.starts_with("hs-") && value.len() > 20 && value.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-'),
            Slot::Date => shape("0000-00-00"),
            Slot::Time => shape("00:00"),
            Slot::Kind => matches!(value, "Inbound" | "Internal" | "Outbound"),
            Slot::Disposition | Slot::Queue => value.is_empty() || self.words.contains(value),
            Slot::Duration | Slot::Handle | Slot::Hold | Slot::WrapUp => {
                (1..=6).contains(&value.len()) && value.bytes().all(|c| c.is_ascii_digit())
            }
            Slot::Quality => value.is_empty() || shape("0.00"),
            _ => value.is_empty(),
        }
    }
}

const fn is_personal(slot: Slot) -> bool {
    matches!(slot, Slot::Called | Slot::Name | Slot::Notes | Slot::Number | Slot::Recording)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_subject_only_the_personal_part_is_replaced() {
        let mut settings = Settings::default();
        let mask = Mask::new(5, &[&settings], BTreeSet::new(), BTreeSet::new());
        let subject = mask.text("Inbound call +14155550100");
        assert_eq!(subject, format!("Inbound call {}", mask.text("+14155550100")));
        assert!(!mask.text("Unheard of call +14155550100").contains("call"));
        settings.log.subject = Template::parse("{queue}: {name} on {date}, {duration} s").unwrap();
        let mask = Mask::new(5, &[&settings], BTreeSet::from(["Sales".into()]), BTreeSet::new());
        let name = mask.text("Ada Byron");
        assert_eq!(mask.text("Sales: Ada Byron on 2026-01-15, 61 s"), format!("Sales: {name} on 2026-01-15, 61 s"));
        assert!(!mask.text("Ada: Ada Byron on 2026-01-15, 61 s").contains("Ada"));
    }

    #[test]
    fn where_a_subject_can_be_read_in_two_ways_the_values_that_occur_elsewhere_decide() {
        let mut settings = Settings::default();
        settings.log.subject = Template::parse("{name} ({number})").unwrap();
        let (name, number) = ("Ada Byron", "+49 (0)30 123456 (home)");
        let mask = Mask::new(5, &[&settings], BTreeSet::new(), BTreeSet::from([name.into(), number.into()]));
        assert_eq!(mask.text(&format!("{name} ({number})")), format!("{} ({})", mask.text(name), mask.text(number)));
    }
}
