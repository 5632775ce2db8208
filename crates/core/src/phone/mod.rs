//! The provider contract: commands to a phone system, reports from it, all plain data.
//!
//! On the wire (the simulated phone system's WebSocket, a provider in JavaScript) every value is an object with a `type`
//! in camelCase and its fields beside it, e.g. `{"type":"held","call":"c1","by":"agent"}`. A command travels with the id the
//! answer must name: `{"id":7,"command":{"type":"answer","call":"c1"}}`, answered by `{"type":"done","request":7}` or
//! `{"type":"refused","request":7,"reason":"notNow","detail":"…"}`.

mod call;
mod capabilities;
mod command;
mod report;

pub use call::{ConnectionState, MediaState, PhoneCall, PhoneParty, PhoneState, Recording, RefusedReason, Side};
pub use capabilities::Capabilities;
pub use command::PhoneCommand;
pub use report::PhoneReport;
