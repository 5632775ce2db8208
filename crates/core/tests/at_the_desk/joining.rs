//! Consultation, transfer, conference: nobody is dropped who was not asked to leave.

use crate::desk::{Desk, contact, newest_request, phase, settings, view};
use hookswitch_core::{
    AgentCommand, CallId, CallKind, Cause, CommandKind, ConnectionState, CrmCommand, Party, PartyId, Phase, PhoneCommand, PhoneParty,
    PhoneReport, PopTarget, Private, ProblemKind, Refusal, RefusedReason, Side,
};

pub(crate) fn somebody(id: &str, number: &str) -> PhoneParty {
    PhoneParty {
        id: id.into(),
        party: Party { number: number.into(), name: Private::default() },
        state: ConnectionState::Connected,
        held_by: Side::Agent,
        muted: false,
    }
}

/// The agent's own transfer came about.
pub(crate) fn transferred(call: &str, other: &str) -> PhoneReport {
    PhoneReport::Transferred {
        call: call.into(),
        by: Side::Agent,
        other: Some(other.into()),
        party: None,
        kind: None,
        record: String::new(),
    }
}

/// A customer on hold, a colleague rung about it; not answered yet.
fn rings_a_colleague(desk: &mut Desk) -> (CallId, CallId) {
    let customer = desk.talks("c1");
    desk.finds(&[contact("003A")]);
    while let Some((request, ..)) = desk.try_log() {
        desk.saves(request, "00T1");
    }
    desk.seen.clear();
    desk.agent(AgentCommand::Consult { call: customer, number: "1002".into() });
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c1".into() }]);
    desk.held("c1");
    let made = PhoneCommand::MakeCall { to: "1002".into(), record: "003A".into(), consults: Some("c1".into()) };
    assert_eq!(desk.phone_commands().last(), Some(&made), "the record goes along");
    let request = newest_request(desk);
    desk.report(PhoneReport::Originated { request, call: "k1".into() });
    desk.report(PhoneReport::NetworkReached { call: "k1".into(), early_media: false });
    let colleague = desk.call().id;
    desk.seen.clear();
    (customer, colleague)
}

pub(crate) fn consults(desk: &mut Desk) -> (CallId, CallId) {
    let calls = rings_a_colleague(desk);
    desk.established("k1");
    desk.seen.clear();
    calls
}

/// Customer and colleague in one call with the agent.
pub(crate) fn confers(desk: &mut Desk) -> CallId {
    let (customer, colleague) = consults(desk);
    desk.agent(AgentCommand::Conference(customer, colleague));
    assert_eq!(desk.phone_commands(), [PhoneCommand::ConferenceCall { call: "c1".into(), other: "k1".into() }]);
    let parties = vec![somebody("p1", "+14155550100"), somebody("p2", "1002")];
    desk.report(PhoneReport::Conferenced { calls: vec!["c1".into(), "k1".into()], call: "x1".into(), parties });
    assert_eq!(phase(desk, colleague), None, "the consultation has become part of the customer's call");
    desk.seen.clear();
    customer
}

#[test]
fn a_consultation_knows_what_it_is_about_and_searches_nothing() {
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    let call = view(&desk, colleague).expect("it is there");
    assert_eq!((call.consults, call.record.map(|record| record.id)), (Some(customer), Some("003A".into())));
    assert!(desk.crm_commands().iter().all(|command| !matches!(command, CrmCommand::Search { .. } | CrmCommand::Pop { .. })));
    assert_eq!(phase(&desk, customer), Some(Phase::Held));
}

#[test]
fn completing_connects_the_two_and_leaves_one_wrap_up_and_one_log() {
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    desk.agent(AgentCommand::Transfer(customer, colleague));
    let asked = PhoneCommand::TransferCall { call: "c1".into(), other: "k1".into(), record: "003A".into() };
    assert_eq!(desk.phone_commands(), [asked]);
    assert_eq!(phase(&desk, customer), Some(Phase::Transferring));
    let done = transferred("c1", "k1");
    desk.report(done);
    assert_eq!((phase(&desk, customer), phase(&desk, colleague)), (Some(Phase::WrapUp), None));
    assert_eq!(view(&desk, customer).and_then(|call| call.cause), Some(Cause::Transferred));
    assert!(desk.snapshot().problems.is_empty());
    desk.agent(AgentCommand::FinishWrapUp(customer));
    let mut created = 0;
    while let Some((request, record, _)) = desk.try_log() {
        created += usize::from(record.is_none());
        desk.saves(request, "00T1");
    }
    assert_eq!(created, 0, "the customer's log exists since the answer, the consultation has none by default");
    assert!(desk.snapshot().logs.is_empty());
}

#[test]
fn a_consultation_has_its_own_log_where_the_settings_or_the_notes_want_it() {
    for (by_settings, notes) in [(true, ""), (false, "asked about the invoice")] {
        let mut settings = settings();
        settings.log.consultation = by_settings;
        settings.log.when.internal = hookswitch_core::settings::LogWhen::Always;
        let mut desk = Desk::with(settings);
        let (_, colleague) = rings_a_colleague(&mut desk);
        desk.established("k1").agent(AgentCommand::SetNotes(colleague, notes.into()));
        desk.cleared("k1", Cause::Normal);
        let mut found = false;
        while let Some((request, _, fields)) = desk.try_log() {
            found |= fields.kind == Some(CallKind::Internal);
            desk.saves(request, "00T1");
        }
        assert!(found, "by settings: {by_settings}");
    }
}

#[test]
fn a_transfer_that_is_refused_leaves_both_calls_as_they_were() {
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    desk.agent(AgentCommand::Transfer(customer, colleague));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() });
    assert_eq!((phase(&desk, customer), phase(&desk, colleague)), (Some(Phase::Held), Some(Phase::Connected)));
    assert_eq!(desk.snapshot().problems.len(), 1, "told once");
    assert_eq!(desk.try_agent(AgentCommand::Transfer(customer, colleague)), Ok(()), "and can be tried again");
}

#[test]
fn a_transfer_nobody_answers_for_is_over_after_its_deadline() {
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    desk.agent(AgentCommand::Transfer(customer, colleague));
    desk.passes(30_000);
    assert_eq!((phase(&desk, customer), phase(&desk, colleague)), (Some(Phase::Held), Some(Phase::Connected)));
}

#[test]
fn the_customer_hanging_up_frees_the_colleague_from_the_transfer() {
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    desk.agent(AgentCommand::Transfer(customer, colleague)).cleared("c1", Cause::Normal);
    assert_eq!(phase(&desk, colleague), Some(Phase::Connected));
    assert_eq!(view(&desk, colleague).and_then(|call| call.consults), None, "there is nothing to go back to");
    assert_eq!(desk.try_agent(AgentCommand::Reconnect(colleague)), Err(Refusal::NotConsulting(colleague)));
}

#[test]
fn complete_is_offered_while_it_rings_only_where_the_phone_system_can() {
    let mut desk = Desk::new();
    let (customer, colleague) = rings_a_colleague(&mut desk);
    let offered = |desk: &Desk| view(desk, customer).expect("there").others[0].transfer;
    assert_eq!(offered(&desk), None);
    let mut capabilities = crate::desk::all_capabilities();
    capabilities.transfer_ringing = false;
    desk.report(PhoneReport::Capabilities { capabilities });
    assert_eq!(offered(&desk), Some("notConnected"));
    assert_eq!(desk.try_agent(AgentCommand::Transfer(customer, colleague)), Err(Refusal::NotConnected(colleague)));
    desk.established("k1");
    assert_eq!(offered(&desk), None);
}

#[test]
fn reconnect_ends_the_consultation_and_takes_the_customer_back() {
    for rings in [true, false] {
        let mut desk = Desk::new();
        let (customer, colleague) = if rings { rings_a_colleague(&mut desk) } else { consults(&mut desk) };
        desk.agent(AgentCommand::Reconnect(colleague));
        assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "k1".into() }]);
        desk.seen.clear();
        desk.cleared("k1", Cause::Normal);
        assert_eq!(desk.phone_commands(), [PhoneCommand::Retrieve { call: "c1".into() }]);
        desk.report(PhoneReport::Retrieved { call: "c1".into(), by: Side::Agent });
        assert_eq!((phase(&desk, customer), phase(&desk, colleague)), (Some(Phase::Connected), None));
    }
}

#[test]
fn a_colleague_who_does_not_answer_leaves_the_customer_on_hold_and_says_so() {
    let mut desk = Desk::new();
    let (customer, _) = rings_a_colleague(&mut desk);
    desk.report(PhoneReport::Failed { call: "k1".into(), cause: Cause::NoAnswer });
    assert_eq!(phase(&desk, customer), Some(Phase::Held));
    assert_eq!(desk.snapshot().problems[0].kind, ProblemKind::CallEnded { cause: Cause::NoAnswer });
}

#[test]
fn a_blind_transfer_keeps_the_call_until_the_outcome_is_known() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into()));
    let asked = PhoneCommand::SingleStepTransfer { call: "c1".into(), to: "1002".into(), record: String::new() };
    assert_eq!(desk.phone_commands(), [asked]);
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Done { request });
    assert_eq!(phase(&desk, id), Some(Phase::Transferring), "accepted is not done");
    let done = PhoneReport::Transferred { call: "c1".into(), by: Side::Agent, other: None, party: None, kind: None, record: String::new() };
    desk.report(done);
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
}

#[test]
fn a_blind_transfer_that_fails_brings_the_caller_back() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into()));
    desk.seen.clear();
    desk.report(PhoneReport::TransferFailed { call: "c1".into(), cause: Cause::Busy, held: true });
    assert_eq!(desk.phone_commands(), [PhoneCommand::Retrieve { call: "c1".into() }]);
    assert_eq!(desk.snapshot().problems[0].kind, ProblemKind::TransferFailed { cause: Cause::Busy });
    desk.report(PhoneReport::Retrieved { call: "c1".into(), by: Side::Agent });
    assert_eq!(phase(&desk, id), Some(Phase::Connected));
}

#[test]
fn a_blind_transfer_without_an_outcome_ends_in_bounded_time() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into()));
    desk.passes(120_000);
    assert_eq!(phase(&desk, id), Some(Phase::Connected), "still with the agent, as far as anybody knows");
    assert!(desk.phone_commands().contains(&PhoneCommand::Sync));
}

#[test]
fn two_calls_of_ones_own_can_be_connected_or_joined() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    let other = view(&desk, second).expect("there").others[0];
    assert_eq!((other.call, other.transfer, other.conference), (first, None, None));
    desk.seen.clear();
    desk.agent(AgentCommand::Transfer(second, first));
    assert_eq!(desk.phone_commands()[0].call(), Some(&"c2".into()));
    let done = transferred("c2", "c1");
    desk.report(done);
    assert_eq!((phase(&desk, first), phase(&desk, second)), (Some(Phase::WrapUp), Some(Phase::WrapUp)), "two customers, two logs");
}

#[test]
fn a_conference_goes_on_under_the_customers_call_and_shows_everybody() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    let call = view(&desk, id).expect("it is there");
    assert_eq!(call.phase, Phase::Connected);
    let numbers: Vec<_> = call.connections.iter().filter(|c| !c.agent).map(|c| c.party.number.reveal().to_owned()).collect();
    assert_eq!(numbers, ["+14155550100", "1002"]);
    assert!(call.is_conference());
    assert_eq!(call.refused(CommandKind::ClearCall), None);
}

#[test]
fn one_party_can_be_held_muted_and_taken_out_by_name() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    let party = view(&desk, id).expect("there").connections[2].id.expect("a name");
    desk.agent(AgentCommand::HoldParty(id, party));
    desk.agent(AgentCommand::MuteParty(id, party, true));
    desk.agent(AgentCommand::ClearParty(id, party));
    let (call, who) = (|| "x1".into(), || "p2".into());
    assert_eq!(
        desk.phone_commands(),
        [
            PhoneCommand::HoldParty { call: call(), party: who() },
            PhoneCommand::MuteParty { call: call(), party: who(), on: true },
            PhoneCommand::ClearParty { call: call(), party: who() },
        ]
    );
    assert_eq!(desk.try_agent(AgentCommand::ClearParty(id, PartyId(99))), Err(Refusal::UnknownParty(id)));
    desk.report(PhoneReport::Parties { call: "x1".into(), parties: vec![somebody("p1", "+14155550100")] });
    let call = view(&desk, id).expect("an ordinary call again");
    assert!(!call.is_conference());
    assert_eq!(call.party().map(|party| party.party.number.reveal().to_owned()), Some("+14155550100".into()));
    assert_eq!(desk.try_agent(AgentCommand::ClearCall(id)), Err(Refusal::NotAConference(id)));
    assert_eq!(call.legs.iter().filter(|leg| leg.until.is_some()).count(), 1, "history keeps who left");
}

#[test]
fn leaving_lets_the_others_talk_and_is_refused_where_it_would_drop_them() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    let mut capabilities = crate::desk::all_capabilities();
    capabilities.leave = false;
    desk.report(PhoneReport::Capabilities { capabilities });
    assert_eq!(desk.try_agent(AgentCommand::Clear(id)), Err(Refusal::LeaveEndsAll(id)));
    desk.report(PhoneReport::Capabilities { capabilities: crate::desk::all_capabilities() });
    desk.agent(AgentCommand::Clear(id));
    assert_eq!(desk.phone_commands().last(), Some(&PhoneCommand::ClearConnection { call: "x1".into() }));
}

#[test]
fn a_full_conference_takes_nobody_more() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    let mut capabilities = crate::desk::all_capabilities();
    capabilities.conference_size = 3;
    desk.report(PhoneReport::Capabilities { capabilities });
    assert_eq!(desk.try_agent(AgentCommand::SingleStepConference(id, "1003".into())), Err(Refusal::ConferenceFull(id)));
}

#[test]
fn somebody_added_who_does_not_come_is_told() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.agent(AgentCommand::SingleStepConference(id, "1003".into()));
    assert_eq!(desk.phone_commands(), [PhoneCommand::SingleStepConference { call: "c1".into(), to: "1003".into() }]);
    let ringing = PhoneParty { state: ConnectionState::Alerting, ..somebody("p2", "1003") };
    desk.report(PhoneReport::Parties { call: "c1".into(), parties: vec![somebody("p1", "+14155550100"), ringing] });
    desk.report(PhoneReport::Parties { call: "c1".into(), parties: vec![somebody("p1", "+14155550100")] });
    let problem = &desk.snapshot().problems[0];
    assert_eq!((problem.kind, problem.number.reveal()), (ProblemKind::PartyNotReached, "1003"));
    assert_eq!(phase(&desk, id), Some(Phase::Connected));
}

#[test]
fn everybody_leaving_ends_the_call() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    desk.report(PhoneReport::Parties { call: "x1".into(), parties: vec![] });
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
}

#[test]
fn a_colleague_who_passes_the_customer_on_changes_name_type_and_page() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Delivered {
        call: "c1".into(),
        from: Party { number: "1002".into(), name: "Bob".into() },
        called: "".into(),
        queue: String::new(),
        segment: "".into(),
        kind: CallKind::Internal,
        record: String::new(),
        owns_log: false,
    });
    let id = desk.call().id;
    desk.agent(AgentCommand::Answer(id)).established("c1");
    desk.report(PhoneReport::Held { call: "c1".into(), by: Side::Party });
    desk.seen.clear();
    desk.report(PhoneReport::Transferred {
        call: "c1".into(),
        by: Side::Party,
        other: None,
        party: Some(Party { number: "+14155550100".into(), name: "Ada".into() }),
        kind: Some(CallKind::Inbound),
        record: "003A".into(),
    });
    let call = view(&desk, id).expect("it goes on");
    let party = call.party().expect("somebody");
    assert_eq!((party.party.number.reveal(), party.state), ("+14155550100", ConnectionState::Connected), "no hold mark is left");
    assert_eq!((call.kind, call.record.map(|record| record.id)), (CallKind::Inbound, Some("003A".into())));
    assert_eq!(call.legs.len(), 2, "both are in the history");
    let pop = CrmCommand::Pop { target: PopTarget::Record { id: "003A".into() } };
    assert!(desk.crm_commands().contains(&pop), "the record that came with the call");
    while let Some((request, ..)) = desk.try_log() {
        desk.saves(request, "00T1");
    }
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    let (_, _, fields) = desk.log();
    assert_eq!(fields.subject.reveal(), "Inbound call +14155550100", "the log is about the customer");
}

#[test]
fn a_consultation_survives_a_reload_as_one() {
    let mut desk = Desk::new();
    consults(&mut desk);
    let mut next = desk.reloaded(settings());
    next.crm(hookswitch_core::CrmReport::State(hookswitch_core::CrmState::Ready));
    next.phone_comes();
    let calls = next.snapshot().calls;
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[1].consults, Some(calls[0].id));
}

#[test]
fn while_a_blind_transfer_rings_the_agent_can_take_the_next_call() {
    for held in [true, false] {
        let mut desk = Desk::new();
        let id = desk.talks("c1");
        desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into()));
        desk.rings_from("c2", "+14155550111");
        let next = desk.call().id;
        assert_eq!(desk.call().refused(CommandKind::Answer), Some("inProgress"), "not before the caller is known to wait on hold");
        desk.held("c1");
        desk.seen.clear();
        desk.agent(AgentCommand::Answer(next));
        assert_eq!(desk.phone_commands(), [PhoneCommand::Answer { call: "c2".into() }]);
        desk.established("c2");
        desk.seen.clear();
        desk.report(PhoneReport::TransferFailed { call: "c1".into(), cause: Cause::NoAnswer, held });
        let expected = if held { vec![] } else { vec![PhoneCommand::Hold { call: "c1".into() }] };
        assert_eq!(desk.phone_commands(), expected, "whoever comes back waits");
        assert_eq!(phase(&desk, next), Some(Phase::Connected));
    }
}

#[test]
fn a_party_that_holds_by_its_own_hand_is_not_the_agents_to_retrieve() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    let held = |held_by| PhoneParty { state: ConnectionState::Held, held_by, ..somebody("p2", "1003") };
    for (held_by, expected) in [(Side::Party, Err(Refusal::NotHeld(id))), (Side::Agent, Ok(()))] {
        desk.report(PhoneReport::Parties { call: "c1".into(), parties: vec![somebody("p1", "+14155550100"), held(held_by)] });
        let party = desk.call().connections[2].id.expect("a number");
        let listed = desk.call().connections[2].refused(CommandKind::RetrieveParty);
        assert_eq!(listed, expected.clone().err().map(|refusal: Refusal| refusal.code()));
        assert_eq!(desk.try_agent(AgentCommand::RetrieveParty(id, party)), expected);
    }
}

#[test]
fn a_consultation_says_so_also_after_the_call_it_was_about() {
    let mut desk = Desk::new();
    let customer = desk.talks("c1");
    desk.agent(AgentCommand::Consult { call: customer, number: "1002".into() });
    let consultation = desk.call().id;
    desk.held("c1").cleared("c1", Cause::Normal);
    desk.agent(AgentCommand::FinishWrapUp(customer));
    let call = view(&desk, consultation).expect("it goes on");
    assert_eq!((call.consultation, call.consults), (true, None));
}
