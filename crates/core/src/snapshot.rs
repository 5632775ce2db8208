//! What the agent sees: plain data, whole, with a revision.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    AgentState, CallFact, CallId, CallKind, Cause, CommandKind, ConnectionState, CrmState, Direction, LogKey, MediaState, Party, PartyId,
    PhoneState, Private, RecordFields, RecordRef, RecordSource, Recording, Refusal, RefusedReason, Sound, WantedUse,
};

/// The softphone at one moment. Seconds that tick are left to the view: it has the start times.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// Grows with every change.
    pub revision: u64,
    /// Whether the agent takes calls.
    pub agent: AgentView,
    /// The calls, oldest first; a call in wrap-up is among them.
    pub calls: Vec<CallView>,
    /// The connection to the CRM.
    pub crm: CrmView,
    /// Whether a number could be dialed now; the refusal's code if not.
    pub dial: Option<&'static str>,
    /// Logs on their way or stuck, oldest first; saved ones leave the list.
    pub logs: Vec<LogView>,
    /// Logs of other agents that wait here for their owner, locked.
    pub locked_logs: usize,
    /// The connection to the phone system.
    pub phone: PhoneView,
    /// Things to tell the agent, newest last.
    pub problems: Vec<Problem>,
    /// Logs saved lately, the newest first; they can still be moved to another record.
    pub recent: Vec<LogView>,
    /// What sounds now.
    pub sound: Sound,
    /// A call that is wanted but not placed yet; none mostly.
    pub wanted: Option<WantedView>,
}

/// A call that is wanted but not placed yet.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WantedView {
    /// The running call that it could be about: asked, passed on or joined.
    pub about: Option<CallId>,
    /// The record that says that this customer does not want to be called; none but while flagged.
    pub flagged: Option<RecordRef>,
    /// As typed or clicked.
    pub number: Private,
    /// The record the number stood on.
    pub record: Option<RecordRef>,
    /// What it waits for.
    pub stage: WantedStage,
    /// When it is given up (or, while it is checked, placed all the same), wall-clock milliseconds.
    pub until: u64,
    /// What can become of it, where the agent is to choose; [`crate::AgentCommand::DropWanted`] is always accepted.
    pub uses: Vec<UseView>,
}

/// What a wanted call waits for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum WantedStage {
    /// The CRM, which is asked whether this customer may be called.
    Checking,
    /// The agent: there are other calls, and this one can be a call of its own or a part of one of them.
    Choosing,
    /// The agent: this customer asked not to be called.
    Flagged,
    /// The phone, which is starting.
    Starting,
}

/// One thing that can become of a wanted call.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UseView {
    /// Why it would be refused now; none: it is allowed.
    pub refused: Option<&'static str>,
    /// Which.
    pub to: WantedUse,
}

/// The agent's state.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentView {
    /// Who, by the phone system's account; empty until known.
    pub identity: Private,
    /// What the agent asked for that takes effect after the call; none if nothing.
    pub pending: Option<AgentState>,
    /// The reasons to choose from for not ready.
    pub reasons: Vec<String>,
    /// Since when, wall-clock milliseconds.
    pub since: u64,
    /// The state itself.
    #[serde(flatten)]
    pub state: AgentState,
}

/// The connection to the phone system.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhoneView {
    /// More about the state, in the phone system's words; may be empty.
    pub detail: Private,
    /// The microphone.
    pub media: MediaState,
    /// False: the settings name no usable provider, so there is no phone.
    pub provided: bool,
    /// True: calls are only simulated. The panel must say so.
    pub simulated: bool,
    /// How it is.
    pub state: PhoneState,
}

/// The connection to the CRM.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CrmView {
    /// The record whose page is in view; the agent may choose it for any call.
    pub in_view: Option<RecordRef>,
    /// How it is.
    pub state: CrmState,
}

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
    /// When it ends by itself, wall-clock milliseconds; none: it does not.
    pub deadline: Option<u64>,
    /// A disposition must be chosen first.
    pub mandatory: bool,
    /// When it began, wall-clock milliseconds.
    pub since: u64,
}

/// One log on its way.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogView {
    /// Its key; as text where it is plain data, since its seed is more than JavaScript's numbers hold.
    #[serde(serialize_with = "as_text")]
    pub key: LogKey,
    /// What the agent wrote, to be mended; empty for one that is saved.
    pub draft: DraftView,
    /// Records it could belong to.
    pub offered: Vec<RecordRef>,
    /// The record it belongs to; none: to none.
    pub record: Option<RecordRef>,
    /// Why that record.
    pub record_source: Option<RecordSource>,
    /// The id of the log itself, once it is created.
    pub saved_as: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub state: LogState,
    /// Its subject, for the agent.
    pub subject: Private,
}

/// Where a log stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "camelCase")]
#[non_exhaustive]
pub enum LogState {
    /// Refused by the CRM; the agent can mend and resend.
    Failed {
        /// The CRM's words.
        detail: Private,
        /// The fields at fault, by API name, as far as it named them.
        fields: Vec<String>,
    },
    /// Saved, but for some fields that the CRM refused.
    Incomplete {
        /// The CRM's words.
        detail: Private,
        /// The fields it refused, by API name.
        fields: Vec<String>,
    },
    /// Waits for the CRM, or is on its way.
    Pending,
    /// All of it is in the CRM.
    Saved,
    /// Not created: it belongs to no record yet, and the settings want one.
    Unassociated,
    /// Nobody knows whether it was created: never retried by itself.
    Unconfirmed,
}

/// Something to tell the agent. The panel has the words; the code is stable.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The phone system's own words about it; may be empty.
    pub detail: Private,
    /// Names it in [`crate::AgentCommand::Dismiss`].
    pub id: u32,
    /// What happened.
    #[serde(flatten)]
    pub kind: ProblemKind,
    /// The number it is about, for "call again"; empty for none.
    pub number: Private,
}

/// What [`crate::Refusal::code`] gives. Named, since serde's derive takes a written reference for borrowed input.
pub type Code = &'static str;

/// The kinds of problem.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
pub enum ProblemKind {
    /// A click on a number was not carried out; the code says why.
    ClickRefused {
        /// What [`crate::Refusal::code`] gives.
        #[serde(deserialize_with = "code")]
        code: Code,
    },
    /// A call ended in an unusual way.
    CallEnded {
        /// Why.
        cause: Cause,
    },
    /// The phone system refused a command.
    CommandRefused {
        /// Which.
        command: CommandKind,
        /// Why.
        reason: RefusedReason,
    },
    /// A customer who asked not to be called was not called; the detail is the name.
    DoNotCall,
    /// Nobody could tell, or not in time, whether this customer may be called; the call was placed.
    NotChecked,
    /// The phone system refused the agent's state.
    StateRefused {
        /// Why.
        reason: RefusedReason,
    },
    /// Somebody who was to join a conference could not be reached.
    PartyNotReached,
    /// The CRM does not let the agent see the record.
    PopDenied,
    /// The CRM refused to search or open a page.
    PopFailed,
    /// A call rang and nobody answered here.
    Missed,
    /// A transfer did not come about; the call is back.
    TransferFailed {
        /// Why.
        cause: Cause,
    },
}

fn code<'de, D: Deserializer<'de>>(from: D) -> Result<Code, D::Error> {
    let text = String::deserialize(from)?;
    Refusal::code_named(&text).ok_or_else(|| D::Error::custom("no such refusal"))
}

fn as_text<S: Serializer>(key: &LogKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(key)
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    #[test]
    fn as_plain_data_a_log_is_named_by_its_text_and_its_state_lies_beside() {
        let key = LogKey { seed: u64::MAX, count: 2 };
        let log = LogView {
            key,
            draft: DraftView::default(),
            offered: Vec::new(),
            record: None,
            record_source: None,
            saved_as: None,
            state: LogState::Failed { detail: "Too long: [Subject]".into(), fields: vec!["Subject".into()] },
            subject: "Call".into(),
        };
        let plain = json!({
            "key": "hs-ffffffffffffffff-2", "draft": { "disposition": null, "dispositions": [], "notes": "" }, "offered": [], "record": null,
            "recordSource": null, "savedAs": null, "state": "failed", "detail": "Too long: [Subject]", "fields": ["Subject"], "subject": "Call",
        });
        assert_eq!(to_value(&log).unwrap(), plain);
    }

    #[test]
    fn as_plain_data_a_problem_and_the_agents_state_hold_no_wrapper() {
        let problem =
            Problem { detail: Private::default(), id: 3, kind: ProblemKind::CallEnded { cause: Cause::Busy }, number: "100".into() };
        assert_eq!(to_value(&problem).unwrap(), json!({ "detail": "", "id": 3, "kind": "callEnded", "cause": "busy", "number": "100" }));
        let state = AgentState::NotReady { reason: "Lunch".into() };
        let agent = AgentView { identity: Private::default(), pending: None, reasons: vec![], since: 7, state };
        let plain = json!({ "identity": "", "pending": null, "reasons": [], "since": 7, "state": "notReady", "reason": "Lunch" });
        assert_eq!(to_value(&agent).unwrap(), plain);
    }
}
