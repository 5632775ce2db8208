//! The simulated org and the host, from outside.

mod clicks;
mod faults;
mod golden;
mod navigation;
mod numbers;
mod pops;
mod save;
mod search;
mod setup;
mod softphone;
mod stage;
mod standby;
