//! What an admin forbids and asks for: field-level security, validation rules, record types, duplicate rules; and how a refusal is worded.

use hookswitch_lightning::{DuplicateRule, FieldAccess, Id, ValidationRule};
use serde_json::{Value, json};

use crate::stage::{ADA, Stage, id};

fn profile(stage: &Stage) -> Id {
    stage.org.profiles()[0].id.clone()
}

/// Why a log with these values is refused.
fn refused(stage: &mut Stage, object: Value) -> Value {
    stage.fails("saveLog", json!({ "object": object }))["details"].take()
}

fn made(stage: &mut Stage, object: Value) -> Id {
    let saved = stage.works("saveLog", json!({ "object": object }));
    id(saved["recordId"].as_str().expect("an id"))
}

#[test]
fn a_field_an_agent_may_only_see_is_refused_by_name_and_comes_back_from_a_search() {
    let mut stage = Stage::new();
    let profile = profile(&stage);
    stage.org.set_access(&profile, "Task.Description", FieldAccess::Read);
    let details = refused(&mut stage, json!({ "entityApiName": "Task", "Description": "x" }));
    assert!(
        details[0]["message"].as_str().is_some_and(|words| words.ends_with("security settings of this field: [Description]")),
        "{details}"
    );
    for (access, seen) in [(FieldAccess::Read, true), (FieldAccess::Hidden, false), (FieldAccess::Edit, true)] {
        stage.org.set_access(&profile, "Contact.Phone", access);
        let found = stage.works("searchAndScreenPop", json!({ "searchParams": "ada", "callType": "inbound", "deferred": true }));
        assert_eq!(found[ADA].get("Phone").is_some(), seen, "{access:?}");
    }
}

#[test]
fn a_new_log_gets_the_profiles_default_record_type_unless_it_names_another() {
    let mut stage = Stage::new();
    let profile = profile(&stage);
    let call = stage.org.add_record_type("Task", "Call", "Call");
    let visit = stage.org.add_record_type("Task", "Visit", "Visit");
    let of = |stage: &Stage, task: &Id| stage.org.record(task).and_then(|task| task.reference("RecordTypeId"));
    let bare = made(&mut stage, json!({ "entityApiName": "Task" }));
    assert_eq!(of(&stage, &bare), None, "nobody has a default yet");
    stage.org.set_default_record_type(&profile, "Task", Some(&call));
    let bare = made(&mut stage, json!({ "entityApiName": "Task" }));
    assert_eq!(of(&stage, &bare), Some(call.clone()));
    for key in ["recordTypeId", "recordType"] {
        let named = made(&mut stage, json!({ "entityApiName": "Task", key: visit.short() }));
        assert_eq!(of(&stage, &named), Some(visit.clone()), "{key}");
    }
    stage.works("saveLog", json!({ "object": { "Id": bare.as_str(), "recordTypeId": visit.as_str() } }));
    assert_eq!(of(&stage, &bare), Some(visit));
}

#[test]
fn a_record_type_of_another_object_or_another_profile_is_no_record_type() {
    let mut stage = Stage::new();
    let profile = profile(&stage);
    let contact = stage.org.add_record_type("Contact", "Partner", "Partner");
    let barred = stage.org.add_record_type("Task", "Internal", "Internal");
    stage.org.set_default_record_type(&profile, "Task", Some(&barred));
    stage.org.set_record_type(&profile, &barred, false);
    for wrong in [contact.as_str(), barred.as_str(), "012xx0000000001AAA", "nonsense"] {
        let details = refused(&mut stage, json!({ "entityApiName": "Task", "recordTypeId": wrong }));
        let words = format!("Record Type ID: this ID value isn't valid for the user: {wrong}: [RecordTypeId]");
        assert_eq!(details, json!([{ "message": words }]));
    }
    let task = made(&mut stage, json!({ "entityApiName": "Task" }));
    assert_eq!(stage.org.record(&task).and_then(|task| task.reference("RecordTypeId")), None, "a barred type is no default");
    stage.org.set_record_type(&profile, &barred, true);
    made(&mut stage, json!({ "entityApiName": "Task", "recordTypeId": barred.as_str() }));
}

#[test]
fn a_duplicate_is_refused_from_the_wire_and_saved_from_the_window_at_the_second_press_if_the_rule_allows() {
    let rule = |allow| DuplicateRule { object: "Contact".into(), fields: vec!["LastName".into(), "Phone".into()], allow };
    let twin = json!({ "LastName": "BYRON", "Phone": "415-555-0100" });
    let mut wired = twin.clone();
    wired["entityApiName"] = "Contact".into();
    for allow in [true, false] {
        let mut stage = Stage::new();
        stage.org.add_duplicate_rule(rule(allow));
        let details = refused(&mut stage, wired.clone());
        assert!(details[0]["message"].as_str().is_some_and(|words| words.ends_with(&format!("Ada Byron ({ADA})"))), "{details}");
        let values = || twin.as_object().cloned().unwrap_or_default();
        stage.host.new_record(&stage.org, "Contact", values(), stage.now);
        let first = stage.host.save_new_record(&mut stage.org, values(), stage.now);
        assert_eq!(first.expect_err("a duplicate")[0].code, "DUPLICATES_DETECTED");
        let second = stage.host.save_new_record_anyway(&mut stage.org, values(), stage.now);
        assert_eq!(second.is_ok(), allow);
        assert_eq!(stage.host.page().new_record().is_some(), !allow, "a refused window stays open");
        stage.org.remove_duplicate_rule(0);
        made(&mut stage, wired.clone());
    }
}

#[test]
fn records_that_differ_in_one_field_or_leave_it_empty_are_no_duplicates() {
    let mut stage = Stage::new();
    stage.org.add_duplicate_rule(DuplicateRule { object: "Contact".into(), fields: vec!["LastName".into(), "Phone".into()], allow: false });
    made(&mut stage, json!({ "entityApiName": "Contact", "LastName": "Byron", "Phone": "415 555 0101" }));
    made(&mut stage, json!({ "entityApiName": "Contact", "LastName": "Byron" }));
    made(&mut stage, json!({ "entityApiName": "Contact", "LastName": "Byron" }));
    made(&mut stage, json!({ "entityApiName": "Lead", "LastName": "Byron", "Phone": "(415) 555-0100", "Company": "Co" }));
}

#[test]
fn a_refusal_can_name_its_fields_apart_with_the_codes_of_the_api() {
    let mut stage = Stage::new();
    stage.host.faults_mut().details_by_field = true;
    for message in ["Choose a call result", "Without a result nobody learns"] {
        stage.org.add_rule(ValidationRule {
            object: "Task".into(),
            field: "Status".into(),
            equals: "Completed".into(),
            requires: "CallDisposition".into(),
            message: message.into(),
        });
    }
    let details = refused(&mut stage, json!({ "entityApiName": "Task", "Status": "Completed", "CallType": "Sideways", "Priority": null }));
    let code = |field: &str| details[0]["fieldErrors"][field][0]["statusCode"].as_str();
    assert_eq!(code("CallDisposition"), Some("FIELD_CUSTOM_VALIDATION_EXCEPTION"));
    assert_eq!(code("CallType"), Some("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"));
    assert_eq!(code("Priority"), Some("REQUIRED_FIELD_MISSING"));
    let words = |place: usize| details[0]["fieldErrors"]["CallDisposition"][place]["message"].as_str();
    assert_eq!((words(0), words(1)), (Some("Choose a call result"), Some("Without a result nobody learns")));
    assert_eq!(details[0]["pageErrors"], json!([]));
    let gone = refused(&mut stage, json!({ "Id": "00Txx0000012345EAA", "Subject": "x" }));
    assert_eq!(gone[0]["pageErrors"][0]["statusCode"], "ENTITY_IS_DELETED");
    stage.org.remove_rule(0);
    stage.org.remove_rule(0);
    made(&mut stage, json!({ "entityApiName": "Task", "Status": "Completed" }));
}

#[test]
fn a_person_accounts_wish_not_to_be_called_is_on_both_halves() {
    let mut stage = Stage::new();
    let person = made(&mut stage, json!({ "entityApiName": "Account", "LastName": "Turing", "PersonDoNotCall": true }));
    let half = stage.org.record(&person).and_then(hookswitch_lightning::Record::other_half).expect("a contact half");
    assert!(stage.org.record(&half).expect("saved").flag("DoNotCall"));
    stage.works("saveLog", json!({ "object": { "Id": person.as_str(), "PersonDoNotCall": false } }));
    assert!(!stage.org.record(&half).expect("saved").flag("DoNotCall"));
}
