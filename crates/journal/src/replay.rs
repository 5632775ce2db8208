//! Going through a journal, step by step.

use std::vec;

use hookswitch_core::{Input, Now, Output, Refusal, Snapshot, Softphone};

use crate::{
    file::{self, Entry, Fault, Header},
    hash::Hash,
};

/// What one input brought about.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When it came.
    pub now: Now,
    /// What came in.
    pub input: Input,
    /// Why it was not taken; none if it was.
    pub refusal: Option<Refusal>,
    /// What the host had to do.
    pub outputs: Vec<Output>,
    /// What the next page would have got, where that was to be kept; else empty.
    pub kept: Vec<u8>,
    /// What the agent saw afterwards.
    pub snapshot: Snapshot,
    /// When time was due to be told next, on the monotonic clock.
    pub deadline: Option<u64>,
}

impl Step {
    /// Gives `softphone` an input and notes what comes of it.
    pub fn take(softphone: &mut Softphone, now: Now, input: Input) -> Self {
        let refusal = softphone.handle(now, input.clone()).err();
        let outputs: Vec<_> = std::iter::from_fn(|| softphone.poll()).collect();
        let kept = if outputs.contains(&Output::Store) { softphone.checkpoint() } else { Vec::new() };
        Self { now, input, refusal, outputs, kept, snapshot: softphone.snapshot(), deadline: softphone.deadline() }
    }
}

/// A journal being replayed: an iterator over its steps.
#[derive(Clone, Debug)]
pub struct Replay {
    header: Header,
    softphone: Softphone,
    entries: vec::IntoIter<Entry>,
    hash: Hash,
}

impl Replay {
    /// Opens a file's text.
    ///
    /// # Errors
    ///
    /// When it is no journal, or not one that this release can read; the error names the line and what to do.
    pub fn open(text: &str) -> Result<Self, Fault> {
        let (header, softphone, entries) = file::read(text)?;
        Ok(Self { header, softphone, entries: entries.into_iter(), hash: Hash::default() })
    }

    /// What the file says about itself.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// What the agent sees now: before the first step, at the checkpoint.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.softphone.snapshot()
    }

    /// Of all steps so far; equal for equal replays on every machine.
    #[must_use]
    pub const fn hash(&self) -> Hash {
        self.hash
    }
}

impl Iterator for Replay {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let Entry { now, input } = self.entries.next()?;
        let step = Step::take(&mut self.softphone, now, input);
        self.hash.step(&step);
        Some(step)
    }
}

/// Every step of a file's text.
///
/// # Errors
///
/// See [`Replay::open`].
pub fn replay(text: &str) -> Result<Vec<Step>, Fault> {
    Ok(Replay::open(text)?.collect())
}
