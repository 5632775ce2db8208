//! The softphone state machine: no clock, no I/O, no JavaScript.
//!
//! Three verbs drive it: [`Softphone::handle`] takes an [`Input`], [`Softphone::poll`] gives [`Output`]s until
//! there are none, [`Softphone::deadline`] tells when to come back with [`Input::Tick`]. What an agent sees is one
//! [`Snapshot`]. The words are those of CSTA (ECMA-269).

mod agent;
mod bug;
mod cause;
mod crm;
mod id;
mod input;
mod number;
mod outbox;
mod party;
mod phone;
mod private;
mod refusal;
pub mod settings;
mod snapshot;
mod softphone;
mod time;

pub use agent::{AgentCommand, AgentState, CommandKind, DialSource, WantedUse};
#[cfg(feature = "seeded-bugs")]
pub use bug::Bug;
pub use cause::{Cause, Fault};
pub use crm::{
    CallFact, CrmCommand, CrmFailure, CrmReport, CrmState, LayoutFacts, LogFields, LogPlace, LogValue, MayCall, PopTarget, RecordField,
    RecordFields, RecordRef, RecordSource,
};
pub use id::{CallId, LogKey, PartyId, PartyRef, PhoneRef, RequestId};
pub use input::{Input, Output, Sound};
pub use number::{DialReason, Dialable, MOST_SPELLINGS, country_prefixes, dialable, search_text};
#[cfg(feature = "redact")]
pub use number::{calling_code, key};
pub use party::{CallKind, Direction, Party};
pub use phone::{
    Capabilities, ConnectionState, MediaState, PhoneCall, PhoneCommand, PhoneParty, PhoneReport, PhoneState, Recording, RefusedReason, Side,
};
pub use private::Private;
#[cfg(feature = "redact")]
pub use private::redact::{Mask, Place, redacted};
pub use refusal::Refusal;
pub use snapshot::{
    AgentView, Allowed, CallView, Code, ConnectionView, CrmView, DraftView, ExpiringView, LegView, LogState, LogView, OtherView, PageView,
    Phase, PhoneView, Problem, ProblemKind, Snapshot, UseView, WantedStage, WantedView, WrapUpView,
};
#[cfg(feature = "seeded-bugs")]
pub use softphone::Known;
pub use softphone::Softphone;
#[cfg(feature = "redact")]
pub use softphone::spelled_out;
pub use time::Now;
