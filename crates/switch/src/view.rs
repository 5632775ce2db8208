//! What observers see.

use hookswitch_core::{CallKind, Cause, ConnectionState, PhoneRef, Private};
use serde::{Deserialize, Serialize};

/// One call.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallView {
    /// Its name; commands about the call use it.
    pub call: PhoneRef,
    /// Its type, as the agent in it sees it.
    pub kind: CallKind,
    /// Who called.
    pub from: EndView,
    /// Who was called.
    pub to: EndView,
    /// The number that was called, as it was dialed or given.
    pub called: Private,
    /// The queue it came through; empty for none.
    pub queue: String,
    /// The Salesforce record that travels with it; empty for none.
    pub record: String,
    /// Whether it was ever answered.
    pub answered: bool,
    /// Why it ended; none while it lasts.
    pub ended: Option<Cause>,
}

/// One end of a call.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndView {
    /// The agent's extension; empty: somebody outside, whom observers act for.
    pub extension: String,
    /// The number.
    pub number: Private,
    /// The display name; may be empty.
    pub name: Private,
    /// The state of this end's connection.
    pub state: ConnectionState,
    /// This end's voice is muted.
    pub muted: bool,
    /// The digits this end sent, which the other end heard.
    pub digits: Private,
}

/// One extension.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentView {
    /// Its number.
    pub extension: String,
    /// The agent's name; may be empty.
    pub name: String,
    /// How many pages are attached.
    pub pages: u32,
    /// Takes calls.
    pub ready: bool,
    /// Why not; may be empty.
    pub reason: String,
}
