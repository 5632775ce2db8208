//! What the admin set, as plain typed data.
//!
//! The struct is part of the core's journal, so it holds no secret and nothing that a browser would be needed for.
//! Reading it out of a call center definition is the job of the `hookswitch-definition` crate; every default here is
//! what that crate falls back to when a value is absent or wrong.

mod crm;
mod desk;
mod per_kind;
mod phone;
mod template;
mod view;

use serde::{Deserialize, Serialize};

pub use crm::{Log, LogWhen, OpenCases, Pop, PopWhen};
pub use desk::{Calls, Dialing, DoNotCall, Identity, IdentitySource, SignIn, StartPresence, WrapUp};
pub use per_kind::PerKind;
pub use phone::{BlindTransfer, Conference, DigitsMode, ProviderKind, Sip, SipServer};
pub use template::{Part, Slot, Template, TemplateError};
pub use view::{Diagnostics, DiagnosticsLevel, Ring, Theme, View, ViewKind};

/// Everything an admin can set.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Settings {
    /// The phone system. None, because it is missing or wrong: no phone, and a message that says so. Nothing is ever pretended.
    pub provider: Option<ProviderKind>,
    /// Free text handed to a vendor's own provider. Empty: nothing to hand over.
    pub provider_options: String,
    /// How to reach a SIP server.
    pub sip: Sip,
    /// Who the agent is, and where the credentials come from.
    pub identity: Identity,
    /// Lines, answering, presence.
    pub calls: Calls,
    /// What follows a call.
    pub wrap_up: WrapUp,
    /// When the matching record opens.
    pub pop: Pop,
    /// What is logged, where and how.
    pub log: Log,
    /// How a number becomes what is dialed.
    pub dialing: Dialing,
    /// Lightning Message Service channel over which components place calls. None: no such calls, since an open channel must be wanted.
    pub message_channel: Option<String>,
    /// What the panel looks and sounds like.
    pub view: View,
    /// What is recorded for support.
    pub diagnostics: Diagnostics,
    /// Spare texts, for what a vendor or a later release needs: an imported definition cannot be given new items. The first of the definition's
    /// eight has a meaning by now ([`Sip::segment_header`]), so these are the second to the eighth.
    pub spare: [String; 7],
}
