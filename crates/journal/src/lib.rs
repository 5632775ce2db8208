//! What a softphone was told, kept so that it can be told again: on another machine, step by step, with the same outcome.
//!
//! A [`Journal`] is a checkpoint and every input since, bounded. [`export`] writes it without personal data; [`Replay`] reads a
//! file and goes through it.

mod export;
mod file;
mod hash;
mod journal;
mod mask;
mod outline;
mod replay;

pub use export::export;
pub use file::{Entry, Fault, Header};
pub use hash::Hash;
pub use journal::{Journal, Limits};
pub use outline::Outline;
pub use replay::{Replay, Step, replay};
