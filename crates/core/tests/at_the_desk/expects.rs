//! What an agent expects where two rules meet.

use crate::{
    desk::{Desk, dial, newest_request, phase, settings, view},
    joining::{confers, consults},
    restart::listed,
};
use hookswitch_core::{
    AgentCommand, Capabilities, Cause, CommandKind, ConnectionState, CrmReport, Input, Phase, PhoneCall, PhoneCommand, PhoneReport,
    RecordRef, RefusedReason, Side, Sound,
};

fn answers_by_itself() -> Desk {
    let mut settings = settings();
    settings.calls.auto_answer.inbound = Some(5);
    Desk::with(settings)
}

#[test]
fn a_break_asked_for_during_the_tone_leaves_the_call_ringing() {
    let mut desk = answers_by_itself();
    desk.rings("c1");
    assert_eq!(desk.sounds().last(), Some(&Sound::AutoAnswer));
    desk.agent(AgentCommand::SetNotReady("Lunch".into())).passes(10_000);
    assert_eq!((desk.call().phase, desk.snapshot().sound), (Phase::Alerting, Sound::Ring));
}

#[test]
fn nobody_is_put_on_the_air_by_a_tone_that_the_browser_holds_back() {
    let mut desk = answers_by_itself();
    desk.put(Input::Audible(false));
    desk.rings("c1").passes(10_000);
    assert_eq!((desk.call().phase, desk.call().auto_answer), (Phase::Alerting, None));
    // Found out only when it was to sound.
    let mut desk = answers_by_itself();
    desk.rings("c1").put(Input::Audible(false));
    desk.passes(10_000);
    assert_eq!(desk.call().phase, Phase::Alerting);
    // The next one is answered again once the agent hears it.
    desk.cleared("c1", Cause::Abandoned).put(Input::Audible(true));
    desk.rings("c2").passes(5_000);
    assert_eq!(desk.call().phase, Phase::Answering);
}

#[test]
fn a_caller_who_is_on_hold_when_the_blind_transfer_is_refused_is_taken_back() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into()));
    let request = newest_request(&mut desk);
    desk.held("c1").seen.clear();
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() });
    assert_eq!(desk.phone_commands(), [PhoneCommand::Retrieve { call: "c1".into() }]);
}

#[test]
fn a_failed_call_of_a_kind_without_wrap_up_time_leaves_nothing_to_finish() {
    let mut settings = settings();
    settings.wrap_up.after_failed_outbound = true;
    (settings.wrap_up.seconds.outbound, settings.wrap_up.mandatory.outbound) = (0, false);
    let mut desk = Desk::with(settings.clone());
    let fails = |desk: &mut Desk| {
        desk.agent(dial("4155550123"));
        let request = newest_request(desk);
        desk.report(PhoneReport::Originated { request, call: "o1".into() });
        desk.report(PhoneReport::Failed { call: "o1".into(), cause: Cause::Busy });
    };
    fails(&mut desk);
    assert!(desk.snapshot().calls.is_empty());
    settings.wrap_up.mandatory.outbound = true;
    let mut desk = Desk::with(settings);
    fails(&mut desk);
    assert_eq!(desk.call().phase, Phase::WrapUp, "a choice must be made");
}

#[test]
fn the_customers_record_travels_whichever_of_the_two_calls_is_passed_on() {
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    desk.agent(AgentCommand::Transfer(colleague, customer));
    let passed = PhoneCommand::TransferCall { call: "k1".into(), other: "c1".into(), record: "003A".into() };
    assert_eq!(desk.phone_commands(), [passed]);
    // The agent moved the call to a case while asking.
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    let case = RecordRef { id: "500A".into(), object: "Case".into(), name: "00001001".into(), partner: None };
    desk.crm(CrmReport::Navigated(Some(case.clone())));
    desk.agent(AgentCommand::Select(customer, Some(case))).seen.clear();
    desk.agent(AgentCommand::Transfer(colleague, customer));
    let passed = PhoneCommand::TransferCall { call: "k1".into(), other: "c1".into(), record: "500A".into() };
    assert_eq!(desk.phone_commands(), [passed]);
}

#[test]
fn a_conference_that_cannot_go_on_without_the_agent_is_ended_for_all_by_who_says_so() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    let can = Capabilities { leave: false, clear_call: false, ..Capabilities::all() };
    desk.report(PhoneReport::Capabilities { capabilities: can });
    assert_eq!(view(&desk, id).and_then(|call| call.refused(CommandKind::Clear)), Some("leaveEndsAll"));
    desk.seen.clear();
    desk.agent(AgentCommand::ClearCall(id));
    assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "x1".into() }]);
    desk.cleared("x1", Cause::Normal);
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
}

#[test]
fn a_line_that_was_freed_in_a_transfer_shows_again_who_is_still_there_and_can_be_hung_up() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into())).agent(AgentCommand::ForceEnd(id));
    // Nobody was asked to leave, and a caller whom nobody sees would wait for ever.
    let there = PhoneCall { state: ConnectionState::Held, ..listed("c1", ConnectionState::Held) };
    desk.report(PhoneReport::Sync { calls: vec![there] });
    assert_eq!((desk.call().id, desk.call().phase), (id, Phase::Held));
    desk.seen.clear();
    desk.agent(AgentCommand::Clear(id));
    assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "c1".into() }]);
    desk.report(PhoneReport::Retrieved { call: "c1".into(), by: Side::Agent });
    desk.cleared("c1", Cause::Normal);
    assert!(desk.snapshot().calls.iter().all(|call| call.phase == Phase::WrapUp));
}
