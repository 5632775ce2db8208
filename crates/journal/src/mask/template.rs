//! Subjects and fields of logs: made of an admin's words and a call's data, of which only the personal part is replaced.
//!
//! The replay makes them anew from masked data, and then they must be what the mask of the old ones is: else a log that the CRM has
//! would seem to differ from what it should be, and be sent again.

use std::collections::{BTreeMap, BTreeSet};

use hookswitch_core::settings::{Part, Settings, Slot};

use super::Mask;

/// How logs are written, by the settings.
#[derive(Clone, Debug)]
pub(super) struct Templates {
    /// By the field they fill.
    templates: BTreeMap<String, Vec<Vec<Part>>>,
    dispositions: BTreeSet<String>,
    /// A phone system may name one after a person.
    queues: BTreeSet<String>,
    /// Numbers, names and notes that occur by themselves.
    known: BTreeSet<String>,
}

/// Attempts to read a text as a template's; then it is taken for something else.
const ATTEMPTS: u32 = 20_000;

/// Digits of a usual number of seconds.
const USUAL: usize = 4;

/// The field of every log that has a template.
const SUBJECT: &str = "Subject";

/// One attempt to read a text.
struct Reading<'a> {
    /// What the parts so far were filled with.
    values: Vec<&'a str>,
    attempts: u32,
    /// Personal values must occur elsewhere, and numbers of seconds must not be so long that they may be two numbers side by side.
    strict: bool,
}

impl Templates {
    pub(super) fn new(settings: &[&Settings], dispositions: BTreeSet<String>, queues: BTreeSet<String>, known: BTreeSet<String>) -> Self {
        let mut templates: BTreeMap<String, Vec<Vec<Part>>> = BTreeMap::new();
        for log in settings.iter().map(|settings| &settings.log) {
            let custom = log.custom_fields.iter().map(|(name, template)| (name.as_str(), template));
            for (field, template) in custom.chain([(SUBJECT, &log.subject)]) {
                let all = templates.entry(field.into()).or_default();
                if !all.contains(&template.parts) {
                    all.push(template.parts.clone());
                }
            }
        }
        Self { templates, dispositions, queues, known }
    }

    /// What stands in a log's field, with the personal values of its slots replaced; none when no template of that field made it.
    pub(super) fn masked(&self, field: &str, text: &str, mask: &Mask) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        // Where it can be read in several ways: by values that occur elsewhere, then the one in which most is somebody's.
        let read = |strict| {
            let read = self.of(field).filter_map(|parts| {
                let mut reading = Reading { values: Vec::new(), attempts: ATTEMPTS, strict };
                self.fits(parts, text, &mut reading).then_some((parts, reading.values))
            });
            read.max_by_key(|(parts, values)| {
                let personal = parts.iter().zip(values).filter(|(part, _)| is_personal(part));
                personal.map(|(_, value)| value.len()).sum::<usize>()
            })
        };
        let (parts, values) = read(true).or_else(|| read(false))?;
        let value = |(part, value): (&Part, &str)| match part {
            Part::Text(text) => mask.literal(text),
            Part::Slot(_) if is_personal(part) => mask.plain(value),
            Part::Slot(_) => value.to_owned(),
        };
        Some(parts.iter().zip(values).map(value).collect())
    }

    /// The same for one part of such a text, by its place in the template.
    pub(super) fn part(&self, field: &str, at: usize, text: &str, mask: &Mask) -> Option<String> {
        let mut parts = self.of(field).filter_map(|parts| parts.get(at));
        if parts.clone().any(|part| matches!(part, Part::Text(words) if words == text)) {
            return Some(mask.literal(text));
        }
        let is_own = !parts.clone().any(is_personal) && parts.any(|part| matches!(part, Part::Slot(slot) if self.may_fill(*slot, text)));
        is_own.then(|| text.to_owned())
    }

    fn of(&self, field: &str) -> impl Iterator<Item = &Vec<Part>> + Clone {
        self.templates.get(field).into_iter().flatten()
    }

    /// Whether the parts can be filled so that the text comes out; the values are then what they were filled with.
    fn fits<'a>(&self, parts: &[Part], text: &'a str, reading: &mut Reading<'a>) -> bool {
        if reading.attempts == 0 {
            return false;
        }
        reading.attempts -= 1;
        let Some((part, parts)) = parts.split_first() else { return text.is_empty() };
        let slot = match part {
            Part::Text(words) => {
                let Some(rest) = text.strip_prefix(words.as_str()) else { return false };
                reading.values.push(&text[..words.len()]);
                if self.fits(parts, rest, reading) {
                    return true;
                }
                reading.values.pop();
                return false;
            }
            Part::Slot(slot) => *slot,
        };
        let personal = is_personal(part);
        let is_known = |end: usize| end > 0 && self.known.contains(&text[..end]);
        let mut ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        // What occurs elsewhere first, then the longest, and of digits of ours the shortest: what is in doubt is rather replaced.
        if !is_counted(slot) {
            ends.reverse();
        }
        if personal {
            ends.sort_by_key(|end| !is_known(*end));
            ends.retain(|end| !reading.strict || *end == 0 || is_known(*end));
        }
        if reading.strict && is_counted(slot) && slot != Slot::CallId {
            ends.retain(|end| *end <= USUAL);
        }
        for end in ends {
            let (value, rest) = text.split_at(end);
            if self.may_fill(slot, value) {
                reading.values.push(value);
                if self.fits(parts, rest, reading) {
                    return true;
                }
                reading.values.pop();
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
            Slot::Disposition => value.is_empty() || self.dispositions.contains(value),
            Slot::Queue => value.is_empty() || self.queues.contains(value),
            Slot::Duration | Slot::Handle | Slot::Hold | Slot::WrapUp => {
                (1..=6).contains(&value.len()) && value.bytes().all(|c| c.is_ascii_digit())
            }
            Slot::Quality => value.is_empty() || shape("0.00"),
            Slot::Record | Slot::What | Slot::Who => value.is_empty() || (is_id(value) && !self.known.contains(value)),
            _ => value.is_empty(),
        }
    }
}

/// Filled with what is somebody's.
const fn is_personal(part: &Part) -> bool {
    matches!(part, Part::Slot(Slot::Called | Slot::Name | Slot::Notes | Slot::Number | Slot::Queue | Slot::Recording))
}

/// Ends with digits of ours, however many.
const fn is_counted(slot: Slot) -> bool {
    matches!(slot, Slot::CallId | Slot::Duration | Slot::Handle | Slot::Hold | Slot::WrapUp)
}

/// Whether it looks like a record's id: 15 or 18 letters and digits, and neither a word nor a number.
fn is_id(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.bytes().any(|c| is(&c));
    let alphanumeric = value.bytes().all(|c| c.is_ascii_alphanumeric());
    matches!(value.len(), 15 | 18) && alphanumeric && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use hookswitch_core::{Place, settings::Template};

    use super::*;

    fn subject(mask: &Mask, text: &str) -> String {
        mask.text(text, &Place::Field(SUBJECT.into()))
    }

    fn field(template: &str, name: &str) -> Settings {
        let mut settings = Settings::default();
        settings.log.custom_fields.insert(name.into(), Template::parse(template).unwrap());
        settings
    }

    #[test]
    fn of_a_subject_only_the_personal_part_is_replaced() {
        let mut settings = Settings::default();
        let mask = Mask::new(5, &[&settings], BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        assert_eq!(subject(&mask, "Inbound call +14155550100"), format!("Inbound call {}", mask.plain("+14155550100")));
        assert!(!subject(&mask, "Unheard of call +14155550100").contains("call"));
        settings.log.subject = Template::parse("{queue}: {name} on {date}, {duration} s").unwrap();
        let mask = Mask::new(5, &[&settings], BTreeSet::new(), BTreeSet::from(["Sales".into()]), BTreeSet::new());
        let [queue, name] = ["Sales", "Ada Byron"].map(|text| mask.plain(text));
        assert_eq!(subject(&mask, "Sales: Ada Byron on 2026-01-15, 61 s"), format!("{queue}: {name} on 2026-01-15, 61 s"));
        assert!(!subject(&mask, "Ada: Ada Byron on 2026-01-15, 61 s").contains("Ada"));
    }

    #[test]
    fn a_queue_named_after_a_person_is_never_taken_for_a_disposition() {
        let mut settings = Settings::default();
        settings.log.subject = Template::parse("{disposition}{queue}").unwrap();
        let queues = BTreeSet::from(["Ada Byron".into()]);
        let mask = Mask::new(5, &[&settings], BTreeSet::from(["Missed".into()]), queues, BTreeSet::new());
        assert_eq!(subject(&mask, "MissedAda Byron"), format!("Missed{}", mask.plain("Ada Byron")));
        assert_eq!(subject(&mask, "Ada Byron"), mask.plain("Ada Byron"));
    }

    #[test]
    fn where_a_subject_can_be_read_in_two_ways_the_values_that_occur_elsewhere_decide() {
        let mut settings = Settings::default();
        settings.log.subject = Template::parse("{name} ({number})").unwrap();
        let (name, number) = ("Ada Byron", "+49 (0)30 123456 (home)");
        let mask = Mask::new(5, &[&settings], BTreeSet::new(), BTreeSet::new(), BTreeSet::from([name.into(), number.into()]));
        assert_eq!(subject(&mask, &format!("{name} ({number})")), format!("{} ({})", mask.plain(name), mask.plain(number)));
    }

    #[test]
    fn digits_stay_only_in_the_field_whose_template_counts_them() {
        let (hold, who) = (field("{hold}", "Hold__c"), field("{name} {duration}", "Who__c"));
        let mask = Mask::new(5, &[&hold, &who], BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let of = |field: &str, text: &str| mask.text(text, &Place::Field(field.into()));
        assert_eq!(of("Hold__c", "4711"), "4711");
        assert_eq!(of("Who__c", "Ada 61"), format!("{} 61", mask.plain("Ada")));
        for masked in [mask.text("4711", &Place::Any), of("Who__c", "4711"), of("Subject", "4711"), of("Other__c", "4711")] {
            assert_ne!(masked, "4711");
        }
        assert!(!mask.text("Ada 4711", &Place::Any).ends_with("4711"));
        assert_eq!(mask.text("47*A", &Place::Digits), "00*A");
    }

    #[test]
    fn of_digits_side_by_side_those_that_may_be_somebodys_are_replaced() {
        for (template, text) in [("{duration}{notes}", "614711"), ("{notes}{duration}", "471161")] {
            let settings = field(template, "Story__c");
            let masked = |known: &[&str]| {
                let mask = Mask::new(5, &[&settings], BTreeSet::new(), BTreeSet::new(), known.iter().map(|text| (*text).into()).collect());
                let note = mask.plain("4711");
                (mask.text(text, &Place::Field("Story__c".into())), note)
            };
            let (story, note) = masked(&["4711"]);
            assert_eq!(story, text.replace("4711", &note));
            assert!(!masked(&[]).0.contains("4711"));
        }
        // Filled by one template or the other: what may be a note is taken for one.
        let (counted, told) = (field("{hold}", "Story__c"), field("{notes}", "Story__c"));
        let mask = Mask::new(5, &[&counted, &told], BTreeSet::new(), BTreeSet::new(), BTreeSet::from(["4711".into()]));
        assert_ne!(mask.text("4711", &Place::Field("Story__c".into())), "4711");
    }

    #[test]
    fn the_parts_of_a_text_become_what_stands_for_them_in_the_whole() {
        let settings = field("{hold} s: {name} {recording}", "Late__c");
        let mask = Mask::new(5, &[&settings], BTreeSet::new(), BTreeSet::new(), BTreeSet::from(["4711".into()]));
        let part = |at, text: &str| mask.text(text, &Place::Part("Late__c".into(), at));
        let parts: String = [part(0, "61"), part(1, " s: "), part(2, "4711"), part(3, " ")].concat();
        assert_eq!(parts, mask.text("61 s: 4711 ", &Place::Field("Late__c".into())));
        assert_eq!(parts, format!("61 s: {} ", mask.plain("4711")));
        assert_ne!(part(1, "4711"), "4711");
    }
}
