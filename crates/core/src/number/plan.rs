//! How numbers are written in a country: its code, its trunk prefix, and the groups people put digits in.
//!
//! Facts of the national numbering plans (ITU-T E.164, E.123 and the countries' own customs). A plan names only what is common in
//! stored data; what is missing costs a match, never a wrong one.

/// A country's way of writing numbers.
#[derive(Debug)]
pub(super) struct Plan {
    /// Two letters (ISO 3166).
    pub(super) country: &'static str,
    /// Country code, without `+`.
    pub(super) code: &'static str,
    /// Put before the national number inside the country; empty where there is none.
    pub(super) trunk: &'static str,
    /// Sizes of the groups of a national number, without the trunk prefix. The last group takes all that is left.
    groups: &'static [&'static [u8]],
}

/// Area code, then the rest in one: for plans that are not listed, and for all that are.
const ANYWHERE: &[&[u8]] = &[&[2, 99], &[3, 99], &[4, 99]];

const fn plan(country: &'static str, code: &'static str, trunk: &'static str, groups: &'static [&'static [u8]]) -> Plan {
    Plan { country, code, trunk, groups }
}

/// The first of several with one code stands for all of them.
const PLANS: [Plan; 26] = [
    plan("US", "1", "1", &[&[3, 3, 4], &[3, 7]]),
    plan("CA", "1", "1", &[&[3, 3, 4], &[3, 7]]),
    plan("AT", "43", "0", &[&[1, 99], &[1, 3, 2, 2], &[3, 3, 99]]),
    plan("AU", "61", "0", &[&[1, 4, 4], &[3, 3, 3], &[1, 99]]),
    plan("BE", "32", "0", &[&[1, 3, 2, 2], &[3, 2, 2, 2], &[2, 2, 2, 2]]),
    plan("BR", "55", "0", &[&[2, 5, 4], &[2, 4, 4]]),
    plan("CH", "41", "0", &[&[2, 3, 2, 2]]),
    plan("DE", "49", "0", &[&[5, 99], &[2, 2, 2, 2, 2, 2], &[2, 3, 99], &[2, 4, 4], &[3, 2, 2, 2, 2], &[3, 3, 99], &[3, 4, 4]]),
    plan("DK", "45", "", &[&[2, 2, 2, 2], &[4, 4]]),
    plan("ES", "34", "", &[&[3, 3, 3], &[2, 3, 2, 2], &[3, 2, 2, 2]]),
    plan("FI", "358", "0", &[&[2, 3, 99], &[1, 99]]),
    plan("FR", "33", "0", &[&[1, 2, 2, 2, 2], &[1, 99]]),
    plan("GB", "44", "0", &[&[2, 4, 4], &[3, 3, 4], &[4, 3, 3], &[4, 6], &[5, 99]]),
    plan("IE", "353", "0", &[&[1, 3, 4], &[2, 3, 4], &[1, 99]]),
    plan("IN", "91", "0", &[&[5, 5], &[2, 4, 4], &[3, 3, 4]]),
    plan("IT", "39", "", &[&[3, 3, 4], &[2, 4, 4], &[3, 3, 99], &[4, 6]]),
    plan("JP", "81", "0", &[&[1, 4, 4], &[2, 4, 4], &[2, 3, 4]]),
    plan("MX", "52", "", &[&[2, 4, 4], &[3, 3, 4]]),
    plan("NL", "31", "0", &[&[2, 3, 4], &[1, 99], &[1, 2, 2, 2, 2], &[1, 4, 4], &[2, 3, 2, 2]]),
    plan("NO", "47", "", &[&[2, 2, 2, 2], &[3, 2, 3]]),
    plan("NZ", "64", "0", &[&[1, 3, 4], &[2, 3, 99]]),
    plan("PL", "48", "", &[&[3, 3, 3], &[2, 3, 2, 2]]),
    plan("PT", "351", "", &[&[3, 3, 3], &[2, 3, 4]]),
    plan("SE", "46", "0", &[&[1, 3, 3, 2], &[2, 3, 2, 2], &[1, 99], &[1, 3, 2, 2]]),
    plan("SG", "65", "", &[&[4, 4]]),
    plan("ZA", "27", "0", &[&[2, 3, 4]]),
];

impl Plan {
    /// The plan of a country, by its two letters.
    pub(super) fn of_country(country: &str) -> Option<&'static Self> {
        PLANS.iter().find(|plan| plan.country.eq_ignore_ascii_case(country))
    }

    /// The plan of an international number, and its national part.
    pub(super) fn of_number(digits: &str) -> Option<(&'static Self, &str)> {
        PLANS.iter().find_map(|plan| Some((plan, digits.strip_prefix(plan.code)?)))
    }

    /// What is dialed inside the country before another country's code.
    pub(super) fn exit_code(&self) -> &'static str {
        match self.code {
            "1" => "011",
            "61" => "0011",
            "81" => "010",
            _ => "00",
        }
    }

    /// The national number in the groups people write it in: at least two of them each, no grouping twice.
    pub(super) fn grouped(&self, national: &str) -> Vec<String> {
        let mut all = Vec::new();
        for sizes in self.groups.iter().chain(ANYWHERE) {
            let Some(grouped) = group(national, sizes) else { continue };
            if !all.contains(&grouped) {
                all.push(grouped);
            }
        }
        all
    }
}

/// The digits cut into groups; none where the groups do not fit.
fn group(digits: &str, sizes: &[u8]) -> Option<String> {
    let mut rest = digits;
    let mut groups = Vec::new();
    for (place, size) in sizes.iter().enumerate() {
        if rest.is_empty() {
            break;
        }
        let last = place + 1 == sizes.len();
        let cut = if last { rest.len() } else { usize::from(*size).min(rest.len()) };
        // A fixed last group that is too small or too large is another country's.
        if last && *size != 99 && rest.len() > usize::from(*size) {
            return None;
        }
        let (group, after) = rest.split_at(cut);
        groups.push(group);
        rest = after;
    }
    (groups.len() > 1).then(|| groups.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_cut_as_its_country_does() {
        let grouped = |digits| Plan::of_number(digits).map(|(plan, national)| plan.grouped(national)).unwrap_or_default();
        assert!(grouped("33142685300").contains(&"1 42 68 53 00".into()));
        assert!(grouped("442079460018").contains(&"20 7946 0018".into()));
        assert!(grouped("14155550100").contains(&"415 555 0100".into()));
        assert!(grouped("493012345678").contains(&"30 12345678".into()));
    }

    #[test]
    fn no_code_of_the_table_begins_another() {
        for plan in &PLANS {
            let (first, _) = Plan::of_number(plan.code).unwrap();
            assert_eq!(first.code, plan.code);
        }
    }
}
