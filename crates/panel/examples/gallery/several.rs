//! Snapshots with several calls, or several people in one.

use hookswitch_core::{
    AgentState, Allowed, CallId, CallKind, CallView, CommandKind, ConnectionState, ConnectionView, Direction, LegView, OtherView, PartyId,
    Phase, Private, Recording, Snapshot,
};

use crate::states;

/// Names of these states.
pub(crate) const NAMES: [&str; 9] =
    ["auto-answer", "second-rings", "both-rights", "swap", "consultation", "conference", "transferring", "recording", "two-wrap-ups"];

/// The calls of that state, at `now`.
pub(crate) fn calls(name: &str, now: u64) -> Option<Vec<CallView>> {
    Some(match name {
        "auto-answer" => vec![CallView { auto_answer: Some(now + 2_900), ..states::ringing(now) }],
        "second-rings" => vec![able(states::connected(now)), second(now)],
        // The second call rings while the first one is already on hold.
        "both-rights" => vec![held(states::connected(now)), second(now)],
        "swap" => vec![held(states::connected(now)), pair(talking(second(now), now), 1)],
        "consultation" => consultation(now),
        "conference" => vec![conference(now)],
        "transferring" => vec![states::in_phase(able(states::connected(now)), Phase::Transferring, &[CommandKind::ForceEnd])],
        "recording" => vec![CallView { recording: Recording::On, muted: true, ..able(states::connected(now)) }],
        "two-wrap-ups" => {
            let mut first = states::wrap_up(now);
            first.draft.notes = "Wants the invoice again.".into();
            let mut other = CallView { id: CallId(2), ..states::wrap_up(now) };
            (other.record, other.record_source) = (None, None);
            other.connections[1].party = states::party("+1 415 555 0177", "Grace Hopper");
            vec![first, other]
        }
        _ => return None,
    })
}

/// Those calls in a snapshot.
pub(crate) fn with_calls(calls: Vec<CallView>) -> Snapshot {
    let live = calls.iter().any(|call| call.phase != Phase::WrapUp);
    let mut snapshot = states::idle();
    snapshot.agent.state = if live { AgentState::Busy } else { AgentState::WorkingAfterCall };
    snapshot.calls = calls;
    snapshot
}

/// The same call at a phone system that can do everything.
pub(crate) fn able(call: CallView) -> CallView {
    allow(call, &[CommandKind::Consult, CommandKind::SetRecording, CommandKind::SingleStepConference, CommandKind::SingleStepTransfer])
}

/// The same call with these commands allowed, too.
pub(crate) fn allow(mut call: CallView, commands: &[CommandKind]) -> CallView {
    for allowed in &mut call.commands {
        if commands.contains(&allowed.command) {
            allowed.refused = None;
        }
    }
    call
}

/// On hold, with somebody else talking.
pub(crate) fn held(call: CallView) -> CallView {
    let commands = [CommandKind::Alternate, CommandKind::Clear, CommandKind::Retrieve, CommandKind::Select, CommandKind::Write];
    states::in_phase(call, Phase::Held, &commands)
}

/// Somebody else rings.
pub(crate) fn second(now: u64) -> CallView {
    let mut call = CallView { id: CallId(2), matches: Vec::new(), record: None, record_source: None, ..states::ringing(now) };
    call.connections[1].party = states::party("+1 415 555 0177", "Grace Hopper");
    allow(call, &[CommandKind::Deflect])
}

/// The same, answered.
pub(crate) fn talking(call: CallView, now: u64) -> CallView {
    let commands =
        [CommandKind::Clear, CommandKind::Hold, CommandKind::Mute, CommandKind::Select, CommandKind::SendDigits, CommandKind::Write];
    able(CallView { answered: Some(now - 12_000), ..states::in_phase(call, Phase::Connected, &commands) })
}

/// The same, with everything that two calls can do with each other.
pub(crate) fn pair(call: CallView, other: u32) -> CallView {
    CallView { others: vec![OtherView { call: CallId(other), conference: None, transfer: None }], ..call }
}

/// Ada waits while Bob is asked.
pub(crate) fn consultation(now: u64) -> Vec<CallView> {
    let mut bob = pair(allow(talking(second(now), now), &[CommandKind::Reconnect]), 1);
    bob.connections[1].party = states::party("1002", "Bob Smith");
    (bob.direction, bob.kind, bob.queue, bob.consults) = (Direction::Out, CallKind::Internal, String::new(), Some(CallId(1)));
    bob.record = states::ringing(now).record;
    (bob.draft.dispositions, bob.called) = (Vec::new(), Private::default());
    vec![pair(held(states::connected(now)), 2), bob]
}

/// Three people besides the agent: one talks, one is on hold, one still rings.
pub(crate) fn conference(now: u64) -> CallView {
    let party = |id, number: &str, name: &str, state, muted| {
        let commands = [CommandKind::ClearParty, CommandKind::HoldParty, CommandKind::MuteParty, CommandKind::RetrieveParty];
        let refused = |command| match (command, state) {
            (CommandKind::HoldParty, ConnectionState::Connected)
            | (CommandKind::RetrieveParty, ConnectionState::Held)
            | (CommandKind::ClearParty, _)
            | (CommandKind::MuteParty, ConnectionState::Connected | ConnectionState::Held) => None,
            _ => Some("alreadySo"),
        };
        let commands = commands.map(|command| Allowed { command, refused: refused(command) }).into();
        ConnectionView { agent: false, commands, id: Some(PartyId(id)), muted, party: states::party(number, name), state }
    };
    let mut call = allow(able(states::connected(now)), &[CommandKind::ClearCall]);
    let agent = call.connections.swap_remove(0);
    call.connections = vec![
        agent,
        party(1, "+1 415 555 0142", "Ada Lovelace", ConnectionState::Connected, false),
        party(2, "1002", "Bob Smith", ConnectionState::Held, true),
        party(3, "+1 415 555 0177", "", ConnectionState::Alerting, false),
    ];
    let leg = |number: &str, name: &str, since, until| LegView { party: states::party(number, name), since: call.began + since, until };
    call.legs = vec![
        leg("+1 415 555 0142", "Ada Lovelace", 0, None),
        leg("1003", "Carol Jones", 1_000, Some(call.began + 2_000)),
        leg("1002", "Bob Smith", 2_000, None),
        leg("+1 415 555 0177", "", 3_000, None),
    ];
    call
}
