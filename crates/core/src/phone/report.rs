//! What a phone system tells.

use serde::{Deserialize, Serialize};

use super::{Capabilities, MediaState, PhoneCall, PhoneParty, PhoneState, Recording, RefusedReason, Side};
use crate::{CallKind, Cause, Party, PhoneRef, Private, RequestId};

/// What a phone system tells. CSTA event names; never trusted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum PhoneReport {
    /// Whose phone this is: the account's own number or name, the agent's identity unless the CRM tells it. Best told before the first
    /// calls. Another identity than before is another agent: what the first one left is locked until its owner returns.
    Account {
        /// Stable within the phone system; shown to the agent.
        identity: Private,
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
    /// Two calls of the agent became one: the agent talks with everybody listed.
    Conferenced {
        /// The calls as they were named before, in any order.
        calls: Vec<PhoneRef>,
        /// The one call's name: one of them, or a new one.
        call: PhoneRef,
        /// Everybody but the agent; empty: everybody of the calls before.
        parties: Vec<PhoneParty>,
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
        #[cfg_attr(feature = "redact", serde(serialize_with = "crate::private::redact::text"))]
        queue: String,
        /// What kind of customer or matter the phone system takes it for, by its own words; empty for none.
        #[serde(default)]
        segment: Private,
        /// Inbound or internal.
        kind: CallKind,
        /// The Salesforce record that came with it; empty for none.
        #[serde(default)]
        record: String,
        /// Whether this agent's softphone logs the call if nobody answers: of all whom a queue rings, one.
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
    /// Who else is in the call now, whole: who is not listed has left. Told when somebody joins, leaves, is held or muted, or is named.
    /// An empty list ends a call whose parties were listed before; for any other it says nothing, and a `Sync` is asked.
    Parties {
        /// Which call.
        call: PhoneRef,
        /// Everybody but the agent.
        parties: Vec<PhoneParty>,
    },
    /// How good the line is or was; also told after the end, when the log is brought up to date.
    Quality {
        /// Which call.
        call: PhoneRef,
        /// Mean opinion score in hundredths, 100 to 500.
        mos_hundredths: u16,
    },
    /// The call is recorded now, or not.
    RecordingChanged {
        /// Which call.
        call: PhoneRef,
        /// How it is now.
        state: Recording,
    },
    /// Where the recording is kept; mostly told after the end, when the log is brought up to date.
    RecordingReference {
        /// Which call.
        call: PhoneRef,
        /// An address or a name, as the log should have it.
        reference: Private,
    },
    /// The command was not carried out; nothing changed.
    Refused {
        /// Which command.
        request: RequestId,
        /// Why, as a stable word.
        reason: RefusedReason,
        /// Why, in the phone system's own words; may be empty.
        #[serde(default)]
        detail: Private,
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
        detail: Private,
    },
    /// All calls that exist at this agent; a call not listed is gone, and is asked about once more, since a list may come late.
    Sync {
        /// The calls.
        calls: Vec<PhoneCall>,
    },
    /// A blind transfer did not come about; the party is back with the agent.
    TransferFailed {
        /// Which call.
        call: PhoneRef,
        /// Why.
        cause: Cause,
        /// The agent's connection is on hold now; else connected.
        #[serde(default)]
        held: bool,
    },
    /// A call was transferred.
    Transferred {
        /// Which call.
        call: PhoneRef,
        /// Who did it. `Agent`: the call is over here. `Party`: it goes on, with somebody else at the other end.
        by: Side,
        /// By the agent: the other call, over too; none for a blind transfer.
        #[serde(default)]
        other: Option<PhoneRef>,
        /// By the party: who is at the other end now.
        #[serde(default)]
        party: Option<Party>,
        /// By the party: the call's type from now on, if it changed.
        #[serde(default)]
        kind: Option<CallKind>,
        /// By the party: the Salesforce record that came with it; empty for none.
        #[serde(default)]
        record: String,
    },
}
