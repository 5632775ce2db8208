//! Whole calls, from the first ring to the Task: real core, simulated org, simulated phone system, no browser.

use hookswitch_core::{AgentCommand, Cause, CommandKind, DialSource, Phase, PhoneRef, ProblemKind};
use hookswitch_lightning::{Click, Fault, Record, View};
use hookswitch_scenarios::{House, workday};
use hookswitch_switch::NetworkCommand;

const ADA_MOBILE: &str = "+14155550107";

/// The phone system's name for the newest call.
fn phone_name(house: &House) -> PhoneRef {
    house.outside_calls.last().expect("the network has the call").call.clone()
}

fn text<'a>(task: &'a Record, field: &str) -> &'a str {
    task.text(field).unwrap_or_default()
}

/// Answers, talks, hangs up, writes and finishes.
fn handle_call(house: &mut House, talk_ms: u64) {
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(talk_ms).agent(AgentCommand::Clear(id));
    house.agent(AgentCommand::SetDisposition(id, Some("Resolved".into())));
    house.agent(AgentCommand::SetNotes(id, "Wants the blue one.".into())).agent(AgentCommand::FinishWrapUp(id));
}

#[test]
fn a_known_caller_pops_the_contact_and_becomes_one_task_on_it() {
    let mut house = House::open(&[]);
    let ada = house.record("Contact", "Ada Byron");
    house.calls(ADA_MOBILE, "ADA B");
    assert!(house.host.page().bar().open, "the panel opened");
    assert_eq!(house.host.page().view(), &View::Record { id: ada.clone() });
    handle_call(&mut house, 73_000);
    let logs = house.logs();
    let [task] = logs.as_slice() else { panic!("one log, not {}", logs.len()) };
    assert_eq!(task.reference("WhoId"), Some(ada));
    assert_eq!(
        ["CallType", "CallDisposition", "Description", "Status"].map(|field| text(task, field)),
        ["Inbound", "Resolved", "Wants the blue one.", "Completed"]
    );
    assert_eq!(task.to_json()["CallDurationInSeconds"], 73);
    assert!(house.snapshot().logs.is_empty());
}

#[test]
fn an_unknown_caller_is_logged_without_a_record() {
    let mut house = House::open(&[]);
    house.calls("+12025550190", "");
    assert_eq!(house.call().matches, []);
    handle_call(&mut house, 5_000);
    let logs = house.logs();
    assert_eq!((logs.len(), logs[0].reference("WhoId"), logs[0].reference("WhatId")), (1, None, None));
}

#[test]
fn of_two_matches_the_agents_choice_takes_the_log() {
    let mut house = House::open(&[]);
    let tina = house.record("Contact", "Tina Fields");
    house.calls("+16505550133", "");
    let call = house.call();
    assert_eq!((call.matches.len(), call.record), (2, None));
    let choice = call.matches.into_iter().find(|record| record.id == tina.as_str());
    house.agent(AgentCommand::Select(call.id, choice));
    assert_eq!(house.host.page().view(), &View::Record { id: tina.clone() });
    handle_call(&mut house, 5_000);
    assert_eq!(house.logs()[0].reference("WhoId"), Some(tina));
}

#[test]
fn a_clicked_number_is_dialed_and_logged_on_its_record() {
    let mut house = House::open(&[]);
    let ada = house.record("Contact", "Ada Byron");
    assert_eq!(house.clicks("Contact", "Ada Byron"), Click::Sent);
    house.passes(400);
    assert_eq!(house.call().phase, Phase::Delivered);
    let name = phone_name(&house);
    house.outside(NetworkCommand::Answer { call: name.clone(), party: None, end: None }).passes(9_000);
    house.outside(NetworkCommand::HangUp { call: name, end: None });
    let id = house.call().id;
    house.agent(AgentCommand::SetDisposition(id, Some("Reached".into()))).agent(AgentCommand::FinishWrapUp(id));
    let logs = house.logs();
    assert_eq!((logs.len(), logs[0].reference("WhoId"), text(logs[0], "CallType")), (1, Some(ada), "Outbound"));
    assert_eq!(logs[0].to_json()["CallDurationInSeconds"], 9);
}

#[test]
fn two_hundred_clicks_in_a_row_are_two_hundred_calls() {
    let mut house = House::open(&[]);
    for cycle in 1..=200 {
        assert_eq!(house.clicks("Contact", "Ada Byron"), Click::Sent, "cycle {cycle}");
        let id = house.call().id;
        house.passes(100).agent(AgentCommand::Clear(id));
        assert!(house.snapshot().calls.is_empty(), "cycle {cycle}");
    }
    assert_eq!(house.logs().len(), 200);
}

#[test]
fn declined_abandoned_and_answered_elsewhere_leave_the_logs_they_should() {
    let mut house = House::open(&[]);
    house.calls(ADA_MOBILE, "");
    let id = house.call().id;
    house.agent(AgentCommand::Decline(id));
    assert_eq!(text(house.logs()[0], "CallDisposition"), "Declined");
    house.calls(ADA_MOBILE, "").passes(30_000);
    assert_eq!(text(house.logs()[1], "CallDisposition"), "Missed");
    assert_eq!(house.logs()[1].to_json()["CallDurationInSeconds"], 0);
    house.calls(ADA_MOBILE, "");
    let name = phone_name(&house);
    house.outside(NetworkCommand::AnsweredElsewhere { call: name });
    assert_eq!(house.logs().len(), 2);
    assert!(house.snapshot().calls.is_empty());
}

#[test]
fn dialed_numbers_that_fail_say_why() {
    for (number, cause) in [("4155550199", Cause::Busy), ("4155550198", Cause::NoAnswer), ("4155550197", Cause::InvalidNumber)] {
        let mut house = House::open(&[]);
        house.agent(AgentCommand::Dial { number: number.into(), source: DialSource::DialPad }).passes(60_000);
        assert_eq!(house.snapshot().problems.last().map(|problem| problem.kind), Some(ProblemKind::CallEnded { cause }), "{number}");
        assert!(house.snapshot().calls.is_empty());
    }
}

#[test]
fn a_host_twenty_seconds_late_gets_one_log_and_the_call_rings_at_once() {
    let mut house = House::open(&[]);
    house.host.faults_mut().container_ms = 20_000;
    house.reload();
    house.calls(ADA_MOBILE, "");
    assert_eq!(house.call().phase, Phase::Alerting);
    house.passes(25_000);
    handle_call(&mut house, 4_000);
    house.passes(60_000);
    assert_eq!(house.logs().len(), 1);
}

#[test]
fn a_page_reloaded_in_a_call_shows_it_again_and_logs_it_once() {
    let mut house = House::open(&[]);
    house.calls(ADA_MOBILE, "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).agent(AgentCommand::SetNotes(id, "half a sentence".into())).passes(10_000);
    let answered = house.call().answered;
    house.reload();
    let call = house.call();
    assert_eq!((call.phase, call.answered, call.draft.notes.reveal()), (Phase::Connected, answered, "half a sentence"));
    house.passes(10_000).agent(AgentCommand::Clear(call.id)).agent(AgentCommand::FinishWrapUp(call.id));
    let logs = house.logs();
    assert_eq!((logs.len(), logs[0].to_json()["CallDurationInSeconds"].as_u64()), (1, Some(20)));
    assert_eq!(text(logs[0], "Description"), "half a sentence");
}

#[test]
fn a_reply_that_gets_lost_never_makes_two_logs() {
    let mut house = House::open(&[]);
    house.host.faults_mut().set(Some("saveLog"), Fault::LostReply, None);
    house.calls(ADA_MOBILE, "");
    handle_call(&mut house, 3_000);
    house.passes(600_000);
    assert_eq!(house.logs().len(), 1, "created, though the softphone cannot know");
    assert_eq!(house.snapshot().logs[0].state, hookswitch_core::LogState::Unconfirmed);
}

#[test]
fn answer_works_as_the_first_action_and_as_the_two_hundredth() {
    let mut house = House::open(&[]);
    for round in 0..200 {
        house.calls(ADA_MOBILE, "");
        assert_eq!(house.call().refused(CommandKind::Answer), None, "round {round}");
        handle_call(&mut house, 1_000);
    }
    assert_eq!(house.logs().len(), 200);
}

#[test]
fn a_working_day_leaves_one_log_per_call_and_nothing_stuck() {
    // Callers who met a busy line or left the queue before it was their turn never reached the agent, so they are not the agent's.
    let day = workday::workday(1);
    assert!(day.callers > 50 && day.answered > 40, "{day:?}");
    assert!(day.logs >= day.answered && day.logs <= day.callers, "{day:?}");
    assert_eq!(day.doubled, 0, "{day:?}");
}
