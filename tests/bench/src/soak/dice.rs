//! Chance that repeats itself.

/// A small generator (splitmix64): the same seed throws the same.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// From 0 to one below `sides`.
    pub(super) const fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    /// Milliseconds from `from` to `to` seconds.
    pub(super) const fn seconds(&mut self, from: u64, to: u64) -> u64 {
        from * 1000 + self.below((to - from) * 1000)
    }
}
