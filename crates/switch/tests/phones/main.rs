//! The simulated phone system as agents, callers and hosts meet it.

mod anything;
mod callers;
mod desk;
mod dialing;
mod fold;
mod pages;
mod wire;
