//! Logs that a slow server saves when nobody waits for them any more.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Id, Org};

/// A log that is on its way.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct LateSave {
    at: u64,
    by: Id,
    values: Map<String, Value>,
}

impl Org {
    /// Saves it at `at`, Unix milliseconds. It is the server's by now: no page can take it back.
    pub(crate) fn save_later(&mut self, at: u64, values: Map<String, Value>, by: &Id) {
        self.late.push(LateSave { at, by: by.clone(), values });
        self.touch();
    }

    /// Saves what is due. Nobody hears of what is refused.
    pub(crate) fn save_due(&mut self, now: u64) {
        if self.next_save().is_none_or(|at| at > now) {
            return;
        }
        let (due, late) = std::mem::take(&mut self.late).into_iter().partition(|save| save.at <= now);
        self.late = late;
        let mut due: Vec<LateSave> = due;
        due.sort_by_key(|save| save.at);
        for LateSave { at, by, values } in due {
            let _unheard = self.save(values, &by, at);
        }
        self.touch();
    }

    /// When the next one is due.
    pub(crate) fn next_save(&self) -> Option<u64> {
        self.late.iter().map(|save| save.at).min()
    }
}
