//! A phone system that lies, doubles, reorders and forgets: nobody is dropped, overheard or lost.

use crate::desk::{Desk, dial, newest_request, phase, settings, view};
use crate::restart::listed;
use hookswitch_core::settings::PopWhen;
use hookswitch_core::{
    AgentCommand, AgentState, CallId, CallKind, Cause, ConnectionState, CrmCommand, Direction, Input, Output, Party, Phase, PhoneCall,
    PhoneCommand, PhoneParty, PhoneReport, PopTarget, Private, Refusal, RefusedReason, RequestId, Side,
};

fn clears(desk: &Desk) -> usize {
    desk.phone_commands().iter().filter(|command| matches!(command, PhoneCommand::ClearConnection { .. })).count()
}

fn asks_for_truth(desk: &Desk) -> bool {
    desk.phone_commands().contains(&PhoneCommand::Sync)
}

fn connected(name: &str) -> PhoneCall {
    listed(name, ConnectionState::Connected)
}

fn calls_out(desk: &mut Desk, name: &str) -> CallId {
    desk.agent(dial("4155550123"));
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: name.into() }).established(name);
    desk.call().id
}

#[test]
fn a_name_used_again_is_a_new_call_and_not_the_one_freed_by_force() {
    let mut desk = Desk::new();
    let first = desk.talks("line1");
    desk.agent(AgentCommand::ForceEnd(first)).agent(AgentCommand::FinishWrapUp(first));
    let second = desk.talks("line1");
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![connected("line1")] });
    assert_eq!((phase(&desk, second), clears(&desk)), (Some(Phase::Connected), 0), "the next customer is not hung up on");
}

#[test]
fn a_dialed_call_never_gets_the_name_of_another() {
    let mut desk = Desk::new();
    let customer = desk.talks("c1");
    desk.agent(dial("4155550123")).held("c1");
    let (second, request) = (desk.call().id, newest_request(&mut desk));
    let named = PhoneReport::Originated { request, call: "c1".into() };
    assert_eq!(desk.try_put(Input::Phone(named)), Err(Refusal::StrayAnswer));
    desk.seen.clear();
    desk.agent(AgentCommand::Clear(second)).passes(6_000);
    assert_eq!((phase(&desk, customer), clears(&desk)), (Some(Phase::Held), 0), "whoever waits is not dropped for it");
}

#[test]
fn a_dialed_call_is_named_once() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    let doubled = PhoneReport::Originated { request, call: "o2".into() };
    assert_eq!(desk.try_put(Input::Phone(doubled)), Err(Refusal::StrayAnswer));
    desk.established("o1");
    assert_eq!(desk.call().phase, Phase::Connected);
}

#[test]
fn done_may_come_before_the_name() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Done { request });
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1");
    assert_eq!(desk.call().phase, Phase::Connected);
}

#[test]
fn a_dialed_call_that_lost_its_name_is_found_in_the_list() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let id = desk.call().id;
    desk.agent(AgentCommand::SetNotes(id, "first try".into()));
    let mut there = connected("o1");
    (there.direction, there.party.number) = (Direction::Out, "4155550123".into());
    desk.report(PhoneReport::Sync { calls: vec![there] });
    assert_eq!((desk.snapshot().calls.len(), phase(&desk, id)), (1, Some(Phase::Connected)));
}

#[test]
fn an_empty_list_of_parties_drops_nobody() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.report(PhoneReport::Parties { call: "c1".into(), parties: vec![] });
    assert_eq!((phase(&desk, id), clears(&desk)), (Some(Phase::Connected), 0), "nobody was ever listed, so nobody has left");
    assert!(asks_for_truth(&desk));
    desk.rings_from("c2", "+14155550111");
    desk.report(PhoneReport::Parties { call: "c2".into(), parties: vec![] });
    assert_eq!((desk.call().phase, clears(&desk)), (Phase::Alerting, 0));
}

#[test]
fn two_calls_that_became_one_without_a_list_show_everybody() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    desk.agent(AgentCommand::Conference(first, second));
    desk.report(PhoneReport::Conferenced { calls: vec!["c1".into(), "c2".into()], call: "x".into(), parties: vec![] });
    let call = view(&desk, first).expect("it goes on");
    let numbers: Vec<_> = call.connections.iter().skip(1).map(|one| one.party.number.reveal().to_owned()).collect();
    assert_eq!(numbers, ["+14155550100", "+14155550111"]);
}

#[test]
fn a_lost_hang_up_of_the_agent_is_asked_for_again() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Clear(id)).passes(5_000);
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![connected("c1")] });
    assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "c1".into() }]);
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp), "and it does not come back");
    assert_eq!(desk.snapshot().calls.len(), 1);
}

#[test]
fn whoever_is_freed_by_force_is_looked_after_until_gone() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.agent(AgentCommand::ForceEnd(id));
    assert!(asks_for_truth(&desk), "the hang-up may get lost, and the line must not stay open unseen");
}

#[test]
fn a_list_that_comes_late_does_not_lose_a_call_for_good() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![] });
    assert!(asks_for_truth(&desk), "it may be older than the call");
    desk.report(PhoneReport::Sync { calls: vec![connected("c1")] });
    assert_eq!(phase(&desk, id), Some(Phase::Connected));
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![] }).report(PhoneReport::Sync { calls: vec![] });
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync], "asked once, not for ever");
}

#[test]
fn a_call_nobody_announced_is_asked_about() {
    let mut desk = Desk::new();
    let stray = PhoneReport::Established { call: "ghost".into(), party: None };
    assert_eq!(desk.try_put(Input::Phone(stray)), Err(Refusal::StrayReport));
    assert_eq!(desk.phone_commands(), [], "its own report may be right behind");
    desk.passes(1_000);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync]);
    desk.report(PhoneReport::Sync { calls: vec![] }).passes(100_000);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync], "once");
}

#[test]
fn a_call_does_not_answer_itself_over_another_conversation() {
    let mut settings = settings();
    settings.calls.auto_answer.inbound = Some(10);
    let mut desk = Desk::with(settings);
    desk.rings("c1");
    let customer = calls_out(&mut desk, "o1");
    desk.seen.clear();
    desk.passes(10_000);
    assert_eq!(desk.phone_commands(), [], "nobody is put on hold unasked");
    assert_eq!(phase(&desk, customer), Some(Phase::Connected));
}

#[test]
fn a_refused_transfer_does_not_leave_two_customers_on_one_voice() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    desk.agent(AgentCommand::Transfer(first, second));
    let request = newest_request(&mut desk);
    desk.rings_from("c3", "+14155550122").established("c3");
    desk.seen.clear();
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() });
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c2".into() }], "the third was answered meanwhile at another device");
    let hold = newest_request(&mut desk);
    desk.report(PhoneReport::Refused { request: hold, reason: RefusedReason::NotNow, detail: "".into() });
    assert_eq!(desk.phone_commands(), [], "not again and again");
}

/// A transfer under way of the first of two calls, the second of which has the voice; what its answer must name.
fn transfer_under_way(desk: &mut Desk) -> RequestId {
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    desk.agent(AgentCommand::Transfer(first, second));
    newest_request(desk)
}

#[test]
fn a_refused_transfer_makes_no_way_for_a_call_that_nobody_talks_in_or_that_goes() {
    let refused = |request| PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() };
    // Dialed meanwhile at another device, and still ringing there.
    let mut desk = Desk::new();
    let request = transfer_under_way(&mut desk);
    let listed = |name: &str, direction, state, far_state| PhoneCall { direction, state, far_state, ..connected(name) };
    let both = [
        listed("c1", Direction::In, ConnectionState::Held, ConnectionState::Connected),
        listed("c2", Direction::In, ConnectionState::Connected, ConnectionState::Connected),
        listed("c3", Direction::Out, ConnectionState::Connected, ConnectionState::Alerting),
    ];
    desk.report(PhoneReport::Sync { calls: both.into() });
    assert_eq!(desk.call().phase, Phase::Delivered);
    desk.seen.clear();
    desk.report(refused(request));
    assert_eq!(desk.phone_commands(), []);
    // Answered there, and hung up here.
    let mut desk = Desk::new();
    let request = transfer_under_way(&mut desk);
    desk.rings_from("c3", "+14155550122").established("c3");
    let third = desk.call().id;
    desk.agent(AgentCommand::Clear(third));
    desk.seen.clear();
    desk.report(refused(request));
    assert_eq!(desk.phone_commands(), []);
}

#[test]
fn of_two_transfers_at_once_the_answer_to_one_ends_its_own_two_calls() {
    let mut desk = Desk::new();
    let mut ids = vec![desk.talks("c1")];
    for (held, name, number) in [("c1", "c2", "+14155550111"), ("c2", "c3", "+14155550122"), ("c3", "c4", "+14155550133")] {
        desk.rings_from(name, number);
        let id = desk.call().id;
        desk.agent(AgentCommand::Answer(id)).held(held).established(name);
        ids.push(id);
    }
    desk.agent(AgentCommand::Hold(ids[3])).held("c4");
    desk.agent(AgentCommand::Transfer(ids[0], ids[1])).agent(AgentCommand::Transfer(ids[2], ids[3]));
    desk.report(PhoneReport::Transferred {
        call: "c1".into(),
        by: Side::Agent,
        other: None,
        party: None,
        kind: None,
        record: String::new(),
    });
    let live: Vec<_> = desk.snapshot().calls.iter().filter(|call| call.phase != Phase::WrapUp).map(|call| call.id).collect();
    assert_eq!(live, ids[2..]);
}

#[test]
fn an_old_refusal_does_not_undo_a_newer_state() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    let first = newest_request(&mut desk);
    desk.agent(AgentCommand::SetNotReady("Break".into()));
    let second = newest_request(&mut desk);
    desk.report(PhoneReport::Refused { request: first, reason: RefusedReason::NotPermitted, detail: "".into() });
    assert_eq!(desk.snapshot().agent.state, AgentState::NotReady { reason: "Break".into() });
    desk.report(PhoneReport::Refused { request: second, reason: RefusedReason::NotPermitted, detail: "".into() });
    assert_eq!(desk.snapshot().agent.state, AgentState::Ready, "the last one the phone system took");
}

#[test]
fn two_who_insist_on_a_state_do_not_flood_each_other() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    desk.seen.clear();
    for _ in 0..50 {
        desk.report(PhoneReport::AgentState { ready: false, reason: "Outbound".into() });
    }
    assert_eq!(desk.phone_commands().len(), 1);
    assert_eq!(desk.snapshot().agent.state, AgentState::Busy);
}

#[test]
fn a_record_that_comes_with_a_transferred_call_opens_also_where_answered_calls_open_it() {
    let mut settings = settings();
    settings.pop.when.inbound = PopWhen::Answered;
    let mut desk = Desk::with(settings);
    desk.talks("c1");
    desk.seen.clear();
    desk.report(PhoneReport::Transferred {
        call: "c1".into(),
        by: Side::Party,
        other: None,
        party: Some(Party { number: "+14155550177".into(), name: Private::default() }),
        kind: Some(CallKind::Inbound),
        record: "003B".into(),
    });
    assert!(desk.crm_commands().contains(&CrmCommand::Pop { target: PopTarget::Record { id: "003B".into() } }));
}

#[test]
fn a_party_that_still_rings_is_not_said_to_be_on_hold() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    let party = |name: &str, state| PhoneParty { id: name.into(), party: Party::default(), state, held_by: Side::Agent, muted: false };
    let parties = vec![party("p1", ConnectionState::Connected), party("p2", ConnectionState::Alerting)];
    desk.report(PhoneReport::Parties { call: "c1".into(), parties });
    let who = |at: usize| desk.call().connections[at].id.expect("a number");
    let (there, rings) = (who(1), who(2));
    assert_eq!(desk.try_agent(AgentCommand::HoldParty(id, rings)), Err(Refusal::NotConnected(id)));
    assert_eq!(desk.try_agent(AgentCommand::RetrieveParty(id, there)), Err(Refusal::AlreadySo(id)));
}

#[test]
fn a_call_listed_as_gone_is_gone() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.report(PhoneReport::Sync { calls: vec![listed("c1", ConnectionState::Null)] });
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
}

#[test]
fn a_call_said_to_be_about_itself_is_an_ordinary_call() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { consults: Some("c1".into()), ..connected("c1") }] });
    assert_eq!(desk.call().consults, None);
    desk.cleared("c1", Cause::Normal);
    assert_eq!(desk.call().phase, Phase::WrapUp, "a customer's call, with its wrap-up");
}

#[test]
fn a_transfer_nobody_here_asked_for_is_looked_into() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.seen.clear();
    let lie = PhoneReport::Transferred { call: "c1".into(), by: Side::Agent, other: None, party: None, kind: None, record: String::new() };
    desk.report(lie);
    assert!(asks_for_truth(&desk));
}

#[test]
fn floods_are_bounded() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Sync { calls: (0..5_000).map(|number| connected(&format!("c{number}"))).collect() });
    assert_eq!(desk.snapshot().calls.len(), 64);
    for _ in 0..2_000 {
        desk.report(PhoneReport::DigitsGenerated { call: "c0".into(), digits: "12".into() });
    }
    assert_eq!(desk.snapshot().calls[0].digits.reveal().len(), 256);
    let endless = "1".repeat(100_000);
    desk.report(PhoneReport::Sync { calls: vec![] }).rings_from("n", &endless);
    assert!(desk.crm_commands().iter().all(|command| !matches!(command, CrmCommand::Search { text, .. } if text.reveal().len() > 900)));
}
