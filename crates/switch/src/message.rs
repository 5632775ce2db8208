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

use hookswitch_core::{CallKind, Cause, Party, PhoneCommand, PhoneRef, PhoneReport, Private, RefusedReason, RequestId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{AgentView, Behaviour, CallView, Options};

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

/// A caller from outside, on the way to an agent.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallAgent {
    /// Whom to call.
    pub extension: String,
    /// The caller's number as the network gives it; empty when withheld.
    #[serde(default)]
    pub number: Private,
    /// The caller's display name; may be empty, may hold anything.
    #[serde(default)]
    pub name: Private,
    /// Inbound unless said otherwise.
    #[serde(default = "inbound")]
    pub kind: CallKind,
    /// The queue it comes through: it then waits while the agent is not ready or in a call. Empty: a direct call.
    #[serde(default)]
    pub queue: String,
    /// The number that was called; may be empty.
    #[serde(default)]
    pub called: Private,
    /// The Salesforce record that comes with it; may be empty.
    #[serde(default)]
    pub record: String,
    /// Whether this agent's softphone logs the call if nobody answers. True unless said otherwise: there is only one agent in it.
    #[serde(default = "yes")]
    pub owns_log: bool,
    /// How long the caller waits for an answer; [`Options::gives_up_after_ms`] unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gives_up_after_ms: Option<u64>,
    /// How long the caller talks before hanging up; until somebody ends it unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hangs_up_after_ms: Option<u64>,
}

const fn inbound() -> CallKind {
    CallKind::Inbound
}

const fn yes() -> bool {
    true
}

impl CallAgent {
    /// A direct call from `number` to `extension`, everything else by default.
    #[must_use]
    pub fn new(extension: &str, number: &str, name: &str) -> Self {
        Self {
            extension: extension.to_owned(),
            number: number.into(),
            name: name.into(),
            kind: CallKind::Inbound,
            queue: String::new(),
            called: Private::default(),
            record: String::new(),
            owns_log: true,
            gives_up_after_ms: None,
            hangs_up_after_ms: None,
        }
    }
}

/// What an observer does, in the place of the people outside and of the network between.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum NetworkCommand {
    /// The called party outside answers the agent's call.
    Answer {
        /// Which call.
        call: PhoneRef,
        /// Who really answered; none: the one that was dialed.
        #[serde(default)]
        party: Option<Party>,
    },
    /// Somebody else took the call that alerts at the agent.
    AnsweredElsewhere {
        /// Which call.
        call: PhoneRef,
    },
    /// Somebody outside calls an agent.
    CallAgent(CallAgent),
    /// The party outside hangs up: gives up before the answer, ends the call after it, turns away a call that rings there.
    HangUp {
        /// Which call.
        call: PhoneRef,
    },
    /// The party outside puts the agent on hold.
    Hold {
        /// Which call.
        call: PhoneRef,
    },
    /// Fault: the next commands of agents are neither carried out nor answered.
    IgnoreNext {
        /// How many.
        count: u32,
    },
    /// Fault: the call vanishes and nobody is told; later commands on it are refused, a sync no longer lists it.
    LoseCall {
        /// Which call.
        call: PhoneRef,
    },
    /// Fault: agents lose their connection to the phone system; calls go on meanwhile, and a sync follows.
    Outage {
        /// For how long.
        for_ms: u64,
    },
    /// Fault: the next commands of agents are refused.
    RefuseNext {
        /// How many.
        count: u32,
        /// With this reason.
        reason: RefusedReason,
        /// In these words.
        #[serde(default)]
        detail: String,
    },
    /// The agent's call does not come about.
    Reject {
        /// Which call.
        call: PhoneRef,
        /// Why: `busy`, `noAnswer`, `invalidNumber`, `rejected` …
        cause: Cause,
    },
    /// The party outside ends its hold.
    Retrieve {
        /// Which call.
        call: PhoneRef,
    },
    /// From now on this number behaves so when an agent dials it.
    SetBehaviour {
        /// Compared by its digits alone.
        number: Private,
        /// How; none: as any other number.
        behaviour: Option<Behaviour>,
    },
    /// From now on these options hold.
    SetOptions {
        /// All of them.
        options: Options,
    },
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
