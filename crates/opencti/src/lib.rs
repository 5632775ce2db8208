//! Open CTI for Lightning: the wire messages, the frame rules and a typed client.
//!
//! - The payload types at the root ([`ClickToDial`], [`Layout`], [`ScreenPop`], [`SearchResult`] …) are shared by both sides.
//! - [`wire`] is the host's side, for a simulated Salesforce: whole messages to and from `serde_json`.
//! - [`frame`] decides whether the page may run at all, before any script or storage is touched.
//! - `client`, on wasm32 only, drives `window.sforce.opencti`; it never touches `serde_json`, which keeps it small.

#[cfg(target_arch = "wasm32")]
pub mod client;
mod error;
mod failure;
pub mod frame;
mod layout;
mod method;
mod once;
mod origin;
mod passing;
mod plain;
mod pop;
mod search;
mod view;
pub mod wire;
mod work;

pub use error::{CtiError, ErrorCode};
pub use failure::{Failure, LoadError};
pub use layout::{CallField, Layout, LayoutField, PopRule, PopSettings, Section};
pub use method::Method;
pub use once::{LOGGED_ALREADY, logged_already};
pub use passing::{Passing, passing};
pub use plain::{Fields, Plain};
pub use pop::{CallType, FlowArgument, ScreenPop, Search};
pub use search::{Found, SCREEN_POP_DATA, SearchResult, saved_record_id};
pub use view::{AppView, ClickToDial};
pub use work::{CompleteWork, WorkStart};

/// The API version the script is asked for unless the settings name another: the newest numbered guide's.
pub const DEFAULT_API_VERSION: u16 = 66;
