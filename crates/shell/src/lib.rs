//! Browser I/O around the core: clock, storage, tabs, audio, Open CTI port, providers.
//!
//! [`Phone::start`] does it all. The shell never decides what a call may do: it carries inputs to the core and outputs from it.

mod config;
mod desk;
mod listeners;
mod phone;
mod status;

pub use config::Config;
pub use hookswitch_core as core;
pub use listeners::Subscription;
pub use phone::Phone;
pub use status::{CrmProblem, NoSettings, SettingProblem, SettingsSource, SignIn, Stage, Status};
