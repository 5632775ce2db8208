//! Numbers at the edges of their rules: whom a dialed number is taken for, and in which spellings a caller is searched.

use hookswitch_core::{DialReason, MOST_SPELLINGS, dialable, search_text, settings::Dialing};

fn of(country: &str) -> Dialing {
    Dialing { country: Some(country.into()), ..Dialing::default() }
}

/// A house with `9` for a line, as the toolkit's own example.
fn behind_nine(country: &str) -> Dialing {
    Dialing {
        apply_prefixes: true,
        outside_prefix: "9".into(),
        long_distance_prefix: "1".into(),
        international_prefix: "011".into(),
        ..of(country)
    }
}

#[track_caller]
fn party(raw: &str, dialing: &Dialing, expected: &str) {
    assert_eq!(dialable(raw, dialing).unwrap().party.reveal(), expected, "{raw}");
}

#[track_caller]
fn dialed(raw: &str, dialing: &Dialing, to: &str, reasons: &[DialReason]) {
    let number = dialable(raw, dialing).unwrap();
    assert_eq!((number.to.reveal(), number.reasons.as_slice()), (to, reasons), "{raw}");
}

fn spellings(raw: &str, dialing: &Dialing) -> Vec<String> {
    search_text(raw, dialing).split(" OR ").map(String::from).collect()
}

fn has(found: &[String], spelling: &str) -> bool {
    found.iter().any(|known| known == spelling)
}

#[test]
fn whoever_is_dialed_with_the_houses_prefixes_is_the_same_customer_as_without() {
    let house = behind_nine("US");
    for raw in ["+1 415 555 0100", "415 555 0100", "1 415 555 0100", "9 1 415 555 0100"] {
        party(raw, &house, "+14155550100");
    }
    for raw in ["+49 30 123456", "011 49 30 123456", "9 011 49 30 123456"] {
        party(raw, &house, "+4930123456");
    }
    party("916 555 0100", &house, "+19165550100");
    party("91655501001", &house, "91655501001");
    party("555 0100", &house, "5550100");
    party("+49 30 12", &house, "+493012");
}

#[test]
fn a_prefix_of_the_house_that_no_country_has_leads_abroad_as_well() {
    let house = Dialing { international_prefix: "00".into(), ..behind_nine("US") };
    party("00 49 30 123456", &house, "+4930123456");
    party("9 00 49 30 123456", &house, "+4930123456");
    party("00 123 4567", &house, "+1234567");
    party("00 123 45", &house, "0012345");
    // One digit leads nowhere by itself: it is the trunk prefix as well.
    let german =
        Dialing { outside_prefix: "0".into(), long_distance_prefix: "0".into(), international_prefix: "0".into(), ..behind_nine("DE") };
    party("030 1234567", &german, "+49301234567");
}

#[test]
fn a_number_of_its_area_only_is_no_countrys_number() {
    let german =
        Dialing { outside_prefix: "9".into(), long_distance_prefix: "0".into(), international_prefix: "00".into(), ..behind_nine("DE") };
    party("123 4567", &german, "1234567");
    party("1234 5678", &german, "12345678");
    party("123 456 789", &german, "+49123456789");
}

#[test]
fn an_area_code_is_put_before_local_numbers_of_every_length_and_no_others() {
    use DialReason::{AreaCodeAdded, CountryAdded};
    let in_area = |country: &str| Dialing { area_code: Some("30".into()), ..of(country) };
    dialed("1234 5678", &in_area("DE"), "+493012345678", &[AreaCodeAdded, CountryAdded]);
    dialed("123 456 789", &in_area("DE"), "+49123456789", &[CountryAdded]);
    dialed("331 2345", &in_area("DK"), "+453312345", &[CountryAdded]);
}

#[test]
fn a_number_too_short_for_the_public_network_is_dialed_as_it_is() {
    let short = Dialing { internal_length: 3, ..of("DE") };
    dialed("116117", &short, "116117", &[DialReason::ShortCode]);
    dialed("116", &short, "116", &[DialReason::Internal]);
    dialed("+49 116", &short, "+49116", &[]);
}

#[test]
fn what_leads_abroad_is_read_in_each_country_as_it_is_dialed_there() {
    for (country, raw) in [("US", "011 49 30 123456"), ("AU", "0011 49 30 123456"), ("JP", "010 49 30 123456"), ("GB", "00 49 30 123456")] {
        dialed(raw, &of(country), "+4930123456", &[DialReason::InternationalRead]);
    }
    dialed("44 20 7946 001", &of("US"), "44207946001", &[]);
}

#[test]
fn an_extension_of_eight_digits_is_one_and_of_nine_is_another_number() {
    let then = |raw| dialable(raw, &Dialing::default()).unwrap().then.reveal().to_owned();
    assert_eq!(then("415 555 0100 x12345678"), "12345678");
    assert_eq!(then("415 555 0100 x123456789"), "");
}

#[test]
fn a_caller_is_searched_in_the_groups_the_number_came_in_and_in_no_single_group() {
    let nobodys = Dialing::default();
    assert_eq!(spellings("020 7946 001", &nobodys), ["\"020 7946 001\"", "0207946001"]);
    assert_eq!(spellings("0207946001", &nobodys), ["0207946001"]);
    let found = spellings("+49 30123", &nobodys);
    assert!(found.iter().filter(|spelling| spelling.starts_with('"')).all(|groups| groups.contains(' ')), "{found:?}");
}

#[test]
fn more_digits_than_a_country_has_are_in_none_of_its_groups_and_none_is_left_out() {
    let found = spellings("+1 415 555 0100 1234", &Dialing::default());
    let groups: Vec<_> = found.iter().filter(|spelling| spelling.starts_with('"')).collect();
    assert!(groups.len() > 1 && !groups.iter().any(|groups| groups.starts_with("\"415 555 ")), "{groups:?}");
    for groups in groups {
        assert!(groups.chars().filter(char::is_ascii_digit).count() >= 14, "{groups}");
    }
}

#[test]
fn a_national_number_of_three_digits_is_not_searched_alone() {
    assert!(!has(&spellings("+49 301", &Dialing::default()), "301"));
    assert!(has(&spellings("+49 3012", &Dialing::default()), "3012"));
}

#[test]
fn a_caller_from_a_country_nobody_listed_is_searched_without_one_to_three_digits_of_its_code() {
    let found = spellings("+999 123456", &Dialing::default());
    for wanted in ["99123456", "099123456", "9123456", "09123456", "123456", "0123456"] {
        assert!(has(&found, wanted), "{wanted} in {found:?}");
    }
    assert_eq!(found.len(), 10, "{found:?}");
    assert_eq!(spellings("+999 12345", &Dialing::default()), ["\"999 12345\"", "+99912345", "99912345", "0099912345"]);
}

#[test]
fn ten_digits_without_a_country_are_read_as_north_american_where_they_can_be() {
    let american = |raw| has(&spellings(raw, &Dialing::default()), &format!("+1{}", &raw[raw.len() - 10..]));
    assert!(american("4155550100") && american("14155550100"));
    for other in ["0155550100", "1155550100", "24155550100"] {
        assert!(!american(other), "{other}");
    }
    assert_eq!(spellings("415555010", &Dialing::default()), ["415555010"]);
}

#[test]
fn no_number_has_more_spellings_than_the_apex_class_takes() {
    for code in ["1", "43", "49", "44", "353", "39", "81", "31", "46", "999"] {
        for length in 4..=14 {
            let raw: String = ["+", code, " ", &"2345678923456789"[..length]].concat();
            assert!(spellings(&raw, &Dialing::default()).len() <= MOST_SPELLINGS, "{raw}");
        }
    }
}
