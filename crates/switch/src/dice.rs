//! Chance that can be had again.

/// A small generator (splitmix64): the same seed throws the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // The remainder of a 64-bit number by a small one is fair enough for callers, and fits a usize because `sides` does.
        usize::try_from(mixed % sides.max(1) as u64).unwrap_or(0)
    }

    /// True in so many cases of a hundred. Nothing is thrown for 0, so that a fault that is off leaves the others as they were.
    pub(crate) fn percent(&mut self, chance: u8) -> bool {
        chance > 0 && self.below(100) < usize::from(chance)
    }
}
