//! Search by the words as stored.

use hookswitch_lightning::{Field, FieldKind, ObjectType, Org, tokens};
use proptest::prelude::*;
use serde_json::json;

use crate::stage::Stage;

/// An org with one contact that has this number.
fn with_number(stored: &str) -> Stage {
    let mut stage = Stage::new();
    let gone: Vec<_> = stage.org.records("Contact").map(|record| record.id.clone()).collect();
    for id in gone {
        stage.org.delete(&id);
    }
    stage.create("Contact", json!({ "LastName": "Stored", "Phone": stored })).expect("a good contact");
    stage
}

fn finds(org: &Org, text: &str) -> bool {
    !org.search(text, &["Contact"]).is_empty()
}

#[test]
fn a_number_is_found_by_the_words_it_was_stored_under_and_by_nothing_else() {
    let table: [(&str, &[&str], &[&str]); 9] = [
        (
            "(415) 555-0100",
            &["415 555 0100", "\"(415) 555-0100\"", "415-555-0100", "0100 415", "555*", "(415) 555-01*", "4155550100 OR 415 555 0100"],
            &["4155550100", "+14155550100", "1 415 555 0100", "415 555 010", "\"555 415\"", "5550100"],
        ),
        ("4155550100", &["4155550100", "415555*", "\"4155550100\""], &["415 555 0100", "(415) 555-0100", "5550100"]),
        ("+1 415 555 0100", &["415 555 0100", "+1 (415) 555-0100", "\"1 415\""], &["+14155550100"]),
        ("+14155550100", &["14155550100", "+14155550100", "1415*"], &["4155550100"]),
        ("+44 (0)20 7946 0018", &["44 20 7946 0018", "020 OR 7946 0018", "\"7946 0018\""], &["+442079460018", "020 7946 0018"]),
        ("030 23125-141", &["030 23125 141", "23125*"], &["49 30 23125 141", "03023125141"]),
        ("512/555-0155", &["512 555 0155", "512.555.0155"], &["512555 0155"]),
        ("(305) 555-0119 ext. 7", &["305 555 0119", "305 555 0119 ext"], &["305 555 0119 x7"]),
        ("1-800-FLOWERS", &["800 flowers", "1 800 FLOWERS"], &["1 800 3569377"]),
    ];
    for (stored, found_by, not_by) in table {
        let stage = with_number(stored);
        for text in found_by {
            assert!(finds(&stage.org, text), "{stored} by {text}");
        }
        for text in not_by {
            assert!(!finds(&stage.org, text), "{stored} not by {text}");
        }
    }
}

#[test]
fn all_words_of_a_branch_must_stand_in_one_field() {
    let mut stage = Stage::new();
    stage.create("Contact", json!({ "LastName": "Split", "Phone": "777", "MobilePhone": "555 0100" })).expect("a good contact");
    assert!(finds(&stage.org, "777 OR 888 999"));
    assert!(!finds(&stage.org, "777 555 0100"));
}

#[test]
fn a_branch_of_less_than_three_characters_finds_nothing_and_does_not_spoil_the_others() {
    let stage = with_number("12");
    assert!(!finds(&stage.org, "12"));
    assert!(!Org::searchable("12 OR 3*"));
    let stage = with_number("(415) 555-0100");
    assert!(finds(&stage.org, "12 OR 415 555 0100"));
    assert!(Org::searchable("12 OR 415"));
}

#[test]
fn a_text_without_a_letter_or_digit_is_no_search() {
    for text in ["", "   ", "---", "***", "\"\"\"", " OR ", "(+)"] {
        assert!(!Org::searchable(text), "{text}");
    }
}

#[test]
fn only_the_objects_asked_for_are_searched_in_their_order() {
    let stage = Stage::new();
    let found =
        |objects: &[&str]| stage.org.search("Grace OR Ortiz", objects).iter().map(|record| record.object.clone()).collect::<Vec<_>>();
    assert_eq!(found(&["Lead", "Account"]), ["Lead", "Account"]);
    assert_eq!(found(&["Case"]), Vec::<String>::new());
}

#[test]
fn a_person_account_is_one_match_where_accounts_are_searched_too() {
    let stage = Stage::new();
    let found = |objects: &[&str]| stage.org.search_ids("212 555 0142", objects).len();
    assert_eq!([found(&["Account", "Contact"]), found(&["Contact"]), found(&["Account"])], [1, 1, 1]);
}

#[test]
fn a_custom_phone_field_of_a_custom_object_is_found() {
    let mut stage = Stage::new();
    let fields = vec![Field::new("Name", "Name", FieldKind::text()), Field::new("Hotline__c", "Hotline", FieldKind::Phone)];
    stage.org.add_object(ObjectType::new("Site__c", "Site", "Sites", "a01", fields));
    let site = stage.create("Site__c", json!({ "Name": "Plant", "Hotline__c": "+49 351 5550 177" })).expect("a good site");
    stage.inbound(|section| section.objects = vec![("Site__c".into(), vec!["Hotline__c".into()])]);
    let found = stage.works("searchAndScreenPop", json!({ "searchParams": "49 351 5550 177", "callType": "inbound", "deferred": true }));
    assert_eq!(found[site.as_str()]["Hotline__c"], "+49 351 5550 177");
}

#[test]
fn an_object_without_fields_in_the_layout_finds_nothing_and_other_fields_do_not_come_back() {
    let mut stage = Stage::new();
    stage.inbound(|section| section.objects = vec![("Contact".into(), Vec::new())]);
    let search = json!({ "searchParams": "415 555 0100", "callType": "inbound", "deferred": true });
    assert_eq!(stage.works("searchAndScreenPop", search.clone())[crate::stage::ADA], json!(null));
    stage.inbound(|section| section.objects = vec![("Contact".into(), vec!["FirstName".into()])]);
    let found = &stage.works("searchAndScreenPop", search)[crate::stage::ADA];
    assert_eq!((&found["FirstName"], &found["Phone"]), (&json!("Ada"), &json!(null)));
}

proptest! {
    #[test]
    fn every_stored_number_is_found_by_its_own_spelling(stored in "[+]?[(]?[0-9]{2,4}[)]?[ /.-]{1,2}[0-9]{3,4}[ -]?[0-9]{3,4}") {
        let stage = with_number(&stored);
        prop_assert!(finds(&stage.org, &stored));
        let quoted = format!("\"{stored}\"");
        prop_assert!(finds(&stage.org, &quoted));
        prop_assert!(finds(&stage.org, &tokens(&stored).join(" ")));
    }

    #[test]
    fn no_text_makes_a_search_fail(text in ".{0,40}") {
        let stage = Stage::new();
        let found = stage.org.global_search(&text).len();
        prop_assert!(found == 0 || Org::searchable(&text));
    }
}
