//! Calls of more than two.

use crate::desk::{ANN, BOB, CID, Desk};
use hookswitch_core::{
    Cause, ConnectionState, Party, PartyRef, PhoneCommand, PhoneParty, PhoneRef, PhoneReport, Recording, RefusedReason, Side,
};
use hookswitch_switch::{CallAgent, Client, NetworkCommand, PartyAct};

const ADA: &str = "+14155550100";

fn party(id: &PartyRef, number: &str, name: &str, state: ConnectionState) -> PhoneParty {
    PhoneParty { id: id.clone(), party: Party { number: number.into(), name: name.into() }, state, held_by: Side::Agent, muted: false }
}

/// The parties an agent was told last.
fn parties(desk: &Desk, page: Client) -> Vec<(String, ConnectionState, bool)> {
    let told = desk.told(page).into_iter().rev().find_map(|report| match report {
        PhoneReport::Parties { parties, .. } | PhoneReport::Conferenced { parties, .. } => Some(parties),
        _ => None,
    });
    let parties = told.expect("told the parties");
    parties.into_iter().map(|party| (party.party.number.reveal().to_owned(), party.state, party.muted)).collect()
}

fn up(number: &str) -> (String, ConnectionState, bool) {
    (number.to_owned(), ConnectionState::Connected, false)
}

#[test]
fn two_calls_become_one_and_everybody_is_told_who_is_in_it() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ada, bob) = desk.consults();
    let told = desk.done(ANN, PhoneCommand::ConferenceCall { call: ada.clone(), other: bob.clone() });
    let others = desk.told(BOB);
    let [id_ada, id_ann, id_bob] = [ADA, "1001", "1002"].map(|number| desk.end(number));
    let up = ConnectionState::Connected;
    let (in_ada, in_ann, in_bob) = (party(&id_ada, ADA, "Ada", up), party(&id_ann, "1001", "Ann", up), party(&id_bob, "1002", "Bob", up));
    assert_eq!(
        told,
        [PhoneReport::Conferenced { calls: vec![ada.clone(), bob.clone()], call: ada.clone(), parties: vec![in_ada.clone(), in_bob] }]
    );
    assert_eq!(others, [PhoneReport::Parties { call: bob, parties: vec![in_ada, in_ann] }], "Bob knows the call by its old name");
    assert_eq!(desk.refused(ANN, PhoneCommand::ConferenceCall { call: ada.clone(), other: ada }), RefusedReason::NotNow);
}

#[test]
fn whoever_leaves_leaves_the_others_talking_and_two_are_an_ordinary_call() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, theirs) = desk.three();
    let told = desk.done(ANN, PhoneCommand::ClearConnection { call: ours.clone() });
    assert_eq!(told, [PhoneReport::ConnectionCleared { call: ours, cause: Cause::Normal }]);
    assert_eq!(parties(&desk, BOB), [up(ADA)]);
    assert_eq!(desk.synced(BOB)[0].parties, []);
    desk.done(BOB, PhoneCommand::ClearConnection { call: theirs });
    assert_eq!(desk.with_whom(ADA), [""; 0]);
}

#[test]
fn the_party_outside_can_leave_a_conference_like_anybody() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, _) = desk.three();
    desk.network(NetworkCommand::HangUp { call: ours, end: None });
    assert_eq!((parties(&desk, ANN), parties(&desk, BOB)), (vec![up("1002")], vec![up("1001")]));
}

#[test]
fn ending_a_conference_for_all_tells_all() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, theirs) = desk.three();
    let told = desk.done(ANN, PhoneCommand::ClearCall { call: ours.clone() });
    assert_eq!(told, [PhoneReport::ConnectionCleared { call: ours, cause: Cause::Normal }]);
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call: theirs, cause: Cause::Normal }]);
    assert_eq!(desk.with_whom(ADA), [""; 0]);
}

#[test]
fn one_party_is_taken_out_and_nobody_else() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, theirs) = desk.three();
    let bob = desk.end("1002");
    desk.done(ANN, PhoneCommand::ClearParty { call: ours.clone(), party: bob.clone() });
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call: theirs, cause: Cause::Normal }]);
    assert_eq!(parties(&desk, ANN), [up(ADA)]);
    assert_eq!(desk.refused(ANN, PhoneCommand::ClearParty { call: ours, party: bob }), RefusedReason::NotNow);
}

#[test]
fn one_party_is_held_and_retrieved_and_only_by_whom_it_was_held() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, _) = desk.three();
    let ada = desk.end(ADA);
    let hold = PhoneCommand::HoldParty { call: ours.clone(), party: ada.clone() };
    desk.done(ANN, hold.clone());
    let held = (ADA.to_owned(), ConnectionState::Held, false);
    assert!(parties(&desk, ANN).contains(&held) && parties(&desk, BOB).contains(&held));
    assert_eq!(desk.refused(ANN, hold), RefusedReason::NotNow);
    // Ada's own hold is hers to end.
    desk.network(NetworkCommand::Hold { call: ours.clone(), end: Some(ada.clone()) });
    let retrieve = PhoneCommand::RetrieveParty { call: ours, party: ada };
    desk.done(ANN, retrieve.clone());
    assert_eq!(desk.refused(ANN, retrieve), RefusedReason::NotNow);
    let states: Vec<_> = desk.synced(BOB)[0].parties.iter().map(|party| party.state).collect();
    assert_eq!(states, [ConnectionState::Held, ConnectionState::Connected]);
}

#[test]
fn one_party_is_muted_and_an_agent_who_is_knows_it() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, theirs) = desk.three();
    let bob = desk.end("1002");
    desk.done(ANN, PhoneCommand::MuteParty { call: ours, party: bob, on: true });
    assert!(parties(&desk, ANN).contains(&("1002".to_owned(), ConnectionState::Connected, true)));
    assert_eq!(desk.told(BOB), [PhoneReport::Muted { call: theirs.clone(), on: true }]);
    assert!(desk.synced(BOB)[0].muted);
    desk.done(BOB, PhoneCommand::SetMute { call: theirs, on: false });
    assert!(parties(&desk, ANN).contains(&up("1002")));
}

#[test]
fn whoever_holds_a_conference_is_held_for_the_others_and_they_talk_on() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, _) = desk.three();
    desk.done(ANN, PhoneCommand::Hold { call: ours });
    assert_eq!(parties(&desk, BOB), [up(ADA), ("1001".to_owned(), ConnectionState::Held, false)]);
}

#[test]
fn somebody_added_alerts_in_the_call_first_and_is_dropped_alone_when_nobody_answers() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.talks();
    desk.done(ANN, PhoneCommand::SingleStepConference { call: call.clone(), to: "1002".into() });
    assert_eq!(parties(&desk, ANN), [up(ADA), ("1002".to_owned(), ConnectionState::Alerting, false)]);
    desk.passes(300);
    let (theirs, from) = desk.delivered(BOB);
    assert_eq!(from, "1001");
    desk.forget();
    desk.passes(30_000);
    assert_eq!(parties(&desk, ANN), [up(ADA)]);
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call: theirs, cause: Cause::NoAnswer }]);

    desk.done(ANN, PhoneCommand::SingleStepConference { call, to: "1002".into() });
    desk.passes(300);
    let (theirs, _) = desk.delivered(BOB);
    desk.done(BOB, PhoneCommand::Answer { call: theirs });
    assert_eq!(parties(&desk, BOB), [up(ADA), up("1001")]);
    assert_eq!(parties(&desk, ANN), [up(ADA), up("1002")]);
}

#[test]
fn an_agent_who_leaves_while_somebody_added_still_rings_gets_the_customer_back_if_nobody_comes() {
    let mut desk = Desk::new();
    desk.colleagues();
    let call = desk.talks();
    desk.done(ANN, PhoneCommand::SingleStepConference { call: call.clone(), to: "1002".into() });
    desk.passes(300);
    desk.done(ANN, PhoneCommand::ClearConnection { call });
    assert_eq!(desk.with_whom(ADA), ["1002"]);
    desk.passes(30_000);
    assert_eq!(desk.delivered(ANN).1, ADA);
}

#[test]
fn sixteen_fit_into_a_conference_and_no_more() {
    let mut desk = Desk::new();
    let call = desk.talks();
    let add =
        |number: usize| PhoneCommand::SingleStepConference { call: "c1-1".into(), to: format!("+1415555{number:04}").as_str().into() };
    for number in 0..14 {
        desk.done(ANN, add(1_000 + number));
    }
    assert_eq!(desk.refused(ANN, add(2_000)), RefusedReason::NotNow);
    desk.done(ANN, PhoneCommand::Hold { call: call.clone() });
    let other = desk.calls(CallAgent::new("1001", "+14155550177", ""));
    desk.done(ANN, PhoneCommand::Answer { call: other.clone() });
    assert_eq!(desk.refused(ANN, PhoneCommand::ConferenceCall { call, other }), RefusedReason::NotNow);
}

#[test]
fn a_recording_is_told_to_every_agent_in_the_call_and_to_whoever_joins() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, theirs) = desk.three();
    let record = |to| PhoneCommand::SetRecording { call: ours.clone(), to };
    assert_eq!(desk.refused(ANN, record(Recording::Paused)), RefusedReason::NotNow);
    for state in [Recording::On, Recording::Paused, Recording::On] {
        assert_eq!(desk.done(ANN, record(state)), [PhoneReport::RecordingChanged { call: ours.clone(), state }]);
        assert_eq!(desk.told(BOB), [PhoneReport::RecordingChanged { call: theirs.clone(), state }]);
    }
    desk.done(ANN, PhoneCommand::SingleStepConference { call: ours.clone(), to: "1003".into() });
    desk.passes(300);
    let (joins, _) = desk.delivered(CID);
    let told = desk.done(CID, PhoneCommand::Answer { call: joins.clone() });
    assert!(told.contains(&PhoneReport::RecordingChanged { call: joins, state: Recording::On }));
    assert_eq!(desk.synced(CID)[0].recording, Recording::On);
    assert_eq!(desk.done(ANN, record(Recording::Off)).len(), 1);
}

#[test]
fn a_transfer_by_the_far_end_changes_one_of_the_parties() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (ours, _) = desk.three();
    let act = PartyAct::Transfers { to: Party { number: "+14155550177".into(), name: "Grace".into() }, record: String::new() };
    desk.network(NetworkCommand::Act { call: ours, end: None, act });
    assert_eq!(parties(&desk, ANN), [up("+14155550177"), up("1002")]);
}

#[test]
fn two_conferences_become_one() {
    let mut desk = Desk::new();
    desk.colleagues();
    let (first, _) = desk.three();
    desk.done(ANN, PhoneCommand::Hold { call: first.clone() });
    let second: PhoneRef = desk.dials("1003");
    desk.passes(300);
    desk.done(CID, PhoneCommand::Answer { call: second.clone() });
    desk.done(ANN, PhoneCommand::SingleStepConference { call: second.clone(), to: "+14155550123".into() });
    desk.done(ANN, PhoneCommand::ConferenceCall { call: second, other: first });
    let mut all = desk.with_whom("1001");
    all.sort();
    assert_eq!(all, ["+14155550100", "+14155550123", "1002", "1003"]);
    assert_eq!(parties(&desk, CID).len(), 4);
}

#[test]
fn an_agent_who_stays_away_leaves_a_conference_and_takes_nobody_along() {
    let mut desk = Desk::new();
    desk.colleagues();
    desk.three();
    desk.leaves(ANN);
    desk.passes(60_000);
    assert_eq!(desk.with_whom(ADA), ["1002"]);
    assert_eq!(parties(&desk, BOB), [up(ADA)]);
}
