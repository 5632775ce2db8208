//! What is dialed for a number as typed, clicked or stored.

use crate::{Private, settings::Dialing};

/// A number ready for the phone system.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dialable {
    /// What to dial.
    pub to: Private,
    /// Short enough to be a colleague's extension, by the settings' internal length.
    pub internal: bool,
    /// Digits to send once the call is answered: the extension behind a stored number; mostly empty.
    pub then: Private,
}

/// What to dial for `raw`, typed or clicked: formatting falls away, a leading `+` stays, an extension is sent after the answer.
///
/// Letters that complete a number are read as the keys they stand on (`1-800-FLOWERS`). None when no digit is left. Addresses (`sip:…`, anything with `@`) are dialed as they are.
///
/// ```
/// use hookswitch_core::{dialable, settings::Dialing};
///
/// let number = dialable("(415) 555-0100 x12", &Dialing::default()).unwrap();
/// assert_eq!((number.to.reveal(), number.then.reveal()), ("4155550100", "12"));
/// assert!(dialable("call me", &Dialing::default()).is_none());
/// ```
#[must_use]
pub fn dialable(raw: &str, dialing: &Dialing) -> Option<Dialable> {
    let raw = raw.trim();
    if raw.contains('@') || raw.starts_with("sip:") || raw.starts_with("sips:") {
        let plain = !raw.contains(|c: char| c.is_whitespace() || c.is_control());
        return plain.then(|| Dialable { to: raw.into(), internal: false, then: Private::default() });
    }
    let raw = raw.strip_prefix("tel:").unwrap_or(raw);
    let spelled = on_the_keys(raw);
    let raw = spelled.as_deref().unwrap_or(raw);
    let base = without_extension(raw);
    let then: String = raw[base.len()..].chars().filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#')).collect();
    let plus = base.starts_with('+');
    let kept: String = base.chars().filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#')).collect();
    if !kept.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if dialing.emergency_numbers.contains(&kept) {
        return Some(Dialable { to: kept.into(), internal: false, then: Private::default() });
    }
    let internal = !plus && kept.len() <= usize::from(dialing.internal_length);
    let to = if dialing.apply_prefixes && !internal {
        with_prefixes(plus, &kept, dialing)
    } else if plus {
        format!("+{kept}")
    } else {
        kept
    };
    Some(Dialable { to: to.into(), internal, then: then.into() })
}

/// The dialing options of the definition, as Salesforce's own toolkit applies them. An empty prefix matches nothing.
fn with_prefixes(plus: bool, digits: &str, dialing: &Dialing) -> String {
    let (outside, long, international) = (&dialing.outside_prefix, &dialing.long_distance_prefix, &dialing.international_prefix);
    let starts = |prefix: &str| !prefix.is_empty() && digits.starts_with(prefix);
    if plus {
        return format!("{outside}{international}{digits}");
    }
    if starts(long) || starts(international) {
        return format!("{outside}{digits}");
    }
    let outside_long = !outside.is_empty() && starts(&format!("{outside}{long}"));
    let outside_international = !outside.is_empty() && starts(&format!("{outside}{international}"));
    if (!outside_long && !outside_international) || (outside_long && digits.len() <= 11) {
        return if digits.len() < 10 { format!("{outside}{digits}") } else { format!("{outside}{long}{digits}") };
    }
    digits.into()
}

/// `1-800-FLOWERS` as `1-800-3569377`; none where letters do not complete a number, as in `415 555 0100 mobile`.
fn on_the_keys(raw: &str) -> Option<String> {
    let number = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    let plain = |c: char| number(c) || matches!(c, '+' | '-' | '.' | ' ' | '(' | ')');
    let digits = raw.chars().take_while(|c| !c.is_alphabetic()).filter(char::is_ascii_digit).count();
    let fits =
        (1..SHORTEST_NUMBER).contains(&digits) && (SHORTEST_NUMBER..=LONGEST_NUMBER).contains(&raw.chars().filter(|c| number(*c)).count());
    if !fits || !raw.chars().all(plain) || !raw.contains(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    Some(raw.chars().map(key).collect())
}

pub(super) const fn key(letter: char) -> char {
    match letter {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        other => other,
    }
}

/// Digits of a public number (E.164), without and with area and country code.
const SHORTEST_NUMBER: usize = 7;
const LONGEST_NUMBER: usize = 15;

/// Cuts `x12`, `ext. 12`, `;ext=12`, `,12` and the like.
pub(super) fn without_extension(number: &str) -> &str {
    let end = number.find(|c: char| matches!(c, ';' | ',') || c.is_alphabetic()).unwrap_or(number.len());
    // Letters before any digit are no extension: "Tel. 415…"; those are simply filtered.
    if number[..end].contains(|c: char| c.is_ascii_digit()) { &number[..end] } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialed(raw: &str) -> Option<String> {
        dialable(raw, &Dialing::default()).map(|number| number.to.reveal().to_owned())
    }

    #[test]
    fn formatting_falls_away_and_the_plus_stays() {
        assert_eq!(dialed("+49 (30) 123-456").as_deref(), Some("+4930123456"));
        assert_eq!(dialed("tel:+1-415-555-0100;ext=12").as_deref(), Some("+14155550100"));
        assert_eq!(dialed("*43#").as_deref(), Some("*43#"));
        assert_eq!(dialed("sip:ada@example.com").as_deref(), Some("sip:ada@example.com"));
        assert_eq!(dialed(""), None);
        assert_eq!(dialed("+"), None);
    }

    #[test]
    fn an_extension_is_sent_after_the_answer() {
        let parts = |raw| dialable(raw, &Dialing::default()).map(|number| (number.to.reveal().to_owned(), number.then.reveal().to_owned()));
        let expected = |to: &str, then: &str| Some((to.to_owned(), then.to_owned()));
        for raw in [
            "+1 650 253 0000 x136",
            "+1 650-253-0000 ext. 136",
            "tel:+16502530000;ext=136",
            "+16502530000,,136",
            "+1 (650) 253 0000 Ext 136",
        ] {
            assert_eq!(parts(raw), expected("+16502530000", "136"), "{raw}");
        }
        assert_eq!(parts("415 555 0100 mobile"), expected("4155550100", ""));
        assert_eq!(parts("911 x1"), expected("911", ""), "nothing is added to an emergency call");
    }

    #[test]
    fn letters_that_complete_a_number_are_keys() {
        assert_eq!(dialed("1-800-FLOWERS").as_deref(), Some("18003569377"));
        assert_eq!(dialed("1 (800) CALL-NOW").as_deref(), Some("18002255669"));
        assert_eq!(dialed("415 555 0100 HOME").as_deref(), Some("4155550100"));
        assert_eq!(dialed("FLOWERS"), None, "a word alone is no number");
    }

    #[test]
    fn a_short_number_is_a_colleague_but_an_emergency_number_is_not() {
        let internal = |raw| dialable(raw, &Dialing::default()).map(|number| number.internal);
        assert_eq!(internal("1002"), Some(true));
        assert_eq!(internal("112"), Some(false));
        assert_eq!(internal("4155550100"), Some(false));
        assert_eq!(internal("+4930"), Some(false));
    }

    #[test]
    fn prefixes_are_put_before_numbers_as_the_toolkit_does() {
        let dialing = Dialing {
            apply_prefixes: true,
            outside_prefix: "9".into(),
            long_distance_prefix: "1".into(),
            international_prefix: "011".into(),
            ..Dialing::default()
        };
        let dialed = |raw| dialable(raw, &dialing).unwrap().to.reveal().to_owned();
        assert_eq!(dialed("1002"), "1002");
        assert_eq!(dialed("+49 30 123456"), "90114930123456");
        assert_eq!(dialed("1 415 555 0100"), "914155550100");
        assert_eq!(dialed("5550100"), "95550100");
        assert_eq!(dialed("415 555 0100"), "914155550100");
        assert_eq!(dialed("916 555 0100"), "919165550100");
        assert_eq!(dialed("9011493012345"), "9011493012345");
    }
}
