//! What an agent can do.

use serde::{Deserialize, Serialize};

use crate::{CallId, LogKey, PartyId, Private, RecordRef, Recording};

/// A command of the agent, or of whoever acts for the agent.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum AgentCommand {
    /// Talk on this held call and hold the one that is active (swap).
    Alternate(CallId),
    /// Answer an alerting call; the active call is held first.
    Answer(CallId),
    /// Hang up, or give up dialing. In a conference: leave, and let the others talk.
    Clear(CallId),
    /// End a conference for everybody.
    ClearCall(CallId),
    /// Take one party out of a conference.
    ClearParty(CallId, PartyId),
    /// Make one call of two: everybody of both talks with everybody.
    Conference(CallId, CallId),
    /// Hold the call and ask somebody else about it; the new call knows which one it is about.
    Consult {
        /// The call it is about.
        call: CallId,
        /// As typed or chosen; formatting is fine.
        number: Private,
    },
    /// Turn an alerting call away.
    Decline(CallId),
    /// Turn an alerting call away and take no more, for a reason from the settings (or none), in one step.
    DeclineNotReady(CallId, String),
    /// Send an alerting call to another number.
    Deflect(CallId, Private),
    /// Place a call; the active call is held first.
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
    /// Do not place the call that is wanted ([`crate::Snapshot::wanted`]).
    DropWanted,
    /// Give wrap-up another full period.
    ExtendWrapUp(CallId),
    /// Finish wrap-up: the log goes out as it is.
    FinishWrapUp(CallId),
    /// Free the line here whatever the phone system says.
    ForceEnd(CallId),
    /// Put the call on hold.
    Hold(CallId),
    /// Hold one party of a conference.
    HoldParty(CallId, PartyId),
    /// Mute or unmute.
    Mute(CallId, bool),
    /// Mute one party of a conference, or no longer.
    MuteParty(CallId, PartyId, bool),
    /// Open the call's page now, even over a window the agent types in.
    PopNow(CallId),
    /// Cancel this consultation and take the held call back.
    Reconnect(CallId),
    /// Say which record a log belongs to, after its call; none: no record.
    RelateLog(LogKey, Option<RecordRef>),
    /// Send a log once more; for an unconfirmed one this is the agent's word that it is not in Salesforce.
    ResendLog(LogKey),
    /// End the hold; the active call is held first.
    Retrieve(CallId),
    /// End the hold of one party of a conference.
    RetrieveParty(CallId, PartyId),
    /// Choose which matching record the call belongs to, and open it; choosing it again opens it again. None: no record.
    Select(CallId, Option<RecordRef>),
    /// Send digits.
    SendDigits(CallId, Private),
    /// Choose how the call went; none clears the choice.
    SetDisposition(CallId, Option<String>),
    /// Choose how the call of a log went, after the call; none clears the choice.
    SetLogDisposition(LogKey, Option<String>),
    /// Replace the notes of a log, after its call.
    SetLogNotes(LogKey, Private),
    /// Replace the notes.
    SetNotes(CallId, Private),
    /// Take no calls, for a reason from the settings (or none).
    SetNotReady(String),
    /// Take calls.
    SetReady,
    /// Record the call, pause, or stop.
    SetRecording(CallId, Recording),
    /// Add somebody to the call, without asking them first.
    SingleStepConference(CallId, Private),
    /// Transfer the call blindly; it comes back when the target does not take it.
    SingleStepTransfer(CallId, Private),
    /// Connect the first call's party with the second's, and leave: completes a consultation, or joins any two of one's own calls.
    Transfer(CallId, CallId),
    /// Place the call that is wanted ([`crate::Snapshot::wanted`]), in this way.
    UseWanted(WantedUse),
}

/// What can become of a call that is wanted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum WantedUse {
    /// The one who is called joins the running call, which becomes a conference.
    Add,
    /// The call is placed although the customer asked not to be called.
    Anyway,
    /// A call of its own; the active call is held first.
    Call,
    /// The running call is held, and the one who is called is asked about it.
    Consult,
    /// The running call is transferred there.
    Transfer,
}

impl WantedUse {
    /// Each of them, in the order of the snapshot.
    pub const ALL: [Self; 5] = [Self::Call, Self::Consult, Self::Transfer, Self::Add, Self::Anyway];
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
        /// The step of a cadence it is a part of, by the CRM's id.
        work: Option<String>,
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
    /// [`AgentCommand::Alternate`]
    Alternate,
    /// [`AgentCommand::Answer`]
    Answer,
    /// [`AgentCommand::Clear`]
    Clear,
    /// [`AgentCommand::ClearCall`]
    ClearCall,
    /// [`AgentCommand::ClearParty`]
    ClearParty,
    /// [`AgentCommand::Conference`]
    Conference,
    /// [`AgentCommand::Consult`]
    Consult,
    /// [`AgentCommand::Decline`] and [`AgentCommand::DeclineNotReady`]
    Decline,
    /// [`AgentCommand::Deflect`]
    Deflect,
    /// [`AgentCommand::Dial`]
    Dial,
    /// [`AgentCommand::ExtendWrapUp`]
    ExtendWrapUp,
    /// [`AgentCommand::FinishWrapUp`]
    FinishWrapUp,
    /// [`AgentCommand::ForceEnd`]
    ForceEnd,
    /// [`AgentCommand::Hold`]
    Hold,
    /// [`AgentCommand::HoldParty`]
    HoldParty,
    /// [`AgentCommand::Mute`]
    Mute,
    /// [`AgentCommand::MuteParty`]
    MuteParty,
    /// [`AgentCommand::PopNow`]
    PopNow,
    /// [`AgentCommand::Reconnect`]
    Reconnect,
    /// [`AgentCommand::Retrieve`]
    Retrieve,
    /// [`AgentCommand::RetrieveParty`]
    RetrieveParty,
    /// [`AgentCommand::Select`]
    Select,
    /// [`AgentCommand::SendDigits`]
    SendDigits,
    /// [`AgentCommand::SetRecording`]
    SetRecording,
    /// [`AgentCommand::SingleStepConference`]
    SingleStepConference,
    /// [`AgentCommand::SingleStepTransfer`]
    SingleStepTransfer,
    /// [`AgentCommand::Transfer`]
    Transfer,
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
