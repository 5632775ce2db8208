//! A simulated Lightning org: records, search, layouts, tasks, navigation, utility bar, and the host's side of Open CTI.
//!
//! No browser, no clock, no I/O: every call that needs the time is given it in Unix milliseconds.
//!
//! # The three parts
//!
//! - [`Org`] is what Salesforce stores, shared by all tabs and users. Plain data with serde; every change raises [`Org::version`].
//!   [`Org::sample`] is a believable one; [`Org::sample_with`] has a call center and its users as well.
//! - [`Page`] is one browser tab's Lightning: who is logged in, which app, which views and tabs, the utility bar, and whether there is
//!   a softphone; if not, [`NoSoftphone`] says why in plain words. Plain data with serde.
//! - [`Host`] is a page that answers Open CTI. The org is lent to each call, so that several hosts share one.
//!
//! ```
//! use hookswitch_lightning::{Host, HostOutput, Org, SAMPLE_CENTER};
//! use serde_json::json;
//!
//! let mut org = Org::sample_with(SAMPLE_CENTER)?;
//! let user = org.named("User", "Alex Agent").expect("one of the sample's users").id.clone();
//! let mut host = Host::new(&org, "https://acme.lightning.force.com", &user, "Service", 0);
//! assert!(matches!(host.poll(), Some(HostOutput::LoadSoftphone(url)) if url.starts_with("https://phone.example.com/")));
//! while host.poll().is_some() {}
//!
//! host.receive(&mut org, 10, &json!({
//!     "methodName": "isSoftphonePanelVisible", "callId": 0, "apiVersion": 66, "apiType": "opencti",
//!     "isCallbackRegistered": true, "isListenerRegistered": false, "args": {},
//! }));
//! let Some(HostOutput::Post(reply)) = host.poll() else { panic!("no reply") };
//! assert_eq!(reply["response"]["returnValue"], json!({ "visible": false }));
//! # Ok::<(), hookswitch_lightning::CallCenterRefusal>(())
//! ```
//!
//! # Setup, on [`Org`]
//!
//! `import_call_center(by, xml)`, `clone_call_center`, `edit_call_center(by, id, section, item, value)`, `delete_call_center`,
//! `assign_user`, `unassign_user`, `users_of`, `assignable_users`, `settings(center)`; `layouts`, `add_layout`, `save_layout`,
//! `assign_layout`, `set_layout_cache`, `reset_layouts`; `edit_app`; `set_access`, `add_rule`, `add_duplicate_rule`, `add_record_type`,
//! `set_record_type`, `set_default_record_type`; `add_work`; `set_apex`, `install_apex`, `remove_apex`,
//! `add_directory_number`, `set_phone_account`. Refusals are [`CallCenterRefusal`] and [`NotAllowed`], whose texts
//! are meant to be shown.
//!
//! # Looking, on [`Org`]
//!
//! `records(object)`, `record(id)`, `find(text)`, `named(object, name)`, `object(name)` with its fields, `phones(record)`,
//! `timeline(id)`, `open_cases(id)`, `tasks()`, `search(text, objects)`, `global_search(text)`, `create`, `update`, `delete`.
//!
//! # Living with a [`Host`]
//!
//! After every call: `poll()` until there is nothing, and a timer for `deadline(org)` that calls `advance(org, now)`. Messages of the
//! softphone's window go into `receive(org, now, message)`, [`HostOutput::Post`] goes back. The agent's doings are `open`, `open_record`,
//! `open_subtab`, `select_tab`, `close_tab`, `close_subtab`, `new_record`, `save_new_record`, `save_new_record_anyway`,
//! `cancel_new_record`, `blur`, `focus`, `click`, `set_panel`, `publish`, `start_work`, `begin_step`, `switch_app`, `log_in`, `reload`; a
//! page that was stored goes on with `Host::resumed`. What is seen is in [`Host::page`]; faults are set in [`Host::faults_mut`], every
//! message is in [`Host::messages`]. After a change to the org by another tab, or in Setup: draw again; the softphone's address, like
//! Salesforce's, changes with the next `reload`.

mod faults;
mod host;
mod log;
mod org;
mod page;
mod sample;

pub use faults::{Fault, Faults};
pub use host::{Click, Host, HostOutput};
pub use log::{Direction, LogEntry};
pub use org::{
    Access, ApexAnswer, ApexMethod, App, CallCenter, CallCenterItem, CallCenterRefusal, CallCenterSection, DirectoryNumber, DuplicateRule,
    Field, FieldAccess, FieldKind, Flow, Id, LayoutCache, LayoutSection, MIN_SEARCH, NotAllowed, NotAnId, ObjectType, Org, PhoneOnPage,
    Pop, Profile, Record, RecordType, SaveProblem, SoftphoneLayout, ValidationRule, WorkDone, WorkStep, standard, tokens,
};
pub use page::{HEIGHTS, Nav, NewRecord, NoSoftphone, Page, Session, Softphone, Tab, UtilityBar, View, WIDTHS, Work};
pub use sample::{SAMPLE_CENTER, SAMPLE_TIME};
