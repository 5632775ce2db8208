//! Three and more in one call: real softphones around the simulated phone system.

use hookswitch_core::{AgentCommand as Do, CallId, CommandKind, ConnectionState, PartyId, Phase, Recording};
use hookswitch_scenarios::{Floor, extension};
use hookswitch_switch::PartyAct;

const ADA: &str = "+14155550107";
const GRACE: &str = "+14155550108";

/// Agent 0 in one call with Ada and agent 1. The agents' calls.
fn three(floor: &mut Floor) -> (CallId, CallId) {
    let ada = floor.talks(0, ADA, "Ada");
    floor.agent(0, Do::Consult { call: ada, number: extension(1).as_str().into() }).passes(400);
    let (consultation, asked) = (floor.newest(0).id, floor.newest(1).id);
    floor.agent(1, Do::Answer(asked)).agent(0, Do::Conference(ada, consultation));
    (ada, asked)
}

/// The number a party of the call has in commands.
fn party(floor: &Floor, who: usize, call: CallId, number: &str) -> PartyId {
    let connections = floor.call(who, call).connections;
    let is_it = |connection: &&hookswitch_core::ConnectionView| connection.party.number.reveal() == number;
    connections.iter().find(is_it).and_then(|connection| connection.id).expect("in the call")
}

fn state_of(floor: &Floor, who: usize, number: &str) -> Option<ConnectionState> {
    let live = floor.live(who);
    live.iter().flat_map(|(_, parties)| parties).find(|(other, _)| other == number).map(|(_, state)| *state)
}

fn everybody(floor: &Floor, number: &str) -> Vec<String> {
    let mut all = floor.with_whom(number);
    all.sort();
    all
}

#[test]
fn a_consultation_becomes_a_conference_of_three_and_everybody_sees_everybody() {
    let mut floor = Floor::open(2);
    three(&mut floor);
    let up = |number: &str| (number.to_owned(), ConnectionState::Connected);
    assert_eq!(floor.live(0), [(Phase::Connected, vec![up(ADA), up(&extension(1))])]);
    let [(phase, mut others)] = floor.live(1).try_into().expect("one call");
    others.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!((phase, others), (Phase::Connected, vec![up(ADA), up(&extension(0))]));
    assert_eq!(everybody(&floor, ADA), [extension(0), extension(1)]);
}

#[test]
fn the_agent_leaves_and_the_others_talk_on_in_an_ordinary_call() {
    let mut floor = Floor::open(2);
    let (ours, theirs) = three(&mut floor);
    floor.agent(0, Do::Clear(ours));
    assert_eq!(floor.live(0), []);
    assert_eq!(floor.with_whom(ADA), [extension(1)]);
    assert!(!floor.call(1, theirs).is_conference());
    assert_eq!(floor.call(1, theirs).refused(CommandKind::ClearCall), Some("notAConference"));
    floor.agent(1, Do::Hold(theirs)).agent(1, Do::Retrieve(theirs)).passes(600_000);
    assert_eq!(floor.with_whom(ADA), [extension(1)]);
}

#[test]
fn the_customer_leaves_and_the_colleagues_talk_on() {
    let mut floor = Floor::open(2);
    three(&mut floor);
    floor.party(ADA, PartyAct::HangsUp);
    assert_eq!(floor.live(0), [(Phase::Connected, vec![(extension(1), ConnectionState::Connected)])]);
    assert_eq!(floor.live(1), [(Phase::Connected, vec![(extension(0), ConnectionState::Connected)])]);
}

#[test]
fn ending_a_conference_for_all_ends_it_for_all() {
    let mut floor = Floor::open(2);
    let (ours, _) = three(&mut floor);
    floor.agent(0, Do::ClearCall(ours));
    assert_eq!((floor.live(0), floor.live(1), floor.find(ADA)), (vec![], vec![], None));
}

#[test]
fn one_party_can_be_held_muted_and_taken_out_while_the_others_talk_on() {
    let mut floor = Floor::open(2);
    let (ours, _) = three(&mut floor);
    let ada = party(&floor, 0, ours, ADA);
    floor.agent(0, Do::HoldParty(ours, ada));
    assert_eq!((state_of(&floor, 0, ADA), state_of(&floor, 1, ADA)), (Some(ConnectionState::Held), Some(ConnectionState::Held)));
    assert!(floor.end(ADA).1.parked);
    floor.agent(0, Do::RetrieveParty(ours, ada));
    assert_eq!((state_of(&floor, 0, ADA), state_of(&floor, 1, ADA)), (Some(ConnectionState::Connected), Some(ConnectionState::Connected)));
    floor.agent(0, Do::MuteParty(ours, ada, true));
    assert!(floor.end(ADA).1.muted);
    floor.agent(0, Do::ClearParty(ours, ada));
    assert_eq!(floor.find(ADA), None);
    assert_eq!(
        (state_of(&floor, 0, &extension(1)), state_of(&floor, 1, &extension(0))),
        (Some(ConnectionState::Connected), Some(ConnectionState::Connected))
    );
}

#[test]
fn a_customer_held_in_a_conference_is_not_left_on_hold_when_two_remain() {
    let mut floor = Floor::open(2);
    let (ours, _) = three(&mut floor);
    let ada = party(&floor, 0, ours, ADA);
    floor.agent(0, Do::HoldParty(ours, ada)).agent(0, Do::Clear(ours));
    assert_eq!(floor.live(1), [(Phase::Connected, vec![(ADA.to_owned(), ConnectionState::Connected)])]);
    assert!(!floor.end(ADA).1.parked);
}

#[test]
fn somebody_can_be_added_unasked_and_is_gone_without_harm_when_nobody_answers() {
    let mut floor = Floor::open(2);
    let ada = floor.talks(0, ADA, "Ada");
    floor.agent(0, Do::SingleStepConference(ada, extension(1).as_str().into())).passes(400);
    assert_eq!(state_of(&floor, 0, &extension(1)), Some(ConnectionState::Alerting));
    floor.passes(31_000);
    assert_eq!(floor.live(0), [(Phase::Connected, vec![(ADA.to_owned(), ConnectionState::Connected)])]);
    floor.agent(0, Do::SingleStepConference(ada, extension(1).as_str().into())).passes(400);
    let rings = floor.newest(1).id;
    floor.agent(1, Do::Answer(rings));
    assert_eq!(everybody(&floor, ADA), [extension(0), extension(1)]);
    assert!(floor.call(1, rings).is_conference());
}

#[test]
fn any_two_calls_can_be_merged_and_a_third_joins_them() {
    let mut floor = Floor::open(1);
    let ada = floor.talks(0, ADA, "Ada");
    let grace = floor.talks(0, GRACE, "Grace");
    floor.agent(0, Do::Conference(grace, ada));
    let tom = floor.talks(0, "+14155550109", "Tom");
    let one = floor.snapshot(0).calls.into_iter().find(|call| call.phase == Phase::Held).expect("the conference is held").id;
    floor.agent(0, Do::Conference(one, tom));
    assert_eq!(everybody(&floor, ADA), [GRACE, "+14155550109", extension(0).as_str()]);
    floor.passes(600_000);
    assert_eq!(floor.live(0).len(), 1);
}

#[test]
fn a_recording_is_begun_paused_and_ended_and_everybody_in_the_call_knows() {
    let mut floor = Floor::open(2);
    let (ours, theirs) = three(&mut floor);
    for to in [Recording::On, Recording::Paused, Recording::On, Recording::Off] {
        floor.agent(0, Do::SetRecording(ours, to));
        assert_eq!((floor.call(0, ours).recording, floor.call(1, theirs).recording), (to, to));
    }
}

#[test]
fn a_page_reloaded_in_a_conference_finds_all_of_it_again() {
    let mut floor = Floor::open(2);
    let (ours, _) = three(&mut floor);
    floor.agent(0, Do::SetRecording(ours, Recording::On)).agent(0, Do::Mute(ours, true));
    let before = floor.live(0);
    floor.passes(5_000).reload(0);
    assert_eq!(floor.live(0), before);
    let call = floor.newest(0);
    assert_eq!((call.recording, call.muted, call.is_conference()), (Recording::On, true, true));
    assert_eq!(everybody(&floor, ADA), [extension(0), extension(1)]);
}
