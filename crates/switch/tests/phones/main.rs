//! The simulated phone system as agents, callers and hosts meet it.

mod callers;
mod desk;
mod dialing;
mod pages;
mod wire;
