//! What the core asks of a phone system.

use serde::{Deserialize, Serialize};

use super::Recording;
use crate::{Cause, PartyRef, PhoneRef, Private};

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
    /// End the call for everybody in it.
    ClearCall {
        /// Which call.
        call: PhoneRef,
    },
    /// End this agent's connection; the others of a conference go on talking. A dialed call that is not answered yet is given up.
    ClearConnection {
        /// Which call.
        call: PhoneRef,
    },
    /// Take one party out of the conference; everybody else stays.
    ClearParty {
        /// Which call.
        call: PhoneRef,
        /// Who.
        party: PartyRef,
    },
    /// Make one call of two; answered by `Conferenced`. Either may be on hold; nobody is dropped.
    ConferenceCall {
        /// The one call.
        call: PhoneRef,
        /// The other.
        other: PhoneRef,
    },
    /// Turn the alerting call away; the phone system decides what becomes of the caller.
    Decline {
        /// Which call.
        call: PhoneRef,
        /// `Declined` (turned away for good) or `Busy` (offer it elsewhere).
        cause: Cause,
    },
    /// Send the alerting call to another number, unanswered.
    Deflect {
        /// Which call.
        call: PhoneRef,
        /// Where to, ready for the phone system.
        to: Private,
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
    /// Hold one party of the conference: it neither hears nor is heard.
    HoldParty {
        /// Which call.
        call: PhoneRef,
        /// Who.
        party: PartyRef,
    },
    /// Place a call; answered first by `Originated` (which names the call), later by `Done` or `Refused`.
    MakeCall {
        /// What to dial, ready for the phone system.
        to: Private,
        /// The Salesforce record the call belongs to, to travel with it where the phone system can; empty for none.
        record: String,
        /// For a consultation: the call it is about, which is on hold by now.
        #[serde(default)]
        consults: Option<PhoneRef>,
    },
    /// Mute one party of the conference, or no longer: it hears and is not heard.
    MuteParty {
        /// Which call.
        call: PhoneRef,
        /// Who.
        party: PartyRef,
        /// True: muted.
        on: bool,
    },
    /// End the hold.
    Retrieve {
        /// Which call.
        call: PhoneRef,
    },
    /// End the hold of one party.
    RetrieveParty {
        /// Which call.
        call: PhoneRef,
        /// Who.
        party: PartyRef,
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
    /// Record the call, pause, or stop; the truth comes back as `RecordingChanged`.
    SetRecording {
        /// Which call.
        call: PhoneRef,
        /// What from now on.
        to: Recording,
    },
    /// Add somebody to the call, who alerts in it first.
    SingleStepConference {
        /// Which call.
        call: PhoneRef,
        /// What to dial, ready for the phone system.
        to: Private,
    },
    /// Transfer blindly. The party is put on hold at once, which `Held` tells, and never let go before the outcome is known:
    /// answered by `Transferred` or `TransferFailed`.
    SingleStepTransfer {
        /// Which call.
        call: PhoneRef,
        /// Where to, ready for the phone system.
        to: Private,
        /// The Salesforce record the call belongs to, to travel with it; empty for none.
        record: String,
    },
    /// Report all present calls as one `Sync`. Answered whenever the provider runs, with or without a connection.
    Sync,
    /// Connect the parties of two calls and leave; answered by `Transferred`. Either may be on hold; `other` may still ring
    /// where `transfer_ringing` is declared.
    TransferCall {
        /// The call that is passed on.
        call: PhoneRef,
        /// Whom to.
        other: PhoneRef,
        /// The Salesforce record the call belongs to, to travel with it; empty for none.
        record: String,
    },
}

impl PhoneCommand {
    /// The call it is about, if it is about one.
    #[must_use]
    pub const fn call(&self) -> Option<&PhoneRef> {
        match self {
            Self::Answer { call }
            | Self::ClearCall { call }
            | Self::ClearConnection { call }
            | Self::ClearParty { call, .. }
            | Self::ConferenceCall { call, .. }
            | Self::Decline { call, .. }
            | Self::Deflect { call, .. }
            | Self::GenerateDigits { call, .. }
            | Self::Hold { call }
            | Self::HoldParty { call, .. }
            | Self::MuteParty { call, .. }
            | Self::Retrieve { call }
            | Self::RetrieveParty { call, .. }
            | Self::SetMute { call, .. }
            | Self::SetRecording { call, .. }
            | Self::SingleStepConference { call, .. }
            | Self::SingleStepTransfer { call, .. }
            | Self::TransferCall { call, .. } => Some(call),
            Self::MakeCall { .. } | Self::SetAgentState { .. } | Self::Sync => None,
        }
    }
}
