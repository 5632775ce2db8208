//! The benchmark's call in wasm: looped inside, and driven from outside through what the npm module is made of.

mod api;

use hookswitch_bench::desk::{After, Desk};
use wasm_bindgen::prelude::*;

/// Softphones that play calls by themselves, without leaving the module.
#[wasm_bindgen]
pub struct Inside(Desk);

#[wasm_bindgen]
impl Inside {
    /// An agent who is ready.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript knows constructors only")]
    pub fn new() -> Self {
        Self(Desk::new())
    }

    /// Plays so many calls and does after every input what is wanted: `nothing`, `kept` or `snapshot`. Returns how many outputs there were.
    pub fn play(&mut self, rounds: u32, wanted: &str) -> u32 {
        let after = match wanted {
            "kept" => After::Kept,
            "snapshot" => After::Snapshot,
            _ => After::Nothing,
        };
        self.0.play(rounds, after).outputs
    }

    /// Plays one call and returns the phases after each input, separated by commas.
    pub fn trace(&mut self) -> String {
        self.0.play(1, After::Trace);
        self.0.trace().join(",")
    }

    /// One call that is answered and goes on.
    pub fn talks(&mut self) {
        self.0.talks();
    }
}
