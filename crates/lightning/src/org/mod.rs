//! The org: everything Salesforce stores.
//!
//! One [`Org`] is shared by all tabs and users. Each change raises its [`version`](Org::version), so that whoever holds a copy knows
//! which is newer. It is plain data: store it, send it, compare it.

mod apex;
mod apps;
mod call_centers;
pub(crate) mod clock;
mod duplicates;
mod id;
mod late;
mod layout;
mod layout_cache;
mod numbers;
mod problem;
mod record_types;
mod records;
mod save;
mod schema;
mod search;
mod tasks;
mod users;
mod work;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use apex::ApexProblem;
pub use apex::{ApexAnswer, ApexMethod};
pub use apps::{App, Flow};
pub use call_centers::{CallCenter, CallCenterItem, CallCenterRefusal, CallCenterSection};
pub use duplicates::DuplicateRule;
pub use id::{Id, NotAnId};
use late::LateSave;
pub use layout::{LayoutSection, Pop, SoftphoneLayout};
pub(crate) use layout_cache::KeptLayout;
pub use layout_cache::LayoutCache;
pub use numbers::DirectoryNumber;
pub use problem::SaveProblem;
pub use record_types::RecordType;
pub use records::{PhoneOnPage, Record};
pub use save::ValidationRule;
pub use schema::{Access, Field, FieldKind, ObjectType, standard};
pub use search::{MIN_SEARCH, tokens};
pub use users::{FieldAccess, NotAllowed, Profile};
pub use work::{WorkDone, WorkStep};

/// What Salesforce stores.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Org {
    version: u64,
    /// How many ids were given out.
    ids: u64,
    objects: Vec<ObjectType>,
    records: BTreeMap<Id, Record>,
    profiles: Vec<Profile>,
    call_centers: Vec<CallCenter>,
    layouts: Vec<SoftphoneLayout>,
    /// The layout of each profile that has one of its own.
    layout_of: BTreeMap<Id, Id>,
    apps: Vec<App>,
    apex: Vec<ApexMethod>,
    /// What the Apex class knows of phone accounts, by user.
    #[serde(default)]
    phone_accounts: BTreeMap<Id, Value>,
    #[serde(default)]
    directory_numbers: Vec<DirectoryNumber>,
    flows: Vec<Flow>,
    rules: Vec<ValidationRule>,
    duplicate_rules: Vec<DuplicateRule>,
    record_types: Vec<RecordType>,
    work: Vec<WorkStep>,
    layout_cache: LayoutCache,
    person_accounts: bool,
    /// The trigger of the project in `definition/` is there.
    #[serde(default)]
    one_log_per_call: bool,
    /// Logs that are saved later.
    #[serde(default)]
    late: Vec<LateSave>,
    leave_out_empty_settings: bool,
}

impl Org {
    /// An org with the standard objects and nothing in it: no user, no app, no layout.
    #[must_use]
    pub fn new() -> Self {
        Self {
            version: 0,
            ids: 0,
            objects: standard(),
            records: BTreeMap::new(),
            profiles: Vec::new(),
            call_centers: Vec::new(),
            layouts: Vec::new(),
            layout_of: BTreeMap::new(),
            apps: Vec::new(),
            apex: Vec::new(),
            phone_accounts: BTreeMap::new(),
            directory_numbers: Vec::new(),
            flows: Vec::new(),
            rules: Vec::new(),
            duplicate_rules: Vec::new(),
            record_types: Vec::new(),
            work: Vec::new(),
            layout_cache: LayoutCache::default(),
            person_accounts: true,
            one_log_per_call: false,
            late: Vec::new(),
            leave_out_empty_settings: false,
        }
    }

    /// Raised by every change.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Whether people can be accounts here.
    #[must_use]
    pub const fn person_accounts(&self) -> bool {
        self.person_accounts
    }

    /// Turns person accounts on or off for records made from now on.
    pub fn set_person_accounts(&mut self, on: bool) {
        self.person_accounts = on;
        self.touch();
    }

    /// Whether `getCallCenterSettings` leaves empty values out rather than giving empty texts. Which of the two Salesforce does is not
    /// documented, so a softphone has to take both.
    pub fn set_leave_out_empty_settings(&mut self, on: bool) {
        self.leave_out_empty_settings = on;
        self.touch();
    }

    fn touch(&mut self) {
        self.version += 1;
    }

    fn next_id(&mut self, prefix: &str) -> Id {
        self.ids += 1;
        Id::new(prefix, self.ids)
    }
}

impl Default for Org {
    fn default() -> Self {
        Self::new()
    }
}
