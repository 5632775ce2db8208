//! The softphone seen from the agent's desk: one story per test.

mod anything;
mod association;
mod clocks;
mod desk;
mod found;
mod hostile;
mod inbound;
mod joining;
mod kept;
mod outbound;
mod restart;
mod several;
mod small_print;
mod wrap_up;
