//! The panel in a real browser, from hand-made snapshots.
#![cfg(target_arch = "wasm32")]

mod call;
mod calls;
mod cases;
mod check;
mod conference;
mod dial;
mod directory;
mod everywhere;
mod header;
mod logs;
mod page;
#[path = "../../examples/gallery/several.rs"]
mod several;
#[path = "../../examples/gallery/states.rs"]
mod states;
mod wanted;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
