//! Browser I/O around the core: clock, storage, tabs, audio, Open CTI port, providers.
//!
//! [`Phone::start`] does it all. The shell never decides what a call may do: it carries inputs to the core and outputs from it.

mod aside;
mod check;
mod clock;
mod config;
mod crm;
mod desk;
mod directory;
mod identity;
mod keep;
mod life;
mod listeners;
mod lock;
mod notes;
mod phone;
mod provider;
mod read;
mod recording;
mod report;
mod sound;
mod spawn;
mod status;
mod store;
mod vault;

pub use config::Config;
pub use directory::{Directory, DirectoryPage, DirectoryProblem, Entry, EntryKind, How, Recent, Search};
pub use hookswitch_check::{Finding, Verdict, report as check_report};
pub use hookswitch_core as core;
pub use hookswitch_opencti::{CallField, Layout, LayoutField, PopRule, PopSettings, Section};
pub use keep::Keep;
pub use listeners::Subscription;
pub use notes::Note;
pub use phone::Phone;
pub use read::Malformed;
pub use report::read_report;
pub use status::{ApexProblem, CrmProblem, LayoutStatus, NoSettings, SettingProblem, SettingsSource, SignIn, Stage, Status};

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
