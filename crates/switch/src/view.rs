//! What observers see.

use hookswitch_core::{CallKind, Cause, ConnectionState, PartyRef, PhoneRef, Private, Recording};
use serde::{Deserialize, Serialize};

use crate::LineFaults;

/// One call.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallView {
    /// Its name; commands about the call use it.
    pub call: PhoneRef,
    /// Its type, as the first agent in it sees it.
    pub kind: CallKind,
    /// Who called, or whoever is in the call in that place now.
    pub from: EndView,
    /// Who was called, or whoever is in the call in that place now.
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
    /// Whether it is recorded.
    #[serde(default)]
    pub recording: Recording,
    /// Everybody in it or called to it, `from` and `to` included.
    #[serde(default)]
    pub parties: Vec<EndView>,
}

/// One end of a call.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndView {
    /// Its name; commands about one end of a call use it. Stable as long as it is in a call, whichever.
    #[serde(default = "no_party")]
    pub id: PartyRef,
    /// How this end's agent knows the call: by the name of another, if the end came from there.
    #[serde(default = "no_call")]
    pub call: PhoneRef,
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
    /// An agent of the conference holds this end.
    #[serde(default)]
    pub parked: bool,
    /// The digits this end sent, which the other end heard.
    pub digits: Private,
}

const fn no_party() -> PartyRef {
    PartyRef(String::new())
}

const fn no_call() -> PhoneRef {
    PhoneRef(String::new())
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
    /// The faults of this agent's line; left out on the wire while there are none.
    #[serde(default, skip_serializing_if = "LineFaults::are_off")]
    pub faults: LineFaults,
}
