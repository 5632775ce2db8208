//! What a redacted journal must have in common with the one it was made from.

use std::fmt;

use hookswitch_core::{CallId, ConnectionState, CrmCommand, Output, Phase, PhoneCommand};
use serde::Serialize;

use crate::Step;

/// The shape of a step: refusal, kinds of output, and where every call stands. No text of anybody's is in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outline {
    /// The refusal's code; none: taken.
    pub refusal: Option<&'static str>,
    /// What the host had to do, by kind, in order.
    pub outputs: Vec<String>,
    /// Each call's phase, and the states of its connections, the agent's own first.
    pub calls: Vec<(CallId, Phase, Vec<ConnectionState>)>,
}

impl Outline {
    /// The shape of `step`.
    #[must_use]
    pub fn of(step: &Step) -> Self {
        let calls = step.snapshot.calls.iter();
        Self {
            refusal: step.refusal.as_ref().map(hookswitch_core::Refusal::code),
            outputs: step.outputs.iter().map(kind).collect(),
            calls: calls.map(|call| (call.id, call.phase, call.connections.iter().map(|one| one.state).collect())).collect(),
        }
    }
}

impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.refusal.unwrap_or("ok"), self.outputs.join(", "))?;
        self.calls.iter().try_for_each(|(id, phase, connections)| write!(f, "; {} {phase:?} {connections:?}", id.0))
    }
}

/// An output in one or two words, e.g. `phone makeCall`.
fn kind(output: &Output) -> String {
    match output {
        Output::Changed => "changed".into(),
        Output::Crm { command, .. } => match command {
            CrmCommand::SaveLog { record: None, .. } => "crm createLog".into(),
            CrmCommand::SaveLog { .. } => "crm updateLog".into(),
            command => format!("crm {}", tag(command)),
        },
        Output::Phone { command: PhoneCommand::SetAgentState { ready, .. }, .. } => {
            format!("phone setAgentState {}", if *ready { "ready" } else { "notReady" })
        }
        Output::Phone { command, .. } => format!("phone {}", tag(command)),
        Output::Sound(sound) => format!("sound {sound:?}"),
        Output::Store => "store".into(),
        // Core and journal are built together, so there is no other.
        _ => "unknown".into(),
    }
}

/// The word that names the variant on the wire.
fn tag(command: &impl Serialize) -> String {
    let value = serde_json::to_value(command).unwrap_or_default();
    value["type"].as_str().unwrap_or_default().into()
}
