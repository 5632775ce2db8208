//! Calls and connections as a phone system sees them.

use serde::{Deserialize, Serialize};

use crate::{CallKind, Direction, Party, PartyRef, PhoneRef, Private};

/// One call as the phone system sees it, in a `Sync`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhoneCall {
    /// The phone system's name for it.
    pub call: PhoneRef,
    /// The other side.
    pub party: Party,
    /// The number that was called; empty when unknown.
    #[serde(default)]
    pub called: Private,
    /// The queue it came through; empty for none.
    #[serde(default)]
    #[cfg_attr(feature = "redact", serde(serialize_with = "crate::private::redact::text"))]
    pub queue: String,
    /// What kind of customer or matter the phone system takes it for; empty for none.
    #[serde(default)]
    pub segment: Private,
    /// Its type.
    pub kind: CallKind,
    /// Who began it.
    pub direction: Direction,
    /// The agent's connection.
    pub state: ConnectionState,
    /// The other side's connection.
    pub far_state: ConnectionState,
    /// The agent's voice is muted.
    #[serde(default)]
    pub muted: bool,
    /// Milliseconds since it began.
    #[serde(default)]
    pub age_ms: u64,
    /// Milliseconds since it was answered; none while it is not.
    #[serde(default)]
    pub answered_ms: Option<u64>,
    /// The Salesforce record that came with it; empty for none.
    #[serde(default)]
    pub record: String,
    /// Everybody but the agent, in a conference; empty for an ordinary call, whose other side stands in `party` and `far_state`.
    #[serde(default)]
    pub parties: Vec<PhoneParty>,
    /// Whether it is recorded.
    #[serde(default)]
    pub recording: Recording,
    /// For a consultation: the call it is about.
    #[serde(default)]
    pub consults: Option<PhoneRef>,
    /// Whether this agent's softphone logs the call if nobody answers, as in `Delivered`: a call whose `Delivered` was lost is known from here.
    #[serde(default)]
    pub owns_log: bool,
}

/// One party of a call besides the agent.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhoneParty {
    /// The phone system's name for this party's connection; stable as long as it is in the call.
    pub id: PartyRef,
    /// Who.
    pub party: Party,
    /// Its connection: alerting, connected or held.
    pub state: ConnectionState,
    /// Who holds it, if it is held: only what the agent holds can the agent retrieve.
    #[serde(default)]
    pub held_by: Side,
    /// The others do not hear it.
    #[serde(default)]
    pub muted: bool,
}

/// Whether a call is recorded.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Recording {
    /// Not recorded.
    #[default]
    Off,
    /// Recorded.
    On,
    /// Begun, and paused: what is said now is not kept.
    Paused,
}

/// The state of one connection (ECMA-269, 6.1.5).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ConnectionState {
    /// Ringing, or being rung.
    Alerting,
    /// Talking.
    Connected,
    /// It did not come about.
    Failed,
    /// On hold.
    Held,
    /// Dialing.
    Initiated,
    /// Not there.
    Null,
    /// Waiting in a queue.
    Queued,
}

/// Which side did it.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// This agent.
    #[default]
    Agent,
    /// The other party.
    Party,
}

/// The connection to the phone system.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum PhoneState {
    /// On the way: connecting or registering for the first time.
    Connecting,
    /// Not possible, and trying again will not help: wrong credentials, wrong address.
    Failed,
    /// Lost, and being tried again.
    Reconnecting,
    /// Calls can come and go.
    Ready,
    /// Ended on purpose, or never begun.
    Stopped,
}

/// The microphone, told apart by what to do about it.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum MediaState {
    /// The page around the phone does not hand on the microphone.
    BlockedByPolicy,
    /// The agent, or the browser on the agent's behalf, said no.
    Denied,
    /// The page is not served over https.
    Insecure,
    /// No microphone is connected.
    NoDevice,
    /// Works, or has not been needed yet.
    #[default]
    Usable,
}

/// Why a phone system refused a command.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum RefusedReason {
    /// Audio could not be set up.
    Media,
    /// Not in this state of the call; trying again may help.
    NotNow,
    /// This agent may not.
    NotPermitted,
    /// This phone system cannot.
    NotSupported,
    /// There is no connection to the phone system.
    Offline,
    /// The phone system did not answer in time.
    Timeout,
    /// The phone system does not know the call.
    UnknownCall,
}
