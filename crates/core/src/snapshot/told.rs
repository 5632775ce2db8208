//! What the agent is told besides the calls: logs on their way, and messages.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::DraftView;
use crate::{Cause, CommandKind, LogKey, LogPlace, Private, RecordRef, RecordSource, Refusal, RefusedReason};

/// One log on its way.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogView {
    /// Its key; as text where it is plain data, since its seed is more than JavaScript's numbers hold.
    #[serde(serialize_with = "as_text")]
    pub key: LogKey,
    /// What the agent wrote, to be mended; empty for one that is saved.
    pub draft: DraftView,
    /// Records it could belong to; none where it names no record.
    pub offered: Vec<RecordRef>,
    /// Where it says so; where that is nowhere, it cannot be moved.
    pub place: LogPlace,
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
    /// Notes and outcome can still be written; not once all of it was saved, when they are Salesforce's.
    pub writable: bool,
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
    /// Logs of this agent that could not be saved were deleted: nobody came back for them as long as the settings keep them.
    LogsExpired {
        /// How many.
        count: u32,
    },
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
    /// The CRM did not mark the step of a cadence as done.
    WorkNotDone,
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
    use crate::{AgentState, AgentView};

    #[test]
    fn as_plain_data_a_log_is_named_by_its_text_and_its_state_lies_beside() {
        let key = LogKey { seed: u64::MAX, count: 2 };
        let log = LogView {
            key,
            draft: DraftView::default(),
            offered: Vec::new(),
            place: LogPlace::Task,
            record: None,
            record_source: None,
            saved_as: None,
            state: LogState::Failed { detail: "Too long: [Subject]".into(), fields: vec!["Subject".into()] },
            subject: "Call".into(),
            writable: true,
        };
        let plain = json!({
            "key": "hs-ffffffffffffffff-2", "draft": { "disposition": null, "dispositions": [], "notes": "" }, "offered": [],
            "place": "task", "record": null, "recordSource": null, "savedAs": null, "state": "failed", "detail": "Too long: [Subject]", "fields": ["Subject"], "subject": "Call",
            "writable": true,
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
