//! {customer, agent, third} × {hold, resume, swap, merge, leave}: every short sequence, and nobody is gone who was not asked to go.

use hookswitch_core::{AgentCommand as Do, CallId, CallView, ConnectionState, Phase};
use hookswitch_scenarios::{Floor, extension};
use hookswitch_switch::PartyAct;

const ADA: &str = "+14155550107";

/// Who does something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Who {
    Agent,
    Customer,
    Third,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum What {
    Holds,
    Resumes,
    Swaps,
    Merges,
    Completes,
    Leaves,
}

/// Customers cannot swap or merge, and a third has one call only.
const DEEDS: [(Who, What); 12] = [
    (Who::Agent, What::Holds),
    (Who::Agent, What::Resumes),
    (Who::Agent, What::Swaps),
    (Who::Agent, What::Merges),
    (Who::Agent, What::Completes),
    (Who::Agent, What::Leaves),
    (Who::Customer, What::Holds),
    (Who::Customer, What::Resumes),
    (Who::Customer, What::Leaves),
    (Who::Third, What::Holds),
    (Who::Third, What::Resumes),
    (Who::Third, What::Leaves),
];

/// How long the sequences are.
const LENGTH: usize = 5;

/// Agent 0 talks with Ada and has asked agent 1 about it, who answered.
fn begin() -> Floor {
    let mut floor = Floor::open(2);
    let ada = floor.talks(0, ADA, "Ada");
    floor.agent(0, Do::Consult { call: ada, number: extension(1).as_str().into() }).passes(400);
    let asked = floor.newest(1).id;
    floor.agent(1, Do::Answer(asked));
    floor
}

fn live(floor: &Floor, who: usize) -> Vec<CallView> {
    floor.snapshot(who).calls.into_iter().filter(|call| call.phase != Phase::WrapUp).collect()
}

/// Does it if the softphone, or the network, lets it: whether that was to leave. None: it could not be done.
fn act(floor: &mut Floor, who: Who, what: What) -> Option<bool> {
    let agent = match who {
        Who::Customer => {
            let act = match what {
                What::Holds => PartyAct::Holds,
                What::Resumes => PartyAct::Retrieves,
                _ => PartyAct::HangsUp,
            };
            let (_, own) = floor.find(ADA)?;
            let can = match act {
                PartyAct::Holds => own.state == ConnectionState::Connected,
                PartyAct::Retrieves => own.state == ConnectionState::Held,
                _ => true,
            };
            if can {
                floor.party(ADA, act);
            }
            return can.then_some(what == What::Leaves);
        }
        Who::Agent => 0,
        Who::Third => 1,
    };
    let calls = live(floor, agent);
    let phase = |phase: Phase| calls.iter().find(|call| call.phase == phase).map(|call| call.id);
    let (connected, held) = (phase(Phase::Connected), phase(Phase::Held));
    let two = || -> Option<(CallId, CallId)> { Some((calls.first()?.id, calls.get(1)?.id)) };
    let command = match what {
        What::Holds => Do::Hold(connected?),
        What::Resumes => Do::Retrieve(held?),
        What::Swaps => Do::Alternate(held.filter(|_| connected.is_some())?),
        What::Merges => two().map(|(one, other)| Do::Conference(one, other))?,
        What::Completes => two().map(|(one, other)| Do::Transfer(one, other))?,
        // Leaving an ordinary call ends it: the agent leaves what holds three, or nothing.
        What::Leaves if who == Who::Agent => Do::Clear(calls.iter().find(|call| call.is_conference())?.id),
        What::Leaves => Do::Clear(connected.or(held)?),
    };
    floor.try_agent(agent, command).ok()?;
    Some(matches!(what, What::Leaves | What::Completes))
}

#[test]
fn no_short_sequence_of_hold_resume_swap_merge_and_leave_loses_anybody() {
    let mut sequences = 0;
    go_on(&begin(), &[], &mut Vec::new(), &mut sequences);
    assert!(sequences > 5_000, "{sequences} sequences of deeds that could be done");
}

/// Every deed that can be done now, and whatever can follow it.
fn go_on(floor: &Floor, gone: &[Who], story: &mut Vec<(Who, What)>, sequences: &mut usize) {
    *sequences += 1;
    if story.len() == LENGTH {
        return;
    }
    for (who, what) in DEEDS {
        let mut next = floor.clone();
        let Some(leaves) = act(&mut next, who, what) else { continue };
        let mut gone = gone.to_vec();
        gone.extend(leaves.then_some(who));
        story.push((who, what));
        check(&next, &gone, story);
        go_on(&next, &gone, story, sequences);
        story.pop();
    }
}

/// Whoever did not leave is in a call, unless everybody they could talk with left.
fn check(floor: &Floor, gone: &[Who], story: &[(Who, What)]) {
    let third = extension(1);
    let (ada, agent, colleague) = (floor.with_whom(ADA), floor.with_whom(&extension(0)), floor.with_whom(&third));
    let left = |who| gone.contains(&who);
    let alone = |one, other| left(one) && left(other);
    assert!(left(Who::Customer) || alone(Who::Agent, Who::Third) || !ada.is_empty(), "the customer was lost by {story:?}");
    assert!(left(Who::Third) || alone(Who::Agent, Who::Customer) || !colleague.is_empty(), "the third was lost by {story:?}");
    assert!(left(Who::Agent) || alone(Who::Customer, Who::Third) || !agent.is_empty(), "the agent was lost by {story:?}");
    // What the softphones show is what is.
    for (who, own) in [(0, extension(0)), (1, third)] {
        let shown: usize = live(floor, who).iter().map(|call| call.connections.len() - 1).sum();
        let calls = floor.calls.iter().filter(|call| call.ended.is_none());
        let are: usize = calls.filter(|call| call.parties.iter().any(|end| end.extension == own)).map(|call| call.parties.len() - 1).sum();
        assert_eq!(shown, are, "agent {who} sees others than there are after {story:?}");
        let voices = live(floor, who).iter().filter(|call| call.phase == Phase::Connected).count();
        assert!(voices <= 1, "agent {who} talks in two calls after {story:?}");
    }
}
