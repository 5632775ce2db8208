//! One call as the agent sees it.

use serde::Serialize;

use crate::{
    CallFact, CallId, CallKind, Cause, CommandKind, ConnectionState, Direction, Party, PartyId, Private, RecordFields, RecordRef,
    RecordSource, Recording,
};

/// One call.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallView {
    /// Its number.
    pub id: CallId,
    /// When it was answered, wall-clock milliseconds; none if not.
    pub answered: Option<u64>,
    /// When it will be answered by itself, wall-clock milliseconds; none: not by itself.
    pub auto_answer: Option<u64>,
    /// When it began, wall-clock milliseconds.
    pub began: u64,
    /// The called number, when the phone system told it.
    pub called: Private,
    /// The open cases of the customer it belongs to, the newest first; [`crate::AgentCommand::Select`] takes them.
    pub cases: Vec<RecordRef>,
    /// Why it ended; none while it lives.
    pub cause: Option<Cause>,
    /// What the agent can do with it now, one entry per command that concerns this call alone.
    pub commands: Vec<Allowed>,
    /// The agent's connection first, then one per party.
    pub connections: Vec<ConnectionView>,
    /// It was begun to ask about another call, whose record it carries.
    pub consultation: bool,
    /// For a consultation: the call it is about, as long as that exists.
    pub consults: Option<CallId>,
    /// Digits sent so far.
    pub digits: Private,
    /// Who began it.
    pub direction: Direction,
    /// Notes and disposition.
    pub draft: DraftView,
    /// Seconds of conversation, final; none until it ended.
    pub duration_s: Option<u32>,
    /// Which facts of the call the layout shows; all of them as long as it is not known.
    pub facts: Vec<CallFact>,
    /// What the layout shows of the records that match.
    pub fields: Vec<RecordFields>,
    /// Its type.
    pub kind: CallKind,
    /// Everybody who was or is at the other end, in the order they came; the oldest are forgotten beyond 24.
    pub legs: Vec<LegView>,
    /// What is written about it is kept in a log; false: by the settings there is none of such calls.
    pub logged: bool,
    /// Records that match; empty until searched.
    pub matches: Vec<RecordRef>,
    /// The agent's voice is muted, by the track's own word.
    pub muted: bool,
    /// What it can do with each of the agent's other live calls.
    pub others: Vec<OtherView>,
    /// Where its page stands.
    pub page: PageView,
    /// Where it stands.
    pub phase: Phase,
    /// The queue it came through; empty for none.
    pub queue: String,
    /// What kind of customer or matter the phone system takes it for; empty for none.
    pub segment: Private,
    /// The record it belongs to; none if none or not chosen.
    pub record: Option<RecordRef>,
    /// Why that record; `Picked` without a record: the agent wants none.
    pub record_source: Option<RecordSource>,
    /// Whether it is recorded, by the phone system's word.
    pub recording: Recording,
    /// A search is under way.
    pub searching: bool,
    /// Wrap-up; none before it.
    pub wrap_up: Option<WrapUpView>,
}

impl CallView {
    /// The code why `command` is refused now; none if it is allowed.
    #[must_use]
    pub fn refused(&self, command: CommandKind) -> Option<&'static str> {
        refused(&self.commands, command)
    }

    /// More than one party besides the agent.
    #[must_use]
    pub fn is_conference(&self) -> bool {
        self.connections.iter().filter(|connection| !connection.agent).count() > 1
    }

    /// The other side: the first party that is not the agent.
    #[must_use]
    pub fn party(&self) -> Option<&ConnectionView> {
        self.connections.iter().find(|connection| !connection.agent)
    }
}

/// One party's connection to a call.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// This is the agent's own.
    pub agent: bool,
    /// What the agent can do with this party, one entry per command; empty for the agent's own.
    pub commands: Vec<Allowed>,
    /// Names the party in commands; none for the agent's own.
    pub id: Option<PartyId>,
    /// The others do not hear this party.
    pub muted: bool,
    /// Who.
    pub party: Party,
    /// Its state.
    pub state: ConnectionState,
}

impl ConnectionView {
    /// The code why `command` is refused now; none if it is allowed.
    #[must_use]
    pub fn refused(&self, command: CommandKind) -> Option<&'static str> {
        refused(&self.commands, command)
    }
}

fn refused(list: &[Allowed], command: CommandKind) -> Option<&'static str> {
    list.iter().find(|allowed| allowed.command == command).map_or(Some("unknownCall"), |allowed| allowed.refused)
}

/// Somebody who was or is at the other end of a call.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LegView {
    /// Who.
    pub party: Party,
    /// Since when, wall-clock milliseconds.
    pub since: u64,
    /// Until when, wall-clock milliseconds; none: still there.
    pub until: Option<u64>,
}

/// Where the page of a call stands. Whether it can be opened now is said by [`CommandKind::PopNow`].
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum PageView {
    /// It waited too long for a window for a new record that is open: it opens only when the agent says so.
    Lapsed,
    /// Nothing waits: it is open, or there is none, or it does not open by itself.
    #[default]
    Quiet,
    /// It waits for a window for a new record to be saved or closed.
    Waiting,
}

/// What two of the agent's calls can do with each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OtherView {
    /// The other call.
    pub call: CallId,
    /// The code why [`crate::AgentCommand::Conference`] of the two is refused; none if it is allowed.
    pub conference: Option<&'static str>,
    /// The code why [`crate::AgentCommand::Transfer`] of this call to the other is refused; none if it is allowed.
    pub transfer: Option<&'static str>,
}

/// Where a call stands, for one word on the screen. Derived from its connections and from what is under way.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Phase {
    /// Rings here.
    Alerting,
    /// The agent answered; the phone system has not said so yet.
    Answering,
    /// Talking.
    Connected,
    /// The agent hung up, declined or deflected; the phone system has not said so yet.
    Clearing,
    /// The calls were asked to become one.
    Conferencing,
    /// Dialing; the far end does not ring yet.
    Initiated,
    /// On hold by the agent.
    Held,
    /// The hold was asked for.
    Holding,
    /// The retrieve was asked for.
    Retrieving,
    /// Being transferred; it comes back if that fails.
    Transferring,
    /// The far end rings.
    Delivered,
    /// Over; notes and disposition can be written.
    WrapUp,
}

/// Whether a command is allowed now.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Allowed {
    /// Which command.
    pub command: CommandKind,
    /// The code of the refusal it would get; none: allowed.
    pub refused: Option<&'static str>,
}

/// What the agent wrote.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    /// The choice.
    pub disposition: Option<String>,
    /// The choices, by the settings for this call type.
    pub dispositions: Vec<String>,
    /// The notes.
    pub notes: Private,
}

/// The time after a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WrapUpView {
    /// When it ends by itself, wall-clock milliseconds; none: it does not. Without a mandatory disposition it goes on beyond that.
    pub deadline: Option<u64>,
    /// The deadline came, or was near, before the mandatory disposition: wrap-up waits for it, and each change of the draft puts the
    /// deadline off to 15 seconds from then, so that a choice can be changed.
    pub held_open: bool,
    /// A disposition must be chosen first.
    pub mandatory: bool,
    /// When it began, wall-clock milliseconds.
    pub since: u64,
}
