//! What the agent sees: plain data, whole, with a revision.

mod call;
mod told;

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::{AgentState, CallId, CrmState, LogPlace, MediaState, PhoneState, Private, RecordRef, Sound, WantedUse};
pub use call::{Allowed, CallView, ConnectionView, DraftView, LegView, OtherView, PageView, Phase, WrapUpView};
pub use told::{Code, LogState, LogView, Problem, ProblemKind};

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
    /// Of those, the ones that are deleted next, in the last days before that.
    pub expiring: Option<ExpiringView>,
    /// The connection to the phone system.
    pub phone: PhoneView,
    /// Things to tell the agent, newest last.
    pub problems: Vec<Problem>,
    /// Logs saved lately, the newest first; they can still be moved to another record.
    #[serde(serialize_with = "shared")]
    pub recent: Vec<Arc<LogView>>,
    /// What sounds now.
    pub sound: Sound,
    /// A call that is wanted but not placed yet; none mostly.
    pub wanted: Option<WantedView>,
}

impl Snapshot {
    /// Every log there is: on its way, stuck, and saved lately.
    pub fn all_logs(&self) -> impl Iterator<Item = &LogView> {
        self.logs.iter().chain(self.recent.iter().map(|log| &**log))
    }
}

/// The logs themselves: what is shared is nobody's business outside.
fn shared<S: Serializer>(logs: &[Arc<LogView>], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(logs.iter().map(|log| &**log))
}

/// Logs of other agents that are deleted soon, because nobody came back for them.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpiringView {
    /// How many.
    pub count: usize,
    /// In how many days; 0: today.
    pub days: u64,
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
    /// A blind transfer that nobody takes gives the caller back; where not, the agent is to be told before.
    pub blind_transfer_returns: bool,
    /// Calls outlive the page; where not, a host may ask whoever leaves it in a call.
    pub calls_survive_reload: bool,
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
    /// Where the log of a call says which record it belongs to.
    pub log_place: LogPlace,
    /// How it is.
    pub state: CrmState,
}
