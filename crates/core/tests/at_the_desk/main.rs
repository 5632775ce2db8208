//! The softphone seen from the agent's desk: one story per test.

mod anything;
mod association;
mod button;
mod clicks;
mod clocks;
mod desk;
mod do_not_call;
mod found;
mod hostile;
mod inbound;
mod joining;
mod kept;
mod leftovers;
mod log_says;
mod mending;
mod numbers;
mod outbound;
mod overdue;
mod pops;
mod restart;
mod seeking;
mod several;
mod small_print;
mod steps;
mod whose;
mod wrap_up;
