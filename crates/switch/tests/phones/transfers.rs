//! Calls passed on.

use crate::desk::{ANN, BOB, Desk};
use hookswitch_core::{CallKind, Cause, ConnectionState, Party, PhoneCommand, PhoneParty, PhoneRef, PhoneReport, RefusedReason, Side};
use hookswitch_switch::{Behaviour, NetworkCommand, PartyAct};

const ADA: &str = "+14155550100";

fn ada() -> Party {
    Party { number: ADA.into(), name: "Ada".into() }
}

fn transfer(call: &PhoneRef, other: &PhoneRef) -> PhoneCommand {
    PhoneCommand::TransferCall { call: call.clone(), other: other.clone(), record: "003ADA".to_owned() }
}

fn blind(call: &PhoneRef, to: &str) -> PhoneCommand {
    PhoneCommand::SingleStepTransfer { call: call.clone(), to: to.into(), record: "003ADA".to_owned() }
}

fn replaced(call: &PhoneRef, party: Party, kind: Option<CallKind>) -> PhoneReport {
    let record = "003ADA".to_owned();
    PhoneReport::Transferred { call: call.clone(), by: Side::Party, other: None, party: Some(party), kind, record }
}

fn gone(call: &PhoneRef, other: Option<&PhoneRef>) -> PhoneReport {
    PhoneReport::Transferred { call: call.clone(), by: Side::Agent, other: other.cloned(), party: None, kind: None, record: String::new() }
}

#[test]
fn a_consultation_says_in_the_sync_which_call_it_is_about() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (call, consultation) = desk.consults();
    let calls = desk.synced(ANN);
    assert_eq!(calls.iter().map(|call| call.consults.clone()).collect::<Vec<_>>(), [None, Some(call.clone())]);
    desk.done(ANN, PhoneCommand::ClearConnection { call });
    assert_eq!(desk.synced(ANN).into_iter().map(|call| (call.call, call.consults)).collect::<Vec<_>>(), [(consultation, None)]);
}

#[test]
fn completing_a_consultation_connects_the_parties_and_each_side_is_told_its_own() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (call, consultation) = desk.consults();
    assert_eq!(desk.done(ANN, transfer(&call, &consultation)), [gone(&call, Some(&consultation))]);
    // The colleague was called by Ann, and has a caller from outside now.
    assert_eq!(desk.told(BOB), [replaced(&consultation, ada(), Some(CallKind::Inbound))]);
    assert_eq!((desk.synced(ANN), desk.with_whom(ADA)), (vec![], vec!["1002".to_owned()]));
    let [theirs] = &desk.synced(BOB)[..] else { panic!("one call") };
    assert_eq!((&theirs.call, &theirs.party, theirs.kind, theirs.record.as_str()), (&consultation, &ada(), CallKind::Inbound, "003ADA"));
}

#[test]
fn completing_while_the_second_rings_lets_it_ring_on_for_the_first() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.talks();
    let consultation = desk.asks(&call);
    assert_eq!(desk.refused(ANN, transfer(&call, &consultation)), RefusedReason::NotNow, "it does not ring yet");
    desk.passes(300);
    assert_eq!(desk.refused(ANN, transfer(&consultation, &call)), RefusedReason::NotNow, "the one passed on must be there");
    assert_eq!(desk.done(ANN, transfer(&call, &consultation)), [gone(&call, Some(&consultation))]);
    assert_eq!(desk.told(BOB), [replaced(&consultation, ada(), Some(CallKind::Inbound))]);
    let told = desk.done(BOB, PhoneCommand::Answer { call: consultation.clone() });
    assert_eq!(told, [PhoneReport::Established { call: consultation, party: None }]);
    assert_eq!(desk.with_whom(ADA), ["1002"]);
    desk.passes(600_000);
    assert_eq!(desk.with_whom(ADA), ["1002"]);
}

#[test]
fn a_party_passed_on_to_somebody_who_does_not_come_rings_at_the_agent_again() {
    for declines in [true, false] {
        let mut desk = Desk::new();
        desk.colleagues();
        let call = desk.talks();
        let consultation = desk.asks(&call);
        desk.passes(300);
        desk.done(ANN, transfer(&call, &consultation));
        desk.forget();
        if declines {
            desk.done(BOB, PhoneCommand::Decline { call: consultation, cause: Cause::Declined });
        } else {
            desk.passes(30_000);
        }
        let (back, from) = desk.delivered(ANN);
        assert_eq!(from, ADA);
        assert_ne!(back, call, "Ann's first call is over");
        desk.done(ANN, PhoneCommand::Answer { call: back });
        desk.passes(600_000);
        assert_eq!(desk.with_whom(ADA), ["1001"]);
    }
}

#[test]
fn any_two_calls_can_be_connected_and_the_customers_talk_without_the_agent() {
    let mut desk = Desk::new();
    let first = desk.talks();
    desk.done(ANN, PhoneCommand::Hold { call: first.clone() });
    let second = desk.calls(hookswitch_switch::CallAgent::new("1001", "+14155550177", "Grace"));
    desk.done(ANN, PhoneCommand::Answer { call: second.clone() });
    assert_eq!(desk.done(ANN, transfer(&second, &first)), [gone(&second, Some(&first))]);
    assert_eq!(desk.with_whom(ADA), ["+14155550177"]);
    assert_eq!(desk.refused(ANN, PhoneCommand::Retrieve { call: first }), RefusedReason::UnknownCall);
}

#[test]
fn a_blind_transfer_holds_the_caller_and_hands_over_when_the_target_answers() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.talks();
    assert_eq!(desk.done(ANN, blind(&call, "1002")), [PhoneReport::Held { call: call.clone(), by: Side::Agent }]);
    desk.passes(300);
    let [PhoneReport::Delivered { call: theirs, from, record, kind, .. }] = &desk.told(BOB)[..] else { panic!("{:?}", desk.told(BOB)) };
    assert_eq!((from, record.as_str(), *kind), (&ada(), "003ADA", CallKind::Inbound));
    let theirs = theirs.clone();
    desk.forget();
    desk.done(BOB, PhoneCommand::Answer { call: theirs });
    assert_eq!(desk.told(ANN), [gone(&call, None)]);
    assert_eq!(desk.with_whom(ADA), ["1002"]);
}

#[test]
fn a_blind_transfer_that_fails_gives_the_caller_back_on_hold_with_the_reason() {
    for (to, after, cause) in [
        ("+14155550199", 300, Cause::Busy),
        ("+14155550197", 300, Cause::InvalidNumber),
        ("+14155550198", 20_300, Cause::NoAnswer),
        ("+14155550123", 60_300, Cause::NoAnswer),
        ("1002", 30_300, Cause::NoAnswer),
        ("1001", 300, Cause::Busy),
    ] {
        let mut desk = Desk::new();
        desk.colleagues();
        let call = desk.talks();
        desk.done(ANN, blind(&call, to));
        desk.forget();
        desk.passes(after - 1);
        assert_eq!(desk.told(ANN), [], "{to}");
        desk.passes(1);
        assert_eq!(desk.told(ANN), [PhoneReport::TransferFailed { call: call.clone(), cause, held: true }], "{to}");
        desk.done(ANN, PhoneCommand::Retrieve { call });
        assert_eq!(desk.with_whom(ADA), ["1001"], "{to}");
    }
}

#[test]
fn the_agent_can_take_the_caller_back_before_the_target_answers() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.talks();
    desk.done(ANN, blind(&call, "1002"));
    desk.passes(300);
    let (theirs, _) = desk.delivered(BOB);
    let told = desk.done(ANN, PhoneCommand::Retrieve { call: call.clone() });
    let failed = PhoneReport::TransferFailed { call: call.clone(), cause: Cause::Abandoned, held: true };
    assert_eq!(told, [failed, PhoneReport::Retrieved { call, by: Side::Agent }]);
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call: theirs, cause: Cause::Abandoned }]);
}

#[test]
fn another_target_takes_the_place_of_the_first() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.talks();
    desk.done(ANN, blind(&call, "1002"));
    desk.passes(300);
    let (first, _) = desk.delivered(BOB);
    let told = desk.done(ANN, blind(&call, "1003"));
    assert_eq!(told, [PhoneReport::TransferFailed { call, cause: Cause::Abandoned, held: true }]);
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call: first, cause: Cause::Abandoned }]);
    desk.passes(300);
    assert_eq!(desk.delivered(crate::desk::CID).1, ADA);
}

#[test]
fn a_caller_who_hangs_up_during_a_blind_transfer_stops_it_ringing() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.talks();
    desk.done(ANN, blind(&call, "1002"));
    desk.passes(300);
    let (theirs, _) = desk.delivered(BOB);
    desk.forget();
    desk.network(NetworkCommand::HangUp { call: call.clone(), end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call, cause: Cause::Normal }]);
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call: theirs, cause: Cause::Abandoned }]);
}

#[test]
fn an_agent_who_hangs_up_during_a_blind_transfer_leaves_the_caller_ringing_at_the_target() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.talks();
    desk.done(ANN, blind(&call, "1002"));
    desk.passes(300);
    assert_eq!(desk.done(ANN, PhoneCommand::ClearConnection { call: call.clone() }), [gone(&call, None)]);
    assert_eq!(desk.with_whom(ADA), ["1002"]);
    desk.passes(30_000);
    let (_, from) = desk.delivered(ANN);
    assert_eq!(from, ADA, "nobody came, so it is Ann's again");
}

#[test]
fn the_far_end_can_transfer_the_agent_to_somebody_else() {
    let mut desk = Desk::new();
    let call = desk.talks();
    let to = Party { number: "+14155550177".into(), name: "Grace".into() };
    let act = PartyAct::Transfers { to: to.clone(), record: "003ADA".to_owned() };
    desk.network(NetworkCommand::Act { call: call.clone(), end: None, act });
    assert_eq!(desk.told(ANN), [replaced(&call, to.clone(), None)]);
    assert_eq!(desk.synced(ANN)[0].party, to);
    desk.forget();
    desk.network(NetworkCommand::Hold { call: call.clone(), end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::Held { call, by: Side::Party }]);
}

#[test]
fn a_call_deflected_rings_at_the_other_number_and_no_longer_here() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.rings();
    assert_eq!(
        desk.done(ANN, PhoneCommand::Deflect { call: call.clone(), to: "1002".into() }),
        [PhoneReport::ConnectionCleared { call, cause: Cause::Deflected }]
    );
    desk.passes(300);
    let (theirs, from) = desk.delivered(BOB);
    assert_eq!(from, ADA);
    desk.done(BOB, PhoneCommand::Answer { call: theirs });
    assert_eq!(desk.with_whom(ADA), ["1002"]);
}

#[test]
fn a_colleague_whose_call_was_deflected_learns_at_the_answer_who_took_it() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.dials("1002");
    desk.passes(300);
    desk.done(BOB, PhoneCommand::Deflect { call: call.clone(), to: "1003".into() });
    desk.passes(300);
    let (theirs, from) = desk.delivered(crate::desk::CID);
    assert_eq!(from, "1001");
    desk.forget();
    desk.done(crate::desk::CID, PhoneCommand::Answer { call: theirs });
    let cid = Some(Party { number: "1003".into(), name: "Cid".into() });
    assert_eq!(desk.told(ANN), [PhoneReport::Established { call, party: cid }]);
}

#[test]
fn the_voicemail_box_answers_by_itself_and_hangs_up_when_the_message_is_over() {
    let mut desk = Desk::new();
    let call = desk.dials("1900");
    desk.passes(1_300);
    let voicemail = Party { number: "1900".into(), name: "Voicemail".into() };
    assert_eq!(desk.told(ANN).last(), Some(&PhoneReport::Established { call: call.clone(), party: Some(voicemail) }));
    desk.forget();
    desk.passes(30_000);
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call, cause: Cause::Normal }]);
}

#[test]
fn somebody_outside_can_let_voicemail_answer_by_script_or_by_hand() {
    for by_hand in [true, false] {
        let mut desk = Desk::new();
        if !by_hand {
            desk.behaves("+14155550123", Behaviour::Voicemail { after_ms: 4_000 });
        }
        let call = desk.dials("+14155550123");
        desk.passes(300);
        if by_hand {
            desk.network(NetworkCommand::Voicemail { call: call.clone(), end: None });
        }
        desk.passes(4_000);
        let told = desk.told(ANN);
        let named = Party { number: "+14155550123".into(), name: "Voicemail".into() };
        assert_eq!(told.last(), Some(&PhoneReport::Established { call, party: Some(named) }));
    }
}

#[test]
fn a_party_passed_on_while_its_new_one_rings_is_told_that_it_rings() {
    let mut desk = Desk::new();
    desk.colleagues();
    // Bob called Ann; she asks Cid and passes Bob on while Cid rings.
    desk.does(BOB, crate::desk::make_call("1001"));
    desk.passes(300);
    let (call, _) = desk.delivered(ANN);
    desk.done(ANN, PhoneCommand::Answer { call: call.clone() });
    desk.done(ANN, PhoneCommand::Hold { call: call.clone() });
    let second = desk.dials("1003");
    desk.passes(300);
    desk.done(ANN, PhoneCommand::TransferCall { call: call.clone(), other: second, record: String::new() });
    let cid = Party { number: "1003".into(), name: "Cid".into() };
    let id = desk.end("1003");
    let told = desk.told(BOB);
    let ringing = PhoneParty { id, party: cid.clone(), state: ConnectionState::Alerting, held_by: Side::Agent, muted: false };
    let transferred =
        PhoneReport::Transferred { call: call.clone(), by: Side::Party, other: None, party: Some(cid), kind: None, record: String::new() };
    assert_eq!(told, [transferred, PhoneReport::Parties { call, parties: vec![ringing] }]);
}
