//! The simulated org and the host, from outside.

mod apex;
mod clicks;
mod faults;
mod golden;
mod layout_cache;
mod navigation;
mod numbers;
mod pops;
mod rules;
mod save;
mod search;
mod setup;
mod softphone;
mod stage;
mod standby;
mod work;
