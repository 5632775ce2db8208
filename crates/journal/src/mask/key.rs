//! The secret of one export.

use core::hash::Hasher;

use siphasher::sip::SipHasher13;

/// Decides what stands in for what. It is never written.
#[derive(Clone, Copy)]
pub(super) struct Key(u64, u64);

/// The hash of all that stands to the right of a character.
#[derive(Clone, Copy)]
pub(super) struct Chain(u64);

impl core::fmt::Debug for Key {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed, seed.rotate_left(32) ^ 0x686f_6f6b_7377_6974)
    }

    /// At the right end of a word or number.
    pub(super) fn begin(self) -> Chain {
        self.next(Chain(0), 0)
    }

    /// One character further to the left.
    pub(super) fn next(self, chain: Chain, character: u32) -> Chain {
        let mut hasher = SipHasher13::new_with_keys(self.0, self.1);
        hasher.write_u64(chain.0);
        hasher.write_u32(character);
        Chain(hasher.finish())
    }
}

impl Chain {
    /// Another place than `place` among `count`; the only one there is stays.
    pub(super) fn moved(self, place: usize, count: usize) -> usize {
        if count < 2 {
            return place;
        }
        let others = count as u64 - 1;
        // Less than `count`, which is a usize.
        let shift = 1 + usize::try_from(self.0 % others).unwrap_or_default();
        (place + shift) % count
    }
}
