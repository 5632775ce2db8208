//! The softphone seen from the agent's desk: one story per test.

mod anything;
mod desk;
mod inbound;
mod outbound;
mod restart;
mod wrap_up;
