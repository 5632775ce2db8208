//! Whether somebody with a number asked not to be called, as the class `HookswitchDoNotCall` finds out.

use serde_json::{Value, json};

use super::{Id, Org, Record, parameters::Parameters};
use crate::FieldKind;

impl Org {
    /// `{flagged, recordId, name, objectType, unknown}`.
    pub(super) fn wish(&self, user: &Id, parameters: &Parameters) -> Value {
        let dialed = digits(parameters.text("dialed"));
        let spellings =
            Some(parameters.text("spellings")).filter(|text| !text.trim().is_empty()).unwrap_or_else(|| parameters.text("dialed"));
        let term = term(spellings);
        let mut unknown: Vec<&str> = Vec::new();
        let mut flagged: Option<&Record> = None;
        if dialed.len() >= SHORTEST && !term.is_empty() {
            for object in ["Contact", "Lead"] {
                if !self.knows(user, object, parameters.text("field")) {
                    unknown.push(object);
                } else if flagged.is_none() {
                    let mut found = self.search(&term, &[object]).into_iter();
                    flagged = found.find(|record| record.flag(parameters.text("field")) && self.has_number(user, record, &dialed));
                }
            }
        }
        json!({
            "flagged": flagged.is_some(), "recordId": flagged.map(|record| record.id.as_str()), "name": flagged.map(Record::name),
            "objectType": flagged.map(|record| record.object.as_str()), "unknown": unknown,
        })
    }

    /// Whether the user may read that box of that object.
    fn knows(&self, user: &Id, object: &str, field: &str) -> bool {
        let is_box = self.object(object).and_then(|object| object.field(field)).is_some_and(|field| field.kind == FieldKind::Checkbox);
        is_box && self.readable(user, object, &[field]).is_ok()
    }

    fn has_number(&self, user: &Id, record: &Record, dialed: &str) -> bool {
        let phones = self.phones(record).into_iter();
        let mut readable = phones.filter(|phone| self.readable(user, &record.object, &[phone.field.as_str()]).is_ok());
        readable.any(|phone| same(&digits(&phone.number), dialed))
    }
}

/// What is searched: each spelling as a phrase, made of letters, digits and blanks only.
fn term(spellings: &str) -> String {
    let phrases = spellings.split(" OR ").map(|spelling| {
        let clean: String = spelling.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        clean.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let long = phrases.filter(|phrase| phrase.chars().count() >= 2).take(MOST_SPELLINGS);
    long.map(|phrase| format!("\"{phrase}\"")).collect::<Vec<_>>().join(" OR ")
}

/// The digits of a number, without extension and without zeros that only lead out of the house or the country.
fn digits(phone: &str) -> String {
    let main = phone.char_indices().find_map(|(at, c)| {
        let ends = c.is_ascii_digit() || c == ')';
        let rest = phone[at + c.len_utf8()..].trim_start();
        let extension = rest.starts_with(['x', 'X', ';', ',', '#']) || rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("ext"));
        (ends && extension).then(|| &phone[..at + c.len_utf8()])
    });
    let digits: String = main.unwrap_or(phone).replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').into()
}

/// Whether two numbers are one, of which one may lack the country code.
fn same(one: &str, other: &str) -> bool {
    let (longer, shorter) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    shorter.len() >= SHORTEST && longer.len() - shorter.len() <= COUNTRY_CODE && longer.ends_with(shorter)
}

/// As many as the phone asks for.
const MOST_SPELLINGS: usize = 40;
/// Fewer digits than this belong to a colleague, and prove nothing as the end of a longer number.
const SHORTEST: usize = 7;
/// Longest country code.
const COUNTRY_CODE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_without_extension_trunk_zeros_and_country_code() {
        assert_eq!(
            ["+44 (0)20 7946 0018", "(415) 555-0100 ext. 7", "00 49 30 1234567,,9", "030/23125-140"].map(digits),
            ["442079460018", "4155550100", "49301234567", "3023125140"]
        );
        assert!(same("442079460018", "2079460018") && !same("12079460018", "2079460019") && !same("5550100", "550100"));
    }
}
