//! Who would be left on hold, dropped, or rung at the wrong moment.

use crate::{
    desk::{Desk, newest_request, phase, settings, view},
    joining::{confers, consults, somebody, transferred},
    restart::listed,
};
use hookswitch_core::{
    AgentCommand, AgentState, CallId, CallView, Capabilities, Cause, ConnectionState, Party, Phase, PhoneCall, PhoneCommand, PhoneParty,
    PhoneReport, Refusal, RefusedReason,
};

fn on_hold(id: &str, number: &str) -> PhoneParty {
    PhoneParty { state: ConnectionState::Held, ..somebody(id, number) }
}

fn seen(desk: &Desk, id: CallId) -> CallView {
    view(desk, id).expect("there")
}

fn answers_by_itself() -> Desk {
    let mut settings = settings();
    settings.calls.auto_answer.inbound = Some(1);
    Desk::with(settings)
}

fn lunch() -> AgentState {
    AgentState::NotReady { reason: "Lunch".into() }
}

/// The agent writes up a call.
fn writes_up(desk: &mut Desk) {
    desk.talks("c1");
    desk.cleared("c1", Cause::Normal);
    assert_eq!(desk.call().phase, Phase::WrapUp);
    desk.seen.clear();
}

#[test]
fn nobody_is_put_on_the_air_while_writing_up_another_call() {
    let mut desk = answers_by_itself();
    writes_up(&mut desk);
    desk.rings("c2").passes(5_000);
    assert_eq!(desk.phone_commands(), [], "it rings, and the agent takes it or not");
}

#[test]
fn a_break_after_this_call_is_told_to_the_phone_system_when_the_call_ends_and_begins_after_the_wrap_up() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    desk.seen.clear();
    desk.cleared("c1", Cause::Normal);
    let told = PhoneCommand::SetAgentState { ready: false, reason: "Lunch".into() };
    assert_eq!(desk.phone_commands(), [told], "the queue offers no further call");
    let agent = desk.snapshot().agent;
    assert_eq!((agent.state, agent.pending), (AgentState::WorkingAfterCall, Some(lunch())));
    let id = desk.call().id;
    desk.passes(3_000).seen.clear();
    desk.agent(AgentCommand::FinishWrapUp(id));
    let agent = desk.snapshot().agent;
    assert_eq!((agent.state, agent.pending, agent.since), (lunch(), None, desk.now.wall), "the break counts from now");
    assert_eq!(desk.phone_commands(), [], "it is known already");
}

#[test]
fn a_break_is_told_however_the_last_call_ends_and_once_although_the_phone_system_refuses() {
    let mut desk = Desk::new();
    writes_up(&mut desk);
    desk.rings("c2").agent(AgentCommand::SetNotReady("Lunch".into()));
    assert!(!desk.phone_commands().iter().any(|command| matches!(command, PhoneCommand::SetAgentState { .. })), "a call waits");
    // It leaves nothing to write up.
    desk.cleared("c2", Cause::Abandoned);
    let told = PhoneCommand::SetAgentState { ready: false, reason: "Lunch".into() };
    assert_eq!(desk.phone_commands().last(), Some(&told));
    let request = newest_request(&mut desk);
    desk.seen.clear();
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotPermitted, detail: "".into() }).passes(5_000);
    assert_eq!(desk.phone_commands(), [], "it is asked again when the break begins");
    let id = desk.call().id;
    desk.agent(AgentCommand::FinishWrapUp(id));
    assert_eq!(desk.phone_commands(), [told]);
}

#[test]
fn a_break_that_was_told_and_then_not_wanted_is_taken_back() {
    let mut desk = Desk::new();
    writes_up(&mut desk);
    desk.agent(AgentCommand::SetNotReady("Lunch".into())).agent(AgentCommand::SetReady);
    let id = desk.call().id;
    desk.agent(AgentCommand::FinishWrapUp(id));
    let last = desk.phone_commands().pop();
    assert_eq!(last, Some(PhoneCommand::SetAgentState { ready: true, reason: String::new() }));
    assert_eq!(desk.snapshot().agent.state, AgentState::Ready);
}

#[test]
fn a_caller_whose_blind_transfer_nobody_answers_for_is_taken_back_from_hold() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id)).held("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into()));
    desk.seen.clear();
    desk.passes(130_000);
    assert!(desk.phone_commands().contains(&PhoneCommand::Retrieve { call: "c1".into() }), "{:?}", desk.phone_commands());
}

#[test]
fn who_was_held_in_a_conference_is_taken_back_when_it_becomes_an_ordinary_call() {
    let mut desk = Desk::new();
    confers(&mut desk);
    desk.report(PhoneReport::Parties { call: "x1".into(), parties: vec![on_hold("p1", "+14155550100"), somebody("p2", "1002")] });
    desk.seen.clear();
    desk.report(PhoneReport::Parties { call: "x1".into(), parties: vec![on_hold("p1", "+14155550100")] });
    assert_eq!(desk.phone_commands(), [PhoneCommand::RetrieveParty { call: "x1".into(), party: "p1".into() }]);
}

#[test]
fn who_was_held_in_a_conference_is_taken_back_although_only_a_list_tells_that_the_others_left() {
    let mut desk = Desk::new();
    confers(&mut desk);
    desk.report(PhoneReport::Parties { call: "x1".into(), parties: vec![on_hold("p1", "+14155550100"), somebody("p2", "1002")] });
    desk.seen.clear();
    let left = PhoneCall { parties: vec![on_hold("p1", "+14155550100")], ..listed("x1", ConnectionState::Connected) };
    desk.report(PhoneReport::Sync { calls: vec![left] });
    assert_eq!(desk.phone_commands(), [PhoneCommand::RetrieveParty { call: "x1".into(), party: "p1".into() }]);
}

#[test]
fn parties_the_phone_system_did_not_name_are_not_offered_for_commands() {
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    desk.agent(AgentCommand::Conference(customer, colleague));
    desk.report(PhoneReport::Conferenced { calls: vec!["c1".into(), "k1".into()], call: "x1".into(), parties: Vec::new() });
    let parties: Vec<_> = seen(&desk, customer).connections.into_iter().filter_map(|party| Some((party.id?, party.commands))).collect();
    assert_eq!(parties.len(), 2);
    for (party, commands) in parties {
        assert!(commands.iter().all(|command| command.refused.is_some()), "{commands:?}");
        assert_eq!(desk.try_agent(AgentCommand::ClearParty(customer, party)), Err(Refusal::NotSupported));
    }
}

#[test]
fn freeing_the_line_of_a_conference_that_would_end_with_the_agent_drops_nobody() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    desk.report(PhoneReport::Capabilities { capabilities: Capabilities { leave: false, ..Capabilities::all() } });
    assert!(desk.try_agent(AgentCommand::Clear(id)).is_err(), "leaving would end it for all");
    desk.seen.clear();
    desk.agent(AgentCommand::ForceEnd(id));
    assert_eq!(phase(&desk, id).filter(|phase| *phase != Phase::WrapUp), None, "the line is free");
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync], "what is left, the phone system tells");
}

#[test]
fn freeing_the_line_of_a_blind_transfer_does_not_hang_up_on_the_one_who_is_passed_on() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into()));
    desk.seen.clear();
    desk.agent(AgentCommand::ForceEnd(id));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync]);
}

#[test]
fn notes_of_a_consultation_reach_the_customers_log_also_where_there_is_no_wrap_up() {
    let mut settings = settings();
    (settings.wrap_up.seconds.inbound, settings.wrap_up.mandatory.inbound) = (0, false);
    settings.log.consultation = false;
    let mut desk = Desk::with(settings);
    let (customer, colleague) = consults(&mut desk);
    desk.agent(AgentCommand::SetNotes(customer, "Wants a refund.".into()));
    desk.agent(AgentCommand::SetNotes(colleague, "Bea will call back.".into()));
    desk.agent(AgentCommand::Transfer(customer, colleague));
    desk.seen.clear();
    desk.report(transferred("c1", "k1"));
    desk.passes(10_000);
    let logs: Vec<_> = std::iter::from_fn(|| desk.try_log()).map(|(_, _, fields)| fields.notes.reveal().to_owned()).collect();
    assert!(logs.iter().any(|notes| notes == "Wants a refund.\nBea will call back."), "{logs:?}");
}

#[test]
fn two_people_behind_one_number_are_one_entry_each_in_the_history() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    let named = |id: &str, name: &str| PhoneParty { party: Party { number: "+14155550000".into(), name: name.into() }, ..somebody(id, "") };
    let both = || PhoneReport::Parties { call: "x1".into(), parties: vec![named("p1", "Ada"), named("p2", "Grace")] };
    desk.report(both());
    let before = seen(&desk, id).legs.len();
    for _ in 0..3 {
        desk.passes(1_000).report(both());
    }
    assert_eq!(seen(&desk, id).legs.len(), before);
    let there = seen(&desk, id).legs.into_iter().filter(|leg| leg.until.is_none()).count();
    assert_eq!(there, 2);
}
