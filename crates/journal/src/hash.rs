//! One number for a whole replay, the same on every machine.

use core::fmt;

use serde::Serialize;

use crate::Step;

/// FNV-1a, 64 bits: short, stable, and good enough to tell that two replays differ. Not for secrets.
///
/// Of each step it takes, in this order and as JSON: the refusal, the outputs, the snapshot, the deadline; and the bytes that were to be kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Hash(u64);

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Default for Hash {
    fn default() -> Self {
        Self(OFFSET)
    }
}

impl Hash {
    /// Takes bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }

    /// Takes a step.
    pub fn step(&mut self, step: &Step) {
        self.json(&step.refusal);
        self.json(&step.outputs);
        self.json(&step.snapshot);
        self.json(&step.deadline);
        self.bytes(&step.kept);
    }

    fn json(&mut self, value: &impl Serialize) {
        // Plain data without maps under keys that are no text: it can always be written.
        self.bytes(&serde_json::to_vec(value).unwrap_or_default());
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a_as_published() {
        let mut hash = Hash::default();
        hash.bytes(b"foobar");
        assert_eq!(hash.to_string(), "85944171f73967e8");
    }
}
