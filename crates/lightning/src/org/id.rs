//! Record ids, in the two lengths Salesforce writes them.

use serde::{Deserialize, Serialize};

/// A record's id, always held in its 18-character form.
///
/// ```
/// use hookswitch_lightning::Id;
///
/// let id = Id::parse("003xx0000004Tmi").expect("15 letters and digits");
/// assert_eq!(id.as_str(), "003xx0000004TmiAAE");
/// assert_eq!(id.short(), "003xx0000004Tmi");
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

impl Id {
    /// Reads an id of 15 or 18 characters; none if it has another length, other characters, or a check that does not fit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        match text.len() {
            15 => Some(Self(format!("{text}{}", check(text)))),
            18 => (text[15..] == check(&text[..15])).then(|| Self(text.into())),
            _ => None,
        }
    }

    /// The `number`th id with this key prefix; the same number gives the same id.
    pub(crate) fn new(prefix: &str, number: u64) -> Self {
        const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut digits = Vec::with_capacity(10);
        let mut left = number;
        for _ in 0..10 {
            // The remainder is below 62, so it is a place in the table.
            digits.push(DIGITS[(left % 62) as usize]);
            left /= 62;
        }
        let tail: String = digits.iter().rev().map(|digit| char::from(*digit)).collect();
        let short = format!("{prefix}xx{tail}");
        let check = check(&short);
        Self(short + &check)
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The case-sensitive 15 characters.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.0[..15]
    }

    /// The three characters that tell the object.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.0[..3]
    }
}

impl TryFrom<String> for Id {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        Self::parse(&text).ok_or(NotAnId(text))
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no id.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0:?} is not an id: an id has 15 or 18 letters and digits")]
pub struct NotAnId(pub String);

/// The three characters that make a 15-character id safe against a change of case: each tells which of five letters are capitals.
fn check(short: &str) -> String {
    const TABLE: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let capitals = |five: &[u8]| five.iter().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase()).map(|(place, _)| 1 << place).sum();
    short
        .as_bytes()
        .chunks(5)
        .map(|five| {
            let place: usize = capitals(five);
            char::from(TABLE[place])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_id_and_its_long_form_are_the_same_id() {
        assert_eq!(Id::parse("001xx000003DGb2"), Id::parse("001xx000003DGb2AAG"));
    }

    #[test]
    fn an_id_with_a_changed_capital_is_refused() {
        assert_eq!(Id::parse("001xx000003dGb2AAG"), None);
    }

    #[test]
    fn what_has_another_length_or_other_characters_is_no_id() {
        for text in ["", "003", "003xx0000004Tm ", "003xx0000004TmiAA", "003xx0000004Tm\u{e9}"] {
            assert_eq!(Id::parse(text), None, "{text}");
        }
    }

    #[test]
    fn made_ids_carry_their_prefix_and_read_back() {
        let id = Id::new("00T", 62 * 62 + 11);
        assert_eq!((id.as_str(), id.prefix()), ("00Txx000000010BEAQ", "00T"));
        assert_eq!(Id::parse(id.short()), Some(id));
    }
}
