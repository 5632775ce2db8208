//! Every word the panel says, in one place, so that another language is another copy of this folder.

mod dialing;
mod label;
mod phase;
mod problem;
mod status;

pub(crate) use dialing::*;
pub(crate) use label::*;
pub(crate) use phase::{cause, kind_of_call, party, phase, presence};
pub(crate) use problem::{Message, problem, refusal, state_refused};
pub(crate) use status::{SET_ASIDE, crm, locked, log, media, no_settings, phone, source};

#[cfg(test)]
mod tests;
