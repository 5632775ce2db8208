//! What is dialed for a number as typed, clicked or stored.

use crate::{Private, settings::Dialing};

/// A number ready for the phone system.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dialable {
    /// What to dial.
    pub to: Private,
    /// Short enough to be a colleague's extension, by the settings' internal length.
    pub internal: bool,
}

/// What to dial for `raw`, typed or clicked: formatting falls away, a leading `+` stays, an extension is left out.
///
/// None when no digit is left. Addresses (`sip:…`, anything with `@`) are dialed as they are.
///
/// ```
/// use hookswitch_core::{dialable, settings::Dialing};
///
/// let number = dialable("(415) 555-0100 x12", &Dialing::default()).unwrap();
/// assert_eq!(number.to.reveal(), "4155550100");
/// assert!(dialable("call me", &Dialing::default()).is_none());
/// ```
#[must_use]
pub fn dialable(raw: &str, dialing: &Dialing) -> Option<Dialable> {
    let raw = raw.trim();
    if raw.contains('@') || raw.starts_with("sip:") || raw.starts_with("sips:") {
        let plain = !raw.contains(|c: char| c.is_whitespace() || c.is_control());
        return plain.then(|| Dialable { to: raw.into(), internal: false });
    }
    let base = without_extension(raw.strip_prefix("tel:").unwrap_or(raw));
    let plus = base.starts_with('+');
    let kept: String = base.chars().filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#')).collect();
    if !kept.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if dialing.emergency_numbers.contains(&kept) {
        return Some(Dialable { to: kept.into(), internal: false });
    }
    let internal = !plus && kept.len() <= usize::from(dialing.internal_length);
    let to = if dialing.apply_prefixes && !internal {
        with_prefixes(plus, &kept, dialing)
    } else if plus {
        format!("+{kept}")
    } else {
        kept
    };
    Some(Dialable { to: to.into(), internal })
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
