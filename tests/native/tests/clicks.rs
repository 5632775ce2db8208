//! Clicks, do-not-call, calls from components and steps of cadences: real core, simulated org, simulated phone system, no browser.

use hookswitch_core::{AgentCommand, DialSource, Phase, PhoneRef, ProblemKind, WantedUse};
use hookswitch_lightning::{Click, Direction};
use hookswitch_scenarios::House;
use hookswitch_switch::NetworkCommand;
use serde_json::{Map, Value, json};

const APEX: [(&str, &str, &str); 1] = [("hookswitchIdentity", "apexClass", "Hookswitch")];

const CHANNEL: &str = "HookswitchCalls__c";

/// Ada's number, as a customer would write it.
const ADA: &str = "+44 (20) 7946-0021";

fn with_apex() -> House {
    let mut house = House::open(&APEX);
    house.org.install_apex("Hookswitch");
    house
}

fn types(house: &mut House, number: &str) {
    house.agent(AgentCommand::Dial { number: number.into(), source: DialSource::DialPad }).passes(400);
}

/// The wish of Ada Byron, as somebody else sets it in Salesforce.
fn asks_not_to_be_called(house: &mut House, wish: bool) {
    let (ada, admin, now) = (house.record("Contact", "Ada Byron"), house.record("User", "Ines Admin"), house.now());
    let change: Map<String, Value> = [("DoNotCall".to_owned(), json!(wish))].into_iter().collect();
    house.org.update(&ada, change, &admin, now).expect("the box can be ticked");
}

fn published(house: &House) -> Vec<Value> {
    let from_softphone = house.host.messages().iter().filter(|entry| entry.direction == Direction::FromSoftphone);
    from_softphone.filter(|entry| entry.message["methodName"] == "publish").map(|entry| entry.message.clone()).collect()
}

#[test]
fn a_wish_not_to_be_called_counts_from_the_very_next_call_typed_or_clicked() {
    let mut house = with_apex();
    types(&mut house, ADA);
    let id = house.call().id;
    assert_eq!(house.call().phase, Phase::Delivered, "nobody minds yet");
    house.agent(AgentCommand::Clear(id)).passes(100);
    asks_not_to_be_called(&mut house, true);
    for typed in [true, false] {
        if typed {
            types(&mut house, ADA);
        } else {
            assert_eq!(house.clicks("Contact", "Ada Byron"), Click::Sent);
        }
        let problem = house.snapshot().problems.last().cloned().expect("the agent is told");
        assert_eq!((problem.kind, problem.detail.reveal()), (ProblemKind::DoNotCall, "Ada Byron"));
        assert!(house.snapshot().calls.is_empty(), "and she is not called");
    }
    asks_not_to_be_called(&mut house, false);
    types(&mut house, ADA);
    assert_eq!(house.call().phase, Phase::Delivered);
}

#[test]
fn without_apex_and_without_the_field_on_the_layout_nobody_can_tell_and_the_call_is_placed() {
    let mut house = House::open(&[]);
    asks_not_to_be_called(&mut house, true);
    types(&mut house, ADA);
    assert_eq!(house.call().phase, Phase::Delivered);
}

#[test]
fn a_salesforce_that_does_not_answer_holds_a_call_up_for_three_seconds_at_most() {
    let mut house = with_apex();
    house.host.faults_mut().set(Some("runApex"), hookswitch_lightning::Fault::Silent, None);
    types(&mut house, ADA);
    house.passes(2_500);
    assert!(house.snapshot().calls.is_empty());
    house.passes(100);
    assert_eq!(house.snapshot().calls.len(), 1);
    assert_eq!(house.snapshot().problems.last().map(|problem| problem.kind), Some(ProblemKind::NotChecked));
}

#[test]
fn a_component_places_a_call_for_its_record_and_hears_what_became_of_it() {
    let mut house = House::open(&[]);
    let ada = house.record("Contact", "Ada Byron");
    let call = json!({ "kind": "call", "requestId": "a1", "number": ADA, "recordId": ada.as_str(), "objectType": "Contact" });
    assert!(house.host.publish(house.now(), CHANNEL, call), "the softphone listens");
    house.passes(0).passes(500);
    assert_eq!(house.call().record.map(|record| record.id).as_deref(), Some(ada.as_str()));
    let answers = published(&house);
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert!(answers[0].to_string().contains(r#""kind":"accepted""#) && answers[0].to_string().contains("a1"), "{answers:?}");

    // In a call the agent is asked, and says no.
    let name = house.outside_calls.last().expect("the network has the call").call.clone();
    house.outside(NetworkCommand::Answer { call: name, party: None, end: None });
    house.host.publish(house.now(), CHANNEL, json!({ "kind": "call", "requestId": "a2", "number": "415 555 0111" }));
    house.passes(100);
    assert_eq!(published(&house).len(), 1, "no answer before the agent's");
    house.agent(AgentCommand::DropWanted);
    let answer = published(&house).pop().expect("an answer").to_string();
    assert!(answer.contains(r#""kind":"refused""#) && answer.contains("a2") && answer.contains("dropped"), "{answer}");
}

#[test]
fn a_number_clicked_in_a_call_can_join_it() {
    let mut house = House::open(&[]);
    house.calls("+12025550190", "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(100);
    assert_eq!(house.clicks("Contact", "Ada Byron"), Click::Sent);
    house.agent(AgentCommand::UseWanted(WantedUse::Add)).passes(400);
    let ringing = house.outside_calls.iter().find(|call| call.call != PhoneRef::from("none")).map(|call| call.call.clone());
    assert!(ringing.is_some() && house.snapshot().calls.len() == 1, "one call, and somebody is being added to it");
}

#[test]
fn a_step_of_a_cadence_is_called_and_done_with_the_calls_outcome() {
    let mut house = House::open(&[]);
    let ada = house.record("Contact", "Ada Byron");
    let step = house.org.add_work(&ada, "Phone");
    assert_eq!(house.host.begin_step(&house.org, &step, house.now()), Click::Sent);
    house.passes(0).passes(400);
    assert_eq!(house.snapshot().calls.len(), 1, "one call for work and click");
    let name = house.outside_calls.last().expect("the network has the call").call.clone();
    house.outside(NetworkCommand::Answer { call: name.clone(), party: None, end: None }).passes(9_000);
    house.outside(NetworkCommand::HangUp { call: name, end: None });
    let id = house.call().id;
    house.agent(AgentCommand::SetDisposition(id, Some("Left message".into())));
    assert_eq!(house.org.work()[0].done, None, "not before wrap-up is finished and the log saved");
    house.agent(AgentCommand::FinishWrapUp(id)).passes(500);
    let log = house.logs()[0].id.as_str().to_owned();
    let done = house.org.work().iter().find(|known| known.id == step).and_then(|step| step.done.clone()).expect("it is done");
    assert_eq!((done.disposition.as_str(), done.task, done.connected), ("Left message", log, true));
}
