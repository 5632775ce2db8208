//! What becomes of a log in an org that has fields, rules and people of its own.

use hookswitch_core::{AgentCommand, DialSource, LogState, RecordRef, RecordSource, Recording};
use hookswitch_lightning::{Fault, Field, FieldKind, ValidationRule};
use hookswitch_scenarios::{AGENT, House};
use hookswitch_switch::NetworkCommand;
use serde_json::{Map, Value, json};

const ADA_MOBILE: &str = "+14155550107";
const TIMES: (&str, &str, &str) =
    ("hookswitchLog", "customFields", "HookswitchHold__c = {hold}; HookswitchWrapUp__c = {wrapUp}; HookswitchHandle__c = {handle}");

fn with_fields(mut house: House, names: &[&str], kind: FieldKind) -> House {
    for name in names {
        house.org.add_field("Task", Field::new(name, name, kind.clone()));
    }
    house
}

/// Rings, is answered, and is hung up on after so long.
fn talks(house: &mut House, number: &str, ms: u64) {
    house.calls(number, "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(ms).agent(AgentCommand::Clear(id));
}

fn finishes(house: &mut House) {
    let id = house.call().id;
    house.agent(AgentCommand::SetDisposition(id, Some("Resolved".into()))).agent(AgentCommand::FinishWrapUp(id)).passes(1_000);
}

fn task(house: &House) -> Value {
    assert_eq!(house.logs().len(), 1);
    house.logs()[0].to_json()
}

#[test]
fn the_times_of_a_call_land_in_the_fields_that_ship() {
    let mut house = House::open(&[TIMES]);
    let shipped = ["HookswitchHold__c", "HookswitchWrapUp__c", "HookswitchHandle__c"];
    if house.org.object("Task").is_some_and(|object| object.field(shipped[0]).is_none()) {
        house = with_fields(house, &shipped, FieldKind::text());
    }
    house.calls(ADA_MOBILE, "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(10_000).agent(AgentCommand::Hold(id)).passes(7_000);
    house.agent(AgentCommand::Retrieve(id)).passes(3_000).agent(AgentCommand::Clear(id)).passes(20_000);
    finishes(&mut house);
    let task = task(&house);
    let number = |name: &str| task[name].as_f64().or_else(|| task[name].as_str()?.parse().ok());
    assert_eq!(shipped.map(number), [Some(7.0), Some(20.0), Some(40.0)], "{task}");
}

#[test]
fn a_field_the_agent_may_not_write_is_named_and_everything_else_is_saved() {
    let house = House::open(&[("hookswitchLog", "customFields", "Secret__c = {queue}x")]);
    let mut house = with_fields(house, &["Secret__c"], FieldKind::text());
    let agent = house.org.named("User", AGENT).expect("the agent").id.clone();
    let profile = house.org.profile_of(&agent).expect("a profile").id.clone();
    house.org.set_hidden(&profile, "Task.Secret__c", true);
    talks(&mut house, ADA_MOBILE, 5_000);
    finishes(&mut house);
    assert_eq!(task(&house)["Status"], "Completed");
    let log = house.snapshot().logs.into_iter().next().expect("it is told");
    let LogState::Incomplete { fields, .. } = &log.state else { panic!("{:?}", log.state) };
    assert_eq!(*fields, ["Secret__c"]);
    // Allowed by now, the agent sends it once more: the same Task, whole.
    house.org.set_hidden(&profile, "Task.Secret__c", false);
    house.agent(AgentCommand::ResendLog(log.key)).passes(1_000);
    assert_eq!((task(&house)["Secret__c"].as_str(), house.snapshot().logs.len()), (Some("x"), 0));
}

#[test]
fn a_validation_rule_names_its_field_and_the_mended_log_is_saved() {
    let mut house = House::open(&[]);
    house.org.add_rule(ValidationRule {
        object: "Task".into(),
        field: "CallDisposition".into(),
        equals: "Resolved".into(),
        requires: "Description".into(),
        message: "Say what was resolved".into(),
    });
    talks(&mut house, ADA_MOBILE, 5_000);
    finishes(&mut house);
    let log = house.snapshot().logs.into_iter().next().expect("it is shown");
    let LogState::Failed { detail, fields } = &log.state else { panic!("{:?}", log.state) };
    assert_eq!((detail.reveal().contains("Say what was resolved"), fields.as_slice()), (true, ["Description".to_owned()].as_slice()));
    assert_eq!(task(&house)["Status"], "In Progress");
    house.agent(AgentCommand::SetLogNotes(log.key, "Mended.".into())).agent(AgentCommand::ResendLog(log.key)).passes(1_000);
    let task = task(&house);
    assert_eq!((task["Description"].as_str(), task["Status"].as_str()), (Some("Mended."), Some("Completed")));
}

#[test]
fn what_the_agent_edits_in_salesforce_meanwhile_stays() {
    let mut house = House::open(&[]);
    talks(&mut house, ADA_MOBILE, 5_000);
    let (id, agent) = (house.logs()[0].id.clone(), house.org.named("User", AGENT).expect("the agent").id.clone());
    let edit: Map<String, Value> =
        [("Priority".into(), json!("High")), ("Subject".into(), json!("Ada, about the blue one"))].into_iter().collect();
    house.org.update(&id, edit, &agent, house.now()).expect("saved");
    finishes(&mut house);
    let task = task(&house);
    assert_eq!((task["Subject"].as_str(), task["Priority"].as_str()), (Some("Ada, about the blue one"), Some("High")));
    assert_eq!((task["CallDisposition"].as_str(), task["Status"].as_str()), (Some("Resolved"), Some("Completed")));
}

#[test]
fn a_recording_that_is_stored_after_the_log_comes_into_the_same_task() {
    let house = House::open(&[("hookswitchLog", "customFields", "Recording__c = {recording}; Quality__c = {quality}")]);
    let mut house = with_fields(house, &["Recording__c", "Quality__c"], FieldKind::text());
    house.calls(ADA_MOBILE, "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(2_000);
    house.agent(AgentCommand::SetRecording(id, Recording::On)).passes(2_000).agent(AgentCommand::Clear(id));
    finishes(&mut house);
    assert!(house.snapshot().logs.is_empty() && house.snapshot().recent.len() == 1);
    house.passes(5_000);
    let task = task(&house);
    assert!(task["Recording__c"].as_str().is_some_and(|text| text.starts_with("https://recordings.example/")), "{task}");
    assert_eq!(task["Quality__c"], "4.21");
}

#[test]
fn a_call_dialed_from_a_case_is_logged_on_the_case_and_its_contact() {
    let mut house = House::open(&[]);
    let ada = house.record("Contact", "Ada Byron");
    let case = RecordRef { id: "500000000000001AAA".into(), object: "Case".into(), name: "00001007".into(), partner: None };
    let number = house.org.record(&ada).and_then(|ada| ada.text("MobilePhone").or_else(|| ada.text("Phone"))).expect("a number").to_owned();
    let source = DialSource::Click { record: Some(case), partner: None, work: None };
    house.agent(AgentCommand::Dial { number: number.as_str().into(), source }).passes(1_000);
    let record = house.call().record.expect("the case");
    assert_eq!(
        (record.what(), record.who(), house.call().record_source),
        (Some("500000000000001AAA"), Some(ada.as_str()), Some(RecordSource::Dialed))
    );
}

#[test]
fn a_call_dialed_from_a_case_whose_number_two_have_is_logged_on_the_case_and_the_one_who_is_chosen() {
    let mut house = House::open(&[]);
    let tina = house.record("Contact", "Tina Fields");
    let of_case = house.org.records("Case").next().expect("the sample has a case").id.clone();
    let case = RecordRef { id: of_case.to_string(), object: "Case".into(), ..RecordRef::default() };
    let source = DialSource::Click { record: Some(case), partner: None, work: None };
    house.agent(AgentCommand::Dial { number: "+16505550133".into(), source }).passes(1_000);
    let call = house.call();
    let choice = call.matches.into_iter().find(|record| record.id == tina.as_str());
    let name = house.outside_calls.last().expect("the network has the call").call.clone();
    house.outside(NetworkCommand::Answer { call: name, party: None, end: None }).passes(1_000);
    house.agent(AgentCommand::Select(call.id, choice)).passes(5_000).agent(AgentCommand::Clear(call.id)).passes(1_000);
    house.agent(AgentCommand::SetDisposition(call.id, Some("Reached".into()))).agent(AgentCommand::FinishWrapUp(call.id)).passes(1_000);
    let task = task(&house);
    assert_eq!((task["WhatId"].as_str(), task["WhoId"].as_str()), (Some(of_case.as_str()), Some(tina.as_str())), "{task}");
}

#[test]
fn of_several_matches_none_is_chosen_the_log_goes_at_once_and_is_related_later() {
    let mut house = House::open(&[]);
    let tina = house.record("Contact", "Tina Fields");
    talks(&mut house, "+16505550133", 5_000);
    finishes(&mut house);
    assert_eq!(task(&house)["WhoId"], Value::Null);
    let log = house.snapshot().recent.into_iter().next().expect("it can be seen");
    assert_eq!((&log.record, log.offered.len()), (&None, 2));
    let choice = log.offered.iter().find(|record| record.id == tina.as_str()).cloned();
    house.agent(AgentCommand::RelateLog(log.key, choice)).passes(1_000);
    assert_eq!(task(&house)["WhoId"], tina.as_str());
}

#[test]
fn where_the_settings_want_a_record_an_unassociated_log_waits_in_sight() {
    let mut house = House::open(&[("hookswitchLog", "logUnassociated", "false")]);
    talks(&mut house, "+16505550133", 5_000);
    finishes(&mut house);
    let log = house.snapshot().logs.into_iter().next().expect("it waits");
    assert_eq!((house.logs().len(), log.state), (0, LogState::Unassociated));
    house.reload();
    let choice = log.offered.first().cloned();
    house.agent(AgentCommand::RelateLog(log.key, choice)).passes(1_000);
    assert_eq!((task(&house)["Status"].as_str(), house.snapshot().logs.len()), (Some("Completed"), 0));
}

#[test]
fn a_save_that_fails_for_hours_is_delivered_later_and_pending_meanwhile() {
    let mut house = House::open(&[("hookswitchIdentity", "apexClass", "Hookswitch")]);
    for method in ["saveLog", "runApex"] {
        house.host.faults_mut().set(Some(method), Fault::Silent, None);
    }
    talks(&mut house, ADA_MOBILE, 5_000);
    finishes(&mut house);
    house.passes(3 * 3_600_000);
    assert_eq!((house.logs().len(), house.snapshot().logs.len()), (0, 1));
    assert_eq!(house.snapshot().logs[0].state, LogState::Pending);
    house.reload();
    for method in ["saveLog", "runApex"] {
        house.host.faults_mut().clear(Some(method));
    }
    house.passes(120_000);
    assert_eq!((task(&house)["Status"].as_str(), house.snapshot().logs.len()), (Some("Completed"), 0));
}
