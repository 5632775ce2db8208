//! What the model checker found (tests/proof), each in the fewest steps.

use crate::desk::{Desk, all_capabilities, delivered, phase, view};
use crate::joining::{consults, somebody};
use hookswitch_core::{
    AgentCommand, CallId, CallKind, Capabilities, Cause, ConnectionState, Direction, Party, Phase, PhoneCall, PhoneCommand, PhoneParty,
    PhoneReport, Private, Refusal, RefusedReason, Side,
};

/// Two calls, the older one on hold.
fn two_calls(desk: &mut Desk) -> (CallId, CallId) {
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    desk.seen.clear();
    (first, second)
}

fn listed(name: &str, consults: Option<&str>) -> PhoneCall {
    PhoneCall {
        call: name.into(),
        party: Party { number: "1002".into(), name: Private::default() },
        called: Private::default(),
        queue: String::new(),
        segment: "".into(),
        kind: CallKind::Internal,
        direction: Direction::Out,
        state: ConnectionState::Connected,
        far_state: ConnectionState::Connected,
        muted: false,
        age_ms: 5_000,
        answered_ms: Some(4_000),
        record: String::new(),
        parties: Vec::new(),
        recording: hookswitch_core::Recording::Off,
        consults: consults.map(Into::into),
        owns_log: false,
    }
}

#[test]
fn an_answered_call_that_is_declined_is_hung_up() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    desk.agent(AgentCommand::Answer(id)).seen.clear();
    desk.agent(AgentCommand::Decline(id));
    assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "c1".into() }]);
}

#[test]
fn a_transfer_of_which_one_call_was_freed_by_force_ends_the_other() {
    let mut desk = Desk::new();
    let (first, second) = two_calls(&mut desk);
    desk.agent(AgentCommand::Transfer(first, second)).agent(AgentCommand::ForceEnd(first));
    let other = Some("c2".into());
    desk.report(PhoneReport::Transferred { call: "c1".into(), by: Side::Agent, other, party: None, kind: None, record: String::new() });
    assert!(desk.snapshot().calls.iter().all(|call| call.phase == Phase::WrapUp));
}

#[test]
fn who_joins_two_calls_cannot_hang_up_one_of_them_meanwhile() {
    let mut desk = Desk::new();
    let (first, second) = two_calls(&mut desk);
    desk.agent(AgentCommand::Conference(first, second));
    assert_eq!(desk.try_agent(AgentCommand::Clear(first)), Err(Refusal::InProgress(first)));
    desk.seen.clear();
    desk.agent(AgentCommand::ForceEnd(first));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync], "what is left of the two is asked, not guessed");
}

#[test]
fn a_call_that_is_unknown_under_its_old_name_is_asked_for() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id));
    let request = desk.last_request;
    desk.seen.clear();
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::UnknownCall, detail: "".into() });
    assert!(desk.phone_commands().contains(&PhoneCommand::Sync));
}

#[test]
fn a_consultation_that_only_the_sync_told_of_is_logged_by_the_policy_for_consultations() {
    let mut desk = Desk::new();
    desk.talks("c1");
    while let Some((request, ..)) = desk.try_log() {
        desk.saves(request, "00T1");
    }
    desk.held("c1").seen.clear();
    let mut first = listed("c1", None);
    (first.state, first.direction, first.kind) = (ConnectionState::Held, Direction::In, CallKind::Inbound);
    desk.report(PhoneReport::Sync { calls: vec![first, listed("k1", Some("c1"))] });
    desk.cleared("k1", Cause::Normal);
    assert_eq!(desk.snapshot().calls.len(), 1);
    assert!(desk.try_log().is_none());
}

#[test]
fn two_held_calls_are_not_joined_over_a_third_with_the_voice() {
    let mut desk = Desk::new();
    let (first, second) = two_calls(&mut desk);
    desk.rings_from("c3", "+14155550122");
    let third = desk.call().id;
    desk.agent(AgentCommand::Answer(third)).held("c2").established("c3");
    assert_eq!(desk.try_agent(AgentCommand::Conference(first, second)), Err(Refusal::InProgress(third)));
    desk.agent(AgentCommand::Hold(third)).held("c3").agent(AgentCommand::Conference(first, second));
    assert_eq!(desk.try_agent(AgentCommand::Retrieve(third)).err().map(|refusal| refusal.code()), Some("inProgress"));
}

#[test]
fn a_call_forgotten_in_a_sleep_is_asked_for_once_more() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.seen.clear();
    desk.now.mono += 900_000;
    desk.now.wall += 900_000;
    desk.put(hookswitch_core::Input::Tick);
    assert!(desk.phone_commands().contains(&PhoneCommand::Sync));
}

#[test]
fn a_consultation_given_up_while_the_customer_is_still_being_held_brings_the_customer_back() {
    let mut desk = Desk::new();
    let customer = desk.talks("c1");
    desk.agent(AgentCommand::Consult { call: customer, number: "1002".into() });
    let consultation = desk.call().id;
    desk.seen.clear();
    desk.agent(AgentCommand::Reconnect(consultation)).held("c1");
    assert_eq!(desk.phone_commands(), [PhoneCommand::Retrieve { call: "c1".into() }]);
    desk.report(PhoneReport::Retrieved { call: "c1".into(), by: Side::Agent });
    assert_eq!(phase(&desk, customer), Some(Phase::Connected));
    desk.agent(AgentCommand::Hold(customer)).held("c1");
    assert_eq!(phase(&desk, customer), Some(Phase::Held), "the next hold is an ordinary one");
}

#[test]
fn a_call_that_began_after_one_was_freed_by_force_may_have_its_name() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::ForceEnd(id)).agent(AgentCommand::FinishWrapUp(id));
    desk.passes(20_000).seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { age_ms: 60_000, ..listed("c1", None) }] });
    assert!(desk.phone_commands().contains(&PhoneCommand::ClearConnection { call: "c1".into() }), "the freed one itself");
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { age_ms: 5_000, ..listed("c1", None) }] });
    assert!(!desk.phone_commands().contains(&PhoneCommand::ClearConnection { call: "c1".into() }), "somebody else");
    assert_eq!(desk.call().phase, Phase::Connected);
}

#[test]
fn a_list_of_calls_that_is_promised_and_does_not_come_is_asked_for_again_but_not_for_ever() {
    let mut desk = Desk::new();
    let asked = |desk: &Desk| desk.phone_commands().iter().filter(|command| **command == PhoneCommand::Sync).count();
    desk.report(PhoneReport::Sync { calls: Vec::new() });
    let id = desk.talks("c1");
    desk.agent(AgentCommand::ForceEnd(id)).agent(AgentCommand::FinishWrapUp(id));
    assert_eq!(asked(&desk), 1);
    for times in 2..=3 {
        let request = desk.last_request;
        desk.report(PhoneReport::Done { request }).passes(10_000);
        assert_eq!(asked(&desk), times);
    }
    desk.passes(600_000);
    assert_eq!(asked(&desk), 3, "a phone system that never says so is not asked for ever");
}

#[test]
fn a_list_of_calls_that_came_is_not_asked_for_again() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::ForceEnd(id)).agent(AgentCommand::FinishWrapUp(id)).seen.clear();
    desk.report(PhoneReport::Sync { calls: Vec::new() }).passes(600_000);
    assert_eq!(desk.phone_commands(), []);
}

#[test]
fn who_rang_in_a_queue_hears_nothing_when_a_colleague_answers() {
    let mut desk = Desk::new();
    let PhoneReport::Delivered { call, from, called, kind, record, owns_log, .. } = delivered("c1", "+14155550100") else {
        unreachable!("that is what it makes")
    };
    desk.report(PhoneReport::Delivered { call, from, called, kind, record, owns_log, queue: "Sales".into(), segment: "Gold".into() });
    desk.cleared("c1", Cause::AnsweredElsewhere);
    assert_eq!(desk.snapshot().problems, []);
}

#[test]
fn who_still_rings_when_everybody_else_has_left_is_not_shown_as_somebody_who_answered() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Capabilities { capabilities: Capabilities { transfer_ringing: false, ..all_capabilities() } });
    let (customer, colleague) = consults(&mut desk);
    let ringing = PhoneParty { state: ConnectionState::Alerting, ..somebody("p2", "1003") };
    desk.report(PhoneReport::Parties { call: "c1".into(), parties: vec![somebody("p1", "+14155550100"), ringing.clone()] });
    desk.report(PhoneReport::Parties { call: "c1".into(), parties: vec![ringing] });
    let shown = |desk: &Desk| view(desk, customer).and_then(|call| call.party().map(|party| party.state));
    assert_eq!(shown(&desk), Some(ConnectionState::Alerting));
    assert_eq!(desk.try_agent(AgentCommand::Transfer(colleague, customer)), Err(Refusal::NotConnected(customer)), "it cannot do that");
    desk.established("c1");
    assert_eq!(shown(&desk), Some(ConnectionState::Connected));
    assert_eq!(desk.try_agent(AgentCommand::Transfer(colleague, customer)), Ok(()));
}
