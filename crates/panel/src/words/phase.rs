//! Where a call stands, why it ended, and what the agent is doing.

use hookswitch_core::{AgentState, CallKind, Cause, ConnectionState, Direction, Phase};

/// The phase, as the title of a card.
pub(crate) const fn phase(phase: Phase, kind: CallKind) -> &'static str {
    match (phase, kind) {
        (Phase::Alerting, CallKind::Internal) => "A colleague is calling",
        (Phase::Alerting, _) => "Incoming call",
        (Phase::Answering, _) => "Answering…",
        (Phase::Connected, _) => "In call",
        (Phase::Clearing, _) => "Hanging up…",
        (Phase::Conferencing, _) => "Joining the calls…",
        (Phase::Initiated, _) => "Dialing…",
        (Phase::Held, _) => "On hold",
        (Phase::Holding, _) => "Putting on hold…",
        (Phase::Retrieving, _) => "Resuming…",
        (Phase::Transferring, _) => "Transferring…",
        (Phase::Delivered, _) => "Ringing at the other end",
        (Phase::WrapUp, _) => "Wrap-up",
        // A newer core may know more phases than this panel.
        _ => "Call",
    }
}

/// How one party of a conference stands; nothing of one that talks.
pub(crate) const fn party(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Alerting | ConnectionState::Initiated => "Ringing…",
        ConnectionState::Held => "On hold",
        ConnectionState::Failed | ConnectionState::Null => "Gone",
        ConnectionState::Queued => "Waiting",
        _ => "",
    }
}

/// Whom the call is with, in one word.
pub(crate) const fn kind_of_call(kind: CallKind, direction: Direction) -> &'static str {
    match (kind, direction) {
        (CallKind::Internal, Direction::In) => "Internal call, incoming",
        (CallKind::Internal, Direction::Out) => "Internal call, outgoing",
        (CallKind::Inbound | CallKind::Outbound, Direction::In) => "Incoming call",
        (CallKind::Inbound | CallKind::Outbound, Direction::Out) => "Outgoing call",
    }
}

/// Why a call ended, and what to do if something can be done.
pub(crate) const fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Abandoned => "The caller hung up before anybody answered.",
        Cause::NotAuthorized => "The phone system does not accept your sign-in. Sign in again, or ask your admin.",
        Cause::AnsweredElsewhere => "The call was answered somewhere else.",
        Cause::Busy => "The number is busy. Try again later.",
        Cause::Congestion => "All lines are taken. Try again in a moment.",
        Cause::Conferenced => "The call became part of a conference.",
        Cause::Deflected => "You sent the call to another number.",
        Cause::Normal => "The call has ended.",
        Cause::Declined => "You declined the call.",
        Cause::InvalidNumber => "The number does not exist or is not complete. Check it and call again.",
        Cause::MediaFailure => "The sound of the call could not be set up. Check your microphone and headset.",
        Cause::NetworkLost => "The connection to the phone system was lost. Check your network.",
        Cause::NoAnswer => "Nobody answered.",
        Cause::Rejected => "The other side refused the call.",
        Cause::SystemFailure => "The phone system ended the call because of a fault of its own. Tell your admin if it happens again.",
        Cause::Lost => "The phone system no longer knows this call.",
        Cause::Transferred => "You passed the call on.",
        _ => super::problem::UNKNOWN,
    }
}

/// The agent's state, with its reason.
pub(crate) fn presence(state: &AgentState) -> String {
    match state {
        AgentState::Busy => "Busy".to_owned(),
        AgentState::NotReady { reason } if reason.is_empty() => super::NOT_READY.to_owned(),
        AgentState::NotReady { reason } => format!("{}: {reason}", super::NOT_READY),
        AgentState::Ready => super::READY.to_owned(),
        AgentState::WorkingAfterCall => "Wrap-up".to_owned(),
    }
}
