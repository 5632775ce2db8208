//! What went on inside, for support: short, redacted, in memory only.

use std::{cell::RefCell, collections::VecDeque};

/// One thing that happened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    /// When, on the page's monotonic clock, milliseconds.
    pub at: u64,
    /// What, as a stable word.
    pub code: &'static str,
    /// More about it; never a number, a name, or a text of the agent's.
    pub detail: String,
    /// How often it happened in a row.
    pub times: u32,
}

/// The last things that happened, oldest first.
#[derive(Default)]
pub(crate) struct Notes(RefCell<VecDeque<Note>>);

impl Notes {
    /// Write down that something happened.
    pub(crate) fn write(&self, at: u64, code: &'static str, detail: impl Into<String>) {
        let detail = detail.into();
        let mut notes = self.0.borrow_mut();
        if let Some(last) = notes.back_mut().filter(|last| last.code == code && last.detail == detail) {
            last.times += 1;
            return;
        }
        if notes.len() == MOST {
            notes.pop_front();
        }
        notes.push_back(Note { at, code, detail, times: 1 });
    }

    /// All of them.
    pub(crate) fn all(&self) -> Vec<Note> {
        self.0.borrow().iter().cloned().collect()
    }
}

/// So many are kept; a support case is mostly about the last minutes.
const MOST: usize = 200;
