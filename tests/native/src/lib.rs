//! The whole product without a browser, in virtual time: the real core between the simulated org and the simulated phone system.
//!
//! [`House`] puts them together and lets time pass; the tests and the `workday` program only say what people do.
//! [`Floor`] has several agents, and a CRM that says yes to everything.

mod floor;
mod house;
mod port;
pub mod workday;

pub use floor::{Agent, Floor, extension};
pub use house::{AGENT, EXTENSION, House};
