//! Phone numbers: what is dialed, and what is searched.

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
fn without_extension(number: &str) -> &str {
    let end = number.find(|c: char| matches!(c, ';' | ',') || c.is_alphabetic()).unwrap_or(number.len());
    // Letters before any digit are no extension: "Tel. 415…"; those are simply filtered.
    if number[..end].contains(|c: char| c.is_ascii_digit()) { &number[..end] } else { number }
}

/// What to search for a caller's number: its spellings joined by ` OR `; empty when there is nothing to find (withheld, too short).
///
/// The CRM's index knows tokens, not numbers: `(415) 555-0100` is stored as `415`, `555`, `0100`. So each spelling that is common
/// in stored data is asked for: as received, digits only, without the country code, and in the groups of the country.
#[must_use]
pub fn search_text(raw: &str, dialing: &Dialing) -> String {
    let number = without_extension(raw.trim().strip_prefix("tel:").unwrap_or_else(|| raw.trim()));
    let number = number.strip_prefix(dialing.strip_inbound.as_str()).unwrap_or(number);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 3 {
        return String::new();
    }
    let mut spellings = Vec::new();
    let mut add = |spelling: String| {
        if spelling.len() >= 3 && !spellings.contains(&spelling) {
            spellings.push(spelling);
        }
    };
    let plus = number.starts_with('+');
    let groups: Vec<_> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    if groups.len() > 1 {
        add(format!("\"{}\"", groups.join(" ")));
    }
    if plus {
        add(format!("+{digits}"));
    }
    add(digits.clone());
    let american = |ten: &str| format!("\"{} {} {}\"", &ten[..3], &ten[3..6], &ten[6..]);
    match digits.strip_prefix('1').filter(|rest| rest.len() == 10) {
        Some(ten) => {
            add(ten.into());
            add(american(ten));
            add(format!("\"{} {}\"", &ten[..3], &ten[3..]));
            add(format!("+1{ten}"));
        }
        None if digits.len() == 10 && !plus => {
            add(format!("1{digits}"));
            add(format!("+1{digits}"));
            add(american(&digits));
        }
        None if plus && digits.len() > 8 => {
            // Without the country code's usual one to three digits, with and without the trunk zero.
            for code in 1..=3 {
                add(digits[code..].into());
                add(format!("0{}", &digits[code..]));
            }
        }
        None => {}
    }
    spellings.join(" OR ")
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

    #[test]
    fn a_number_is_searched_in_the_spellings_people_store() {
        let text = search_text("+14155550100", &Dialing::default());
        assert_eq!(text, "+14155550100 OR 14155550100 OR 4155550100 OR \"415 555 0100\" OR \"415 5550100\"");
        assert!(search_text("+4930123456", &Dialing::default()).split(" OR ").any(|spelling| spelling == "030123456"));
    }

    #[test]
    fn a_number_that_comes_with_groups_is_searched_by_them_too() {
        let text = search_text("+44 20 7946 0021", &Dialing::default());
        assert!(text.starts_with("\"44 20 7946 0021\" OR +442079460021 OR "), "{text}");
    }

    #[test]
    fn withheld_and_very_short_numbers_are_not_searched() {
        assert_eq!(search_text("", &Dialing::default()), "");
        assert_eq!(search_text("anonymous", &Dialing::default()), "");
        assert_eq!(search_text("12", &Dialing::default()), "");
    }
}
