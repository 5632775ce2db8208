//! The record of every message between softphone and host.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many messages are kept: a working day's, and little enough to be shown.
const KEPT: usize = 20_000;

/// A message, in one direction or the other. Nothing is left out of it: this is a simulator.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogEntry {
    /// Counts up from 0.
    pub number: u64,
    /// When, in Unix milliseconds.
    pub at: u64,
    /// Which way it went.
    pub direction: Direction,
    /// The message.
    pub message: Value,
    /// What the host did with it that the message does not show, such as a fault that struck.
    pub note: Option<String>,
}

impl LogEntry {
    /// The method it is about.
    #[must_use]
    pub fn method(&self) -> &str {
        self.message["methodName"].as_str().unwrap_or_default()
    }
}

/// Which way a message went.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// From the softphone to Lightning.
    FromSoftphone,
    /// From Lightning to the softphone.
    ToSoftphone,
}

/// The messages so far, the oldest of very many dropped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    entries: VecDeque<LogEntry>,
    next: u64,
}

impl Log {
    pub(crate) fn push(&mut self, at: u64, direction: Direction, message: Value, note: Option<String>) {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(LogEntry { number: self.next, at, direction, message, note });
        self.next += 1;
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    pub(crate) const fn entries(&self) -> &VecDeque<LogEntry> {
        &self.entries
    }
}
