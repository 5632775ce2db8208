//! Several calls and parties: each keeps its name, its rights and its end, whatever becomes of the others.

use crate::desk::{Desk, all_capabilities, dial, newest_request, phase, settings, view};
use crate::joining::{confers, consults, somebody};
use crate::restart::listed;
use hookswitch_core::settings::ProviderKind;
use hookswitch_core::{
    AgentCommand, AgentState, CallId, CallKind, Capabilities, Cause, CommandKind, ConnectionState, Input, Party, Phase, PhoneCall,
    PhoneCommand, PhoneParty, PhoneReport, PhoneState, ProblemKind, Refusal, RefusedReason, Side,
};

fn can(desk: &mut Desk, change: impl FnOnce(&mut Capabilities)) {
    let mut capabilities = all_capabilities();
    change(&mut capabilities);
    desk.report(PhoneReport::Capabilities { capabilities });
}

fn party_ids(desk: &Desk, id: CallId) -> Vec<(u32, String)> {
    let peers = view(desk, id).expect("it is there").connections.into_iter().filter(|peer| !peer.agent);
    peers.map(|peer| (peer.id.expect("a number").0, peer.party.number.reveal().to_owned())).collect()
}

fn parties(desk: &mut Desk, list: Vec<PhoneParty>) {
    desk.report(PhoneReport::Parties { call: "c1".into(), parties: list });
}

fn transferred(by: Side, call: &str, other: Option<&str>, kind: Option<CallKind>) -> PhoneReport {
    let party = (by == Side::Party).then(|| Party { number: "+14155550777".into(), name: "BOB".into() });
    PhoneReport::Transferred { call: call.into(), by, other: other.map(Into::into), party, kind, record: String::new() }
}

#[test]
fn somebody_taken_out_again_before_the_answer_is_not_told_as_not_reached() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Answer {
        Before,
        Behind,
        Refused,
        Silent,
    }
    for answer in [Answer::Before, Answer::Behind, Answer::Refused, Answer::Silent] {
        let mut desk = Desk::new();
        let id = desk.talks("c1");
        let ringing = || PhoneParty { state: ConnectionState::Alerting, ..somebody("p2", "1003") };
        let with = |parties| PhoneReport::Parties { call: "c1".into(), parties };
        desk.report(with(vec![somebody("p1", "+14155550100"), ringing()]));
        let party = view(&desk, id).expect("there").connections[2].id.expect("a number");
        desk.agent(AgentCommand::ClearParty(id, party));
        let request = newest_request(&mut desk);
        match answer {
            Answer::Before => drop(desk.report(PhoneReport::Done { request })),
            Answer::Refused => drop(desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() })),
            Answer::Silent => drop(desk.passes(10_000)),
            Answer::Behind => {}
        }
        // The list is told once more while the party still rings.
        desk.report(with(vec![somebody("p1", "+14155550100"), ringing()]));
        desk.report(with(vec![somebody("p1", "+14155550100")]));
        drop(desk.try_put(Input::Phone(PhoneReport::Done { request })));
        let told = desk.snapshot().problems.iter().any(|problem| problem.kind == ProblemKind::PartyNotReached);
        assert_eq!(told, matches!(answer, Answer::Refused | Answer::Silent), "{answer:?}");
    }
}

#[test]
fn a_party_keeps_its_number_whoever_joins_leaves_or_is_listed_first() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    let (ada, bob) = (|| somebody("p1", "+14155550100"), || somebody("p2", "1002"));
    parties(&mut desk, vec![bob(), ada()]);
    assert_eq!(party_ids(&desk, id), [(2, "1002".into()), (1, "+14155550100".into())], "an ordinary call's party had no name");
    parties(&mut desk, vec![ada(), somebody("p2", "1003"), somebody("p3", "1002")]);
    assert_eq!(party_ids(&desk, id), [(1, "+14155550100".into()), (2, "1003".into()), (3, "1002".into())], "the name counts");
    parties(&mut desk, vec![somebody("p4", "1002"), ada()]);
    assert_eq!(party_ids(&desk, id), [(4, "1002".into()), (1, "+14155550100".into())], "who left does not come back as another");
}

#[test]
fn of_an_ordinary_calls_far_end_only_its_hold_is_shown() {
    for (far_state, shown) in [(ConnectionState::Initiated, ConnectionState::Connected), (ConnectionState::Held, ConnectionState::Held)] {
        let mut desk = Desk::new();
        desk.report(PhoneReport::Sync { calls: vec![PhoneCall { far_state, ..listed("c1", ConnectionState::Connected) }] });
        assert_eq!(desk.call().party().map(|party| party.state), Some(shown));
    }
}

#[test]
fn a_transfer_ends_the_two_calls_it_joins_and_no_third() {
    for named in [true, false] {
        let mut desk = Desk::new();
        let third = desk.talks("c0");
        desk.agent(AgentCommand::Hold(third)).held("c0");
        let (customer, colleague) = consults(&mut desk);
        desk.agent(AgentCommand::Transfer(customer, colleague));
        desk.report(transferred(Side::Agent, "c1", named.then_some("k1"), None));
        assert_eq!((phase(&desk, customer), phase(&desk, colleague)), (Some(Phase::WrapUp), None), "named: {named}");
        assert_eq!(phase(&desk, third), Some(Phase::Held));
    }
}

#[test]
fn a_blind_transfer_ends_its_own_call_and_not_one_that_has_no_name_yet() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into())).held("c1").agent(dial("4155550123"));
    let dialed = desk.call().id;
    desk.report(transferred(Side::Agent, "c1", None, None));
    assert_eq!((phase(&desk, id), phase(&desk, dialed)), (Some(Phase::WrapUp), Some(Phase::Initiated)));
}

#[test]
fn whoever_comes_back_from_a_blind_transfer_is_talked_to_unless_somebody_else_is() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into())).seen.clear();
    desk.report(PhoneReport::TransferFailed { call: "c1".into(), cause: Cause::Busy, held: false });
    assert_eq!((desk.phone_commands(), phase(&desk, id)), (vec![], Some(Phase::Connected)));
    let mut desk = Desk::new();
    let held = desk.talks("c0");
    desk.agent(AgentCommand::Hold(held)).held("c0");
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SingleStepTransfer(id, "1002".into())).seen.clear();
    desk.report(PhoneReport::TransferFailed { call: "c1".into(), cause: Cause::Busy, held: true });
    assert_eq!(desk.phone_commands(), [PhoneCommand::Retrieve { call: "c1".into() }], "a call on hold is nobody's voice");
}

#[test]
fn a_held_call_that_is_passed_on_stays_on_hold_and_one_that_is_answered_so_has_the_voice() {
    let mut desk = Desk::new();
    let held = desk.talks("c0");
    desk.agent(AgentCommand::Hold(held)).held("c0");
    desk.talks("c1");
    desk.seen.clear();
    desk.report(transferred(Side::Party, "c0", None, None));
    assert_eq!(desk.phone_commands(), []);
    let mut desk = Desk::new();
    let held = desk.talks("c0");
    desk.agent(AgentCommand::Hold(held)).held("c0").agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::Retrieved { call: "c0".into(), by: Side::Agent }).seen.clear();
    desk.report(transferred(Side::Party, "o1", None, None));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c0".into() }]);
}

#[test]
fn who_is_passed_on_is_searched_for_once_more_only_where_number_or_kind_of_call_changes() {
    let same = Some("+14155550100");
    let news = [(same, None, 0), (None, Some(CallKind::Inbound), 0), (same, Some(CallKind::Internal), 1), (Some("+14155550177"), None, 1)];
    for (number, kind, searched) in news {
        let mut desk = Desk::new();
        desk.talks("c1");
        desk.finds(&[crate::desk::contact("003A")]).seen.clear();
        let mut report = transferred(Side::Party, "c1", None, kind);
        if let PhoneReport::Transferred { party, .. } = &mut report {
            *party = number.map(|number| Party { number: number.into(), name: "".into() });
        }
        desk.report(report);
        let searches = desk.crm_commands().iter().filter(|command| matches!(command, hookswitch_core::CrmCommand::Search { .. })).count();
        assert_eq!(searches, searched, "{number:?} {kind:?}");
    }
}

#[test]
fn a_conference_takes_as_many_as_the_phone_system_says_and_any_number_where_it_does_not() {
    for (size, joined, added) in [(0, true, true), (4, true, true), (3, true, false), (2, false, false)] {
        let mut desk = Desk::new();
        let (customer, colleague) = consults(&mut desk);
        can(&mut desk, |can| can.conference_size = size);
        assert_eq!(view(&desk, customer).expect("there").others[0].conference.is_none(), joined, "{size}");
        let mut desk = Desk::new();
        let conference = confers(&mut desk);
        can(&mut desk, |can| can.conference_size = size);
        assert_eq!(view(&desk, conference).expect("there").refused(CommandKind::SingleStepConference).is_none(), added, "{size}");
        assert_ne!(customer, colleague);
    }
}

#[test]
fn each_right_about_a_party_is_a_word_of_its_own() {
    let mut desk = Desk::new();
    let id = confers(&mut desk);
    let refused = |desk: &Desk| {
        let party = view(desk, id).expect("there").connections[1].clone();
        [CommandKind::ClearParty, CommandKind::HoldParty, CommandKind::MuteParty].map(|command| party.refused(command).is_some())
    };
    assert_eq!(refused(&desk), [false; 3]);
    can(&mut desk, |can| can.clear_party = false);
    assert_eq!(refused(&desk), [true, false, false]);
    can(&mut desk, |can| can.hold_party = false);
    assert_eq!(refused(&desk), [false, true, false]);
    can(&mut desk, |can| can.mute_party = false);
    assert_eq!(refused(&desk), [false, false, true]);
}

#[test]
fn a_conference_is_not_passed_on_and_nothing_is_passed_on_to_it() {
    let mut desk = Desk::new();
    let conference = confers(&mut desk);
    desk.agent(AgentCommand::Hold(conference)).held("x1");
    let other = desk.talks("c9");
    for (from, to) in [(conference, other), (other, conference)] {
        assert_eq!(desk.try_agent(AgentCommand::Transfer(from, to)), Err(Refusal::NotSupported));
    }
    let mut desk = Desk::new();
    let (customer, colleague) = consults(&mut desk);
    can(&mut desk, |can| can.transfer = false);
    assert_eq!(desk.try_agent(AgentCommand::Transfer(customer, colleague)), Err(Refusal::NotSupported));
}

#[test]
fn what_is_hung_up_is_neither_muted_nor_left_before_it_is_known_who_is_in_it() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Clear(id));
    assert_eq!(desk.try_agent(AgentCommand::Mute(id, true)), Err(Refusal::InProgress(id)));
    let mut desk = Desk::new();
    desk.talks("c1");
    for leave in [true, false] {
        let mut next = desk.reloaded(settings());
        next.phone_comes();
        can(&mut next, |can| can.leave = leave);
        let id = next.call().id;
        assert_eq!(next.try_agent(AgentCommand::Clear(id)), if leave { Ok(()) } else { Err(Refusal::InProgress(id)) });
    }
}

#[test]
fn a_call_that_rings_is_declined_and_not_hung_up() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    assert_eq!(desk.try_agent(AgentCommand::Clear(id)), Err(Refusal::NotConnected(id)));
}

#[test]
fn there_is_nothing_to_swap_with_where_nobody_is_talked_to() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id)).held("c1");
    assert_eq!(desk.try_agent(AgentCommand::Alternate(id)), Err(Refusal::NotConnected(id)));
    desk.talks("c2");
    desk.agent(AgentCommand::Alternate(id));
}

#[test]
fn where_nobody_can_be_held_nobody_is() {
    let mut desk = Desk::new();
    can(&mut desk, |can| can.hold = false);
    desk.report(PhoneReport::Sync { calls: vec![listed("c1", ConnectionState::Connected), listed("c2", ConnectionState::Connected)] });
    assert!(!desk.phone_commands().iter().any(|command| matches!(command, PhoneCommand::Hold { .. })));
}

#[test]
fn a_call_that_rang_too_long_is_turned_away_where_the_phone_system_is_there_to_hear_it() {
    for (state, told) in [(PhoneState::Ready, true), (PhoneState::Reconnecting, false)] {
        let mut desk = Desk::new();
        desk.rings("c1").report(PhoneReport::Service { state, detail: "".into() }).passes(300_000);
        assert!(desk.snapshot().calls.is_empty());
        let away = |command: &PhoneCommand| matches!(command, PhoneCommand::Decline { cause: Cause::Busy, .. });
        assert_eq!(desk.phone_commands().iter().any(away), told);
    }
}

#[test]
fn after_a_missed_call_the_phone_systems_word_about_the_agent_counts_at_once() {
    let by_the_switch = || PhoneReport::AgentState { ready: false, reason: "Missed".into() };
    let state = |desk: &Desk| desk.snapshot().agent.state;
    let mut missed = Desk::new();
    missed.rings("c1").cleared("c1", Cause::Abandoned).report(by_the_switch());
    assert_eq!(state(&missed), AgentState::NotReady { reason: "Missed".into() });
    let mut talked = Desk::new();
    talked.talks("c1");
    talked.report(by_the_switch()).cleared("c1", Cause::Normal).passes(60_000);
    assert_eq!(state(&talked), AgentState::NotReady { reason: "Missed".into() });
}

#[test]
fn a_dialed_call_that_nobody_answers_has_that_for_its_cause_and_is_asked_for_only_without_a_name() {
    for named in [true, false] {
        let mut settings = settings();
        settings.wrap_up.after_failed_outbound = true;
        let mut desk = Desk::with(settings);
        desk.report(PhoneReport::Sync { calls: vec![] }).agent(dial("4155550123"));
        let (id, request) = (desk.call().id, newest_request(&mut desk));
        if named {
            desk.report(PhoneReport::Originated { request, call: "o1".into() });
        }
        desk.passes(59_999).seen.clear();
        desk.passes(1);
        assert_eq!(view(&desk, id).and_then(|call| call.cause), Some(Cause::NoAnswer));
        assert_eq!(desk.phone_commands().contains(&PhoneCommand::Sync), !named);
    }
}

#[test]
fn a_call_that_a_list_calls_a_consultation_is_one() {
    let mut desk = Desk::new();
    let customer = desk.talks("c1");
    desk.agent(AgentCommand::Hold(customer)).held("c1").agent(dial("1002"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "k1".into() }).established("k1");
    assert!(!desk.call().consultation);
    let asked = PhoneCall { consults: Some("c1".into()), ..listed("k1", ConnectionState::Connected) };
    desk.report(PhoneReport::Sync { calls: vec![listed("c1", ConnectionState::Held), asked] });
    assert_eq!((desk.call().consultation, desk.call().consults), (true, Some(customer)));
}

#[test]
fn the_panel_knows_a_pretended_phone_from_a_real_one() {
    for (provider, simulated) in [(ProviderKind::Simulated, true), (ProviderKind::Sip, false)] {
        let mut settings = settings();
        settings.provider = Some(provider);
        let mut desk = Desk::new();
        desk.put(Input::Settings(Box::new(settings)));
        assert_eq!(desk.snapshot().phone.simulated, simulated);
    }
}
