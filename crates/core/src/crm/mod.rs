//! The contract with the CRM: what the core asks of it and hears from it. Open CTI's own names stay in its port.

mod log;

use serde::{Deserialize, Serialize};

pub use log::{LogFields, LogPlace, LogValue};

use crate::{CallId, CallKind, LogKey, Private, Refusal, RequestId, settings::PerKind};

/// A record of the CRM.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordRef {
    /// Its id, 15 or 18 characters; never empty.
    pub id: String,
    /// The object's API name, e.g. `Contact`; empty when the CRM did not say.
    pub object: String,
    /// Its name, for the agent's eyes.
    pub name: Private,
    /// For a person account: the other half's id (contact of the account, or account of the contact). For any other record that is no person:
    /// the contact behind it, if known.
    #[serde(default)]
    pub partner: Option<String>,
}

/// What the layout shows of one record that was found.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordFields {
    /// The record's id.
    pub record: String,
    /// Its fields, in the layout's order; the name is not among them.
    pub fields: Vec<RecordField>,
}

/// A field of a record, for the agent's eyes.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordField {
    /// What the CRM calls it.
    pub label: String,
    /// What stands in it; text, never HTML.
    pub value: Private,
}

/// A fact of a call that the layout can show.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum CallFact {
    /// The caller's number.
    Ani,
    /// The number that was called.
    Dnis,
    /// The queue it came through.
    Queue,
    /// The part of the call center that took it.
    Segment,
}

/// What the softphone layout shows, per call type.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayoutFacts {
    /// Of a call.
    pub call: PerKind<Vec<CallFact>>,
    /// The objects of whose records it shows more than the name, by API name.
    pub objects: PerKind<Vec<String>>,
}

/// Why a call belongs to its record. A weaker reason never takes the place of a stronger one; the weakest comes first.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum RecordSource {
    /// Its page was in view, and nothing better was known.
    InView,
    /// It was made in the window for a new record that opened for the call.
    Popped,
    /// The only one with the other side's number.
    Matched,
    /// It came with the call: from a colleague who passed it on, or from the phone system.
    Carried,
    /// The call was dialed from it.
    Dialed,
    /// The agent said so; this holds against everything but the agent's next word.
    Picked,
}

impl RecordRef {
    /// What a log's field for persons is filled with: a contact's or lead's own id, or the contact behind any other record.
    #[must_use]
    pub fn who(&self) -> Option<&str> {
        if self.is_person() {
            return Some(&self.id);
        }
        self.partner.as_deref().filter(|id| id.starts_with(CONTACT))
    }

    /// What a log's field for everything else is filled with. Never for a contact or lead: a lead's log may not have one, and a contact's account
    /// is filled in by the CRM itself. Never for a colleague: a log has no field for the CRM's users.
    #[must_use]
    pub fn what(&self) -> Option<&str> {
        if self.is_person() || self.is("User", USER) { None } else { Some(&self.id) }
    }

    /// A contact or a lead.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.is("Contact", CONTACT) || self.is("Lead", LEAD)
    }

    /// By its object, or by its id's beginning where the CRM did not tell the object.
    #[must_use]
    pub fn is(&self, object: &str, prefix: &str) -> bool {
        if self.object.is_empty() { self.id.starts_with(prefix) } else { self.object == object }
    }
}

/// What ids of contacts, leads and users begin with.
const CONTACT: &str = "003";
const LEAD: &str = "00Q";
const USER: &str = "005";

/// What the core asks of the CRM. All but the fire-and-forget ones are answered by the report that names the request.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum CrmCommand {
    /// Tell the component that asked for a call what became of it. No answer.
    AnswerAsked {
        /// The component's own name for what it asked.
        asked: String,
        /// Why there is no call; none: it was placed.
        refusal: Option<Refusal>,
    },
    /// Find out whether the one with this number asked not to be called. Answered by `MayCall` or `Failed`.
    AskMayCall {
        /// What is dialed.
        number: Private,
        /// The same number in the spellings people store, joined by ` OR `.
        spellings: Private,
        /// The field that holds the wish, by its API name.
        field: String,
    },
    /// Tell that a step of a cadence is done: its call's log is saved. Answered by `WorkDone` or `Failed`.
    CompleteWork {
        /// The step.
        work: String,
        /// The log's record.
        task: String,
        /// How the call went.
        disposition: String,
        /// Somebody answered.
        connected: bool,
    },
    /// Make numbers in the CRM clickable, or not. No answer.
    EnableDialing {
        /// Clickable.
        on: bool,
    },
    /// Show this word and icon on the closed panel's button. No answer.
    Label {
        /// At most 40 characters; never a customer's number or name.
        text: String,
        /// SLDS utility icon, e.g. `call`.
        icon: String,
    },
    /// Tell what page is in view, and whether a window for a new record is open over it. Answered by `Window` and `Navigated`, without a request.
    Look,
    /// Find the open cases of a contact or an account. Answered by `Cases` or `Failed`.
    OpenCases {
        /// Its id.
        record: String,
    },
    /// Open a page. Answered by `Popped` or `Failed`.
    Pop {
        /// What to open.
        target: PopTarget,
    },
    /// Redraw the record in view, after a log was saved. No answer.
    Refresh,
    /// Create (no `record`) or update (by `record`) the log. Answered by `Saved` or `Failed`.
    SaveLog {
        /// The log's key, for finding it again.
        key: LogKey,
        /// The id of the existing record.
        record: Option<String>,
        /// What to write.
        fields: Box<LogFields>,
        /// For an update: what is there by our own hand. Only what differs is to be written: the rest may be somebody else's by now.
        before: Option<Box<LogFields>>,
    },
    /// Look for a log by its key, among those of the agent. Answered by `LogFound` or `Failed`.
    FindLog {
        /// The key.
        key: LogKey,
        /// The day its call began, `YYYY-MM-DD`.
        since: String,
    },
    /// Find records by number, opening what the layout says if `pop`. Answered by `Found` or `Failed`.
    Search {
        /// The call it is for.
        call: CallId,
        /// What to search: spellings of one number joined by ` OR `, each of at least 3 characters.
        text: Private,
        /// Chooses the layout's section.
        kind: CallKind,
        /// Open the result as the layout says.
        pop: bool,
        /// The other side's number, to prefill a new record, and for a flow or a page that opens.
        number: Private,
        /// The number that was called, for a flow or a page; empty when unknown.
        called: Private,
        /// The queue it came through, for a flow or a page; empty for none.
        queue: String,
        /// The key of the call's log, for a flow or a page.
        key: LogKey,
    },
    /// Open the softphone's panel. No answer.
    ShowPanel,
}

/// What can be opened.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[non_exhaustive]
pub enum PopTarget {
    /// What an earlier search said it would open.
    Found {
        /// The request of the search.
        search: RequestId,
    },
    /// A record's page.
    Record {
        /// Its id; never empty.
        id: String,
    },
}

/// What the CRM tells.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum CrmReport {
    /// The open cases that were asked for, the newest first; named by number and subject.
    Cases {
        /// Which request.
        request: RequestId,
        /// The cases.
        cases: Vec<RecordRef>,
    },
    /// A component of the CRM's page asks for a call; answered by [`CrmCommand::AnswerAsked`] as soon as it is placed or refused.
    CallAsked {
        /// The component's own name for what it asks.
        asked: String,
        /// As stored.
        number: Private,
        /// The record it is about.
        record: Option<RecordRef>,
    },
    /// A number was clicked.
    ClickToDial {
        /// As stored; formatting, extension and letters included.
        number: Private,
        /// The record it stood on.
        record: Option<RecordRef>,
    },
    /// The request failed; nothing is known to have changed unless the failure is `NoReply`.
    Failed {
        /// Which request.
        request: RequestId,
        /// Why.
        failure: CrmFailure,
    },
    /// What a search found; the deferred-pop entry is not among them.
    Found {
        /// Which request.
        request: RequestId,
        /// The records, in the CRM's order.
        records: Vec<RecordRef>,
        /// What the layout shows of them, for those of which it shows something.
        fields: Vec<RecordFields>,
        /// Nothing was opened, and the CRM said what it would open: [`PopTarget::Found`].
        opens: bool,
    },
    /// Whose desk this is, by the id of the CRM's user; none: the CRM cannot tell, and the phone account counts. Heeded only where the
    /// settings say that the CRM knows; until it is told, what an earlier page left stays closed.
    Identity {
        /// The user.
        user: Option<Private>,
    },
    /// Whether the log is there; also the answer to the creation of one that is there already.
    LogFound {
        /// Which request.
        request: RequestId,
        /// The log's record; none: it is not there.
        record: Option<String>,
    },
    /// Whether a customer may be called.
    MayCall {
        /// Which request.
        request: RequestId,
        /// What is known.
        answer: MayCall,
    },
    /// What the layout shows.
    Layout(LayoutFacts),
    /// The CRM's page shows this record now (none: no record).
    Navigated(Option<RecordRef>),
    /// The page was opened.
    Popped {
        /// Which request.
        request: RequestId,
    },
    /// The log is in the CRM.
    Saved {
        /// Which request.
        request: RequestId,
        /// The log's record.
        record: String,
    },
    /// The CRM can be reached now, or not.
    State(CrmState),
    /// A window for a new record is open over the page, or not any more.
    Window(bool),
    /// The step of a cadence is done.
    WorkDone {
        /// Which request.
        request: RequestId,
    },
    /// A step of a cadence begins with a call; a click on its number follows.
    WorkStarted {
        /// The step.
        work: String,
        /// The number.
        to: Private,
    },
}

/// Whether a customer may be called.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum MayCall {
    /// Nobody with this number asked not to be called.
    Allowed,
    /// This one did.
    Flagged {
        /// Who.
        record: RecordRef,
    },
    /// Nobody can tell. The call is placed.
    Unknown,
}

/// Whether the CRM can be reached.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum CrmState {
    /// The API is there, but its container has not answered lately.
    NotAnswering,
    /// There is none: the page stands alone, by its embedder's wish.
    None,
    /// Works.
    Ready,
    /// Still loading.
    #[default]
    Starting,
    /// The script did not load; it is still looked for.
    Unavailable,
}

/// Why a request to the CRM failed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
pub enum CrmFailure {
    /// No answer in time: it may or may not have happened.
    NoReply,
    /// It could not even be sent.
    NotSent,
    /// The CRM said no, in its own words.
    Refused {
        /// Its code, e.g. `GENERIC_ERROR`.
        code: String,
        /// Its words; may hold a customer's data.
        detail: Private,
        /// The fields at fault, by API name, as far as it names them.
        #[serde(default)]
        fields: Vec<String>,
    },
}
