//! What is dialed for a number as typed, clicked or stored, and why.

use serde::Serialize;

use super::{
    parts::{Parts, on_the_keys, parts, scheme, tones},
    plan::Plan,
};
use crate::{Private, settings::Dialing};

/// A number ready for the phone system.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Dialable {
    /// What to dial.
    pub to: Private,
    /// Whom it reaches: the number without the house's prefixes, as the CRM knows it.
    pub party: Private,
    /// One of the settings' emergency numbers: nothing may stand between it and the line.
    pub emergency: bool,
    /// Short enough to be a colleague's extension, by the settings' internal length.
    pub internal: bool,
    /// Digits to send once the call is answered: the extension behind a stored number; mostly empty.
    pub then: Private,
    /// What was done to the number, in this order; empty: it is dialed as it was given, but for formatting.
    pub reasons: Vec<DialReason>,
}

/// Something done to a number before it is dialed, for the agent to see beforehand.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum DialReason {
    /// An address with an `@` or a scheme: dialed as it is.
    Address,
    /// The settings' area code was put before it.
    AreaCodeAdded,
    /// The settings' country code was put before it.
    CountryAdded,
    /// A number of the settings' own country: its country code gave way to the long-distance prefix.
    Domestic,
    /// An emergency number: dialed as it is, at once.
    Emergency,
    /// What follows the number is sent after the answer.
    ExtensionAfterAnswer,
    /// What follows the number is too long for an extension and is left out.
    ExtensionIgnored,
    /// Has a star or hash in it: a code for the phone system, dialed as it is.
    FeatureCode,
    /// Short enough for a colleague: dialed as it is.
    Internal,
    /// Its exit code (`00`, `011`) was read as a plus.
    InternationalRead,
    /// Letters were read as the keys they stand on.
    LettersAsKeys,
    /// The settings' prefixes were put before it.
    PrefixAdded,
    /// Too short for any country's number: dialed as it is.
    ShortCode,
    /// `(0)` behind a country code is for callers inside the country, and was left out.
    TrunkDropped,
}

/// What to dial for `raw`, typed, clicked or stored, and why.
///
/// Formatting falls away, a leading `+` stays, an extension is sent after the answer. Letters that complete a number are read as the keys
/// they stand on (`1-800-FLOWERS`). Addresses (`sip:…`, anything with `@`) are dialed as they are; `tel:` falls away and its parameters
/// are read. None when no digit is left.
///
/// Then, in this order: an emergency number, a code with `*` or `#`, an internal number and any other of at most six digits are dialed
/// as they are. An area code is put before a number that has none. With the settings' prefixes, these are put before it as Salesforce's own
/// toolkit does; without them, a number without a country code gets that of the settings' country.
///
/// ```
/// use hookswitch_core::{DialReason, dialable, settings::Dialing};
///
/// let number = dialable("(415) 555-0100 x12", &Dialing { country: Some("US".into()), ..Dialing::default() }).unwrap();
/// assert_eq!((number.to.reveal(), number.then.reveal()), ("+14155550100", "12"));
/// assert_eq!(number.reasons, [DialReason::ExtensionAfterAnswer, DialReason::CountryAdded]);
/// assert!(dialable("call me", &Dialing::default()).is_none());
/// ```
#[must_use]
pub fn dialable(raw: &str, dialing: &Dialing) -> Option<Dialable> {
    let raw = raw.trim();
    if raw.contains('@') || scheme(raw, "sip:").or_else(|| scheme(raw, "sips:")).is_some() {
        let plain = !raw.contains(|c: char| c.is_whitespace() || c.is_control());
        return plain.then(|| Dialable {
            to: raw.into(),
            party: raw.into(),
            emergency: false,
            internal: false,
            then: Private::default(),
            reasons: vec![DialReason::Address],
        });
    }
    let mut reasons = Vec::new();
    let raw = scheme(raw, "tel:").unwrap_or(raw);
    let spelled = on_the_keys(raw);
    if spelled.is_some() {
        reasons.push(DialReason::LettersAsKeys);
    }
    let Parts { base, then, context } = parts(spelled.as_deref().unwrap_or(raw), &mut reasons);
    let mut plus = base.starts_with('+');
    let mut kept = if plus && base.contains("(0)") {
        reasons.push(DialReason::TrunkDropped);
        tones(&base.replacen("(0)", "", 1))
    } else {
        tones(base)
    };
    if !kept.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if is_emergency(&kept, dialing) {
        let reasons = vec![DialReason::Emergency];
        let to = Private::from(kept);
        return Some(Dialable { party: to.clone(), to, emergency: true, internal: false, then: Private::default(), reasons });
    }
    if let Some(context) = context.filter(|_| !plus) {
        (plus, kept) = (true, [&tones(context), kept.as_str()].concat());
    }
    let internal = !plus && kept.len() <= usize::from(dialing.internal_length);
    let (to, party) = if !plus && kept.contains(['*', '#']) {
        reasons.push(DialReason::FeatureCode);
        (kept.clone(), kept)
    } else if internal {
        reasons.push(DialReason::Internal);
        (kept.clone(), kept)
    } else if !plus && kept.len() < SHORTEST_NUMBER {
        reasons.push(DialReason::ShortCode);
        (kept.clone(), kept)
    } else {
        public(plus, kept, dialing, &mut reasons)
    };
    Some(Dialable { to: to.into(), party: party.into(), emergency: false, internal, then: then.into(), reasons })
}

/// An emergency number, alone or behind what reaches an outside line.
fn is_emergency(kept: &str, dialing: &Dialing) -> bool {
    let outside = kept.strip_prefix(dialing.outside_prefix.as_str());
    dialing.emergency_numbers.iter().any(|number| number == kept || Some(number.as_str()) == outside)
}

/// What is dialed for a number of the public network, and whom that reaches.
fn public(plus: bool, mut digits: String, dialing: &Dialing, reasons: &mut Vec<DialReason>) -> (String, String) {
    let plan = dialing.country.as_deref().and_then(Plan::of_country);
    if let Some(area_code) = dialing.area_code.as_deref().filter(|_| !plus && lacks_area_code(&digits, plan)) {
        reasons.push(DialReason::AreaCodeAdded);
        // Behind it the number is a national one, as it is written with the trunk prefix, where there is one.
        let trunk = plan.filter(|plan| plan.trunk == "0" && !area_code.starts_with('0')).map_or("", |plan| plan.trunk);
        digits = [trunk, area_code, &digits].concat();
    }
    if dialing.apply_prefixes {
        return (with_prefixes(plus, &digits, plan, dialing, reasons), without_prefixes(plus, &digits, plan, dialing));
    }
    let to = worldwide(plus, digits, plan, reasons);
    (to.clone(), to)
}

/// The number with its plus, as far as the country's plan says; else as it is.
fn worldwide(plus: bool, digits: String, plan: Option<&Plan>, reasons: &mut Vec<DialReason>) -> String {
    if plus {
        return ["+", &digits].concat();
    }
    let Some(plan) = plan else { return digits };
    if let Some(rest) = digits.strip_prefix(plan.exit_code()).filter(|rest| rest.len() >= SHORTEST_NUMBER) {
        reasons.push(DialReason::InternationalRead);
        return ["+", rest].concat();
    }
    let national = match (plan.trunk, digits.len()) {
        // Exactly ten digits, with or without the 1; anything else is no number of that plan.
        ("1", 10) => digits.as_str(),
        ("1", 11) if digits.starts_with('1') => &digits[1..],
        ("1", _) => return digits,
        (trunk, _) => digits.strip_prefix(trunk).unwrap_or(&digits),
    };
    reasons.push(DialReason::CountryAdded);
    ["+", plan.code, national].concat()
}

/// Whether a number without country code is one of its area only.
fn lacks_area_code(digits: &str, plan: Option<&Plan>) -> bool {
    match plan.map(|plan| plan.trunk) {
        // Local numbers do not begin with what leads out of the area.
        Some("0") => !digits.starts_with('0') && digits.len() <= LONGEST_LOCAL,
        // Where there is no trunk prefix, every number is dialed whole.
        Some("") => false,
        _ => digits.len() <= SHORTEST_NUMBER,
    }
}

/// The dialing options of the definition, as Salesforce's own toolkit applies them. An empty prefix matches nothing.
///
/// Beyond the toolkit, a number of the settings' own country is dialed as a domestic one although it came with its country code. Where that
/// takes a trunk prefix of 0 and the house has none, it stays an international one: without the 0 it would be somebody nearby.
fn with_prefixes(plus: bool, digits: &str, plan: Option<&Plan>, dialing: &Dialing, reasons: &mut Vec<DialReason>) -> String {
    let (outside, long, international) = (&dialing.outside_prefix, &dialing.long_distance_prefix, &dialing.international_prefix);
    let starts = |prefix: &str| !prefix.is_empty() && digits.starts_with(prefix);
    let before = reasons.len();
    let outside_long = !outside.is_empty() && starts(&format!("{outside}{long}"));
    let outside_international = !outside.is_empty() && starts(&format!("{outside}{international}"));
    let home = plan.filter(|plan| plus && (plan.trunk != "0" || !long.is_empty()));
    let to = if let Some(national) = home.and_then(|plan| digits.strip_prefix(plan.code)) {
        reasons.push(DialReason::Domestic);
        format!("{outside}{long}{national}")
    } else if plus {
        format!("{outside}{international}{digits}")
    } else if starts(long) || starts(international) {
        format!("{outside}{digits}")
    } else if (!outside_long && !outside_international) || (outside_long && digits.len() <= 11) {
        if digits.len() < 10 { format!("{outside}{digits}") } else { format!("{outside}{long}{digits}") }
    } else {
        digits.into()
    };
    if to != digits && reasons.len() == before {
        reasons.push(DialReason::PrefixAdded);
    }
    to
}

/// The party of a number that is dialed with the house's prefixes, also where somebody typed these themselves.
fn without_prefixes(plus: bool, digits: &str, plan: Option<&Plan>, dialing: &Dialing) -> String {
    let (outside, long, international) = (&dialing.outside_prefix, &dialing.long_distance_prefix, &dialing.international_prefix);
    let starts = |prefix: &str| !prefix.is_empty() && digits.starts_with(prefix);
    let led_out = |next: &str| !outside.is_empty() && starts(&format!("{outside}{next}"));
    let typed = !plus && !starts(long) && !starts(international) && (led_out(international) || (led_out(long) && digits.len() > 11));
    let bare = if typed { &digits[outside.len()..] } else { digits };
    if !plus
        && let Some(abroad) =
            bare.strip_prefix(international.as_str()).filter(|rest| international.len() > 1 && rest.len() >= SHORTEST_NUMBER)
    {
        return ["+", abroad].concat();
    }
    // A number of its area only is no country's.
    if !plus && lacks_area_code(bare, plan) { bare.into() } else { worldwide(plus, bare.into(), plan, &mut Vec::new()) }
}

/// Digits of the shortest public number; fewer belong to the house, or to a service that is dialed as it is written.
pub(super) const SHORTEST_NUMBER: usize = 7;

/// Digits of a number within its area; with the area code there are more.
const LONGEST_LOCAL: usize = 8;

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

    fn of(country: &str) -> Dialing {
        Dialing { country: Some(country.into()), ..Dialing::default() }
    }

    /// What is dialed for each, and why.
    fn table(dialing: &Dialing, rows: &[(&str, &str, &[DialReason])]) {
        for (raw, to, reasons) in rows {
            let dialed = dialable(raw, dialing).unwrap();
            assert_eq!((dialed.to.reveal(), dialed.reasons.as_slice()), (*to, *reasons), "{raw}");
        }
    }

    #[test]
    fn a_number_without_country_code_gets_that_of_the_settings_country() {
        use DialReason::{CountryAdded, FeatureCode, Internal, InternationalRead, TrunkDropped};
        let german: &[(_, _, &[_])] = &[
            ("030 123456", "+4930123456", &[CountryAdded]),
            ("30 12345678", "+493012345678", &[CountryAdded]),
            ("0033 1 42 68 53 00", "+33142685300", &[InternationalRead]),
            ("+49 (0)30 123456", "+4930123456", &[TrunkDropped]),
            ("+1 (415) 555-0100", "+14155550100", &[]),
            ("116117", "116117", &[Internal]),
            ("*43#", "*43#", &[FeatureCode]),
            ("**21*030123456#", "**21*030123456#", &[FeatureCode]),
        ];
        table(&of("DE"), german);
        let american: &[(_, _, &[_])] = &[
            ("(415) 555-0100", "+14155550100", &[CountryAdded]),
            ("1-415-555-0100", "+14155550100", &[CountryAdded]),
            ("011 44 20 7946 0018", "+442079460018", &[InternationalRead]),
            ("555-0100", "5550100", &[]),
            ("415555010", "415555010", &[]),
        ];
        table(&of("US"), american);
        table(&of("IT"), &[("06 6982 1234", "+390669821234", &[CountryAdded])]);
        table(&of("XX"), &[("06 6982 1234", "0669821234", &[])]);
    }

    #[test]
    fn an_area_code_is_put_before_a_number_of_the_area_only() {
        use DialReason::{AreaCodeAdded, CountryAdded, PrefixAdded};
        let in_area = |country, area_code: &str| Dialing { area_code: Some(area_code.into()), ..of(country) };
        table(
            &in_area("DE", "30"),
            &[
                ("123 4567", "+49301234567", &[AreaCodeAdded, CountryAdded]),
                ("040 1234567", "+49401234567", &[CountryAdded]),
                ("+49 40 1234567", "+49401234567", &[]),
            ],
        );
        table(&in_area("DE", "030"), &[("123 4567", "+49301234567", &[AreaCodeAdded, CountryAdded])]);
        table(&in_area("US", "415"), &[("555-0100", "+14155550100", &[AreaCodeAdded, CountryAdded])]);
        table(&in_area("DK", "30"), &[("33 12 34 56", "+4533123456", &[CountryAdded])]);
        let mut prefixed = in_area("DE", "30");
        (prefixed.apply_prefixes, prefixed.outside_prefix, prefixed.long_distance_prefix) = (true, "0".into(), "0".into());
        table(&prefixed, &[("123 4567", "00301234567", &[AreaCodeAdded, PrefixAdded]), ("030 1234567", "00301234567", &[PrefixAdded])]);
    }

    #[test]
    fn a_number_of_the_own_country_is_dialed_as_a_domestic_one_where_there_are_prefixes() {
        let mut dialing = of("US");
        (dialing.apply_prefixes, dialing.outside_prefix) = (true, "9".into());
        (dialing.long_distance_prefix, dialing.international_prefix) = ("1".into(), "011".into());
        let rows: &[(_, _, &[_])] = &[
            ("+1 415 555 0100", "914155550100", &[DialReason::Domestic]),
            ("+49 30 123456", "90114930123456", &[DialReason::PrefixAdded]),
        ];
        table(&dialing, rows);
    }

    #[test]
    fn without_a_trunk_prefix_a_number_of_the_own_country_is_not_dialed_as_a_local_one() {
        let mut dialing = of("DE");
        (dialing.apply_prefixes, dialing.outside_prefix, dialing.international_prefix) = (true, "0".into(), "00".into());
        table(&dialing, &[("+49 30 123456", "0004930123456", &[DialReason::PrefixAdded])]);
        dialing.long_distance_prefix = "0".into();
        table(&dialing, &[("+49 30 123456", "0030123456", &[DialReason::Domestic])]);
        // No trunk prefix in the country, or one that is not always dialed: none is needed.
        for (country, raw, to) in [("ES", "+34 912 345 678", "0912345678"), ("US", "+1 415 555 0100", "04155550100")] {
            let mut dialing = of(country);
            (dialing.apply_prefixes, dialing.outside_prefix) = (true, "0".into());
            table(&dialing, &[(raw, to, &[DialReason::Domestic])]);
        }
    }

    #[test]
    fn an_emergency_number_is_dialed_as_it_is_whatever_the_settings_say() {
        let mut dialing = of("US");
        (dialing.apply_prefixes, dialing.outside_prefix, dialing.area_code) = (true, "9".into(), Some("415".into()));
        dialing.emergency_numbers.push("1234567".into());
        let rows = [
            ("911", "911"),
            ("9-1-1", "911"),
            ("9 911", "9911"),
            ("tel:112;phone-context=+1", "112"),
            ("1234567", "1234567"),
            ("911 x1", "911"),
        ];
        for (raw, to) in rows {
            let dialed = dialable(raw, &dialing).unwrap();
            assert_eq!((dialed.to.reveal(), dialed.emergency, dialed.internal), (to, true, false), "{raw}");
            assert!(dialed.then.is_empty());
        }
    }

    #[test]
    fn an_address_of_the_web_is_read_with_its_parameters() {
        let parts = |raw| dialable(raw, &Dialing::default()).map(|number| (number.to.reveal().to_owned(), number.then.reveal().to_owned()));
        let expected = |to: &str, then: &str| Some((to.to_owned(), then.to_owned()));
        assert_eq!(parts("TEL:+1-415-555-0100"), expected("+14155550100", ""));
        assert_eq!(parts("tel:415-555-0100;phone-context=+1"), expected("+14155550100", ""));
        assert_eq!(parts("tel:7042;phone-context=example.com"), expected("7042", ""));
        assert_eq!(parts("tel:+14155550100;ext=12;cpc=payphone"), expected("+14155550100", "12"));
        assert_eq!(parts("SIP:Ada@Example.com;user=phone"), expected("SIP:Ada@Example.com;user=phone", ""));
        assert_eq!(parts("sips:1002@pbx.example.com:5061"), expected("sips:1002@pbx.example.com:5061", ""));
        assert_eq!(parts("sip: ada"), None);
    }

    #[test]
    fn what_is_too_long_for_an_extension_is_left_out_and_said_so() {
        let number = |raw| dialable(raw, &Dialing::default()).unwrap();
        let two = number("415 555 0100 or 415 555 0111");
        assert_eq!(
            (two.to.reveal(), two.then.reveal(), two.reasons.as_slice()),
            ("4155550100", "", [DialReason::ExtensionIgnored].as_slice())
        );
        let conference = number("+1 650 253 0000,,123456789#");
        assert_eq!((conference.to.reveal(), conference.then.reveal()), ("+16502530000", "123456789#"));
        let hash = number("415-555-0100 #12");
        assert_eq!((hash.to.reveal(), hash.then.reveal()), ("4155550100", "12"));
    }
}
