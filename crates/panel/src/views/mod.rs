//! The views, one file each. They show the snapshot and send commands; nothing is decided here.

mod actions;
mod app;
mod call;
mod connection;
mod dial;
mod directory;
mod draft;
mod keypad;
mod later;
mod logs;
mod matches;
mod mount;
mod notices;
mod opened;
mod presence;
mod problems;
mod sign_in;
mod stage;

pub use mount::{Mounted, mount};
