//! A simulated Lightning org: records, search, layouts, tasks, navigation, utility bar, and the host's side of Open CTI.
//!
//! No browser, no clock, no I/O: every call that needs the time is given it in Unix milliseconds.
//!
//! # The three parts
//!
//! - [`Org`] is what Salesforce stores, shared by all tabs and users. Plain data with serde; every change raises [`Org::version`].
//!   [`Org::sample`] is a believable one; [`Org::sample_with`] has a call center and its users as well.
//! - `Page` is one browser tab's Lightning: who is logged in, which app, which views and tabs, the utility bar, and whether there is
//!   a softphone; if not, `NoSoftphone` says why in plain words. Plain data with serde.
//! - `Host` is a page that answers Open CTI. The org is lent to each call, so that several hosts share one.
//!
//! # Setup, on [`Org`]
//!
//! `import_call_center(by, xml)`, `clone_call_center`, `edit_call_center(by, id, section, item, value)`, `delete_call_center`,
//! `assign_user`, `unassign_user`, `users_of`, `assignable_users`, `settings(center)`; `layouts`, `add_layout`, `save_layout`,
//! `assign_layout`; `edit_app`, `set_hidden`, `add_rule`, `set_apex`. Refusals are [`CallCenterRefusal`] and [`NotAllowed`], whose texts
//! are meant to be shown.
//!
//! # Looking, on [`Org`]
//!
//! `records(object)`, `record(id)`, `find(text)`, `named(object, name)`, `object(name)` with its fields, `phones(record)`,
//! `timeline(id)`, `open_cases(id)`, `tasks()`, `search(text, objects)`, `global_search(text)`, `create`, `update`, `delete`.

mod org;
mod sample;

pub use org::{
    Access, ApexAnswer, ApexMethod, App, CallCenter, CallCenterItem, CallCenterRefusal, CallCenterSection, Field, FieldKind, Flow, Id,
    LayoutSection, MIN_SEARCH, NotAllowed, NotAnId, ObjectType, Org, PhoneOnPage, Pop, Profile, Record, SaveProblem, SoftphoneLayout,
    ValidationRule, standard, tokens,
};
pub use sample::SAMPLE_TIME;
