//! The provider contract: commands to a phone system, reports from it, all plain data.
//!
//! On the wire (the simulated phone system's WebSocket, a provider in JavaScript) every value is an object with a `type`
//! in camelCase and its fields beside it, e.g. `{"type":"held","call":"c1","by":"agent"}`. A command travels with the id the
//! answer must name: `{"id":7,"command":{"type":"answer","call":"c1"}}`, answered by `{"type":"done","request":7}` or
//! `{"type":"refused","request":7,"reason":"notNow","detail":"…"}`.

use serde::{Deserialize, Serialize};

use crate::{CallKind, Cause, Direction, Party, PhoneRef, Private, RequestId};

/// What the core asks of the phone system. Each is answered by `Done` or `Refused`; what happened is told by reports of its own.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum PhoneCommand {
    /// Answer the alerting call.
    Answer {
        /// Which call.
        call: PhoneRef,
    },
    /// End this agent's connection; a dialed call that is not answered yet is given up.
    ClearConnection {
        /// Which call.
        call: PhoneRef,
    },
    /// Turn the alerting call away; the phone system decides what becomes of the caller.
    Decline {
        /// Which call.
        call: PhoneRef,
        /// `Declined` (turned away for good) or `Busy` (offer it elsewhere).
        cause: Cause,
    },
    /// Send digits to the other side, in order; none may be lost.
    GenerateDigits {
        /// Which call.
        call: PhoneRef,
        /// `0`–`9`, `*`, `#`, `A`–`D`.
        digits: Private,
    },
    /// Hold: neither side hears the other.
    Hold {
        /// Which call.
        call: PhoneRef,
    },
    /// Place a call; answered first by `Originated` (which names the call), later by `Done` or `Refused`.
    MakeCall {
        /// What to dial, ready for the phone system.
        to: Private,
        /// The Salesforce record the call belongs to, to travel with it where the phone system can; empty for none.
        record: String,
    },
    /// End the hold.
    Retrieve {
        /// Which call.
        call: PhoneRef,
    },
    /// Tell the phone system whether the agent takes calls.
    SetAgentState {
        /// True: ready for calls.
        ready: bool,
        /// Why not, from the settings' list; empty when ready.
        reason: String,
    },
    /// Mute or unmute the agent's voice; the truth comes back as `Muted`.
    SetMute {
        /// Which call.
        call: PhoneRef,
        /// True: the other side hears nothing.
        on: bool,
    },
    /// Report all present calls as one `Sync`.
    Sync,
}

impl PhoneCommand {
    /// The call it is about, if it is about one.
    #[must_use]
    pub const fn call(&self) -> Option<&PhoneRef> {
        match self {
            Self::Answer { call }
            | Self::ClearConnection { call }
            | Self::Decline { call, .. }
            | Self::GenerateDigits { call, .. }
            | Self::Hold { call }
            | Self::Retrieve { call }
            | Self::SetMute { call, .. } => Some(call),
            Self::MakeCall { .. } | Self::SetAgentState { .. } | Self::Sync => None,
        }
    }
}

/// What a phone system tells. CSTA event names; never trusted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum PhoneReport {
    /// Whose phone this is: the account's own number or name, the agent's identity where no Apex tells it.
    Account {
        /// Stable within the phone system; shown to the agent.
        identity: String,
    },
    /// The agent's state at the phone system changed, by whoever's hand.
    AgentState {
        /// Takes calls.
        ready: bool,
        /// Why not; may be empty.
        #[serde(default)]
        reason: String,
    },
    /// What this phone system can do; told once, before `Service` says ready.
    Capabilities {
        /// The list.
        capabilities: Capabilities,
    },
    /// The call is over for this agent.
    ConnectionCleared {
        /// Which call.
        call: PhoneRef,
        /// Why.
        cause: Cause,
    },
    /// An inbound call alerts at this agent.
    Delivered {
        /// The phone system's name for it.
        call: PhoneRef,
        /// Who calls.
        from: Party,
        /// The number that was called; empty when unknown.
        #[serde(default)]
        called: Private,
        /// The queue it came through; empty for none.
        #[serde(default)]
        queue: String,
        /// Inbound or internal.
        kind: CallKind,
        /// The Salesforce record that came with it; empty for none.
        #[serde(default)]
        record: String,
        /// Whether this agent's softphone logs the call if nobody answers.
        #[serde(default)]
        owns_log: bool,
    },
    /// These digits were sent, in this order.
    DigitsGenerated {
        /// Which call.
        call: PhoneRef,
        /// The digits.
        digits: Private,
    },
    /// The command was carried out.
    Done {
        /// Which command.
        request: RequestId,
    },
    /// Both sides are connected.
    Established {
        /// Which call.
        call: PhoneRef,
        /// Who is really there, if the phone system knows better than before.
        #[serde(default)]
        party: Option<Party>,
    },
    /// The dialed call did not come about.
    Failed {
        /// Which call.
        call: PhoneRef,
        /// Why.
        cause: Cause,
    },
    /// One side put the call on hold.
    Held {
        /// Which call.
        call: PhoneRef,
        /// Which side.
        by: Side,
    },
    /// The microphone or the sound output changed.
    Media {
        /// How it is now.
        media: MediaState,
    },
    /// The agent's voice was muted or is no longer: the state of the track itself.
    Muted {
        /// Which call.
        call: PhoneRef,
        /// True: the other side hears nothing.
        on: bool,
    },
    /// A dialed call reached the network; the far end rings, perhaps with sound of its own.
    NetworkReached {
        /// Which call.
        call: PhoneRef,
        /// The far end plays something already: no ringback of our own.
        #[serde(default)]
        early_media: bool,
    },
    /// A dialed call got its name.
    Originated {
        /// The `MakeCall` it answers.
        request: RequestId,
        /// The phone system's name for it.
        call: PhoneRef,
    },
    /// The command was not carried out; nothing changed.
    Refused {
        /// Which command.
        request: RequestId,
        /// Why, as a stable word.
        reason: RefusedReason,
        /// Why, in the phone system's own words; may be empty.
        #[serde(default)]
        detail: String,
    },
    /// One side ended its hold.
    Retrieved {
        /// Which call.
        call: PhoneRef,
        /// Which side.
        by: Side,
    },
    /// The connection to the phone system changed.
    Service {
        /// How it is now.
        state: PhoneState,
        /// More about it in the phone system's own words; may be empty.
        #[serde(default)]
        detail: String,
    },
    /// All calls that exist at this agent; a call not listed is gone.
    Sync {
        /// The calls.
        calls: Vec<PhoneCall>,
    },
}

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
    pub queue: String,
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
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// This agent.
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

/// What a phone system can do; what it cannot is not offered to the agent.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Capabilities {
    /// Knows the agent's state and can be told it.
    pub agent_state: bool,
    /// A refused blind transfer gives the caller back (design: `blind_transfer_returns`).
    pub blind_transfer_returns: bool,
    /// Calls survive a reload of the page: `Sync` brings them back.
    pub calls_survive_reload: bool,
    /// Can send digits.
    pub digits: bool,
    /// Can hold and retrieve.
    pub hold: bool,
    /// Can mute.
    pub mute: bool,
}
