//! What becomes of a log in an org that has fields, rules and people of its own.

use hookswitch_core::{AgentCommand, CallKind, DialSource, LogPlace, LogState, RecordRef, RecordSource, Recording, Refusal};
use hookswitch_lightning::{Fault, Field, FieldKind, Id, ObjectType, ValidationRule};
use hookswitch_scenarios::{AGENT, EXTENSION, House};
use hookswitch_switch::{CallAgent, NetworkCommand};
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

/// Ada's open case.
fn case(house: &House) -> Id {
    let robot = house.org.records("Case").find(|case| case.text("Subject") == Some("Robot arm stops after update"));
    robot.expect("the sample has it").id.clone()
}

#[test]
fn the_times_of_a_call_land_in_the_fields_that_ship() {
    let mut house = House::open(&[TIMES]);
    let shipped = ["HookswitchHold__c", "HookswitchWrapUp__c", "HookswitchHandle__c"];
    house.calls(ADA_MOBILE, "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(10_000).agent(AgentCommand::Hold(id)).passes(7_000);
    house.agent(AgentCommand::Retrieve(id)).passes(3_000).agent(AgentCommand::Clear(id)).passes(20_000);
    finishes(&mut house);
    let task = task(&house);
    assert_eq!(shipped.map(|name| task[name].as_f64()), [Some(7.0), Some(20.0), Some(40.0)], "numbers, and no texts: {task}");
    assert!(house.snapshot().logs.is_empty(), "and nothing of it was refused");
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
    let house =
        House::open(&[("hookswitchLog", "customFields", "Recording__c = {recording}; Quality__c = {quality}; Mos__c = MOS {quality}")]);
    let mut house = with_fields(house, &["Mos__c"], FieldKind::text());
    house = with_fields(house, &["Quality__c"], FieldKind::Number { whole: 1, scale: 2 });
    house.calls(ADA_MOBILE, "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(2_000);
    house.agent(AgentCommand::SetRecording(id, Recording::On)).passes(2_000).agent(AgentCommand::Clear(id));
    finishes(&mut house);
    assert!(house.snapshot().logs.is_empty() && house.snapshot().recent.len() == 1);
    house.passes(5_000);
    let task = task(&house);
    assert!(task["Recording__c"].as_str().is_some_and(|text| text.starts_with("https://recordings.example/")), "{task}");
    assert_eq!((task["Quality__c"].as_f64(), task["Mos__c"].as_str()), (Some(4.21), Some("MOS 4.21")));
}

#[test]
fn a_call_with_a_colleague_who_is_found_is_logged_whole_and_on_no_record() {
    let mut house = House::open(&[("hookswitchLog", "logInternal", "always")]);
    let colleague = house.org.records("User").find(|user| user.text("Extension").is_some_and(|own| own.len() > 2 && own != EXTENSION));
    let colleague = colleague.expect("the sample has a colleague");
    let (id, extension) = (colleague.id.to_string(), colleague.text("Extension").unwrap_or_default().to_owned());
    house.outside(NetworkCommand::CallAgent(CallAgent { kind: CallKind::Internal, ..CallAgent::new(EXTENSION, &extension, "") }));
    let call = house.call();
    assert_eq!(call.record.map(|record| record.id), Some(id), "the colleague");
    house.agent(AgentCommand::Answer(call.id)).passes(5_000).agent(AgentCommand::Clear(call.id)).passes(1_000);
    let task = task(&house);
    assert_eq!((task["Status"].as_str(), task["CallType"].as_str()), (Some("Completed"), Some("Internal")), "{task}");
    assert!(task["WhatId"].is_null() && task["WhoId"].is_null(), "{task}");
    assert!(house.snapshot().logs.is_empty(), "nothing is left to the agent: {:?}", house.snapshot().logs);
}

#[test]
fn a_call_dialed_from_a_case_is_logged_on_the_case_and_its_contact() {
    let mut house = House::open(&[]);
    let ada = house.record("Contact", "Ada Byron");
    let case = case(&house);
    let record = RecordRef { id: case.as_str().into(), object: "Case".into(), name: "00001007".into(), partner: None };
    let number = house.org.record(&ada).and_then(|ada| ada.text("MobilePhone").or_else(|| ada.text("Phone"))).expect("a number").to_owned();
    let source = DialSource::Click { record: Some(record), partner: None, work: None };
    house.agent(AgentCommand::Dial { number: number.as_str().into(), source }).passes(1_000);
    let record = house.call().record.expect("the case");
    assert_eq!(
        (record.what(), record.who(), house.call().record_source),
        (Some(case.as_str()), Some(ada.as_str()), Some(RecordSource::Dialed))
    );
    let id = house.call().id;
    house.agent(AgentCommand::Clear(id)).passes(1_000);
    let task = task(&house);
    assert_eq!((task["WhatId"].as_str(), task["WhoId"].as_str()), (Some(case.as_str()), Some(ada.as_str())), "{task}");
}

/// An org whose calls are records of their own, with these fields of the settings.
fn with_own_object(fields: &str) -> House {
    let mut house = House::open(&[("hookswitchLog", "logObject", "Call__c"), ("hookswitchLog", "customFields", fields)]);
    let (contact, case) = (FieldKind::Reference { to: vec!["Contact".into()], not: Vec::new() }, ["Case".to_owned()].to_vec());
    let fields = vec![
        Field::new("Key__c", "Key", FieldKind::text()),
        Field::new("Seconds__c", "Seconds", FieldKind::Number { whole: 8, scale: 0 }),
        Field::new("Contact__c", "Contact", contact),
        Field::new("Case__c", "Case", FieldKind::Reference { to: case, not: Vec::new() }),
        Field::new("Record__c", "Record", FieldKind::text()),
    ];
    house.org.add_object(ObjectType::new("Call__c", "Call", "Calls", "a09", fields));
    house
}

fn own_record(house: &House) -> Value {
    let all: Vec<_> = house.org.records("Call__c").collect();
    assert_eq!(all.len(), 1);
    all[0].to_json()
}

#[test]
fn a_log_that_is_no_task_names_its_record_in_the_settings_fields_and_is_moved_in_these() {
    let mut house = with_own_object("Key__c={callId}; Seconds__c={duration}; Contact__c={who}; Case__c={what}; Record__c=on {record}");
    let (ada, case) = (house.record("Contact", "Ada Byron"), case(&house));
    talks(&mut house, ADA_MOBILE, 5_000);
    finishes(&mut house);
    let log = own_record(&house);
    assert_eq!((log["Contact__c"].as_str(), log["Case__c"].is_null()), (Some(ada.as_str()), true), "{log}");
    assert_eq!((log["Seconds__c"].as_f64(), log["Record__c"].as_str()), (Some(5.0), Some(format!("on {ada}").as_str())), "{log}");
    let saved = house.snapshot().recent.into_iter().next().expect("it can be seen");
    assert_eq!((saved.place, saved.record.as_ref().map(|record| record.id.as_str())), (LogPlace::Fields, Some(ada.as_str())));
    house.agent(AgentCommand::RelateLog(saved.key, None)).passes(1_000);
    let log = own_record(&house);
    assert_eq!((log["Contact__c"].is_null(), log["Record__c"].as_str()), (true, Some("on ")), "{log}");
    // The case whose page is in view.
    house.host.open_record(&house.org, &case, house.now());
    house.passes(1_000);
    let record = house.snapshot().crm.in_view.expect("the case");
    house.agent(AgentCommand::RelateLog(saved.key, Some(record))).passes(1_000);
    let log = own_record(&house);
    assert_eq!((log["Case__c"].as_str(), log["Record__c"].as_str()), (Some(case.as_str()), Some(format!("on {case}").as_str())), "{log}");
}

#[test]
fn a_log_that_names_no_record_does_not_pretend_to_and_is_moved_nowhere() {
    let mut house = with_own_object("Key__c={callId}; Seconds__c={duration}");
    talks(&mut house, ADA_MOBILE, 5_000);
    assert_eq!(house.snapshot().crm.log_place, LogPlace::Nowhere);
    finishes(&mut house);
    assert_eq!(own_record(&house)["Seconds__c"].as_f64(), Some(5.0));
    let saved = house.snapshot().recent.into_iter().next().expect("it can be seen");
    assert_eq!((saved.place, saved.record.as_ref(), saved.offered.len()), (LogPlace::Nowhere, None, 0));
    assert_eq!(house.try_agent(AgentCommand::RelateLog(saved.key, None)), Err(Refusal::RecordNotNamed));
}

#[test]
fn where_the_settings_want_a_record_a_log_that_can_name_none_waits_for_none() {
    let mut house = House::open(&[("hookswitchLog", "logUnassociated", "false"), ("hookswitchLog", "logObject", "Site__c")]);
    talks(&mut house, "+16505550133", 5_000);
    finishes(&mut house);
    let log = house.snapshot().logs.into_iter().next().expect("a site needs a name");
    assert!(matches!(log.state, LogState::Failed { .. }), "it was sent: {:?}", log.state);
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
fn a_server_that_answers_nothing_but_errors_for_an_hour_costs_no_log_and_no_work_of_the_agents() {
    for begun in [false, true] {
        let mut house = House::open(&[("hookswitchIdentity", "apexClass", "Hookswitch")]);
        let breaks = |house: &mut House| {
            for method in ["saveLog", "runApex"] {
                house.host.faults_mut().set(Some(method), Fault::Failing { code: "SERVER_ERROR".into() }, None);
            }
        };
        if !begun {
            breaks(&mut house);
        }
        house.calls(ADA_MOBILE, "");
        let id = house.call().id;
        house.agent(AgentCommand::Answer(id)).passes(5_000);
        breaks(&mut house);
        house.agent(AgentCommand::Clear(id)).passes(1_000);
        finishes(&mut house);
        house.passes(3_600_000);
        assert_eq!(house.logs().len(), usize::from(begun));
        assert_eq!(house.snapshot().logs[0].state, LogState::Pending, "begun: {begun}");
        for method in ["saveLog", "runApex"] {
            house.host.faults_mut().clear(Some(method));
        }
        house.passes(120_000);
        assert_eq!((task(&house)["Status"].as_str(), house.snapshot().logs.len()), (Some("Completed"), 0), "begun: {begun}");
    }
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
