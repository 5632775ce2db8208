//! The simulated Lightning page.
//!
//! `www/lightning/lightning.js` calls [`start`]; the other exports are what tests reach through `window.simulator`.

mod address;
mod exports;
mod network;
mod sim;
mod stage;
mod views;

pub use exports::*;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
