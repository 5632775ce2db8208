//! What the CRM is asked for: one number in the spellings people store it in.

use super::{parts::without_extension, plan::Plan};
use crate::settings::Dialing;

/// Fewer digits are not searched: the CRM refuses them, and they would match anything.
const FEWEST_DIGITS: usize = 3;

/// More digits than any number with all its prefixes has: nobody stored that, and the CRM would refuse the search.
const MOST_DIGITS: usize = 30;

/// Spellings asked for at most; the Apex class that looks for a wish not to be called takes as many.
pub const MOST_SPELLINGS: usize = 40;

/// What to search for a caller's number: its spellings joined by ` OR `; empty when there is nothing to find (withheld, too short).
///
/// The CRM's index knows words, not numbers: `(415) 555-0100` is stored as `415`, `555`, `0100`. So these are asked for, in this order,
/// each once:
///
/// 1. the groups it came in, side by side: `"20 7946 0018"`;
/// 2. in one word: E.164 with its plus (`+442079460018`), without it, after `00`, national with and without the trunk prefix
///    (`02079460018`, `2079460018`);
/// 3. in the groups of its country, with and without the trunk prefix: `"20 7946 0018"`, `"020 7946 0018"`, `"20 79460018"` …
///
/// The last digits asked for are the whole national number: with fewer, as a local number without its area code, the search would find everybody
/// whose number ends so, in any town, and a stranger's page would open.
///
/// Words in quotes must stand side by side, so what is stored before or after them (a country code, an extension) does not matter.
/// A number without a country code is taken for one of the settings' country; without that, ten digits are read as North American
/// too. An extension is not searched.
///
/// ```
/// use hookswitch_core::{search_text, settings::Dialing};
///
/// let text = search_text("+44 20 7946 0018 x3", &Dialing::default());
/// assert!(text.starts_with(r#""44 20 7946 0018" OR +442079460018 OR 442079460018 OR 00442079460018 OR 2079460018 OR 02079460018"#));
/// ```
#[must_use]
pub fn search_text(raw: &str, dialing: &Dialing) -> String {
    let number = without_extension(raw.trim().strip_prefix("tel:").unwrap_or_else(|| raw.trim()));
    let number = number.strip_prefix(dialing.strip_inbound.as_str()).unwrap_or(number);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if !(FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len()) {
        return String::new();
    }
    let mut spellings = Spellings::default();
    let groups: Vec<_> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    if groups.len() > 1 {
        spellings.side_by_side(&groups.join(" "));
    }
    let international = if number.starts_with('+') { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    let (plan, national) = match international {
        Some(digits) => {
            spellings.international(digits);
            Plan::of_number(digits).unzip()
        }
        None => {
            spellings.word(&digits);
            let home = dialing.country.as_deref().and_then(Plan::of_country);
            let plan = home.or_else(|| american(&digits));
            (plan, Some(plan.map_or(digits.as_str(), |plan| without_trunk(&digits, plan))))
        }
    };
    match (plan, national) {
        (Some(plan), Some(national)) if national.len() > FEWEST_DIGITS => spellings.national(plan, national),
        (None, _) => spellings.unknown_country(international),
        _ => {}
    }
    spellings.all.join(" OR ")
}

/// Without a country in the settings, ten digits (or eleven after a 1) look North American.
fn american(digits: &str) -> Option<&'static Plan> {
    let ten = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(digits);
    (ten.len() == 10 && !ten.starts_with(['0', '1'])).then(|| Plan::of_country("US")).flatten()
}

fn without_trunk<'a>(digits: &'a str, plan: &Plan) -> &'a str {
    if plan.trunk.is_empty() {
        return digits;
    }
    digits.strip_prefix(plan.trunk).unwrap_or(digits)
}

/// Spellings, each once.
#[derive(Default)]
struct Spellings {
    all: Vec<String>,
}

impl Spellings {
    fn add(&mut self, spelling: String) {
        if spelling.len() >= FEWEST_DIGITS && self.all.len() < MOST_SPELLINGS && !self.all.contains(&spelling) {
            self.all.push(spelling);
        }
    }

    fn word(&mut self, word: &str) {
        self.add(word.into());
    }

    fn side_by_side(&mut self, groups: &str) {
        self.add(["\"", groups, "\""].concat());
    }

    fn international(&mut self, digits: &str) {
        self.add(["+", digits].concat());
        self.word(digits);
        self.add(["00", digits].concat());
    }

    fn national(&mut self, plan: &Plan, national: &str) {
        let trunk = plan.trunk;
        self.international(&[plan.code, national].concat());
        self.word(national);
        self.add([trunk, national].concat());
        for groups in plan.grouped(national) {
            self.side_by_side(&groups);
            // A trunk prefix of 1 stands apart, and what stands apart does not matter.
            if trunk == "0" {
                self.side_by_side(&[trunk, &groups].concat());
            }
        }
    }

    /// Country codes have one to three digits; the trunk prefix is mostly 0.
    fn unknown_country(&mut self, international: Option<&str>) {
        let Some(digits) = international.filter(|digits| digits.len() > 8) else { return };
        for code in 1..=3 {
            self.word(&digits[code..]);
            self.add(["0", &digits[code..]].concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branches(raw: &str, dialing: &Dialing) -> Vec<String> {
        search_text(raw, dialing).split(" OR ").map(String::from).collect()
    }

    #[test]
    fn a_number_is_searched_in_the_spellings_people_store() {
        let text = search_text("+14155550100", &Dialing::default());
        let words = "+14155550100 OR 14155550100 OR 0014155550100 OR 4155550100 OR ";
        let groups = "\"415 555 0100\" OR \"415 5550100\" OR \"41 55550100\" OR \"4155 550100\"";
        assert_eq!(text, [words, groups].concat());
    }

    #[test]
    fn a_number_without_a_country_code_belongs_to_the_settings_country() {
        let german = Dialing { country: Some("de".into()), ..Dialing::default() };
        let found = branches("030 1234567", &german);
        for wanted in ["+49301234567", "301234567", "0301234567", "\"30 1234567\"", "\"030 1234567\"", "\"30 12 34 56 7\""] {
            assert!(found.iter().any(|branch| branch == wanted), "{wanted} in {found:?}");
        }
        assert!(!branches("030 1234567", &Dialing::default()).contains(&"+49301234567".into()));
    }

    #[test]
    fn a_search_stays_short_enough_for_the_crm() {
        for number in ["+493012345678", "+442079460018", "+33142685300", "+999123456789", "4155550100"] {
            let text = search_text(number, &Dialing::default());
            assert!(text.len() < 900, "{number}: {} characters", text.len());
            assert!(branches(number, &Dialing::default()).iter().all(|branch| branch.len() >= FEWEST_DIGITS));
        }
    }

    #[test]
    fn withheld_and_very_short_numbers_are_not_searched() {
        for raw in ["", "anonymous", "12"] {
            assert_eq!(search_text(raw, &Dialing::default()), "", "{raw}");
        }
    }

    #[test]
    fn an_extension_is_not_searched() {
        assert_eq!(search_text("+1 650 253 0000 x136", &Dialing::default()), search_text("+1 650 253 0000", &Dialing::default()));
    }
}
