//! The simulated phone system as agents, callers and hosts meet it.

mod anything;
mod callers;
mod conferences;
mod desk;
mod dialing;
mod faults;
mod fold;
mod pages;
mod queues;
mod transfers;
mod wire;
