//! Steps whose inputs did not change are skipped.

use std::path::PathBuf;

use crate::{fault::Fault, hash, place, place::Place};

/// The memory of one step: what its inputs were when it last succeeded.
#[derive(Debug)]
pub(crate) struct Stamp {
    file: PathBuf,
    now: String,
}

impl Stamp {
    /// Looks at the inputs; `extra` is what matters besides files (a version, a mode).
    pub(crate) fn new(place: &Place, step: &str, inputs: &[PathBuf], extra: &str) -> Result<Self, Fault> {
        let now = format!("{} {extra}", hash::of_files(inputs)?);
        Ok(Self { file: place.target("hookswitch/stamps").join(step), now })
    }

    /// Whether the step last succeeded with these inputs and its outputs are still there.
    pub(crate) fn fresh(&self, outputs: &[PathBuf]) -> bool {
        outputs.iter().all(|output| output.exists()) && std::fs::read_to_string(&self.file).is_ok_and(|then| then == self.now)
    }

    /// The step succeeded.
    pub(crate) fn set(&self) -> Result<(), Fault> {
        place::write(&self.file, &self.now)
    }
}
