//! Names of things.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A call, as this softphone numbers it: from 1, never reused within a session.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct CallId(pub u32);

/// A command that expects an answer; the answer names it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct RequestId(pub u32);

/// A call, as the phone system names it. Opaque, and no customer's data: a redacted journal holds it as it is.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct PhoneRef(pub String);

impl From<&str> for PhoneRef {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// A party of a call besides the agent, as this softphone numbers it: from 1 in each call, never reused within it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct PartyId(pub u32);

/// A party's connection, as the phone system names it. Opaque, and no customer's data, as [`PhoneRef`].
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct PartyRef(pub String);

impl From<&str> for PartyRef {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// The one key of a call segment's log, written to the Task's `CallObject`.
///
/// Random seed and counter, so that two agents, or two days, never share one.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct LogKey {
    /// The seed the host gave at the start of the session that made the key.
    pub seed: u64,
    /// Counts the segments of that session, from 1.
    pub count: u32,
}

impl fmt::Display for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "hs-{:016x}-{}", self.seed, self.count)
    }
}
