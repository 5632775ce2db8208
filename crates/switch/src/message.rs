//! Every message on the wire, as data and as JSON.
//!
//! An agent's page sends `{"hello":{"extension":"1001"}}` first, then `{"id":7,"command":{…}}` with a
//! [`PhoneCommand`], and `{"sync":true}` when it wants its calls told anew. It receives `{"report":{…}}` with a [`PhoneReport`].
//! After the hello it is told `account`, `capabilities`, the agent's state where it was ever set, `service` and `sync`, in this order.
//!
//! An observer (the drawer of the simulated page, a test) sends `{"network":{"type":"callAgent",…}}` with a [`NetworkCommand`] and
//! receives `{"calls":[…]}`, `{"agents":[…]}` and `{"options":{…}}`: all three when it connects, each anew when it changed.
//!
//! Both receive `{"error":{"code":"…","detail":"…"}}` for what could not be read or done; nothing changed then.

mod network;

use hookswitch_core::{PhoneCommand, PhoneReport, RequestId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{AgentView, CallView, Options};

pub use network::{CallAgent, NetworkCommand, PartyAct};

/// Anything a client can tell the switch.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientMessage {
    /// An agent's page speaks.
    Agent(AgentMessage),
    /// The connection is gone, by whoever's hand.
    Gone,
    /// An observer speaks.
    Network(NetworkCommand),
    /// From now on this client is an observer.
    Observe,
}

/// What an agent's page says.
#[derive(Clone, Debug, PartialEq)]
pub enum AgentMessage {
    /// Do this; the answer names the id.
    Command {
        /// Chosen by the page.
        id: RequestId,
        /// What to do.
        command: PhoneCommand,
    },
    /// This page belongs to that extension.
    Hello(Hello),
    /// Tell this page its calls.
    Sync,
}

/// Who an agent's page is.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hello {
    /// The agent's number; pages of the same extension share its calls.
    pub extension: String,
    /// The agent's name, for colleagues who are called; may be empty.
    #[serde(default)]
    pub name: String,
}

/// What the switch tells a client.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ServerMessage {
    /// To observers: every extension that ever said hello.
    Agents(Vec<AgentView>),
    /// To observers: every call, ended ones for five seconds more.
    Calls(Vec<CallView>),
    /// What the client sent could not be read or done.
    Error(Problem),
    /// To observers: the options that hold.
    Options(Options),
    /// To an agent's page.
    Report(PhoneReport),
}

/// What was wrong with a client's message, on the wire.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Problem {
    /// A stable word: `malformed`, `noHello`, `unknownExtension`, `unknownCall`, `wrongState`.
    pub code: String,
    /// The same for people, with what to do.
    pub detail: String,
}

/// A text that is no message of this protocol: the sender's fault.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{detail}; see the documentation of hookswitch_switch::message for what can be sent")]
pub struct Malformed {
    /// The command's id, where at least that could be read: it is refused by that name.
    pub request: Option<RequestId>,
    /// What could not be read. Never quotes the message, which may hold a customer's data.
    pub detail: String,
}

impl AgentMessage {
    /// Reads one message of an agent's page.
    ///
    /// # Errors
    ///
    /// The text is no JSON, or is neither hello nor command nor sync.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut value = object(text)?;
        if let Some(hello) = value.get_mut("hello") {
            let hello: Hello = read(hello.take(), "hello", None)?;
            // A page without an extension would share its calls with every other such page.
            if hello.extension.is_empty() || hello.extension.chars().count() > 64 {
                return Err(Malformed { request: None, detail: "the extension is empty or too long".to_owned() });
            }
            return Ok(Self::Hello(hello));
        }
        if value.get("sync").is_some() {
            return Ok(Self::Sync);
        }
        let Some(id) = value.get("id").and_then(Value::as_u64).and_then(|id| u32::try_from(id).ok()).map(RequestId) else {
            return Err(Malformed { request: None, detail: "neither hello nor sync, and a command needs an id".to_owned() });
        };
        let command = value.get_mut("command").map_or(Value::Null, Value::take);
        Ok(Self::Command { id, command: read(command, "command", Some(id))? })
    }
}

impl NetworkCommand {
    /// Reads one message of an observer.
    ///
    /// # Errors
    ///
    /// The text is no JSON, or holds no `network` with a known `type` and its fields.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut value = object(text)?;
        let command = value.get_mut("network").map_or(Value::Null, Value::take);
        read(command, "network", None)
    }
}

impl ServerMessage {
    /// The message as it goes over the wire.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Maps with string keys, strings and integers only: nothing in these types can fail to serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn object(text: &str) -> Result<Value, Malformed> {
    let value: Option<Value> = serde_json::from_str(text).ok();
    value.filter(Value::is_object).ok_or_else(|| Malformed { request: None, detail: "the message is no JSON object".to_owned() })
}

fn read<T: for<'de> Deserialize<'de>>(value: Value, what: &str, request: Option<RequestId>) -> Result<T, Malformed> {
    // serde's own words may quote a value, so they are not passed on.
    serde_json::from_value(value)
        .map_err(|_| Malformed { request, detail: format!("`{what}` is missing, of an unknown type, or lacks a field") })
}
