//! A caller's number finds the record however its number was typed into it.

use hookswitch_core::{search_text, settings::Dialing};
use serde_json::json;

use crate::stage::Stage;

/// Countries, a caller's number as phone systems give it, and how people store it.
const STORED: [(&str, &str, &[&str]); 10] = [
    ("US", "+14155550100", &["(415) 555-0100", "415.555.0100", "+1 (415) 555 0100", "1-415-555-0100", "4155550100", "415 5550100"]),
    ("GB", "+442079460018", &["020 7946 0018", "+44 (0)20 7946 0018", "(020) 79460018", "02079460018", "0044 20 7946 0018"]),
    ("DE", "+4930123456", &["030 123456", "030/123456", "+49 (0) 30 123456", "(030) 12 34 56", "+49 30 123456", "030-123456"]),
    ("FR", "+33142685300", &["01 42 68 53 00", "01.42.68.53.00", "+33 1 42 68 53 00", "+33 (0)1 42 68 53 00", "0142685300"]),
    ("ES", "+34912345678", &["912 345 678", "91 234 56 78", "+34 912 34 56 78", "912345678", "+34 912345678"]),
    ("IT", "+390612345678", &["06 12345678", "+39 06 1234 5678", "06/12345678", "0612345678"]),
    ("CH", "+41443643535", &["044 364 35 35", "+41 44 364 35 35", "+41 (0)44 364 35 35", "0443643535", "044/364 35 35"]),
    ("NL", "+31201234567", &["020 123 4567", "020-1234567", "+31 (0)20 123 4567", "0201234567", "+31 20 1234567"]),
    ("AU", "+61293744000", &["02 9374 4000", "(02) 9374 4000", "+61 2 9374 4000", "+61 (0)2 9374 4000", "0293744000"]),
    ("JP", "+81312345678", &["03-1234-5678", "(03) 1234-5678", "+81 3-1234-5678", "0312345678", "+81 (0)3 1234 5678"]),
];

/// What a caller's number finds in an org that stores it so.
fn found_by(caller: &str, country: &str, stored: &str) -> usize {
    let mut stage = Stage::new();
    let gone: Vec<_> = stage.org.records("Contact").map(|record| record.id.clone()).collect();
    for id in gone {
        stage.org.delete(&id);
    }
    stage.create("Contact", json!({ "LastName": "Stored", "Phone": stored })).expect("a good contact");
    let dialing = Dialing { country: Some(country.into()), ..Dialing::default() };
    stage.org.search(&search_text(caller, &dialing), &["Contact"]).len()
}

#[test]
fn every_usual_spelling_of_ten_countries_is_found_by_the_callers_number() {
    let mut spellings = 0;
    for (country, caller, stored) in STORED {
        for stored in stored {
            assert_eq!(found_by(caller, country, stored), 1, "{caller} finds {stored}");
            spellings += 1;
        }
    }
    assert!(spellings >= 20);
}

#[test]
fn a_caller_shown_without_country_code_is_found_too() {
    for (country, caller, national) in
        [("US", "4155550100", "+1 (415) 555-0100"), ("DE", "030123456", "+49 30 123456"), ("GB", "02079460018", "+442079460018")]
    {
        assert_eq!(found_by(caller, country, national), 1, "{caller} finds {national}");
    }
}

#[test]
fn an_extension_behind_the_stored_number_does_not_matter() {
    for stored in ["(415) 555-0100 x12", "415-555-0100 ext. 7", "+1 415 555 0100;ext=3"] {
        assert_eq!(found_by("+14155550100", "US", stored), 1, "{stored}");
    }
}

#[test]
fn another_number_is_not_found() {
    // Nor a local one without its area code: whoever asked for its digits would find the same ones of every town.
    for stored in ["(415) 555-0101", "555 0100", "+44 415 555 01 00", "(510) 555-0100"] {
        assert_eq!(found_by("+14155550100", "US", stored), 0, "{stored}");
    }
}
