//! What an agent can do.

use serde::{Deserialize, Serialize};

use crate::{CallId, LogKey, Private, RecordRef};

/// A command of the agent, or of whoever acts for the agent.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum AgentCommand {
    /// Answer an alerting call.
    Answer(CallId),
    /// Hang up, or give up dialing.
    Clear(CallId),
    /// Turn an alerting call away.
    Decline(CallId),
    /// Place a call.
    Dial {
        /// As typed or clicked; formatting is fine.
        number: Private,
        /// Where it came from.
        source: DialSource,
    },
    /// Drop a log that cannot be saved or should not be.
    DiscardLog(LogKey),
    /// Take a message off the panel, by [`crate::Problem::id`].
    Dismiss(u32),
    /// Give wrap-up another full period.
    ExtendWrapUp(CallId),
    /// Finish wrap-up: the log goes out as it is.
    FinishWrapUp(CallId),
    /// Free the line here whatever the phone system says.
    ForceEnd(CallId),
    /// Put the call on hold.
    Hold(CallId),
    /// Mute or unmute.
    Mute(CallId, bool),
    /// Send a log once more; for an unconfirmed one this is the agent's word that it is not in Salesforce.
    ResendLog(LogKey),
    /// End the hold.
    Retrieve(CallId),
    /// Choose which matching record the call belongs to, and open it; choosing it again opens it again. None: no record.
    Select(CallId, Option<RecordRef>),
    /// Send digits.
    SendDigits(CallId, Private),
    /// Choose how the call went; none clears the choice.
    SetDisposition(CallId, Option<String>),
    /// Replace the notes.
    SetNotes(CallId, Private),
    /// Take no calls, for a reason from the settings (or none).
    SetNotReady(String),
    /// Take calls.
    SetReady,
}

/// What a call was dialed from; decides which record its log belongs to.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum DialSource {
    /// A number clicked in Salesforce, with the record it stood on.
    Click {
        /// The record, if the page told one.
        record: Option<RecordRef>,
        /// For a person account: the contact behind it (or the account, when the contact was clicked).
        partner: Option<String>,
    },
    /// Typed on the dial pad.
    #[default]
    DialPad,
    /// Called again from a message or a list in the panel.
    Redial,
}

/// Commands by name, for the list of what is allowed now.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum CommandKind {
    /// [`AgentCommand::Answer`]
    Answer,
    /// [`AgentCommand::Clear`]
    Clear,
    /// [`AgentCommand::Decline`]
    Decline,
    /// [`AgentCommand::ExtendWrapUp`]
    ExtendWrapUp,
    /// [`AgentCommand::FinishWrapUp`]
    FinishWrapUp,
    /// [`AgentCommand::ForceEnd`]
    ForceEnd,
    /// [`AgentCommand::Hold`]
    Hold,
    /// [`AgentCommand::Mute`]
    Mute,
    /// [`AgentCommand::Retrieve`]
    Retrieve,
    /// [`AgentCommand::Select`]
    Select,
    /// [`AgentCommand::SendDigits`]
    SendDigits,
    /// [`AgentCommand::SetDisposition`] and [`AgentCommand::SetNotes`]
    Write,
}

/// Whether the agent takes calls (ECMA-269 agent states).
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum AgentState {
    /// In a call, or being rung.
    Busy,
    /// Takes no calls.
    NotReady {
        /// Why; may be empty.
        reason: String,
    },
    /// Takes calls.
    Ready,
    /// Finishing a call's notes.
    WorkingAfterCall,
}
