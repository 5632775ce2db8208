//! What `saveLog` takes, refuses and leaves behind.

use hookswitch_lightning::{ValidationRule, View};
use serde_json::{Value, json};

use crate::stage::{ACME, ADA, CASE, GRACE, GRACE_CONTACT, LENA, Stage, id};

fn task(more: Value) -> Value {
    let mut task =
        json!({ "entityApiName": "Task", "Subject": "Call", "Status": "Completed", "Priority": "Normal", "TaskSubtype": "Call" });
    for (name, value) in more.as_object().into_iter().flatten() {
        task[name] = value.clone();
    }
    json!({ "object": task })
}

fn saved(stage: &mut Stage, more: Value) -> String {
    let value = stage.works("saveLog", task(more));
    value["recordId"].as_str().expect("an id").into()
}

fn refused(stage: &mut Stage, args: Value) -> Vec<String> {
    let tasks = stage.org.tasks().count();
    let version = stage.org.version();
    let error = stage.fails("saveLog", args);
    assert_eq!((stage.org.tasks().count(), stage.org.version()), (tasks, version), "a refusal changes nothing");
    let details = error["details"].as_array().map(Vec::as_slice).unwrap_or_default();
    details.iter().map(|detail| detail["message"].as_str().expect("a message").into()).collect()
}

#[test]
fn a_log_is_created_once_and_then_changed_by_its_id() {
    let mut stage = Stage::new();
    let log = saved(&mut stage, json!({ "Status": "In Progress", "CallObject": "k1", "WhoId": ADA }));
    stage.now += 1000;
    stage.works("saveLog", json!({ "object": { "Id": log, "Status": "Completed", "CallDurationInSeconds": 73, "Description": "Called" } }));
    let tasks: Vec<_> = stage.org.tasks_of_call("k1").collect();
    assert_eq!(tasks.len(), 1);
    assert_eq!((tasks[0].saves, tasks[0].modified - tasks[0].created), (2, 1000));
    assert_eq!((tasks[0].text("Description"), &tasks[0].fields["CallDurationInSeconds"]), (Some("Called"), &json!(73)));
    assert!(tasks[0].flag("IsClosed"), "derived from the status");
}

#[test]
fn an_id_in_small_letters_is_taken_and_an_unknown_one_refused() {
    let mut stage = Stage::new();
    let log = saved(&mut stage, json!({}));
    stage.works("saveLog", json!({ "object": { "id": &log[..15], "Subject": "Changed" } }));
    assert_eq!(stage.org.find(&log).and_then(|task| task.text("Subject")), Some("Changed"));
    assert_eq!(refused(&mut stage, json!({ "object": { "Id": "00Txx0000012345EAA", "Subject": "x" } })), ["entity is deleted"]);
    assert_eq!(refused(&mut stage, json!({ "object": { "Subject": "x" } })), ["entityApiName or Id is required"]);
}

#[test]
fn each_wrong_value_is_refused_by_its_field() {
    let mut stage = Stage::new();
    let table = [
        (json!({ "CallType": "Sideways" }), "[CallType]"),
        (json!({ "CallType": "inbound" }), "[CallType]"),
        (json!({ "CallDurationInSeconds": "73" }), "[CallDurationInSeconds]"),
        (json!({ "CallDurationInSeconds": 7.5 }), "[CallDurationInSeconds]"),
        (json!({ "CallDurationInSeconds": -1 }), "[CallDurationInSeconds]"),
        (json!({ "CallDurationInSeconds": 3_000_000_000_u32 }), "[CallDurationInSeconds]"),
        (json!({ "ActivityDate": "15.01.2026" }), "[ActivityDate]"),
        (json!({ "ActivityDate": "2026-02-30" }), "[ActivityDate]"),
        (json!({ "Subject": "x".repeat(256) }), "[Subject]"),
        (json!({ "CallObject": "x".repeat(256) }), "[CallObject]"),
        (json!({ "CallDisposition": "x".repeat(256) }), "[CallDisposition]"),
        (json!({ "Status": null }), "[Status]"),
        (json!({ "Priority": "" }), "[Priority]"),
        (json!({ "IsClosed": true }), "[IsClosed]"),
        (json!({ "Nonsense__c": "x" }), "[Nonsense__c]"),
        (json!({ "WhoId": ACME }), "[WhoId]"),
        (json!({ "WhoId": GRACE }), "[WhoId]"),
        (json!({ "WhatId": ADA }), "[WhatId]"),
        (json!({ "WhoId": LENA, "WhatId": CASE }), "[WhatId]"),
        (json!({ "WhatId": "500xx0000000000AAA" }), "[WhatId]"),
        (json!({ "WhoId": "nonsense" }), "[WhoId]"),
    ];
    for (values, field) in table {
        let details = refused(&mut stage, task(values.clone()));
        assert!(details.len() == 1 && details[0].ends_with(field), "{values}: {details:?}");
    }
}

#[test]
fn a_good_log_may_hold_all_of_these() {
    let mut stage = Stage::new();
    let call = stage.org.add_record_type("Task", "Call", "Call");
    for values in [
        json!({ "WhoId": ADA, "WhatId": CASE, "CallType": "Internal", "CallDurationInSeconds": 0 }),
        json!({ "WhoId": LENA }),
        json!({ "WhoId": GRACE_CONTACT, "WhatId": GRACE }),
        json!({ "ActivityDate": "2026-01-15T10:02:11.000Z", "Type": "Call", "CallDisposition": "Reached" }),
        json!({ "recordTypeId": call.as_str(), "Status": "Waiting on someone else" }),
    ] {
        saved(&mut stage, values);
    }
    assert_eq!(stage.org.tasks().count(), 5);
}

#[test]
fn the_lead_rule_holds_for_the_record_as_it_becomes() {
    let mut stage = Stage::new();
    let log = saved(&mut stage, json!({ "WhatId": CASE }));
    let details = refused(&mut stage, json!({ "object": { "Id": log, "WhoId": LENA } }));
    assert!(details[0].ends_with("[WhatId]"), "{details:?}");
    stage.works("saveLog", json!({ "object": { "Id": log, "WhoId": LENA, "WhatId": null } }));
}

#[test]
fn a_subtype_is_set_in_a_new_task_only() {
    let mut stage = Stage::new();
    let log = saved(&mut stage, json!({}));
    assert!(refused(&mut stage, json!({ "object": { "Id": log, "TaskSubtype": "Task" } }))[0].ends_with("[TaskSubtype]"));
}

#[test]
fn a_rule_of_the_admin_refuses_in_the_admins_words() {
    let mut stage = Stage::new();
    stage.org.add_rule(ValidationRule {
        object: "Task".into(),
        field: "Status".into(),
        equals: "Completed".into(),
        requires: "CallDisposition".into(),
        message: "Choose a call result".into(),
    });
    assert_eq!(refused(&mut stage, task(json!({}))), ["Choose a call result: [CallDisposition]"]);
    saved(&mut stage, json!({ "CallDisposition": "Reached" }));
    stage.org.clear_rules();
    saved(&mut stage, json!({}));
}

#[test]
fn a_field_hidden_from_the_agent_is_refused_by_name() {
    let mut stage = Stage::new();
    let profile = stage.org.profiles()[0].id.clone();
    stage.org.set_hidden(&profile, "Task.Description", true);
    assert!(refused(&mut stage, task(json!({ "Description": "x" })))[0].ends_with("[Description]"));
    stage.org.set_hidden(&profile, "Task.Description", false);
    saved(&mut stage, json!({ "Description": "x" }));
}

#[test]
fn every_kind_of_record_can_be_made_and_a_person_account_has_two_halves() {
    let mut stage = Stage::new();
    for object in [
        json!({ "entityApiName": "Lead", "LastName": "New", "Company": "Co" }),
        json!({ "entityApiName": "Case", "Subject": "Help", "ContactId": ADA }),
        json!({ "entityApiName": "Account", "Name": "Business" }),
    ] {
        stage.works("saveLog", json!({ "object": object }));
    }
    let person =
        stage.works("saveLog", json!({ "object": { "entityApiName": "Account", "LastName": "Turing", "PersonMobilePhone": "555 0199" } }));
    let person = stage.org.find(person["recordId"].as_str().expect("an id")).expect("saved").clone();
    let half = stage.org.record(&person.other_half().expect("a contact half")).expect("saved").clone();
    assert_eq!((half.name(), half.text("MobilePhone"), half.other_half()), ("Turing", Some("555 0199"), Some(person.id.clone())));
    assert_eq!(stage.org.named("Case", "00001002").and_then(|case| case.text("Status")), Some("New"));
    for wrong in [
        json!({ "entityApiName": "Account", "Name": "Both", "LastName": "Both" }),
        json!({ "entityApiName": "Account", "Phone": "1" }),
        json!({ "entityApiName": "Contact", "FirstName": "No last name" }),
        json!({ "entityApiName": "Unknown__c", "Name": "x" }),
    ] {
        assert_eq!(refused(&mut stage, json!({ "object": wrong })).len(), 1, "{wrong}");
    }
}

#[test]
fn a_call_with_a_person_is_on_the_timeline_of_both_halves_and_newest_first() {
    let mut stage = Stage::new();
    let first = saved(&mut stage, json!({ "WhoId": GRACE_CONTACT }));
    stage.now += 1000;
    let second = saved(&mut stage, json!({ "WhatId": GRACE }));
    let on = |record: &str| stage.org.timeline(&id(record)).iter().map(|task| task.id.to_string()).collect::<Vec<_>>();
    assert_eq!(on(GRACE), [second, first.clone()]);
    assert_eq!(on(GRACE_CONTACT), [first]);
    assert!(on(ACME).is_empty());
}

#[test]
fn a_save_draws_nothing_again_until_the_softphone_asks() {
    let mut stage = Stage::new();
    stage.open(&View::Record { id: id(ADA) }.path(&stage.org.clone()));
    stage.outputs();
    stage.send(&crate::stage::request("saveLog", 1, task(json!({ "WhoId": ADA }))));
    let outputs = stage.outputs();
    assert!(matches!(outputs.as_slice(), [hookswitch_lightning::HostOutput::Post(_)]), "{outputs:?}");
    stage.send(&crate::stage::request("refreshView", 2, json!({})));
    assert!(stage.outputs().contains(&hookswitch_lightning::HostOutput::Refreshed));
}
