//! What goes in and what comes out.

use serde::{Deserialize, Serialize};

use crate::{AgentCommand, CrmCommand, CrmReport, PhoneCommand, PhoneReport, RequestId, settings::Settings};

/// Everything that can happen to a softphone.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Input {
    /// The agent did something.
    Agent(AgentCommand),
    /// The CRM told something.
    Crm(CrmReport),
    /// The phone system told something.
    Phone(PhoneReport),
    /// What an earlier page of the same agent stored last, given once, after `Start` and before anything else.
    Restored(#[cfg_attr(feature = "redact", serde(serialize_with = "crate::private::redact::stored"))] Vec<u8>),
    /// New settings.
    Settings(Box<Settings>),
    /// Begins the session.
    Start {
        /// Random; makes the keys of logs unique.
        seed: u64,
    },
    /// Only time passed.
    Tick,
    /// Whether the agent hears what the host plays; so it is until told otherwise. Browsers hold sound back until the agent has done something in
    /// the page: as long as that lasts, no call is answered by itself.
    Audible(bool),
}

/// What the host must do, in the order given.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Output {
    /// The snapshot has a new revision.
    Changed,
    /// Ask the CRM.
    Crm {
        /// Named by the answer.
        id: RequestId,
        /// What to ask.
        command: CrmCommand,
    },
    /// Ask the phone system.
    Phone {
        /// Named by the answer.
        id: RequestId,
        /// What to ask.
        command: PhoneCommand,
    },
    /// Play this from now on.
    Sound(Sound),
    /// Keep what [`crate::Softphone::checkpoint`] gives now for the next page of the same agent, in place of the last one, before any later
    /// output is carried out. It may be the same as the last one.
    Store,
}

/// What the agent hears besides the call.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Sound {
    /// The tone before a call is answered by itself.
    AutoAnswer,
    /// A call waits while another goes on: softer than the ringing.
    CallWaiting,
    /// The ringing of an inbound call.
    Ring,
    /// The far end is ringing and sends no sound of its own.
    Ringback,
    /// Nothing.
    #[default]
    Silence,
}
