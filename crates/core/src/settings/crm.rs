//! What happens in Salesforce: pops and logs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{PerKind, Slot, Template};
use crate::LogPlace;

/// When the matching record opens.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Pop {
    /// The moment, per call type. Inbound while it rings, so that the agent can greet by name; otherwise never, since the
    /// one who dials mostly has the record open already. The record is searched for in any case.
    pub when: PerKind<PopWhen>,
    /// What happens to the customer's open cases.
    pub open_cases: OpenCases,
}

impl Default for Pop {
    fn default() -> Self {
        Self {
            when: PerKind { inbound: PopWhen::Ringing, internal: PopWhen::Never, outbound: PopWhen::Never },
            open_cases: OpenCases::default(),
        }
    }
}

/// The moment a record opens.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum PopWhen {
    /// When the call is answered.
    Answered,
    /// Not by itself.
    Never,
    /// As soon as it rings, here or there.
    Ringing,
}

/// What happens to the open cases of the customer.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum OpenCases {
    /// They are not looked for.
    Hide,
    /// They are listed, to be opened or to take the log. The default: it disturbs nobody.
    #[default]
    Offer,
    /// They are opened with the record.
    Open,
}

/// What is logged, where and how.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Log {
    /// Object of a log, by its API name. `Task` is what Salesforce's own call reports count.
    pub object: String,
    /// Record type of a log, by developer name or id. None: the user's default record type.
    pub record_type: Option<String>,
    /// Subject of a log. Kind of call and number: enough to find it again in a timeline.
    pub subject: Template,
    /// More fields to fill, by API name. Empty: the standard call fields are filled in any case.
    pub custom_fields: BTreeMap<String, Template>,
    /// Which calls are logged. Calls with customers always; calls among colleagues never, since no customer is concerned.
    pub when: PerKind<LogWhen>,
    /// Whether a queue call that nobody took is logged, by the one agent whose phone reports so. On: a lost call should be seen.
    pub missed_queue: bool,
    /// Whether a consultation with a colleague has a log of its own. Off: it is part of the customer's call.
    pub consultation: bool,
    /// Whether a call without a record is logged at once, to be associated later. On: nothing is lost while nobody chooses.
    pub unassociated: bool,
    /// Days an unsent log is kept for its owner. 7: a week's leave, and no more customer data at rest than that.
    pub retention_days: u8,
}

impl Log {
    /// Where a log says which record it belongs to.
    #[must_use]
    pub fn place(&self) -> LogPlace {
        LogPlace::of(&self.object, || self.custom_fields.values().any(Template::names_record))
    }

    /// Whether a record type is given by its id, and not by its developer name: ids of record types begin with 012, and names with a letter.
    #[must_use]
    pub fn is_record_type_id(name: &str) -> bool {
        matches!(name.len(), 15 | 18) && name.starts_with("012") && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            object: "Task".into(),
            record_type: None,
            subject: Template {
                parts: vec![super::Part::Slot(Slot::Kind), super::Part::Text(" call ".into()), super::Part::Slot(Slot::Number)],
            },
            custom_fields: BTreeMap::new(),
            when: PerKind { inbound: LogWhen::Always, internal: LogWhen::Never, outbound: LogWhen::Always },
            missed_queue: true,
            consultation: false,
            unassociated: true,
            retention_days: 7,
        }
    }
}

/// Which calls of a type are logged.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum LogWhen {
    /// Every call, missed ones too.
    Always,
    /// Only those that were answered.
    Answered,
    /// None.
    Never,
}
