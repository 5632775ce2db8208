//! What a phone system can do.

use serde::{Deserialize, Serialize};

/// What a phone system can do; what it cannot is not offered to the agent.
///
/// Several calls at once, consultation and swapping need `hold` and no word of their own.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a list of independent abilities, each its own word on the wire")]
pub struct Capabilities {
    /// Knows the agent's state and can be told it.
    pub agent_state: bool,
    /// A blind transfer that nobody takes gives the caller back: the provider holds the caller, calls the target, and connects them when it
    /// rings, or the phone system does. Where not, the agent is told before.
    pub blind_transfer_returns: bool,
    /// Calls survive a reload of the page: `Sync` brings them back. Where not, the calls of an earlier page are written up at
    /// once.
    pub calls_survive_reload: bool,
    /// Can end a conference for everybody.
    pub clear_call: bool,
    /// Can take one party out of a conference.
    pub clear_party: bool,
    /// Can make one call of two.
    pub conference: bool,
    /// Most connections of one conference, the agent's included; 0: no limit known.
    pub conference_size: u8,
    /// Can send an alerting call to another number.
    pub deflect: bool,
    /// Can send digits.
    pub digits: bool,
    /// Can hold and retrieve, and so have several calls.
    pub hold: bool,
    /// Can hold one party of a conference.
    pub hold_party: bool,
    /// The others of a conference go on talking when the agent leaves.
    pub leave: bool,
    /// Most calls of one agent; 0: no limit known.
    pub lines: u8,
    /// Can mute.
    pub mute: bool,
    /// Can mute one party of a conference.
    pub mute_party: bool,
    /// Can record.
    pub recording: bool,
    /// Can add somebody to a call.
    pub single_step_conference: bool,
    /// Can transfer blindly.
    pub single_step_transfer: bool,
    /// Can connect the parties of two calls.
    pub transfer: bool,
    /// Can do so while the second party still rings.
    pub transfer_ringing: bool,
}

impl Capabilities {
    /// Everything, without a limit known: for phone systems that can do it, and for tests that take something away.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            agent_state: true,
            blind_transfer_returns: true,
            calls_survive_reload: true,
            clear_call: true,
            clear_party: true,
            conference: true,
            conference_size: 0,
            deflect: true,
            digits: true,
            hold: true,
            hold_party: true,
            leave: true,
            lines: 0,
            mute: true,
            mute_party: true,
            recording: true,
            single_step_conference: true,
            single_step_transfer: true,
            transfer: true,
            transfer_ringing: true,
        }
    }
}
