//! A queue that several agents serve: real softphones around the simulated phone system.

use hookswitch_core::{AgentCommand as Do, Phase, ProblemKind};
use hookswitch_scenarios::{Floor, extension};
use hookswitch_switch::{CallAgent, NetworkCommand, Options, PartyAct, QueueStrategy};

const ADA: &str = "+14155550107";

fn queue(floor: &mut Floor) {
    floor.outside(NetworkCommand::CallAgent(CallAgent::to_queue("Support", ADA, "Ada")));
}

fn in_turn(floor: &mut Floor) {
    floor.outside(NetworkCommand::SetOptions { options: Options { queue: QueueStrategy::RoundRobin, ..Options::default() } });
}

fn ringing(floor: &Floor, agents: usize) -> Vec<usize> {
    (0..agents).filter(|who| floor.live(*who).iter().any(|(phase, _)| *phase == Phase::Alerting)).collect()
}

fn finished(floor: &mut Floor, agents: usize) -> Vec<usize> {
    for who in 0..agents {
        for call in floor.snapshot(who).calls.into_iter().filter(|call| call.phase == Phase::WrapUp) {
            floor.agent(who, Do::FinishWrapUp(call.id));
        }
    }
    (0..agents).map(|who| floor.desk(who).logs.len()).collect()
}

#[test]
fn of_five_agents_whom_a_queue_rings_one_answers_and_one_log_is_made() {
    let mut floor = Floor::open(5);
    queue(&mut floor);
    assert_eq!(ringing(&floor, 5), [0, 1, 2, 3, 4]);
    floor.passes(4_000);
    let call = floor.newest(3);
    assert_eq!((call.queue.as_str(), call.party().expect("a caller").party.name.reveal()), ("Support", "Ada"));
    floor.agent(3, Do::Answer(call.id));
    assert_eq!(ringing(&floor, 5), [0_usize; 0]);
    assert_eq!(floor.with_whom(ADA), [extension(3)]);
    floor.passes(9_000).party(ADA, PartyAct::HangsUp);
    assert_eq!(finished(&mut floor, 5), [0, 0, 0, 1, 0]);
    for who in [0, 1, 2, 4] {
        let missed = floor.snapshot(who).problems.iter().any(|problem| problem.kind == ProblemKind::Missed);
        assert!(!missed, "nobody missed anything");
    }
}

#[test]
fn a_queue_call_that_everybody_misses_is_logged_once() {
    for turns in [false, true] {
        let mut floor = Floor::open(5);
        if turns {
            in_turn(&mut floor);
        }
        queue(&mut floor);
        floor.passes(31_000);
        assert_eq!(floor.find(ADA), None);
        let logs = finished(&mut floor, 5);
        assert_eq!(logs.iter().sum::<usize>(), 1, "in turn: {turns}, {logs:?}");
    }
}

#[test]
fn a_queue_call_that_everybody_declines_is_logged_once_when_the_caller_gives_up() {
    let mut floor = Floor::open(5);
    queue(&mut floor);
    for who in 0..5 {
        let id = floor.newest(who).id;
        floor.agent(who, Do::Decline(id));
    }
    floor.passes(31_000);
    assert_eq!(floor.find(ADA), None);
    assert_eq!(ringing(&floor, 5), [0_usize; 0]);
    let logs = finished(&mut floor, 5);
    assert_eq!(logs.iter().sum::<usize>(), 1, "{logs:?}");
}

#[test]
fn two_who_answer_at_the_same_moment_come_to_one_who_has_the_caller() {
    let mut floor = Floor::open(2);
    queue(&mut floor);
    let (one, other) = (floor.newest(0).id, floor.newest(1).id);
    floor.at_once(vec![(0, Do::Answer(one)), (1, Do::Answer(other))]);
    assert_eq!(floor.with_whom(ADA), [extension(0)]);
    assert_eq!((floor.live(0).len(), floor.live(1).len()), (1, 0));
    floor.passes(60_000);
    assert_eq!(floor.with_whom(ADA), [extension(0)]);
}

#[test]
fn a_caller_whom_one_agent_declines_rings_on_at_the_other_and_never_again_at_the_first() {
    let mut floor = Floor::open(2);
    queue(&mut floor);
    let id = floor.newest(0).id;
    floor.agent(0, Do::Decline(id));
    assert_eq!(ringing(&floor, 2), [1]);
    floor.passes(20_000);
    assert_eq!(ringing(&floor, 2), [1]);
}

#[test]
fn an_agent_who_declines_and_takes_no_more_gets_no_more() {
    let mut floor = Floor::open(2);
    queue(&mut floor);
    let id = floor.newest(0).id;
    floor.agent(0, Do::DeclineNotReady(id, "Lunch".to_owned()));
    queue(&mut floor);
    assert_eq!(ringing(&floor, 2), [1]);
}

#[test]
fn one_after_the_other_is_asked_until_somebody_answers() {
    let mut floor = Floor::open(2);
    in_turn(&mut floor);
    queue(&mut floor);
    assert_eq!(ringing(&floor, 2), [0]);
    floor.passes(15_000);
    assert_eq!(ringing(&floor, 2), [1]);
    let id = floor.newest(1).id;
    floor.agent(1, Do::Answer(id));
    assert_eq!(floor.with_whom(ADA), [extension(1)]);
}

#[test]
fn the_next_caller_in_the_queue_comes_when_an_agent_is_free_again() {
    let mut floor = Floor::open(1);
    queue(&mut floor);
    let first = floor.newest(0).id;
    floor.agent(0, Do::Answer(first));
    floor.outside(NetworkCommand::CallAgent(CallAgent::to_queue("Support", "+14155550108", "Grace")));
    assert_eq!(ringing(&floor, 1), [0_usize; 0]);
    floor.agent(0, Do::Clear(first));
    assert_eq!(ringing(&floor, 1), [0]);
}
