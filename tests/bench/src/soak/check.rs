//! What must hold after every input, whatever happened.

use hookswitch_core::{CallView, CommandKind, ConnectionState, Input, Now, Phase, Snapshot, Sound};

use super::{Outcome, agent::Agent, story::Step};

/// The invariants, in the words of the report.
pub const INVARIANTS: &[&str] = &[
    "at most one call has the agent's voice",
    "the agent hears ringing if and only if something alerts, and what sounds is what the snapshot says",
    "no more live calls than lines",
    "what cannot last has a deadline, and no deadline is overdue",
    "the revision grows exactly when the host is told of a change, and never goes back",
    "a command listed as allowed is accepted",
    "an answered call ends only if someone in it hung up, transferred it, or a fault took it",
    "a log is created once, and updated only by the record it got",
    "in the end nobody has a call, every log is final, and the phone system has no call either",
    "on a sample of states: a command is listed as allowed if and only if it is accepted",
];

/// Checks one agent after one input.
pub(super) fn step(agent: &Agent, snapshot: &Snapshot, now: u64, changed: bool, found: &mut Outcome) {
    let say = |words: &str| format!("{now} ms, agent {}: {words}: {:?}", agent.extension, phases(snapshot));
    if snapshot.calls.iter().filter(|call| has_voice(call)).count() > 1 {
        found.violation(|| say("two calls have the voice"));
    }
    let alerts = snapshot.calls.iter().any(|call| call.phase == Phase::Alerting);
    let rings = matches!(agent.sound, Sound::Ring | Sound::CallWaiting | Sound::AutoAnswer);
    if rings != alerts || agent.sound != snapshot.sound {
        found.violation(|| say("the sound is not what it should be"));
    }
    if snapshot.calls.iter().filter(|call| call.phase != Phase::WrapUp).count() > LINES {
        found.violation(|| say("more calls than lines"));
    }
    let deadline = agent.phone.deadline();
    if deadline.is_none() && snapshot.calls.iter().any(passes) {
        found.violation(|| say("nothing ends what cannot last"));
    }
    if deadline.is_some_and(|at| at <= now) {
        found.violation(|| say("a deadline is overdue"));
    }
    if (snapshot.revision > agent.revision) != changed || snapshot.revision < agent.revision {
        found.violation(|| say("the revision does not fit what the host was told"));
    }
}

/// On a sample: tries on a copy whether each command does what the snapshot says of it.
pub(super) fn sample(agent: &Agent, snapshot: &Snapshot, now: Now, found: &mut Outcome) {
    for call in &snapshot.calls {
        for step in ALL {
            let Some((command, listed)) = step.command(call, snapshot, "2000") else { continue };
            let accepted = agent.phone.clone().handle(now, Input::Agent(command)).is_ok();
            if accepted != listed {
                found.violation(|| {
                    format!(
                        "agent {}: {:?} is listed as {listed} and accepted as {accepted}: {:?}",
                        agent.extension,
                        step,
                        phases(snapshot)
                    )
                });
            }
        }
    }
}

/// The agent's connection is up, and not on its way out.
fn has_voice(call: &CallView) -> bool {
    let own = call.connections.iter().find(|connection| connection.agent).map(|connection| connection.state);
    matches!(own, Some(ConnectionState::Connected | ConnectionState::Initiated)) && !matches!(call.phase, Phase::Holding | Phase::Clearing)
}

const fn passes(call: &CallView) -> bool {
    !matches!(call.phase, Phase::Connected | Phase::Held | Phase::WrapUp)
}

fn phases(snapshot: &Snapshot) -> Vec<Phase> {
    snapshot.calls.iter().map(|call| call.phase).collect()
}

/// As the settings have it.
const LINES: usize = 6;

const ALL: [Step; 11] = [
    Step::Answer,
    Step::BlindTransfer,
    Step::Clear,
    Step::Confer,
    Step::Consult,
    Step::Decline,
    Step::Finish,
    Step::Hold,
    Step::Reconnect,
    Step::Retrieve,
    Step::Transfer,
];

/// A command that the snapshot lists was refused.
pub(super) fn refused(agent: &Agent, command: CommandKind, snapshot: &Snapshot, now: u64, found: &mut Outcome) {
    found
        .violation(|| format!("{now} ms, agent {}: {command:?} is listed as allowed and refused: {:?}", agent.extension, phases(snapshot)));
}
