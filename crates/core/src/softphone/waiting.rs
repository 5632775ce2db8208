//! What an answer of phone system or CRM is awaited for.

use serde::{Deserialize, Serialize};

use crate::{AgentState, CallId, CommandKind};

/// What an answer is awaited for, until monotonic `until`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) enum Waiting {
    AgentState {
        asked: AgentState,
        before: AgentState,
        until: u64,
    },
    /// The one command a call is born with; it blocks no other.
    Dial {
        call: CallId,
        until: u64,
    },
    /// Digits, mute, parties, recording: nothing in the call waits for them.
    Minor {
        call: CallId,
        command: CommandKind,
        until: u64,
    },
    Cases {
        call: CallId,
        until: u64,
    },
    Fields {
        call: CallId,
        until: u64,
    },
    Pop {
        until: u64,
    },
    Sync {
        until: u64,
        /// How often it is asked once more if nothing comes.
        again: u8,
    },
}
