//! The methods of the shipped Apex class, asked through Open CTI as a softphone asks them.

use std::path::Path;

use hookswitch_core::{MOST_SPELLINGS, search_text, settings::Dialing};
use hookswitch_lightning::{Host, HostOutput, Org, SAMPLE_CENTER, SAMPLE_TIME};
use serde_json::{Value, json};

use crate::stage::{ORIGIN, request};

/// The sample org, and Alex in it.
struct Desk {
    org: Org,
    host: Host,
}

impl Desk {
    fn new() -> Self {
        Self::of(Org::sample_with(SAMPLE_CENTER).expect("the sample's own file"))
    }

    fn of(org: Org) -> Self {
        let alex = org.named("User", "Alex Agent").expect("a user of the sample").id.clone();
        let host = Host::new(&org, ORIGIN, &alex, "Service", SAMPLE_TIME + 1);
        Self { org, host }
    }

    fn hide(&mut self, field: &str) {
        let agents = self.org.profiles().iter().find(|profile| profile.name == "Support Agent").expect("the sample's").id.clone();
        self.org.set_hidden(&agents, field, true);
    }

    fn response(&mut self, method: &str, parameters: &str) -> Value {
        while self.host.poll().is_some() {}
        let args = json!({ "apexClass": "Hookswitch", "methodName": method, "methodParams": parameters });
        self.host.receive(&mut self.org, SAMPLE_TIME + 1000, &request("runApex", 7, args));
        let Some(HostOutput::Post(mut reply)) = self.host.poll() else { panic!("no reply") };
        reply["response"].take()
    }

    /// What the method returned: a text, and in it JSON.
    fn runs(&mut self, method: &str, parameters: &str) -> Value {
        let response = self.response(method, parameters);
        assert_eq!(response["success"], true, "{method}: {response}");
        let text = response["returnValue"]["runApex"].as_str().expect("a text");
        serde_json::from_str(text).expect("JSON")
    }

    fn found(&mut self, parameters: &str) -> Vec<String> {
        let answer = self.runs("directory", parameters);
        let words = |entry: &Value, name| entry[name].as_str().unwrap_or("-").to_owned();
        let entries = answer["entries"].as_array().expect("a list");
        entries.iter().map(|entry| format!("{} {} {}", words(entry, "kind"), words(entry, "name"), words(entry, "phone"))).collect()
    }
}

#[test]
fn the_class_says_that_it_is_there_and_who_asks() {
    let mut desk = Desk::new();
    assert_eq!(desk.runs("ping", ""), "ok");
    let me = desk.runs("whoAmI", "");
    assert_eq!((me["name"].as_str(), me["extension"].as_str()), (Some("Alex Agent"), Some("1001")));
    assert!(me["id"].as_str().is_some_and(|id| id.starts_with("005") && id.len() == 18), "{me}");
}

#[test]
fn the_directory_finds_numbers_colleagues_and_contacts_but_not_who_asks() {
    let mut desk = Desk::new();
    assert_eq!(desk.found("text=agent&page=0"), ["user Bea Agent 1002"]);
    assert_eq!(desk.found("text=be%20ag"), ["user Bea Agent 1002"], "words in their order");
    assert_eq!(desk.found("text=fields"), ["contact Tina Fields 650-555-0133", "contact Tom Fields (650) 555-0133"]);
    assert_eq!(desk.found("text=hospital"), ["number City Hospital (415) 555-0190"]);
    assert_eq!(desk.found("text=a"), [""; 0], "one letter finds half the org");
    assert_eq!(desk.found("text=%25%25"), [""; 0], "a wildcard is a blank");
}

#[test]
fn a_number_of_another_call_center_is_not_found() {
    let mut desk = Desk::new();
    let admin = desk.org.named("User", "Ines Admin").expect("a user").id.clone();
    let mine = desk.org.call_centers()[0].id.clone();
    let other = desk.org.import_call_center(&admin, &SAMPLE_CENTER.replace("AcmePhone", "OtherPhone")).expect("the same file, renamed");
    desk.org.add_directory_number("Desk of theirs", "7001", "", Some(&other));
    desk.org.add_directory_number("Desk of ours", "7002", "", Some(&mine));
    assert_eq!(desk.found("text=desk"), ["number Desk of ours 7002"]);
}

#[test]
fn twenty_of_a_kind_are_a_page_and_the_last_says_that_there_is_no_more() {
    let mut desk = Desk::new();
    for at in 0..45 {
        desk.org.add_directory_number(&format!("Branch {at:02}"), &format!("70{at:02}"), "", None);
    }
    let pages: Vec<(usize, Value)> = ["0", "1", "2", "3"]
        .iter()
        .map(|page| desk.runs("directory", &format!("text=branch&page={page}")))
        .map(|answer| (answer["entries"].as_array().map_or(0, Vec::len), answer["more"].clone()))
        .collect();
    assert_eq!(pages, [(20, json!(true)), (20, json!(true)), (5, json!(false)), (0, json!(false))]);
}

#[test]
fn a_kind_the_agent_may_not_read_is_named_and_the_others_are_found() {
    let mut desk = Desk::new();
    desk.hide("Contact");
    desk.hide("AdditionalNumber");
    let answer = desk.runs("directory", "text=agent");
    assert_eq!(answer["refused"], json!(["number", "contact"]));
    assert_eq!(answer["entries"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_field_the_agent_may_not_read_is_left_out_and_its_kind_is_found() {
    let mut desk = Desk::new();
    for field in ["Contact.HomePhone", "Account.Name", "User.Department", "User.Extension"] {
        desk.hide(field);
    }
    assert_eq!(desk.found("text=fields"), ["contact Tina Fields 650-555-0133", "contact Tom Fields (650) 555-0133"]);
    let answer = desk.runs("directory", "text=fields");
    assert_eq!((&answer["refused"], &answer["entries"][0]["detail"]), (&json!([]), &Value::Null));
    let bea = desk.found("text=agent");
    assert!(bea.iter().all(|found| !found.ends_with(" 1002")), "a hidden extension is not shown: {bea:?}");
    // Nothing to call, or nobody to name: then the kind is missing.
    for hidden in [&["Contact.Phone", "Contact.MobilePhone", "Contact.HomePhone"][..], &["Contact.Name"]] {
        let mut desk = Desk::new();
        hidden.iter().for_each(|field| desk.hide(field));
        assert_eq!(desk.runs("directory", "text=fields")["refused"], json!(["contact"]), "{hidden:?}");
    }
}

#[test]
fn a_wish_not_to_be_called_is_found_in_any_spelling_and_unknown_where_the_box_is_hidden() {
    let mut desk = Desk::new();
    let asks = |dialed: &str| format!("dialed={dialed}&spellings=%22808 555 0172%22 OR 18085550172&field=DoNotCall");
    let answer = desk.runs("doNotCall", &asks("%2B18085550172"));
    assert_eq!(
        (&answer["flagged"], &answer["name"], &answer["objectType"], &answer["unknown"]),
        (&json!(true), &json!("Mei Sato"), &json!("Contact"), &json!([]))
    );
    assert_eq!(desk.runs("doNotCall", &asks("%2B18085550199"))["flagged"], false, "another number that the search happened upon");
    desk.hide("Contact.DoNotCall");
    let answer = desk.runs("doNotCall", &asks("%2B18085550172"));
    assert_eq!((&answer["flagged"], &answer["unknown"]), (&json!(false), &json!(["Contact"])));
    let answer = desk.runs("doNotCall", "dialed=8085550172&spellings=&field=Wishes__c");
    assert_eq!(answer["unknown"], json!(["Contact", "Lead"]), "no such box");
}

#[test]
fn a_wish_is_found_in_the_last_of_the_spellings_the_phone_asks_for() {
    let mut desk = Desk::new();
    let owner = desk.org.named("User", "Alex Agent").expect("a user").id.clone();
    for stored in ["0711 1234567", "(0711) 1234567", "+49 711 1234567"] {
        let values = json!({ "LastName": "Weiß", "Phone": stored, "DoNotCall": true }).as_object().cloned().unwrap_or_default();
        let contact = desk.org.create("Contact", values, &owner, SAMPLE_TIME).expect("a contact");
        let spellings = search_text("+497111234567", &Dialing::default()).replace('+', "%2B");
        let answer = desk.runs("doNotCall", &format!("dialed=%2B497111234567&spellings={spellings}&field=DoNotCall"));
        assert_eq!(answer["flagged"], true, "{stored}: {spellings}");
        desk.org.delete(&contact);
    }
    let others = (1..MOST_SPELLINGS).map(|number| format!("99{number:05}")).collect::<Vec<_>>().join(" OR ");
    let asks = format!("dialed=8085550172&spellings={others} OR %22808 555 0172%22&field=DoNotCall");
    assert_eq!(desk.runs("doNotCall", &asks)["flagged"], true, "the last of as many as there can be");
}

#[test]
fn the_shipped_class_looks_for_as_many_spellings_as_the_phone_asks_for() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definition/force-app/main/default/classes/HookswitchDoNotCall.cls");
    let class = std::fs::read_to_string(path).expect("the class lies in the project");
    assert!(class.contains(&format!("Integer MOST_SPELLINGS = {MOST_SPELLINGS};")), "fewer, and a wish is overlooked");
}

#[test]
fn open_cases_are_those_of_the_contact_or_its_account() {
    let mut desk = Desk::new();
    let ada = desk.org.named("Contact", "Ada Byron").expect("a contact").id.clone();
    let cases = desk.runs("openCases", &format!("recordId={}", ada.as_str()));
    assert_eq!(cases[0]["Subject"], "Robot arm stops after update");
    assert_eq!(cases[0]["attributes"]["type"], "Case", "as JSON.serialize writes a record");
    let carlos = desk.org.named("Contact", "Carlos Ruiz").expect("a contact").id.clone();
    assert_eq!(desk.runs("openCases", &format!("recordId={}", carlos.as_str())), json!([]), "his is closed");
    assert_eq!(desk.runs("openCases", "recordId=%27 OR 1%3D1"), json!([]));
    desk.hide("Case.Status");
    assert_eq!(desk.response("openCases", &format!("recordId={}", ada.as_str()))["success"], false);
}

#[test]
fn a_log_is_found_by_its_key_by_its_owner_and_from_the_day_on_that_is_asked_for() {
    let mut desk = Desk::new();
    let alex = desk.org.named("User", "Alex Agent").expect("a user").id.clone();
    let bea = desk.org.named("User", "Bea Agent").expect("a user").id.clone();
    for owner in [&alex, &bea] {
        let values = json!({ "Subject": "Call", "CallObject": "key-1" }).as_object().cloned().unwrap_or_default();
        desk.org.create("Task", values, owner, SAMPLE_TIME).expect("a task");
    }
    assert_eq!(desk.runs("findLog", "key=key-1&since=2026-01-15").as_array().map(Vec::len), Some(1), "one's own alone");
    assert_eq!(desk.runs("findLog", "key=key-1&since=2026-01-16").as_array().map(Vec::len), Some(1), "a day is taken off");
    assert_eq!(desk.runs("findLog", "key=key-1&since=2026-01-17"), json!([]));
    assert_eq!(desk.runs("findLog", "key=&since="), json!([]));
    assert_eq!(desk.response("findLog", "key=key-1&since=soon")["success"], false, "Date.valueOf throws");
}

#[test]
fn a_phone_account_is_told_to_its_owner_and_to_nobody_else() {
    let mut desk = Desk::new();
    assert_eq!(desk.runs("credentials", ""), Value::Null);
    let bea = desk.org.named("User", "Bea Agent").expect("a user").id.clone();
    desk.org.set_phone_account(&bea, "1002", "secret");
    assert_eq!(desk.runs("credentials", ""), Value::Null);
    let alex = desk.org.named("User", "Alex Agent").expect("a user").id.clone();
    desk.org.set_phone_account(&alex, "1001", "secret");
    assert_eq!(desk.runs("credentials", ""), json!({ "user": "1001", "password": "secret" }));
}

#[test]
fn an_org_without_apex_says_that_the_class_is_not_there() {
    let mut org = Org::sample_with(SAMPLE_CENTER).expect("the sample's own file");
    org.remove_apex();
    let response = Desk::of(org).response("ping", "");
    assert_eq!(response["errors"][0]["description"], "Could not load Apex class: Hookswitch.");
}

#[test]
fn a_record_type_is_found_by_its_name_where_the_agent_may_use_it() {
    let mut desk = Desk::new();
    let call = desk.org.add_record_type("Task", "Support_Call", "Support call");
    let parameters = "objectName=Task&developerName=Support_Call";
    assert_eq!(desk.runs("recordType", parameters), call.as_str());
    for other in ["objectName=Task&developerName=support_call", "objectName=Case&developerName=Support_Call", ""] {
        assert_eq!(desk.runs("recordType", other), Value::Null, "{other}");
    }
    let agents = desk.org.profiles().iter().find(|profile| profile.name == "Support Agent").expect("the sample's").id.clone();
    desk.org.set_record_type(&agents, &call, false);
    assert_eq!(desk.runs("recordType", parameters), Value::Null);
}
