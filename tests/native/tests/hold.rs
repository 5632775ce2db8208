//! Both sides of a call hold at once: whatever crosses on the way, both panels show in the end what is.

use hookswitch_core::{AgentCommand as Do, CallId, ConnectionState, DialSource, Phase, RefusedReason};
use hookswitch_scenarios::{Floor, extension};
use hookswitch_switch::{LineFaults, NetworkCommand};

/// Agent 0 talks to agent 1, whose line's reports come so late. Each agent's call.
fn talk(late_ms: u64) -> (Floor, [CallId; 2]) {
    let mut floor = Floor::open(2);
    floor.agent(0, Do::Dial { number: extension(1).as_str().into(), source: DialSource::DialPad }).passes(400);
    let calls = [floor.newest(0).id, floor.newest(1).id];
    floor.agent(1, Do::Answer(calls[1])).passes(400);
    for who in 0..2 {
        let faults = LineFaults { late_ms, ..LineFaults::default() };
        floor.outside(NetworkCommand::SetFaults { extension: extension(who), faults });
    }
    (floor, calls)
}

/// What an agent sees: the own state, and the other side's.
fn sees(floor: &Floor, who: usize) -> (Phase, ConnectionState) {
    let [(phase, others)] = floor.live(who).try_into().expect("one call");
    (phase, others[0].1)
}

/// Every order of what the two do: each holds before retrieving. False: agent 0, true: agent 1.
fn orders() -> Vec<[bool; 4]> {
    let all = (0..16_u8).map(|bits| [0, 1, 2, 3].map(|at| bits >> at & 1 == 1));
    all.filter(|order| order.iter().filter(|one| **one).count() == 2).collect()
}

#[test]
fn both_sides_hold_and_resume_at_once_and_both_panels_show_what_is_whatever_crosses_on_the_way() {
    for late_ms in [0, 300] {
        for order in orders() {
            let (mut floor, calls) = talk(late_ms);
            let mut held = [false; 2];
            for one in order {
                let who = usize::from(one);
                // Where a report is still on its way the panel waits for it, and the agent for the panel.
                let command = if held[who] { Do::Retrieve(calls[who]) } else { Do::Hold(calls[who]) };
                while floor.try_agent(who, command.clone()).is_err() {
                    floor.passes(100);
                }
                held[who] = !held[who];
                floor.passes(10);
                if late_ms == 0 {
                    let state =
                        |held| if held { (Phase::Held, ConnectionState::Held) } else { (Phase::Connected, ConnectionState::Connected) };
                    let is = [0, 1].map(|who| (state(held[who]).0, state(held[1 - who]).1));
                    assert_eq!([sees(&floor, 0), sees(&floor, 1)], is, "{order:?}");
                }
            }
            floor.passes(2_000);
            let talking = (Phase::Connected, ConnectionState::Connected);
            assert_eq!([sees(&floor, 0), sees(&floor, 1)], [talking; 2], "{order:?}, {late_ms} ms late");
        }
    }
}

#[test]
fn in_the_very_same_moment_it_is_the_same() {
    let (mut floor, calls) = talk(300);
    let (held, talking) = ((Phase::Held, ConnectionState::Held), (Phase::Connected, ConnectionState::Connected));
    for _ in 0..3 {
        floor.at_once(vec![(0, Do::Hold(calls[0])), (1, Do::Hold(calls[1]))]).passes(1_000);
        assert_eq!([sees(&floor, 0), sees(&floor, 1)], [held; 2]);
        floor.at_once(vec![(1, Do::Retrieve(calls[1])), (0, Do::Retrieve(calls[0]))]).passes(1_000);
        assert_eq!([sees(&floor, 0), sees(&floor, 1)], [talking; 2]);
    }
}

#[test]
fn of_two_holds_at_once_one_that_is_refused_leaves_the_other_standing_and_can_be_tried_again() {
    let (mut floor, calls) = talk(300);
    floor.agent(1, Do::Hold(calls[1]));
    floor.outside(NetworkCommand::RefuseNext { count: 1, reason: RefusedReason::NotNow, detail: "glare".into() });
    floor.agent(0, Do::Hold(calls[0])).passes(1_000);
    assert_eq!(sees(&floor, 0), (Phase::Connected, ConnectionState::Held));
    assert_eq!(sees(&floor, 1), (Phase::Held, ConnectionState::Connected));
    assert!(!floor.snapshot(0).problems.is_empty(), "the agent is told");
    floor.agent(0, Do::Hold(calls[0])).passes(1_000);
    assert_eq!([sees(&floor, 0), sees(&floor, 1)], [(Phase::Held, ConnectionState::Held); 2]);
}
