//! Which of several calls is meant where none is named: by a key, by what a screen reader is told, by what is shown in full.

use hookswitch_core::{CallView, ConnectionState, Phase};

/// Those that ring, oldest first: keys mean the first of them, which is the first that is told.
pub(crate) fn ringing(calls: &[CallView]) -> impl Iterator<Item = &CallView> {
    calls.iter().filter(|call| call.phase == Phase::Alerting)
}

/// The call the agent talks on, else one that is about to be; none of those that only wait.
pub(crate) fn speaking(calls: &[CallView]) -> Option<&CallView> {
    calls.iter().filter_map(|call| Some((nearness(call)?, call))).min_by_key(|(far, _)| *far).map(|(_, call)| call)
}

/// How far the agent's voice is from a call: its phase alone does not tell, since who is passed on waits on hold meanwhile.
fn nearness(call: &CallView) -> Option<u8> {
    let own = call.connections.iter().find(|connection| connection.agent).map(|connection| connection.state);
    match (call.phase, own) {
        (Phase::Alerting | Phase::Held | Phase::WrapUp, _) => None,
        (Phase::Answering | Phase::Initiated | Phase::Retrieving, _) => Some(1),
        (_, Some(ConnectionState::Held)) if call.phase != Phase::Conferencing => None,
        (Phase::Clearing | Phase::Conferencing | Phase::Transferring, _) => Some(2),
        _ => Some(0),
    }
}
