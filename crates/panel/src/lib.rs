//! The panel an agent sees in the utility bar.
//!
//! One wasm module: core, shell and these views. `www/panel/loader.js` calls [`start`].

mod bridge;
mod clock;
mod dom;
mod model;
mod parts;
mod views;
mod words;

pub use bridge::start;
pub use model::{CheckHand, Checked, Desk, Finder, Hands, JournalHand, PreviewHand, SignInHand};
pub use views::{Mounted, mount};

#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
