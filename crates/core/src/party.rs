//! Who takes part in a call.

use serde::{Deserialize, Serialize};

use crate::Private;

/// The three call types Salesforce knows; they choose layout section, dispositions and policy.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CallKind {
    /// From outside, to the agent.
    Inbound,
    /// Between colleagues, either way.
    Internal,
    /// From the agent, to outside.
    Outbound,
}

/// Who began the call, seen from the agent.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// Somebody called the agent.
    In,
    /// The agent called.
    Out,
}

/// Somebody at the other end.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Party {
    /// As the phone system gave it; empty when withheld.
    pub number: Private,
    /// Display name from the phone system; may be empty, may hold anything: text, never HTML.
    pub name: Private,
}
