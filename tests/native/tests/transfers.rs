//! Customers passed on between colleagues: real softphones around the simulated phone system.

use hookswitch_core::{AgentCommand as Do, CallId, CallKind, Cause, CommandKind, ConnectionState, Direction, Phase, Private, ProblemKind};
use hookswitch_scenarios::{Floor, extension};
use hookswitch_switch::{LineFaults, NetworkCommand, Options};

const ADA: &str = "+14155550107";
const GRACE: &str = "+14155550108";

/// Agent 0 talks with Ada and asks agent 1 about it, who answered. The calls of agent 0: Ada's, the consultation.
fn consults(floor: &mut Floor) -> (CallId, CallId) {
    let ada = floor.talks(0, ADA, "Ada");
    let consultation = asks(floor, ada);
    floor.passes(400);
    let asked = floor.newest(1).id;
    floor.agent(1, Do::Answer(asked));
    (ada, consultation)
}

fn asks(floor: &mut Floor, ada: CallId) -> CallId {
    floor.agent(0, Do::Consult { call: ada, number: extension(1).as_str().into() });
    floor.newest(0).id
}

fn parties(floor: &Floor, who: usize) -> Vec<String> {
    floor.live(who).into_iter().flat_map(|(_, parties)| parties.into_iter().map(|(number, _)| number)).collect()
}

#[test]
fn after_a_consultation_the_customer_talks_with_the_colleague_and_the_first_agent_writes() {
    let mut floor = Floor::open(2);
    let (ada, consultation) = consults(&mut floor);
    assert_eq!(floor.live(0)[0].0, Phase::Held);
    assert_eq!(floor.call(0, consultation).consults, Some(ada));
    floor.agent(0, Do::Transfer(ada, consultation));
    assert_eq!(floor.live(0), []);
    assert_eq!(floor.call(0, ada).cause, Some(Cause::Transferred));
    assert_eq!(floor.live(1), [(Phase::Connected, vec![(ADA.to_owned(), ConnectionState::Connected)])]);
    assert_eq!(floor.with_whom(ADA), [extension(1)]);
    floor.passes(600_000);
    assert_eq!(floor.with_whom(ADA), [extension(1)]);
}

#[test]
fn a_consultation_called_off_gives_the_customer_back() {
    let mut floor = Floor::open(2);
    let (ada, consultation) = consults(&mut floor);
    floor.agent(0, Do::Reconnect(consultation));
    assert_eq!(floor.live(0), [(Phase::Connected, vec![(ADA.to_owned(), ConnectionState::Connected)])]);
    assert_eq!(floor.call(0, ada).phase, Phase::Connected);
    assert_eq!(floor.live(1), []);
}

#[test]
fn swapping_lets_the_agent_talk_with_one_and_then_the_other() {
    let mut floor = Floor::open(2);
    let (ada, consultation) = consults(&mut floor);
    for _ in 0..3 {
        floor.agent(0, Do::Alternate(ada));
        assert_eq!((floor.call(0, ada).phase, floor.call(0, consultation).phase), (Phase::Connected, Phase::Held));
        assert_eq!(floor.live(1)[0].1[0].1, ConnectionState::Held, "the colleague is on hold");
        floor.agent(0, Do::Alternate(consultation));
        assert_eq!((floor.call(0, ada).phase, floor.call(0, consultation).phase), (Phase::Held, Phase::Connected));
    }
}

#[test]
fn completing_while_the_colleague_still_rings_connects_the_two_when_the_colleague_answers() {
    let mut floor = Floor::open(2);
    let ada = floor.talks(0, ADA, "Ada");
    let consultation = asks(&mut floor, ada);
    floor.passes(400);
    floor.agent(0, Do::Transfer(ada, consultation));
    assert_eq!(floor.live(0), []);
    let rings = floor.newest(1);
    assert_eq!((rings.phase, rings.party().expect("a caller").party.name.reveal()), (Phase::Alerting, "Ada"));
    floor.agent(1, Do::Answer(rings.id));
    assert_eq!(floor.with_whom(ADA), [extension(1)]);
    assert_eq!(floor.newest(1).phase, Phase::Connected);
}

#[test]
fn a_customer_whom_nobody_takes_after_a_transfer_to_a_ringing_colleague_comes_back_to_the_agent() {
    let mut floor = Floor::open(2);
    let ada = floor.talks(0, ADA, "Ada");
    let consultation = asks(&mut floor, ada);
    floor.passes(400);
    floor.agent(0, Do::Transfer(ada, consultation));
    floor.passes(31_000);
    assert_eq!(floor.live(1), []);
    let back = floor.newest(0);
    assert_eq!((back.phase, back.party().expect("a caller").party.number.reveal()), (Phase::Alerting, ADA));
    floor.agent(0, Do::Answer(back.id));
    assert_eq!(floor.with_whom(ADA), [extension(0)]);
}

#[test]
fn completing_is_offered_only_when_it_can_be_done() {
    let mut floor = Floor::open(2);
    let ada = floor.talks(0, ADA, "Ada");
    let consultation = asks(&mut floor, ada);
    let refused = |floor: &Floor| floor.call(0, ada).others.iter().find(|other| other.call == consultation).expect("listed").transfer;
    assert_eq!(floor.call(0, consultation).phase, Phase::Initiated);
    assert_eq!(refused(&floor), Some("notConnected"));
    assert!(floor.try_agent(0, Do::Transfer(ada, consultation)).is_err());
    floor.passes(400);
    assert_eq!((floor.call(0, consultation).phase, refused(&floor)), (Phase::Delivered, None));
}

#[test]
fn a_blind_transfer_that_is_refused_gives_the_customer_back_with_the_reason() {
    for (to, passes, cause) in [
        ("+14155550199", 400, Cause::Busy),
        ("+14155550197", 400, Cause::InvalidNumber),
        ("+14155550198", 21_000, Cause::NoAnswer),
        ("+14155550123", 61_000, Cause::NoAnswer),
        (extension(1).as_str(), 31_000, Cause::NoAnswer),
    ] {
        let mut floor = Floor::open(2);
        let ada = floor.talks(0, ADA, "Ada");
        floor.agent(0, Do::SingleStepTransfer(ada, to.into()));
        assert_eq!(floor.call(0, ada).phase, Phase::Transferring, "{to}");
        assert_eq!(floor.with_whom(ADA)[0], extension(0), "{to}: nobody lets go of the customer");
        floor.passes(passes);
        assert_eq!(floor.live(0), [(Phase::Connected, vec![(ADA.to_owned(), ConnectionState::Connected)])], "{to}");
        assert_eq!(floor.with_whom(ADA), [extension(0)], "{to}");
        let told = floor.snapshot(0).problems.pop().map(|problem| problem.kind);
        assert_eq!(told, Some(ProblemKind::TransferFailed { cause }), "{to}");
    }
}

#[test]
fn a_colleague_who_declines_a_blind_transfer_sends_the_customer_back() {
    let mut floor = Floor::open(2);
    let ada = floor.talks(0, ADA, "Ada");
    floor.agent(0, Do::SingleStepTransfer(ada, extension(1).as_str().into())).passes(400);
    let rings = floor.newest(1);
    assert_eq!(rings.party().expect("a caller").party.name.reveal(), "Ada");
    floor.agent(1, Do::Decline(rings.id));
    assert_eq!(floor.call(0, ada).phase, Phase::Connected);
    assert_eq!(floor.with_whom(ADA), [extension(0)]);
}

#[test]
fn a_blind_transfer_that_is_taken_connects_customer_and_colleague() {
    let mut floor = Floor::open(2);
    let ada = floor.talks(0, ADA, "Ada");
    floor.agent(0, Do::SingleStepTransfer(ada, extension(1).as_str().into())).passes(400);
    let rings = floor.newest(1);
    assert_eq!((rings.direction, rings.kind), (Direction::In, CallKind::Inbound));
    floor.agent(1, Do::Answer(rings.id));
    assert_eq!((floor.live(0), floor.with_whom(ADA)), (vec![], vec![extension(1)]));
    assert_eq!(floor.call(0, ada).cause, Some(Cause::Transferred));
}

#[test]
fn an_agent_who_hangs_up_during_a_blind_transfer_does_not_take_the_customer_along() {
    let mut floor = Floor::open(2);
    let ada = floor.talks(0, ADA, "Ada");
    floor.agent(0, Do::SingleStepTransfer(ada, extension(1).as_str().into())).passes(400);
    floor.agent(0, Do::Clear(ada));
    assert_eq!(floor.live(0), []);
    let rings = floor.newest(1).id;
    floor.agent(1, Do::Answer(rings));
    assert_eq!(floor.with_whom(ADA), [extension(1)]);
}

#[test]
fn any_two_calls_of_an_agent_can_be_connected_with_each_other() {
    for ada_first in [true, false] {
        let mut floor = Floor::open(1);
        let ada = floor.talks(0, ADA, "Ada");
        let grace = floor.talks(0, GRACE, "Grace");
        assert_eq!(floor.call(0, ada).phase, Phase::Held);
        let (one, other) = if ada_first { (ada, grace) } else { (grace, ada) };
        floor.agent(0, Do::Transfer(one, other));
        assert_eq!((floor.live(0), floor.with_whom(ADA)), (vec![], vec![GRACE.to_owned()]));
        floor.passes(600_000);
        assert_eq!(floor.with_whom(GRACE), [ADA]);
    }
}

#[test]
fn names_and_history_follow_a_transfer() {
    let mut floor = Floor::open(2);
    let (ada, consultation) = consults(&mut floor);
    let told = |floor: &Floor| floor.newest(1).party().expect("somebody").party.clone();
    assert_eq!((told(&floor).number.reveal(), told(&floor).name.reveal()), (extension(0).as_str(), "Agent 0"));
    floor.passes(5_000);
    floor.agent(0, Do::Transfer(ada, consultation));
    assert_eq!((told(&floor).number.reveal(), told(&floor).name.reveal()), (ADA, "Ada"));
    let legs: Vec<_> = floor.newest(1).legs.into_iter().map(|leg| (leg.party.number.reveal().to_owned(), leg.until.is_none())).collect();
    assert_eq!(legs, [(extension(0), false), (ADA.to_owned(), true)]);
}

#[test]
fn no_hold_mark_is_left_after_a_transfer() {
    let mut floor = Floor::open(2);
    let (ada, consultation) = consults(&mut floor);
    // The colleague was on hold, too, when the agent went back to the customer.
    floor.agent(0, Do::Alternate(ada));
    assert_eq!(floor.live(1)[0].1[0].1, ConnectionState::Held);
    floor.agent(0, Do::Transfer(ada, consultation));
    assert_eq!(floor.live(1), [(Phase::Connected, vec![(ADA.to_owned(), ConnectionState::Connected)])]);
    assert_eq!(floor.end(ADA).1.state, ConnectionState::Connected);
}

#[test]
fn the_colleague_hears_ringback_or_the_far_ends_own_sound_while_the_consulted_one_rings() {
    for early_media in [false, true] {
        let mut floor = Floor::open(1);
        floor.outside(NetworkCommand::SetOptions { options: Options { early_media, ..Options::default() } });
        let ada = floor.talks(0, ADA, "Ada");
        floor.agent(0, Do::Consult { call: ada, number: "+14155550123".into() }).passes(400);
        let ringback = floor.snapshot(0).sound == hookswitch_core::Sound::Ringback;
        assert_eq!(ringback, !early_media);
    }
}

#[test]
fn the_record_travels_with_a_blind_transfer_and_opens_at_the_colleague() {
    let mut floor = Floor::open(2);
    floor.clicks(0, ADA, "003ADA").passes(400).answers(ADA);
    let ada = floor.newest(0).id;
    floor.agent(0, Do::SingleStepTransfer(ada, extension(1).as_str().into())).passes(400);
    assert_eq!(floor.desk(1).popped, ["003ADA"]);
    let rings = floor.newest(1);
    assert_eq!(rings.record.map(|record| record.id).as_deref(), Some("003ADA"));
    assert_eq!(floor.desk(0).popped, [""; 0], "the first agent has it open");
}

#[test]
fn the_record_opens_at_the_colleague_when_a_consultation_is_completed_and_not_again_at_the_first_agent() {
    let mut floor = Floor::open(2);
    floor.clicks(0, ADA, "003ADA").passes(400).answers(ADA);
    let ada = floor.newest(0).id;
    let consultation = asks(&mut floor, ada);
    floor.passes(400);
    let asked = floor.newest(1).id;
    floor.agent(1, Do::Answer(asked));
    floor.agent(0, Do::Transfer(ada, consultation));
    assert!(floor.desk(1).popped.contains(&"003ADA".to_owned()), "{:?}", floor.desk(1).popped);
    assert_eq!(floor.newest(1).record.map(|record| record.id).as_deref(), Some("003ADA"));
    assert_eq!(floor.desk(0).popped, [""; 0]);
}

#[test]
fn both_agents_log_their_part_and_the_consultation_leaves_none_of_its_own() {
    let mut floor = Floor::open(2);
    let (ada, consultation) = consults(&mut floor);
    floor.passes(20_000).agent(0, Do::Transfer(ada, consultation)).passes(30_000);
    let theirs = floor.newest(1).id;
    floor.agent(1, Do::Clear(theirs));
    for (who, id) in [(0, ada), (1, theirs)] {
        if floor.snapshot(who).calls.iter().any(|call| call.id == id) {
            floor.agent(who, Do::FinishWrapUp(id));
        }
    }
    assert_eq!((floor.desk(0).logs.len(), floor.desk(1).logs.len()), (1, 1));
    assert!(floor.snapshot(0).calls.is_empty() && floor.snapshot(1).calls.is_empty());
}

#[test]
fn both_sides_holding_at_the_same_moment_come_to_one_result() {
    let mut floor = Floor::open(2);
    floor.agent(0, Do::Dial { number: extension(1).as_str().into(), source: hookswitch_core::DialSource::DialPad }).passes(400);
    let (ours, theirs) = (floor.newest(0).id, floor.newest(1).id);
    floor.agent(1, Do::Answer(theirs));
    floor.at_once(vec![(0, Do::Hold(ours)), (1, Do::Hold(theirs))]);
    for who in [0, 1] {
        let [(phase, others)] = &floor.live(who)[..] else { panic!("one call") };
        assert_eq!((*phase, others[0].1), (Phase::Held, ConnectionState::Held));
    }
    floor.at_once(vec![(0, Do::Retrieve(ours)), (1, Do::Retrieve(theirs))]);
    for who in [0, 1] {
        let [(phase, others)] = &floor.live(who)[..] else { panic!("one call") };
        assert_eq!((*phase, others[0].1), (Phase::Connected, ConnectionState::Connected));
    }
}

#[test]
fn a_hold_that_is_refused_leaves_the_call_active_says_why_and_works_when_tried_again() {
    let mut floor = Floor::open(1);
    let ada = floor.talks(0, ADA, "Ada");
    let refuse = |refused: Vec<String>| NetworkCommand::SetFaults {
        extension: extension(0),
        faults: LineFaults { refused, ..LineFaults::default() },
    };
    floor.outside(refuse(vec!["hold".to_owned()]));
    floor.agent(0, Do::Hold(ada));
    assert_eq!(floor.call(0, ada).phase, Phase::Connected);
    let told = floor.snapshot(0).problems.pop().expect("a message");
    assert!(matches!(told.kind, ProblemKind::CommandRefused { command: CommandKind::Hold, .. }), "{told:?}");
    floor.outside(refuse(Vec::new()));
    floor.agent(0, Do::Hold(ada));
    assert_eq!(floor.call(0, ada).phase, Phase::Held);
}

#[test]
fn a_call_sent_to_voicemail_unanswered_is_off_the_desk_and_the_caller_leaves_a_message() {
    let mut floor = Floor::open(1);
    floor.rings(0, ADA, "Ada");
    let id = floor.newest(0).id;
    floor.agent(0, Do::Deflect(id, Private::from("1900"))).passes(2_000);
    assert_eq!((floor.live(0), floor.with_whom(ADA)), (vec![], vec!["1900".to_owned()]));
    floor.passes(31_000);
    assert_eq!(floor.find(ADA), None, "the message is over");
    assert_eq!(parties(&floor, 0), [""; 0]);
}
